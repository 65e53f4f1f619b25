"""Marching squares: where a mask passes its half, as short lines between pixels."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zestdesk.document.bezier import Floats

__all__ = ["Crossings", "march"]

_LEVEL: Final = 127.5  # a pixel belongs to the layer when it is more than half covered

# The four pixels of a cell, clockwise from the top left, give bits 1, 2, 4 and 8; each case names the pairs of cell
# sides (0 top, 1 right, 2 bottom, 3 left) that the outline joins, with the layer on the left hand.
_JOINS: Final[dict[int, tuple[tuple[int, int], ...]]] = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 5: ((3, 0), (1, 2)), 6: ((0, 2),), 7: ((3, 2),),
    8: ((2, 3),), 9: ((2, 0),), 10: ((0, 1), (2, 3)), 11: ((2, 1),), 12: ((1, 3),), 13: ((1, 0),), 14: ((0, 3),),
}  # fmt: skip

Pixels = NDArray[np.uint8]
Whole = NDArray[np.intp]


class Crossings(NamedTuple):
    """The outline within a block of cells, each of which lies between four samples.

    Attributes:
        lines: shape (lines, 2 ends, 2 coordinates).
        columns: of the cell that each line lies in, counted from the block's first.
        rows: likewise.
        sides: of that cell, which the line comes from and goes to (0 top, 1 right, 2 bottom, 3 left), shape (lines, 2).
    """

    lines: Floats
    columns: Whole
    rows: Whole
    sides: NDArray[np.uint8]


def march(samples: Pixels, left: int, top: int, *, tile: int = 0, most: int = 0) -> Crossings | None:
    """Return the outline within the cells between ``samples``, or None where there is none.

    Args:
        samples: pixels, shape (rows + 1, columns + 1) of the cells.
        left: the pixel column of the first sample but one; samples stand at the middles of pixels.
        top: likewise, the pixel row.
        tile: if given, of how many cells a tile is wide and high; the first one begins with the cells.
        most: how many cells of a tile the outline may pass; one that passes more is left out there.
    """
    inside = samples > np.uint8(_LEVEL)  # whole numbers: many times as fast as with the fraction, and the same
    corner = inside[:-1, :-1]
    passed, other = corner ^ inside[:-1, 1:], corner ^ inside[1:, :-1]
    passed |= other
    passed |= np.bitwise_xor(corner, inside[1:, 1:], out=other)
    if tile and np.count_nonzero(passed) > most:
        _leave_out(passed, tile, most)
    flat = np.flatnonzero(passed)
    if not flat.size:
        return None
    rows, columns = np.divmod(flat, passed.shape[1])
    bits = inside.view(np.uint8)
    case = bits[rows, columns] | bits[rows, columns + 1] << 1
    case |= bits[rows + 1, columns + 1] << 2 | bits[rows + 1, columns] << 3
    a, b = samples[rows, columns].astype(np.float64), samples[rows, columns + 1].astype(np.float64)
    d, c = samples[rows + 1, columns].astype(np.float64), samples[rows + 1, columns + 1].astype(np.float64)
    zero, one = np.zeros_like(a), np.ones_like(a)
    sides_x = (_crossing(a, b), one, _crossing(d, c), zero)
    sides_y = (zero, _crossing(b, c), one, _crossing(a, d))
    lines, cells, sides = [], [], []
    for number, joins in _JOINS.items():
        chosen = np.flatnonzero(case == number)
        if chosen.size:
            x0, y0 = columns[chosen] + (left - 0.5), rows[chosen] + (top - 0.5)
            for join in joins:
                ends = [np.stack([x0 + sides_x[side][chosen], y0 + sides_y[side][chosen]], -1) for side in join]
                lines.append(np.stack(ends, 1))
                cells.append(chosen)
                sides.append(np.tile(np.array(join, np.uint8), (chosen.size, 1)))
    order = np.concatenate(cells)
    return Crossings(np.concatenate(lines), columns[order], rows[order], np.concatenate(sides))


def _leave_out(passed: NDArray[np.bool_], tile: int, most: int) -> None:
    """Clear the tiles in which more cells are passed than may be."""
    for top in range(0, passed.shape[0], tile):
        for left in range(0, passed.shape[1], tile):
            part = passed[top : top + tile, left : left + tile]
            if np.count_nonzero(part) > most:
                part[:] = False


def _crossing(first: Floats, second: Floats) -> Floats:
    """Return where between two samples the level is crossed, 0 to 1; anything where it is not."""
    step = second - first
    step[step == 0] = 1.0
    return np.clip((_LEVEL - first) / step, 0.0, 1.0)
