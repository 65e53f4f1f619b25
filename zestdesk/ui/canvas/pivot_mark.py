"""The cross that shows about which point the selection turns and scales."""

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

__all__ = ["PivotMark"]

_Z: Final = 1000.5  # just over the frame's handles: it can be put on one of them
_ARM: Final = 9.0  # screen pixels from the middle to an arm's end; so are the next two
_RING: Final = 4.5
_GRAB: Final = 9.0
_LIGHT: Final = QColor("#ffffff")
_INK: Final = QColor("#22252b")


class PivotMark(QGraphicsItem):
    """A ring with four arms, dark on light, of the same size at every zoom."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setZValue(_Z)
        self.hide()

    def hit(self, point: QPointF, zoom: float) -> bool:
        """Return whether a point of the scene is on the cross, at so many screen pixels a canvas pixel."""
        away = (point - self.pos()) * zoom
        return self.isVisible() and math.hypot(away.x(), away.y()) <= _GRAB

    def boundingRect(self) -> QRectF:  # noqa: D102
        reach = _ARM + 3
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    def paint(self, painter: QPainter, *_: object) -> None:  # noqa: D102
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        origin = painter.worldTransform().map(QPointF())
        # Lines of an odd width are crisp where their middle is that of a pixel.
        painter.translate(math.floor(origin.x()) + 0.5 - origin.x(), math.floor(origin.y()) + 0.5 - origin.y())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((_LIGHT, 4.0), (_INK, 1.5)):
            pen = QPen(colour, width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap if width < 2 else Qt.PenCapStyle.SquareCap)
            painter.setPen(pen)
            painter.drawEllipse(QPointF(), _RING, _RING)
            for way in (QPointF(1, 0), QPointF(0, 1), QPointF(-1, 0), QPointF(0, -1)):
                painter.drawLine(way * 2, way * _ARM)
