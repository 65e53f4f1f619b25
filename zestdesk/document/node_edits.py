"""What can be done to the nodes of an outline. Pure: each function returns a new outline."""

import math
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zestdesk.document.bezier import Floats, sampled, split
from zestdesk.document.fitting import distinct, fit_cubic
from zestdesk.document.nodes import Kind, Outline, Ref, Subpath

__all__ = [
    "bend",
    "break_at",
    "closed",
    "delete_nodes",
    "insert_node",
    "make_corners",
    "make_smooth",
    "move_handle",
    "move_nodes",
]

_SAMPLES: Final = 24  # per segment that is refitted
_MIDDLE: Final = 0.15  # nearer to an end than this, a segment is bent as if it were held here

Point = tuple[float, float]
_Edit = Callable[[Subpath, list[int]], Subpath]


def move_nodes(outline: Outline, refs: Iterable[Ref], way: Point) -> Outline:
    """Move nodes with their handles by ``way``."""

    def moved(subpath: Subpath, nodes: list[int]) -> Subpath:
        anchors, ins, outs = _arrays(subpath)
        for array in (anchors, ins, outs):
            array[nodes] += way
        return replace(subpath, anchors=anchors, ins=ins, outs=outs)

    return _each(outline, refs, moved)


def move_handle(outline: Outline, ref: Ref, to: Point, *, leaving: bool, alone: bool = False) -> Outline:
    """Move one handle of a node; the other turns with it (smooth), mirrors it (symmetric) or stays (corner).

    Args:
        outline: the outline.
        ref: the node.
        to: where the handle shall be.
        leaving: the handle towards the node after, not the one before.
        alone: leave the other handle where it is; the node becomes a corner.
    """

    def moved(subpath: Subpath, nodes: list[int]) -> Subpath:
        (node,) = nodes
        anchors, ins, outs = _arrays(subpath)
        mine, other = (outs, ins) if leaving else (ins, outs)
        kind = Kind(int(subpath.kinds[node]))
        mine[node] = to
        way = mine[node] - anchors[node]
        length, reach = math.hypot(*way), math.hypot(*(other[node] - anchors[node]))
        if alone:
            kind = Kind.CORNER
        elif kind is Kind.SYMMETRIC:
            other[node] = anchors[node] - way
        elif kind is Kind.SMOOTH and length > 0:
            other[node] = anchors[node] - way * (reach / length)
        kinds = subpath.kinds.copy()
        kinds[node] = kind
        return Subpath(anchors, ins, outs, subpath.closed, kinds)

    return _each(outline, [ref], moved)


def bend(outline: Outline, subpath: int, segment: int, t: float, way: Point) -> Outline:
    """Move the place ``t`` of a segment by ``way``, with the least movement of its two handles that does so.

    The other handles of smooth nodes at its ends stay in line; a straight line becomes a curve.
    """
    old = outline[subpath]
    anchors, ins, outs = _arrays(old)
    after = (segment + 1) % len(old)
    held = min(max(t, _MIDDLE), 1 - _MIDDLE)
    if old.is_straight(segment):
        outs[segment] += (anchors[after] - anchors[segment]) / 3
        ins[after] += (anchors[segment] - anchors[after]) / 3
    first, second = 3 * held * (1 - held) ** 2, 3 * held**2 * (1 - held)
    step = np.array(way) / (first**2 + second**2)
    outs[segment] += first * step
    ins[after] += second * step
    bent = replace(old, anchors=anchors, ins=ins, outs=outs)
    changed = (*outline[:subpath], bent, *outline[subpath + 1 :])
    # Each end's kind says what its other handle does.
    changed = move_handle(changed, (subpath, segment), _pair(outs[segment]), leaving=True)
    return move_handle(changed, (subpath, after), _pair(ins[after]), leaving=False)


def insert_node(outline: Outline, subpath: int, segment: int, t: float) -> tuple[Outline, Ref]:
    """Put a node onto a segment at ``t``, 0 to 1, so that the outline stays what it is (de Casteljau).

    Returns:
        The outline, and the new node.
    """
    old = outline[subpath]
    left, right = split(old.segments[segment], t)
    anchors, ins, outs = _arrays(old)
    kinds = old.kinds.copy()
    after = (segment + 1) % len(old)
    straight = old.is_straight(segment)
    if straight:
        left[2] = right[1] = left[3]
    else:
        outs[segment], ins[after] = left[1], right[2]
        for node in (segment, after):
            kinds[node] = min(kinds[node], Kind.SMOOTH)  # handles that were equally long no longer are
    place = segment + 1
    made = Subpath(
        np.insert(anchors, place, left[3], axis=0),
        np.insert(ins, place, left[2], axis=0),
        np.insert(outs, place, right[1], axis=0),
        old.closed,
        np.insert(kinds, place, Kind.CORNER if straight else Kind.SMOOTH),
    )
    return (*outline[:subpath], made, *outline[subpath + 1 :]), (subpath, place)


def delete_nodes(outline: Outline, refs: Collection[Ref]) -> Outline:
    """Take nodes out; where they were, one curve stays as near to the old line as it can, or one straight line.

    An open subpath ends earlier when its ends are taken out. A subpath of which fewer than two nodes are left is gone.
    """
    gone = _by_subpath(refs)
    kept = [
        _without(subpath, np.isin(np.arange(len(subpath)), gone[number])) if number in gone else subpath
        for number, subpath in enumerate(outline)
    ]
    return tuple(subpath for subpath in kept if subpath is not None)


def _without(subpath: Subpath, gone: NDArray[np.bool_]) -> Subpath | None:
    left = np.flatnonzero(~gone)
    if len(left) < 2:
        return None
    anchors, ins, outs = _arrays(subpath)
    kinds = subpath.kinds.copy()
    curves = subpath.segments
    pairs = list(pairwise(left.tolist()))
    if subpath.closed:
        pairs.append((int(left[-1]), int(left[0])))
    for start, end in pairs:
        count = (end - start) % len(subpath)
        if count == 1:
            continue
        run = curves[np.arange(start, start + count) % len(subpath)]
        first, second = _refitted(run)
        outs[start], ins[end] = first, second
        kinds[[start, end]] = np.minimum(kinds[[start, end]], Kind.SMOOTH)
    if not subpath.closed:
        ins[left[0]], outs[left[-1]] = anchors[left[0]], anchors[left[-1]]
        kinds[[left[0], left[-1]]] = Kind.CORNER
    return Subpath(anchors[left], ins[left], outs[left], subpath.closed, kinds[left])


def _refitted(run: Floats) -> tuple[Floats, Floats]:
    """Return the two handles of the one curve in a run's place."""
    straight = (run[:, 0] == run[:, 1]).all(axis=1) & (run[:, 2] == run[:, 3]).all(axis=1)
    points = distinct(sampled(run, _SAMPLES)[:, :-1].reshape(-1, 2))
    points = distinct(np.concatenate([points, run[-1:, 3]]))
    if straight.all() or len(points) < 3:
        return run[0, 0], run[-1, 3]
    start = next(way for way in _ways(run[0, 1:], run[0, 0]))
    end = next(way for way in _ways(run[-1, 2::-1], run[-1, 3]))
    curve = fit_cubic(points, start, end)
    return curve[1], curve[2]


def _ways(points: Floats, start: Floats) -> Iterator[Floats]:
    """Yield unit vectors from ``start`` to the points that lie elsewhere, and any at last."""
    for point in points:
        length = math.hypot(*(point - start))
        if length > 1e-9:
            yield (point - start) / length
    yield np.array([1.0, 0.0])


def make_corners(outline: Outline, refs: Iterable[Ref]) -> Outline:
    """Retract the handles of nodes: lines meet in them at any angle."""

    def cornered(subpath: Subpath, nodes: list[int]) -> Subpath:
        anchors, ins, outs = _arrays(subpath)
        kinds = subpath.kinds.copy()
        ins[nodes], outs[nodes] = anchors[nodes], anchors[nodes]
        kinds[nodes] = Kind.CORNER
        return Subpath(anchors, ins, outs, subpath.closed, kinds)

    return _each(outline, refs, cornered)


def make_smooth(outline: Outline, refs: Iterable[Ref], *, symmetric: bool = False) -> Outline:
    """Bring the handles of nodes into one line; a node without handles gets some, along the line past its neighbours.

    The ends of open subpaths have one side only and stay as they are.

    Args:
        outline: the outline.
        refs: which nodes.
        symmetric: make both handles equally long, too.
    """
    kind = Kind.SYMMETRIC if symmetric else Kind.SMOOTH

    def smoothed(subpath: Subpath, nodes: list[int]) -> Subpath:
        anchors, ins, outs = _arrays(subpath)
        kinds = subpath.kinds.copy()
        for node in nodes:
            if not subpath.closed and node in {0, len(subpath) - 1}:
                continue
            handles = _in_line(subpath, node, symmetric=symmetric)
            if handles is not None:
                ins[node], outs[node] = handles
                kinds[node] = kind
        return Subpath(anchors, ins, outs, subpath.closed, kinds)

    return _each(outline, refs, smoothed)


def _in_line(subpath: Subpath, node: int, *, symmetric: bool) -> tuple[Floats, Floats] | None:
    """Return both handles of a node in one line, or None where no direction makes sense."""
    here = subpath.anchors[node]
    back, forth = subpath.ins[node] - here, subpath.outs[node] - here
    before, after = subpath.anchors[node - 1] - here, subpath.anchors[(node + 1) % len(subpath)] - here
    lengths = [math.hypot(*back), math.hypot(*forth)]
    if not any(lengths):
        line = after - before
    elif all(lengths):
        line = forth / lengths[1] - back / lengths[0]
    else:
        line = forth - back
    if math.hypot(*line) < 1e-9:  # handles on one another, or neighbours in one place
        chord = after - before if any(after - before) else after
        line = np.array([-chord[1], chord[0]])
    length = math.hypot(*line)
    if length < 1e-9:
        return None
    reaches = [own or math.hypot(*way) / 3 for own, way in zip(lengths, (before, after), strict=True)]
    if symmetric:
        reaches = [sum(reaches) / 2] * 2
    return here - line * (reaches[0] / length), here + line * (reaches[1] / length)


def break_at(outline: Outline, refs: Collection[Ref]) -> Outline:
    """Break the line in nodes: each becomes two ends in one place; the ends of open subpaths are ends already."""
    broken = _by_subpath(refs)
    made: list[Subpath] = []
    for number, subpath in enumerate(outline):
        made += _broken(subpath, sorted(broken[number])) if number in broken else [subpath]
    return tuple(made)


def _broken(subpath: Subpath, nodes: list[int]) -> list[Subpath]:
    count = len(subpath)
    if subpath.closed:
        stops = [*nodes, nodes[0] + count]
    else:
        stops = [0, *(node for node in nodes if 0 < node < count - 1), count - 1]
        if len(stops) == 2:
            return [subpath]
    return [_taken(subpath, np.arange(start, end + 1) % count) for start, end in pairwise(stops)]


def _taken(subpath: Subpath, nodes: NDArray[np.intp]) -> Subpath:
    """Return an open subpath of some nodes in a row; its two ends have a handle on one side only."""
    anchors, ins, outs = subpath.anchors[nodes], subpath.ins[nodes], subpath.outs[nodes]
    kinds = subpath.kinds[nodes]
    ins[0], outs[-1] = anchors[0], anchors[-1]
    kinds[0] = kinds[-1] = Kind.CORNER
    return Subpath(anchors, ins, outs, False, kinds)


def closed(outline: Outline) -> Outline:
    """Close every open subpath by a line from its end to its start; where both are one place, they become one node."""
    return tuple(subpath if subpath.closed or len(subpath) < 2 else _closed(subpath) for subpath in outline)


def _closed(subpath: Subpath) -> Subpath:
    anchors, ins, outs = _arrays(subpath)
    if len(subpath) > 2 and np.array_equal(anchors[0], anchors[-1]):
        ins[0] = ins[-1]
        return Subpath(anchors[:-1], ins[:-1], outs[:-1], True)
    return Subpath(anchors, ins, outs, True, subpath.kinds)


def _arrays(subpath: Subpath) -> tuple[Floats, Floats, Floats]:
    """Return anchors and handles to write on."""
    return subpath.anchors.copy(), subpath.ins.copy(), subpath.outs.copy()


def _pair(point: Floats) -> Point:
    return float(point[0]), float(point[1])


def _by_subpath(refs: Iterable[Ref]) -> dict[int, list[int]]:
    return {number: [node for _, node in nodes] for number, nodes in groupby(sorted(set(refs)), key=lambda ref: ref[0])}


def _each(outline: Outline, refs: Iterable[Ref], edit: _Edit) -> Outline:
    """Return the outline with ``edit`` made to the subpaths that hold nodes of ``refs``."""
    changed = list(outline)
    for number, nodes in _by_subpath(refs).items():
        changed[number] = edit(outline[number], nodes)
    return tuple(changed)
