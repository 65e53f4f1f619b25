"""The pasteboard and the artboard on it."""

from functools import lru_cache
from itertools import product
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from zestdesk.ui.canvas.colours import CanvasColours

__all__ = ["paint_ground"]

_BLUR: Final = 24  # of the shadow, in screen pixels
_DROP: Final = 6
_VEILS: Final = 10
_REACH: Final = 32  # how far it can be seen


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
        reach = _REACH / painter.worldTransform().m11()
        if exposed.intersects(artboard.adjusted(-reach, -reach, reach, reach)):
            _paint_shadow(painter, artboard, colours)
    painter.fillRect(artboard, colours.paper)


def _paint_shadow(painter: QPainter, artboard: QRectF, colours: CanvasColours) -> None:
    painter.save()
    place = painter.worldTransform().mapRect(artboard)
    painter.setWorldTransform(QTransform())
    image = _shadow(colours.shadow.rgba(), painter.device().devicePixelRatioF())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    reach, ratio = float(_REACH), image.devicePixelRatio()
    if place.width() <= 2 * reach or place.height() <= 2 * reach:
        _paint_veils(painter, place, colours.shadow)  # too small to be taken apart
    else:
        # Nine parts, of which the corners stay as they are, the edges are stretched and the middle is left out.
        x = (place.left() - reach, place.left() + reach, place.right() - reach, place.right() + reach)
        y = (place.top() - reach, place.top() + reach, place.bottom() - reach, place.bottom() + reach)
        cuts = [ratio * cut for cut in (0, 2 * reach, 2 * reach + 1, 4 * reach + 1)]
        for row, column in product(range(3), repeat=2):
            if (row, column) != (1, 1):
                target = QRectF(QPointF(x[column], y[row]), QPointF(x[column + 1], y[row + 1]))
                part = QRectF(QPointF(cuts[column], cuts[row]), QPointF(cuts[column + 1], cuts[row + 1]))
                painter.drawImage(target, image, part)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.edge)
    painter.drawRect(place.adjusted(-1, -1, 1, 1))
    painter.restore()


@lru_cache(maxsize=8)
def _shadow(rgba: int, ratio: float) -> QImage:
    """Return the shadow of an artboard whose corners are just far enough apart, with room for it all around."""
    side = 4 * _REACH + 1
    image = QImage(QSize(side, side) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    painter = QPainter(image)
    _paint_veils(painter, QRectF(_REACH, _REACH, side - 2 * _REACH, side - 2 * _REACH), QColor.fromRgba(rgba))
    painter.end()
    return image


def _paint_veils(painter: QPainter, place: QRectF, shadow: QColor) -> None:
    """Paint rounded rectangles, each a little larger: their sum falls off softly."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    veil = QColor(shadow)
    veil.setAlphaF(shadow.alphaF() / _VEILS)
    painter.setBrush(veil)
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(1, _VEILS + 1):
        grow = _BLUR * (step / _VEILS) ** 1.6
        painter.drawRoundedRect(place.adjusted(-grow, -grow + _DROP, grow, grow + _DROP), grow, grow)
