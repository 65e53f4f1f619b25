"""Phrases on offer while a prompt is typed: a list under the word that never takes the focus."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QTextCursor

from zestdesk.ui.phrase_list import PhraseList
from zestdesk.ui.utf16 import qt_length, text_index

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QPlainTextEdit

__all__ = ["Completion", "Offer", "offers"]

_MOST: Final = 8
_LEAST_LETTERS: Final = 2
_ARTICLE: Final = re.compile(r"(?:an?|the)\s+(?=\S)", re.IGNORECASE)
_START: Final = re.compile(r"(?<![^\W_])[^\W_]")  # where a word begins
_LAST_WORD: Final = re.compile(r"[^\W_]+$")


class Offer(NamedTuple):
    """One completion.

    Attributes:
        text: the phrase.
        typed: how many characters before the cursor it takes the place of.
    """

    text: str
    typed: int


def offers(before: str, phrases: Collection[str], least: int = _LEAST_LETTERS) -> tuple[Offer, ...]:
    """Return what may be meant by the text before the cursor, best first.

    A phrase is on offer when it begins with the last words that were typed, however many; it may lack its article.

    Args:
        before: the text up to the cursor.
        phrases: all there are.
        least: letters that the last word must have.
    """
    word = _LAST_WORD.search(before)
    if word is None or len(word.group()) < least:
        return ()
    low = before.lower()
    if len(low) != len(before):  # a letter whose small form is two: places would shift
        low = before
    longest = max(map(len, phrases), default=0)
    starts = [match.start() for match in _START.finditer(low, max(0, len(low) - longest))]
    found: dict[str, Offer] = {}
    for phrase in phrases:
        for form in (phrase, _ARTICLE.sub("", phrase, count=1)):
            typed = next((len(low) - start for start in starts if form.lower().startswith(low[start:])), 0)
            outcome = before[: len(before) - typed].lower() + form.lower()
            # One that is written in full already is no offer, nor is what another one makes of the text too.
            if len(word.group()) <= typed < len(form) and outcome not in found:
                found[outcome] = Offer(form, typed)
    return tuple(sorted(found.values(), key=lambda offer: -offer.typed)[:_MOST])


class Completion(QObject):
    """Completes words in a text field from phrases.

    While a word is typed the list only shows: Tab takes its first entry, and all other keys type on. Once an entry is
    chosen with the arrow keys, or the list was asked for, Return takes it too. Esc closes the list.

    Attributes:
        phrases: what to offer.
        list: the list, in the window that the field is in.
    """

    def __init__(self, edit: QPlainTextEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self.phrases: tuple[str, ...] = ()
        self._offers: tuple[Offer, ...] = ()
        self.list = PhraseList(edit)
        self.list.itemClicked.connect(lambda item: self._take(self.list.row(item)))
        edit.installEventFilter(self)
        edit.verticalScrollBar().valueChanged.connect(self.close)

    @property
    def shown(self) -> bool:
        """Whether the list is open."""
        return self.list.isVisible()

    def offer(self, *, asked: bool = False) -> None:
        """Open the list where there is something to offer, else close it.

        Args:
            asked: the user asked for it: one letter is enough, and the first entry is chosen.
        """
        cursor = self._edit.textCursor()
        line = cursor.block().text()
        at = text_index(line, cursor.positionInBlock())
        inside = cursor.hasSelection() or line[at : at + 1].isalnum()
        self._offers = () if inside else offers(line[:at], self.phrases, 1 if asked else _LEAST_LETTERS)
        if not self._offers:
            self.close()
            return
        self.list.show_phrases([offer.text for offer in self._offers], 0 if asked else -1)
        self._place()

    def close(self, *_: object) -> None:
        """Close the list."""
        self.list.hide()

    def takes(self, event: QKeyEvent) -> bool:
        """Handle a key if it is the list's; return whether it was."""
        if not self.shown or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        row, key = self.list.currentRow(), event.key()
        if key == Qt.Key.Key_Escape:
            self.close()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Tab:
            self._take(max(row, 0))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0:
            self._take(row)
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the list when the field is left; while it is open it stays at the cursor."""
        if event.type() in {QEvent.Type.FocusOut, QEvent.Type.Hide}:
            self.close()
        elif self.shown and event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self._place()
        return super().eventFilter(watched, event)

    def _take(self, row: int) -> None:
        """Write an entry in place of what was typed of it."""
        offer = self._offers[row]
        self.close()
        cursor = self._edit.textCursor()
        line = cursor.block().text()
        at = text_index(line, cursor.positionInBlock())
        end = cursor.position()
        cursor.setPosition(end - qt_length(line[at - offer.typed : at]))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        first = line[at - offer.typed : at][:1]
        text = offer.text
        cursor.insertText(text[:1].upper() + text[1:] if first.isupper() else text)
        self._edit.setTextCursor(cursor)

    def _place(self) -> None:
        """Show the list at the cursor."""
        self.list.place(self._edit.viewport(), self._edit.cursorRect())
