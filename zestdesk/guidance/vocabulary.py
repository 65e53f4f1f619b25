"""What a model with a vocabulary of its own was trained to name: the one reader of ``vocabulary.json``. Torch-free."""

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from zestdesk.errors import UserError, sentence
from zestdesk.guidance.model_files import read_text

__all__ = ["ModelVocabulary", "read_vocabulary", "words_of"]

_MAX_BYTES: Final = 4_000_000
_MAX_PHRASES: Final = 5_000
_LONGEST_PHRASE: Final = 200
_SHORT: Final = 5
"""Letters of a word up to which one slip is the most that is mended; in a longer one it is two."""

_SMALL: Final = frozenset({"a", "an", "the", "and", "of", "on", "in", "under", "with", "at", "to"})


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in their order, in lower case: letters with their accents, nothing else."""
    letters = (letter if unicodedata.category(letter)[0] in "LM" else " " for letter in text.lower())
    return tuple(word for word in "".join(letters).split() if any(map(str.isalpha, word)))


@dataclass(frozen=True, kw_only=True)
class ModelVocabulary:
    """The phrases that a model was trained on.

    Attributes:
        objects: per object, the phrases for it ("a cat", or "a red car" and "a blue car").
        grounds: such as "grass".
        skies: such as "a blue sky".
        synonyms: other phrases for any of these and for scenery.
        scenery: what lies far away, such as "mountains".
        weather: what lies over the whole picture, such as "rain", and other names for it.
        further_words: that a prompt may have between the phrases.
    """

    objects: tuple[tuple[str, ...], ...]
    grounds: tuple[str, ...]
    skies: tuple[str, ...]
    synonyms: tuple[str, ...] = ()
    scenery: tuple[str, ...] = ()
    weather: tuple[str, ...] = ()
    further_words: tuple[str, ...] = ()

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """Every phrase for an area once, those of objects first, synonyms last: for completion."""
        objects = (phrase for phrases in self.objects for phrase in phrases)
        return tuple(dict.fromkeys((*objects, *self.grounds, *self.skies, *self.scenery, *self.synonyms)))

    @cached_property
    def prompt_phrases(self) -> tuple[str, ...]:
        """Every phrase that a prompt may name: those for areas, and weather."""
        return tuple(dict.fromkeys((*self.phrases, *self.weather)))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the phrases, and the small words between them."""
        return _SMALL.union(*(words_of(phrase) for phrase in (*self.prompt_phrases, *self.further_words)))

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(sorted(self.words - _SMALL))

    def unknown(self, text: str) -> tuple[str, ...]:
        """Return the words of a text that no phrase has, each once, in lower case; single letters are none."""
        words = (word for word in words_of(text) if len(word) > 1 or not word.isascii())
        return tuple(dict.fromkeys(word for word in words if word not in self.words))

    def nearest(self, word: str) -> str | None:
        """Return the known word that a misspelt one is most like; None when none is near."""
        return _nearest(word.lower(), self._names)


@lru_cache(maxsize=1000)
def _nearest(word: str, names: tuple[str, ...]) -> str | None:
    """Return the name that takes the fewest slips to become the word, if a typist would make so few."""
    most = 1 if len(word) <= _SHORT else 2
    near = (name for name in names if abs(len(name) - len(word)) <= most)
    slips, name = min(((_slips(word, name), name) for name in near), default=(most + 1, None))
    return name if len(word) > 2 and slips <= most else None


def _slips(one: str, other: str) -> int:
    """Return how many letters are missing, too many, wrong or swapped with the next (optimal string alignment)."""
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above2, above, row = above, row, [i]
        for j, wanted in enumerate(other, 1):
            least = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], wanted):
                least = min(least, above2[j - 2] + 1)
            row.append(least)
    return row[-1]


def read_vocabulary(folder: Path) -> ModelVocabulary:
    """Read ``vocabulary.json`` of a model folder.

    Raises:
        UserError: when the file is missing, too large, or is not such a vocabulary.
    """
    path = folder / "vocabulary.json"
    try:
        data: dict[str, Any] = json.loads(
            read_text(
                path,
                _MAX_BYTES,
                sentence("The file is too large for a vocabulary; use a model folder made by ZestDesk."),
            )
        )
        # Scenery, weather and further words came later: models made before have none.
        scenery, weather = data.get("scenery", []), data.get("weather", [])
        rows = [*data["objects"], *data["grounds"], *data["skies"], *scenery]
        vocabulary = ModelVocabulary(
            objects=tuple(_phrases(item["phrases"]) for item in data["objects"]),
            grounds=_phrases(item["phrase"] for item in data["grounds"]),
            skies=_phrases(item["phrase"] for item in data["skies"]),
            synonyms=_phrases(phrase for row in rows for phrase in row.get("synonyms", ())),
            scenery=_phrases(item["phrase"] for item in scenery),
            weather=_phrases(phrase for row in weather for phrase in (row["phrase"], *row.get("synonyms", ()))),
            further_words=_phrases(data.get("words", ())),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(
            "This is no vocabulary of a model; get the model again, or use the bundled model.", str(path)
        ) from error
    if len(vocabulary.prompt_phrases) + len(vocabulary.further_words) > _MAX_PHRASES:
        raise UserError("The vocabulary has too many phrases; use a model folder made by ZestDesk.", str(path))
    return vocabulary


def _phrases(items: Iterable[Any]) -> tuple[str, ...]:
    phrases = tuple(items)
    if not all(isinstance(phrase, str) and phrase.strip() and len(phrase) <= _LONGEST_PHRASE for phrase in phrases):
        raise ValueError("a phrase is no text")
    return phrases
