"""Line segments cut where they meet, on an integer grid: what is left touches only at its ends.

Snap rounding (after Hobby, "Practical segment intersection with finite precision output", 1999): every meeting point is
rounded to the grid, which bends the pieces by less than a grid unit, and the search is repeated until nothing crosses
any more. Which side a point lies on is always decided in whole numbers, and so never wrong.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zestdesk.document.checkpoint import checkpoint
from zestdesk.errors import UserError

__all__ = ["REACH", "Pieces", "cut", "parities_beside"]

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

REACH: Final = 2**28
"""How far from the origin segments may lie, in grid units: products of differences still fit into 64 bits."""

_ROUNDS: Final = 20
_BLOCK: Final = 2**20  # pairs that are looked at together
_TOGETHER: Final = 64  # middles that are looked beside at once
_MOST_CUTS: Final = 10_000
_MOST_PAIRS: Final = 4 * 10**6


class Pieces(NamedTuple):
    """Pieces of segments, in the order of the segments, and along each of them.

    Attributes:
        ends: start and end of each, shape (pieces, 2, 2).
        of: number of the segment that each is a piece of, shape (pieces,).
        shares: where on that segment it begins and ends, 0 to 1, shape (pieces, 2).
    """

    ends: Whole
    of: NDArray[np.intp]
    shares: Floats


def cut(ends: Whole) -> Pieces:
    """Return the pieces into which segments cut one another; pieces may coincide, but neither cross nor overlap.

    Args:
        ends: start and end of each segment within :data:`REACH`, shape (segments, 2, 2).

    Raises:
        UserError: there are too many meetings to be worked out in reasonable time.
    """
    pieces = Pieces(
        ends, np.arange(len(ends)), np.broadcast_to(np.array([0.0, 1.0]), (len(ends), 2)).astype(np.float64)
    )
    fresh = np.ones(len(ends), np.bool_)
    for _ in range(_ROUNDS):
        numbers, points = _meetings(pieces.ends, fresh)
        if not len(numbers):
            return pieces
        pieces, fresh = _divided(pieces, numbers, points)
    raise _too_intricate()


def _too_intricate() -> UserError:
    return UserError("These outlines are too intricate to be combined; simplify them first.")


def _meetings(ends: Whole, fresh: Flags) -> tuple[NDArray[np.intp], Whole]:
    """Return numbers of segments, and points within them at which they are to be cut."""
    numbers, points = [np.zeros(0, np.intp)], [np.zeros((0, 2), np.int64)]
    for first, second in _near_pairs(ends, fresh):
        checkpoint()
        for one, other in ((first, second), (second, first)):
            touched, place = _touched(ends[one], ends[other])
            numbers.append(one[touched])
            points.append(place)
        crossing, place = _crossings(ends[first], ends[second])
        for each in (first[crossing], second[crossing]):
            inner = (ends[each, 0] != place).any(axis=1) & (ends[each, 1] != place).any(axis=1)
            numbers.append(each[inner])
            points.append(place[inner])
        if sum(map(len, numbers)) > _MOST_CUTS:
            raise _too_intricate()
    return np.concatenate(numbers), np.concatenate(points)


def _near_pairs(ends: Whole, fresh: Flags) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Yield pairs of segments whose boxes touch and of which one is fresh at least, in blocks."""
    low, high = ends.min(axis=1), ends.max(axis=1)
    plans = [_sweep(low[:, axis], high[:, axis]) for axis in (0, 1)]
    axis = int(np.argmin([counts.sum() for _, counts in plans]))
    order, counts = plans[axis]
    if counts.sum() > _MOST_PAIRS:
        raise _too_intricate()
    stops = np.cumsum(counts)
    start = 0
    while start < len(order):
        stop = max(int(np.searchsorted(stops, (stops[start - 1] if start else 0) + _BLOCK, "right")), start + 1)
        rows = np.repeat(np.arange(start, stop), counts[start:stop])
        offsets = np.arange(len(rows)) - np.repeat(stops[start:stop] - counts[start:stop], counts[start:stop])
        offsets += stops[start - 1] if start else 0
        first, second = order[rows], order[rows + 1 + offsets]
        near = fresh[first] | fresh[second]
        for each in (1 - axis, axis):  # one after the other: a sum over so short an axis takes many times as long
            first, second = first[near], second[near]
            start_of, end_of = low[:, each], high[:, each]
            near = (start_of[first] <= end_of[second]) & (start_of[second] <= end_of[first])
        yield first[near], second[near]
        start = stop


def _sweep(low: Whole, high: Whole) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return segments in the order of their beginnings, and how many of those that follow begin within each."""
    order = np.argsort(low, kind="stable")
    counts = np.searchsorted(low[order], high[order], "right") - np.arange(len(order)) - 1
    return order, counts


def _side(segments: Whole, points: Whole) -> Whole:
    """Return on which side of segments points lie: positive, negative, or 0 on the line."""
    way, away = segments[:, 1] - segments[:, 0], points - segments[:, 0]
    return way[:, 0] * away[:, 1] - way[:, 1] * away[:, 0]


def _touched(segments: Whole, others: Whole) -> tuple[NDArray[np.intp], Whole]:
    """Return which segments have an end of the other one within them, and that end."""
    touched, places = [], []
    for end in (0, 1):
        points = others[:, end]
        on_line = np.flatnonzero(_side(segments, points) == 0)  # few are
        near, points = segments[on_line], points[on_line]
        low, high = near.min(axis=1), near.max(axis=1)
        within = ((low <= points) & (points <= high)).all(axis=1)
        within &= (points != near[:, 0]).any(axis=1) & (points != near[:, 1]).any(axis=1)
        touched.append(on_line[within])
        places.append(points[within])
    return np.concatenate(touched), np.concatenate(places)


def _crossings(segments: Whole, others: Whole) -> tuple[Flags, Whole]:
    """Return which pairs cross between their ends, and the nearest grid points."""
    a, b = np.sign(_side(segments, others[:, 0])), np.sign(_side(segments, others[:, 1]))
    c, d = np.sign(_side(others, segments[:, 0])), np.sign(_side(others, segments[:, 1]))
    crossing = (a * b < 0) & (c * d < 0)
    one, other = segments[crossing], others[crossing]
    start = _side(other, one[:, 0]).astype(np.float64)
    share = start / (start - _side(other, one[:, 1]))
    way = (one[:, 1] - one[:, 0]).astype(np.float64)
    return crossing, one[:, 0] + np.rint(way * share[:, None]).astype(np.int64)


def _divided(pieces: Pieces, numbers: NDArray[np.intp], points: Whole) -> tuple[Pieces, Flags]:
    """Cut pieces at points, and return all pieces, and which of them are new."""
    way = (pieces.ends[:, 1] - pieces.ends[:, 0]).astype(np.float64)
    away = (points - pieces.ends[numbers, 0]).astype(np.float64)
    along = (away * way[numbers]).sum(axis=1) / np.square(way[numbers]).sum(axis=1)
    along = np.clip(along, 0.0, 1.0)
    count = len(pieces.of)
    # Every piece's start, its cuts and its end, in this order.
    every = np.concatenate([np.arange(count), numbers, np.arange(count)])
    shares = np.concatenate([np.full(count, -1.0), along, np.full(count, 2.0)])
    places = np.concatenate([pieces.ends[:, 0], points, pieces.ends[:, 1]])
    order = np.lexsort((places[:, 1], places[:, 0], shares, every))
    every, shares, places = every[order], np.clip(shares[order], 0.0, 1.0), places[order]
    kept = (every[:-1] == every[1:]) & (places[:-1] != places[1:]).any(axis=1)
    of = every[:-1][kept]
    begin, end = shares[:-1][kept], shares[1:][kept]
    before = pieces.shares[of]
    length = before[:, 1] - before[:, 0]
    shares = np.stack([before[:, 0] + begin * length, before[:, 0] + end * length], -1)
    ends = np.stack([places[:-1][kept], places[1:][kept]], 1)
    fresh = np.isin(of, numbers)
    return Pieces(ends, pieces.of[of], shares), fresh


def parities_beside(ends: Whole, parities: Flags, chosen: NDArray[np.intp]) -> Flags:
    """Return which areas the points just above the middles of segments lie in, by the odd-even rule.

    Above is where y is smaller; beside an upright segment it is where x is larger.

    Args:
        ends: segments that touch at their ends only, shape (segments, 2, 2).
        parities: which areas each segment bounds, shape (segments, areas).
        chosen: numbers of the segments to look beside, shape (chosen,).

    Returns:
        Shape (chosen, areas).
    """
    left_first = ends[:, 0, 0] <= ends[:, 1, 0]
    left = np.where(left_first[:, None], ends[:, 0], ends[:, 1])
    way = np.where(left_first[:, None], ends[:, 1], ends[:, 0]) - left
    low, high = 2 * left[:, 0], 2 * (left[:, 0] + way[:, 0])
    middles = ends[chosen].sum(axis=1)  # of twice the size
    bounds = parities.astype(np.int64)
    result = np.zeros((len(chosen), parities.shape[1]), np.bool_)
    order = np.argsort(middles[:, 0], kind="stable")
    for rows in np.array_split(order, max(1, len(order) // _TOGETHER)):
        checkpoint()
        here = middles[rows]
        if not len(here):
            continue
        near = np.flatnonzero((low <= here[-1, 0]) & (here[0, 0] < high))
        x, y = here[:, :1], here[:, 1:]
        crossed = (low[near] <= x) & (x < high[near])
        side = way[near, 0] * (y - 2 * left[near, 1]) - way[near, 1] * (x - low[near])
        result[rows] = (crossed & (side > 0)).astype(np.int64) @ bounds[near] % 2 == 1
    return result
