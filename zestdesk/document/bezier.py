"""Cubic Bezier curves as arrays: points on them, splitting, the nearest point. Coordinates are canvas pixels.

A curve is an array of shape (4, 2): start, two control points, end. Many curves are one array of shape (curves, 4, 2).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Floats", "is_flat", "nearest", "points_at", "sampled", "split"]

Floats = NDArray[np.float64]

_STEPS: Final = 16  # samples per round of the search for the nearest point
_ROUNDS: Final = 9  # each narrows the search eightfold
_CANDIDATES: Final = 8  # curves that are searched to the end
_FLAT: Final = 0.25  # canvas pixels: points that lie nearer to one straight line enclose nothing worth a layer


def points_at(curves: Floats, t: Floats) -> Floats:
    """Return points on curves, shape (..., times, 2).

    Args:
        curves: shape (..., 4, 2).
        t: where, 0 to 1, shape (..., times), broadcast against the curves.
    """
    s = 1.0 - t
    weights = np.stack([s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t], -1)
    points: Floats = np.matmul(weights, curves)
    return points


def sampled(curves: Floats, steps: int) -> Floats:
    """Return points at even times, both ends among them, shape (curves, steps + 1, 2)."""
    return points_at(curves, np.linspace(0.0, 1.0, steps + 1))


def is_flat(points: Floats) -> bool:
    """Return whether points, shape (points, 2), all lie on one straight line, or as good as."""
    if len(points) < 3:
        return True
    away = points - points.mean(axis=0)
    across = np.linalg.eigh(away.T @ away)[1][:, 0]
    return float(np.abs(away @ across).max()) < _FLAT


def split(curve: Floats, t: float) -> tuple[Floats, Floats]:
    """Return the two curves that together are the same line, by de Casteljau's construction.

    Args:
        curve: shape (4, 2).
        t: where to split, 0 to 1.
    """
    first = curve[:-1] + t * (curve[1:] - curve[:-1])
    second = first[:-1] + t * (first[1:] - first[:-1])
    middle = second[0] + t * (second[1] - second[0])
    left = np.stack([curve[0], first[0], second[0], middle])
    right = np.stack([middle, second[1], first[2], curve[3]])
    return left, right


def nearest(curves: Floats, point: Floats) -> tuple[int, float]:
    """Return which curve comes nearest to a point, and where on it (0 to 1).

    Curves whose control points all lie too far away are never looked at, so that thousands of curves cost little.

    Raises:
        ValueError: when there are no curves.
    """
    if not len(curves):
        raise ValueError("no curve to be near to")
    a, b, c, d = curves.transpose(1, 0, 2)  # numpy takes many times as long over an axis of four
    low, high = (each(each(a, b), each(c, d)) for each in (np.minimum, np.maximum))
    away_x, away_y = np.square(np.maximum(np.maximum(low - point, point - high), 0.0)).T
    least = away_x + away_y
    most = min(float((x * x + y * y).min()) for x, y in ((a - point).T, (d - point).T))
    chosen = np.flatnonzero(least <= most)
    near = curves[chosen]
    lower, upper = np.zeros(len(near)), np.ones(len(near))
    t, distance = lower, np.full(len(near), np.inf)
    for number in range(_ROUNDS):
        times = lower[:, None] + (upper - lower)[:, None] * np.linspace(0.0, 1.0, _STEPS + 1)
        away = np.square(points_at(near, times) - point).sum(axis=2)
        best = away.argmin(axis=1)
        rows = np.arange(len(near))
        t, distance = times[rows, best], away[rows, best]
        if number == 0 and len(near) > _CANDIDATES:
            kept = np.argsort(distance, kind="stable")[:_CANDIDATES]
            chosen, near, t, distance = chosen[kept], near[kept], t[kept], distance[kept]
            lower, upper = lower[kept], upper[kept]
        step = (upper - lower) / _STEPS
        lower, upper = np.maximum(t - step, 0.0), np.minimum(t + step, 1.0)
    winner = int(distance.argmin())
    return int(chosen[winner]), float(t[winner])
