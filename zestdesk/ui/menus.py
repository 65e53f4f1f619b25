"""Menus, tool bar and docks: what stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QToolBar, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from zestdesk.ui.actions import Actions
    from zestdesk.ui.file_commands import FileCommands

__all__ = ["fill_menus", "make_dock", "make_tool_bar"]


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
    bar, a = window.menuBar(), actions
    recent = QMenu(_tr("Open &recent"), window)
    recent.aboutToShow.connect(lambda: _fill_recent(recent, files))
    _fill(bar.addMenu(_tr("&File")), (a.new, a.open, recent, None, a.save, a.save_as, a.export, None, a.quit))
    _fill(
        bar.addMenu(_tr("&Edit")),
        (a.undo, a.redo, None, a.duplicate, a.delete, None, a.select_all, a.select_none, None, a.canvas_size),
    )
    _fill(
        bar.addMenu(_tr("&Layer")),
        (
            a.add_brush_layer, a.rename, None, a.raise_layer, a.lower_layer, a.raise_to_top, a.lower_to_bottom, None,
            a.hide_layer, a.lock_layer,
        ),
    )  # fmt: skip
    _fill(bar.addMenu(_tr("&Tools")), a.tools.actions())
    themes = QMenu(_tr("&Theme"), window)
    themes.addActions(a.themes.actions())
    panels = QMenu(_tr("Pa&nels"), window)
    panels.addActions(list(views))
    _fill(
        bar.addMenu(_tr("&View")),
        (
            a.zoom_in, a.zoom_out, a.zoom_actual, a.zoom_fit, None, a.show_picture, a.show_layers, a.show_attention,
            None, panels, themes,
        ),
    )  # fmt: skip
    _fill(
        bar.addMenu(_tr("&Generate")),
        (
            a.generate, a.generate_next, None, a.cancel, a.cancel_all, None, a.restore, a.reuse_seed, None,
            a.delete_run,
        ),
    )  # fmt: skip
    _fill(bar.addMenu(_tr("&Help")), (a.shortcuts, a.about))


def _fill(menu: QMenu, entries: Sequence[QAction | QMenu | None]) -> None:
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        elif isinstance(entry, QMenu):
            menu.addMenu(entry)
        else:
            menu.addAction(entry)


def _fill_recent(menu: QMenu, files: FileCommands) -> None:
    menu.clear()
    for number, path in enumerate(files.recent, 1):
        action = menu.addAction(f"&{number % 10}  {path.name}".replace("&0", "1&0"))
        action.setStatusTip(str(path))
        action.triggered.connect(lambda _=False, path=path: files.open(path))
    if not files.recent:
        menu.addAction(_tr("Nothing yet")).setEnabled(False)
        return
    menu.addSeparator()
    menu.addAction(_tr("&Clear this list")).triggered.connect(files.forget_recent)


def make_tool_bar(window: QMainWindow, actions: Actions) -> QToolBar:
    """Return the bar with the canvas's tools, to stand at the left."""
    bar = QToolBar(_tr("Tools"), window)
    bar.setObjectName("tools")
    bar.setMovable(False)
    bar.setFloatable(False)
    bar.setOrientation(Qt.Orientation.Vertical)
    bar.setIconSize(QSize(20, 20))
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    bar.addActions([actions.tool_select, actions.tool_rectangle, actions.tool_ellipse])
    bar.addActions([actions.tool_brush, actions.tool_eraser])
    bar.addSeparator()
    bar.addAction(actions.tool_pan)
    bar.addSeparator()
    bar.addActions([actions.undo, actions.redo])
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
    window.addDockWidget(area, dock)
    return dock
