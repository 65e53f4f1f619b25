"""Segments on grids, and the words between labels."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from zestdesk.evaluation.baselines.regions import box_cells, boxes, cells, rest_of_prompt
from zestdesk.guidance.binding import compose

SIDES = st.integers(1, 24)


@given(SIDES, SIDES, st.data())
def test_a_box_of_pixels_is_found_and_has_cells_on_any_grid(height, width, data):
    left, top = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    right, bottom = data.draw(st.integers(left + 1, width)), data.draw(st.integers(top + 1, height))
    mask = torch.zeros((1, height, width))
    mask[0, top:bottom, left:right] = 1
    (box,) = boxes(mask)
    assert box is not None
    assert box == pytest.approx((left / width, top / height, right / width, bottom / height))
    assert box_cells(box, height, width) == (left, top, right, bottom)
    rows, columns = data.draw(SIDES), data.draw(SIDES)
    x0, y0, x1, y1 = box_cells(box, rows, columns)
    assert 0 <= x0 < x1 <= columns
    assert 0 <= y0 < y1 <= rows


def test_soft_masks_are_boxed_from_one_half_and_empty_ones_not_at_all():
    masks = torch.zeros((3, 4, 8))
    masks[0, 1:3, 2:6] = 0.5
    masks[0, 0, 0] = 0.4
    masks[1, 3, 7] = 0.2
    assert boxes(masks) == [(0.25, 0.25, 0.75, 0.75), (0.875, 0.75, 1.0, 1.0), None]


@given(SIDES, SIDES, st.integers(0, 2**16))
def test_no_segment_is_lost_between_the_cells(height, width, seed):
    masks = torch.from_numpy(np.random.default_rng(seed).random((3, height, width)) ** 4).float()
    masks[1] = 0
    masks[2] = 1
    found = cells(masks, 4, 5)
    assert found[0].any()
    assert not found[1].any()
    assert found[2].all()


@pytest.mark.parametrize(
    ("prompt", "labels", "rest"),
    [
        ("a cat and a dog on grass", ["a cat", "a dog"], "on grass"),
        (
            "a cat, a dog and a lemon on sand under a night sky",
            ["a cat", "a dog", "a lemon"],
            "on sand under a night sky",
        ),
        ("a photo of a cat", ["a cat"], "a photo of"),
        ("a dog with a red kite, snow", ["a red kite"], "a dog, snow"),
        ("grass", ["a cat"], "grass"),
        ("a cat", ["a cat"], ""),
        ("", ["a cat", "a dog"], ""),
        ("sandy wood and a cat", ["a cat"], "sandy wood"),
    ],
)
def test_the_rest_of_a_prompt_reads_on_without_its_labels(prompt, labels, rest):
    composition = compose(prompt, labels)
    assert rest_of_prompt(composition.text, composition.spans) == rest
