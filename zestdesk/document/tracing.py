"""Outlines from what was drawn or painted: freehand lines and masks become nodes, and outlines with many nodes few."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zestdesk.document.bezier import Floats, is_flat, points_at
from zestdesk.document.checkpoint import checkpoint
from zestdesk.document.fitting import corners, distinct, fit_outline
from zestdesk.document.marching import Crossings, march
from zestdesk.document.nodes import Outline, Subpath
from zestdesk.errors import UserError

__all__ = ["drawn", "simplified", "traced"]

_REACH: Final = 4.0  # canvas pixels along a mask's outline: what is shorter than this is its pixels' doing
_CHAMFER: Final = 1.25  # marching squares cuts a pixel's corner within this distance
_EFFORTS: Final = ((0.75, 0.0), (1.5, 8.0), (3.0, 64.0))  # tolerance, and the least area that is no speck
_MOST_LOOPS: Final = 4_000
_MOST_POINTS: Final = 60_000
_MOST_NODES: Final = 12_000
_MOST_SAMPLES: Final = 20_000

Pixels = NDArray[np.uint8]
Whole = NDArray[np.intp]


def drawn(points: Floats, tolerance: float) -> Subpath | None:
    """Return a closed smooth outline along what a hand drew, or None when it encloses nothing.

    Args:
        points: where the pointer was, shape (points, 2).
        tolerance: how far the outline may pass from the points, in canvas pixels.
    """
    line = distinct(_apart(points, tolerance), closed=True)
    if is_flat(line):
        return None
    return Subpath.of_curves(fit_outline(line, tolerance, 4 * tolerance), closed=True)


def _apart(points: Floats, least: float) -> Floats:
    """Return the points without those that are nearer than ``least`` to the one before: there a hand only trembles."""
    kept: list[list[float]] = []
    for x, y in points.tolist():
        if not kept or math.hypot(x - kept[-1][0], y - kept[-1][1]) >= least:
            kept.append([x, y])
    return np.array(kept, np.float64).reshape(-1, 2)


def simplified(outline: Outline, tolerance: float) -> Outline:
    """Return nearly the same outline with fewer nodes; subpaths that have no node to spare stay as they are.

    Args:
        outline: the outline.
        tolerance: how far the new one may pass from it, in canvas pixels.
    """
    return tuple(_simplified(subpath, tolerance) for subpath in outline)


def _simplified(subpath: Subpath, tolerance: float) -> Subpath:
    checkpoint()
    points = distinct(_along(subpath, tolerance), closed=subpath.closed)
    if len(subpath) < 3 or len(points) < 3:
        return subpath
    curves = fit_outline(points, tolerance, 6 * tolerance, closed=subpath.closed)
    made = Subpath.of_curves(curves, closed=subpath.closed)
    return made if len(made) < len(subpath) else subpath


def _along(subpath: Subpath, step: float) -> Floats:
    """Return points along a subpath, all anchors among them, about ``step`` apart but not too many."""
    curves = subpath.segments.copy()
    straight = (curves[:, 0] == curves[:, 1]).all(axis=1) & (curves[:, 2] == curves[:, 3]).all(axis=1)
    third = (curves[straight, 3] - curves[straight, 0]) / 3
    curves[straight, 1] += third
    curves[straight, 2] -= third
    lengths = np.hypot(*np.moveaxis(np.diff(curves, axis=1), 2, 0)).sum(axis=1)
    step = max(step, float(lengths.sum()) / _MOST_SAMPLES, 1e-9)
    counts = np.maximum(np.ceil(lengths / step).astype(np.intp), 1)
    owners = np.repeat(np.arange(len(curves)), counts)
    within = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
    points = points_at(curves[owners], (within / counts[owners])[:, None])[:, 0]
    return points if subpath.closed else np.concatenate([points, subpath.anchors[-1:]])


def traced(pixels: Pixels) -> Outline:
    """Return the outline of what a mask covers by more than half, holes and all; empty when that is nothing.

    A ragged mask is followed less closely, and specks are left out, until the outline is one that can be edited.

    Args:
        pixels: shape (height, width), 255 inside.

    Raises:
        UserError: when there is no such outline.
    """
    found = march(np.pad(pixels, 1), 0, 0) if pixels.size else None
    if found is None:
        return ()
    order, starts = _loops(found, pixels.shape[1] + 2)
    points = found.lines[order, 0]
    ends = np.append(starts[1:], len(points))
    after = points[np.append(np.arange(1, len(points)), 0)]
    after[ends - 1] = points[starts]
    areas = np.abs(np.add.reduceat(points[:, 0] * after[:, 1] - points[:, 1] * after[:, 0], starts)) / 2
    for tolerance, least in _EFFORTS:
        chosen = np.flatnonzero(areas >= least)
        if not 0 < len(chosen) <= _MOST_LOOPS or (ends - starts)[chosen].sum() > _MOST_POINTS:
            continue
        outline = [_smooth(points[starts[number] : ends[number]], tolerance) for number in chosen.tolist()]
        if sum(map(len, outline)) <= _MOST_NODES:
            return tuple(outline)
    raise UserError("The mask is too ragged for an outline: fill or erase its specks first.")


def _loops(found: Crossings, stride: int) -> tuple[Whole, Whole]:
    """Return the numbers of all lines, loop by loop, and where each loop starts in them.

    Each line leaves a cell by the side by which another one enters the next cell: the outline's end is never open,
    since beyond the mask there is nothing.
    """
    cells = found.rows * stride + found.columns
    right, below = np.array([0, 1, 0, 0]), np.array([0, 0, stride, 0])  # whose upper or left side each side is
    upright = np.array([0, 1, 0, 1])
    sides = found.sides.astype(np.intp)
    entered, left = ((cells + right[side] + below[side]) * 2 + upright[side] for side in sides.T)
    by_entry = np.argsort(entered)
    following = by_entry[np.searchsorted(entered[by_entry], left)].tolist()
    order: list[int] = []
    starts: list[int] = []
    seen = bytearray(len(following))
    for first in range(len(following)):
        if seen[first]:
            continue
        starts.append(len(order))
        line = first
        while not seen[line]:
            seen[line] = 1
            order.append(line)
            line = following[line]
    return np.array(order, np.intp), np.array(starts, np.intp)


def _smooth(points: Floats, tolerance: float) -> Subpath:
    checkpoint()
    line = distinct(points, closed=True)
    if len(line) > 8:
        line = _sharpened(line)
    return Subpath.of_curves(fit_outline(line, tolerance, _REACH), closed=True)


def _sharpened(points: Floats) -> Floats:
    """Return the outline with its corners where its sides would meet: between pixels they are cut off."""
    sharp = corners(points, _REACH)
    if not len(sharp):
        return points
    ring = np.concatenate([points, points[:1]])
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(ring, axis=0).T))])
    total = along[-1]
    moved, kept = points.copy(), np.ones(len(points), np.bool_)
    for corner in sharp.tolist():
        places = np.mod(along[corner] + np.array([-_REACH, -_CHAMFER, _CHAMFER, _REACH]), total)
        a, b, c, d = np.stack([np.interp(places, along, ring[:, 0]), np.interp(places, along, ring[:, 1])], -1)
        meeting = _meeting(a, b - a, d, c - d)
        if meeting is None or np.hypot(*(meeting - points[corner])) > _CHAMFER:
            continue
        away = np.abs(along[:-1] - along[corner])
        kept[np.minimum(away, total - away) < _CHAMFER] = False
        kept[corner] = True
        moved[corner] = meeting
    return distinct(moved[kept], closed=True)


def _meeting(a: Floats, one: Floats, b: Floats, other: Floats) -> Floats | None:
    """Return where two lines meet, each given by a point and a direction; None when they nearly run alike."""
    cross = one[0] * other[1] - one[1] * other[0]
    if abs(cross) < 0.1 * np.hypot(*one) * np.hypot(*other):
        return None
    way = b - a
    meeting: Floats = a + one * ((way[0] * other[1] - way[1] * other[0]) / cross)
    return meeting
