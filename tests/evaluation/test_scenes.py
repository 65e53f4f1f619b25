"""Layouts from scenes: exact masks, the right words, small objects, and a world that has grown."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from zestdesk.diorama.vocabulary import Vocabulary
from zestdesk.document.settings import Settings
from zestdesk.errors import UserError
from zestdesk.evaluation.cases import FILTER_SHARE, NOWHERE, pick_segments
from zestdesk.evaluation.names import SETS
from zestdesk.evaluation.scenes import SceneLayouts, known_world
from zestdesk.guidance.checkpoints import Checkpoint
from zestdesk.guidance.vocabulary import ModelVocabulary

WORLD = Vocabulary.load()
WORDS = ModelVocabulary(
    objects=(("a cat",), ("a dog",), ("a car", "a red car", "a blue car"), ("a tree",), ("a kite",)),
    grounds=("grass", "sand"),
    skies=("a blue sky",),
    synonyms=("a house",),
)
CHECKPOINT = Checkpoint(name="toy", folder=Path(), family="diorama", native_size=(64, 64), factor=8)


class Names:
    """A segmenter that knows some of the world's classes, in an order of its own."""

    names = ("a dog", "grass", "a blue sky", "a car", "a cat", "a tree", "sand", "a house")
    mark = "names"

    def class_id(self, label: str) -> int:
        phrase = WORLD.class_names[WORLD.class_id(label)]
        if phrase not in self.names:
            raise UserError(f"no {label}")
        return self.names.index(phrase)


def layouts(kind: str, count: int = 12, **changes: tuple[str, ...]) -> SceneLayouts:
    return SceneLayouts(CHECKPOINT, replace(WORDS, **changes), Names(), kind, count, 7, Settings(steps=4))  # type: ignore[arg-type]


def test_only_what_model_and_segmenter_share_is_drawn() -> None:
    world = known_world(WORLD, WORDS, Names())  # type: ignore[arg-type]
    assert {thing.phrase for thing in world.objects} == {"a cat", "a dog", "a car", "a tree"}
    assert [row.phrase for row in (*world.grounds, *world.skies)] == ["grass", "sand", "a blue sky"]
    assert {row.name for row in world.colours} == {"red", "blue"}
    assert not world.scenery
    assert not world.weather
    assert not any(row.synonyms for row in (*world.objects, *world.grounds, *world.skies))


def test_scenery_and_weather_are_drawn_where_model_and_segmenter_know_them() -> None:
    class More(Names):
        names = (*Names.names, WORLD.scenery[0].phrase)

    words = replace(
        WORDS, scenery=(WORLD.scenery[0].phrase, WORLD.scenery[1].phrase), weather=(WORLD.weather[0].phrase,)
    )
    world = known_world(WORLD, words, More())  # type: ignore[arg-type]
    assert [row.phrase for row in (*world.scenery, *world.weather)] == [words.scenery[0], words.weather[0]]
    data = SceneLayouts(CHECKPOINT, words, More(), "all", 40, 7, Settings())  # type: ignore[arg-type]
    number = len(Names.names)
    seen = [case for case in map(data.case, range(40)) if number in case.classes]
    assert seen
    assert all(not case.things[case.classes.index(number)] for case in seen)


@pytest.mark.parametrize("left_out", ["objects", "grounds", "skies"])
def test_too_few_shared_words_are_one_sentence(left_out: str) -> None:
    with pytest.raises(UserError, match="share too few words"):
        layouts("all", **{left_out: ()})


def test_all_segments_cover_the_canvas_and_agree_with_the_words() -> None:
    data, small = layouts("all"), 0
    for index in range(len(data)):
        case = data.case(index)
        masks = np.stack([segment.mask for segment in case.request.segments])
        assert np.array_equal(masks.sum(axis=0), np.ones((64, 64)))
        assert len(set(case.classes)) == len(case.classes)
        wanted = case.wanted()
        for segment, number, thing in zip(case.request.segments, case.classes, case.things, strict=True):
            assert np.array_equal(wanted == number, segment.mask == 1)
            assert Names().class_id(segment.label) == number
            assert thing == (segment.label not in {"grass", "sand", "a blue sky"})
            small += thing and segment.mask.mean() < FILTER_SHARE
        # Every segment is a label, so the composed prompt names every class.
        assert set(case.named) == set(case.classes)
        assert case.picture is not None
        assert case.picture.shape == (64, 64, 3)
        assert case.request.steps == 4
    assert small > 3


def test_sets_take_what_the_paper_says() -> None:
    for index in range(12):
        everything, filtered, few = (layouts(kind).case(index) for kind in SETS[:3])
        shares = [segment.mask.mean() for segment in everything.request.segments]
        assert len(filtered.request.segments) == sum(share >= FILTER_SHARE for share in shares)
        assert 1 <= len(few.request.segments) <= 3
        assert set(few.classes) <= set(filtered.classes) <= set(everything.classes)
        assert everything.request.prompt == few.request.prompt
        assert (few.wanted() == NOWHERE).any() or set(few.classes) == set(everything.classes)


def test_cases_are_the_same_at_every_call_and_differ_from_one_another() -> None:
    one, same, other = layouts("few").case(3), layouts("few", 4).case(3), layouts("few").case(4)
    assert one.name == same.name != other.name
    assert one.request.prompt == same.request.prompt
    assert np.array_equal(one.wanted(), same.wanted())
    assert one.request.seed == other.request.seed - 1


def test_references_are_as_many_as_said_and_not_the_layouts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zestdesk.evaluation.scenes.REFERENCES", 20)
    data = layouts("all", 2)
    pictures = np.concatenate(list(data.references()))
    assert pictures.shape == (20, 64, 64, 3)
    assert data.describe()["references"] == 20
    assert not any(np.array_equal(picture, data.case(0).picture) for picture in pictures)


def test_segments_are_picked_by_their_share() -> None:
    rng = np.random.default_rng(0)
    shares = [0.5, 0.0, 0.04, 0.05, 0.2, 0.1, 0.1]
    assert pick_segments(shares, "all", rng) == [0, 2, 3, 4, 5, 6]
    assert pick_segments(shares, "filtered", rng) == [0, 3, 4, 5, 6]
    drawn = [pick_segments(shares, "few", rng) for _ in range(60)]
    assert {len(some) for some in drawn} == {1, 2, 3}
    assert {index for some in drawn for index in some} == {0, 3, 4, 5, 6}
    assert pick_segments([0.01], "few", rng) == []
    with pytest.raises(UserError, match="no set"):
        pick_segments(shares, "most", rng)
