"""Foreign JSON: parsed within limits, and taken apart key by key with errors that name the place."""

import difflib
import json
import math
import re
from collections.abc import Iterable
from typing import Any, Final, NoReturn

from zestdesk.errors import UserError

__all__ = ["Extra", "Fields", "dump_json", "parse_json"]

Extra = dict[str, dict[str, Any]]
"""Keys that this version does not know, by where they stood: kept so that saving loses nothing."""

MAX_DEPTH: Final = 64
MAX_TEXT: Final = 200_000
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def parse_json(data: bytes, place: str = "") -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Return the value of a JSON text in UTF-8.

    Raises:
        UserError: it is not JSON, nests deeper than :data:`MAX_DEPTH`, repeats a key or holds NaN or infinity.
    """
    try:
        text = data.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except UserError as error:
        raise error.elsewhere(place) from None
    except json.JSONDecodeError as error:
        raise UserError(
            "This is not JSON (line {lineno}, column {colno}: {msg}).",
            place,
            lineno=error.lineno,
            colno=error.colno,
            msg=error.msg,
        ) from None
    except RecursionError:
        raise UserError("The JSON nests deeper than {most} levels.", place, most=MAX_DEPTH) from None
    except ValueError as error:  # bytes that are no UTF-8, whole numbers of thousands of digits
        raise UserError("This is not JSON that can be read ({error}).", place, error=str(error)[:80]) from None
    _check_depth(value, place)
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise UserError("The key {shown} stands there twice.", shown=_shown(key))
            seen.add(key)
    return table


def _refuse_constant(name: str) -> NoReturn:
    raise UserError("{name} is not a number that JSON knows.", name=name)


def _check_depth(value: object, place: str) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        inner: list[object] = []
        for item in level:
            if isinstance(item, dict):
                inner.extend(item.values())
            elif isinstance(item, list):
                inner.extend(item)
        level = [item for item in inner if isinstance(item, dict | list)]
        if not level:
            return
    raise UserError("The JSON nests deeper than {most} levels.", place, most=MAX_DEPTH)


def dump_json(value: object) -> bytes:
    """Return JSON in UTF-8, readable by people; ValueError for NaN and infinity."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1)
    if _SURROGATE.search(text):
        text = json.dumps(value, ensure_ascii=True, allow_nan=False, indent=1)
    return text.encode()


def _shown(value: object) -> str:
    """Return a foreign value for a message: one line, short."""
    text = json.dumps(value, ensure_ascii=True, default=str)
    return text if len(text) <= 40 else text[:39] + "…"


class Fields:
    """The keys of one JSON object, taken one by one; :meth:`rest` is what nobody asked for.

    Args:
        data: what stands there; anything but an object is an error.
        place: where it stands, for the errors; empty at the top.
    """

    def __init__(self, data: object, place: str = "") -> None:
        if not isinstance(data, dict):
            raise UserError("An object in braces belongs here, not {shown}.", place, shown=_shown(data))
        self._data: dict[str, Any] = data
        self._asked: set[str] = set()
        self.place = place

    def place_of(self, name: str) -> str:
        """Return where ``name`` stands."""
        return f"{self.place}.{name}" if self.place else name

    def error(self, name: str, message: str, **values: object) -> UserError:
        """Return an error placed at ``name``; the values are those of :class:`UserError`."""
        return UserError(message, self.place_of(name), **values)

    def has(self, name: str) -> bool:
        """Return whether the key is there, and count it as asked for."""
        self._asked.add(name)
        return name in self._data

    def raw(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON can hold
        """Return the value as it is; an error when it is missing."""
        if not self.has(name):
            raise self.error(name, "This key is missing.")
        return self._data[name]

    def text(self, name: str, default: str | None = None, limit: int = MAX_TEXT) -> str:
        """Return a text of at most ``limit`` characters; without a default it has to be there."""
        if default is not None and not self.has(name):
            return default
        value = self.raw(name)
        if not isinstance(value, str):
            raise self.error(name, "A text in quotes belongs here, not {shown}.", shown=_shown(value))
        if len(value) > limit:
            raise self.error(
                name, "The text has {count} characters; at most {limit} are allowed.", count=len(value), limit=limit
            )
        if _SURROGATE.search(value):
            raise self.error(name, "The text holds half a character (a lone surrogate).")
        return value

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        """Return true or false."""
        if default is not None and not self.has(name):
            return default
        value = self.raw(name)
        if not isinstance(value, bool):
            raise self.error(name, "true or false belongs here, not {shown}.", shown=_shown(value))
        return value

    def number(self, name: str, default: float | None = None, low: float = -math.inf, high: float = math.inf) -> float:
        """Return a finite number from ``low`` to ``high``; whole numbers stay whole."""
        if default is not None and not self.has(name):
            return default
        return self._checked(self.raw(name), name, low, high)

    def whole(self, name: str, default: int | None = None, low: int = 0, high: int = 2**63 - 1) -> int:
        """Return a whole number from ``low`` to ``high``."""
        if default is not None and not self.has(name):
            return default
        return self._whole(self.raw(name), name, low, high)

    def numbers(self, name: str, count: int | None = None) -> list[float]:
        """Return a list of finite numbers, ``count`` of them if given."""
        values = self.items(name)
        if count is not None and len(values) != count:
            raise self.error(
                name, "A list of {count} numbers belongs here, not {shown}.", count=count, shown=_shown(values)
            )
        return [self._checked(value, name, -math.inf, math.inf) for value in values]

    def wholes(self, name: str, count: int | None = None, high: int = 2**31 - 1) -> list[int]:
        """Return a list of whole numbers from 0, ``count`` of them if given."""
        values = self.items(name)
        if count is not None and len(values) != count:
            raise self.error(
                name, "A list of {count} whole numbers belongs here, not {shown}.", count=count, shown=_shown(values)
            )
        return [self._whole(value, name, 0, high) for value in values]

    def items(self, name: str, limit: int = 100_000) -> list[Any]:
        """Return a list of at most ``limit`` values of any kind."""
        values = self.raw(name)
        if not isinstance(values, list):
            raise self.error(name, "A list in brackets belongs here, not {shown}.", shown=_shown(values))
        if len(values) > limit:
            raise self.error(
                name, "The list has {count} items; at most {limit} are allowed.", count=len(values), limit=limit
            )
        return values

    def tables(self, name: str, limit: int) -> "list[Fields]":
        """Return a list of objects; none when the key is missing."""
        values = self.items(name, limit) if self.has(name) else []
        return [Fields(value, f"{self.place_of(name)}[{index}]") for index, value in enumerate(values)]

    def table(self, name: str) -> "Fields":
        """Return the object that stands there; an empty one when the key is missing."""
        return Fields(self.raw(name) if self.has(name) else {}, self.place_of(name))

    def rest(self) -> dict[str, Any]:
        """Return the keys that nobody asked for."""
        return {key: value for key, value in self._data.items() if key not in self._asked}

    def refuse_rest(self, allowed: Iterable[str] = ()) -> None:
        """Raise UserError for the first key that nobody asked for: a slip of the pen is silent otherwise."""
        for key in self.rest():
            if key in allowed:
                continue
            near = difflib.get_close_matches(key[:100], sorted(self._asked), n=1)
            where = _place_name(key)
            if near:
                raise self.error(where, "This key is not known here; did you mean “{near}”?", near=near[0])
            known = ", ".join(sorted(self._asked))
            raise self.error(where, "This key is not known here; known are {known}.", known=known)

    def _checked(self, value: object, name: str, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(name, "A number belongs here, not {shown}.", shown=_shown(value))
        if isinstance(value, int) and abs(value) > 2**63:
            raise self.error(name, "The number is too large.")
        if not math.isfinite(value) or not low <= value <= high:
            if math.isinf(low):
                raise self.error(name, "{value} is out of range.", value=value)
            raise self.error(
                name, "{value} is out of range; choose {low:g} to {high:g}.", value=value, low=low, high=high
            )
        return value

    def _whole(self, value: object, name: str, low: int, high: int) -> int:
        if type(value) is not int:
            raise self.error(name, "A whole number belongs here, not {shown}.", shown=_shown(value))
        if not low <= value <= high:
            raise self.error(
                name, "{shown} is out of range; choose {low} to {high}.", shown=_shown(value), low=low, high=high
            )
        return value


def _place_name(key: str) -> str:
    return key if key.isidentifier() and len(key) <= 40 else _shown(key)
