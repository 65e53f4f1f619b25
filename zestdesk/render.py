"""The ``render`` command: a layout file in, a picture out, on a machine without a screen."""

import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from zestdesk.document.layout import LayoutState
from zestdesk.errors import UserError
from zestdesk.files.atomic import require_folder, require_targets, write_atomically
from zestdesk.files.load import load_document
from zestdesk.files.png import save_masks, save_picture
from zestdesk.files.project import Run
from zestdesk.files.report import report_dict
from zestdesk.guidance.checkpoints import open_checkpoint
from zestdesk.guidance.request import MAX_PICTURES, GenerationRequest, GenerationResult, StepEvent, following_seeds
from zestdesk.options import GuidanceOptions
from zestdesk.session.requests import build_request, steps_taken

__all__ = ["OPTIONS", "render"]

OPTIONS: Final = {
    "seed": "--seed",
    "steps": "--steps",
    "eta": "--eta",
    "tau": "--tau",
    "guidance_scale": "--cfg",
    "scheduler": "--scheduler",
    "model": "--model",
    **{name: f"--{name.replace('_', '-')}" for name in GuidanceOptions.names()},
}
"""The settings that the command can override, and the option of each."""


def render(
    layout: Path,
    output: Path,
    *,
    overrides: Mapping[str, object],
    device: str = "auto",
    report: Path | None = None,
    masks: Path | None = None,
    pictures: int = 1,
    console: Console | None = None,
) -> tuple[GenerationResult, ...]:
    """Make the picture of a layout file, or several, and write it as PNG, at the size at which it was made.

    Nothing is written before all pictures are finished, and each file appears whole or not at all.

    Args:
        layout: a ``.zest`` project or a layout JSON.
        output: the PNG to write; of several pictures each goes to ``NAME-SEED.png``.
        overrides: settings that replace the file's, by their names in :data:`OPTIONS`; None values are left out.
        device: ``"auto"``, ``"cpu"`` or ``"cuda"``.
        report: a JSON file to write with all figures of the run; of several, a list of them at ``pictures``.
        masks: a folder to write the extracted masks to, made if need be; of several pictures, each to ``SEED`` within.
        pictures: how many, with the layout's seed and those that follow it.
        console: where progress is shown; stderr by default.

    Returns:
        A result for each picture.

    Raises:
        UserError: for anything that the caller can mend.
    """
    console = console or Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    if not 1 <= pictures <= MAX_PICTURES:
        raise UserError(f"{pictures} is out of range; choose 1 to {MAX_PICTURES}.", "--pictures")
    _require_targets(output, report, masks)
    project = load_document(layout)
    with _naming_options(overrides):
        state = _overridden(project.state, overrides)
        seeds = following_seeds(state.settings.seed, pictures)
        outputs = {seed: output if pictures == 1 else output.with_stem(f"{output.stem}-{seed}") for seed in seeds}
        for place in outputs.values():
            require_targets({"--output": place, "--report": report})
        checkpoint = open_checkpoint(state.settings.model)
        request = build_request(state, checkpoint, device)

    with _progress(console) as progress:
        watch = _Watch(progress, steps_taken(state))
        watch.say("Loading the model…")
        # Imported here because it takes seconds: everything that can be wrong with the file was said before.
        from zestdesk.guidance.models import load
        from zestdesk.guidance.sampler import generate_many

        model = load(checkpoint, device)
        watch.say("Making the picture…" if pictures == 1 else "Making the pictures…")
        results = generate_many(request, model, seeds, watch.step, previews=False)

    for (seed, place), result in zip(outputs.items(), results, strict=True):
        own = _overridden(state, {"seed": seed})
        save_picture(place, Run(id=uuid.uuid4().hex, created=datetime.now(UTC), state=own, result=result))
        if masks:
            save_masks(masks if pictures == 1 else masks / str(seed), result)
        console.print(_summary(place, request, result))
    if report:
        figures = [report_dict(result) for result in results]
        text = json.dumps(figures[0] if pictures == 1 else {"pictures": figures}, indent=1, ensure_ascii=False)
        write_atomically(report, (text + "\n").encode())
    return results


def _require_targets(output: Path, report: Path | None, masks: Path | None) -> None:
    """Refuse places that cannot be written to before minutes are spent on a picture."""
    if output.suffix.lower() != ".png":
        raise UserError(f"“{output.name}” is no name for a PNG; let it end in .png.", "--output")
    require_targets({"--output": output, "--report": report})
    require_folder("--masks", masks)


def _overridden(state: LayoutState, overrides: Mapping[str, object]) -> LayoutState:
    given = {name: value for name, value in overrides.items() if value is not None}
    return replace(state, settings=replace(state.settings, **given))  # type: ignore[arg-type]  # checked by Settings


@contextmanager
def _naming_options(overrides: Mapping[str, object]) -> Iterator[None]:
    """Place errors about a setting at the option that gave it, where one did."""
    try:
        yield
    except UserError as error:
        if overrides.get(error.place) is None:
            raise
        raise error.elsewhere(OPTIONS[error.place]) from error


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[loss]}"),
        TextColumn("{task.fields[left]}"),
        console=console,
        disable=not console.is_terminal,
    )


class _Watch:
    """Shows where a run stands; lines instead of a bar where there is no terminal."""

    def __init__(self, progress: Progress, steps: int) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=steps, loss="", left="")

    def say(self, text: str) -> None:
        """Show what is going on."""
        self._progress.update(self._task, description=text)
        if not self._progress.console.is_terminal:
            self._progress.console.print(text)

    def step(self, event: StepEvent) -> None:
        """Show a step."""
        loss = "" if event.loss is None or event.pictures > 1 else f"loss {event.loss:.3f}"
        left = _left(event.seconds_left)
        self._progress.update(self._task, total=event.due, completed=event.taken, loss=loss, left=left)


def _left(seconds: float) -> str:
    """Return a time to go: ``"0:42 left"`` or ``"1:02:03 left"``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02} left" if hours else f"{minutes}:{rest:02} left"


def _summary(output: Path, request: GenerationRequest, result: GenerationResult) -> str:
    text = f"Wrote {output} ({request.width} x {request.height} pixels, {result.seconds:.1f} s on {result.device})."
    if result.savings:
        text += f" Memory was tight, so the run took its time: {result.savings}."
    fits = [f"{segment.label} {fit:.2f}" for segment, fit in zip(request.segments, result.fits, strict=True)]
    return f"{text} Fit: {', '.join(fits)}." if fits else text
