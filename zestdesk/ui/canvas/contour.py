"""Outlines of painted masks, kept in tiles so that a dab only recomputes the tiles that it touches."""

import struct
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, QPointF, QRect, QRectF
from PySide6.QtGui import QPainterPath

__all__ = ["Contour"]

_TILE: Final = 128
_LEVEL: Final = 127.5  # a pixel belongs to the layer when it is more than half covered

# Marching squares: the four pixels of a cell, clockwise from the top left, give bits 1, 2, 4 and 8; each case names
# the pairs of cell sides (0 top, 1 right, 2 bottom, 3 left) that the outline joins.
_JOINS: Final[dict[int, tuple[tuple[int, int], ...]]] = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 5: ((3, 0), (1, 2)), 6: ((0, 2),), 7: ((3, 2),),
    8: ((2, 3),), 9: ((2, 0),), 10: ((0, 1), (2, 3)), 11: ((2, 1),), 12: ((1, 3),), 13: ((1, 0),), 14: ((0, 3),),
}  # fmt: skip

_ELEMENT: Final = np.dtype([("type", ">i4"), ("x", ">f8"), ("y", ">f8")])  # of a QPainterPath in a QDataStream

Pixels = NDArray[np.uint8]


class Contour:
    """Outline and bounds of a mask.

    Args:
        pixels: the mask, shape (height, width). Only looked at during the calls; :meth:`update` takes it anew.
    """

    def __init__(self, pixels: Pixels) -> None:
        self._paths: dict[tuple[int, int], QPainterPath] = {}
        self._bounds: dict[tuple[int, int], QRect] = {}
        height, width = pixels.shape
        self.update(pixels, QRect(0, 0, width, height))

    @property
    def bounds(self) -> QRect:
        """The smallest rectangle that holds every pixel that is not zero."""
        united = QRect()
        for rect in self._bounds.values():
            united = united.united(rect)
        return united

    @property
    def top(self) -> QPointF | None:
        """The middle of the highest row that holds anything, or None when the mask is empty."""
        if not self._bounds:
            return None
        first = min(rect.top() for rect in self._bounds.values())
        highest = [rect for rect in self._bounds.values() if rect.top() == first]
        left = min(rect.left() for rect in highest)
        right = max(rect.left() + rect.width() for rect in highest)
        return QPointF((left + right) / 2, first)

    def paths(self, exposed: QRectF) -> list[QPainterPath]:
        """Return the pieces of the outline that may be seen in ``exposed``; each piece is a heap of short lines."""
        side = float(_TILE)
        return [
            path
            for (column, row), path in self._paths.items()
            if exposed.intersects(QRectF(column * side - 1, row * side - 1, side + 2, side + 2))
        ]

    def update(self, pixels: Pixels, rect: QRect) -> None:
        """Recompute what the pixels of ``rect`` decide.

        Args:
            pixels: the whole mask as it is now.
            rect: where it may differ from the last call, within the mask.
        """
        if rect.isEmpty():
            return
        # Cell (x, y) lies between the pixels x - 1 and x, y - 1 and y: a pixel touches its own cell and the next.
        for row in range(rect.top() // _TILE, (rect.top() + rect.height()) // _TILE + 1):
            for column in range(rect.left() // _TILE, (rect.left() + rect.width()) // _TILE + 1):
                self._update_tile(pixels, column, row)

    def _update_tile(self, pixels: Pixels, column: int, row: int) -> None:
        left, top = column * _TILE, row * _TILE
        own = pixels[top : top + _TILE, left : left + _TILE]
        key = (column, row)
        bounds = _bounds(own)
        if bounds is None:
            self._bounds.pop(key, None)
        else:
            self._bounds[key] = bounds.translated(left, top)
        samples = _with_margin(pixels, left, top)
        path = _march(samples, left, top)
        if path is None:
            self._paths.pop(key, None)
        else:
            self._paths[key] = path


def _bounds(pixels: Pixels) -> QRect | None:
    if not pixels.size or not pixels.any():
        return None
    rows, columns = np.flatnonzero(pixels.any(axis=1)), np.flatnonzero(pixels.any(axis=0))
    top, left = int(rows[0]), int(columns[0])
    return QRect(left, top, int(columns[-1]) + 1 - left, int(rows[-1]) + 1 - top)


def _with_margin(pixels: Pixels, left: int, top: int) -> Pixels:
    """Return the pixels of a tile and of one row and column before it; beyond the mask everything is zero."""
    height, width = pixels.shape
    right, bottom = min(left + _TILE, width + 1), min(top + _TILE, height + 1)
    inside = pixels[max(top - 1, 0) : bottom, max(left - 1, 0) : right]
    if inside.shape == (bottom - top + 1, right - left + 1):
        return inside
    samples = np.zeros((bottom - top + 1, right - left + 1), np.uint8)
    row, column = (1 if top == 0 else 0), (1 if left == 0 else 0)
    samples[row : row + inside.shape[0], column : column + inside.shape[1]] = inside
    return samples


def _march(samples: Pixels, left: int, top: int) -> QPainterPath | None:
    """Return the outline within the cells between ``samples``, or None where there is none (marching squares)."""
    inside = samples > _LEVEL
    if inside.all() or not inside.any():
        return None
    bits = inside.view(np.uint8)
    case = bits[:-1, :-1] | bits[:-1, 1:] << 1 | bits[1:, 1:] << 2 | bits[1:, :-1] << 3
    rows, columns = np.nonzero((case != 0) & (case != 15))
    case = case[rows, columns]
    values = samples.astype(np.float64)
    a, b = values[rows, columns], values[rows, columns + 1]
    d, c = values[rows + 1, columns], values[rows + 1, columns + 1]
    zero, one = np.zeros_like(a), np.ones_like(a)
    sides_x = (_crossing(a, b), one, _crossing(d, c), zero)
    sides_y = (zero, _crossing(b, c), one, _crossing(a, d))
    points = []
    for number, joins in _JOINS.items():
        chosen = np.flatnonzero(case == number)
        if chosen.size:
            # Samples stand at the middles of pixels, and the first sample is the pixel before the tile.
            x0, y0 = columns[chosen] + (left - 0.5), rows[chosen] + (top - 0.5)
            for join in joins:
                ends = [np.stack([x0 + sides_x[side][chosen], y0 + sides_y[side][chosen]], -1) for side in join]
                points.append(np.stack(ends, 1))
    return _path(np.concatenate(points))


def _crossing(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where between two samples the level is crossed, 0 to 1; anything where it is not."""
    step = second - first
    step[step == 0] = 1.0
    return np.clip((_LEVEL - first) / step, 0.0, 1.0)


def _path(lines: NDArray[np.float64]) -> QPainterPath:
    """Return a path of separate lines, from an array of shape (lines, 2 ends, 2 coordinates).

    The path is read from the bytes of its QDataStream form (format of Qt 6.0: element count, elements, start of the
    last subpath, fill rule), which costs a hundredth of as many calls of moveTo and lineTo.
    """
    elements = np.zeros(2 * len(lines), _ELEMENT)
    elements["type"][1::2] = QPainterPath.ElementType.LineToElement.value
    elements["x"], elements["y"] = lines[..., 0].ravel(), lines[..., 1].ravel()
    header = struct.pack(">i", len(elements))
    footer = struct.pack(">ii", max(0, len(elements) - 2), 0)
    stream = QDataStream(QByteArray(header + elements.tobytes() + footer))
    stream.setVersion(QDataStream.Version.Qt_6_0)
    path = QPainterPath()
    stream >> path
    return path
