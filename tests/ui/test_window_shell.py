"""The window as a window: full screen, canvas only, panels back in place, and the way round by F6."""

import asyncio
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QToolBar
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk, make_desk, until
from zestdesk.files.png import save_picture
from zestdesk.ui.theme import Theme

Loop = asyncio.AbstractEventLoop


def docks(desk: Desk) -> dict[str, QDockWidget]:
    return {dock.objectName(): dock for dock in desk.window.findChildren(QDockWidget)}


def shown(desk: Desk) -> set[str]:
    return {name for name, dock in docks(desk).items() if not dock.isHidden()}


def test_canvas_only_and_back(desk: Desk) -> None:
    desk.fill()
    docks(desk)["prompt"].hide()
    before, action = shown(desk), desk.window.actions_table.canvas_only
    action.trigger()
    assert shown(desk) == set()
    assert desk.window.attention.isHidden()
    assert all(bar.isHidden() for bar in desk.window.findChildren(QToolBar))
    assert "Ctrl+\\" in desk.window.hint.text()
    action.trigger()
    assert shown(desk) == before
    assert not desk.window.attention.isHidden()


def test_a_window_that_is_closed_with_the_canvas_only_comes_back_whole(
    desk: Desk, settings: QSettings, theme: Theme
) -> None:
    before = shown(desk)
    desk.window.actions_table.canvas_only.trigger()
    desk.window.close()
    again = make_desk(settings, theme)
    again.window.show()
    assert shown(again) == before
    again.window.hide()
    again.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_full_screen_and_its_switch_agree(desk: Desk) -> None:
    window, action = desk.window, desk.window.actions_table.full_screen
    action.trigger()
    assert window.isFullScreen()
    window.showNormal()
    assert not action.isChecked()
    window.showFullScreen()
    assert action.isChecked()
    action.trigger()
    assert not window.isFullScreen()


def test_panels_go_back_where_they_were_at_first(desk: Desk) -> None:
    first, found = shown(desk), docks(desk)
    areas = {name: desk.window.dockWidgetArea(dock) for name, dock in found.items()}
    found["layers"].setFloating(True)
    found["prompt"].hide()
    found["undo"].show()
    desk.window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, found["generate"])
    desk.window.actions_table.reset_window.trigger()
    assert shown(desk) == first
    assert {name: desk.window.dockWidgetArea(dock) for name, dock in found.items()} == areas
    assert not found["layers"].isFloating()


def test_f6_walks_through_the_panels_in_sight(desk: Desk, qtbot: QtBot) -> None:
    desk.fill()
    desk.add_runs(1)
    window = desk.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.canvas.setFocus()
    stops = [window.attention, window.layers, window.prompt, window.generate, window.runs_panel, window.canvas]
    for stop in stops:
        window.actions_table.next_panel.trigger()
        focus = QApplication.focusWidget()
        assert focus is stop or stop.isAncestorOf(focus)
    window.actions_table.previous_panel.trigger()
    assert window.runs_panel.isAncestorOf(QApplication.focusWidget())
    docks(desk)["history"].hide()
    window.actions_table.next_panel.trigger()
    assert QApplication.focusWidget() is not None


def drop(desk: Desk, path: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPointF(5, 5).toPoint(), Qt.DropAction.CopyAction, data, *keys)
    QApplication.sendEvent(desk.window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(desk.window, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, *keys))
    return enter.isAccepted()


def test_a_dropped_picture_opens_its_layout(desk: Desk, loop: Loop, tmp_path: Path) -> None:
    state = desk.fill()
    desk.add_runs(7)
    save_picture(tmp_path / "cat.png", desk.history.runs[0])

    async def go() -> None:
        desk.document.new()
        assert drop(desk, tmp_path / "cat.png")
        await until(lambda: not desk.window.files.busy)
        assert [layer.label for layer in desk.state.layers] == [layer.label for layer in state.layers]
        assert desk.state.settings.seed == 7
        assert desk.document.title == "cat"
        assert desk.document.path is None

    loop.run_until_complete(go())


def test_a_picture_without_settings_says_so(desk: Desk, loop: Loop, tmp_path: Path) -> None:
    state = desk.fill()
    Image.new("RGB", (8, 8)).save(tmp_path / "holiday.png")

    async def go() -> None:
        assert drop(desk, tmp_path / "holiday.png")
        await until(desk.message)
        box = desk.message()
        assert box is not None
        assert "holiday.png" in box.informativeText()
        assert "carries no ZestDesk settings" in box.informativeText()
        box.close()
        assert desk.state == state

    loop.run_until_complete(go())
