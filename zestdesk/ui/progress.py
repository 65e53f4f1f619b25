"""The status bar's right side: how far the running job is, and the way to end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

if TYPE_CHECKING:
    from zestdesk.guidance.request import StepEvent
    from zestdesk.session.queue import Job, Queue
    from zestdesk.ui.actions import Actions

__all__ = ["Progress", "time_left"]


class Progress(QWidget):
    """Step, time left and loss of the running job; hidden while nothing runs."""

    def __init__(self, queue: Queue, actions: Actions) -> None:
        super().__init__()
        self._queue = queue
        self.text = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(140)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.cancel = QToolButton()
        self.cancel.setDefaultAction(actions.cancel)
        self.cancel.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.cancel.setStyleSheet("padding: 2px 8px; spacing: 6px;")
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(10)
        for part in (self.text, self.bar, self.cancel):
            row.addWidget(part)
        queue.stepped.connect(self._step)
        queue.phase.connect(self._phase)
        queue.changed.connect(self._update)
        self._update()

    def _update(self) -> None:
        job = self._queue.running
        self.setVisible(job is not None)
        if job is None:
            return
        if job.token.cancelled:
            self.text.setText(self.tr("Cancelling…"))
        elif job.last is not None:
            self._step(job, job.last)
        else:
            self._phase(job, job.phase or self.tr("Starting…"))

    def _phase(self, job: Job, text: str) -> None:
        if job is self._queue.running and not job.token.cancelled:
            self.bar.setRange(0, 0)
            self.text.setText(text + self._waiting())

    def _step(self, job: Job, event: StepEvent) -> None:
        if job is not self._queue.running or job.token.cancelled:
            return
        self.bar.setRange(0, event.due)
        self.bar.setValue(event.taken)
        parts = [
            self.tr("Step {step} of {total}").format(step=event.taken, total=event.due),
            self.tr("{time} left").format(time=time_left(event.seconds_left)),
        ]
        if event.pictures > 1:
            parts.insert(0, self.tr("{count} pictures").format(count=event.pictures))
        elif event.loss is not None:
            parts.append(self.tr("loss {loss:.3f}").format(loss=event.loss))
        self.text.setText(" · ".join(parts) + self._waiting())

    def _waiting(self) -> str:
        count = len(self._queue.jobs) - 1
        return " · " + self.tr("{count} waiting").format(count=count) if count > 0 else ""


def time_left(seconds: float) -> str:
    """Return a duration as people say it: ``"8 s"``, ``"2 min 05 s"``."""
    whole = max(round(seconds), 0)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60:02} s"
