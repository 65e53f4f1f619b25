"""Smooth Bezier curves through points.

After P. J. Schneider, "An Algorithm for Automatically Fitting Digitized Curves" (Graphics Gems, 1990), with tangents
from a parabola through the points nearby, which bears noise better than the chord to the next point.
"""

import math
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zestdesk.document.bezier import Floats, points_at

__all__ = ["corners", "distinct", "fit_cubic", "fit_outline", "fit_points"]

Whole = NDArray[np.intp]

_REPARAMETRISATIONS: Final = 6
_PATIENCE: Final = 30  # likewise, where no second curve could do better
_WORTH_IT: Final = 16.0  # a squared error beyond this many tolerances is not mended by other parameters
_SHARP: Final = math.radians(50)  # where an outline turns more than this it has a corner
_SHARP_NEARBY: Final = 0.8 * _SHARP


def distinct(points: Floats, *, closed: bool = False) -> Floats:
    """Return the points without those that stand where their predecessor stands; of a loop, the end is not the start.

    Args:
        points: shape (points, 2).
        closed: whether the last point is followed by the first.
    """
    if len(points) < 2:
        return points
    steps = np.abs(np.diff(points, axis=0)).max(axis=1) > 1e-9
    kept: Floats = points[np.concatenate([[True], steps])]
    while closed and len(kept) > 1 and np.abs(kept[-1] - kept[0]).max() <= 1e-9:
        kept = kept[:-1]
    return kept


def fit_outline(points: Floats, tolerance: float, reach: float, *, closed: bool = True) -> Floats:
    """Return curves along an outline, smooth but where it has corners; shape (curves, 4, 2).

    Args:
        points: shape (points, 2), at least two, none of them twice in a row.
        tolerance: how far the curves may pass from the points.
        reach: how far along the outline is looked to tell a corner, and which way the outline runs.
        closed: whether the last point is followed by the first.
    """
    if len(points) < 3:
        ends = np.concatenate([points, points[:1]]) if closed else points
        return np.stack([_line(a, b) for a, b in pairwise(ends)])
    sharp = corners(points, reach, closed=closed)
    if not closed:
        stops = np.unique(np.concatenate([[0], sharp, [len(points) - 1]]))
        line = points
    elif len(sharp):
        stops = np.append(sharp - sharp[0], len(points))
        line = np.roll(points, -int(sharp[0]), axis=0)
        line = np.concatenate([line, line[:1]])
    else:
        half = len(points) // 2
        tangent = _tangent(np.concatenate([points[-half:], points]), half, reach)
        ring = np.concatenate([points, points[:1]])
        return fit_points(ring, tolerance, reach, start=tangent, end=-tangent)
    pieces = [fit_points(line[a : b + 1], tolerance, reach) for a, b in pairwise(stops.tolist())]
    return np.concatenate(pieces)


def fit_points(
    points: Floats, tolerance: float, reach: float, *, start: Floats | None = None, end: Floats | None = None
) -> Floats:
    """Return curves from the first point to the last, smooth where they meet; shape (curves, 4, 2).

    A piece that is as good as straight becomes one line: a curve whose control points lie on its ends.

    Args:
        points: shape (points, 2), at least two, none of them twice in a row.
        tolerance: how far the curves may pass from the points.
        reach: how far along the points is looked to tell which way they run.
        start: unit vector into which the first curve sets out; None for what the points say.
        end: unit vector from the last point back into the last curve; likewise.
    """
    if start is None and end is None and _deviation(points) <= tolerance / 2:
        return _line(points[0], points[-1])[None]
    first = _tangent(points, 0, reach) if start is None else start
    last = -_tangent(points, len(points) - 1, reach) if end is None else end
    curves: list[Floats] = []
    waiting = [(0, len(points) - 1, first, last)]
    while waiting:
        low, high, leaving, arriving = waiting.pop()
        piece = points[low : high + 1]
        curve, error, worst = _fit_within(piece, leaving, arriving, tolerance)
        if error <= tolerance**2 or high - low < 2:
            curves.append(curve)
            continue
        middle = low + worst
        tangent = _tangent(points, middle, reach)
        waiting.append((middle, high, tangent, arriving))
        waiting.append((low, middle, leaving, -tangent))
    return np.stack(curves)


def fit_cubic(points: Floats, start: Floats, end: Floats) -> Floats:
    """Return the one curve with these end tangents that passes nearest to the points; shape (4, 2).

    Args:
        points: shape (points, 2), at least two; the curve begins at the first and ends at the last.
        start: unit vector into which it sets out.
        end: unit vector from the last point back into the curve.
    """
    return _fit_within(points, start, end, 0.0, _PATIENCE)[0]


def corners(points: Floats, reach: float, *, closed: bool = True) -> Whole:
    """Return the indices at which an outline has corners, ascending: the sharpest within ``reach`` of each.

    A small circle turns as much within ``reach`` as a corner does, but not within half of it.

    Args:
        points: shape (points, 2).
        reach: length along the outline over which a turn is measured.
        closed: whether the last point is followed by the first.
    """
    ring = np.concatenate([points, points[:1]]) if closed else points
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(ring, axis=0).T))])
    total = float(along[-1])
    reach = min(reach, total / 4)
    places = along[: len(points)]

    def at(place: Floats) -> Floats:
        place = np.mod(place, total) if closed else place
        return np.stack([np.interp(place, along, ring[:, 0]), np.interp(place, along, ring[:, 1])], -1)

    def turns(within: float) -> Floats:
        arriving, leaving = points - at(places - within), at(places + within) - points
        turn: Floats = np.abs(np.arctan2(_cross(arriving, leaving), (arriving * leaving).sum(axis=1)))
        return turn

    turn = np.where(turns(reach / 2) >= _SHARP_NEARBY, turns(reach), 0.0)
    found: list[int] = []
    for index in np.argsort(-turn, kind="stable").tolist():
        if turn[index] < _SHARP:
            break
        away = np.abs(places[found] - places[index])
        if not found or (np.minimum(away, total - away) if closed else away).min() > reach:
            found.append(index)
    return np.array(sorted(found), np.intp)


def _cross(a: Floats, b: Floats) -> Floats:
    product: Floats = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return product


def _line(a: Floats, b: Floats) -> Floats:
    return np.stack([a, a, b, b])


def _deviation(points: Floats) -> float:
    """Return how far any point lies from the straight line between the first and the last."""
    chord = points[-1] - points[0]
    length = math.hypot(*chord)
    away = points - points[0]
    if length < 1e-12:
        return float(np.hypot(*away.T).max())
    along = np.clip((away @ chord) / length**2, 0.0, 1.0)
    return float(np.hypot(*(away - along[:, None] * chord).T).max())


def _tangent(points: Floats, index: int, reach: float) -> Floats:
    """Return the unit vector in which the points run at ``index``: that of the parabola through those within reach."""
    low = high = index
    near = np.hypot(*(points - points[index]).T) <= reach
    while low > 0 and (near[low - 1] or low == index):
        low -= 1
    while high < len(points) - 1 and (near[high + 1] or high == index):
        high += 1
    window = points[low : high + 1]
    place = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(window, axis=0).T))])
    place -= place[index - low]
    direction = window[-1] - window[0]
    if len(window) > 3:
        powers = np.stack([np.ones_like(place), place, place**2], -1)
        direction = np.linalg.lstsq(powers, window, rcond=None)[0][1]
    if math.hypot(*direction) < 1e-9:  # out and back again
        direction = points[min(index + 1, len(points) - 1)] - points[max(index - 1, 0)]
    length = math.hypot(*direction)
    unit: Floats = direction / length if length > 1e-12 else np.array([1.0, 0.0])
    return unit


def _fit_within(
    points: Floats, start: Floats, end: Floats, tolerance: float, rounds: int = _REPARAMETRISATIONS
) -> tuple[Floats, float, int]:
    """Return the best curve, its largest squared distance from a point, and that point's index (never an end)."""
    if len(points) == 2:
        return _thirds(points[0], points[1], start, end), 0.0, 0
    t = _chord_lengths(points)
    best: tuple[Floats, float, int] | None = None
    for _ in range(rounds + 1):
        curve = _least_squares(points, t, start, end)
        away = np.square(points_at(curve, t) - points).sum(axis=1)[1:-1]
        worst = int(away.argmax()) + 1
        error = float(away[worst - 1])
        if best is None or error < best[1]:
            best = curve, error, worst
        if error <= tolerance**2 or (tolerance > 0 and error > _WORTH_IT * tolerance**2):
            break
        t = _reparametrised(curve, points, t)
    return best  # type: ignore[return-value]  # the loop runs at least once


def _chord_lengths(points: Floats) -> Floats:
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    return along / along[-1] if along[-1] > 0 else np.linspace(0.0, 1.0, len(points))


def _thirds(a: Floats, b: Floats, start: Floats, end: Floats) -> Floats:
    """Return a curve whose control points stand a third of the way out: the rule of thumb where nothing is known."""
    third = math.hypot(*(b - a)) / 3
    return np.stack([a, a + start * third, b + end * third, b])


def _least_squares(points: Floats, t: Floats, start: Floats, end: Floats) -> Floats:
    """Return the curve whose control points, along the tangents, bring it nearest to the points at the times ``t``."""
    a, b = points[0], points[-1]
    s = 1.0 - t
    first, second = 3 * s * s * t, 3 * s * t * t
    one, other = first[:, None] * start, second[:, None] * end
    rest = points - (s**3 + first)[:, None] * a - (t**3 + second)[:, None] * b
    c11, c12, c22 = float((one * one).sum()), float((one * other).sum()), float((other * other).sum())
    x1, x2 = float((one * rest).sum()), float((other * rest).sum())
    determinant = c11 * c22 - c12 * c12
    length = math.hypot(*(b - a))
    reach = float(np.hypot(*np.diff(points, axis=0).T).sum())
    if abs(determinant) > 1e-9 * max(c11 * c22, 1e-12):
        alpha, beta = (x1 * c22 - x2 * c12) / determinant, (x2 * c11 - x1 * c12) / determinant
        # Control points behind their ends, or far beyond the other, make loops that nobody drew.
        if min(alpha, beta) > 1e-4 * length and min(alpha, beta) > 1e-9 and max(alpha, beta) <= 2 * reach:
            return np.stack([a, a + start * alpha, b + end * beta, b])
    return _thirds(a, b, start, end)


def _reparametrised(curve: Floats, points: Floats, t: Floats) -> Floats:
    """Return times that are nearer to the points' feet on the curve: one step of Newton's method each."""
    first = 3 * np.diff(curve, axis=0)
    second = 2 * np.diff(first, axis=0)
    s = (1.0 - t)[:, None]
    u = t[:, None]
    away = points_at(curve, t) - points
    speed = s * s * first[0] + 2 * s * u * first[1] + u * u * first[2]
    bend = s * second[0] + u * second[1]
    numerator = (away * speed).sum(axis=1)
    denominator = (speed * speed).sum(axis=1) + (away * bend).sum(axis=1)
    safe = np.abs(denominator) > 1e-12
    steps = np.divide(numerator, denominator, out=np.zeros_like(t), where=safe)
    moved: Floats = np.clip(t - steps, 0.0, 1.0)
    moved[0], moved[-1] = 0.0, 1.0
    return moved
