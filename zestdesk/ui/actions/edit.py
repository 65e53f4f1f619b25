"""Actions on undo, selection, the canvas."""

from zestdesk.ui.actions.entry import Entry, Menu, tr

__all__ = ["entries", "menu"]


def entries() -> tuple[Entry, ...]:
    """Return the actions of this menu."""
    return (
        Entry(
            "cut",
            tr("Cu&t"),
            tr("Take the selected layers to the clipboard."),
            "scissors",
            ("Ctrl+X",),
            needs="selection",
        ),
        Entry(
            "copy",
            tr("&Copy"),
            tr("Copy the selected layers to the clipboard; shapes can be pasted into other programs as SVG."),
            "clipboard-copy",
            ("Ctrl+C",),
            needs="selection",
        ),
        Entry(
            "paste",
            tr("&Paste"),
            tr("Add the layers that are on the clipboard, or a layer of SVG path data."),
            "clipboard-paste",
            ("Ctrl+V",),
        ),
        Entry(
            "paste_in_place",
            tr("Paste &in place"),
            tr("Add the layers that are on the clipboard exactly where they were."),
            "",
            ("Ctrl+Shift+V",),
        ),
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
        Entry("canvas_size", tr("Canvas si&ze…"), tr("Change the size of the canvas."), "ratio", ("Ctrl+Alt+C",)),
        Entry(
            "command_palette",
            tr("Co&mmand palette…"),
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
        "cut",
        "copy",
        "paste",
        "paste_in_place",
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
