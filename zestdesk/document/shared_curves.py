"""Curves that run along one another are made to do so to the last bit, before they are followed by chords."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zestdesk.document.bezier import Floats, nearest, split
from zestdesk.document.checkpoint import checkpoint

__all__ = ["Arcs", "shared_arcs"]

_NEAR: Final = 2e-3  # canvas pixels: what is as near lies on a curve
_MOST: Final = 3000  # curves; more are not compared, which only leaves more nodes where they run along one another


class Arcs(NamedTuple):
    """Curves in parts, such that parts which are the same line have the same control points.

    Attributes:
        curves: control points, shape (arcs, 4, 2).
        reverse: whether an arc runs from its last control point to its first, shape (arcs,).
        of: number of the curve that each is a part of, shape (arcs,).
        times: where on that curve it begins and ends, shape (arcs, 2).
    """

    curves: Floats
    reverse: NDArray[np.bool_]
    of: NDArray[np.intp]
    times: Floats


def shared_arcs(curves: Floats) -> Arcs:
    """Return the curves divided where ends of others lie on them, with equal parts made equal.

    Args:
        curves: shape (curves, 4, 2).
    """
    parts, of, times = [], [], []
    ends = np.unique(curves[:, (0, 3)].reshape(-1, 2), axis=0)
    for number, curve in enumerate(curves):
        checkpoint()
        cuts = [] if _is_straight(curve) or len(curves) > _MOST else _ends_on(curve, ends)
        begin, rest = 0.0, curve
        for t, place in cuts:
            first, rest = split(rest, (t - begin) / (1 - begin))
            first[3], rest[0] = place, place
            parts.append(first)
            of.append(number)
            times.append((begin, t))
            begin = t
        parts.append(rest)
        of.append(number)
        times.append((begin, 1.0))
    shared, reverse = _made_equal(np.stack(parts))
    return Arcs(shared, reverse, np.array(of, np.intp), np.array(times))


def _is_straight(curve: Floats) -> bool:
    return bool((curve[0] == curve[1]).all() and (curve[2] == curve[3]).all())


def _ends_on(curve: Floats, ends: Floats) -> list[tuple[float, Floats]]:
    """Return where other curves' ends lie on a curve, in order, with the ends."""
    low, high = curve.min(axis=0) - _NEAR, curve.max(axis=0) + _NEAR
    found = []
    for place in ends[((low <= ends) & (ends <= high)).all(axis=1)]:
        if min(np.abs(place - curve[0]).max(), np.abs(place - curve[3]).max()) < _NEAR:
            continue
        t = nearest(curve[None], place)[1]
        point = split(curve, t)[0][3]
        if np.abs(point - place).max() < _NEAR and 1e-6 < t < 1 - 1e-6:
            found.append((t, place))
    found.sort(key=lambda each: each[0])
    return [each for index, each in enumerate(found) if not index or each[0] - found[index - 1][0] > 1e-6]


def _made_equal(curves: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Give curves that are as good as the same line, in either direction, the control points of the first of them."""
    reverse = np.zeros(len(curves), np.bool_)
    if len(curves) > _MOST:
        return curves, reverse
    result = curves.copy()
    bent = np.array([number for number, curve in enumerate(curves) if not _is_straight(curve)], np.intp)
    for index, number in enumerate(bent):
        others = bent[:index]
        for backwards in (False, True):
            curve = curves[number, ::-1] if backwards else curves[number]
            same = np.flatnonzero(np.abs(curves[others] - curve).max(axis=(1, 2)) < _NEAR)
            if same.size:
                first = others[same[0]]
                result[number] = result[first]
                reverse[number] = reverse[first] != backwards
                break
    return result, reverse
