"""Filling: exactly the connected region, no seam at soft edges, nothing beyond walls."""

from collections import deque

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from zestdesk.document.brush import mask_pixels, pixels_to_mask
from zestdesk.document.fill import fill, flood, mask_share, visible_share
from zestdesk.document.layers import BrushLayer, Group, ShapeLayer, shape_path
from zestdesk.document.layout import LayoutState
from zestdesk.document.regions import connected, over_edge

flags = arrays.arrays(np.bool_, arrays.array_shapes(min_dims=2, max_dims=2, max_side=12))
masks = arrays.arrays(np.uint8, arrays.array_shapes(min_dims=2, max_dims=2, max_side=10))


def searched(free: np.ndarray, column: int, row: int) -> np.ndarray:
    """The region, pixel by pixel."""
    found = np.zeros_like(free)
    found[row, column] = True
    queue = deque([(row, column)])
    while queue:
        y, x = queue.popleft()
        for b, a in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
            if 0 <= b < free.shape[0] and 0 <= a < free.shape[1] and free[b, a] and not found[b, a]:
                found[b, a] = True
                queue.append((b, a))
    return found


def ring(size: int, radius: float, width: float, softness: float = 1.0) -> np.ndarray:
    rows, columns = np.mgrid[:size, :size]
    away = np.abs(np.hypot(rows - size / 2 + 0.5, columns - size / 2 + 0.5) - radius)
    return np.rint(255 * np.clip((width / 2 - away) / softness + 0.5, 0, 1)).astype(np.uint8)


def shape(x: float, y: float, width: float, height: float, kind: str = "rectangle", **more: object) -> ShapeLayer:
    return ShapeLayer(path=shape_path(kind, QRectF(x, y, width, height)), kind=kind, **more)


@given(flags, st.data())
def test_a_region_is_what_a_search_finds(free: np.ndarray, data: st.DataObject) -> None:
    row, column = data.draw(st.integers(0, free.shape[0] - 1)), data.draw(st.integers(0, free.shape[1] - 1))
    free[row, column] = True
    assert (connected(free, column, row) == searched(free, column, row)).all()


@pytest.mark.parametrize("turn", range(4))
def test_a_labyrinth_is_one_region(turn: int) -> None:
    free = np.ones((101, 101), bool)
    free[1::4] = False
    free[1::8, -1] = free[5::8, 0] = True
    free = np.rot90(free, turn)
    column, row = ((0, 0), (0, 100), (100, 100), (100, 0))[turn]
    assert (connected(free, column, row) == free).all()


@given(masks, st.data())
def test_an_edge_is_never_climbed(level: np.ndarray, data: st.DataObject) -> None:
    row, column = data.draw(st.integers(0, level.shape[0] - 1)), data.draw(st.integers(0, level.shape[1] - 1))
    least = int(level[row, column])
    region = connected(level >= least, column, row)
    reached = over_edge(level, region, least)
    assert reached[region].all()
    assert (level[reached & ~region] > 0).all()
    assert (level[reached & ~region] < least).all()
    assert (connected(reached, column, row) == reached).all()


@pytest.mark.parametrize("softness", [1.0, 12.0, 25.0])
def test_a_filled_ring_has_no_seam(softness: float) -> None:
    before = ring(160, 50, 30, softness)
    patches = fill(pixels_to_mask(before), flood(mask_share(before, 80, 80), 80, 80, 0.5))
    assert patches is not None
    after = before.copy()
    rect = patches.rect
    after[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1] = mask_pixels(patches.after)
    rows, columns = np.mgrid[:160, :160]
    away = np.hypot(rows - 79.5, columns - 79.5)
    assert (after[away < 50] == 255).all()
    assert (after[away > 52] == before[away > 52]).all()


def test_a_thin_antialiased_wall_holds() -> None:
    before = ring(100, 30, 1.6)
    cover = flood(mask_share(before, 50, 50), 50, 50, 0.5)
    assert cover[50, 50] == 255
    assert not cover[:15].any()


def test_pockets_where_edges_meet_are_filled_and_other_holes_are_not() -> None:
    share = np.full((40, 60), 255, np.uint8)
    share[:, 20:] = np.maximum(100 - 10 * np.arange(40), 0)
    share[10, 24] = 90  # a pixel that stands out of the edge
    share[20:23, 40:43] = 255  # another hole, small too
    cover = flood(share, 5, 5, 0.5)
    assert cover[10, 24] == 90
    assert not cover[:, 30:].any()


@given(masks, st.data(), st.floats(0, 1))
def test_a_fill_adds_and_an_erasing_one_takes_away(pixels: np.ndarray, data: st.DataObject, tolerance: float) -> None:
    row, column = data.draw(st.integers(0, pixels.shape[0] - 1)), data.draw(st.integers(0, pixels.shape[1] - 1))
    cover = flood(mask_share(pixels, column, row), column, row, tolerance)
    assert cover[row, column] == 255
    for erase, level in ((False, 255), (True, 0)):
        patches = fill(pixels_to_mask(pixels), cover, erase=erase)
        if patches is None:
            assert pixels[row, column] == level
            continue
        before, after = mask_pixels(patches.before).astype(int), mask_pixels(patches.after).astype(int)
        assert ((after <= before) if erase else (after >= before)).all()
        left, top = patches.rect.left(), patches.rect.top()
        if patches.rect.contains(column, row):
            assert after[row - top, column - left] == level


@given(masks, st.data())
def test_more_tolerance_fills_no_less(pixels: np.ndarray, data: st.DataObject) -> None:
    row, column = data.draw(st.integers(0, pixels.shape[0] - 1)), data.draw(st.integers(0, pixels.shape[1] - 1))
    share = mask_share(pixels, column, row)
    low, high = sorted((data.draw(st.floats(0, 1)), data.draw(st.floats(0, 1))))
    assert ((flood(share, column, row, high) == 255) >= (flood(share, column, row, low) == 255)).all()


class TestWhatIsSeen:
    def test_nothing_is_a_region_too(self) -> None:
        state = LayoutState(canvas=(40, 40), layers=(shape(0, 0, 20, 40),))
        share = visible_share(state, 30, 5)
        assert (share[:, 20:] == 255).all()
        assert not share[:, :20].any()

    def test_the_uppermost_layer_counts(self) -> None:
        upper, lower = shape(10, 10, 10, 10), shape(0, 0, 40, 40)
        state = LayoutState(canvas=(40, 40), layers=(upper, lower))
        inside, around = visible_share(state, 15, 15), visible_share(state, 2, 2)
        assert (inside[10:20, 10:20] == 255).all()
        assert inside.sum() == 100 * 255
        assert (inside.astype(int) + around == 255).all()

    def test_soft_edges_are_shared(self) -> None:
        disc = shape(5, 5, 30, 30, "ellipse")
        soft = BrushLayer(mask=pixels_to_mask(ring(40, 12, 6, 5)))
        state = LayoutState(canvas=(40, 40), layers=(soft, disc))
        parts = [visible_share(state, *place).astype(int) for place in ((0, 0), (20, 20), (20, 8))]
        assert np.abs(sum(parts) - 255).max() <= 2

    @pytest.mark.parametrize("more", [{"visible": False}, {"group": Group(visible=False)}])
    def test_hidden_layers_bound_nothing(self, more: dict[str, object]) -> None:
        state = LayoutState(canvas=(40, 40), layers=(shape(0, 0, 20, 40, **more),))
        assert (visible_share(state, 5, 5) == 255).all()

    def test_layers_without_a_mask_and_without_a_path_are_not_there(self) -> None:
        state = LayoutState(canvas=(40, 30), layers=(BrushLayer(), ShapeLayer(path=QPainterPath())))
        assert (visible_share(state, 39, 29) == 255).all()

    def test_a_fill_between_shapes_leaves_no_gap(self) -> None:
        disc = shape(20.3, 20.7, 50, 50, "ellipse")
        state = LayoutState(canvas=(90, 90), layers=(disc,))
        cover = flood(visible_share(state, 1, 1), 1, 1, 0.5, solid=False).astype(int)
        covered = visible_share(state, 45, 45).astype(int)
        assert np.abs(cover + covered - 255).max() <= 1
