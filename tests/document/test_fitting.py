"""Curves through points."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zestdesk.document.bezier import Floats, sampled
from zestdesk.document.fitting import corners, distinct, fit_cubic, fit_outline, fit_points


def distance_to(curves: Floats, points: Floats) -> float:
    """Return how far the farthest point is from the curves."""
    line = sampled(curves, 400).reshape(-1, 2)
    return max(float(np.hypot(*(line - point).T).min()) for point in points)


def circle(radius: float, count: int) -> Floats:
    turn = np.linspace(0, 2 * math.pi, count, endpoint=False)
    return np.stack([np.cos(turn), np.sin(turn)], -1) * radius


def square(side: float, step: float) -> Floats:
    along = np.arange(0, side, step)
    zero, full = np.zeros_like(along), np.full_like(along, side)
    sides = ((along, zero), (full, along), (side - along, full), (zero, side - along))
    return np.concatenate([np.stack(each, -1) for each in sides])


@given(
    st.lists(st.tuples(st.floats(-200, 200), st.floats(-200, 200)), min_size=2, max_size=40),
    st.sampled_from([0.5, 2, 8]),
)
def test_no_point_is_farther_away_than_allowed_whatever_the_line(
    line: list[tuple[float, float]], tolerance: float
) -> None:
    points = distinct(np.array(line))
    if len(points) < 2:
        return
    curves = fit_points(points, tolerance, 3.0)
    assert np.isfinite(curves).all()
    np.testing.assert_array_equal(curves[0, 0], points[0])
    np.testing.assert_array_equal(curves[-1, 3], points[-1])
    np.testing.assert_array_equal(curves[1:, 0], curves[:-1, 3])
    assert distance_to(curves, points) <= tolerance + 1.0  # and what lies between 400 samples of a long curve


@given(st.integers(0, 1000))
def test_a_trembling_circle_becomes_a_few_smooth_curves(seed: int) -> None:
    noise = np.random.default_rng(seed).normal(0, 0.4, (300, 2))
    points = circle(80, 300) + noise
    curves = fit_outline(points, 2.0, 8.0)
    assert 2 <= len(curves) <= 10
    radii = np.hypot(*sampled(curves, 50).reshape(-1, 2).T)
    assert radii.min() > 76
    assert radii.max() < 84
    leaving = curves[:, 1] - curves[:, 0]
    arriving = np.roll(curves[:, 3] - curves[:, 2], 1, axis=0)
    turn = np.arctan2(leaving[:, 1] * arriving[:, 0] - leaving[:, 0] * arriving[:, 1], (leaving * arriving).sum(axis=1))
    assert np.abs(turn).max() < 1e-6


def test_a_square_keeps_its_corners_and_straight_sides() -> None:
    curves = fit_outline(square(100, 2), 1.0, 6.0)
    assert sorted(map(tuple, curves[:, 0].tolist())) == [(0, 0), (0, 100), (100, 0), (100, 100)]
    np.testing.assert_array_equal(curves[:, 0], curves[:, 1])
    np.testing.assert_array_equal(curves[:, 2], curves[:, 3])


def test_corners_are_found_where_the_outline_turns() -> None:
    assert corners(square(100, 2), 6.0).tolist() == [0, 50, 100, 150]
    assert corners(circle(50, 200), 6.0).tolist() == []


@given(
    st.floats(0, 2 * math.pi), st.floats(0, 2 * math.pi), st.floats(60, 150), st.floats(60, 150), st.floats(0.2, 0.8)
)
def test_one_curve_is_found_again_from_its_points(a: float, b: float, first: float, second: float, tilt: float) -> None:
    start, end = np.array([math.cos(a), math.sin(a)]), np.array([math.cos(b), math.sin(b)])
    if start[0] < 0.2 or end[0] > -0.2:  # those that turn back on themselves have more than one answer
        return
    curve = np.stack([np.zeros(2), first * start, np.array([300, 100 * tilt]) + second * end, [300, 100 * tilt]])
    points = sampled(curve[None], 40)[0]
    # A hundredth of the chord: the parameters settle in the next best place now and then.
    assert distance_to(fit_cubic(points, start, end)[None], points) < 3


@pytest.mark.parametrize(
    "points",
    [
        [(0, 0), (0, 0)],
        [(3, 3)],
        [(0, 0), (10, 0), (0, 0), (10, 0)],
        [(0, 0), (10, 0)],
        [(0, 0), (5, 5), (10, 0)],
        [(0, 0)] * 5 + [(1, 1)],
    ],
)
def test_outlines_without_area_make_no_trouble(points: list[tuple[float, float]]) -> None:
    outline = distinct(np.array(points, np.float64), closed=True)
    curves = fit_outline(outline, 1.0, 4.0)
    assert np.isfinite(curves).all()
    np.testing.assert_array_equal(curves[:, 3], np.roll(curves[:, 0], -1, axis=0))


def test_an_open_line_keeps_its_ends_and_its_corner() -> None:
    along = np.arange(0, 60, 2.0)
    points = np.concatenate([np.stack([along, 0 * along], -1), np.stack([0 * along + 60, along], -1)])
    curves = fit_outline(points, 1.0, 6.0, closed=False)
    assert curves[:, 0].tolist() == [[0, 0], [60, 0]]
    assert curves[-1, 3].tolist() == [60, 58]


@pytest.mark.parametrize("radius", [3, 5, 20, 100])
def test_a_circle_has_no_corners_however_small(radius: float) -> None:
    points = circle(radius, max(12, int(radius * 6)))
    assert corners(points, 4.0).tolist() == []
    assert distance_to(fit_outline(points, 0.5, 4.0), points) < 0.7


def test_doubles_are_left_out() -> None:
    points = np.array([[0.0, 0], [0, 0], [1, 0], [1, 1], [1, 1], [0, 0]])
    assert distinct(points).tolist() == [[0, 0], [1, 0], [1, 1], [0, 0]]
    assert distinct(points, closed=True).tolist() == [[0, 0], [1, 0], [1, 1]]
