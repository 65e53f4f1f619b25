"""Connected regions of pixels, found by runs: no loop over pixels or rows, whatever the region looks like."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zestdesk.document.checkpoint import checkpoint

__all__ = ["connected", "over_edge"]

Flags = NDArray[np.bool_]
Pixels = NDArray[np.uint8]
Indices = NDArray[np.int64]

_POCKET: Final = 64  # pixels


class _Runs(NamedTuple):
    """Set pixels as runs within rows, in one long line with an unset pixel at the end of each row.

    Attributes:
        starts: each run's first pixel.
        ends: the one after its last.
        shape: (height, width).
    """

    starts: Indices
    ends: Indices
    shape: tuple[int, int]

    @property
    def stride(self) -> int:
        """Pixels of the line per row."""
        return self.shape[1] + 1

    def image(self, chosen: Flags) -> Flags:
        """Return the pixels of some of the runs, shape (height, width)."""
        height, width = self.shape
        steps = np.zeros(height * self.stride, np.int8)
        steps[self.starts[chosen]] = 1
        steps[self.ends[chosen]] = -1  # where no run starts: one unset pixel at least lies between two
        region: Flags = np.cumsum(steps, dtype=np.int8).reshape(height, self.stride)[:, :width].astype(bool)
        return region

    def counts(self, flags: Flags) -> Indices:
        """Return how many set pixels of another image each run has."""
        padded = np.zeros((self.shape[0], self.stride), np.bool_)
        padded[:, : self.shape[1]] = flags
        sums = np.concatenate(([0], np.cumsum(padded.ravel())))
        return sums[self.ends] - sums[self.starts]


def _runs(flags: Flags) -> _Runs:
    height, width = flags.shape
    padded = np.zeros((height, width + 1), np.int8)
    padded[:, :width] = flags
    steps = np.flatnonzero(np.diff(padded.ravel(), prepend=np.int8(0)))
    return _Runs(steps[::2], steps[1::2], (height, width))


def connected(free: Flags, column: int, row: int) -> Flags:
    """Return the region of set pixels, joined by their sides, that holds one of them.

    Args:
        free: where the region may spread, shape (height, width); set at (column, row).
        column: of a pixel in the region.
        row: likewise.

    Returns:
        Shape (height, width).
    """
    runs = _runs(free)
    root = _roots(runs)
    seed = int(np.searchsorted(runs.starts, row * runs.stride + column, "right")) - 1
    return runs.image(root == root[seed])


def _neighbours(runs: _Runs) -> tuple[Indices, Indices]:
    """Return pairs of runs that touch: one, and one in the row beneath."""
    first = np.searchsorted(runs.ends, runs.starts + runs.stride, "right")
    last = np.searchsorted(runs.starts, runs.ends + runs.stride, "left")
    counts = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(len(runs.starts)), counts)
    within = np.arange(len(upper)) - np.repeat(np.cumsum(counts) - counts, counts)
    return upper, np.repeat(first, counts) + within


def _roots(runs: _Runs) -> Indices:
    """Return for each run the number of one that all runs of its region share, in about log(runs) rounds.

    Each round hangs every tree of runs on the lowest root that a pair leads to, then shortens the trees (Shiloach and
    Vishkin 1982, in the form of Zhang, Azad and Hu 2020).
    """
    one, other = _neighbours(runs)
    root = np.arange(len(runs.starts))
    while True:
        checkpoint()
        one_root, other_root = root[one], root[other]
        apart = one_root != other_root
        if not apart.any():
            return root
        one, other = one[apart], other[apart]
        low = np.minimum(one_root[apart], other_root[apart])
        np.minimum.at(root, one_root[apart], low)
        np.minimum.at(root, other_root[apart], low)
        shorter = root[root]
        while (shorter != root).any():
            root, shorter = shorter, shorter[shorter]


def over_edge(level: Pixels, region: Flags, least: int) -> Flags:
    """Return the region with the soft edge around it.

    That is where a path leads that goes down all the way; and small pockets beside, where edges meet at an angle and a
    pixel or two stand out.

    Args:
        level: how much of each pixel belongs to the region, 0 to 255, shape (height, width).
        region: likewise; where to start.
        least: a pocket holds no level as high as this: it would be another region.
    """
    reached = _downhill(level, region)
    spread = np.pad(reached, 1)
    beside = spread[:-2, 1:-1] | spread[2:, 1:-1] | spread[1:-1, :-2] | spread[1:-1, 2:]
    rest = (level > 0) & ~reached
    if not (rest & beside).any():
        return reached
    runs = _runs(rest)
    root, count = _roots(runs), len(runs.starts)
    size, touching, high = (
        np.bincount(root, each, count)
        for each in (runs.ends - runs.starts, runs.counts(beside), runs.counts(level >= least))
    )
    pocket = (size <= _POCKET) & (touching > 0) & (high == 0)
    return reached | runs.image(pocket[root])


def _downhill(level: Pixels, region: Flags) -> Flags:
    """Return the region and all pixels to which a path leads from it that goes down all the way."""
    height, width = level.shape
    stride = width + 2
    padded = np.zeros((height + 2, stride), np.uint8)
    padded[1:-1, 1:-1] = level
    inside = np.zeros((height + 2, stride), np.bool_)
    inside[1:-1, 1:-1] = region
    rim = inside.copy()
    rim[1:-1, 1:-1] &= ~(inside[:-2, 1:-1] & inside[2:, 1:-1] & inside[1:-1, :-2] & inside[1:-1, 2:])
    flat, reached = padded.ravel(), inside.ravel()
    front = np.flatnonzero(rim)
    while front.size:
        checkpoint()
        beside = (front[:, None] + np.array([-stride, -1, 1, stride])).ravel()
        lower = ~reached[beside] & (flat[beside] > 0) & (flat[beside] < np.repeat(flat[front], 4))
        front = np.unique(beside[lower])
        reached[front] = True
    return inside[1:-1, 1:-1]
