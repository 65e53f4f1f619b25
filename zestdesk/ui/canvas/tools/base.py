"""What all tools share: what they are given, what they are told, and what they answer."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import overload

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QUndoStack

from zestdesk.document.layers import Layer
from zestdesk.document.layout import CanvasResized, Change, LayerChanged, LayerRemoved, Layout, StateReplaced
from zestdesk.document.nodes import Outline, Ref
from zestdesk.ui.brush_settings import BrushSettings
from zestdesk.ui.canvas.aids import Aids
from zestdesk.ui.canvas.scene import CanvasScene
from zestdesk.ui.canvas.snapper import Snapper
from zestdesk.ui.editable import why_not
from zestdesk.ui.selection import Selection
from zestdesk.ui.work import Work

__all__ = ["NodeEdit", "Pointer", "Tool", "ToolContext"]

NodeEdit = Callable[[Outline, Collection[Ref]], Outline]

_SHIFT, _ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is.

    Attributes:
        pos: in canvas pixels.
        screen: in pixels of the view.
        modifiers: keys that are held.
        pressure: of a tablet's pen, 0 to 1; 1 for a mouse.
        eraser: whether a pen points with its other end.
    """

    pos: QPointF
    screen: QPointF
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    pressure: float = 1.0
    eraser: bool = False

    @property
    def shift(self) -> bool:
        """Whether Shift is held."""
        return bool(self.modifiers & _SHIFT)

    @property
    def alt(self) -> bool:
        """Whether Alt is held."""
        return bool(self.modifiers & _ALT)

    def with_modifiers(self, modifiers: Qt.KeyboardModifier) -> "Pointer":
        """Return the same place with other keys held."""
        return replace(self, modifiers=modifiers)


class ToolContext(QObject):
    """What the view hands to its tools.

    Attributes:
        layout: what is edited, by commands only.
        undo: where the commands go.
        selection: which layers are selected.
        brush: what strokes look like.
        scene: where previews are shown.
        aids: rulers, grid, guides and what attracts, as they are chosen.
        snapper: behind :meth:`snap`.
        work: for what may take long.

    Signals:
        hinted: a sentence for the status bar.
        label_wanted: the label of this layer should be edited now.
        tool_wanted: another tool should take over.
        scroll_wanted: the view should move its contents by so many screen pixels.
        cursor_wanted: another cursor (QCursor or Qt.CursorShape) should be shown.
    """

    hinted = Signal(str)
    label_wanted = Signal(str)
    tool_wanted = Signal(str)
    scroll_wanted = Signal(QPointF)
    cursor_wanted = Signal(object)

    def __init__(
        self, layout: Layout, undo: QUndoStack, selection: Selection, brush: BrushSettings, scene: CanvasScene
    ) -> None:
        super().__init__(scene)
        self.layout = layout
        self.undo = undo
        self.selection = selection
        self.brush = brush
        self.scene = scene
        self.aids = Aids(self)
        self.snapper = Snapper(layout, scene, self.aids)
        self.work = Work(layout, self.hinted.emit, self)

    @overload
    def snap(
        self, what: QPointF, exclude: Collection[str] = (), *, sideways: bool = True, upwards: bool = True
    ) -> QPointF: ...

    @overload
    def snap(
        self, what: QRectF, exclude: Collection[str] = (), *, sideways: bool = True, upwards: bool = True
    ) -> QRectF: ...

    def snap(
        self, what: QPointF | QRectF, exclude: Collection[str] = (), *, sideways: bool = True, upwards: bool = True
    ) -> QPointF | QRectF:
        """Return a point or a box moved onto what is near: grid, guides, canvas and layers, as the user has chosen.

        Of a box, each edge and the centre may come to lie on a line. The lines are shown until the next call, and go by
        themselves when a press, a move, a hover or a release goes by without one. With Ctrl held, and where snapping is
        off, what comes back is what was given. Round afterwards, where whole pixels are wanted.

        Args:
            what: in canvas pixels, not rounded.
            exclude: ids of the layers that move, or are drawn, and so attract nothing.
            sideways: whether it may move to the left and to the right.
            upwards: whether it may move up and down.
        """
        if isinstance(what, QPointF):
            return self.snapper.point(what, exclude, sideways=sideways, upwards=upwards)
        return what.translated(self.snapper.way(what, exclude, sideways=sideways, upwards=upwards))


class Tool(QObject):
    """One way of using the pointer. The view calls these; the defaults do nothing.

    Attributes:
        name: as in ``CanvasView.set_tool``.
        edits: whether it changes layers, and so needs to see them.
    """

    name = ""
    edits = True

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self.context = context

    @property
    def hint(self) -> str:
        """What the tool does and which keys help, for the status bar."""
        return ""

    @property
    def cursor(self) -> Qt.CursorShape:
        """The cursor while nothing is going on."""
        return Qt.CursorShape.ArrowCursor

    @property
    def busy(self) -> bool:
        """Whether a drag is going on that :meth:`abort` would end."""
        return False

    def activate(self) -> None:
        """Take over."""

    def deactivate(self) -> None:
        """Hand over; whatever is going on is aborted."""
        self.abort()
        self.context.snapper.forget()

    def press(self, pointer: Pointer) -> None:
        """The main button went down."""

    def move(self, pointer: Pointer) -> None:
        """The pointer moved with the main button down, or a modifier key changed."""

    def release(self, pointer: Pointer) -> None:
        """The main button went up."""

    def hover(self, pointer: Pointer | None) -> None:
        """The pointer moved with no button down, or left (None)."""

    def double_click(self, pointer: Pointer) -> None:
        """The second press of a double click."""
        self.press(pointer)

    def claims(self, event: QKeyEvent) -> bool:  # noqa: ARG002
        """Return whether a key is this tool's now, although it is a shortcut of the window as well."""
        return False

    def key_press(self, event: QKeyEvent) -> bool:  # noqa: ARG002 - for the tools that take keys
        """A key went down; return whether it was used."""
        return False

    def key_release(self, event: QKeyEvent) -> bool:  # noqa: ARG002
        """A key went up; return whether it was used."""
        return False

    def walk(self, *, forward: bool) -> bool:  # noqa: ARG002
        """Tab was pressed (Shift+Tab when not ``forward``); return whether there was something to go on to."""
        return False

    def edit_nodes(self, change: NodeEdit, text: str, idle: str, *, keep: bool = True) -> bool:  # noqa: ARG002
        """Change the nodes that are selected, if the tool knows of any, in one step; return whether it does.

        Args:
            change: called with the outline and the nodes; returns the outline as it shall be.
            text: what the undo history calls it.
            idle: what to say where that changes nothing.
            keep: whether the same nodes are there afterwards and stay selected.
        """
        return False

    def abort(self) -> bool:
        """End the drag as if it had never begun; return whether there was one."""
        return False

    def touches(self, layer_id: str) -> bool:  # noqa: ARG002
        """Return whether the drag that goes on edits this layer."""
        return False

    def layout_changed(self, change: Change) -> None:
        """Somebody changed the layout: a drag whose ground is gone ends."""
        match change:
            case CanvasResized() | StateReplaced():
                gone = True
            case LayerRemoved(_, layer):
                gone = self.touches(layer.id)
            case LayerChanged(_, after, _):
                gone = self.touches(after.id)
            case _:
                gone = False
        if gone and self.busy:
            self.abort()
            self.context.snapper.forget()

    def hint_why_not(self, layer: Layer) -> None:
        """Say why a layer cannot be edited: it is locked, or hidden."""
        self.context.hinted.emit(why_not(layer))
