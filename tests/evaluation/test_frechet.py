"""Fréchet distance against closed forms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zestdesk.evaluation.frechet import frechet_distance


def gaussian(rows: int, channels: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(rows, channels))


@given(st.integers(2, 30), st.integers(1, 12), st.integers(0, 99))
def test_a_set_has_no_distance_from_itself_whatever_its_rank(rows: int, channels: int, seed: int) -> None:
    features = gaussian(rows, channels, seed) * 10
    assert frechet_distance(features, features) == pytest.approx(0, abs=1e-5)


def test_moving_a_set_costs_the_square_of_the_way() -> None:
    features = gaussian(50, 4, 0)
    assert frechet_distance(features, features + np.array([3.0, 0, 4.0, 0])) == pytest.approx(25)


def test_scaling_a_set_about_its_mean_costs_the_gap_of_the_deviations() -> None:
    features = gaussian(200, 3, 1)
    features -= features.mean(axis=0)
    expected = np.trace(np.cov(features, rowvar=False)) * (3 - 1) ** 2
    assert frechet_distance(features, 3 * features) == pytest.approx(expected)


@given(st.integers(0, 99))
def test_covariances_that_do_not_commute_as_a_general_root_has_it(seed: int) -> None:
    one, other = gaussian(40, 3, seed) @ gaussian(3, 3, seed + 1), gaussian(30, 3, seed + 2)
    first, second = np.cov(one, rowvar=False), np.cov(other, rowvar=False)
    cross = np.sqrt(np.linalg.eigvals(first @ second).real.clip(0)).sum()
    gap = one.mean(axis=0) - other.mean(axis=0)
    expected = gap @ gap + np.trace(first) + np.trace(second) - 2 * cross
    assert frechet_distance(one, other) == pytest.approx(expected, rel=1e-6, abs=1e-8)
    assert frechet_distance(other, one) == pytest.approx(expected, rel=1e-6, abs=1e-8)


def test_fewer_pictures_than_channels_give_a_number() -> None:
    assert 0 < frechet_distance(gaussian(5, 64, 3), gaussian(300, 64, 4)) < 1000


@pytest.mark.parametrize(("one", "other"), [((1, 3), (9, 3)), ((9, 3), (9, 4))])
def test_single_pictures_and_other_channels_are_refused(one: tuple[int, int], other: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="two pictures"):
        frechet_distance(gaussian(*one, 0), gaussian(*other, 0))
