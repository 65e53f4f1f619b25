"""Copies of layers, however they came about: one step that adds and selects them."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtGui import QUndoStack

from zestdesk.document.commands import AddLayer
from zestdesk.document.groups import fresh_copies
from zestdesk.document.layers import Layer, next_colour
from zestdesk.document.layout import Layout
from zestdesk.ui.selection import Selection

__all__ = ["add_copies"]


def add_copies(
    layout: Layout, undo: QUndoStack, selection: Selection, layers: Sequence[Layer], index: int, text: str
) -> None:
    """Add copies of layers as one step, and select them.

    They get ids of their own, groups become new groups, and a colour that a layer of the layout has already gives way
    to the next free one.

    Args:
        layout: where to.
        undo: where the step goes.
        selection: what is selected.
        layers: what to copy, upper first; not necessarily the layout's own.
        index: where the uppermost shall stand; among the layers of a group, they go above that.
        text: what the history calls it, already translated.
    """
    present = layout.state.layers
    while 0 < index < len(present) and (group := present[index].group) and group == present[index - 1].group:
        index -= 1
    copies = fresh_copies(layers)
    taken = list(present)
    coloured = []
    for layer in copies:
        used = {other.colour.lower() for other in taken}
        coloured.append(replace(layer, colour=next_colour(taken)) if layer.colour.lower() in used else layer)
        taken.append(coloured[-1])
    many = len(coloured) > 1
    if many:
        undo.beginMacro(text)
    for layer in reversed(coloured):
        command = AddLayer(layout, layer, index)
        command.setText(text)
        undo.push(command)
    if many:
        undo.endMacro()
    selection.set(layer.id for layer in coloured)
