"""The ``evaluate`` command."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from zestdesk.document.settings import Settings
from zestdesk.files.atomic import require_targets, write_atomically

__all__ = ["evaluate"]

FRESH_SEED = 7_300_000
"""First seed of the layouts whose figures are published; nothing was tuned on them."""


def evaluate(
    layouts: Annotated[int, typer.Option(min=1, help="How many random layouts to draw.")] = 20,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the first layout.")] = FRESH_SEED,
    steps: Annotated[int, typer.Option(help="Denoising steps.")] = 50,
    eta: Annotated[float, typer.Option(help="Strength of the guidance.")] = 1.0,
    tau: Annotated[float, typer.Option(help="Fraction of the steps that is guided.")] = 0.5,
    cfg: Annotated[float, typer.Option(help="Scale of classifier-free guidance.")] = 3.0,
    model: Annotated[str, typer.Option(help="diorama, or a folder with a vocabulary.json.")] = "diorama",
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    report: Annotated[Path | None, typer.Option(help="Write all figures to this JSON file.")] = None,
    sheet: Annotated[Path | None, typer.Option(help="Write layout, unguided and guided pictures to this PNG.")] = None,
) -> None:
    """Measure how well pictures follow random layouts, without and with guidance, over the same seeds."""
    require_targets({"--report": report, "--sheet": sheet})
    import numpy as np

    from zestdesk.evaluation.alignment import compare, pair_sheet, summary
    from zestdesk.evaluation.layouts import random_layouts
    from zestdesk.evaluation.segmenter import Segmenter
    from zestdesk.files.images import encode_png
    from zestdesk.guidance.checkpoints import open_checkpoint
    from zestdesk.guidance.models import load
    from zestdesk.guidance.vocabulary import read_vocabulary

    settings = Settings(model=model, steps=steps, eta=eta, tau=tau, guidance_scale=cfg)
    checkpoint = open_checkpoint(model)
    states = random_layouts(read_vocabulary(checkpoint.folder), layouts, seed, settings)
    loaded, segmenter = load(checkpoint, device), Segmenter.load()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Pictures", total=2 * layouts)
        rows = compare(states, checkpoint, loaded, segmenter, lambda: progress.advance(task))
    figures = summary(rows)
    _print(figures)
    if report:
        figures["rows"] = [
            {
                "seed": row.state.settings.seed,
                "prompt": row.state.prompt,
                "plain": row.plain_iou,
                "guided": row.guided_iou,
            }
            for row in rows
        ]
        write_atomically(report, (json.dumps(figures, indent=1) + "\n").encode())
    if sheet:
        write_atomically(sheet, encode_png(np.asarray(pair_sheet(rows))))


def _print(figures: dict[str, object]) -> None:
    table = Table("method", "mIoU of the objects", "95 % interval", "seconds a picture")
    for name, title in (("plain", "without guidance"), ("guided", "ZestGuide")):
        row = figures[name]
        assert isinstance(row, dict)  # noqa: S101 - tells the type checker what summary() made
        low, high = row["interval"]
        table.add_row(title, f"{row['miou']:.3f}", f"{low:.3f} to {high:.3f}", f"{row['seconds']:.1f}")
    console = Console()
    console.print(table)
    console.print(f"{figures['objects']} objects in {figures['layouts']} layouts; ratio {figures['ratio']:.2f}")
