"""Draw an outline node by node: with curves (pen), or with straight lines (polygon)."""

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from zestdesk.document.layout import CanvasResized, Change, StateReplaced
from zestdesk.document.nodes import Subpath, path_of
from zestdesk.ui.canvas.node_map import NodeHit
from zestdesk.ui.canvas.tools.base import Pointer, ToolContext
from zestdesk.ui.canvas.tools.outline import OutlineTool, turned_to_step

__all__ = ["PenTool", "PolygonTool"]

_DRAG: Final = 3.0  # screen pixels: less is a click
_CLOSE: Final = 9.0  # how near to the first node, in screen pixels, a click closes
_BACK: Final = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_DONE: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class _Node:
    """A node of the outline in the making: its anchor and its handles."""

    anchor: QPointF
    back: QPointF
    forth: QPointF

    @classmethod
    def at(cls, point: QPointF) -> "_Node":
        return cls(point, point, point)


class PenTool(OutlineTool):
    """A click makes a corner, a drag a smooth node; the first node, Enter or a double click closes the outline.

    Attributes:
        curved: whether drags make handles.
    """

    name = "pen"
    curved = True

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self._nodes: list[_Node] = []
        self._pressed: Pointer | None = None
        self._closing = False  # the press was on the first node
        self._last: Pointer | None = None

    @property
    def hint(self) -> str:  # noqa: D102
        return self.tr(
            "Click for corners, drag for curves (Alt bends one side only). The first node, Enter or a double click "
            "closes; Shift keeps to 15°, Backspace takes the last node back, Esc cancels."
        )

    @property
    def step_name(self) -> str:  # noqa: D102
        return self.tr("Draw path")

    @property
    def busy(self) -> bool:  # noqa: D102
        return bool(self._nodes)

    # The pointer

    def press(self, pointer: Pointer) -> None:  # noqa: D102
        self._pressed, self._last = pointer, pointer
        self._closing = self._closes(pointer)
        if not self._closing:
            self._nodes.append(_Node.at(self._place(pointer)))
        self._show(None)

    def move(self, pointer: Pointer) -> None:  # noqa: D102
        self._last = pointer
        if self._pressed is None or not self._nodes:
            return
        travelled = pointer.screen - self._pressed.screen
        if self.curved and max(abs(travelled.x()), abs(travelled.y())) >= _DRAG:
            self._pull(pointer)
        self._show(None)

    def release(self, pointer: Pointer) -> None:  # noqa: D102
        self.move(pointer)
        closing, self._closing, self._pressed = self._closing, False, None
        if closing:
            self._finish()

    def hover(self, pointer: Pointer | None) -> None:  # noqa: D102
        self._last = pointer
        if self._nodes:
            self._show(pointer)

    def double_click(self, pointer: Pointer) -> None:
        """Close: the first of the two clicks has made the last node already."""
        if self._nodes:
            self._finish()
        else:
            self.press(pointer)

    def _closes(self, pointer: Pointer) -> bool:
        if len(self._nodes) < 2:
            return False
        way = (self._nodes[0].anchor - pointer.pos) * self.context.scene.zoom
        return math.hypot(way.x(), way.y()) <= _CLOSE

    def _place(self, pointer: Pointer) -> QPointF:
        """Return where a node would go: onto what is near, else to a whole pixel."""
        point = pointer.pos
        if pointer.shift and self._nodes:
            return turned_to_step(self._nodes[-1].anchor, point)  # on whole pixels the angle would be lost
        return self.context.snapper.handle(point, (), (1, 1))

    def _pull(self, pointer: Pointer) -> None:
        """Draw handles out of the node that was pressed."""
        index = 0 if self._closing else -1
        node = self._nodes[index]
        to = turned_to_step(node.anchor, pointer.pos) if pointer.shift else pointer.pos
        mirrored = node.anchor * 2 - to
        if self._closing:
            node = replace(node, back=mirrored)
        else:
            node = replace(node, forth=to, back=node.back if pointer.alt else mirrored)
        self._nodes[index] = node

    # Keys

    def claims(self, event: QKeyEvent) -> bool:  # noqa: D102
        return self.busy and (event.key() in {*_BACK, *_DONE} or event.matches(QKeySequence.StandardKey.Undo))

    def key_press(self, event: QKeyEvent) -> bool:  # noqa: D102
        if event.key() == Qt.Key.Key_Escape:
            if not self.abort():
                self.context.tool_wanted.emit("select")
            return True
        if not self.busy:
            return False
        if event.key() in _DONE:
            self._finish()
            return True
        if event.key() in _BACK or event.matches(QKeySequence.StandardKey.Undo):
            self._take_back()
            return True
        return False

    def _take_back(self) -> None:
        if self._pressed is None:
            self._nodes.pop()
            if self._nodes:
                self._show(self._last)
            else:
                self.abort()

    # What comes of it

    def deactivate(self) -> None:
        """Hand over; an outline that could be closed becomes a layer: many clicks are not thrown away for a key."""
        if len(self._nodes) > 1 and self.encloses(self._subpath(closed=True)):
            self._finish(quietly=True)
        super().deactivate()

    def abort(self) -> bool:  # noqa: D102
        was = self.busy
        self._nodes.clear()
        self._pressed, self._closing = None, False
        self.hide_outline()
        return was

    def layout_changed(self, change: Change) -> None:
        """Go on drawing on a canvas of another size; with another project in place there is nothing to go on with."""
        match change:
            case StateReplaced():
                self.abort()
            case CanvasResized() if self.busy:
                self._show(self._last)

    def _finish(self, *, quietly: bool = False) -> None:
        subpath = self._subpath(closed=True)
        if len(subpath) < 2 or not self.encloses(subpath):
            self.context.hinted.emit(
                self.tr("The outline encloses nothing yet: add a node beside the line, or press Esc to drop it.")
            )
            self._show(self._last)
            return
        self.abort()
        self.add([subpath], quietly=quietly)

    def _subpath(self, *extra: _Node, closed: bool) -> Subpath:
        nodes = [*self._nodes, *extra]
        arrays = [
            np.array([point.toTuple() for point in points], np.float64)
            for points in zip(*((node.anchor, node.back, node.forth) for node in nodes), strict=True)
        ]
        return Subpath(arrays[0], arrays[1], arrays[2], closed)

    def _show(self, pointer: Pointer | None) -> None:
        """Show the outline so far, and the segment that a click at ``pointer`` would add."""
        if not self._nodes:
            return
        nodes = self._subpath(closed=False)
        closes = self._closing or (pointer is not None and self._closes(pointer))
        if closes:
            line = path_of([self._subpath(closed=True)])
        elif pointer is not None:
            line = path_of([self._subpath(_Node.at(self._place(pointer)), closed=False)])
        else:
            line = path_of([nodes])
        self.show_outline(nodes, line)
        first = NodeHit("node", (0, 0), point=self._nodes[0].anchor)
        self._nodes_item.set_hot(first if closes else None, self.context.scene.zoom)
        if pointer is not None:
            self._say(pointer, closes=closes)

    def _say(self, pointer: Pointer, *, closes: bool) -> None:
        """Show the new segment's length and direction beside the pointer."""
        way = self._place(pointer) - self._nodes[-1].anchor
        angle = math.degrees(math.atan2(-way.y(), way.x())) % 360
        text = self.tr("Close") if closes else f"{math.hypot(way.x(), way.y()):.0f} px · {angle:.0f}°"
        self.context.scene.note.show_text(pointer.pos, text)


class PolygonTool(PenTool):
    """Straight lines from click to click."""

    name = "polygon"
    curved = False

    @property
    def hint(self) -> str:  # noqa: D102
        return self.tr(
            "Click from corner to corner. The first corner, Enter or a double click closes; Shift keeps to 15°, "
            "Backspace takes the last corner back, Esc cancels."
        )

    @property
    def step_name(self) -> str:  # noqa: D102
        return self.tr("Draw polygon")
