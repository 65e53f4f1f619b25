"""Paint into a brush layer: staged live, one undo step at the release."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from zestdesk.document.brush import Patch, Stroke
from zestdesk.document.stabiliser import PulledString
from zestdesk.ui.canvas.tools.base import Pointer, ToolContext
from zestdesk.ui.canvas.tools.painting import PaintingTool

if TYPE_CHECKING:
    from zestdesk.document.layers import BrushLayer

__all__ = ["StrokeTool"]

_SMALLEST_CIRCLE: Final = 6.0  # screen pixels: a smaller brush is shown by a cross
_CLICK: Final = 4.0  # screen pixels: with Shift, less is a click that draws a line, more changes the size
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_DIGITS: Final = range(Qt.Key.Key_0.value, Qt.Key.Key_9.value + 1)


class StrokeTool(PaintingTool):
    """Base of brush and eraser.

    A press with Shift held is a straight line from the last stroke's end once it is released where it was pressed; a
    drag to the side changes the size instead.

    Attributes:
        erase: take away instead of adding.
    """

    erase = False

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self._stroke: Stroke | None = None
        self._layer: BrushLayer | None = None
        self._string = PulledString(0, QPointF())
        self._pressure = 1.0
        self._end: tuple[str, QPointF] | None = None  # where the last stroke ended, and on which layer
        self._held: Pointer | None = None  # the press with Shift that goes on
        self._size_before: float | None = None  # of the brush, while a drag changes it
        self._active = False
        context.brush.changed.connect(self._show_brush)

    @property
    def cursor(self) -> Qt.CursorShape:  # noqa: D102
        large = self.context.scene.brush_cursor.diameter >= _SMALLEST_CIRCLE
        return Qt.CursorShape.BlankCursor if large else Qt.CursorShape.CrossCursor

    @property
    def busy(self) -> bool:  # noqa: D102
        return self._stroke is not None or self._held is not None

    def activate(self) -> None:  # noqa: D102
        self._active = True
        self.context.brush.erasing = self.erase
        self._show_brush()

    def deactivate(self) -> None:  # noqa: D102
        super().deactivate()
        self._active = False
        self.context.scene.brush_cursor.hide()

    # The pointer

    def press(self, pointer: Pointer) -> None:  # noqa: D102
        if pointer.shift:
            self._held = pointer
        else:
            self._begin(pointer)
        self.hover(pointer)

    def move(self, pointer: Pointer) -> None:  # noqa: D102
        if self._held is not None:
            self._resize(self._held, pointer)
        elif self._stroke is not None:
            self._pressure = pointer.pressure
            if self._string.pull(pointer.pos):
                self._show(self._stroke.move_to(self._string.tip, pointer.pressure))
        self.hover(pointer)

    def release(self, pointer: Pointer) -> None:  # noqa: D102
        if self._held is not None:
            resized = self._size_before is not None
            self._held = self._size_before = None
            self.context.scene.note.hide()
            if not resized:
                self._draw_line(pointer)
        elif self._stroke is not None:
            self._finish(pointer)
        self.hover(pointer)

    def hover(self, pointer: Pointer | None) -> None:  # noqa: D102
        cursor = self.context.scene.brush_cursor
        if pointer is None:
            cursor.hide()
            return
        style = self.context.brush.style(erase=self.erase)
        cursor.set_brush(style.size, style.hardness)
        if self._held is not None and self._size_before is not None:
            cursor.show_at(self._held.pos)
        elif self._stroke is not None:
            cursor.show_at(pointer.pos, self._string.tip if self._string.tip != pointer.pos else None)
        else:
            cursor.show_at(pointer.pos, self._line_start() if pointer.shift else None)

    # Strokes

    def _begin(self, pointer: Pointer, start: QPointF | None = None) -> bool:
        """Begin a stroke where the pointer is, or at ``start``; return False after a hint why there is none."""
        layer = self.target()
        if layer is None:
            return False
        brush, scene = self.context.brush, self.context.scene
        self._layer, self._pressure = layer, pointer.pressure
        self._stroke = Stroke(self.mask_of(layer), brush.style(erase=self.erase))
        self._string = PulledString(brush.steadiness / scene.zoom, pointer.pos)
        self._show(self._stroke.move_to(start or pointer.pos, pointer.pressure))
        return True

    def _finish(self, pointer: Pointer) -> None:
        """End the stroke where the pointer is, and make it an undo step."""
        stroke, layer = self._stroke, self._layer
        if stroke is None or layer is None:
            return
        if pointer.pos != stroke.last:
            # A pen leaves the tablet without pressure: the last that it had is what was meant.
            self._show(stroke.move_to(pointer.pos, self._pressure))
        self._show(stroke.finish())
        self._end = (layer.id, pointer.pos)
        self._stroke = self._layer = None
        patches = stroke.patches()
        if patches is None:
            self.context.scene.restore()
        else:
            self.push(layer, patches)

    def _draw_line(self, pointer: Pointer) -> None:
        """Draw a straight line from where the last stroke on this layer ended; a dab when there was none."""
        if self._begin(pointer, self._line_start()):
            self._finish(pointer)

    def _line_start(self) -> QPointF | None:
        selected = self.selected
        if self._end is None or selected is None or self._end[0] != selected.id:
            return None
        return self._end[1]

    def _show(self, patch: Patch | None) -> None:
        if patch is not None and self._layer is not None:
            self.context.scene.patch(self._layer.id, patch)

    def abort(self) -> bool:  # noqa: D102
        was = self.busy
        if self._size_before is not None:
            self._set_size(self._size_before)
        self._held = self._size_before = None
        self.context.scene.note.hide()
        if self._stroke is not None:
            self._stroke = self._layer = None
            self.context.scene.restore()
        return was

    def touches(self, layer_id: str) -> bool:  # noqa: D102
        return self._layer is not None and self._layer.id == layer_id

    # The brush itself

    def _resize(self, held: Pointer, pointer: Pointer) -> None:
        """Let the circle's right edge follow the pointer."""
        way = pointer.screen - held.screen
        if self._size_before is None:
            if max(abs(way.x()), abs(way.y())) < _CLICK:
                return
            self._size_before = self.context.brush.style(erase=self.erase).size
        scene = self.context.scene
        self._set_size(self._size_before + 2 * way.x() / scene.zoom)
        size = self.context.brush.style(erase=self.erase).size
        scene.note.show_text(pointer.pos, self.tr("{size} px").format(size=round(size)))

    def _set_size(self, size: float) -> None:
        if self.erase:
            self.context.brush.eraser_size = round(size)
        else:
            self.context.brush.size = round(size)

    def key_press(self, event: QKeyEvent) -> bool:  # noqa: D102
        brush, modifiers = self.context.brush, event.modifiers()
        if modifiers & _CONTROL and not modifiers & _ALT:  # with both it is the right Alt, which some braces need
            return False
        deed = {
            Qt.Key.Key_BracketLeft: brush.smaller,
            Qt.Key.Key_BracketRight: brush.larger,
            Qt.Key.Key_BraceLeft: brush.softer,
            Qt.Key.Key_BraceRight: brush.harder,
        }.get(Qt.Key(event.key()))
        if deed is not None:
            deed()
            return True
        if event.key() in _DIGITS and not modifiers & ~Qt.KeyboardModifier.KeypadModifier:
            brush.opacity = (event.key() - _DIGITS.start or 10) / 10
            return True
        return False

    def _show_brush(self) -> None:
        if self._active:
            style = self.context.brush.style(erase=self.erase)
            self.context.scene.brush_cursor.set_brush(style.size, style.hardness)
            self.context.cursor_wanted.emit(self.cursor)
