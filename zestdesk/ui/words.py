"""Phrases of a prompt that may be labels."""

import re
from typing import Final

__all__ = ["prompt_phrases"]

_BREAKS: Final = re.compile(
    r"[,.;:!?\n]|\b(?:and|or|on|in|under|over|with|above|below|beside|behind|between|near|of|at|to|by|from"
    r"|in front of|next to)\b",
    re.IGNORECASE,
)


def prompt_phrases(prompt: str) -> tuple[str, ...]:
    """Return the pieces of a prompt that may be labels: what stands between commas and prepositions."""
    pieces = (" ".join(piece.split()) for piece in _BREAKS.split(prompt))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))
