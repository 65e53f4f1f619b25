"""The whole window: menus, shortcuts, keyboard, names for those who hear the screen, and what it remembers."""

import asyncio
import subprocess
import sys

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QApplication, QDialog, QDockWidget, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk, make_desk, three_layers, until
from zestdesk.files.project import Project, save_project
from zestdesk.ui.actions import TOOLS
from zestdesk.ui.theme import Theme

Loop = asyncio.AbstractEventLoop


def menu_actions(menu: QMenu) -> list[QAction]:
    found = []
    for action in menu.actions():
        inner = action.menu()
        found += menu_actions(inner) if isinstance(inner, QMenu) else [action]
    return found


def test_every_action_is_in_a_menu_and_explains_itself(desk: Desk) -> None:
    window = desk.window
    listed = [action for top in window.menuBar().actions() for action in menu_actions(top.menu())]
    for action in window.actions_table.all:
        assert action in listed, action.text()
        assert action.toolTip()
        assert action.statusTip() or action in {window.actions_table.undo, window.actions_table.redo}


def test_no_two_actions_share_a_shortcut(desk: Desk) -> None:
    keys = [key.toString() for action in desk.window.actions_table.all for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_tools_by_key_and_by_canvas(desk: Desk, qtbot: QtBot) -> None:
    desk.fill()
    window = desk.window
    window.canvas.setFocus()
    for tool in TOOLS:
        key = window.actions_table.by_name[f"tool_{tool}"].shortcut()[0]
        qtbot.keyClick(window.canvas, key.key(), key.keyboardModifiers())
        assert window.canvas.tool == tool
        checked = window.actions_table.tools.checkedAction()
        assert checked is not None
        assert checked.data() == tool
        assert window.brush_options.isHidden() == (tool not in {"brush", "eraser", "fill"})
    window.canvas.set_tool("select")
    assert window.actions_table.tool_select.isChecked()


def test_letters_are_typed_where_text_is_typed(desk: Desk, qtbot: QtBot) -> None:
    state = desk.fill()
    window = desk.window
    shown = window.actions_table.show_attention.isChecked()
    window.prompt.prompt.setFocus()
    qtbot.keyClicks(window.prompt.prompt, " vrobe pal")
    assert "vrobe pal" in desk.state.prompt
    qtbot.keyClick(window.prompt.prompt, Qt.Key.Key_Backspace)
    window.layers.edit_label(state.layers[0].id)
    editor = window.layers.list.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, "brave!")
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    assert editor.text() == "brave!"
    window.generate.seed.setFocus()
    qtbot.keyClicks(window.generate.seed, "rb1")
    assert window.canvas.tool == "select"
    assert window.actions_table.show_attention.isChecked() == shown
    assert len(desk.state.layers) == 3


def test_ctrl_return_generates_even_from_the_prompt(desk: Desk, loop: Loop, qtbot: QtBot) -> None:
    async def go() -> None:
        desk.fill()
        edit = desk.window.prompt.prompt
        edit.setFocus()
        text = edit.toPlainText()
        qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert edit.toPlainText() == text
        assert len(desk.queue.jobs) == 1
        await until(lambda: desk.queue.running)

    loop.run_until_complete(go())


def test_drawn_layer_asks_for_its_label_and_returns_to_the_canvas(desk: Desk, qtbot: QtBot) -> None:
    state = desk.fill()
    window = desk.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.canvas.label_wanted.emit(state.layers[0].id)
    editor = window.layers.list.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, "a quokka")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.state.layers[0].label == "a quokka")
    qtbot.waitUntil(lambda: window.focusWidget() is window.canvas)


def test_what_can_be_pressed_or_dragged_has_a_name(desk: Desk) -> None:
    desk.fill()
    for kind in (QAbstractButton, QAbstractSlider):
        for widget in desk.window.findChildren(kind):
            if widget.objectName().startswith("qt_") or widget.parent().objectName().startswith("qt_"):
                continue
            name = getattr(widget, "text", str)() or widget.accessibleName()
            assert name or widget.toolTip(), (widget, widget.parent())


def test_tab_reaches_every_panel(desk: Desk, qtbot: QtBot) -> None:
    desk.fill()
    window = desk.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.canvas.setFocus()
    wanted = {window.layers.list, window.prompt.prompt, window.generate.generate, window.canvas}
    seen = set()
    for _ in range(120):
        window.focusNextChild()
        seen.add(QApplication.focusWidget())
    assert wanted <= seen


@pytest.mark.parametrize("name", ["shortcuts", "about", "canvas_size"])
def test_dialogs_do_not_hold_up_the_window(desk: Desk, name: str) -> None:
    desk.fill()
    getattr(desk.window.actions_table, name).trigger()
    dialog = next(each for each in desk.window.findChildren(QDialog) if each.isVisible())
    if name == "canvas_size":
        dialog.accept()
        assert desk.document.undo.count() == 0
    dialog.close()


def test_canvas_is_resized_in_one_step(desk: Desk) -> None:
    from zestdesk.ui.fields import WholeNumber

    before = desk.fill()
    desk.window.actions_table.canvas_size.trigger()
    dialog = next(each for each in desk.window.findChildren(QDialog) if each.isVisible())
    wide, high = dialog.findChildren(WholeNumber)
    wide.setValue(300)
    high.setValue(200)
    dialog.accept()
    assert desk.state.canvas == (300, 200)
    desk.document.undo.undo()
    assert desk.state == before


def test_dropped_project_is_opened(desk: Desk, loop: Loop, tmp_path) -> None:
    path = tmp_path / "dropped.zest"
    save_project(path, Project(state=three_layers()))

    async def go() -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        enter = QDragEnterEvent(QPointF(5, 5).toPoint(), Qt.DropAction.CopyAction, data, *keys)
        QApplication.sendEvent(desk.window, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(desk.window, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, *keys))
        await until(lambda: not desk.window.files.busy)
        assert desk.document.title == "dropped.zest"
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.exe"))])
        enter = QDragEnterEvent(QPointF(5, 5).toPoint(), Qt.DropAction.CopyAction, data, *keys)
        enter.ignore()
        QApplication.sendEvent(desk.window, enter)
        assert not enter.isAccepted()

    loop.run_until_complete(go())


def test_docks_and_choices_are_remembered(desk: Desk, loop: Loop, settings: QSettings, theme: Theme) -> None:
    window = desk.window
    dock = window.findChild(QDockWidget, "history")
    assert isinstance(dock, QDockWidget)
    dock.hide()
    window.generate.lock.click()
    window.generate.device.picked.emit("cpu")
    desk.window.close()
    again = make_desk(settings, theme)
    again.window.show()
    other = again.window.findChild(QDockWidget, "history")
    assert isinstance(other, QDockWidget)
    assert other.isHidden()
    assert not again.window.generate.seed_locked
    assert again.worker.device == "cpu"
    again.window.hide()
    again.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_damaged_settings_do_not_keep_the_window_shut(loop: Loop, settings: QSettings, theme: Theme) -> None:
    for key in ("window/geometry", "window/docks", "view/theme", "generate/device", "files/recent"):
        settings.setValue(key, 12.5)
    desk = make_desk(settings)
    desk.window.show()
    assert desk.worker.device == "auto"
    assert desk.window.theme.choice == "system"
    assert desk.window.files.recent == ()
    desk.window.hide()
    desk.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme._dress()


def test_zoom_stands_in_the_status_bar(desk: Desk) -> None:
    desk.fill()
    desk.window.actions_table.zoom_actual.trigger()
    assert desk.window.zoom.text() == "100 %"
    desk.window.actions_table.zoom_in.trigger()
    assert desk.window.zoom.text() == "125 %"


def test_brush_options_and_brush_agree(desk: Desk) -> None:
    brush, options = desk.window.brush, desk.window.brush_options
    options.size_field.number.setValue(120)
    options.hardness.number.setValue(25)
    options.opacity.number.setValue(50)
    assert (brush.size, brush.hardness, brush.opacity) == (120, 0.25, 0.5)
    brush.size = 64
    assert options.size_field.value == 64


def test_window_does_not_wait_for_torch() -> None:
    code = (
        "import sys, zestdesk.ui.main_window, zestdesk.ui.document; "
        "print([name for name in ('torch', 'diffusers', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_smoke_every_panel_is_painted(desk: Desk) -> None:
    desk.fill()
    desk.add_runs(1, 2)
    window = desk.window
    window.runs.show_run(desk.history.runs[0])
    window.selection.set([desk.state.layers[0].id])
    window.preflight.look()
    for choice in ("light", "dark"):
        window.theme.choose(choice)
        image = window.grab().toImage()
        assert len({image.pixelColor(x, y).rgb() for x in range(0, image.width(), 7) for y in range(0, 400, 7)}) > 30


def test_a_first_start_opens_no_window_larger_than_the_screen(desk: Desk) -> None:
    room = desk.window.screen().availableSize()
    assert desk.window.width() <= room.width()
    assert desk.window.height() <= room.height()


def test_every_hint_can_be_read_to_its_end(desk: Desk) -> None:
    window = desk.window
    for width in (1280, 700):
        window.resize(width, 800)
        window.show()
        QApplication.processEvents()
        for action in window.actions_table.tools.actions():
            window.canvas.set_tool(action.data())
            shown, whole = window.hint.text(), window.canvas.hint
            assert shown == whole or (shown.endswith("…") and window.hint.toolTip() == whole)
