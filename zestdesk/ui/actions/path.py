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
        Entry(
            "mask_to_outline",
            tr("&Outline of the mask"),
            tr("Turn the selected brush layers into shapes, along the line where they cover by half."),
            needs="brush",
        ),
        Entry(
            "simplify_path",
            tr("&Simplify"),
            tr("Take nodes out of the selected shapes that their outlines can do without."),
            "",
            ("Ctrl+L",),
            needs="shape",
        ),
        Entry(
            "close_path", tr("&Close path"), tr("Join the ends of open lines in the selected shapes."), needs="shape"
        ),
        Entry(
            "smooth_nodes",
            tr("Make s&mooth"),
            tr("Bring both handles of the selected nodes into one line; with no node selected, of all."),
            "",
            ("Shift+S",),
            needs="shape",
        ),
        Entry(
            "symmetric_nodes",
            tr("Make s&ymmetric"),
            tr("Bring both handles into one line and make them equally long."),
            "",
            ("Shift+Y",),
            needs="shape",
        ),
        Entry(
            "corner_nodes",
            tr("Make co&rner"),
            tr("Take the handles of the selected nodes away; with no node selected, of all."),
            "",
            ("Shift+C",),
            needs="shape",
        ),
        Entry(
            "break_nodes",
            tr("Break at &nodes"),
            tr("Break the line in the selected nodes: each becomes two ends."),
            "",
            ("Shift+B",),
            needs="shape",
        ),
        *_operations(),
    )


def _operations() -> tuple[Entry, ...]:
    lowest = tr("The lowest shape gives label, colour and weight.")
    return (
        Entry(
            "path_union",
            tr("&Union"),
            tr("Make one shape of all that the selected shapes cover. %1").replace("%1", lowest),
            "squares-unite",
            ("Alt+Shift+U",),
            needs="shapes",
        ),
        Entry(
            "path_difference",
            tr("&Difference"),
            tr("Take the upper selected shapes out of the lowest, which keeps label, colour and weight."),
            "squares-subtract",
            ("Alt+Shift+S",),
            needs="shapes",
        ),
        Entry(
            "path_intersection",
            tr("&Intersection"),
            tr("Keep what all selected shapes cover. %1").replace("%1", lowest),
            "squares-intersect",
            ("Alt+Shift+I",),
            needs="shapes",
        ),
        Entry(
            "path_exclusion",
            tr("E&xclusion"),
            tr("Keep what an odd number of the selected shapes cover. %1").replace("%1", lowest),
            "squares-exclude",
            ("Alt+Shift+E",),
            needs="shapes",
        ),
    )


def menu() -> Menu:
    """Return what stands in this menu."""
    return (
        "shape_to_brush",
        "mask_to_outline",
        None,
        "path_union",
        "path_difference",
        "path_intersection",
        "path_exclusion",
        None,
        "simplify_path",
        "close_path",
        None,
        "smooth_nodes",
        "symmetric_nodes",
        "corner_nodes",
        "break_nodes",
    )
