"""Several seeds in one run: as many pictures, each as if it were alone."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.guidance.conftest import request
from tests.guidance.test_memory import Exhausted, published
from zestdesk.errors import UserError
from zestdesk.guidance import sampler
from zestdesk.guidance.memory import LEVELS, pick_together, work_of
from zestdesk.guidance.request import SCHEDULERS, Cancelled, CancelToken, following_seeds
from zestdesk.guidance.sampler import generate, generate_many
from zestdesk.options import GuidanceOptions


def passes(model, work):
    """Return the batch sizes of the passes that some work takes."""
    sizes = []
    hook = model.unet.register_forward_pre_hook(lambda _m, args: sizes.append(len(args[0])))
    work()
    hook.remove()
    return sizes


def difference(one, other):
    return np.abs(one.picture.astype(int) - other.picture).max()


def test_seeds_follow_one_another_round():
    assert following_seeds(7, 3) == (7, 8, 9)
    assert following_seeds(2**63 - 1, 2) == (2**63 - 1, 0)


THRIFTY = GuidanceOptions(refinements=2, guide_every=2, cfg_until=0.5)


@pytest.mark.parametrize(
    ("name", "options"), [*((name, GuidanceOptions()) for name in SCHEDULERS), ("ddim", THRIFTY), ("euler-a", THRIFTY)]
)
def test_a_picture_is_the_same_alone_and_in_company(tiny_model, name, options):
    """Bit by bit but for rounding in libraries that sum a batch otherwise: a level of 255 at most."""
    wanted = request(scheduler=name, tau=1.0, options=options, steps=3)
    seeds = (3, 2**63 - 1)
    together = generate_many(wanted, tiny_model, seeds)
    for seed, result in zip(seeds, together, strict=True):
        assert result.request == replace(wanted, seed=seed)
        alone = generate(result.request, tiny_model)
        assert difference(alone, result) <= 1
        assert [step.loss for step in result.steps] == pytest.approx([step.loss for step in alone.steps], abs=1e-4)
        assert [step.guided for step in result.steps] == [step.guided for step in alone.steps]
        assert np.abs(result.masks.astype(int) - alone.masks).max() <= 1
        assert result.fits == pytest.approx(alone.fits, abs=0.05)
    assert difference(*together) > 5


def test_pictures_take_their_steps_in_one_pass(tiny_model):
    sizes = passes(tiny_model, lambda: generate_many(request(), tiny_model, (1, 2, 3)))
    assert sizes == [3, 3] * 3 + [6] * 3


def test_every_picture_speaks_at_every_step(tiny_model):
    events = []
    results = generate_many(request(steps=4), tiny_model, (5, 6), events.append)
    assert [(event.step, event.picture) for event in events] == [(step, n) for step in (1, 2, 3, 4) for n in (0, 1)]
    assert all((event.pictures, event.part, event.parts, event.due) == (2, 1, 1, 4) for event in events)
    assert [event.taken for event in events] == [1, 1, 2, 2, 3, 3, 4, 4]
    for number, result in enumerate(results):
        mine = [event for event in events if event.picture == number]
        assert [step.loss for step in result.steps] == [event.loss for event in mine]
        assert result.fits == mine[-1].fits
        assert np.array_equal(result.masks[0], (mine[0].masks * 255).round().astype(np.uint8))
    first, second = (event.preview for event in events[:2])
    assert not np.array_equal(first, second)
    for array in (first, second, events[0].masks):
        assert array.base is None


def test_one_picture_s_unsound_gradient_leaves_the_others_guided(tiny_model):
    def spoil(_module, _args, output):
        if output.requires_grad:
            unsound = torch.ones_like(output)
            unsound[1] = float("nan")
            output.register_hook(lambda gradient: gradient * unsound)

    plain = generate_many(request(), tiny_model, (1, 2))
    hook = tiny_model.unet.mid_block.register_forward_hook(spoil)
    sound, unsound = generate_many(request(), tiny_model, (1, 2))
    hook.remove()
    assert [step.guided for step in sound.steps] == [True] * 3 + [False] * 3
    assert not any(step.guided for step in unsound.steps)
    assert [step.skipped is None for step in unsound.steps] == [False] * 3 + [True] * 3
    assert difference(sound, plain[0]) <= 1
    assert difference(unsound, generate(request(eta=0.0, seed=2), tiny_model)) <= 1


def test_the_picture_whose_numbers_run_away_is_named(tiny_model):
    def spoil(_module, _args, output):
        output = output.clone()
        output[-1] = float("inf")
        return output

    hook = tiny_model.unet.mid_block.register_forward_hook(spoil)
    with pytest.raises(UserError, match=r"at step 1 \(seed 9\)"):
        generate_many(request(eta=0.0), tiny_model, (8, 9))
    hook.remove()


def test_where_memory_is_short_pictures_are_made_in_parts(tiny_model, monkeypatch):
    wanted = request(steps=3)
    whole = generate_many(wanted, tiny_model, (1, 2, 3))
    monkeypatch.setattr(sampler, "pick_together", lambda *_args, **_named: 2)
    events = []
    parts = generate_many(wanted, tiny_model, (1, 2, 3), events.append)
    assert [event.picture for event in events] == [0, 1] * 3 + [2] * 3
    assert [event.part for event in events] == [1] * 6 + [2] * 3
    assert all((event.parts, event.due, event.pictures) == (2, 6, 3) for event in events)
    assert [event.taken for event in events[::2]] == [1, 2, 3, 4, 6]
    assert events[-1].seconds_left == 0
    assert all(event.seconds_left > 0 for event in events[:-1])
    assert [difference(*pair) <= 1 for pair in zip(whole, parts, strict=True)] == [True] * 3
    assert all(result.savings == "" for result in parts)


def test_memory_that_runs_out_takes_fewer_pictures_first_then_saves(tiny_model):
    plain = generate_many(request(steps=3), tiny_model, (1, 2, 3))
    for times, savings in ((1, ""), (2, ""), (3, LEVELS[1].words)):
        events, exhausted = [], Exhausted(tiny_model, times)
        results = generate_many(request(steps=3), tiny_model, (1, 2, 3), events.append)
        exhausted.remove()
        assert [result.request.seed for result in results] == [1, 2, 3]
        assert all(result.savings == savings for result in results)
        assert {event.picture for event in events if event.step == 3} == {0, 1, 2}
        assert events[-1].taken == events[-1].due
        assert [difference(*pair) <= 1 for pair in zip(plain, results, strict=True)] == [True] * 3


@pytest.mark.parametrize("after", [1, 2, 5])
def test_cancel_ends_all_of_them(tiny_model, after):
    token, seen = CancelToken(), []

    def listen(event):
        seen.append(event)
        if len(seen) == after:
            token.cancel()

    with pytest.raises(Cancelled):
        generate_many(request(), tiny_model, (1, 2), listen, token)
    assert len(seen) == after + after % 2


def test_as_many_pictures_as_fit_go_together():
    work = work_of(published("sd1"), (512, 512))

    def picked(free, pictures=8):
        return pick_together(work, free, 2, pictures, guided=True, branches=2)

    peaks = {n: work.peak(LEVELS[0], 2, guided=True, pictures=n) for n in (1, 2, 4, 8)}
    assert peaks[8] > 1.9 * peaks[4]
    assert picked(None) == 8
    assert picked(2 * peaks[8]) == 8
    assert picked(round(peaks[4] / 0.9) + 2) == 4
    assert picked(round(peaks[2] / 0.9) + 2) == 2
    assert picked(1000) == 1
    assert picked(round(peaks[2] / 0.9) + 2, pictures=3) == 2
