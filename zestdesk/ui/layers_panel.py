"""The layers panel: order, visibility, lock, colour, label, weight, and how well each layer was heard."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QColorDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from zestdesk.document.layers import PALETTE, Layer
from zestdesk.ui.fields import SliderNumber, caption
from zestdesk.ui.layer_delegate import LayerDelegate
from zestdesk.ui.layer_model import LayerModel
from zestdesk.ui.words import prompt_phrases, vocabulary

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from zestdesk.document.layout import Layout
    from zestdesk.ui.actions import Actions
    from zestdesk.ui.layer_commands import LayerCommands
    from zestdesk.ui.selection import Selection
    from zestdesk.ui.stage import Stage
    from zestdesk.ui.theme import Theme

__all__ = ["LayerList", "LayersPanel"]


class LayerList(QListView):
    """The rows.

    Signals:
        part_clicked: (QModelIndex, str, Qt.KeyboardModifiers) the eye, lock or colour of a row was pressed.
    """

    part_clicked = Signal(QModelIndex, str, Qt.KeyboardModifier)

    def __init__(self, model: LayerModel, delegate: LayerDelegate) -> None:
        super().__init__()
        self._model, self._delegate = model, delegate
        self.setObjectName("layers")
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press eye, lock or colour without touching the selection."""
        index = self.indexAt(event.position().toPoint())
        part = self._delegate.part_at(self.visualRect(index), event.position()) if index.isValid() else ""
        if part and event.button() == Qt.MouseButton.LeftButton:
            event.accept()
            self.part_clicked.emit(index, part, event.modifiers())
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick presses on an eye are two presses."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._delegate.part_at(self.visualRect(index), event.position()):
            self.mousePressEvent(event)
            return
        super().mouseDoubleClickEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Reorder; several rows at once are one undo step."""
        with self._model.one_step() if len(self.selectedIndexes()) > 1 else nullcontext():
            super().dropEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return edits the label, like F2."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid() and not editing:
            self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)


class LayersPanel(QWidget):
    """List, weight of the selected layers, and buttons."""

    def __init__(
        self,
        layout: Layout,
        undo: QUndoStack,
        selection: Selection,
        stage: Stage,
        commands: LayerCommands,
        actions: Actions,
        theme: Theme,
    ) -> None:
        super().__init__()
        self._document, self._selection, self._commands, self._theme = layout, selection, commands, theme
        self._syncing = False
        self.model = LayerModel(layout, undo, stage, self)
        self.delegate = LayerDelegate(theme, self)
        self.list = LayerList(self.model, self.delegate)
        self.list.setAccessibleName(self.tr("Layers"))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.weight = SliderNumber(0, 10, 0.05, 2, reach=3)
        self.weight.name(
            self.tr("Weight"), self.tr("How strongly the selected layers count against the others; 1 is normal.")
        )
        self._weight_row = QWidget()
        self._empty = self._make_empty()
        self._lay_out(actions)
        self.model.rowsInserted.connect(self._rows_changed)
        self.model.rowsRemoved.connect(self._rows_changed)
        self.model.modelReset.connect(self._rows_changed)
        self.model.rowsMoved.connect(self._show_selection)
        self.model.dataChanged.connect(lambda *_: self._show_weight())
        self.list.selectionModel().selectionChanged.connect(self._take_selection)
        self.list.part_clicked.connect(self._part_clicked)
        self.list.customContextMenuRequested.connect(lambda at: self._menu(actions).popup(self.list.mapToGlobal(at)))
        self.weight.edited.connect(commands.set_weight)
        selection.changed.connect(self._show_selection)
        theme.changed.connect(self.list.viewport().update)
        layout.changed.connect(self._offer_phrases)
        # Connected before the window connects what these actions do: a label still being typed is part of the work.
        for action in (actions.save, actions.save_as, actions.generate, actions.generate_next):
            action.triggered.connect(self.finish_editing)
        self._offer_phrases()
        self._rows_changed()

    def finish_editing(self) -> None:
        """Take over the label that is being typed, if there is one."""
        for editor in self.list.viewport().findChildren(QLineEdit):
            if editor.isVisible():
                self.delegate.commitData.emit(editor)
                self.delegate.closeEditor.emit(editor)

    def edit_label(self, layer_id: str) -> None:
        """Open a layer's label for editing; :attr:`LayerDelegate.closeEditor` says when that is over."""
        row = self.model.row_of(layer_id)
        if row is None:
            return
        index = self.model.index(row)
        self.list.scrollTo(index)
        self.list.setCurrentIndex(index)
        self.list.setFocus()
        self.list.edit(index)

    def sizeHint(self) -> QSize:
        """Return a size that shows four layers."""
        return QSize(310, 330)

    def _make_empty(self) -> QWidget:
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setSpacing(6)
        self._empty_icon = icon = QLabel()
        icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = caption(self.tr("Draw where things shall go"), muted=False)
        title.setProperty("strong", True)
        hint = caption(self.tr("Press R for a rectangle, O for an ellipse or B for a brush, then say what it is."))
        hint.setWordWrap(True)
        column.addStretch(1)
        column.addWidget(icon)
        for text in (title, hint):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(text)
        column.addStretch(1)
        self._tint_empty()
        self._theme.changed.connect(self._tint_empty)
        return empty

    def _tint_empty(self) -> None:
        colour, ratio = self._theme.tokens.muted, self.devicePixelRatioF()
        self._empty_icon.setPixmap(self._theme.pixmap("shapes", QSize(32, 32), colour, ratio))

    def _lay_out(self, actions: Actions) -> None:
        stack = QStackedLayout()
        stack.setStackingMode(QStackedLayout.StackingMode.StackOne)
        stack.addWidget(self.list)
        stack.addWidget(self._empty)
        self._stack = stack
        weight = QHBoxLayout(self._weight_row)
        weight.setContentsMargins(2, 0, 0, 0)
        weight.addWidget(caption(self.tr("Weight")))
        weight.addWidget(self.weight, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        add = QToolButton()
        add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        add.setToolTip(self.tr("Add a layer"))
        add.setAccessibleName(self.tr("Add a layer"))
        self._theme.dress_icon(add, "plus")
        menu = QMenu(add)
        menu.addActions([actions.tool_rectangle, actions.tool_ellipse, actions.add_brush_layer])
        add.setMenu(menu)
        buttons.addWidget(add)
        for action in (actions.duplicate, actions.raise_layer, actions.lower_layer):
            buttons.addWidget(self._button(action))
        buttons.addStretch(1)
        buttons.addWidget(self._button(actions.delete))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 8, 6)
        column.setSpacing(6)
        column.addLayout(stack, 1)
        column.addWidget(self._weight_row)
        column.addLayout(buttons)

    @staticmethod
    def _button(action: object) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)  # type: ignore[arg-type]  # a QAction of the table in Actions
        return button

    def _menu(self, actions: Actions) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([actions.rename, actions.duplicate, actions.delete])
        menu.addSeparator()
        menu.addActions([actions.raise_layer, actions.lower_layer])
        menu.addSeparator()
        menu.addActions([actions.hide_layer, actions.lock_layer])
        return menu

    def _rows_changed(self) -> None:
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        self._show_selection()

    def _offer_phrases(self) -> None:
        state = self._document.state
        offered = (*prompt_phrases(state.prompt), *vocabulary(state.settings.model))
        self.delegate.phrases = tuple(dict.fromkeys(offered))

    def _take_selection(self) -> None:
        if self._syncing:
            return
        self._syncing = True
        self._selection.set(self.model.layer(index).id for index in self.list.selectedIndexes())
        self._syncing = False
        self._show_weight()

    def _show_selection(self) -> None:
        self._show_weight()
        if self._syncing:
            return
        self._syncing = True
        wanted = QItemSelection()
        rows = [row for row in map(self.model.row_of, self._selection.ids) if row is not None]
        for row in rows:
            wanted.select(self.model.index(row), self.model.index(row))
        chosen = self.list.selectionModel()
        chosen.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows and self.list.currentIndex().row() not in rows:
            chosen.setCurrentIndex(self.model.index(rows[0]), QItemSelectionModel.SelectionFlag.NoUpdate)
            self.list.scrollTo(self.model.index(rows[0]))
        self._syncing = False

    def _show_weight(self) -> None:
        chosen = self._selection.layers
        self._weight_row.setEnabled(bool(chosen))
        self.weight.show_value(chosen[0].weight if chosen else 1.0)

    def _part_clicked(self, index: QModelIndex, part: str, modifiers: Qt.KeyboardModifier) -> None:
        layer = self.model.layer(index)
        if part == "lock":
            text = self.tr("Unlock layer") if layer.locked else self.tr("Lock layer")
            self.model.change(replace(layer, locked=not layer.locked), text)
        elif part == "eye" and modifiers & Qt.KeyboardModifier.AltModifier:
            self._commands.solo(layer.id)
        elif part == "eye":
            text = self.tr("Hide layer") if layer.visible else self.tr("Show layer")
            self.model.change(replace(layer, visible=not layer.visible), text)
        else:
            corner = self.list.visualRect(index).topLeft() + QPoint(74, 30)
            self._colour_menu(layer).popup(self.list.viewport().mapToGlobal(corner))

    def _colour_menu(self, layer: Layer) -> QMenu:
        """Return a menu of the palette's colours, and a way to any other."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QWidget(menu)
        cells = QGridLayout(grid)
        cells.setContentsMargins(6, 6, 6, 6)
        cells.setSpacing(4)
        for number, colour in enumerate(PALETTE):
            button = QToolButton(grid)
            button.setFixedSize(24, 24)
            button.setAccessibleName(colour)
            button.setToolTip(colour)
            ring = self._theme.tokens.text if colour == layer.colour else "transparent"
            button.setStyleSheet(f"background: {colour}; border: 2px solid {ring}; border-radius: 12px;")
            button.clicked.connect(partial(self._recolour, layer.id, colour))
            button.clicked.connect(menu.close)
            cells.addWidget(button, number // 6, number % 6)
        swatches = QWidgetAction(menu)
        swatches.setDefaultWidget(grid)
        menu.addAction(swatches)
        menu.addSeparator()
        menu.addAction(self.tr("Another colour…")).triggered.connect(lambda: self._ask_colour(layer))
        return menu

    def _ask_colour(self, layer: Layer) -> None:
        dialog = QColorDialog(QColor(layer.colour), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(lambda colour: self._recolour(layer.id, colour.name()))
        dialog.open()

    def _recolour(self, layer_id: str, colour: str, *_: object) -> None:
        row = self.model.row_of(layer_id)
        if row is not None:
            layer = self.model.layer(self.model.index(row))
            self.model.change(replace(layer, colour=colour), self.tr("Change colour"))
