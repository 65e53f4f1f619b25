"""Copies of layers, however they came about: one step that adds and selects them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtGui import QUndoStack

from zestdesk.document.commands import AddLayers
from zestdesk.document.layers import Layer, next_colour
from zestdesk.document.layout import Layout
from zestdesk.ui.selection import Selection

__all__ = ["Block", "add_copies"]


class Block(NamedTuple):
    """Copies that come to stand together.

    Attributes:
        layers: upper first, with ids that the layout does not have; so are their groups, unless they join one.
        place: where the uppermost shall stand, among the layers as they were; in the middle of a group that they are
            not of, they go above it.
    """

    layers: Sequence[Layer]
    place: int


def add_copies(layout: Layout, undo: QUndoStack, selection: Selection, blocks: Sequence[Block], text: str) -> None:
    """Add copies of layers as one step, and select them.

    A colour that a layer of the layout has already gives way to the next free one.

    Args:
        layout: where to.
        undo: where the step goes.
        selection: what is selected.
        blocks: what to add.
        text: what the history calls it, already translated.
    """
    present = layout.state.layers
    taken = list(present)
    copies: list[tuple[int, list[Layer]]] = []
    for layers, place in blocks:
        coloured = []
        for layer in layers:
            used = {other.colour.lower() for other in taken}
            coloured.append(replace(layer, colour=next_colour(taken)) if layer.colour.lower() in used else layer)
            taken.append(coloured[-1])
        copies.append((_place(present, layers, place), coloured))
    from_below = sorted(copies, key=lambda item: -item[0])  # so that no index shifts
    placed = [(index, layer) for index, layers in from_below for layer in reversed(layers)]
    undo.push(AddLayers(layout, placed, text))
    selection.set(layer.id for _, layer in placed)


def _place(present: Sequence[Layer], layers: Sequence[Layer], index: int) -> int:
    """Return where layers may stand that shall come to ``index``: not in the midst of a group of others."""
    while 0 < index < len(present) and (group := present[index].group) and group == present[index - 1].group:
        if layers[0].group == group:
            break
        index -= 1
    return index
