"""The composition root: the one place that knows everybody, puts the editor together and takes it apart."""

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, QSocketNotifier, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from zestdesk import __version__
from zestdesk.autosave import Autosave
from zestdesk.collector import Collector
from zestdesk.errors import UserError
from zestdesk.faults import Faults
from zestdesk.files.load import load_document
from zestdesk.files.recovery import RecoveryFile
from zestdesk.logs import state_folder
from zestdesk.resources import resource
from zestdesk.session.history import History
from zestdesk.session.queue import Queue
from zestdesk.session.worker import Worker
from zestdesk.ui.dialogs import show_error
from zestdesk.ui.document import Document
from zestdesk.ui.languages import install_language, wanted_language
from zestdesk.ui.main_window import MainWindow

__all__ = ["Editor", "run_editor"]

_PREPARE_AFTER: Final = 0.5
"""Seconds from the window's appearance until torch is imported: the first paint comes first."""

_PATIENCE: Final = 15.0
"""Seconds that closing waits for the worker; importing torch takes a few, a download may take an hour."""

_log = logging.getLogger(__name__)


def run_editor(path: Path | None) -> int:
    """Open the editor and return when its window is closed.

    Args:
        path: a project or layout to open; None opens the sample.

    Returns:
        The exit code.

    Raises:
        UserError: when there is no screen to open a window on.
    """
    application = _application()
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    faults = Faults()
    try:
        with loop, faults.watched(loop), Collector().in_charge():
            editor = Editor(faults)
            with _told_by_signals(lambda: loop.call_soon(editor.leave)):
                ended = loop.run_until_complete(editor.run(path))
            editor.take_apart()
    finally:
        asyncio.set_event_loop(None)
    if not ended:
        _log.warning("The worker is still busy, with a download perhaps; leaving without it.")
        logging.shutdown()
        # Python would wait for the thread. Everything of the user's is written by now.
        os._exit(0)
    return 0


def _application() -> QApplication:
    """Return this process's application, with its name and icon."""
    running = QApplication.instance()
    if not isinstance(running, QApplication):
        _require_screen()
        running = QApplication(sys.argv[:1])
    running.setOrganizationName("ZestDesk")
    running.setApplicationName("zestdesk")
    running.setApplicationDisplayName("ZestDesk")
    running.setApplicationVersion(__version__)
    running.setDesktopFileName("zestdesk")
    install_language(running, wanted_language(QSettings("ZestDesk", "ZestDesk")))
    running.setWindowIcon(QIcon(str(resource("icons", "zestdesk.svg"))))
    # The end is ours: jobs are cancelled and threads joined before the event loop stops.
    running.setQuitOnLastWindowClosed(False)
    return running


def _require_screen() -> None:
    """Refuse to start where Qt would abort the whole process for want of a display."""
    if sys.platform in {"win32", "darwin"} or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        return
    raise UserError("There is no screen to open the editor on; start it on a desktop, or use “zestdesk render”.")


class Editor(QObject):
    """One window with all that stands behind it.

    Attributes:
        window: the main window.
    """

    def __init__(self, faults: Faults) -> None:
        super().__init__()
        self._recovery = RecoveryFile(state_folder() / "recovery")
        queue, history = Queue(Worker(), parent=self), History(parent=self)
        self._worker, self._queue = queue.worker, queue
        self._document = Document(history, parent=self)
        self.window = MainWindow(self._document, queue, history)
        preferences = self.window.shell.preferences
        self._autosave = Autosave(self._document, self._recovery, preferences.autosave_after, parent=self)
        preferences.autosave_changed.connect(self._autosave.set_delay)
        self._fault_box: QMessageBox | None = None
        self._over = asyncio.Event()
        self._keep = False
        self.window.closed.connect(self._over.set)
        faults.happened.connect(self._tell_fault)

    async def run(self, path: Path | None) -> bool:
        """Show the window, and return when it is closed and nothing runs any more.

        Args:
            path: what to open; None for the sample.

        Returns:
            False when the worker's thread could not be ended in time.
        """
        self.window.show()
        _log.info("The window is open.")
        asyncio.get_running_loop().call_later(_PREPARE_AFTER, self._worker.prepare)
        if not await self._recover():
            self._open_first(path)
        await self._over.wait()
        self.window.hide()
        await self._queue.close()
        await self._autosave.finish(keep=self._keep)
        return self._worker.close(_PATIENCE)

    def leave(self) -> None:
        """Close without asking, as when the session ends: unsaved work is offered at the next start."""
        self._keep = True
        self._over.set()

    def take_apart(self) -> None:
        """Destroy the window while there still is an application."""
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _open_first(self, path: Path | None) -> None:
        if path is None:
            state = load_document(resource("samples", "first.json")).state
            self._document.new(state, title=self.tr("Sample"))
        else:
            self.window.files.open(path)

    async def _recover(self) -> bool:
        """Offer the work of a session that ended badly; return whether it was taken up."""
        try:
            lost = await asyncio.to_thread(self._recovery.read)
        except UserError as error:
            aside = self._recovery.set_aside()
            text = self.tr("Work of the last session was kept, but cannot be read. It is now in {file}.")
            show_error(self.window, text.format(file=aside), error)
            return False
        if lost is None:
            return False
        wanted = await self._ask_recover()
        if wanted is None:
            self._keep = True  # the next start asks again
            return True
        if wanted:
            self._document.adopt(lost, None, saved=False, title=self.tr("Recovered"))
        else:
            self._recovery.clear()
        return wanted

    async def _ask_recover(self) -> bool | None:
        """Ask, without a loop of its own; None when the window was closed, or the program left, before the answer."""
        if self._over.is_set():
            return None
        box = QMessageBox(self.window)
        box.setObjectName("recovery")
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("ZestDesk")
        box.setText(self.tr("ZestDesk was not closed properly. Bring back the work that was not saved?"))
        discard = box.addButton(self.tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        accept = box.addButton(self.tr("Bring back"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(accept)
        box.setEscapeButton(accept)  # the key that is pressed without thinking loses nothing
        answered = asyncio.Event()
        box.finished.connect(lambda _code: answered.set())
        box.open()
        waits = [asyncio.ensure_future(event.wait()) for event in (answered, self._over)]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        box.deleteLater()
        return box.clickedButton() is not discard if answered.is_set() else None

    def _tell_fault(self, error: BaseException) -> None:
        """Keep the work, then say what happened; while that is on screen, further faults only go to the log."""
        if isinstance(error, KeyboardInterrupt):
            self.leave()
            return
        self._autosave.write_now()
        if self._fault_box is None:
            self._fault_box = show_error(self.window, self.tr("Something went wrong."), error)
            self._fault_box.setObjectName("fault")
            self._fault_box.finished.connect(self._forget_fault)

    def _forget_fault(self, _code: int) -> None:
        self._fault_box = None


@contextmanager
def _told_by_signals(tell: Callable[[], object]) -> Iterator[None]:
    """Call ``tell`` on SIGINT and SIGTERM inside the block.

    Python runs its handlers only when it gets to run at all, and Qt's loop may sleep for long: the signal writes to a
    socket, which wakes the loop, which runs a slot in Python.
    """
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: reader.recv(64), Qt.ConnectionType.DirectConnection)
    old_fd = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    numbers = (signal.SIGINT, signal.SIGTERM)
    old = [signal.signal(number, lambda _number, _frame: tell()) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, old, strict=True):
            signal.signal(number, handler)
        signal.set_wakeup_fd(old_fd)
        notifier.setEnabled(False)
        reader.close()
        writer.close()
