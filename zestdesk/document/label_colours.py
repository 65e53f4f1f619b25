"""One colour for one label: what is to be the same thing looks the same, and no two things alike."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from PySide6.QtGui import QColor

from zestdesk.document.layers import PALETTE, Layer

__all__ = ["coloured_by_label"]

_GOLDEN = 0.618_034  # of the circle of hues: a step that never comes near where it was soon


def coloured_by_label(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """Return those of the layers that take another colour, so that equal labels share one and others differ.

    A label keeps the colour of its uppermost layer unless a label above has that one; case and blanks make no label
    another. Layers without a label stay as they are, and their colours are avoided while the palette lasts.
    """
    firsts: dict[str, str] = {}
    for layer in layers:
        if _key(layer):
            firsts.setdefault(_key(layer), layer.colour.lower())
    colours: dict[str, str] = {}
    for key, colour in firsts.items():
        if colour not in colours.values():
            colours[key] = colour
    without = {layer.colour.lower() for layer in layers if not _key(layer)}
    fresh = _fresh({*colours.values()}, without)
    for key in firsts:
        if key not in colours:
            colours[key] = next(fresh)
    return tuple(
        replace(layer, colour=colours[_key(layer)])
        for layer in layers
        if _key(layer) and layer.colour.lower() != colours[_key(layer)]
    )


def _key(layer: Layer) -> str:
    return " ".join(layer.label.casefold().split())


def _fresh(taken: set[str], avoided: set[str]) -> Iterator[str]:
    """Yield colours that are not taken: the palette's, those that are avoided last, then hues far from one another."""
    for colour in sorted(PALETTE, key=lambda each: each in avoided):
        if colour not in taken:
            yield colour
    for number in count():
        made = QColor.fromHslF(number * _GOLDEN % 1, 0.55, (0.6, 0.5, 0.7)[number % 3]).name()
        if made not in taken and made not in PALETTE:
            taken.add(made)
            yield made
