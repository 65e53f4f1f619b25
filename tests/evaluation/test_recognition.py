"""Recall, pointing game and IoU of attention against hand-made results."""

from collections.abc import Sequence

import numpy as np
import pytest

from zestdesk.evaluation.recognition import ObjectScore, score, summary
from zestdesk.guidance.request import GenerationRequest, GenerationResult, Segment


class Labels:
    """A segmenter that always sees the same picture."""

    def __init__(self, labels: np.ndarray) -> None:
        self._labels = labels

    def __call__(self, pictures: np.ndarray) -> np.ndarray:
        return np.stack([self._labels] * len(pictures))

    def class_id(self, label: str) -> int:
        return {"a cat": 1, "a dog": 2}[label]


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


def test_attention_on_the_object_points_and_overlaps() -> None:
    picture = np.zeros((32, 32), np.int64)
    picture[:16, :16] = 1
    masks = np.zeros((3, 2, 4, 4), np.uint8)
    masks[:, 0, :2, :2] = 255
    cat, dog = score(result(["a cat", "a dog"], masks), Labels(picture))  # type: ignore[arg-type]
    assert cat.there
    assert cat.pointed
    assert cat.iou == pytest.approx(1, abs=0.35)
    assert not dog.there
    assert dog.iou is None


def test_inside_is_what_counts_for_the_fit_score(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = np.zeros((32, 32), np.int64)
    picture[:16, :16] = 1
    masks = np.full((1, 1, 4, 4), 100, np.uint8)
    masks[:, 0, :2, :2] = 200
    ious = []
    for threshold in (0.4, 0.9):
        monkeypatch.setattr("zestdesk.guidance.loss.FIT_THRESHOLD", threshold)
        (cat,) = score(result(["a cat"], masks), Labels(picture))  # type: ignore[arg-type]
        ious.append(cat.iou)
    assert ious[0] == pytest.approx(0.25)
    assert ious[1] > 0.5


def test_attention_elsewhere_misses() -> None:
    picture = np.zeros((32, 32), np.int64)
    picture[:16, :16] = 1
    masks = np.zeros((1, 1, 4, 4), np.uint8)
    masks[:, 0, 3:, 3:] = 255
    (cat,) = score(result(["a cat"], masks), Labels(picture))  # type: ignore[arg-type]
    assert not cat.pointed
    assert cat.iou == 0


def test_summary_counts_attention_only_where_objects_are() -> None:
    figures = summary(
        [
            ObjectScore(label="a cat", there=True, pointed=True, iou=0.5),
            ObjectScore(label="a dog", there=False),
        ]
    )
    assert figures == {"objects": 2, "recall": 0.5, "pointing": 1.0, "attention_iou": 0.5}
    assert summary([])["recall"] == 0
