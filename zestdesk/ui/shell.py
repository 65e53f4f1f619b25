"""What belongs to the window as a window: palette, shortcuts, preferences, full screen, and the way round by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDockWidget, QToolBar, QWidget

from zestdesk.ui.about import show_about
from zestdesk.ui.actions import Actions
from zestdesk.ui.command_palette import Command, CommandPalette
from zestdesk.ui.keymap import Keymap
from zestdesk.ui.menus import actions_by_menu
from zestdesk.ui.preferences import MEGABYTE, Preferences
from zestdesk.ui.preferences_dialog import PreferencesDialog
from zestdesk.ui.shortcut_editor import ShortcutEditor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QSettings

    from zestdesk.ui.main_window import MainWindow

__all__ = ["Shell"]

_PANELS: Final = ("layers", "prompt", "generate", "history", "undo")
"""The docks in the order of F6, after the canvas and the bar beneath it."""


class Shell(QObject):
    """Deeds of the window that are about no document.

    Attributes:
        keymap: shortcuts.
        preferences: what is remembered for all documents.
        palette: the command palette.
    """

    def __init__(self, window: MainWindow, settings: QSettings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._table = window.actions_table
        self._first_layout = window.saveState()
        self._put_away: list[QWidget] = []
        self.keymap = Keymap(self._table, settings, self)
        self.preferences = Preferences(settings, self)
        self._limit_undo()
        self.preferences.undo_changed.connect(self._limit_undo)
        self.palette = CommandPalette(window, self.commands, window.theme, settings)
        window.installEventFilter(self)

    def connect_actions(self, actions: Actions) -> None:
        """Give the actions on the window their deeds."""
        actions.connect_deeds(
            {
                "command_palette": self.palette.open,
                "shortcuts": self.show_shortcuts,
                "preferences": self.show_preferences,
                "next_panel": lambda: self.walk(1),
                "previous_panel": lambda: self.walk(-1),
                "reset_window": self.reset_layout,
                "about": lambda: show_about(self._window, self._window.theme),
            }
        )
        actions.themes.triggered.connect(lambda action: self.choose_theme(action.data()))
        actions.full_screen.triggered.connect(self.set_full_screen)
        actions.canvas_only.toggled.connect(self.set_canvas_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the switch follow when the desktop itself makes the window fill the screen, or not."""
        if watched is self._window and event.type() == QEvent.Type.WindowStateChange:
            self._table.full_screen.setChecked(self._window.isFullScreen())
        return super().eventFilter(watched, event)

    # Palette, shortcuts, preferences

    def commands(self) -> Iterator[Command]:
        """Yield everything that can be done now: the menus, then layers, then recent files."""
        window, names = self._window, {id(action): name for name, action in self._table.by_name.items()}
        for place, action in actions_by_menu(window.menuBar()):
            name = names.get(id(action), "")
            if action.isVisible() and name != "command_palette":
                yield self._command(name, place, action)
        for layer in window.document.layout.state.layers:
            yield Command(
                title=self.tr("Select layer “{label}”").format(label=layer.label or self.tr("no label")),
                place=self.tr("Layer"),
                tip=self.tr("Select this layer, and no other."),
                run=lambda layer=layer: window.selection.set([layer.id]),  # type: ignore[misc]  # mypy: defaults
            )
        for path in window.files.recent:
            yield Command(
                title=self.tr("Open “{name}”").format(name=path.name),
                place=self.tr("Recent file"),
                tip=str(path),
                run=lambda path=path: window.files.open(path),  # type: ignore[misc]  # mypy: defaults
            )

    def _command(self, name: str, place: str, action: QAction) -> Command:
        return Command(
            key=name or f"{place}/{Actions.title(action)}",
            title=Actions.title(action),
            place=place,
            tip=action.statusTip(),
            keys=action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            icon=action.icon(),
            checked=action.isChecked(),
            enabled=action.isEnabled(),
            why=self._table.why_disabled(name) if name else "",
            run=action.trigger,
        )

    def show_shortcuts(self) -> ShortcutEditor:
        """Show every shortcut, to be changed."""
        editor = ShortcutEditor(self._window, self._table, self.keymap)
        editor.open()
        return editor

    def show_preferences(self) -> PreferencesDialog:
        """Show what is remembered for all documents, to be changed."""
        dialog = PreferencesDialog(self._window, self.preferences)
        dialog.open()
        return dialog

    def _limit_undo(self) -> None:
        self._window.document.undo.budget = self.preferences.undo_megabytes * MEGABYTE

    # The window itself

    def choose_theme(self, choice: str) -> None:
        """Wear a theme, and remember it."""
        self._window.theme.choose(choice)
        self._settings.setValue("view/theme", choice)

    def set_full_screen(self, full: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Use the whole screen, or not."""
        state, wanted = self._window.windowState(), Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state | wanted if full else state & ~wanted)

    def set_canvas_only(self, only: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Put tools and panels away, or bring back those that were there."""
        window = self._window
        if only:
            parts = [*window.findChildren(QToolBar), *window.findChildren(QDockWidget), window.attention]
            self._put_away = [part for part in parts if not part.isHidden()]
            for part in self._put_away:
                part.hide()
            keys = self._table.canvas_only.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            way = f"{keys}, {self.tr('View menu')}" if keys else self.tr("View menu")
            window.hint.show_text(self.tr("Canvas only. The way back: {way}").format(way=way))
            window.canvas.setFocus()
            return
        for part in self._put_away:
            part.show()
        self._put_away = []
        window.hint.show_text(window.canvas.hint)

    def reset_layout(self) -> None:
        """Put every panel back where it was at the first start."""
        self._table.canvas_only.setChecked(False)
        for dock in self._window.findChildren(QDockWidget):
            dock.setFloating(False)
        self._window.restoreState(self._first_layout)
        self._window.share_room()

    def walk(self, way: int) -> None:
        """Take the keyboard to the next panel that is in sight, or with -1 to the one before."""
        stops = list(self._stops())
        focus = QApplication.focusWidget()
        at = next((n for n, stop in enumerate(stops) if focus and (stop is focus or stop.isAncestorOf(focus))), None)
        start = (-1 if way > 0 else 0) if at is None else at
        for step in range(1, len(stops) + 1):
            stop = stops[(start + way * step) % len(stops)]
            target = _first_field(stop)
            if target is not None:
                dock = stop.parentWidget()
                if isinstance(dock, QDockWidget):
                    dock.raise_()
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _stops(self) -> Iterator[QWidget]:
        window = self._window
        yield window.canvas
        if not window.attention.isHidden():
            yield window.attention
        docks = {dock.objectName(): dock for dock in window.findChildren(QDockWidget)}
        for name in (*_PANELS, *(other for other in docks if other not in _PANELS)):
            dock = docks.get(name)
            if dock is not None and dock.toggleViewAction().isChecked() and dock.widget() is not None:
                yield dock.widget()


def _first_field(panel: QWidget) -> QWidget | None:
    """Return the panel itself or what Tab would reach first in it; None where nothing takes the keyboard."""
    widget: QWidget | None = panel
    while widget is not None and (widget is panel or panel.isAncestorOf(widget)):
        if widget.isEnabled() and widget.isVisibleTo(panel) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return widget
        widget = widget.nextInFocusChain()
        if widget is panel:
            break
    return None
