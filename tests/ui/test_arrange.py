"""The Arrange menu, in the whole window."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from tests.ui.desk import Desk, box
from zestdesk.document.brush import blank_mask, pixels_to_mask
from zestdesk.document.layers import BrushLayer, Group, Layer, ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.document.transform import layer_bounds

CANVAS = (200, 100)


def _paint(name: str, x: int, y: int, width: int, height: int, **values: Any) -> BrushLayer:
    pixels = np.zeros((CANVAS[1], CANVAS[0]), np.uint8)
    pixels[y : y + height, x : x + width] = 255
    return BrushLayer(id=name, label=name, mask=pixels_to_mask(pixels), **values)


def _box(name: str, x: float, y: float, width: float, height: float, **values: Any) -> ShapeLayer:
    return box(name, x, y, width, height, id=name, **values)


def _open(desk: Desk, *layers: Layer, chosen: str = "") -> None:
    desk.fill(LayoutState(canvas=CANVAS, layers=layers))
    desk.window.selection.set(chosen.split() or [layer.id for layer in layers])


def _do(desk: Desk, name: str) -> None:
    action = desk.window.actions_table.by_name[name]
    assert action.isEnabled()
    action.trigger()


def _rect(desk: Desk, name: str) -> tuple[float, float, float, float]:
    return tuple(layer_bounds(desk.state.layer(name)).getRect())


@pytest.mark.parametrize(
    ("name", "a", "b", "p"),
    [
        ("align_left", (10, 10), (10, 40), (10, 60)),
        ("align_right", (100, 10), (90, 40), (80, 60)),
        ("align_centre", (55, 10), (50, 40), (45, 60)),
        ("align_top", (10, 10), (40, 10), (80, 10)),
        ("align_bottom", (10, 70), (40, 60), (80, 60)),
        ("align_middle", (10, 40), (40, 35), (80, 35)),
    ],
)
def test_align(desk: Desk, name: str, a: tuple[float, float], b: tuple[float, float], p: tuple[float, float]) -> None:
    _open(desk, _box("a", 10, 10, 10, 10), _box("b", 40, 40, 20, 20), _paint("p", 80, 60, 30, 20))
    first = desk.state
    _do(desk, name)
    assert [_rect(desk, each)[:2] for each in "abp"] == [a, b, p]
    assert desk.document.undo.count() == 1
    desk.document.undo.undo()
    assert desk.state == first


def test_a_single_layer_aligns_with_the_canvas(desk: Desk) -> None:
    _open(desk, _box("a", 10, 10, 10, 10), _box("b", 40, 40, 20, 20), chosen="a")
    _do(desk, "align_right")
    _do(desk, "align_bottom")
    assert _rect(desk, "a") == (190, 90, 10, 10)
    assert _rect(desk, "b") == (40, 40, 20, 20)


def test_a_group_moves_as_one_and_alone_aligns_with_the_canvas(desk: Desk) -> None:
    group = Group(name="pair")
    _open(desk, _box("a", 10, 10, 10, 10, group=group), _box("b", 40, 40, 20, 20, group=group))
    _do(desk, "align_left")
    assert [_rect(desk, each)[:2] for each in "ab"] == [(0, 10), (30, 40)]


def test_a_locked_layer_stays_says_so_and_is_what_the_others_align_with(desk: Desk) -> None:
    _open(desk, _box("a", 10, 10, 10, 10, locked=True), _box("b", 40, 40, 20, 20))
    _do(desk, "align_left")
    assert _rect(desk, "a") == (10, 10, 10, 10)
    assert _rect(desk, "b") == (10, 40, 20, 20)
    assert "“a” is locked" in desk.window.hint.toolTip() + desk.window.hint.text()
    _open(desk, _box("a", 10, 10, 10, 10, locked=True))
    for name in ("flip_horizontal", "turn_left", "align_top", "centre_on_canvas"):
        _do(desk, name)
    assert desk.document.undo.count() == 0


def test_of_a_locked_group_it_is_said_that_the_group_is_locked(desk: Desk) -> None:
    group = Group(name="pair", locked=True)
    _open(desk, _box("a", 10, 10, 10, 10, group=group), _box("b", 40, 40, 20, 20, group=group))
    for name in ("align_left", "path_union", "cut", "merge_layers"):
        desk.window.hint.show_text("")
        _do(desk, name)
        assert "The group of “a” is locked" in desk.window.hint.toolTip() + desk.window.hint.text(), name
    assert desk.document.undo.count() == 0


def test_distribute(desk: Desk) -> None:
    _open(desk, _box("a", 0, 0, 10, 10), _box("b", 12, 50, 10, 10), _box("c", 90, 90, 10, 10))
    _do(desk, "distribute_across")
    assert [_rect(desk, each)[0] for each in "abc"] == [0, 45, 90]
    _do(desk, "distribute_down")
    assert [_rect(desk, each)[1] for each in "abc"] == [0, 45, 90]
    assert desk.document.undo.count() == 2


def test_distribute_needs_three_that_can_move(desk: Desk) -> None:
    _open(desk, _box("a", 0, 0, 10, 10), _box("b", 12, 50, 10, 10), _box("c", 90, 90, 10, 10, locked=True))
    _do(desk, "distribute_across")
    assert desk.document.undo.count() == 0
    assert "“c” is locked" in desk.window.hint.text()
    _open(desk, _box("a", 0, 0, 10, 10), _box("b", 12, 50, 10, 10), _paint("p", 0, 0, 0, 0))
    _do(desk, "distribute_across")
    assert desk.document.undo.count() == 0
    assert "three layers" in desk.window.hint.text()
    desk.window.selection.set("ab")
    assert not desk.window.actions_table.distribute_across.isEnabled()


def test_flip_within_the_selections_bounds(desk: Desk) -> None:
    _open(desk, _box("a", 0, 0, 10, 10), _paint("p", 30, 20, 20, 10))
    _do(desk, "flip_horizontal")
    assert (_rect(desk, "a"), _rect(desk, "p")) == ((40, 0, 10, 10), (0, 20, 20, 10))
    _do(desk, "flip_vertical")
    assert (_rect(desk, "a"), _rect(desk, "p")) == ((40, 20, 10, 10), (0, 0, 20, 10))
    assert desk.state.layer("a").kind == "rectangle"


def test_four_quarter_turns_change_nothing(desk: Desk) -> None:
    _open(desk, _box("a", 50, 40, 15, 10), _paint("p", 70, 50, 20, 11))
    first = desk.state
    for _ in range(4):
        _do(desk, "turn_right")
    assert desk.state == first
    _do(desk, "turn_right")
    turned = desk.state
    _do(desk, "turn_left")
    assert desk.state == first
    assert turned != first


def test_centre_on_the_canvas_moves_the_selection_as_a_whole(desk: Desk) -> None:
    _open(desk, _box("a", 0, 0, 20, 20), _box("b", 20, 20, 20, 20))
    _do(desk, "centre_on_canvas")
    assert [_rect(desk, each)[:2] for each in "ab"] == [(80, 30), (100, 50)]


def test_an_empty_brush_layer_is_no_obstacle(desk: Desk) -> None:
    _open(desk, BrushLayer(id="e", mask=blank_mask(CANVAS)), _box("a", 5, 5, 10, 10))
    for name in ("align_left", "flip_vertical", "turn_right", "centre_on_canvas"):
        _do(desk, name)
    assert layer_bounds(desk.state.layer("a")) == QRectF(95, 45, 10, 10)
    assert layer_bounds(desk.state.layer("e")).isNull()


def test_nothing_to_do_is_no_step(desk: Desk) -> None:
    _open(desk, _box("a", 0, 0, 20, 20), _box("b", 0, 40, 20, 20))
    _do(desk, "align_left")
    assert desk.document.undo.count() == 0
    desk.window.selection.clear()
    assert not desk.window.actions_table.align_left.isEnabled()
