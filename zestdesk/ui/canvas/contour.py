"""Outlines of painted masks, kept in tiles so that a dab only recomputes the tiles that it touches.

Marching squares draws a line or two in each pixel that the outline passes; zoomed out, that is many to a pixel of the
screen. There the lines are chained, and runs of them that are as good as straight are drawn as one.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainterPath

from zestdesk.document.marching import march
from zestdesk.ui.canvas.detail import lines_path, straightened

__all__ = ["Contour"]

_TILE: Final = 128
_TEXTURE: Final = _TILE * _TILE // 4  # cells that the outline passes: more are no outline, and would cover the tile
_RUN: Final = 4.0  # device pixels that a run of lines spans at most
_MOST_LINES: Final = 32  # in a run
_BEND: Final = 0.05  # canvas pixels for each line that a run may have: a fifth of a device pixel, at most

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]
Whole = NDArray[np.intp]

_Place = tuple[int, int]
"""Column and row of a tile, or of a block of tiles."""


class Contour:
    """Outline and bounds of a mask.

    Args:
        pixels: the mask, shape (height, width). Only looked at during the calls; :meth:`update` takes it anew.
    """

    def __init__(self, pixels: Pixels) -> None:
        height, width = pixels.shape
        self._lines: dict[_Place, Floats] = {}
        self._paths: dict[int, dict[_Place, QPainterPath]] = {}  # of blocks of tiles, by how many lines make a run
        # Which rows hold anything within each column of tiles, and which columns within each row of tiles.
        self._rows = np.zeros((height, math.ceil(width / _TILE)), np.bool_)
        self._columns = np.zeros((math.ceil(height / _TILE), width), np.bool_)
        self.bounds = QRect()
        """The smallest rectangle that holds every pixel that is not zero."""
        self.update(pixels, QRect(0, 0, width, height))

    def paths(self, exposed: QRectF, scale: float = math.inf) -> list[QPainterPath]:
        """Return the pieces of the outline that may be seen in ``exposed``; each piece is a heap of short lines.

        Args:
            exposed: in canvas pixels.
            scale: device pixels per canvas pixel, if details that are too small to be seen may be left out.
        """
        most = _lines_in_run(scale)
        tiles = _tiles_in_block(most)
        side = float(_TILE * tiles)
        blocks = sorted({(column // tiles, row // tiles) for column, row in self._lines})  # always the same picture
        seen = [
            (column, row)
            for column, row in blocks
            if exposed.intersects(QRectF(column * side - 1, row * side - 1, side + 2, side + 2))
        ]
        known = self._paths.setdefault(most, {})
        missing = [block for block in seen if block not in known]
        if missing:
            known.update(self._made(missing, most))
        return [known[block] for block in seen]

    def _made(self, blocks: list[_Place], most: int) -> dict[_Place, QPainterPath]:
        """Return the paths of blocks, all of which hold something."""
        tiles = _tiles_in_block(most)
        numbers = {block: number for number, block in enumerate(blocks)}
        pieces, owners = [], []
        for (column, row), lines in sorted(self._lines.items(), key=lambda item: item[0]):
            number = numbers.get((column // tiles, row // tiles))
            if number is not None:
                pieces.append(lines)
                owners.append(np.full(len(lines), number))
        drawn, owner = np.concatenate(pieces), np.concatenate(owners)
        order = np.argsort(owner, kind="stable")
        drawn, owner = drawn[order], owner[order]
        if most > 1:
            drawn, owner = _coarser(drawn, owner, most)
        stops = np.cumsum(np.bincount(owner, minlength=len(blocks)))[:-1]
        return dict(zip(blocks, map(_heap, np.split(drawn, stops)), strict=True))

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
                self._lines.pop((column, row), None)
        for most, known in self._paths.items():
            wide = _tiles_in_block(most)
            for block in {(column // wide, row // wide) for row in rows for column in columns}:
                known.pop(block, None)
        # Most masks are mostly empty.
        painted = self.bounds
        columns = _tiles_within(columns, painted.left(), painted.right())
        rows = _tiles_within(rows, painted.top(), painted.bottom())
        if not columns or not rows:
            return
        samples = _with_margin(pixels, columns, rows)
        found = march(samples, columns.start * _TILE, rows.start * _TILE, tile=_TILE, most=_TEXTURE)
        if found is None:
            return
        tiles = found.rows // _TILE * len(columns) + found.columns // _TILE
        order = np.argsort(tiles, kind="stable")
        numbers, starts = np.unique(tiles[order], return_index=True)
        for number, piece in zip(numbers.tolist(), np.split(found.lines[order], starts[1:]), strict=True):
            row, column = divmod(number, len(columns))
            self._lines[columns[column], rows[row]] = piece.copy()  # no view, which would keep the others as well

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


def _tiles_within(tiles: range, first: int, last: int) -> range:
    """Return those of the tiles whose cells touch the pixels from the first to the last."""
    return range(max(tiles.start, first // _TILE), min(tiles.stop, (last + 1) // _TILE + 1))


def _lines_in_run(scale: float) -> int:
    """Return how many lines may be drawn as one at a scale: a power of two."""
    room = _RUN / max(scale, 1e-6)
    return min(1 << int(math.log2(room)), _MOST_LINES) if room >= 2 else 1


def _tiles_in_block(most: int) -> int:
    """Return how many tiles a piece is wide and high: what is drawn small need not be drawn in many pieces."""
    return max(1, most // 4)


def _coarser(lines: Floats, owner: Whole, most: int) -> tuple[Floats, Whole]:
    """Return fewer lines that are nearly as good.

    Args:
        lines: shape (lines, 2 ends, 2 coordinates).
        owner: what each belongs to; only lines of one owner become one.
        most: how many lines may become one, a power of two.

    Returns:
        Lines and their owners.
    """
    order = _chained(lines, owner)
    order = order[np.argsort(owner[order], kind="stable")]
    lines, owner = lines[order], owner[order]
    return straightened(lines, owner, most, _BEND * most)


def _chained(lines: Floats, owner: Whole) -> Whole:
    """Return the numbers of lines so that those of one owner follow one another that go on where another ends."""
    starts, ends = (np.ascontiguousarray(lines[:, end]).view(np.complex128)[:, 0] for end in (0, 1))
    by_start = np.argsort(starts)
    found = by_start[np.minimum(np.searchsorted(starts, ends, sorter=by_start), len(lines) - 1)]
    following = np.where((starts[found] == ends) & (owner[found] == owner), found, -1)
    begun = np.ones(len(lines), np.bool_)
    begun[following[following >= 0]] = False
    onward = following.tolist()
    seen = bytearray(len(lines))
    order: list[int] = []
    # First what begins somewhere, then what goes round.
    for first in (*np.flatnonzero(begun).tolist(), *range(len(lines))):
        line = first
        while line >= 0 and not seen[line]:
            seen[line] = 1
            order.append(line)
            line = onward[line]
    return np.array(order, np.intp)


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


def _heap(lines: Floats) -> QPainterPath:
    """Return a path of separate lines."""
    return lines_path(lines, np.ones(len(lines), np.bool_))
