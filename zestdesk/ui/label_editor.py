"""The line in which a label is typed, with phrases on offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QWidget

from zestdesk.ui.phrase_list import PhraseList

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LabelEditor"]

_MOST: Final = 100_000
"""Characters; a layout with more could be saved, but nothing on screen or in a model has a use for them."""

_OFFERED: Final = 8


class LabelEditor(QLineEdit):
    """Edits a label; phrases that hold what is typed are listed, up and down choose one, a click takes it.

    Undo is the line's while something was typed, and the document's before that: right after drawing, it takes back
    what was drawn.

    Attributes:
        offers: the list.

    Signals:
        accepted: the label was taken from the list and shall be taken over.
    """

    accepted = Signal()

    def __init__(self, phrases: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(_MOST)
        self._phrases = tuple(phrases)
        self.offers = PhraseList(self)
        self.offers.itemClicked.connect(self._clicked)
        self.textEdited.connect(self._offer)

    def show_label(self, label: str) -> None:
        """Show the label as the layout has it; what is being typed is not touched."""
        if not self.isModified() and label != self.text():
            self.setText(label)
            self.selectAll()

    def takes(self, event: QKeyEvent) -> bool:
        """Handle a key if it is the list's; return whether it was. Return is not: what is chosen stands in the line."""
        if not self.offers.isVisible() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.offers.hide()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.offers.step(1 if key == Qt.Key.Key_Down else -1)
            self._write(self.offers.currentItem().text())
        else:
            return False
        return True

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the document while the line has none of its own."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            nothing = event.matches(undo) and not self.isUndoAvailable()
            if nothing or (event.matches(redo) and not self.isRedoAvailable()):
                event.ignore()
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list."""
        self.offers.hide()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the keyboard to the list when the editor is taken away: Qt would give it to whatever comes next."""
        self.offers.hide()
        viewport = self.parentWidget()
        view = None if viewport is None else viewport.parentWidget()
        if self.isHidden() and self.hasFocus() and view is not None:
            view.setFocus()
        super().hideEvent(event)

    def _offer(self, text: str) -> None:
        """List the phrases that hold what was typed, those first that begin with it."""
        typed = " ".join(text.casefold().split())
        found = [phrase for phrase in self._phrases if typed and typed in phrase.casefold()]
        found.sort(key=lambda phrase: not phrase.casefold().startswith(typed))
        if not found or [phrase.casefold() for phrase in found] == [typed]:
            self.offers.hide()
            return
        self.offers.show_phrases(found[:_OFFERED])
        self.offers.place(self, self.rect().adjusted(8, 0, 0, 0))

    def _clicked(self, item: QListWidgetItem) -> None:
        self._write(item.text())
        self.offers.hide()
        self.accepted.emit()

    def _write(self, phrase: str) -> None:
        """Put a phrase in the place of what was typed, which undo brings back."""
        self.selectAll()
        self.insert(phrase)
