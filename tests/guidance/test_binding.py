"""Labels in prompts: by whole phrases and character offsets, never by loose words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zestdesk.guidance.binding import compose

words = st.sampled_from(
    ["a", "red", "car", "kite", "Car", "猫", "é", "e\u0301", "🚗", "x-y", "red,", "(car)", "c++", "."]
)
spaces = st.sampled_from([" ", "  ", ", ", "\n", "; "])


@st.composite
def phrases(draw, least=0, most=6):
    parts = draw(st.lists(words, min_size=least, max_size=most))
    return "".join(part + draw(spaces) for part in parts)


labels = phrases(least=1, most=3).filter(lambda text: text.strip())


def same(one, other):
    return " ".join(one.split()).lower() == " ".join(other.split()).lower()


@given(prompt=phrases(), names=st.lists(labels, max_size=5))
def test_every_label_stands_where_its_span_says(prompt, names):
    composition = compose(prompt, names)
    assert len(composition.spans) == len(composition.appended) == len(names)
    for name, (start, end) in zip(names, composition.spans, strict=True):
        assert same(composition.text[start:end], name)


@given(prompt=phrases(), names=st.lists(labels, max_size=5))
def test_spans_are_shared_by_equal_labels_only(prompt, names):
    spans = compose(prompt, names).spans
    for i, one in enumerate(spans):
        for j, other in enumerate(spans[:i]):
            if one == other:
                assert same(names[i], names[j])
            else:
                assert one[1] <= other[0] or other[1] <= one[0]


@given(prompt=phrases(), names=st.lists(labels, max_size=5))
def test_the_prompt_is_kept_and_only_lengthened(prompt, names):
    composition = compose(prompt, names)
    assert composition.text.startswith(prompt.rstrip(" \n,;"))
    if not any(composition.appended):
        assert composition.text == prompt.rstrip()


plain = st.lists(st.sampled_from(["a", "red", "car", "猫", "é"]), min_size=1, max_size=3).map(" ".join)


@given(prompt=st.lists(plain).map(", ".join), names=st.lists(plain, max_size=5))
def test_a_composed_prompt_lacks_nothing(prompt, names):
    text = compose(prompt, names).text
    again = compose(text, names)
    assert again.text == text
    assert not any(again.appended)


@given(prompt=st.text(max_size=40), names=st.lists(st.text(min_size=1, max_size=12).filter(str.strip), max_size=4))
def test_any_text_at_all(prompt, names):
    composition = compose(prompt, names)
    assert all(0 <= start < end <= len(composition.text) for start, end in composition.spans)


@pytest.mark.parametrize(
    ("prompt", "names", "expected"),
    [
        ("a red car and a red kite", ["a red car", "a red kite"], ["a red car", "a red kite"]),
        ("a red kite and a red car", ["a red car", "a red kite"], ["a red car", "a red kite"]),
        ("A  Red\nCar", ["a red car"], ["A  Red\nCar"]),
        ("a red car, a car", ["car", "red car"], ["car", "red car"]),
        ("scar, carpet, car", ["car"], ["car"]),
        ("一只猫, 猫", ["猫"], ["猫"]),
        ("🚗🚗 🚗", ["🚗"], ["🚗"]),
        ("c++ and c", ["c", "c++"], ["c", "c++"]),
    ],
)
def test_labels_are_bound_to_whole_phrases(prompt, names, expected):
    composition = compose(prompt, names)
    assert composition.text == prompt
    assert [composition.text[start:end] for start, end in composition.spans] == expected


def test_a_word_inside_a_longer_label_is_not_taken():
    composition = compose("a red car", ["car", "red car"])
    assert composition.text == "a red car, car"
    assert composition.spans == ((11, 14), (2, 9))
    assert composition.appended == (True, False)


def test_equal_labels_take_one_mention_each_and_share_the_last():
    composition = compose("a cat, another cat", ["cat", "Cat", "CAT"])
    assert composition.spans == ((2, 5), (15, 18), (15, 18))
    assert not any(composition.appended)


def test_equal_labels_that_the_prompt_lacks_are_appended_once():
    composition = compose("grass", ["a kite", "a kite"])
    assert composition.text == "grass, a kite"
    assert composition.spans == ((7, 13), (7, 13))


@pytest.mark.parametrize("prompt", ["", "   ", ",", " ; "])
def test_an_empty_prompt_becomes_the_labels(prompt):
    assert compose(prompt, ["a cat", "a dog"]).text == "a cat, a dog"


def test_a_trailing_comma_gives_way_unless_it_is_bound():
    assert compose("grass, ", ["a cat"]).text == "grass, a cat"
    composition = compose("a cat;", ["a cat;", "a dog"])
    assert composition.text == "a cat;, a dog"
    assert composition.spans[0] == (0, 6)


def test_blank_labels_are_refused():
    with pytest.raises(ValueError, match="blank"):
        compose("a cat", ["a cat", " \n"])
