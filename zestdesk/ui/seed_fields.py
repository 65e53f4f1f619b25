"""Which seed the next run takes, and how many pictures of it and of those that follow."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton

from zestdesk.guidance.request import MAX_PICTURES
from zestdesk.ui.fields import SeedEdit, SliderNumber

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from zestdesk.ui.theme import Theme

__all__ = ["SeedFields", "new_seed"]

_MAX_NEW_SEED: Final = 10**9
_LOCKED: Final = "generate/seed_locked"
_PICTURES: Final = "generate/pictures"


def new_seed() -> int:
    """Return a seed at random."""
    return random.randrange(_MAX_NEW_SEED)


class SeedFields(QObject):
    """The seed with its dice and its lock, and the number of pictures.

    Attributes:
        seed: the number.
        dice: takes another one.
        lock: whether every run takes the seed that is shown; otherwise each takes a new one.
        pictures: how many a run makes, 1 to 8. How one asks, and not what for: it is no setting of the layout.

    Signals:
        edited: (object) another seed is wanted, an int.
        pictures_changed: (int).
    """

    edited = Signal(object)
    pictures_changed = Signal(int)

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self.seed = SeedEdit()
        self.seed.setAccessibleName(self.tr("Seed"))
        self.seed.setToolTip(self.tr("The same seed and settings give the same picture."))
        self.dice, self.lock = QToolButton(), QToolButton()
        self.dice.setToolTip(self.tr("Take another seed"))
        self.dice.setAccessibleName(self.tr("Take another seed"))
        self.lock.setCheckable(True)
        self.lock.setChecked(True)
        self.lock.setAccessibleName(self.tr("Keep the seed"))
        self.pictures = SliderNumber(1, MAX_PICTURES, 1, 0)
        self.pictures.name(
            self.tr("Pictures"),
            self.tr("How many pictures a run makes at once: of this seed, and of those that follow it."),
        )
        self.seed.entered.connect(self.edited)
        self.dice.clicked.connect(lambda: self.edited.emit(new_seed()))
        self.lock.toggled.connect(self._lock_toggled)
        self.pictures.edited.connect(lambda value: self.pictures_changed.emit(round(value)))
        theme.changed.connect(self._tint)
        self._tint()
        self._lock_toggled(locked=True)

    @property
    def count(self) -> int:
        """How many pictures the next run makes."""
        return round(self.pictures.value)

    def set_count(self, count: int) -> None:
        """Set how many pictures the next run makes."""
        self.pictures.show_value(min(max(count, 1), MAX_PICTURES))
        self.pictures_changed.emit(self.count)

    def remember_in(self, settings: QSettings) -> None:
        """Be as the user left it, and keep what changes from now on."""
        self.lock.setChecked(bool(settings.value(_LOCKED, True, type=bool)))
        count = str(settings.value(_PICTURES, 1))
        self.set_count(int(count) if count.isascii() and count.isdecimal() else 1)
        self.lock.toggled.connect(lambda locked: settings.setValue(_LOCKED, locked))
        self.pictures_changed.connect(lambda count: settings.setValue(_PICTURES, count))

    def row(self) -> QHBoxLayout:
        """Return the seed's fields, side by side."""
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(self.seed, 1)
        row.addSpacing(4)
        row.addWidget(self.dice)
        row.addWidget(self.lock)
        return row

    def _lock_toggled(self, locked: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._theme.dress_icon(self.lock, "lock" if locked else "lock-open")
        self.seed.setEnabled(locked)
        self.lock.setToolTip(
            self.tr("Every run takes this seed; click for a new one each time.")
            if locked
            else self.tr("Every run takes a new seed; click to keep the one shown.")
        )

    def _tint(self) -> None:
        self._theme.dress_icon(self.dice, "dices")
