"""Union, difference, intersection and exclusion of the selected shapes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from zestdesk.document.boolean import Operation, combined
from zestdesk.document.commands import ChangeLayers, RemoveLayers
from zestdesk.document.layers import ShapeLayer
from zestdesk.document.layout import own_layer
from zestdesk.ui.selection_deeds import SelectionDeeds
from zestdesk.ui.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPainterPath, QUndoStack

    from zestdesk.document.layout import Layout
    from zestdesk.ui.actions import Actions
    from zestdesk.ui.selection import Selection

__all__ = ["ShapeOperations"]

_FEW: Final = 40  # nodes: whatever they cross is worked out in no time


class ShapeOperations(SelectionDeeds):
    """Each makes one shape of two or more; the lowest gives it label, colour, weight and place, as in Inkscape."""

    def __init__(self, layout: Layout, undo: QUndoStack, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(layout, undo, selection, parent)
        self._work = Work(layout, self.hinted.emit, self)

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
        paths = [own_layer(layer).path for layer in reversed(shapes)]
        few = sum(path.elementCount() for path in paths) <= _FEW
        self._work.do(
            text, shapes, lambda: combined(paths, operation), lambda path: self._replace(shapes, path, text), small=few
        )

    def _replace(self, shapes: Sequence[ShapeLayer], path: QPainterPath, text: str) -> None:
        lowest = shapes[-1]
        if path.isEmpty():
            self.hinted.emit(self.tr("Nothing would be left of these shapes, so they stay as they are."))
            return
        self._undo.beginMacro(text)
        self._undo.push(ChangeLayers(self._layout, [replace(lowest, path=path, kind="path")], text))
        self._undo.push(RemoveLayers(self._layout, [layer.id for layer in shapes[:-1]]))
        self._undo.endMacro()
        self._selection.set([lowest.id])
