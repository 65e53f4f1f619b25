"""Which words of the prompt belong to which label: pure text, free of torch.

A label is bound to one mention of its phrase, by character offsets, never by loose words: "a red car" and "a red kite"
share a word, but no mention.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Composition", "compose"]

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


def _mentions(text: str, label: str) -> list[Span]:
    """Return every place where the phrase stands as whole words, case and kind of white space ignored."""
    pattern = r"\s+".join(re.escape(word) for word in label.split())
    return [match.span() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)]


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
    spans: list[Span | None] = [None] * len(names)
    last: dict[str, Span] = {}
    for index in sorted(range(len(names)), key=lambda at: (-len(names[at]), at)):
        free = [
            (start, end)
            for start, end in _mentions(prompt.rstrip(), names[index])
            if all(end <= other[0] or other[1] <= start for other in taken)
        ]
        if free:
            spans[index] = last[names[index].casefold()] = free[0]
            taken.append(free[0])
        else:
            spans[index] = last.get(names[index].casefold())
    appended = [False] * len(names)
    for index, name in enumerate(names):
        if spans[index] is not None:
            continue
        appended[index] = True
        key = name.casefold()
        if key not in last:
            bare = text.rstrip(" ,;")
            text = f"{bare}, {name}" if bare else name
            last[key] = (len(text) - len(name), len(text))
        spans[index] = last[key]
    return Composition(text=text, spans=tuple(span for span in spans if span), appended=tuple(appended))
