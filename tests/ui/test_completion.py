"""Completion in the prompt: on offer while a word is typed, and never in the way of typing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk, box
from zestdesk.document.layout import LayoutState
from zestdesk.ui.completion import Completion, offers
from zestdesk.ui.prompt_edit import PromptEdit

PHRASES = ("an umbrella", "a red car", "a red kite", "a car", "grass", "a Güterzug", "🚗 toys")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("an um", [("an umbrella", 5)]),
        ("big um", [("umbrella", 2)]),
        ("a r", []),
        ("A cat and a RE", [("a red car", 4), ("a red kite", 4)]),
        ("a red ki", [("a red kite", 8)]),
        ("a red ", []),
        ("a red car", []),
        ("seagra", []),
        ("gr", [("grass", 2)]),
        ("🚗🚗 ein gü", [("Güterzug", 2)]),
        ("", []),
        ("ca", [("car", 2)]),
    ],
)
def test_what_is_on_offer(before: str, expected: list[tuple[str, int]]) -> None:
    assert [tuple(offer) for offer in offers(before, PHRASES)] == expected


def test_one_letter_is_enough_when_asked() -> None:
    assert [offer.text for offer in offers("a r", PHRASES, 1)] == ["a red car", "a red kite"]


def begin(desk: Desk, prompt: str, labels: tuple[str, ...] = ("a red car", "an umbrella")) -> PromptEdit:
    desk.fill(LayoutState(prompt=prompt, layers=tuple(box(label, 30 * at) for at, label in enumerate(labels))))
    edit = desk.window.prompt.prompt
    edit.setFocus()
    edit.moveCursor(QTextCursor.MoveOperation.End)
    return edit


def shown(edit: PromptEdit) -> list[str]:
    """Return what is on offer: the layers' labels first, and behind them the model's words once these are read."""
    completion: Completion = edit.completion
    return [completion.list.item(row).text() for row in range(completion.list.count())] if completion.shown else []


def test_tab_takes_what_is_offered_while_typing(desk: Desk, qtbot: QtBot) -> None:
    edit = begin(desk, "🚗 a ")
    qtbot.keyClicks(edit, "r")
    assert shown(edit) == []
    qtbot.keyClicks(edit, "e")
    assert shown(edit)[:1] == ["a red car"]
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.toPlainText() == desk.state.prompt == "🚗 a red car"
    assert edit.hasFocus()
    assert shown(edit) == []
    assert desk.document.undo.count() == 1


def test_typing_on_is_never_changed(desk: Desk, qtbot: QtBot) -> None:
    edit = begin(desk, "")
    qtbot.keyClicks(edit, "an um")
    assert shown(edit)[:1] == ["an umbrella"]
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert shown(edit) == []
    qtbot.keyClicks(edit, "red")
    assert shown(edit)[:1] == ["red car"]
    qtbot.keyClicks(edit, ", um")
    assert shown(edit)[:1] == ["umbrella"]
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert shown(edit) == []
    qtbot.keyClicks(edit, "xy ")
    assert edit.toPlainText() == "an um\nred, umxy "


def test_arrows_and_return_choose(desk: Desk, qtbot: QtBot) -> None:
    edit = begin(desk, "on ", ("grass", "green apples"))
    qtbot.keyClicks(edit, "gr")
    assert shown(edit)[:2] == ["grass", "green apples"]
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.toPlainText() == "on green apples"


def test_asked_for_the_list_needs_one_letter_and_return(desk: Desk, qtbot: QtBot) -> None:
    edit = begin(desk, "U", ("umbrella",))
    desk.window.actions_table.complete_word.trigger()
    assert shown(edit)[:1] == ["umbrella"]
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.toPlainText() == "Umbrella"


def test_the_list_goes_with_the_focus_and_a_click_takes_an_entry(desk: Desk, qtbot: QtBot) -> None:
    edit = begin(desk, "")
    qtbot.keyClicks(edit, "um")
    popup = edit.completion.list
    assert popup.window() is desk.window
    assert desk.window.rect().contains(popup.geometry())
    qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=popup.visualItemRect(popup.item(0)).center())
    assert edit.toPlainText() == "umbrella"
    qtbot.keyClicks(edit, " re")
    assert shown(edit)[:1] == ["red car"]
    desk.window.canvas.setFocus()
    assert shown(edit) == []


def test_nothing_is_offered_in_the_middle_of_a_word(desk: Desk, qtbot: QtBot) -> None:
    edit = begin(desk, "green")
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClicks(edit, "um")
    assert shown(edit) == []


def test_the_models_phrases_are_offered_too(desk: Desk, qtbot: QtBot) -> None:
    words = desk.window.preflight.words
    qtbot.waitUntil(lambda: words.vocabulary is not None)
    edit = begin(desk, "", ())
    qtbot.keyClicks(edit, "a pump")
    assert shown(edit)[:1] == ["a pumpkin"]
