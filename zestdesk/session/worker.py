"""The one thread that owns every torch object.

The window's thread hands over immutable layouts and gets plain values back; tensors, models and even the tracebacks
that would keep them alive stay on this side. torch itself is imported in the thread: it takes seconds, and the window
must be there before.
"""

import asyncio
import gc
import logging
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from zestdesk.document.layout import LayoutState, detached
from zestdesk.errors import UserError, sentence
from zestdesk.guidance.checkpoints import BUNDLED, Checkpoint, open_checkpoint
from zestdesk.guidance.memory import is_out_of_memory, out_of_memory
from zestdesk.guidance.request import Cancelled, CancelToken, GenerationResult, StepEvent, StepListener
from zestdesk.session.requests import build_request

if TYPE_CHECKING:
    from zestdesk.guidance.models import Model

__all__ = ["GenerationError", "PhaseListener", "Worker"]

PhaseListener = Callable[[str], None]
"""Called in the window's thread with a short text such as "Loading the model…"."""

_SWITCH_INTERVAL: Final = 0.001
"""Seconds after which a thread that wants Python's interpreter gets it. Every event that the window handles asks for
the interpreter several times; with Python's own 5 ms a busy worker would make it wait up to 5 ms each time, and a brush
stroke stutter."""

_log = logging.getLogger(__name__)


class GenerationError(Exception):
    """The picture could not be made for a reason that is not the user's: one sentence; the log has the traceback."""


class Worker:
    """Makes pictures, one at a time, in a thread of its own.

    The thread starts with the first piece of work. Every method belongs to the window's thread.

    Attributes:
        device: where to run from the next picture on: ``"auto"``, ``"cpu"`` or ``"cuda"``.
    """

    def __init__(self, device: str = "auto") -> None:
        self.device = device
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="zestdesk-worker")
        self._closing = threading.Event()
        self._tokens: set[CancelToken] = set()
        # Only the thread touches these.
        self._model: Model | None = None
        self._model_key: tuple[Checkpoint, str] | None = None
        self._ready = False

    def prepare(self) -> None:
        """Begin to import torch and to load the bundled model, so that the first picture does not wait for it."""
        if not self._closing.is_set():
            self._executor.submit(self._prepare, self.device)

    async def generate(
        self,
        state: LayoutState,
        on_step: StepListener,
        cancel: CancelToken,
        on_phase: PhaseListener | None = None,
        seeds: Sequence[int] | None = None,
    ) -> tuple[GenerationResult, ...]:
        """Make the picture of a layout, or several of different seeds.

        Args:
            state: the layout.
            on_step: called in this thread after every step of every picture, for all steps before this method returns.
            cancel: ends the work within a step.
            on_phase: called in this thread with what is going on outside of steps.
            seeds: one for each picture; None: the layout's own.

        Returns:
            A result per seed, in their order.

        Raises:
            Cancelled: when ``cancel`` was.
            UserError: for what the user can mend.
            GenerationError: for everything else; the worker stays usable.
        """
        if self._closing.is_set():
            raise RuntimeError("the worker is closed")
        mailbox = _Mailbox(asyncio.get_running_loop())
        self._tokens.add(cancel)
        try:
            future = self._executor.submit(
                self._outcome,
                detached(state),
                tuple(seeds) if seeds is not None else (state.settings.seed,),
                self.device,
                lambda event: mailbox.post(on_step, event),
                cancel,
                lambda text: mailbox.post(on_phase or _ignore, text),
            )
            outcome = await asyncio.wrap_future(future)
            mailbox.deliver()
        except asyncio.CancelledError:
            cancel.cancel()
            raise
        finally:
            mailbox.close()
            self._tokens.discard(cancel)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def close(self, timeout: float | None = None) -> bool:
        """Cancel what runs, free the model and end the thread. Safe to call twice.

        Args:
            timeout: seconds to wait at most; None waits as long as it takes. Only a download or a file system that
                hangs takes long.

        Returns:
            Whether the thread has ended.
        """
        if not self._closing.is_set():
            self._closing.set()
            for token in tuple(self._tokens):
                token.cancel()
            self._last = self._executor.submit(self._drop_model)
            self._executor.shutdown(wait=False)
        if timeout is not None and wait([self._last], timeout).not_done:
            return False
        self._executor.shutdown(wait=True)
        return True

    # From here on: in the thread.

    def _prepare(self, device: str) -> None:
        try:
            self._get_ready()
            if self._model is None and not self._closing.is_set():
                self._load(open_checkpoint(BUNDLED), device)
        except Exception:  # noqa: BLE001 - logged, and the thread lives on
            # Whoever asks for a picture will hear about it.
            _log.exception("The bundled model could not be prepared.")

    def _get_ready(self) -> None:
        """Import torch and set up this thread, once."""
        if self._ready:
            return
        import torch

        import zestdesk.guidance.sampler  # noqa: F401 - imported now for the time it takes

        sys.setswitchinterval(_SWITCH_INTERVAL)
        # One core stays free for the window: torch's threads wait for each other by spinning, so that a window that
        # takes a core away from one of them would hold up all, and would itself be late.
        torch.set_num_threads(max(1, min(torch.get_num_threads(), _cores() - 1)))
        # What was imported is no garbage: the collector, which halts every thread, need not go through these hundreds
        # of thousands of objects again (0.8 s each time, measured on 2 cores).
        gc.freeze()
        self._ready = True

    def _outcome(
        self,
        state: LayoutState,
        seeds: tuple[int, ...],
        device: str,
        on_step: StepListener,
        cancel: CancelToken,
        on_phase: PhaseListener,
    ) -> tuple[GenerationResult, ...] | Exception:
        """Make pictures and return them, or what went wrong as a fresh exception without traceback.

        An exception that crossed the border as raised would carry frames, and with them the tensors, to the window.
        """
        try:
            return self._make(state, seeds, device, on_step, cancel, on_phase)
        except Cancelled:
            return Cancelled()
        except UserError as error:
            _log.info("Refused: %s", error)
            return error.elsewhere(error.place)
        except Exception as error:  # noqa: BLE001 - logged, and the thread lives on
            _log.exception("The picture could not be made.")
            failure = _failure(error)
        # Outside of the handler, where no traceback holds the tensors any more. Whether the model is still sound is
        # unknown, and memory may be what was lacking: the next picture loads it afresh.
        self._drop_model()
        return failure

    def _make(
        self,
        state: LayoutState,
        seeds: tuple[int, ...],
        device: str,
        on_step: StepListener,
        cancel: CancelToken,
        on_phase: PhaseListener,
    ) -> tuple[GenerationResult, ...]:
        cancel.raise_if_cancelled()
        if not self._ready:
            on_phase(QCoreApplication.translate("Worker", "Starting up…"))
            self._get_ready()
        from zestdesk.guidance.sampler import generate_many

        cancel.raise_if_cancelled()
        if state.settings.model != BUNDLED:
            on_phase(QCoreApplication.translate("Worker", "Looking for the model…"))
        checkpoint = open_checkpoint(state.settings.model)
        request = build_request(state, checkpoint, device)
        cancel.raise_if_cancelled()
        if self._model_key != (checkpoint, device):
            on_phase(QCoreApplication.translate("Worker", "Loading the model…"))
        model = self._load(checkpoint, device)
        cancel.raise_if_cancelled()
        one = QCoreApplication.translate("Worker", "Making the picture…")
        on_phase(one if len(seeds) == 1 else QCoreApplication.translate("Worker", "Making the pictures…"))
        return generate_many(request, model, seeds, on_step, cancel)

    def _load(self, checkpoint: Checkpoint, device: str) -> "Model":
        """Return the model of a checkpoint; the last one is kept, and gone before another one comes."""
        from zestdesk.guidance.models import load

        key = (checkpoint, device)
        if self._model is None or self._model_key != key:
            self._drop_model()
            self._model, self._model_key = load(checkpoint, device), key
        return self._model

    def _drop_model(self) -> None:
        # Its references were the last ones. Garbage is not collected here: it may be the window's (see the app).
        self._model = self._model_key = None
        torch = sys.modules.get("torch")
        if self._ready and torch is not None and torch.cuda.is_initialized():
            torch.cuda.empty_cache()


class _Mailbox:
    """Carries calls from the worker to the window's thread in their order, however the loop orders its callbacks."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._letters: deque[tuple[Callable[..., None], StepEvent | str]] = deque()
        self._open = True

    def post(self, listener: Callable[..., None], content: StepEvent | str) -> None:
        """Have ``listener`` called over there (worker's thread)."""
        if not self._open:
            return
        self._letters.append((listener, content))
        try:
            self._loop.call_soon_threadsafe(self.deliver)
        except RuntimeError:  # the loop was closed in the meantime: nobody listens any more
            self._open = False

    def deliver(self) -> None:
        """Make the calls that wait (window's thread)."""
        while self._open and self._letters:
            listener, content = self._letters.popleft()
            listener(content)

    def close(self) -> None:
        """Forget what waits and take no more."""
        self._open = False
        self._letters.clear()


def _ignore(_text: str) -> None:
    pass


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _failure(error: Exception) -> Exception:
    """Return what the window is told about an unexpected error: one sentence."""
    text = " ".join(str(error).split())
    if is_out_of_memory(error):
        return out_of_memory(sentence("this picture"))
    detail = f"{type(error).__name__}: {text[:200]}" if text else type(error).__name__
    return GenerationError(f"The picture could not be made, due to a defect in ZestDesk ({detail}). The log has more.")
