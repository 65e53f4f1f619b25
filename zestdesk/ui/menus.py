"""Menus, tool bar and docks: what stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QMenuBar, QToolBar, QToolButton, QWidget

from zestdesk.ui.actions import arrange, edit, file, generate, helping, layer, path, prompt, tools, view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QAction

    from zestdesk.ui.actions import Actions
    from zestdesk.ui.actions.entry import Menu
    from zestdesk.ui.file_commands import FileCommands
    from zestdesk.ui.theme import Theme

__all__ = ["actions_by_menu", "fill_menus", "layers_menu", "make_dock", "make_tool_bar"]


_RECENT: Final = "recent"
"""Name of the menu of recent files."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)


def fill_menus(window: QMainWindow, actions: Actions, files: FileCommands, views: Sequence[QAction]) -> None:
    """Put every action into the menu bar.

    Args:
        window: whose menu bar to fill.
        actions: the table.
        files: opens recent files.
        views: switches of the docks.
    """
    bar = window.menuBar()
    recent = QMenu(_tr("Open &recent"), window)
    recent.setObjectName(_RECENT)
    recent.aboutToShow.connect(lambda: _fill_recent(recent, files))
    themes = QMenu(_tr("&Theme"), window)
    themes.addActions(actions.themes.actions())
    panels = QMenu(_tr("Pa&nels"), window)
    panels.addActions(list(views))
    places = {"@recent": recent, "@themes": themes, "@panels": panels}
    for title, entries in (
        (_tr("&File"), file.menu()),
        (_tr("&Edit"), edit.menu()),
        (_tr("&Layer"), layer.menu()),
        (_tr("&Path"), path.menu()),
        (_tr("&Arrange"), arrange.menu()),
        (_tr("P&rompt"), prompt.menu()),
        (_tr("&Tools"), tools.menu()),
        (_tr("&View"), view.menu()),
        (_tr("&Generate"), generate.menu()),
        (_tr("&Help"), helping.menu()),
    ):
        _fill(bar.addMenu(title), entries, actions, places)


def _fill(menu: QMenu, entries: Menu, actions: Actions, places: Mapping[str, QMenu]) -> None:
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        elif isinstance(entry, tuple):
            title, within = entry
            _fill(menu.addMenu(title), within, actions, places)
        elif entry in places:
            menu.addMenu(places[entry])
        else:
            menu.addAction(actions.by_name[entry])


def layers_menu(actions: Actions, parent: QWidget) -> QMenu:
    """Return a context menu with everything that is done to selected layers; it deletes itself when it closes."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    own = tuple(entry for entry in layer.menu() if entry != "add_brush_layer")
    more = ((_tr("&Path"), path.menu()), (_tr("&Arrange"), arrange.menu()))
    edits = ("cut", "copy", "paste", "duplicate", "delete")
    _fill(menu, (*edits, None, *own, None, *more, None, "redraw_layers"), actions, {})
    return menu


def actions_by_menu(bar: QMenuBar) -> list[tuple[str, QAction]]:
    """Return every action that a menu bar holds, with where it stands, such as ``"View › Theme"``.

    Recent files are not among them, for they come and go. What stands in two places is listed once.
    """
    found: dict[QAction, str] = {}

    def look(menu: QMenu, place: str) -> None:
        for action in menu.actions():
            inner = action.menu()
            if isinstance(inner, QMenu):
                if inner.objectName() != _RECENT:
                    look(inner, f"{place} › {inner.title().replace('&', '')}")
            elif not action.isSeparator():
                found.setdefault(action, place)

    for top in bar.actions():
        menu = top.menu()
        if isinstance(menu, QMenu):
            look(menu, menu.title().replace("&", ""))
    return [(place, action) for action, place in found.items()]


def _fill_recent(menu: QMenu, files: FileCommands) -> None:
    menu.clear()
    for number, recent in enumerate(files.recent, 1):
        action = menu.addAction(f"&{number % 10}  {recent.name}".replace("&0", "1&0"))
        action.setStatusTip(str(recent))
        action.triggered.connect(lambda _=False, recent=recent: files.open(recent))
    if not files.recent:
        menu.addAction(_tr("Nothing yet")).setEnabled(False)
        return
    menu.addSeparator()
    menu.addAction(_tr("&Clear this list")).triggered.connect(files.forget_recent)


def make_tool_bar(window: QMainWindow, actions: Actions, theme: Theme) -> QToolBar:
    """Return the bar with the canvas's tools, to stand at the left."""
    bar = QToolBar(_tr("Tools"), window)
    bar.setObjectName("tools")
    bar.setMovable(False)
    bar.setFloatable(False)
    bar.setOrientation(Qt.Orientation.Vertical)
    bar.setIconSize(QSize(20, 20))
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    bar.addActions([actions.tool_select, actions.tool_node, actions.tool_pan])
    bar.addSeparator()
    bar.addActions([actions.tool_rectangle, actions.tool_ellipse, actions.tool_polygon])
    bar.addActions([actions.tool_pen, actions.tool_freehand])
    bar.addSeparator()
    bar.addActions([actions.tool_brush, actions.tool_eraser, actions.tool_fill])
    bar.addSeparator()
    bar.addActions([actions.undo, actions.redo])
    more = bar.findChild(QToolButton, "qt_toolbar_ext_button")  # Qt's own, seen where the window is too low for all
    if isinstance(more, QToolButton):
        theme.dress_icon(more, "chevrons-down")
        more.setIconSize(QSize(14, 14))
        more.setToolTip(_tr("More tools"))
        more.setAccessibleName(more.toolTip())
    return bar


def make_dock(window: QMainWindow, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
    """Put a panel into a dock of the window, and return it.

    Args:
        window: where.
        name: under which its place is remembered.
        title: for people.
        widget: the panel.
        area: where it is at first.
    """
    dock = QDockWidget(title, window)
    dock.setObjectName(name)
    dock.setWidget(widget)
    dock.toggleViewAction().setStatusTip(_tr("Show or hide this panel."))
    window.addDockWidget(area, dock)
    return dock
