"""The prompt: tinted phrases, appended labels, and typing that undoes as one step."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk, box, three_layers
from zestdesk.document.layers import PALETTE
from zestdesk.document.layout import LayoutState

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCharFormat


def tinted(desk: Desk) -> dict[str, str]:
    """Return the underlined stretches of the prompt with the colours of their lines."""
    edit, found = desk.window.prompt.prompt, {}
    block = edit.document().firstBlock()
    while block.isValid():
        for part in block.layout().formats():
            style: QTextCharFormat = part.format
            found[block.text()[part.start : part.start + part.length]] = style.underlineColor().name()
        block = block.next()
    return found


def test_bound_phrases_have_their_layers_colours(desk: Desk) -> None:
    desk.fill()
    wanted = {"a cat": PALETTE[0], "a red car": PALETTE[1], "grass": PALETTE[2]}
    assert tinted(desk) == wanted
    model = desk.window.layers.model
    model.setData(model.index(2), "a blue sky")
    del wanted["grass"]
    assert tinted(desk) == wanted


def test_tint_crosses_lines_and_prefers_the_longer_label(desk: Desk) -> None:
    layers = (box("car", colour="#111111"), box("a red car", 50, 50, colour="#222222"))
    desk.fill(LayoutState(layers=layers, prompt="a car\nbeside a red car"))
    assert tinted(desk) == {"car": "#111111", "a red car": "#222222"}


def test_labels_that_the_prompt_lacks_are_shown_as_appended(desk: Desk) -> None:
    desk.fill()
    panel = desk.window.prompt
    assert panel.appended.isHidden()
    model = desk.window.layers.model
    model.setData(model.index(0), "a <b>kite</b>")
    assert not panel.appended.isHidden()
    assert "a &lt;b&gt;kite&lt;/b&gt;" in panel.appended.text()
    assert "a cat and a red car on grass, a <b>kite</b>" in panel.appended.toolTip()
    assert panel.words.text() == "10 words"


def test_typing_is_one_undo_step_and_undo_leaves_the_field(desk: Desk, qtbot: QtBot) -> None:
    desk.fill(LayoutState(prompt="a cat"))
    edit = desk.window.prompt.prompt
    edit.setFocus()
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    qtbot.keyClicks(edit, " at night")
    assert desk.state.prompt == "a cat at night"
    assert desk.document.undo.count() == 1
    qtbot.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.state.prompt == edit.toPlainText() == "a cat"
    qtbot.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert edit.toPlainText() == "a cat at night"


def test_undo_keeps_the_cursor_in_place(desk: Desk, qtbot: QtBot) -> None:
    desk.fill(LayoutState(prompt="a cat on grass"))
    edit = desk.window.prompt.prompt
    cursor = edit.textCursor()
    cursor.setPosition(5)
    edit.setTextCursor(cursor)
    qtbot.keyClicks(edit, "s")
    desk.document.undo.undo()
    assert edit.toPlainText() == "a cat on grass"
    assert edit.textCursor().position() == 6


def test_negative_prompt_unfolds_when_there_is_one(desk: Desk, qtbot: QtBot) -> None:
    panel = desk.window.prompt
    assert not panel.fold.opened
    desk.fill(LayoutState(negative_prompt="blurry"))
    assert panel.fold.opened
    assert panel.negative.toPlainText() == "blurry"
    qtbot.keyClicks(panel.negative, "not ")
    assert desk.state.negative_prompt == "not blurry"
    assert desk.document.undo.count() == 1


def test_long_prompts_are_marked(desk: Desk) -> None:
    desk.fill(LayoutState(prompt="word " * 51))
    words = desk.window.prompt.words
    assert words.text() == "51 words"
    assert words.property("warning") is True
    desk.fill(LayoutState(prompt="word"))
    assert words.text() == "1 word"
    assert words.property("warning") is False


def test_tint_lies_on_its_phrase_behind_an_emoji(desk: Desk) -> None:
    desk.fill(LayoutState(prompt="🚗🚗\n🚗 beside a cat", layers=(box("a cat"),)))
    document = desk.window.prompt.prompt.document()
    block = document.findBlockByNumber(1)
    (tint,) = block.layout().formats()
    assert (tint.start, tint.length) == (len("xx beside "), len("a cat"))


def test_tint_follows_the_theme(desk: Desk) -> None:
    desk.fill(three_layers())
    theme, panel = desk.window.theme, desk.window.prompt
    dark = panel._ground(PALETTE[0])
    theme.choose("light")
    assert panel._ground(PALETTE[0]).lightnessF() > dark.lightnessF()
    assert panel.highlighter._spans[0][2] == panel._ground(PALETTE[0])
    theme.choose("dark")
