"""The rows of the layers panel: what mouse and keys do to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from zestdesk.document.layers import Group
from zestdesk.ui.layer_model import Role

if TYPE_CHECKING:
    from zestdesk.ui.layer_delegate import LayerDelegate
    from zestdesk.ui.layer_model import LayerModel
    from zestdesk.ui.theme import Theme

__all__ = ["LayerList"]

Index = QModelIndex | QPersistentModelIndex

_INDENT: Final = 18
_MODIFIERS: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class LayerList(QTreeView):
    """Layers and groups, a row each.

    Attributes:
        toggled: the row that was just taken into the selection, or out of it, by itself (Ctrl and a click).

    Signals:
        part_clicked: (QModelIndex, str, Qt.KeyboardModifiers) the eye, lock or colour of a row was pressed.
        key_wanted: (str) ``"show"``, ``"up"`` or ``"down"``: what a key asked for the selected rows.
    """

    part_clicked = Signal(QModelIndex, str, Qt.KeyboardModifier)
    key_wanted = Signal(str)

    def __init__(self, model: LayerModel, delegate: LayerDelegate, theme: Theme) -> None:
        super().__init__()
        self._delegate, self._theme = delegate, theme
        self._message = ""
        self.toggled = QModelIndex()
        self.setObjectName("layers")
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setHeaderHidden(True)
        self.setIndentation(_INDENT)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)  # the model takes its own rows only
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAutoExpandDelay(700)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    def show_message(self, text: str) -> None:
        """Say something where there are no rows to be seen; nothing when empty."""
        self._message = text
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, or why there are none."""
        super().paintEvent(event)
        if self._message:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(self._theme.tokens.muted))
            place = self.viewport().rect().adjusted(16, 16, -16, -16)
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._message)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw a line along a group's layers; the fold is part of the group's row, and the row's colour ends here."""
        painter.fillRect(rect, QColor(self._theme.tokens.panel))
        if index.parent().isValid():
            painter.setPen(QPen(QColor(self._theme.tokens.line), 2))
            x = rect.left() + _INDENT - 3
            painter.drawLine(x, rect.top(), x, rect.bottom())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press eye, fold, lock or colour without touching the selection."""
        index = self.indexAt(event.position().toPoint())
        part = self._part(event)
        if part and event.button() == Qt.MouseButton.LeftButton:
            event.accept()
            if part == "fold":
                self.setExpanded(index, not self.isExpanded(index))
            else:
                self.part_clicked.emit(index, part, event.modifiers())
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick presses on an eye are two presses."""
        if self._part(event):
            self.mousePressEvent(event)
            return
        super().mouseDoubleClickEvent(event)

    def _part(self, event: QMouseEvent) -> str:
        index = self.indexAt(event.position().toPoint())
        return self._delegate.part_at(self.visualRect(index), event.position(), index) if index.isValid() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return edits the label, like F2; Space shows or hides; Ctrl with up and down moves; plain arrows walk."""
        if self.state() == QAbstractItemView.State.EditingState or not self.currentIndex().isValid():
            super().keyPressEvent(event)
            return
        control = event.modifiers() & _MODIFIERS == Qt.KeyboardModifier.ControlModifier
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not control:
            self.edit(self.currentIndex())
        elif key == Qt.Key.Key_Space:
            self.key_wanted.emit("show")
        elif control and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.key_wanted.emit("up" if key == Qt.Key.Key_Up else "down")
        elif key == Qt.Key.Key_Left and self.currentIndex().parent().isValid():
            self.setCurrentIndex(self.currentIndex().parent())
        elif key == Qt.Key.Key_Asterisk:
            event.ignore()  # QTreeView would open every group
        else:
            super().keyPressEvent(event)

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """Remember which row is toggled: for a group that means all of its layers."""
        command = super().selectionCommand(index, event)
        is_toggle = bool(command & QItemSelectionModel.SelectionFlag.Toggle)
        self.toggled = QModelIndex(index) if is_toggle and isinstance(index, QModelIndex) else QModelIndex()
        return command

    def folded(self) -> frozenset[str]:
        """Return the ids of the groups whose layers are not shown."""
        model = self.model()
        rows = (model.index(row, 0) for row in range(model.rowCount()))
        groups = ((row, row.data(Role.ITEM)) for row in rows)
        return frozenset(item.id for row, item in groups if isinstance(item, Group) and not self.isExpanded(row))
