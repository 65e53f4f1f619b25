"""Which words of the prompt belong to which label: pure text, free of torch.

A label is bound to one mention of its phrase, by character offsets, never by loose words: "a red car" and "a red kite"
share a word, but no mention.
"""

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Composition", "compose", "mentions"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """The text that the model is given, and where each label stands in it.

    Attributes:
        text: the prompt with the lacking labels appended.
        spans: per label, (start, end) character offsets into ``text``. Labels share a span only when they are equal
            and the prompt has fewer mentions than there are such labels.
        appended: per label, whether the prompt lacked it.
    """

    text: str
    spans: tuple[Span, ...]
    appended: tuple[bool, ...]


def _normal(label: str) -> str:
    return " ".join(label.split())


def mentions(text: str, label: str) -> list[Span]:
    """Return every place where a phrase that is not blank stands as whole words, case and kind of white space ignored.

    Places may overlap: which of them is free is for the caller to see.
    """
    pattern = r"\s+".join(re.escape(word) for word in label.split())
    return [match.span(1) for match in re.finditer(rf"(?<!\w)(?=({pattern})(?!\w))", text, re.IGNORECASE)]


def compose(prompt: str, labels: Sequence[str]) -> Composition:
    """Bind every label to a mention, appending those that the prompt lacks (", a red kite").

    Longer labels choose first, so that "car" is never bound inside "red car" while that is a label too. Equal labels
    take one mention each, in order; where there are not enough, the last ones share the last mention.

    Args:
        prompt: the user's text.
        labels: phrases, none of them blank.

    Raises:
        ValueError: when a label is blank.
    """
    names = [_normal(label) for label in labels]
    if not all(names):
        raise ValueError("a label is blank")
    text = prompt.rstrip()
    taken: list[Span] = []
    last: dict[str, Span] = {}
    spans: dict[int, Span] = {}
    for index in sorted(range(len(names)), key=lambda at: -len(names[at])):
        key = names[index].casefold()
        free = [mention for mention in mentions(text, names[index]) if not _overlaps(mention, taken)]
        if free:
            last[key] = free[0]
            taken.append(free[0])
        if key in last:
            spans[index] = last[key]
    appended = tuple(index not in spans for index in range(len(names)))
    for index, name in enumerate(names):
        if appended[index]:
            key = name.casefold()
            if key not in last:
                text, last[key] = _append(text, name, taken)
                taken.append(last[key])
            spans[index] = last[key]
    return Composition(text=text, spans=tuple(spans[index] for index in range(len(names))), appended=appended)


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _append(text: str, name: str, taken: Sequence[Span]) -> tuple[str, Span]:
    """Return the text with a label behind it, and where the label stands."""
    # A trailing comma gives way to ours, unless it is part of a mention.
    kept = max([len(text.rstrip(string.whitespace + ",;")), *(end for _, end in taken)])
    text = f"{text[:kept]}, {name}" if kept else name
    return text, (len(text) - len(name), len(text))
