"""Union, difference, intersection and exclusion of the selected shapes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zestdesk.document.boolean import Operation, combined
from zestdesk.document.commands import ChangeLayers, RemoveLayers
from zestdesk.document.layers import ShapeLayer
from zestdesk.errors import UserError
from zestdesk.ui.selection_deeds import SelectionDeeds

if TYPE_CHECKING:
    from zestdesk.ui.actions import Actions

__all__ = ["ShapeOperations"]


class ShapeOperations(SelectionDeeds):
    """Each makes one shape of two or more; the lowest gives it label, colour, weight and place, as in Inkscape."""

    def connect_actions(self, actions: Actions) -> None:
        """Give the Path menu's actions their deeds."""
        actions.connect_deeds(
            {
                "path_union": lambda: self.combine("union", self.tr("Union")),
                "path_difference": lambda: self.combine("difference", self.tr("Difference")),
                "path_intersection": lambda: self.combine("intersection", self.tr("Intersection")),
                "path_exclusion": lambda: self.combine("exclusion", self.tr("Exclusion")),
            }
        )

    def combine(self, operation: Operation, text: str) -> None:
        """Replace the selected shapes by what an operation makes of them, as one step.

        Nothing happens, but a hint, where nothing would be left or the outlines are too intricate.
        """
        shapes = self._selection.free(self.hinted.emit, ShapeLayer)
        if len(shapes) < 2:
            if sum(isinstance(layer, ShapeLayer) for layer in self._selection.layers) >= 2:
                return  # some are locked or hidden, and that was said
            self.hinted.emit(self.tr("Select two shape layers; painted ones have no outline to combine."))
            return
        lowest = shapes[-1]
        try:
            path = combined([layer.path for layer in reversed(shapes)], operation)
        except UserError as error:
            self.hinted.emit(error.message)
            return
        if path.isEmpty():
            self.hinted.emit(self.tr("Nothing would be left of these shapes, so they stay as they are."))
            return
        self._undo.beginMacro(text)
        self._undo.push(ChangeLayers(self._layout, [replace(lowest, path=path, kind="path")], text))
        self._undo.push(RemoveLayers(self._layout, [layer.id for layer in shapes[:-1]]))
        self._undo.endMacro()
        self._selection.set([lowest.id])
