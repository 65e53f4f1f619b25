"""IoU and intervals against hand-made cases."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zestdesk.evaluation.metrics import bootstrap_interval, class_iou, masks_iou


def test_half_covered_square_has_iou_one_half() -> None:
    target = np.zeros((8, 8), np.float32)
    target[:, :4] = 1
    labels = np.zeros((8, 8), np.int64)
    labels[:4, :4] = 3
    assert class_iou(labels, target, 3) == 0.5


def test_absent_class_and_empty_target() -> None:
    nothing = np.zeros((4, 4), bool)
    assert masks_iou(nothing, nothing) == 0
    assert class_iou(np.zeros((4, 4), np.int64), np.ones((4, 4), np.float32), 1) == 0


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
