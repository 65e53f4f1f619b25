"""Fuzzy search: which of many short texts somebody means by a few letters. Pure functions."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Fields", "Match", "match", "rank"]

_LETTER: Final = 1.0
_NEXT: Final = 2.0  # right after the letter before
_WORD: Final = 2.5  # begins a word
_FIRST: Final = 1.0  # begins the text
_GAP: Final = 0.04  # per letter that is passed over
_LENGTH: Final = 0.01  # per letter of the text: of two equals the shorter one is meant
_WITHIN: Final = 1.5  # a word of the query inside another text than the title
_KEPT: Final = 0.6  # of the best score: what scores less is noise beside it
_LONGEST: Final = 120  # letters of a text that are looked at: labels may be whole paragraphs


_Way = tuple[float, tuple[int, ...]]
"""Of finding letters: the score, and their positions."""


class Match(NamedTuple):
    """How well a query fits.

    Attributes:
        score: higher is better.
        letters: positions in the title that were matched, ascending.
    """

    score: float
    letters: tuple[int, ...] = ()


class Fields(NamedTuple):
    """What can be found.

    Attributes:
        title: matched letter by letter, letters may be left out.
        more: other texts; words of a query that the title lacks are looked for here as they are.
    """

    title: str
    more: tuple[str, ...] = ()


def match(query: str, text: str) -> Match | None:
    """Find the letters of a query in a text, in their order, where they fit best; None when they are not all there.

    Case and accents count for nothing. Letters that follow one another and letters that begin a word count for more.
    """
    wanted, letters = _folded(query), _folded(text[:_LONGEST])
    if not wanted:
        return Match(0.0)
    if not _in_order(wanted, letters):
        return None
    # Per position of the letter that was found last: the best score so far, and all positions.
    best: dict[int, _Way] = {}
    for number, letter in enumerate(wanted):
        best = _one_letter_more(best, letter, letters, first=number == 0)
    score, places = max(best.values())
    return Match(score - _LENGTH * len(letters), places)


def _one_letter_more(best: dict[int, _Way], letter: str, letters: str, *, first: bool) -> dict[int, _Way]:
    """Return the alignments that go on to another letter of the query."""
    now: dict[int, _Way] = {}
    afar: _Way | None = None  # the best of those before, were there no gap up to here
    for at, other in enumerate(letters):
        if other == letter:
            here = _LETTER + _start_bonus(letters, at)
            ways: list[_Way] = [(here - _GAP * at, (at,))] if first else []
            if afar:
                ways.append((afar[0] + here - _GAP * at, (*afar[1], at)))
            if at - 1 in best:
                score, places = best[at - 1]
                ways.append((score + here + _NEXT, (*places, at)))
            if ways:
                now[at] = max(ways)
        if at in best:
            score, places = best[at]
            afar = max(afar, (score + _GAP * at, places)) if afar else (score + _GAP * at, places)
    return now


def rank(query: str, choices: Iterable[Fields], recent: Sequence[int] = ()) -> list[tuple[int, Match]]:
    """Return which choices fit a query, as (their number, match), the best first.

    Args:
        query: words; each of them has to be found. Empty finds everything.
        choices: what there is; equals keep this order.
        recent: numbers of choices that were taken lately, the latest first: they come first while nothing is typed,
            and before their equals afterwards.
    """
    lately = {number: place for place, number in enumerate(recent)}
    found = [(number, fit) for number, fields in enumerate(choices) if (fit := _fit(query, fields)) is not None]
    if not query.split():
        return sorted(found, key=lambda item: (lately.get(item[0], len(lately)), item[0]))
    enough = _KEPT * max((fit.score for _, fit in found), default=0.0)
    kept = [item for item in found if item[1].score >= enough]
    return sorted(kept, key=lambda item: (-round(item[1].score, 6), lately.get(item[0], len(lately)), item[0]))


def _fit(query: str, fields: Fields) -> Match | None:
    score, letters = 0.0, set[int]()
    others = [_folded(text) for text in fields.more]
    for word in query.split():
        inside = any(_at_word(_folded(word), text) for text in others)
        fit = match(word, fields.title)
        if fit is not None and (not inside or fit.score >= _WITHIN * len(word)):
            score += fit.score
            letters.update(fit.letters)
        elif inside:
            score += _WITHIN * len(word)
        else:
            return None
    return Match(score, tuple(sorted(letters)))


def _folded(text: str) -> str:
    """Return a text without case and accents, with as many characters as before."""
    return "".join(unicodedata.normalize("NFD", letter)[0].casefold()[0] for letter in text)


def _in_order(wanted: str, letters: str) -> bool:
    rest = iter(letters)
    return all(letter in rest for letter in wanted)


def _start_bonus(letters: str, at: int) -> float:
    if at == 0:
        return _WORD + _FIRST
    return 0.0 if letters[at - 1].isalnum() else _WORD


def _at_word(word: str, text: str) -> bool:
    """Return whether a text has a word that begins with another."""
    at = text.find(word)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(word, at + 1)
    return at >= 0
