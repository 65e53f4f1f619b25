"""The rivals through their public door, on a real model of toy size: what all of them must keep to."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.evaluation.baselines.conftest import RIVALS, wanted
from tests.guidance.conftest import box
from zestdesk.errors import UserError
from zestdesk.evaluation.baselines import boxdiff
from zestdesk.evaluation.baselines.loop import Run, Steering, walk
from zestdesk.evaluation.methods import METHODS
from zestdesk.guidance.request import SCHEDULERS, Cancelled, CancelToken, Segment
from zestdesk.guidance.sampler import generate

each_rival = pytest.mark.parametrize("name", RIVALS)


@pytest.fixture(autouse=True)
def few_refinements(monkeypatch):
    """Up to sixty more passes a picture say no more about the loop than a few."""
    monkeypatch.setattr(boxdiff, "_ROUNDS", 1)


@pytest.fixture(autouse=True)
def nothing_is_left_behind(model):
    """Whatever a test does to a run, the model is as it was: the same processors, no gradients."""
    before = {name: id(item) for name, item in model.unet.attn_processors.items()}
    yield
    assert {name: id(item) for name, item in model.unet.attn_processors.items()} == before
    for module in model.networks:
        assert not any(item.requires_grad or item.grad is not None for item in module.parameters())
    assert torch.is_grad_enabled()


class Inputs:
    """What the network is given, pass by pass."""

    def __init__(self, model):
        self.passes = []
        self._handle = model.unet.register_forward_pre_hook(
            lambda _module, given: self.passes.append(given[0].detach())
        )

    def __enter__(self):
        return self.passes

    def __exit__(self, *_):
        self._handle.remove()


@each_rival
def test_the_same_request_gives_the_same_pixels_which_are_not_the_plain_ones(model, segmenter, name):
    first, again = (METHODS[name].draw(wanted(), model, segmenter, None) for _ in range(2))
    assert np.array_equal(first.picture, again.picture)
    assert not np.array_equal(first.picture, walk(wanted(), model, Steering).picture)
    assert not np.array_equal(first.picture, METHODS[name].draw(wanted(seed=4), model, segmenter, None).picture)


@each_rival
def test_the_result_says_what_was_done(model, segmenter, name):
    result = METHODS[name].draw(wanted(prompt="grass"), model, segmenter, None)
    ours = generate(wanted(prompt="grass"), model)
    assert result.picture.shape == (32, 32, 3)
    assert result.picture.dtype == np.uint8
    assert (result.composed_prompt, result.tokens) == (ours.composed_prompt, ours.tokens)
    assert [step.timestep for step in result.steps] == [step.timestep for step in ours.steps]
    assert result.steps[0].guided
    assert result.masks.shape == (4, 0, 16, 16)
    assert result.fits == ()
    assert result.seconds > 0


@each_rival
@pytest.mark.parametrize("scheduler", ["ddim", "euler-a"])
def test_without_segments_a_rival_is_plain_sampling_bit_for_bit(model, segmenter, name, scheduler):
    asked = wanted(segments=(), scheduler=scheduler)
    assert np.array_equal(METHODS[name].draw(asked, model, segmenter, None).picture, generate(asked, model).picture)


@each_rival
@pytest.mark.parametrize("scheduler", ["ddim", "euler"])
def test_every_method_starts_from_the_same_noise(model, segmenter, name, scheduler):
    with Inputs(model) as plain:
        generate(wanted(segments=(), scheduler=scheduler), model)
    with Inputs(model) as seen:
        METHODS[name].draw(wanted(scheduler=scheduler), model, segmenter, None)
    assert torch.equal(seen[0][:1], plain[0][:1])


@each_rival
def test_a_size_that_is_not_square(model, segmenter, name):
    """Its latents of 18 x 10 are halved to 9 x 5, whose cells no longer fit in pairs."""
    result = METHODS[name].draw(wanted(36, 20), model, segmenter, None)
    assert result.picture.shape == (20, 36, 3)


@each_rival
@pytest.mark.parametrize("scheduler", ["euler-a", "dpm++-karras", "lcm"])
def test_schedulers_of_every_kind_will_do(model, segmenter, name, scheduler):
    result = METHODS[name].draw(wanted(scheduler=scheduler), model, segmenter, None)
    assert len(result.steps) == 4


@each_rival
def test_extreme_segments_and_no_classifier_free_guidance(model, segmenter, name):
    everywhere, nowhere, pixel = (
        np.ones((32, 32), np.float32),
        np.zeros((32, 32), np.float32),
        box(0, 0, 1 / 32, 1 / 32),
    )
    for mask in (everywhere, nowhere, pixel):
        asked = wanted(segments=(Segment(label="a cat", mask=mask),), prompt="", guidance_scale=1.0)
        result = METHODS[name].draw(asked, model, segmenter, None)
        assert result.composed_prompt == "a cat"


@each_rival
def test_a_cancelled_run_ends_at_any_pass(model, segmenter, name):
    class After(CancelToken):
        left = 0

        def raise_if_cancelled(self):
            self.left -= 1
            if self.left < 0:
                raise Cancelled

    for passes in (0, 1, 5):
        token = After()
        token.left = passes
        with pytest.raises(Cancelled):
            METHODS[name].draw(wanted(), model, segmenter, token)


@each_rival
@pytest.mark.parametrize("passes", [0, 2])
def test_an_error_within_the_network_leaves_the_model_as_it_was(model, segmenter, name, passes):
    left = [passes]

    def fail(*_):
        left[0] -= 1
        if left[0] < 0:
            raise ZeroDivisionError

    handle = model.unet.up_blocks[-1].register_forward_hook(fail)
    try:
        with pytest.raises(ZeroDivisionError):
            METHODS[name].draw(wanted(), model, segmenter, None)
    finally:
        handle.remove()


def test_memory_that_runs_out_and_numbers_that_do_are_one_sentence(model):
    def without_memory(_run):
        raise RuntimeError("CUDA out of memory")

    class Wild(Steering):
        def __init__(self, run):
            super().__init__(run)
            self.until = 4

        def after(self, index, timestep):  # noqa: ARG002
            self.run.latents = self.run.latents * (float("nan") if index == 2 else 1)

    with pytest.raises(UserError, match="not enough memory"):
        walk(wanted(), model, without_memory)
    with pytest.raises(UserError, match="step 3"):
        walk(wanted(), model, Wild)


def test_what_no_rival_can_do_is_refused(model, segmenter):
    with pytest.raises(UserError):
        METHODS["boxdiff"].draw(wanted(30, 30), model, segmenter, None)
    picture = np.zeros((32, 32, 3), np.uint8)
    with pytest.raises(ValueError, match="begin with noise"):
        walk(replace(wanted(), start=picture), model, Steering)


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_a_move_is_as_long_in_every_scheduler_s_space(steer, scheduler):
    run = steer(Steering, wanted(scheduler=scheduler)).run
    timestep, direction = run.schedule.timesteps[0], torch.randn(run.latents.shape)
    before = run.scaled(timestep)
    run.move(direction)
    assert torch.allclose(run.scaled(timestep) - before, direction, atol=1e-4)


def test_a_gradient_that_is_not_finite_moves_nothing(steer):
    run: Run = steer(Steering).run
    _, gradient, _ = run.pull(run.schedule.timesteps[0], lambda scaled, _estimate: (scaled * float("inf")).sum())
    assert not gradient.any()
