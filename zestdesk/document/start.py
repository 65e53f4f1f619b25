"""A picture to begin with: which, how much of it is made anew, and whether only in the place of some layers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from zestdesk.document.layers import Layer, is_visible
from zestdesk.document.morphology import grown, softened
from zestdesk.errors import UserError

__all__ = [
    "DEFAULT_STRENGTH",
    "MAX_START_SIDE",
    "StartPicture",
    "framed_start",
    "picture_image",
    "picture_pixels",
    "redraw_mask",
    "require_region",
    "start_pixels",
]

MAX_START_SIDE: Final = 2048
"""The longest side of such a picture; no picture that can be made is larger."""

DEFAULT_STRENGTH: Final = 0.6
"""Enough for the picture to change, and little enough for it to be known again."""

_REACH: Final = 32
"""Over which part of the shorter side the edge of a region is softened."""

_GREY: Final = QColor(127, 127, 127)

Pixels = NDArray[np.uint8]
Mask = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPicture:
    """What a picture is made from in place of noise.

    Attributes:
        image: RGB888; it fills the canvas, whatever its size.
        strength: how much is made anew: above 0, where hardly anything is, to 1, where nothing is kept.
        layer_ids: only where these layers are; empty: everywhere.
    """

    image: QImage
    strength: float = DEFAULT_STRENGTH
    layer_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        width, height = self.image.size().toTuple()
        if not (1 <= width <= MAX_START_SIDE and 1 <= height <= MAX_START_SIDE):
            text = "{width} x {height} is out of range; choose sides of 1 to {most} pixels."
            raise UserError(text, "start", width=width, height=height, most=MAX_START_SIDE)
        if self.image.format() != QImage.Format.Format_RGB888:
            raise ValueError("the picture to begin with is held as RGB888")
        if isinstance(self.strength, bool) or not math.isfinite(self.strength) or not 0 < self.strength <= 1:
            raise UserError(
                "{strength} is out of range; choose more than 0, at most 1.", "start.strength", strength=self.strength
            )

    @property
    def bytes_held(self) -> int:
        """Memory that the picture takes."""
        return int(self.image.sizeInBytes())


def picture_image(pixels: Pixels) -> QImage:
    """Return RGB pixels, shape (height, width, 3), as an image of its own."""
    height, width, _ = pixels.shape
    packed = np.ascontiguousarray(pixels)
    return QImage(packed.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def picture_pixels(image: QImage) -> Pixels:
    """Return an RGB888 image's pixels, shape (height, width, 3), as an array of their own."""
    width, height = image.size().toTuple()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    return rows[:, : 3 * width].reshape(height, width, 3).copy()


def start_pixels(start: StartPicture, size: tuple[int, int]) -> Pixels:
    """Return the picture at a (width, height), as it is where it has that size already; shape (height, width, 3)."""
    image = start.image
    if image.size().toTuple() != size:
        ways = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(*size, *ways).convertToFormat(QImage.Format.Format_RGB888)
    return picture_pixels(image)


def require_region(start: StartPicture | None, layers: Sequence[Layer]) -> None:
    """Make sure that what shall be redrawn is there.

    Raises:
        UserError: only the place of some layers is to be redrawn, and none of them can be seen.
    """
    if start is None or not start.layer_ids:
        return
    if not any(layer.id in start.layer_ids and is_visible(layer) for layer in layers):
        text = QCoreApplication.translate(
            "Start", "The layers whose place is to be redrawn are gone or hidden; choose others, or redraw everything."
        )
        raise UserError(text, "start")


def redraw_mask(start: StartPicture, masks: Sequence[tuple[Layer, Mask]]) -> Mask | None:
    """Return where the picture is made anew, in [0, 1]; None for everywhere.

    That is where the layers are, and a soft edge around them: 1 up to their outlines, 0 beyond a sixteenth of the
    shorter side.

    Args:
        start: says which layers.
        masks: the visible layers with what the upper ones leave of them, at the picture's size.
    """
    if not start.layer_ids:
        return None
    chosen = [mask for layer, mask in masks if layer.id in start.layer_ids]
    if not chosen:
        raise ValueError("no such layer is among the masks; see require_region")
    pixels = np.rint(np.minimum(sum(chosen), 1) * 255).astype(np.uint8)
    reach = max(1, min(pixels.shape) // _REACH)
    mask: Mask = np.maximum(softened(grown(pixels, reach), reach), pixels).astype(np.float32)
    mask /= np.float32(255)
    return mask


def framed_start(start: StartPicture, canvas: tuple[int, int], place: QRectF) -> StartPicture:
    """Return the picture for a canvas of another size; what the old canvas did not have is grey.

    Args:
        start: that fills the old canvas.
        canvas: (width, height) of the new one.
        place: of the old canvas on the new one.
    """
    if place == QRectF(0, 0, *canvas):
        return start
    across, down = start.image.width() / place.width(), start.image.height() / place.height()
    # As many pixels as the picture has on the old canvas, but no more than it may have.
    room = min(1.0, MAX_START_SIDE / max(canvas[0] * across, canvas[1] * down))
    across, down = across * room, down * room
    image = QImage(max(1, round(canvas[0] * across)), max(1, round(canvas[1] * down)), QImage.Format.Format_RGB888)
    image.fill(_GREY)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QTransform.fromScale(across, down).mapRect(place), start.image)
    painter.end()
    return replace(start, image=image)
