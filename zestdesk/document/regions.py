"""Connected regions of pixels, found by runs: no loop over pixels or rows, whatever the region looks like."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["connected", "over_edge"]

Flags = NDArray[np.bool_]
Pixels = NDArray[np.uint8]
Indices = NDArray[np.int64]


def connected(free: Flags, column: int, row: int) -> Flags:
    """Return the region of set pixels, joined by their sides, that holds one of them.

    Args:
        free: where the region may spread, shape (height, width); set at (column, row).
        column: of a pixel in the region.
        row: likewise.

    Returns:
        Shape (height, width).
    """
    height, width = free.shape
    stride = width + 1  # one unset pixel ends each row, so that runs do not go on in the next
    padded = np.zeros((height, stride), np.int8)
    padded[:, :width] = free
    flat = padded.ravel()
    steps = np.flatnonzero(np.diff(flat, prepend=np.int8(0)))
    starts, ends = steps[::2], steps[1::2]  # a run's first pixel, and the one after its last
    seed = int(np.searchsorted(starts, row * stride + column, "right")) - 1
    found = _component(*_neighbours(starts, ends, stride), len(starts), seed)
    flat[:] = 0
    flat[starts[found]] = 1
    flat[ends[found]] = -1  # where no run starts: one unset pixel at least lies between two
    region: Flags = np.cumsum(flat, dtype=np.int8).reshape(height, stride)[:, :width].astype(bool)
    return region


def _neighbours(starts: Indices, ends: Indices, stride: int) -> tuple[Indices, Indices]:
    """Return pairs of runs that touch: one, and one in the row beneath."""
    first = np.searchsorted(ends, starts + stride, "right")
    last = np.searchsorted(starts, ends + stride, "left")
    counts = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(len(starts)), counts)
    within = np.arange(len(upper)) - np.repeat(np.cumsum(counts) - counts, counts)
    return upper, np.repeat(first, counts) + within


def _component(one: Indices, other: Indices, count: int, seed: int) -> Flags:
    """Return which of ``count`` nodes are joined with ``seed`` by edges, in about log(count) rounds.

    Each round hangs every tree of nodes on the lowest root that an edge leads to, then shortens the trees
    (Shiloach and Vishkin 1982, in the form of Zhang, Azad and Hu 2020).
    """
    root = np.arange(count)
    while True:
        one_root, other_root = root[one], root[other]
        apart = one_root != other_root
        if not apart.any():
            found: Flags = root == root[seed]
            return found
        one, other = one[apart], other[apart]
        low = np.minimum(one_root[apart], other_root[apart])
        np.minimum.at(root, one_root[apart], low)
        np.minimum.at(root, other_root[apart], low)
        shorter = root[root]
        while (shorter != root).any():
            root, shorter = shorter, shorter[shorter]


def over_edge(level: Pixels, region: Flags) -> Flags:
    """Return the region with the soft edge around it: pixels to which a path leads that goes down all the way.

    Args:
        level: how much of each pixel belongs to the region, 0 to 255, shape (height, width).
        region: likewise; where to start.
    """
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
        beside = (front[:, None] + np.array([-stride, -1, 1, stride])).ravel()
        lower = ~reached[beside] & (flat[beside] > 0) & (flat[beside] < np.repeat(flat[front], 4))
        front = np.unique(beside[lower])
        reached[front] = True
    return inside[1:-1, 1:-1]
