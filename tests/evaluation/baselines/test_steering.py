"""What each rival does to a run: its equations within the network, on a real model of toy size."""

import math

import numpy as np
import pytest
import torch

from tests.evaluation.baselines.conftest import wanted
from zestdesk.evaluation.baselines import layout_guidance
from zestdesk.evaluation.baselines.attention import MapReader, hooked, self_layers
from zestdesk.evaluation.baselines.boxdiff import BoxDiff
from zestdesk.evaluation.baselines.classifier import ExternalClassifier
from zestdesk.evaluation.baselines.densediffusion import DenseDiffusion
from zestdesk.evaluation.baselines.layout_guidance import LayoutGuidance
from zestdesk.evaluation.baselines.loop import Steering
from zestdesk.evaluation.baselines.multidiffusion import MultiDiffusion
from zestdesk.guidance.attention import cross_layers


@pytest.fixture(autouse=True)
def no_gradients():
    with torch.no_grad():
        yield


def test_a_hook_that_changes_nothing_changes_nothing(steer):
    run = steer(Steering).run
    timestep, reader = run.schedule.timesteps[0], MapReader(run.latent_size)
    layers = (*cross_layers(run.model.unet), *self_layers(run.model.unet))
    plain = run.guided(run.scaled(timestep), timestep, run.conditional)

    class Still:
        def shares(self, logits, *, cross):  # noqa: ARG002
            return logits.softmax(dim=-1)

    with hooked(run.model.unet, layers, Still()):
        assert torch.allclose(run.guided(run.scaled(timestep), timestep, run.conditional), plain, atol=1e-5)
    with hooked(run.model.unet, cross_layers(run.model.unet), reader):
        run.guided(run.scaled(timestep), timestep, run.conditional)
    maps = reader.take()
    assert len(maps) == len(cross_layers(run.model.unet))
    for item in maps:
        assert torch.allclose(item.sum(dim=-1), torch.ones(item.shape[:-1]), atol=1e-5)
    assert reader.take() == []


def test_regions_begin_on_plain_backgrounds_and_later_share_their_latents(steer):
    steering = steer(MultiDiffusion, wanted(steps=10))
    run, seen = steering.run, []
    handle = run.model.unet.register_forward_pre_hook(lambda _module, given: seen.append(given[0]))
    try:
        for index in (0, 4):
            steering.estimate(index, run.schedule.timesteps[0])
    finally:
        handle.remove()
    first, later = seen
    assert first.shape[0] == later.shape[0] == 2 * 3  # the unconditional branch, then the conditional one
    assert torch.equal(first[:3], first[3:])
    assert torch.equal(later, later[:1].expand_as(later))
    noise, signal = run.latents, run.schedule.signal(run.schedule.timesteps[0])
    assert torch.equal(first[:1], noise)
    for row, mask in zip(first[1:3], steering._weights[1:], strict=True):
        assert torch.equal(row * mask, noise[0] * mask)
        behind = (row - math.sqrt(1 - signal**2) * noise[0]) / signal * (1 - mask)
        plain = [item[0] * (1 - mask) for item in steering._backgrounds]
        assert any(torch.allclose(behind, item, atol=1e-2) for item in plain)


def test_the_regions_of_multidiffusion_cover_the_picture_once(steer):
    steering = steer(MultiDiffusion)
    assert torch.equal(steering._weights.sum(dim=0), torch.ones(steering.run.latent_size))
    assert steering.until == 4
    texts = steering._texts.states
    for text, state in zip(("on grass under", "a cat", "a blue sky"), texts, strict=True):
        assert torch.equal(state, steering.run.encode(text, "").states[0])


def slow_shares(logits, related, area, weight):
    """The attention of the conditional branch, element by element."""
    found = logits.clone()
    for head, query, key in np.ndindex(*logits.shape):
        row, here = logits[head, query], logits[head, query, key]
        pull = row.max() - here if related(query, key) else -(here - row.min())
        found[head, query, key] = here + weight * (1 - area(query)) * pull
    return found.softmax(dim=-1)


@pytest.mark.parametrize("cross", [True, False])
def test_dense_attention_is_the_papers(steer, cross):
    steering = steer(DenseDiffusion)
    run = steering.run
    timestep = run.schedule.timesteps[0]
    steering.estimate(0, timestep)
    fade = (float(timestep) / 1000) ** 5
    # On 8 x 8 cells: the cat below right, the sky in the upper three rows, the rest of the words everywhere else.
    where = [
        "sky" if row < 3 else "cat" if row >= 4 and column >= 4 else "rest" for row in range(8) for column in range(8)
    ]
    words = {"cat": set(run.prompt.tokens[0]), "sky": set(run.prompt.tokens[1])}
    words["rest"] = set(range(1, run.prompt.count - 1)) - words["cat"] - words["sky"]
    keys = len(run.prompt.ids[0]) if cross else 64
    logits = torch.randn((2, 1, 64, keys), generator=torch.Generator().manual_seed(0))
    found = steering.shares(logits, cross=cross)
    assert torch.equal(found[0], logits[0].softmax(dim=-1))
    slow = slow_shares(
        logits[1],
        lambda query, key: key in words[where[query]] if cross else where[query] == where[key],
        lambda query: where.count(where[query]) / 64,
        fade * (1.0 if cross else 0.3),
    )
    assert torch.allclose(found[1], slow, atol=1e-5)


def test_a_backdrop_without_words_keeps_its_attention(steer):
    steering = steer(DenseDiffusion, wanted(prompt="a cat a blue sky"))
    steering.estimate(0, steering.run.schedule.timesteps[0])
    logits = torch.randn((1, 1, 64, 40))
    found, plain = steering.shares(logits, cross=True)[0, 0], logits.softmax(dim=-1)[0, 0]
    bare = torch.tensor([row >= 3 and not (row >= 4 and column >= 4) for row in range(8) for column in range(8)])
    assert torch.allclose(found[bare], plain[bare])
    assert not torch.isclose(found[~bare], plain[~bare]).all(dim=-1).any()


def test_labels_are_encoded_on_their_own(steer):
    steering = steer(DenseDiffusion)
    run = steering.run
    whole = run.encode(run.prompt.text, "prompt").states[0]
    named = [position for positions in run.prompt.tokens for position in positions]
    others = [position for position in range(len(whole)) if position not in named]
    assert torch.equal(run.conditional.states[0, others], whole[others])
    for label, positions in zip(("a cat", "a blue sky"), run.prompt.tokens, strict=True):
        own = run.encode(label, "").states[0, 1 : 1 + len(positions)]
        assert torch.equal(run.conditional.states[0, list(positions)], own)


def test_dense_attention_is_for_the_first_steps(steer):
    assert steer(DenseDiffusion, wanted(steps=50)).until == 15
    assert steer(DenseDiffusion, wanted(steps=1)).until == 1


def test_backward_guidance_is_the_authors_in_the_space_of_their_scheduler(steer, monkeypatch):
    """It is x - eta sigma^2 dE/dx, with x variance exploding as Euler's latents are."""
    monkeypatch.setattr(layout_guidance, "_ROUNDS", 1)
    steering = steer(LayoutGuidance, wanted(scheduler="euler"))
    run = steering.run
    timestep = run.schedule.timesteps[0]
    latents = run.latents.clone().requires_grad_()
    reader = MapReader(run.latent_size)
    with torch.enable_grad(), hooked(run.model.unet, steering._layers, reader):
        run.predict(run.schedule.scaled(latents, timestep), timestep, run.conditional)
        value = layout_guidance.energy(reader.take(), run.prompt.words, steering._boxes)
        (gradient,) = torch.autograd.grad(value, latents)
    sigma = run.schedule.deviation() ** 2 - 1
    expected = run.latents - 30 * sigma * gradient
    steering.before(0, timestep)
    assert torch.allclose(run.latents, expected, atol=1e-4)


def test_backward_guidance_ends_when_the_energy_is_low(steer, monkeypatch):
    values = iter([0.5, 0.3, 0.19, 0.1])
    steering = steer(LayoutGuidance, wanted(steps=50))
    moved = []
    monkeypatch.setattr(steering.run, "pull", lambda _timestep, _loss: (next(values), torch.ones(1), None))
    monkeypatch.setattr(steering.run, "move", moved.append)
    steering.before(0, steering.run.schedule.timesteps[0])
    assert len(moved) == 2
    assert next(values) == 0.1
    assert steering.until == 10


@pytest.mark.parametrize("kind", [LayoutGuidance, BoxDiff])
def test_updates_lower_the_loss(steer, kind):
    steering = steer(kind, wanted(steps=50))
    run, losses = steering.run, []
    timestep, pull = run.schedule.timesteps[0], run.pull

    def noting(*given):
        losses.append(pull(*given))
        return losses[-1]

    run.pull = noting
    for _ in range(2):
        steering.before(1, timestep)
    assert losses[-1][0] < losses[0][0]


def test_boxdiff_refines_at_its_three_steps_and_weakens(steer, monkeypatch):
    steering = steer(BoxDiff, wanted(steps=50))
    assert steering.until == 25
    moved, asked = [], []

    def pull(_timestep, *, inner_only):
        asked.append(inner_only)
        return (0.3, torch.ones(1))

    monkeypatch.setattr(steering, "_pull", pull)
    monkeypatch.setattr(steering.run, "move", lambda direction: moved.append(-float(direction)))
    counts = []
    for index in (0, 10, 20, 24):
        before = len(moved)
        steering.before(index, steering.run.schedule.timesteps[0])
        counts.append(len(moved) - before)
    # 1 - 0.05 and 1 - 0.5 are reached at once, 1 - 0.8 never.
    assert counts == [1, 1, 21, 1]
    assert asked.count(False) == 4
    assert moved[0] == pytest.approx(20)
    assert moved[-1] == pytest.approx(20 * math.sqrt(np.linspace(1, 0.5, 50)[24]))


def test_boxdiff_reads_the_maps_that_come_nearest_to_sixteen_cells(steer):
    steering = steer(BoxDiff)
    steering._reader.maps = [torch.full((2, side, side, 3), float(side)) for side in (32, 16, 8, 16)]
    assert torch.equal(steering._attention(), torch.full((16, 16, 3), 16.0))
    steering._reader.maps = [torch.zeros((2, side, side, 3)) for side in (48, 24, 12)]
    assert steering._attention().shape == (12, 12, 3)


def test_the_classifier_pulls_along_its_own_gradient(steer, segmenter):
    asked = wanted(steps=10)
    classes = [segmenter.class_id(segment.label) for segment in asked.segments]
    steering = steer(lambda run: ExternalClassifier(run, segmenter.logits, classes), asked)
    run = steering.run
    timestep = run.schedule.timesteps[2]
    steering.estimate(2, timestep)
    gradient, latents = steering._gradient, run.latents
    steering.after(2, timestep)
    expected = latents - 0.8 * gradient / gradient.abs().max()
    assert torch.allclose(run.latents, expected, atol=1e-6)
    assert steering.until == 5

    def loss_at(moved):
        run.latents = moved
        signal = run.schedule.signal(timestep)
        noise = run.predict(run.scaled(timestep), timestep, run.conditional)
        clean = (run.scaled(timestep) - math.sqrt(1 - signal**2) * noise) / signal
        return float(steering._loss(clean))

    # A difference quotient along the gradient is its squared length.
    small = 0.02 / float(gradient.norm())
    rise = loss_at(latents + small * gradient) - loss_at(latents - small * gradient)
    assert rise / (2 * small) == pytest.approx(float(gradient.square().sum()), rel=0.1)
