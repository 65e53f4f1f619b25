"""Fuzzy search: what is found by which letters, and in which order."""

from hypothesis import given
from hypothesis import strategies as st

from zestdesk.ui.fuzzy import Fields, match, rank


def titles(query: str, *choices: str, recent: tuple[int, ...] = ()) -> list[str]:
    return [choices[number] for number, _ in rank(query, [Fields(title) for title in choices], recent)]


def test_letters_may_be_left_out_but_not_change_their_order() -> None:
    assert match("nbl", "New brush layer")
    assert match("layer new", "New brush layer") is None
    assert match("zoom", "Zoo") is None
    assert match("", "anything") == (0.0, ())


def test_the_found_letters_are_those_that_begin_words() -> None:
    found = match("sl", "Reset layers")
    assert found
    assert found.letters == (2, 6)
    found = match("lay", "all layers")
    assert found
    assert found.letters == (4, 5, 6)


def test_case_and_accents_count_for_nothing() -> None:
    for query in ("ebene loschen", "EBENE LÖSCHEN"):
        assert titles(query, "Ebene löschen") == ["Ebene löschen"]
    found = match("strasse", "Straße")
    assert found is None or max(found.letters) < len("Straße")


def test_whole_words_come_before_scattered_letters() -> None:
    assert titles("brush", "Bring up such layers", "New brush layer", "Brush")[:2] == ["Brush", "New brush layer"]
    assert titles("lay", "Flip horizontally", "New layer", "Show layers") == ["New layer", "Show layers"]
    assert titles("lay", "Flip horizontally") == ["Flip horizontally"]


def test_every_word_is_wanted_and_may_stand_elsewhere() -> None:
    choices = [Fields("Dark", ("View › Theme", "Choose the colours.")), Fields("Dark corners", ("Layer", ""))]
    assert [number for number, _ in rank("theme dark", choices)] == [0]
    assert [number for number, _ in rank("colours", choices)] == [0]
    assert rank("dark nonsense", choices) == []
    assert rank("olours", choices) == []


def test_recent_ones_come_first_while_nothing_is_typed_and_before_their_equals_afterwards() -> None:
    assert titles("", "a", "b", "c", recent=(2, 1)) == ["c", "b", "a"]
    assert titles("lay", "layer 1", "layer 2", recent=(1,)) == ["layer 2", "layer 1"]
    assert titles("layer 1", "layer 1", "layer 2", recent=(1,))[0] == "layer 1"


@given(st.text(max_size=200), st.text(max_size=12))
def test_found_letters_are_the_query(text: str, query: str) -> None:
    found = match(query, text)
    if found and query:
        assert len(found.letters) == len(query)
        assert list(found.letters) == sorted(set(found.letters))
        assert all(place < len(text) for place in found.letters)


@given(st.text(alphabet="ab ", min_size=1, max_size=30), st.data())
def test_what_is_left_of_a_text_finds_it(text: str, data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text)))
    query = "".join(letter for letter, keep in zip(text, kept, strict=True) if keep)
    assert match(query, text) is not None


def test_a_long_label_of_one_letter_takes_no_time() -> None:
    assert match("a" * 60, "a" * 10_000)
