"""The layers panel: order, labels, parts of a row, selection, and how well each layer was heard."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk, box, made, three_layers
from zestdesk.document.layers import PALETTE, BrushLayer, Group, next_colour
from zestdesk.document.layout import LayoutState
from zestdesk.ui.label_editor import LabelEditor
from zestdesk.ui.layer_model import Role
from zestdesk.ui.phrase_list import PhraseList
from zestdesk.ui.words import prompt_phrases


def labels(desk: Desk) -> list[str]:
    return [layer.label for layer in desk.state.layers]


def test_label_edit_is_one_undo_step_and_keeps_the_layer(desk: Desk, qtbot: QtBot) -> None:
    before = desk.fill()
    panel = desk.window.layers
    panel.edit_label(before.layers[1].id)
    editor = panel.list.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "a red car"
    qtbot.keyClicks(editor, "a  blue kite ")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: labels(desk) == ["a cat", "a blue kite", "grass"])
    assert desk.document.undo.count() == 1
    assert desk.state.layers[1] == replace(before.layers[1], label="a blue kite")
    desk.document.undo.undo()
    assert desk.state == before


def test_generating_takes_over_the_label_that_is_being_typed(desk: Desk, qtbot: QtBot) -> None:
    before = desk.fill()
    desk.window.layers.edit_label(before.layers[1].id)
    editor = desk.window.layers.list.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.setText("a blue kite")
    desk.window.actions_table.generate.trigger()
    assert labels(desk) == ["a cat", "a blue kite", "grass"]
    assert [layer.label for layer in desk.queue.jobs[0].state.layers] == labels(desk)
    qtbot.waitUntil(lambda: not desk.queue.jobs)


def test_escape_and_an_unchanged_label_leave_no_step(desk: Desk, qtbot: QtBot) -> None:
    before = desk.fill()
    panel = desk.window.layers
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        panel.edit_label(before.layers[0].id)
        editor = panel.list.viewport().findChild(QLineEdit)
        assert isinstance(editor, QLineEdit)
        if key == Qt.Key.Key_Escape:
            qtbot.keyClicks(editor, "something else")
        qtbot.keyClick(editor, key)
        qtbot.waitUntil(lambda: panel.list.viewport().findChild(QLineEdit) is None)
    assert desk.document.undo.count() == 0


def open_editor(desk: Desk, row: int) -> LabelEditor:
    desk.window.layers.edit_label(desk.state.layers[row].id)
    editor = desk.window.layers.list.viewport().findChild(LabelEditor)
    assert isinstance(editor, LabelEditor)
    editor.clear()
    return editor


def test_return_takes_the_label_over_although_completion_is_on_offer(desk: Desk, qtbot: QtBot, qtlog: Any) -> None:
    desk.window.activateWindow()
    desk.fill()
    panel = desk.window.layers
    editor = open_editor(desk, 1)
    qtbot.keyClicks(editor, "a ca")
    assert editor.offers.isVisible()
    assert editor.offers.window() is desk.window  # no popup, which would take keys and clicks
    assert desk.window.focusWidget() is editor
    closed: list[bool] = []
    panel.delegate.ended.connect(lambda: closed.append(True))
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert labels(desk) == ["a cat", "a ca", "grass"]
    qtbot.waitUntil(lambda: panel.list.viewport().findChild(QLineEdit) is None)
    assert desk.document.undo.count() == 1
    assert closed == [True]
    assert desk.window.focusWidget() is panel.list
    assert [list_ for list_ in desk.window.findChildren(PhraseList) if list_.isVisible()] == []
    assert [record.message for record in qtlog.records if "editor" in record.message] == []


def test_a_phrase_is_chosen_with_the_arrow_keys(desk: Desk, qtbot: QtBot) -> None:
    desk.fill()
    editor = open_editor(desk, 1)
    qtbot.keyClicks(editor, "gras")
    assert editor.offers.item(0).text() == "grass"
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    assert editor.text() == "grass"
    editor.undo()
    assert editor.text() == "gras"
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert labels(desk) == ["a cat", "grass", "grass"]


def test_a_phrase_is_taken_by_a_click(desk: Desk, qtbot: QtBot) -> None:
    desk.fill()
    editor = open_editor(desk, 1)
    qtbot.keyClicks(editor, "AT")
    offers = editor.offers
    rows = [offers.item(row).text() for row in range(offers.count())]
    place = offers.visualItemRect(offers.item(rows.index("a cat"))).center()
    qtbot.mouseClick(offers.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert labels(desk) == ["a cat", "a cat", "grass"]


def test_escape_closes_the_list_first_and_what_is_written_in_full_is_no_offer(desk: Desk, qtbot: QtBot) -> None:
    desk.fill()
    editor = open_editor(desk, 1)
    qtbot.keyClicks(editor, "gras")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.offers.isVisible()
    assert editor.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    assert labels(desk) == ["a cat", "a red car", "grass"]


def test_completion_offers_the_prompts_phrases_first(desk: Desk) -> None:
    desk.fill(LayoutState(prompt="a cat and a red car on grass under a blue sky, at night", layers=(box(""),)))
    phrases = desk.window.layers.delegate.phrases
    assert phrases[:5] == ("a cat", "a red car", "grass", "a blue sky", "night")


def test_prompt_phrases_keep_words_whole() -> None:
    assert prompt_phrases("an onion in a tin; sandy boots") == ("an onion", "a tin", "sandy boots")
    assert prompt_phrases("  ") == ()


def test_selection_goes_both_ways(desk: Desk) -> None:
    state = desk.fill()
    panel, selection = desk.window.layers, desk.window.selection
    selection.set([state.layers[0].id, state.layers[2].id])
    assert sorted(index.row() for index in panel.list.selectedIndexes()) == [0, 2]
    panel.list.setCurrentIndex(panel.model.index(1))
    assert selection.ids == (state.layers[1].id,)
    desk.window.actions_table.delete.trigger()
    assert labels(desk) == ["a cat", "grass"]
    assert selection.layers[0].label == "grass"


@pytest.mark.parametrize("place", ["canvas", "list"])
def test_delete_keeps_locked_layers_wherever_the_key_is_pressed(desk: Desk, qtbot: QtBot, place: str) -> None:
    first, second, third = three_layers().layers
    desk.fill(replace(three_layers(), layers=(first, replace(second, locked=True), third)))
    desk.window.activateWindow()
    target = desk.window.canvas if place == "canvas" else desk.window.layers.list
    target.setFocus()
    desk.window.actions_table.select_all.trigger()
    hints: list[str] = []
    desk.window._commands.hinted.connect(hints.append)
    qtbot.keyClick(target, Qt.Key.Key_Delete)
    assert labels(desk) == ["a red car"]
    assert desk.document.undo.count() == 1
    assert desk.window.selection.ids == (second.id,)
    qtbot.keyClick(target, Qt.Key.Key_Delete)
    assert labels(desk) == ["a red car"]
    assert desk.document.undo.count() == 1
    assert len(hints) == 2
    assert "“a red car” is locked" in desk.window.hint.text()


def test_without_a_layer_the_fields_are_empty(desk: Desk) -> None:
    steering = desk.window.layers.steering
    fields = (steering.weight.number, steering.span.start, steering.span.end)
    assert not steering.isEnabled()
    assert [field.cleanText() for field in fields] == ["", "", ""]
    state = desk.fill()
    desk.window.selection.set([state.layers[0].id])
    assert steering.isEnabled()
    assert [field.value() for field in fields] == [1, 0, 100]
    assert "" not in [field.cleanText() for field in fields]
    desk.window.selection.clear()
    assert [field.cleanText() for field in fields] == ["", "", ""]
    assert desk.document.undo.count() == 0


def test_weight_slider_is_one_step_for_all_selected(desk: Desk) -> None:
    state = desk.fill()
    desk.window.selection.set([state.layers[0].id, state.layers[1].id])
    slider = desk.window.layers.steering.weight.slider
    for position in (25, 30, 40):
        slider.setValue(position)
    assert [layer.weight for layer in desk.state.layers] == [2.0, 2.0, 1.0]
    assert desk.document.undo.count() == 1


def test_fit_is_dated_once_the_layer_has_changed(desk: Desk) -> None:
    state = desk.fill()
    model = desk.window.layers.model
    desk.window.runs.show_run(desk.history.add(state, made(state)))
    assert model.index(0).data(Role.FIT) == (0.8, True)
    assert "fits well" in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "ignored" in model.index(2).data(Qt.ItemDataRole.ToolTipRole)
    model.setData(model.index(0), "a dog")
    assert model.index(0).data(Role.FIT) == (0.8, False)
    desk.window._commands.change([replace(desk.state.layers[1], colour="#000000")], "colour")
    assert model.index(1).data(Role.FIT) == (0.5, True)
    desk.window._commands.change([replace(desk.state.layers[1], visible=False)], "hide")
    assert model.index(1).data(Role.FIT) is None


def test_advice_stands_next_to_its_layer(desk: Desk) -> None:
    desk.fill(LayoutState(canvas=(128, 128), layers=(box("a kite"), box("a cat", 60, 60)), prompt="a cat"))
    model = desk.window.layers.model
    desk.window.preflight.look()
    assert "a kite" in model.index(0).data(Role.ADVICE)[0]
    assert model.index(1).data(Role.ADVICE) == ()
    delegate, option = desk.window.layers.delegate, desk.window.layers.list
    tall, low = (option.visualRect(model.index(row)).height() for row in (0, 1))
    assert tall >= low
    assert delegate.sizeHint(None, model.index(0)).height() > delegate.sizeHint(None, model.index(1)).height()


def test_empty_panel_says_what_to_do(desk: Desk) -> None:
    panel = desk.window.layers
    assert panel._stack.currentWidget() is panel._empty
    desk.fill()
    assert panel._stack.currentWidget() is panel.list
    desk.document.new()
    assert panel._stack.currentWidget() is panel._empty


def test_duplicate_add_and_order(desk: Desk) -> None:
    state = desk.fill()
    actions, selection = desk.window.actions_table, desk.window.selection
    selection.set([state.layers[0].id])
    actions.duplicate.trigger()
    assert labels(desk) == ["a cat", "a cat", "a red car", "grass"]
    assert selection.ids == (desk.state.layers[0].id,)
    assert desk.state.layers[0].colour == PALETTE[3]
    actions.lower_to_bottom.trigger()
    assert desk.state.layers[-1].id == selection.ids[0]
    actions.raise_layer.trigger()
    assert [layer.id for layer in desk.state.layers].index(selection.ids[0]) == 2
    actions.add_brush_layer.trigger()
    assert isinstance(desk.state.layers[0], BrushLayer)
    assert desk.state.layers[0].mask.size().width() == 128
    for _ in range(4):
        desk.document.undo.undo()
    assert desk.state == state


def test_several_layers_move_in_one_step(desk: Desk) -> None:
    state = desk.fill()
    desk.window.selection.set([state.layers[1].id, state.layers[2].id])
    desk.window.actions_table.raise_to_top.trigger()
    assert labels(desk) == ["a red car", "grass", "a cat"]
    assert desk.document.undo.count() == 1
    desk.document.undo.undo()
    assert desk.state == state


def test_next_colour_is_the_one_used_least() -> None:
    assert next_colour([]) == PALETTE[0]
    assert next_colour(three_layers().layers) == PALETTE[3]
    assert next_colour([box("", colour=colour) for colour in PALETTE]) == PALETTE[0]


def test_a_long_label_is_kept_whole_and_spoken_of(desk: Desk, qtbot: QtBot) -> None:
    long = "a very long label " * 40
    before = desk.fill(replace(three_layers(), layers=(box(long.strip()), *three_layers().layers[1:])))
    panel = desk.window.layers
    panel.edit_label(before.layers[0].id)
    editor = panel.list.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert editor.text() == long.strip()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.list.viewport().findChild(QLineEdit) is None)
    assert desk.state == before
    desk.window.preflight.look()
    assert any("719 characters" in hint for hint in panel.model.index(0).data(Role.ADVICE))


def test_a_label_that_looks_like_html_is_text_in_the_tooltip(desk: Desk) -> None:
    desk.fill(replace(three_layers(), layers=(box("<b>a cat</b> <img src='x'>"),)))
    tip = desk.window.layers.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;a cat" in tip
    assert "<img" not in tip


def test_equal_labels_get_equal_colours_in_one_step(desk: Desk) -> None:
    desk.fill(LayoutState(layers=(box("a cat"), box("grass"), box("A cat", colour=PALETTE[5]))))
    before = desk.state
    action = desk.window.actions_table.colours_by_label
    action.trigger()
    first, second, third = (layer.colour for layer in desk.state.layers)
    assert first == third == PALETTE[0]
    assert second != first
    assert desk.document.undo.undoText() == "Colours by label"
    action.trigger()
    assert desk.document.undo.count() == 1
    assert "already" in desk.window.hint.text()
    desk.document.undo.undo()
    assert desk.state == before
    desk.fill(LayoutState())
    assert not action.isEnabled()


def test_copies_of_layers_of_many_places_stand_above_their_originals(desk: Desk) -> None:
    group = Group(name="G")
    layers = (box("a"), box("b", group=group), box("c", group=group), box("d"))
    desk.fill(LayoutState(layers=layers))
    desk.window.selection.set([layers[0].id, layers[2].id, layers[3].id])
    desk.window.actions_table.duplicate.trigger()
    assert labels(desk) == ["a", "a", "b", "c", "c", "d", "d"]
    assert [layer.group == group for layer in desk.state.layers] == [False, False, True, True, True, False, False]
    assert desk.window.selection.ids == tuple(desk.state.layers[at].id for at in (0, 3, 5))
    assert len({layer.colour for layer in desk.state.layers}) == 4
    assert desk.document.undo.count() == 1
    desk.document.undo.undo()
    assert desk.state.layers == layers
