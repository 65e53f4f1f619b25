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
    from zestdesk.evaluation.cases import Data, Measurer
    from zestdesk.evaluation.foreign import ClipScore
    from zestdesk.guidance.checkpoints import Checkpoint

__all__ = ["evaluate"]

FRESH_SEED: Final = 7_300_000
"""First seed of the layouts whose figures are published; nothing was tuned on them."""

_PIPE_WIDTH: Final = 200

_COCO: Final = (
    "A COCO-Stuff folder in place of toy scenes: labels/NAME.png (as stuffthingmaps: grey or indexed, a pixel is its "
    "class minus one, 255 unlabelled), labels.txt (COCO-Stuff's list, “1: person” on a line), captions.json (COCO's "
    "captions file, or {NAME: caption}) and, if you have them, the pictures as images/NAME.jpg or .png."
)


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
    model: Annotated[
        str, typer.Option(help="diorama, a folder with a vocabulary.json, or with --coco any model.")
    ] = "diorama",
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    coco: Annotated[Path | None, typer.Option(help=_COCO)] = None,
    segmenter: Annotated[
        str | None,
        typer.Option(
            help="What measures on COCO-Stuff: a folder or hub id of a semantic segmentation model of transformers, in "
            "safetensors, with the classes' names in its configuration."
        ),
    ] = None,
    clip: Annotated[
        Path | None, typer.Option(help="The folder of a CLIP model of transformers: measures text against picture.")
    ] = None,
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
    data, measurer = _data(checkpoint, kind, layouts, seed, settings, coco, segmenter, device)

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
        text_image = None if clip is None else _clip(clip, device)
        measuring = fingerprint(measurer.mark, None if text_image is None else text_image.mark)
        store = WorkFolder(folder, drawing, measuring, any_code=keep_pictures)
        console = Console(stderr=True)
        try:
            with _Bar(console, len(data) * len(chosen)) as bar:
                outcome = draw_all(data, chosen, loaded, measurer, store, text_image, bar)
                bar.say("Real pictures")
                references = reference_features(data, measurer, store)
        except KeyboardInterrupt:
            if work:
                console.print("Stopped. The same command goes on from here.")
            raise
        for why, number in store.set_aside.items():
            console.print(f"{number} pictures of the work folder were {why}; they were made anew.")
        figures = build_report(
            outcome,
            chosen,
            measurer.names,
            references,
            {
                "model": model,
                "device": str(loaded.device),
                "dtype": str(loaded.dtype).removeprefix("torch."),
                "steps": steps,
                "guidance_scale": cfg,
                "scheduler": scheduler,
                "segmenter": segmenter or "the bundled one",
                "clip": None if clip is None else clip.name,
                "data": data.describe(),
            },
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
    checkpoint: "Checkpoint",
    kind: str,
    layouts: int,
    seed: int,
    settings: Settings,
    coco: Path | None,
    segmenter: str | None,
    device: str,
) -> tuple["Data", "Measurer"]:
    """Return the layouts, and the segmenter that measures them."""
    if (coco is None) != (segmenter is None):
        raise UserError("A COCO-Stuff folder and a segmenter for it belong together; give both.", "--coco, --segmenter")
    if coco is not None and segmenter is not None:
        if kind == "objects":
            raise UserError("This set has no label maps; choose all, filtered or few for COCO-Stuff.", "--set")
        from zestdesk.evaluation.coco import CocoLayouts
        from zestdesk.evaluation.foreign import ForeignSegmenter
        from zestdesk.guidance.models import pick_device

        foreign = ForeignSegmenter(segmenter, pick_device(device))
        return CocoLayouts(coco, checkpoint, foreign, kind, layouts, seed, settings), foreign
    from zestdesk.evaluation.layouts import RandomLayouts
    from zestdesk.evaluation.scenes import SceneLayouts
    from zestdesk.evaluation.segmenter import Segmenter
    from zestdesk.guidance.vocabulary import read_vocabulary

    words, own = read_vocabulary(checkpoint.folder), Segmenter.load()
    scenes = SceneLayouts(checkpoint, words, own, "few" if kind == "objects" else kind, layouts, seed, settings)
    if kind == "objects":
        return RandomLayouts(checkpoint, words, own, layouts, seed, settings, scenes), own
    return scenes, own


def _clip(folder: Path, device: str) -> "ClipScore":
    from zestdesk.evaluation.foreign import ClipScore
    from zestdesk.guidance.models import pick_device

    return ClipScore(folder, pick_device(device))


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
