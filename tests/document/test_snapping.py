"""Snapping: never farther than it may, always to the nearest, onto a line for certain; shown lines are true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from tests.document.strategies import guides
from zestdesk.document.guides import Guide
from zestdesk.document.snapping import SnapLine, Targets, find_targets, snap

numbers = st.floats(-500, 500, width=32) | st.integers(-60, 60).map(float)
sides = st.just(0.0) | st.floats(0.5, 200, width=32) | st.integers(1, 60).map(float)
boxes = st.builds(QRectF, numbers, numbers, sides, sides)
grids = st.just(0.0) | st.floats(1, 64, width=32)
targets = st.builds(
    lambda some, lines, grid: find_targets(boxes=some, guides=lines, grid=grid),
    st.lists(boxes, max_size=4),
    st.lists(guides(), max_size=4),
    grids,
)
tolerances = st.floats(0, 12)
CLOSE = 1e-4


def marks(low: float, high: float) -> set[float]:
    return {low, (low + high) / 2, high}


def distances(low: float, high: float, lines: list[float], grid: float) -> list[float]:
    """Return how far each mark of a span is from each line, found by looking at all of them."""
    found = [abs(line - mark) for line in lines for mark in marks(low, high)]
    if grid:
        found += [abs(round(mark / grid) * grid - mark) for mark in (low, high)]
    return found


@given(boxes, targets, tolerances)
def test_each_axis_goes_to_its_nearest_line_or_stays(what: QRectF, known: Targets, tolerance: float) -> None:
    way = snap(what, known, tolerance).way
    for step, low, high, lines in (
        (way.x(), what.left(), what.right(), [line.position for line in known.upright]),
        (way.y(), what.top(), what.bottom(), [line.position for line in known.level]),
    ):
        nearest = min(distances(low, high, lines, known.grid), default=1e9)
        assert abs(step) == pytest.approx(nearest if nearest <= tolerance else 0.0, abs=CLOSE)


@given(boxes, targets, tolerances)
def test_what_has_snapped_stays(what: QRectF, known: Targets, tolerance: float) -> None:
    there = what.translated(snap(what, known, tolerance).way)
    again = snap(there, known, tolerance).way
    assert abs(again.x()) <= CLOSE
    assert abs(again.y()) <= CLOSE


@given(boxes, targets, tolerances)
def test_every_line_that_is_shown_goes_through_the_box(what: QRectF, known: Targets, tolerance: float) -> None:
    found = snap(what, known, tolerance)
    there = what.translated(found.way)
    for line in found.lines:
        upright = line.orientation == "vertical"
        across = marks(there.left(), there.right()) if upright else marks(there.top(), there.bottom())
        low, high = (there.top(), there.bottom()) if upright else (there.left(), there.right())
        assert min(abs(line.position - mark) for mark in across) <= CLOSE
        assert line.start <= low + CLOSE
        assert line.end >= high - CLOSE


@given(boxes, targets, tolerances, st.booleans())
def test_an_axis_that_may_not_move_does_not(what: QRectF, known: Targets, tolerance: float, sideways: bool) -> None:
    both = snap(what, known, tolerance)
    one = snap(what, known, tolerance, sideways=sideways, upwards=not sideways)
    assert one.way == (QPointF(both.way.x(), 0) if sideways else QPointF(0, both.way.y()))
    kept = "vertical" if sideways else "horizontal"
    assert {line.orientation for line in one.lines} <= {kept}
    assert [each.position for each in one.lines] == [each.position for each in both.lines if each.orientation == kept]


def test_without_targets_nothing_moves() -> None:
    assert snap(QRectF(1, 2, 3, 4), find_targets(), 100) == (QPointF(), ())


def test_edges_and_centre_of_a_box_attract_edges_and_centres() -> None:
    known = find_targets(boxes=[QRectF(100, 0, 100, 50)])
    assert snap(QRectF(97, 80, 40, 10), known, 5).way == QPointF(3, 0)  # left to left
    assert snap(QRectF(163, 80, 40, 10), known, 5).way == QPointF(-3, 0)  # right to right
    assert snap(QRectF(201, 80, 40, 10), known, 5).way == QPointF(-1, 0)  # left to right
    assert snap(QRectF(132, 80, 40, 10), known, 5).way == QPointF(-2, 0)  # centre to centre


def test_a_line_spans_both_that_lie_on_it() -> None:
    known = find_targets(boxes=[QRectF(100, 0, 100, 50)])
    assert snap(QRectF(98, 80, 30, 10), known, 5).lines == (SnapLine("vertical", 100, 0, 90),)


def test_boxes_of_the_same_width_share_three_lines() -> None:
    known = find_targets(boxes=[QRectF(100, 0, 100, 50)])
    assert [line.position for line in snap(QRectF(101, 80, 100, 10), known, 5).lines] == [100, 150, 200]


def test_the_grid_attracts_edges_and_not_the_centre() -> None:
    known = find_targets(grid=10)
    assert snap(QRectF(1, 2, 30, 24), known, 5).way == QPointF(-1, -2)
    assert snap(QRectF(1, 3, 18, 14), known, 0.5).way == QPointF()  # the centre is on the grid


def test_the_nearer_of_guide_and_grid_wins() -> None:
    known = find_targets(grid=10, guides=[Guide("vertical", 13)])
    assert snap(QRectF(12, 0, 0, 0), known, 5).way.x() == 1
    assert snap(QRectF(11, 0, 0, 0), known, 5).way.x() == -1


def test_a_point_snaps_by_itself() -> None:
    known = find_targets(boxes=[QRectF(0, 0, 512, 512)])
    assert snap(QRectF(254, 509, 0, 0), known, 4).way == QPointF(2, 3)
