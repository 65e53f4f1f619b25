"""Layers moved, scaled, turned and mirrored: shapes stay vector, painted masks are resampled."""

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QTransform

from zestdesk.document.brush import blank_mask, mask_pixels, pixels_to_mask
from zestdesk.document.layers import Layer, ShapeLayer, shape_path

__all__ = ["bounds_of", "layer_bounds", "moved", "transformed"]

Pixels = NDArray[np.uint8]

_MOST_KNOWN: Final = 1000
_known_rects: Final[dict[int, QRect]] = {}  # of masks, by what identifies their pixels

_EXACT: Final = 1e-6  # of a pixel: what is as close to the pixel grid lies on it


def layer_bounds(layer: Layer) -> QRectF:
    """Return the smallest rectangle around a layer, in canvas pixels; a null rectangle where there is nothing of it."""
    if isinstance(layer, ShapeLayer):
        return layer.path.boundingRect()
    return QRectF(_painted_rect(layer.mask))


def bounds_of(layers: Iterable[Layer]) -> QRectF:
    """Return the smallest rectangle around layers; layers of which there is nothing do not count."""
    united = QRectF()
    for layer in layers:
        bounds = layer_bounds(layer)
        if not bounds.isNull():  # a level line has a place too, though no area
            united = bounds if united.isNull() else _united(united, bounds)
    return united


def _united(one: QRectF, other: QRectF) -> QRectF:
    """Return the rectangle around both; unlike Qt's, also where one of them is a line."""
    left, top = min(one.left(), other.left()), min(one.top(), other.top())
    right, bottom = max(one.right(), other.right()), max(one.bottom(), other.bottom())
    return QRectF(left, top, right - left, bottom - top)


def moved(layer: Layer, right: float, down: float) -> Layer:
    """Return a layer moved by canvas pixels.

    A painted mask moves by the nearest whole pixels, so that it stays as crisp as it was; what leaves the canvas is cut
    away.
    """
    if isinstance(layer, ShapeLayer):
        return replace(layer, path=layer.path.translated(right, down))
    whole = QTransform.fromTranslate(math.floor(right + 0.5), math.floor(down + 0.5))
    return replace(layer, mask=_resampled(layer.mask, whole))


def transformed(layer: Layer, transform: QTransform) -> Layer:
    """Return a layer after an affine transform of the canvas.

    Rectangles and ellipses stay what they are while their sides stay level and upright, and become free paths when
    turned. A painted mask is resampled, antialiased, and cut at the canvas's edge; mirroring, quarter turns and whole
    steps on the pixel grid keep each of its values.
    """
    if not isinstance(layer, ShapeLayer):
        return replace(layer, mask=_resampled(layer.mask, transform))
    if layer.kind == "path":
        return replace(layer, path=transform.map(layer.path))
    if _is_level(transform):
        bounds = transform.mapRect(layer.path.boundingRect())
        return replace(layer, path=shape_path(layer.kind, bounds))
    return replace(layer, path=transform.map(layer.path), kind="path")


def _is_level(transform: QTransform) -> bool:
    """Return whether level and upright lines stay such, or change places."""
    straight = max(abs(transform.m12()), abs(transform.m21()))
    crossed = max(abs(transform.m11()), abs(transform.m22()))
    return min(straight, crossed) <= 1e-9 * max(straight, crossed)


def _painted_rect(mask: QImage) -> QRect:
    """Return the smallest rectangle of a mask that holds every pixel that is not zero.

    Frames and fields ask for it again after every step; it is looked for once for each mask.
    """
    key = mask.cacheKey()
    rect = _known_rects.get(key)
    if rect is None:
        rect = _painted(mask_pixels(mask))
        if len(_known_rects) >= _MOST_KNOWN:
            _known_rects.clear()
        _known_rects[key] = rect
    return QRect(rect)


def _painted(pixels: Pixels) -> QRect:
    """Return the smallest rectangle that holds every pixel that is not zero."""
    rows = np.flatnonzero(pixels.any(axis=1))
    if not rows.size:
        return QRect()
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    columns = np.flatnonzero(pixels[top:bottom].any(axis=0))
    left, right = int(columns[0]), int(columns[-1]) + 1
    return QRect(left, top, right - left, bottom - top)


def _resampled(mask: QImage, transform: QTransform) -> QImage:
    pixels = mask_pixels(mask)
    rect = _painted_rect(mask)
    if rect.isEmpty():
        return mask
    patch = pixels[rect.top() : rect.top() + rect.height(), rect.left() : rect.left() + rect.width()]
    turned = _rearranged(patch, transform)
    target = transform.mapRect(QRectF(rect))
    corner = QPointF(round(target.left()), round(target.top()))
    if turned is not None and (target.topLeft() - corner).manhattanLength() < _EXACT:
        return _pasted(pixels.shape, turned, int(corner.x()), int(corner.y()))
    return _painted_anew(mask, patch, QPointF(rect.topLeft()), transform)


def _rearranged(patch: Pixels, transform: QTransform) -> Pixels | None:
    """Return the pixels mirrored and turned, or None when the transform does more than that."""
    linear = np.array([[transform.m11(), transform.m12()], [transform.m21(), transform.m22()]])
    signs = np.rint(linear)
    if np.abs(linear - signs).max() * max(patch.shape) > _EXACT or sorted(np.abs(signs).ravel()) != [0, 0, 1, 1]:
        return None
    if signs[0, 0] == 0:
        patch = patch.T
    by_x, by_y = signs.sum(axis=0)
    if by_x == 0 or by_y == 0:  # both in one row or column: nothing is left of the plane
        return None
    return patch[:: int(by_y), :: int(by_x)]


def _pasted(shape: tuple[int, ...], patch: Pixels, left: int, top: int) -> QImage:
    """Return an empty mask of ``shape`` with a patch in it, which may reach over the edges."""
    result = np.zeros(shape, np.uint8)
    height, width = patch.shape
    first_row, first_column = max(-top, 0), max(-left, 0)
    rows, columns = min(height, shape[0] - top), min(width, shape[1] - left)
    if first_row < rows and first_column < columns:
        result[top + first_row : top + rows, left + first_column : left + columns] = patch[
            first_row:rows, first_column:columns
        ]
    return pixels_to_mask(result)


def _painted_anew(mask: QImage, patch: Pixels, corner: QPointF, transform: QTransform) -> QImage:
    """Return a mask of the same size with the transformed patch, whose corner lay at ``corner``.

    The patch ends where the paint ends, so that the painter's own crisp edge bounds it: with a margin, what is painted
    would grow by a blurred pixel with every transform.
    """
    columns, rows = math.hypot(transform.m11(), transform.m12()), math.hypot(transform.m21(), transform.m22())
    patch, wide = _halved(patch.T, columns)
    patch, tall = _halved(patch.T, rows)
    result = blank_mask((mask.width(), mask.height()))
    painter = QPainter(result)
    painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
    painter.setTransform(
        QTransform.fromScale(wide, tall) * QTransform.fromTranslate(corner.x(), corner.y()) * transform
    )
    painter.drawImage(QPointF(), pixels_to_mask(np.ascontiguousarray(patch)))
    painter.end()
    return result


def _halved(pixels: Pixels, scale: float) -> tuple[Pixels, int]:
    """Halve axis 0 while it will shrink to less than half: the painter looks at two neighbours only.

    Returns:
        The pixels, and how many of the old ones stand behind each.
    """
    step = 1
    while scale < 0.5 and pixels.shape[0] > 1:
        if pixels.shape[0] % 2:
            pixels = np.pad(pixels, ((0, 1), (0, 0)))
        pairs = pixels.astype(np.uint16)
        pixels = ((pairs[::2] + pairs[1::2] + 1) // 2).astype(np.uint8)
        scale, step = 2 * scale, 2 * step
    return pixels, step
