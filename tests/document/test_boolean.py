from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QTransform

from tests.document import strategies
from zestdesk.document.bezier import points_at
from zestdesk.document.boolean import Operation, combined
from zestdesk.document.layers import ShapeLayer, shape_path
from zestdesk.document.masks import rasterise
from zestdesk.document.nodes import nodes_of
from zestdesk.errors import UserError

Flags = NDArray[np.bool_]
CANVAS = (180, 180)  # all that the strategies draw, moved by 60
SIZE = (360, 360)
OF_SETS: dict[Operation, Callable[[Flags, Flags], Flags]] = {
    "union": np.logical_or,
    "difference": lambda one, other: one & ~other,
    "intersection": np.logical_and,
    "exclusion": np.logical_xor,
}


def _rect(x: float, y: float, width: float, height: float) -> QPainterPath:
    return shape_path("rectangle", QRectF(x, y, width, height))


def _disc(x: float, y: float, radius: float) -> QPainterPath:
    return shape_path("ellipse", QRectF(x - radius, y - radius, 2 * radius, 2 * radius))


def _polygon(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(*point)
    path.closeSubpath()
    return path


def _area(path: QPainterPath) -> float:
    """Return what loops enclose that do not cross: their areas, with holes running the other way round."""
    total = 0.0
    for subpath in nodes_of(path):
        points = points_at(subpath.segments, np.linspace(0, 1, 65)[:-1]).reshape(-1, 2)
        after = np.roll(points, -1, axis=0)
        total += float((points[:, 0] * after[:, 1] - points[:, 1] * after[:, 0]).sum()) / 2
    return abs(total)


def _nodes(path: QPainterPath) -> int:
    return sum(len(subpath) for subpath in nodes_of(path))


def _covered(path: QPainterPath) -> Flags:
    return rasterise(ShapeLayer(path=path.translated(60, 60)), CANVAS, SIZE) > 0.5


def _wrong(expected: Flags, found: Flags) -> int:
    """Return how many pixels differ away from edges; at an edge, the painter may round either way."""
    around = np.pad(expected, 1, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(around, (3, 3))
    inner = windows.all(axis=(2, 3)) | ~windows.any(axis=(2, 3))
    return int(((expected != found) & inner).sum())


@st.composite
def areas(draw: st.DrawFn) -> QPainterPath:
    """Any shape, or one on the pixel grid, whose edges often lie on those of others."""
    if draw(st.booleans()):
        return draw(strategies.shape_layers()).path
    whole = st.integers(0, 8).map(lambda number: 10.0 * number)
    kind = draw(st.sampled_from(["rectangle", "ellipse", "polygon"]))
    if kind == "polygon":
        return _polygon(*draw(st.lists(st.tuples(whole, whole), min_size=3, max_size=6)))
    side = st.integers(1, 8).map(lambda number: 10.0 * number)
    return shape_path(kind, QRectF(draw(whole), draw(whole), draw(side), draw(side)))


@pytest.mark.parametrize("operation", OF_SETS)
@settings(max_examples=20)
@given(one=areas(), other=areas())
def test_the_area_is_what_the_operation_says(operation: Operation, one: QPainterPath, other: QPainterPath) -> None:
    result = combined([one, other], operation)
    expected = OF_SETS[operation](_covered(one), _covered(other))
    assert _wrong(expected, _covered(result)) <= 4  # tips that are thinner than a pixel


@settings(max_examples=10)
@given(st.lists(areas(), min_size=3, max_size=5))
def test_several_areas_at_once(them: list[QPainterPath]) -> None:
    masks = [_covered(path) for path in them]
    for operation, expected in (
        ("union", np.any(masks, axis=0)),
        ("intersection", np.all(masks, axis=0)),
        ("difference", masks[0] & ~np.any(masks[1:], axis=0)),
        ("exclusion", np.sum(masks, axis=0) % 2 == 1),
    ):
        assert _wrong(expected, _covered(combined(them, operation))) <= 6


grid_boxes = st.builds(QRectF, *[st.integers(0, 12)] * 2, *[st.integers(1, 12)] * 2)


@given(grid_boxes, grid_boxes)
def test_rectangles_on_the_grid_are_exact(one: QRectF, other: QRectF) -> None:
    paths = [_rect(*one.getRect()), _rect(*other.getRect())]
    common = one.intersected(other)
    shared = common.width() * common.height()
    sizes = [box.width() * box.height() for box in (one, other)]
    assert _area(combined(paths, "union")) == sum(sizes) - shared
    assert _area(combined(paths, "intersection")) == shared
    assert _area(combined(paths, "difference")) == sizes[0] - shared
    assert _area(combined(paths, "exclusion")) == pytest.approx(sum(sizes) - 2 * shared)


class TestCurves:
    def test_they_stay_curves_and_untouched_nodes_stay_exactly(self) -> None:
        disc = _disc(50.1, 50.3, 30.7)
        result = combined([disc, _rect(50.1, 0, 100, 100)], "difference")
        (half,) = nodes_of(result)
        assert len(half) == 3
        before = {tuple(anchor) for subpath in nodes_of(disc) for anchor in subpath.anchors}
        assert {tuple(anchor) for anchor in half.anchors} <= before
        assert _area(result) == pytest.approx(np.pi * 30.7**2 / 2, rel=1e-3)

    def test_a_cut_lies_on_the_curve(self) -> None:
        result = combined([_disc(50, 50, 30), _rect(63, 0, 100, 100)], "difference")
        (cut,) = nodes_of(result)
        ends = [tuple(anchor) for anchor in cut.anchors if anchor[0] == 63]
        assert len(ends) == 2
        for _, y in ends:
            assert abs(y - 50) == pytest.approx(np.sqrt(30**2 - 13**2), abs=0.02)  # four cubics are no circle

    def test_the_same_area_twice(self) -> None:
        for path in (_disc(20, 30, 17.3), _rect(1, 2, 3, 4), _polygon((0, 0), (30, 5), (11, 40))):
            assert _nodes(combined([path, path], "union")) == _nodes(path)
            assert _area(combined([path, path], "intersection")) == pytest.approx(_area(path))
            assert combined([path, path], "difference").isEmpty()
            assert combined([path, path], "exclusion").isEmpty()

    def test_what_was_cut_apart_can_be_joined_again(self) -> None:
        disc, other = _disc(40, 40, 30), _disc(60, 45, 25)
        left, common = combined([disc, other], "difference"), combined([disc, other], "intersection")
        whole = combined([left, common], "union")
        assert _area(whole) == pytest.approx(_area(disc), abs=0.05)
        assert len(nodes_of(whole)) == 1
        assert _nodes(whole) <= _nodes(disc) + 2
        assert _area(combined([whole, left], "difference")) == pytest.approx(_area(common), abs=0.05)
        assert _area(combined([left, common], "intersection")) < 0.05

    def test_mirrored_copies_run_along_one_another(self) -> None:
        disc = _disc(40, 40, 30)
        mirrored = QTransform(-1, 0, 0, 1, 80, 0).map(disc)
        assert _area(combined([disc, mirrored], "exclusion")) < 0.05
        assert _nodes(combined([disc, mirrored], "union")) <= _nodes(disc) + 1


class TestNodes:
    def test_neighbours_become_one_without_needless_nodes(self) -> None:
        result = combined([_rect(0, 0, 10, 10), _rect(10, 0, 10, 10)], "union")
        assert _nodes(result) == 4
        assert result.boundingRect() == QRectF(0, 0, 20, 10)

    def test_a_hole_is_a_loop_of_its_own(self) -> None:
        result = combined([_rect(0, 0, 30, 30), _rect(10, 10, 10, 10)], "difference")
        assert len(nodes_of(result)) == 2
        assert _area(result) == 800
        assert result.fillRule() == Qt.FillRule.OddEvenFill
        assert not result.contains(QPointF(15, 15))

    def test_corners_that_touch_stay_two_loops(self) -> None:
        result = combined([_rect(0, 0, 10, 10), _rect(10, 10, 10, 10)], "union")
        assert len(nodes_of(result)) == 2
        assert _nodes(result) == 8

    def test_every_loop_is_closed(self) -> None:
        open_line = QPainterPath(QPointF(0, 0))
        open_line.lineTo(20, 0)
        open_line.lineTo(20, 20)
        result = combined([open_line, _rect(0, 0, 5, 5)], "union")
        assert all(subpath.closed for subpath in nodes_of(result))
        assert _area(result) == 200 + 12.5


class TestFillRule:
    def test_areas_are_filled_by_the_odd_even_rule_whatever_the_path_says(self) -> None:
        star = _polygon((50, 0), (80, 95), (2, 36), (98, 36), (20, 95))
        odd_even = combined([star, _rect(0, 0, 1, 1)], "difference")
        star.setFillRule(Qt.FillRule.WindingFill)
        winding = combined([star, _rect(0, 0, 1, 1)], "difference")
        assert _area(winding) == pytest.approx(_area(odd_even))
        assert not winding.contains(QPointF(50, 50))

    def test_crossing_lines_are_resolved(self) -> None:
        bow = _polygon((0, 0), (20, 20), (20, 0), (0, 20))
        result = combined([bow], "union")
        assert _area(result) == 200
        assert len(nodes_of(result)) == 2


class TestBadInput:
    @pytest.mark.parametrize("operation", OF_SETS)
    def test_nothing_at_all(self, operation: Operation) -> None:
        line = QPainterPath(QPointF(5, 5))
        line.lineTo(9, 9)
        for empty in (QPainterPath(), QPainterPath(QPointF(3, 3)), line, _rect(1, 1, 0, 5)):
            assert combined([empty, empty], operation).isEmpty()
            expected = 0 if operation == "intersection" else 16
            assert _area(combined([_rect(0, 0, 4, 4), empty], operation)) == expected

    def test_what_is_apart(self) -> None:
        apart = [_rect(0, 0, 10, 10), _rect(50, 50, 10, 10)]
        assert combined(apart, "intersection").isEmpty()
        assert _area(combined(apart, "difference")) == 100
        assert _area(combined(apart, "union")) == 200

    def test_far_away_and_large(self) -> None:
        big = [_rect(-1e6, -1e6, 2e6, 2e6), _rect(0, 0, 1e6, 1e6)]
        assert _area(combined(big, "difference")) == pytest.approx(3e12)
        assert _area(combined([_rect(1e6 - 20, 0, 10, 10), _rect(1e6 - 15, 0, 10, 10)], "union")) == 150

    def test_too_much_is_said_and_not_waited_for(self) -> None:
        random = np.random.default_rng(0)
        scrawl = _polygon(*map(tuple, random.uniform(0, 1000, (2000, 2)).tolist()))
        with pytest.raises(UserError, match="too intricate"):
            combined([scrawl, _rect(0, 0, 500, 500)], "union")

    def test_thousands_of_nodes_are_no_trouble(self) -> None:
        angles = np.linspace(0, 2 * np.pi, 10_000, endpoint=False)
        radius = 200 + 20 * np.sin(100 * angles)
        points: list[Any] = np.stack([radius * np.cos(angles), radius * np.sin(angles)], -1).tolist()
        result = combined([_polygon(*map(tuple, points)), _rect(-300, 0, 600, 300)], "difference")
        assert _area(result) == pytest.approx(np.pi * (200**2 + 20**2 / 2) / 2, rel=1e-3)
        assert _nodes(result) == pytest.approx(5000, abs=10)
