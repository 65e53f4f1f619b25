"""A segmenter that reads classes off a picture's red channel, and cases for it: no network, exact answers."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from zestdesk.errors import UserError
from zestdesk.evaluation.cases import Case
from zestdesk.guidance.request import GenerationRequest, GenerationResult, Segment

__all__ = ["NAMES", "FakeModel", "PaintedCases", "RedSegmenter", "case", "painted", "result"]

NAMES = ("nothing", "a cat", "a dog", "grass")
SIDE = 8


class RedSegmenter:
    """The class of a pixel is its red value; features are the mean colour."""

    names = NAMES
    mark = "red"

    def __call__(self, pictures: np.ndarray) -> np.ndarray:
        return pictures[..., 0].astype(np.int64)

    def features(self, pictures: np.ndarray) -> np.ndarray:
        return pictures.reshape(len(pictures), -1, 3).mean(axis=1).astype(np.float64)

    def class_id(self, label: str) -> int:
        if label not in NAMES:
            raise UserError(f"no {label}")
        return NAMES.index(label)


class FakeModel:
    """As much of a model as drawing needs to see: a prompt that says "endless" is too long."""

    @property
    def text(self) -> "FakeModel":
        return self

    def bind(self, prompt: str, _labels: Sequence[str]) -> None:
        if "endless" in prompt:
            raise UserError("too long", "prompt")


def painted(labels: np.ndarray, shade: int = 0) -> np.ndarray:
    """Return the picture that shows these classes."""
    return np.stack([labels, np.full_like(labels, shade), labels * 3], axis=-1).astype(np.uint8)


def case(labels: np.ndarray, numbers: Sequence[int], seed: int = 0, prompt: str = "a cat on grass") -> Case:
    """Return a case whose segments are these classes of a label map."""
    segments = tuple(Segment(label=NAMES[number], mask=(labels == number).astype(np.float32)) for number in numbers)
    height, width = labels.shape
    return Case(
        name=f"case-{seed}",
        request=GenerationRequest(prompt=prompt, width=width, height=height, segments=segments, seed=seed),
        classes=tuple(numbers),
        things=tuple(number != 3 for number in numbers),
        named=tuple(numbers),
        picture=painted(labels),
    )


def result(request: GenerationRequest, picture: np.ndarray, seconds: float = 1.0) -> GenerationResult:
    """Return a result with a picture and nothing else."""
    count = len(request.segments)
    return GenerationResult(
        request=request,
        picture=picture,
        composed_prompt=request.prompt,
        tokens=((),) * count,
        steps=(),
        masks=np.zeros((0, count, 1, 1), np.uint8),
        fits=(),
        seconds=seconds,
    )


class PaintedCases:
    """Four small scenes: a cat on grass, its square each time elsewhere."""

    def __init__(self, prompts: Sequence[str] = ("a cat on grass",) * 4) -> None:
        self._prompts = prompts

    def __len__(self) -> int:
        return len(self._prompts)

    def case(self, index: int) -> Case:
        labels = np.full((SIDE, SIDE), 3)
        labels[index : index + 3, index : index + 3] = 1
        return case(labels, (1, 3), seed=index, prompt=self._prompts[index])

    def references(self) -> Iterator[np.ndarray]:
        yield np.stack([self.case(index).picture for index in range(len(self))])

    def describe(self) -> dict[str, Any]:
        return {"data": "painted", "references": len(self)}
