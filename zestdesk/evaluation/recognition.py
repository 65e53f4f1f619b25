"""What the bundled model can do by itself: ``python -m zestdesk.evaluation.recognition``.

Pictures are drawn without guidance from prompts of two or three objects. The segmenter says which objects are there
(recall); where one is, the attention read on the way is compared with it (pointing game of Zhang et al. 2018, and IoU).
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from PIL import Image
from rich.console import Console
from rich.progress import track

from zestdesk.document.layout import LayoutState
from zestdesk.document.settings import Settings
from zestdesk.errors import UserError
from zestdesk.evaluation.layouts import random_layouts
from zestdesk.evaluation.metrics import masks_iou
from zestdesk.files.atomic import require_targets, write_atomically
from zestdesk.files.images import encode_png
from zestdesk.guidance.checkpoints import Checkpoint, open_checkpoint
from zestdesk.guidance.request import GenerationResult, Picture
from zestdesk.guidance.vocabulary import read_vocabulary
from zestdesk.session.requests import build_request

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zestdesk.evaluation.segmenter import Segmenter
    from zestdesk.guidance.models import Model

__all__ = ["ObjectScore", "score", "summary"]

UNSEEN_SEED = 8_100_000
LEAST_SHARE = 0.015
"""Share of the picture from which an object counts as there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectScore:
    """One object of one prompt.

    Attributes:
        label: its phrase.
        there: whether the segmenter finds it.
        pointed: whether the attention's maximum lies on it; None when it is not there.
        iou: of attention and object; None when it is not there.
    """

    label: str
    there: bool
    pointed: bool | None = None
    iou: float | None = None


def score(result: GenerationResult, segmenter: "Segmenter") -> list[ObjectScore]:
    """Judge a finished picture, object by object.

    The attention is the mean over all steps of the extracted masks, each divided by its maximum, enlarged bilinearly.
    What counts as inside is what does for the fit score.
    """
    from zestdesk.guidance.loss import FIT_THRESHOLD  # which imports torch

    labels = segmenter(result.picture[None])[0]
    height, width = labels.shape
    scores = []
    for index, segment in enumerate(result.request.segments):
        shown: NDArray[np.bool_] = labels == segmenter.class_id(segment.label)
        if shown.mean() < LEAST_SHARE:
            scores.append(ObjectScore(label=segment.label, there=False))
            continue
        mean = result.masks[:, index].astype(np.float32).mean(axis=0)
        map_ = np.asarray(Image.fromarray(mean).resize((width, height), Image.Resampling.BILINEAR))
        peak = np.unravel_index(int(map_.argmax()), map_.shape)
        iou = masks_iou(map_ >= FIT_THRESHOLD * map_.max(), shown)
        scores.append(ObjectScore(label=segment.label, there=True, pointed=bool(shown[peak]), iou=iou))
    return scores


def summary(scores: Sequence[ObjectScore]) -> dict[str, float]:
    """Return recall over all objects, and pointing game and IoU over those that are there."""
    there = [item for item in scores if item.there]
    return {
        "objects": len(scores),
        "recall": len(there) / max(len(scores), 1),
        "pointing": float(np.mean([item.pointed for item in there])) if there else 0.0,
        "attention_iou": float(np.mean([item.iou for item in there])) if there else 0.0,
    }


def _draw(state: LayoutState, checkpoint: Checkpoint, model: "Model") -> GenerationResult:
    from zestdesk.guidance.sampler import generate

    return generate(replace(build_request(state, checkpoint), eta=0.0), model)


def _sheet(pictures: Sequence[Picture], columns: int = 8) -> Image.Image:
    height, width, _ = pictures[0].shape
    sheet = Image.new("RGB", (columns * width, -(-len(pictures) // columns) * height), "white")
    for index, picture in enumerate(pictures):
        sheet.paste(Image.fromarray(picture), (index % columns * width, index // columns * height))
    return sheet


def measure(
    prompts: Annotated[int, typer.Option(min=1, help="How many prompts.")] = 32,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the first.")] = UNSEEN_SEED,
    steps: Annotated[int, typer.Option(help="Denoising steps.")] = 25,
    model: Annotated[str, typer.Option(help="diorama, or a folder with a vocabulary.json.")] = "diorama",
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    report: Annotated[Path | None, typer.Option(help="Write the figures to this JSON file.")] = None,
    sheet: Annotated[Path | None, typer.Option(help="Write all pictures, uncurated, to this PNG.")] = None,
) -> None:
    """Measure recall of objects and how well attention finds them, without guidance."""
    require_targets({"--report": report, "--sheet": sheet})
    from zestdesk.evaluation.segmenter import Segmenter
    from zestdesk.guidance.models import load

    checkpoint = open_checkpoint(model)
    states = random_layouts(read_vocabulary(checkpoint.folder), prompts, seed, Settings(model=model, steps=steps))
    loaded, segmenter = load(checkpoint, device), Segmenter.load()
    scores, pictures = [], []
    for state in track(states, "Pictures", console=Console(stderr=True)):
        result = _draw(state, checkpoint, loaded)
        scores += score(result, segmenter)
        pictures.append(result.picture)
    figures = summary(scores)
    Console().print("  ".join(f"{name} {value:.3f}" for name, value in figures.items()))
    if report:
        write_atomically(report, (json.dumps(figures, indent=1) + "\n").encode())
    if sheet:
        write_atomically(sheet, encode_png(np.asarray(_sheet(pictures))))


if __name__ == "__main__":
    try:
        typer.run(measure)
    except UserError as problem:
        typer.echo(f"recognition: {problem}", err=True)
        sys.exit(2)
