import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.autograd import gradcheck

from zestdesk.guidance.loss import fit_scores, normalise, resize_targets, zest_loss
from zestdesk.guidance.maps import extract_masks


def maps(*sizes, segments=2, pictures=1, heads=1, seed=0):
    generator = torch.Generator().manual_seed(seed)
    shape = (pictures, heads, segments)
    return [torch.rand((*shape, *size), generator=generator, dtype=torch.float64) * 0.9 + 0.05 for size in sizes]


def some_masks(*size, **changes):
    return extract_masks(maps(size, **changes))


def some_targets(*size, segments=2, seed=1):
    return (some_masks(*size, segments=segments, seed=seed)[0] > 0.5).double()


def slow_loss(masks, targets, weights):
    """Equation (4) written out, pixel by pixel."""
    total = 0.0
    for mask, target, weight in zip(masks.tolist(), targets.tolist(), weights.tolist(), strict=True):
        peak = max(max(row) for row in mask)
        raw = normalised = 0.0
        count = 0
        for row, wanted in zip(mask, target, strict=True):
            for s_hat, s in zip(row, wanted, strict=True):
                raw -= s * math.log(s_hat) + (1 - s) * math.log(1 - s_hat)
                share = min(s_hat / peak, 1 - 1e-6)
                normalised -= s * math.log(share) + (1 - s) * math.log(1 - share)
                count += 1
        total += weight * (raw + normalised) / count
    return total


def test_loss_is_equation_4():
    masks, targets = some_masks(5, 7, pictures=3), some_targets(5, 7)
    weights = torch.tensor([1.0, 0.25], dtype=torch.float64)
    expected = [slow_loss(picture, targets, weights) for picture in masks]
    assert zest_loss(masks, targets, weights).tolist() == pytest.approx(expected, rel=1e-9)


def test_gradient_of_the_loss_agrees_with_finite_differences():
    first, second = (item.requires_grad_() for item in maps((3, 4), (6, 8), pictures=2, heads=3))
    targets = some_targets(6, 8, seed=2)
    weights = torch.tensor([1.0, 0.5], dtype=torch.float64)

    def loss(a, b):
        return zest_loss(extract_masks([a, b]), targets, weights)

    assert gradcheck(loss, (first, second), eps=1e-7, atol=1e-5)


def test_the_normalised_term_alone_has_no_gradient_at_the_maximum():
    masks = some_masks(4, 4, segments=1)
    masks.requires_grad_()
    peak = masks.detach().argmax()
    normalise(masks).flatten()[peak].backward()
    assert masks.grad is not None
    assert masks.grad.flatten()[peak].abs().item() < 1e-12


@pytest.mark.parametrize("value", [0.0, 1e-20, 1.0])
def test_loss_and_gradient_are_finite_where_attention_is_nowhere_or_everywhere(value):
    masks = torch.full((1, 1, 4, 4), value, requires_grad=True)
    targets = torch.zeros((1, 4, 4))
    targets[0, :2] = 1
    loss = zest_loss(masks, targets, torch.ones(1))
    loss.backward()
    assert torch.isfinite(loss)
    assert masks.grad is not None
    assert torch.isfinite(masks.grad).all()


def test_faint_attention_is_still_pulled_into_its_mask():
    masks = torch.full((1, 1, 2, 2), 1e-9, requires_grad=True)
    zest_loss(masks, torch.ones((1, 2, 2)), torch.ones(1)).backward()
    assert masks.grad is not None
    assert (masks.grad < 0).all()


def test_a_weight_of_zero_switches_a_segment_off():
    masks = some_masks(4, 4).requires_grad_()
    zest_loss(masks, torch.ones_like(masks[0]), torch.tensor([0.0, 1.0])).backward()
    assert masks.grad is not None
    assert not masks.grad[:, 0].any()
    assert masks.grad[:, 1].any()


def test_the_gradient_of_all_losses_together_holds_each_pictures_own():
    masks, targets, weights = some_masks(4, 5, pictures=3), some_targets(4, 5), torch.ones(2)
    together = masks.clone().requires_grad_()
    zest_loss(together, targets, weights).sum().backward()
    assert together.grad is not None
    for index in range(3):
        alone = masks[index : index + 1].clone().requires_grad_()
        zest_loss(alone, targets, weights).backward()
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
