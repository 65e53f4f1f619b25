"""Actions on documents and files."""

from zestdesk.ui.actions.entry import Entry, Menu, tr

__all__ = ["entries", "menu"]


def entries() -> tuple[Entry, ...]:
    """Return the actions of this menu."""
    return (
        Entry("new", tr("&New…"), tr("Start an empty project in a shape of your choice."), "file-plus", ("Ctrl+N",)),
        Entry(
            "open",
            tr("&Open…"),
            tr("Open a project, a layout, or a picture that ZestDesk exported."),
            "folder-open",
            ("Ctrl+O",),
        ),
        Entry("save", tr("&Save"), tr("Save layout, settings and runs."), "save", ("Ctrl+S",)),
        Entry("save_as", tr("Save &as…"), tr("Save under another name."), "save-all", ("Ctrl+Shift+S",)),
        Entry(
            "export",
            tr("&Export picture…"),
            tr("Save the picture as PNG, its settings inside."),
            "image-down",
            ("Ctrl+E",),
        ),
        Entry("quit", tr("&Quit"), tr("Leave ZestDesk."), "log-out", ("Ctrl+Q",)),
    )


def menu() -> Menu:
    """Return what stands in this menu."""
    return ("new", "open", "@recent", None, "save", "save_as", "export", None, "quit")
