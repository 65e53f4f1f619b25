"""An outline as a designer edits it: subpaths of nodes with handles. Values, as layers are: an edit makes a new one.

Each node has an anchor, a handle towards the node before it and one towards the node after it. A handle that lies on
its anchor is retracted; where both handles of a segment are, the segment is a straight line.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QPointF
from PySide6.QtGui import QPainterPath

from zestdesk.document.bezier import Floats, nearest

__all__ = [
    "Kind",
    "NearestPoint",
    "Outline",
    "Ref",
    "Subpath",
    "alike",
    "are_straight",
    "curves_of",
    "kinds_of",
    "nearest_point",
    "nodes_of",
    "path_of",
]

_IN_LINE: Final = 2e-3  # sine of the angle between handles that count as one line
_EQUAL: Final = 2e-3  # share by which the lengths of a symmetric node's handles may differ
_ROUNDING: Final = 1e-9  # pixels
_ELEMENT: Final = np.dtype([("type", ">i4"), ("x", ">f8"), ("y", ">f8")])  # of a QPainterPath in a QDataStream
_MOVE, _LINE, _CURVE, _DATA = range(4)  # as QPainterPath.ElementType


class Kind(IntEnum):
    """What a node does when one of its handles is moved."""

    CORNER = 0  # the other stays
    SMOOTH = 1  # the other turns with it
    SYMMETRIC = 2  # the other mirrors it


def _fixed(values: Floats) -> Floats:
    values = np.ascontiguousarray(values, np.float64)
    values.flags.writeable = False
    return values


@dataclass(frozen=True, slots=True, eq=False)
class Subpath:
    """One line of an outline.

    Attributes:
        anchors: where the nodes are, shape (nodes, 2), at least one.
        ins: their handles towards the node before, likewise.
        outs: their handles towards the node after, likewise.
        kinds: shape (nodes,), values of :class:`Kind`; left out, they are told from the handles.
        closed: whether a segment leads from the last node to the first.

    Raises:
        ValueError: when the arrays do not go together.
    """

    anchors: Floats
    ins: Floats
    outs: Floats
    closed: bool
    kinds: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))

    def __post_init__(self) -> None:
        for name in ("anchors", "ins", "outs"):
            object.__setattr__(self, name, _fixed(getattr(self, name)))
        count = len(self.anchors)
        if not count or any(array.shape != (count, 2) for array in (self.anchors, self.ins, self.outs)):
            raise ValueError("a subpath has as many handles of each side as anchors, and at least one")
        kinds = self.kinds if len(self.kinds) else kinds_of(self.anchors, self.ins, self.outs)
        if kinds.shape != (count,):
            raise ValueError("a subpath has one kind a node")
        kinds = np.ascontiguousarray(kinds, np.uint8)
        kinds.flags.writeable = False
        object.__setattr__(self, "kinds", kinds)

    def __len__(self) -> int:
        """Return the number of nodes."""
        return len(self.anchors)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Subpath):
            return NotImplemented
        return self.closed == other.closed and all(
            np.array_equal(getattr(self, name), getattr(other, name)) for name in ("anchors", "ins", "outs", "kinds")
        )

    __hash__ = None  # type: ignore[assignment]  # arrays have none either

    @classmethod
    def polygon(cls, points: Sequence[tuple[float, float]] | Floats, *, closed: bool = True) -> "Subpath":
        """Return straight lines from point to point."""
        anchors = np.array(points, np.float64).reshape(-1, 2)
        return cls(anchors, anchors, anchors, closed)

    @classmethod
    def of_curves(cls, curves: Floats, *, closed: bool) -> "Subpath":
        """Return the subpath of curves that each begin where the last one ends; shape (curves, 4, 2), at least one.

        Args:
            curves: start, control points and end of each.
            closed: whether the last one ends where the first begins.
        """
        anchors = curves[:, 0] if closed else np.concatenate([curves[:, 0], curves[-1:, 3]])
        ins = np.roll(curves[:, 2], 1, axis=0) if closed else np.concatenate([curves[:1, 0], curves[:, 2]])
        outs = curves[:, 1] if closed else np.concatenate([curves[:, 1], curves[-1:, 3]])
        return cls(anchors, ins, outs, closed)

    @property
    def segments(self) -> Floats:
        """Every segment as a curve, shape (segments, 4, 2): segment i leads from node i to the next."""
        after = np.roll(np.arange(len(self)), -1)
        curves = np.stack([self.anchors, self.outs, self.ins[after], self.anchors[after]], 1)
        return curves if self.closed else curves[:-1]

    def is_straight(self, segment: int) -> bool:
        """Return whether a segment is a straight line."""
        after = (segment + 1) % len(self)
        retracted = self.outs[segment] == self.anchors[segment], self.ins[after] == self.anchors[after]
        return bool(retracted[0].all() and retracted[1].all())


Outline = tuple[Subpath, ...]

Ref = tuple[int, int]
"""A node: number of its subpath, number of the node there."""


def alike(one: Outline, other: Outline) -> bool:
    """Return whether two outlines have the same nodes, but for what rounding does to their places."""
    return len(one) == len(other) and all(
        len(mine) == len(theirs)
        and mine.closed == theirs.closed
        and np.array_equal(mine.kinds, theirs.kinds)
        and all(
            np.allclose(getattr(mine, name), getattr(theirs, name), rtol=0, atol=_ROUNDING)
            for name in ("anchors", "ins", "outs")
        )
        for mine, theirs in zip(one, other, strict=True)
    )


def kinds_of(anchors: Floats, ins: Floats, outs: Floats) -> NDArray[np.uint8]:
    """Return what the handles' places say of the nodes' kinds, shape (nodes,): in line they are smooth."""
    back, forth = ins - anchors, outs - anchors
    lengths = np.hypot(*back.T), np.hypot(*forth.T)
    both = lengths[0] * lengths[1]
    cross = back[:, 0] * forth[:, 1] - back[:, 1] * forth[:, 0]
    smooth = (both > 0) & (np.abs(cross) <= _IN_LINE * both) & ((back * forth).sum(axis=1) < 0)
    equal = np.abs(lengths[0] - lengths[1]) <= _EQUAL * np.maximum(*lengths)
    return np.where(smooth, np.where(equal, Kind.SYMMETRIC, Kind.SMOOTH), Kind.CORNER).astype(np.uint8)


def nodes_of(path: QPainterPath) -> Outline:
    """Return a path's subpaths; one that ends where it begins is closed, as QPainterPath knows no other sign of it.

    :func:`path_of` makes the same path of it, to the last bit; only a curve both of whose control points lie on its
    ends comes back as the straight line that it is.
    """
    kinds, points = _read(path)
    if not len(kinds):  # a path that only moves is written as an empty one
        places = [path.elementAt(index) for index in range(path.elementCount())]
        return tuple(Subpath.polygon([(place.x, place.y)], closed=False) for place in places)
    starts = np.flatnonzero(kinds == _MOVE).tolist()
    return tuple(_subpath(kinds[a:b], points[a:b]) for a, b in zip(starts, [*starts[1:], len(kinds)], strict=True))


def curves_of(path: QPainterPath) -> tuple[Floats, NDArray[np.intp]]:
    """Return a path's curves, shape (curves, 4, 2), and the number of the subpath of each; lines are straight curves.

    It costs a fraction of what :func:`nodes_of` does. Open subpaths stay open.
    """
    kinds, points = _read(path)
    at = np.flatnonzero((kinds == _LINE) | (kinds == _CURVE))
    bent = kinds[at] == _CURVE
    end = at + 2 * bent
    start = points[at - 1]
    one, other = np.where(bent[:, None], points[at], start), points[np.where(bent, at + 1, end)]
    return np.stack([start, one, other, points[end]], 1), np.cumsum(kinds == _MOVE)[at] - 1


def _read(path: QPainterPath) -> tuple[NDArray[np.intp], Floats]:
    """Return what kind of element each of a path's elements is, and where they are, shape (elements, 2)."""
    data = QByteArray()
    stream = QDataStream(data, QIODevice.OpenModeFlag.WriteOnly)
    stream.setVersion(QDataStream.Version.Qt_6_0)
    stream << path
    raw = data.data()
    elements = np.frombuffer(raw, _ELEMENT, struct.unpack_from(">i", raw)[0], 4)
    points = np.empty((len(elements), 2))
    points[:, 0], points[:, 1] = elements["x"], elements["y"]
    return elements["type"].astype(np.intp), points


def _subpath(kinds: NDArray[np.intp], points: Floats) -> Subpath:
    """Return the subpath of elements of which the first moves."""
    is_end = np.zeros(len(kinds), np.bool_)
    is_end[1:] = (kinds[1:] == _DATA) & (kinds[:-1] == _DATA)
    at = np.flatnonzero(is_end | (kinds <= _LINE))
    after = np.minimum(at + 1, len(kinds) - 1)
    leaves_in_curve = (kinds[after] == _CURVE) & (after > at)
    anchors = points[at]
    outs = np.where(leaves_in_curve[:, None], points[after], anchors)
    ins = np.where(is_end[at][:, None], points[at - 1], anchors)
    if len(anchors) > 1 and np.array_equal(anchors[0], anchors[-1]):
        ins[0] = ins[-1]
        return Subpath(anchors[:-1], ins[:-1], outs[:-1], closed=True)
    return Subpath(anchors, ins, outs, closed=False)


def path_of(outline: Iterable[Subpath]) -> QPainterPath:
    """Return the path of subpaths, with the odd-even rule.

    It is read from the bytes of its QDataStream form (format of Qt 6.0: element count, elements, start of the last
    subpath, fill rule), which costs a hundredth of as many calls of lineTo and cubicTo.
    """
    pieces = [_elements(subpath) for subpath in outline]
    if not pieces:
        return QPainterPath()
    elements = np.concatenate(pieces).astype(_ELEMENT)  # concatenate takes the machine's own byte order
    if len(elements) == 1:
        path = QPainterPath()
        path.moveTo(float(elements["x"][0]), float(elements["y"][0]))
        return path
    header = struct.pack(">i", len(elements))
    footer = struct.pack(">ii", len(elements) - len(pieces[-1]), 0)
    stream = QDataStream(QByteArray(header + elements.tobytes() + footer))
    stream.setVersion(QDataStream.Version.Qt_6_0)
    path = QPainterPath()
    stream >> path
    return path


def are_straight(curves: Floats) -> NDArray[np.bool_]:
    """Return which curves, shape (curves, 4, 2), are straight lines: both control points lie on the ends."""
    (a, b), (c, d), (e, f), (g, h) = curves.transpose(1, 2, 0)
    # Coordinate by coordinate: numpy takes many times as long over so short an axis.
    straight: NDArray[np.bool_] = (a == c) & (b == d) & (e == g) & (f == h)
    return straight


def _elements(subpath: Subpath) -> NDArray[np.void]:
    curves = subpath.segments
    straight = are_straight(curves)
    kept = np.ones((len(curves), 3), np.bool_)
    kept[straight, :2] = False
    kinds = np.tile([_CURVE, _DATA, _DATA], (len(curves), 1))
    kinds[straight, 2] = _LINE
    elements = np.zeros(1 + int(kept.sum()), _ELEMENT)
    elements["type"][1:] = kinds[kept]
    elements["x"][0], elements["y"][0] = subpath.anchors[0]
    elements["x"][1:], elements["y"][1:] = curves[:, 1:, 0][kept], curves[:, 1:, 1][kept]
    return elements


class NearestPoint(NamedTuple):
    """Where an outline comes nearest to a point.

    Attributes:
        subpath: number of the subpath.
        segment: number of the segment there; it begins at the node of that number.
        t: where on the segment, 0 to 1.
        point: that place.
        distance: how far away, in canvas pixels.
    """

    subpath: int
    segment: int
    t: float
    point: QPointF
    distance: float


def nearest_point(outline: Outline, point: QPointF) -> NearestPoint | None:
    """Return where the outline comes nearest to ``point``; None when it has no segment."""
    curves = [subpath.segments for subpath in outline]
    everything = np.concatenate(curves) if curves else np.zeros((0, 4, 2))
    if not len(everything):
        return None
    here = np.array([point.x(), point.y()])
    number, t = nearest(everything, here)
    x, y = _at(everything[number], t)
    ends = np.cumsum([len(each) for each in curves])
    subpath = int(np.searchsorted(ends, number, side="right"))
    segment = number - int(ends[subpath] - len(curves[subpath]))
    return NearestPoint(subpath, segment, t, QPointF(x, y), float(np.hypot(x - here[0], y - here[1])))


def _at(curve: Floats, t: float) -> tuple[float, float]:
    s = 1.0 - t
    x, y = np.array([s**3, 3 * s * s * t, 3 * s * t * t, t**3]) @ curve
    return float(x), float(y)
