"""Every action of the window: text, icon, shortcuts, what it says in the status bar. One table a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from zestdesk.document.layers import BrushLayer, Layer, ShapeLayer
from zestdesk.ui.actions import aids, arrange, edit, file, generate, helping, layer, path, prompt, tools, view
from zestdesk.ui.actions.entry import need_sentence
from zestdesk.ui.actions.tools import TOOLS
from zestdesk.ui.theme import CHOICES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QUndoStack
    from PySide6.QtWidgets import QWidget

    from zestdesk.ui.actions.entry import Entry, Need
    from zestdesk.ui.theme import Theme

__all__ = ["TABLES", "TOOLS", "Actions"]

TABLES = (file, edit, layer, path, arrange, prompt, view, aids, generate, helping, tools)
"""One module a menu, each with its entries and what stands where."""


class Actions(QObject):
    """The window's actions as attributes, by the names of the tables; whoever owns a deed connects to it.

    Attributes:
        tools: exclusive group of the canvas's tools; each action's data is the tool's name.
        themes: exclusive group of the themes; each action's data is the choice.
        all: every action, in the order of the tables.
        by_name: likewise, by name.
    """

    def __init__(self, window: QWidget, undo: QUndoStack, theme: Theme) -> None:
        super().__init__(window)
        self.by_name: dict[str, QAction] = {}
        self._needs: dict[str, Need] = {}
        for table in TABLES:
            for entry in table.entries():
                self._make(entry, theme)
        self._of_stack("undo", undo.createUndoAction(self, self.tr("&Undo")), "undo-2", ("Ctrl+Z",), theme)
        self._of_stack(
            "redo", undo.createRedoAction(self, self.tr("&Redo")), "redo-2", ("Ctrl+Shift+Z", "Ctrl+Y"), theme
        )
        self.all: list[QAction] = list(self.by_name.values())
        self.tools = QActionGroup(self)
        for tool in TOOLS:
            action = self.by_name[f"tool_{tool}"]
            action.setData(tool)
            self.tools.addAction(action)
        self.tool_select.setChecked(True)
        self.themes = QActionGroup(self)
        titles = (self.tr("Like the &system"), self.tr("&Light"), self.tr("&Dark"))
        for choice, title in zip(CHOICES, titles, strict=True):
            action = self.themes.addAction(title)
            action.setCheckable(True)
            action.setData(choice)
            action.setChecked(choice == theme.choice)
            action.setStatusTip(self.tr("Choose the window's colours."))
            self.describe(action)
        for action in (self.show_picture, self.show_layers, self.show_attention):
            action.setChecked(True)
        # On the window itself, so that shortcuts work although the menu bar may be a foreign one (macOS, Unity).
        window.addActions(self.all)

    def __getattr__(self, name: str) -> QAction:
        """Return the action with this name."""
        try:
            return self.__dict__["by_name"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(name) from None

    def connect_deeds(self, deeds: Mapping[str, Callable[[], object]]) -> None:
        """Let actions, by name, call what they stand for."""
        for name, deed in deeds.items():
            self.by_name[name].triggered.connect(lambda _checked=False, deed=deed: deed())

    def enable_for(self, chosen: Sequence[Layer], layers: Sequence[Layer]) -> None:
        """Enable what has something to work on.

        Args:
            chosen: the selected layers.
            layers: all of them.
        """
        shapes = sum(isinstance(each, ShapeLayer) for each in chosen)
        met: dict[Need, bool] = {
            "layers": bool(layers),
            "selection": bool(chosen),
            "two": len(chosen) >= 2,
            "three": len(chosen) >= 3,
            "shape": shapes >= 1,
            "shapes": shapes >= 2,
            "brush": any(isinstance(each, BrushLayer) for each in chosen),
        }
        for name, need in self._needs.items():
            self.by_name[name].setEnabled(met[need])

    def _make(self, entry: Entry, theme: Theme) -> None:
        action = QAction(entry.text, self)
        if entry.icon:
            theme.dress_icon(action, entry.icon)
        action.setShortcuts([QKeySequence(key) for key in entry.keys])
        action.setCheckable(entry.checkable)
        action.setStatusTip(entry.tip)
        self.describe(action)
        self.by_name[entry.name] = action
        if entry.needs:
            self._needs[entry.name] = entry.needs

    @staticmethod
    def title(action: QAction) -> str:
        """Return an action's text without mnemonic and dots."""
        return action.text().replace("&", "").rstrip("…")

    def describe(self, action: QAction) -> None:
        """Let an action's tooltip say its title, its shortcut as it is now, and what the status bar says."""
        if action.property("named_by_stack"):
            return  # the name of the step is what one wants to know
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        title, tip = self.title(action), action.statusTip()
        action.setToolTip("\n".join(filter(None, (f"{title} ({keys})" if keys else title, tip))))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)

    def why_disabled(self, name: str) -> str:
        """Return what an action is waiting for, in a sentence; empty where that is not known, or nothing."""
        need = self._needs.get(name, "")
        return "" if self.by_name[name].isEnabled() else need_sentence(need)

    def _of_stack(self, name: str, action: QAction, icon: str, keys: tuple[str, ...], theme: Theme) -> None:
        action.setProperty("named_by_stack", True)
        tips = {"undo": self.tr("Take the last step back."), "redo": self.tr("Do again what was taken back.")}
        action.setStatusTip(tips[name])
        theme.dress_icon(action, icon)
        action.setShortcuts([QKeySequence(key) for key in keys])
        self.by_name[name] = action
