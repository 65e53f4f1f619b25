"""Between queue, history and stage: submits jobs, shows their steps, keeps what they made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zestdesk.document.commands import ReplaceState, SetSettings
from zestdesk.errors import UserError
from zestdesk.session.requests import steps_taken

if TYPE_CHECKING:
    from collections.abc import Callable

    from zestdesk.document.layout import LayoutState
    from zestdesk.files.project import Run
    from zestdesk.guidance.request import GenerationResult, StepEvent
    from zestdesk.session.history import History
    from zestdesk.session.queue import Job, Queue
    from zestdesk.ui.document import Document
    from zestdesk.ui.stage import Stage

__all__ = ["RunControl"]


class RunControl(QObject):
    """What the Generate menu does.

    A running job is shown live until the user chooses a run of the history; then steps go on unseen until
    :meth:`follow`, :meth:`watch`, or the next job. Of a job that makes several pictures, one is watched.

    Signals:
        refused: (UserError) no job was begun, for there is something that the user has to mend first.
        failed: (Exception) a job, or the check before it, failed.
        run_added: (Run) a job is over and its runs are in the history; that of the picture that was watched.
        following_changed: whether the running job is on show, or which of its pictures, differs.
    """

    refused = Signal(object)
    failed = Signal(object)
    run_added = Signal(object)
    following_changed = Signal()

    def __init__(
        self,
        document: Document,
        queue: Queue,
        history: History,
        stage: Stage,
        require: Callable[[LayoutState], None],
        parent: QObject,
    ) -> None:
        """Make one.

        Args:
            document: what is open.
            queue: takes the jobs.
            history: keeps what they made.
            stage: shows it.
            require: raises UserError for a layout that cannot be asked for.
            parent: owner.
        """
        super().__init__(parent)
        self._require = require
        self._document, self._queue, self._history, self._stage = document, queue, history, stage
        self._following = True
        self._watched = 0
        self._job: Job | None = None
        self._dropped: set[Job] = set()
        queue.changed.connect(self._queue_changed)
        queue.stepped.connect(self._stepped)
        queue.finished.connect(self._finished)
        queue.failed.connect(self._job_failed)
        queue.cancelled.connect(self._ended_without)
        history.removed.connect(self._run_removed)
        document.replaced.connect(self._document_replaced)

    @property
    def following(self) -> bool:
        """Whether the running job is what is on show."""
        return self._following

    @property
    def watched(self) -> int | None:
        """The number of the running job's picture that is on show; None when another run is."""
        return self._watched if self._following and self._queue.running is not None else None

    def submit(self, seed: int, *, front: bool = False, pictures: int = 1) -> None:
        """Ask for pictures of the layout as it is, if they can be made at all.

        Args:
            seed: of the first; the layout's own is not touched.
            front: before the jobs that wait.
            pictures: how many, of this seed and of those that follow it.
        """
        state = self._document.layout.state
        state = replace(state, settings=replace(state.settings, seed=seed))
        try:
            self._require(state)
        except UserError as error:
            self.refused.emit(error)
            return
        except Exception as error:  # noqa: BLE001 - told, not lost
            self.failed.emit(error)
            return
        self._queue.submit(state, front=front, pictures=pictures)

    def show_run(self, run: Run | None) -> None:
        """Show a finished run in place of the running job."""
        if run is None:
            return
        self._set_following(following=self._queue.running is None)
        self._stage.show_run(run)

    def follow(self) -> None:
        """Show the running job again."""
        self.watch(self._watched)

    def watch(self, picture: int) -> None:
        """Show one of the pictures that the running job makes, by its number from 0."""
        job = self._queue.running
        if job is None or not 0 <= picture < len(job.seeds):
            return
        changed = picture != self._watched
        self._watched = picture
        self._stage.start(job.state_of(picture), steps_taken(job.state))
        if event := job.steps.get(picture):
            self._stage.feed(event, job.layer_ids)
        self._set_following(following=True, told=changed)

    def restore(self, run: Run) -> None:
        """Bring a run's layout and settings back; one undo step."""
        document = self._document
        document.undo.push(ReplaceState(document.layout, run.state, self.tr("Restore run")))
        self.show_run(run)

    def reuse_seed(self, run: Run) -> None:
        """Take a run's seed into the settings; one undo step."""
        layout = self._document.layout
        settings = replace(layout.state.settings, seed=run.result.request.seed)
        self._document.undo.push(SetSettings(layout, settings))

    def _queue_changed(self) -> None:
        job = self._queue.running
        if job is None or job is self._job:
            return
        self._job, self._watched = job, 0
        self._stage.start(job.state, steps_taken(job.state))
        self._set_following(following=True, told=True)

    def _stepped(self, job: Job, event: StepEvent) -> None:
        if job is self._job and self._following and event.picture == self._watched:
            self._stage.feed(event, job.layer_ids)

    def _finished(self, job: Job, results: tuple[GenerationResult, ...]) -> None:
        if job in self._dropped:
            self._dropped.discard(job)
            return
        # The strip shows the newest run first: the first picture is added last, and all keep their order.
        numbers = range(len(results) - 1, -1, -1)
        runs = {number: self._history.add(job.state_of(number), results[number]) for number in numbers}
        run = runs[self._watched if job is self._job else 0]
        if self._following or self._stage.run is None:
            self._stage.show_run(run)
        self._set_following(following=True)
        self.run_added.emit(run)

    def _job_failed(self, job: Job, error: Exception) -> None:
        dropped = job in self._dropped
        self._ended_without(job)
        if not dropped:
            self.failed.emit(error)

    def _ended_without(self, job: Job) -> None:
        """Go back to the newest finished run after a job that made none; what it showed last would mislead."""
        self._dropped.discard(job)
        if job is not self._job:
            return
        if self._following:
            if self._history.runs:
                self._stage.show_run(self._history.runs[-1])
            else:
                self._stage.clear()
        self._set_following(following=True)

    def _run_removed(self, run: Run) -> None:
        if self._stage.run is run:
            self._stage.clear()

    def _document_replaced(self) -> None:
        """Show the newest run of the document that was opened; jobs of the old one have no place here."""
        self._dropped.update(self._queue.jobs)
        self._queue.cancel_all()
        if self._history.runs:
            self._stage.show_run(self._history.runs[-1])
        else:
            self._stage.clear()

    def _set_following(self, *, following: bool, told: bool = False) -> None:
        """Set whether the running job is on show; ``told`` when something else about that differs anyway."""
        if following != self._following or told:
            self._following = following
            self.following_changed.emit()
