"""What a drag of the select tool does to the selected layers: move or copy, scale, turn."""

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QTransform

from zestdesk.document.arrange import turning
from zestdesk.document.commands import ChangeLayers
from zestdesk.document.groups import fresh_copies, taken
from zestdesk.document.layers import BrushLayer, Layer, ShapeLayer
from zestdesk.document.nodes import nodes_of
from zestdesk.document.transform import moved, transformed
from zestdesk.ui.canvas.geometry import HANDLES, Handle, handle_point, resizing, rounded
from zestdesk.ui.copies import Block, add_copies

if TYPE_CHECKING:
    from zestdesk.ui.canvas.tools.base import Pointer, ToolContext

__all__ = ["Gesture", "MoveGesture", "PivotGesture", "ResizeGesture", "TurnGesture"]

_STEP: Final = 15.0  # degrees, with Shift
_FINE: Final = 0.1  # degrees, without
_NEAR: Final = 7.0  # screen pixels within which a pivot goes onto a point
_NODES: Final = 500  # of a line, that attract it


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

    def abort(self) -> None:
        """Leave everything as it was before."""
        self._context.scene.restore()

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
        blocks = [Block(fresh_copies(copies), state.index_of(copies[0].id))]
        add_copies(context.layout, context.undo, context.selection, blocks, _tr("Duplicate"))


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
        context = self._context
        context.selection.pivot.carry(self._frame, context.scene.bounds_of(self.layers), self._transform)


class ResizeGesture(_Transforming):
    """Drags a handle of the frame; Shift keeps the proportions, Alt the pivot, which as a rule is the centre."""

    def __init__(self, context: "ToolContext", layers: Sequence[Layer], start: "Pointer", handle: Handle) -> None:
        super().__init__(context, layers, start)
        self._handle = handle

    def update(self, pointer: "Pointer") -> None:  # noqa: D102
        to = handle_point(self._frame, self._handle) + pointer.pos - self._start.pos
        if pointer.shift and 0 not in self._handle:
            to = rounded(to)  # one factor for both sides: they cannot both go where they snap
        else:
            to = self._context.snapper.handle(to, self.layers, self._handle)
        about = self._context.selection.pivot.at(self._frame) if pointer.alt else None
        self._show(resizing(self._frame, self._handle, to, keep_aspect=pointer.shift, about=about))
        size = self._transform.mapRect(self._frame)
        self._context.scene.note.show_text(pointer.pos, f"{size.width():.0f} × {size.height():.0f}")

    def finish(self) -> None:  # noqa: D102
        self._finish(_tr("Resize"))


class TurnGesture(_Transforming):
    """Turns about the pivot, as a rule the middle of the frame; with Shift in steps of 15 degrees."""

    def update(self, pointer: "Pointer") -> None:  # noqa: D102
        pivot = self._context.selection.pivot.at(self._frame)
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


class PivotGesture(Gesture):
    """Moves the point about which the selection turns: onto corners, sides and middle of its frame and onto nodes.

    Other things attract it as they do handles. With Ctrl it goes where the pointer is.
    """

    def __init__(self, context: "ToolContext", layers: Sequence[Layer], start: "Pointer") -> None:
        super().__init__(context, layers, start)
        self._before = context.selection.pivot.at(self._frame)
        self._was_moved = context.selection.pivot.moved
        self._points = [handle_point(self._frame, handle) for handle in (*HANDLES, (0, 0))]
        for layer in self.layers:
            if isinstance(layer, ShapeLayer):
                anchors = (subpath.anchors for subpath in nodes_of(layer.path))
                self._points += [QPointF(*anchor) for some in anchors for anchor in some[:_NODES].tolist()]

    def update(self, pointer: "Pointer") -> None:  # noqa: D102
        wanted = self._before + pointer.pos - self._start.pos
        nearest = min(self._points, key=lambda point: _distance(point, wanted))
        if pointer.modifiers & Qt.KeyboardModifier.ControlModifier:
            place = wanted
        elif _distance(nearest, wanted) * self._context.scene.zoom <= _NEAR:
            place = nearest
        else:
            place = self._context.snapper.handle(wanted, self.layers, (1, 1))
        self._context.selection.pivot.put(place, self._frame)
        self._context.scene.note.show_text(pointer.pos, f"{place.x():.0f}, {place.y():.0f}")

    def finish(self) -> None:  # noqa: D102
        if self._context.selection.pivot.at(self._frame) == self._frame.center():
            self._context.selection.pivot.reset()

    def abort(self) -> None:  # noqa: D102
        super().abort()
        if self._was_moved:
            self._context.selection.pivot.put(self._before, self._frame)
        else:
            self._context.selection.pivot.reset()


def _distance(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())


def _tr(text: str) -> str:
    return QCoreApplication.translate("SelectTool", text)
