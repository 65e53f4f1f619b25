"""Outlines of painted masks, kept in tiles so that a dab only recomputes the tiles that it touches."""

import math
import struct
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, QRect, QRectF
from PySide6.QtGui import QPainterPath

from zestdesk.document.marching import march

__all__ = ["Contour"]

_TILE: Final = 128
_ELEMENT: Final = np.dtype([("type", ">i4"), ("x", ">f8"), ("y", ">f8")])  # of a QPainterPath in a QDataStream

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]


class Contour:
    """Outline and bounds of a mask.

    Args:
        pixels: the mask, shape (height, width). Only looked at during the calls; :meth:`update` takes it anew.
    """

    def __init__(self, pixels: Pixels) -> None:
        height, width = pixels.shape
        self._paths: dict[tuple[int, int], QPainterPath] = {}
        # Which rows hold anything within each column of tiles, and which columns within each row of tiles.
        self._rows = np.zeros((height, math.ceil(width / _TILE)), np.bool_)
        self._columns = np.zeros((math.ceil(height / _TILE), width), np.bool_)
        self.bounds = QRect()
        """The smallest rectangle that holds every pixel that is not zero."""
        self.update(pixels, QRect(0, 0, width, height))

    def paths(self, exposed: QRectF) -> list[QPainterPath]:
        """Return the pieces of the outline that may be seen in ``exposed``; each piece is a heap of short lines."""
        side = float(_TILE)
        return [
            path
            for (column, row), path in sorted(self._paths.items(), key=lambda item: item[0])  # always the same picture
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
        left, top, right, bottom = rect.left(), rect.top(), rect.left() + rect.width(), rect.top() + rect.height()
        self._update_bounds(pixels, left, top, right, bottom)
        # Cell (x, y) lies between the pixels x - 1 and x, y - 1 and y: a pixel touches its own cell and the next.
        columns = range(left // _TILE, right // _TILE + 1)
        rows = range(top // _TILE, bottom // _TILE + 1)
        for row in rows:
            for column in columns:
                self._paths.pop((column, row), None)
        samples = _with_margin(pixels, columns, rows)
        found = march(samples, columns.start * _TILE, rows.start * _TILE)
        if found is None:
            return
        tiles = found.rows // _TILE * len(columns) + found.columns // _TILE
        order = np.argsort(tiles, kind="stable")
        numbers, starts = np.unique(tiles[order], return_index=True)
        for number, piece in zip(numbers.tolist(), np.split(found.lines[order], starts[1:]), strict=True):
            row, column = divmod(number, len(columns))
            self._paths[columns[column], rows[row]] = _path(piece)

    def _update_bounds(self, pixels: Pixels, left: int, top: int, right: int, bottom: int) -> None:
        first, last = left // _TILE, (right - 1) // _TILE + 1
        stripe = pixels[top:bottom, first * _TILE : last * _TILE]
        starts = np.arange(0, stripe.shape[1], _TILE)
        self._rows[top:bottom, first:last] = np.maximum.reduceat(stripe, starts, axis=1) > 0
        for tile in range(top // _TILE, (bottom - 1) // _TILE + 1):  # on this axis reduceat is many times as slow
            band = pixels[tile * _TILE : (tile + 1) * _TILE, left:right]
            self._columns[tile, left:right] = band.max(axis=0) > 0
        rows, columns = np.flatnonzero(self._rows.any(axis=1)), np.flatnonzero(self._columns.any(axis=0))
        if rows.size:
            x, y = int(columns[0]), int(rows[0])
            self.bounds = QRect(x, y, int(columns[-1]) + 1 - x, int(rows[-1]) + 1 - y)
        else:
            self.bounds = QRect()


def _with_margin(pixels: Pixels, columns: range, rows: range) -> Pixels:
    """Return the pixels of a block of tiles and of one row and column before it; beyond the mask all is zero."""
    height, width = pixels.shape
    left, top = columns.start * _TILE, rows.start * _TILE
    right, bottom = min(columns.stop * _TILE, width + 1), min(rows.stop * _TILE, height + 1)
    inside = pixels[max(top - 1, 0) : bottom, max(left - 1, 0) : right]
    if inside.shape == (bottom - top + 1, right - left + 1):
        return inside
    samples = np.zeros((bottom - top + 1, right - left + 1), np.uint8)
    row, column = (1 if top == 0 else 0), (1 if left == 0 else 0)
    samples[row : row + inside.shape[0], column : column + inside.shape[1]] = inside
    return samples


def _path(lines: Floats) -> QPainterPath:
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
