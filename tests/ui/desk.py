"""A whole window over a worker that makes pictures by script, and small layouts to fill it with."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from PySide6.QtCore import QSettings
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QMessageBox

from zestdesk.document.layers import PALETTE, ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.document.masks import layer_masks
from zestdesk.guidance.request import CancelToken, GenerationRequest, GenerationResult, Segment, StepEvent, StepRecord
from zestdesk.session.history import History
from zestdesk.session.queue import Queue
from zestdesk.session.requests import segment_layers
from zestdesk.ui.document import Document
from zestdesk.ui.main_window import MainWindow
from zestdesk.ui.theme import Theme

SIDE = 32
"""Of the pictures that the script makes."""


def box(label: str, x: float = 0, y: float = 0, width: float = 40, height: float = 40, **values: Any) -> ShapeLayer:
    path = QPainterPath()
    path.addRect(x, y, width, height)
    return ShapeLayer(label=label, path=path, kind="rectangle", **values)


def three_layers() -> LayoutState:
    return LayoutState(
        canvas=(128, 128),
        layers=(
            box("a cat", 4, 4, colour=PALETTE[0]),
            box("a red car", 60, 60, colour=PALETTE[1]),
            box("grass", 0, 0, 128, 128, colour=PALETTE[2]),
        ),
        prompt="a cat and a red car on grass",
    )


def made(state: LayoutState, fits: tuple[float, ...] = (0.8, 0.5, 0.1), steps: int = 4) -> GenerationResult:
    """Return a result for a layout whose layers are all visible and labelled; fits grow over the steps."""
    segments = tuple(
        Segment(label=layer.label, mask=mask, layer_ids=(layer.id,), weight=layer.weight)
        for layer, mask in layer_masks(state, (SIDE, SIDE))
    )
    request = GenerationRequest(
        prompt=state.prompt, width=SIDE, height=SIDE, segments=segments, seed=state.settings.seed, steps=steps
    )
    records = tuple(
        StepRecord(
            timestep=float(steps - number),
            loss=1 / number,
            fits=tuple(fit * number / steps for fit in fits),
            guided=number <= steps / 2,
            skipped=None,
            seconds=0.1,
        )
        for number in range(1, steps + 1)
    )
    masks = np.zeros((steps, len(segments), 8, 8), np.uint8)
    masks += np.arange(1, steps + 1, dtype=np.uint8)[:, None, None, None]
    return GenerationResult(
        request=request,
        picture=np.full((SIDE, SIDE, 3), state.settings.seed % 256, np.uint8),
        composed_prompt=state.prompt,
        tokens=tuple((number + 1,) for number in range(len(segments))),
        steps=records,
        masks=masks,
        fits=fits,
        seconds=0.4,
    )


@dataclass
class ScriptedWorker:
    """In a worker's place: one step each time the test says so.

    Attributes:
        fits: of the segments in every step.
        error: raised in place of the next picture.
    """

    fits: tuple[float, ...] = (0.8, 0.5, 0.1)
    error: Exception | None = None
    device: str = "auto"
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    def let(self, steps: int) -> None:
        for _ in range(steps):
            self.turns.release()

    async def generate(
        self,
        state: LayoutState,
        on_step: Callable[[StepEvent], None],
        cancel: CancelToken,
        on_phase: Callable[[str], None] | None = None,
        seeds: tuple[int, ...] = (),
    ) -> tuple[GenerationResult, ...]:
        if on_phase:
            on_phase("Loading the model…")
        if self.error:
            error, self.error = self.error, None
            raise error
        asked = [replace(state, settings=replace(state.settings, seed=seed)) for seed in seeds]
        results = tuple(made(each, self.fits) for each in asked)
        for number in range(1, len(results[0].steps) + 1):
            await self.turns.acquire()
            cancel.raise_if_cancelled()
            for picture, result in enumerate(results):
                on_step(self._event(result, number, picture, len(seeds), len(segment_layers(state))))
        return results

    @staticmethod
    def _event(result: GenerationResult, number: int, picture: int, pictures: int, segments: int) -> StepEvent:
        record = result.steps[number - 1]
        return StepEvent(
            step=number,
            total=len(result.steps),
            timestep=record.timestep,
            loss=record.loss,
            fits=record.fits,
            masks=np.full((segments, 8, 8), number / 10, np.float32),
            preview=np.full((SIDE, SIDE, 3), number + 10 * picture, np.uint8),
            guided=record.guided,
            seconds=0.1,
            seconds_left=0.1 * (len(result.steps) - number),
            picture=picture,
            pictures=pictures,
        )


@dataclass
class Desk:
    """A window and everything behind it."""

    window: MainWindow
    document: Document
    queue: Queue
    history: History
    worker: ScriptedWorker
    settings: QSettings

    @property
    def state(self) -> LayoutState:
        return self.document.layout.state

    def fill(self, state: LayoutState | None = None) -> LayoutState:
        """Open a layout with nothing to undo."""
        self.document.new(state or three_layers())
        return self.state

    def add_runs(self, *seeds: int) -> None:
        for seed in seeds:
            state = replace(self.state, settings=replace(self.state.settings, seed=seed))
            self.history.add(state, made(state))

    def message(self) -> QMessageBox | None:
        """Return the message that is on screen."""
        return next((box for box in self.window.findChildren(QMessageBox) if box.isVisible()), None)


def make_desk(settings: QSettings, theme: Theme | None = None) -> Desk:
    history, worker = History(), ScriptedWorker()
    queue = Queue(worker)  # type: ignore[arg-type]  # the seam
    document = Document(history)
    window = MainWindow(document, queue, history, theme, settings)
    return Desk(window, document, queue, history, worker, settings)


async def until(probe: Callable[[], object]) -> None:
    """Let the loop turn until something is true; fail when it never is."""
    async with asyncio.timeout(10):
        while not probe():  # noqa: ASYNC110 - what is waited for is on screen, and sets no event
            await asyncio.sleep(0)
