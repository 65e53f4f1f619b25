"""Rasterised areas are the exact ones, and upper layers win."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath

from tests.document.strategies import states
from zestdesk.document.brush import blank_mask, pixels_to_mask
from zestdesk.document.layers import BrushLayer, ShapeLayer, is_visible
from zestdesk.document.layout import LayoutState
from zestdesk.document.masks import layer_masks, rasterise, remembered

sides = st.integers(1, 40)
places = st.floats(-20, 60, width=32)
lengths = st.floats(0.5, 70, width=32)


def shape(path: QPainterPath) -> ShapeLayer:
    return ShapeLayer(path=path)


def rectangle(*bounds: float) -> ShapeLayer:
    path = QPainterPath()
    path.addRect(*bounds)
    return shape(path)


@given(places, places, lengths, lengths, sides, sides)
def test_a_rectangle_covers_its_exact_area(
    x: float, y: float, width: float, height: float, columns: int, rows: int
) -> None:
    canvas = (40, 30)
    mask = rasterise(rectangle(x, y, width, height), canvas, (columns, rows))
    assert mask.shape == (rows, columns)
    assert mask.dtype == np.float32
    seen = QRectF(x, y, width, height).intersected(QRectF(0, 0, *canvas))
    exact = seen.width() * seen.height() / (40 * 30)
    # Qt counts in 1/64 of a pixel and 1/255 of coverage, and edges are as long as the rectangle's circumference.
    assert mask.mean() == pytest.approx(exact, abs=0.02 * (columns + rows) / (columns * rows) + 0.004)


def test_an_ellipse_covers_its_exact_area() -> None:
    path = QPainterPath()
    path.addEllipse(10.25, 20.5, 100, 60)
    mask = rasterise(shape(path), (200, 100), (400, 200))
    assert mask.sum() / 4 == pytest.approx(math.pi * 50 * 30, rel=2e-3)
    assert mask.min() >= 0
    assert mask.max() == 1


@pytest.mark.parametrize("rule", [Qt.FillRule.OddEvenFill, Qt.FillRule.WindingFill])
def test_overlapping_outlines_are_filled_by_the_odd_even_rule(rule: Qt.FillRule) -> None:
    path = QPainterPath()
    path.setFillRule(rule)
    path.addRect(0, 0, 20, 20)
    path.addRect(5, 5, 10, 10)
    layer = shape(path)
    mask = rasterise(layer, (20, 20), (20, 20))
    assert mask.sum() == 300
    assert mask[10, 10] == 0
    assert layer.path.fillRule() == rule


@pytest.mark.parametrize("far", [1e3, 1e6])
def test_shapes_far_beyond_the_canvas_are_cut_at_it(far: float) -> None:
    mask = rasterise(rectangle(-far, -far, 2 * far, far + 5), (10, 10), (20, 20))
    assert (mask[:10] == 1).all()
    assert (mask[10:] == 0).all()


def test_a_mask_at_the_canvas_size_is_itself() -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (23, 37), np.uint8)
    mask = rasterise(BrushLayer(mask=pixels_to_mask(pixels)), (37, 23), (37, 23))
    np.testing.assert_allclose(mask, pixels / 255, atol=1e-6)


@given(sides, sides, st.integers(0, 2**32 - 1))
def test_brush_masks_are_averaged_over_area(columns: int, rows: int, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (24, 36), np.uint8)
    mask = rasterise(BrushLayer(mask=pixels_to_mask(pixels)), (36, 24), (columns, rows))
    fine = np.kron(pixels / 255, np.ones((rows, columns)))  # every pixel split, so that cells fall on whole pieces
    exact = fine.reshape(rows, 24, columns, 36).mean(axis=(1, 3))
    np.testing.assert_allclose(mask, exact, atol=1e-5)


def test_a_layer_without_pixels_has_an_empty_mask() -> None:
    assert rasterise(BrushLayer(), (8, 8), (5, 4)).sum() == 0
    assert rasterise(ShapeLayer(), (8, 8), (5, 4)).shape == (4, 5)


@given(states(), st.tuples(sides, sides))
def test_masks_are_disjoint(state: LayoutState, size: tuple[int, int]) -> None:
    masks = layer_masks(state, size)
    assert [layer for layer, _ in masks] == [layer for layer in state.layers if is_visible(layer)]
    total = np.zeros((size[1], size[0]))
    for layer, mask in masks:
        assert mask.dtype == np.float32
        assert mask.min() >= 0
        assert (mask <= rasterise(layer, state.canvas, size) + 1e-6).all()
        total += mask
    assert total.max() <= 1 + 1e-6


def test_the_upper_layer_wins() -> None:
    upper, lower = rectangle(0, 0, 10, 10), rectangle(5, 0, 10, 10)
    hidden = ShapeLayer(path=rectangle(0, 0, 20, 20).path, visible=False)
    (first, top), (second, rest) = layer_masks(LayoutState(canvas=(20, 10), layers=(hidden, upper, lower)), (20, 10))
    assert (first, second) == (upper, lower)
    assert top.sum() == 100
    assert (rest[:, :10] == 0).all()
    assert (rest[:, 10:15] == 1).all()
    assert rest.sum() == 50


def test_a_soft_upper_layer_leaves_the_rest_to_the_lower_one() -> None:
    soft = blank_mask((4, 4))
    soft.fill(51)
    (_, top), (_, rest) = layer_masks(
        LayoutState(canvas=(4, 4), layers=(BrushLayer(mask=soft), rectangle(0, 0, 4, 4))), (2, 2)
    )
    np.testing.assert_allclose(top, 0.2, atol=1e-6)
    np.testing.assert_allclose(rest, 0.8, atol=1e-6)


def test_remembered_masks_are_those_of_the_pixels_as_they_are() -> None:
    pixels = np.zeros((40, 60), np.uint8)
    pixels[10:20, 20:40] = 255
    layer = BrushLayer(mask=pixels_to_mask(pixels))
    first = remembered(layer, (60, 40), (15, 10))
    np.testing.assert_array_equal(first, rasterise(layer, (60, 40), (15, 10)))
    assert remembered(replace(layer, label="other"), (60, 40), (15, 10)) is first
    assert not first.flags.writeable
    pixels[:] = 255
    painted = replace(layer, mask=pixels_to_mask(pixels))
    assert remembered(painted, (60, 40), (15, 10)).min() == 1
    assert remembered(layer, (60, 40), (30, 20)).shape == (20, 30)
    for number in range(100):
        remembered(BrushLayer(mask=pixels_to_mask(np.full((4, 4), number, np.uint8))), (4, 4), (2, 2))
    assert remembered(layer, (60, 40), (15, 10)) is not first  # forgotten meanwhile
