"""Fetching models of the hub beside everything else: a thread of its own, told of in the window's thread."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from PySide6.QtCore import QObject, Signal

from zestdesk.errors import UserError
from zestdesk.guidance.hub import Hub, HubModel
from zestdesk.guidance.hub_files import cached_snapshot
from zestdesk.guidance.request import Cancelled, CancelToken

__all__ = ["Downloads"]

_PAUSE: Final = 0.1
"""Seconds between two words about how far it is."""


class Downloads(QObject):
    """Looks models up and fetches them, one thing at a time. Every method belongs to the window's thread.

    The thread starts with the first piece of work.

    Signals:
        changed: ``busy`` differs.
        here: (str) the model of that name was looked for, and is on this machine already.
        found: (HubModel) what was looked up, and is not wholly here.
        progressed: (int, int) in kilobytes, how much is here and how much there is.
        fetched: (str) the model of that name is here.
        failed: (Exception) a UserError, or a defect.
    """

    changed = Signal()
    here = Signal(str)
    found = Signal(object)
    progressed = Signal(int, int)
    fetched = Signal(str)
    failed = Signal(object)

    def __init__(self, make_hub: Callable[[], Hub] = Hub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_hub = make_hub
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="zestdesk-download")
        self._token: CancelToken | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being looked up or fetched."""
        return self._token is not None

    def look_up(self, name: str) -> None:
        """Look for a model on this machine, and else at the hub; ``here`` or ``found`` follows.

        Nothing happens while something else goes on.
        """

        def work(hub: Hub, token: CancelToken) -> HubModel | None:
            return None if cached_snapshot(name, hub.cache) is not None else hub.look_up(name, token)

        self._begin(work, lambda model: self.here.emit(name) if model is None else self.found.emit(model))

    def fetch(self, model: HubModel) -> None:
        """Fetch a model; ``fetched`` follows. Nothing happens while something else goes on."""
        loop, last = asyncio.get_event_loop(), [0.0]

        def listen(done: int, total: int) -> None:
            now = time.monotonic()
            if now - last[0] < _PAUSE and done < total:
                return
            last[0] = now
            try:
                loop.call_soon_threadsafe(self.progressed.emit, done // 1000, total // 1000)
            except RuntimeError:  # the window is gone: nobody listens any more
                token.cancel()

        token = CancelToken()
        self._begin(
            lambda hub, cancel: hub.fetch(model, listen, cancel), lambda _folder: self.fetched.emit(model.name), token
        )

    def cancel(self) -> None:
        """End what goes on, within a moment; what was fetched is kept for the next time."""
        if self._token is not None:
            self._token.cancel()

    def close(self) -> None:
        """End what goes on, and the thread."""
        self.cancel()
        self._executor.shutdown(wait=False)

    def _begin(
        self,
        work: Callable[[Hub, CancelToken], object],
        done: Callable[[object], None],
        token: CancelToken | None = None,
    ) -> None:
        if self.busy:
            return
        cancel = self._token = token or CancelToken()
        future = self._executor.submit(self._outcome, work, cancel)
        waiting = asyncio.wrap_future(future, loop=asyncio.get_event_loop())
        waiting.add_done_callback(lambda ended: self._end(ended, done))
        self.changed.emit()

    def _outcome(self, work: Callable[[Hub, CancelToken], object], cancel: CancelToken) -> object:
        """Do the work (in the thread) and return what came of it, an exception as a value without its traceback."""
        try:
            return work(self._make_hub(), cancel)
        except Cancelled:
            return Cancelled()
        except UserError as error:
            return error.elsewhere(error.place)
        except Exception as error:  # noqa: BLE001 - told in the window; the thread lives on
            return error

    def _end(self, ended: "asyncio.Future[object]", done: Callable[[object], None]) -> None:
        self._token = None
        self.changed.emit()
        if ended.cancelled():
            return
        outcome = ended.result()
        if isinstance(outcome, Cancelled):
            return
        if isinstance(outcome, Exception):
            self.failed.emit(outcome)
        else:
            done(outcome)
