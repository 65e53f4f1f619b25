"""Nothing unexpected goes unnoticed: one place where every uncaught exception of the editor ends up."""

import asyncio
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Final

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

__all__ = ["Faults"]

_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_log = logging.getLogger(__name__)


class Faults(QObject):
    """Logs what nobody caught, in slots, tasks and threads, and tells about it in the window's thread.

    A fault that happens again at the same place, as one in a paint event does with every frame, is told only once.

    Signals:
        happened: (BaseException), sent through the event loop: whoever listens may open a dialog.
    """

    happened = Signal(object)
    _caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: set[tuple[type[BaseException], str, int]] = set()
        self._caught.connect(self.happened, Qt.ConnectionType.QueuedConnection)

    @contextmanager
    def watched(self, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
        """Watch the interpreter, its threads, Qt and an event loop inside the block."""
        before = sys.excepthook, threading.excepthook
        sys.excepthook = self._in_interpreter
        threading.excepthook = self._in_thread
        loop.set_exception_handler(self._in_loop)
        handler = qInstallMessageHandler(_log_qt)
        try:
            yield
        finally:
            qInstallMessageHandler(handler)
            loop.set_exception_handler(None)
            sys.excepthook, threading.excepthook = before

    def note(self, error: BaseException, where: str) -> None:
        """Log an exception and tell about it; may be called in any thread.

        Args:
            error: what was raised.
            where: for the log: "in a slot".
        """
        frame = error.__traceback__
        while frame and frame.tb_next:
            frame = frame.tb_next
        place = (type(error), frame.tb_frame.f_code.co_filename if frame else "", frame.tb_lineno if frame else 0)
        if place in self._seen:
            return
        self._seen.add(place)
        _log.error("Uncaught exception %s", where, exc_info=(type(error), error, error.__traceback__))
        self._caught.emit(error)

    def _in_interpreter(
        self, _kind: type[BaseException], error: BaseException, _traceback: TracebackType | None
    ) -> None:
        # PySide reports here what a slot or an overridden event handler raised.
        self.note(error, "in a slot")

    def _in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.note(arguments.exc_value, f"in the thread {arguments.thread.name if arguments.thread else '?'}")

    def _in_loop(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.note(error, f"in a task: {context.get('message', '')}")
        else:
            _log.error("The event loop complains: %s", context.get("message", context))


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s: %s", context.category or "default", message)
