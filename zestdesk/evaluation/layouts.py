"""Layouts drawn at random from a model's vocabulary, for measuring."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from zestdesk.document.layers import PALETTE, ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.document.settings import Settings
from zestdesk.errors import UserError

__all__ = ["Vocabulary", "random_layout", "random_layouts", "read_vocabulary"]

_CANVAS = 512
_MAX_VOCABULARY_BYTES = 4_000_000
_TRIES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The phrases that a model was trained on.

    Attributes:
        objects: per object, the phrases for it ("a cat", or "a red car" and "a blue car").
        grounds: such as "grass".
        skies: such as "a blue sky".
    """

    objects: tuple[tuple[str, ...], ...]
    grounds: tuple[str, ...]
    skies: tuple[str, ...]


def read_vocabulary(folder: Path) -> Vocabulary:
    """Read ``vocabulary.json`` of a model folder.

    Raises:
        UserError: when the file is missing or is not such a vocabulary.
    """
    path = folder / "vocabulary.json"
    try:
        if path.stat().st_size > _MAX_VOCABULARY_BYTES:
            raise UserError("The file is too large for a vocabulary; use a model folder made by ZestDesk.", str(path))
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Vocabulary(
            objects=tuple(tuple(item["phrases"]) for item in data["objects"]),
            grounds=tuple(item["phrase"] for item in data["grounds"]),
            skies=tuple(item["phrase"] for item in data["skies"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            "This is not a vocabulary that layouts can be drawn from; evaluate the bundled model.", str(path)
        ) from error


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


def random_layout(vocabulary: Vocabulary, seed: int, settings: Settings | None = None) -> LayoutState:
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
    vocabulary: Vocabulary, count: int, seed: int, settings: Settings | None = None
) -> list[LayoutState]:
    """Draw ``count`` layouts from consecutive seeds."""
    return [random_layout(vocabulary, seed + index, settings) for index in range(count)]
