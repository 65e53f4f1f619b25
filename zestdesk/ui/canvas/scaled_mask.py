"""A painted mask made small once, where it would else be made small in every frame."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QImage, QPainter

__all__ = ["ScaledMask", "writable_pixels"]

_LARGEST_SCALE: Final = 0.6
"""From here on there is little to be saved."""

_MOST_PIXELS: Final = 1 << 21
"""Of a small image: a byte each, and there may be a hundred layers."""


class ScaledMask:
    """A mask as it is seen at one zoom, in the same form: bytes with a colour table.

    Attributes:
        scale: device pixels per canvas pixel.
        image: the whole mask at that scale.
    """

    def __init__(self, tinted: QImage, bounds: QRect, scale: float) -> None:
        """Make a mask small.

        Args:
            tinted: the mask, Format_Indexed8.
            bounds: everything of it that is not zero lies within.
            scale: see above.
        """
        self.scale = scale
        width, height = math.ceil(tinted.width() * scale), math.ceil(tinted.height() * scale)
        self.image = QImage(width, height, QImage.Format.Format_Indexed8)
        self.image.fill(0)
        self.image.setColorTable(tinted.colorTable())
        self._pixels = writable_pixels(self.image)
        self.update(tinted, bounds)

    @staticmethod
    def suits(size: tuple[int, int], scale: float) -> bool:
        """Return whether a mask of this size is worth keeping at a scale."""
        return scale <= _LARGEST_SCALE and size[0] * size[1] * scale * scale <= _MOST_PIXELS

    def update(self, tinted: QImage, rect: QRect) -> None:
        """Take what lies within a rectangle of the mask anew."""
        target = self.shown(QRectF(rect))
        if target.isEmpty():
            return
        corner, far = QPointF(target.topLeft()) / self.scale, QPointF(target.bottomRight()) / self.scale
        reach = 2 + 2 / self.scale  # what the smoothing looks at
        part = QRectF(corner, far).adjusted(-reach, -reach, reach, reach).toAlignedRect().intersected(tinted.rect())
        source = tinted.copy(part)
        source.reinterpretAsFormat(QImage.Format.Format_Grayscale8)
        piece = QImage(target.size(), QImage.Format.Format_Grayscale8)
        piece.fill(0)
        painter = QPainter(piece)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(-target.topLeft())
        painter.scale(self.scale, self.scale)
        painter.drawImage(part.topLeft(), source)
        painter.end()
        rows = slice(target.top(), target.top() + target.height())
        self._pixels[rows, target.left() : target.left() + target.width()] = writable_pixels(piece)

    def shown(self, rect: QRectF) -> QRect:
        """Return the pixels of the image in which a rectangle of the mask is seen."""
        spot = QRectF(rect.topLeft() * self.scale, rect.bottomRight() * self.scale)
        return spot.adjusted(-1, -1, 1, 1).toAlignedRect().intersected(self.image.rect())


def writable_pixels(image: QImage) -> NDArray[np.uint8]:
    """Return a view of an image of one byte a pixel; valid while the image is neither copied nor resized."""
    if image.isNull():
        return np.zeros((0, 0), np.uint8)
    rows = np.frombuffer(image.bits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()]
