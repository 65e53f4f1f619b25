"""Measuring one picture against its layout: everything that the figures of a data set are made of."""

from dataclasses import asdict, dataclass
from typing import Any, Final, Protocol

import numpy as np

from zestdesk.evaluation.cases import Case, Measurer
from zestdesk.evaluation.metrics import count_pairs
from zestdesk.guidance.request import Picture

__all__ = ["LEAST_FOUND", "CaseNote", "Measures", "SegmentNote", "TextImage", "measure", "note"]

LEAST_FOUND: Final = 0.005
"""Share of the picture from which a class that the prompt names counts as found."""


class TextImage(Protocol):
    """Compares a text with a picture."""

    @property
    def mark(self) -> str:
        """A text that differs for another network."""

    def __call__(self, text: str, picture: Picture) -> float:
        """Return how well they fit: a cosine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentNote:
    """What is kept of a segment once its mask has been counted.

    Attributes:
        label: its phrase.
        number: its class.
        thing: whether it is an object.
        share: of the canvas.
    """

    label: str
    number: int
    thing: bool
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNote:
    """What is kept of a case.

    Attributes:
        name: of the case.
        prompt: its text.
        seed: of the noise.
        segments: its segments.
        named: classes that the composed prompt names.
        pixels: of the picture.
    """

    name: str
    prompt: str
    seed: int
    segments: tuple[SegmentNote, ...]
    named: tuple[int, ...]
    pixels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What one picture shows.

    Attributes:
        pairs: sparse confusion table, as :func:`zestdesk.evaluation.metrics.count_pairs` makes it.
        features: of the segmenter, for the Fréchet distance.
        text_image: cosine of prompt and picture; None where no model was given for it.
    """

    pairs: list[tuple[int, int, int]]
    features: list[float]
    text_image: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return JSON's types."""
        return asdict(self)

    @classmethod
    def from_json(cls, table: Any) -> "Measures":  # noqa: ANN401 - any JSON
        """Read what :meth:`as_json` returned; ValueError, TypeError or KeyError for anything else."""
        pairs = [(int(want), int(found), int(number)) for want, found, number in table["pairs"]]
        features = [float(value) for value in table["features"]]
        cosine = table["text_image"]
        if not pairs or not np.isfinite(features).all() or not features:
            raise ValueError("these are no measures")
        return cls(pairs=pairs, features=features, text_image=None if cosine is None else float(cosine))


def note(case: Case) -> CaseNote:
    """Return what is kept of a case."""
    request = case.request
    wanted = case.wanted()
    return CaseNote(
        name=case.name,
        prompt=request.prompt,
        seed=request.seed,
        segments=tuple(
            SegmentNote(label=item.label, number=number, thing=thing, share=float((wanted == number).mean()))
            for item, number, thing in zip(request.segments, case.classes, case.things, strict=True)
        ),
        named=case.named,
        pixels=request.width * request.height,
    )


def measure(case: Case, picture: Picture, prompt: str, segmenter: Measurer, text_image: TextImage | None) -> Measures:
    """Measure a picture.

    Args:
        case: its layout.
        picture: RGB, of the request's size.
        prompt: the text that the model was given.
        segmenter: says what is where.
        text_image: compares text and picture, where a model for that was given.
    """
    found = segmenter(picture[None])[0]
    return Measures(
        pairs=count_pairs(case.wanted(), found),
        # Seven digits are what float32 holds; a file need not carry more.
        features=[float(f"{value:.7g}") for value in segmenter.features(picture[None])[0]],
        text_image=None if text_image is None else round(text_image(prompt, picture), 6),
    )
