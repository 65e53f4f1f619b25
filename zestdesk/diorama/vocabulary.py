"""The words of the toy world: objects, colours, grounds, skies, far scenery and weather, read from one table.

The table is data (``resources/diorama/world.json``), so the world grows by adding rows. Everything else, the captions,
the sprites, the label maps and the completion in the editor, follows from it.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from zestdesk.errors import UserError
from zestdesk.resources import resource

__all__ = ["Backdrop", "Colour", "Package", "Scenery", "Thing", "Vocabulary", "Weather", "with_article"]


def with_article(words: str, article: str | None = None) -> str:
    """Return ``words`` behind an indefinite article: ``"red car"`` becomes ``"a red car"``.

    Args:
        words: a noun, with or without adjectives.
        article: the right one for ``words``, when spelling alone does not tell.
    """
    return f"{article or ('an' if words[0] in 'aeiou' else 'a')} {words}"


@dataclass(frozen=True, slots=True)
class Package:
    """The npm package that the sprites come from.

    Attributes:
        name: of the package.
        version: the one that the hash belongs to.
        integrity: npm's subresource integrity string, ``sha512-`` and base64.
    """

    name: str
    version: str
    integrity: str


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour word and how a sprite takes it on.

    Attributes:
        name: the word.
        hue: in degrees, 0 to 360.
        saturation: factor on the sprite's own saturation.
        value: factor on the sprite's own brightness.
    """

    name: str
    hue: float
    saturation: float
    value: float


@dataclass(frozen=True, slots=True)
class Backdrop:
    """A ground or a sky.

    Attributes:
        phrase: how captions name it, for example ``"a wooden floor"``.
        synonyms: other phrases for it.
        texture: name of a pattern in :mod:`zestdesk.diorama.backdrops`.
        upper: RGB in 0 to 255 at its upper edge.
        lower: RGB at its lower edge.
        accent: RGB that the pattern mixes in.
        strength: how much of the accent, 0 to 1.
    """

    phrase: str
    synonyms: tuple[str, ...]
    texture: str
    upper: tuple[int, int, int]
    lower: tuple[int, int, int]
    accent: tuple[int, int, int]
    strength: float


@dataclass(frozen=True, slots=True)
class Scenery(Backdrop):
    """Something far away that rises from the horizon.

    Attributes:
        shape: name of an outline in :mod:`zestdesk.diorama.backdrops`.
        lowest: its height as a fraction of the picture's, at least.
        highest: at most.
        cap: height, as a share of the whole, from which it has its accent colour; more than 1 leaves that out.
    """

    shape: str
    lowest: float
    highest: float
    cap: float


@dataclass(frozen=True, slots=True)
class Weather:
    """Weather or light that lies over a whole picture; it has no class in label maps.

    Attributes:
        phrase: how captions name it, behind "in" or "in the".
        synonyms: other phrases for it.
        effect: name of its painter in :mod:`zestdesk.diorama.weather`.
    """

    phrase: str
    synonyms: tuple[str, ...]
    effect: str


@dataclass(frozen=True, slots=True)
class Thing:
    """An object that can stand in a scene.

    Attributes:
        noun: its name without article.
        article: ``"a"``, ``"an"``, or nothing for what has none ("grapes").
        sprite: code points of its picture in the sprite set, for example ``"1f408"``.
        synonyms: other nouns for it.
        plurals: further names that take no article ("cookies").
        natural_colour: the colour word that fits the sprite as drawn; None when it takes no colours.
    """

    noun: str
    article: str
    sprite: str
    synonyms: tuple[str, ...]
    plurals: tuple[str, ...]
    natural_colour: str | None

    @property
    def phrase(self) -> str:
        """The noun behind its article."""
        return f"{self.article} {self.noun}".strip()

    @property
    def other_phrases(self) -> tuple[str, ...]:
        """The other names behind their articles."""
        return (*(with_article(noun) for noun in self.synonyms), *self.plurals)

    @property
    def names(self) -> tuple[str, ...]:
        """All names without articles."""
        return (self.noun, *self.synonyms, *self.plurals)


@dataclass(frozen=True)
class Vocabulary:
    """All that can be named. Classes of label maps count grounds first, then skies, far scenery and objects.

    Attributes:
        package: where the sprites come from.
        colours: colour words.
        grounds: what things stand on.
        skies: what is above the horizon.
        scenery: what rises from the horizon far away.
        weather: what lies over everything.
        objects: what can be placed.
    """

    package: Package
    colours: tuple[Colour, ...]
    grounds: tuple[Backdrop, ...]
    skies: tuple[Backdrop, ...]
    scenery: tuple[Scenery, ...]
    weather: tuple[Weather, ...]
    objects: tuple[Thing, ...]

    @classmethod
    def load(cls, path: Path | None = None) -> "Vocabulary":
        """Read the table.

        Args:
            path: a JSON file; the shipped one by default.

        Raises:
            UserError: when the file is missing or a row lacks a field; the text names the row.
        """
        path = path or resource("diorama", "world.json")
        try:
            table = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise UserError(
                f"The toy world's table cannot be read ({error}); install ZestDesk again.", path.name
            ) from error
        rows = _Rows(path.name, table)
        return cls(
            package=Package(**rows.of("package")),
            colours=tuple(Colour(**row) for row in rows.many("colours", ("name", "hue", "saturation", "value"))),
            grounds=tuple(_backdrop(row, "far", "near") for row in rows.many("grounds", (*_BACKDROP, "far", "near"))),
            skies=tuple(_backdrop(row, "top", "bottom") for row in rows.many("skies", (*_BACKDROP, "top", "bottom"))),
            scenery=tuple(_scenery(row) for row in rows.many("scenery", _SCENERY)),
            weather=tuple(
                Weather(row["phrase"], tuple(row["synonyms"]), row["effect"])
                for row in rows.many("weather", ("phrase", "synonyms", "effect"))
            ),
            objects=tuple(_thing(row) for row in rows.many("objects", ("noun", "article", "sprite", "synonyms"))),
        )

    @property
    def backdrops(self) -> tuple[Backdrop, ...]:
        """Grounds, skies and scenery, in the order of their classes."""
        return (*self.grounds, *self.skies, *self.scenery)

    @cached_property
    def class_names(self) -> tuple[str, ...]:
        """Phrases of all classes of a label map, in the order of their numbers."""
        return (*(row.phrase for row in self.backdrops), *(thing.phrase for thing in self.objects))

    @property
    def first_sky(self) -> int:
        """Class number of the first sky."""
        return len(self.grounds)

    @property
    def first_scenery(self) -> int:
        """Class number of the first far scenery."""
        return len(self.grounds) + len(self.skies)

    @property
    def first_object(self) -> int:
        """Class number of the first object."""
        return len(self.backdrops)

    @cached_property
    def coloured(self) -> tuple[int, ...]:
        """Indices of the objects that take colour words."""
        return tuple(index for index, thing in enumerate(self.objects) if thing.natural_colour)

    @cached_property
    def _classes_by_phrase(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for number, backdrop in enumerate(self.backdrops):
            for phrase in (backdrop.phrase, *backdrop.synonyms):
                found[_bare(phrase)] = number
        for number, thing in enumerate(self.objects, self.first_object):
            for noun in thing.names:
                found[noun] = number
                if thing.natural_colour:
                    found |= {f"{colour.name} {noun}": number for colour in self.colours}
        return found

    def class_id(self, phrase: str) -> int:
        """Return the class of a label such as ``"a red car"``: the object's, whatever its colour.

        Raises:
            UserError: when the phrase names nothing of this world.
        """
        try:
            return self._classes_by_phrase[_bare(phrase)]
        except KeyError:
            raise UserError(
                f"The toy world has no “{phrase}”; choose one of the phrases in its table, world.json."
            ) from None

    def phrases(self) -> tuple[str, ...]:
        """Return every label the world knows, for completion: plain, coloured, and synonyms behind them."""
        coloured = [
            with_article(f"{colour.name} {self.objects[index].noun}")
            for index in self.coloured
            for colour in self.colours
        ]
        others = [phrase for row in self.backdrops for phrase in row.synonyms]
        others += [phrase for thing in self.objects for phrase in thing.other_phrases]
        return (*self.class_names, *coloured, *others)

    def weather_phrases(self) -> tuple[str, ...]:
        """Return every name of weather and light; they are words of a prompt, not labels of an area."""
        return tuple(phrase for row in self.weather for phrase in (row.phrase, *row.synonyms))


_BACKDROP = ("phrase", "synonyms", "texture", "accent", "strength")
_SCENERY = (*_BACKDROP, "crest", "foot", "shape", "height")


def _bare(phrase: str) -> str:
    return re.sub(r"^(a|an|the)\s+", "", " ".join(phrase.lower().split()))


def _rgb(values: Sequence[int]) -> tuple[int, int, int]:
    red, green, blue = values
    return int(red), int(green), int(blue)


def _backdrop(row: dict[str, Any], upper: str, lower: str) -> Backdrop:
    return Backdrop(
        row["phrase"],
        tuple(row["synonyms"]),
        row["texture"],
        _rgb(row[upper]),
        _rgb(row[lower]),
        _rgb(row["accent"]),
        float(row["strength"]),
    )


def _scenery(row: dict[str, Any]) -> Scenery:
    lowest, highest = row["height"]
    return Scenery(
        **asdict(_backdrop(row, "crest", "foot")),
        shape=row["shape"],
        lowest=float(lowest),
        highest=float(highest),
        cap=float(row.get("cap", 2)),
    )


def _thing(row: dict[str, Any]) -> Thing:
    return Thing(
        row["noun"],
        row["article"],
        row["sprite"],
        tuple(row["synonyms"]),
        tuple(row.get("plurals", ())),
        row.get("natural_colour"),
    )


class _Rows:
    """Rows of the table, each checked for its fields before anything is built from it."""

    def __init__(self, file: str, table: Any) -> None:  # noqa: ANN401 - JSON of any shape
        self._file, self._table = file, table

    def of(self, key: str) -> Any:  # noqa: ANN401
        if not isinstance(self._table, dict) or key not in self._table:
            raise UserError(f"The toy world's table has no “{key}”; add it.", f"{self._file}: {key}")
        return self._table[key]

    def many(self, key: str, fields: tuple[str, ...]) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.of(key)
        for number, row in enumerate(rows):
            for field in fields:
                if field not in row:
                    place = f"{self._file}: {key}[{number}].{field}"
                    raise UserError(f"This row of the toy world's table has no “{field}”; add it.", place)
        return rows
