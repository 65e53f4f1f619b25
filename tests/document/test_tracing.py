"""From pixels and hand-drawn lines to nodes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from PySide6.QtGui import QPainterPath

from zestdesk.document.layers import ShapeLayer
from zestdesk.document.masks import rasterise
from zestdesk.document.nodes import Subpath, nodes_of, path_of
from zestdesk.document.tracing import drawn, simplified, traced
from zestdesk.errors import UserError

small_masks = st.tuples(st.integers(1, 12), st.integers(1, 12)).flatmap(
    lambda shape: arrays(np.uint8, shape, elements=st.sampled_from([0, 60, 127, 128, 255]))
)


def covered(path: QPainterPath, width: int, height: int) -> NDArray[np.float32]:
    return rasterise(ShapeLayer(path=path), (width, height), (width, height))


def disc(side: int, x: float, y: float, radius: float) -> NDArray[np.uint8]:
    row, column = np.mgrid[:side, :side] + 0.5
    return (np.clip(radius + 0.5 - np.hypot(column - x, row - y), 0, 1) * 255).astype(np.uint8)


@given(small_masks)
def test_every_mask_has_an_outline_that_is_closed_and_near(mask: NDArray[np.uint8]) -> None:
    outline = traced(mask)
    assert bool(outline) == bool((mask > 127).any())
    for subpath in outline:
        assert subpath.closed
        assert subpath.anchors.min() >= -1.5
        assert subpath.anchors.max() <= max(mask.shape) + 1.5
        assert np.isfinite(np.concatenate([subpath.ins, subpath.outs])).all()


def test_a_rectangle_has_four_corners_on_the_pixels_edges() -> None:
    mask = np.zeros((60, 80), np.uint8)
    mask[10:40, 20:70] = 255
    (subpath,) = traced(mask)
    assert sorted(map(tuple, subpath.anchors.round(6).tolist())) == [(20, 10), (20, 40), (70, 10), (70, 40)]
    assert all(subpath.is_straight(segment) for segment in range(4))


@pytest.mark.parametrize("radius", [5, 20, 55])
def test_a_disc_is_round_with_few_nodes_and_covers_the_same(radius: float) -> None:
    mask = disc(128, 64.3, 63.6, radius)
    (subpath,) = traced(mask)
    assert len(subpath) <= 9
    radii = np.hypot(*(subpath.anchors - [64.3, 63.6]).T)
    assert np.abs(radii - radius).max() < 0.8
    difference = np.abs(covered(path_of([subpath]), 128, 128) - mask / 255)
    assert difference.sum() < 0.75 * 2 * np.pi * radius


def test_holes_are_kept() -> None:
    mask = disc(128, 64, 64, 50) - disc(128, 64, 64, 20)
    outline = traced(mask)
    assert len(outline) == 2
    shape = covered(path_of(outline), 128, 128)
    assert shape[64, 64] == 0
    assert shape[64, 100] == 1


def test_what_touches_the_edges_is_closed_along_them() -> None:
    (subpath,) = traced(np.full((30, 40), 255, np.uint8))
    assert sorted(map(tuple, subpath.anchors.round(6).tolist())) == [(0, 0), (0, 30), (40, 0), (40, 30)]


def test_nothing_painted_is_no_outline() -> None:
    assert traced(np.zeros((20, 20), np.uint8)) == ()
    assert traced(np.zeros((0, 0), np.uint8)) == ()


def test_specks_beyond_count_are_refused_in_a_sentence() -> None:
    noise = np.random.default_rng(1).choice(np.array([0, 255], np.uint8), (600, 600))
    with pytest.raises(UserError, match="too ragged"):
        traced(noise)


def test_specks_around_a_shape_are_left_out_when_there_are_too_many() -> None:
    mask = np.zeros((500, 500), np.uint8)
    mask[::3, ::3] = 255
    mask[100:300, 100:300] = 255
    outline = traced(mask)
    assert 1 <= len(outline) < 100
    assert covered(path_of(outline), 500, 500)[200, 200] == 1


def test_a_hand_drawn_line_becomes_a_closed_smooth_outline() -> None:
    turn = np.linspace(0, 6.1, 200)
    points = np.stack([200 + 90 * np.cos(turn), 150 + 60 * np.sin(turn)], -1).round()
    subpath = drawn(points, 2.0)
    assert subpath is not None
    assert subpath.closed
    assert len(subpath) <= 12
    bounds = path_of([subpath]).boundingRect()
    assert bounds.getRect() == pytest.approx((110, 90, 180, 120), abs=4)


@pytest.mark.parametrize("points", [[], [(1, 1)], [(1, 1), (5, 5)], [(0, 0), (9, 0), (3, 0)], [(2, 2)] * 9])
def test_a_line_without_area_is_none(points: list[tuple[float, float]]) -> None:
    assert drawn(np.array(points, np.float64).reshape(-1, 2), 2.0) is None


def test_many_nodes_become_few_and_the_outline_stays() -> None:
    turn = np.linspace(0, 2 * np.pi, 2000, endpoint=False)
    ring = Subpath.polygon(np.stack([np.cos(turn), np.sin(turn)], -1) * 100 + 128)
    (few,) = simplified((ring,), 0.5)
    assert len(few) <= 12
    assert np.abs(np.hypot(*(few.anchors - 128).T) - 100).max() < 0.6
    assert np.abs(covered(path_of([few]), 256, 256) - covered(path_of([ring]), 256, 256)).sum() < 320


def test_a_polygon_has_no_node_to_spare() -> None:
    triangle = Subpath.polygon([(0, 0), (100, 0), (50, 80)])
    assert simplified((triangle,), 0.5) == (triangle,)


def test_an_open_line_stays_open_and_keeps_its_ends() -> None:
    along = np.linspace(0, 100, 400)
    line = Subpath.polygon(np.stack([along, 10 * np.sin(along / 20)], -1), closed=False)
    (few,) = simplified((line,), 0.5)
    assert not few.closed
    assert len(few) < 10
    np.testing.assert_allclose(few.anchors[[0, -1]], line.anchors[[0, -1]])


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), min_size=3, max_size=30))
def test_simplifying_stays_close_whatever_the_polygon(points: list[tuple[float, float]]) -> None:
    outline = nodes_of(path_of([Subpath.polygon(points)]))
    for subpath in simplified(outline, 1.0):
        assert np.isfinite(np.concatenate([subpath.anchors, subpath.ins, subpath.outs])).all()
        assert subpath.anchors.min() > -1.5
        assert subpath.anchors.max() < 91.5
