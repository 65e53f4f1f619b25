"""Guidance on some steps only, no unconditional pass at the end, refinements at the beginning."""

import pytest

from tests.guidance.conftest import request
from tests.guidance.test_batch import difference, passes
from zestdesk.guidance import run
from zestdesk.guidance.request import Cancelled, CancelToken
from zestdesk.guidance.sampler import generate, generate_many
from zestdesk.options import GuidanceOptions


def test_steps_between_are_plain(tiny_model):
    wanted = request(tau=1.0, options=GuidanceOptions(guide_every=2))
    result = generate(wanted, tiny_model)
    assert [step.guided for step in result.steps] == [True, False] * 3
    assert all(step.loss is not None for step in result.steps)
    assert passes(tiny_model, lambda: generate(wanted, tiny_model)) == [1, 1, 2] * 3
    plain = generate(request(eta=0.0), tiny_model)
    assert result.steps[-1].loss < plain.steps[-1].loss


def test_without_the_unconditional_pass_a_step_is_one_pass(tiny_model):
    wanted = request(options=GuidanceOptions(cfg_until=0.5))
    assert passes(tiny_model, lambda: generate(wanted, tiny_model)) == [1, 1] * 3 + [1] * 3
    assert difference(generate(wanted, tiny_model), generate(request(), tiny_model)) > 0


def test_never_an_unconditional_pass_is_a_scale_of_one(tiny_model):
    never = generate(request(options=GuidanceOptions(cfg_until=0.0)), tiny_model)
    assert difference(never, generate(request(guidance_scale=1.0), tiny_model)) == 0


def test_refinements_lower_the_loss_before_the_step_is_taken(tiny_model, monkeypatch):
    monkeypatch.setattr(run, "REFINED_UNTIL", 0.0)
    plain = generate(request(), tiny_model)
    refined = generate(request(options=GuidanceOptions(refinements=3)), tiny_model)
    assert refined.steps[0].loss < plain.steps[0].loss - 0.05
    assert refined.steps[-1].loss < plain.steps[-1].loss
    sizes = passes(tiny_model, lambda: generate(request(options=GuidanceOptions(refinements=3)), tiny_model))
    assert sizes == [1] * 3 + [1, 1] * 3 + [2] * 3


def test_refinements_end_when_the_masks_fit(tiny_model, monkeypatch):
    """The measure is the first loss of the run: at once where that is allowed, else as soon as it has fallen so far."""
    monkeypatch.setattr(run, "REFINED_UNTIL", 1.0)
    sizes = passes(tiny_model, lambda: generate(request(options=GuidanceOptions(refinements=9)), tiny_model))
    assert sizes == [1, 1] * 3 + [2] * 3
    monkeypatch.setattr(run, "REFINED_UNTIL", 0.999)
    sizes = passes(tiny_model, lambda: generate(request(options=GuidanceOptions(refinements=9)), tiny_model))
    assert sizes == [1] + [1, 1] * 3 + [2] * 3


def test_a_picture_that_fits_waits_for_the_others(tiny_model, monkeypatch):
    """Each of a batch is refined as often as it would be alone."""
    base = {"steps": 2, "tau": 0.5}
    options = GuidanceOptions(refinements=4)
    single = [generate(request(seed=seed, options=options, **base), tiny_model).steps[0].loss for seed in (1, 2)]
    first = [generate(request(seed=seed, **base), tiny_model).steps[0].loss for seed in (1, 2)]
    shares = sorted(after / before for after, before in zip(single, first, strict=True))
    monkeypatch.setattr(run, "REFINED_UNTIL", shares[0] + 1e-3)
    alone = [generate(request(seed=seed, options=options, **base), tiny_model) for seed in (1, 2)]
    for one, other in zip(alone, generate_many(request(options=options, **base), tiny_model, (1, 2)), strict=True):
        assert difference(one, other) <= 1
        assert other.steps[0].loss == pytest.approx(one.steps[0].loss, abs=1e-4)


@pytest.mark.parametrize("forward", [1, 2, 3])
def test_cancel_within_a_refinement(tiny_model, monkeypatch, forward):
    monkeypatch.setattr(run, "REFINED_UNTIL", 0.0)
    token, ends = CancelToken(), []

    def start(*_args):
        if len(ends) == forward:
            token.cancel()

    hooks = [
        tiny_model.unet.register_forward_pre_hook(start),
        tiny_model.unet.conv_out.register_forward_hook(lambda *_args: ends.append(1)),
    ]
    with pytest.raises(Cancelled):
        generate(request(options=GuidanceOptions(refinements=5)), tiny_model, cancel=token)
    for hook in hooks:
        hook.remove()
    assert len(ends) == forward
