"""Labels to token positions, through the tokenizer's own character offsets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from zestdesk.errors import UserError
from zestdesk.guidance.binding import compose

__all__ = ["BoundPrompt", "bind", "encode", "tokenise"]

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
                f"Segment {number} has no label; write what shall appear there.", f"segments[{number - 1}].label"
            )
    composition = compose(prompt, labels)
    limit = int(tokenizer.model_max_length)
    batch = tokenizer(composition.text, return_offsets_mapping=True, verbose=False)
    offsets: list[tuple[int, int]] = batch["offset_mapping"]
    tokens = tuple(_positions(offsets, span) for span in composition.spans)
    _check_labels(labels, tokens, limit)
    ids = tokenise(tokenizer, composition.text, "prompt")
    words = tuple(_positions(offsets, _without_article(composition.text, span)) for span in composition.spans)
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
    count = len(tokenizer(text, verbose=False).input_ids)
    if count > limit:
        raise UserError(f"The text has {count - 2} tokens and the model reads {limit - 2}; shorten it.", place)
    ids: torch.Tensor = tokenizer(text, padding="max_length", max_length=limit, return_tensors="pt").input_ids
    return ids


def _without_article(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return the part of a label's span, (start, end) in characters, behind a leading article."""
    start, end = span
    article = _ARTICLE.match(text, start, end)
    return (article.end() if article else start, end)


def _positions(offsets: Sequence[tuple[int, int]], span: tuple[int, int]) -> tuple[int, ...]:
    """Return the tokens that overlap a span; begin, end and padding have empty offsets and never do."""
    return tuple(at for at, (start, end) in enumerate(offsets) if start < end and start < span[1] and span[0] < end)


def _check_labels(labels: Sequence[str], tokens: Sequence[tuple[int, ...]], limit: int) -> None:
    for label, positions in zip(labels, tokens, strict=True):
        if not positions:
            raise UserError(f"The model has no token for the label “{label}”; write it in letters.", "label")
        # The last place belongs to the end token.
        if positions[-1] >= limit - 1:
            if len(positions) > limit - 2:
                text = (
                    f"The label “{_short(label)}” is longer than the model's limit of {limit - 2} tokens; shorten it."
                )
            else:
                text = (
                    f"The label “{_short(label)}” falls past the model's limit of {limit - 2} tokens; "
                    "shorten the prompt or mention the label earlier."
                )
            raise UserError(text, "prompt")


def _short(label: str) -> str:
    return label if len(label) <= 60 else f"{label[:57]}…"


@torch.no_grad()
def encode(text_encoder: Any, ids: torch.Tensor, device: torch.device) -> torch.Tensor:  # noqa: ANN401
    """Return the text encoder's last hidden states, shape (1, tokens, width)."""
    states: torch.Tensor = text_encoder(ids.to(device)).last_hidden_state
    return states
