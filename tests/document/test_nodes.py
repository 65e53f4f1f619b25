"""The nodes of an outline, and what is done to them."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from tests.document.strategies import free_paths
from zestdesk.document.bezier import Floats, sampled
from zestdesk.document.node_edits import (
    bend,
    break_at,
    closed,
    delete_nodes,
    insert_node,
    make_corners,
    make_smooth,
    move_handle,
    move_nodes,
)
from zestdesk.document.nodes import Kind, Outline, Ref, Subpath, curves_of, nearest_point, nodes_of, path_of

coordinates = st.floats(-60, 120, width=32) | st.integers(-10, 60).map(float)
points = st.tuples(coordinates, coordinates)


@st.composite
def subpaths(draw: st.DrawFn, least: int = 1, most: int = 6) -> Subpath:
    """Nodes anywhere, some handles retracted, any kinds that handles may have."""
    anchors = draw(st.lists(points, min_size=least, max_size=most))
    handles = [[anchor if draw(st.booleans()) else draw(points) for anchor in anchors] for _ in range(2)]
    return Subpath(np.array(anchors), *map(np.array, handles), closed=draw(st.booleans()))


outlines = st.lists(subpaths(), min_size=1, max_size=3).map(tuple)


def draw_ref(data: st.DataObject, outline: Outline) -> Ref:
    number = data.draw(st.integers(0, len(outline) - 1))
    return number, data.draw(st.integers(0, len(outline[number]) - 1))


def elements(path: QPainterPath) -> list[tuple[object, float, float]]:
    every = [path.elementAt(index) for index in range(path.elementCount())]
    return [(element.type, element.x, element.y) for element in every]


def ellipse(x: float, y: float, width: float, height: float) -> Outline:
    path = QPainterPath()
    path.addEllipse(QRectF(x, y, width, height))
    return nodes_of(path)


def square(side: float = 10.0) -> Outline:
    return (Subpath.polygon([(0, 0), (side, 0), (side, side), (0, side)]),)


def line_of(outline: Outline) -> Floats:
    """Return many points of the outline."""
    return np.concatenate([sampled(subpath.segments, 64).reshape(-1, 2) for subpath in outline])


def away(these: Floats, those: Floats) -> float:
    """Return how far the farthest of these points is from the nearest of those."""
    return float(np.sqrt(np.square(these[:, None] - those[None]).sum(axis=2).min(axis=1).max()))


def angle(subpath: Subpath, node: int) -> float:
    """Return by how much a node's handles are out of line, in degrees."""
    back, forth = subpath.anchors[node] - subpath.ins[node], subpath.outs[node] - subpath.anchors[node]
    return math.degrees(abs(math.atan2(back[0] * forth[1] - back[1] * forth[0], back @ forth)))


class TestModel:
    @given(free_paths())
    def test_a_path_comes_back_to_the_last_bit(self, path: QPainterPath) -> None:
        every = elements(path)
        for at, (kind, *place) in enumerate(every):
            if kind == QPainterPath.ElementType.CurveToElement:  # one that is a straight line comes back as such
                assume(place != list(every[at - 1][1:]) or every[at + 1][1:] != every[at + 2][1:])
        assert elements(path_of(nodes_of(path))) == every

    def test_a_quadratic_curve_comes_as_a_cubic_one(self) -> None:
        path = QPainterPath()
        path.quadTo(30, 60, 90, 0)
        (subpath,) = nodes_of(path)
        assert subpath.outs[0] == pytest.approx([20, 40])
        assert subpath.ins[1] == pytest.approx([50, 40])

    @given(outlines)
    def test_an_outline_comes_back_but_for_ends_that_meet(self, outline: Outline) -> None:
        assume(not any(each.closed and len(each) == 1 and each.is_straight(0) for each in outline))
        assume(not any(not each.closed and (each.anchors[0] == each.anchors[-1]).all() for each in outline))
        again = nodes_of(path_of(outline))
        assert [elements(path_of([each])) for each in again] == [elements(path_of([each])) for each in outline]
        assert [each.closed for each in again] == [each.closed for each in outline]

    def test_nothing_is_nothing(self) -> None:
        assert nodes_of(QPainterPath()) == ()
        assert path_of([]).isEmpty()
        assert nearest_point((), QPointF()) is None

    def test_kinds_are_told_from_the_handles(self) -> None:
        assert ellipse(0, 0, 40, 20)[0].kinds.tolist() == [Kind.SYMMETRIC] * 4
        (subpath,) = square()
        assert subpath.kinds.tolist() == [Kind.CORNER] * 4
        smooth = Subpath(
            np.array([[0.0, 0], [10, 0]]), np.array([[-3.0, 0], [10, 9]]), np.array([[8.0, 0], [12, 0]]), True
        )
        assert smooth.kinds.tolist() == [Kind.SMOOTH, Kind.CORNER]

    def test_arrays_that_do_not_go_together_are_refused(self) -> None:
        one, two = np.zeros((1, 2)), np.zeros((2, 2))
        with pytest.raises(ValueError, match="as many handles"):
            Subpath(one, two, one, closed=True)
        with pytest.raises(ValueError, match="one kind a node"):
            Subpath(one, one, one, True, np.zeros(2, np.uint8))

    def test_values_are_never_changed_in_place(self) -> None:
        with pytest.raises(ValueError, match="read-only"):
            square()[0].anchors[0] = 5


class TestNearest:
    @given(outlines, points)
    def test_no_sampled_point_is_nearer(self, outline: Outline, point: tuple[float, float]) -> None:
        found = nearest_point(outline, QPointF(*point))
        if not sum(len(each.segments) for each in outline):
            assert found is None
            return
        assert found is not None
        away = np.sqrt(np.square(line_of(tuple(each for each in outline if len(each.segments))) - point).sum(axis=1))
        assert found.distance <= away.min() + 0.05
        segment = outline[found.subpath].segments[found.segment]
        there = sampled(segment[None], 1) if found.t in {0.0, 1.0} else None
        assert found.distance == pytest.approx(math.hypot(found.point.x() - point[0], found.point.y() - point[1]))
        assert there is None or any(np.allclose(end, found.point.toTuple()) for end in there[0])

    def test_on_a_square_it_is_the_foot(self) -> None:
        found = nearest_point(square(), QPointF(4, -3))
        assert found is not None
        assert (found.subpath, found.segment) == (0, 0)
        assert found.point.toTuple() == pytest.approx((4, 0), abs=1e-6)
        assert found.distance == pytest.approx(3)


class TestMoving:
    @given(st.data(), outlines, points)
    def test_nodes_move_with_their_handles_and_nothing_else_does(
        self, data: st.DataObject, outline: Outline, way: tuple[float, float]
    ) -> None:
        number, node = draw_ref(data, outline)
        moved = move_nodes(outline, [(number, node)], way)
        for name in ("anchors", "ins", "outs"):
            before = getattr(outline[number], name).copy()
            before[node] += way
            np.testing.assert_array_equal(getattr(moved[number], name), before)
        others = [index for index in range(len(outline)) if index != number]
        assert all(moved[index] is outline[index] for index in others)

    def test_the_other_handle_of_a_smooth_node_keeps_its_length(self) -> None:
        (subpath,) = make_smooth(square(), [(0, 1)])
        reach = math.hypot(*(subpath.ins[1] - subpath.anchors[1]))
        (turned,) = move_handle((subpath,), (0, 1), (25, 3), leaving=True)
        assert turned.outs[1].tolist() == [25, 3]
        assert math.hypot(*(turned.ins[1] - turned.anchors[1])) == pytest.approx(reach)
        assert angle(turned, 1) < 1e-6

    def test_the_other_handle_of_a_symmetric_node_is_its_mirror(self) -> None:
        (turned,) = move_handle(ellipse(0, 0, 20, 20), (0, 0), (31, 7), leaving=False)
        assert turned.outs[0] == pytest.approx(2 * turned.anchors[0] - [31, 7])

    def test_the_other_handle_of_a_corner_stays(self) -> None:
        before = square()[0]
        (turned,) = move_handle((before,), (0, 2), (3, 3), leaving=True)
        assert turned.ins[2].tolist() == before.ins[2].tolist()

    def test_a_handle_that_moves_alone_makes_a_corner(self) -> None:
        before = ellipse(0, 0, 20, 20)
        (turned,) = move_handle(before, (0, 0), (31, 7), leaving=True, alone=True)
        assert turned.ins[0].tolist() == before[0].ins[0].tolist()
        assert turned.kinds[0] == Kind.CORNER

    @given(subpaths(least=2), st.data(), st.floats(0.2, 0.8), points)
    def test_a_bent_segment_follows_the_pointer(
        self, subpath: Subpath, data: st.DataObject, t: float, way: tuple[float, float]
    ) -> None:
        assume(len(subpath.segments))
        corners = Subpath(subpath.anchors, subpath.ins, subpath.outs, subpath.closed, np.zeros(len(subpath), np.uint8))
        segment = data.draw(st.integers(0, len(subpath.segments) - 1))
        (after,) = bend((corners,), 0, segment, t, way)
        s = 1 - t
        weights = np.array([s**3, 3 * s * s * t, 3 * s * t * t, t**3])
        before = corners.segments[segment]
        if corners.is_straight(segment):
            before = np.stack([before[0], (2 * before[0] + before[3]) / 3, (before[0] + 2 * before[3]) / 3, before[3]])
        assert weights @ after.segments[segment] == pytest.approx(weights @ before + way, abs=1e-3)
        np.testing.assert_array_equal(after.anchors, corners.anchors)

    def test_bending_keeps_smooth_nodes_smooth(self) -> None:
        (bent,) = bend(ellipse(0, 0, 40, 20), 0, 1, 0.4, (6, -9))
        assert max(angle(bent, node) for node in range(4)) < 1e-6


class TestInserting:
    @given(st.data(), outlines, st.floats(0, 1))
    def test_the_outline_stays_what_it_is(self, data: st.DataObject, outline: Outline, t: float) -> None:
        number = data.draw(st.integers(0, len(outline) - 1))
        assume(len(outline[number].segments))
        segment = data.draw(st.integers(0, len(outline[number].segments) - 1))
        made, ref = insert_node(outline, number, segment, t)
        assert len(made[number]) == len(outline[number]) + 1
        before, after = outline[number].segments[segment], made[number].segments[segment : segment + 2]
        times = np.array([0.0, 0.3, 0.7, 1.0])
        s = (1 - t * times)[:, None]
        expected = (
            s**3 * before[0]
            + 3 * s**2 * (1 - s) * before[1]
            + 3 * s * (1 - s) ** 2 * before[2]
            + (1 - s) ** 3 * before[3]
        )
        left = after[0]
        if outline[number].is_straight(segment):
            assert made[number].is_straight(segment)
            assert away(sampled(after, 8).reshape(-1, 2), sampled(before[None], 4096)[0]) < 0.2
        else:
            u = times[:, None]
            found = (
                (1 - u) ** 3 * left[0] + 3 * (1 - u) ** 2 * u * left[1] + 3 * (1 - u) * u**2 * left[2] + u**3 * left[3]
            )
            assert found == pytest.approx(expected, abs=1e-3)
        assert made[number].anchors[ref[1]] == pytest.approx(after[0][3])

    def test_on_a_curve_it_is_smooth_and_on_a_line_a_corner(self) -> None:
        made, ref = insert_node(ellipse(0, 0, 40, 20), 0, 3, 0.3)
        assert ref == (0, 4)
        assert made[0].kinds.tolist() == [Kind.SMOOTH, Kind.SYMMETRIC, Kind.SYMMETRIC, Kind.SMOOTH, Kind.SMOOTH]
        made, ref = insert_node(square(), 0, 3, 0.5)
        assert made[0].anchors[ref[1]].tolist() == [0, 5]
        assert made[0].kinds[ref[1]] == Kind.CORNER

    @given(st.floats(0.05, 0.95))
    def test_what_is_inserted_can_be_deleted_again(self, t: float) -> None:
        before = ellipse(0, 0, 400, 200)
        made, ref = insert_node(before, 0, 2, t)
        (after,) = delete_nodes(made, [ref])
        assert away(line_of((after,)), line_of(before)) < 4
        assert away(line_of(before), line_of((after,))) < 4


class TestDeleting:
    def test_a_polygon_stays_a_polygon(self) -> None:
        (left,) = delete_nodes(square(), [(0, 1)])
        assert left == Subpath.polygon([(0, 0), (10, 10), (0, 10)])

    def test_across_the_start_of_a_closed_line_too(self) -> None:
        (left,) = delete_nodes(square(), [(0, 0), (0, 3)])
        assert left == Subpath.polygon([(10, 0), (10, 10)])

    def test_a_curve_takes_the_place_of_a_run(self) -> None:
        (left,) = delete_nodes(ellipse(0, 0, 100, 100), [(0, 1)])
        assert len(left) == 3
        assert left.kinds.tolist().count(Kind.CORNER) == 0
        assert away(line_of((left,)), line_of(ellipse(0, 0, 100, 100))) < 4  # half a circle by one curve

    def test_ends_of_an_open_line_are_cut_off(self) -> None:
        outline = (Subpath.polygon([(0, 0), (10, 0), (20, 5), (30, 5)], closed=False),)
        (left,) = delete_nodes(outline, [(0, 0), (0, 3)])
        assert left == Subpath.polygon([(10, 0), (20, 5)], closed=False)

    def test_a_line_without_two_nodes_is_gone(self) -> None:
        assert delete_nodes(square(), [(0, 0), (0, 1), (0, 2)]) == ()
        assert delete_nodes((*square(), *ellipse(20, 20, 5, 5)), [(0, node) for node in range(4)]) == ellipse(
            20, 20, 5, 5
        )

    @given(st.data(), outlines)
    def test_whatever_is_deleted_leaves_finite_nodes(self, data: st.DataObject, outline: Outline) -> None:
        refs = [(number, node) for number, each in enumerate(outline) for node in range(len(each))]
        gone = data.draw(st.sets(st.sampled_from(refs)))
        left = delete_nodes(outline, gone)
        assert sum(map(len, left)) <= len(refs) - len(gone)
        for each in left:
            assert np.isfinite(np.concatenate([each.anchors, each.ins, each.outs])).all()
            kept = {tuple(point) for subpath in outline for point in subpath.anchors.tolist()}
            assert {tuple(point) for point in each.anchors.tolist()} <= kept


class TestKinds:
    @given(st.data(), subpaths(least=3))
    def test_a_smooth_node_has_its_handles_in_line(self, data: st.DataObject, subpath: Subpath) -> None:
        node = data.draw(st.integers(0, len(subpath) - 1))
        symmetric = data.draw(st.booleans())
        (made,) = make_smooth((subpath,), [(0, node)], symmetric=symmetric)
        np.testing.assert_array_equal(made.anchors, subpath.anchors)
        if made.kinds[node] in {Kind.SMOOTH, Kind.SYMMETRIC} and made != subpath:
            lengths = [math.hypot(*(handle[node] - made.anchors[node])) for handle in (made.ins, made.outs)]
            if min(lengths) > 1e-3:
                assert angle(made, node) < 0.1
            if symmetric:
                assert lengths[0] == pytest.approx(lengths[1], abs=1e-6)

    def test_a_corner_gets_handles_along_its_neighbours(self) -> None:
        (made,) = make_smooth(square(30), [(0, 0)])
        way = made.outs[0] - made.ins[0]
        assert way[0] == pytest.approx(-way[1])
        assert made.kinds[0] == Kind.SMOOTH

    def test_ends_of_an_open_line_stay(self) -> None:
        outline = (Subpath.polygon([(0, 0), (10, 0), (20, 5)], closed=False),)
        assert make_smooth(outline, [(0, 0), (0, 2)]) == outline

    def test_a_corner_has_no_handles(self) -> None:
        (made,) = make_corners(ellipse(0, 0, 40, 20), [(0, 2)])
        assert made.outs[2].tolist() == made.ins[2].tolist() == made.anchors[2].tolist()
        assert made.kinds[2] == Kind.CORNER

    def test_nodes_in_one_place_are_left_alone(self) -> None:
        outline = (Subpath.polygon([(5, 5), (5, 5), (5, 5)]),)
        assert make_smooth(outline, [(0, 1)]) == outline


class TestOpenAndClosed:
    @given(st.data(), outlines)
    def test_breaking_changes_no_line(self, data: st.DataObject, outline: Outline) -> None:
        broken = break_at(outline, [draw_ref(data, outline)])
        before = [segment for each in outline for segment in each.segments.tolist()]
        after = [segment for each in broken for segment in each.segments.tolist()]
        assert sorted(after) == sorted(before)

    def test_a_closed_line_opens_where_it_is_broken(self) -> None:
        (broken,) = break_at(square(), [(0, 2)])
        assert not broken.closed
        assert broken.anchors.tolist() == [[10, 10], [0, 10], [0, 0], [10, 0], [10, 10]]
        first, second = break_at(square(), [(0, 0), (0, 2)])
        assert len(first) == len(second) == 3

    def test_what_was_broken_can_be_closed(self) -> None:
        (again,) = closed(break_at(square(), [(0, 0)]))
        assert again == square()[0]

    def test_closing_joins_the_ends_by_a_line(self) -> None:
        (made,) = closed((Subpath.polygon([(0, 0), (10, 0), (20, 5)], closed=False),))
        assert made == Subpath.polygon([(0, 0), (10, 0), (20, 5)])

    @given(subpaths(least=2))
    def test_closing_keeps_every_segment(self, subpath: Subpath) -> None:
        (made,) = closed((subpath,))
        assert made.closed
        kept = made.segments[: len(subpath.segments)]
        assert all(np.array_equal(a, b) for a, b in zip(kept, subpath.segments, strict=False))


def test_ten_thousand_nodes_there_and_back() -> None:
    turn = np.linspace(0, 2 * np.pi, 10_000, endpoint=False)
    ring = Subpath.polygon(np.stack([np.cos(turn), np.sin(turn)], -1) * 200)
    (smooth,) = make_smooth((ring,), [(0, node) for node in range(0, 10_000, 2)])
    (again,) = nodes_of(path_of((smooth,)))
    assert again == Subpath(smooth.anchors, smooth.ins, smooth.outs, True)
    found = nearest_point((again,), QPointF(500, 0))
    assert found is not None
    assert found.distance == pytest.approx(300, abs=0.01)
    assert all(a <= b for a, b in pairwise([0.0, found.t, 1.0]))


@given(free_paths())
def test_curves_are_those_of_the_nodes(path: QPainterPath) -> None:
    curves, owner = curves_of(path)
    segments = [subpath.segments for subpath in nodes_of(path)]
    assert np.array_equal(curves, np.concatenate([np.zeros((0, 4, 2)), *segments]))
    assert owner.tolist() == [number for number, each in enumerate(segments) for _ in each]
