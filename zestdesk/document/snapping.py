"""Snapping: where a point or a box goes when it comes close to a line, and which lines it then lies on."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF

from zestdesk.document.guides import MAX_GUIDE_POSITION, Guide, Orientation

__all__ = ["Snap", "SnapLine", "Target", "Targets", "find_targets", "snap"]

_SAME: Final = 1e-6  # canvas pixels: lines as close as this are one


class Target(NamedTuple):
    """A line that things snap to.

    Attributes:
        position: x of an upright line, y of a level one, in canvas pixels.
        start: where what it belongs to begins along the line.
        end: where it ends.
    """

    position: float
    start: float
    end: float


class SnapLine(NamedTuple):
    """A line to show while something lies on it.

    Attributes:
        orientation: how it runs.
        position: x of a vertical line, y of a horizontal one.
        start: from there.
        end: to there.
    """

    orientation: Orientation
    position: float
    start: float
    end: float


class Snap(NamedTuple):
    """What snapping finds.

    Attributes:
        way: how far to move what was given; zero along an axis on which nothing is near.
        lines: what it lies on then.
    """

    way: QPointF
    lines: tuple[SnapLine, ...]


@dataclass(frozen=True, slots=True)
class Targets:
    """Everything that can be snapped to.

    Attributes:
        upright: vertical lines, by rising position.
        level: horizontal lines, by rising position.
        grid: distance of the grid's lines from each other, both ways from the origin; 0 for no grid.
    """

    upright: tuple[Target, ...] = ()
    level: tuple[Target, ...] = ()
    grid: float = 0.0


def find_targets(
    *,
    boxes: Iterable[QRectF] = (),
    guides: Iterable[Guide] = (),
    grid: float = 0.0,
) -> Targets:
    """Return the lines of boxes (edges and centres), of guides and of a grid.

    Args:
        boxes: the bounds of layers, and the canvas.
        guides: lines of their own.
        grid: distance of the grid's lines; 0 for none.
    """
    upright: list[Target] = []
    level: list[Target] = []
    for box in boxes:
        upright += (Target(x, box.top(), box.bottom()) for x in _marks(box.left(), box.right()))
        level += (Target(y, box.left(), box.right()) for y in _marks(box.top(), box.bottom()))
    for guide in guides:
        line = Target(guide.position, -MAX_GUIDE_POSITION, MAX_GUIDE_POSITION)
        (upright if guide.orientation == "vertical" else level).append(line)
    return Targets(tuple(sorted(upright)), tuple(sorted(level)), grid)


def snap(
    what: QRectF,
    targets: Targets,
    tolerance: float,
    *,
    sideways: bool = True,
    upwards: bool = True,
) -> Snap:
    """Return how to move a box so that an edge or its centre comes to lie on a line.

    On each axis by itself the nearest line within ``tolerance`` is taken. The grid attracts edges only, for a centre
    that is on it would hold the edges off.

    Args:
        what: the box; one without size is a point.
        targets: what there is to snap to.
        tolerance: how near is near, in canvas pixels.
        sideways: whether it may move to the left and to the right.
        upwards: whether it may move up and down.
    """
    right = _step(what.left(), what.right(), targets.upright, targets.grid, tolerance) if sideways else None
    down = _step(what.top(), what.bottom(), targets.level, targets.grid, tolerance) if upwards else None
    way = QPointF(right or 0.0, down or 0.0)
    there = what.translated(way)
    lines: list[SnapLine] = []
    if right is not None:
        lines += _lines("vertical", there.left(), there.right(), there.top(), there.bottom(), targets)
    if down is not None:
        lines += _lines("horizontal", there.top(), there.bottom(), there.left(), there.right(), targets)
    return Snap(way, tuple(lines))


def _marks(low: float, high: float) -> tuple[float, ...]:
    """Return what of a span takes part: both ends and the middle; of a point the point."""
    return (low,) if low == high else (low, (low + high) / 2, high)


def _step(low: float, high: float, targets: tuple[Target, ...], grid: float, tolerance: float) -> float | None:
    """Return the shortest way of a span to a line, or None where none is near enough."""
    steps = [_near(mark, targets) for mark in _marks(low, high)]
    if grid > 0:
        steps += [round(mark / grid) * grid - mark for mark in {low, high}]
    best = min(steps, key=abs, default=math.inf)
    return best if abs(best) <= tolerance else None


def _near(mark: float, targets: tuple[Target, ...]) -> float:
    """Return the way to the nearest line; infinite where there is none."""
    index = bisect_left(targets, (mark,))
    return min((line.position - mark for line in targets[max(index - 1, 0) : index + 1]), key=abs, default=math.inf)


def _lines(
    orientation: Orientation, low: float, high: float, start: float, end: float, targets: Targets
) -> Iterator[SnapLine]:
    """Yield the lines on which a span lies, each as long as everything that lies on it."""
    known = targets.upright if orientation == "vertical" else targets.level
    for mark in _marks(low, high):
        on_it = list(_at(mark, known))
        on_grid = targets.grid > 0 and abs(round(mark / targets.grid) * targets.grid - mark) <= _SAME
        if on_it or (on_grid and mark in (low, high)):
            first = min((line.start for line in on_it), default=start)
            last = max((line.end for line in on_it), default=end)
            yield SnapLine(orientation, mark, min(first, start), max(last, end))


def _at(mark: float, targets: tuple[Target, ...]) -> Iterator[Target]:
    for line in targets[bisect_left(targets, (mark - _SAME,)) :]:
        if line.position > mark + _SAME:
            return
        yield line
