"""What is locked or cannot be seen is not edited, whoever asks; the panel's own deeds are free to all."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.desk import Desk, box
from zestdesk.document.brush import pixels_to_mask
from zestdesk.document.layers import BrushLayer, Group, Layer, ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.ui.actions import arrange, layer, path

BARRED = [
    ({"locked": True}, "locked"),
    ({"visible": False}, "hidden"),
    ({"group": Group(name="G", locked=True)}, "group of"),
    ({"group": Group(name="G", visible=False)}, "group of"),
]
OF_THE_PANEL = {
    "add_brush_layer", "rename", "layer_colour", "group", "ungroup", "raise_layer", "lower_layer", "raise_to_top",
    "lower_to_bottom", "hide_layer", "solo_layer", "lock_layer", "colours_by_label", "show_pivot",
}  # fmt: skip
EDITS = [entry.name for table in (arrange, path, layer) for entry in table.entries() if entry.name not in OF_THE_PANEL]


def layers(**values: object) -> tuple[Layer, ...]:
    pixels = np.zeros((128, 128), np.uint8)
    pixels[70:90, 10:30] = 255
    pixels[75:80, 15:20] = 0
    return (
        box("a", 10, 10, 20, 30, id="a", **values),
        box("b", 20, 12, 20, 30, id="b", **values),
        box("c", 100, 90, 20, 30, id="c", **values),
        BrushLayer(id="p", label="p", mask=pixels_to_mask(pixels), **values),
    )


def fill(desk: Desk, found: tuple[Layer, ...]) -> None:
    desk.fill(LayoutState(canvas=(128, 128), layers=found))
    desk.window.selection.set([layer.id for layer in found])
    desk.window.hint.show_text("")


@pytest.mark.parametrize(("values", "word"), BARRED)
def test_no_menu_edits_what_is_locked_or_hidden(desk: Desk, values: dict[str, object], word: str) -> None:
    for name in EDITS:
        fill(desk, layers(**values))
        before = desk.state
        desk.window.actions_table.by_name[name].trigger()
        assert not QApplication.activeModalWidget(), name
        assert desk.state == before, name
        assert desk.document.undo.count() == 0, name
        if name != "break_nodes":  # that wants nodes first, and no node can be chosen
            assert word in desk.window.hint.text(), name


def test_nor_what_is_hidden_with_all_layers(desk: Desk) -> None:
    fill(desk, layers())
    before = desk.state
    desk.window.actions_table.show_layers.setChecked(False)
    for name in EDITS:
        desk.window.actions_table.by_name[name].trigger()
        assert desk.state == before, name
        assert not QApplication.activeModalWidget(), name


def test_every_edit_does_something_to_what_is_seen(desk: Desk) -> None:
    idle = {"break_nodes", "close_path", "simplify_path", "corner_nodes", "path_intersection"}
    asking = {"grow_mask", "shrink_mask", "soften_mask"}
    for name in EDITS:
        if name not in idle | asking:
            fill(desk, layers())
            before = desk.state
            desk.window.actions_table.by_name[name].trigger()
            assert desk.state != before, name


def nudge(desk: Desk) -> None:
    desk.window.canvas.setFocus()
    QTest.keyClick(desk.window.canvas, Qt.Key.Key_Right)


def frame(desk: Desk) -> None:
    desk.window._on_selection.arrange.set_frame(QRectF(0, 0, 50, 50))


def drag_handle(desk: Desk) -> None:
    drag(desk, (120, 120), (90, 100))


def drag_knob(desk: Desk) -> None:
    knob = desk.window.canvas.scene().frame.knob
    drag(desk, (knob.x(), knob.y()), (120, 10))


def drag_layer(desk: Desk) -> None:
    drag(desk, (105, 105), (95, 100))


def drag(desk: Desk, start: tuple[float, float], end: tuple[float, float]) -> None:
    canvas = desk.window.canvas
    start_at, end_at = (canvas.mapFromScene(*point) for point in (start, end))
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(canvas.viewport(), left, pos=start_at)
    QTest.mouseMove(canvas.viewport(), end_at + QPoint(1, 1))
    QTest.mouseMove(canvas.viewport(), end_at)
    QTest.mouseRelease(canvas.viewport(), left, pos=end_at)


@pytest.mark.parametrize("deed", [nudge, frame, drag_handle, drag_knob, drag_layer])
def test_of_a_mixed_selection_only_what_is_seen_changes(desk: Desk, deed: Callable[[Desk], None]) -> None:
    hidden = replace(layers()[0], visible=False)
    fill(desk, (hidden, *layers()[1:]))
    desk.window.canvas.aids.choose(snapping=False)
    deed(desk)
    assert desk.state.layer("a") == hidden
    changed = desk.state.layer("c")
    assert isinstance(changed, ShapeLayer)
    assert changed.path != layers()[2].path
    assert desk.document.undo.count() == 1


def test_the_numbers_are_those_of_what_may_be_edited(desk: Desk) -> None:
    seen, hidden, locked, _ = layers()
    fill(desk, (seen, replace(hidden, visible=False), replace(locked, locked=True)))
    card = desk.window._on_selection.card
    assert (card.left.value(), card.top.value(), card.wide.value(), card.tall.value()) == (10, 10, 20, 30)
    desk.window.selection.set(["b"])
    assert card.isHidden()


def test_hidden_layers_are_nothing_to_align_with(desk: Desk) -> None:
    first, second, third, _ = layers()
    fill(desk, (replace(first, visible=False), second, third))
    desk.window.actions_table.align_left.trigger()
    rect = desk.state.layer("c").path.boundingRect()  # type: ignore[union-attr]
    assert rect.left() == 20


def test_the_panel_may_do_all_of_its_own_with_hidden_layers(desk: Desk) -> None:
    window = desk.window
    for deed in (
        lambda: window._commands.set_colour(["a"], "#123456"),
        lambda: window._commands.set_weight(2),
        window.actions_table.duplicate.trigger,
        window.actions_table.lower_to_bottom.trigger,
        window.actions_table.delete.trigger,
        window.actions_table.cut.trigger,
    ):
        fill(desk, layers(visible=False))
        window.selection.set(["a"])
        before = desk.state
        deed()
        assert desk.state != before


def test_the_node_tool_says_why_it_shows_no_nodes(desk: Desk) -> None:
    fill(desk, layers())
    window = desk.window
    window.selection.set(["a"])
    window.canvas.set_tool("node")
    assert "Drag nodes" in window.canvas.hint
    window.actions_table.hide_layer.trigger()
    assert "“a” is hidden" in window.hint.text()
    window.actions_table.hide_layer.trigger()
    assert "Drag nodes" in window.hint.text()
    window.canvas.set_tool("select")
    window.actions_table.lock_layer.trigger()
    window.canvas.set_tool("node")
    assert "“a” is locked" in window.hint.text()


def test_the_node_tool_has_another_hint_once_its_layer_is_gone(desk: Desk) -> None:
    fill(desk, layers()[:1])
    desk.window.canvas.set_tool("node")
    desk.window.actions_table.delete.trigger()
    assert desk.state.layers == ()
    assert desk.window.hint.text().startswith("Click a shape")


@pytest.mark.parametrize("name", ["smooth_nodes", "symmetric_nodes", "corner_nodes"])
def test_nodes_that_stay_as_they_are_are_told_of(desk: Desk, name: str) -> None:
    fill(desk, layers()[:1])
    action = desk.window.actions_table.by_name[name]
    action.trigger()
    action.trigger()  # the first time it may have been of use
    count = desk.document.undo.count()
    desk.window.hint.show_text("")
    action.trigger()
    assert desk.document.undo.count() == count
    assert "already" in desk.window.hint.text()
    desk.window.canvas.set_tool("node")
    QTest.keyClick(desk.window.canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    action.trigger()
    assert desk.document.undo.count() == count
    assert "already" in desk.window.hint.text()
