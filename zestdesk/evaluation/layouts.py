"""Layouts drawn at random from a model's vocabulary, for measuring."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from zestdesk.document.layers import PALETTE, ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.document.settings import Settings
from zestdesk.errors import UserError
from zestdesk.evaluation.cases import Case, Data, Measurer
from zestdesk.guidance.binding import compose, mentions
from zestdesk.guidance.checkpoints import Checkpoint
from zestdesk.guidance.request import Picture
from zestdesk.guidance.vocabulary import ModelVocabulary
from zestdesk.session.requests import build_request

__all__ = ["RandomLayouts", "random_layout", "random_layouts"]

_CANVAS = 512
_TRIES = 1000


def _boxes(rng: np.random.Generator, count: int) -> list[QRectF]:
    """Draw boxes of 28 % to 45 % of the side that keep clear of each other."""
    for _ in range(_TRIES):
        boxes: list[QRectF] = []
        for _ in range(count):
            width, height = rng.uniform(0.28, 0.45, size=2) * _CANVAS
            x, y = rng.uniform(0, 1, size=2) * (_CANVAS - width, _CANVAS - height)
            boxes.append(QRectF(round(x), round(y), round(width), round(height)))
        if not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i]):
            return boxes
    raise RuntimeError("no room for the boxes")  # pragma: no cover - three boxes always find room


def random_layout(vocabulary: ModelVocabulary, seed: int, settings: Settings | None = None) -> LayoutState:
    """Draw one layout: two or three different objects as ellipses, with ground and sky in the prompt only.

    Args:
        vocabulary: where the phrases come from.
        seed: decides the layout and the picture's noise.
        settings: how to generate; their seed is replaced by ``seed``.
    """
    rng = np.random.default_rng(seed)
    count = int(rng.integers(2, 4))
    picked = rng.choice(len(vocabulary.objects), size=count, replace=False)
    phrases = [str(rng.choice(vocabulary.objects[index])) for index in picked]
    layers = []
    for index, (phrase, box) in enumerate(zip(phrases, _boxes(rng, count), strict=True)):
        path = QPainterPath()
        path.addEllipse(box)
        layers.append(ShapeLayer(id=f"object-{index}", label=phrase, colour=PALETTE[index], path=path, kind="ellipse"))
    ground, sky = str(rng.choice(vocabulary.grounds)), str(rng.choice(vocabulary.skies))
    listing = f"{', '.join(phrases[:-1])} and {phrases[-1]}"
    base = settings or Settings()
    values = {name: getattr(base, name) for name in Settings.names()}
    return LayoutState(
        canvas=(_CANVAS, _CANVAS),
        layers=tuple(layers),
        prompt=f"{listing} on {ground} under {sky}",
        settings=Settings(**{**values, "seed": seed}),
    )


def random_layouts(
    vocabulary: ModelVocabulary, count: int, seed: int, settings: Settings | None = None
) -> list[LayoutState]:
    """Draw ``count`` layouts from consecutive seeds.

    Raises:
        UserError: when the vocabulary has too few phrases to draw from.
    """
    if len(vocabulary.objects) < 3 or not all((*vocabulary.objects, vocabulary.grounds, vocabulary.skies)):
        raise UserError("The vocabulary has too few phrases for layouts; evaluate the bundled model.", "model")
    return [random_layout(vocabulary, seed + index, settings) for index in range(count)]


class RandomLayouts:
    """Such layouts as a data set; phrases that the segmenter does not know are left out."""

    def __init__(
        self,
        checkpoint: Checkpoint,
        words: ModelVocabulary,
        segmenter: Measurer,
        count: int,
        seed: int,
        settings: Settings,
        scenes: Data,
    ) -> None:
        """Take what decides the layouts.

        Args:
            checkpoint: the model, which decides the pictures' size.
            words: that it knows.
            segmenter: that measures.
            count: how many.
            seed: of the first; the others follow it.
            settings: how to sample.
            scenes: give the real pictures for the Fréchet distance.

        Raises:
            UserError: when there are too few phrases to draw from.
        """

        def known(phrase: str) -> bool:
            return _class_of(segmenter, phrase) is not None

        measured = replace(
            words,
            objects=tuple(phrases for phrases in words.objects if all(map(known, phrases))),
            grounds=tuple(filter(known, words.grounds)),
            skies=tuple(filter(known, words.skies)),
        )
        self._states = random_layouts(measured, count, seed, settings)
        self._checkpoint, self._segmenter, self._scenes = checkpoint, segmenter, scenes
        self._backdrops = (*measured.grounds, *measured.skies)

    def __len__(self) -> int:
        return len(self._states)

    def describe(self) -> dict[str, Any]:
        """Return the set and its seeds; real pictures are those of the scenes."""
        return self._scenes.describe() | {"data": "random ellipses", "set": "objects"}

    def case(self, index: int) -> Case:
        """Return one layout; its objects are the segments, ground and sky are in the prompt only."""
        state = self._states[index]
        request = build_request(state, self._checkpoint)
        classes = tuple(self._segmenter.class_id(segment.label) for segment in request.segments)
        text = compose(request.prompt, [segment.label for segment in request.segments]).text
        behind = {self._segmenter.class_id(phrase) for phrase in self._backdrops if mentions(text, phrase)}
        return Case(
            name=f"objects-{state.settings.seed}",
            request=request,
            classes=classes,
            things=(True,) * len(classes),
            named=tuple(sorted({*classes, *behind})),
        )

    def references(self) -> Iterator[Picture]:
        """Return real scenes."""
        return self._scenes.references()


def _class_of(segmenter: Measurer, phrase: str) -> int | None:
    try:
        return segmenter.class_id(phrase)
    except UserError:
        return None
