"""Another canvas size: what stays where, what is scaled, and that undo brings back all of it."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QUndoStack

from tests.document.strategies import canvases, states
from zestdesk.document.brush import mask_pixels, pixels_to_mask
from zestdesk.document.commands import ResizeCanvas
from zestdesk.document.guides import Guide
from zestdesk.document.layers import BrushLayer, ShapeLayer, shape_path
from zestdesk.document.layout import Layout, LayoutState
from zestdesk.document.resizing import Fitting, fitting
from zestdesk.errors import UserError

anchors = st.sampled_from(list(product((0, 0.5, 1), repeat=2)))


def layout_of(*layers: ShapeLayer | BrushLayer, guides: tuple[Guide, ...] = ()) -> Layout:
    return Layout(LayoutState(canvas=(40, 20), layers=layers, guides=guides))


def shape(x: float, y: float, width: float, height: float, kind: str = "rectangle") -> ShapeLayer:
    return ShapeLayer(id="s", kind=kind, path=shape_path(kind, QRectF(x, y, width, height)))


def painted(x: int, y: int, width: int, height: int) -> BrushLayer:
    pixels = np.zeros((20, 40), np.uint8)
    pixels[y : y + height, x : x + width] = 255
    return BrushLayer(id="b", mask=pixels_to_mask(pixels))


def bounds(layout: Layout) -> QRectF:
    return layout.state.layer("s").path.boundingRect()


@given(states(), canvases, anchors, st.booleans())
def test_undo_brings_everything_back(
    state: LayoutState, canvas: tuple[int, int], anchor: tuple[float, float], scale: bool
) -> None:
    layout, undo = Layout(state), QUndoStack()
    undo.push(ResizeCanvas(layout, canvas, anchor, scale=scale))
    after = layout.state
    assert after.canvas == canvas
    for before, layer in zip(state.layers, after.layers, strict=True):
        assert (layer.id, layer.label, type(layer)) == (before.id, before.label, type(before))
        if isinstance(layer, BrushLayer) and not layer.mask.isNull():
            assert layer.mask.size().toTuple() == canvas
    undo.undo()
    assert layout.state == state
    undo.redo()
    assert layout.state == after


@pytest.mark.parametrize(
    ("anchor", "place"),
    [
        ((0, 0), (5, 4)),
        ((0.5, 0), (15, 4)),
        ((1, 0), (25, 4)),
        ((0, 1), (5, 14)),
        ((0.5, 0.5), (15, 9)),
        ((1, 1), (25, 14)),
    ],
)
def test_contents_stay_at_the_anchor(anchor: tuple[float, float], place: tuple[int, int]) -> None:
    layout = layout_of(shape(5, 4, 10, 6), painted(5, 4, 10, 6), guides=(Guide("horizontal", 4), Guide("vertical", 5)))
    ResizeCanvas(layout, (60, 30), anchor).redo()
    x, y = place
    assert bounds(layout) == QRectF(x, y, 10, 6)
    expected = np.zeros((30, 60), np.uint8)
    expected[y : y + 6, x : x + 10] = 255
    np.testing.assert_array_equal(mask_pixels(layout.state.layer("b").mask), expected)
    assert layout.state.guides == (Guide("horizontal", y), Guide("vertical", x))


def test_what_lies_outside_is_kept_of_shapes_and_cut_off_masks() -> None:
    layout = layout_of(shape(30, 5, 20, 10, "ellipse"), painted(30, 5, 10, 10))
    ResizeCanvas(layout, (35, 20)).redo()
    assert bounds(layout) == QRectF(30, 5, 20, 10)
    assert layout.state.layer("s").kind == "ellipse"
    ResizeCanvas(layout, (40, 20)).redo()
    assert bounds(layout) == QRectF(30, 5, 20, 10)
    assert mask_pixels(layout.state.layer("b").mask)[:, 35:].max() == 0
    assert mask_pixels(layout.state.layer("b").mask)[7, 34] == 255


def test_scaling_takes_the_contents_along() -> None:
    layout = layout_of(shape(10, 5, 20, 10), painted(10, 5, 20, 10), guides=(Guide("vertical", 10),))
    ResizeCanvas(layout, (80, 40), scale=True).redo()
    assert bounds(layout) == QRectF(20, 10, 40, 20)
    assert layout.state.guides == (Guide("vertical", 20),)
    mask = mask_pixels(layout.state.layer("b").mask) / 255
    assert mask.sum() == pytest.approx(800, rel=0.03)
    assert mask[12:28, 22:58].min() > 0.95


def test_scaling_keeps_proportions_and_the_anchor_says_where_the_rest_is_left() -> None:
    assert fitting((40, 20), (40, 40), (0.5, 0.5), scale=True) == Fitting(1.0, 0, 10)
    assert fitting((40, 20), (20, 20), (0, 1), scale=True) == Fitting(0.5, 0, 10)
    layout = layout_of(shape(0, 0, 40, 20))
    ResizeCanvas(layout, (20, 20), (0.5, 1), scale=True).redo()
    assert bounds(layout) == QRectF(0, 10, 20, 10)


def test_masks_are_averaged_when_made_small() -> None:
    layout = layout_of(painted(0, 0, 40, 20))
    ResizeCanvas(layout, (10, 5), scale=True).redo()
    assert mask_pixels(layout.state.layer("b").mask).min() == 255


def test_the_same_size_is_no_step() -> None:
    layout, undo = layout_of(shape(1, 1, 5, 5)), QUndoStack()
    undo.push(ResizeCanvas(layout, (40, 20), (1, 1), scale=True))
    assert undo.count() == 0


@pytest.mark.parametrize("canvas", [(0, 5), (5, 8193)])
def test_an_impossible_size_is_refused_beforehand(canvas: tuple[int, int]) -> None:
    layout = layout_of()
    with pytest.raises(UserError):
        ResizeCanvas(layout, canvas)
    assert layout.state.canvas == (40, 20)
