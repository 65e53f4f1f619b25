"""Eta means the same to every scheduler, whatever space it keeps its latents in."""

import pytest
import torch

from tests.guidance.conftest import request
from zestdesk.guidance.request import SCHEDULERS
from zestdesk.guidance.sampler import generate


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
