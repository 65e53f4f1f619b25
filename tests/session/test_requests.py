"""Layouts turned into requests."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.document.strategies import options
from tests.session.drawing import box
from zestdesk.document.guides import Guide
from zestdesk.document.layers import Group
from zestdesk.document.layout import LayoutState
from zestdesk.document.settings import Settings
from zestdesk.errors import UserError
from zestdesk.guidance.checkpoints import Checkpoint
from zestdesk.options import GuidanceOptions
from zestdesk.session.requests import build_request, segment_layers

CHECKPOINT = Checkpoint(name="tiny", folder=Path(), family="diorama", native_size=(32, 32), factor=4)


def layout(*layers, prompt="a cat and a cat on grass", **values) -> LayoutState:
    return LayoutState(canvas=(64, 64), layers=layers, prompt=prompt, **values)


def test_settings_and_texts_arrive_unchanged() -> None:
    settings = Settings(steps=7, scheduler="euler", guidance_scale=2.0, eta=0.5, tau=0.25, seed=9, model="here")
    request = build_request(layout(settings=settings, negative_prompt="rain"), CHECKPOINT, "cpu")
    assert (request.prompt, request.negative_prompt) == ("a cat and a cat on grass", "rain")
    assert (request.steps, request.scheduler, request.guidance_scale) == (7, "euler", 2.0)
    assert (request.eta, request.tau, request.seed, request.model) == (0.5, 0.25, 9, "here")
    assert (request.width, request.height, request.device) == (32, 32, "cpu")


def test_a_fresh_layout_is_made_with_the_options_defaults() -> None:
    assert build_request(layout(), CHECKPOINT).options == GuidanceOptions()


@given(values=options())
def test_options_arrive_unchanged(values: dict[str, object]) -> None:
    assert build_request(layout(settings=Settings(**values)), CHECKPOINT).options == GuidanceOptions(**values)


def test_guides_are_for_the_hand_only() -> None:
    plain = layout(box("a cat", 0, 0, 32, 64))
    guided = replace(plain, guides=(Guide("horizontal", 20), Guide("vertical", 20)))
    one, other = build_request(plain, CHECKPOINT), build_request(guided, CHECKPOINT)
    assert np.array_equal(one.segments[0].mask, other.segments[0].mask)
    assert replace(one, segments=()) == replace(other, segments=())


def test_the_canvas_is_fitted_to_the_picture() -> None:
    request = build_request(layout(box("a cat", 0, 0, 32, 64)), CHECKPOINT)
    mask = request.segments[0].mask
    assert mask.shape == (32, 32)
    assert np.array_equal(mask, np.repeat([[1.0] * 16 + [0.0] * 16], 32, axis=0))


def test_upper_layers_win() -> None:
    request = build_request(layout(box("a cat", 0, 0, 32, 64), box("grass", 0, 0, 64, 64)), CHECKPOINT)
    cat, grass = (segment.mask for segment in request.segments)
    assert [segment.label for segment in request.segments] == ["a cat", "grass"]
    assert np.array_equal(cat + grass, np.ones((32, 32)))


def test_equal_labels_take_a_mention_each() -> None:
    state = layout(box("a cat", 0, 0, 32, 32, id="one"), box("A  Cat", 32, 32, 32, 32, id="two"))
    assert [segment.layer_ids for segment in build_request(state, CHECKPOINT).segments] == [("one",), ("two",)]


@pytest.mark.parametrize("prompt", ["a cat on grass", "grass", ""])
def test_equal_labels_without_mentions_of_their_own_become_one_segment(prompt: str) -> None:
    state = layout(
        box("a cat", 0, 0, 32, 32, id="one", weight=1.0),
        box("a tree", 0, 32, 32, 32, id="tree"),
        box("A cat", 32, 0, 32, 64, id="two", weight=4.0),
        prompt=prompt,
    )
    cats, tree = build_request(state, CHECKPOINT).segments
    assert (cats.layer_ids, tree.layer_ids) == (("one", "two"), ("tree",))
    assert cats.mask.sum() == 16 * 16 + 16 * 32
    assert cats.mask.max() == 1
    assert cats.weight == pytest.approx(3.0)


def test_a_layers_span_is_its_segments_and_united_ones_reach_over_all() -> None:
    cats = (box("a cat", 0, 0, 32, 32, start=0.25, end=0.5), box("a cat", 32, 0, 32, 32, start=0.125, end=0.375))
    one, other = build_request(layout(*cats), CHECKPOINT).segments
    assert [(one.start, one.end), (other.start, other.end)] == [(0.25, 0.5), (0.125, 0.375)]
    (united,) = build_request(layout(*cats, prompt="a cat"), CHECKPOINT).segments
    assert (united.start, united.end) == (0.125, 0.5)


def test_hidden_layers_are_not_asked_for() -> None:
    state = layout(box("", 0, 0, 64, 64, visible=False), box("a cat", 0, 0, 32, 32))
    assert [segment.label for segment in build_request(state, CHECKPOINT).segments] == ["a cat"]


def test_layers_of_a_hidden_group_are_not_asked_for() -> None:
    group = Group(visible=False)
    state = layout(
        box("", 0, 0, 64, 64, group=group), box("a dog", 0, 0, 9, 9, group=group), box("a cat", 0, 0, 32, 32)
    )
    assert [segment.label for segment in build_request(state, CHECKPOINT).segments] == ["a cat"]
    assert segment_layers(state) == ((state.layers[2].id,),)


def test_a_layer_without_label_is_refused_by_place() -> None:
    with pytest.raises(UserError) as caught:
        build_request(layout(box("a cat", 0, 0, 9, 9), box(" ", 20, 20, 9, 9)), CHECKPOINT)
    assert caught.value.place == "layers[1].label"


def test_a_layer_too_small_for_the_picture_is_named() -> None:
    small = replace(
        layout(box("hidden", 0, 0, 9, 9, visible=False), box("a mug", 900, 900, 20, 20)), canvas=(4096, 4096)
    )
    with pytest.raises(UserError, match="a mug") as caught:
        build_request(small, CHECKPOINT)
    assert caught.value.place == "layers[1]"


def test_a_size_that_the_model_cannot_make_is_refused() -> None:
    with pytest.raises(UserError, match="multiples of 4") as caught:
        build_request(layout(settings=Settings(size=(30, 32))), CHECKPOINT)
    assert caught.value.place == "size"


def test_an_unknown_scheduler_is_refused() -> None:
    with pytest.raises(UserError, match="choose one of"):
        build_request(layout(settings=Settings(scheduler="magic")), CHECKPOINT)


LABELS = st.sampled_from(["a cat", "A CAT", "a  cat", "cat", "a red car", "a car", "grass"])


@given(labels=st.lists(LABELS, max_size=6), prompt=st.lists(LABELS, max_size=5), hidden=st.sets(st.integers(0, 5)))
def test_layers_are_shared_out_as_announced(labels: list[str], prompt: list[str], hidden: set[int]) -> None:
    layers = [
        box(label, index * 10, 0, 10, 64, id=str(index), visible=index not in hidden)
        for index, label in enumerate(labels)
    ]
    state = layout(*layers, prompt=" and ".join(["a picture", *prompt]))
    segments = build_request(state, CHECKPOINT).segments
    assert tuple(segment.layer_ids for segment in segments) == segment_layers(state)
    everything = [layer_id for segment in segments for layer_id in segment.layer_ids]
    assert sorted(everything) == [layer.id for layer in layers if layer.visible]


def test_a_layout_that_cannot_be_asked_for_has_no_segments() -> None:
    assert segment_layers(layout(box("", 0, 0, 9, 9))) == ()
