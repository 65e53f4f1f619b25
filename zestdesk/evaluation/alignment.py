"""Guidance against none: the same layouts and seeds, drawn twice and measured with the segmenter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from zestdesk.document.layout import LayoutState
from zestdesk.evaluation.metrics import bootstrap_interval, class_iou
from zestdesk.guidance.checkpoints import Checkpoint
from zestdesk.guidance.request import GenerationRequest, GenerationResult, Picture
from zestdesk.session.requests import build_request

if TYPE_CHECKING:
    from zestdesk.evaluation.segmenter import Segmenter
    from zestdesk.guidance.models import Model

__all__ = ["Comparison", "compare", "pair_sheet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One layout drawn without and with guidance.

    Attributes:
        state: the layout.
        plain: result with eta 0.
        guided: result with the layout's own eta.
        plain_iou: IoU per layer of the unguided picture.
        guided_iou: likewise of the guided one.
    """

    state: LayoutState
    plain: GenerationResult
    guided: GenerationResult
    plain_iou: tuple[float, ...]
    guided_iou: tuple[float, ...]


def _ious(segmenter: "Segmenter", request: GenerationRequest, picture: Picture) -> tuple[float, ...]:
    labels = segmenter(picture[None])[0]
    return tuple(class_iou(labels, item.mask, segmenter.class_id(item.label)) for item in request.segments)


def compare(
    states: Sequence[LayoutState],
    checkpoint: Checkpoint,
    model: "Model",
    segmenter: "Segmenter",
    on_picture: Callable[[], None] = lambda: None,
) -> list[Comparison]:
    """Draw every layout twice with the same seed, first with eta 0, and measure both pictures.

    Args:
        states: layouts whose labels are classes of the segmenter.
        checkpoint: what ``model`` was loaded from.
        model: the loaded model.
        segmenter: measures which pixels show which class.
        on_picture: called after each of the 2 x len(states) pictures.
    """
    from zestdesk.guidance.sampler import generate

    rows = []
    for state in states:
        request = build_request(state, checkpoint)
        plain = generate(replace(request, eta=0.0), model)
        on_picture()
        guided = generate(request, model)
        on_picture()
        rows.append(
            Comparison(
                state=state,
                plain=plain,
                guided=guided,
                plain_iou=_ious(segmenter, request, plain.picture),
                guided_iou=_ious(segmenter, request, guided.picture),
            )
        )
    return rows


def summary(rows: Sequence[Comparison]) -> dict[str, Any]:
    """Return mean IoU over all objects of all layouts for both methods, with 95 % intervals, and their ratio."""
    figures: dict[str, Any] = {"layouts": len(rows), "objects": sum(len(row.plain_iou) for row in rows)}
    for name in ("plain", "guided"):
        values = np.array([iou for row in rows for iou in getattr(row, f"{name}_iou")])
        seconds = float(np.mean([getattr(row, name).seconds for row in rows]))
        figures[name] = {"miou": float(values.mean()), "interval": bootstrap_interval(values), "seconds": seconds}
    figures["ratio"] = figures["guided"]["miou"] / max(figures["plain"]["miou"], 1e-9)
    return figures


def pair_sheet(rows: Sequence[Comparison], columns: int = 2) -> Image.Image:
    """Draw layout, unguided and guided picture side by side, ``columns`` triples a row."""
    side = 192
    tiles = []
    for row in rows:
        plan = np.full((row.guided.request.height, row.guided.request.width, 3), 246, np.uint8)
        for segment, layer in zip(row.guided.request.segments, row.state.layers, strict=True):
            colour = np.array([int(layer.colour[i : i + 2], 16) for i in (1, 3, 5)])
            plan[segment.mask >= 0.5] = colour
        tiles.append([Image.fromarray(array) for array in (plan, row.plain.picture, row.guided.picture)])
    gap = 8
    width = columns * (3 * side + 2 * gap) + (columns + 1) * 3 * gap
    lines = -(-len(tiles) // columns)
    sheet = Image.new("RGB", (width, lines * (side + 2 * gap) + 2 * gap), "white")
    for index, triple in enumerate(tiles):
        left = 3 * gap + (index % columns) * (3 * side + 5 * gap)
        top = 2 * gap + (index // columns) * (side + 2 * gap)
        for place, tile in enumerate(triple):
            sheet.paste(tile.resize((side, side), Image.Resampling.LANCZOS), (left + place * (side + gap), top))
    return sheet
