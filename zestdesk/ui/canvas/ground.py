"""The pasteboard and the artboard on it."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTransform

from zestdesk.ui.canvas.colours import CanvasColours

__all__ = ["paint_ground"]

_BLUR: Final = 24  # of the shadow, in screen pixels
_DROP: Final = 6
_VEILS: Final = 10


def paint_ground(painter: QPainter, exposed: QRectF, canvas: tuple[int, int], colours: CanvasColours) -> None:
    """Paint pasteboard, shadow and artboard.

    Args:
        painter: of the view's background, in scene coordinates.
        exposed: what is to be painted, in scene coordinates.
        canvas: size of the artboard.
        colours: of the theme.
    """
    artboard = QRectF(0, 0, *canvas)
    painter.setPen(Qt.PenStyle.NoPen)
    if not artboard.contains(exposed):
        painter.fillRect(exposed, colours.pasteboard)
        _paint_shadow(painter, artboard, colours)
    painter.fillRect(artboard, colours.paper)


def _paint_shadow(painter: QPainter, artboard: QRectF, colours: CanvasColours) -> None:
    painter.save()
    place = painter.worldTransform().mapRect(artboard)
    painter.setWorldTransform(QTransform())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # Rounded rectangles, each a little smaller: their sum falls off softly, and costs no image.
    veil = QColor(colours.shadow)
    veil.setAlphaF(colours.shadow.alphaF() / _VEILS)
    painter.setBrush(veil)
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(1, _VEILS + 1):
        grow = _BLUR * (step / _VEILS) ** 1.6
        painter.drawRoundedRect(place.adjusted(-grow, -grow + _DROP, grow, grow + _DROP), grow, grow)
    painter.setBrush(colours.edge)
    painter.drawRect(place.adjusted(-1, -1, 1, 1))
    painter.restore()
