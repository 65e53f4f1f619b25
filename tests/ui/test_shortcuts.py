"""Shortcuts: changed, taken from one another, reset, remembered, and sets of them from other programs."""

import json
import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk
from zestdesk.resources import resource
from zestdesk.ui.keymap import OWN, Keymap, normal, presets
from zestdesk.ui.shortcut_editor import ShortcutEditor


@pytest.fixture
def keymap(desk: Desk) -> Keymap:
    return desk.window.shell.keymap


@pytest.fixture
def editor(desk: Desk) -> Iterator[ShortcutEditor]:
    desk.fill()
    editor = desk.window.shell.show_shortcuts()
    yield editor
    editor.close()


def again(desk: Desk) -> Keymap:
    """Return the shortcuts as the next start would have them."""
    actions = desk.window.actions_table
    for name, action in actions.by_name.items():
        action.setShortcuts([QKeySequence(key) for key in desk.window.shell.keymap.default(name)])
    return Keymap(actions, desk.settings)


def test_a_changed_key_works_and_is_shown_and_remembered(desk: Desk, keymap: Keymap, qtbot: QtBot) -> None:
    desk.fill()
    actions, canvas = desk.window.actions_table, desk.window.canvas
    keymap.assign("tool_brush", ["D"])
    assert "(D)" in actions.tool_brush.toolTip()
    canvas.setFocus()
    qtbot.keyClick(canvas, "d")
    assert canvas.tool == "brush"
    canvas.set_tool("select")
    qtbot.keyClick(canvas, "b")
    assert canvas.tool == "select"
    assert json.loads(desk.settings.value("shortcuts/changed")) == {"tool_brush": ["D"]}
    assert again(desk).keys("tool_brush") == ("D",)


def test_only_differences_are_remembered(desk: Desk, keymap: Keymap) -> None:
    keymap.assign("save", ["Ctrl+Alt+S"])
    keymap.reset("save")
    assert desk.settings.value("shortcuts/changed") == ""
    assert not keymap.differs("save")


def test_a_key_goes_from_one_action_to_the_other(desk: Desk, keymap: Keymap) -> None:
    assert keymap.holders("tool_brush", ["R", "F9"]) == {"R": "tool_rectangle"}
    keymap.assign("tool_brush", ["R"])
    assert keymap.keys("tool_rectangle") == ()
    assert desk.window.actions_table.tool_rectangle.toolTip().startswith("Rectangle\n")
    keymap.reset("tool_rectangle")
    assert keymap.keys("tool_brush") == ()
    assert again(desk).keys("tool_rectangle") == ("R",)


@pytest.mark.parametrize(
    "stored",
    ["[1, 2", "[]", '{"gone": ["X"]}', '{"save": "Ctrl+S"}', '{"save": [3]}', '{"save": ["nonsense+?+"]}', "null"],
)
def test_damaged_memory_leaves_working_keys(desk: Desk, settings: QSettings, stored: str) -> None:
    settings.setValue("shortcuts/changed", stored)
    keymap = again(desk)
    assert keymap.keys("open") == ("Ctrl+O",)
    keys = [key for name in desk.window.actions_table.by_name for key in keymap.keys(name)]
    assert len(keys) == len(set(keys))


def test_two_that_remember_one_key_do_not_both_get_it(desk: Desk, settings: QSettings) -> None:
    settings.setValue("shortcuts/changed", json.dumps({"save": ["F9"], "open": ["F9"], "new": ["Ctrl+E"]}))
    keymap = again(desk)
    assert keymap.keys("save") == ("F9",)
    assert keymap.keys("open") == ()
    assert keymap.keys("export") == ()  # its own key went to “new”


def test_keys_that_the_canvas_needs_are_refused(keymap: Keymap) -> None:
    for key in ("Space", "Tab", "Esc", "Left"):
        assert "needed" in keymap.objection("save", key)
    assert keymap.objection("save", "Ctrl+Space") == ""


@pytest.mark.parametrize("preset", presets(), ids=lambda preset: preset.id)
def test_a_preset_names_actions_and_leaves_no_key_twice(desk: Desk, keymap: Keymap, preset) -> None:
    known = desk.window.actions_table.by_name
    assert [name for name in preset.keys if name not in known] == []
    given = [key for keys in preset.keys.values() for key in keys]
    assert len(given) == len(set(given))
    assert [key for key in given if normal(key) != key] == []
    keymap.use_preset(preset)
    assert keymap.preset == preset.id
    keys = [key.toString() for action in desk.window.actions_table.all for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    for name, wanted in preset.keys.items():
        assert keymap.keys(name) == wanted
    assert keymap.keys("command_palette")  # there is a way to every deed
    assert again(desk).preset == preset.id


def test_presets_differ_from_ours_and_from_one_another() -> None:
    krita, inkscape = (preset.keys for preset in presets()[1:])
    assert krita != inkscape
    assert len(krita) >= 8
    assert len(inkscape) >= 12
    names = {path.stem for path in resource("keymaps").iterdir()}
    assert names == {preset.id for preset in presets() if preset.id != OWN}


def test_editor_lists_every_action_once(desk: Desk, editor: ShortcutEditor) -> None:
    assert set(editor._items) == set(desk.window.actions_table.by_name)
    editor.search.setText("ctrl+shift+n")
    shown = [name for name, item in editor._items.items() if not item.isHidden()]
    assert shown == ["add_brush_layer"]
    editor.search.setText("nothing is called that")
    assert all(item.isHidden() for item in editor._items.values())


def press(editor: ShortcutEditor, field: int, key: Qt.Key, qtbot: QtBot) -> None:
    inner = editor.fields[field].findChild(QLineEdit)
    assert isinstance(inner, QLineEdit)
    editor.fields[field].setFocus()
    qtbot.keyClick(editor.fields[field], key)
    QApplication.processEvents()


def test_pressed_keys_are_taken_at_once(editor: ShortcutEditor, keymap: Keymap, qtbot: QtBot) -> None:
    editor.choose("zoom_fit")
    press(editor, 1, Qt.Key.Key_F9, qtbot)
    assert keymap.keys("zoom_fit") == (*keymap.default("zoom_fit")[:1], "F9")
    assert editor._items["zoom_fit"].text(2) == "F9"
    assert editor.reset_one.isEnabled()
    editor.reset_one.click()
    assert not keymap.differs("zoom_fit")
    assert not editor.reset_one.isEnabled()


def test_a_conflict_is_said_and_waits_for_an_answer(editor: ShortcutEditor, keymap: Keymap, qtbot: QtBot) -> None:
    editor.choose("tool_brush")
    press(editor, 0, Qt.Key.Key_R, qtbot)
    assert "“R” belongs to “Rectangle”." in editor.says.text()
    assert keymap.keys("tool_brush") == ("B",)
    editor.leave.click()
    assert editor.fields[0].keySequence().toString() == "B"
    assert not editor.take.isVisible()
    press(editor, 0, Qt.Key.Key_R, qtbot)
    editor.take.click()
    assert keymap.keys("tool_brush") == ("R",)
    assert keymap.keys("tool_rectangle") == ()
    assert editor.preset.currentData() is None
    editor.reset_all.click()
    assert keymap.preset == OWN
    assert not editor.reset_all.isEnabled()


def test_a_key_that_is_needed_is_refused_with_a_sentence(editor: ShortcutEditor, keymap: Keymap, qtbot: QtBot) -> None:
    editor.choose("tool_brush")
    press(editor, 0, Qt.Key.Key_Space, qtbot)
    assert "needed" in editor.says.text()
    assert keymap.keys("tool_brush") == ("B",)


def test_a_shortcut_can_be_taken_away(editor: ShortcutEditor, keymap: Keymap) -> None:
    editor.choose("tool_brush")
    cross = editor.fields[0].findChild(QToolButton)
    assert isinstance(cross, QToolButton)
    cross.click()
    assert keymap.keys("tool_brush") == ()
    assert editor._items["tool_brush"].text(1) == ""


def test_a_set_is_chosen_in_the_editor(editor: ShortcutEditor, keymap: Keymap) -> None:
    editor.preset.picked.emit("krita")
    assert keymap.preset == "krita"
    editor.preset.picked.emit(None)
    assert keymap.preset == "krita"
    assert editor.preset.currentData() == "krita"


def test_the_generate_button_says_the_key_as_it_is(desk: Desk, keymap: Keymap) -> None:
    keymap.assign("generate", ["F5"])
    assert "F5" in desk.window.generate.generate.toolTip()
    assert re.search(r"\bF5\b", desk.window.runs_panel.empty.text())


def test_letters_are_typed_although_they_are_shortcuts(desk: Desk, keymap: Keymap, qtbot: QtBot) -> None:
    desk.fill()
    keymap.assign("delete", ["X"])
    desk.window.selection.set([desk.state.layers[0].id])
    edit = desk.window.prompt.prompt
    edit.setFocus()
    qtbot.keyClicks(edit, "x")
    assert "x" in desk.state.prompt
    assert len(desk.state.layers) == 3
