"""One text for the whole picture, in which each layer's phrase has its layer's colour."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from zestdesk.document.commands import ChangeLayers, SetPrompt
from zestdesk.document.layers import is_visible
from zestdesk.guidance.tokens import positions
from zestdesk.ui.advice import WriteAppended, bound
from zestdesk.ui.fields import Fold
from zestdesk.ui.prompt_edit import PromptEdit, Tint
from zestdesk.ui.utf16 import qt_index
from zestdesk.ui.words import prompt_phrases

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from zestdesk.document.layers import Layer
    from zestdesk.document.layout import Layout
    from zestdesk.guidance.binding import Composition
    from zestdesk.ui.actions import Actions
    from zestdesk.ui.preflight import Preflight
    from zestdesk.ui.selection import Selection
    from zestdesk.ui.theme import Theme

__all__ = ["PromptPanel", "TokenCount"]

_TINT_DARK: Final = 0.34
_TINT_LIGHT: Final = 0.38
_NEAR: Final = 0.85
"""Share of the limit from which a count warns."""

_LONGEST_LABEL: Final = 200
_CUT_AT: Final = 60
_LONGEST_TIP: Final = 1000


class TokenCount(QLabel):
    """How many tokens a text has, of how many the model reads; nothing while that is unknown."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("muted", True)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)

    def show_count(self, count: int, limit: int) -> None:
        """Show a count; near the limit it warns, past it it is an error."""
        self.setText(self.tr("{count} of {limit} tokens").format(count=f"{count:,}", limit=limit))
        near = _NEAR * limit < count <= limit
        self.setToolTip(
            self.tr("The text is longer than the model reads; shorten it.")
            if count > limit
            else self.tr("What the model reads, added labels included, and the most that it can read.")
        )
        for name, value in (("muted", count <= _NEAR * limit), ("warning", near), ("error", count > limit)):
            self.setProperty(name, value)
        self.style().polish(self)
        self.show()


class PromptPanel(QWidget):
    """Prompt, what the model will read, and the negative prompt.

    Signals:
        pointed: (str) the pointer is over the phrase of this layer; empty when it is over none.
        hinted: (str) why something was not done, for the status bar.
    """

    pointed = Signal(str)
    hinted = Signal(str)

    def __init__(
        self,
        layout: Layout,
        undo: QUndoStack,
        selection: Selection,
        preflight: Preflight,
        actions: Actions,
        theme: Theme,
    ) -> None:
        super().__init__()
        self._document, self._undo, self._theme = layout, undo, theme
        self._selection, self._preflight, self._words = selection, preflight, preflight.words
        self._shown: tuple[object, ...] = ()
        self._make_fields()
        self._lay_out(actions)
        for edit in (self.prompt, self.negative):
            edit.textChanged.connect(self._push)
        self.prompt.pointed.connect(self.pointed)
        self.prompt.chosen.connect(lambda layer_id: selection.set([layer_id]))
        actions.connect_deeds(
            {
                "bind_selection": self.bind_selection,
                "write_appended": lambda: preflight.apply(WriteAppended()),
                "complete_word": self.complete,
            }
        )
        self._write = actions.write_appended
        layout.settled.connect(self._follow)
        theme.changed.connect(self._show)
        self._words.changed.connect(self._show)
        self._show()

    def bind_selection(self) -> None:
        """Give the selected layers the words that are selected in the prompt as their label; one undo step."""
        label = " ".join(self.prompt.textCursor().selectedText().split())
        if not label:
            self.hinted.emit(self.tr("Select the words in the prompt that shall be the label."))
        elif len(label) > _LONGEST_LABEL:
            self.hinted.emit(self.tr("These are too many words for a label; select fewer."))
        elif not self._selection.layers:
            self.hinted.emit(self.tr("Select the layer that these words shall belong to."))
        else:
            changes = [replace(layer, label=label) for layer in self._selection.layers if layer.label != label]
            if changes:
                self._undo.push(ChangeLayers(self._document, changes, self.tr("Label layers from the prompt")))

    def complete(self) -> None:
        """Offer completions in the text field that has the focus, or else in the prompt."""
        edit = self.negative if self.negative.hasFocus() else self.prompt
        edit.setFocus()
        edit.completion.offer(asked=True)

    def _make_fields(self) -> None:
        self.prompt, self.negative = PromptEdit(3), PromptEdit(2)
        self.prompt.setAccessibleName(self.tr("Prompt"))
        self.prompt.setPlaceholderText(
            self.tr("Describe the whole picture, for example: a cat on grass under a blue sky")
        )
        self.prompt.setToolTip(self.tr("Phrases that belong to a layer have its colour; Ctrl+click selects the layer."))
        self.negative.setAccessibleName(self.tr("Negative prompt"))
        self.negative.setPlaceholderText(self.tr("What the picture shall not show"))
        self.appended, self.problem = QLabel(), QLabel()
        self.appended.setTextFormat(Qt.TextFormat.RichText)
        self.appended.setProperty("muted", True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setProperty("error", True)
        for label in (self.appended, self.problem):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.problem.setContentsMargins(2, 0, 2, 0)
        self.tokens, self.negative_tokens = TokenCount(), TokenCount()
        self.negative_tokens.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.write_out = QToolButton()

    def _lay_out(self, actions: Actions) -> None:
        self.write_out.setDefaultAction(actions.write_appended)
        self.write_out.setIconSize(QSize(14, 14))
        self.write_out.setObjectName("small")
        self.fold = Fold(self.tr("Negative prompt"), self.negative, self._theme, self.negative_tokens)
        self.fold.toggled.connect(lambda _: self._tell_negative())
        foot = QHBoxLayout()
        foot.setContentsMargins(2, 0, 2, 0)
        foot.setSpacing(4)
        foot.addWidget(self.appended, 1)
        foot.addWidget(self.write_out, 0, Qt.AlignmentFlag.AlignTop)
        foot.addStretch(0)
        foot.addWidget(self.tokens)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(8, 2, 8, 6)
        column.setSpacing(4)
        column.addWidget(self.prompt, 1)
        column.addLayout(foot)
        column.addWidget(self.problem)
        column.addWidget(self.fold)
        # Notes take the lines that they need; where the panel is too low for all of them it scrolls.
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _push(self) -> None:
        prompt, negative = self.prompt.text, self.negative.text
        state = self._document.state
        if (prompt, negative) != (state.prompt, state.negative_prompt):
            self._undo.push(SetPrompt(self._document, prompt, negative))

    def _follow(self) -> None:
        """Show the new state where it concerns the prompt: strokes and drags of layers do not."""
        if self._concerns() != self._shown:
            self._show()

    def _concerns(self) -> tuple[object, ...]:
        state = self._document.state
        layers = ((layer.id, layer.label, layer.colour, is_visible(layer)) for layer in state.layers)
        return (state.prompt, state.negative_prompt, *layers)

    def _show(self) -> None:
        state = self._document.state
        self._shown = self._concerns()
        self.prompt.show_text(state.prompt)
        self.negative.show_text(state.negative_prompt)
        if state.negative_prompt and not self.fold.opened:
            self.fold.open(True)
        self._offer(state.prompt)
        # The field's own text: Qt has its own signs for line breaks, and the places are those on screen.
        layers, composition = bound(state, self.prompt.toPlainText())
        self._tint(layers, composition)
        self._tell_appended(layers, composition)
        self._tell_tokens(composition)

    def _offer(self, prompt: str) -> None:
        known = self._words.vocabulary.prompt_phrases if self._words.vocabulary else ()
        labels = (" ".join(layer.label.split()) for layer in self._document.state.layers if layer.label.strip())
        self.prompt.completion.phrases = tuple(dict.fromkeys((*labels, *known)))
        self.negative.completion.phrases = tuple(dict.fromkeys((*known, *prompt_phrases(prompt))))

    def _tint(self, layers: list[Layer], composition: Composition) -> None:
        tints: dict[tuple[int, int], Tint] = {}
        text = composition.text
        for layer, span, appended in zip(layers, composition.spans, composition.appended, strict=True):
            if not appended and span not in tints:
                tip = self.tr("This phrase belongs to a layer. Ctrl+click selects it.")
                first, last = (qt_index(text, place) for place in span)
                tints[span] = Tint(first, last, layer.id, self._ground(layer.colour), QColor(layer.colour), tip)
        self.prompt.highlighter.show_tints(tuple(tints.values()))

    def _tell_appended(self, layers: list[Layer], composition: Composition) -> None:
        """Show what the model reads beyond what was typed."""
        added: dict[str, str] = {}
        for layer, (start, end), appended in zip(layers, composition.spans, composition.appended, strict=True):
            if appended:
                label = composition.text[start:end]
                text = html.escape(label if len(label) <= _CUT_AT else label[: _CUT_AT - 1] + "…")
                ground = self._ground(layer.colour).name()
                added.setdefault(label.casefold(), f"<span style='background:{ground}'>&nbsp;{text}&nbsp;</span>")
        self.appended.setVisible(bool(added))
        self.write_out.setVisible(bool(added))
        self._write.setEnabled(bool(added))
        if not added:
            return
        colour = self._theme.tokens.text
        spans = f"<span style='color:{colour}'>" + ", ".join(added.values()) + "</span>"
        self.appended.setText(f"{html.escape(self.tr('Appended:'))} {spans}")
        tip = self.tr("Labels that the prompt lacks are appended. In full: {text}")
        whole = html.escape(composition.text[:_LONGEST_TIP])
        self.appended.setToolTip(f"<qt>{html.escape(tip).replace('{text}', whole)}</qt>")

    def _tell_tokens(self, composition: Composition) -> None:
        """Show how long the texts are, and which label falls past the end."""
        tokens = self._words.tokens
        for count in (self.tokens, self.negative_tokens, self.problem):
            count.hide()
        if tokens is None:
            return
        offsets = tokens.offsets(composition.text)
        self.tokens.show_count(len(offsets) - 2, tokens.limit)
        self._tell_negative()
        if len(offsets) - 2 <= tokens.limit:
            return
        past = [
            composition.text[start:end]
            for start, end in composition.spans
            if any(place > tokens.limit for place in positions(offsets, (start, end)))
        ]
        text = self.tr("The model does not read to the end: shorten the prompt.")
        if past:
            text = self.tr("“{label}” falls past what the model reads: shorten the prompt, or mention it earlier.")
            name = past[0] if len(past[0]) <= _CUT_AT else past[0][: _CUT_AT - 1] + "…"
            text = text.replace("{label}", " ".join(name.split()))
        self.problem.setText(text)
        self.problem.show()

    def _tell_negative(self) -> None:
        tokens = self._words.tokens
        if tokens is not None and self.fold.opened:
            self.negative_tokens.show_count(tokens.count(self.negative.text), tokens.limit)
        else:
            self.negative_tokens.hide()

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
