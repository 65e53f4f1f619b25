"""Runs that are over, kept under a memory budget."""

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from zestdesk.document.layers import BrushLayer
from zestdesk.document.layout import LayoutState
from zestdesk.files.project import Run
from zestdesk.guidance.request import GenerationResult

__all__ = ["DEFAULT_BUDGET", "History"]

DEFAULT_BUDGET = 512 * 2**20
"""Bytes of pictures and masks that a history keeps."""


class History(QObject):
    """The runs of this project, the newest last.

    The oldest are dropped when their pictures and masks take more than the budget, but never the newest one.

    Attributes:
        budget: in bytes.

    Signals:
        added: (Run) a new one, at the end.
        removed: (Run) taken out by the user or by the budget.
        reset: all may differ.
    """

    added = Signal(object)
    removed = Signal(object)
    reset = Signal()

    def __init__(self, budget: int = DEFAULT_BUDGET, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.budget = budget
        self._runs: tuple[Run, ...] = ()

    @property
    def runs(self) -> tuple[Run, ...]:
        """All runs, the newest last."""
        return self._runs

    def add(self, state: LayoutState, result: GenerationResult) -> Run:
        """Keep a finished run and return it."""
        run = Run(id=uuid.uuid4().hex, created=datetime.now(UTC), state=state, result=result)
        self._runs += (run,)
        self.added.emit(run)
        for old in _over_budget(self._runs, self.budget):
            self.remove(old.id)
        return run

    def remove(self, run_id: str) -> None:
        """Take a run out.

        Raises:
            KeyError: when there is no such run.
        """
        found = next((run for run in self._runs if run.id == run_id), None)
        if found is None:
            raise KeyError(run_id)
        self._runs = tuple(run for run in self._runs if run is not found)
        self.removed.emit(found)

    def replace_all(self, runs: Iterable[Run]) -> None:
        """Hold other runs, the newest last, as when a project is opened."""
        kept = tuple(runs)
        self._runs = kept[len(_over_budget(kept, self.budget)) :]
        self.reset.emit()


def _over_budget(runs: tuple[Run, ...], budget: int) -> tuple[Run, ...]:
    """Return the oldest runs that do not fit beside the newer ones."""
    seen: set[int] = set()
    total = 0
    for newer, run in enumerate(reversed(runs)):
        total += _size(run, seen)
        if total > budget and newer:
            return runs[: len(runs) - newer]
    return ()


def _size(run: Run, seen: set[int]) -> int:
    """Return the bytes that a run adds; what runs share, as those of one batch do, counts once.

    Args:
        run: the run.
        seen: which images and arrays were counted already; grows.
    """
    result, request = run.result, run.result.request
    arrays = [*(segment.mask for segment in request.segments), request.start, request.redraw]
    sizes = {id(array): array.nbytes for array in arrays if array is not None}
    images = [layer.mask for layer in run.state.layers if isinstance(layer, BrushLayer)]
    if run.state.start is not None:
        images.append(run.state.start.image)
    sizes |= {image.cacheKey(): image.sizeInBytes() for image in images}
    fresh = sizes.keys() - seen
    seen |= fresh
    return result.picture.nbytes + result.masks.nbytes + sum(sizes[key] for key in fresh)
