"""Paint-with-Words, against its equation written out, and in the tiny real model."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.guidance.conftest import box, request
from tests.tiny_model import tiny_unet
from zestdesk.guidance.attention import AttentionCapture, capturing, cross_layers
from zestdesk.guidance.bias import AttentionBias, bias_strength
from zestdesk.guidance.maps import MapReader
from zestdesk.guidance.request import SCHEDULERS, Segment
from zestdesk.guidance.sampler import generate
from zestdesk.guidance.schedulers import Schedule
from zestdesk.options import GuidanceOptions

TOKENS = ((1, 2), (4,))


def two_masks(height=8, width=8):
    masks = torch.zeros((2, height, width))
    masks[0, : height // 2], masks[1, height // 2 :, : width // 2] = 1, 1
    return masks


def inputs(batch=2, height=8, width=8, tokens=7):
    generator = torch.Generator().manual_seed(1)
    latents = torch.randn((batch, 4, height, width), generator=generator)
    return latents, torch.randn((batch, tokens, 32), generator=generator)


def capture_with(strength, masks=None, size=(8, 8), pictures=1):
    masks = two_masks(*size) if masks is None else masks
    capture = AttentionCapture(MapReader(TOKENS), size, bias=AttentionBias(masks, TOKENS, size))
    assert capture.bias is not None
    capture.bias.strength, capture.pictures, capture.active = strength, pictures, True
    return capture


@pytest.mark.parametrize("signal", [0.0, 0.068, 0.5, 1.0])
def test_the_strength_is_that_of_the_noise(signal):
    sigma = math.sqrt(1 - signal**2) / max(signal, 1e-3)
    assert bias_strength(0.4, signal) == pytest.approx(0.4 * math.log(1 + sigma))


def test_logits_are_raised_as_the_equation_says():
    masks = two_masks(4, 4)
    bias = AttentionBias(masks, TOKENS, (4, 4))
    bias.strength = 0.5
    bias.set_weights((1.0, 2.0))
    raised = bias.of(torch.tensor([3.0, -1.0]), 16, 6)
    assert raised.shape == (2, 1, 16, 6)
    for pixel in range(16):
        for token in range(6):
            inside = sum(
                weight * masks[segment].flatten()[pixel].item()
                for segment, weight in enumerate((1.0, 2.0))
                if token in TOKENS[segment]
            )
            assert raised[0, 0, pixel, token].item() == pytest.approx(0.5 * 3.0 * inside)
    assert not raised[1].any()  # a layer whose logits are all negative has nothing to raise by


def test_weights_may_change_from_step_to_step():
    bias = AttentionBias(two_masks(), TOKENS, (8, 8))
    bias.strength = 1.0
    peak = torch.ones(1)
    first = bias.of(peak, 64, 7)
    bias.set_weights((0.0, 1.0))
    second = bias.of(peak, 64, 7)
    bias.set_weights((1.0, 1.0))
    assert not second[..., [1, 2]].any()
    assert torch.equal(second[..., 4], first[..., 4])
    assert torch.equal(bias.of(peak, 64, 7), first)


def test_a_segment_smaller_than_a_cell_counts_from_its_fullest_cell():
    masks = torch.zeros((2, 64, 64))
    masks[0, 17, 40] = 1
    masks[1] = 1
    bias = AttentionBias(masks, TOKENS, (8, 8))
    bias.strength = 1.0
    raised = bias.of(torch.ones(1), 16, 7)[0, 0]
    assert raised[:, 1].tolist() == [1.0 if pixel == 1 * 4 + 2 else 0.0 for pixel in range(16)]
    assert (raised[:, 4] == 1).all()


def test_odd_sizes_have_their_pyramid():
    bias = AttentionBias(two_masks(36, 20), TOKENS, (9, 5))
    bias.strength = 1.0
    for pixels in (45, 5 * 3, 3 * 2):
        assert bias.of(torch.ones(1), pixels, 7).shape == (1, 1, pixels, 7)


def test_only_the_read_pictures_are_biased_and_nothing_is_at_strength_zero():
    unet = tiny_unet().requires_grad_(False)
    latents, states = inputs(batch=3)
    with torch.no_grad():
        plain = unet(latents, 500, encoder_hidden_states=states).sample
        for strength in (0.0, 2.0):
            capture = capture_with(strength, pictures=2)
            with capturing(unet, cross_layers(unet)[-2:], capture):
                changed = unet(latents, 500, encoder_hidden_states=states).sample
                capture.active = False
                assert torch.equal(unet(latents, 500, encoder_hidden_states=states).sample, plain)
            assert torch.equal(changed[0], plain[0])
            same = torch.isclose(changed[1:], plain[1:]).all()
            assert bool(same) == (strength == 0)


@pytest.mark.parametrize("size", [(8, 8), (9, 5)])
def test_captured_and_other_layers_are_biased_alike(size):
    """With and without a graph, read or not, head by head or together: the network computes the same."""
    torch.manual_seed(0)
    unet = tiny_unet().requires_grad_(False)
    latents, states = inputs(1, *size)
    outputs = []
    for layers, graph, per_head in (
        ((), False, False),
        (cross_layers(unet), False, False),
        (cross_layers(unet), True, False),
        (cross_layers(unet), True, True),
        (cross_layers(unet)[:1], True, False),
    ):
        capture = capture_with(1.5, size=size)
        capture.per_head = per_head
        with torch.set_grad_enabled(graph), capturing(unet, layers, capture):
            outputs.append(unet(latents, 500, encoder_hidden_states=states).sample)
    for output in outputs[1:]:
        torch.testing.assert_close(output, outputs[0], rtol=1e-4, atol=1e-5)


def attention_inside(unet, capture, layers):
    """Share of each label's unbiased attention that lies in its mask."""
    masks = two_masks()
    latents, states = inputs(1)
    with torch.no_grad(), capturing(unet, layers, capture):
        unet(latents, 500, encoder_hidden_states=states)
        found = capture.reader.masks(capture.take())[0]
    return (found * masks).sum(dim=(1, 2)) / found.sum(dim=(1, 2))


def test_the_mixture_is_what_the_raised_attention_gives():
    """One layer of the network, against softmax(l + w log(1 + sigma) max(l) A) V in float64."""
    torch.manual_seed(0)
    unet = tiny_unet().requires_grad_(False).double()
    name = cross_layers(unet)[0]
    attention = unet.get_submodule(name.removesuffix(".processor"))
    generator = torch.Generator().manual_seed(2)
    hidden = torch.randn((1, 64, attention.to_q.in_features), generator=generator, dtype=torch.float64)
    states = torch.randn((1, 7, 32), generator=generator, dtype=torch.float64)
    masks, strength = two_masks(), 0.7
    query, key, value = attention.to_q(hidden)[0], attention.to_k(states)[0], attention.to_v(states)[0]
    width = query.shape[1] // attention.heads
    columns = [slice(head * width, (head + 1) * width) for head in range(attention.heads)]
    logits = [query[:, part] @ key[:, part].T / width**0.5 for part in columns]
    peak = max(item.max().item() for item in logits)
    raised = torch.zeros((64, 7), dtype=torch.float64)
    for segment, positions in enumerate(TOKENS):
        for position in positions:
            raised[:, position] = masks[segment].flatten().double()
    mixed = [
        (item + strength * peak * raised).softmax(dim=1) @ value[:, part]
        for item, part in zip(logits, columns, strict=True)
    ]
    expected = attention.to_out[0](torch.cat(mixed, dim=1))
    for graph in (False, True):
        capture = capture_with(strength)
        with capturing(unet, (name,), capture), torch.set_grad_enabled(graph):
            output = attention(hidden, encoder_hidden_states=states)[0]
        torch.testing.assert_close(output, expected, rtol=1e-5, atol=1e-7)


def test_what_is_read_is_without_the_bias():
    """The first captured layer sees the same input with and without it, and so its maps are the same."""
    torch.manual_seed(0)
    unet = tiny_unet().requires_grad_(False)
    first = cross_layers(unet)[:1]
    torch.testing.assert_close(
        attention_inside(unet, capture_with(0.0), first), attention_inside(unet, capture_with(3.0), first)
    )


@pytest.mark.parametrize("eta", [0.0, 1.0])
def test_runs_are_biased_for_the_guided_part_alone(tiny_model, eta):
    """Also without a gradient: then this is Paint-with-Words alone."""
    options = GuidanceOptions(pww=1.0)
    plain, biased = (generate(request(eta=eta, options=each), tiny_model) for each in (GuidanceOptions(), options))
    assert not np.array_equal(plain.picture, biased.picture)
    assert [step.guided for step in biased.steps] == [step.guided for step in plain.steps]
    never = generate(request(eta=eta, tau=0.0, options=options), tiny_model)
    assert np.array_equal(never.picture, generate(request(eta=0.0), tiny_model).picture)


@pytest.mark.parametrize("name", SCHEDULERS)
def test_the_bias_means_the_same_to_every_scheduler(tiny_model, name, monkeypatch):
    """It falls with the noise, is log(1 + sigma) in whatever space the latents are, and ends with the guided part."""
    strengths, original = [], AttentionBias.of

    def watch(self, *args):
        strengths.append(self.strength)
        return original(self, *args)

    monkeypatch.setattr(AttentionBias, "of", watch)
    options = GuidanceOptions(pww=0.4)
    generate(request(scheduler=name, eta=0.0, guidance_scale=1.0, steps=4, options=options), tiny_model)
    steps = sorted(set(strengths), reverse=True)
    assert strengths == [each for each in steps for _ in cross_layers(tiny_model.unet)]
    assert len(steps) == 2
    schedule = Schedule(name, tiny_model.scheduler_config, 4, tiny_model.device)
    assert steps[0] == pytest.approx(bias_strength(0.4, schedule.signal(schedule.timesteps[0])))


def test_segments_are_biased_within_their_span_alone(tiny_model):
    wanted = request(eta=0.0, tau=1.0, options=GuidanceOptions(pww=1.0))
    late = replace(wanted, segments=tuple(replace(item, start=1.0) for item in wanted.segments))
    off = replace(wanted, segments=tuple(replace(item, weight=0.0) for item in wanted.segments))
    plain = generate(request(eta=0.0), tiny_model).picture
    assert not np.array_equal(generate(wanted, tiny_model).picture, plain)
    assert np.array_equal(generate(late, tiny_model).picture, plain)
    assert np.array_equal(generate(off, tiny_model).picture, plain)


@pytest.mark.parametrize("mask", [box(0, 0, 1, 1), box(0.5, 0.5, 0.53, 0.53)], ids=["everything", "one pixel"])
def test_everything_and_a_single_pixel_can_be_painted(tiny_model, mask):
    wanted = request(segments=(Segment(label="a red cat", mask=mask),), options=GuidanceOptions(pww=1.0))
    result = generate(wanted, tiny_model)
    assert all(step.guided == (index < 3) for index, step in enumerate(result.steps))
