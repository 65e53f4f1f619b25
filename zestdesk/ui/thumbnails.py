"""Small pictures of what layers cover, drawn when they are first seen and kept until they would look different."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from zestdesk.document.layers import BrushLayer, ShapeLayer
from zestdesk.document.masks import rasterise

if TYPE_CHECKING:
    from zestdesk.document.layers import Layer

__all__ = ["Thumbnails"]

_MOST: Final = 1000
"""Pictures that are kept: as many as a layout may have layers."""


class Thumbnails:
    """Draws layers in their colour on nothing, the whole canvas fitted into a square.

    Args:
        side: of the square, in device-independent pixels.
    """

    def __init__(self, side: int) -> None:
        self._side = side
        self._kept: dict[str, tuple[Layer, tuple[int, int], float, QPixmap]] = {}

    def picture(self, layer: Layer, canvas: tuple[int, int], ratio: float) -> QPixmap:
        """Return a layer's picture; as long as it would look the same, it is the same.

        Args:
            layer: what to draw, visible or not.
            canvas: (width, height) in pixels.
            ratio: device pixels per pixel of the screen; the picture has it too.
        """
        kept = self._kept.pop(layer.id, None)
        if kept is None or kept[1:3] != (canvas, ratio) or not _looks_alike(kept[0], layer):
            kept = (layer, canvas, ratio, self._drawn(layer, canvas, ratio))
        self._kept[layer.id] = kept  # the newest last
        if len(self._kept) > _MOST:
            del self._kept[next(iter(self._kept))]
        return kept[3]

    def _drawn(self, layer: Layer, canvas: tuple[int, int], ratio: float) -> QPixmap:
        scale = self._side * ratio / max(canvas)
        size = QSize(max(1, round(canvas[0] * scale)), max(1, round(canvas[1] * scale)))
        mask = (rasterise(layer, canvas, (size.width(), size.height())) * 255).astype("uint8")
        alpha = QImage(mask.tobytes(), size.width(), size.height(), size.width(), QImage.Format.Format_Alpha8).copy()
        picture = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(QColor(layer.colour))
        painter = QPainter(picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
        painter.drawImage(0, 0, alpha)
        painter.end()
        pixmap = QPixmap.fromImage(picture)
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


def _looks_alike(before: Layer, after: Layer) -> bool:
    if before is after:
        return True
    if before.colour != after.colour:
        return False
    if isinstance(before, BrushLayer) and isinstance(after, BrushLayer):
        return before.mask.cacheKey() == after.mask.cacheKey()
    return isinstance(before, ShapeLayer) and isinstance(after, ShapeLayer) and before.path == after.path
