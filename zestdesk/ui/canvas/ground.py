"""The pasteboard and the artboard on it."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTransform

from zestdesk.ui.canvas.colours import CanvasColours

__all__ = ["paint_ground"]

_BLUR: Final = 16  # of the shadow, in screen pixels
_DROP: Final = 5


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
    layer = QColor(colours.shadow)
    # Rounded rectangles, each a little smaller: their sum falls off softly, and costs no image.
    layer.setAlphaF(colours.shadow.alphaF() * 2.2 / _BLUR)
    painter.setBrush(layer)
    painter.setPen(Qt.PenStyle.NoPen)
    for grow in range(_BLUR, 0, -2):
        radius = float(grow)
        painter.drawRoundedRect(place.adjusted(-grow, -grow + _DROP, grow, grow + _DROP), radius, radius)
    painter.setBrush(colours.edge)
    painter.drawRect(place.adjusted(-1, -1, 1, 1))
    painter.restore()
