"""Actions on the canvas's tools."""

from typing import Final

from zestdesk.ui.actions.entry import Entry, Menu, tr

__all__ = ["TOOLS", "entries", "menu"]


TOOLS: Final = ("select", "rectangle", "ellipse", "brush", "eraser", "pan")
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
        Entry("tool_rectangle", tr("&Rectangle"), tr("Draw a rectangle layer."), "square", ("R",), checkable=True),
        Entry("tool_ellipse", tr("&Ellipse"), tr("Draw an ellipse layer."), "circle", ("O",), checkable=True),
        Entry("tool_brush", tr("&Brush"), tr("Paint on a brush layer."), "brush", ("B",), checkable=True),
        Entry("tool_eraser", tr("Er&aser"), tr("Erase from a brush layer."), "eraser", ("E",), checkable=True),
        Entry(
            "tool_pan",
            tr("&Pan"),
            tr("Move the view. The space bar does so in any tool."),
            "hand",
            ("H",),
            checkable=True,
        ),
    )


def menu() -> Menu:
    """Return what stands in this menu."""
    return tuple(f"tool_{name}" for name in TOOLS)
