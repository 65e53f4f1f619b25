"""Each rival's functions against slow transcriptions of its paper, number by number."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from zestdesk.evaluation.baselines.boxdiff import constraints, smooth, token_maps
from zestdesk.evaluation.baselines.classifier import layout_entropy
from zestdesk.evaluation.baselines.densediffusion import modulate
from zestdesk.evaluation.baselines.layout_guidance import energy, fitting
from zestdesk.evaluation.baselines.multidiffusion import fuse

SEEDS = st.integers(0, 2**16)


def drawn(seed, *shape):
    return torch.from_numpy(np.random.default_rng(seed).normal(size=shape))


@given(SEEDS)
def test_fused_estimates_are_weighted_means_of_each_pixel(seed):
    estimates, weights = drawn(seed, 3, 2, 4, 5), drawn(seed + 1, 3, 4, 5).abs() + 0.1
    found = fuse(estimates, weights)
    for channel, row, column in np.ndindex(2, 4, 5):
        total = sum(float(weights[r, row, column]) for r in range(3))
        mean = sum(float(estimates[r, channel, row, column] * weights[r, row, column]) for r in range(3)) / total
        assert float(found[0, channel, row, column]) == pytest.approx(mean)


def test_fusing_estimates_is_fusing_the_steps():
    """The paper's own order: every region takes its step, then the latents are fused."""
    latents, estimates = drawn(0, 1, 2, 4, 4), drawn(1, 3, 2, 4, 4)
    weights = torch.zeros((3, 4, 4), dtype=torch.float64)
    weights[0, :, :2] = weights[1, :, 2:] = weights[2, 1:3] = 1

    def step(noise):
        return 0.7 * latents - 0.3 * noise

    steps = torch.cat([step(estimates[region : region + 1]) for region in range(3)])
    assert torch.allclose(step(fuse(estimates, weights)), fuse(steps, weights))


@given(SEEDS, st.floats(0, 1))
def test_modulation_is_the_papers(seed, strength):
    logits = drawn(seed, 2, 4, 6)
    related = drawn(seed + 1, 4, 6) > 0
    room = drawn(seed + 2, 4, 1).sigmoid()
    found = modulate(logits, related, strength * room)
    for head, query, key in np.ndindex(2, 4, 6):
        row = logits[head, query]
        here, share = float(row[key]), 1 - float(room[query, 0])
        m_pos, m_neg, r = float(row.max()) - here, here - float(row.min()), float(related[query, key])
        m = strength * r * m_pos * (1 - share) - strength * (1 - r) * m_neg * (1 - share)
        assert float(found[head, query, key]) == pytest.approx(here + m, abs=1e-9)


@given(SEEDS)
def test_energy_is_the_papers(seed):
    maps = [drawn(seed, 2, 8, 8, 6).softmax(dim=-1), drawn(seed + 1, 3, 16, 16, 6).softmax(dim=-1)]
    tokens, places = [[1, 2], [4], [5]], [(0.0, 0.0, 0.5, 0.5), (0.25, 0.5, 1.0, 1.0), None]
    total = 0.0
    for attention in maps:
        side = attention.shape[1]
        for positions, box in zip(tokens[:2], places[:2], strict=True):
            left, top, right, bottom = (int(value * side) for value in box)
            terms = []
            for position in positions:
                heads = attention[..., position].numpy()
                terms += [(1 - head[top:bottom, left:right].sum() / head.sum()) ** 2 for head in heads]
            total += np.mean(terms)
    assert float(energy(maps, tokens, places)) == pytest.approx(total / (2 * 2))


def test_energy_is_none_where_all_attention_is_within():
    attention = torch.zeros((1, 8, 8, 3))
    attention[:, 2:4, 2:4, 1] = 1
    assert float(energy([attention], [[1]], [(0.25, 0.25, 0.5, 0.5)])) == 0
    assert float(energy([attention], [[1]], [(0.5, 0.5, 1, 1)])) == 1


def test_maps_of_eight_to_sixteen_cells_are_read():
    sizes = [(32, 32), (16, 16), (12, 20), (8, 8), (4, 4)]
    maps = [torch.zeros((1, *size, 2)) for size in sizes]
    assert [tuple(item.shape[1:3]) for item in fitting(maps)] == [(16, 16), (12, 20), (8, 8)]
    assert len(fitting(maps[-1:])) == 1


@given(SEEDS, st.integers(0, 6), st.integers(0, 6), st.integers(1, 4), st.integers(1, 4))
def test_constraints_are_the_papers(seed, left, top, wide, high):
    image = drawn(seed, 8, 8).sigmoid()
    right, bottom = min(left + wide, 8), min(top + high, 8)
    inner, rest = constraints(image, (left, top, right, bottom))
    values = image.numpy()
    inside, outside, across, down = [], [], [0.0] * 8, [0.0] * 8
    for row, column in np.ndindex(8, 8):
        within = top <= row < bottom and left <= column < right
        (inside if within else outside).append(values[row, column])
        if within:
            across[column] = down[row] = 1.0

    def strongest(numbers):
        return np.mean(sorted(numbers)[-max(int(0.2 * len(numbers)), 1) :])

    corners = 0.0
    for wanted, profile, ends in (
        (across, values.max(axis=0), (left, right)),
        (down, values.max(axis=1), (top, bottom)),
    ):
        near = {cell for end in ends for cell in (end - 1, end, end + 1)}
        corners += sum(abs(profile[cell] - wanted[cell]) for cell in range(8) if cell in near) / 8
    assert float(inner) == pytest.approx(1 - strongest(inside))
    assert float(rest) == pytest.approx(strongest(outside) + corners)


def test_a_box_that_covers_the_map_has_no_outside():
    inner, rest = constraints(torch.ones((4, 4)), (0, 0, 4, 4))
    assert float(inner) == float(rest) == 0


def test_smoothing_is_a_gaussian_that_mirrors_at_the_border():
    peak = torch.zeros((5, 5))
    peak[2, 2] = 1
    one, side = 1.0, math.exp(-2)  # at distances 0 and 1 for a deviation of one half
    line = np.array([side, one, side]) / (one + 2 * side)
    assert np.allclose(smooth(peak)[1:4, 1:4].numpy(), np.outer(line, line), atol=1e-6)
    assert torch.allclose(smooth(torch.full((3, 4), 0.3)), torch.full((3, 4), 0.3))


def test_tokens_share_attention_anew_without_begin_and_end():
    attention = drawn(0, 2, 2, 5).softmax(dim=-1)
    found = token_maps(attention)
    assert not found[..., [0, -1]].any()
    for row, column in np.ndindex(2, 2):
        powers = [math.exp(100 * float(attention[row, column, token])) for token in (1, 2, 3)]
        assert found[row, column, 1:4].tolist() == pytest.approx([power / sum(powers) for power in powers])


@given(SEEDS)
def test_the_entropy_of_a_layout_sums_over_its_pixels(seed):
    logits = drawn(seed, 5, 3, 4)
    masks = torch.zeros((3, 3, 4), dtype=torch.float64)
    masks[0, :, 0] = masks[1, :, 1] = 1
    masks[2, 0, 2] = 0.25
    chances = logits.softmax(dim=0).numpy()
    total = 0.0
    for row, column in np.ndindex(3, 4):
        pixel = chances[:, row, column]
        none = pixel[0] + pixel[1] + pixel[4]
        if column < 2:
            total -= math.log(pixel[2])
        elif (row, column) == (0, 2):
            total -= 0.25 * math.log(pixel[3]) + 0.75 * math.log(none)
        else:
            total -= math.log(none)
    # The first two masks are of one class.
    assert float(layout_entropy(logits, [2, 2, 3], masks)) == pytest.approx(total / 12, rel=1e-5)


def test_a_layout_of_all_classes_has_no_other():
    logits = torch.tensor([2.0, -1.0])[:, None, None].expand(2, 2, 2)
    masks = torch.stack([torch.ones((2, 2)), torch.zeros((2, 2))])
    assert float(layout_entropy(logits, [0, 1], masks)) == pytest.approx(math.log(1 + math.exp(-3)))
