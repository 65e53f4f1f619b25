"""An evaluation from its settings to its files and tables."""

import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from zestdesk.document.settings import Settings
from zestdesk.evaluation.cases import Data, Measurer
from zestdesk.evaluation.measure import TextImage
from zestdesk.evaluation.methods import Method
from zestdesk.evaluation.report import build_report, markdown_table, summary_line, terminal_table
from zestdesk.evaluation.run import draw_all, reference_features
from zestdesk.evaluation.sheet import method_sheet
from zestdesk.evaluation.work import WorkFolder, checkpoint_mark, fingerprint
from zestdesk.files.atomic import write_atomically
from zestdesk.files.images import encode_png
from zestdesk.guidance.checkpoints import Checkpoint, open_checkpoint
from zestdesk.guidance.models import Model, load, pick_device

__all__ = ["Order", "carry_out"]

_PIPE_WIDTH: Final = 200
_LINES: Final = 20
"""So many times a run without a terminal says where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be measured.

    Attributes:
        kind: one of :data:`zestdesk.evaluation.cases.SETS`.
        layouts: how many.
        seed: of the first.
        methods: to compare.
        settings: how to sample.
        device: ``"auto"``, ``"cpu"`` or ``"cuda"``.
        coco: a COCO-Stuff folder in place of toy scenes.
        segmenter: a folder or hub id of a model of transformers that measures on COCO-Stuff.
        clip: folder of a CLIP model.
        work: where pictures and figures are kept.
        keep_pictures: whether pictures of other versions of the program count.
    """

    kind: str
    layouts: int
    seed: int
    methods: Sequence[Method]
    settings: Settings
    device: str
    coco: Path | None
    segmenter: str | None
    clip: Path | None
    work: Path | None
    keep_pictures: bool

    def as_json(self, model: Model, data: Data) -> dict[str, Any]:
        """Return all that decides the figures, besides the methods' own settings."""
        return {
            "model": self.settings.model,
            "device": str(model.device),
            "dtype": str(model.dtype).removeprefix("torch."),
            "steps": self.settings.steps,
            "guidance_scale": self.settings.guidance_scale,
            "scheduler": self.settings.scheduler,
            "segmenter": self.segmenter or "the bundled one",
            "clip": None if self.clip is None else self.clip.name,
            "data": data.describe(),
        }


def carry_out(order: Order, *, report: Path | None, sheet: Path | None, markdown: Path | None) -> None:
    """Draw, measure and tell.

    Args:
        order: what.
        report: JSON file to write.
        sheet: PNG to write.
        markdown: table to write.

    Raises:
        UserError: for anything that the caller can mend.
    """
    checkpoint = open_checkpoint(order.settings.model)
    data, segmenter = _data(order, checkpoint)
    text_image = _clip(order)
    model = load(checkpoint, order.device)
    console = Console(stderr=True, highlight=False)
    with _folder(order.work) as folder:
        drawing = fingerprint(checkpoint_mark(checkpoint), model.device.type, str(model.dtype))
        measuring = fingerprint(segmenter.mark, None if text_image is None else text_image.mark)
        work = WorkFolder(folder, drawing, measuring, any_code=order.keep_pictures)
        try:
            with _Watch(console, len(data) * len(order.methods)) as watch:
                outcome = draw_all(data, order.methods, model, segmenter, work, text_image, watch)
                watch.say("Real pictures…")
                references = reference_features(data, segmenter, work)
        except KeyboardInterrupt:
            if order.work:
                console.print("Stopped. The same command goes on from here.")
            raise
        for why, number in work.set_aside.items():
            console.print(f"Made anew, since those in the work folder were {why}: {number} pictures.")
        figures = build_report(outcome, order.methods, segmenter.names, references, order.as_json(model, data))
        if sheet:
            pixels = method_sheet(data, order.methods, work, real=bool(outcome.real))
            write_atomically(sheet, encode_png(pixels))
    _print(figures)
    if report:
        write_atomically(report, (json.dumps(figures, indent=1, ensure_ascii=False) + "\n").encode())
    if markdown:
        write_atomically(markdown, markdown_table(figures).encode())


def _print(figures: dict[str, Any]) -> None:
    output = Console(highlight=False, markup=False)
    if not output.is_terminal:  # a file or a pipe has no width that anything must fit into
        output.width = _PIPE_WIDTH
    output.print(terminal_table(figures, output.width))
    output.print(summary_line(figures))


def _data(order: Order, checkpoint: Checkpoint) -> tuple[Data, Measurer]:
    """Return the layouts, and the segmenter that measures them."""
    if order.coco is not None and order.segmenter is not None:
        from zestdesk.evaluation.coco import CocoLayouts
        from zestdesk.evaluation.foreign import ForeignSegmenter

        foreign = ForeignSegmenter(order.segmenter, pick_device(order.device))
        return CocoLayouts(
            order.coco, checkpoint, foreign, order.kind, order.layouts, order.seed, order.settings
        ), foreign
    from zestdesk.evaluation.layouts import RandomLayouts
    from zestdesk.evaluation.scenes import SceneLayouts
    from zestdesk.evaluation.segmenter import Segmenter
    from zestdesk.guidance.vocabulary import read_vocabulary

    words, own = read_vocabulary(checkpoint.folder), Segmenter.load()
    kind = "few" if order.kind == "objects" else order.kind
    scenes = SceneLayouts(checkpoint, words, own, kind, order.layouts, order.seed, order.settings)
    if order.kind == "objects":
        return RandomLayouts(checkpoint, words, own, order.layouts, order.seed, order.settings, scenes), own
    return scenes, own


def _clip(order: Order) -> TextImage | None:
    if order.clip is None:
        return None
    from zestdesk.evaluation.foreign import ClipScore

    return ClipScore(order.clip, pick_device(order.device))


@contextmanager
def _folder(work: Path | None) -> Iterator[Path]:
    """Give the work folder, or one that goes away in the end."""
    if work is not None:
        yield work
        return
    with tempfile.TemporaryDirectory(prefix="zestdesk-evaluate-") as folder:
        yield Path(folder)


class _Watch:
    """Shows how far a run is; lines now and then where there is no terminal.

    The time left goes by the pictures that were drawn, not by those that were there.
    """

    def __init__(self, console: Console, pictures: int) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[left]}"),
        )
        self._console = console
        self._progress = Progress(*columns, console=console, disable=not console.is_terminal)
        self._task = self._progress.add_task("Pictures", total=pictures, left="")
        self._total, self._drawn, self._told, self._seconds = pictures, 0, 0, 0.0
        self._since = time.perf_counter()

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self._progress.stop()

    def say(self, text: str) -> None:
        """Show what is going on."""
        self._progress.update(self._task, description=text, left="")

    def drawing(self, case: str, method: str) -> None:
        """Show what is being drawn."""
        self._progress.update(self._task, description=f"{case}, {method}")
        self._since = time.perf_counter()

    def drawn(self) -> None:
        """Count a picture."""
        self._drawn += 1
        self._seconds += time.perf_counter() - self._since
        left = _clock(self._seconds / self._drawn * (self._total - self._drawn))
        self._progress.update(self._task, advance=1, left=left)
        if not self._console.is_terminal and self._drawn * _LINES // max(self._total, 1) > self._told:
            self._told = self._drawn * _LINES // self._total
            self._console.print(f"{self._drawn} of {self._total} pictures, {left}")

    def spared(self, pictures: int) -> None:
        """Leave out pictures that need not be drawn."""
        self._total -= pictures
        self._progress.update(self._task, total=self._total)


def _clock(seconds: float) -> str:
    """Return a time to go: ``"0:42 left"`` or ``"1:02:03 left"``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02} left" if hours else f"{minutes}:{rest:02} left"
