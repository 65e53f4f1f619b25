"""The strip of finished runs: each with its picture, its seed and how well it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QDateTime,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QMenu,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from zestdesk.ui.fit import fit_colour, fit_figure, fit_word
from zestdesk.ui.key_hint import KeyHint
from zestdesk.ui.option_words import told_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject, QPoint

    from zestdesk.files.project import Run
    from zestdesk.session.history import History
    from zestdesk.ui.actions import Actions
    from zestdesk.ui.theme import Theme

__all__ = ["HistoryPanel", "RunModel", "mean_fit"]

Index = QModelIndex | QPersistentModelIndex

_RUN: Final = Qt.ItemDataRole.UserRole + 1
_PICTURE: Final = Qt.ItemDataRole.UserRole + 2
_THUMB: Final = 88
_CARD: Final = QSize(100, 128)


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
            Qt.ItemDataRole.SizeHintRole: lambda _run: _CARD,
            _RUN: lambda run: run,
            _PICTURE: self._thumbnail,
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
            height, width, _ = run.result.picture.shape
            # The bytes are copied by scaling; the array outlives that.
            image = QImage(run.result.picture.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
            side = 2 * _THUMB
            self._pictures[run.id] = QPixmap.fromImage(
                image.scaled(
                    side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                ).copy()
            )
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


class _RunDelegate(QStyledItemDelegate):
    """Draws a run as a card."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw picture, seed and fit."""
        tokens, run, picture = self._theme.tokens, index.data(_RUN), index.data(_PICTURE)
        state, card = option.state, QRectF(option.rect).adjusted(1, 1, -1, -1)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selection if selected else tokens.hover))
            painter.drawRoundedRect(card, 6, 6)
        room = QRectF(card.left() + 5, card.top() + 5, _THUMB, _THUMB)
        size = picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        area = QRectF(0, 0, size.width(), size.height())
        area.moveCenter(room.center())
        clip = QPainterPath()
        clip.addRoundedRect(area, 4, 4)
        painter.save()
        painter.setClipPath(clip)
        painter.drawPixmap(area, picture, QRectF(picture.rect()))
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.accent_text if selected else tokens.line), 1.5 if selected else 1))
        painter.drawPath(clip)
        self._words(painter, QRect(round(room.left()), round(room.bottom()) + 5, _THUMB, 24), option, run)
        painter.restore()

    def _words(self, painter: QPainter, place: QRect, option: QStyleOptionViewItem, run: Run) -> None:
        tokens, fit = self._theme.tokens, mean_fit(run)
        font = QFont(option.font)
        font.setPointSizeF(option.font.pointSizeF() * 0.9)
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignVCenter
        figure = ""
        if fit is not None:
            figure = fit_figure(fit)
            painter.setPen(QColor(fit_colour(fit, tokens)))
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | flags, figure)
        room = place.width() - painter.fontMetrics().horizontalAdvance(figure) - 8
        seed = painter.fontMetrics().elidedText(
            self.tr("# {seed}").format(seed=run.result.request.seed), Qt.TextElideMode.ElideRight, room
        )
        painter.setPen(QColor(tokens.muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | flags, seed)


class HistoryPanel(QWidget):
    """The strip and what can be done with the chosen run.

    Signals:
        chosen: (Run or None) the user chose a run to look at.
        restore_wanted: (Run).
    """

    chosen = Signal(object)
    restore_wanted = Signal(object)

    def __init__(self, history: History, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self.model = RunModel(history, self)
        self.list = QListView()
        self.list.setObjectName("runs")
        self.list.setAccessibleName(self.tr("Runs"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(_RunDelegate(theme, self.list))
        self.list.setFlow(QListView.Flow.LeftToRight)
        self.list.setWrapping(False)
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(2)
        self.list.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.empty = KeyHint(
            self.tr("No pictures yet. Press {key}: every run is kept here with its layout."), key=actions.generate
        )
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out(actions)
        self._actions = actions
        theme.changed.connect(self.list.viewport().update)
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
        return QSize(500, _CARD.height() + 24)

    def _lay_out(self, actions: Actions) -> None:
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.addWidget(self.empty)
        strip = QWidget()
        self._stack = QStackedLayout(strip)
        self._stack.addWidget(self.list)
        self._stack.addWidget(empty)
        buttons = QVBoxLayout()
        buttons.setSpacing(2)
        for action in (actions.restore, actions.reuse_seed, actions.export, actions.delete_run):
            button = QToolButton()
            button.setDefaultAction(action)
            buttons.addWidget(button)
        buttons.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 6, 8)
        row.setSpacing(6)
        row.addWidget(strip, 1)
        row.addLayout(buttons)

    def _rows_changed(self) -> None:
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        self._enable()

    def _current_changed(self, index: QModelIndex) -> None:
        self._enable()
        self.chosen.emit(self.model.run(index))

    def _enable(self) -> None:
        for action in (self._actions.restore, self._actions.reuse_seed, self._actions.delete_run):
            action.setEnabled(self.current is not None)
        self._actions.export.setEnabled(self.model.rowCount() > 0)

    def _menu(self, at: QPoint) -> None:
        if not self.list.indexAt(at).isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        actions = self._actions
        menu.addActions([actions.restore, actions.reuse_seed, actions.export])
        menu.addSeparator()
        menu.addAction(actions.delete_run)
        menu.popup(self.list.viewport().mapToGlobal(at))
