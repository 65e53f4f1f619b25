"""Recall, colours, stuff, pointing game and IoU against hand-made results, and the command in few steps."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from zestdesk.diorama.scenes import SceneSampler
from zestdesk.diorama.vocabulary import Vocabulary, with_article
from zestdesk.diorama.world import Painter
from zestdesk.evaluation.colours import ColourReader
from zestdesk.evaluation.recognition import (
    ObjectScore,
    StuffScore,
    Trial,
    draw_trials,
    measure,
    score,
    score_stuff,
    summary,
)
from zestdesk.guidance.request import GenerationRequest, GenerationResult, Segment

WORDS = Vocabulary.load()


class Labels:
    """A segmenter that knows a few classes."""

    names = ("grass", "a cat", "a dog", "sand", "a blue sky")

    def class_id(self, label: str) -> int:
        return self.names.index(label) if label in self.names else len(self.names)


KNOWS: Any = Labels()


def result(labels: Sequence[str], masks: np.ndarray) -> GenerationResult:
    everywhere = np.ones((32, 32), np.float32)
    request = GenerationRequest(
        prompt="", width=32, height=32, segments=tuple(Segment(label=label, mask=everywhere) for label in labels)
    )
    return GenerationResult(
        request=request,
        picture=np.zeros((32, 32, 3), np.uint8),
        composed_prompt="",
        tokens=(),
        steps=(),
        masks=masks,
        fits=(),
        seconds=0,
    )


def quarter() -> np.ndarray:
    labels = np.zeros((32, 32), np.int64)
    labels[:16, :16] = 1
    return labels


def test_attention_on_the_object_points_and_overlaps() -> None:
    masks = np.zeros((3, 2, 4, 4), np.uint8)
    masks[:, 0, :2, :2] = 255
    cat, dog = score(result(["a cat", "a dog"], masks), quarter(), KNOWS)
    assert cat.there
    assert cat.count == 2
    assert cat.pointed
    assert cat.iou == pytest.approx(1, abs=0.35)
    assert not dog.there
    assert dog.iou is None


def test_inside_is_what_counts_for_the_fit_score(monkeypatch: pytest.MonkeyPatch) -> None:
    masks = np.full((1, 1, 4, 4), 100, np.uint8)
    masks[:, 0, :2, :2] = 200
    ious = []
    for threshold in (0.4, 0.9):
        monkeypatch.setattr("zestdesk.guidance.loss.FIT_THRESHOLD", threshold)
        (cat,) = score(result(["a cat"], masks), quarter(), KNOWS)
        ious.append(cat.iou)
    assert ious[0] == pytest.approx(0.25)
    assert ious[1] > 0.5


def test_attention_elsewhere_misses() -> None:
    masks = np.zeros((1, 1, 4, 4), np.uint8)
    masks[:, 0, 3:, 3:] = 255
    (cat,) = score(result(["a cat"], masks), quarter(), KNOWS)
    assert not cat.pointed
    assert cat.iou == 0


def test_stuff_is_right_when_it_covers_more_than_its_rivals() -> None:
    world = replace(WORDS, grounds=WORDS.grounds[:2], skies=WORDS.skies[:1], scenery=())
    trial = Trial(objects=("a cat",), stuff={"ground": "grass", "sky": "a blue sky"}, seed=0)
    labels = np.full((32, 32), 3)
    labels[:, :20] = 0
    ground, sky = score_stuff(trial, labels, KNOWS, world)
    assert ground == StuffScore(label="grass", count=1, right=True)
    assert not sky.right
    labels[:, 10:] = 3
    assert not score_stuff(trial, labels, KNOWS, world)[0].right


def test_the_colour_of_a_painted_object_is_read_back() -> None:
    reader, painter = ColourReader(WORDS), Painter(WORDS, 64)
    scenes = SceneSampler(WORDS, 5).sample(96, 64, 64, objects=1)
    scenes.weather[:] = -1
    scenes.thing[:, 0] = np.resize(WORDS.coloured, 96)
    scenes.colour[:, 0] = np.repeat(np.arange(8) % len(WORDS.colours), 12)
    painting = painter.paint(scenes)
    pixels = ((painting.images + 1) * 127.5).round().to(torch.uint8).permute(0, 2, 3, 1).numpy()
    right = []
    for row in range(96):
        thing, colour = int(scenes.thing[row, 0]), WORDS.colours[int(scenes.colour[row, 0])].name
        phrase = with_article(f"{colour} {WORDS.objects[thing].noun}")
        assert reader.colour_of(phrase) == colour
        mask = (painting.labels[row] == WORDS.first_object + thing).numpy()
        right.append(reader.read(phrase, pixels[row], mask) == colour)
    assert np.mean(right) > 0.95
    assert reader.colour_of("a cat") is None
    assert reader.colour_of("a red cat") is None


def test_trials_have_one_to_three_objects_in_turn_and_only_colours_that_bind() -> None:
    trials = draw_trials(WORDS, 60, 3)
    assert trials == draw_trials(WORDS, 60, 3)
    assert [len(trial.objects) for trial in trials[:4]] == [1, 2, 3, 1]
    assert all(len(set(trial.objects)) == len(trial.objects) for trial in trials)
    for trial in trials:
        assert all(WORDS.class_id(phrase) >= WORDS.first_object for phrase in trial.objects)
        assert all(phrase in trial.prompt for phrase in (*trial.objects, *trial.stuff.values()))
    assert any("scenery" in trial.stuff for trial in trials)
    assert Trial(objects=("a cat", "a dog"), stuff={"ground": "sand", "sky": "a blue sky"}, seed=0).prompt == (
        "a cat and a dog on sand under a blue sky"
    )


def test_summary_counts_attention_only_where_objects_are() -> None:
    figures = summary(
        [
            ObjectScore(label="a red car", count=2, there=True, coloured=False, pointed=True, iou=0.5),
            ObjectScore(label="a dog", count=2, there=False),
        ],
        [StuffScore(label="grass", count=2, right=True)],
    )
    assert figures == {
        "objects": 2,
        "coloured": 1,
        "recall": 0.5,
        "colour": 0,
        "stuff": 1,
        "pointing": 1.0,
        "attention_iou": 0.5,
    }
    assert summary([]) == {"objects": 0, "coloured": 0}


def test_the_command_measures_the_shipped_model_by_its_own_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, sheet = tmp_path / "report.json", tmp_path / "sheet.png"
    measure(prompts=3, steps=2, device="cpu", segmenter=None, report=report, sheet=sheet)
    assert "attention IoU" in capsys.readouterr().out
    table = json.loads(report.read_text())
    assert table["figures"]["all"]["objects"] == 6
    assert set(table["figures"]) == {"1", "2", "3", "all"}
    assert 0 <= table["figures"]["all"]["recall"] <= 1
    assert table["seconds_per_picture"] > 0
    with Image.open(sheet) as picture:
        assert picture.size == (8 * 128, 128)
