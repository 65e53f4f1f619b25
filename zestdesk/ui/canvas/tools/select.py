"""Select, move, resize, nudge and delete layers."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent

from zestdesk.document.commands import ChangeLayers
from zestdesk.document.layers import Layer, ShapeLayer, is_locked
from zestdesk.ui.canvas.geometry import Handle, handle_point, mapped, moved, resizing, rounded
from zestdesk.ui.canvas.tools.base import Pointer, Tool, ToolContext
from zestdesk.ui.layer_commands import LayerCommands

__all__ = ["SelectTool"]

_DRAG: Final = 3.0  # screen pixels: less is a click
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_CURSORS: Final = {
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
}


class _Drag(Enum):
    """What the press may become."""

    NONE = auto()
    PRESSED = auto()  # on a layer, not yet moved
    MOVE = auto()
    RESIZE = auto()
    BOX = auto()


class SelectTool(Tool):
    """A press on a handle resizes, on a layer selects and moves, beside all layers draws a box."""

    name = "select"

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self._commands = LayerCommands(context.layout, context.undo, context.selection, context)
        self._commands.hinted.connect(context.hinted)
        self._drag = _Drag.NONE
        self._start = Pointer(QPointF(), QPointF())
        self._handle: Handle = (0, 0)
        self._frame = QRectF()
        self._edited: tuple[Layer, ...] = ()
        self._changed: tuple[Layer, ...] = ()
        self._before: tuple[str, ...] = ()  # selected before the press
        self._hit: Layer | None = None
        self._way = QPointF()  # of a move, in whole canvas pixels

    @property
    def hint(self) -> str:  # noqa: D102
        return self.tr(
            "Click selects, Shift adds, dragging beside the layers (or with Shift) draws a box. Drag to move, handles "
            "resize: Shift keeps the aspect, Alt the centre. Arrows nudge, Shift by 10."
        )

    @property
    def busy(self) -> bool:  # noqa: D102
        return self._drag is not _Drag.NONE

    def activate(self) -> None:  # noqa: D102
        self.context.scene.show_frame(shown=True)

    def deactivate(self) -> None:  # noqa: D102
        super().deactivate()
        self.context.scene.set_hovered("")
        self.context.scene.show_frame(shown=False)

    def touches(self, layer_id: str) -> bool:  # noqa: D102
        return any(layer.id == layer_id for layer in self._edited)

    # The pointer

    def press(self, pointer: Pointer) -> None:  # noqa: D102
        scene, selection = self.context.scene, self.context.selection
        self._start, self._before, self._edited, self._changed = pointer, selection.ids, (), ()
        handle = scene.frame.handle_at(pointer.pos)
        if handle is not None:
            self._drag, self._handle, self._frame = _Drag.RESIZE, handle, QRectF(scene.frame.rect)
            self._edited = selection.layers
            return
        self._hit = scene.layer_at(pointer.pos)
        if self._hit is None or pointer.shift:
            self._drag = _Drag.BOX
            if self._hit is None:
                self._press_on_nothing(pointer)
            return
        if self._hit.id not in selection:
            selection.set([self._hit.id])
        self._drag = _Drag.PRESSED

    def _press_on_nothing(self, pointer: Pointer) -> None:
        locked = self.context.scene.layer_at(pointer.pos, locked=True)
        if locked is not None:
            self.hint_locked(locked)
        if not pointer.shift:
            self.context.selection.clear()

    def move(self, pointer: Pointer) -> None:  # noqa: D102
        if self._drag is _Drag.PRESSED and self._is_drag(pointer):
            self._begin_move()
        if self._drag is _Drag.MOVE:
            self._move(pointer)
        elif self._drag is _Drag.RESIZE:
            self._resize(pointer)
        elif self._drag is _Drag.BOX and (self._is_drag(pointer) or self.context.scene.rubber_band.isVisible()):
            self._stretch_box(pointer)

    def release(self, pointer: Pointer) -> None:  # noqa: D102
        self.move(pointer)
        drag, edited, changed, hit = self._drag, self._edited, self._changed, self._hit
        boxed = self.context.scene.rubber_band.isVisible()
        self._end()
        if drag is _Drag.PRESSED and hit is not None:
            self.context.selection.set([hit.id])
        elif drag is _Drag.BOX and not boxed and hit is not None and pointer.shift:
            self.context.selection.toggle(hit.id)
        elif drag is _Drag.MOVE:
            right, down = int(self._way.x()), int(self._way.y())
            self._push([moved(layer, right, down) for layer in edited], self.tr("Move"))
        elif drag is _Drag.RESIZE:
            self._push(changed, self.tr("Resize"))

    def double_click(self, pointer: Pointer) -> None:  # noqa: D102
        self.press(pointer)
        hit = self._hit if self._drag is _Drag.PRESSED else None
        if hit is not None:
            self._end()
            self.context.label_wanted.emit(hit.id)

    def hover(self, pointer: Pointer | None) -> None:  # noqa: D102
        scene = self.context.scene
        if pointer is None:
            scene.set_hovered("")
            return
        handle = scene.frame.handle_at(pointer.pos)
        layer = scene.layer_at(pointer.pos) if handle is None else None
        scene.set_hovered(layer.id if layer is not None else "")
        self.context.cursor_wanted.emit(_cursor(handle) if handle is not None else self.cursor)

    def abort(self) -> bool:  # noqa: D102
        was, boxing = self.busy, self._drag is _Drag.BOX
        before = self._before
        self._end()
        if was:
            self.context.scene.restore()
            if boxing:
                self.context.selection.set(before)
        return was

    def _is_drag(self, pointer: Pointer) -> bool:
        way = pointer.screen - self._start.screen
        return max(abs(way.x()), abs(way.y())) >= _DRAG

    def _end(self) -> None:
        self._drag = _Drag.NONE
        self._edited = self._changed = ()
        self._hit = None
        self.context.scene.rubber_band.hide()
        self.context.scene.note.hide()

    # Moving

    def _begin_move(self) -> None:
        self._edited = self._unlocked(self.context.selection.layers)
        self._frame = self.context.scene.bounds_of(self._edited)
        self._drag = _Drag.MOVE if self._edited else _Drag.NONE

    def _move(self, pointer: Pointer) -> None:
        way = rounded(pointer.pos - self._start.pos)
        if pointer.shift:
            way = QPointF(way.x(), 0) if abs(way.x()) >= abs(way.y()) else QPointF(0, way.y())
        self._way = way
        self.context.scene.shift([layer.id for layer in self._edited], way)
        place = self._frame.topLeft() + way
        self.context.scene.note.show_text(pointer.pos, f"{place.x():.0f}, {place.y():.0f}")

    # Resizing

    def _resize(self, pointer: Pointer) -> None:
        to = rounded(handle_point(self._frame, self._handle) + pointer.pos - self._start.pos)
        transform = resizing(self._frame, self._handle, to, keep_aspect=pointer.shift, centred=pointer.alt)
        self._changed = tuple(mapped(layer, transform) for layer in self._edited if isinstance(layer, ShapeLayer))
        self.context.scene.preview(self._changed)
        size = self.context.scene.frame.rect
        self.context.scene.note.show_text(pointer.pos, f"{size.width():.0f} × {size.height():.0f}")

    # The box

    def _stretch_box(self, pointer: Pointer) -> None:
        box = QRectF(self._start.pos, pointer.pos).normalized()
        self.context.scene.rubber_band.show_rect(box)
        within = [layer.id for layer in self.context.scene.layers_within(box)]
        self.context.selection.set([*within, *(self._before if self._start.shift else ())])

    # Keys

    def key_press(self, event: QKeyEvent) -> bool:  # noqa: D102
        key = Qt.Key(event.key())
        if key in _ARROWS and not self.busy:
            self._nudge(key, 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            return True
        if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and not self.busy:
            self._commands.delete()  # a window whose own shortcut this is calls the same
            return True
        if key == Qt.Key.Key_Escape and self.context.selection.ids:
            self.context.selection.clear()
            return True
        return False

    def _nudge(self, key: Qt.Key, step: int) -> None:
        right, down = _ARROWS[key]
        layers = self._unlocked(self.context.selection.layers)
        changed = [moved(layer, right * step, down * step) for layer in layers]
        if changed:
            self.context.undo.push(ChangeLayers(self.context.layout, changed, self.tr("Nudge"), merge_key="nudge"))

    # The result

    def _unlocked(self, layers: Sequence[Layer]) -> tuple[Layer, ...]:
        free = tuple(layer for layer in layers if not is_locked(layer))
        if len(free) < len(layers):
            self.hint_locked(next(layer for layer in layers if is_locked(layer)))
        return free

    def _push(self, changed: Sequence[Layer], text: str) -> None:
        state = self.context.layout.state
        if all(layer == state.layer(layer.id) for layer in changed):  # also when nothing changed at all
            self.context.scene.restore()
            return
        self.context.undo.push(ChangeLayers(self.context.layout, changed, text))


def _cursor(handle: Handle) -> Qt.CursorShape:
    horizontal, vertical = handle
    sign = -1 if horizontal < 0 or (horizontal == 0 and vertical < 0) else 1
    return _CURSORS[(horizontal * sign, vertical * sign)]
