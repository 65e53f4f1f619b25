"""Outlines with no more lines than can be seen: what costs the most to draw is what is too small to be looked at."""

import math
import struct
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, QRectF
from PySide6.QtGui import QPainterPath

from zestdesk.document.bezier import points_at
from zestdesk.document.nodes import are_straight, curves_of

__all__ = ["Detail", "lines_path", "straightened"]

_ELEMENT: Final = np.dtype([("type", ">i4"), ("x", ">f8"), ("y", ">f8")])  # of a QPainterPath in a QDataStream
_STRAY: Final = 0.1  # device pixels: how far a line may lie from the outline that it stands for
_RUN: Final = 6.0  # device pixels that lines which become one may span together
_MOST: Final = 32  # of them

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]
Flags = NDArray[np.bool_]


class _Level(NamedTuple):
    """An outline as it is drawn at a range of zooms.

    Attributes:
        lines: shape (lines, 2 ends, 2 coordinates), each beginning where the one before it ends, or elsewhere.
        begins: whether a line begins elsewhere, shape (lines,).
        loops: first and last line of each part that goes round, shape (loops, 2).
        low: where each line's box begins, shape (2 coordinates, lines).
        high: where it ends.
        path: all of them.
    """

    lines: Floats
    begins: Flags
    loops: Whole
    low: Floats
    high: Floats
    path: QPainterPath


class Detail:
    """A long outline, as finely as it is looked at; curves are followed by lines, and short lines joined to long ones.

    Nobody changes the path meanwhile. What is drawn lies within a fraction of a device pixel of it.
    """

    worth: Final = 500
    """How many elements a path has from which on this saves time."""

    def __init__(self, path: QPainterPath) -> None:
        self._path = path
        self._levels: dict[int, _Level] = {}

    def fill(self, scale: float) -> QPainterPath:
        """Return what bounds the area.

        Args:
            scale: device pixels per canvas pixel.
        """
        return self._level(scale).path

    def outline(self, exposed: QRectF, scale: float) -> QPainterPath:
        """Return as much of the outline as may be seen.

        Args:
            exposed: in canvas pixels, with what a pen reaches around it.
            scale: device pixels per canvas pixel.
        """
        level = self._level(scale)
        (left, top), (right, bottom) = level.low, level.high
        seen = (left <= exposed.right()) & (right >= exposed.left())
        seen &= (top <= exposed.bottom()) & (bottom >= exposed.top())
        if seen.all():
            return level.path
        begins = level.begins | ~np.append(False, seen[:-1])
        order = np.flatnonzero(seen)
        # Where a loop is seen where it begins, it goes on there from its end: no caps shall stand in a joint's place.
        for first, last in level.loops[seen[level.loops].all(axis=1)].tolist():
            hidden = np.flatnonzero(~seen[first : last + 1])
            if hidden.size:
                begins[first] = False
                place = slice(*np.searchsorted(order, (first, last + 1)).tolist())
                order[place] = np.roll(order[place], last - first - int(hidden[-1]))
        return lines_path(level.lines[order], begins[order])

    def _level(self, scale: float) -> _Level:
        number = math.ceil(math.log2(max(scale, 1e-6)))
        if number not in self._levels:
            self._levels[number] = self._made(2.0**number)
        return self._levels[number]

    def _made(self, scale: float) -> _Level:
        """Return the outline for scales down from this one to its half."""
        lines, owner = _followed(self._path, _STRAY / scale)
        if len(lines):
            length = float(np.median(np.hypot(*(lines[:, 1] - lines[:, 0]).T)))
            room = _RUN / max(length * scale, _RUN / _MOST)
            lines, owner = straightened(lines, owner, 1 << int(math.log2(max(room, 1.0))), _STRAY / scale)
        begins = np.ones(len(lines), np.bool_)
        begins[1:] = ~_joined(lines, owner)
        path = lines_path(lines, begins)
        path.setFillRule(self._path.fillRule())
        one, other = lines.transpose(1, 2, 0)
        starts = np.flatnonzero(begins)
        if not starts.size:
            return _Level(lines, begins, np.zeros((0, 2), np.intp), one, other, path)
        loops = np.stack([starts, np.append(starts[1:], len(lines)) - 1], 1)
        loops = loops[(lines[loops[:, 0], 0] == lines[loops[:, 1], 1]).all(axis=1)]
        return _Level(lines, begins, loops, np.minimum(one, other), np.maximum(one, other), path)


def _followed(path: QPainterPath, stray: float) -> tuple[Floats, Whole]:
    """Return lines along a path that stray by so much from its curves, and the number of the subpath of each."""
    curves, owner = curves_of(path)
    straight = are_straight(curves)
    a, b, c, d = curves.transpose(1, 2, 0)
    bend = np.maximum(np.hypot(*(a - 2 * b + c)), np.hypot(*(b - 2 * c + d)))
    steps = np.maximum(np.ceil(np.sqrt(0.75 * bend / stray)), 1).astype(np.intp)
    steps[straight] = 1
    curve = np.repeat(np.arange(len(curves)), steps)
    number = np.arange(len(curve)) - np.repeat(np.cumsum(steps) - steps, steps)
    starts = curves[curve, 0]
    within = np.flatnonzero(number)
    if within.size:
        along = number[within] / steps[curve[within]]
        starts[within] = points_at(curves[curve[within]], along[:, None])[:, 0]
    ends = np.empty_like(starts)
    ends[:-1] = starts[1:]
    last = np.cumsum(steps) - 1
    ends[last] = curves[:, 3]
    return np.stack([starts, ends], 1), owner[curve]


def straightened(lines: Floats, owner: Whole, most: int, bend: float) -> tuple[Floats, Whole]:
    """Return fewer lines that are nearly as good: runs of them that are as good as straight become one.

    Args:
        lines: shape (lines, 2 ends, 2 coordinates); those that go on where another ends follow it.
        owner: what each belongs to; only lines of one owner become one.
        most: how many lines may become one, a power of two.
        bend: how far a run may stray from the line between its ends.

    Returns:
        Lines and their owners.
    """
    begins = np.ones(len(lines), np.bool_)
    joined = _joined(lines, owner)
    numbers = np.arange(len(lines))
    # Runs are counted from where a chain begins: what else is drawn shall make no difference.
    rank = numbers - np.maximum.accumulate(np.where(np.append(False, joined), 0, numbers))
    length = most
    while length >= 2:
        first = np.flatnonzero(rank[: max(len(lines) - length + 1, 0)] % length == 0)
        first = first[begins[first + 1] & (rank[first + length - 1] == rank[first] + length - 1)]
        runs = first[:, None] + np.arange(length)
        straight = _bends(lines[runs]) <= bend
        begins[runs[straight, 1:]] = False
        length //= 2
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(lines)) - 1
    return np.stack([lines[first, 0], lines[last, 1]], 1), owner[first]


def _joined(lines: Floats, owner: Whole) -> Flags:
    """Return whether each line but the first goes on where the one before it ends."""
    # Column by column: numpy takes many times as long over so short an axis.
    (from_x, from_y), (to_x, to_y) = lines[1:, 0].T, lines[:-1, 1].T
    joined: Flags = (from_x == to_x) & (from_y == to_y) & (owner[1:] == owner[:-1])
    return joined


def _bends(runs: Floats) -> Floats:
    """Return how far runs stray from the line between their ends, of shape (runs, lines, 2 ends, 2 coordinates)."""
    start, end, inner = runs[:, 0, 0], runs[:, -1, 1], runs[:, 1:, 0]
    way, away = (end - start)[:, None], inner - start[:, None]
    share = (away * way).sum(axis=2) / np.maximum((way * way).sum(axis=2), 1e-12)
    beside = away - np.clip(share, 0.0, 1.0)[..., None] * way
    far: Floats = np.sqrt((beside * beside).sum(axis=2).max(axis=1))
    return far


def lines_path(lines: Floats, begins: Flags) -> QPainterPath:
    """Return a path of lines, of shape (lines, 2 ends, 2 coordinates), those that begin elsewhere being a new subpath.

    The path is read from the bytes of its QDataStream form (format of Qt 6.0: element count, elements, start of the
    last subpath, fill rule), which costs a hundredth of as many calls of moveTo and lineTo.
    """
    if not len(lines):
        return QPainterPath()
    starts, ends = np.flatnonzero(begins), np.arange(len(lines)) + np.cumsum(begins)
    elements = np.zeros(len(lines) + len(starts), _ELEMENT)
    elements["type"][ends] = QPainterPath.ElementType.LineToElement.value
    elements["x"][ends], elements["y"][ends] = lines[:, 1, 0], lines[:, 1, 1]
    moves = ends[starts] - 1
    elements["x"][moves], elements["y"][moves] = lines[starts, 0, 0], lines[starts, 0, 1]
    header, footer = struct.pack(">i", len(elements)), struct.pack(">ii", int(moves[-1]), 0)
    stream = QDataStream(QByteArray(header + elements.tobytes() + footer))
    stream.setVersion(QDataStream.Version.Qt_6_0)
    path = QPainterPath()
    stream >> path
    return path
