"""Extracted attention as pictures: maps of a few cells a side become smooth heat in the layers' colours."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from zestdesk.guidance.request import FloatMasks

__all__ = ["heat_image"]

_LONG_SIDE: Final = 256  # from here on the screen's own bilinear scaling shows no cells any more
_SCRIM: Final = np.array([12, 14, 20], np.float32)
_SCRIM_ALPHA: Final = 0.55

Floats = NDArray[np.float32]


def heat_image(masks: FloatMasks, colours: Sequence[QColor]) -> QImage:
    """Return the maps as one translucent picture of the maps' aspect ratio.

    Where a map is high there is its layer's colour, where all are low a dark scrim: the eye goes to what the model
    attends to, over a light picture as over a dark one.

    Args:
        masks: in [0, 1], shape (segments, height, width).
        colours: one per map.
    """
    count, height, width = masks.shape
    if not count or not height or not width:
        return QImage()
    scale = max(1.0, _LONG_SIDE / max(height, width))
    tall, wide = max(1, round(height * scale)), max(1, round(width * scale))
    rows, columns = _cubic(height, tall), _cubic(width, wide)
    fine = np.clip(rows @ masks.astype(np.float32) @ columns.T, 0.0, 1.0)
    tints = np.array([[c.red(), c.green(), c.blue()] for c in colours], np.float32)
    share = fine**2 + 1e-6
    share /= share.sum(axis=0)
    tint = np.tensordot(share, tints, axes=(0, 0))
    heat = fine.max(axis=0)[..., None]
    glow = np.clip((heat - 0.8) / 0.2, 0.0, 1.0) * 0.35  # the summit shines
    tint += (255.0 - tint) * glow
    alpha = heat**1.15 * 0.88
    scrim = (1.0 - alpha) * _SCRIM_ALPHA
    pixels = np.empty((tall, wide, 4), np.float32)
    pixels[..., :3] = (tint * alpha + _SCRIM * scrim)[..., ::-1]  # BGRA, premultiplied
    pixels[..., 3:] = (alpha + scrim) * 255.0
    packed = np.rint(np.clip(pixels, 0, 255)).astype(np.uint8)
    image = QImage(packed.data, wide, tall, 4 * wide, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()


@lru_cache(maxsize=16)
def _cubic(cells: int, samples: int) -> Floats:
    """Return the matrix, shape (samples, cells), that enlarges a row by cubic B-splines: smooth, never overshooting."""
    weights = np.zeros((samples, cells), np.float32)
    for sample in range(samples):
        at = (sample + 0.5) * cells / samples - 0.5
        first = math.floor(at) - 1
        for cell in range(first, first + 4):
            weights[sample, min(max(cell, 0), cells - 1)] += _spline(abs(at - cell))
    return weights


def _spline(distance: float) -> float:
    if distance < 1:
        return 2 / 3 - distance**2 + distance**3 / 2
    return max(0.0, 2 - distance) ** 3 / 6
