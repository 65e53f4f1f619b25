"""Layers -> segments' masks: rasterised at the size in question, and the upper layer wins where they overlap."""

import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QTransform

from zestdesk.document.brush import mask_pixels
from zestdesk.document.layers import Layer, ShapeLayer, is_visible
from zestdesk.document.layout import LayoutState

__all__ = ["layer_masks", "rasterise", "remembered"]

Mask = NDArray[np.float32]
"""One mask in [0, 1], shape (height, width)."""


def rasterise(layer: Layer, canvas: tuple[int, int], size: tuple[int, int]) -> Mask:
    """Return how much of each pixel the layer covers, in [0, 1], shape (height, width) of ``size``.

    Shapes are filled by the odd-even rule, antialiased; brush masks are averaged over each pixel's area.

    Args:
        layer: what to draw; whether it is visible does not matter.
        canvas: (width, height) of the space in which the layer was drawn.
        size: (width, height) of the mask; canvas and mask are the same rectangle.
    """
    if isinstance(layer, ShapeLayer):
        return _fill(layer.path, canvas, size)
    pixels = mask_pixels(layer.mask)
    if not pixels.size:
        return np.zeros((size[1], size[0]), np.float32)
    tall, wide = pixels.shape[0] // size[1], pixels.shape[1] // size[0]  # pixels behind one of the new ones
    if pixels.shape != (tall * size[1], wide * size[0]):
        return _averaged(pixels, size)
    # Most of a mask is empty as a rule, and so is its mean: only where there is paint has it to be worked out.
    mask = np.zeros((size[1], size[0]), np.float32)
    top, bottom = _span(pixels.max(axis=1), tall)
    if top < bottom:
        left, right = _span(pixels[top * tall : bottom * tall].max(axis=0), wide)
        part = pixels[top * tall : bottom * tall, left * wide : right * wide]
        mask[top:bottom, left:right] = _averaged(part, (right - left, bottom - top))
    return mask


def _span(most: NDArray[np.uint8], step: int) -> tuple[int, int]:
    """Return the first of the new rows, or columns, with anything in it, and the one after the last."""
    painted = np.flatnonzero(most)
    return (int(painted[0]) // step, int(painted[-1]) // step + 1) if painted.size else (0, 0)


def _averaged(pixels: NDArray[np.uint8], size: tuple[int, int]) -> Mask:
    by_rows = _average_rows(pixels, size[1])
    mask = np.ascontiguousarray(_average_rows(by_rows.T, size[0]).T)
    mask /= np.float32(255)
    return np.clip(mask, 0, 1, out=mask)


_Key = tuple[int, tuple[int, int], tuple[int, int]]


class _Memory:
    """The last small masks of painted layers, by what identifies the pixels that they were made of."""

    _kept: Final = 64

    def __init__(self) -> None:
        self._masks: OrderedDict[_Key, Mask] = OrderedDict()
        self._lock = threading.Lock()  # layouts are checked by the window and, before a run, by the worker

    def get(self, key: _Key, make: Callable[[], Mask]) -> Mask:
        with self._lock:
            mask = self._masks.get(key)
        if mask is None:
            mask = make()
            mask.flags.writeable = False
        with self._lock:
            self._masks[key] = mask
            self._masks.move_to_end(key)
            while len(self._masks) > self._kept:
                self._masks.popitem(last=False)
        return mask


_memory: Final = _Memory()


def remembered(layer: Layer, canvas: tuple[int, int], size: tuple[int, int]) -> Mask:
    """Return what :func:`rasterise` does, read-only: to look at all layers after every edit, which is of one of them.

    A painted mask of millions of pixels takes milliseconds to be averaged; one that has not changed is not averaged
    again. Only for small sizes: the last few dozen masks stay in memory.
    """
    if isinstance(layer, ShapeLayer) or layer.mask.isNull():
        return rasterise(layer, canvas, size)
    return _memory.get((layer.mask.cacheKey(), canvas, size), lambda: rasterise(layer, canvas, size))


def layer_masks(state: LayoutState, size: tuple[int, int]) -> list[tuple[Layer, Mask]]:
    """Return the visible layers, upper first, with masks that share no area: their sum is at most 1 everywhere.

    Each mask is multiplied by what the layers above it leave.

    Args:
        state: the layout.
        size: (width, height) of the masks.
    """
    left = np.ones((size[1], size[0]), np.float32)
    masks: list[tuple[Layer, Mask]] = []
    for layer in state.layers:
        if not is_visible(layer):
            continue
        mask = rasterise(layer, state.canvas, size)
        mask *= left
        left -= mask
        masks.append((layer, mask))
    return masks


def _fill(path: QPainterPath, canvas: tuple[int, int], size: tuple[int, int]) -> Mask:
    outline = QTransform.fromScale(size[0] / canvas[0], size[1] / canvas[1]).map(path)
    outline.setFillRule(Qt.FillRule.OddEvenFill)
    image = QImage(*size, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(outline, Qt.GlobalColor.white)
    painter.end()
    mask = mask_pixels(image).astype(np.float32)
    mask /= np.float32(255)
    return mask


def _average_rows(pixels: NDArray[np.uint8] | Mask, count: int) -> Mask:
    """Resample axis 0 to ``count`` rows, each the mean of the area that it covers, with broken rows weighted."""
    length = pixels.shape[0]
    if length == count:
        return pixels.astype(np.float32)
    if length % count == 0:
        factor = length // count
        sums = pixels[::factor].astype(np.float32)
        for part in range(1, factor):
            sums += pixels[part::factor]
        sums /= np.float32(factor)
        return sums
    # Multiplied before divided, so that edges that fall on whole rows are exact.
    edges = np.arange(count + 1) * length / count
    starts, ends = edges[:-1, None], edges[1:, None]
    most = math.ceil(length / count) + 1  # rows that one of the new rows touches, at most
    touched = np.floor(starts).astype(np.intp) + np.arange(most)
    weights = np.clip(np.minimum(touched + 1, ends) - np.maximum(touched, starts), 0, None)
    weights /= weights.sum(axis=1, keepdims=True)
    touched = np.minimum(touched, length - 1)  # those beyond the end have no weight
    means = np.zeros((count, pixels.shape[1]), np.float32)
    for part in range(most):
        means += weights[:, part, None].astype(np.float32) * pixels[touched[:, part]]
    return means
