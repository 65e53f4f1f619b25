"""Python's garbage collector, kept to the window's thread."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QObject, QTimer

__all__ = ["Collector"]

_INTERVAL_MS: Final = 1000
_MIDDLE_EVERY: Final = 10
_FULL_EVERY: Final = 60


class Collector(QObject):
    """Collects garbage from a timer, in the thread that it was made in.

    Python runs its collector in whichever thread happens to allocate, and so the worker, or a thread that saves a file,
    would destroy dialogs and timers of the window that are garbage in a cycle. Qt objects must die in their own thread.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rounds = 0
        self._timer = QTimer(self, interval=_INTERVAL_MS)
        self._timer.timeout.connect(self.collect)

    @contextmanager
    def in_charge(self) -> Iterator[None]:
        """Take the work over from Python inside the block."""
        was_on = gc.isenabled()
        gc.disable()
        self._timer.start()
        try:
            yield
        finally:
            self._timer.stop()
            if was_on:
                gc.enable()

    def collect(self) -> None:
        """Collect the young, now and then the older, seldom all: as Python would, by time in place of allocations."""
        self._rounds += 1
        if self._rounds % _FULL_EVERY == 0:
            gc.collect()
        else:
            gc.collect(1 if self._rounds % _MIDDLE_EVERY == 0 else 0)
