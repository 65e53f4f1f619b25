"""Undo history: every step that can be taken back or done again, and where we are among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from zestdesk.ui.theme import Theme

__all__ = ["UndoModel", "UndoPanel"]

Index = QModelIndex | QPersistentModelIndex

_NOTHING: Final = QModelIndex()
_MARK: Final = QSize(14, 14)


class UndoModel(QAbstractListModel):
    """Row 0 is how it was before the first step; row n how it is after the n-th."""

    def __init__(self, stack: QUndoStack, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack, self._theme = stack, theme
        self._count, self._now = stack.count(), stack.index()
        self._blank = QPixmap(_MARK)  # keeps the names of all steps in one line
        self._blank.fill(Qt.GlobalColor.transparent)
        stack.indexChanged.connect(self._follow)
        stack.cleanChanged.connect(self._follow)

    def rowCount(self, parent: Index = _NOTHING) -> int:
        """Return the number of steps, and one."""
        return 0 if parent.isValid() else self._count + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return a step's name; those that were taken back are grey, the one that was done last has a mark."""
        row = index.row()
        if not index.isValid() or row > self._stack.count():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._name(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(self._theme.tokens.muted) if row > self._now else None
            case Qt.ItemDataRole.DecorationRole:
                return self._theme.icon("chevron-right") if row == self._now else self._blank
        return None

    def _name(self, row: int) -> str:
        return self._stack.text(row - 1) if row else self.tr("Beginning")

    def _spoken(self, row: int) -> str:
        if row == self._now:
            return self.tr("{step}, now").format(step=self._name(row))
        return self._name(row) if row < self._now else self.tr("{step}, taken back").format(step=self._name(row))

    def _follow(self, *_: object) -> None:
        count, now = self._stack.count(), self._stack.index()
        if count != self._count:
            self.beginResetModel()
            self._count, self._now = count, now
            self.endResetModel()
        else:
            self._now = now
            self.dataChanged.emit(self.index(0), self.index(count))


class UndoPanel(QWidget):
    """The list; choosing a step goes there."""

    def __init__(self, stack: QUndoStack, theme: Theme) -> None:
        super().__init__()
        self._stack = stack
        self.model = UndoModel(stack, theme, self)
        self.list = QListView()
        self.list.setObjectName("steps")
        self.list.setAccessibleName(self.tr("Undo history"))
        self.list.setAccessibleDescription(self.tr("Choose a step to go back or forward to it."))
        self.list.setToolTip(self.tr("Click a step to go back or forward to it."))
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setMinimumWidth(190)
        self.list.setIconSize(_MARK)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 2, 8, 8)
        column.addWidget(self.list)
        self.model.modelReset.connect(self._show_now)
        self.model.dataChanged.connect(self._show_now)
        self.list.selectionModel().currentChanged.connect(self._go)
        theme.changed.connect(self.list.viewport().update)
        self._show_now()

    def sizeHint(self) -> QSize:
        """Return the size of a few steps."""
        return QSize(220, 150)

    def _show_now(self) -> None:
        chosen = self.list.selectionModel()
        blocked = chosen.blockSignals(True)
        index = self.model.index(self._stack.index())
        self.list.setCurrentIndex(index)
        chosen.blockSignals(blocked)
        self.list.scrollTo(index)
        self.list.viewport().update()

    def _go(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() != self._stack.index():
            self._stack.setIndex(index.row())
