"""The card over the canvas: in step with the brush, never cut off, and the finer points a click away."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk
from zestdesk.ui.tool_options import ToolOptions


@pytest.fixture
def options(desk: Desk) -> ToolOptions:
    desk.fill()
    desk.window.canvas.set_tool("brush")
    return desk.window.brush_options


def on_screen(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint()), widget.size())


def test_nothing_is_cut_off_at_any_width(desk: Desk, options: ToolOptions) -> None:
    for width in (1600, 1100, 900, 780):
        desk.window.resize(width, 700)
        for tool in ("brush", "eraser", "fill"):
            desk.window.canvas.set_tool(tool)
            QApplication.processEvents()
            assert on_screen(desk.window.canvas).contains(on_screen(options))
            for part in options.findChildren(QWidget):
                if part.isVisible() and part.window() is desk.window:
                    assert on_screen(options).contains(on_screen(part)), (width, part)
                    assert part.width() >= part.minimumSizeHint().width(), (width, part)


def test_there_is_more_on_it_where_there_is_room(desk: Desk, options: ToolOptions) -> None:
    desk.window.resize(1600, 800)
    QApplication.processEvents()
    wide = options.width()
    assert options.opacity.slider.isVisible()
    desk.window.resize(900, 800)
    QApplication.processEvents()
    assert options.width() < wide
    assert not options.opacity.slider.isVisible()
    assert options.opacity.number.isVisible()
    desk.window.resize(1600, 800)
    QApplication.processEvents()
    assert options.width() == wide


def test_each_tool_shows_its_own(desk: Desk, options: ToolOptions) -> None:
    assert (options.size_field.isVisible(), options.tolerance.isVisible()) == (True, False)
    desk.window.canvas.set_tool("fill")
    assert (options.size_field.isVisible(), options.tolerance.isVisible()) == (False, True)
    desk.window.canvas.set_tool("select")
    assert not options.isVisible()


def test_the_size_shown_is_the_one_in_hand(desk: Desk, options: ToolOptions) -> None:
    options.size_field.number.setValue(30)
    desk.window.canvas.set_tool("eraser")
    options.size_field.number.setValue(90)
    assert (desk.window.brush.size, desk.window.brush.eraser_size) == (90, 90)
    desk.window.canvas.set_tool("brush")
    assert options.size_field.value == 30
    assert float(str(desk.settings.value("brush/size"))) == 30  # for the next start


def test_keys_change_the_tip_from_anywhere(desk: Desk, options: ToolOptions, qtbot: QtBot) -> None:
    desk.window.canvas.set_tool("select")
    actions, brush = desk.window.actions_table, desk.window.brush
    brush.size, brush.hardness = 40, 0.5
    qtbot.keyClick(desk.window.canvas, Qt.Key.Key_BracketRight)
    assert brush.size == 46
    actions.brush_smaller.trigger()
    assert brush.size == 40
    actions.brush_harder.trigger()
    assert brush.hardness == 0.6
    actions.brush_softer.trigger()
    assert brush.hardness == 0.5


def test_fill_and_card_agree(desk: Desk, options: ToolOptions) -> None:
    brush = desk.window.brush
    desk.window.canvas.set_tool("fill")
    options.tolerance.number.setValue(20)
    options.fill_all.click()
    assert (brush.tolerance, brush.fill_all) == (0.2, True)
    brush.tolerance, brush.fill_all = 0.75, False
    assert (options.tolerance.value, options.fill_all.isChecked()) == (75, False)


def test_the_finer_points_are_behind_the_button(desk: Desk, options: ToolOptions, qtbot: QtBot) -> None:
    brush, hand = desk.window.brush, options.hand
    assert not hand.isVisible()
    qtbot.mouseClick(options.more, Qt.MouseButton.LeftButton)
    assert hand.isVisible()
    hand.opacity_by_pressure.click()
    hand.least.number.setValue(30)
    hand.steadiness.number.setValue(45)
    assert (brush.opacity_by_pressure, brush.least, brush.steadiness) == (True, 0.3, 45)
    hand.size_by_pressure.setChecked(False)
    hand.opacity_by_pressure.setChecked(False)
    assert not hand.least.isEnabled()
    brush.steadiness = 10
    assert hand.steadiness.value == 10
    qtbot.keyClick(hand, Qt.Key.Key_Escape)
    assert not hand.isVisible()
