"""SVG path data <-> QPainterPath, exact to the last bit on the way out and back."""

import math
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from fontTools.svgLib.path.parser import parse_path as parse_with_fonttools
from PySide6.QtGui import QPainterPath

from zestdesk.errors import UserError

__all__ = ["MAX_COORDINATE", "MAX_CROSSINGS", "check_path", "crossings", "parse_path_data", "path_data"]

MAX_COORDINATE: Final = 1e6
"""How far from the canvas's corner anything may lie, in pixels."""

MAX_NODES: Final = 50_000
MAX_POINTS: Final = 3 * MAX_NODES
MAX_CROSSINGS: Final = 2000.0
"""How long an outline may be, counted in ways across the canvas: filling costs time in proportion."""

_MAX_CHARACTERS: Final = 3_000_000
_COMMANDS: Final = "MmZzLlHhVvCcSsQqTtAa"
_PIECES: Final = re.compile(f"([{_COMMANDS}])")
_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_SEPARATORS: Final = " ,\t\r\n\f"
_EXAMPLE: Final = "“M 0 0 L 100 0 L 100 100 Z”"


class _Element(NamedTuple):
    x: float
    y: float
    command: str  # M, L, C; "" for a curve's second control point and end


def _elements(path: QPainterPath) -> Iterator[_Element]:
    for index in range(path.elementCount()):
        element = path.elementAt(index)
        command = "M" if element.isMoveTo() else "L" if element.isLineTo() else "C" if element.isCurveTo() else ""
        yield _Element(element.x, element.y, command)


def path_data(path: QPainterPath) -> str:
    """Return the outline as SVG path data of absolute M, L and C, from which :func:`parse_path_data` makes it again."""
    return " ".join(
        f"{command} {_number(x)} {_number(y)}" if command else f"{_number(x)} {_number(y)}"
        for x, y, command in _elements(path)
    )


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def crossings(path: QPainterPath, canvas: tuple[int, int]) -> float:
    """Return the length of the outline (or a little more) in ways across the canvas; what lies beyond counts little."""
    way = float(canvas[0] + canvas[1])
    total, before = 0.0, (0.0, 0.0)
    for x, y, command in _elements(path):
        if command != "M":
            total += min(math.hypot(x - before[0], y - before[1]), way)
        before = (x, y)
    return total / way


def check_path(path: QPainterPath, canvas: tuple[int, int], place: str) -> float:
    """Make sure that an outline can be drawn in reasonable time, and return its :func:`crossings`.

    Raises:
        UserError: too many nodes, too far away, not finite, or too long.
    """
    if path.elementCount() > MAX_NODES:
        raise _too_many(place)
    for x, y, _ in _elements(path):
        if not (abs(x) <= MAX_COORDINATE and abs(y) <= MAX_COORDINATE):  # NaN fails too
            raise UserError("A point lies farther than {most:.0f} pixels from the canvas.", place, most=MAX_COORDINATE)
    length = crossings(path, canvas)
    if length > MAX_CROSSINGS:
        raise UserError(
            "The outline crosses the canvas more than {most:.0f} times; simplify it.", place, most=MAX_CROSSINGS
        )
    return length


def _too_many(place: str) -> UserError:
    return UserError("The outline has more than {most} nodes; simplify it.", place, most=MAX_NODES)


def parse_path_data(text: str, place: str) -> QPainterPath:
    """Return the outline that SVG path data describes (SVG 1.1, section 8.3), with the odd-even rule.

    Raises:
        UserError: it is no path data, or holds more than can be drawn.
    """
    if len(text) > _MAX_CHARACTERS:
        raise _too_many(place)
    pen = _Pen(place)
    try:
        parse_with_fonttools(_cleaned(text, place), pen)
    except UserError:
        raise
    except Exception as error:
        # The parser's own errors quote the whole text; what it raises on hostile numbers is not documented.
        raise UserError(
            "This is not SVG path data that can be read; it looks like {example}.", place, example=_EXAMPLE
        ) from error
    return pen.path


def _cleaned(text: str, place: str) -> str:
    """Return the data with one blank between numbers: the parser passes over what it does not know, or splits "007"."""
    pieces = []
    command = ""
    for piece in _PIECES.split(text):
        if piece and piece in _COMMANDS:
            command = piece
            pieces.append(piece)
            continue
        if _NUMBER.sub(" ", piece).strip(_SEPARATORS):
            raise UserError("This is not SVG path data; it looks like {example}.", place, example=_EXAMPLE)
        if command in ("A", "a"):  # its flags may stand without a blank ("00"): left to the parser
            pieces.append(piece.translate(str.maketrans(_SEPARATORS, " " * len(_SEPARATORS))))
            continue
        numbers = [float(number) for number in _NUMBER.findall(piece)]
        if not all(map(math.isfinite, numbers)):
            raise UserError("A number is too large.", place)
        if numbers and command in ("Z", "z", ""):
            raise UserError(
                "Numbers stand where a command belongs; path data looks like {example}.", place, example=_EXAMPLE
            )
        pieces.append(" ".join(map(_number, numbers)))
    return " ".join(pieces)


Point = tuple[float, float]


class _Pen:
    """Draws what the parser reads, within limits (its method names are the parser's)."""

    def __init__(self, place: str) -> None:
        self.path = QPainterPath()
        self._place = place
        self._points = 0  # also of moves that follow one another, of which the path keeps only the last

    def moveTo(self, point: Point) -> None:
        self.path.moveTo(*self._checked(point))

    def lineTo(self, point: Point) -> None:
        x, y = self._checked(point)
        # QPainterPath leaves out a line to where it stands. Paths may hold such lines nevertheless, so that reading
        # has to make them too: draw one that is not empty and put its end right.
        self.path.lineTo(x + 1 if self._stands_at(x, y) else x, y)
        self.path.setElementPositionAt(self.path.elementCount() - 1, x, y)

    def curveTo(self, first: Point, second: Point, end: Point) -> None:
        points = [self._checked(point) for point in (first, second, end)]
        x, y = points[0]
        self.path.cubicTo(x + 1 if self._stands_at(x, y) else x, y, *points[1], *points[2])
        self.path.setElementPositionAt(self.path.elementCount() - 3, x, y)

    def qCurveTo(self, control: Point, end: Point) -> None:
        self.path.quadTo(*self._checked(control), *self._checked(end))

    def closePath(self) -> None:
        self.path.closeSubpath()

    def endPath(self) -> None:
        """Leave a subpath open; filling closes it anyway."""

    def _stands_at(self, x: float, y: float) -> bool:
        here = self.path.currentPosition()
        return (here.x(), here.y()) == (x, y)

    def _checked(self, point: Point) -> Point:
        if not all(abs(value) <= MAX_COORDINATE for value in point):
            raise UserError(
                "A point lies farther than {most:.0f} pixels from the canvas.", self._place, most=MAX_COORDINATE
            )
        self._points += 1
        if self._points > MAX_POINTS or self.path.elementCount() > MAX_NODES:
            raise _too_many(self._place)
        return point
