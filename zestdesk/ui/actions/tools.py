"""Actions on the canvas's tools."""

from typing import Final

from zestdesk.ui.actions.entry import Entry, Menu, tr

__all__ = ["TOOLS", "entries", "menu"]


TOOLS: Final = (
    "select", "node", "pan", "rectangle", "ellipse", "polygon", "pen", "freehand", "brush", "eraser", "fill",
)  # fmt: skip
"""Names of the canvas's tools, as the view knows them, in the order of the tool bar."""


def entries() -> tuple[Entry, ...]:
    """Return the actions of this menu."""
    return (
        Entry(
            "tool_select",
            tr("&Select"),
            tr("Select, move and resize layers."),
            "mouse-pointer-2",
            ("V",),
            checkable=True,
        ),
        Entry(
            "tool_node",
            tr("Edit &nodes"),
            tr("Move, add and delete the nodes of the selected shape, and bend its lines."),
            "spline-pointer",
            ("N",),
            checkable=True,
        ),
        Entry("tool_rectangle", tr("&Rectangle"), tr("Draw a rectangle layer."), "square", ("R",), checkable=True),
        Entry("tool_ellipse", tr("&Ellipse"), tr("Draw an ellipse layer."), "circle", ("O",), checkable=True),
        Entry(
            "tool_polygon",
            tr("Pol&ygon"),
            tr("Draw a layer from corner to corner."),
            "pentagon",
            ("Y",),
            checkable=True,
        ),
        Entry("tool_pen", tr("Pen"), tr("Draw a layer of lines and curves."), "pen-tool", ("P",), checkable=True),
        Entry(
            "tool_freehand",
            tr("&Freehand"),
            tr("Draw around an area: the outline becomes a smooth path."),
            "lasso",
            ("Shift+P",),
            checkable=True,
        ),
        Entry("tool_brush", tr("&Brush"), tr("Paint on a brush layer."), "brush", ("B",), checkable=True),
        Entry("tool_eraser", tr("Er&aser"), tr("Erase from a brush layer."), "eraser", ("E",), checkable=True),
        Entry(
            "tool_fill",
            tr("F&ill"),
            tr("Fill a region of a brush layer, or make a layer of a region."),
            "paint-bucket",
            ("G",),
            checkable=True,
        ),
        Entry(
            "tool_pan",
            tr("&Pan"),
            tr("Move the view. The space bar does so in any tool."),
            "hand",
            ("H",),
            checkable=True,
        ),
        Entry("brush_larger", tr("&Larger"), tr("Let brush or eraser, whichever is in hand, be larger."), keys=("]",)),
        Entry("brush_smaller", tr("&Smaller"), tr("Let brush or eraser be smaller."), keys=("[",)),
        Entry("brush_harder", tr("&Harder"), tr("Let the edge of brush and eraser be crisper."), keys=("}",)),
        Entry("brush_softer", tr("S&ofter"), tr("Let the edge of brush and eraser be softer."), keys=("{",)),
    )


def menu() -> Menu:
    """Return what stands in this menu."""
    choosing, shapes, paint = (tuple(f"tool_{name}" for name in group) for group in (TOOLS[:3], TOOLS[3:8], TOOLS[8:]))
    tip = (tr("Brush &tip"), ("brush_larger", "brush_smaller", None, "brush_harder", "brush_softer"))
    return (*choosing, None, *shapes, None, *paint, tip)
