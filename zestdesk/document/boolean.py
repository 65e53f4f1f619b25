"""Union, difference, intersection and exclusion of outlines, which keep their curves.

Curves are followed by short chords, each of which remembers its curve and where on it it begins and ends. Chords are
cut where they meet (:mod:`zestdesk.document.planar`); of what is left, those pieces stay that have the result on one
side only. They are joined to loops, and neighbours on one curve become one curve again, cut to size by de Casteljau's
construction. Which loops pieces are joined to makes no difference to the odd-even rule: the area is right however
often outlines touch.
"""

import math
from collections.abc import Callable, Sequence
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainterPath

from zestdesk.document.bezier import Floats, points_at, split
from zestdesk.document.checkpoint import checkpoint
from zestdesk.document.node_edits import closed
from zestdesk.document.nodes import Subpath, nodes_of, path_of
from zestdesk.document.planar import REACH, Pieces, cut, parities_beside
from zestdesk.document.shared_curves import Arcs, shared_arcs
from zestdesk.errors import UserError

__all__ = ["Operation", "combined"]

Operation = Literal["union", "difference", "intersection", "exclusion"]

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

_NEAR: Final = 0.005  # canvas pixels: how far a chord may lie from its curve
_FINEST: Final = 2.0**12  # grid units in a canvas pixel, at most
_MOST_CHORDS: Final = 60_000
_THIN: Final = 0.01  # canvas pixels: loops that are thinner on average are rounding's


def combined(paths: Sequence[QPainterPath], operation: Operation) -> QPainterPath:
    """Return the outline of what an operation makes of areas, filled by the odd-even rule; empty when nothing is left.

    Args:
        paths: the areas, each filled by the odd-even rule, open lines closed; for a difference, the first is what the
            others are taken from.
        operation: an exclusion is what an odd number of areas cover.

    Raises:
        UserError: the outlines are too intricate.
    """
    curves, owners = _curves_of(paths)
    if not len(curves):
        return QPainterPath()
    scale = min(_FINEST, 2.0 ** math.floor(math.log2(REACH / max(float(np.abs(curves).max()), 1.0))))
    arcs = shared_arcs(curves)
    chords = _Chords(arcs, owners, scale)
    pieces = cut(chords.ends)
    loops = _loops(pieces, chords, len(paths), operation)
    outline = [_loop_curves(loop, pieces, chords, curves, scale) for loop in loops]
    return path_of(Subpath.of_curves(each, closed=True) for each in outline if not _is_thin(each))


def _curves_of(paths: Sequence[QPainterPath]) -> tuple[Floats, NDArray[np.intp]]:
    """Return all curves, and the number of the path that each belongs to."""
    curves, owners = [np.zeros((0, 4, 2))], [np.zeros(0, np.intp)]
    for number, path in enumerate(paths):
        for subpath in closed(nodes_of(path)):
            if len(subpath) > 1 or (subpath.closed and not subpath.is_straight(0)):
                curves.append(subpath.segments)
                owners.append(np.full(len(subpath.segments), number))
    return np.concatenate(curves), np.concatenate(owners)


class _Chords:
    """The chords that follow the arcs.

    Attributes:
        ends: on the grid, shape (chords, 2, 2).
        curve: number of each one's curve.
        times: where on the curve it begins and ends, shape (chords, 2).
        owner: number of the path that it bounds.
        exact: where the ends of arcs really are, by their places on the grid.
    """

    def __init__(self, arcs: Arcs, owners: NDArray[np.intp], scale: float) -> None:
        steps = _steps(arcs.curves)
        if int(steps.sum()) > _MOST_CHORDS:
            raise UserError("These outlines are too intricate to be combined; simplify them first.")
        checkpoint()
        # All ends of all chords: one more on each arc than it has chords.
        arc = np.repeat(np.arange(len(steps)), steps + 1)
        first = np.cumsum(steps + 1) - steps - 1
        last = first + steps
        even = (np.arange(len(arc)) - first[arc]) / steps[arc]
        along = np.where(arcs.reverse[arc], 1.0 - even, even)
        points = points_at(arcs.curves[arc], along[:, None])[:, 0]
        turned = arcs.reverse[:, None]
        points[first] = np.where(turned, arcs.curves[:, 3], arcs.curves[:, 0])
        points[last] = np.where(turned, arcs.curves[:, 0], arcs.curves[:, 3])
        grid = np.rint(points * scale).astype(np.int64)
        outer = np.stack([first, last], 1).ravel()
        self.exact: dict[tuple[int, int], Floats] = {}
        for (x, y), point in zip(grid[outer].tolist(), points[outer], strict=True):
            self.exact.setdefault((x, y), point)
        at = arcs.times[arc, 0] + (arcs.times[arc, 1] - arcs.times[arc, 0]) * even
        begins = np.delete(np.arange(len(arc)), last)
        begins = begins[(grid[begins] != grid[begins + 1]).any(axis=1)]
        self.ends = np.stack([grid[begins], grid[begins + 1]], 1)
        self.curve = arcs.of[arc[begins]]
        self.times = np.stack([at[begins], at[begins + 1]], -1)
        self.owner = owners[self.curve]


def _steps(curves: Floats) -> NDArray[np.intp]:
    """Return into how many chords each curve is divided: one where it is straight."""
    bend = np.linalg.norm(np.diff(curves, 2, axis=1), axis=2).max(axis=1)
    steps = np.ceil(np.sqrt(0.75 * bend / _NEAR))
    straight = (curves[:, 0] == curves[:, 1]).all(axis=1) & (curves[:, 2] == curves[:, 3]).all(axis=1)
    return np.where(straight, 1, np.maximum(steps, 2)).astype(np.intp)


# From pieces to loops. A step is the number of a piece, or its complement where the piece is gone through backwards.


def _loops(pieces: Pieces, chords: _Chords, paths: int, operation: Operation) -> list[list[int]]:
    """Return the loops of pieces that bound the result, which lies at the right of each piece as seen on screen."""
    places, vertices = np.unique(pieces.ends.reshape(-1, 2), axis=0, return_inverse=True)
    vertices = vertices.reshape(-1, 2)
    sorted_ends = np.sort(vertices, axis=1)
    _, first, number = np.unique(sorted_ends, axis=0, return_index=True, return_inverse=True)
    counts = np.zeros((len(first), paths), np.intp)
    np.add.at(counts, (number.ravel(), chords.owner[pieces.of]), 1)
    parities = counts % 2 == 1
    bounding = np.flatnonzero(parities.any(axis=1))
    chosen, parities = first[bounding], parities[bounding]
    chains = _chains(vertices[chosen])
    ends = pieces.ends[chosen]
    lengths = np.abs(ends[:, 1] - ends[:, 0]).sum(axis=1).tolist()
    numbers = [[step if step >= 0 else ~step for step in chain] for chain in chains]
    longest = np.array([max(chain, key=lengths.__getitem__) for chain in numbers], np.intp)
    above = parities_beside(ends, parities, longest)
    inside = _result(above, operation), _result(above ^ parities[longest], operation)
    oriented = []
    for chain, piece, up, down in zip(chains, longest.tolist(), *inside, strict=True):
        if up != down:
            way = ends[piece, 1] - ends[piece, 0]
            # Above (or at the right, if upright) is at the left hand of a piece that leads rightwards (or down).
            rightwards = (way[0], way[1]) > (0, 0)
            forwards = (rightwards and not up) or (not rightwards and up)
            if (piece in chain) != forwards:
                chain = [~step for step in reversed(chain)]  # noqa: PLW2901
            oriented.append(chain)
    return [
        [int(chosen[step]) if step >= 0 else ~int(chosen[~step]) for step in loop]
        for loop in _joined(oriented, vertices[chosen], places)
    ]


def _result(inside: Flags, operation: Operation) -> list[bool]:
    """Return whether the result covers places, from which areas cover them, shape (places, areas)."""
    covers: Callable[[list[bool]], bool] = {
        "union": any,
        "intersection": all,
        "difference": lambda row: row[0] and not any(row[1:]),
        "exclusion": lambda row: sum(row) % 2 == 1,
    }[operation]
    return [covers(row) for row in inside.tolist()]


def _chains(vertices: NDArray[np.intp]) -> list[list[int]]:
    """Return the runs of pieces between places where more or fewer than two meet; what goes round is one run."""
    leaving: dict[int, list[int]] = {}
    for number, (start, end) in enumerate(vertices.tolist()):
        leaving.setdefault(start, []).append(number)
        leaving.setdefault(end, []).append(~number)
    used = np.zeros(len(vertices), np.bool_)
    ends = vertices.tolist()

    def run(step: int) -> list[int]:
        chain: list[int] = []
        while True:
            number = step if step >= 0 else ~step
            if used[number]:
                return chain
            used[number] = True
            chain.append(step)
            here = ends[number][1 if step >= 0 else 0]
            onward = leaving[here]
            if len(onward) != 2:
                return chain
            step = onward[0] if onward[1] == ~step else onward[1]

    junctions = [steps for steps in leaving.values() if len(steps) != 2]
    chains = [run(step) for steps in junctions for step in steps if not used[step if step >= 0 else ~step]]
    return chains + [run(number) for number in range(len(vertices)) if not used[number]]


def _joined(chains: list[list[int]], vertices: NDArray[np.intp], places: Whole) -> list[list[int]]:
    """Join chains to loops; where several leave a place, the loop turns as far to the result's side as it can."""

    def vertex(step: int, *, end: bool) -> int:
        return int(vertices[step, int(end)]) if step >= 0 else int(vertices[~step, int(not end)])

    leaving: dict[int, list[list[int]]] = {}
    for chain in chains:
        leaving.setdefault(vertex(chain[0], end=False), []).append(chain)
    loops = []
    for first in chains:
        start = vertex(first[0], end=False)
        if first not in leaving[start]:
            continue
        leaving[start].remove(first)
        loop = list(first)
        while (here := vertex(loop[-1], end=True)) != start:
            back = places[vertex(loop[-1], end=False)] - places[here]
            choices = leaving.get(here)
            if not choices:  # never on the grid; better no result than a wrong one
                raise UserError("These outlines could not be combined; move one of them a little.")
            chosen = min(choices, key=lambda chain: _turn(back, places[vertex(chain[0], end=True)] - places[here]))
            choices.remove(chosen)
            loop += chosen
        loops.append(loop)
    return loops


def _turn(back: Whole, onward: Whole) -> float:
    """Return by how much one has to turn from looking back to looking onward, anticlockwise on screen, 0 to 2 pi."""
    angle = math.atan2(float(back[1]), float(back[0])) - math.atan2(float(onward[1]), float(onward[0]))
    return angle % (2 * math.pi) or 2 * math.pi


# From loops to curves


def _loop_curves(loop: list[int], pieces: Pieces, chords: _Chords, curves: Floats, scale: float) -> Floats:
    """Return the curves of a loop, shape (curves, 4, 2)."""
    checkpoint()
    result = [
        _part(curves[curve], begin, end, _place(start, chords, scale), _place(stop, chords, scale))
        for curve, begin, end, start, stop in _runs(loop, pieces, chords)
    ]
    return np.stack(_without_needless_nodes(result))


Run = tuple[int, float, float, Whole, Whole]
"""A curve's number, where on it a run begins and ends, and these places on the grid."""


def _runs(loop: list[int], pieces: Pieces, chords: _Chords) -> list[Run]:
    """Return the parts of curves that a loop goes along, as long as can be."""
    runs: list[Run] = []
    for step in loop:
        piece = step if step >= 0 else ~step
        chord = int(pieces.of[piece])
        begin, end = chords.times[chord, 0], chords.times[chord, 1]
        times = (begin + (end - begin) * pieces.shares[piece]).tolist()
        start, stop = pieces.ends[piece]
        if step < 0:
            times, start, stop = times[::-1], stop, start
        run = (int(chords.curve[chord]), times[0], times[1], start, stop)
        if runs and _goes_on(runs[-1], run):
            runs[-1] = (run[0], runs[-1][1], run[2], runs[-1][3], run[4])
        else:
            runs.append(run)
    if len(runs) > 1 and _goes_on(runs[-1], runs[0]):
        last = runs.pop()
        runs[0] = (last[0], last[1], runs[0][2], last[3], runs[0][4])
    return runs


def _goes_on(one: Run, other: Run) -> bool:
    same = one[0] == other[0] and abs(one[2] - other[1]) < 1e-9
    return same and (one[2] - one[1]) * (other[2] - other[1]) > 0


def _place(place: Whole, chords: _Chords, scale: float) -> Floats:
    exact = chords.exact.get((int(place[0]), int(place[1])))
    return place / scale if exact is None else exact


def _part(curve: Floats, begin: float, end: float, start: Floats, stop: Floats) -> Floats:
    """Return a curve between two times, with its ends put exactly where they belong."""
    low, high = min(begin, end), max(begin, end)
    if (curve[0] == curve[1]).all() and (curve[2] == curve[3]).all():
        return np.stack([start, start, stop, stop])
    part = split(curve, high)[0] if high < 1 else curve
    part = split(part, low / high)[1] if low > 0 else part
    part = (part if begin < end else part[::-1]).copy()
    part[0], part[3] = start, stop
    return part


def _without_needless_nodes(curves: list[Floats]) -> list[Floats]:
    """Return the curves with straight lines that go on straight made one."""
    result: list[Floats] = []
    for curve in curves:
        if result and _is_straight_on(result[-1], curve):
            result[-1] = np.stack([result[-1][0], result[-1][0], curve[3], curve[3]])
        else:
            result.append(curve)
    while len(result) > 1 and _is_straight_on(result[-1], result[0]):
        last = result.pop()
        result[0] = np.stack([last[0], last[0], result[0][3], result[0][3]])
    return result


def _is_straight_on(one: Floats, other: Floats) -> bool:
    if not all((each[0] == each[1]).all() and (each[2] == each[3]).all() for each in (one, other)):
        return False
    first, second = one[3] - one[0], other[3] - other[0]
    across = first[0] * second[1] - first[1] * second[0]
    return bool(abs(across) <= 1e-9 * np.linalg.norm(first) * np.linalg.norm(second) and first @ second > 0)


def _is_thin(curves: Floats) -> bool:
    points = points_at(curves, np.linspace(0.0, 1.0, 9)[:-1]).reshape(-1, 2)
    after = np.roll(points, -1, axis=0)
    area = abs(float((points[:, 0] * after[:, 1] - points[:, 1] * after[:, 0]).sum())) / 2
    return area <= _THIN * float(np.linalg.norm(after - points, axis=1).sum()) / 2
