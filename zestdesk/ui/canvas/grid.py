"""The grid over the artboard."""

import math
from typing import Final

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem

from zestdesk.document.layout import CanvasResized, Layout, StateReplaced
from zestdesk.ui.canvas.aids import Aids

__all__ = ["GridItem", "grid_strength"]

_Z: Final = 5.0  # over the picture, under the layers
_DENSE: Final = 4.0  # screen pixels between lines at which nothing is left of them
_OPEN: Final = 14.0  # from here on they are as strong as they get
_MAIN, _FINE = QColor(124, 136, 158, 130), QColor(124, 136, 158, 66)  # seen on dark, on light and on pictures


def grid_strength(gap: float) -> float:
    """Return how strong lines are that stand ``gap`` screen pixels apart: 0 where they would be a haze, to 1."""
    return min(max((gap - _DENSE) / (_OPEN - _DENSE), 0.0), 1.0)


class GridItem(QGraphicsItem):
    """Lines on whole pixels of the screen, within the canvas; they fade where they stand too close."""

    def __init__(self, scene: QGraphicsScene, layout: Layout, aids: Aids) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(_Z)
        self._layout, self._aids = layout, aids
        self._shown = aids.now
        scene.addItem(self)
        aids.changed.connect(self._choose)
        layout.changed.connect(self._follow)
        self.setVisible(self._shown.grid)

    def _choose(self) -> None:
        before, self._shown = self._shown, self._aids.now
        self.setVisible(self._shown.grid)
        if before.step != self._shown.step or before.spacing != self._shown.spacing:
            self.update()

    def _follow(self, change: object) -> None:
        if isinstance(change, CanvasResized | StateReplaced):
            self.prepareGeometryChange()

    def boundingRect(self) -> QRectF:  # noqa: D102
        return QRectF(0, 0, *self._layout.state.canvas)

    def shape(self) -> QPainterPath:  # noqa: D102
        return QPainterPath()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, *_: object) -> None:  # noqa: D102
        transform = painter.worldTransform()
        exposed = option.exposedRect.intersected(self.boundingRect())
        painter.setWorldTransform(QTransform())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for step, colour, skipped in (
            (self._shown.step, _FINE, self._shown.subdivisions),
            (float(self._shown.spacing), _MAIN, 0),
        ):
            strength = grid_strength(step * transform.m11())
            if strength and skipped != 1:
                tint = QColor(colour)
                tint.setAlphaF(colour.alphaF() * strength)
                painter.setPen(QPen(tint, 1.0))
                painter.drawLines(_lines(exposed, step, skipped, transform))
        painter.setWorldTransform(transform)


def _lines(exposed: QRectF, step: float, skipped: int, transform: QTransform) -> list[QLineF]:
    """Return the lines within ``exposed`` on screen; every ``skipped``-th, a main line, is left out (0: none)."""
    place = transform.mapRect(exposed)
    lines = []
    for number in _numbers(exposed.left(), exposed.right(), step, skipped):
        x = math.floor(transform.m11() * number * step + transform.dx()) + 0.5
        lines.append(QLineF(x, place.top(), x, place.bottom()))
    for number in _numbers(exposed.top(), exposed.bottom(), step, skipped):
        y = math.floor(transform.m22() * number * step + transform.dy()) + 0.5
        lines.append(QLineF(place.left(), y, place.right(), y))
    return lines


def _numbers(low: float, high: float, step: float, skipped: int) -> list[int]:
    numbers = range(math.ceil(low / step), math.ceil(high / step))  # what lies at the far edge is beyond it
    return [number for number in numbers if not skipped or number % skipped]
