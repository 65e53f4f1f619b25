"""What a drag of the select tool does to the selected layers: move or copy, scale, turn."""

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QTransform

from zestdesk.document.arrange import turning
from zestdesk.document.commands import ChangeLayers
from zestdesk.document.groups import taken
from zestdesk.document.layers import BrushLayer, Layer, ShapeLayer
from zestdesk.document.transform import moved, transformed
from zestdesk.ui.canvas.geometry import Handle, handle_point, resizing, rounded
from zestdesk.ui.copies import add_copies

if TYPE_CHECKING:
    from zestdesk.ui.canvas.tools.base import Pointer, ToolContext

__all__ = ["Gesture", "MoveGesture", "ResizeGesture", "TurnGesture"]

_STEP: Final = 15.0  # degrees, with Shift
_FINE: Final = 0.1  # degrees, without


class Gesture(ABC):
    """One drag on some layers: it changes nothing but the screen until it is finished.

    Each look of the layers follows from how they were before the drag, so that nothing is lost on the way.

    Attributes:
        layers: as they were when the drag began.
    """

    def __init__(self, context: "ToolContext", layers: Sequence[Layer], start: "Pointer") -> None:
        self.layers = tuple(layers)
        self._context, self._start = context, start
        self._frame = QRectF(context.scene.bounds_of(self.layers))

    @abstractmethod
    def update(self, pointer: "Pointer") -> None:
        """Show what letting go here would do."""

    @abstractmethod
    def finish(self) -> None:
        """Do it, as one step."""

    def _push(self, changed: Sequence[Layer], text: str) -> None:
        state = self._context.layout.state
        if all(layer == state.layer(layer.id) for layer in changed):  # also when nothing changed at all
            self._context.scene.restore()
            return
        self._context.undo.push(ChangeLayers(self._context.layout, changed, text))


class MoveGesture(Gesture):
    """Moves by whole pixels; with Shift along one axis, with Alt copies and not the layers themselves."""

    def __init__(self, context: "ToolContext", layers: Sequence[Layer], start: "Pointer") -> None:
        super().__init__(context, layers, start)
        self._way = QPointF()
        self._copies = False

    def update(self, pointer: "Pointer") -> None:  # noqa: D102
        way = pointer.pos - self._start.pos
        along = (1, 1)
        if pointer.shift:
            along = (1, 0) if abs(way.x()) >= abs(way.y()) else (0, 1)
        way = self._context.snapper.drag(self._frame, way, self.layers, along)
        self._way, self._copies = way, pointer.alt
        scene = self._context.scene
        scene.show_copies(self.layers if self._copies else (), way)
        scene.shift([layer.id for layer in self.layers], QPointF() if self._copies else way)
        place = self._frame.topLeft() + way
        scene.note.show_text(pointer.pos, f"{place.x():.0f}, {place.y():.0f}")

    def finish(self) -> None:  # noqa: D102
        there = [moved(layer, self._way.x(), self._way.y()) for layer in self.layers]
        if self._copies:
            self._copy(there)
        else:
            self._push(there, _tr("Move"))

    def _copy(self, there: Sequence[Layer]) -> None:
        context = self._context
        context.scene.restore()
        if self._way == QPointF():
            return
        state = context.layout.state
        by_id = {layer.id: layer for layer in there}
        copies = [replace(by_id[layer.id], group=layer.group) for layer in taken(state.layers, by_id.keys())]
        index = state.index_of(copies[0].id)
        add_copies(context.layout, context.undo, context.selection, copies, index, _tr("Duplicate"))


class _Transforming(Gesture):
    """Scales or turns: shapes are shown as they will be, painted layers by a transform of what is on screen."""

    def __init__(self, context: "ToolContext", layers: Sequence[Layer], start: "Pointer") -> None:
        super().__init__(context, layers, start)
        self._transform = QTransform()

    def _show(self, transform: QTransform) -> None:
        self._transform = transform
        scene = self._context.scene
        for layer in self.layers:
            if isinstance(layer, BrushLayer):
                scene.warp(layer.id, transform)
        scene.preview([transformed(layer, transform) for layer in self.layers if isinstance(layer, ShapeLayer)])

    def _finish(self, text: str) -> None:
        if self._transform.isIdentity():
            self._context.scene.restore()
            return
        self._push([transformed(layer, self._transform) for layer in self.layers], text)


class ResizeGesture(_Transforming):
    """Drags a handle of the frame; Shift keeps the proportions, Alt the centre."""

    def __init__(self, context: "ToolContext", layers: Sequence[Layer], start: "Pointer", handle: Handle) -> None:
        super().__init__(context, layers, start)
        self._handle = handle

    def update(self, pointer: "Pointer") -> None:  # noqa: D102
        to = handle_point(self._frame, self._handle) + pointer.pos - self._start.pos
        if pointer.shift and 0 not in self._handle:
            to = rounded(to)  # one factor for both sides: they cannot both go where they snap
        else:
            to = self._context.snapper.handle(to, self.layers, self._handle)
        self._show(resizing(self._frame, self._handle, to, keep_aspect=pointer.shift, centred=pointer.alt))
        size = self._transform.mapRect(self._frame)
        self._context.scene.note.show_text(pointer.pos, f"{size.width():.0f} × {size.height():.0f}")

    def finish(self) -> None:  # noqa: D102
        self._finish(_tr("Resize"))


class TurnGesture(_Transforming):
    """Turns about the middle of the frame; with Shift in steps of 15 degrees."""

    def update(self, pointer: "Pointer") -> None:  # noqa: D102
        pivot = self._frame.center()
        angle = self._angle(pointer.pos - pivot) - self._angle(self._start.pos - pivot)
        step = _STEP if pointer.shift else _FINE
        angle = math.remainder(round(angle / step) * step, 360)
        self._show(turning(pivot, angle))
        scene = self._context.scene
        scene.frame.show_turned(self._frame, self._transform)
        scene.note.show_text(pointer.pos, f"{angle:.1f}°".replace(".0°", "°").replace("-", "−"))

    def finish(self) -> None:  # noqa: D102
        self._finish(_tr("Rotate"))

    @staticmethod
    def _angle(way: QPointF) -> float:
        return math.degrees(math.atan2(way.y(), way.x()))


def _tr(text: str) -> str:
    return QCoreApplication.translate("SelectTool", text)
