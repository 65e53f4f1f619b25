"""Actions on the prompt."""

from zestdesk.ui.actions.entry import Entry, Menu, tr

__all__ = ["entries", "menu"]


def entries() -> tuple[Entry, ...]:
    """Return the actions of this menu."""
    return (
        Entry(
            "bind_selection",
            tr("&Bind selected words"),
            tr("Give the selected layers the words that are selected in the prompt as their label."),
            "link",
            ("Ctrl+B",),
            needs="selection",
        ),
        Entry(
            "write_appended",
            tr("&Write appended labels out"),
            tr("Write the labels that the prompt lacks into it."),
            "text-cursor-input",
        ),
        Entry(
            "complete_word",
            tr("&Complete the word"),
            tr("Offer phrases that the model and the layers know for what was typed."),
            "spell-check",
            ("Ctrl+Space",),
        ),
    )


def menu() -> Menu:
    """Return what stands in this menu."""
    return ("bind_selection", "write_appended", "complete_word")
