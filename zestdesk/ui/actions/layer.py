"""Actions on the layers as such."""

from zestdesk.ui.actions.entry import Entry, Menu, tr

__all__ = ["entries", "menu"]


def entries() -> tuple[Entry, ...]:
    """Return the actions of this menu."""
    return (
        Entry(
            "add_brush_layer", tr("New &brush layer"), tr("Add an empty layer to paint on."), "brush", ("Ctrl+Shift+N",)
        ),
        Entry(
            "rename",
            tr("&Label…"),
            tr("Say what shall appear in the selected layer."),
            "pencil",
            ("F2",),
            needs="selection",
        ),
        Entry(
            "layer_colour",
            tr("&Colour…"),
            tr("Choose the colour in which the selected layers are shown."),
            "palette",
            needs="selection",
        ),
        Entry(
            "colours_by_label",
            tr("Colours b&y label"),
            tr("Give layers with the same label the same colour, and every other label another."),
            "tags",
            needs="layers",
        ),
        Entry(
            "group", tr("&Group"), tr("Gather the selected layers to a group."), "group", ("Ctrl+G",), needs="selection"
        ),
        Entry(
            "ungroup",
            tr("&Ungroup"),
            tr("Dissolve the groups of the selected layers; the layers stay."),
            "ungroup",
            ("Ctrl+Shift+G",),
            needs="selection",
        ),
        Entry(
            "raise_layer",
            tr("&Raise"),
            tr("Move the selected layers up by one."),
            "arrow-up",
            ("Ctrl+]",),
            needs="selection",
        ),
        Entry(
            "lower_layer",
            tr("Lo&wer"),
            tr("Move the selected layers down by one."),
            "arrow-down",
            ("Ctrl+[",),
            needs="selection",
        ),
        Entry(
            "raise_to_top",
            tr("To the &top"),
            tr("Move the selected layers above all others."),
            "chevrons-up",
            ("Ctrl+Shift+]", "Ctrl+}"),
            needs="selection",
        ),
        Entry(
            "lower_to_bottom",
            tr("To the b&ottom"),
            tr("Move the selected layers beneath all others."),
            "chevrons-down",
            ("Ctrl+Shift+[", "Ctrl+{"),
            needs="selection",
        ),
        Entry(
            "hide_layer",
            tr("&Hide or show"),
            tr("Hide the selected layers, or show them."),
            "eye-off",
            ("Ctrl+Shift+H",),
            needs="selection",
        ),
        Entry(
            "solo_layer",
            tr("Show o&nly these"),
            tr("Hide all other layers, or show them again. Alt and a click on an eye does the same."),
            "focus",
            needs="selection",
        ),
        Entry(
            "lock_layer",
            tr("Loc&k or unlock"),
            tr("Protect the selected layers from changes on the canvas."),
            "lock",
            ("Ctrl+Shift+L",),
            needs="selection",
        ),
        Entry(
            "merge_layers",
            tr("&Merge"),
            tr("Make one layer of the selected ones, or of one and the next below. Shapes unite to a shape."),
            "merge",
            ("Ctrl+Shift+M",),
            needs="selection",
        ),
        Entry(
            "invert_mask",
            tr("&Invert"),
            tr("Cover what the brush layer does not cover, and nothing else."),
            "contrast",
            ("Ctrl+I",),
            needs="brush",
        ),
        Entry("clear_mask", tr("&Clear"), tr("Take all paint off the brush layer."), "brush-cleaning", needs="brush"),
        Entry("fill_holes", tr("Fill &holes"), tr("Cover all that paint surrounds."), "circle-dot", needs="brush"),
        Entry(
            "grow_mask",
            tr("&Grow…"),
            tr("Let the paint reach further by some pixels, with round corners."),
            "expand",
            needs="brush",
        ),
        Entry(
            "shrink_mask",
            tr("&Shrink…"),
            tr("Take some pixels off the edge of the paint."),
            "shrink",
            needs="brush",
        ),
        Entry("soften_mask", tr("S&often edges…"), tr("Blur the edge of the paint."), "blend", needs="brush"),
    )


def menu() -> Menu:
    """Return what stands in this menu."""
    return (
        "add_brush_layer",
        "rename",
        "layer_colour",
        "colours_by_label",
        None,
        "group",
        "ungroup",
        None,
        "raise_layer",
        "lower_layer",
        "raise_to_top",
        "lower_to_bottom",
        None,
        "hide_layer",
        "solo_layer",
        "lock_layer",
        None,
        "merge_layers",
        (
            tr("M&ask"),
            ("invert_mask", "clear_mask", "fill_holes", None, "grow_mask", "shrink_mask", "soften_mask"),
        ),
    )
