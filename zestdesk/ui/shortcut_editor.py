"""The shortcut editor: every action by menu, its keys, and what to do where two want the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from zestdesk.ui.actions import Actions
from zestdesk.ui.fields import Choice, caption, clearable
from zestdesk.ui.keymap import presets
from zestdesk.ui.menus import actions_by_menu

if TYPE_CHECKING:
    from zestdesk.ui.keymap import Keymap

__all__ = ["ShortcutEditor", "shown"]

_NAME: Final = Qt.ItemDataRole.UserRole
_ROW: Final = QSize(0, 26)


def shown(key: str) -> str:
    """Return a shortcut as people on this system read it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class ShortcutEditor(QDialog):
    """Changes count at once; what was changed is told apart, and can be put back.

    Attributes:
        search: finds actions by title, by menu, or by key.
        preset: sets of shortcuts.
        tree: actions by menu.
        fields: the first and the second shortcut of the chosen action.
        take: resolves a conflict: the chosen action gets the key.
        leave: resolves it the other way.
        reset_one: gives the chosen action its own shortcuts again.
        reset_all: likewise for every action.
    """

    def __init__(self, window: QMainWindow, actions: Actions, keymap: Keymap) -> None:
        super().__init__(window)
        self._actions, self._keymap = actions, keymap
        self._wanted: tuple[str, tuple[str, ...]] | None = None  # what is asked about: an action and its keys
        self._presets = presets()
        self._items: dict[str, QTreeWidgetItem] = {}
        self._menus: dict[str, tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setMinimumSize(600, 420)
        self._make_top()
        self._make_tree(window)
        self._make_edit()
        self._lay_out()
        self._connect()
        self.resize(self.sizeHint())
        self._show_keys()
        self.choose(next(iter(self._items)))
        self.search.setFocus()

    def sizeHint(self) -> QSize:
        """Return a size with room for a menu or two."""
        return QSize(620, 640)

    @property
    def chosen(self) -> str:
        """Name of the chosen action; empty when a menu is chosen, or nothing."""
        item = self.tree.currentItem()
        return str(item.data(0, _NAME) or "") if item else ""

    def choose(self, name: str) -> None:
        """Choose an action."""
        self.tree.setCurrentItem(self._items[name])

    # Composition

    def _make_top(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search by name or key"))
        self.search.setAccessibleName(self.tr("Search"))
        clearable(self.search)
        self.preset = Choice()
        self.preset.setMinimumContentsLength(12)
        self.preset.setAccessibleName(self.tr("Set of shortcuts"))
        self.preset.setToolTip(self.tr("Take the keys of another program for the tools and deeds that we share."))
        for each in self._presets:
            self.preset.addItem(each.title, each.id)
        self.preset.addItem(self.tr("My own"), None)

    def _make_tree(self, window: QMainWindow) -> None:
        self.tree = QTreeWidget()
        self.tree.setObjectName("shortcuts")
        self.tree.setAccessibleName(self.tr("Actions"))
        self.tree.setHeaderLabels([self.tr("Action"), self.tr("Shortcut"), self.tr("Second shortcut")])
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setIndentation(14)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, 140)
        names = {id(action): name for name, action in self._actions.by_name.items()}
        for place, action in actions_by_menu(window.menuBar()):
            name = names.get(id(action))
            if name is None:
                continue
            if place not in self._menus:
                menu = QTreeWidgetItem(self.tree, [place])
                menu.setFirstColumnSpanned(True)
                menu.setFlags(Qt.ItemFlag.ItemIsEnabled)
                menu.setForeground(0, self.palette().placeholderText())
                menu.setSizeHint(0, _ROW)
                self._menus[place] = (menu, [])
            menu, members = self._menus[place]
            item = QTreeWidgetItem(menu, [self._title(name)])
            members.append(item)
            item.setData(0, _NAME, name)
            item.setSizeHint(0, _ROW)
            item.setToolTip(0, action.statusTip())
            self._items[name] = item
        self.tree.expandAll()

    def _title(self, name: str) -> str:
        # The stack renames these two after every step.
        fixed = {"undo": self.tr("Undo"), "redo": self.tr("Redo")}
        return fixed.get(name) or Actions.title(self._actions.by_name[name])

    def _make_edit(self) -> None:
        self.fields = (QKeySequenceEdit(), QKeySequenceEdit())
        for field, name in zip(self.fields, (self.tr("Shortcut"), self.tr("Second shortcut")), strict=True):
            field.setMaximumSequenceLength(1)
            field.setAccessibleName(name)
            field.setToolTip(self.tr("Press the keys that you want; the cross takes them away."))
            inner = field.findChild(QLineEdit)
            if isinstance(inner, QLineEdit):
                clearable(inner)
                inner.setAccessibleName(name)
        self.reset_one = QPushButton(self.tr("Reset"))
        self.reset_one.setToolTip(self.tr("Give this action its own shortcuts again."))
        self.reset_all = QPushButton(self.tr("Reset all"))
        self.reset_all.setToolTip(self.tr("Give every action its own shortcuts again."))
        self.take, self.leave = QPushButton(self.tr("Use it here")), QPushButton(self.tr("Leave it there"))
        for button in (self.reset_one, self.reset_all, self.take, self.leave):
            button.setAutoDefault(False)
        self.name = caption("", muted=False)
        self.name.setProperty("strong", True)
        self.says = caption("")
        self.says.setWordWrap(True)
        self.says.setMinimumHeight(self.says.fontMetrics().lineSpacing() * 2 + 4)
        self.says.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.search, 1)
        top.addWidget(caption(self.tr("Keys like in")))
        top.addWidget(self.preset)
        card = QFrame()
        card.setObjectName("card")
        grid = QGridLayout(card)
        grid.setContentsMargins(12, 10, 12, 8)
        grid.setHorizontalSpacing(10)
        grid.addWidget(self.name, 0, 0, 1, 5)
        grid.addWidget(caption(self.tr("Shortcut")), 1, 0)
        grid.addWidget(self.fields[0], 1, 1)
        grid.addWidget(caption(self.tr("Second")), 1, 2)
        grid.addWidget(self.fields[1], 1, 3)
        grid.addWidget(self.reset_one, 1, 4)
        answer = QHBoxLayout()
        answer.setSpacing(8)
        answer.addWidget(self.says, 1)
        answer.addWidget(self.take)
        answer.addWidget(self.leave)
        grid.addLayout(answer, 2, 0, 1, 5)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        for button in buttons.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addWidget(self.reset_all)
        foot.addStretch(1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.tree, 1)
        column.addWidget(card)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.preset.picked.connect(self._use_preset)
        self.tree.currentItemChanged.connect(self._show_chosen)
        self.tree.itemActivated.connect(lambda *_: self.fields[0].setFocus())
        for field in self.fields:
            # Not when the sequence changes: it is emptied for a moment while new keys are held down.
            field.editingFinished.connect(self._edited)
            for cross in field.findChildren(QToolButton):
                cross.clicked.connect(self._edited)
        self.take.clicked.connect(self._taken)
        self.leave.clicked.connect(self._show_chosen)
        self.reset_one.clicked.connect(self._reset_chosen)
        self.reset_all.clicked.connect(lambda: self._keymap.use_preset(self._presets[0]))
        self._keymap.changed.connect(self._show_keys)

    # What is shown

    def _show_keys(self) -> None:
        for name, item in self._items.items():
            keys = self._keymap.keys(name)
            font = item.font(0)
            font.setBold(self._keymap.differs(name))  # what the user changed stands out
            for column in (0, 1, 2):
                item.setFont(column, font)
            for column in (1, 2):
                item.setText(column, shown(keys[column - 1]) if len(keys) >= column else "")
        self.preset.show_value(self._keymap.preset)
        self.reset_all.setEnabled(any(self._keymap.differs(name) for name in self._items))
        self._filter()
        self._show_chosen()

    def _show_chosen(self, *_: object) -> None:
        """Show the chosen action's keys, with nothing left to ask."""
        self._wanted, name = None, self.chosen
        keys = self._keymap.keys(name) if name else ()
        for place, field in enumerate(self.fields):
            field.setEnabled(bool(name))
            with QSignalBlocker(field):
                field.setKeySequence(QKeySequence(keys[place] if len(keys) > place else ""))
        self.name.setText(self._title(name) if name else self.tr("No action is chosen"))
        self.reset_one.setEnabled(bool(name) and self._keymap.differs(name))
        self._say(self._actions.by_name[name].statusTip() if name else self.tr("Choose an action in the list."))

    def _say(self, text: str, *, warning: bool = False, asks: bool = False) -> None:
        self.says.setText(text)
        self.says.setProperty("muted", not warning)
        self.says.setProperty("warning", warning)
        self.says.style().polish(self.says)
        self.take.setVisible(asks)
        self.leave.setVisible(asks)

    def _filter(self) -> None:
        wanted = self.search.text().casefold().split()
        for menu, members in self._menus.values():
            for item in members:
                texts = " ".join((menu.text(0), *(item.text(column) for column in range(3)))).casefold()
                item.setHidden(not all(word in texts for word in wanted))
            menu.setHidden(all(item.isHidden() for item in members))

    # What is done

    def _edited(self) -> None:
        """Take over what was pressed, or ask where another action has that key."""
        name = self.chosen
        if not name:
            return
        keys = [field.keySequence().toString(QKeySequence.SequenceFormat.PortableText) for field in self.fields]
        keys += self._keymap.keys(name)[2:]
        wanted = tuple(dict.fromkeys(filter(None, keys)))
        objection = next(filter(None, (self._keymap.objection(name, key) for key in wanted)), "")
        if objection:
            self._show_chosen()
            self._say(objection, warning=True)
            return
        if wanted != self._keymap.keys(name):
            self._want(name, wanted)

    def _want(self, name: str, keys: tuple[str, ...]) -> None:
        held = self._keymap.holders(name, keys)
        if not held:
            self._keymap.assign(name, keys)
            return
        self._wanted = (name, keys)
        sentences = [
            self.tr("“{key}” belongs to “{other}”.").format(key=shown(key), other=self._title(other))
            for key, other in held.items()
        ]
        self._say(" ".join(sentences), warning=True, asks=True)

    def _taken(self) -> None:
        if self._wanted is not None:
            self._keymap.assign(*self._wanted)

    def _reset_chosen(self) -> None:
        if self.chosen:
            self._want(self.chosen, self._keymap.default(self.chosen))

    def _use_preset(self, preset_id: object) -> None:
        preset = next((each for each in self._presets if each.id == preset_id), None)
        if preset is None:  # “My own” is what one has, not what one can choose
            self.preset.show_value(self._keymap.preset)
        else:
            self._keymap.use_preset(preset)
