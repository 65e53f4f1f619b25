"""What is remembered for all documents, with a type and a limit each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from zestdesk.document.undo import BUDGET
from zestdesk.ui.languages import LANGUAGE, LANGUAGES, SYSTEM

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

__all__ = ["AUTOSAVE_RANGE", "MEGABYTE", "UNDO_RANGE", "Preferences"]

MEGABYTE: Final = 2**20

_AUTOSAVE: Final = "work/autosave_after"
_AUTOSAVE_USUAL: Final = 3
AUTOSAVE_RANGE: Final = (1, 600)
"""Seconds from a change until unsaved work is kept, at least and at most."""


_UNDO: Final = "work/undo_megabytes"
_UNDO_USUAL: Final = BUDGET // MEGABYTE
UNDO_RANGE: Final = (16, 8192)
"""Megabytes that the undo history may hold, at least and at most."""


class Preferences(QObject):
    """Typed values over the settings; each setter remembers at once.

    Signals:
        autosave_changed: (int) seconds from a change until unsaved work is kept.
        undo_changed: (int) megabytes that the undo history may hold.
    """

    autosave_changed = Signal(int)
    undo_changed = Signal(int)

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    @property
    def autosave_after(self) -> int:
        """Seconds from a change until unsaved work is kept."""
        return self._number(_AUTOSAVE, _AUTOSAVE_USUAL, AUTOSAVE_RANGE)

    @autosave_after.setter
    def autosave_after(self, seconds: int) -> None:
        low, high = AUTOSAVE_RANGE
        seconds = min(max(seconds, low), high)
        if seconds != self.autosave_after:
            self._settings.setValue(_AUTOSAVE, seconds)
            self.autosave_changed.emit(seconds)

    @property
    def undo_megabytes(self) -> int:
        """Megabytes that the undo history may hold."""
        return self._number(_UNDO, _UNDO_USUAL, UNDO_RANGE)

    @undo_megabytes.setter
    def undo_megabytes(self, size: int) -> None:
        low, high = UNDO_RANGE
        size = min(max(size, low), high)
        if size != self.undo_megabytes:
            self._settings.setValue(_UNDO, size)
            self.undo_changed.emit(size)

    @property
    def language(self) -> str:
        """A code of :data:`LANGUAGES`, or ``"system"``."""
        stored = str(self._settings.value(LANGUAGE, SYSTEM))
        return stored if stored in LANGUAGES else SYSTEM

    @language.setter
    def language(self, code: str) -> None:
        self._settings.setValue(LANGUAGE, code if code in LANGUAGES else SYSTEM)

    def _number(self, key: str, usual: int, limits: tuple[int, int]) -> int:
        try:
            number = int(str(self._settings.value(key, usual)))
        except ValueError:  # edited by hand, or damaged
            return usual
        return min(max(number, limits[0]), limits[1])
