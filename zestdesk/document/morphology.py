"""Growing, shrinking, softening and mending masks. Pure numpy on 0 to 255, shape (height, width); nothing in place."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zestdesk.document.checkpoint import checkpoint
from zestdesk.document.regions import connected, over_edge

__all__ = ["MOST_PIXELS", "filled_holes", "grown", "inverted", "shrunk", "softened"]

MOST_PIXELS: Final = 100
"""The furthest that anything here reaches."""

Pixels = NDArray[np.uint8]

_RIM: Final = (0.125, 0.375, 0.625, 0.875)  # radii beyond the whole pixel, whose mean smooths a disc's rim
_HALF: Final = 128
_BOXES: Final = 3
_FINE: Final = 200  # parts of a level while blurring; 255 of them and the sum of a row fit their types


def inverted(pixels: Pixels) -> Pixels:
    """Return the mask of what the mask leaves out."""
    return np.uint8(255) - pixels


def grown(pixels: Pixels, radius: int) -> Pixels:
    """Return the mask dilated by a disc: everything within ``radius`` pixels of it is in it.

    Each pixel takes the largest value within the disc around it, so that soft edges stay as soft; corners are rounded,
    and smooth, for the mean over discs of slightly different radii is taken.

    Args:
        pixels: the mask.
        radius: in pixels, 0 to :data:`MOST_PIXELS`.
    """
    part = _part(pixels, radius)
    if radius <= 0 or part is None:
        return pixels.copy()
    result = np.zeros_like(pixels)
    result[part] = _dilated(pixels[part], radius)
    return result


def shrunk(pixels: Pixels, radius: int) -> Pixels:
    """Return the mask eroded by a disc: what lies within ``radius`` pixels of its outside is gone.

    The canvas's edge is no outside: what was painted up to it stays there.
    """
    return inverted(grown(inverted(pixels), radius))


def softened(pixels: Pixels, radius: int) -> Pixels:
    """Return the mask with its edges blurred over about ``radius`` pixels to each side.

    A Gaussian with a deviation of half the radius, by three box blurs (Wells 1986); the canvas's edge is as if the
    mask went on there.
    """
    # n boxes of width w have the variance n (w^2 - 1) / 12.
    box = max(1, round(math.sqrt(12 * (radius / 2) ** 2 / _BOXES + 1))) // 2 * 2 + 1
    part = _part(pixels, _BOXES * (box // 2))
    if radius <= 0 or part is None:
        return pixels.copy()
    fine = pixels[part].astype(np.uint16) * np.uint16(_FINE)
    for _ in range(_BOXES):
        fine = _box_blurred(_box_blurred(fine, box, 0), box, 1)
    result = np.zeros_like(pixels)
    result[part] = (fine + np.uint16(_FINE // 2)) // np.uint16(_FINE)
    return result


def filled_holes(pixels: Pixels) -> Pixels:
    """Return the mask with all that it surrounds in it, soft edges of the holes included."""
    height, width = pixels.shape
    room = np.full((height + 2, width + 2), 255, np.uint8)  # a way around the mask
    room[1:-1, 1:-1] = inverted(pixels)
    free = room >= _HALF
    holes = free & ~connected(free, 0, 0)
    if not holes.any():
        return pixels.copy()
    return np.where(over_edge(room, holes, _HALF)[1:-1, 1:-1], np.uint8(255), pixels)


def _part(pixels: Pixels, margin: int) -> tuple[slice, slice] | None:
    """Return the rows and columns of all that is not 0, with a margin around them; None when everything is."""
    rows, columns = np.flatnonzero(pixels.any(axis=1)), np.flatnonzero(pixels.any(axis=0))
    if not rows.size:
        return None
    return (
        slice(max(int(rows[0]) - margin, 0), int(rows[-1]) + margin + 1),
        slice(max(int(columns[0]) - margin, 0), int(columns[-1]) + margin + 1),
    )


def _dilated(pixels: Pixels, radius: int) -> Pixels:
    """Return the mean of the dilations by discs of ``radius`` and a little more.

    A disc is a stack of horizontal lines: the row at ``dy`` reaches ``sqrt(r^2 - dy^2)`` to each side. Maxima over a
    line of any length come one from the next in a single pass; each row of each disc takes another.
    """
    rows: dict[int, list[tuple[int, int]]] = {}  # half the length of a line -> which discs have it in which rows
    for disc, extra in enumerate(_RIM):
        for dy in range(radius + 1):
            rows.setdefault(math.isqrt(int((radius + extra) ** 2 - dy * dy)), []).append((disc, dy))
    height, width = pixels.shape
    discs = [np.zeros_like(pixels, order="C") for _ in _RIM]
    line = np.ascontiguousarray(pixels)
    for reach in range(max(rows) + 1):
        checkpoint()
        if reach:
            # A line's ends, one to the left and one to the right; its middle, for all but the first, is in both.
            longer = line.copy()
            np.maximum(longer[:, 1:], line[:, : width - 1], out=longer[:, 1:])
            np.maximum(longer[:, : width - 1], line[:, 1:], out=longer[:, : width - 1])
            line = longer
        for disc, dy in rows.get(reach, ()):
            if dy >= height:
                continue
            into = discs[disc]
            np.maximum(into[dy:], line[: height - dy], out=into[dy:])
            if dy:
                np.maximum(into[: height - dy], line[dy:], out=into[: height - dy])
    total = np.full(pixels.shape, len(_RIM) // 2, np.uint16)
    for each in discs:
        total += each
    return (total // len(_RIM)).astype(np.uint8)


def _box_blurred(fine: NDArray[np.uint16], box: int, axis: int) -> NDArray[np.uint16]:
    """Return each value's mean with its neighbours along an axis; ``box``, odd, is how many; the ends are repeated."""
    checkpoint()
    half = box // 2
    margins = [(0, 0), (0, 0)]
    margins[axis] = (half + 1, half)
    sums = np.cumsum(np.pad(fine, margins, mode="edge"), axis=axis, dtype=np.uint32)
    total = sums[box:] - sums[:-box] if axis == 0 else sums[:, box:] - sums[:, :-box]
    total += np.uint32(half)
    total //= np.uint32(box)
    return total.astype(np.uint16)
