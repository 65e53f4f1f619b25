"""What is to be said about a layout before a run, with what mends it: layer, prompt and model seen together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from zestdesk.document.checks import advice
from zestdesk.document.layers import Layer, is_visible
from zestdesk.guidance.binding import Composition, compose, mentions
from zestdesk.guidance.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zestdesk.document.layout import LayoutState
    from zestdesk.guidance.tokens import TextTokens
    from zestdesk.guidance.vocabulary import ModelVocabulary

__all__ = ["Fix", "Hint", "Respell", "WriteAppended", "bound", "hints"]

_LONG: Final = 200  # characters of a label; text encoders read about 75 tokens of a whole prompt
_CUT_AT: Final = 60  # characters of a label that is named
_MOST_WORDS: Final = 5
"""Unknown words of the prompt that are named; more of them say the same."""

_SMALL: Final = frozenset({"a", "an", "the", "and", "of", "on", "in", "at", "to", "with", "under", "by", "for", "from"})
"""Words that two labels may share."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Advice", text)


@dataclass(frozen=True, slots=True)
class Respell:
    """Write another word in place of a misspelt one, in the prompt and in every label.

    Attributes:
        word: as it is now, in lower case.
        better: as it should be.
    """

    word: str
    better: str

    @property
    def title(self) -> str:
        """What the fix does, for a button."""
        return _tr("Write “{better}”").format(better=self.better)

    def applied(self, state: LayoutState) -> LayoutState:
        """Return the layout with the word respelt; an article before it follows the new word."""
        layers = tuple(replace(layer, label=self._respelt(layer.label)) for layer in state.layers)
        return replace(state, layers=layers, prompt=self._respelt(state.prompt))

    def _respelt(self, text: str) -> str:
        pattern = rf"(?<![^\W\d_])(?:(an?)(\s+))?({re.escape(self.word)})(?![^\W\d_])"
        return re.sub(pattern, self._one, text, flags=re.IGNORECASE)

    def _one(self, match: re.Match[str]) -> str:
        article, space, word = match.groups()
        better = self.better.capitalize() if word[0].isupper() else self.better
        if not article:
            return better
        right = article[0] + ("n" if self.better[0] in "aeiou" else "")
        return f"{right}{space}{better}"


@dataclass(frozen=True, slots=True)
class WriteAppended:
    """Write the labels that the prompt lacks into it, just as they would be appended."""

    @property
    def title(self) -> str:
        """What the fix does, for a button."""
        return _tr("Write it into the prompt")

    def applied(self, state: LayoutState) -> LayoutState:
        """Return the layout with its composed prompt."""
        return replace(state, prompt=bound(state)[1].text)


Fix = Respell | WriteAppended


@dataclass(frozen=True, slots=True)
class Hint:
    """What is to be said about one layer, the prompt, or a setting.

    Attributes:
        layer_id: of the layer; empty for the others.
        text: one sentence, translated.
        stops: whether a run may be refused for it; see :class:`~zestdesk.document.checks.Advice`.
        fix: what mends it by one click, where something does.
        setting: which of ``Settings.names()`` it is about; empty for layers and the prompt.
    """

    layer_id: str
    text: str
    stops: bool = False
    fix: Fix | None = None
    setting: str = ""


def bound(state: LayoutState, prompt: str | None = None) -> tuple[list[Layer], Composition]:
    """Return the visible layers that have a label, and where each label stands in the composed prompt.

    Args:
        state: the layout.
        prompt: in place of the layout's.
    """
    layers = [layer for layer in state.layers if is_visible(layer) and layer.label.strip()]
    return layers, compose(state.prompt if prompt is None else prompt, [layer.label for layer in layers])


def hints(
    state: LayoutState, tokens: TextTokens | None = None, vocabulary: ModelVocabulary | None = None
) -> tuple[Hint, ...]:
    """Return hints for the visible layers, upper first, then for settings and prompt; quick enough for every edit.

    Args:
        state: the layout.
        tokens: of its model, where they are known.
        vocabulary: of its model, where it has one.
    """
    layers, composition = bound(state)
    found = [Hint(item.layer_id, item.text, item.stops, setting=item.setting) for item in advice(state)]
    found += _of_length(layers)
    found += _of_binding(state, layers, composition)
    found += _of_shared_words(layers)
    if vocabulary is not None:
        found += _of_unknown_words(state, layers, tokens, vocabulary)
    order = {layer.id: at for at, layer in enumerate(state.layers)}
    return tuple(sorted(found, key=lambda hint: order.get(hint.layer_id, len(order))))


def _name(layer: Layer) -> str:
    return " ".join(layer.label.split())


def _shown(layer: Layer) -> str:
    """Return a label as it is named in a sentence."""
    name = _name(layer)
    return name if len(name) <= _CUT_AT else f"{name[: _CUT_AT - 1]}…"


def _of_length(layers: list[Layer]) -> Iterator[Hint]:
    for layer in layers:
        if len(layer.label) > _LONG:
            text = _tr("The label has {count} characters: the model may not read it to its end.")
            yield Hint(layer.id, text.format(count=len(layer.label)))


def _of_binding(state: LayoutState, layers: list[Layer], composition: Composition) -> Iterator[Hint]:
    """Yield what there is to say about labels that the prompt lacks, and about those that have to share a mention."""
    first: dict[tuple[int, int], Layer] = {}
    for layer, span, appended in zip(layers, composition.spans, composition.appended, strict=True):
        if span in first:
            text = _tr(
                "“{label}” is meant by another layer too: the prompt names it once, so both count as one region."
            )
            yield Hint(layer.id, text.replace("{label}", _shown(layer)))
            continue
        first[span] = layer
        if not appended:
            continue
        taker = _taker(state.prompt.rstrip(), layer, layers, composition)
        text = _tr("The prompt does not mention “{label}”: it will be appended.")
        if taker is not None:
            text = _tr("The prompt's “{label}” belongs to “{other}”: another “{label}” will be appended.")
            text = text.replace("{other}", _shown(taker))
        yield Hint(layer.id, text.replace("{label}", _shown(layer)), fix=WriteAppended())


def _taker(prompt: str, layer: Layer, layers: list[Layer], composition: Composition) -> Layer | None:
    """Return the layer whose mention holds all that the prompt has of a label."""
    for start, end in mentions(prompt, layer.label):
        for other, span in zip(layers, composition.spans, strict=True):
            if other is not layer and start < span[1] and span[0] < end:
                return other
    return None


def _of_shared_words(layers: list[Layer]) -> Iterator[Hint]:
    names = [_name(layer) for layer in layers]
    words = [frozenset(words_of(name)) - _SMALL for name in names]
    for at, layer in enumerate(layers):
        for other, name in enumerate(names):
            shared = words[at] & words[other]
            if shared and name.lower() != names[at].lower():
                word = next(word for word in words_of(names[at]) if word in shared)
                text = _tr("Shares “{word}” with “{other}”: the model may mix them up.")
                yield Hint(layer.id, text.replace("{word}", word).replace("{other}", _shown(layers[other])))
                break


def _of_unknown_words(
    state: LayoutState, layers: Iterable[Layer], tokens: TextTokens | None, vocabulary: ModelVocabulary
) -> Iterator[Hint]:
    said: set[str] = set()
    for layer in layers:
        for word in vocabulary.unknown(layer.label)[:_MOST_WORDS]:
            said.add(word)
            yield _unknown(layer.id, word, vocabulary)
    if tokens is None:
        return
    # A word of the prompt may be one that joins phrases: of those, the model's own tokenizer knows each whole.
    unknown = [word for word in vocabulary.unknown(state.prompt) if word not in said and not tokens.is_one(word)]
    for word in unknown[:_MOST_WORDS]:
        yield _unknown("", word, vocabulary)


def _unknown(layer_id: str, word: str, vocabulary: ModelVocabulary) -> Hint:
    better = vocabulary.nearest(word)
    if better is None:
        return Hint(layer_id, _tr("“{word}” is unknown to this model.").replace("{word}", word))
    text = _tr("“{word}” is unknown to this model; did you mean “{better}”?")
    return Hint(layer_id, text.replace("{word}", word).replace("{better}", better), fix=Respell(word, better))
