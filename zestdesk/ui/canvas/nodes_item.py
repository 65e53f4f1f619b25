"""Nodes and handles over the canvas, of the same size on screen at every zoom: one item, however many they are."""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem

from zestdesk.document.bezier import Floats
from zestdesk.document.nodes import Kind, Subpath, path_of
from zestdesk.ui.canvas.node_map import NodeHit, NodeMap

__all__ = ["NodesItem"]

_EVERYWHERE: Final = QRectF(-2e6, -2e6, 4e6, 4e6)
_Z: Final = 900.0  # above the tags, beneath the brush's cursor and the measures
_NODE: Final = 8.0  # across, in screen pixels
_HANDLE: Final = 6.0
_HOT: Final = 3.0  # how much larger is what the pointer is over
_MARGIN: Final = 9.0  # around what is drawn
_TILE: Final = 14.0  # of the picture of a node
_CELL: Final = 6.0  # nodes that are closer than this on screen are drawn as one
_LIGHT: Final = QColor("#ffffff")
_INK: Final = QColor("#22252b")
_LEMON: Final = QColor("#f5cd47")


class NodesItem(QGraphicsItem):
    """Draws what a :class:`NodeMap` says, and a line that is not drawn yet.

    Corners are squares, smooth nodes circles; what is selected is dark, what the pointer is over is lemon.

    Args:
        shows: returns whether the layers are shown at all; without them their nodes are not.
    """

    def __init__(self, shows: Callable[[], bool]) -> None:
        super().__init__()
        self._shows = shows
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(_Z)
        self._map = NodeMap(())
        self._line = QPainterPath()
        self._hot: NodeHit | None = None
        self._bounds = QRectF()
        self.hide()

    @property
    def map(self) -> NodeMap:
        """What is shown."""
        return self._map

    @property
    def hot(self) -> NodeHit | None:
        """What the pointer is over."""
        return self._hot

    @property
    def line(self) -> QPainterPath:
        """The line that is not drawn yet."""
        return self._line

    def show_map(self, nodes: NodeMap, zoom: float, line: QPainterPath | None = None) -> None:
        """Show other nodes.

        Args:
            nodes: what to show.
            zoom: screen pixels per canvas pixel.
            line: a thin line beneath the nodes; none when left out.
        """
        self._map, self._line, self._hot = nodes, line or QPainterPath(), None
        margin = _MARGIN / zoom
        places = np.concatenate([nodes.anchors, nodes.handles])
        bounds = self._line.controlPointRect()
        if len(places):
            xs, ys = places.T.copy()  # in one piece: thousands of nodes are looked through in every frame of a drag
            left, top, right, bottom = (float(each) for each in (xs.min(), ys.min(), xs.max(), ys.max()))
            bounds = _around(bounds, QRectF(left, top, right - left, bottom - top))
        bounds = bounds.adjusted(-margin, -margin, margin, margin)
        self.show()
        self.update(self._bounds.united(bounds))
        self._bounds = bounds

    def clear(self) -> None:
        """Show nothing."""
        self._map, self._line, self._hot, self._bounds = NodeMap(()), QPainterPath(), None, QRectF()
        self.hide()

    def set_hot(self, hit: NodeHit | None, zoom: float) -> None:
        """Say what the pointer is over; only what changes by it is repainted."""
        if hit == self._hot:
            return
        for each in (self._hot, hit):
            if each is not None:
                margin = _MARGIN / zoom
                self.update(self._extent(each).adjusted(-margin, -margin, margin, margin))
        self._hot = hit

    def _extent(self, hit: NodeHit) -> QRectF:
        if hit.part != "segment":
            return QRectF(hit.point, hit.point)
        segment = self._map.outline[hit.ref[0]].segments[hit.ref[1]]
        (left, top), (right, bottom) = segment.min(axis=0).tolist(), segment.max(axis=0).tolist()
        return QRectF(left, top, right - left, bottom - top)

    def boundingRect(self) -> QRectF:  # noqa: D102
        return _EVERYWHERE

    def shape(self) -> QPainterPath:  # noqa: D102
        return QPainterPath()  # hits are found by the map

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, *_: object) -> None:  # noqa: D102
        if not self._shows():
            return
        transform = painter.worldTransform()
        seen = transform.mapRect(option.exposedRect).adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        painter.setWorldTransform(QTransform())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._line.isEmpty():
            _stroke(painter, transform.map(self._line), 1.2)
        if self._hot is not None and self._hot.part == "segment":
            segment = self._map.outline[self._hot.ref[0]].segments[self._hot.ref[1] :][:1]
            painter.strokePath(transform.map(path_of([Subpath.of_curves(segment, closed=False)])), QPen(_INK, 4.0))
            painter.strokePath(transform.map(path_of([Subpath.of_curves(segment, closed=False)])), QPen(_LEMON, 2.0))
        anchors = _on_screen(self._map.anchors, transform)
        self._paint_handles(painter, anchors, _on_screen(self._map.handles, transform), seen)
        self._paint_nodes(painter, anchors, seen)
        self._paint_hot(painter, transform)

    def _paint_handles(self, painter: QPainter, anchors: Floats, handles: Floats, seen: QRectF) -> None:
        for handle, node in zip(handles.tolist(), self._map.handle_nodes.tolist(), strict=True):
            line = QLineF(QPointF(*handle), QPointF(*anchors[node].tolist()))
            for colour, width in ((_INK, 3.0), (_LIGHT, 1.2)):
                painter.setPen(QPen(colour, width))
                painter.drawLine(line)
            if seen.contains(QPointF(*handle)):
                _knob(painter, QPointF(*handle), _HANDLE, _LIGHT, is_round=True)

    def _paint_nodes(self, painter: QPainter, anchors: Floats, seen: QRectF) -> None:
        shown = _spread(anchors, self._map.is_chosen, seen)
        ratio = painter.device().devicePixelRatioF()
        looks = zip(self._map.is_chosen[shown].tolist(), self._map.kinds[shown].tolist(), strict=True)
        corner = anchors[shown] - _TILE / 2
        for (x, y), (chosen, kind) in zip(corner.tolist(), looks, strict=True):
            painter.drawPixmap(QPointF(x, y), _tile(chosen, kind != Kind.CORNER, ratio))

    def _paint_hot(self, painter: QPainter, transform: QTransform) -> None:
        hot = self._hot
        if hot is None:
            return
        place = transform.map(hot.point)
        if hot.part == "node":
            kind = self._map.outline[hot.ref[0]].kinds[hot.ref[1]]
            _knob(painter, place, _NODE + _HOT, _LEMON, is_round=kind != Kind.CORNER)
        else:
            _knob(painter, place, _HANDLE + (_HOT if hot.part == "handle" else 0), _LEMON, is_round=True)


def _around(one: QRectF, other: QRectF) -> QRectF:
    """Return the rectangle around two, also where one has no area; an untouched one counts as nothing."""
    if one == QRectF():
        return other
    left, top = min(one.left(), other.left()), min(one.top(), other.top())
    return QRectF(left, top, max(one.right(), other.right()) - left, max(one.bottom(), other.bottom()) - top)


def _on_screen(points: Floats, transform: QTransform) -> Floats:
    placed: Floats = points * (transform.m11(), transform.m22()) + (transform.dx(), transform.dy())
    return placed


def _spread(places: Floats, last: NDArray[np.bool_], seen: QRectF) -> NDArray[np.intp]:
    """Return the indices of places that are seen, of many in one spot only one; those in ``last`` go before others.

    They come last, so that they are drawn over the others.
    """
    xs, ys = places.T
    inside = np.flatnonzero((xs >= seen.left()) & (xs <= seen.right()) & (ys >= seen.top()) & (ys <= seen.bottom()))
    inside = inside[np.argsort(~last[inside], kind="stable")]
    cells = np.floor(places[inside] / _CELL).astype(np.int64)
    _, kept = np.unique(cells[:, 0] * 1_000_003 + cells[:, 1], return_index=True)
    spread = inside[kept]
    return spread[np.argsort(last[spread], kind="stable")]


def _stroke(painter: QPainter, path: QPainterPath, width: float) -> None:
    painter.strokePath(path, QPen(_INK, width + 2.0))
    painter.strokePath(path, QPen(_LIGHT, width))


@lru_cache(maxsize=16)
def _tile(chosen: bool, is_round: bool, ratio: float) -> QPixmap:  # noqa: FBT001 - the cache's key
    """Return a picture of a node: many are drawn at once."""
    pixmap = QPixmap(math.ceil(_TILE * ratio), math.ceil(_TILE * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _knob(painter, QPointF(_TILE / 2, _TILE / 2), _NODE, _INK if chosen else _LIGHT, is_round=is_round)
    painter.end()
    return pixmap


def _knob(painter: QPainter, place: QPointF, size: float, fill: QColor, *, is_round: bool) -> None:
    """Draw a node or a handle with a border that is told from it and from what is beneath."""
    rect = QRectF(place.x() - size / 2, place.y() - size / 2, size, size)
    border = _LIGHT if fill == _INK else _INK
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_INK if border == _LIGHT else QColor(0, 0, 0, 70))
    draw = painter.drawEllipse if is_round else painter.drawRect
    draw(rect.adjusted(-1, -1, 1, 1))
    painter.setPen(QPen(border, 1.4))
    painter.setBrush(fill)
    draw(rect)
