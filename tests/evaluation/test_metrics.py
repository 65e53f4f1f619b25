"""IoU, accumulated counts and intervals against hand-made cases."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from zestdesk.evaluation.metrics import Counts, bootstrap_interval, count_pairs, masks_iou

MAPS = arrays(np.int64, (4, 5), elements=st.integers(-1, 3))
FOUND = arrays(np.int64, (4, 5), elements=st.integers(0, 3))


def test_half_covered_square_has_iou_one_half() -> None:
    found, target = np.zeros((8, 8), bool), np.zeros((8, 8), bool)
    target[:, :4] = found[:4, :4] = True
    assert masks_iou(found, target) == 0.5


def test_nothing_found_and_nothing_wanted_has_iou_zero() -> None:
    nothing = np.zeros((4, 4), bool)
    assert masks_iou(nothing, nothing) == 0


@given(st.lists(st.booleans(), min_size=16, max_size=16), st.lists(st.booleans(), min_size=16, max_size=16))
def test_iou_is_symmetric_and_bounded(left: list[bool], right: list[bool]) -> None:
    a, b = np.array(left).reshape(4, 4), np.array(right).reshape(4, 4)
    assert masks_iou(a, b) == masks_iou(b, a)
    assert 0 <= masks_iou(a, b) <= 1
    assert masks_iou(a, a) == (1.0 if a.any() else 0.0)


def test_interval_holds_the_mean_and_narrows_with_more_values() -> None:
    values = np.random.default_rng(1).uniform(size=40)
    low, high = bootstrap_interval(values)
    assert low < values.mean() < high
    wide = bootstrap_interval(values[:8])
    assert wide[1] - wide[0] > high - low


def test_pairs_of_a_hand_made_picture() -> None:
    wanted, found = np.array([[1, 1], [-1, -1]]), np.array([[1, 2], [1, 2]])
    assert count_pairs(wanted, found) == [(-1, 1, 1), (-1, 2, 1), (1, 1, 1), (1, 2, 1)]


def test_miou_is_accumulated_over_the_pictures_not_averaged_over_them() -> None:
    # One picture wants class 0 in 2 pixels and gets both, the other in 8 and gets none: 2 of 10, not a half.
    small = count_pairs(np.array([[0, 0]]), np.array([[0, 0]]))
    large = count_pairs(np.zeros((1, 8), np.int64), np.ones((1, 8), np.int64))
    counts = Counts.of([small, large], 2)
    assert counts.miou(counts.union) == pytest.approx(0.2)
    assert np.isnan(counts.class_ious(counts.union)[1])


def test_what_lies_outside_all_segments_counts_on_the_canvas_only() -> None:
    wanted, found = np.array([[1, 1], [-1, -1]]), np.array([[1, 1], [1, 1]])
    counts = Counts.of([count_pairs(wanted, found)], 3)
    assert counts.miou(counts.union) == 1
    assert counts.miou(counts.canvas_union) == 0.5


def test_a_class_in_a_picture_that_does_not_want_it_is_wrong_where_a_segment_is() -> None:
    first = count_pairs(np.array([[1, 1]]), np.array([[1, 1]]))
    second = count_pairs(np.array([[2, 2]]), np.array([[1, 2]]))
    counts = Counts.of([first, second], 3)
    assert counts.class_ious(counts.union)[1:].tolist() == pytest.approx([2 / 3, 1 / 2])
    assert counts.class_ious(counts.canvas_union)[1:].tolist() == pytest.approx([1, 1 / 2])


@given(st.lists(st.tuples(MAPS, FOUND), min_size=1, max_size=4))
def test_counts_agree_with_a_straight_count(pictures: list[tuple[np.ndarray, np.ndarray]]) -> None:
    counts = Counts.of([count_pairs(wanted, found) for wanted, found in pictures], 4)
    wanted, found = (np.stack(side) for side in zip(*pictures, strict=True))
    labelled = wanted >= 0
    for number in range(4):
        asks, shows = wanted == number, (found == number) & labelled
        if asks.any():
            straight = (asks & shows).sum() / (asks | shows).sum()
            assert counts.class_ious(counts.union)[number] == pytest.approx(straight)
        else:
            assert np.isnan(counts.class_ious(counts.union)[number])
    assert (counts.canvas_union.sum(axis=0) >= counts.hit.sum(axis=0)).all()


def test_draws_are_the_same_for_the_same_pictures_and_spread_around_the_figure() -> None:
    rng = np.random.default_rng(2)
    wanted = rng.integers(0, 3, (12, 1, 50))
    found = np.where(rng.uniform(size=wanted.shape) < 0.7, wanted, rng.integers(0, 3, wanted.shape))
    counts = Counts.of([count_pairs(*both) for both in zip(wanted, found, strict=True)], 3)
    draws = counts.draws(counts.union)
    assert np.array_equal(draws, counts.draws(counts.union))
    assert np.quantile(draws, 0.025) < counts.miou(counts.union) < np.quantile(draws, 0.975)
