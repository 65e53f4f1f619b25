"""Words to offer while a label is typed: the model's vocabulary where it has one, and what the prompt says."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from zestdesk.guidance.checkpoints import BUNDLED
from zestdesk.resources import resource

__all__ = ["prompt_phrases", "vocabulary"]

_MAX_BYTES: Final = 2_000_000
_BREAKS: Final = re.compile(
    r"[,.;:!?\n]|\b(?:and|or|on|in|under|over|with|above|below|beside|behind|between|near|of|at|to|by|from"
    r"|in front of|next to)\b",
    re.IGNORECASE,
)


def vocabulary(model: str) -> tuple[str, ...]:
    """Return the phrases that a model was trained on, those of objects first; empty when its folder says nothing."""
    try:
        folder = resource("models", BUNDLED) if model == BUNDLED else Path(model).expanduser()
    except RuntimeError:  # no home folder of that name
        return ()
    return _read(folder / "vocabulary.json")


@cache
def _read(path: Path) -> tuple[str, ...]:
    try:
        if path.stat().st_size > _MAX_BYTES:
            return ()
        data: Any = json.loads(path.read_text(encoding="utf-8"))
        phrases = [str(phrase) for item in data["objects"] for phrase in item["phrases"]]
        phrases += [str(item["phrase"]) for key in ("grounds", "skies") for item in data[key]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        # Completion is a convenience: without the file there is nothing to offer, and generating says what is wrong.
        return ()
    return tuple(dict.fromkeys(phrases))


def prompt_phrases(prompt: str) -> tuple[str, ...]:
    """Return the pieces of a prompt that may be labels: what stands between commas and prepositions."""
    pieces = (" ".join(piece.split()) for piece in _BREAKS.split(prompt))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))
