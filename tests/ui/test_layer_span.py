"""In which part of the steps a layer guides: set by two handles or two numbers, seen in its row."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk, three_layers
from zestdesk.ui.layer_steering import LayerSteering
from zestdesk.ui.range_slider import RangeSlider
from zestdesk.ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton


def spans(desk: Desk) -> list[tuple[float, float]]:
    return [(layer.start, layer.end) for layer in desk.state.layers]


@pytest.fixture
def steering(desk: Desk) -> LayerSteering:
    state = desk.fill()
    desk.window.selection.set([state.layers[0].id])
    found = desk.window.layers.steering
    found.more.click()
    assert found.span.isVisible()
    return found


def at(slider: RangeSlider, value: int) -> QPoint:
    return slider.place_of(value).toPoint()


def drag(qtbot: QtBot, slider: RangeSlider, start: int, *stops: int) -> None:
    qtbot.mousePress(slider, LEFT, pos=at(slider, start))
    for stop in stops:
        qtbot.mouseMove(slider, at(slider, stop))
    qtbot.mouseRelease(slider, LEFT, pos=at(slider, stops[-1]))


def test_dragging_a_handle_is_one_step_and_comes_back(desk: Desk, steering: LayerSteering, qtbot: QtBot) -> None:
    before = desk.state
    drag(qtbot, steering.span.slider, 0, 10, 20, 30)
    assert spans(desk)[0] == pytest.approx((0.3, 1.0), abs=0.011)
    assert spans(desk)[1:] == [(0.0, 1.0)] * 2
    assert desk.document.undo.count() == 1
    desk.document.undo.undo()
    assert desk.state == before
    assert steering.span.slider.span == (0, 100)
    assert (steering.span.start.value(), steering.span.end.value()) == (0, 100)


def test_handles_do_not_cross_and_part_again(desk: Desk, steering: LayerSteering, qtbot: QtBot) -> None:
    slider = steering.span.slider
    drag(qtbot, slider, 100, 40)
    drag(qtbot, slider, 0, 30, 90)
    start, end = spans(desk)[0]
    assert start == end == pytest.approx(0.4, abs=0.011)
    drag(qtbot, slider, round(100 * end) + 2, 80)
    assert spans(desk)[0] == pytest.approx((0.4, 0.8), abs=0.011)


def test_handles_that_meet_at_an_edge_can_leave_it(qtbot: QtBot, theme: Theme) -> None:
    slider = RangeSlider(theme)
    qtbot.addWidget(slider)
    slider.resize(200, 18)
    for edge, moved in ((100, [(60, None)]), (0, [(None, 60)])):
        slider.show_span(edge, edge)
        seen: list[tuple[int | None, int | None]] = []
        slider.moved.connect(lambda start, end, seen=seen: seen.append((start, end)))
        drag(qtbot, slider, edge, 60)
        slider.moved.disconnect()
        assert seen == moved


def test_the_bar_between_moves_both_and_stops_at_the_edge(desk: Desk, steering: LayerSteering, qtbot: QtBot) -> None:
    desk.window._commands.set_span(0.0, 0.8)
    drag(qtbot, steering.span.slider, 40, 50)
    start, end = spans(desk)[0]
    assert (start, end) == pytest.approx((0.1, 0.9), abs=0.021)
    assert end - start == pytest.approx(0.8)
    drag(qtbot, steering.span.slider, 50, 90)
    assert spans(desk)[0] == pytest.approx((0.2, 1.0))


def test_a_press_beside_the_handles_brings_the_nearer_one(desk: Desk, steering: LayerSteering, qtbot: QtBot) -> None:
    desk.window._commands.set_span(0.4, 0.6)
    slider = steering.span.slider
    qtbot.mousePress(slider, LEFT, pos=at(slider, 10))
    qtbot.mouseRelease(slider, LEFT, pos=at(slider, 10))
    assert spans(desk)[0] == pytest.approx((0.1, 0.6), abs=0.011)
    qtbot.mousePress(slider, Qt.MouseButton.RightButton, pos=at(slider, 90))
    qtbot.mouseMove(slider, at(slider, 95))
    assert spans(desk)[0] == pytest.approx((0.1, 0.6), abs=0.011)


def test_numbers_set_it_for_all_that_are_selected_and_leave_the_other_bound(
    desk: Desk, steering: LayerSteering, qtbot: QtBot
) -> None:
    first, second = desk.state.layers[:2]
    desk.window._commands.change([replace(second, start=0.5, end=0.7)], "x")
    desk.window.selection.set([first.id, second.id])
    start = steering.span.start
    start.setFocus()
    start.selectAll()
    qtbot.keyClicks(start, "20")
    qtbot.keyClick(start, Qt.Key.Key_Return)
    assert spans(desk) == [(0.2, 1.0), (0.2, 0.7), (0.0, 1.0)]
    steering.span.end.setValue(10)
    assert spans(desk) == [(0.1, 0.1), (0.1, 0.1), (0.0, 1.0)]
    steering.span.start.setValue(80)
    assert spans(desk) == [(0.8, 0.8), (0.8, 0.8), (0.0, 1.0)]


def test_showing_a_finer_span_does_not_change_it(desk: Desk, steering: LayerSteering) -> None:
    layers = three_layers().layers
    desk.fill(replace(three_layers(), layers=(replace(layers[0], start=1 / 3, end=2 / 3), *layers[1:])))
    before = desk.state
    desk.window.selection.set([before.layers[0].id])
    assert steering.span.slider.span == (33, 67)
    assert desk.state == before
    assert desk.document.undo.count() == 0


def test_a_span_is_told_in_the_row_its_tooltip_and_to_screen_readers(desk: Desk) -> None:
    state = desk.fill()
    model = desk.window.layers.model
    plain = desk.window.layers.list.viewport().grab().toImage()
    desk.window._commands.change([replace(state.layers[0], start=0.2, end=0.6)], "x")
    assert "20–60 %" in model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "20–60 %" in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "%" not in model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    QApplication.processEvents()
    assert desk.window.layers.list.viewport().grab().toImage() != plain


def test_without_a_selection_nothing_can_be_set(desk: Desk, steering: LayerSteering) -> None:
    desk.window.selection.clear()
    assert not steering.span.start.isEnabled()
    assert not steering.span.slider.isEnabled()
