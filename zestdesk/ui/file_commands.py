"""New, open, save, export: what the File menu does, one at a time, never blocking the window."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSettings, QStandardPaths, Signal
from PySide6.QtWidgets import QMessageBox

from zestdesk.document.layout import LayoutState
from zestdesk.files.load import load_document
from zestdesk.files.png import save_picture
from zestdesk.ui.dialogs import ask_folder, ask_open, ask_save, ask_unsaved, show_error
from zestdesk.ui.document import SUFFIX
from zestdesk.ui.new_document import ask_new_canvas

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from PySide6.QtWidgets import QWidget

    from zestdesk.files.project import Run
    from zestdesk.ui.actions import Actions
    from zestdesk.ui.document import Document
    from zestdesk.ui.theme import Theme

__all__ = ["FileCommands", "opens"]

_RECENT: Final = "files/recent"
_MOST_RECENT: Final = 10
_OPENABLE: Final = (SUFFIX, ".json", ".png")


def opens(path: Path) -> bool:
    """Return whether a dropped file may be a project, a layout, or a picture with its settings inside, by its name."""
    return path.suffix.lower() in _OPENABLE


class FileCommands(QObject):
    """Runs each command as a task on the loop; while one asks or works, others are not begun.

    A save or a close that is asked for while a file is being written is not forgotten: it follows.

    Signals:
        told: (str) something went well, for the status bar.
        recent_changed: the list of recent files differs.
        may_close: the window may close: nothing is lost.
    """

    told = Signal(str)
    recent_changed = Signal()
    may_close = Signal()

    def __init__(self, window: QWidget, document: Document, settings: QSettings, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._document, self._settings, self._theme = window, document, settings, theme
        self._task: asyncio.Task[None] | None = None
        self._writing = self._save_next = self._close_next = False

    def connect_actions(self, actions: Actions) -> None:
        """Give the File menu's actions their deeds."""
        actions.connect_deeds({"new": self.new, "open": self.open, "save": self.save, "save_as": self.save_as})

    @property
    def writing(self) -> bool:
        """Whether a file is being written."""
        return self._writing

    @property
    def busy(self) -> bool:
        """Whether a command is at work."""
        return self._task is not None and not self._task.done()

    @property
    def recent(self) -> tuple[Path, ...]:
        """Files opened or saved lately, the latest first."""
        stored = self._settings.value(_RECENT, [])
        names = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        return tuple(Path(str(name)) for name in names)

    def forget_recent(self) -> None:
        """Empty the list of recent files."""
        self._settings.setValue(_RECENT, [])
        self.recent_changed.emit()

    def new(self) -> None:
        """Ask for a shape and start an empty project."""
        self._begin(self._new(), self.tr("A new project could not be started."))

    def open(self, path: Path | None = None) -> None:
        """Open a file; without a path, ask for one."""
        self._begin(self._open(path), self.tr("The file could not be opened."))

    def save(self) -> None:
        """Save to the document's file, or ask for one."""
        if self._writing:
            self._save_next = True
            return
        self._begin(self._save_where(self._document.path), self.tr("The project could not be saved."))

    def save_as(self) -> None:
        """Ask where to save."""
        self._begin(self._save_where(None), self.tr("The project could not be saved."))

    def export(self, run: Run) -> None:
        """Ask where to write a run's picture."""
        self._begin(self._export(run), self.tr("The picture could not be exported."))

    def choose_folder(self, title: str, chosen: Callable[[str], None]) -> None:
        """Ask for a folder and hand it over."""
        self._begin(self._choose_folder(title, chosen), self.tr("The folder could not be chosen."))

    def close(self) -> None:
        """Ask about unsaved changes; ``may_close`` follows unless the user thinks better of it."""
        if self._writing:
            self._close_next = True
            return
        self._begin(self._close(), self.tr("The project could not be saved."))

    def _begin(self, work: Coroutine[object, object, object], failure: str) -> None:
        if self.busy:
            work.close()
            return
        self._task = asyncio.get_running_loop().create_task(self._guarded(work, failure))

    async def _guarded(self, work: Coroutine[object, object, object], failure: str) -> None:
        try:
            await work
            await self._follow_up()
        except Exception as error:  # noqa: BLE001 - every failure becomes a sentence on screen; nothing is lost
            self._save_next = self._close_next = False  # whoever reads of it decides anew
            show_error(self._window, failure, error)

    async def _follow_up(self) -> None:
        """Do what was asked for while a file was being written: first save, then close."""
        while self._save_next:
            self._save_next = False
            await self._save_where(self._document.path)
        if self._close_next:
            self._close_next = False
            await self._close()

    async def _written(self, work: Awaitable[None]) -> None:
        self._writing = True
        try:
            await work
        finally:
            self._writing = False

    async def _new(self) -> None:
        if not await self._may_discard():
            return
        canvas = await ask_new_canvas(self._window, self._settings, self._theme)
        if canvas is not None:
            self._document.new(LayoutState(canvas=canvas))

    async def _open(self, path: Path | None) -> None:
        document = self._document
        while True:
            if not await self._may_discard():
                return
            asked = document.layout.state
            if path is None:
                filters = self.tr("Projects, layouts, pictures with settings (*.zest *.json *.png);;All files (*)")
                path = await ask_open(self._window, self.tr("Open"), filters, self._folder())
                if path is None:
                    return
            project = await asyncio.to_thread(load_document, path)
            # Edits made while the file was being read are asked about too.
            if document.layout.state is asked or not document.modified:
                break
        document.adopt(project, path)
        self._remember(path)
        self.told.emit(self.tr("Opened {name}.").format(name=path.name))

    async def _save_where(self, path: Path | None) -> bool:
        """Save and return True, or False when the user did not say where."""
        document = self._document
        if path is None:
            stem = Path(document.title).stem
            proposal = document.path or self._folder() / f"{stem}{SUFFIX}"
            filters = self.tr("ZestDesk projects (*{suffix})").format(suffix=SUFFIX)
            path = await ask_save(self._window, self.tr("Save as"), filters, proposal, SUFFIX)
            if path is None:
                return False
        await self._written(document.save(path))
        self._remember(path)
        self.told.emit(self.tr("Saved {name}.").format(name=path.name))
        return True

    async def _export(self, run: Run) -> None:
        stem = Path(self._document.title).stem
        proposal = self._folder() / f"{stem}-{run.result.request.seed}.png"
        path = await ask_save(self._window, self.tr("Export picture"), self.tr("PNG (*.png)"), proposal, ".png")
        if path is None:
            return
        await self._written(asyncio.to_thread(save_picture, path, run))
        self.told.emit(self.tr("Exported {name}.").format(name=path.name))

    async def _choose_folder(self, title: str, chosen: Callable[[str], None]) -> None:
        path = await ask_folder(self._window, title)
        if path is not None:
            chosen(str(path))

    async def _close(self) -> None:
        if await self._may_discard():
            self.may_close.emit()

    async def _may_discard(self) -> bool:
        """Return whether what is open may go: it is saved, or the user says so."""
        document = self._document
        while document.modified:
            answer = await ask_unsaved(self._window, document.title)
            if answer == QMessageBox.StandardButton.Discard:
                return True
            if answer != QMessageBox.StandardButton.Save or not await self._save_where(document.path):
                return False
        return True

    def _folder(self) -> Path:
        if self._document.path:
            return self._document.path.parent
        if self.recent:
            return self.recent[0].parent
        places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(places[0]) if places and Path(places[0]).is_dir() else Path.home()

    def _remember(self, path: Path) -> None:
        path = path.absolute()
        kept = [str(path), *(str(other) for other in self.recent if other != path)]
        self._settings.setValue(_RECENT, kept[:_MOST_RECENT])
        self.recent_changed.emit()
