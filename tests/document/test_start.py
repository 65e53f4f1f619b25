"""A picture to begin with: exact to the pixel, one step of undo, and a region that follows its layers."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from tests.document.strategies import states
from zestdesk.document.checks import require_sound
from zestdesk.document.commands import ResizeCanvas
from zestdesk.document.layers import Group, ShapeLayer, shape_path
from zestdesk.document.layout import Layout, LayoutState
from zestdesk.document.masks import layer_masks
from zestdesk.document.start import (
    MAX_START_SIDE,
    StartPicture,
    picture_image,
    picture_pixels,
    redraw_mask,
    start_pixels,
)
from zestdesk.document.start_commands import SetStart
from zestdesk.document.undo import UndoStack
from zestdesk.errors import UserError
from zestdesk.guidance.request import MAX_SIDE

SIZE = (128, 64)


def picture(width: int = 16, height: int = 8, seed: int = 0, **values: object) -> StartPicture:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    return StartPicture(image=picture_image(pixels), **values)  # type: ignore[arg-type]  # values are the test's own


def box(name: str, x: float, y: float, width: float, height: float, **values: object) -> ShapeLayer:
    path = shape_path("rectangle", QRectF(x, y, width, height))
    return ShapeLayer(id=name, label=name, kind="rectangle", path=path, **values)  # type: ignore[arg-type]  # likewise


STATE = LayoutState(
    canvas=SIZE, layers=(box("upper", 40, 0, 20, 64), box("cat", 32, 16, 40, 32), box("sky", 0, 0, 128, 10))
)


@given(st.tuples(st.integers(1, 20), st.integers(1, 20)).flatmap(lambda size: arrays(np.uint8, (*size, 3))))
def test_pixels_come_back_whatever_the_width(pixels: np.ndarray) -> None:
    image = picture_image(pixels)
    assert np.array_equal(picture_pixels(image), pixels)
    size = image.size().toTuple()
    assert np.array_equal(start_pixels(StartPicture(image=image), size), pixels)
    larger = start_pixels(StartPicture(image=image), (31, 17))
    assert (larger.shape, larger.dtype) == ((17, 31, 3), np.uint8)
    assert pixels.min() <= larger.min() <= larger.max() <= pixels.max()


def test_what_is_no_start_is_refused() -> None:
    assert MAX_START_SIDE == MAX_SIDE
    with pytest.raises(UserError, match="choose sides of 1"):
        StartPicture(image=QImage())
    with pytest.raises(UserError, match="choose sides of 1"):
        StartPicture(image=QImage(MAX_SIDE + 1, 1, QImage.Format.Format_RGB888))
    with pytest.raises(ValueError, match="RGB888"):
        StartPicture(image=QImage(4, 4, QImage.Format.Format_RGB32))
    for strength in (0.0, -1.0, 1.1, float("nan"), True):
        with pytest.raises(UserError, match="more than 0, at most 1"):
            picture(strength=strength)


def test_setting_it_is_one_step_and_a_slider_is_too() -> None:
    layout, undo = Layout(STATE), UndoStack()
    seen: list[str] = []
    layout.changed.connect(lambda change: seen.append(type(change).__name__))
    start = picture()
    undo.push(SetStart(layout, start))
    assert layout.state.start is start
    assert undo.undoText() == "Use starting picture"
    for strength in (0.5, 0.4, 0.3):
        undo.push(SetStart(layout, replace(start, strength=strength), merge=True))
    assert undo.count() == 2
    assert undo.undoText() == "Change starting picture"
    undo.push(SetStart(layout, None))
    assert undo.undoText() == "Remove starting picture"
    assert layout.state == STATE
    undo.undo()
    assert layout.state.start == replace(start, strength=0.3)
    undo.undo()
    assert layout.state.start == start
    undo.undo()
    assert layout.state == STATE
    assert set(seen) == {"StartChanged"}
    undo.push(SetStart(layout, None))
    assert not undo.canUndo(), "what changes nothing is no step"


def test_a_step_holds_its_picture_once() -> None:
    layout, start = Layout(STATE), picture(100, 100)
    first = SetStart(layout, start)
    first.redo()
    assert SetStart(layout, replace(start, strength=0.1)).bytes_held() == first.bytes_held() == 30_000
    assert SetStart(layout, picture(100, 100, seed=1)).bytes_held() == 60_000


def test_without_layers_all_of_it_is_redrawn() -> None:
    assert redraw_mask(picture(), layer_masks(STATE, SIZE)) is None


def test_the_region_is_where_the_layer_is_with_a_soft_edge_around() -> None:
    mask = redraw_mask(picture(layer_ids=("cat",)), layer_masks(STATE, SIZE))
    assert mask is not None
    assert (mask.shape, mask.dtype) == ((64, 128), np.float32)
    assert (mask.min(), mask.max()) == (0, 1)
    seen = dict(zip(("upper", "cat", "sky"), (each for _, each in layer_masks(STATE, SIZE)), strict=True))["cat"]
    assert mask[seen > 0].min() > 0.95, "all that is seen of the layer is redrawn"
    assert mask[20:40, 46:54].max() == 0, "but not what lies above it"
    assert mask[20:40, 78:].max() == 0
    edge = mask[32, 71:78]
    assert sorted(edge, reverse=True) == list(edge)
    assert len(set(edge)) > 3


def test_the_region_follows_its_layers_and_unites_them() -> None:
    moved = replace(STATE, layers=(box("cat", 100, 40, 10, 10), box("dog", 0, 0, 10, 10)))
    mask = redraw_mask(picture(layer_ids=("cat", "dog", "gone")), layer_masks(moved, SIZE))
    assert mask is not None
    assert mask[45, 105] == mask[5, 5] == 1
    assert mask[32, 60] == 0


def test_layers_that_cannot_be_seen_have_no_place() -> None:
    hidden = Group(id="G", name="", visible=False)
    for layers in ((), (box("cat", 0, 0, 9, 9, visible=False),), (box("cat", 0, 0, 9, 9, group=hidden),)):
        state = LayoutState(canvas=SIZE, layers=layers, prompt="a cat", start=picture(layer_ids=("cat",)))
        with pytest.raises(UserError, match="gone or hidden") as caught:
            require_sound(state)
        assert caught.value.place == "start"
    require_sound(replace(STATE, start=picture(layer_ids=("cat", "gone"))))
    require_sound(replace(STATE, start=picture()))


def grey_parts(start: StartPicture) -> np.ndarray:
    return np.asarray((picture_pixels(start.image) == 127).all(axis=2))


@pytest.mark.parametrize(
    ("canvas", "anchor", "scale", "size", "rows", "columns"),
    [
        ((256, 128), (0, 0), True, (16, 8), slice(8), slice(16)),
        ((256, 64), (0, 0), False, (32, 8), slice(8), slice(16)),
        ((256, 64), (1, 0), False, (32, 8), slice(8), slice(16, 32)),
        ((128, 32), (0, 0), False, (16, 4), slice(4), slice(16)),
    ],
)
def test_the_picture_goes_along_with_the_canvas(
    canvas: tuple[int, int],
    anchor: tuple[float, float],
    scale: bool,
    size: tuple[int, int],
    rows: slice,
    columns: slice,
) -> None:
    white = StartPicture(image=picture_image(np.full((8, 16, 3), 255, np.uint8)), strength=0.3, layer_ids=("cat",))
    layout, undo = Layout(replace(STATE, start=white)), UndoStack()
    undo.push(ResizeCanvas(layout, canvas, anchor, scale=scale))
    after = layout.state.start
    assert after is not None
    assert after.image.size().toTuple() == size
    assert (after.strength, after.layer_ids) == (0.3, ("cat",))
    filled = ~grey_parts(after)
    assert filled[rows, columns].all()
    assert filled.sum() == filled[rows, columns].size
    undo.undo()
    assert layout.state.start == white


@given(states(), st.tuples(st.integers(1, 8192), st.integers(1, 8192)))
def test_no_canvas_makes_the_picture_too_large(state: LayoutState, canvas: tuple[int, int]) -> None:
    layout = Layout(replace(state, layers=()))
    ResizeCanvas(layout, canvas).redo()
    assert (layout.state.start is None) == (state.start is None)
