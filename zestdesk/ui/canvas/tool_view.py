"""A view with a tool in hand: it turns the events of mouse, pen and keyboard into what tools are told."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QTabletEvent,
    QWheelEvent,
)

from zestdesk.document.layout import Change
from zestdesk.ui.canvas.tools.base import Pointer, Tool, ToolContext
from zestdesk.ui.canvas.tools.guide import GuideTool
from zestdesk.ui.canvas.zoomable import ZoomableView

if TYPE_CHECKING:
    from zestdesk.ui.canvas.scene import CanvasScene

__all__ = ["ToolView"]

_NOTCH: Final = 1.2  # zoom by one notch of the wheel
_MODIFIER_KEYS: Final = (Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Control, Qt.Key.Key_Meta)


class ToolView(ZoomableView):
    """Hands pointer and keys to its tools.

    Attributes:
        aids: rulers, grid, guides and snapping, as they are chosen.

    Signals:
        tool_changed: name of the tool that is in hand now.
        hint_changed: a sentence on what the tool does, or why something was not done.
        zoom_changed: screen pixels per canvas pixel (from the base class).
        label_wanted: id of a layer that was just drawn or double-clicked: its label should be edited now.
    """

    tool_changed = Signal(str)
    hint_changed = Signal(str)
    label_wanted = Signal(str)

    def _equip(self, context: ToolContext, tools: dict[str, Tool]) -> None:
        """Take the tools, once, before anything else is called."""
        context.hinted.connect(self.hint_changed)
        context.label_wanted.connect(self.label_wanted)
        context.tool_wanted.connect(self.set_tool)
        context.scroll_wanted.connect(self.scroll_by)
        context.cursor_wanted.connect(lambda shape: self.viewport().setCursor(shape))
        self._scene: CanvasScene = context.scene
        self.aids, self._snapper = context.aids, context.snapper
        self._tools, self._guides = tools, GuideTool(context)
        self._tool: Tool = tools["select"]
        self._dragging: Tool | None = None  # who gets the moves until the release
        self._button = Qt.MouseButton.LeftButton  # whose release that is
        self._space = False
        self._last_pointer: Pointer | None = None

    # Tools

    @property
    def tool(self) -> str:
        """Name of the tool in hand."""
        return self._tool.name

    def set_tool(self, name: str) -> None:
        """Take another tool in hand; whatever the old one was doing is aborted.

        Args:
            name: one of :data:`zestdesk.ui.actions.tools.TOOLS`.

        Raises:
            KeyError: for any other name.
        """
        tool = self._tools[name]
        if tool is not self._tool:
            self._dragging = None
            self._tool.deactivate()
            self._tool = tool
            self._tool.activate()
            self._hover(self._last_pointer)
            self._show_cursor()
            self.tool_changed.emit(name)
        self.hint_changed.emit(tool.hint)

    @property
    def hint(self) -> str:
        """What the tool in hand does, for the status bar."""
        return self._tool.hint

    def _tell_tools(self, change: Change) -> None:
        """Say what changed in the layout; a drag whose ground is gone has ended."""
        for tool in {self._tool, self._guides, self._dragging or self._tool}:
            tool.layout_changed(change)
        if self._dragging is not None and not self._dragging.busy:
            self._dragging = None

    # Events

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll: touchpads by pixels, wheels by notches, sideways with Shift."""
        way = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_about(self.zoom * _NOTCH ** (way.y() / 120), event.position())
        else:
            pixels = event.pixelDelta()
            step = QPointF(pixels) if not pixels.isNull() else QPointF(way) * 0.5
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not step.x():
                step = QPointF(step.y(), 0)
            self.scroll_by(step)
        self._hover(Pointer(self.to_scene(event.position()), event.position(), event.modifiers()))
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Take pens, pinches and the pointer's leaving, which QGraphicsView does not know."""
        kind = event.type()
        if isinstance(event, QTabletEvent):
            if self._pen_event(event):
                event.accept()
                return True
            event.ignore()  # Qt makes a mouse event of it
            return False
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_about(self.zoom * (1 + event.value()), event.position())
            return True
        if kind == QEvent.Type.Leave and self._dragging is None:
            self._last_pointer = None
            self._hover(None)
        return super().viewportEvent(event)

    def _pen_event(self, event: QTabletEvent) -> bool:
        """Give a pen's strokes to the tool with their pressure; hovering is left to the mouse events."""
        place = event.position()
        pressure = event.pressure() if event.pointerType() != QPointingDevice.PointerType.Cursor else 1.0
        eraser = event.pointerType() == QPointingDevice.PointerType.Eraser
        pointer = Pointer(self.to_scene(place), place, event.modifiers(), pressure, eraser)
        match event.type():
            case QEvent.Type.TabletPress if event.button() == Qt.MouseButton.LeftButton:
                self._press(event.button(), pointer)
            case QEvent.Type.TabletMove if self._dragging is not None:
                self._move(pointer)
            case QEvent.Type.TabletRelease if self._dragging is not None:
                self._release(pointer)
            case _:
                return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self._press(event.button(), self._pointer(event))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self._move(self._pointer(event))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if event.button() == self._button:  # a second button that goes down and up meanwhile ends nothing
            self._release(self._pointer(event))
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self._press(event.button(), self._pointer(event), double=True)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Keep keys that mean something to the tool in hand from the window's shortcuts."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._claims(event):
            event.accept()
            return True
        return super().event(event)

    def _claims(self, event: QKeyEvent) -> bool:
        return self._guides.claims(event) or self._tool.claims(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends a drag, Space takes the hand; everything else is the tool's."""
        if event.key() == Qt.Key.Key_Escape:
            self._snapper.forget()
        if event.key() in _MODIFIER_KEYS:
            self._modifiers_changed(event, down=True)
        elif event.key() == Qt.Key.Key_Escape and self._dragging is not None:
            dragging, self._dragging = self._dragging, None
            dragging.abort()
            self._show_cursor()
        elif self._guides.key_press(event) or self._tool.key_press(event):
            pass
        elif event.key() == Qt.Key.Key_Space:
            self._space = True
            self._show_cursor()
        else:
            event.ignore()  # shortcuts and the window's own keys; QGraphicsView would scroll by arrows

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Let Tab go from layer to layer; past the last one the focus leaves the canvas."""
        return self._tool.walk(forward=forward) or super().focusNextPrevChild(forward)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.isAutoRepeat():
            return
        if event.key() in _MODIFIER_KEYS:
            self._modifiers_changed(event, down=False)
        elif self._tool.key_release(event):
            pass
        elif event.key() == Qt.Key.Key_Space and self._space:
            self._space = False
            self._show_cursor()
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of Space: its release may come when somebody else has the keyboard."""
        self._space = False
        self._show_cursor()
        super().focusOutEvent(event)

    # From events to tools

    def _pointer(self, event: QMouseEvent) -> Pointer:
        return Pointer(self.to_scene(event.position()), event.position(), event.modifiers())

    def _press(self, button: Qt.MouseButton, pointer: Pointer, *, double: bool = False) -> None:
        self._last_pointer = pointer
        if self._dragging is not None:
            if button == Qt.MouseButton.LeftButton and not self._dragging.busy:
                self._dragging = None
            else:
                return  # a second button during a drag
        self._button = button
        if button == Qt.MouseButton.MiddleButton or (button == Qt.MouseButton.LeftButton and self._space):
            self._begin(self._tools["pan"], pointer)
        elif button == Qt.MouseButton.LeftButton and self._guides.takes(pointer, self.tool):
            self._begin(self._guides, pointer, double=double)
        elif button == Qt.MouseButton.LeftButton:
            if self._tool.edits and not self._scene.layers_visible:
                self.hint_changed.emit(self.tr("The layers are hidden: show them to edit them."))
                return
            turned = pointer.eraser and self._tool is self._tools["brush"]  # the pen's other end
            self._begin(self._tools["eraser"] if turned else self._tool, pointer, double=double)

    def _begin(self, tool: Tool, pointer: Pointer, *, double: bool = False) -> None:
        with self._snapper.during(pointer):
            if double:
                tool.double_click(pointer)
            else:
                tool.press(pointer)
        self._dragging = tool if tool.busy else None

    def _move(self, pointer: Pointer) -> None:
        self._last_pointer = pointer
        with self._snapper.during(pointer):
            if self._dragging is not None:
                self._dragging.move(pointer)
            else:
                self._hover(pointer)

    def _release(self, pointer: Pointer) -> None:
        self._last_pointer = pointer
        dragging, self._dragging = self._dragging, None
        if dragging is not None:
            with self._snapper.during(pointer):
                dragging.release(pointer)
                self._show_cursor()
            with self._snapper.during(pointer):
                self._hover(pointer)

    def _hover(self, pointer: Pointer | None) -> None:
        if self._dragging is None and not self._space:
            self._tool.hover(None if self._guides.hovers(pointer, self.tool) else pointer)

    def _modifiers_changed(self, event: QKeyEvent, *, down: bool) -> None:
        """Let the tool answer to a modifier at once, not only when the pointer moves next."""
        key = {
            Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
            Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
            Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
        }.get(Qt.Key(event.key()), Qt.KeyboardModifier.NoModifier)
        if self._last_pointer is not None:
            modifiers = event.modifiers() | key if down else event.modifiers() & ~key
            self._move(self._last_pointer.with_modifiers(modifiers))
        event.ignore()

    def _show_cursor(self) -> None:
        if self._dragging is None:
            self.viewport().setCursor(self._tools["pan"].cursor if self._space else self._tool.cursor)
