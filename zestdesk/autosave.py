"""Unsaved work goes to the recovery file a little after it was done."""

import asyncio
import logging
from typing import Final

from PySide6.QtCore import QObject, QTimer

from zestdesk.files.recovery import RecoveryFile
from zestdesk.ui.document import Document

__all__ = ["Autosave"]

_AFTER: Final = 3.0

_log = logging.getLogger(__name__)


class Autosave(QObject):
    """Keeps a document's unsaved work in the recovery file, and the file empty while there is none.

    Files are written in another thread, one at a time: painting never waits for the disk.
    """

    def __init__(
        self, document: Document, recovery: RecoveryFile, after: float = _AFTER, parent: QObject | None = None
    ) -> None:
        """Take the document, the file, and how many seconds after a change to write."""
        super().__init__(parent)
        self._document, self._recovery = document, recovery
        self._task: asyncio.Task[None] | None = None
        self._again = self._over = False
        self._timer = QTimer(self, singleShot=True, interval=round(after * 1000))
        self._timer.timeout.connect(self._begin)
        history = document.history
        for signal in (document.layout.changed, history.added, history.removed, history.reset):
            signal.connect(self._changed)
        document.modified_changed.connect(self._changed)

    def set_delay(self, after: float) -> None:
        """Write this many seconds after a change, from the next change on."""
        self._timer.setInterval(round(after * 1000))

    def write_now(self) -> None:
        """Write at once, in this thread, if there is anything to lose; trouble goes to the log."""
        if not self._document.modified:
            return
        try:
            self._recovery.write(self._document.project())
        except Exception:  # noqa: BLE001 - called when something is wrong already
            _log.exception("Unsaved work could not be kept.")

    async def finish(self, *, keep: bool) -> None:
        """Write no more, and let go of the file.

        Args:
            keep: whether what is unsaved, now or from a session before, stays there and is offered at the next start.
        """
        self._over = True
        outdated = self._timer.isActive() or self._task is not None
        self._timer.stop()
        if self._task:
            await asyncio.wait([self._task])
        if keep and self._document.modified:
            self.write_now()
        elif outdated or not keep:
            self._clear()
        self._recovery.close()

    def _changed(self) -> None:
        # The timer is not set back by further changes: whoever paints without pause is kept safe too.
        if not self._over and not self._timer.isActive():
            self._timer.start()

    def _begin(self) -> None:
        if self._task:
            self._again = True
            return
        self._task = asyncio.get_event_loop().create_task(self._write())
        self._task.add_done_callback(self._done)

    async def _write(self) -> None:
        if self._document.modified:
            await asyncio.to_thread(self._recovery.write, self._document.project())
        if not self._document.modified:
            self._clear()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._task = None
        error = None if task.cancelled() else task.exception()
        if error:
            _log.error("Unsaved work could not be kept.", exc_info=error)
        if self._again:
            self._again = False
            self._changed()

    def _clear(self) -> None:
        try:
            self._recovery.clear()
        except Exception:  # noqa: BLE001 - a stale file is offered once too often, no more
            _log.exception("The recovery file could not be removed.")
