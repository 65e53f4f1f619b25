"""Guides under the hand: dragged, nudged, typed, dragged off; and what of them is seen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QDoubleSpinBox

from tests.ui.canvas.conftest import NONE, SHIFT, Desk, Exposures, MakeDesk, shape
from zestdesk.document.guide_commands import AddGuide, RemoveGuides
from zestdesk.document.guides import Guide

UPRIGHT, LEVEL = Guide("vertical", 100), Guide("horizontal", 60)


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    desk = make_desk(shape("a", 200, 100, 80, 80))
    desk.layout.set_guides((LEVEL, UPRIGHT))
    return desk


def guides(desk: Desk) -> tuple[Guide, ...]:
    return desk.layout.state.guides


def changed(before: QImage, after: QImage) -> QRect:
    """Return the bounds of the pixels that differ."""
    spots = [
        QPoint(x, y)
        for y in range(before.height())
        for x in range(before.width())
        if before.pixel(x, y) != after.pixel(x, y)
    ]
    bounds = QRect()
    for spot in spots:
        bounds = bounds.united(QRect(spot, spot))
    return bounds


def test_a_guide_is_dragged_by_whole_pixels_and_as_one_step(desk: Desk) -> None:
    desk.drag((100, 200), (110, 210), (130.4, 190))
    assert guides(desk) == (LEVEL, Guide("vertical", 130))
    assert (desk.undo.count(), desk.undo.undoText()) == (1, "Move guide")
    desk.undo.undo()
    assert guides(desk) == (LEVEL, UPRIGHT)


def test_a_click_on_a_guide_moves_nothing_and_selects_no_layer(desk: Desk) -> None:
    desk.selection.set(["a"])
    desk.click(101, 200)
    assert desk.undo.count() == 0
    assert guides(desk) == (LEVEL, UPRIGHT)
    assert desk.selection.ids == ()


def test_escape_ends_the_drag_as_if_it_had_never_begun(desk: Desk) -> None:
    before = desk.grab()
    desk.press(100, 200)
    desk.move(150, 200)
    desk.key(Qt.Key.Key_Escape)
    desk.release(150, 200)
    desk.key(Qt.Key.Key_Escape)  # and lets go of it
    desk.hover(390, 290)
    assert desk.undo.count() == 0
    assert desk.grab() == before


def test_a_guide_that_is_dragged_off_the_canvas_is_removed(desk: Desk) -> None:
    desk.press(100, 200)
    desk.move_on_screen(QPoint(-8, 200))
    assert guides(desk) == (LEVEL, UPRIGHT)
    viewport = desk.view.viewport()
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, NONE, QPoint(-8, 200))
    assert guides(desk) == (LEVEL,)
    assert desk.undo.undoText() == "Remove guide"


def test_delete_removes_the_guide_that_was_clicked_and_no_layer(desk: Desk) -> None:
    desk.click(300, 60)
    desk.key(Qt.Key.Key_Delete)
    assert guides(desk) == (UPRIGHT,)
    assert [layer.id for layer in desk.layers] == ["a"]


def test_a_press_elsewhere_lets_go_of_the_guide(desk: Desk) -> None:
    desk.click(300, 60)
    desk.click(240, 140)
    desk.key(Qt.Key.Key_Delete)
    assert guides(desk) == (LEVEL, UPRIGHT)
    assert desk.layers == ()


def test_arrows_nudge_the_guide_across_its_line_as_one_step(desk: Desk) -> None:
    desk.click(300, 60)
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Down, SHIFT)
    desk.key(Qt.Key.Key_Left)  # along the line: nothing to do
    assert guides(desk) == (Guide("horizontal", 71), UPRIGHT)
    assert desk.undo.count() == 1


def test_a_double_click_asks_where_it_shall_be(desk: Desk) -> None:
    desk.double_click(100, 200)
    (dialog,) = (each for each in desk.view.window().findChildren(QDialog) if each.isVisible())
    field = dialog.findChild(QDoubleSpinBox)
    assert field.value() == 100
    field.setValue(33.5)
    dialog.accept()
    assert guides(desk) == (LEVEL, Guide("vertical", 33.5))
    assert desk.undo.count() == 1


def test_an_answer_for_a_guide_that_is_gone_meanwhile_does_nothing(desk: Desk) -> None:
    desk.double_click(100, 200)
    (dialog,) = (each for each in desk.view.window().findChildren(QDialog) if each.isVisible())
    desk.undo.push(RemoveGuides(desk.layout, [UPRIGHT]))
    dialog.accept()
    assert guides(desk) == (LEVEL,)


@pytest.mark.parametrize("choice", [{"guides_locked": True}, {"guides": False}])
def test_locked_and_hidden_guides_are_no_obstacle(desk: Desk, choice: dict[str, bool]) -> None:
    desk.layout.set_guides((Guide("vertical", 240),))
    desk.view.aids.choose(**choice)
    desk.drag((240, 140), (250, 150))
    assert guides(desk) == (Guide("vertical", 240),)
    assert desk.rect("a") == (210, 110, 80, 80)


def test_other_tools_draw_over_guides(desk: Desk) -> None:
    desk.view.set_tool("rectangle")
    desk.drag((100, 200), (150, 230))
    assert guides(desk) == (LEVEL, UPRIGHT)
    assert len(desk.layers) == 2


def test_handles_of_the_selection_come_before_guides(desk: Desk) -> None:
    desk.layout.set_guides((Guide("vertical", 280),))
    desk.selection.set(["a"])
    desk.drag((280, 140), (300, 140))
    assert desk.rect("a") == (200, 100, 100, 80)
    assert guides(desk) == (Guide("vertical", 280),)


def test_a_guide_that_somebody_removes_during_the_drag_ends_it(desk: Desk) -> None:
    desk.press(100, 200)
    desk.move(120, 200)
    desk.undo.push(RemoveGuides(desk.layout, [UPRIGHT]))
    desk.release(130, 200)
    assert guides(desk) == (LEVEL,)


def test_a_new_layout_during_the_drag_ends_it(desk: Desk) -> None:
    desk.press(100, 200)
    desk.move(120, 200)
    desk.layout.set_state(replace(desk.layout.state, guides=(LEVEL,)))
    desk.release(130, 200)
    assert (guides(desk), desk.undo.count()) == ((LEVEL,), 0)


def test_guides_are_lines_of_one_pixel_across_the_view(make_desk: MakeDesk) -> None:
    desk = make_desk()
    before = desk.grab()
    desk.undo.push(AddGuide(desk.layout, UPRIGHT))
    spot = desk.place(100, 10)
    assert changed(before, desk.grab()) == QRect(spot.x(), 0, 1, desk.view.viewport().height())
    desk.view.aids.choose(guides=False)
    assert desk.grab() == before


def test_only_the_strips_of_a_guide_are_repainted(make_desk: MakeDesk) -> None:
    desk = make_desk()
    QApplication.processEvents()
    exposures = Exposures(desk.view.viewport())
    desk.undo.push(AddGuide(desk.layout, UPRIGHT))
    QApplication.processEvents()
    assert 0 < exposures.bounds.width() <= 12


def test_the_guide_under_the_pointer_is_stressed(desk: Desk) -> None:
    desk.hover(300, 200)
    plain = desk.colour(100, 250)
    desk.hover(101, 200)
    assert desk.colour(100, 250) == QColor("#ff3d8b") != plain
    assert desk.view.viewport().cursor().shape() == Qt.CursorShape.SplitHCursor
    desk.hover(300, 200)
    assert desk.colour(100, 250) == plain


class TestSnapping:
    def test_a_layer_snaps_to_a_guide(self, desk: Desk) -> None:
        desk.view.aids.choose(snapping=True)
        desk.drag((240, 140), (144, 180))  # its left edge comes to 104
        assert desk.rect("a") == (100, 140, 80, 80)

    def test_a_guide_snaps_to_a_layer_and_not_to_other_guides(self, desk: Desk) -> None:
        desk.layout.set_guides((UPRIGHT, Guide("vertical", 150)))
        desk.view.aids.choose(snapping=True)
        desk.drag((100, 250), (197, 250))
        assert guides(desk) == (Guide("vertical", 150), Guide("vertical", 200))
        desk.drag((200, 250), (147, 250))
        assert guides(desk) == (Guide("vertical", 147), Guide("vertical", 150))

    def test_hidden_guides_attract_nothing(self, desk: Desk) -> None:
        desk.view.aids.choose(snapping=True, guides=False)
        desk.drag((240, 140), (144, 180))
        assert desk.rect("a") == (104, 140, 80, 80)
