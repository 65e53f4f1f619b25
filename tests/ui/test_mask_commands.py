"""The Layer menu's deeds on masks, through the window's actions."""

from dataclasses import replace

import numpy as np
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk, box
from zestdesk.document.brush import mask_pixels, pixels_to_mask
from zestdesk.document.layers import BrushLayer, ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.document.morphology import filled_holes, grown, inverted, shrunk, softened
from zestdesk.ui.amount_dialog import AmountDialog

CANVAS = (128, 128)


def ring(label: str = "a ring", **more: object) -> BrushLayer:
    rows, columns = np.mgrid[:128, :128]
    away = np.abs(np.hypot(rows - 63.5, columns - 63.5) - 30)
    pixels = np.rint(255 * np.clip(8.5 - away, 0, 1)).astype(np.uint8)
    return BrushLayer(id=label, label=label, mask=pixels_to_mask(pixels), **more)


def fill(desk: Desk, *layers: BrushLayer | ShapeLayer, selected: tuple[str, ...] = ("a ring",)) -> None:
    desk.fill(LayoutState(canvas=CANVAS, layers=layers))
    desk.window.selection.set(selected)


def pixels(desk: Desk, name: str = "a ring") -> np.ndarray:
    layer = desk.state.layer(name)
    assert isinstance(layer, BrushLayer)
    return mask_pixels(layer.mask)


def dialog(desk: Desk) -> AmountDialog:
    found = [each for each in desk.window.findChildren(AmountDialog) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def test_one_step_that_keeps_only_what_differs(desk: Desk) -> None:
    fill(desk, ring(), box("a cat"))
    before, undo = pixels(desk), desk.document.undo
    for name, change, step in (
        ("invert_mask", inverted, "Invert mask"),
        ("clear_mask", np.zeros_like, "Clear mask"),
        ("fill_holes", filled_holes, "Fill holes"),
    ):
        desk.window.actions_table.by_name[name].trigger()
        assert (pixels(desk) == change(before)).all()
        assert (undo.count(), undo.text(0)) == (1, step)
        assert undo.bytes_held < 6000
        undo.undo()
        assert (pixels(desk) == before).all()


def test_several_layers_are_one_step(desk: Desk) -> None:
    fill(desk, ring(), ring("b"), ring("c"), selected=("a ring", "b"))
    first = desk.state
    desk.window.actions_table.clear_mask.trigger()
    assert not pixels(desk, "a ring").any()
    assert not pixels(desk, "b").any()
    assert pixels(desk, "c").any()
    assert desk.document.undo.count() == 1
    desk.document.undo.undo()
    assert desk.state == first


def test_a_layer_without_a_mask_is_inverted_and_what_changes_nothing_is_no_step(desk: Desk) -> None:
    fill(desk, BrushLayer(id="a ring"))
    desk.window.actions_table.clear_mask.trigger()
    assert desk.document.undo.count() == 0
    desk.window.actions_table.invert_mask.trigger()
    assert (pixels(desk) == 255).all()


def test_locked_and_hidden_layers_stay(desk: Desk) -> None:
    for more, word in (({"locked": True}, "locked"), ({"visible": False}, "hidden")):
        fill(desk, ring(**more), ring("b"), selected=("a ring", "b"))
        before = pixels(desk)
        desk.window.actions_table.clear_mask.trigger()
        assert (pixels(desk) == before).all()
        assert not pixels(desk, "b").any()
        assert word in desk.window.hint.toolTip() + desk.window.hint.text()


def test_they_need_a_brush_layer(desk: Desk) -> None:
    fill(desk, ring(), box("a cat"))
    names = ("invert_mask", "clear_mask", "fill_holes", "grow_mask", "shrink_mask", "soften_mask")
    assert all(desk.window.actions_table.by_name[name].isEnabled() for name in names)
    desk.window.selection.set([desk.state.layers[1].id])
    assert not any(desk.window.actions_table.by_name[name].isEnabled() for name in names)


def test_amounts_are_shown_before_they_are_decided(desk: Desk, qtbot: QtBot) -> None:
    fill(desk, ring())
    before, seen = pixels(desk), desk.window.canvas.viewport().grab().toImage()
    for name, change in (("grow_mask", grown), ("shrink_mask", shrunk), ("soften_mask", softened)):
        desk.window.actions_table.by_name[name].trigger()
        asked = dialog(desk)
        with qtbot.waitSignal(asked.tried) as tried:
            asked.amount.slider.setValue(5)
        assert tried.args == [5]
        assert desk.window.canvas.viewport().grab().toImage() != seen
        assert (pixels(desk) == before).all()
        asked.accept()
        assert (pixels(desk) == change(before, 5)).all()
        assert desk.document.undo.count() == 1
        desk.document.undo.undo()
        assert (pixels(desk) == before).all()
        desk.window.actions_table.by_name[name].trigger()
        assert dialog(desk).amount.value == 5  # as it was last time
        dialog(desk).reject()


def test_cancelling_leaves_all_as_it_was(desk: Desk, qtbot: QtBot) -> None:
    fill(desk, ring())
    before, seen = pixels(desk), desk.window.canvas.viewport().grab().toImage()
    desk.window.actions_table.grow_mask.trigger()
    asked = dialog(desk)
    with qtbot.waitSignal(asked.tried):
        asked.amount.slider.setValue(20)
    asked.reject()
    assert (pixels(desk) == before).all()
    assert desk.window.canvas.viewport().grab().toImage() == seen
    assert desk.document.undo.count() == 0


def test_a_layer_that_goes_while_it_is_asked_about_does_no_harm(desk: Desk, qtbot: QtBot) -> None:
    fill(desk, ring())
    desk.window.actions_table.grow_mask.trigger()
    asked = dialog(desk)
    desk.document.layout.set_state(LayoutState(canvas=(64, 64)))
    with qtbot.waitSignal(asked.tried):
        asked.amount.slider.setValue(20)
    asked.accept()
    assert desk.state == LayoutState(canvas=(64, 64))


def test_merging_selected_layers_and_not_locked_ones(desk: Desk) -> None:
    fill(desk, box("top", 0, 0, 20, 20), ring(), box("low", 90, 90, 20, 20))
    top, _, low = desk.state.layers
    desk.window.selection.set([top.id, low.id])
    desk.window.actions_table.merge_layers.trigger()
    assert [layer.label for layer in desk.state.layers] == ["a ring", "low"]
    assert isinstance(desk.state.layers[1], ShapeLayer)
    assert desk.window.selection.ids == (low.id,)
    assert desk.document.undo.count() == 1
    fill(desk, ring(), replace(box("low"), locked=True))
    first = desk.state
    desk.window.actions_table.merge_layers.trigger()
    assert desk.state == first


def test_merging_a_single_layer_with_the_next_below(desk: Desk) -> None:
    fill(desk, ring(), box("low", 60, 60, 10, 10))
    before = pixels(desk)
    low = desk.state.layers[1]
    desk.window.actions_table.merge_layers.trigger()
    (one,) = desk.state.layers
    assert isinstance(one, BrushLayer)
    assert (one.id, one.label) == (low.id, "low")
    assert (mask_pixels(one.mask) >= before).all()
    assert mask_pixels(one.mask)[65, 65] == 255
    desk.window.actions_table.merge_layers.trigger()
    assert desk.state.layers == (one,)
    assert "no layer below" in desk.window.hint.toolTip() + desk.window.hint.text()


def test_on_a_large_canvas_the_window_does_not_wait(desk: Desk, qtbot: QtBot) -> None:
    large = np.zeros((700, 900), np.uint8)
    large[100:400, 200:500] = 255
    layers = tuple(BrushLayer(id=name, label=name, mask=pixels_to_mask(large)) for name in ("one", "two"))
    desk.fill(LayoutState(canvas=(900, 700), layers=layers))
    desk.window.selection.set(["one", "two"])
    undo, table = desk.document.undo, desk.window.actions_table.by_name
    table["fill_holes"].trigger()
    table["grow_mask"].trigger()
    asked = dialog(desk)
    asked.amount.slider.setValue(12)
    scene = desk.window.canvas.scene()
    qtbot.waitUntil(lambda: scene.figure("two").bounds.width() >= 324)
    assert (pixels(desk, "one") == large).all(), "a preview changes nothing"
    asked.accept()
    qtbot.waitUntil(lambda: undo.count() == 1)
    assert undo.text(0) == "Grow"
    for name in ("one", "two"):
        assert (pixels(desk, name) == grown(large, 12)).all()
    table["merge_layers"].trigger()
    qtbot.waitUntil(lambda: len(desk.state.layers) == 1)
    doubled = 1 - (1 - grown(large, 12) / 255) ** 2  # soft edges over soft edges are less soft
    assert np.abs(pixels(desk, "two") - 255 * doubled).max() <= 0.51
    undo.undo()
    undo.undo()
    assert (pixels(desk, "one") == large).all()
