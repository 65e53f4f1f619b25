from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from zestdesk.document.arrange import aligned, distributed, fitting, mirroring, quarter_turn, turning

whole = st.integers(-500, 500).map(float)
sides = st.integers(1, 400).map(float)
boxes = st.builds(QRectF, whole, whole, sides, sides)
EDGES = {
    "left": QRectF.left,
    "right": QRectF.right,
    "top": QRectF.top,
    "bottom": QRectF.bottom,
    "centre": lambda box: box.center().x(),
    "middle": lambda box: box.center().y(),
}


@pytest.mark.parametrize("edge", EDGES)
@given(st.lists(boxes, max_size=6), boxes)
def test_aligned_boxes_share_the_edge_and_move_along_one_axis(edge: str, them: list[QRectF], frame: QRectF) -> None:
    ways = aligned(them, frame, edge)
    for box, way in zip(them, ways, strict=True):
        assert EDGES[edge](box.translated(way)) == EDGES[edge](frame)
        assert (way.y() if edge in {"left", "centre", "right"} else way.x()) == 0


@given(st.lists(boxes, min_size=3, max_size=8), st.booleans())
def test_distributed_boxes_have_equal_gaps_and_the_outermost_stay(them: list[QRectF], across: bool) -> None:
    ways = distributed(them, across=across)
    after = [box.translated(way) for box, way in zip(them, ways, strict=True)]
    spans = [(b.left(), b.right()) if across else (b.top(), b.bottom()) for b in after]
    middles = [b.center().x() if across else b.center().y() for b in them]
    order = sorted(range(len(them)), key=lambda index: (middles[index], index))
    gaps = [spans[b][0] - spans[a][1] for a, b in pairwise(order)]
    assert gaps == pytest.approx([gaps[0]] * len(gaps), abs=1e-6)
    assert ways[order[0]] == ways[order[-1]] == QPointF()
    assert all((way.y() if across else way.x()) == 0 for way in ways)


@given(st.lists(boxes, max_size=2), st.booleans())
def test_two_boxes_have_one_gap_which_is_as_it_is(them: list[QRectF], across: bool) -> None:
    assert distributed(them, across=across) == [QPointF()] * len(them)


@given(boxes, st.booleans())
def test_a_mirror_keeps_the_frame_and_undoes_itself(frame: QRectF, across: bool) -> None:
    mirror = mirroring(frame, across=across)
    assert mirror.mapRect(frame) == frame
    assert (mirror * mirror).isIdentity()
    corner = mirror.map(frame.topLeft())
    assert corner == (frame.topRight() if across else frame.bottomLeft())


@given(boxes)
def test_quarter_turns_stay_on_the_grid_and_do_not_drift(frame: QRectF) -> None:
    there = quarter_turn(frame, clockwise=True).mapRect(frame)
    assert (there.width(), there.height()) == (frame.height(), frame.width())
    assert all(value.is_integer() for value in there.getRect())
    assert (there.center() - frame.center()).manhattanLength() <= 1
    assert quarter_turn(there, clockwise=True).mapRect(there) == frame
    assert quarter_turn(there, clockwise=False).mapRect(there) == frame


def test_off_the_grid_the_middle_stays() -> None:
    frame = QRectF(0.25, 0, 11, 4)
    assert quarter_turn(frame, clockwise=True).mapRect(frame).center() == frame.center()


def test_clockwise_is_clockwise_on_screen() -> None:
    assert turning(QPointF(10, 10), 90).map(QPointF(20, 10)) == QPointF(10, 20)
    assert quarter_turn(QRectF(0, 0, 4, 4), clockwise=True).map(QPointF(4, 2)) == QPointF(2, 4)
    turned = turning(QPointF(1, 2), 360 / 7)
    assert turned.map(QPointF(1, 2)) == QPointF(1, 2)


@given(boxes, boxes)
def test_fitting_takes_one_frame_to_the_other(frame: QRectF, to: QRectF) -> None:
    there = fitting(frame, to).mapRect(frame)
    assert there.getRect() == pytest.approx(to.getRect(), abs=1e-6)


def test_a_line_keeps_its_missing_side() -> None:
    there = fitting(QRectF(10, 20, 0, 50), QRectF(0, 0, 30, 100)).mapRect(QRectF(10, 20, 0, 50))
    assert there == QRectF(0, 0, 0, 100)
