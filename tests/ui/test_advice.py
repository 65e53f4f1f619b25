"""Advice before a run: layer, prompt and model seen together, what mends it, and what a run is refused for."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from tests.document.strategies import states
from tests.ui.desk import Desk, box
from zestdesk.document.layout import LayoutState
from zestdesk.errors import UserError
from zestdesk.guidance.binding import compose
from zestdesk.guidance.tokens import read_tokens
from zestdesk.guidance.vocabulary import read_vocabulary
from zestdesk.resources import resource
from zestdesk.ui.advice import Hint, Respell, WriteAppended, hints
from zestdesk.ui.preflight import plain_message

BUNDLED = resource("models", "diorama")
TOKENS, WORDS = read_tokens(BUNDLED / "tokenizer"), read_vocabulary(BUNDLED)


def layout(prompt: str, *labels: str) -> LayoutState:
    layers = tuple(box(label, 45 * at, id=f"{at}") for at, label in enumerate(labels))
    return LayoutState(canvas=(512, 128), prompt=prompt, layers=layers)


def texts(state: LayoutState, layer_id: str, *, model: bool = False) -> list[str]:
    found = hints(state, TOKENS, WORDS) if model else hints(state)
    return [hint.text for hint in found if hint.layer_id == layer_id]


def test_nothing_is_said_where_all_is_well() -> None:
    assert hints(layout("a cat and a red car on grass", "a cat", "a red car"), TOKENS, WORDS) == ()


def test_a_label_that_the_prompt_lacks_is_said_and_can_be_written_out() -> None:
    state = layout("a carpet", "car")
    (hint,) = hints(state)
    assert hint.text == "The prompt does not mention “car”: it will be appended."
    assert hint.fix is not None
    assert hint.fix.applied(state).prompt == "a carpet, car"
    assert hints(hint.fix.applied(state)) == ()


def test_a_mention_inside_another_label_is_not_this_labels() -> None:
    state = layout("a red car", "red car", "car")
    assert compose(state.prompt, ["red car", "car"]).text == "a red car, car"
    appended, shared = texts(state, "1")
    assert appended == "The prompt's “car” belongs to “red car”: another “car” will be appended."
    assert shared == "Shares “car” with “red car”: the model may mix them up."
    assert texts(state, "0") == ["Shares “car” with “car”: the model may mix them up."]


def test_layers_that_share_a_word_name_each_other() -> None:
    state = layout("a red car and a red kite on a lake", "a red car", "a red kite", "a lake")
    assert texts(state, "0") == ["Shares “red” with “a red kite”: the model may mix them up."]
    assert texts(state, "1") == ["Shares “red” with “a red car”: the model may mix them up."]
    assert texts(state, "2") == []


def test_equal_labels_share_one_region_unless_each_has_its_mention() -> None:
    (hint,) = texts(layout("a cat", "a cat", "A cat"), "1")
    assert "both count as one region" in hint
    assert texts(layout("a cat and a cat", "a cat", "a cat"), "1") == []


def test_a_hidden_layer_is_left_out() -> None:
    state = layout("a cat", "a dog", "a cat")
    hidden = replace(state, layers=(replace(state.layers[0], visible=False), state.layers[1]))
    assert hints(hidden, TOKENS, WORDS) == ()


def test_unknown_words_of_a_label_have_a_nearer_one() -> None:
    state = layout("a aple on grass", "a aple", "a wizard")
    assert "“aple” is unknown to this model; did you mean “apple”?" in texts(state, "0", model=True)
    assert "“wizard” is unknown to this model." in texts(state, "1", model=True)
    assert texts(state, "", model=True) == []  # what a layer says is not said again
    assert "aple" not in "".join(texts(state, "0"))


def test_unknown_words_of_the_prompt_are_those_that_no_caption_had() -> None:
    state = layout("there is a picture of a cat in front of a blue sky with a zeplin")
    assert texts(state, "", model=True) == ["“zeplin” is unknown to this model."]
    assert hints(state, None, WORDS) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a aple, An aple and the APLE-tree", "an apple, An apple and the Apple-tree"),
        ("Aple", "Apple"),
        ("maple aples apl", "maple aples apl"),
        ("an   aple", "an   apple"),
        ("🚗 un aple", "🚗 un apple"),
    ],
)
def test_a_word_is_respelt_with_its_article(text: str, expected: str) -> None:
    assert Respell("aple", "apple").applied(layout(text)).prompt == expected


def test_a_consonant_takes_the_other_article() -> None:
    assert Respell("ballon", "balloon").applied(layout("an ballon")).prompt == "a balloon"


@given(states())
def test_any_layout_has_hints_that_name_its_layers_and_fixes_that_work(state: LayoutState) -> None:
    ids = {layer.id for layer in state.layers} | {""}
    for hint in hints(state, TOKENS, WORDS):
        assert hint.layer_id in ids
        assert hint.text
        if hint.fix is not None:
            assert hint.fix.title
            assert len(hint.fix.applied(state).layers) == len(state.layers)


# In the window


@pytest.fixture
def known(desk: Desk, qtbot: QtBot) -> Desk:
    """A window that has read its model's words."""
    qtbot.waitUntil(lambda: desk.window.preflight.words.tokens is not None)
    return desk


def listed(desk: Desk) -> list[QAction]:
    chip = desk.window.generate.advice.chip
    chip.menu().aboutToShow.emit()
    return chip.menu().actions()


def test_hints_stand_next_to_their_layer_a_moment_after_an_edit(known: Desk, qtbot: QtBot) -> None:
    known.fill(layout("a red car", "red car", "car"))
    preflight = known.window.preflight
    qtbot.waitUntil(lambda: preflight.of("1") != ())
    assert preflight.of("1") == tuple(texts(known.state, "1", model=True))


def test_the_chip_counts_hints_lists_them_and_leads_to_the_layer(known: Desk) -> None:
    window = known.window
    chip = window.generate.advice.chip
    known.fill(layout("a cat on grass", "a cat"))
    window.preflight.look()
    assert not chip.isVisible()
    known.fill(layout("a cat on grass", "a cat", "a dog"))
    window.preflight.look()
    assert chip.isVisible()
    assert chip.accessibleName() == "1 hint"
    said, fix = listed(known)
    assert said.text() == "a dog: The prompt does not mention “a dog”: it will be appended."
    said.trigger()
    assert window.selection.ids == ("1",)
    fix.trigger()
    assert known.state.prompt == "a cat on grass, a dog"
    assert known.document.undo.undoText() == WriteAppended().title
    assert not chip.isVisible()
    known.document.undo.undo()
    assert known.state.prompt == "a cat on grass"


def test_one_click_respells_label_and_prompt_as_one_step(known: Desk) -> None:
    before = known.fill(layout("a aple & co", "a aple"))
    known.window.preflight.look()
    next(action for action in listed(known) if "apple”" in action.text() and "→" in action.text()).trigger()
    assert known.state.prompt == "an apple & co"
    assert known.state.layers[0].label == "an apple"
    assert known.document.undo.count() == 1
    known.document.undo.undo()
    assert known.state == before


def test_a_fix_that_came_too_late_changes_nothing(known: Desk) -> None:
    known.fill(layout("a cat", "a cat"))
    known.window.preflight.apply(Respell("aple", "apple"))
    known.window.preflight.apply(WriteAppended())
    assert known.document.undo.count() == 0


def test_a_hundred_hints_are_not_all_listed(known: Desk) -> None:
    known.fill(layout("grass", *(f"thing {number}" for number in range(40))))
    known.window.preflight.look()
    assert listed(known)[-1].text() == f"and {len(known.window.preflight.hints) - 20} more"


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (LayoutState(), "There is nothing to make a picture of"),
        (layout("a cat", ""), "Layer 1 has no label"),
        (layout("a cat " * 30, "a cat"), "Prompt: The text has 60 tokens and the model reads 38"),
        (layout("a cat " * 17, "a dog", "a car"), "The label “a car” falls past the model's limit of 38 tokens"),
        (replace(layout("a cat"), negative_prompt="a cat " * 30), "Negative prompt: The text has 60 tokens"),
    ],
)
def test_what_stops_a_run_is_said_before_and_in_place(
    known: Desk, loop: asyncio.AbstractEventLoop, state: LayoutState, sentence: str
) -> None:
    window = known.window
    line = window.generate.advice.line
    known.fill(state)
    window.preflight.look()
    assert line.isVisible()
    assert line.text().startswith(sentence)
    assert not line.property("error")
    window.actions_table.generate.trigger()
    assert known.queue.jobs == ()
    assert known.message() is None
    assert line.property("error")
    assert line.text().startswith(sentence)
    known.fill(layout("a cat", "a cat"))
    window.preflight.look()
    assert not line.isVisible()
    assert not line.property("error")


def test_a_refusal_leads_to_the_layer_it_is_about(known: Desk) -> None:
    known.fill(layout("a cat", "a cat", ""))
    known.window.actions_table.generate.trigger()
    assert known.window.selection.ids == ("1",)


def test_a_covered_layer_is_told_by_the_fine_look(known: Desk) -> None:
    upper, lower = box("a cat", 0, 0, 100, 100), box("a dog", 20, 20, 30, 30, id="low")
    known.fill(LayoutState(canvas=(128, 128), prompt="a cat and a dog", layers=(upper, lower)))
    known.window.preflight.look()
    assert "wholly covered" in known.window.generate.advice.line.text()
    assert known.window.preflight.hints[0] == Hint("low", "Wholly covered by the layers above.", stops=True)


def test_a_place_in_a_file_is_no_name_for_people() -> None:
    assert plain_message(UserError("Layer 3 has no label.", "layers[2].label")) == "Layer 3 has no label."
    assert plain_message(UserError("The text is long.", "negative_prompt")) == "Negative prompt: The text is long."
