"""The field in which a prompt is typed: phrases tinted in their layers' colours, pointed at and completed."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLine,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QToolTip

from zestdesk.ui.completion import Completion
from zestdesk.ui.fields import leaves_undo

__all__ = ["PromptEdit", "PromptHighlighter", "Tint"]


class Tint(NamedTuple):
    """A phrase that belongs to a layer.

    Attributes:
        start: in Qt's characters (UTF-16) from the start of the text.
        end: likewise.
        layer_id: of the layer; the uppermost where several share the phrase.
        ground: behind the phrase.
        underline: beneath it.
        tip: what is said about it.
    """

    start: int
    end: int
    layer_id: str
    ground: QColor
    underline: QColor
    tip: str


class PromptHighlighter(QSyntaxHighlighter):
    """Tints stretches of a text; the colours stay readable because the text keeps its own."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.tints: tuple[Tint, ...] = ()

    def show_tints(self, tints: tuple[Tint, ...]) -> None:
        """Tint exactly these stretches."""
        if tints != self.tints:
            self.tints = tints
            self.rehighlight()

    def highlightBlock(self, _text: str) -> None:
        """Tint what lies in this line."""
        offset = self.currentBlock().position()
        for tint in self.tints:
            first, last = max(tint.start - offset, 0), min(tint.end - offset, self.currentBlock().length() - 1)
            if first < last:
                look = QTextCharFormat()
                look.setBackground(tint.ground)
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
                look.setUnderlineColor(tint.underline)
                self.setFormat(first, last - first, look)


class PromptEdit(QPlainTextEdit):
    """A text field whose undo is the document's.

    Attributes:
        completion: offers phrases.
        highlighter: tints phrases.

    Signals:
        pointed: (str) the pointer is over the phrase of this layer; empty when it is over none.
        chosen: (str) the phrase of this layer was clicked with Ctrl.
    """

    pointed = Signal(str)
    chosen = Signal(str)

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self._pointed = self._given = self._shown = ""
        self.highlighter = PromptHighlighter(self.document())
        self.completion = Completion(self)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(self._height(2))

    def sizeHint(self) -> QSize:
        """Return the size for the number of lines that was asked for."""
        return QSize(240, self._height(self._lines))

    def tint_at(self, point: QPoint) -> Tint | None:
        """Return the tinted phrase at a point of the viewport."""
        at = self._character_at(point)
        return next((tint for tint in self.highlighter.tints if tint.start <= at < tint.end), None)

    @property
    def text(self) -> str:
        """The text: as it was given while nothing is typed, though Qt shows some signs as others (CR, hard spaces)."""
        plain = self.toPlainText()
        return self._given if plain == self._shown else plain

    def show_text(self, text: str) -> None:
        """Show another text and keep the cursor about where it was, without a signal."""
        if text == self.text:
            return
        at = self.textCursor().position()
        blocked = self.blockSignals(True)
        self.setPlainText(text)
        self._given, self._shown = text, self.toPlainText()
        self.blockSignals(blocked)
        cursor = self.textCursor()
        cursor.setPosition(min(at, self.document().characterCount() - 1), QTextCursor.MoveMode.MoveAnchor)
        self.setTextCursor(cursor)
        self.completion.close()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window's actions; keep Tab and Esc for the list of completions."""
        if leaves_undo(event):
            event.ignore()
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.completion.takes(event):
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what a tinted phrase belongs to, and notice when the pointer leaves."""
        if event.type() == QEvent.Type.Leave:
            self._point_at("")
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            tint = self.tint_at(event.pos())
            if tint is not None:
                QToolTip.showText(event.globalPos(), tint.tip, self.viewport())
                return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return types a line break; with Ctrl it belongs to the window."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return
        self._show_hand(event.key() == Qt.Key.Key_Control and bool(self._pointed))
        super().keyPressEvent(event)
        if event.text().isalnum() or (event.key() == Qt.Key.Key_Backspace and self.completion.shown):
            self.completion.offer()
        elif event.text() or event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.completion.close()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Take the hand away with Ctrl."""
        if event.key() == Qt.Key.Key_Control:
            self._show_hand(False)
        super().keyReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the layer of the phrase beneath the pointer."""
        super().mouseMoveEvent(event)
        tint = None if event.buttons() else self.tint_at(event.position().toPoint())
        self._point_at(tint.layer_id if tint else "")
        self._show_hand(tint is not None and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a phrase's layer with Ctrl; else place the cursor."""
        self.completion.close()
        tint = self.tint_at(event.position().toPoint())
        with_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if tint is not None and with_control and event.button() == Qt.MouseButton.LeftButton:
            event.accept()
            self.chosen.emit(tint.layer_id)
            return
        super().mousePressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at nothing any more."""
        self._point_at("")
        super().focusOutEvent(event)

    def _point_at(self, layer_id: str) -> None:
        if layer_id != self._pointed:
            self._pointed = layer_id
            self.pointed.emit(layer_id)

    def _show_hand(self, shown: bool) -> None:  # noqa: FBT001 - private, and its one argument says all
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if shown else Qt.CursorShape.IBeamCursor)

    def _character_at(self, point: QPoint) -> int:
        """Return the place of the character beneath a point, in Qt's characters; -1 where there is none."""
        block = self.cursorForPosition(point).block()
        place = QPointF(point) - self.blockBoundingGeometry(block).translated(self.contentOffset()).topLeft()
        layout = block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            if line.naturalTextRect().contains(place):
                return block.position() + line.xToCursor(place.x(), QTextLine.CursorPosition.CursorOnCharacter)
        return -1

    def _height(self, lines: int) -> int:
        return lines * self.fontMetrics().lineSpacing() + 2 * round(self.document().documentMargin()) + 8
