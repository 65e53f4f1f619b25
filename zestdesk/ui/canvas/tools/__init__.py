"""The canvas's tools, one a file."""

from zestdesk.ui.canvas.tools.base import Tool, ToolContext
from zestdesk.ui.canvas.tools.brush import BrushTool
from zestdesk.ui.canvas.tools.ellipse import EllipseTool
from zestdesk.ui.canvas.tools.eraser import EraserTool
from zestdesk.ui.canvas.tools.fill import FillTool
from zestdesk.ui.canvas.tools.freehand import FreehandTool
from zestdesk.ui.canvas.tools.node import NodeTool
from zestdesk.ui.canvas.tools.pan import PanTool
from zestdesk.ui.canvas.tools.pen import PenTool, PolygonTool
from zestdesk.ui.canvas.tools.rectangle import RectangleTool
from zestdesk.ui.canvas.tools.select import SelectTool

__all__ = ["make_tools"]


def make_tools(context: ToolContext) -> dict[str, Tool]:
    """Return one of each tool by its name."""
    shapes = (RectangleTool, EllipseTool, PolygonTool, PenTool, FreehandTool)
    kinds = (SelectTool, NodeTool, *shapes, BrushTool, EraserTool, FillTool, PanTool)
    return {kind.name: kind(context) for kind in kinds}
