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

from zestdesk.diorama.captions import CaptionWriter
from zestdesk.diorama.scenes import MOST_OBJECTS, SceneSampler
from zestdesk.diorama.tokens import make_tokenizer
from zestdesk.diorama.vocabulary import Vocabulary
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


@pytest.mark.parametrize("key", ["colours", "grounds", "skies", "objects"])
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
    scenes = SceneSampler(WORDS, 2).sample(60, 64, 64)
    nouns = {noun: index for index, row in enumerate(WORDS.objects) for noun in (row.noun, *row.synonyms)}
    captions = CaptionWriter(WORDS, 3).write(scenes)
    assert len(set(captions)) > 50
    for row, caption in enumerate(captions):
        assert caption == caption.strip().lower()
        assert caption
        words = caption.replace(",", " ").split()
        named = {nouns[word] for word in words if word in nouns}
        assert named <= set(scenes.thing[row].tolist())


def test_every_word_of_the_world_is_one_token_with_its_offsets() -> None:
    tokenizer = make_tokenizer(WORDS, 40)
    for phrase in WORDS.phrases():
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
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


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
