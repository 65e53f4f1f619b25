"""A model's tokens and vocabulary are read in the background, as soon as the model is chosen."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from zestdesk.document.layout import Layout, LayoutState
from zestdesk.document.settings import Settings
from zestdesk.resources import resource
from zestdesk.session.model_words import ModelWords

BUNDLED = resource("models", "diorama")


def with_model(model: str) -> LayoutState:
    return LayoutState(settings=Settings(model=model))


@pytest.fixture
def layout(qapp: object) -> Layout:
    return Layout()


@pytest.fixture
def words(layout: Layout, qtbot: QtBot) -> ModelWords:
    words = ModelWords(layout)
    assert words.tokens is None
    with qtbot.waitSignal(words.changed):
        pass
    return words


def test_the_bundled_model_is_read_at_once(words: ModelWords) -> None:
    assert words.tokens is not None
    assert words.tokens.limit == 38
    assert words.vocabulary is not None
    assert "a cat" in words.vocabulary.phrases


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another model folder: the bundled one's parts, with a tokenizer and a vocabulary of its own to spoil."""
    for part in BUNDLED.iterdir():
        if part.name not in {"tokenizer", "vocabulary.json"}:
            (tmp_path / part.name).symlink_to(part)
    shutil.copytree(BUNDLED / "tokenizer", tmp_path / "tokenizer")
    shutil.copy(BUNDLED / "vocabulary.json", tmp_path / "vocabulary.json")
    return tmp_path


def set_length(folder: Path, length: int) -> None:
    path = folder / "tokenizer_config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"model_max_length": length}))


def test_another_model_is_read_when_it_is_chosen(words: ModelWords, layout: Layout, qtbot: QtBot, other: Path) -> None:
    set_length(other / "tokenizer", 77)
    layout.set_state(with_model(str(other)))
    qtbot.waitUntil(lambda: words.tokens is not None and words.tokens.limit == 75)
    layout.set_state(replace(layout.state, prompt="a cat"))
    layout.set_state(with_model("diorama"))
    qtbot.waitUntil(lambda: words.tokens is not None and words.tokens.limit == 38)


def test_of_two_tokenizers_the_second_counts(words: ModelWords, layout: Layout, qtbot: QtBot, other: Path) -> None:
    shutil.copytree(BUNDLED / "tokenizer", other / "tokenizer_2")
    set_length(other / "tokenizer_2", 50)
    layout.set_state(with_model(str(other)))
    qtbot.waitUntil(lambda: words.tokens is not None and words.tokens.limit == 48)


@pytest.mark.parametrize(
    "model", ["nobody/of-that-name", "~nobody-of-that-name/x", "\0", "../x", "a/b/c", "{file}", "a b/c"]
)
def test_what_is_not_on_this_machine_has_no_words(
    words: ModelWords, layout: Layout, qtbot: QtBot, tmp_path: Path, model: str
) -> None:
    file = tmp_path / "model.safetensors"
    file.write_bytes(b"")
    layout.set_state(with_model(model.replace("{file}", str(file))))
    qtbot.waitUntil(lambda: words.tokens is None)
    assert words.vocabulary is None
    layout.set_state(with_model("diorama"))
    qtbot.waitUntil(lambda: words.tokens is not None)


def test_a_broken_vocabulary_leaves_the_count(words: ModelWords, layout: Layout, qtbot: QtBot, other: Path) -> None:
    (other / "vocabulary.json").write_text("[" * 100_000)
    set_length(other / "tokenizer", 60)
    layout.set_state(with_model(str(other)))
    qtbot.waitUntil(lambda: words.tokens is not None and words.tokens.limit == 58)
    assert words.vocabulary is None
