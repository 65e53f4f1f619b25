"""Several layers become one that covers the same, where the lowest of them was; one undo step."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from tests.document.strategies import states
from zestdesk.document.brush import mask_pixels, pixels_to_mask
from zestdesk.document.groups import first_stray
from zestdesk.document.layers import BrushLayer, Group, ShapeLayer, shape_path
from zestdesk.document.layout import Layout, LayoutState
from zestdesk.document.masks import rasterise
from zestdesk.document.merge import MergeLayers, merged
from zestdesk.document.undo import UndoStack

CANVAS = (60, 50)


def shape(x: float, y: float, width: float, height: float, kind: str = "rectangle", **more: object) -> ShapeLayer:
    return ShapeLayer(path=shape_path(kind, QRectF(x, y, width, height)), kind=kind, **more)


def covered(layers: tuple, canvas: tuple[int, int] = CANVAS) -> np.ndarray:
    left = np.ones((canvas[1], canvas[0]), np.float32)
    for layer in layers:
        left *= 1 - rasterise(layer, canvas, canvas)
    return 1 - left


def test_shapes_unite_to_a_shape() -> None:
    layers = (shape(5, 5, 20, 20), shape(15, 15, 30, 20, "ellipse"), shape(50, 40, 5, 5))
    one = merged(layers, CANVAS)
    assert isinstance(one, ShapeLayer)
    assert one.kind == "path"
    assert np.abs(rasterise(one, CANVAS, CANVAS) - covered(layers)).max() < 0.3  # along edges that cross a pixel twice
    assert rasterise(one, CANVAS, CANVAS).sum() == pytest.approx(covered(layers).sum(), rel=0.01)


@pytest.mark.parametrize("painted_is_lower", [True, False])
def test_with_paint_among_them_all_become_a_mask(painted_is_lower: bool) -> None:
    noise = np.random.default_rng(2).integers(0, 256, (50, 60), np.uint8)
    layers = (
        shape(5.5, 5, 20, 20, label="a"),
        BrushLayer(mask=pixels_to_mask(noise), label="b", weight=2.0, start=0.1, end=0.3),
    )
    layers = layers if painted_is_lower else layers[::-1]
    one = merged(layers, CANVAS)
    assert isinstance(one, BrushLayer)
    assert np.abs(mask_pixels(one.mask) / 255 - covered(layers)).max() < 1 / 255
    lowest = layers[-1]
    assert (one.id, one.label, one.weight, one.colour) == (lowest.id, lowest.label, lowest.weight, lowest.colour)
    assert (one.start, one.end) == (lowest.start, lowest.end)


def test_a_lowest_layer_without_a_label_takes_the_next_ones() -> None:
    layers = (shape(0, 0, 5, 5, label="top"), shape(0, 0, 5, 5, label="middle"), shape(0, 0, 5, 5, label=" "))
    assert merged(layers, CANVAS).label == "middle"


def test_merging_is_one_step_that_undoes_exactly() -> None:
    layers = tuple(shape(5 * number, 5, 10, 10, label=name) for number, name in enumerate("abcd"))
    layout = Layout(LayoutState(canvas=CANVAS, layers=layers))
    undo, first = UndoStack(), layout.state
    undo.push(MergeLayers(layout, [layers[3].id, layers[0].id, layers[1].id]))
    assert [layer.label for layer in layout.state.layers] == ["c", "d"]
    assert layout.state.layers[1].id == layers[3].id
    assert (undo.count(), undo.text(0)) == (1, "Merge layers “d”")
    after = layout.state
    undo.undo()
    assert layout.state == first
    undo.redo()
    assert layout.state == after


def test_one_layer_alone_is_no_merger() -> None:
    layer = shape(0, 0, 5, 5)
    layout = Layout(LayoutState(canvas=CANVAS, layers=(layer,)))
    with pytest.raises(ValueError, match="two"):
        MergeLayers(layout, [layer.id])
    with pytest.raises(KeyError):
        MergeLayers(layout, [layer.id, "nobody"])


@given(states(most=5), st.data())
def test_any_layers_of_any_layout_merge_and_part_again(first: LayoutState, data: st.DataObject) -> None:
    layers = list(first.layers)
    if len(layers) >= 3 and data.draw(st.booleans()):
        group = Group(name="g")
        layers[:2] = [replace(layer, group=group) for layer in layers[:2]]
        layers[2:] = [replace(layer, group=None) for layer in layers[2:]]
        first = replace(first, layers=tuple(layers))
    if len(layers) < 2:
        return
    chosen = data.draw(st.lists(st.sampled_from(layers), min_size=2, unique_by=lambda layer: layer.id))
    layout, undo = Layout(first), UndoStack()
    undo.push(MergeLayers(layout, [layer.id for layer in chosen]))
    after = layout.state
    assert len(after.layers) == len(layers) - len(chosen) + 1
    assert first_stray(after.layers) is None
    undo.undo()
    assert layout.state == first
    undo.redo()
    assert layout.state == after
