"""Python's places in a text are Qt's and back, emoji or not."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from zestdesk.ui.utf16 import qt_index, qt_length, text_index

texts = st.text(st.sampled_from("aé猫🚗👩‍🚀שلّ\n") | st.characters(blacklist_categories=("Cs",)), max_size=30)


@given(texts, st.integers(0, 30))
def test_places_go_to_qt_and_back(text: str, index: int) -> None:
    index = min(index, len(text))
    assert text_index(text, qt_index(text, index)) == index
    assert qt_length(text) == len(text.encode("utf-16-le")) // 2


def test_qt_agrees() -> None:
    text = "🚗 שלום 👩‍🚀 é"
    document = QTextDocument(text)
    assert document.characterCount() - 1 == qt_length(text)
    assert document.find("é").selectionStart() == qt_index(text, text.index("é"))


def test_the_middle_of_an_emoji_is_its_start() -> None:
    assert text_index("a🚗b", 2) == 1
