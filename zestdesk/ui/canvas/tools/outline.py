"""What the tools share that draw a closed outline: what is shown meanwhile, and the layer that comes of it."""

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath

from zestdesk.document.bezier import is_flat, sampled
from zestdesk.document.commands import AddLayer
from zestdesk.document.layers import ShapeLayer
from zestdesk.document.nodes import Subpath, path_of
from zestdesk.ui.canvas.node_map import NodeMap
from zestdesk.ui.canvas.nodes_item import NodesItem
from zestdesk.ui.canvas.tools.base import Tool, ToolContext

__all__ = ["OutlineTool", "turned_to_step"]

_STEP: Final = math.radians(15)


class OutlineTool(Tool):
    """Base of pen, polygon and freehand: what was drawn becomes a layer on top, is selected, and asks for its label."""

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self._nodes_item = NodesItem(lambda: context.scene.layers_visible)
        context.scene.addItem(self._nodes_item)

    @property
    def cursor(self) -> Qt.CursorShape:  # noqa: D102
        return Qt.CursorShape.CrossCursor

    @property
    def step_name(self) -> str:
        """What the undo history calls it."""
        raise NotImplementedError

    def show_outline(self, subpath: Subpath | None, line: QPainterPath) -> None:
        """Show what the outline encloses if it is closed now, its line so far, and its nodes (None: no nodes)."""
        scene = self.context.scene
        area = QPainterPath(line)
        scene.set_draft(ShapeLayer(path=area, colour=scene.next_colour()) if area.elementCount() > 2 else None)
        nodes = NodeMap((subpath,), [(0, len(subpath) - 1)]) if subpath is not None else NodeMap(())
        self._nodes_item.show_map(nodes, scene.zoom, line)

    def hide_outline(self) -> None:
        """Take all that away."""
        self.context.scene.set_draft(None)
        self.context.scene.note.hide()
        self._nodes_item.clear()

    def encloses(self, subpath: Subpath) -> bool:
        """Return whether there is any area in a closed subpath, also in one that crosses itself."""
        return not is_flat(sampled(subpath.segments, 12).reshape(-1, 2))

    def add(self, subpaths: Sequence[Subpath], *, quietly: bool = False) -> None:
        """Make a layer of it: one step.

        Args:
            subpaths: the outline.
            quietly: neither take the select tool nor ask for the label, since the user is about something else.
        """
        layer = ShapeLayer(path=path_of(subpaths), colour=self.context.scene.next_colour())
        command = AddLayer(self.context.layout, layer, 0)
        command.setText(self.step_name)
        self.context.undo.push(command)
        self.context.selection.set([layer.id])
        if not quietly:
            self.context.tool_wanted.emit("select")
            self.context.label_wanted.emit(layer.id)


def turned_to_step(origin: QPointF, point: QPointF) -> QPointF:
    """Return the point as far from ``origin``, but in a direction that is a multiple of 15 degrees."""
    way = point - origin
    length = math.hypot(way.x(), way.y())
    angle = round(math.atan2(way.y(), way.x()) / _STEP) * _STEP
    return origin + QPointF(length * math.cos(angle), length * math.sin(angle))
