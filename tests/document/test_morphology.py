"""Growing and shrinking by a true disc, soft edges kept; blurring keeps the amount; holes are what paint surrounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from zestdesk.document.morphology import filled_holes, grown, inverted, shrunk, softened

masks = arrays.arrays(
    np.uint8,
    arrays.array_shapes(min_dims=2, max_dims=2, max_side=14),
    elements=st.sampled_from([0, 0, 0, 90, 255]),
)
radii = st.integers(0, 6)


def disc(size: int, radius: float) -> np.ndarray:
    rows, columns = np.mgrid[:size, :size]
    away = np.hypot(rows - size / 2 + 0.5, columns - size / 2 + 0.5)
    return np.rint(255 * np.clip(radius - away + 0.5, 0, 1)).astype(np.uint8)


@given(masks, radii)
def test_growing_takes_the_largest_value_within_a_disc(pixels: np.ndarray, radius: int) -> None:
    result = grown(pixels, radius)
    rows, columns = np.mgrid[: pixels.shape[0], : pixels.shape[1]]
    for row, column in np.ndindex(pixels.shape):
        away = np.hypot(rows - row, columns - column)
        assert result[row, column] >= pixels[away <= radius].max()
        assert result[row, column] <= pixels[away < radius + 1].max()


@given(masks, radii)
def test_shrinking_is_growing_the_rest(pixels: np.ndarray, radius: int) -> None:
    assert (shrunk(pixels, radius) == inverted(grown(inverted(pixels), radius))).all()
    assert (shrunk(pixels, radius) <= pixels).all()


@given(masks, radii)
def test_growing_and_shrinking_again_takes_corners_at_most(pixels: np.ndarray, radius: int) -> None:
    """A smooth rim costs a part of the outermost pixel; what has neighbours all around stays."""
    within = np.lib.stride_tricks.sliding_window_view(np.pad(pixels, 1, mode="edge"), (3, 3)).min(axis=(2, 3))
    assert (shrunk(grown(pixels, radius), radius) >= within).all()


@given(masks, st.integers(1, 6))
def test_nothing_is_written_in_place(pixels: np.ndarray, radius: int) -> None:
    before = pixels.copy()
    pixels.flags.writeable = False
    for result in (grown(pixels, radius), shrunk(pixels, radius), softened(pixels, radius), filled_holes(pixels)):
        assert result.shape == pixels.shape
        assert result.dtype == np.uint8
        assert not np.shares_memory(result, pixels)
    assert (pixels == before).all()


def test_a_straight_edge_moves_by_whole_pixels_and_stays_as_it_was() -> None:
    pixels = np.zeros((60, 60), np.uint8)
    pixels[20:40, 20:40] = 255
    pixels[20:40, 40] = 100
    result = grown(pixels, 7)
    assert (result[30, 13:47] == 255).all()
    assert (result[30, 12], result[30, 47], result[30, 48]) == (0, 100, 0)
    assert (shrunk(result, 7)[24:36] == pixels[24:36]).all()


@pytest.mark.parametrize("radius", [3, 20, 60])
def test_corners_are_round_and_smooth(radius: int) -> None:
    pixels = np.zeros((201, 201), np.uint8)
    pixels[100, 100] = 255
    result = grown(pixels, radius)
    area = result.sum() / 255
    assert area == pytest.approx(np.pi * (radius + 0.5) ** 2, rel=0.03)
    assert len(np.unique(result)) > 3  # antialiased
    assert (result == result.T).all()
    assert (result == result[::-1]).all()


def test_soft_edges_stay_as_soft() -> None:
    slope = np.clip(np.arange(100) * 10 - 300, 0, 255).astype(np.uint8)
    pixels = np.tile(slope, (40, 1))
    assert (grown(pixels, 9)[20, :-9] == slope[9:]).all()
    assert (shrunk(pixels, 9)[20, 9:] == slope[:-9]).all()


def test_the_canvass_edge_is_no_outside() -> None:
    pixels = np.zeros((30, 30), np.uint8)
    pixels[:, :15] = 255
    result = shrunk(pixels, 5)
    assert (result[:, :10] == 255).all()
    assert not result[:, 10:].any()
    assert (shrunk(np.full((8, 8), 255, np.uint8), 6) == 255).all()


def test_a_radius_beyond_the_canvas_covers_it() -> None:
    pixels = np.zeros((5, 40), np.uint8)
    pixels[2, 3] = 255
    assert (grown(pixels, 60) == 255).all()
    assert not grown(np.zeros((5, 5), np.uint8), 60).any()


@given(masks, st.integers(1, 6))
def test_softening_stays_within_the_values(pixels: np.ndarray, radius: int) -> None:
    result = softened(pixels, radius)
    assert result.min() >= pixels.min()
    assert result.max() <= pixels.max()


def test_softening_spreads_an_edge_over_the_radius_to_each_side_and_keeps_the_amount() -> None:
    pixels = np.zeros((80, 80), np.uint8)
    pixels[:, 40:] = 255
    profile = softened(pixels, 16)[40].astype(int)
    assert (np.diff(profile) >= 0).all()
    assert profile[40 - 20] <= 3
    assert profile[39 + 20] >= 252
    assert 20 < profile[32] < 60
    assert profile[39] + profile[40] == pytest.approx(255, abs=2)
    lone = np.zeros((80, 80), np.uint8)
    lone[30:50, 30:50] = 255
    assert int(softened(lone, 10).sum()) == pytest.approx(int(lone.sum()), rel=0.01)


def test_an_even_mask_is_soft_already() -> None:
    for level in (0, 90, 255):
        even = np.full((20, 30), level, np.uint8)
        assert (softened(even, 12) == even).all()


def test_holes_are_filled_without_a_seam_and_bays_are_not() -> None:
    around = np.maximum(disc(90, 35), 0)
    hole = disc(90, 15)
    pixels = around - np.minimum(around, hole)
    assert (filled_holes(pixels) == around).all()
    pixels[45, 45:] = 0  # a way out
    pixels[44:47, 45:] = 0
    assert (filled_holes(pixels) == pixels).all()


def test_paint_at_the_canvass_edge_surrounds_nothing() -> None:
    pixels = np.zeros((20, 20), np.uint8)
    pixels[:, 10] = 255
    assert (filled_holes(pixels) == pixels).all()


@given(masks)
def test_filling_holes_again_changes_nothing(pixels: np.ndarray) -> None:
    once = filled_holes(pixels)
    assert (once >= pixels).all()
    assert (filled_holes(once) == once).all()
