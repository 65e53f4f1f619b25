"""The autosave file: what a crash, a power cut or a full disk leaves of work that was not saved."""

import uuid
from pathlib import Path

from PySide6.QtCore import QLockFile

from zestdesk.errors import UserError
from zestdesk.files.project import Project, open_project, save_project

__all__ = ["RecoveryFile"]


class RecoveryFile:
    """One running program's place for unsaved work.

    Several programs may run side by side: each one locks a place of its own. A program that starts takes over the
    newest place that a program which is no longer running has left, with what is in it.

    Args:
        folder: where the places are; made where it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: QLockFile | None = None
        self._path: Path | None = None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            left = sorted(self._folder.glob("unsaved-*.zest"), key=lambda path: path.stat().st_mtime, reverse=True)
        except OSError:  # no state folder to be had: write() says so when it matters
            return
        free = [self._folder / f"unsaved-{number}.zest" for number in range(len(left) + 64)]
        for path in [*left, *free]:
            lock = QLockFile(str(path.with_suffix(".lock")))
            lock.setStaleLockTime(0)  # a program may run for days; only one that is gone leaves a stale lock
            if lock.tryLock(0):
                self._lock, self._path = lock, path
                return

    def write(self, project: Project) -> None:
        """Keep the project.

        Raises:
            UserError: it cannot be written; what was kept before is still there.
        """
        if self._path is None:
            raise UserError("Unsaved work cannot be kept here; check that the folder is writable.", str(self._folder))
        save_project(self._path, project)

    def read(self) -> Project | None:
        """Return what was kept, or None.

        Raises:
            UserError: something was kept and is damaged.
        """
        if self._path is None or not self._path.exists():
            return None
        return open_project(self._path)

    def set_aside(self) -> Path | None:
        """Give what was kept and cannot be read a name under which nothing overwrites it.

        Returns:
            Where it is now, or None when nothing was kept.
        """
        if self._path is None or not self._path.exists():
            return None
        try:
            return self._path.rename(self._folder / f"unreadable-{uuid.uuid4().hex[:8]}.zest")
        except OSError:  # where it cannot be renamed it cannot be replaced either
            return self._path

    def clear(self) -> None:
        """Forget what was kept: it is saved, or not wanted."""
        if self._path is None:
            return
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise UserError(
                "The file could not be removed ({reason}).", self._path.name, reason=error.strerror
            ) from error

    def close(self) -> None:
        """Let go of the place; what was kept stays in it."""
        if self._lock is not None:
            self._lock.unlock()
        self._lock = self._path = None
