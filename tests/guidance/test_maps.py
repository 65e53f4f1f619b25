"""From logits to masks: each way of reading against the same written out, slowly, in float64."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.autograd import gradcheck

from zestdesk.guidance.maps import MapReader, extract_masks, map_scores, map_size, resize
from zestdesk.options import RESAMPLINGS, SOFTMAXES

TOKENS, COUNT = 9, 7  # begin 0, text 1 to 5, end 6, padding 7 and 8
LABELS = ((1, 2), (4,))


def some_logits(*sizes, pictures=2, heads=3, tokens=TOKENS, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return [
        3 * torch.randn((pictures, heads, height * width, tokens), generator=generator, dtype=torch.float64)
        for height, width in sizes
    ]


def read(reader, logits, sizes):
    return [reader.read(item).unflatten(3, size) for item, size in zip(logits, sizes, strict=True)]


def shares(softmax, logits):
    """One pixel's share of each label, from its logits as a list of numbers."""
    weights = [math.exp(logit) for logit in logits]
    if softmax == "all":
        return [sum(weights[j] for j in label) / sum(weights) for label in LABELS]
    text = range(1, COUNT - 1)
    if softmax == "prompt":
        return [sum(weights[j] for j in label) / sum(weights[j] for j in text) for label in LABELS]
    rest = [j for j in text if not any(j in label for label in LABELS)]
    rivals = [sum(weights[j] for j in group) / len(group) for group in (*LABELS, rest)]
    return [rival / sum(rivals) for rival in rivals[: len(LABELS)]]


@pytest.mark.parametrize("softmax", SOFTMAXES)
def test_each_softmax_shares_attention_out_as_it_says(softmax):
    (logits,) = some_logits((2, 3))
    maps = MapReader(LABELS, COUNT, softmax=softmax).read(logits)
    assert maps.shape == (2, 3, 2, 6)
    for picture in range(2):
        for head in range(3):
            for pixel in range(6):
                expected = shares(softmax, logits[picture, head, pixel].tolist())
                assert maps[picture, head, :, pixel].tolist() == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("softmax", SOFTMAXES)
def test_logits_are_resized_before_they_are_shared_out(softmax):
    sizes = [(2, 3), (4, 6)]
    logits = some_logits(*sizes)
    reader = MapReader(LABELS, COUNT, softmax=softmax, resampling="logits")
    masks = reader.masks(read(reader, logits, sizes))
    assert masks.shape == (2, 2, 4, 6)
    fine = [resize(item.transpose(2, 3).unflatten(3, size), 4, 6) for item, size in zip(logits, sizes, strict=True)]
    for picture in range(2):
        for y, x in ((0, 0), (1, 4), (3, 5)):
            terms = [shares(softmax, item[picture, head, :, y, x].tolist()) for item in fine for head in range(3)]
            expected = [sum(column) / len(terms) for column in zip(*terms, strict=True)]
            assert masks[picture, :, y, x].tolist() == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("softmax", SOFTMAXES)
def test_with_one_size_it_does_not_matter_when_one_resizes(softmax):
    sizes = [(3, 5), (3, 5)]
    logits = some_logits(*sizes)
    readers = [MapReader(LABELS, COUNT, softmax=softmax, resampling=name) for name in RESAMPLINGS]
    first, second = (reader.masks(read(reader, logits, sizes)) for reader in readers)
    torch.testing.assert_close(first, second)


@pytest.mark.parametrize("resampling", RESAMPLINGS)
@pytest.mark.parametrize("softmax", SOFTMAXES)
@pytest.mark.parametrize("best", [0, 3])
def test_gradients_agree_with_finite_differences(softmax, resampling, best):
    sizes = [(2, 2), (3, 4)]
    reader = MapReader(LABELS, COUNT, softmax=softmax, resampling=resampling, best=best)
    logits = [item.requires_grad_() for item in some_logits(*sizes, pictures=1, heads=2)]
    assert gradcheck(lambda *items: reader.masks(read(reader, items, sizes)), logits, eps=1e-6, atol=1e-7)


def test_attention_that_is_at_hand_is_taken_where_it_is_what_is_wanted():
    (logits,) = some_logits((2, 3))
    given, other = logits.softmax(dim=-1), torch.zeros_like(logits)
    plain, text = MapReader(LABELS, COUNT), MapReader(LABELS, COUNT, softmax="prompt")
    torch.testing.assert_close(plain.read(logits, given), plain.read(logits))
    assert not plain.read(logits, other).any()
    assert torch.equal(text.read(logits, other), text.read(logits))


@pytest.mark.parametrize("softmax", ["prompt", "labels"])
def test_a_text_that_is_one_label_alone_stands_against_the_tokens_around_it(softmax):
    (logits,) = some_logits((2, 3), tokens=5)
    maps = MapReader(((1, 2),), 4, softmax=softmax).read(logits)
    assert maps.std() > 0.05
    weights = logits.exp()
    inside, outside = weights[..., 1:3], weights[..., [0, 3, 4]]
    if softmax == "prompt":
        expected = inside.sum(dim=-1) / weights.sum(dim=-1)
    else:
        expected = inside.mean(dim=-1) / (inside.mean(dim=-1) + outside.mean(dim=-1))
    torch.testing.assert_close(maps[:, :, 0], expected)


@pytest.mark.parametrize("softmax", SOFTMAXES)
def test_labels_that_are_the_whole_text_stand_against_each_other(softmax):
    (logits,) = some_logits((2, 3), tokens=6)
    maps = MapReader(((1,), (2, 3)), 5, softmax=softmax).read(logits)
    total = maps.sum(dim=2)
    if softmax == "all":
        assert (total < 1).all()
    else:
        torch.testing.assert_close(total, torch.ones_like(total))


@pytest.mark.parametrize("softmax", ["prompt", "labels"])
def test_what_is_not_of_the_text_has_no_say(softmax):
    (logits,) = some_logits((2, 3))
    reader = MapReader(LABELS, COUNT, softmax=softmax)
    before = reader.read(logits)
    logits[..., [0, 6, 7, 8]] += 5
    assert torch.equal(before, reader.read(logits))


def test_a_label_without_tokens_and_one_outside_the_text_are_refused():
    with pytest.raises(ValueError, match="every label has tokens"):
        MapReader(((1,), ()), COUNT)
    for labels, count in ((((1,), (6,)), COUNT), (((0,),), COUNT), (LABELS, None)):
        with pytest.raises(ValueError, match="part of the text"):
            MapReader(labels, count, softmax="prompt")


def planted(pictures=1, maps=6, side=12):
    """Faint, even maps, and among them three that are high in one corner: one in a first layer, two in a second."""
    first = torch.full((pictures, maps // 2, 1, side // 2, side // 2), 0.2)
    second = torch.full((pictures, maps - maps // 2, 1, side, side), 0.2)
    first[:, 1, 0, :2, :2] = 0.9
    second[:, 0, 0, :3, :3] = 1.0
    second[:, 2, 0, -3:, -3:] = 0.95
    return [first, second]


def test_the_best_maps_are_those_that_tell_a_place_from_the_rest():
    maps = planted()
    best = extract_masks(maps, 1)
    torch.testing.assert_close(best[:, 0], maps[1][:, 0, 0])
    three = extract_masks(maps, 3)
    chosen = (resize(maps[0], 12, 12)[:, 1, 0] + maps[1][:, 0, 0] + maps[1][:, 2, 0]) / 3
    torch.testing.assert_close(three[:, 0], chosen)
    assert three[0, 0, 0, 0] > 1.5 * extract_masks(maps)[0, 0, 0, 0]


@pytest.mark.parametrize("best", [6, 7, 1000])
def test_more_maps_than_there_are_means_all(best):
    maps = planted()
    every = torch.cat([resize(item, 12, 12) for item in maps], dim=1).mean(dim=1)
    torch.testing.assert_close(extract_masks(maps, best), every)


def test_every_segment_and_picture_has_its_own_best():
    maps = torch.full((2, 3, 2, 6, 6), 0.1)
    for picture, segment, place in ((0, 0, 2), (0, 1, 0), (1, 0, 1), (1, 1, 1)):
        maps[picture, place, segment, :2, :2] = 0.8
    masks = extract_masks([maps], 1)
    assert (masks[..., 0, 0] == 0.8).all()
    assert (masks[..., -1, -1] == 0.1).all()


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_map_that_is_not_finite_is_no_good_one(value):
    (maps,) = planted()[1:]
    maps[:, 0, 0, 5, 5] = value
    assert torch.isneginf(map_scores(maps)[:, 0]).all()
    torch.testing.assert_close(extract_masks([maps], 1)[:, 0], maps[:, 2, 0])


def test_the_score_is_of_quantiles():
    ramp = torch.linspace(0, 1, 101).reshape(1, 1, 1, 1, 101)
    assert map_scores(ramp).item() == pytest.approx(0.99 * 0.99)
    assert map_scores(0.5 + ramp / 2).item() == pytest.approx(0.995 * 0.495)
    assert map_scores(torch.ones_like(ramp)).item() == 0


@given(
    height=st.integers(1, 40),
    width=st.integers(1, 40),
    halvings=st.integers(0, 4),
)
def test_the_size_of_a_map_is_the_latents_halved_and_rounded_up(height, width, halvings):
    high, wide = height, width
    for _ in range(halvings):
        high, wide = math.ceil(high / 2), math.ceil(wide / 2)
    assert map_size((height, width), high * wide) == (high, wide)


def test_a_map_of_another_picture_is_refused():
    with pytest.raises(ValueError, match="does not belong"):
        map_size((8, 8), 17)
