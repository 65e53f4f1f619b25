"""The pictures that are being made at once, side by side: one of them is watched on the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from zestdesk.ui.fit import fit_figure, fit_word
from zestdesk.ui.run_cards import CARD, CardRole, card_list, card_picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent

    from zestdesk.guidance.request import StepEvent
    from zestdesk.session.queue import Job, Queue
    from zestdesk.ui.theme import Theme

__all__ = ["LiveModel", "LiveStrip"]

Index = QModelIndex | QPersistentModelIndex


class LiveModel(QAbstractListModel):
    """The pictures of the running job as rows, in the order of their seeds; none when it makes only one."""

    def __init__(self, queue: Queue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self._job: Job | None = None
        self._pictures: dict[int, QPixmap] = {}
        self._readers: dict[int, Callable[[int], Any]] = {
            Qt.ItemDataRole.DisplayRole: self._words,
            Qt.ItemDataRole.AccessibleTextRole: self._words,
            Qt.ItemDataRole.ToolTipRole: self._words,
            Qt.ItemDataRole.SizeHintRole: lambda _number: CARD,
            CardRole.PICTURE: lambda number: self._pictures.get(number, QPixmap()),
            CardRole.SEED: self._seed,
            CardRole.FIT: lambda number: _mean(self._event(number)),
            CardRole.PROGRESS: self._progress,
        }
        queue.changed.connect(self._follow)
        queue.stepped.connect(self._stepped)
        self._follow()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default, never changed
        """Return how many pictures there are."""
        return 0 if parent.isValid() or self._job is None else len(self._job.seeds)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return what a role says about a row."""
        read = self._readers.get(role)
        return read(index.row()) if read and self._job is not None and index.isValid() else None

    def _event(self, number: int) -> StepEvent | None:
        return self._job.steps.get(number) if self._job is not None else None

    def _progress(self, number: int) -> float:
        event = self._event(number)
        return event.step / event.total if event is not None else 0.0

    def _seed(self, number: int) -> int | None:
        return self._job.seeds[number] if self._job is not None else None

    def _words(self, number: int) -> str:
        job, event = self._job, self._event(number)
        assert job is not None  # noqa: S101 - there is a row
        fit = _mean(event)
        text = self.tr("Picture {number} of {count}, seed {seed}").format(
            number=number + 1, count=len(job.seeds), seed=job.seeds[number]
        )
        if event is None:
            return self.tr("{picture}, waiting").format(picture=text)
        text = self.tr("{picture}, step {step} of {total}").format(picture=text, step=event.step, total=event.total)
        return text if fit is None else f"{text}, {fit_figure(fit)}, {fit_word(fit)}"

    def _follow(self) -> None:
        job = self._queue.running
        job = job if job is not None and len(job.seeds) > 1 else None
        if job is not self._job:
            self.beginResetModel()
            self._job = job
            self._pictures.clear()
            self.endResetModel()

    def _stepped(self, job: Job, event: StepEvent) -> None:
        if job is not self._job:
            return
        if event.preview is not None:
            self._pictures[event.picture] = card_picture(event.preview)
        row = self.index(event.picture)
        self.dataChanged.emit(row, row)


class LiveStrip(QWidget):
    """Cards of the pictures that are being made; hidden while there are not several.

    Signals:
        chosen: (int) the number of the picture that the user wants to watch, from 0.
    """

    chosen = Signal(int)

    def __init__(self, queue: Queue, theme: Theme) -> None:
        super().__init__()
        self._watched: int | None = None
        self.model = LiveModel(queue, self)
        self.list = card_list(self.model, theme)
        self.list.setObjectName("live")
        self.list.setAccessibleName(self.tr("Pictures in the making"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.list.clicked.connect(self._current_changed)
        self.model.modelReset.connect(self._reset)
        self._reset()

    def mark(self, number: int | None) -> None:
        """Show which picture is watched, without a signal; None when none of them is."""
        self._watched = number
        chosen = self.list.selectionModel()
        blocked = chosen.blockSignals(True)
        index = QModelIndex() if number is None else self.model.index(number)
        if not index.isValid():
            chosen.clear()
        else:
            chosen.setCurrentIndex(index, chosen.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)
        chosen.blockSignals(blocked)
        self.list.viewport().update()

    def sizeHint(self) -> QSize:
        """Return room for all cards."""
        return QSize(self.model.rowCount() * (CARD.width() + 4) + 16, CARD.height() + 8)

    def minimumSizeHint(self) -> QSize:
        """Return room for one; the others can be scrolled to."""
        return QSize(CARD.width() + 20, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the watched card in sight."""
        super().resizeEvent(event)
        self.list.scrollTo(self.list.currentIndex())

    def _reset(self) -> None:
        self.setVisible(self.model.rowCount() > 0)
        self.updateGeometry()
        self.mark(self._watched)  # the job may have been heard of before its pictures were here

    def _current_changed(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.row())


def _mean(event: StepEvent | None) -> float | None:
    return sum(event.fits) / len(event.fits) if event is not None and event.fits else None
