"""Drawing and typing in quick succession, as people do: no letter is lost, and the keyboard is where one expects it."""

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk, box
from zestdesk.document.layout import LayoutState
from zestdesk.ui.label_editor import LabelEditor

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def no_complaint_of_the_view(qtlog: object) -> Iterator[None]:
    """Qt's views only grumble where an editor goes astray."""
    yield
    grumbles = [record.message for record in qtlog.records]  # type: ignore[attr-defined]
    assert [text for text in grumbles if "edit" in text.lower()] == []


@pytest.fixture
def ready(desk: Desk, qtbot: QtBot) -> Desk:
    desk.fill(LayoutState(canvas=(200, 200)))
    desk.window.resize(1360, 860)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    desk.window.canvas.aids.choose(snapping=False)
    desk.window.canvas.setFocus()
    return desk


def editor(desk: Desk) -> LabelEditor | None:
    found = desk.window.layers.list.viewport().findChildren(LabelEditor)
    return next((each for each in found if each.isVisible()), None)


def focus(desk: Desk) -> QWidget:
    """Return who gets the keys."""
    widget = desk.window.focusWidget()
    assert widget is not None
    return widget


def draw(desk: Desk, tool: str, x: float, y: float) -> None:
    canvas = desk.window.canvas
    canvas.set_tool(tool)
    start, end = (canvas.mapFromScene(QPointF(*point)) for point in ((x, y), (x + 30, y + 25)))
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas.viewport(), (start + end) / 2)
    QTest.mouseMove(canvas.viewport(), end)
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=end)


def test_advice_that_comes_while_a_label_is_typed_takes_no_letter_away(ready: Desk) -> None:
    draw(ready, "rectangle", 20, 20)
    QTest.keyClicks(focus(ready), "123")
    ready.window.preflight.look()  # finds the layer without a label
    assert ready.window.preflight.by_layer
    QTest.keyClicks(focus(ready), "45")
    ready.add_runs(1)
    QTest.keyClick(focus(ready), Key.Key_Return)
    assert ready.state.layers[0].label == "12345"
    assert ready.window.focusWidget() is ready.window.canvas


def test_undo_right_after_drawing_takes_back_what_was_drawn(ready: Desk) -> None:
    draw(ready, "ellipse", 20, 20)
    assert editor(ready) is ready.window.focusWidget()
    QTest.keyClick(focus(ready), Key.Key_Z, CONTROL)
    assert ready.state.layers == ()
    assert editor(ready) is None
    assert ready.window.focusWidget() is ready.window.canvas
    assert not ready.window._back_to_canvas


def test_undo_is_the_lines_own_once_something_was_typed(ready: Desk) -> None:
    draw(ready, "ellipse", 20, 20)
    QTest.keyClicks(focus(ready), "zyx")
    line = editor(ready)
    assert isinstance(line, QLineEdit)
    QTest.keyClick(line, Key.Key_Z, CONTROL)
    assert line.text() == ""
    assert len(ready.state.layers) == 1
    QTest.keyClick(line, Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert line.text() == "zyx"


@pytest.mark.parametrize("way", ["undo", "delete", "open"])
def test_a_row_that_goes_while_its_label_is_edited_gives_the_keyboard_back(ready: Desk, way: str) -> None:
    draw(ready, "rectangle", 20, 20)
    QTest.keyClicks(focus(ready), "zy")
    if way == "undo":
        ready.window.actions_table.undo.trigger()
    elif way == "delete":
        ready.window.actions_table.delete.trigger()
    else:
        ready.document.new(LayoutState(canvas=(200, 200), layers=(box("other"),)))
    assert editor(ready) is None
    assert ready.window.focusWidget() is ready.window.canvas
    assert not ready.window._back_to_canvas


def test_a_label_edited_in_the_panel_gives_the_keyboard_back_to_the_panel(ready: Desk) -> None:
    ready.fill(LayoutState(canvas=(200, 200), layers=(box("a"), box("b"))))
    ready.window.layers.edit_label(ready.state.layers[0].id)
    ready.window.actions_table.delete.trigger()
    assert ready.window.focusWidget() is ready.window.layers.list


def test_who_clicks_elsewhere_stays_there(ready: Desk) -> None:
    draw(ready, "rectangle", 20, 20)
    QTest.keyClicks(focus(ready), "zyx")
    prompt = ready.window.prompt.prompt
    QTest.mouseClick(prompt.viewport(), Qt.MouseButton.LeftButton)
    assert ready.state.layers[0].label == "zyx"
    assert ready.window.focusWidget() is prompt


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_while_a_label_is_typed(ready: Desk, seed: int) -> None:
    chance = random.Random(seed)
    window = ready.window
    for _ in range(60):
        line, typed = editor(ready), ""
        if line is not None:
            typed = "".join(chance.choice("acrest") for _ in range(chance.randrange(6)))
            QTest.keyClicks(focus(ready), typed)
            if chance.random() < 0.5:
                window.preflight.look()
            if typed:
                assert line.text().endswith(typed)
        before, layers = (line.text() if line is not None else ""), ready.state.layers
        edited = window.layers.list.currentIndex().data(257) if line is not None else None
        ways = ["draw", "draw", "return", "escape", "undo", "redo", "click", "rename", "delete"]
        way = chance.choice(ways if line is None else [*ways, "tab"])
        if way == "draw":
            tool = chance.choice(["rectangle", "ellipse", "pen", "brush"])
            draw(ready, tool, chance.uniform(0, 160), chance.uniform(0, 160))
        elif way in {"return", "escape", "tab"}:
            key = {"return": Key.Key_Return, "escape": Key.Key_Escape, "tab": Key.Key_Tab}[way]
            QTest.keyClick(focus(ready), key)
        elif way == "click":
            window.canvas.set_tool("select")
            QTest.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=window.canvas.mapFromScene(5, 5))
        else:
            window.actions_table.by_name[way].trigger()
        if line is not None and way in {"return", "tab", "click", "draw"} and edited is not None:
            kept = {layer.id: layer.label for layer in ready.state.layers}
            assert kept[edited.id] == before, way
        if way == "escape" and line is not None and not line.isVisible():
            assert ready.state.layers == layers
        if chance.random() < 0.3:
            QApplication.processEvents()
        if editor(ready) is None:
            assert not window._back_to_canvas
            assert ready.window.focusWidget() in {window.canvas, window.layers.list, window.layers.add}, way
        else:
            assert ready.window.focusWidget() is editor(ready), way
