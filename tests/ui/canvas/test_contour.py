import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainterPath

from zestdesk.ui.canvas.contour import Contour

EVERYWHERE = QRectF(-10, -10, 5000, 5000)

masks = st.tuples(st.integers(1, 12), st.integers(1, 12)).flatmap(
    lambda shape: arrays(np.uint8, shape, elements=st.sampled_from([0, 60, 127, 128, 255]))
)


def _lines(contour: Contour, scale: float = math.inf) -> NDArray[np.float64]:
    """Return all lines, shape (lines, 2, 2)."""
    found = []
    for path in contour.paths(EVERYWHERE, scale):
        for index in range(0, path.elementCount(), 2):
            start, end = path.elementAt(index), path.elementAt(index + 1)
            assert start.type == QPainterPath.ElementType.MoveToElement
            assert end.type == QPainterPath.ElementType.LineToElement
            found.append([[start.x, start.y], [end.x, end.y]])
    return np.array(found, np.float64).reshape(-1, 2, 2)


@given(masks)
def test_outlines_are_closed(mask: NDArray[np.uint8]) -> None:
    ends = np.round(_lines(Contour(mask)).reshape(-1, 2), 9)
    _, counts = np.unique(ends, axis=0, return_counts=True)
    assert (counts % 2 == 0).all()


@given(masks)
def test_there_is_an_outline_where_there_is_a_layer(mask: NDArray[np.uint8]) -> None:
    lines = _lines(Contour(mask))
    assert bool(len(lines)) == bool((mask > 127).any())
    if len(lines):
        height, width = mask.shape
        assert lines.min() >= -0.5
        assert lines[..., 0].max() <= width + 0.5
        assert lines[..., 1].max() <= height + 0.5


@given(masks)
def test_bounds_hold_every_pixel_that_is_not_zero(mask: NDArray[np.uint8]) -> None:
    rows, columns = np.nonzero(mask)
    expected = (
        QRect(
            int(columns.min()),
            int(rows.min()),
            int(columns.max() - columns.min()) + 1,
            int(rows.max() - rows.min()) + 1,
        )
        if rows.size
        else QRect()
    )
    assert Contour(mask).bounds == expected


def test_a_full_mask_is_outlined_along_the_canvas() -> None:
    lines = _lines(Contour(np.full((20, 30), 255, np.uint8)))
    away = np.min(np.stack([lines[..., 0], 30 - lines[..., 0], lines[..., 1], 20 - lines[..., 1]]), axis=0)
    assert np.abs(away).max() <= 0.5


def test_a_soft_disc_is_outlined_at_half_its_strength() -> None:
    y, x = np.mgrid[0:100, 0:100] + 0.5
    distance = np.hypot(x - 50, y - 50)
    mask = np.rint(np.clip((30 - distance) / 10 + 0.5, 0, 1) * 255).astype(np.uint8)
    ends = _lines(Contour(mask)).reshape(-1, 2)
    radii = np.hypot(ends[:, 0] - 50, ends[:, 1] - 50)
    assert np.abs(radii - 30).max() < 0.1
    lengths = np.hypot(*np.diff(_lines(Contour(mask)), axis=1)[:, 0].T)
    assert abs(lengths.sum() - 2 * math.pi * 30) < 2


@given(st.lists(st.tuples(st.integers(0, 299), st.integers(0, 259), st.integers(1, 90), st.booleans()), max_size=6))
def test_updating_parts_gives_what_a_fresh_one_has(dabs: list[tuple[int, int, int, bool]]) -> None:
    mask = np.zeros((260, 300), np.uint8)
    contour = Contour(mask)
    for x, y, side, paint in dabs:
        mask[y : y + side, x : x + side] = 255 if paint else 0
        contour.update(mask, QRect(x, y, min(side, 300 - x), min(side, 260 - y)))
        _lines(contour, 0.4)  # asked for in between, and kept
    fresh = Contour(mask)
    assert contour.bounds == fresh.bounds
    for scale in (math.inf, 0.7, 0.4, 0.05):
        assert np.array_equal(_lines(contour, scale), _lines(fresh, scale))


def test_only_pieces_near_what_is_exposed_are_given() -> None:
    mask = np.zeros((600, 600), np.uint8)
    mask[10:20, 10:20] = mask[500:510, 500:510] = 255
    contour = Contour(mask)
    assert len(contour.paths(QRectF(0, 0, 50, 50))) == 1
    assert len(contour.paths(QRectF(200, 200, 50, 50))) == 0
    assert len(contour.paths(EVERYWHERE)) == 2


def test_where_paint_is_mere_texture_there_is_no_outline() -> None:
    mask = np.random.default_rng(1).integers(0, 256, (300, 400)).astype(np.uint8)
    mask[:, 250:] = 0
    contour = Contour(mask)
    assert contour.paths(EVERYWHERE) == []
    assert contour.bounds.right() == 249
    mask[:] = 0
    mask[40:80, 140:180] = 255
    contour.update(mask, QRect(0, 0, 400, 300))
    assert np.array_equal(_lines(contour), _lines(Contour(mask)))
    mask[0:128:4] = 255
    contour.update(mask, QRect(0, 0, 400, 128))
    assert len(_lines(contour)), "stripes of four pixels can be told from each other"


def test_nothing_has_no_outline() -> None:
    contour = Contour(np.zeros((0, 0), np.uint8))
    assert contour.bounds == QRect()
    assert contour.paths(EVERYWHERE) == []


def _away(points: NDArray[np.float64], lines: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far each point is from the nearest of the lines."""
    start, way = lines[:, 0], lines[:, 1] - lines[:, 0]
    along = ((points[:, None] - start) * way).sum(-1) / np.maximum((way * way).sum(-1), 1e-12)
    nearest = start + np.clip(along, 0, 1)[..., None] * way
    away: NDArray[np.float64] = np.sqrt(((points[:, None] - nearest) ** 2).sum(-1).min(axis=1))
    return away


@given(masks, st.sampled_from([0.03, 0.2, 0.4, 0.9]))
def test_a_coarser_outline_is_closed_and_strays_by_a_fraction_of_a_pixel_of_the_screen(
    mask: NDArray[np.uint8], scale: float
) -> None:
    contour = Contour(mask)
    fine, coarse = _lines(contour), _lines(contour, scale)
    _, counts = np.unique(np.round(coarse.reshape(-1, 2), 9), axis=0, return_counts=True)
    assert (counts % 2 == 0).all()
    assert len(coarse) <= len(fine)
    if len(fine):
        assert _away(fine.reshape(-1, 2), coarse).max() * scale <= 0.21


def test_far_away_an_outline_has_few_lines_in_few_pieces() -> None:
    y, x = np.mgrid[0:1000, 0:1000]
    mask = np.where(np.hypot(x - 500, y - 500) < 450, np.uint8(255), np.uint8(0))
    contour = Contour(mask)
    assert len(_lines(contour, 0.4)) < 0.4 * len(_lines(contour))
    assert len(_lines(contour, 0.1)) < 0.2 * len(_lines(contour))
    assert len(contour.paths(EVERYWHERE, 0.1)) == 1
    assert np.array_equal(_lines(contour, 2.5), _lines(contour)), "seen from near, every line is drawn"
