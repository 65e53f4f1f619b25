"""Draw a vector shape by dragging from corner to corner."""

from dataclasses import replace

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainterPath

from zestdesk.document.commands import AddLayer
from zestdesk.document.layers import ShapeLayer, shape_path
from zestdesk.ui.canvas.geometry import spanned
from zestdesk.ui.canvas.tools.base import Pointer, Tool, ToolContext

__all__ = ["ShapeTool"]

_CLICK = 3.0  # screen pixels: less is no drag


class ShapeTool(Tool):
    """Base of rectangle and ellipse.

    Attributes:
        kind: of the shape layers that it makes.
    """

    kind = ""

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self._start: QPointF | None = None
        self._last: Pointer | None = None
        self._pressed_at = QPointF()
        self._moving = False
        self._layer = ShapeLayer()

    @property
    def cursor(self) -> Qt.CursorShape:  # noqa: D102
        return Qt.CursorShape.CrossCursor

    @property
    def busy(self) -> bool:  # noqa: D102
        return self._start is not None

    @property
    def click_hint(self) -> str:
        """What to say when a click made nothing."""
        raise NotImplementedError

    @property
    def step_name(self) -> str:
        """What the undo history calls it."""
        raise NotImplementedError

    def press(self, pointer: Pointer) -> None:  # noqa: D102
        self._start, self._pressed_at, self._last = self.context.snap(pointer.pos), pointer.screen, pointer
        self._moving = False
        self._layer = ShapeLayer(kind=self.kind, colour=self.context.scene.next_colour())

    def move(self, pointer: Pointer) -> None:  # noqa: D102
        if self._start is None or self._last is None:
            return
        if self._moving:
            self._start += pointer.pos - self._last.pos
        self._last = pointer
        self._show(self._start, pointer)

    def release(self, pointer: Pointer) -> None:  # noqa: D102
        if self._start is None:
            return
        self.move(pointer)
        path, layer = self._path(self._start, pointer), self._layer
        travelled = pointer.screen - self._pressed_at
        too_small = max(abs(travelled.x()), abs(travelled.y())) < _CLICK or path.boundingRect().isEmpty()
        self.abort()
        if too_small:
            self.context.hinted.emit(self.click_hint)
            return
        made = replace(layer, path=path)
        command = AddLayer(self.context.layout, made, 0)
        command.setText(self.step_name)
        self.context.undo.push(command)
        self.context.selection.set([made.id])
        self.context.tool_wanted.emit("select")
        self.context.label_wanted.emit(made.id)

    def key_press(self, event: QKeyEvent) -> bool:  # noqa: D102
        if event.key() == Qt.Key.Key_Space and self.busy:
            self._moving = True
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.context.tool_wanted.emit("select")
            return True
        return False

    def key_release(self, event: QKeyEvent) -> bool:  # noqa: D102
        if event.key() == Qt.Key.Key_Space and self._moving:
            self._moving = False
            return True
        return False

    def abort(self) -> bool:  # noqa: D102
        was = self.busy
        self._start = self._last = None
        self._moving = False
        self.context.scene.set_draft(None)
        self.context.scene.note.hide()
        return was

    def _path(self, start: QPointF, pointer: Pointer) -> QPainterPath:
        end = pointer.pos if self._moving else self.context.snap(pointer.pos)
        return shape_path(self.kind, spanned(start, end, equal_sides=pointer.shift, centred=pointer.alt))

    def _show(self, start: QPointF, pointer: Pointer) -> None:
        path = self._path(start, pointer)
        self.context.scene.set_draft(replace(self._layer, path=path))
        bounds = path.boundingRect()
        self.context.scene.note.show_text(pointer.pos, f"{bounds.width():.0f} × {bounds.height():.0f}")
