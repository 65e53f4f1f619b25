"""Rulers: what they measure, what they mark, and that guides come out of them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.canvas.conftest import LEFT, NONE, Desk, Exposures, MakeDesk, shape
from zestdesk.document.guides import MAX_GUIDES, Guide, sorted_guides
from zestdesk.ui.canvas.rulers import Ruler, tick_steps


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    desk = make_desk(shape("a", 50, 60, 80, 40))
    desk.view.aids.choose(rulers=True)
    desk.view.zoom_actual()
    QApplication.processEvents()
    return desk


def pull(desk: Desk, ruler: Ruler, *places: tuple[float, float]) -> None:
    """Press on a ruler, go by points of the canvas, let go at the last."""
    QTest.mousePress(ruler, LEFT, NONE, QPoint(10, 10))
    viewport = desk.view.viewport()
    for x, y in places:
        there = QPointF(viewport.mapToGlobal(desk.place(x, y)))
        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(ruler.mapFromGlobal(there)), there, Qt.MouseButton.NoButton, LEFT, NONE
        )
        QApplication.sendEvent(ruler, event)
    QTest.mouseRelease(ruler, LEFT, NONE, ruler.mapFromGlobal(viewport.mapToGlobal(desk.place(*places[-1]))))


@given(st.floats(0.02, 64))
def test_numbers_have_room_and_ticks_divide_them(zoom: float) -> None:
    major, minor = tick_steps(zoom)
    assert major * zoom >= 50
    assert major % minor == 0
    assert minor == major or minor * zoom >= 5
    assert str(major).strip("0") in {"1", "2", "5"}


def test_closer_up_the_steps_are_never_larger() -> None:
    steps = [tick_steps(0.02 * 1.1**number)[0] for number in range(85)]
    assert all(far >= near for far, near in pairwise(steps))
    assert steps[0] > 1000
    assert steps[-1] == 1


def test_a_ruler_measures_the_canvas(desk: Desk) -> None:
    rulers = desk.view.rulers
    for x, y in ((0, 0), (50, 60), (399, 299)):
        place = desk.place(x, y)
        assert rulers.top.position_at(place.x()) == pytest.approx(x, abs=1)
        assert rulers.left.position_at(place.y()) == pytest.approx(y, abs=1)


def test_it_does_so_after_panning_and_zooming(desk: Desk) -> None:
    desk.view.scroll_by(QPointF(37, -21))
    desk.view.zoom_about(2.5, QPointF(100, 100))
    place = desk.place(50, 60)
    assert desk.view.rulers.top.position_at(place.x()) == pytest.approx(50, abs=0.5)
    assert desk.view.rulers.left.position_at(place.y()) == pytest.approx(60, abs=0.5)


def test_the_pointer_is_marked_and_forgotten(desk: Desk) -> None:
    rulers = desk.view.rulers
    desk.hover(120, 70)
    assert (rulers.top.pointer, rulers.left.pointer) == (desk.place(120, 70).x(), desk.place(120, 70).y())
    QApplication.sendEvent(desk.view.viewport(), QEvent(QEvent.Type.Leave))
    assert (rulers.top.pointer, rulers.left.pointer) == (None, None)


def test_moving_the_pointer_repaints_no_more_than_its_mark(desk: Desk) -> None:
    desk.hover(120, 70)
    QApplication.processEvents()
    exposures = Exposures(desk.view.rulers.top)
    desk.hover(123, 70)
    QApplication.processEvents()
    assert 0 < exposures.bounds.width() < 20


def test_the_selection_is_marked_also_while_it_moves(desk: Desk) -> None:
    rulers = desk.view.rulers
    assert rulers.top.extent is None
    desk.selection.set(["a"])
    assert rulers.top.extent == (desk.place(50, 0).x(), desk.place(130, 0).x())
    assert rulers.left.extent == (desk.place(0, 60).y(), desk.place(0, 100).y())
    desk.press(90, 80)
    desk.move(100, 75)
    assert rulers.top.extent == (desk.place(60, 0).x(), desk.place(140, 0).x())
    desk.key(Qt.Key.Key_Escape)
    assert rulers.top.extent == (desk.place(50, 0).x(), desk.place(130, 0).x())


def test_rulers_come_and_go_and_the_canvas_takes_their_room(desk: Desk) -> None:
    desk.view.zoom_fit()
    with_rulers = desk.view.viewport().size()
    assert desk.view.rulers.top.isVisible()
    desk.view.aids.choose(rulers=False)
    assert not desk.view.rulers.top.isVisible()
    assert desk.view.viewport().size().width() > with_rulers.width()
    desk.view.aids.choose(rulers=True)
    assert desk.view.viewport().size() == with_rulers


def test_rulers_stay_at_the_edges_when_the_view_is_resized(desk: Desk) -> None:
    desk.view.resize(500, 400)
    QApplication.processEvents()
    rulers, viewport = desk.view.rulers, desk.view.viewport().geometry()
    assert rulers.top.geometry().bottomLeft() + QPoint(0, 1) == viewport.topLeft()
    assert rulers.left.geometry().topRight() + QPoint(1, 0) == viewport.topLeft()
    assert rulers.top.geometry().right() == viewport.right()


@pytest.mark.parametrize(("side", "orientation", "position"), [("top", "horizontal", 130), ("left", "vertical", 210)])
def test_a_guide_is_pulled_out_of_a_ruler(desk: Desk, side: str, orientation: str, position: int) -> None:
    pull(desk, getattr(desk.view.rulers, side), (100, 100), (210, 130))
    assert desk.layout.state.guides == (Guide(orientation, position),)
    assert (desk.undo.count(), desk.undo.undoText()) == (1, "Add guide")
    assert desk.selection.ids == ()


def test_any_tool_may_be_in_hand(desk: Desk) -> None:
    desk.view.set_tool("brush")
    pull(desk, desk.view.rulers.top, (100, 100))
    assert desk.layout.state.guides == (Guide("horizontal", 100),)
    assert [layer.id for layer in desk.layers] == ["a"]
    assert desk.view.tool == "brush"


def test_a_guide_that_is_let_go_over_the_ruler_is_none(desk: Desk) -> None:
    ruler = desk.view.rulers.top
    QTest.mousePress(ruler, LEFT, NONE, QPoint(200, 10))
    QTest.mouseRelease(ruler, LEFT, NONE, QPoint(200, 12))
    assert desk.layout.state.guides == ()
    desk.drag((90, 80), (100, 90))  # and the next press is the tool's again
    assert desk.rect("a") == (60, 70, 80, 40)


def test_escape_puts_it_back(desk: Desk) -> None:
    ruler = desk.view.rulers.left
    QTest.mousePress(ruler, LEFT, NONE, QPoint(10, 100))
    desk.move(200, 100)
    desk.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(ruler, LEFT, NONE, QPoint(220, 100))
    assert desk.layout.state.guides == ()


def test_pulling_shows_hidden_guides(desk: Desk) -> None:
    desk.view.aids.choose(guides=False)
    pull(desk, desk.view.rulers.top, (100, 100))
    assert desk.view.aids.now.guides


def test_locked_guides_take_no_company(desk: Desk) -> None:
    desk.view.aids.choose(guides_locked=True)
    pull(desk, desk.view.rulers.top, (100, 100))
    assert desk.layout.state.guides == ()
    assert "unlock" in desk.hints[-1]


def test_with_too_many_guides_a_hint_says_so(desk: Desk) -> None:
    desk.layout.set_guides(sorted_guides(Guide("vertical", -x) for x in range(MAX_GUIDES)))
    pull(desk, desk.view.rulers.top, (100, 100))
    assert len(desk.layout.state.guides) == MAX_GUIDES
    assert str(MAX_GUIDES) in desk.hints[-1]


def test_it_is_drawn_crisp_and_the_same_whichever_part_is_repainted(desk: Desk) -> None:
    ruler = desk.view.rulers.top
    whole = ruler.grab().toImage()
    assert len({whole.pixel(x, 16) for x in range(whole.width())}) <= 6  # ground, canvas, ticks: nothing blurred
    for start in range(0, ruler.width(), 37):
        part = ruler.grab(ruler.rect().adjusted(start, 0, 0, 0)).toImage()
        assert part == whole.copy(start, 0, part.width(), part.height())
