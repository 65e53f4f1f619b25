"""The lines that show on what something lies while it is dragged."""

import math
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from zestdesk.document.snapping import SnapLine

__all__ = ["SnapLines"]

_Z: Final = 16.0  # over layers and guides; under tags, which they would strike through
_INK: Final = QColor("#ff3d8b")  # no layer has this colour, and it is seen on any picture
_STUB: Final = 8.0  # screen pixels by which a line shows beyond what lies on it
_EVERYWHERE: Final = QRectF(-2e5, -2e5, 4e5, 4e5)


class SnapLines(QGraphicsItem):
    """Thin lines on whole pixels of the screen, with short ends that stand out; only what changes is repainted."""

    def __init__(self, scene: QGraphicsScene) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(_Z)
        self.lines: tuple[SnapLine, ...] = ()
        self._scene = scene
        scene.addItem(self)
        self.hide()

    def show(self, lines: Iterable[SnapLine]) -> None:  # type: ignore[override]  # an item of lines is shown with them
        """Show other lines; none hides all."""
        wanted = tuple(lines)
        for line in {*self.lines} ^ {*wanted}:
            self.update(self._strip(line))
        self.lines = wanted
        self.setVisible(bool(wanted))

    def boundingRect(self) -> QRectF:  # noqa: D102
        return _EVERYWHERE

    def shape(self) -> QPainterPath:  # noqa: D102
        return QPainterPath()

    def _strip(self, line: SnapLine) -> QRectF:
        zoom = max((view.transform().m11() for view in self._scene.views()), default=1.0)
        wide, long = 3 / zoom, (_STUB + 2) / zoom
        across, along = line.position - wide, line.start - long
        length = line.end - line.start + 2 * long
        if line.orientation == "vertical":
            return QRectF(across, along, 2 * wide, length)
        return QRectF(along, across, length, 2 * wide)

    def paint(self, painter: QPainter, option: object, *_: object) -> None:  # noqa: ARG002, D102
        transform = painter.worldTransform()
        painter.setWorldTransform(QTransform())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(_INK, 1.0))
        for line in self.lines:
            painter.drawLine(*_ends(line, transform))
        painter.setWorldTransform(transform)


def _ends(line: SnapLine, transform: QTransform) -> tuple[QPointF, QPointF]:
    """Return where a line begins and ends on screen, in the middle of a row or column of pixels."""
    upright = line.orientation == "vertical"
    ends = []
    for along, beyond in ((line.start, -_STUB), (line.end, _STUB)):
        place = transform.map(QPointF(line.position, along) if upright else QPointF(along, line.position))
        x, y = math.floor(place.x()) + 0.5, math.floor(place.y()) + 0.5
        ends.append(QPointF(x, y + beyond) if upright else QPointF(x + beyond, y))
    return ends[0], ends[1]
