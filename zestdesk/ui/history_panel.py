"""The strip of finished runs: each with its picture, its seed and how well it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QDateTime,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from zestdesk.ui.fit import fit_figure, fit_word
from zestdesk.ui.key_hint import KeyHint
from zestdesk.ui.live_strip import LiveStrip
from zestdesk.ui.option_words import told_options
from zestdesk.ui.run_cards import CARD, CardRole, card_list, card_picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject, QPoint
    from PySide6.QtGui import QAction, QPixmap

    from zestdesk.files.project import Run
    from zestdesk.session.history import History
    from zestdesk.session.queue import Queue
    from zestdesk.ui.actions import Actions
    from zestdesk.ui.theme import Theme

__all__ = ["HistoryPanel", "RunModel", "mean_fit"]

Index = QModelIndex | QPersistentModelIndex


def mean_fit(run: Run) -> float | None:
    """Return the mean of a run's final fits, or None when it had no segments."""
    fits = run.result.fits
    return sum(fits) / len(fits) if fits else None


class RunModel(QAbstractListModel):
    """The history as rows, the newest first."""

    def __init__(self, history: History, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[Run, ...] = tuple(reversed(history.runs))
        self._pictures: dict[str, QPixmap] = {}
        self._history = history
        self._readers: dict[int, Callable[[Run], Any]] = {
            Qt.ItemDataRole.DisplayRole: self._spoken,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            Qt.ItemDataRole.ToolTipRole: self._tip,
            Qt.ItemDataRole.SizeHintRole: lambda _run: CARD,
            CardRole.RUN: lambda run: run,
            CardRole.PICTURE: self._thumbnail,
            CardRole.SEED: lambda run: run.result.request.seed,
            CardRole.FIT: mean_fit,
        }
        history.added.connect(self._added)
        history.removed.connect(self._removed)
        history.reset.connect(self._reset)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default, never changed
        """Return how many runs there are."""
        return 0 if parent.isValid() else len(self._runs)

    def run(self, index: Index) -> Run | None:
        """Return the run at a row."""
        return self._runs[index.row()] if index.isValid() and index.row() < len(self._runs) else None

    def row_of(self, run_id: str) -> int | None:
        """Return the row of a run, or None when it is not there."""
        return next((row for row, run in enumerate(self._runs) if run.id == run_id), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return what a role says about a row."""
        run, read = self.run(index), self._readers.get(role)
        return read(run) if run and read else None

    @staticmethod
    def _spoken(run: Run) -> str:
        fit = mean_fit(run)
        text = QCoreApplication.translate("RunModel", "Run with seed {seed}").format(seed=run.result.request.seed)
        return text if fit is None else f"{text}, {fit_figure(fit)}, {fit_word(fit)}"

    def _thumbnail(self, run: Run) -> QPixmap:
        if run.id not in self._pictures:
            self._pictures[run.id] = card_picture(run.result.picture)
        return self._pictures[run.id]

    def _tip(self, run: Run) -> str:
        request, result = run.result.request, run.result
        lines = [
            result.composed_prompt,
            self.tr("{steps} steps, seed {seed}, strength {eta:g}, {width} × {height}").format(
                steps=request.steps, seed=request.seed, eta=request.eta, width=request.width, height=request.height
            ),
            self.tr("{time}, took {seconds:.1f} s on {device}").format(
                time=QLocale().toString(
                    QDateTime.fromSecsSinceEpoch(round(run.created.timestamp())), QLocale.FormatType.ShortFormat
                ),
                seconds=result.seconds,
                device=result.device,
            ),
        ]
        if result.savings:
            lines.append(self.tr("Memory was tight: the run saved some, at the price of time."))
        lines.extend(told_options(request.options))
        for segment, fit in zip(request.segments, result.fits, strict=False):
            lines.append(f"{segment.label}: {fit_figure(fit)}, {fit_word(fit)}")
        return "\n".join(lines)

    def _added(self, run: Run) -> None:
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._runs = (run, *self._runs)
        self.endInsertRows()

    def _removed(self, run: Run) -> None:
        row = self.row_of(run.id)
        if row is None:
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        self._runs = (*self._runs[:row], *self._runs[row + 1 :])
        self._pictures.pop(run.id, None)
        self.endRemoveRows()

    def _reset(self) -> None:
        self.beginResetModel()
        self._runs = tuple(reversed(self._history.runs))
        self._pictures.clear()
        self.endResetModel()


class HistoryPanel(QWidget):
    """The strip and what can be done with the chosen run.

    Attributes:
        live: the pictures in the making, where there are several.

    Signals:
        chosen: (Run or None) the user chose a run to look at.
        restore_wanted: (Run).
    """

    chosen = Signal(object)
    restore_wanted = Signal(object)

    def __init__(self, history: History, queue: Queue, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self.model = RunModel(history, self)
        self.live = LiveStrip(queue, theme)
        self.list = card_list(self.model, theme)
        self.list.setObjectName("runs")
        self.list.setAccessibleName(self.tr("Runs"))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.empty = KeyHint(
            self.tr("No pictures yet. Press {key}: every run is kept here with its layout."), key=actions.generate
        )
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self._lay_out(actions)
        self._actions = actions
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.list.clicked.connect(self._current_changed)
        self.list.doubleClicked.connect(lambda index: self.restore_wanted.emit(self.model.run(index)))
        self.list.customContextMenuRequested.connect(self._menu)
        for signal in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            signal.connect(self._rows_changed)
        self._rows_changed()

    @property
    def current(self) -> Run | None:
        """The chosen run."""
        return self.model.run(self.list.currentIndex())

    def show_current(self, run_id: str | None) -> None:
        """Mark a run as the chosen one, without a signal."""
        chosen = self.list.selectionModel()
        blocked = chosen.blockSignals(True)
        row = None if run_id is None else self.model.row_of(run_id)
        if row is None:
            chosen.clear()
        else:
            index = self.model.index(row)
            chosen.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)
        chosen.blockSignals(blocked)
        self.list.viewport().update()
        self._enable()

    def sizeHint(self) -> QSize:
        """Return a size that is one card high."""
        return QSize(500, CARD.height() + 24)

    def _lay_out(self, actions: Actions) -> None:
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.addWidget(self.empty)
        strip = QWidget()
        self._stack = QStackedLayout(strip)
        self._stack.addWidget(self.list)
        self._stack.addWidget(empty)
        buttons = QGridLayout()
        buttons.setSpacing(2)
        for number, action in enumerate(self._deeds(actions)):
            button = QToolButton()
            button.setDefaultAction(action)
            buttons.addWidget(button, number // 2, number % 2)
        buttons.setRowStretch(3, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 6, 8)
        row.setSpacing(6)
        row.addWidget(self.live)
        row.addWidget(strip, 1)
        row.addLayout(buttons)

    @staticmethod
    def _deeds(actions: Actions) -> tuple[QAction, ...]:
        """Return what can be done with the chosen run."""
        return (
            actions.restore,
            actions.reuse_seed,
            actions.use_as_start,
            actions.redraw_layers,
            actions.export,
            actions.delete_run,
        )

    def _rows_changed(self) -> None:
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        self._enable()

    def _current_changed(self, index: QModelIndex) -> None:
        self._enable()
        self.chosen.emit(self.model.run(index))

    def _enable(self) -> None:
        actions = self._actions
        for action in (actions.restore, actions.reuse_seed, actions.use_as_start, actions.delete_run):
            action.setEnabled(self.current is not None)
        self._actions.export.setEnabled(self.model.rowCount() > 0)

    def _menu(self, at: QPoint) -> None:
        if not self.list.indexAt(at).isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        actions = self._actions
        *deeds, delete = self._deeds(actions)
        menu.addActions(deeds)
        menu.addSeparator()
        menu.addAction(delete)
        menu.popup(self.list.viewport().mapToGlobal(at))
