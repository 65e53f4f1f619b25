"""The command palette in the window: what it lists, and what Enter does."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk
from zestdesk.ui.command_palette import CommandPalette


@pytest.fixture
def palette(desk: Desk) -> CommandPalette:
    desk.fill()
    desk.window.actions_table.command_palette.trigger()
    palette = desk.window.shell.palette
    assert palette.isVisible()
    yield palette
    palette.hide()


def listed(palette: CommandPalette) -> list[str]:
    return [command.title for command in palette.found]


def test_every_action_of_the_menus_is_there_with_its_place_and_shortcut(desk: Desk, palette: CommandPalette) -> None:
    by_title = {command.title: command for command in palette.found}
    for name, action in desk.window.actions_table.by_name.items():
        title = desk.window.actions_table.title(action)
        if name != "command_palette":
            assert title in by_title
            assert by_title[title].place
    assert by_title["Save"].keys == "Ctrl+S"
    assert by_title["Dark"].place == "View › Theme"
    assert by_title["Prompt"].checked


def test_a_few_letters_and_enter_do_it(desk: Desk, palette: CommandPalette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.edit, "ellip")
    assert palette.current
    assert palette.current.title == "Ellipse"
    qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    assert palette.isHidden()
    assert desk.window.canvas.tool == "ellipse"


def test_arrows_go_round_and_escape_does_nothing(desk: Desk, palette: CommandPalette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.edit, "zoom")
    first, count = palette.current, len(palette.found)
    assert count >= 2
    qtbot.keyClick(palette.edit, Qt.Key.Key_Up)
    assert palette.current == palette.found[-1]
    qtbot.keyClick(palette.edit, Qt.Key.Key_Tab)
    assert palette.current == first
    qtbot.keyClick(palette.edit, Qt.Key.Key_PageDown)
    assert palette.current != first
    qtbot.keyClick(palette.edit, Qt.Key.Key_Escape)
    assert palette.isHidden()
    assert desk.state.layers


def test_what_was_used_lately_comes_first_next_time(desk: Desk, palette: CommandPalette, qtbot: QtBot) -> None:
    for query in ("select all", "pan"):
        palette.edit.setText(query)
        qtbot.keyClick(palette.edit, Qt.Key.Key_Enter)
        palette.open()
    assert listed(palette)[:2] == ["Pan", "Select all"]
    other = CommandPalette(desk.window, desk.window.shell.commands, desk.window.theme, desk.settings)
    other.open()
    assert listed(other)[:2] == ["Pan", "Select all"]
    other.hide()


@pytest.mark.parametrize("damage", [12.5, "tool_pan", ["tool_pan", "gone"]])
def test_a_damaged_memory_does_no_harm(desk: Desk, palette: CommandPalette, damage: object) -> None:
    desk.settings.setValue("palette/recent", damage)
    palette.open()
    assert palette.current


def test_what_cannot_be_done_says_what_it_waits_for(desk: Desk, palette: CommandPalette, qtbot: QtBot) -> None:
    palette.edit.setText("duplicate")
    assert palette.current
    assert not palette.current.enabled
    assert palette.about.text() == "Select a layer first."
    qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert desk.document.undo.count() == 0
    palette.edit.setText("restore layout")
    assert palette.about.text() == "This cannot be used right now."


def test_layers_are_found_by_label_and_selected(desk: Desk, palette: CommandPalette, qtbot: QtBot) -> None:
    palette.edit.setText("red car")
    qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    assert [layer.label for layer in desk.window.selection.layers] == ["a red car"]


def test_strange_labels_are_shown_as_they_are(desk: Desk, palette: CommandPalette) -> None:
    state = desk.state
    odd = ("<b>bold</b> & co", "قطة حمراء", "👩‍🚀 on a 🐎", "x" * 5000)
    desk.fill(replace(state, layers=tuple(replace(state.layers[0], id=label, label=label) for label in odd)))
    palette.open()
    for label in odd:
        palette.edit.setText(label[:6])
        assert any(label in title for title in listed(palette))
    palette.edit.setText("select layer")
    assert not palette.grab().isNull()


def test_recent_files_are_there(desk: Desk, palette: CommandPalette, tmp_path: Path) -> None:
    desk.window.files._remember(tmp_path / "harbour.zest")
    palette.open()
    palette.edit.setText("harbour")
    assert palette.current
    assert palette.current.place == "Recent file"


def test_nothing_found_says_so(desk: Desk, palette: CommandPalette, qtbot: QtBot) -> None:
    palette.edit.setText("xyzzy plugh")
    assert palette.current is None
    assert "xyzzy" in palette.about.text()
    qtbot.keyClick(palette.edit, Qt.Key.Key_Down)
    qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_a_click_does_it_too(desk: Desk, palette: CommandPalette, qtbot: QtBot) -> None:
    palette.edit.setText("rectangle")
    rect = palette.list.visualRect(palette.list.currentIndex())
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert desk.window.canvas.tool == "rectangle"


def test_it_stands_in_the_window_whatever_its_size(desk: Desk, palette: CommandPalette) -> None:
    for size in ((1280, 800), (760, 520)):
        desk.window.resize(*size)
        palette.open()
        assert palette.width() <= desk.window.width()
        assert palette.height() <= desk.window.height()
