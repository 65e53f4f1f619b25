"""The prompt: tinted phrases, appended labels, and typing that undoes as one step."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk, box, three_layers
from zestdesk.document.layers import PALETTE
from zestdesk.document.layout import LayoutState
from zestdesk.session.model_words import ModelWords
from zestdesk.ui.prompt_edit import PromptEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCharFormat


def tinted(desk: Desk) -> dict[str, str]:
    """Return the underlined stretches of the prompt with the colours of their lines."""
    edit, found = desk.window.prompt.prompt, {}
    block = edit.document().firstBlock()
    while block.isValid():
        units = block.text().encode("utf-16-le")  # in which Qt counts
        for part in block.layout().formats():
            style: QTextCharFormat = part.format
            phrase = units[2 * part.start : 2 * (part.start + part.length)].decode("utf-16-le")
            found[phrase] = style.underlineColor().name()
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
    assert "a cat and a red car on grass, a &lt;b&gt;kite&lt;/b&gt;" in panel.appended.toolTip()


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


def test_write_out_puts_appended_labels_into_the_prompt_as_one_step(desk: Desk) -> None:
    desk.fill(LayoutState(prompt="grass,", layers=(box("a cat"), box("a dog", 50))))
    panel, write = desk.window.prompt, desk.window.actions_table.write_appended
    assert panel.write_out.isVisible()
    write.trigger()
    assert desk.state.prompt == panel.prompt.toPlainText() == "grass, a cat, a dog"
    assert set(tinted(desk)) == {"a cat", "a dog"}
    assert not panel.write_out.isVisible()
    assert not write.isEnabled()
    assert desk.document.undo.count() == 1
    desk.document.undo.undo()
    assert desk.state.prompt == "grass,"


def read_words(desk: Desk, qtbot: QtBot) -> ModelWords:
    """Wait until the model's tokens and vocabulary are there."""
    words = desk.window.preflight.words
    qtbot.waitUntil(lambda: words.tokens is not None)
    return words


def look(label: QLabel) -> str:
    return next((name for name in ("error", "warning", "muted") if label.property(name)), "")


def test_tokens_are_counted_as_the_model_does_and_warn_before_the_end(desk: Desk, qtbot: QtBot) -> None:
    desk.fill(LayoutState(prompt="a cat", layers=(box("a dog"),), negative_prompt="🚗 snow"))
    panel = desk.window.prompt
    tokens = read_words(desk, qtbot).tokens
    assert tokens is not None
    assert panel.tokens.text() == f"{tokens.count('a cat, a dog')} of 38 tokens"
    assert panel.negative_tokens.text() == f"{tokens.count('🚗 snow')} of 38 tokens"
    assert look(panel.tokens) == "muted"
    panel.prompt.setPlainText("a " * 34)
    assert panel.tokens.text() == "37 of 38 tokens"
    assert look(panel.tokens) == "warning"
    assert not panel.problem.isVisible()
    panel.prompt.setPlainText("a " * 36)
    assert look(panel.tokens) == "error"
    assert panel.problem.isVisible()
    assert "“a dog” falls past" in panel.problem.text()
    panel.prompt.setPlainText("a dog" + " a" * 50)
    assert "shorten the prompt" in panel.problem.text()
    assert "a dog" not in panel.problem.text()


def test_without_a_tokenizer_there_is_no_count(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    words = read_words(desk, qtbot)
    panel = desk.window.prompt
    assert panel.tokens.isVisible()
    desk.window.generate.use_model(str(tmp_path))
    qtbot.waitUntil(lambda: words.tokens is None)
    assert not panel.tokens.isVisible()
    desk.document.undo.undo()
    qtbot.waitUntil(lambda: words.tokens is not None)
    assert panel.tokens.isVisible()


def middle(desk: Desk, phrase: str) -> QPoint:
    """Return a point inside a phrase in the prompt; beside right-to-left text its ends may lie apart."""
    edit = desk.window.prompt.prompt
    cursor = QTextCursor(edit.document().find(phrase))
    cursor.setPosition(cursor.selectionStart() + len(phrase) // 2)
    return edit.cursorRect(cursor).center()


def point(edit: PromptEdit, at: QPoint, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    place = QPointF(at)
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        QPointF(edit.viewport().mapToGlobal(at)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        modifiers,
    )
    QApplication.sendEvent(edit.viewport(), move)


def test_a_phrase_points_at_its_layer_and_ctrl_click_selects_it(desk: Desk, qtbot: QtBot) -> None:
    state = desk.fill(replace(three_layers(), prompt="🚗🚗 שלום a cat and\na red car on grass"))
    edit, pointed = desk.window.prompt.prompt, []
    desk.window.prompt.pointed.connect(pointed.append)
    ids = {layer.label: layer.id for layer in state.layers}
    point(edit, middle(desk, "red car"))
    point(edit, middle(desk, "a cat"))
    point(edit, middle(desk, "and"))
    assert pointed == [ids["a red car"], ids["a cat"], ""]
    control, left = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.LeftButton
    qtbot.mouseClick(edit.viewport(), left, control, middle(desk, "red car"))
    assert desk.window.selection.ids == (ids["a red car"],)
    qtbot.mouseClick(edit.viewport(), left, pos=middle(desk, "a cat"))
    assert desk.window.selection.ids == (ids["a red car"],)
    point(edit, middle(desk, "a cat"))
    QApplication.sendEvent(edit.viewport(), QEvent(QEvent.Type.Leave))
    assert pointed[-1] == ""


def test_the_canvas_stresses_the_layer_that_the_prompt_points_at(desk: Desk) -> None:
    desk.fill()
    edit, canvas = desk.window.prompt.prompt, desk.window.canvas
    calm = canvas.grab().toImage()
    point(edit, middle(desk, "a cat"))
    assert canvas.grab().toImage() != calm
    point(edit, middle(desk, "and"))
    assert canvas.grab().toImage() == calm


def select(desk: Desk, phrase: str) -> None:
    edit = desk.window.prompt.prompt
    edit.setTextCursor(edit.document().find(phrase))


def test_selected_words_become_the_label_of_the_selected_layers(desk: Desk) -> None:
    desk.fill(LayoutState(prompt="🚗 a big\u00a0dog\non grass", layers=(box("", id="a"), box("a cat", 50, id="b"))))
    window, bind = desk.window, desk.window.actions_table.bind_selection
    assert not bind.isEnabled()
    window.selection.set(["a", "b"])
    hints: list[str] = []
    window.prompt.hinted.connect(hints.append)
    bind.trigger()
    assert len(hints) == 1
    assert desk.document.undo.count() == 0
    select(desk, "big dog")
    bind.trigger()
    assert [layer.label for layer in desk.state.layers] == ["big dog", "big dog"]
    assert desk.document.undo.count() == 1
    assert set(tinted(desk)) == {"big\u00a0dog"}
    window.prompt.prompt.selectAll()
    bind.trigger()
    assert desk.state.layers[0].label == "🚗 a big dog on grass"


def test_tint_lies_on_its_phrase_behind_an_emoji(desk: Desk) -> None:
    desk.fill(LayoutState(prompt="🚗🚗\n🚗 beside a cat", layers=(box("a cat"),)))
    document = desk.window.prompt.prompt.document()
    block = document.findBlockByNumber(1)
    (tint,) = block.layout().formats()
    assert (tint.start, tint.length) == (len("xx beside "), len("a cat"))


def test_signs_that_qt_shows_as_others_stay_as_they_are_until_typed_over(desk: Desk, qtbot: QtBot) -> None:
    prompt = "a big\u00a0dog\r\nand\u2028a cat"
    desk.fill(LayoutState(prompt=prompt, layers=(box("a cat"), box("a big dog", 50))))
    assert desk.state.prompt == prompt
    assert desk.document.undo.count() == 0
    assert set(tinted(desk)) == {"a cat", "a big\u00a0dog"}
    edit = desk.window.prompt.prompt
    edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(edit, "s")
    assert desk.state.prompt == "a big dog\nand\na cats"
    desk.document.undo.undo()
    assert desk.state.prompt == prompt


def test_tint_follows_the_theme(desk: Desk) -> None:
    desk.fill(three_layers())
    theme, panel = desk.window.theme, desk.window.prompt
    dark = panel._ground(PALETTE[0])
    theme.choose("light")
    assert panel._ground(PALETTE[0]).lightnessF() > dark.lightnessF()
    assert panel.prompt.highlighter.tints[0].ground == panel._ground(PALETTE[0])
    theme.choose("dark")
