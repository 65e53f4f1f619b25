"""The ``evaluate`` command."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Self

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from zestdesk.document.settings import Settings
from zestdesk.errors import UserError
from zestdesk.evaluation.cases import SETS
from zestdesk.evaluation.variants import DEFAULT_METHODS, parse_methods
from zestdesk.files.atomic import require_folder, require_targets, write_atomically

if TYPE_CHECKING:
    from zestdesk.evaluation.cases import Data
    from zestdesk.evaluation.segmenter import Segmenter
    from zestdesk.guidance.checkpoints import Checkpoint

__all__ = ["evaluate"]

FRESH_SEED: Final = 7_300_000
"""First seed of the layouts whose figures are published; nothing was tuned on them."""

_PIPE_WIDTH: Final = 200


def evaluate(
    layouts: Annotated[int, typer.Option(min=1, help="How many layouts to draw.")] = 20,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the first layout.")] = FRESH_SEED,
    kind: Annotated[
        str,
        typer.Option(
            "--set",
            help="all: every segment of a scene; filtered: those of 5 % and more; few: one to three of these; objects: "
            "two or three ellipses on an empty canvas.",
        ),
    ] = "few",
    methods: Annotated[str, typer.Option(help="Which to compare, with commas between them, or all.")] = ",".join(
        DEFAULT_METHODS
    ),
    variant: Annotated[
        list[str] | None,
        typer.Option(
            help="A method with settings of its own, such as “strong: eta=2, tau=0.25, pww=0.4, loss=balanced”. "
            "May be given again and again."
        ),
    ] = None,
    steps: Annotated[int, typer.Option(help="Denoising steps.")] = 50,
    cfg: Annotated[float, typer.Option(help="Scale of classifier-free guidance.")] = 3.0,
    scheduler: Annotated[str, typer.Option(help="For example ddim, euler or dpm++.")] = "ddim",
    model: Annotated[str, typer.Option(help="diorama, or a folder with a vocabulary.json.")] = "diorama",
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    work: Annotated[
        Path | None,
        typer.Option(help="Keep every picture and its figures in this folder; the same command goes on from there."),
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Write all figures and settings to this JSON file.")] = None,
    sheet: Annotated[Path | None, typer.Option(help="Write layouts and pictures side by side to this PNG.")] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write the table to this file, as Markdown.")] = None,
    *,
    keep_pictures: Annotated[
        bool,
        typer.Option(
            "--keep-pictures", help="Take the work folder's pictures although the program's code has changed since."
        ),
    ] = False,
) -> None:
    """Measure how well pictures follow their layouts, method by method, over the same layouts and seeds."""
    require_targets({"--report": report, "--sheet": sheet, "--markdown": markdown})
    require_folder("--work", work)
    if kind not in SETS:
        raise UserError(f"There is no set “{kind}”; choose one of {', '.join(SETS)}.", "--set")
    chosen = parse_methods(methods, variant or [])
    settings = Settings(model=model, steps=steps, guidance_scale=cfg, scheduler=scheduler)
    from zestdesk.guidance.checkpoints import open_checkpoint

    checkpoint = open_checkpoint(model)
    data, segmenter = _data(checkpoint, kind, layouts, seed, settings)

    from zestdesk.evaluation.report import build_report, summary_line, terminal_table
    from zestdesk.evaluation.report import markdown as as_markdown
    from zestdesk.evaluation.run import draw_all, reference_features
    from zestdesk.evaluation.sheet import method_sheet
    from zestdesk.evaluation.work import WorkFolder, checkpoint_mark, fingerprint
    from zestdesk.files.images import encode_png
    from zestdesk.guidance.models import load

    loaded = load(checkpoint, device)
    with _folder(work) as folder:
        drawing = fingerprint(checkpoint_mark(checkpoint), loaded.device.type, str(loaded.dtype))
        store = WorkFolder(folder, drawing, segmenter.mark, any_code=keep_pictures)
        console = Console(stderr=True)
        try:
            with _Bar(console, len(data) * len(chosen)) as bar:
                outcome = draw_all(data, chosen, loaded, segmenter, store, None, bar)
                bar.say("Real pictures")
                references = reference_features(data, segmenter, store)
        except KeyboardInterrupt:
            if work:
                console.print("Stopped. The same command goes on from here.")
            raise
        for why, number in store.set_aside.items():
            console.print(f"{number} pictures of the work folder were {why}; they were made anew.")
        figures = build_report(
            outcome,
            chosen,
            segmenter.names,
            references,
            {"model": model, "device": str(loaded.device), "steps": steps, "guidance_scale": cfg}
            | {"scheduler": scheduler, "data": data.describe()},
        )
        if sheet:
            pixels = method_sheet(data, chosen, store, real=bool(outcome.real))
            write_atomically(sheet, encode_png(pixels))
    output = Console(highlight=False, markup=False)
    if not output.is_terminal:  # a file or a pipe has no width that anything must fit into
        output.width = _PIPE_WIDTH
    output.print(terminal_table(figures, output.width))
    output.print(summary_line(figures))
    if report:
        write_atomically(report, (json.dumps(figures, indent=1, ensure_ascii=False) + "\n").encode())
    if markdown:
        write_atomically(markdown, as_markdown(figures).encode())


def _data(
    checkpoint: "Checkpoint", kind: str, layouts: int, seed: int, settings: Settings
) -> tuple["Data", "Segmenter"]:
    """Return the layouts, and the segmenter that measures them."""
    from zestdesk.evaluation.layouts import RandomLayouts
    from zestdesk.evaluation.scenes import SceneLayouts
    from zestdesk.evaluation.segmenter import Segmenter
    from zestdesk.guidance.vocabulary import read_vocabulary

    words, segmenter = read_vocabulary(checkpoint.folder), Segmenter.load()
    scenes = "few" if kind == "objects" else kind
    data = SceneLayouts(checkpoint, words, segmenter, scenes, layouts, seed, settings)
    if kind == "objects":
        return RandomLayouts(checkpoint, words, segmenter, layouts, seed, settings, data), segmenter
    return data, segmenter


@contextmanager
def _folder(work: Path | None) -> Iterator[Path]:
    """Give the work folder, or one that goes away in the end."""
    if work is not None:
        yield work
        return
    with tempfile.TemporaryDirectory(prefix="zestdesk-evaluate-") as folder:
        yield Path(folder)


class _Bar:
    """Shows how far the run is, and the time left by the pictures that were drawn, not found."""

    def __init__(self, console: Console, pictures: int) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=console, disable=not console.is_terminal)
        self._total = pictures
        self._task = self._progress.add_task("Pictures", total=pictures)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self._progress.stop()

    def say(self, text: str) -> None:
        """Show what is going on."""
        self._progress.update(self._task, description=text)

    def drawing(self, case: str, method: str) -> None:
        """Show what is being drawn."""
        self.say(f"{case}, {method}")

    def drawn(self) -> None:
        """Count a picture."""
        self._progress.advance(self._task)

    def spared(self, pictures: int) -> None:
        """Leave out pictures that are there already, so that they do not count as speed."""
        self._total -= pictures
        self._progress.update(self._task, total=self._total)
