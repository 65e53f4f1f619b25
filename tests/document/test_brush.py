"""Strokes: opacity is never exceeded, erasing takes away, patches are the exact change, no memory is borrowed."""

import gc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QImage

from tests.document.strategies import brush_layers, strokes
from zestdesk.document.brush import (
    Patch,
    Stroke,
    StrokeStyle,
    blank_mask,
    mask_pixels,
    patches_between,
    pixels_to_mask,
)


def apply(pixels: np.ndarray, patch: Patch | None) -> None:
    if patch is not None:
        rect = patch.rect
        pixels[rect.top() : rect.top() + rect.height(), rect.left() : rect.left() + rect.width()] = patch.pixels


def grey(width: int, height: int, level: int) -> QImage:
    mask = blank_mask((width, height))
    mask.fill(level)
    return mask


def test_dabs_that_overlap_do_not_exceed_the_opacity() -> None:
    stroke = Stroke(blank_mask((60, 60)), StrokeStyle(size=20, hardness=1, opacity=0.5))
    for _ in range(20):
        stroke.move_to(QPointF(20, 20))
        stroke.move_to(QPointF(40, 40))
    stroke.finish()
    patches = stroke.patches()
    assert patches is not None
    assert mask_pixels(patches.after).max() == 128


def test_a_full_stroke_fills_a_disc_of_its_size() -> None:
    stroke = Stroke(blank_mask((100, 100)), StrokeStyle(size=40, hardness=1))
    stroke.move_to(QPointF(50, 50))
    patches = stroke.patches()
    assert patches is not None
    area = mask_pixels(patches.after).sum() / 255
    assert area == pytest.approx(np.pi * 20**2, rel=0.02)
    assert patches.rect.contains(QRect(31, 31, 38, 38))


def test_erasing_takes_away_in_proportion() -> None:
    stroke = Stroke(grey(50, 50, 200), StrokeStyle(size=30, hardness=1, opacity=0.5, erase=True))
    stroke.move_to(QPointF(25, 25))
    patches = stroke.patches()
    assert patches is not None
    assert mask_pixels(patches.after).min() == pytest.approx(100, abs=1)
    assert mask_pixels(patches.before).min() == 200


@pytest.mark.parametrize(("level", "erase"), [(255, False), (0, True)])
def test_a_stroke_that_changes_nothing_has_no_patches(level: int, erase: bool) -> None:
    stroke = Stroke(grey(20, 20, level), StrokeStyle(erase=erase))
    stroke.move_to(QPointF(10, 10))
    assert stroke.patches() is None


def test_a_stroke_beside_the_canvas_changes_nothing() -> None:
    stroke = Stroke(blank_mask((20, 20)), StrokeStyle(size=10))
    assert stroke.move_to(QPointF(-50, 5)) is None
    assert stroke.move_to(QPointF(-50, 500)) is None
    assert stroke.finish() is None
    assert stroke.patches() is None


def test_lighter_pressure_makes_a_smaller_dab() -> None:
    areas = []
    for pressure in (1.0, 0.5, 0.0):
        stroke = Stroke(blank_mask((60, 60)), StrokeStyle(size=40, hardness=1))
        stroke.move_to(QPointF(30, 30), pressure)
        patches = stroke.patches()
        assert patches is not None
        areas.append(int(mask_pixels(patches.after).sum()))
    assert areas[0] > 3 * areas[1] > 9 * areas[2] > 0


def test_pressure_counts_only_where_it_is_wanted() -> None:
    def painted(pressure: float, **style: bool) -> tuple[float, int]:
        stroke = Stroke(blank_mask((60, 60)), StrokeStyle(size=40, hardness=1, least=0.2, **style))
        stroke.move_to(QPointF(30, 30), pressure)
        patches = stroke.patches()
        assert patches is not None
        pixels = mask_pixels(patches.after)
        return pixels.astype(bool).sum() ** 0.5, int(pixels.max())

    broad = painted(1.0)[0]
    for pressure, share in ((0.0, 0.2), (0.5, 0.6), (1.0, 1.0)):
        assert painted(pressure, size_by_pressure=False) == (broad, 255)
        width, most = painted(pressure, size_by_pressure=False, opacity_by_pressure=True)
        assert (width, most) == (broad, pytest.approx(255 * share, abs=1))
        width, most = painted(pressure, size_by_pressure=True)
        assert (width / broad, most) == (pytest.approx(share, rel=0.15), 255)


def test_light_dabs_of_a_stroke_do_not_add_up() -> None:
    stroke = Stroke(blank_mask((60, 60)), StrokeStyle(size=20, opacity=0.8, opacity_by_pressure=True, least=0))
    for _ in range(10):
        stroke.move_to(QPointF(20, 30), 0.5)
        stroke.move_to(QPointF(40, 30), 0.5)
    stroke.finish()
    patches = stroke.patches()
    assert patches is not None
    assert mask_pixels(patches.after).max() == pytest.approx(255 * 0.4, abs=1)


@pytest.mark.parametrize("hardness", [0.0, 0.5, 1.0])
def test_hardness_is_how_far_a_dab_covers_wholly(hardness: float) -> None:
    stroke = Stroke(blank_mask((121, 121)), StrokeStyle(size=100, hardness=hardness))
    stroke.move_to(QPointF(60.5, 60.5))
    patches = stroke.patches()
    assert patches is not None
    row = mask_pixels(patches.after)[60 - patches.rect.top()].astype(int)
    assert (row == row[::-1]).all()
    assert (np.diff(row[: len(row) // 2 + 1]) >= 0).all()
    assert (row >= 250).sum() == pytest.approx(100 * hardness, abs=20 * (1 - hardness) + 2)


def test_a_line_has_no_gaps() -> None:
    stroke = Stroke(blank_mask((120, 20)), StrokeStyle(size=8, hardness=1))
    stroke.move_to(QPointF(10, 10))
    stroke.move_to(QPointF(110, 10))
    stroke.finish()
    patches = stroke.patches()
    assert patches is not None
    row = mask_pixels(patches.after)[10 - patches.rect.top()]
    assert (row[4:-4] == 255).all()


@pytest.mark.parametrize("size", [1.0, 30.0])
def test_a_mile_off_the_canvas_costs_nothing_and_leaves_no_gap(size: float, monkeypatch: pytest.MonkeyPatch) -> None:
    dabs = 0
    dab = Stroke._dab

    def counted(stroke: Stroke, *args: object) -> None:
        nonlocal dabs
        dabs += 1
        dab(stroke, *args)

    monkeypatch.setattr(Stroke, "_dab", counted)
    stroke = Stroke(blank_mask((50, 50)), StrokeStyle(size=size, hardness=1))
    stroke.move_to(QPointF(-3e6, 25))
    stroke.move_to(QPointF(3e6, 25))
    stroke.move_to(QPointF(3e6, -4e6))
    stroke.move_to(QPointF(25, -4e6))
    stroke.finish()
    assert dabs < 600
    patches = stroke.patches()
    assert patches is not None
    assert patches.rect.width() == 50
    assert (mask_pixels(patches.after)[25 - patches.rect.top()] > 0).all()


@given(st.lists(st.tuples(st.floats(-1e5, 1e5), st.floats(-1e5, 1e5)), min_size=2, max_size=5))
def test_strokes_from_anywhere_draw_what_lies_on_the_canvas(points: list[tuple[float, float]]) -> None:
    """A line across is drawn as it would be from just outside."""
    stroke = Stroke(blank_mask((30, 30)), StrokeStyle(size=6, hardness=1))
    for point in points:
        stroke.move_to(QPointF(*point))
    stroke.move_to(QPointF(15, 15))
    stroke.finish()
    patches = stroke.patches()
    assert patches is not None
    assert mask_pixels(patches.after)[15 - patches.rect.top(), 15 - patches.rect.left()] == 255


@given(st.data())
def test_patches_reproduce_the_change_exactly(data: st.DataObject) -> None:
    layer = data.draw(brush_layers((37, 29)))
    before = mask_pixels(layer.mask).copy()
    stroke = data.draw(strokes(layer))
    patches = stroke.patches()
    assert (mask_pixels(layer.mask) == before).all()
    if patches is None:
        return
    after = before.copy()
    apply(after, Patch(patches.rect, mask_pixels(patches.after)))
    rows, columns = np.nonzero(after != before)
    assert patches.rect == QRect(int(columns.min()), int(rows.min()), int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1)
    apply(after, Patch(patches.rect, mask_pixels(patches.before)))
    assert (after == before).all()


@given(st.lists(st.tuples(st.floats(-20, 60), st.floats(-20, 60)), min_size=1, max_size=6), st.booleans())
def test_what_is_shown_on_the_way_is_what_comes_out(points: list[tuple[float, float]], erase: bool) -> None:
    mask = pixels_to_mask(np.random.default_rng(5).integers(0, 256, (40, 40), np.uint8))
    before = mask_pixels(mask)
    shown = before.copy()
    stroke = Stroke(mask, StrokeStyle(size=12, hardness=0.5, opacity=0.6, erase=erase))
    for point in points:
        apply(shown, stroke.move_to(QPointF(*point)))
        assert stroke.last == QPointF(*point)
    apply(shown, stroke.finish())
    patches = stroke.patches()
    out = before.copy()
    if patches is not None:
        apply(out, Patch(patches.rect, mask_pixels(patches.after)))
    assert (shown == out).all()


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_pixels_and_masks_convert_both_ways(width: int, height: int, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)
    assert (mask_pixels(pixels_to_mask(pixels)) == pixels).all()
    assert (mask_pixels(pixels_to_mask(pixels[::-1, ::-1])) == pixels[::-1, ::-1]).all()


def test_a_view_outlives_its_image() -> None:
    view = mask_pixels(grey(301, 300, 77))
    gc.collect()
    others = [grey(301, 300, 1) for _ in range(20)]
    assert (view == 77).all()
    assert len(others) == 20


def test_a_view_keeps_the_pixels_that_it_was_given() -> None:
    mask = grey(10, 10, 3)
    view = mask_pixels(mask)
    mask.fill(9)
    assert (view == 3).all()
    assert not view.flags.writeable


def test_a_mask_does_not_share_the_arrays_memory() -> None:
    pixels = np.full((4, 4), 5, np.uint8)
    mask = pixels_to_mask(pixels)
    pixels[:] = 6
    assert (mask_pixels(mask) == 5).all()


@given(st.integers(0, 2**32 - 1), st.integers(0, 5), st.integers(0, 5))
def test_patches_between_masks_are_the_smallest_that_hold_the_change(seed: int, left: int, top: int) -> None:
    random = np.random.default_rng(seed)
    before = random.integers(0, 2, (12, 12), np.uint8)
    part = before[top : top + 6, left : left + 6].copy()
    part[random.random((6, 6)) < 0.1] ^= 1
    after = before.copy()
    after[top : top + 6, left : left + 6] = part
    patches = patches_between(pixels_to_mask(before), part, left, top)
    rows, columns = np.nonzero(after != before)
    if patches is None:
        assert not rows.size
        return
    assert patches.rect == QRect(int(columns.min()), int(rows.min()), int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1)
    apply(before, Patch(patches.rect, mask_pixels(patches.after)))
    assert (before == after).all()
