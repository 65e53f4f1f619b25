"""One text for the whole picture, in which each layer's phrase has its layer's colour."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from zestdesk.document.commands import SetPrompt
from zestdesk.document.layers import is_visible
from zestdesk.guidance.binding import Composition, compose
from zestdesk.ui.fields import Fold, caption, leaves_undo

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from zestdesk.document.layers import Layer
    from zestdesk.document.layout import Layout, LayoutState
    from zestdesk.ui.theme import Theme

__all__ = ["PromptEdit", "PromptHighlighter", "PromptPanel"]

_MANY_WORDS: Final = 50
"""Beyond about this many words a text encoder of 77 tokens may not read to the end."""

_TINT_DARK: Final = 0.34
_TINT_LIGHT: Final = 0.38


class PromptEdit(QPlainTextEdit):
    """A text field whose undo is the document's."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(self._height(2))

    def sizeHint(self) -> QSize:
        """Return the size for the number of lines that was asked for."""
        return QSize(240, self._height(self._lines))

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window's actions."""
        if leaves_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return types a line break; with Ctrl it belongs to the window."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return
        super().keyPressEvent(event)

    def show_text(self, text: str) -> None:
        """Show another text and keep the cursor about where it was, without a signal."""
        if text == self.toPlainText():
            return
        at = self.textCursor().position()
        blocked = self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(blocked)
        cursor = self.textCursor()
        cursor.setPosition(min(at, len(self.toPlainText())), QTextCursor.MoveMode.MoveAnchor)
        self.setTextCursor(cursor)

    def _height(self, lines: int) -> int:
        return lines * self.fontMetrics().lineSpacing() + 2 * round(self.document().documentMargin()) + 8


class PromptHighlighter(QSyntaxHighlighter):
    """Tints stretches of a text; the colours stay readable because the text keeps its own."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._spans: tuple[tuple[int, int, QColor, QColor], ...] = ()

    def show_spans(self, spans: tuple[tuple[int, int, QColor, QColor], ...]) -> None:
        """Tint (start, end, ground, underline) stretches, counted in Qt's characters (UTF-16) from the start."""
        if spans != self._spans:
            self._spans = spans
            self.rehighlight()

    def highlightBlock(self, _text: str) -> None:
        """Tint what lies in this line."""
        offset = self.currentBlock().position()
        for start, end, ground, underline in self._spans:
            first, last = max(start - offset, 0), min(end - offset, self.currentBlock().length() - 1)
            if first < last:
                look = QTextCharFormat()
                look.setBackground(ground)
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
                look.setUnderlineColor(underline)
                self.setFormat(first, last - first, look)


class PromptPanel(QWidget):
    """Prompt, what the model will read, and the negative prompt."""

    def __init__(self, layout: Layout, undo: QUndoStack, theme: Theme) -> None:
        super().__init__()
        self._document, self._undo, self._theme = layout, undo, theme
        self.prompt = PromptEdit(4)
        self.prompt.setAccessibleName(self.tr("Prompt"))
        self.prompt.setPlaceholderText(
            self.tr("Describe the whole picture, for example: a cat on grass under a blue sky")
        )
        self.prompt.setToolTip(self.tr("Phrases that belong to a layer have its colour."))
        self.negative = PromptEdit(2)
        self.negative.setAccessibleName(self.tr("Negative prompt"))
        self.negative.setPlaceholderText(self.tr("What the picture shall not show"))
        self.highlighter = PromptHighlighter(self.prompt.document())
        self.appended = QLabel()
        self.appended.setTextFormat(Qt.TextFormat.RichText)
        self.appended.setWordWrap(True)
        self.appended.setProperty("muted", True)
        self.words = caption("")
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.fold = Fold(self.tr("Negative prompt"), self.negative, theme)
        foot = QHBoxLayout()
        foot.setContentsMargins(2, 0, 2, 0)
        foot.addWidget(self.appended, 1)
        foot.addWidget(self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 8, 6)
        column.setSpacing(4)
        column.addWidget(self.prompt, 1)
        column.addLayout(foot)
        column.addWidget(self.fold)
        for edit in (self.prompt, self.negative):
            edit.textChanged.connect(self._push)
        layout.changed.connect(self._show)
        theme.changed.connect(self._show)
        self._show()

    def _push(self) -> None:
        prompt, negative = self.prompt.toPlainText(), self.negative.toPlainText()
        state = self._document.state
        if (prompt, negative) != (state.prompt, state.negative_prompt):
            self._undo.push(SetPrompt(self._document, prompt, negative))

    def _show(self) -> None:
        state = self._document.state
        self.prompt.show_text(state.prompt)
        self.negative.show_text(state.negative_prompt)
        if state.negative_prompt and not self.fold.opened:
            self.fold.open(True)
        layers = [layer for layer in state.layers if is_visible(layer) and layer.label.strip()]
        composition = compose(state.prompt, [layer.label for layer in layers])
        self._tint(layers, composition)
        self._tell(state, layers, composition)

    def _tint(self, layers: list[Layer], composition: Composition) -> None:
        spans = {}
        for layer, (start, end), appended in zip(layers, composition.spans, composition.appended, strict=True):
            if not appended and (start, end) not in spans:
                first, last = _qt_length(composition.text[:start]), _qt_length(composition.text[:end])
                spans[start, end] = (first, last, self._ground(layer.colour), QColor(layer.colour))
        self.highlighter.show_spans(tuple(spans.values()))

    def _tell(self, state: LayoutState, layers: list[Layer], composition: Composition) -> None:
        """Show what the model reads beyond what was typed, and how long it is."""
        count = len(composition.text.split())
        self.words.setText(self.tr("1 word") if count == 1 else self.tr("{count} words").format(count=count))
        self.words.setProperty("warning", count > _MANY_WORDS)
        self.words.style().polish(self.words)
        self.words.setToolTip(
            self.tr("A long prompt may not be read to its end.")
            if count > _MANY_WORDS
            else self.tr("Words that the model reads, added labels included.")
        )
        added: dict[str, str] = {}
        for layer, (start, end), appended in zip(layers, composition.spans, composition.appended, strict=True):
            if appended:
                ground = self._ground(layer.colour).name()
                text = html.escape(composition.text[start:end])
                added.setdefault(text.casefold(), f"<span style='background:{ground}'>&nbsp;{text}&nbsp;</span>")
        self.appended.setVisible(bool(added))
        if added:
            colour = self._theme.tokens.text
            spans = f", <span style='color:{colour}'>" + ", ".join(added.values()) + "</span>"
            lead = html.escape(self.tr("The model also reads:")) if state.prompt.strip() else ""
            self.appended.setText(f"{lead} {spans.lstrip(', ')}")
            self.appended.setToolTip(
                self.tr("Labels that the prompt lacks are appended. In full: {text}").format(text=composition.text)
            )

    def _ground(self, colour: str) -> QColor:
        """Return a layer's colour mixed with the field's ground, so that text on it stays readable."""
        tokens = self._theme.tokens
        share = _TINT_DARK if tokens.dark else _TINT_LIGHT
        over, under = QColor(colour), QColor(tokens.field)
        return QColor.fromRgbF(
            share * over.redF() + (1 - share) * under.redF(),
            share * over.greenF() + (1 - share) * under.greenF(),
            share * over.blueF() + (1 - share) * under.blueF(),
        )


def _qt_length(text: str) -> int:
    """Return a text's length as Qt counts it: an emoji is two of its characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
