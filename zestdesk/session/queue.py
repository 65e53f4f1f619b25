"""Jobs that wait, the one that runs, and what became of them."""

import asyncio
import itertools
import time
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from PySide6.QtCore import QObject, Signal

from zestdesk.document.layout import LayoutState
from zestdesk.guidance.request import Cancelled, CancelToken, GenerationResult, StepEvent, following_seeds
from zestdesk.session.requests import segment_layers
from zestdesk.session.worker import Worker

__all__ = ["Job", "JobStatus", "Queue"]

JobStatus = Literal["waiting", "running", "done", "failed", "cancelled"]


@dataclass(eq=False, slots=True)
class Job:
    """One picture, or several, that were asked for at once. The queue writes it, everybody may read it.

    Attributes:
        id: counts up from 1.
        state: the layout as it was when the job was submitted; its seed is that of the first picture.
        seeds: one for each picture.
        layer_ids: per segment, the ids of the layers behind it: whose fits and masks a step's are.
        status: where it stands.
        token: ends the job when it is cancelled; :meth:`Queue.cancel` does so.
        started: ``time.monotonic()`` when it began to run, else None.
        phase: what is going on outside of steps, such as "Loading the model…"; empty once steps come.
        last: the newest step, else None.
        steps: by the picture's number from 0, its newest step.
    """

    id: int
    state: LayoutState
    seeds: tuple[int, ...]
    layer_ids: tuple[tuple[str, ...], ...] = ()
    status: JobStatus = "waiting"
    token: CancelToken = field(default_factory=CancelToken)
    started: float | None = None
    phase: str = ""
    last: StepEvent | None = None
    steps: dict[int, StepEvent] = field(default_factory=dict)

    def state_of(self, picture: int) -> LayoutState:
        """Return the layout with the seed of one of the pictures, which makes it again alone."""
        return replace(self.state, settings=replace(self.state.settings, seed=self.seeds[picture]))


class Queue(QObject):
    """Runs jobs one after another on the worker. Everything, signals included, happens in the window's thread.

    There is no task that waits for jobs: the end of one starts the next. Signals are never sent from within an asyncio
    task, except ``stepped`` and ``phase``, so that what listens may open a modal dialog.

    Attributes:
        worker: makes the pictures; its ``device`` says where.

    Signals:
        changed: the list of jobs or a job's status differs.
        stepped: (Job, StepEvent) after every step of every picture of the running job.
        phase: (Job, str) what is going on outside of steps.
        finished: (Job, tuple of GenerationResult) one per seed, in their order.
        failed: (Job, Exception): a UserError, or another exception whose text is one sentence.
        cancelled: (Job).
    """

    changed = Signal()
    stepped = Signal(object, object)
    phase = Signal(object, str)
    finished = Signal(object, object)
    failed = Signal(object, object)
    cancelled = Signal(object)

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.worker = worker
        self._ids = itertools.count(1)
        self._waiting: list[Job] = []
        self._running: Job | None = None
        self._task: asyncio.Task[tuple[GenerationResult, ...]] | None = None
        self._closed = False

    @property
    def running(self) -> Job | None:
        """The job that runs."""
        return self._running

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The running job, then the waiting ones in the order in which they will run."""
        return (*((self._running,) if self._running else ()), *self._waiting)

    def submit(self, state: LayoutState, *, front: bool = False, pictures: int = 1) -> Job:
        """Ask for a picture, or several.

        Args:
            state: the layout; later edits do not touch it.
            front: run it before those that already wait.
            pictures: how many, with the layout's seed and those that follow it.
        """
        if self._closed:
            raise RuntimeError("the queue is closed")
        job = Job(next(self._ids), state, following_seeds(state.settings.seed, pictures), segment_layers(state))
        self._waiting.insert(0 if front else len(self._waiting), job)
        self._start_next()
        self.changed.emit()
        return job

    def cancel(self, job: Job | None = None) -> None:
        """Cancel a job, by default the running one; nothing happens when it is already over.

        A waiting job is out at once. The running one ends within a step; until then its status stays ``"running"``.
        """
        job = job or self._running
        if job is None or job.status not in {"waiting", "running"}:
            return
        job.token.cancel()
        if job.status == "waiting":
            self._waiting.remove(job)
            job.status = "cancelled"
            self.cancelled.emit(job)
        self.changed.emit()

    def cancel_all(self) -> None:
        """Cancel every job, the waiting ones first."""
        for job in reversed(self.jobs):
            self.cancel(job)

    async def close(self) -> None:
        """Cancel everything and return when nothing runs any more."""
        self._closed = True
        self.cancel_all()
        if self._task:
            await asyncio.wait([self._task])

    def _start_next(self) -> None:
        if self._running or not self._waiting:
            return
        loop = asyncio.get_event_loop()
        job = self._waiting.pop(0)
        job.status, job.started = "running", time.monotonic()
        self._running = job
        work = self.worker.generate(
            job.state, partial(self._step, job), job.token, partial(self._phase, job), job.seeds
        )
        self._task = loop.create_task(work)
        self._task.add_done_callback(partial(self._end, job))

    def _step(self, job: Job, event: StepEvent) -> None:
        job.last, job.phase = event, ""
        job.steps[event.picture] = event
        self.stepped.emit(job, event)

    def _phase(self, job: Job, text: str) -> None:
        job.phase = text
        self.phase.emit(job, text)

    def _end(self, job: Job, task: asyncio.Task[tuple[GenerationResult, ...]]) -> None:
        self._running = self._task = None
        error = Cancelled() if task.cancelled() else task.exception()
        job.phase = ""
        # By way of the loop, so that a slot that opens a dialog holds up nothing.
        task.get_loop().call_soon(self._go_on)
        if error is None:
            job.status = "done"
            self.finished.emit(job, task.result())
        elif isinstance(error, Cancelled):
            job.status = "cancelled"
            self.cancelled.emit(job)
        else:
            job.status = "failed"
            self.failed.emit(job, error)
        self.changed.emit()

    def _go_on(self) -> None:
        if self._running is None and self._waiting:
            self._start_next()
            self.changed.emit()
