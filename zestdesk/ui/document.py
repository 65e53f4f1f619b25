"""The open document: layout, undo, runs, and where it is kept; free of widgets."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from zestdesk.document.layout import Layout, LayoutState, detached
from zestdesk.document.undo import UndoStack
from zestdesk.files.load import load_document
from zestdesk.files.project import Project, save_project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from zestdesk.session.history import History

__all__ = ["SUFFIX", "Document"]

SUFFIX: Final = ".zest"
"""Of project files."""


class Document(QObject):
    """One layout under edit with its runs, and the file behind it.

    What counts as modified is decided by value, not by the undo stack's index: undoing back to what was saved is no
    change, and an edit made while a save is still being written is one.

    Attributes:
        layout: the layout under edit.
        undo: every edit of it, as far back as the memory that it may take reaches.
        history: the runs that are saved with it.

    Signals:
        modified_changed: whether there are unsaved changes.
        path_changed: the file behind the document is another one.
        replaced: another document is in place: opened, new, or recovered.
    """

    modified_changed = Signal(bool)
    path_changed = Signal()
    replaced = Signal()

    def __init__(self, history: History, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layout = Layout(parent=self)
        self.undo = UndoStack(self)
        self.history = history
        self._path: Path | None = None
        self._title = ""
        self._extra: Mapping[str, Any] = {}
        self._saved: tuple[LayoutState | None, tuple[str, ...]] = (self.layout.state, self._run_ids())
        self._modified = False
        self.layout.settled.connect(self._compare)
        for signal in (history.added, history.removed, history.reset):
            signal.connect(self._compare)

    @property
    def path(self) -> Path | None:
        """The project file, or None while there is none (new, or read from a layout JSON)."""
        return self._path

    @property
    def title(self) -> str:
        """The file's name, or what to call a document that has none."""
        return self._path.name if self._path else self._title or self.tr("Untitled")

    @property
    def modified(self) -> bool:
        """Whether there is anything to lose."""
        return self._modified

    def project(self) -> Project:
        """Return all of it as one immutable value that shares no path with the window, to be written by any thread."""
        runs = tuple(replace(run, state=detached(run.state)) for run in self.history.runs)
        return Project(state=detached(self.layout.state), runs=runs, extra=dict(self._extra))

    def new(self, state: LayoutState | None = None, title: str = "") -> None:
        """Start afresh, without asking."""
        self.adopt(Project(state=state or LayoutState()), None, title=title)

    async def open(self, path: Path) -> None:
        """Read a project or a layout JSON in another thread, then put it in this one's place.

        Raises:
            UserError: when it cannot be read; nothing has changed then.
        """
        self.adopt(await asyncio.to_thread(load_document, path), path)

    def adopt(self, project: Project, path: Path | None, *, saved: bool = True, title: str = "") -> None:
        """Put a project in place of this one.

        Args:
            project: what to show.
            path: where it came from; only a ``.zest`` becomes the document's file.
            saved: False for work that was recovered and is in no file yet.
            title: what to call it while it has no file.
        """
        is_project = path is not None and path.suffix.lower() == SUFFIX
        self._path = path if is_project else None
        self._title = title or (path.stem if path else "")
        self._extra = project.extra
        self.history.replace_all(project.runs)
        self.layout.set_state(project.state)
        self.undo.clear()
        self._saved = (self.layout.state if saved else None, self._run_ids())
        self._compare()
        self.path_changed.emit()
        self.replaced.emit()

    async def save(self, path: Path) -> None:
        """Write the project as it is now; what is edited meanwhile counts as modified.

        Raises:
            UserError: when it cannot be written; the old file is as it was and the document still counts as modified.
        """
        project, saved = self.project(), (self.layout.state, self._run_ids())
        await asyncio.to_thread(save_project, path, project)
        self._saved = saved
        self._path = path
        self._compare()
        self.path_changed.emit()

    def _run_ids(self) -> tuple[str, ...]:
        return tuple(run.id for run in self.history.runs)

    def _compare(self) -> None:
        state, runs = self._saved
        modified = runs != self._run_ids() or self.layout.state != state
        if modified != self._modified:
            self._modified = modified
            self.modified_changed.emit(modified)
