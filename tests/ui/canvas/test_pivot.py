"""The point about which the selection turns and scales: shown, moved, carried along, and taken back."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTransform

from tests.ui.canvas.conftest import ALT, CONTROL, SHIFT, Desk, MakeDesk, painted, shape
from zestdesk.document.arrange import fitting, turning
from zestdesk.ui.pivot import Pivot

CANVAS = (400, 300)
sides = st.floats(1, 500)
places = st.floats(-500, 500)
boxes = st.builds(QRectF, places, places, sides, sides)


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    desk = make_desk(shape("a", 100, 100, 80, 40), shape("b", 300, 200, 20, 20))
    desk.selection.set(["a"])
    desk.selection.pivot.show(True)
    return desk


def pivot(desk: Desk) -> tuple[float, float]:
    mark = next(item for item in desk.view.scene().items() if type(item).__name__ == "PivotMark")
    assert mark.isVisible()
    return tuple(round(value, 6) for value in mark.pos().toTuple())


def knob(desk: Desk) -> tuple[float, float]:
    return desk.view.scene().frame.knob.toTuple()


def centre(desk: Desk, name: str) -> tuple[float, float]:
    return tuple(round(value, 6) for value in desk.layer(name).path.boundingRect().center().toTuple())


def test_until_it_is_shown_the_middle_of_a_layer_is_there_to_drag_it(make_desk: MakeDesk) -> None:
    desk = make_desk(shape("a", 100, 100, 80, 40))
    desk.selection.set(["a"])
    desk.drag((140, 120), (150, 120), (160, 130))
    assert desk.rect("a") == (120, 110, 80, 40)


def test_it_is_dragged_and_is_no_edit(desk: Desk) -> None:
    first = desk.layout.state
    assert pivot(desk) == (140, 120)
    desk.drag((140, 120), (200, 60), (210, 55))
    assert pivot(desk) == (210, 55)
    assert desk.layout.state == first
    assert desk.undo.count() == 0


@pytest.mark.parametrize("point", [(100, 100), (180, 140), (140, 100), (180, 120)])
def test_it_goes_onto_corners_and_sides(desk: Desk, point: tuple[float, float]) -> None:
    desk.drag((140, 120), (20, 20), (point[0] + 5, point[1] - 4))
    assert pivot(desk) == point
    desk.drag(point, (20, 20), (143, 117))
    assert pivot(desk) == (140, 120)
    assert not desk.selection.pivot.moved


def test_it_goes_onto_nodes_and_with_control_anywhere(make_desk: MakeDesk) -> None:
    desk = make_desk(shape("a", 100, 100, 80, 40, kind="ellipse"))
    desk.view.zoom_about(4, QPointF(320, 240))
    desk.selection.set(["a"])
    desk.selection.pivot.show(True)
    desk.drag((140, 120), (120, 110), (139, 101))
    assert pivot(desk) == (140, 100)
    desk.press(140, 100)
    desk.move(139, 101, CONTROL)
    desk.release(139, 101, CONTROL)
    assert pivot(desk) != (140, 100)
    assert math.dist(pivot(desk), (139, 101)) < 0.5


def test_the_selection_turns_about_it(desk: Desk) -> None:
    desk.selection.pivot.put(QPointF(100, 100), QRectF(100, 100, 80, 40))
    start = knob(desk)
    desk.press(*start)
    desk.move(100 - (start[1] - 100), 100 + start[0] - 100, SHIFT)
    assert pivot(desk) == (100, 100)  # it does not move with the frame meanwhile
    desk.release(100 - (start[1] - 100), 100 + start[0] - 100, SHIFT)
    assert desk.rect("a") == (60, 100, 40, 80)
    assert pivot(desk) == (100, 100)
    desk.undo.undo()
    assert desk.rect("a") == (100, 100, 80, 40)
    assert pivot(desk) == (100, 100)
    desk.undo.redo()
    assert pivot(desk) == (100, 100)


def test_alt_scales_about_it(desk: Desk) -> None:
    desk.selection.pivot.put(QPointF(180, 100), QRectF(100, 100, 80, 40))
    desk.drag((100, 140), (60, 160), (20, 180), keys=ALT)
    assert desk.rect("a") == (20, 100, 160, 80)
    assert pivot(desk) == (180, 100)


def test_it_goes_along_with_the_selection(desk: Desk) -> None:
    desk.selection.pivot.put(QPointF(100, 100), QRectF(100, 100, 80, 40))
    desk.drag((150, 130), (160, 130), (170, 150))
    assert desk.rect("a") == (120, 120, 80, 40)
    assert pivot(desk) == (120, 120)
    desk.drag((200, 160), (250, 200), (280, 240))
    assert pivot(desk) == (120, 120)
    desk.key(Qt.Key.Key_Right)
    assert pivot(desk) == (121, 120)
    for _ in range(3):
        desk.undo.undo()
    assert pivot(desk) == (100, 100)


def test_mirrored_it_is_on_the_other_side(desk: Desk) -> None:
    desk.selection.pivot.put(QPointF(170, 100), QRectF(100, 100, 80, 40))
    desk.drag((180, 120), (120, 120), (20, 120))
    assert desk.rect("a") == (20, 100, 80, 40)
    assert pivot(desk) == (30, 100)


def test_a_double_click_takes_it_back_and_so_does_another_selection(desk: Desk) -> None:
    desk.drag((140, 120), (200, 60), (210, 55))
    desk.double_click(210, 55)
    assert pivot(desk) == (140, 120)
    desk.drag((140, 120), (200, 60), (210, 55))
    desk.selection.set(["b"])
    assert pivot(desk) == (310, 210)
    desk.selection.set(["a"])
    assert pivot(desk) == (140, 120)


def test_escape_takes_a_drag_back(desk: Desk) -> None:
    desk.press(140, 120)
    desk.move(220, 60)
    desk.key(Qt.Key.Key_Escape)
    assert pivot(desk) == (140, 120)
    assert not desk.selection.pivot.moved
    desk.drag((140, 120), (200, 60), (210, 55))
    desk.press(210, 55)
    desk.move(20, 20)
    desk.key(Qt.Key.Key_Escape)
    assert pivot(desk) == (210, 55)


def test_it_is_seen_only_where_it_means_something(desk: Desk) -> None:
    mark = next(item for item in desk.view.scene().items() if type(item).__name__ == "PivotMark")
    desk.view.set_tool("brush")
    assert not mark.isVisible()
    desk.view.set_tool("select")
    assert mark.isVisible()
    desk.view.set_layers_visible(False)
    assert not mark.isVisible()
    desk.view.set_layers_visible(True)
    desk.selection.clear()
    assert not mark.isVisible()
    desk.selection.set(["a"])
    desk.selection.pivot.show(False)
    assert not mark.isVisible()


def test_it_can_be_seen_and_paint_turns_about_it(make_desk: MakeDesk) -> None:
    desk = make_desk(painted("p", CANVAS, 100, 100, 40, 40))
    desk.selection.set(["p"])
    before = desk.grab()
    desk.selection.pivot.show(True)
    assert desk.grab() != before
    desk.selection.pivot.put(QPointF(100, 100), QRectF(100, 100, 40, 40))
    start = knob(desk)
    desk.drag(start, (100 - (start[1] - 100), 100 + start[0] - 100), keys=SHIFT)
    assert desk.view.scene().figure("p").bounds == QRectF(60, 100, 40, 40)


@given(boxes, boxes, places, places)
def test_there_and_back_it_is_where_it_was(one: QRectF, other: QRectF, x: float, y: float) -> None:
    held = Pivot()
    held.put(QPointF(x, y), one)
    there = held.at(other)
    expected = fitting(one, other).map(QPointF(x, y))
    assert there.toTuple() == pytest.approx(expected.toTuple(), abs=1e-3)
    held.carry(other, QRectF(1, 2, 3, 4), QTransform())
    assert held.at(one).toTuple() == (x, y)
    assert held.at(other).toTuple() == there.toTuple()


@given(boxes, places, places, st.floats(-360, 360))
def test_turned_about_it_it_stays(box: QRectF, x: float, y: float, angle: float) -> None:
    held = Pivot()
    held.put(QPointF(x, y), box)
    turn = turning(QPointF(x, y), angle)
    held.carry(box, turn.mapRect(box), turn)
    assert held.at(turn.mapRect(box)).toTuple() == pytest.approx((x, y), abs=1e-6)
