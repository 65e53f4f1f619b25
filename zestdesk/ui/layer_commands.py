"""What menus and buttons do to the selected layers."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from zestdesk.document.brush import blank_mask
from zestdesk.document.commands import AddLayer, ArrangeLayers, ChangeLayers, RemoveLayers
from zestdesk.document.group_commands import ChangeGroup, GroupLayers, Ungroup
from zestdesk.document.groups import fresh_copies, groups_of, members, stepped, to_edge, whole_groups
from zestdesk.document.label_colours import coloured_by_label
from zestdesk.document.layers import (
    BrushLayer,
    Group,
    Layer,
    ShapeLayer,
    is_locked,
    is_visible,
    new_layer_id,
    next_colour,
)
from zestdesk.document.layout import Layout
from zestdesk.ui.actions import Actions
from zestdesk.ui.copies import Block, add_copies
from zestdesk.ui.editable import shown_name
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
        self._before_solo: dict[str, bool] = {}  # what was visible when others were hidden for one

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
                "solo_layer": self.solo_selected,
                "group": self.group,
                "ungroup": self.ungroup,
                "colours_by_label": self.colour_by_label,
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
        """Copy the selected layers, slightly beside their originals, and select the copies.

        A copy stands above its original and in its group; a whole group's copy is a group above it.
        """
        chosen = self._selection.layers
        if not chosen:
            return
        layers = self._layout.state.layers
        whole = [members(chosen, group.id) for group in whole_groups(layers, self._selection.ids)]
        apart = {layer.id for block in whole for layer in block}
        copies = [(block[0], _unlocked_group(fresh_copies(block))) for block in whole]
        copies += [(layer, (replace(layer, id=new_layer_id()),)) for layer in chosen if layer.id not in apart]
        blocks = [
            Block([self._beside(twin) for twin in twins], self._layout.state.index_of(first.id))
            for first, twins in copies
        ]
        text = self.tr("Duplicate layers") if len(chosen) > 1 else self.tr("Duplicate layer")
        add_copies(self._layout, self._undo, self._selection, blocks, text)

    def _beside(self, layer: Layer) -> Layer:
        """Return a copy that is free to be edited and, as a shape, slightly beside its original."""
        layer = replace(layer, locked=False)
        if isinstance(layer, ShapeLayer):
            offset = _SHIFT * min(self._layout.state.canvas)
            layer = replace(layer, path=layer.path.translated(offset, offset))
        return layer

    def delete(self) -> None:
        """Take the selected layers out, and select the one that is in their place then; locked layers stay."""
        chosen = self._selection.layers
        free = [layer.id for layer in chosen if not is_locked(layer)]
        kept = next((layer for layer in chosen if is_locked(layer)), None)
        if free:
            at = self._layout.state.index_of(free[0])
            self._undo.push(RemoveLayers(self._layout, free))
            layers = self._layout.state.layers
            if layers and kept is None:
                self._selection.set([layers[min(at, len(layers) - 1)].id])
        if kept is not None:
            self.hinted.emit(self._why_kept(kept))

    def _why_kept(self, layer: Layer) -> str:
        if layer.group is not None and layer.group.locked:
            text = self.tr("The group of %1 is locked: unlock it in the layers panel to delete its layers.")
            return text.replace("%1", shown_name(layer, self.tr("this layer")))
        text = self.tr("%1 is locked: unlock it in the layers panel to delete it.")
        return text.replace("%1", shown_name(layer, self.tr("This layer")))

    # Groups

    def group(self) -> None:
        """Gather the selected layers to a new group."""
        ids, layers = self._selection.ids, self._layout.state.layers
        if not ids:
            return
        whole = whole_groups(layers, ids)
        if len(whole) == 1 and len(members(layers, whole[0].id)) == len(ids):
            self.hinted.emit(self.tr("These layers are a group already."))
            return
        self._undo.push(GroupLayers(self._layout, ids, Group(name=self._new_name())))

    def ungroup(self) -> None:
        """Dissolve every group that has a selected layer; the layers stay where they are."""
        found = groups_of(self._selection.layers)
        if found:
            self._undo.push(Ungroup(self._layout, [group.id for group in found]))
        elif self._selection.ids:
            self.hinted.emit(self.tr("No selected layer is in a group."))

    def _new_name(self) -> str:
        taken = {group.name for group in groups_of(self._layout.state.layers)}
        names = (self.tr("Group {number}").format(number=number) for number in range(1, len(taken) + 2))
        return next(name for name in names if name not in taken)

    def change_group(self, group: Group, text: str) -> None:
        """Give the group that has this id other values."""
        self._undo.push(ChangeGroup(self._layout, group, text))

    # Order

    def raise_one(self) -> None:
        """Move the selected layers up by one, into a group that is there and out of it again."""
        self._step(down=False)

    def lower_one(self) -> None:
        """Move the selected layers down by one."""
        self._step(down=True)

    def raise_to_top(self) -> None:
        """Move the selected layers above all others, in their order."""
        self._arrange(to_edge(self._layout.state.layers, self._selection.ids, bottom=False))

    def lower_to_bottom(self) -> None:
        """Move the selected layers beneath all others, in their order."""
        self._arrange(to_edge(self._layout.state.layers, self._selection.ids, bottom=True))

    def _step(self, *, down: bool) -> None:
        state = self._layout.state
        self._arrange(stepped(state.layers, self._selection.ids, down=down, folded=state.collapsed))

    def _arrange(self, layers: Sequence[Layer]) -> None:
        text = self.tr("Reorder layers") if len(self._selection.ids) > 1 else self.tr("Reorder layer")
        if tuple(layers) != self._layout.state.layers:
            self._undo.push(ArrangeLayers(self._layout, layers, text))

    # What they say of themselves

    def toggle_visible(self) -> None:
        """Hide the selected layers, or show them when all are hidden; a whole group is hidden as such."""
        show = not any(each.visible for each in self._units())
        text = self.tr("Show layers") if show else self.tr("Hide layers")
        self._change_units(text, lambda each: replace(each, visible=show), lambda each: replace(each, visible=show))

    def toggle_locked(self) -> None:
        """Lock the selected layers, or unlock them when all are locked; a whole group is locked as such."""
        lock = not all(each.locked for each in self._units())
        text = self.tr("Lock layers") if lock else self.tr("Unlock layers")
        self._change_units(text, lambda each: replace(each, locked=lock), lambda each: replace(each, locked=lock))

    def _units(self) -> list[Layer | Group]:
        """Return the whole groups of the selection, and the layers beside them."""
        whole = whole_groups(self._layout.state.layers, self._selection.ids)
        return [*whole, *(layer for layer in self._selection.layers if layer.group not in whole)]

    def _change_units(self, text: str, of_layer: Callable[[Layer], Layer], of_group: Callable[[Group], Group]) -> None:
        """Change whole groups by ``of_group``, and layers beside them by ``of_layer``."""
        whole = whole_groups(self._layout.state.layers, self._selection.ids)
        changes = [
            replace(layer, group=of_group(layer.group)) if layer.group in whole and layer.group else of_layer(layer)
            for layer in self._selection.layers
        ]
        self.change(changes, text)

    def solo_selected(self) -> None:
        """Hide all layers but the selected ones, or bring back what was shown before that."""
        if self._selection.ids:
            self.solo(self._selection.ids)

    def solo(self, ids: Collection[str]) -> None:
        """Hide all layers but these; when they are alone already, show what was shown before, or else all."""
        layers = self._layout.state.layers
        alone = all(is_visible(layer) == (layer.id in ids) for layer in layers)
        before = self._before_solo if alone else {}
        self._before_solo = {} if alone else {layer.id: layer.visible for layer in layers}
        own = {layer.group.id for layer in layers if layer.group is not None and (alone or layer.id in ids)}
        changes = [
            replace(
                layer,
                visible=before.get(layer.id, True) if alone else layer.id in ids,
                group=replace(layer.group, visible=True) if layer.group and layer.group.id in own else layer.group,
            )
            for layer in layers
        ]
        self.change(changes, self.tr("Show the other layers again") if alone else self.tr("Show these layers only"))

    def set_colour(self, ids: Collection[str], colour: str) -> None:
        """Give layers a colour, ``#rrggbb``."""
        changes = [replace(layer, colour=colour) for layer in self._layout.state.layers if layer.id in ids]
        self.change(changes, self.tr("Change colour"))

    def colour_by_label(self) -> None:
        """Give all layers with the same label the same colour, and every other label another."""
        changes = coloured_by_label(self._layout.state.layers)
        if not changes:
            self.hinted.emit(self.tr("Every label has a colour of its own already."))
        self.change(changes, self.tr("Colours by label"))

    def set_weight(self, weight: float) -> None:
        """Give the selected layers a weight; dragging a slider is one step."""
        changes = [replace(layer, weight=weight) for layer in self._selection.layers]
        self.change(changes, self.tr("Change weight"), "weight")

    def set_span(self, start: float | None = None, end: float | None = None) -> None:
        """Set in which part of the steps the selected layers guide; dragging a slider is one step.

        Args:
            start: fraction of the steps; None: each layer keeps its own, unless its new end lies before it.
            end: likewise.
        """
        changes = []
        for layer in self._selection.layers:
            first, last = layer.start if start is None else start, layer.end if end is None else end
            first, last = (min(first, last), last) if start is None else (first, max(first, last))
            changes.append(replace(layer, start=first, end=last))
        self.change(changes, self.tr("Change when layers guide"), "span")

    def select_all(self) -> None:
        """Select every layer."""
        self._selection.set(layer.id for layer in self._layout.state.layers)

    def change(self, changes: Sequence[Layer], text: str, merge_key: str = "") -> None:
        """Give layers new values; one undo step with this name, already translated."""
        if changes:
            self._undo.push(ChangeLayers(self._layout, changes, text, merge_key))


def _unlocked_group(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """Return the layers of a group, as those of a group that is not locked."""
    return tuple(replace(each, group=each.group and replace(each.group, locked=False)) for each in layers)
