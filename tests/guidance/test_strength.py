"""Eta means the same to every scheduler, whatever space it keeps its latents in."""

import pytest
import torch

from tests.guidance.conftest import request
from zestdesk.guidance.request import SCHEDULERS
from zestdesk.guidance.sampler import generate
from zestdesk.guidance.schedulers import Schedule
from zestdesk.guidance.strength import TYPICAL_PEAK, schedule_strength, zest_update
from zestdesk.options import GRADIENT_NORMS, STRENGTH_SCHEDULES, GuidanceOptions


def test_ddim_and_euler_are_moved_alike(tiny_model):
    """Both walk the same path in different spaces; a wrong scale of the update would part them."""
    first, second = (generate(request(scheduler=name, tau=1.0), tiny_model) for name in ("ddim", "euler"))
    assert [step.loss for step in first.steps] == pytest.approx([step.loss for step in second.steps], abs=1e-3)


def test_the_strength_means_the_same_to_every_scheduler(tiny_model):
    """One guided step moves the network's next input, which is of unit deviation, by eta and no more."""
    for name in SCHEDULERS:
        inputs = []
        hook = tiny_model.unet.register_forward_pre_hook(lambda _m, args, seen=inputs: seen.append(args[0][-1]))
        for eta in (0.0, 0.5):
            generate(request(scheduler=name, eta=eta, tau=0.1, guidance_scale=1.0, steps=3), tiny_model)
        hook.remove()
        before, _, _, guided, moved, _ = inputs
        assert torch.equal(before, guided)
        assert (moved - inputs[1]).abs().max().item() == pytest.approx(0.5, rel=1e-3), name


def test_guidance_wins_alike_with_every_scheduler(tiny_model):
    """What the strength brings, as a share of the loss without it, is the same to a tenth between all schedulers."""
    shares = []
    for name in SCHEDULERS:
        plain, guided = (generate(request(scheduler=name, tau=1.0, eta=eta), tiny_model) for eta in (0.0, 1.0))
        shares.append(guided.steps[-1].loss / plain.steps[-1].loss)
    assert max(shares) - min(shares) < 0.1
    assert max(shares) < 0.97


def test_the_update_is_equation_5():
    latents, gradient = torch.zeros((1, 1, 2, 2)), torch.tensor([[[[1.0, -4.0], [0.0, 2.0]]]])
    expected = torch.tensor([[[[-0.125, 0.5], [0.0, -0.25]]]])
    assert torch.equal(zest_update(latents, gradient, 0.5), expected)
    assert torch.equal(zest_update(latents, 1e-30 * gradient, 0.5), expected)
    assert torch.equal(zest_update(latents, 0 * gradient, 0.5), latents)


@pytest.mark.parametrize("norm", GRADIENT_NORMS)
def test_every_picture_is_moved_by_its_own_gradient_alone(norm):
    generator = torch.Generator().manual_seed(0)
    latents, gradient = torch.randn((2, 3, 4, 5, 6), generator=generator)
    together = zest_update(latents, gradient * torch.tensor([1e-6, 1.0, 1e6])[:, None, None, None], 0.3, norm)
    alone = [zest_update(latents[i : i + 1], gradient[i : i + 1], 0.3, norm) for i in range(3)]
    torch.testing.assert_close(together, torch.cat(alone))


@pytest.mark.parametrize("scale", [1e-36, 1.0, 1e30])
def test_the_root_mean_square_is_divided_by_at_any_scale(scale):
    gradient = torch.tensor([[[[3.0, -4.0], [0.0, 5.0]]]])
    moved = zest_update(torch.zeros_like(gradient), scale * gradient, 2.0, "rms")
    torch.testing.assert_close(moved, -2.0 * gradient / (TYPICAL_PEAK * 12.5**0.5))
    assert torch.equal(zest_update(gradient, 0 * gradient, 2.0, "rms"), gradient)


@pytest.mark.parametrize("schedule", STRENGTH_SCHEDULES)
def test_strength_begins_at_one_and_never_rises(schedule):
    signals = [0.0, 0.2, 0.5, 0.9, 1.0]
    values = [schedule_strength(schedule, index / 4, signal) for index, signal in enumerate(signals)]
    assert values[0] == 1
    assert values == sorted(values, reverse=True)
    assert values[-1] == pytest.approx(1.0 if schedule == "constant" else 0.0, abs=1e-12)


def test_strength_is_what_the_schedule_says():
    assert schedule_strength("linear", 0.25, 0.1) == 0.75
    assert schedule_strength("noise", 0.25, 0.6) == pytest.approx(0.8)
    assert schedule_strength("cosine", 2 / 3, 0.1) == pytest.approx(0.5)
    assert schedule_strength("constant", 0.9, 0.1) == 1


@pytest.mark.parametrize("schedule", ["noise", "constant"])
def test_the_schedule_decides_how_far_a_step_moves(tiny_model, schedule):
    """Between the first two inputs, as above; with the noise, a step of x_t is measured by x_t's own noise."""
    inputs = []
    hook = tiny_model.unet.register_forward_pre_hook(lambda _m, args: inputs.append(args[0][-1]))
    for eta in (0.0, 0.5):
        options = GuidanceOptions(schedule=schedule)
        generate(request(eta=eta, tau=1.0, guidance_scale=1.0, steps=2, options=options), tiny_model)
    hook.remove()
    _, before, _, after = inputs
    first = 1 if schedule == "constant" else (1 - signal_at_the_start(tiny_model)) ** 0.5
    assert (after - before).abs().max().item() == pytest.approx(0.5 * first, rel=1e-3)


def signal_at_the_start(model):
    """abar_t of the first of two steps."""
    schedule = Schedule("ddim", model.scheduler_config, 2, model.device)
    return schedule.signal(schedule.timesteps[0]) ** 2
