"""Draw an outline in one go; what the hand drew becomes a smooth path."""

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from zestdesk.document.nodes import Subpath, path_of
from zestdesk.document.tracing import drawn
from zestdesk.ui.canvas.tools.base import Pointer, ToolContext
from zestdesk.ui.canvas.tools.outline import OutlineTool

__all__ = ["FreehandTool"]

_TOLERANCE: Final = 2.5  # screen pixels by which the path may pass beside what the hand drew: that is how it trembles
_STEP: Final = 1.5  # screen pixels: moves that are shorter say nothing new


class FreehandTool(OutlineTool):
    """A drag around an area makes a path layer, closed at the release."""

    name = "freehand"

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self._points: list[tuple[float, float]] = []
        self._screen = QPointF()

    @property
    def hint(self) -> str:  # noqa: D102
        return self.tr("Draw around an area in one go: letting go closes the outline and smooths it. Esc cancels.")

    @property
    def step_name(self) -> str:  # noqa: D102
        return self.tr("Draw freehand")

    @property
    def busy(self) -> bool:  # noqa: D102
        return bool(self._points)

    def press(self, pointer: Pointer) -> None:  # noqa: D102
        self._points, self._screen = [pointer.pos.toTuple()], pointer.screen

    def move(self, pointer: Pointer) -> None:  # noqa: D102
        way = pointer.screen - self._screen
        if self._points and max(abs(way.x()), abs(way.y())) >= _STEP:
            self._points.append(pointer.pos.toTuple())
            self._screen = pointer.screen
            self.show_outline(None, path_of([Subpath.polygon(self._points, closed=False)]))

    def release(self, pointer: Pointer) -> None:  # noqa: D102
        self.move(pointer)
        points = np.array(self._points, np.float64).reshape(-1, 2)
        if not self.abort():
            return
        subpath = drawn(points, _TOLERANCE / self.context.scene.zoom)
        if subpath is None or not self.encloses(subpath):
            self.context.hinted.emit(self.tr("Nothing was enclosed: press, draw around an area and let go."))
            return
        self.add([subpath])

    def key_press(self, event: QKeyEvent) -> bool:  # noqa: D102
        if event.key() == Qt.Key.Key_Escape:
            self.context.tool_wanted.emit("select")
            return True
        return False

    def abort(self) -> bool:  # noqa: D102
        was = self.busy
        self._points = []
        self.hide_outline()
        return was
