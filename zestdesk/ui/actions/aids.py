"""Actions on rulers, guides, grid and snapping; they stand in the View menu."""

from zestdesk.ui.actions.entry import Entry, Menu, tr

__all__ = ["entries", "menu"]


def entries() -> tuple[Entry, ...]:
    """Return these actions."""
    return (
        Entry(
            "show_rulers",
            tr("Show &rulers"),
            tr("Show rulers at the canvas's edges."),
            "ruler",
            ("Ctrl+R",),
            checkable=True,
        ),
        _switch("show_guides", tr("Show &guides"), tr("Show the lines that were dragged out of the rulers."), "Ctrl+;"),
        _switch("lock_guides", tr("&Lock guides"), tr("Keep guides where they are.")),
        Entry("clear_guides", tr("Re&move all guides"), tr("Take every guide off the canvas.")),
        Entry("show_grid", tr("Show gr&id"), tr("Show a grid over the canvas."), "grid-3x3", ("#",), checkable=True),
        Entry("grid_options", tr("Grid &spacing…"), tr("Choose how far apart the grid's lines are.")),
        Entry(
            "snapping",
            tr("S&nap"),
            tr("Let what is drawn and dragged jump to what is near. Ctrl held while dragging suspends it."),
            "magnet",
            ("%",),
            checkable=True,
        ),
        _switch("snap_grid", tr("Snap to the &grid"), tr("Snap to the lines of the grid while it is shown.")),
        _switch("snap_guides", tr("Snap to g&uides"), tr("Snap to guides while they are shown.")),
        _switch("snap_canvas", tr("Snap to the &canvas"), tr("Snap to the canvas's edges and to its middle.")),
        _switch("snap_layers", tr("Snap to &layers"), tr("Snap to the edges and the middles of other layers.")),
    )


def _switch(name: str, text: str, tip: str, *keys: str) -> Entry:
    return Entry(name, text, tip, "", keys, checkable=True)


def menu() -> Menu:
    """Return what stands of them in the View menu."""
    return (
        "show_rulers",
        "show_guides",
        "show_grid",
        "snapping",
        (tr("Guides, grid and &snapping"), (
            "lock_guides", "clear_guides", None, "grid_options", None,
            "snap_grid", "snap_guides", "snap_canvas", "snap_layers",
        )),
    )  # fmt: skip
