"""The one reader of a model's vocabulary: phrases for completion, words for advice, spelling for slips."""

import json
from pathlib import Path

import pytest

from zestdesk.errors import UserError
from zestdesk.guidance.vocabulary import read_vocabulary, words_of
from zestdesk.resources import resource

WORDS = read_vocabulary(resource("models", "diorama"))


def write(folder: Path, data: object) -> Path:
    (folder / "vocabulary.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


def test_phrases_begin_with_objects_and_end_with_synonyms() -> None:
    assert WORDS.phrases[0] == WORDS.objects[0][0]
    assert "a red car" in WORDS.phrases
    assert WORDS.phrases[-len(WORDS.synonyms) :] == WORDS.synonyms
    assert len(set(WORDS.phrases)) == len(WORDS.phrases)


def test_unknown_words_are_named_once_whatever_their_case() -> None:
    assert WORDS.unknown("A Red CAR and an aple, Aple on the grass") == ("aple",)
    assert WORDS.unknown("naïve 猫 it's 42 🚗 ❤️ नमस्ते") == ("naïve", "猫", "it", "नमस्ते")


def test_a_slip_has_a_word_that_is_near_and_nonsense_has_none() -> None:
    slips = ("aple", "Umbrela", "huose", "catt", "dogs", "astornat", "xqzv", "quilt", "ct", "kat", "x" * 5000)
    found = [WORDS.nearest(slip) for slip in slips]
    assert found == ["apple", "umbrella", "house", "cat", "dog", "astronaut", None, None, None, "cat", None]


def test_words_are_letters_only() -> None:
    assert words_of("A cat-like thing, no. 7_x!") == ("a", "cat", "like", "thing", "no", "x")


def test_scenery_is_a_label_and_weather_a_word_of_prompts(tmp_path: Path) -> None:
    rows = {
        "objects": [{"phrases": ["a cat"], "synonyms": []}],
        "grounds": [{"phrase": "grass", "synonyms": []}],
        "skies": [{"phrase": "a blue sky", "synonyms": []}],
    }
    old = read_vocabulary(write(tmp_path, rows))
    assert (old.scenery, old.weather) == ((), ())
    rows["scenery"] = [{"phrase": "mountains", "synonyms": ["a mountain"]}]
    rows["weather"] = [{"phrase": "rain", "synonyms": ["drizzle"]}]
    new = read_vocabulary(write(tmp_path, rows | {"words": ["behind"]}))
    assert new.phrases == ("a cat", "grass", "a blue sky", "mountains", "a mountain")
    assert new.prompt_phrases == (*new.phrases, "rain", "drizzle")
    assert new.unknown("a cat behind mountains in rain in winter") == ("winter",)
    assert old.unknown("a cat in rain") == ("rain",)


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"objects": [{"phrases": None}], "grounds": [], "skies": []},
        {"objects": [], "grounds": [{"phrase": 3}], "skies": []},
        {"objects": [], "grounds": [{"phrase": "x" * 1000}], "skies": []},
        {"objects": [5], "grounds": [], "skies": []},
        {"objects": [], "grounds": [], "skies": [], "weather": [{}]},
        {"objects": [], "grounds": [], "skies": [], "words": [7]},
        {"objects": [], "grounds": [], "skies": [], "words": "behind" * 1000},
        {"objects": [{"phrases": [f"a {number}" for number in range(6000)]}], "grounds": [], "skies": []},
    ],
)
def test_a_broken_vocabulary_is_one_sentence(tmp_path: Path, data: object) -> None:
    with pytest.raises(UserError):
        read_vocabulary(write(tmp_path, data))


def test_no_vocabulary_and_a_huge_one_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="bundled model"):
        read_vocabulary(tmp_path)
    with (tmp_path / "vocabulary.json").open("wb") as stream:
        stream.truncate(2**33)
    with pytest.raises(UserError, match="too large"):
        read_vocabulary(tmp_path)
