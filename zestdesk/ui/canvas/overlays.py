"""What tools draw over everything: frames, handles, rubber band and measures, in screen pixels."""

import math
from typing import ClassVar, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsItem

from zestdesk.ui.canvas.geometry import HANDLES, Handle, handle_point

__all__ = ["Frame", "Note", "RubberBand"]

_HANDLE: Final = 9  # side of a handle
_LIGHT: Final = QColor("#ffffff")
_INK: Final = QColor("#22252b")
_GRAB: Final = 8.0  # how far from a handle's middle it can be grabbed
_KNOB: Final = 5.0  # radius of the knob that turns
_STEM: Final = 26.0  # how far beside the frame it stands: above it are tags, below the selection's numbers
_CORNER: Final = 20.0  # how far outside a corner the pointer turns


class _ScreenRect(QGraphicsItem):
    """A rectangle of the scene that is drawn in whole screen pixels, with a little around it."""

    _MARGIN: ClassVar = 12.0

    def __init__(self) -> None:
        super().__init__()
        self.rect = QRectF()
        self._zoom = 1.0
        self.hide()

    def set_zoom(self, zoom: float) -> None:
        """Say how many screen pixels a canvas pixel has."""
        self.prepareGeometryChange()
        self._zoom = zoom

    def show_rect(self, rect: QRectF) -> None:
        """Show at another place."""
        self.prepareGeometryChange()
        self.rect = rect
        self.show()
        self.update()

    def boundingRect(self) -> QRectF:
        margin = self._MARGIN / self._zoom
        return self.rect.adjusted(-margin, -margin, margin, margin)

    def _on_screen(self, painter: QPainter) -> QRectF:
        """Leave scene coordinates and return the rectangle on whole screen pixels."""
        place = painter.worldTransform().mapRect(self.rect)
        painter.setWorldTransform(QTransform())
        left, top = math.floor(place.left() + 0.5), math.floor(place.top() + 0.5)
        right, bottom = math.floor(place.right() + 0.5), math.floor(place.bottom() + 0.5)
        return QRectF(left, top, right - left, bottom - top)


class Frame(_ScreenRect):
    """The frame around the selection.

    Attributes:
        has_handles: whether the selection can be scaled and turned.
        has_line: whether a line is drawn; a lone rectangle's outline is its own frame.
    """

    _MARGIN: ClassVar = _STEM + 3 * _KNOB

    def __init__(self) -> None:
        super().__init__()
        self.has_handles = False
        self.has_line = True
        self._turned = QPolygonF()

    def show_rect(self, rect: QRectF) -> None:
        """Show around another place, level and upright."""
        self._turned = QPolygonF()
        super().show_rect(rect)

    def show_turned(self, rect: QRectF, transform: QTransform) -> None:
        """Show the outline of ``rect`` as ``transform`` leaves it, without handles: while it is being turned."""
        corners = transform.map(QPolygonF(rect))
        super().show_rect(corners.boundingRect())
        self._turned = corners

    def handle_at(self, point: QPointF) -> Handle | None:
        """Return the handle under a point of the scene; corners go before sides."""
        if not self._can_be_grabbed():
            return None
        reach = _GRAB / self._zoom
        for handle in sorted(HANDLES, key=lambda item: -abs(item[0]) - abs(item[1])):
            away = handle_point(self.rect, handle) - point
            if max(abs(away.x()), abs(away.y())) <= reach and self._has_room(handle):
                return handle
        return None

    @property
    def knob(self) -> QPointF:
        """Where the knob that turns the selection stands, in canvas pixels."""
        return QPointF(self.rect.right() + _STEM / self._zoom, self.rect.center().y())

    def turns_at(self, point: QPointF) -> bool:
        """Return whether a drag from a point of the scene turns: on the knob, or just outside a corner."""
        if not self._can_be_grabbed() or self.handle_at(point) is not None:
            return False
        away = (point - self.knob) * self._zoom
        if math.hypot(away.x(), away.y()) <= 2 * _KNOB:
            return True
        right = max(self.rect.left() - point.x(), point.x() - self.rect.right()) * self._zoom
        down = max(self.rect.top() - point.y(), point.y() - self.rect.bottom()) * self._zoom
        return 0 < right <= _CORNER and 0 < down <= _CORNER

    def _can_be_grabbed(self) -> bool:
        return self.isVisible() and self.has_handles and self._turned.isEmpty()

    def _has_room(self, handle: Handle) -> bool:
        """Return whether the frame is long enough on screen for the handle of a side to stand between corners."""
        wide, tall = self.rect.width() * self._zoom, self.rect.height() * self._zoom
        if handle[0] and handle[1]:
            return True
        return (wide if handle[0] == 0 else tall) >= 4 * _HANDLE

    def paint(self, painter: QPainter, *_: object) -> None:  # noqa: D102
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._turned.isEmpty():
            corners = painter.worldTransform().map(self._turned)
            painter.setWorldTransform(QTransform())
            _draw_line(painter, corners)
            return
        place = self._on_screen(painter)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.has_line:
            _draw_line(painter, QPolygonF(place.adjusted(-0.5, -0.5, 0.5, 0.5)))
        if not self.has_handles:
            return
        self._paint_knob(painter, place)
        for handle in HANDLES:
            if not self._has_room(handle):
                continue
            centre = handle_point(place, handle)
            half = _HANDLE / 2
            knob = QRectF(math.floor(centre.x()) - half + 0.5, math.floor(centre.y()) - half + 0.5, _HANDLE, _HANDLE)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(0, 0, 0, 60))
            painter.drawRoundedRect(knob.adjusted(-1, -0.5, 1, 1.5), 3, 3)
            painter.setPen(QPen(_INK, 1.5))
            painter.setBrush(_LIGHT)
            painter.drawRoundedRect(knob.adjusted(0.75, 0.75, -0.75, -0.75), 2, 2)

    @staticmethod
    def _paint_knob(painter: QPainter, place: QRectF) -> None:
        foot = QPointF(place.right(), math.floor(place.center().y()) + 0.5)
        centre = foot + QPointF(_STEM + 0.5, 0)
        for colour, width in ((QColor(255, 255, 255, 200), 3.0), (_INK, 1.0)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(foot, centre)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 60))
        painter.drawEllipse(centre + QPointF(0, 0.5), _KNOB + 1, _KNOB + 1)
        painter.setPen(QPen(_INK, 1.5))
        painter.setBrush(_LIGHT)
        painter.drawEllipse(centre, _KNOB - 0.75, _KNOB - 0.75)


class RubberBand(_ScreenRect):
    """The box of a rubber-band selection."""

    def paint(self, painter: QPainter, *_: object) -> None:  # noqa: D102
        place = self._on_screen(painter)
        painter.fillRect(place, QColor(150, 160, 180, 56))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _draw_line(painter, QPolygonF(place.adjusted(0.5, 0.5, -0.5, -0.5)))


class Note(QGraphicsItem):
    """A measure beside the pointer while something is drawn, moved or resized."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self._font = QFont()
        self._font.setPixelSize(11)
        self.text = ""
        self.hide()

    def show_text(self, point: QPointF, text: str) -> None:
        """Show ``text`` below and right of a point of the scene."""
        self.prepareGeometryChange()
        self.text = text
        self.setPos(point)
        self.show()
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: D102
        width = QFontMetricsF(self._font).horizontalAdvance(self.text) + 14
        return QRectF(14, 16, width, 20)

    def paint(self, painter: QPainter, *_: object) -> None:  # noqa: D102
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(20, 22, 26, 225))
        painter.drawRoundedRect(self.boundingRect().adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setFont(self._font)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(self.boundingRect(), Qt.AlignmentFlag.AlignCenter, self.text)


def _draw_line(painter: QPainter, corners: QPolygonF) -> None:
    """Draw a frame of light and dark dashes, which is seen on any picture and tints none."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_LIGHT, 1.0))
    painter.drawPolygon(corners)
    dashes = QPen(_INK, 1.0)
    dashes.setDashPattern([4, 4])
    painter.setPen(dashes)
    painter.drawPolygon(corners)
