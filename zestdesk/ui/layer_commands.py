"""What menus and buttons do to the selected layers."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from zestdesk.document.brush import blank_mask
from zestdesk.document.commands import AddLayer, ChangeLayers, MoveLayer, RemoveLayers
from zestdesk.document.layers import BrushLayer, Layer, ShapeLayer, new_layer_id, next_colour
from zestdesk.document.layout import Layout
from zestdesk.ui.actions import Actions
from zestdesk.ui.canvas.tools.base import shown_name
from zestdesk.ui.selection import Selection

__all__ = ["LayerCommands"]

_SHIFT: Final = 0.03  # of the canvas: how far from its original a duplicate lies


class LayerCommands(QObject):
    """Each method pushes one undo step on behalf of the selection, and does nothing when there is nothing to do.

    Signals:
        hinted: (str) why something was not done, for the status bar.
    """

    hinted = Signal(str)

    def __init__(self, layout: Layout, undo: QUndoStack, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layout, self._undo, self._selection = layout, undo, selection

    def connect_actions(self, actions: Actions) -> None:
        """Give the layers' actions their deeds."""
        actions.connect_deeds(
            {
                "duplicate": self.duplicate,
                "delete": self.delete,
                "select_all": self.select_all,
                "select_none": self._selection.clear,
                "raise_layer": self.raise_one,
                "lower_layer": self.lower_one,
                "raise_to_top": self.raise_to_top,
                "lower_to_bottom": self.lower_to_bottom,
                "hide_layer": self.toggle_visible,
                "lock_layer": self.toggle_locked,
            }
        )

    def add_brush(self) -> str:
        """Put an empty brush layer on top, select it, and return its id."""
        state = self._layout.state
        layer = BrushLayer(mask=blank_mask(state.canvas), colour=next_colour(state.layers))
        self._undo.push(AddLayer(self._layout, layer, 0))
        self._selection.set([layer.id])
        return layer.id

    def duplicate(self) -> None:
        """Copy the selected layers, each above its original and slightly beside it, and select the copies."""
        chosen = self._selection.layers
        if not chosen:
            return
        offset = _SHIFT * min(self._layout.state.canvas)
        copies = []
        with_macro = len(chosen) > 1
        if with_macro:
            self._undo.beginMacro(self.tr("Duplicate layers"))
        for layer in chosen:
            colour = next_colour(self._layout.state.layers)
            twin = replace(layer, id=new_layer_id(), colour=colour, locked=False)
            if isinstance(twin, ShapeLayer):
                twin = replace(twin, path=twin.path.translated(offset, offset))
            command = AddLayer(self._layout, twin, self._layout.state.index_of(layer.id))
            command.setText(self.tr("Duplicate layer"))
            self._undo.push(command)
            copies.append(twin.id)
        if with_macro:
            self._undo.endMacro()
        self._selection.set(copies)

    def delete(self) -> None:
        """Take the selected layers out, and select the one that is in their place then; locked layers stay."""
        chosen = self._selection.layers
        free = [layer.id for layer in chosen if not layer.locked]
        kept = next((layer for layer in chosen if layer.locked), None)
        if free:
            at = self._layout.state.index_of(free[0])
            self._undo.push(RemoveLayers(self._layout, free))
            layers = self._layout.state.layers
            if layers and kept is None:
                self._selection.set([layers[min(at, len(layers) - 1)].id])
        if kept is not None:
            text = self.tr("%1 is locked: unlock it in the layers panel to delete it.")
            self.hinted.emit(text.replace("%1", shown_name(kept, self.tr("This layer"))))

    def raise_one(self) -> None:
        """Move the selected layers up by one."""
        self._move_all(-1)

    def lower_one(self) -> None:
        """Move the selected layers down by one."""
        self._move_all(1)

    def raise_to_top(self) -> None:
        """Move the selected layers above all others, in their order."""
        self._move_all(-len(self._layout.state.layers))

    def lower_to_bottom(self) -> None:
        """Move the selected layers beneath all others, in their order."""
        self._move_all(len(self._layout.state.layers))

    def toggle_visible(self) -> None:
        """Hide the selected layers, or show them when all are hidden."""
        chosen = self._selection.layers
        show = not any(layer.visible for layer in chosen)
        text = self.tr("Show layers") if show else self.tr("Hide layers")
        self._change([replace(layer, visible=show) for layer in chosen], text)

    def solo(self, layer_id: str) -> None:
        """Hide all layers but this one; when it is alone already, show all."""
        layers = self._layout.state.layers
        alone = all(layer.visible == (layer.id == layer_id) for layer in layers)
        changes = [replace(layer, visible=alone or layer.id == layer_id) for layer in layers]
        self._change(changes, self.tr("Show all layers") if alone else self.tr("Show one layer only"))

    def toggle_locked(self) -> None:
        """Lock the selected layers, or unlock them when all are locked."""
        chosen = self._selection.layers
        lock = not all(layer.locked for layer in chosen)
        text = self.tr("Lock layers") if lock else self.tr("Unlock layers")
        self._change([replace(layer, locked=lock) for layer in chosen], text)

    def set_weight(self, weight: float) -> None:
        """Give the selected layers a weight; dragging a slider is one step."""
        changes = [replace(layer, weight=weight) for layer in self._selection.layers]
        self._change(changes, self.tr("Change weight"), "weight")

    def select_all(self) -> None:
        """Select every layer."""
        self._selection.set(layer.id for layer in self._layout.state.layers)

    def _change(self, changes: list[Layer], text: str, merge_key: str = "") -> None:
        if changes:
            self._undo.push(ChangeLayers(self._layout, changes, text, merge_key))

    def _move_all(self, step: int) -> None:
        """Move the selected layers by ``step`` rows as a block that keeps its order and stops at the ends."""
        ids = self._selection.ids
        if not ids:
            return
        order = [layer.id for layer in self._layout.state.layers]
        wanted = _shifted(order, set(ids), step)
        if wanted == order:
            return
        many = len(ids) > 1
        if many:
            self._undo.beginMacro(self.tr("Reorder layers"))
        # From the end towards which they go: then a layer that moves alone takes one command.
        for index, layer_id in sorted(enumerate(wanted), reverse=step > 0):
            if self._layout.state.layers[index].id != layer_id:
                self._undo.push(MoveLayer(self._layout, layer_id, index))
        if many:
            self._undo.endMacro()


def _shifted(order: list[str], chosen: set[str], step: int) -> list[str]:
    """Return the order after moving each chosen item by ``step`` places past the others."""
    if step > 0:
        return _shifted(order[::-1], chosen, -step)[::-1]
    result = list(order)
    for start in range(len(result)):
        if result[start] not in chosen:
            continue
        at = start
        while at > 0 and at > start + step and result[at - 1] not in chosen:
            result[at - 1], result[at] = result[at], result[at - 1]
            at -= 1
    return result
