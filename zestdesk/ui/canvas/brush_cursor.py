"""The brush as the pointer shows it: how large and how hard it is, and the line that it would draw or hangs on."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem

__all__ = ["BrushCursor"]

_LINES: Final = ((QColor(0, 0, 0, 150), 3.0), (QColor(255, 255, 255, 240), 1.4))  # seen over dark and over light
_FAINT: Final = ((QColor(0, 0, 0, 110), 2.0), (QColor(255, 255, 255, 170), 1.0))
_LEAST_GAP: Final = 3.0  # screen pixels between the two circles: closer ones are one to the eye


class BrushCursor(QGraphicsItem):
    """A circle of the brush's true size, and in it one as far as the brush covers wholly."""

    def __init__(self) -> None:
        super().__init__()
        self._radius = 0.0
        self._hardness = 1.0
        self._zoom = 1.0
        self._line_from: QPointF | None = None
        self.hide()

    @property
    def diameter(self) -> float:
        """On screen, in pixels."""
        return 2 * self._radius * self._zoom

    @property
    def core(self) -> float | None:
        """Radius on screen of the circle within, or None where there is none to be seen."""
        outer = self._radius * self._zoom
        inner = outer * self._hardness
        return inner if outer - inner >= _LEAST_GAP and inner >= 1 else None

    @property
    def line_from(self) -> QPointF | None:
        """Where the line to the pointer begins, in canvas pixels; None when there is none."""
        return self._line_from

    def set_zoom(self, zoom: float) -> None:
        """Say how many screen pixels a canvas pixel has."""
        self.prepareGeometryChange()
        self._zoom = zoom

    def set_brush(self, size: float, hardness: float) -> None:
        """Take the brush's diameter in canvas pixels, and its hardness, 0 to 1."""
        if (size / 2, hardness) != (self._radius, self._hardness):
            self.prepareGeometryChange()
            self._radius, self._hardness = size / 2, hardness
            self.update()

    def show_at(self, point: QPointF, line_from: QPointF | None = None) -> None:
        """Show it at a point of the canvas, with a line from another or without one."""
        self.prepareGeometryChange()
        self._line_from = line_from
        self.setPos(point)
        self.show()
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: D102
        reach = self._radius + 4 / self._zoom
        rect = QRectF(-reach, -reach, 2 * reach, 2 * reach)
        if self._line_from is not None:
            margin = 4 / self._zoom
            line = QRectF(QPointF(), self._line_from - self.pos()).normalized()
            rect = rect.united(line.adjusted(-margin, -margin, margin, margin))
        return rect

    def paint(self, painter: QPainter, *_: object) -> None:  # noqa: D102
        transform = painter.worldTransform()
        centre = transform.map(QPointF())
        radius = max(self._radius * self._zoom, 1.5)
        painter.setWorldTransform(QTransform())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._line_from is not None:
            begin = transform.map(self._line_from - self.pos())
            for colour, width in _LINES:
                painter.setPen(QPen(colour, width))
                painter.drawLine(begin, centre)
        for colour, width in _LINES:
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(centre, radius, radius)
        core = self.core
        if core is not None:
            for colour, width in _FAINT:
                painter.setPen(QPen(colour, width))
                painter.drawEllipse(centre, core, core)
