"""The layers panel: order, groups, visibility, lock, colour, label, weight, and how well each layer was heard."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from zestdesk.document.groups import groups_of, whole_groups
from zestdesk.document.layers import Group, Layer
from zestdesk.document.layout import GroupsFolded
from zestdesk.ui.colour_menu import ColourMenu
from zestdesk.ui.fields import caption, clearable
from zestdesk.ui.key_hint import KeyHint
from zestdesk.ui.label_editor import LabelEditor
from zestdesk.ui.layer_delegate import LayerDelegate
from zestdesk.ui.layer_list import LayerList
from zestdesk.ui.layer_model import LayerModel, Role
from zestdesk.ui.layer_steering import LayerSteering
from zestdesk.ui.menus import layers_menu
from zestdesk.ui.words import prompt_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QUndoStack

    from zestdesk.document.layout import Layout
    from zestdesk.ui.actions import Actions
    from zestdesk.ui.layer_commands import LayerCommands
    from zestdesk.ui.preflight import Preflight
    from zestdesk.ui.selection import Selection
    from zestdesk.ui.stage import Stage
    from zestdesk.ui.theme import Theme

__all__ = ["LayersPanel"]

_FEW: Final = 12
"""Up to so many layers are found by looking; beyond them there is a field to filter by label."""


class LayersPanel(QWidget):
    """List, filter, weight and span of the selected layers, and buttons."""

    def __init__(
        self,
        layout: Layout,
        undo: QUndoStack,
        selection: Selection,
        stage: Stage,
        commands: LayerCommands,
        actions: Actions,
        theme: Theme,
        preflight: Preflight,
    ) -> None:
        super().__init__()
        self._words = preflight.words
        self._document, self._selection, self._commands, self._theme = layout, selection, commands, theme
        self._actions = actions
        self._syncing = False
        self.model = LayerModel(layout, undo, stage, preflight, self)
        self.delegate = LayerDelegate(layout, theme, self)
        self.list = LayerList(self.model, self.delegate, theme)
        self.list.setAccessibleName(self.tr("Layers"))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.filter = QLineEdit()
        self.steering = LayerSteering(commands, theme)
        self._empty = self._make_empty()
        self._lay_out()
        self._connect()
        self._offer_phrases()
        self._rows_changed()

    def _connect(self) -> None:
        self.model.settled.connect(self._rows_changed)
        self.model.dataChanged.connect(lambda *_: self._show_steering())
        self.list.selectionModel().selectionChanged.connect(self._take_selection)
        self.list.part_clicked.connect(self._part_clicked)
        self.list.key_wanted.connect(self._key_pressed)
        self.list.expanded.connect(self._folds_changed)
        self.list.collapsed.connect(self._folds_changed)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.filter.textChanged.connect(self._filter_rows)
        self._selection.changed.connect(self._selection_moved)
        self._theme.changed.connect(self.list.viewport().update)
        self._document.settled.connect(self._offer_phrases)
        self._words.changed.connect(self._offer_phrases)
        # Connected before the window connects what these actions do: a label still being typed is part of the work.
        actions = self._actions
        for action in (actions.save, actions.save_as, actions.generate, actions.generate_next):
            action.triggered.connect(self.finish_editing)
        actions.connect_deeds({"layer_colour": self.choose_colour})

    # Labels

    @property
    def editing(self) -> bool:
        """Whether a label is being typed."""
        return any(not editor.isHidden() for editor in self.list.viewport().findChildren(LabelEditor))

    def finish_editing(self) -> None:
        """Take over the label that is being typed, if there is one."""
        for editor in self.list.viewport().findChildren(LabelEditor):
            if editor.isVisible():
                self.delegate.finish(editor)

    def edit_label(self, layer_id: str) -> None:
        """Open a layer's label for editing; :attr:`LayerDelegate.ended` says when that is over."""
        self._edit(self.model.index_of(layer_id))

    def rename(self) -> None:
        """Open the name of the selected group, or the label of the first selected layer, for editing."""
        current = self.list.currentIndex()
        if not self.list.selectionModel().isSelected(current):
            current = self.model.index_of(self._selection.ids[0]) if self._selection.ids else QModelIndex()
        self._edit(current)

    def _edit(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        self.filter.clear()  # or the row might be out of sight
        self.list.scrollTo(index)
        self.list.setCurrentIndex(index)
        self.list.setFocus()
        self.list.edit(index)

    def _offer_phrases(self, change: object = None) -> None:
        if isinstance(change, GroupsFolded):
            return
        state = self._document.state
        known = self._words.vocabulary.phrases if self._words.vocabulary else ()
        offered = (*prompt_phrases(state.prompt), *known)
        self.delegate.phrases = tuple(dict.fromkeys(offered))

    # Looks

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
        actions = self._actions
        hint = KeyHint(
            self.tr("Press {rectangle} for a rectangle, {pen} for a path or {brush} for a brush, then say what it is."),
            rectangle=actions.tool_rectangle,
            pen=actions.tool_pen,
            brush=actions.tool_brush,
        )
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

    def _lay_out(self) -> None:
        self.filter.setPlaceholderText(self.tr("Find a layer by its label"))
        self.filter.setAccessibleName(self.tr("Find a layer by its label"))
        clearable(self.filter)
        found = QAction(self.tr("Search"), self.filter)
        self._theme.dress_icon(found, "search")
        self.filter.addAction(found, QLineEdit.ActionPosition.LeadingPosition)
        self._stack = stack = QStackedLayout()
        stack.setStackingMode(QStackedLayout.StackingMode.StackOne)
        stack.addWidget(self.list)
        stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 8, 6)
        column.setSpacing(6)
        column.addWidget(self.filter)
        column.addLayout(stack, 1)
        column.addWidget(self.steering)
        column.addLayout(self._make_buttons())

    def _make_buttons(self) -> QHBoxLayout:
        actions, buttons = self._actions, QHBoxLayout()
        buttons.setSpacing(2)
        self.add = add = QToolButton()
        self._empty.setFocusProxy(add)  # who deletes the last layer by keys has a use for it
        add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        add.setToolTip(self.tr("Add a layer"))
        add.setAccessibleName(self.tr("Add a layer"))
        self._theme.dress_icon(add, "plus")
        menu = QMenu(add)
        menu.addActions([actions.tool_rectangle, actions.tool_ellipse, actions.add_brush_layer])
        add.setMenu(menu)
        buttons.addWidget(add)
        for action in (actions.duplicate, actions.group, actions.raise_layer, actions.lower_layer):
            buttons.addWidget(_button(action))
        buttons.addStretch(1)
        buttons.addWidget(_button(actions.delete))
        return buttons

    def _show_menu(self, at: QPoint) -> None:
        layers_menu(self._actions, self).popup(self.list.viewport().mapToGlobal(at))

    # Rows

    def _rows_changed(self) -> None:
        layers = self._document.state.layers
        self._stack.setCurrentIndex(0 if layers else 1)
        self.filter.setVisible(len(layers) > _FEW)
        if len(layers) <= _FEW:
            self.filter.clear()
        self._filter_rows()
        self._show_selection()

    def _group_rows(self) -> Iterator[tuple[QModelIndex, Group]]:
        for group in groups_of(self._document.state.layers):
            yield self.model.group_index(group.id), group

    def _filter_rows(self) -> None:
        """Show the rows whose label has the filter's text, and those of a group whose name has it."""
        wanted = " ".join(self.filter.text().casefold().split())
        any_shown = False
        self._syncing = True
        for row in range(self.model.rowCount()):
            index = self.model.index(row)
            shown = wanted in index.data().casefold()
            within = range(self.model.rowCount(index))
            inner = [shown or wanted in self.model.index(at, 0, index).data().casefold() for at in within]
            for at, match in zip(within, inner, strict=True):
                self.list.setRowHidden(at, index, not match)
            self.list.setRowHidden(row, QModelIndex(), not (shown or any(inner)))
            any_shown = any_shown or shown or any(inner)
        for index, group in self._group_rows():
            self.list.setExpanded(index, bool(wanted) or group.id not in self._document.state.collapsed)
        self._syncing = False
        self.delegate.folded = self.list.folded()
        self.list.show_message("" if any_shown else self.tr("No label has these letters."))

    def _folds_changed(self) -> None:
        self.delegate.folded = self.list.folded()
        if not self._syncing and not self.filter.text():
            self._document.fold(self.delegate.folded)

    # Selection

    def _take_selection(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        if self._syncing or self.model.following:
            return
        rows = (index.data(Role.ITEM) for index in self.list.selectedIndexes())
        ids = {item.id for item in rows if isinstance(item, Layer)}
        for index in selected.indexes():
            ids |= {layer.id for layer in self.model.layers_at(index)}
        toggled = self.list.toggled
        if toggled.isValid() and not self.list.selectionModel().isSelected(toggled):
            ids -= {layer.id for layer in self.model.layers_at(toggled)}
        self._syncing = True
        self._selection.set(ids)
        self._syncing = False
        self._show_selection()
        self._show_steering()

    def _selection_moved(self) -> None:
        """Show a selection that was made elsewhere, and bring it into sight."""
        if self._syncing:
            return
        self._show_steering()
        self._show_selection()
        wanted, current = self._wanted_rows(), self.list.currentIndex()
        if wanted and current not in wanted:
            keep = QItemSelectionModel.SelectionFlag.NoUpdate
            self.list.selectionModel().setCurrentIndex(wanted[0], keep)
            self.list.scrollTo(wanted[0])

    def _wanted_rows(self) -> list[QModelIndex]:
        """Return the rows of the selected layers, and of the groups that are selected altogether."""
        ids = self._selection.ids
        whole = whole_groups(self._document.state.layers, ids)
        found = (*(self.model.group_index(group.id) for group in whole), *map(self.model.index_of, ids))
        return [index for index in found if index.isValid()]

    def _show_selection(self) -> None:
        self._syncing = True
        wanted = QItemSelection()
        for index in self._wanted_rows():
            wanted.select(index, index)
        self.list.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._syncing = False
        whole = {group.id for group in whole_groups(self._document.state.layers, self._selection.ids)}
        self.delegate.holding = frozenset(
            layer.group.id
            for layer in self._selection.layers
            if layer.group is not None and layer.group.id not in whole
        )
        self.list.viewport().update()

    def _show_steering(self) -> None:
        self.steering.show_layers(self._selection.layers)

    # Deeds

    def _key_pressed(self, key: str) -> None:
        {
            "show": self._commands.toggle_visible,
            "up": self._commands.raise_one,
            "down": self._commands.lower_one,
        }[key]()
        self.list.scrollTo(self.list.currentIndex())

    def _part_clicked(self, index: QModelIndex, part: str, modifiers: Qt.KeyboardModifier) -> None:
        item = self.model.item(index)
        if item is None:
            return
        if part == "lock":
            self._change(replace(item, locked=not item.locked), self._lock_text(item))
        elif part == "eye" and modifiers & Qt.KeyboardModifier.AltModifier:
            self._commands.solo([layer.id for layer in self.model.layers_at(index)])
        elif part == "eye":
            self._change(replace(item, visible=not item.visible), self._eye_text(item))
        elif isinstance(item, Layer):
            chosen = self._selection.ids if item.id in self._selection else (item.id,)
            corner = self.list.visualRect(index).topLeft() + QPoint(74, 30)
            self._colours(item, chosen).popup(self.list.viewport().mapToGlobal(corner))

    def _change(self, item: Layer | Group, text: str) -> None:
        if isinstance(item, Group):
            self._commands.change_group(item, text)
            return
        self._commands.change([item], text)
        if item.visible and item.group is not None and not item.group.visible:
            self._commands.hinted.emit(self.tr("The layer's group is hidden: show the group to see it."))

    def _lock_text(self, item: Layer | Group) -> str:
        if isinstance(item, Group):
            return self.tr("Unlock group") if item.locked else self.tr("Lock group")
        return self.tr("Unlock layer") if item.locked else self.tr("Lock layer")

    def _eye_text(self, item: Layer | Group) -> str:
        if isinstance(item, Group):
            return self.tr("Hide group") if item.visible else self.tr("Show group")
        return self.tr("Hide layer") if item.visible else self.tr("Show layer")

    def choose_colour(self) -> None:
        """Offer colours for the selected layers, beside the first of them, to mouse and keys."""
        chosen = self._selection.layers
        if not chosen:
            return
        place = self.list.visualRect(self.model.index_of(chosen[0].id))
        at = self.list.viewport().mapToGlobal(place.topLeft() + QPoint(74, 30))
        seen = self.list.isVisible() and place.intersects(self.list.viewport().rect())
        menu = self._colours(chosen[0], self._selection.ids)
        menu.popup(at if seen else QCursor.pos())
        menu.focus_palette()

    def _colours(self, layer: Layer, ids: Sequence[str]) -> ColourMenu:
        menu = ColourMenu(layer.colour, self._theme, self)
        menu.picked.connect(lambda colour: self._commands.set_colour(ids, colour))
        return menu


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    return button
