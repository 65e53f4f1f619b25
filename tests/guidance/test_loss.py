import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.autograd import gradcheck

from zestdesk.guidance.loss import fit_scores, normalise, resize_targets, segment_losses, zest_loss
from zestdesk.guidance.maps import extract_masks
from zestdesk.options import LOSSES


def maps(*sizes, segments=2, pictures=1, heads=1, seed=0):
    generator = torch.Generator().manual_seed(seed)
    shape = (pictures, heads, segments)
    return [torch.rand((*shape, *size), generator=generator, dtype=torch.float64) * 0.9 + 0.05 for size in sizes]


def some_masks(*size, **changes):
    return extract_masks(maps(size, **changes))


def some_targets(*size, segments=2, seed=1):
    return (some_masks(*size, segments=segments, seed=seed)[0] > 0.5).double()


def entropies(pairs):
    """Cross-entropy of each pixel's inside and outside."""
    return [(-s * math.log(m), -(1 - s) * math.log(1 - m)) for m, s in pairs]


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def raw(pairs):
    return mean(inside + outside for inside, outside in entropies(pairs))


def balanced(pairs):
    area = sum(s for _, s in pairs)
    inside = sum(each for each, _ in entropies(pairs)) / area
    outside = sum(each for _, each in entropies(pairs)) / (len(pairs) - area)
    return (inside + outside) / 2


def fourth(pairs):
    return mean((m - s) ** 4 - 0.2**4 if abs(m - s) > 0.2 else 0.0 for m, s in pairs)


def over_peak(pairs):
    peak = max(m for m, _ in pairs)
    return [(min(m / peak, 1 - 1e-6), s) for m, s in pairs]


SLOW = {
    "paper": lambda pairs: raw(pairs) + raw(over_peak(pairs)),
    "raw": raw,
    "normalised": lambda pairs: raw(over_peak(pairs)),
    "balanced": lambda pairs: balanced(pairs) + balanced(over_peak(pairs)),
    "fourth": fourth,
    "fourth-normalised": lambda pairs: fourth(over_peak(pairs)),
}
"""Every loss of a segment written out over its (mask, target) pixel by pixel; "paper" is equation (4)."""


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_is_its_equation(loss):
    masks, targets = some_masks(5, 7, pictures=3), some_targets(5, 7)
    targets[0, 0, :3] = 0.3
    weights = torch.tensor([1.0, 0.25], dtype=torch.float64)
    expected = [
        sum(
            weight * SLOW[loss](list(zip(mask.flatten().tolist(), target.flatten().tolist(), strict=True)))
            for mask, target, weight in zip(picture, targets, weights.tolist(), strict=True)
        )
        for picture in masks
    ]
    assert zest_loss(masks, targets, weights, loss).tolist() == pytest.approx(expected, rel=1e-5, abs=1e-7)


def test_the_papers_is_the_default():
    masks, targets, weights = some_masks(5, 7), some_targets(5, 7), torch.ones(2)
    assert torch.equal(zest_loss(masks, targets, weights), zest_loss(masks, targets, weights, "paper"))


@pytest.mark.parametrize("faint", [False, True])
@pytest.mark.parametrize("loss", LOSSES)
def test_gradient_of_the_loss_agrees_with_finite_differences(loss, faint):
    first, second = (item.requires_grad_() for item in maps((2, 3), (4, 6), heads=2))
    targets = some_targets(4, 6, seed=2)
    weights = torch.tensor([1.0, 0.5], dtype=torch.float64)

    def value(a, b):
        return zest_loss(extract_masks([a, b]), targets, weights, loss, faint=faint)

    assert gradcheck(value, (first, second), eps=1e-7, atol=1e-5)


def test_within_the_dead_zone_nothing_pulls():
    target = torch.tensor([[[1.0, 1.0, 0.0, 0.0]]])
    masks = torch.tensor([[[[0.81, 0.7, 0.19, 0.3]]]], requires_grad=True)
    zest_loss(masks, target, torch.ones(1), "fourth").backward()
    assert masks.grad is not None
    assert masks.grad.flatten().tolist() == pytest.approx([0, -(0.3**3), 0, 0.3**3])


def test_faint_masks_are_raised_so_that_the_fourth_power_sees_them():
    """Attention of 0.1 outside is within the dead zone as it is, and a stray that pulls when it is shared with all."""
    masks = torch.tensor([[[[0.01, 0.1, 0.9]]]], requires_grad=True)
    target = torch.zeros((1, 1, 3))
    target[0, 0, 2] = 1
    losses = [segment_losses(masks, target, "fourth", faint=faint) for faint in (False, True)]
    assert losses[0].item() == pytest.approx(0, abs=1e-8)
    losses[1].sum().backward()
    assert masks.grad is not None
    within, stray, there = masks.grad.flatten().tolist()
    assert within == there == 0
    assert stray > 0


@pytest.mark.parametrize("loss", sorted(set(LOSSES) - {"fourth"}))
def test_other_losses_take_faint_masks_as_they_are(loss):
    masks, targets = some_masks(4, 4), some_targets(4, 4)
    faint, plain = (segment_losses(masks, targets, loss, faint=each) for each in (True, False))
    assert torch.equal(faint, plain)


def pull(loss, side):
    """How strongly the inside of a square segment is pulled up, over how strongly its outside is pulled down."""
    masks = torch.full((1, 1, 16, 16), 0.3, dtype=torch.float64)
    masks[..., 0, 0] = 0.6
    target = torch.zeros((1, 16, 16), dtype=torch.float64)
    target[:, 4 : 4 + side, 4 : 4 + side] = 1
    masks.requires_grad_()
    zest_loss(masks, target, torch.ones(1), loss).backward()
    assert masks.grad is not None
    inside = target[0].bool()
    return -masks.grad[0, 0][inside].sum().item() / masks.grad[0, 0][~inside].clamp_min(0).sum().item()


def test_balanced_small_segments_do_not_drown():
    assert pull("paper", 1) == pytest.approx(pull("paper", 8) / 64, rel=0.4)
    assert pull("balanced", 1) == pytest.approx(pull("balanced", 8), rel=0.1)


def test_the_normalised_term_alone_has_no_gradient_at_the_maximum():
    masks = some_masks(4, 4, segments=1)
    masks.requires_grad_()
    peak = masks.detach().argmax()
    normalise(masks).flatten()[peak].backward()
    assert masks.grad is not None
    assert masks.grad.flatten()[peak].abs().item() < 1e-12


def target_of(kind):
    targets = torch.zeros((1, 4, 4))
    targets[0, :2] = {"half": 1.0, "everything": 1.0, "one pixel": 0.0}[kind]
    if kind == "everything":
        targets[:] = 1
    if kind == "one pixel":
        targets[0, 1, 2] = 1 / 64
    return targets


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("kind", ["half", "everything", "one pixel"])
@pytest.mark.parametrize("value", [0.0, 1e-20, 1.0])
def test_loss_and_gradient_are_finite_where_attention_is_nowhere_or_everywhere(value, kind, loss):
    masks = torch.full((1, 1, 4, 4), value, requires_grad=True)
    result = zest_loss(masks, target_of(kind), torch.ones(1), loss, faint=True)
    result.backward()
    assert torch.isfinite(result)
    assert masks.grad is not None
    assert torch.isfinite(masks.grad).all()


def test_faint_attention_is_still_pulled_into_its_mask():
    masks = torch.full((1, 1, 2, 2), 1e-9, requires_grad=True)
    zest_loss(masks, torch.ones((1, 2, 2)), torch.ones(1)).backward()
    assert masks.grad is not None
    assert (masks.grad < 0).all()


@pytest.mark.parametrize("loss", LOSSES)
def test_a_weight_of_zero_switches_a_segment_off(loss):
    masks = some_masks(4, 4).requires_grad_()
    zest_loss(masks, torch.ones_like(masks[0]), torch.tensor([0.0, 1.0]), loss).backward()
    assert masks.grad is not None
    assert not masks.grad[:, 0].any()
    assert masks.grad[:, 1].any()


@pytest.mark.parametrize("loss", LOSSES)
def test_the_gradient_of_all_losses_together_holds_each_pictures_own(loss):
    masks, targets, weights = some_masks(4, 5, pictures=3), some_targets(4, 5), torch.ones(2)
    together = masks.clone().requires_grad_()
    zest_loss(together, targets, weights, loss).sum().backward()
    assert together.grad is not None
    for index in range(3):
        alone = masks[index : index + 1].clone().requires_grad_()
        zest_loss(alone, targets, weights, loss).backward()
        assert alone.grad is not None
        torch.testing.assert_close(together.grad[index], alone.grad[0])


def test_masks_are_averaged_at_the_highest_resolution():
    coarse, fine = torch.full((2, 3, 1, 2, 3), 0.2), torch.full((2, 1, 1, 4, 6), 0.6)
    masks = extract_masks([coarse, fine])
    assert masks.shape == (2, 1, 4, 6)
    assert torch.allclose(masks, torch.full((2, 1, 4, 6), 0.4))


def test_targets_are_averaged_over_cells():
    target = torch.zeros((1, 4, 6))
    target[0, :3, :3] = 1
    expected = torch.tensor([[[1.0, 0.5, 0.0], [0.5, 0.25, 0.0]]])
    assert torch.allclose(resize_targets(target, 2, 3), expected)


@given(seed=st.integers(0, 1000), scale=st.floats(1e-3, 1))
def test_fit_is_one_for_the_target_itself_at_any_strength(seed, scale):
    target = (torch.rand((2, 6, 5), generator=torch.Generator().manual_seed(seed)) > 0.6).float()
    target[:, 0, 0] = 1
    assert fit_scores(target[None] * scale, target) == ((1.0, 1.0),)


def test_fit_is_zero_elsewhere_and_nothing_without_segments():
    target = torch.zeros((1, 4, 4))
    target[0, 0] = 1
    assert fit_scores(torch.stack([target.flip(1), target]), target) == ((0.0,), (1.0,))
    assert fit_scores(torch.zeros((2, 0, 4, 4)), torch.zeros((0, 4, 4))) == ((), ())
