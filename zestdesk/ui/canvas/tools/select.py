"""Select layers; move, copy, scale, turn, nudge and delete what is selected."""

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QCursor, QKeyEvent

from zestdesk.document.commands import ChangeLayers
from zestdesk.document.layers import Layer, ShapeLayer, is_visible
from zestdesk.document.transform import moved
from zestdesk.ui.canvas.cursors import turning_cursor
from zestdesk.ui.canvas.geometry import Handle
from zestdesk.ui.canvas.pivot_mark import PivotMark
from zestdesk.ui.canvas.tools.base import Pointer, Tool, ToolContext
from zestdesk.ui.canvas.tools.gestures import Gesture, MoveGesture, PivotGesture, ResizeGesture, TurnGesture
from zestdesk.ui.editable import may_edit
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


class _Press(Enum):
    """What the press may become while it is no :class:`Gesture` yet."""

    NONE = auto()
    ON_LAYER = auto()
    BOX = auto()
    GESTURE = auto()


class SelectTool(Tool):
    """A press on a handle scales, near a corner turns, on a layer selects and moves, beside all layers draws a box.

    Where the pivot is shown, a press on it moves it, and a double click takes it back to the middle.
    """

    name = "select"

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self._commands = LayerCommands(context.layout, context.undo, context.selection, context)
        self._commands.hinted.connect(context.hinted)
        self._press = _Press.NONE
        self._gesture: Gesture | None = None
        self._start = Pointer(QPointF(), QPointF())
        self._before: tuple[str, ...] = ()  # selected before the press
        self._hit: Layer | None = None
        self._turning = turning_cursor()
        self._mark, self._active = PivotMark(), False
        context.scene.addItem(self._mark)
        context.scene.framed.connect(self._show_pivot)
        context.selection.pivot.changed.connect(self._show_pivot)

    @property
    def hint(self) -> str:  # noqa: D102
        return self.tr(
            "Click selects, Shift adds, a drag beside the layers boxes them. Drag moves, Alt-drag copies. Handles "
            "scale (Shift in proportion, Alt about the pivot), the knob turns. Double-click: nodes."
        )

    @property
    def busy(self) -> bool:  # noqa: D102
        return self._press is not _Press.NONE

    def activate(self) -> None:  # noqa: D102
        self._active = True
        self.context.scene.show_frame(shown=True)

    def deactivate(self) -> None:  # noqa: D102
        super().deactivate()
        self._active = False
        self.context.scene.set_hovered("")
        self.context.scene.show_frame(shown=False)

    def touches(self, layer_id: str) -> bool:  # noqa: D102
        if self._gesture is None:
            return self._hit is not None and self._hit.id == layer_id
        return any(layer.id == layer_id for layer in self._gesture.layers)

    # The pointer

    def press(self, pointer: Pointer) -> None:  # noqa: D102
        frame, selection = self.context.scene.frame, self.context.selection
        self._start, self._before = pointer, selection.ids
        handle = frame.handle_at(pointer.pos)
        if self._on_pivot(pointer):
            self._begin(PivotGesture(self.context, self._free(), pointer))
        elif handle is not None:
            self._begin(ResizeGesture(self.context, self._free(), pointer, handle))
        elif frame.turns_at(pointer.pos):
            self._begin(TurnGesture(self.context, self._free(), pointer))
        else:
            self._press_on_layers(pointer)

    def _press_on_layers(self, pointer: Pointer) -> None:
        self._hit = self.context.scene.layer_at(pointer.pos)
        if self._hit is None or pointer.shift:
            self._press = _Press.BOX
            if self._hit is None:
                self._press_on_nothing(pointer)
            return
        if self._hit.id not in self.context.selection:
            self.context.selection.set([self._hit.id])
        self._press = _Press.ON_LAYER

    def _press_on_nothing(self, pointer: Pointer) -> None:
        locked = self.context.scene.layer_at(pointer.pos, locked=True)
        if locked is not None:
            self.hint_why_not(locked)
        if not pointer.shift:
            self.context.selection.clear()

    def move(self, pointer: Pointer) -> None:  # noqa: D102
        if self._press is _Press.ON_LAYER and self._is_drag(pointer):
            layers = self._free()
            if layers:
                self._begin(MoveGesture(self.context, layers, self._start))
            else:
                self._press = _Press.NONE
        if self._gesture is not None:
            self._gesture.update(pointer)
        elif self._press is _Press.BOX and (self._is_drag(pointer) or self.context.scene.rubber_band.isVisible()):
            self._stretch_box(pointer)

    def _begin(self, gesture: Gesture) -> None:
        self._press, self._gesture = _Press.GESTURE, gesture

    def release(self, pointer: Pointer) -> None:  # noqa: D102
        self.move(pointer)
        press, gesture, hit = self._press, self._gesture, self._hit
        boxed = self.context.scene.rubber_band.isVisible()
        self._end()
        if gesture is not None:
            gesture.finish()
        elif press is _Press.ON_LAYER and hit is not None:
            self.context.selection.set([hit.id])
        elif press is _Press.BOX and not boxed and hit is not None and pointer.shift:
            self.context.selection.toggle(hit.id)

    def double_click(self, pointer: Pointer) -> None:  # noqa: D102
        if self._on_pivot(pointer):
            self.context.selection.pivot.reset()
            return
        self.press(pointer)
        hit = self._hit if self._press is _Press.ON_LAYER else None
        if hit is not None:
            self._end()
            if isinstance(hit, ShapeLayer):
                self.context.selection.set([hit.id])
                self.context.tool_wanted.emit("node")
            else:
                self.context.label_wanted.emit(hit.id)

    def hover(self, pointer: Pointer | None) -> None:  # noqa: D102
        scene = self.context.scene
        if pointer is None:
            scene.set_hovered("")
            return
        if self._on_pivot(pointer):
            scene.set_hovered("")
            self.context.cursor_wanted.emit(Qt.CursorShape.CrossCursor)
            return
        handle = scene.frame.handle_at(pointer.pos)
        turns = handle is None and scene.frame.turns_at(pointer.pos)
        layer = scene.layer_at(pointer.pos) if handle is None and not turns else None
        scene.set_hovered(layer.id if layer is not None else "")
        cursor: QCursor | Qt.CursorShape = self._turning if turns else self.cursor
        self.context.cursor_wanted.emit(_cursor(handle) if handle is not None else cursor)

    def abort(self) -> bool:  # noqa: D102
        was, boxing = self.busy, self._press is _Press.BOX
        before, gesture = self._before, self._gesture
        self._end()
        if gesture is not None:
            gesture.abort()
        elif boxing:
            self.context.selection.set(before)
        return was

    # The pivot

    def _on_pivot(self, pointer: Pointer) -> bool:
        return self._mark.hit(pointer.pos, self.context.scene.zoom)

    def _show_pivot(self) -> None:
        """Put the cross where it belongs; while the selection turns, that is where it was."""
        scene, pivot = self.context.scene, self.context.selection.pivot
        if not isinstance(self._gesture, TurnGesture):
            layers = [layer for layer in self.context.selection.layers if is_visible(layer)]
            bounds = scene.bounds_of(layers)
            self._mark.setPos(pivot.at(bounds))
            free = scene.layers_visible and bool(layers) and all(map(may_edit, layers)) and not bounds.isEmpty()
            self._mark.setVisible(self._active and pivot.shown and free)

    def _is_drag(self, pointer: Pointer) -> bool:
        way = pointer.screen - self._start.screen
        return max(abs(way.x()), abs(way.y())) >= _DRAG

    def _end(self) -> None:
        self._press, self._gesture, self._hit = _Press.NONE, None, None
        self.context.scene.rubber_band.hide()
        self.context.scene.note.hide()

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
        shapes = any(isinstance(layer, ShapeLayer) for layer in self.context.selection.layers)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and shapes and not self.busy:
            self.context.tool_wanted.emit("node")
            return True
        if key == Qt.Key.Key_Escape and self.context.selection.ids:
            self.context.selection.clear()
            return True
        return False

    def _nudge(self, key: Qt.Key, step: int) -> None:
        right, down = _ARROWS[key]
        layers = self._free()
        changed = [moved(layer, right * step, down * step) for layer in layers]
        if changed:
            self.context.undo.push(ChangeLayers(self.context.layout, changed, self.tr("Nudge"), merge_key="nudge"))

    def walk(self, *, forward: bool) -> bool:
        """Select the next layer below that can be edited, or above; False past the last, which ends the walk."""
        layers = [layer.id for layer in self.context.layout.state.layers if may_edit(layer)]
        chosen = [index for index, layer_id in enumerate(layers) if layer_id in self.context.selection]
        ahead, back = (chosen[-1] + 1, chosen[0] - 1) if chosen else (0, len(layers) - 1)
        index = ahead if forward else back
        if self.busy or not 0 <= index < len(layers):
            return False
        self.context.selection.set([layers[index]])
        return True

    def _free(self) -> tuple[Layer, ...]:
        """Return the selected layers that may be edited, with a hint when some may not."""
        return self.context.selection.free(self.context.hinted.emit)


def _cursor(handle: Handle) -> Qt.CursorShape:
    horizontal, vertical = handle
    sign = -1 if horizontal < 0 or (horizontal == 0 and vertical < 0) else 1
    return _CURSORS[(horizontal * sign, vertical * sign)]
