"""Random layouts are reproducible, sound and made of the vocabulary's phrases."""

import json
from pathlib import Path

import pytest

from zestdesk.document.checks import require_sound
from zestdesk.document.settings import Settings
from zestdesk.errors import UserError
from zestdesk.evaluation.layouts import Vocabulary, random_layout, random_layouts, read_vocabulary

VOCABULARY = Vocabulary(
    objects=(("a cat",), ("a dog",), ("a red car", "a blue car"), ("a lemon",)),
    grounds=("grass", "sand"),
    skies=("a blue sky",),
)


def test_a_seed_gives_one_layout_and_another_seed_another() -> None:
    assert random_layout(VOCABULARY, 5) == random_layout(VOCABULARY, 5)
    assert random_layout(VOCABULARY, 5) != random_layout(VOCABULARY, 6)


def test_layouts_are_sound_and_their_objects_keep_apart() -> None:
    for state in random_layouts(VOCABULARY, 30, seed=0, settings=Settings(steps=4)):
        require_sound(state)
        assert 2 <= len(state.layers) <= 3
        assert state.settings.steps == 4
        boxes = [layer.path.boundingRect() for layer in state.layers]
        assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])
        assert all(layer.label in state.prompt for layer in state.layers)
        assert all(box.left() >= 0 and box.right() <= 512 and box.top() >= 0 and box.bottom() <= 512 for box in boxes)


@pytest.mark.parametrize("text", ["", "[]", json.dumps({"objects": [{"phrases": None}]})])
def test_a_broken_vocabulary_is_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "vocabulary.json").write_text(text)
    with pytest.raises(UserError, match="bundled model"):
        read_vocabulary(tmp_path)
