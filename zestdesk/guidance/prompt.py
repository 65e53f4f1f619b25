"""Labels to token positions, through the tokenizer's own character offsets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from zestdesk.errors import UserError
from zestdesk.guidance.binding import compose
from zestdesk.guidance.tokens import positions, require_label_fits, require_room

__all__ = ["BoundPrompt", "bind", "tokenise"]

_ARTICLE = re.compile(r"(?:an?|the)\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundPrompt:
    """A tokenised prompt with its labels found.

    Attributes:
        text: the composed prompt.
        ids: token ids padded to the model's length, shape (1, tokens).
        tokens: per label, positions in ``ids`` of the whole phrase.
        words: per label, those of ``tokens`` that are read: all but a leading article's.
        count: tokens used, begin and end included.
    """

    text: str
    ids: torch.Tensor
    tokens: tuple[tuple[int, ...], ...]
    words: tuple[tuple[int, ...], ...]
    count: int


def bind(tokenizer: Any, prompt: str, labels: Sequence[str]) -> BoundPrompt:  # noqa: ANN401 - transformers is untyped
    """Compose and tokenise a prompt and find each label's tokens (section 3.2 of the paper, T_i).

    The paper's labels are bare class names. People write "a cat", and the text encoder, which reads from left to right,
    has not seen the cat when it comes to "a": its attention lies anywhere, so articles are left out of what is read.

    Args:
        tokenizer: a fast tokenizer of transformers.
        prompt: the user's text.
        labels: one phrase per segment.

    Raises:
        UserError: when a label has no words, or falls past the tokenizer's limit; the text names the label.
    """
    for number, label in enumerate(labels, 1):
        if not label.strip():
            raise UserError(
                "Segment {number} has no label; write what shall appear there.",
                f"segments[{number - 1}].label",
                number=number,
            )
    composition = compose(prompt, labels)
    limit = int(tokenizer.model_max_length)
    batch = tokenizer(composition.text, return_offsets_mapping=True, verbose=False)
    offsets: list[tuple[int, int]] = batch["offset_mapping"]
    tokens = tuple(positions(offsets, span) for span in composition.spans)
    for label, found in zip(labels, tokens, strict=True):
        require_label_fits(label, found, limit - 2)
    ids = tokenise(tokenizer, composition.text, "prompt")
    words = tuple(positions(offsets, _without_article(composition.text, span)) for span in composition.spans)
    return BoundPrompt(text=composition.text, ids=ids, tokens=tokens, words=words, count=len(offsets))


def tokenise(tokenizer: Any, text: str, place: str) -> torch.Tensor:  # noqa: ANN401
    """Return token ids padded to the model's length, shape (1, tokens).

    Args:
        tokenizer: a fast tokenizer of transformers.
        text: any text, also none at all.
        place: what the text is, for the error.

    Raises:
        UserError: when the text is longer than the model reads; nothing is ever cut off in silence.
    """
    limit = int(tokenizer.model_max_length)
    require_room(len(tokenizer(text, verbose=False).input_ids) - 2, limit - 2, place)
    ids: torch.Tensor = tokenizer(text, padding="max_length", max_length=limit, return_tensors="pt").input_ids
    return ids


def _without_article(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return the part of a label's span, (start, end) in characters, behind a leading article."""
    start, end = span
    article = _ARTICLE.match(text, start, end)
    return (article.end() if article else start, end)
