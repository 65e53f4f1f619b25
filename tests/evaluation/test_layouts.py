"""Random layouts are reproducible, sound and made of the vocabulary's phrases."""

from dataclasses import replace

import pytest

from zestdesk.document.checks import require_sound
from zestdesk.document.settings import Settings
from zestdesk.errors import UserError
from zestdesk.evaluation.layouts import random_layout, random_layouts
from zestdesk.guidance.vocabulary import ModelVocabulary

VOCABULARY = ModelVocabulary(
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


@pytest.mark.parametrize("left_out", ["objects", "grounds", "skies"])
def test_a_vocabulary_with_too_few_phrases_is_one_sentence(left_out: str) -> None:
    with pytest.raises(UserError, match="too few phrases"):
        random_layouts(replace(VOCABULARY, **{left_out: ()}), 1, seed=0)
