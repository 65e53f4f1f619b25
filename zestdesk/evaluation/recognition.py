"""What the bundled model can do by itself: ``python -m zestdesk.evaluation.recognition``.

Pictures are drawn without guidance from prompts of one, two and three objects in combinations that no training was told
to make. The segmenter says which objects are there (recall), whether they have the colour that was asked for, and
whether ground, sky and scenery are the right ones; where an object is there, the attention read on the way is compared
with it (pointing game of Zhang et al. 2018, and IoU).
"""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import numpy as np
import typer
from PIL import Image
from rich import box
from rich.console import Console
from rich.progress import track
from rich.table import Table

from zestdesk.errors import UserError
from zestdesk.evaluation.metrics import masks_iou
from zestdesk.files.atomic import require_targets, write_atomically
from zestdesk.files.images import encode_png
from zestdesk.guidance.checkpoints import open_checkpoint
from zestdesk.guidance.request import GenerationRequest, GenerationResult, Picture, Segment
from zestdesk.guidance.vocabulary import read_vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zestdesk.diorama.vocabulary import Vocabulary
    from zestdesk.evaluation.colours import ColourReader
    from zestdesk.evaluation.segmenter import Segmenter

__all__ = ["ObjectScore", "StuffScore", "Trial", "draw_trials", "score", "score_stuff", "summary"]

UNSEEN_SEED: Final = 8_100_000
LEAST_SHARE: Final = 0.015
"""Share of the picture from which an object counts as there."""

_MOST_OBJECTS: Final = 3
_COLOUR_SHARE: Final = 0.75
_SCENERY_SHARE: Final = 0.33
_FIGURES: Final = {
    "recall": "recall",
    "colour": "colour",
    "stuff": "stuff",
    "pointing": "pointing",
    "attention_iou": "attention IoU",
}
_GOALS: Final = "goals: recall 0.95 / 0.9 / 0.8, colour 0.9, pointing 0.9, IoU 0.65"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One prompt.

    Attributes:
        objects: phrases of its objects.
        stuff: phrases of ground, sky and scenery, by kind.
        seed: of the picture's noise.
    """

    objects: tuple[str, ...]
    stuff: dict[str, str]
    seed: int

    @property
    def prompt(self) -> str:
        """The words as a sentence."""
        listed = " and ".join(filter(None, (", ".join(self.objects[:-1]), self.objects[-1])))
        far = f" in front of {self.stuff['scenery']}" if "scenery" in self.stuff else ""
        return f"{listed} on {self.stuff['ground']}{far} under {self.stuff['sky']}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectScore:
    """One object of one prompt.

    Attributes:
        label: its phrase.
        count: how many objects the prompt has.
        there: whether the segmenter finds it.
        coloured: whether it has the colour asked for; None when none was, or when it is not there.
        pointed: whether the attention's maximum lies on it; None when it is not there.
        iou: of attention and object; None when it is not there.
    """

    label: str
    count: int
    there: bool
    coloured: bool | None = None
    pointed: bool | None = None
    iou: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StuffScore:
    """Ground, sky or scenery of one prompt.

    Attributes:
        label: its phrase.
        count: how many objects the prompt has.
        right: whether more of the picture shows it than any other of its kind.
    """

    label: str
    count: int
    right: bool


def draw_trials(world: "Vocabulary", count: int, seed: int) -> list[Trial]:
    """Draw prompts of one, two and three objects in turn; objects differ within each.

    Args:
        world: the part of the toy world that the model knows and the segmenter can measure.
        count: how many.
        seed: of the first; the others follow it.
    """
    from zestdesk.diorama.vocabulary import with_article

    trials = []
    for number in range(count):
        rng = np.random.default_rng(seed + number)
        picked = rng.choice(len(world.objects), size=1 + number % _MOST_OBJECTS, replace=False)
        phrases = []
        for thing in picked:
            row = world.objects[thing]
            takes = row.natural_colour and rng.uniform() < _COLOUR_SHARE
            colour = world.colours[int(rng.integers(len(world.colours)))].name
            phrases.append(with_article(f"{colour} {row.noun}") if takes else row.phrase)
        stuff = {
            "ground": world.grounds[int(rng.integers(len(world.grounds)))].phrase,
            "sky": world.skies[int(rng.integers(len(world.skies)))].phrase,
        }
        if world.scenery and rng.uniform() < _SCENERY_SHARE:
            stuff["scenery"] = world.scenery[int(rng.integers(len(world.scenery)))].phrase
        trials.append(Trial(objects=tuple(phrases), stuff=stuff, seed=seed + number))
    return trials


def score(
    result: GenerationResult, labels: "NDArray[np.int64]", segmenter: "Segmenter", colours: "ColourReader | None" = None
) -> list[ObjectScore]:
    """Judge a finished picture, object by object.

    The attention is the mean over all steps of the extracted masks, each divided by its maximum, enlarged bilinearly.
    What counts as inside is what does for the fit score.

    Args:
        result: whose segments are the prompt's objects.
        labels: the segmenter's classes of its pixels, shape (height, width).
        segmenter: knows the classes' numbers.
        colours: reads colours; without it they are not judged.
    """
    from zestdesk.guidance.loss import FIT_THRESHOLD  # which imports torch

    height, width = labels.shape
    count = len(result.request.segments)
    scores = []
    for index, segment in enumerate(result.request.segments):
        shown: NDArray[np.bool_] = labels == segmenter.class_id(segment.label)
        if shown.mean() < LEAST_SHARE:
            scores.append(ObjectScore(label=segment.label, count=count, there=False))
            continue
        mean = result.masks[:, index].astype(np.float32).mean(axis=0)
        map_ = np.asarray(Image.fromarray(mean).resize((width, height), Image.Resampling.BILINEAR))
        peak = np.unravel_index(int(map_.argmax()), map_.shape)
        iou = masks_iou(map_ >= FIT_THRESHOLD * map_.max(), shown)
        asked = colours.colour_of(segment.label) if colours else None
        coloured = colours.read(segment.label, result.picture, shown) == asked if colours and asked else None
        scores.append(
            ObjectScore(
                label=segment.label, count=count, there=True, coloured=coloured, pointed=bool(shown[peak]), iou=iou
            )
        )
    return scores


def score_stuff(
    trial: Trial, labels: "NDArray[np.int64]", segmenter: "Segmenter", world: "Vocabulary"
) -> list[StuffScore]:
    """Judge ground, sky and scenery: of each kind, what covers most must be what the prompt names."""
    kinds = {"ground": world.grounds, "sky": world.skies, "scenery": world.scenery}
    counts = np.bincount(labels.ravel(), minlength=len(segmenter.names))
    scores = []
    for kind, phrase in trial.stuff.items():
        covered = {row.phrase: int(counts[segmenter.class_id(row.phrase)]) for row in kinds[kind]}
        most = max(covered, key=lambda name: covered[name])
        scores.append(StuffScore(label=phrase, count=len(trial.objects), right=covered[most] > 0 and most == phrase))
    return scores


def summary(objects: Iterable[ObjectScore], stuff: Iterable[StuffScore] = ()) -> dict[str, float]:
    """Return recall over all objects; colour, pointing game and IoU over those that are there; stuff accuracy.

    What nothing was asked of has no figure.
    """
    scores = list(objects)
    parts = {
        "recall": [float(item.there) for item in scores],
        "colour": [float(item.coloured) for item in scores if item.coloured is not None],
        "stuff": [float(item.right) for item in stuff],
        "pointing": [float(item.pointed) for item in scores if item.pointed is not None],
        "attention_iou": [item.iou for item in scores if item.iou is not None],
    }
    means = {name: float(np.mean(values)) for name, values in parts.items() if values}
    return {"objects": len(scores), "coloured": len(parts["colour"]), **means}


def _by_count(objects: Sequence[ObjectScore], stuff: Sequence[StuffScore]) -> dict[str, dict[str, float]]:
    """Return the figures for prompts with one, two and three objects apart, and for all."""
    rows = {
        str(count): summary(
            [item for item in objects if item.count == count], [item for item in stuff if item.count == count]
        )
        for count in sorted({item.count for item in objects})
    }
    return {**rows, "all": summary(objects, stuff)}


def _missed(objects: Sequence[ObjectScore]) -> dict[str, int]:
    """Return how often each object that was asked for was not there, most often first."""
    found: dict[str, int] = {}
    for item in objects:
        if not item.there:
            found[item.label] = found.get(item.label, 0) + 1
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _table(rows: dict[str, dict[str, float]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, caption=_GOALS)
    table.add_column("objects a prompt")
    for head in ("objects", *_FIGURES.values()):
        table.add_column(head, justify="right")
    for count, row in rows.items():
        figures = (f"{row[name]:.3f}" if name in row else "-" for name in _FIGURES)
        table.add_row(count, str(row["objects"]), *figures)
    return table


def _request(trial: Trial, model: str, device: str, steps: int, size: tuple[int, int]) -> GenerationRequest:
    """Return a request that only reads attention: its masks, strips beside each other, steer nothing."""
    width, height = size
    edges = np.linspace(0, width, len(trial.objects) + 1).astype(int)
    masks = np.zeros((len(trial.objects), height, width), np.float32)
    for index in range(len(trial.objects)):
        masks[index, :, edges[index] : edges[index + 1]] = 1
    return GenerationRequest(
        prompt=trial.prompt,
        width=width,
        height=height,
        segments=tuple(Segment(label=label, mask=mask) for label, mask in zip(trial.objects, masks, strict=True)),
        steps=steps,
        eta=0.0,
        seed=trial.seed,
        model=model,
        device=device,
    )


def _sheet(pictures: Sequence[Picture], columns: int = 8) -> Image.Image:
    height, width, _ = pictures[0].shape
    sheet = Image.new("RGB", (columns * width, -(-len(pictures) // columns) * height), "white")
    for index, picture in enumerate(pictures):
        sheet.paste(Image.fromarray(picture), (index % columns * width, index // columns * height))
    return sheet


def measure(
    prompts: Annotated[int, typer.Option(min=1, help="How many prompts.")] = 64,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the first.")] = UNSEEN_SEED,
    steps: Annotated[int, typer.Option(help="Denoising steps.")] = 25,
    model: Annotated[str, typer.Option(help="diorama, or a folder with a vocabulary.json.")] = "diorama",
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    segmenter: Annotated[Path | None, typer.Option(help="Its folder; resources/models/segmenter.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write the figures to this JSON file.")] = None,
    sheet: Annotated[Path | None, typer.Option(help="Write all pictures, uncurated, to this PNG.")] = None,
) -> None:
    """Measure what the model draws, and how well attention finds it, without guidance."""
    require_targets({"--report": report, "--sheet": sheet})
    from zestdesk.diorama.vocabulary import Vocabulary
    from zestdesk.evaluation.colours import ColourReader
    from zestdesk.evaluation.scenes import known_world
    from zestdesk.evaluation.segmenter import Segmenter
    from zestdesk.guidance.models import load
    from zestdesk.guidance.sampler import generate

    checkpoint, measurer = open_checkpoint(model), Segmenter.load(segmenter)
    world = known_world(Vocabulary.load(), read_vocabulary(checkpoint.folder), measurer)
    colours, loaded = ColourReader(world), load(checkpoint, device)
    objects: list[ObjectScore] = []
    stuff: list[StuffScore] = []
    pictures, seconds = [], []
    trials = draw_trials(world, prompts, seed)
    for trial in track(trials, "Pictures", console=Console(stderr=True)):
        result = generate(_request(trial, model, device, steps, checkpoint.native_size), loaded)
        labels = measurer(result.picture[None])[0]
        objects += score(result, labels, measurer, colours)
        stuff += score_stuff(trial, labels, measurer, world)
        pictures.append(result.picture)
        seconds.append(result.seconds)
    rows = _by_count(objects, stuff)
    Console().print(_table(rows))
    if report:
        figures: dict[str, Any] = {
            "prompts": prompts,
            "seed": seed,
            "steps": steps,
            "seconds_per_picture": float(np.median(seconds)),
            "figures": rows,
            "missed": _missed(objects),
        }
        write_atomically(report, (json.dumps(figures, indent=1) + "\n").encode())
    if sheet:
        write_atomically(sheet, encode_png(np.asarray(_sheet(pictures))))


if __name__ == "__main__":
    try:
        typer.run(measure)
    except UserError as problem:
        typer.echo(f"recognition: {problem}", err=True)
        sys.exit(2)
