"""Errors are raised in English and said in the window's language, values and all; the command keeps the English."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from tests.ui.desk import Desk
from zestdesk.errors import UserError, sentence
from zestdesk.files.load import load_document
from zestdesk.guidance.checkpoints import open_checkpoint
from zestdesk.resources import resource
from zestdesk.ui.dialogs import show_error
from zestdesk.ui.error_words import error_sentence, error_text


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    translator = QTranslator()
    assert translator.load("zestdesk_de", str(resource("translations")))
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def test_without_values_the_sentence_is_the_message_braces_and_all() -> None:
    error = UserError("A {brace} is a brace.", "place")
    assert (error.message, str(error), error_sentence(error)) == (
        "A {brace} is a brace.",
        "place: A {brace} is a brace.",
        "A {brace} is a brace.",
    )


def test_values_go_into_the_sentence_and_come_along_elsewhere() -> None:
    error = UserError("{count} of {limit:.1f}", "path", count=3, limit=2)
    assert str(error) == "path: 3 of 2.0"
    assert str(error.at("layers[0]")) == "layers[0].path: 3 of 2.0"
    assert str(error.within("a.json")) == "a.json: path: 3 of 2.0"
    moved = error.elsewhere("model")
    assert (str(moved), moved.values, moved.template) == ("model: 3 of 2.0", error.values, error.template)
    assert str(UserError("It says: {error}", error=error)) == "It says: 3 of 2.0"


def said_in_german(error: UserError) -> str:
    """Return what the window says; fail where that is English."""
    text = error_sentence(error)
    assert text != error.message
    assert QCoreApplication.translate("UserError", error.template) != error.template
    return text


def test_errors_of_files_are_said_in_german(german: None, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"zestdesk": 1, "canvas": [0, 5]}')
    with pytest.raises(UserError) as caught:
        load_document(path)
    assert "The canvas has two whole sides" in str(caught.value)
    assert str(caught.value.values["most"]) in said_in_german(caught.value)
    assert error_text(caught.value).startswith("a.json: canvas")
    with pytest.raises(UserError) as caught:
        load_document(tmp_path / "none.json")
    assert "check the name" in str(caught.value)
    assert "none.json" in said_in_german(caught.value)


def test_errors_of_models_are_said_in_german(german: None) -> None:
    with pytest.raises(UserError) as caught:
        open_checkpoint("no such model")
    assert "„no such model“" in said_in_german(caught.value)


def test_what_stands_in_a_sentence_is_said_in_german_too(german: None) -> None:
    inner = UserError("The file could not be read ({reason}).", reason="x")
    outer = UserError("“{name}”: {error}", name="a.png", error=inner)
    assert error_sentence(outer) == f"„a.png“: {said_in_german(inner)}"
    mask = sentence("A mask")
    marked = UserError("{what} has to stand in the text itself here, as a data URL.", what=mask)
    assert said_in_german(marked).startswith(QCoreApplication.translate("UserError", mask))
    assert "mask" not in error_sentence(marked)


def test_the_dialog_says_it_in_german(german: None, desk: Desk) -> None:
    error = UserError("The file could not be read ({reason}).", "a.zest", reason="x")
    box = show_error(desk.window, "Titel", error)
    assert box.informativeText() == f"a.zest: {said_in_german(error)}"
    box.close()
