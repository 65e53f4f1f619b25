"""Actions on where the selected layers are and which way they face."""

from zestdesk.ui.actions.entry import Entry, Menu, tr

__all__ = ["entries", "menu"]


def entries() -> tuple[Entry, ...]:
    """Return the actions of this menu."""
    return (*_turns(), *_alignments(), *_distributions())


def _turns() -> tuple[Entry, ...]:
    return (
        Entry(
            "flip_horizontal",
            tr("Flip &horizontally"),
            tr("Mirror the selection: left becomes right."),
            "flip-horizontal-2",
            ("Shift+H",),
            needs="selection",
        ),
        Entry(
            "flip_vertical",
            tr("Flip &vertically"),
            tr("Mirror the selection: top becomes bottom."),
            "flip-vertical-2",
            ("Shift+V",),
            needs="selection",
        ),
        Entry(
            "turn_right",
            tr("Rotate 90° &right"),
            tr("Turn the selection clockwise about its middle."),
            "rotate-cw-square",
            needs="selection",
        ),
        Entry(
            "turn_left",
            tr("Rotate 90° &left"),
            tr("Turn the selection anticlockwise about its middle."),
            "rotate-ccw-square",
            needs="selection",
        ),
    )


def _alignments() -> tuple[Entry, ...]:
    to = tr("to the selection's own bounds; a single layer or group to the canvas.")
    return (
        Entry(
            "align_left",
            tr("Align l&eft"),
            tr("Align left edges %1").replace("%1", to),
            "align-start-vertical",
            ("Ctrl+Alt+4",),
            needs="selection",
        ),
        Entry(
            "align_centre",
            tr("Align &centres"),
            tr("Put the layers above one another: align their middles from left to right %1").replace("%1", to),
            "align-center-vertical",
            ("Ctrl+Alt+H",),
            needs="selection",
        ),
        Entry(
            "align_right",
            tr("Align r&ight"),
            tr("Align right edges %1").replace("%1", to),
            "align-end-vertical",
            ("Ctrl+Alt+6",),
            needs="selection",
        ),
        Entry(
            "align_top",
            tr("Align &top"),
            tr("Align upper edges %1").replace("%1", to),
            "align-start-horizontal",
            ("Ctrl+Alt+8",),
            needs="selection",
        ),
        Entry(
            "align_middle",
            tr("Align &middles"),
            tr("Put the layers side by side: align their middles from top to bottom %1").replace("%1", to),
            "align-center-horizontal",
            ("Ctrl+Alt+V",),
            needs="selection",
        ),
        Entry(
            "align_bottom",
            tr("Align &bottom"),
            tr("Align lower edges %1").replace("%1", to),
            "align-end-horizontal",
            ("Ctrl+Alt+2",),
            needs="selection",
        ),
    )


def _distributions() -> tuple[Entry, ...]:
    return (
        Entry(
            "distribute_across",
            tr("&Distribute across"),
            tr("Make the gaps from left to right equal; the outermost layers stay."),
            "align-horizontal-space-between",
            needs="three",
        ),
        Entry(
            "distribute_down",
            tr("Distribute do&wn"),
            tr("Make the gaps from top to bottom equal; the outermost layers stay."),
            "align-vertical-space-between",
            needs="three",
        ),
        Entry(
            "centre_on_canvas",
            tr("Ce&ntre on the canvas"),
            tr("Move the selection as a whole to the middle of the canvas."),
            "crosshair",
            ("Ctrl+Alt+5",),
            needs="selection",
        ),
        Entry(
            "show_pivot",
            tr("Movable p&ivot"),
            tr("Show the cross about which the selection turns: drag it; a double click takes it back to the middle."),
            "locate",
            checkable=True,
        ),
    )


def menu() -> Menu:
    """Return what stands in this menu."""
    return (
        "flip_horizontal",
        "flip_vertical",
        "turn_right",
        "turn_left",
        None,
        "align_left",
        "align_centre",
        "align_right",
        None,
        "align_top",
        "align_middle",
        "align_bottom",
        None,
        "distribute_across",
        "distribute_down",
        None,
        "centre_on_canvas",
        "show_pivot",
    )
