"""The line in which a label is typed, with phrases on offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["LabelEditor"]

_MOST: Final = 100_000
"""Characters; a layout with more could be saved, but nothing on screen or in a model has a use for them."""


class LabelEditor(QLineEdit):
    """Edits a label; Return in the completion's list is as good as in the line.

    Undo is the line's while something was typed, and the document's before that: right after drawing, it takes back
    what was drawn.

    Signals:
        accepted: the label was completed from the list and shall be taken over.
    """

    accepted = Signal()

    def __init__(self, phrases: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(_MOST)
        if not phrases:
            return
        completer = QCompleter(self)
        completer.setModel(QStringListModel(list(phrases), completer))
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(8)
        popup = completer.popup()
        if popup is not None:
            popup.setObjectName("phrases")
            popup.installEventFilter(_ReturnKey(completer, self.accepted.emit))
        self.setCompleter(completer)

    def show_label(self, label: str) -> None:
        """Show the label as the layout has it; what is being typed is not touched."""
        if not self.isModified() and label != self.text():
            self.setText(label)
            self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the document while the line has none of its own."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            nothing = event.matches(undo) and not self.isUndoAvailable()
            if nothing or (event.matches(redo) and not self.isRedoAvailable()):
                event.ignore()
                return True
        return super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the keyboard to the list when the editor is taken away: Qt would give it to whatever comes next."""
        completer = self.completer()
        if completer is not None and self.isHidden():
            completer.popup().hide()
        viewport = self.parentWidget()
        if self.isHidden() and self.hasFocus() and viewport is not None and viewport.parentWidget() is not None:
            viewport.parentWidget().setFocus()
        super().hideEvent(event)


class _ReturnKey(QObject):
    """Takes Return from the completion's list, which would keep it from the view.

    A Return that reaches the editor itself is the view's, whether the list is open or not. The entry that is chosen in
    the list stands in the editor already.
    """

    def __init__(self, completer: QCompleter, pressed: Callable[[], None]) -> None:
        super().__init__(completer)
        self._pressed = pressed

    def eventFilter(self, popup: QObject, event: QEvent) -> bool:
        """Hide the list and say that Return was pressed there."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or not isinstance(popup, QWidget):
            return False
        popup.hide()
        self._pressed()
        return True
