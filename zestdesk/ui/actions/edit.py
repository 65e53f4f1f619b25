"""Actions on undo, selection, the canvas."""

from zestdesk.ui.actions.entry import Entry, Menu, tr

__all__ = ["entries", "menu"]


def entries() -> tuple[Entry, ...]:
    """Return the actions of this menu."""
    return (
        Entry("duplicate", tr("&Duplicate"), tr("Copy the selected layers."), "copy", ("Ctrl+D",), needs="selection"),
        Entry(
            "delete",
            tr("De&lete"),
            tr("Delete the selected layers."),
            "trash-2",
            ("Del", "Backspace"),
            needs="selection",
        ),
        Entry("select_all", tr("Select &all"), tr("Select every layer."), "", ("Ctrl+A",), needs="layers"),
        Entry("select_none", tr("Select &none"), tr("Select no layer."), "", ("Ctrl+Shift+A",), needs="selection"),
        Entry("canvas_size", tr("&Canvas size…"), tr("Change the size of the canvas."), "ratio", ("Ctrl+Alt+C",)),
        Entry(
            "command_palette",
            tr("Command &palette…"),
            tr("Find any command, layer or recent file by a few letters of its name."),
            "search",
            ("Ctrl+/", "Ctrl+K"),
        ),
        Entry("shortcuts", tr("&Keyboard shortcuts…"), tr("See every shortcut, and change it."), "keyboard", ("F1",)),
        Entry("preferences", tr("Pre&ferences…"), tr("Set up ZestDesk as you like it."), "settings", ("Ctrl+,",)),
    )


def menu() -> Menu:
    """Return what stands in this menu."""
    return (
        "undo",
        "redo",
        None,
        "duplicate",
        "delete",
        None,
        "select_all",
        "select_none",
        None,
        "canvas_size",
        None,
        "command_palette",
        "shortcuts",
        "preferences",
    )
