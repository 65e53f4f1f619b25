"""Actions on what is seen, and how large."""

from zestdesk.ui.actions import aids
from zestdesk.ui.actions.entry import Entry, Menu, tr

__all__ = ["entries", "menu"]


def entries() -> tuple[Entry, ...]:
    """Return the actions of this menu."""
    return (
        Entry("zoom_in", tr("Zoom &in"), tr("Look closer."), "zoom-in", ("Ctrl++", "Ctrl+=")),
        Entry("zoom_out", tr("Zoom &out"), tr("See more."), "zoom-out", ("Ctrl+-",)),
        Entry("zoom_actual", tr("&Actual size"), tr("Show one canvas pixel as one pixel."), "scan", ("Shift+0",)),
        Entry("zoom_fit", tr("&Fit the canvas"), tr("Show the whole canvas."), "maximize", ("Shift+1",)),
        Entry(
            "zoom_selection",
            tr("Zoom to the &selection"),
            tr("Show the selected layers as large as they fit."),
            "focus",
            ("Shift+2",),
            needs="selection",
        ),
        Entry(
            "show_picture",
            tr("Show &picture"),
            tr("Show the picture beneath the layers."),
            "image",
            ("I",),
            checkable=True,
        ),
        Entry(
            "show_layers", tr("Show &layers"), tr("Show the layers over the picture."), "layers", ("L",), checkable=True
        ),
        Entry(
            "show_attention",
            tr("Show &attention"),
            tr("Show where the model sees each label."),
            "flame",
            ("A",),
            checkable=True,
        ),
        Entry("full_screen", tr("F&ull screen"), tr("Use the whole screen."), "expand", ("F11",), checkable=True),
        Entry(
            "canvas_only",
            tr("&Canvas only"),
            tr("Hide tools and panels; the same again brings them back."),
            "panels-top-left",
            ("Ctrl+\\", "F12"),
            checkable=True,
        ),
        Entry("next_panel", tr("Ne&xt panel"), tr("Take the keyboard to the next panel."), "", ("F6",)),
        Entry("previous_panel", tr("Pre&vious panel"), tr("Take the keyboard to the panel before."), "", ("Shift+F6",)),
        Entry("reset_window", tr("&Reset window layout"), tr("Put every panel back where it was at first.")),
    )


def menu() -> Menu:
    """Return what stands in this menu."""
    return (
        "zoom_in",
        "zoom_out",
        "zoom_actual",
        "zoom_fit",
        "zoom_selection",
        None,
        "show_picture",
        "show_layers",
        "show_attention",
        None,
        *aids.menu(),
        None,
        "full_screen",
        "canvas_only",
        None,
        "@panels",
        "next_panel",
        "previous_panel",
        "reset_window",
        None,
        "@themes",
    )
