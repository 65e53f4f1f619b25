"""Actions on outlines: from shape to mask and back, and on the nodes."""

from zestdesk.ui.actions.entry import Entry, Menu, tr

__all__ = ["entries", "menu"]


def entries() -> tuple[Entry, ...]:
    """Return the actions of this menu."""
    return (
        Entry(
            "shape_to_brush",
            tr("Shape to &brush layer"),
            tr("Turn the selected shapes into masks to paint on, at the canvas's size."),
            needs="shape",
        ),
    )


def menu() -> Menu:
    """Return what stands in this menu."""
    return ("shape_to_brush",)
