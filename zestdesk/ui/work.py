"""Work that may take long is done beside the window, which stays as quick as ever; its result comes back in order.

What is worked out is a pure function of values; only what is made of the result changes the document, in the window's
own thread, and only while the document is still as it was.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from zestdesk.document.checkpoint import Stopped, stoppable
from zestdesk.errors import UserError
from zestdesk.ui.error_words import error_sentence
from zestdesk.ui.fields import caption

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zestdesk.document.layers import Layer
    from zestdesk.document.layout import Layout

__all__ = ["Latest", "Waiting", "Work"]

Result = TypeVar("Result")

_AT_ONCE: Final = 0.05  # seconds: what takes no longer is simply waited for
_PATIENCE: Final = 200  # milliseconds until one is told that something goes on


class _Job(QObject):
    """One computation in a thread of its own.

    Signals:
        ended: it is over; comes in the thread in which the job was made.
    """

    ended = Signal()
    _running: Final[set[_Job]] = set()  # so that the last handle on one is never its own thread's

    def __init__(self, work: Callable[[], object], then: Callable[[_Job], None], owner: QObject) -> None:
        super().__init__()
        self._work, self._then, self._owner = work, then, owner
        self.result: object = None
        self.error: BaseException | None = None
        self.stopped = False
        self._thread = Thread(target=self._run, name="zestdesk-work", daemon=True)
        self.ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._running.add(self)

    def start(self, patience: float = 0.0) -> None:
        """Begin; wait for so many seconds, and deliver at once what is done by then."""
        self._thread.start()
        self._thread.join(patience)
        if patience and not self._thread.is_alive():
            self._deliver()

    def run_here(self) -> None:
        """Do it in this thread, and deliver."""
        self._run()
        self._deliver()

    def stop(self) -> None:
        """Let it end at the next checkpoint."""
        self.stopped = True

    def _run(self) -> None:
        try:
            with stoppable(lambda: self.stopped):
                self.result = self._work()
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
            self.error = error
        with suppress(RuntimeError):  # the program has ended meanwhile
            self.ended.emit()

    def _deliver(self) -> None:
        if self in self._running:
            self._running.discard(self)
            if shiboken6.isValid(self._owner):
                self._then(self)


class Work(QObject):
    """Does one thing at a time on behalf of commands; a small window says so where it takes long, and can stop it.

    Args:
        layout: what is edited.
        say: called with a sentence where nothing comes of the work.
        parent: owner; the window that it belongs to is the one that has to wait.
    """

    def __init__(self, layout: Layout, say: Callable[[str], object], parent: QObject) -> None:
        super().__init__(parent)
        self._layout, self._say = layout, say
        self._job: _Job | None = None
        self._text = ""
        self._waiting: Waiting | None = None
        self._later = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._later.timeout.connect(self._ask_patience)

    @property
    def busy(self) -> bool:
        """Whether something goes on."""
        return self._job is not None

    def do(
        self,
        text: str,
        layers: Sequence[Layer],
        work: Callable[[], Result],
        then: Callable[[Result], object],
        *,
        small: bool = False,
    ) -> None:
        """Work something out, and then make something of it.

        Nothing is made of it when the user stops it, when it raises a UserError, or when one of the layers or the
        canvas is another by then; each time a hint says so.

        Args:
            text: what the undo history will call it.
            layers: of the layout; what the result is for.
            work: called in another thread; touches nothing but values that nobody changes, and no widgets.
            then: called in this thread with the result.
            small: whether it is certain to be quick: then it is done here and now.
        """
        if self._job is not None:
            self._say(self.tr("One moment, please: “%1” is not finished yet.").replace("%1", self._text))
            return
        ground = (self._layout.state.canvas, tuple(layers))

        def made(job: _Job) -> None:
            self._end()
            self._make(job, text, ground, then)

        job = _Job(work, made, self)
        if small:
            job.run_here()
            return
        self._job, self._text = job, text
        self._later.start()
        job.start(_AT_ONCE)

    def stop(self) -> None:
        """Give up what goes on."""
        if self._job is not None:
            self._job.stop()
            self._end()
            self._say(self.tr("“%1” was stopped: nothing has changed.").replace("%1", self._text))

    def _make(self, job: _Job, text: str, ground: tuple[Any, ...], then: Callable[[Any], object]) -> None:
        if job.stopped:
            return
        if isinstance(job.error, UserError):
            self._say(error_sentence(job.error))
        elif job.error is not None:
            raise job.error
        elif self._is_as_it_was(*ground):
            then(job.result)
        else:
            said = self.tr("Nothing came of “%1”: the layers were changed meanwhile.")
            self._say(said.replace("%1", text))

    def _is_as_it_was(self, canvas: tuple[int, int], layers: Sequence[Layer]) -> bool:
        state = self._layout.state
        known = {layer.id: layer for layer in state.layers}
        return state.canvas == canvas and all(known.get(layer.id) is layer for layer in layers)

    def _ask_patience(self) -> None:
        self._waiting = Waiting(_window_of(self), self._text)
        self._waiting.rejected.connect(self.stop)
        self._waiting.open()

    def _end(self) -> None:
        self._job = None
        self._later.stop()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.rejected.disconnect(self.stop)
            waiting.done(QDialog.DialogCode.Accepted)


def _window_of(owned: QObject) -> QWidget | None:
    """Return the window to which something belongs."""
    owner = owned.parent()
    while owner is not None and not isinstance(owner, QWidget):
        owner = owner.parent()
    return owner.window() if owner is not None else None


class Waiting(QDialog):
    """Says what goes on, for as long as it does; rejected when the user does not want to wait for it."""

    def __init__(self, window: QWidget | None, text: str) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(text)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setMinimumWidth(220)
        bar.setAccessibleName(text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        # Enter may still be down from the dialog that began it: it shall not end it.
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(12)
        column.addWidget(caption(self.tr("Working out “%1”…").replace("%1", text), muted=False))
        column.addWidget(bar)
        column.addWidget(buttons)


class Latest(QObject):
    """Works out what was asked for last, for previews: what is asked for meanwhile takes the place of what waits."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: _Job | None = None
        self._next: tuple[Callable[[], Any], Callable[[Any], object]] | None = None

    def ask(self, work: Callable[[], Result], then: Callable[[Result], object], *, small: bool = False) -> None:
        """Work something out as :meth:`Work.do` does; a UserError shows nothing.

        Args:
            work: called in another thread.
            then: called in this thread with the result, unless something else was asked for meanwhile.
            small: whether it is certain to be quick.
        """
        self._next = (work, then)
        if self._job is not None:
            self._job.stop()
        else:
            self._begin(small=small)

    def stop(self) -> None:
        """Forget what was asked for."""
        self._next = None
        if self._job is not None:
            self._job.stop()

    def _begin(self, *, small: bool = False) -> None:
        if self._next is None:
            return
        (work, then), self._next = self._next, None

        def ended(job: _Job) -> None:
            self._job = None
            if not job.stopped and job.error is None:
                then(job.result)
            elif not isinstance(job.error, UserError | Stopped | None):
                raise job.error
            self._begin()

        self._job = _Job(work, ended, self)
        if small:
            self._job.run_here()
        else:
            self._job.start()
