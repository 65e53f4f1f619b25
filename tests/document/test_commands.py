"""Undo and redo restore exactly, whatever was done in whatever order."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainterPath, QUndoStack

from tests.document.strategies import edit, reorder, states
from zestdesk.document.brush import Stroke, StrokePatches, StrokeStyle, blank_mask, mask_pixels, pixels_to_mask
from zestdesk.document.commands import (
    AddLayer,
    AddLayers,
    ChangeLayers,
    RemoveLayers,
    ReplaceState,
    ResizeCanvas,
    SetPrompt,
    SetSettings,
)
from zestdesk.document.layers import BrushLayer, ShapeLayer
from zestdesk.document.layout import LayerChanged, Layout, LayoutState
from zestdesk.document.painting import PaintStroke
from zestdesk.document.settings import Settings
from zestdesk.errors import UserError


def rectangle(label: str = "", left: float = 0) -> ShapeLayer:
    path = QPainterPath()
    path.addRect(left, 0, 10, 10)
    return ShapeLayer(label=label, path=path, kind="rectangle")


@pytest.fixture
def layout() -> Layout:
    return Layout(LayoutState(canvas=(40, 30), layers=tuple(rectangle(name) for name in "abc")))


@pytest.fixture
def undo() -> QUndoStack:
    return QUndoStack()


def labels(layout: Layout) -> str:
    return "".join(layer.label for layer in layout.state.layers)


@given(st.data(), states())
def test_undo_all_gives_the_first_layout_and_redo_all_the_last(data: st.DataObject, first: LayoutState) -> None:
    layout, undo = Layout(first), QUndoStack()
    for _ in range(data.draw(st.integers(1, 12))):
        step = data.draw(st.sampled_from(["edit", "edit", "edit", "undo", "redo"]))
        if step == "undo":
            undo.undo()
        elif step == "redo":
            undo.redo()
        elif (command := edit(data, layout)) is not None:
            undo.push(command)
    undo.setIndex(undo.count())
    last = layout.state
    seen = [last]
    while undo.canUndo():
        undo.undo()
        seen.append(layout.state)
    assert layout.state == first
    for expected in reversed(seen[:-1]):
        undo.redo()
        assert layout.state == expected
    assert layout.state == last


def test_adding_puts_a_layer_where_it_is_wanted(layout: Layout, undo: QUndoStack) -> None:
    undo.push(AddLayer(layout, rectangle("x"), 2))
    assert labels(layout) == "abxc"
    assert undo.undoText() == "Add layer “x”"
    undo.undo()
    assert labels(layout) == "abc"


def test_adding_refuses_an_id_or_a_place_that_cannot_be(layout: Layout) -> None:
    with pytest.raises(ValueError, match="id"):
        AddLayer(layout, layout.state.layers[0])
    with pytest.raises(ValueError, match="index"):
        AddLayer(layout, rectangle(), 4)


def test_removed_layers_come_back_in_their_places(layout: Layout, undo: QUndoStack) -> None:
    ids = [layout.state.layers[index].id for index in (2, 0)]
    undo.push(RemoveLayers(layout, ids))
    assert labels(layout) == "b"
    undo.undo()
    assert labels(layout) == "abc"


def test_several_layers_come_and_go_in_one_step_and_are_told_of_once(layout: Layout, undo: QUndoStack) -> None:
    first, heard, settled = layout.state, [], []
    layout.changed.connect(heard.append)
    layout.settled.connect(lambda: settled.append(labels(layout)))
    undo.push(AddLayers(layout, [(3, rectangle("x")), (1, rectangle("y")), (1, rectangle("z"))], "Paste"))
    assert (labels(layout), undo.undoText()) == ("azybcx", "Paste")
    undo.push(RemoveLayers(layout, [layer.id for layer in layout.state.layers[1:4]]))
    undo.undo()
    undo.undo()
    assert layout.state == first
    undo.redo()
    assert labels(layout) == "azybcx"
    assert settled == ["azybcx", "acx", "azybcx", "abc", "azybcx"]
    assert len(heard) == 5 * 3
    with pytest.raises(ValueError, match="there already"):
        AddLayers(layout, [(0, rectangle("new")), (0, layout.state.layers[0])], "Paste")


def test_whoever_waits_for_the_whole_hears_of_each_single_change(layout: Layout) -> None:
    order: list[str] = []
    layout.changed.connect(lambda change: order.append(type(change).__name__))
    layout.settled.connect(lambda: order.append("settled"))
    layout.set_prompt("a cat", "")
    layout.replace_layers(replace(layer, label="x") for layer in layout.state.layers[:2])
    with pytest.raises(KeyError):
        layout.remove_all([layout.state.layers[0].id, "nobody"])
    layout.set_state(LayoutState())
    assert order == [
        "PromptChanged", "settled", "LayerChanged", "LayerChanged", "settled", "LayerRemoved", "settled",
        "StateReplaced", "settled",
    ]  # fmt: skip


def test_removing_what_is_not_there_is_a_defect(layout: Layout) -> None:
    with pytest.raises(KeyError):
        RemoveLayers(layout, ["nobody"])


@pytest.mark.parametrize(("after", "order"), [(0, "abc"), (1, "bac"), (2, "bca")])
def test_moving_counts_without_the_layer(layout: Layout, undo: QUndoStack, after: int, order: str) -> None:
    undo.push(reorder(layout, layout.state.layers[0].id, after))
    assert labels(layout) == order
    assert undo.count() == (order != "abc")
    undo.undo()
    assert labels(layout) == "abc"


def test_typing_a_label_is_one_step(layout: Layout, undo: QUndoStack) -> None:
    layer = layout.state.layers[1]
    for text in ("b ", "b i", "b ig"):
        undo.push(ChangeLayers(layout, [replace(layer, label=text)], "Rename", "label"))
    assert undo.count() == 1
    undo.undo()
    assert labels(layout) == "abc"
    undo.redo()
    assert layout.state.layers[1].label == "b ig"


def test_series_with_other_keys_or_layers_stay_apart(layout: Layout, undo: QUndoStack) -> None:
    first, second, _ = layout.state.layers
    undo.push(ChangeLayers(layout, [replace(first, weight=2.0)], "Weight", "weight"))
    undo.push(ChangeLayers(layout, [replace(first, label="x", weight=2.0)], "Rename", "label"))
    undo.push(ChangeLayers(layout, [replace(second, label="y")], "Rename", "label"))
    undo.push(ChangeLayers(layout, [replace(second, label="z")], "Rename"))
    undo.push(ChangeLayers(layout, [replace(second, label="w")], "Rename"))
    assert undo.count() == 5


def test_a_series_that_ends_where_it_began_leaves_no_step(layout: Layout, undo: QUndoStack) -> None:
    layer = layout.state.layers[0]
    for weight in (2.0, 3.0, 1.0):
        undo.push(ChangeLayers(layout, [replace(layer, weight=weight)], "Weight", "weight"))
    assert undo.count() == 0
    assert layout.state.layers[0] == layer


def test_a_change_tells_only_of_layers_that_changed(layout: Layout, undo: QUndoStack) -> None:
    heard: list[object] = []
    layout.changed.connect(heard.append)
    first, second, _ = layout.state.layers
    undo.push(ChangeLayers(layout, [replace(first, visible=False), replace(second)], "Hide"))
    assert heard == [LayerChanged(first, replace(first, visible=False))]


def test_typing_in_one_text_is_one_step_and_the_other_text_another(layout: Layout, undo: QUndoStack) -> None:
    for prompt in ("a", "a c", "a cat"):
        undo.push(SetPrompt(layout, prompt, ""))
    for negative in ("b", "blur"):
        undo.push(SetPrompt(layout, "a cat", negative))
    assert [undo.text(index) for index in range(undo.count())] == ["Edit prompt", "Edit negative prompt"]
    undo.undo()
    assert (layout.state.prompt, layout.state.negative_prompt) == ("a cat", "")
    undo.undo()
    assert layout.state.prompt == ""


def test_settings_merge_by_key(layout: Layout, undo: QUndoStack) -> None:
    for eta in (0.5, 0.75):
        undo.push(SetSettings(layout, replace(layout.state.settings, eta=eta), "eta"))
    undo.push(SetSettings(layout, replace(layout.state.settings, tau=0.25), "tau"))
    undo.push(SetSettings(layout, layout.state.settings))
    assert undo.count() == 2
    undo.setIndex(0)
    assert layout.state.settings == Settings()


def test_a_stroke_changes_and_restores_its_rectangle_only(undo: QUndoStack) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (50, 61), np.uint8)
    layer = BrushLayer(mask=pixels_to_mask(noise), label="fog", locked=True, weight=2.0)
    layout = Layout(LayoutState(canvas=(61, 50), layers=(layer,)))
    regions: list[QRect | None] = []
    layout.changed.connect(lambda change: regions.append(change.region))
    stroke = Stroke(layer.mask, StrokeStyle(size=9, opacity=0.7))
    stroke.move_to(QPointF(20.3, 20.8))
    stroke.move_to(QPointF(31.1, 24.2))
    stroke.finish()
    patches = stroke.patches()
    assert patches is not None
    undo.push(PaintStroke(layout, layer.id, patches, "Paint"))
    painted = layout.state.layers[0]
    assert isinstance(painted, BrushLayer)
    assert replace(painted, mask=layer.mask) == layer
    assert painted.mask != layer.mask
    outside = np.ones_like(noise, bool)
    rect = patches.rect
    outside[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1] = False
    assert (mask_pixels(painted.mask)[outside] == noise[outside]).all()
    undo.undo()
    assert layout.state.layers[0] == layer
    assert regions == [patches.rect, patches.rect]


def test_a_stroke_needs_a_brush_layer_and_fitting_patches(layout: Layout) -> None:
    patch = blank_mask((4, 4))
    with pytest.raises(ValueError, match="brush"):
        PaintStroke(layout, layout.state.layers[0].id, StrokePatches(QRect(0, 0, 4, 4), patch, patch), "Paint")
    layer = BrushLayer(mask=blank_mask((40, 30)))
    layout.insert(0, layer)
    with pytest.raises(ValueError, match="brush"):
        PaintStroke(layout, layer.id, StrokePatches(QRect(38, 0, 4, 4), patch, patch), "Paint")
    with pytest.raises(ValueError, match="size"):
        PaintStroke(layout, layer.id, StrokePatches(QRect(0, 0, 5, 4), patch, patch), "Paint")


def test_resizing_crops_and_extends_masks_and_brings_them_back(undo: QUndoStack) -> None:
    noise = np.random.default_rng(2).integers(1, 256, (30, 40), np.uint8)
    shape, brush = rectangle(left=35), BrushLayer(mask=pixels_to_mask(noise))
    layout = Layout(LayoutState(canvas=(40, 30), layers=(shape, brush)))
    undo.push(ResizeCanvas(layout, (50, 20)))
    resized = layout.state.layers[1]
    assert isinstance(resized, BrushLayer)
    pixels = mask_pixels(resized.mask)
    assert pixels.shape == (20, 50)
    assert (pixels[:, :40] == noise[:20]).all()
    assert not pixels[:, 40:].any()
    assert layout.state.layers[0] == shape
    undo.undo()
    assert layout.state == LayoutState(canvas=(40, 30), layers=(shape, brush))


@pytest.mark.parametrize("canvas", [(0, 10), (10, 8193)])
def test_a_canvas_that_cannot_be_is_refused(layout: Layout, canvas: tuple[int, int]) -> None:
    with pytest.raises(UserError, match="canvas"):
        ResizeCanvas(layout, canvas)


def test_restoring_a_layout_can_be_undone(layout: Layout, undo: QUndoStack) -> None:
    before, other = layout.state, LayoutState(prompt="another")
    undo.push(ReplaceState(layout, other, "Restore layout"))
    assert layout.state == other
    undo.undo()
    assert layout.state == before
    undo.push(ReplaceState(layout, before, "Restore layout"))
    assert undo.count() == 0


def test_long_labels_are_shortened_in_the_history(layout: Layout) -> None:
    assert AddLayer(layout, rectangle("word " * 20)).text() == "Add layer “word word word word word word…”"
