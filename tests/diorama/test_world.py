"""The toy world: its table, its scenes, its pictures and label maps, its captions and tokens."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from zestdesk.diorama.captions import CaptionWriter, caption_words
from zestdesk.diorama.scenes import MOST_OBJECTS, SceneSampler
from zestdesk.diorama.tokens import make_tokenizer
from zestdesk.diorama.vocabulary import Vocabulary, with_article
from zestdesk.diorama.weather import EFFECTS
from zestdesk.diorama.world import Painter
from zestdesk.errors import UserError
from zestdesk.resources import resource

WORDS = Vocabulary.load()


@pytest.fixture(scope="module")
def painter() -> Painter:
    return Painter(WORDS, 64)


def test_every_phrase_names_its_class_whatever_the_colour_case_and_article() -> None:
    for phrase in WORDS.phrases():
        assert 0 <= WORDS.class_id(phrase) < len(WORDS.class_names)
    car = WORDS.class_id("a car")
    assert car == WORDS.class_id("The  Red CAR") == WORDS.class_id("a purple automobile")
    assert WORDS.class_id("a cat") != car


def is_sentence(text: str) -> bool:
    """Return whether a message says what is wrong and, behind a semicolon, how to mend it."""
    return text[0].isupper() and text.endswith(".") and "; " in text


def test_a_phrase_of_another_world_is_an_error_that_quotes_it() -> None:
    with pytest.raises(UserError, match="submarine") as caught:
        WORDS.class_id("a yellow submarine")
    assert is_sentence(caught.value.message)


@pytest.mark.parametrize("key", ["colours", "grounds", "skies", "scenery", "weather", "objects"])
def test_a_row_that_lacks_a_field_is_named(tmp_path: Path, key: str) -> None:
    table = json.loads(resource("diorama", "world.json").read_text(encoding="utf-8"))
    table[key][1].pop(next(iter(table[key][1])))
    path = tmp_path / "world.json"
    path.write_text(json.dumps(table))
    with pytest.raises(UserError, match=rf"{key}\[1\]") as caught:
        Vocabulary.load(path)
    assert is_sentence(caught.value.message)
    del table[key]
    path.write_text(json.dumps(table))
    with pytest.raises(UserError, match=f"no “{key}”") as caught:
        Vocabulary.load(path)
    assert is_sentence(caught.value.message)
    path.write_text("{")
    with pytest.raises(UserError, match="cannot be read") as caught:
        Vocabulary.load(path)
    assert is_sentence(caught.value.message)


def test_every_object_has_its_sprite_on_disk() -> None:
    missing = [row.sprite for row in WORDS.objects if not resource("diorama", "sprites", f"{row.sprite}.webp").exists()]
    assert missing == []


@given(st.integers(0, 2**32), st.sampled_from([(64, 64), (96, 64), (48, 128)]))
def test_objects_lie_within_the_picture_and_differ(seed: int, size: tuple[int, int]) -> None:
    height, width = size
    scenes = SceneSampler(WORDS, seed).sample(16, height, width)
    there = scenes.thing >= 0
    half = 0.5 * scenes.size[there]
    x, y = scenes.centre[there].T
    # Up to a twelfth of an object may be cut off by the edge.
    assert (x >= 0.83 * half).all()
    assert (x <= width - 0.83 * half).all()
    assert (y >= 0.83 * half).all()
    assert (y <= height - 0.83 * half).all()
    for things, colours in zip(scenes.thing, scenes.colour, strict=True):
        pairs = [(t, c) for t, c in zip(things, colours, strict=True) if t >= 0]
        assert len(set(pairs)) == len(pairs)


def test_a_seed_gives_the_same_pictures(painter: Painter) -> None:
    first, second = (painter.paint(SceneSampler(WORDS, 9).sample(4, 64, 64)) for _ in range(2))
    assert torch.equal(first.images, second.images)
    assert torch.equal(first.labels, second.labels)


def test_label_maps_hold_just_what_is_in_the_scene(painter: Painter) -> None:
    scenes = SceneSampler(WORDS, 4).sample(24, 64, 64)
    painting = painter.paint(scenes)
    assert painting.images.min() >= -1
    assert painting.images.max() <= 1
    for row in range(len(scenes)):
        found = set(painting.labels[row].unique().tolist())
        things = {int(thing) + WORDS.first_object for thing in scenes.thing[row] if thing >= 0}
        backdrops = {int(scenes.ground[row]), int(scenes.sky[row]) + WORDS.first_sky}
        backdrops |= {int(scenes.scenery[row]) + WORDS.first_scenery} if scenes.scenery[row] >= 0 else set()
        assert found <= things | backdrops
        assert things <= found


def test_a_label_map_is_where_the_object_changes_the_picture(painter: Painter) -> None:
    """Painting a scene with and without its only object differs inside the object's label, hardly outside."""
    scenes = SceneSampler(WORDS, 1).sample(8, 64, 64, objects=1)
    with_object = painter.paint(scenes)
    scenes.thing[:] = -1
    without = painter.paint(scenes)
    changed = (with_object.images - without.images).abs().amax(dim=1) > 0.35
    inside = with_object.labels >= WORDS.first_object
    assert (changed & inside).sum() / inside.sum() > 0.5
    assert (changed & ~inside).sum() / (~inside).sum() < 0.05


def test_captions_name_only_what_the_scene_holds() -> None:
    scenes = SceneSampler(WORDS, 2).sample(200, 64, 64)
    captions = CaptionWriter(WORDS, 3).write(scenes)
    assert len(set(captions)) > 180
    coloured = [
        with_article(f"{c.name} {n}") for i in WORDS.coloured for n in WORDS.objects[i].names for c in WORDS.colours
    ]
    phrases = sorted({*WORDS.phrases(), *WORDS.weather_phrases(), *coloured}, key=len, reverse=True)
    weather = {phrase: number for number, row in enumerate(WORDS.weather) for phrase in (row.phrase, *row.synonyms)}
    for row, caption in enumerate(captions):
        assert caption == " ".join(caption.lower().split())
        assert caption
        there = {int(thing) + WORDS.first_object for thing in scenes.thing[row] if thing >= 0}
        there |= {int(scenes.ground[row]), int(scenes.sky[row]) + WORDS.first_sky}
        there |= {int(scenes.scenery[row]) + WORDS.first_scenery} if scenes.scenery[row] >= 0 else set()
        rest = f" {caption.replace(',', ' ,')} "
        for phrase in phrases:
            if f" {phrase} " in rest:
                rest = rest.replace(f" {phrase} ", "  ")
                if phrase in weather:
                    assert weather[phrase] == scenes.weather[row]
                else:
                    assert WORDS.class_id(phrase) in there
        # Nothing is left but the words between the phrases.
        assert set(rest.replace(",", " ").split()) <= {*caption_words(WORDS), "in", "on", "of", "the", "a", "with"}


def test_no_two_phrases_mean_different_things() -> None:
    owners: dict[str, str] = {}
    for row in (*WORDS.backdrops, *WORDS.weather):
        for phrase in (row.phrase, *row.synonyms):
            assert owners.setdefault(phrase.removeprefix("a ").removeprefix("the "), row.phrase) == row.phrase
    for thing in WORDS.objects:
        for noun in thing.names:
            assert owners.setdefault(noun, thing.noun) == thing.noun
    assert not {colour.name for colour in WORDS.colours} & set(owners)


def test_the_world_is_as_rich_as_it_says() -> None:
    assert len(WORDS.objects) >= 120
    assert len(WORDS.coloured) >= 12
    assert len(WORDS.grounds) + len(WORDS.skies) >= 12
    assert len(WORDS.scenery) >= 5
    assert {row.effect for row in WORDS.weather} == set(EFFECTS)
    assert sum(path.stat().st_size for path in resource("diorama", "sprites").iterdir()) < 3_000_000


def test_scenery_rises_from_the_horizon(painter: Painter) -> None:
    scenes = SceneSampler(WORDS, 6).sample(64, 64, 64, objects=0)
    labels = painter.paint(scenes).labels
    seen = set()
    for row in np.flatnonzero(scenes.scenery >= 0):
        number = int(scenes.scenery[row]) + WORDS.first_scenery
        ys = (labels[row] == number).nonzero()[:, 0]
        horizon = float(scenes.horizon[row]) * 64
        assert len(ys) > 0
        assert ys.max() <= horizon + 0.026 * 64 + 1
        assert ys.min() >= horizon - (float(scenes.rise[row]) + 0.026) * 64 - 1
        seen.add(number)
    assert len(seen) == len(WORDS.scenery)
    plain = labels[torch.from_numpy(scenes.scenery < 0)]
    assert not ((plain >= WORDS.first_scenery) & (plain < WORDS.first_object)).any()


def test_weather_changes_pictures_and_leaves_label_maps_alone(painter: Painter) -> None:
    scenes = SceneSampler(WORDS, 7).sample(40, 64, 64)
    kinds = scenes.weather.copy()
    assert set(kinds.tolist()) >= {-1, 0, 1}
    with_weather = painter.paint(scenes)
    scenes.weather[:] = -1
    without = painter.paint(scenes)
    assert torch.equal(with_weather.labels, without.labels)
    changed = (with_weather.images - without.images).abs().amax(dim=(1, 2, 3)) > 0.05
    assert changed.tolist() == (kinds >= 0).tolist()


def test_scenes_grow_more_crowded_as_a_training_goes_on() -> None:
    early, late = (SceneSampler(WORDS, 3).sample(800, 64, 64, progress=progress) for progress in (0.0, 1.0))
    alone = [float(((scenes.thing >= 0).sum(axis=1) == 1).mean()) for scenes in (early, late)]
    assert alone[0] > 0.5
    assert alone[1] < 0.36
    assert early.size.mean() > late.size.mean()
    shown = np.bincount(late.thing[late.thing >= 0], minlength=len(WORDS.objects))
    assert (shown > 0).all()


def test_every_word_of_the_world_is_one_token_with_its_offsets() -> None:
    tokenizer = make_tokenizer(WORDS, 40)
    for phrase in (*WORDS.phrases(), *WORDS.weather_phrases(), *caption_words(WORDS)):
        batch = tokenizer(phrase, return_offsets_mapping=True)
        pieces = [phrase[start:end] for start, end in batch["offset_mapping"][1:-1]]
        assert pieces == phrase.split()


def test_every_process_numbers_the_words_alike() -> None:
    """A training that resumes in another process must find the same tokens."""
    program = (
        "from zestdesk.diorama.tokens import make_tokenizer; from zestdesk.diorama.vocabulary import Vocabulary; "
        "print(sorted(make_tokenizer(Vocabulary.load(), 40).get_vocab().items()))"
    )
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    first, second = (run.communicate()[0] for run in runs)
    assert len(first) > 1000
    assert first == second


@given(st.text(max_size=40))
def test_any_text_has_tokens(text: str) -> None:
    ids = TOKENIZER(text, truncation=True).input_ids
    assert ids[0] == TOKENIZER.bos_token_id
    assert ids[-1] == TOKENIZER.eos_token_id
    assert len(ids) <= 40


TOKENIZER = make_tokenizer(WORDS, 40)


def test_scenes_have_room_for_their_most_objects() -> None:
    scenes = SceneSampler(WORDS, 0).sample(12, 64, 64, objects=MOST_OBJECTS)
    assert (scenes.thing >= 0).all()
    assert np.isfinite(scenes.centre).all()
