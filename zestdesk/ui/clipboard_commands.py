"""Cut, copy and paste of layers by the system's clipboard."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QPointF, QRectF
from PySide6.QtGui import QGuiApplication

from zestdesk.document.commands import RemoveLayers
from zestdesk.document.groups import fresh_copies, taken
from zestdesk.document.layers import BrushLayer, Layer, ShapeLayer, is_locked
from zestdesk.document.transform import bounds_of, layer_bounds, moved
from zestdesk.errors import UserError
from zestdesk.files.clips import pack_layers, unpack_layers
from zestdesk.files.limits import MAX_LAYERS
from zestdesk.ui.copies import Block, add_copies
from zestdesk.ui.editable import why_locked
from zestdesk.ui.error_words import error_sentence
from zestdesk.ui.selection_deeds import SelectionDeeds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zestdesk.ui.actions import Actions

__all__ = ["ClipboardCommands"]

_ASIDE: Final = 0.03  # of the canvas: how far from what is there already something is pasted
_TRIES: Final = 30


class ClipboardCommands(SelectionDeeds):
    """What is on the clipboard may come from anywhere: what is no good changes nothing, and a hint says why."""

    def connect_actions(self, actions: Actions) -> None:
        """Give the Edit menu's actions their deeds."""
        actions.connect_deeds(
            {
                "cut": self.cut,
                "copy": self.copy,
                "paste": self.paste,
                "paste_in_place": lambda: self.paste(in_place=True),
            }
        )

    def copy(self) -> None:
        """Copy the selected layers, groups as a whole where they are selected as a whole."""
        self._copied([layer.id for layer in self._selection.layers])

    def cut(self) -> None:
        """Copy the selected layers and take them out, but for locked ones: as deleting does."""
        chosen = self._selection.layers
        ids = [layer.id for layer in chosen if not is_locked(layer)]
        if len(ids) < len(chosen):
            self.hinted.emit(why_locked(next(filter(is_locked, chosen))))
        if self._copied(ids):
            command = RemoveLayers(self._layout, ids)
            command.setText(self.tr("Cut"))
            self._undo.push(command)

    def paste(self, *, in_place: bool = False) -> None:
        """Add the layers that are on the clipboard above the selected ones, or else on top, and select them.

        Args:
            in_place: where they were; else beside what is there already, and on the canvas in any case.
        """
        state = self._layout.state
        # Against its annotation Qt answers None where the desktop gives nothing out, as it may for an empty clipboard.
        data = QGuiApplication.clipboard().mimeData() or QMimeData()
        try:
            layers = unpack_layers(data, state.canvas)
        except UserError as error:
            self._refuse(error_sentence(error))
            return
        if len(state.layers) + len(layers) > MAX_LAYERS:
            self._refuse(self.tr("A layout has at most %1 layers.").replace("%1", str(MAX_LAYERS)))
            return
        if not in_place:
            way = self._way(layers)
            layers = tuple(moved(layer, way.x(), way.y()) for layer in layers)
        layers = tuple(_unlocked(layer) for layer in layers)
        index = state.index_of(self._selection.ids[0]) if self._selection.ids else 0
        blocks = [Block(fresh_copies(layers), index)]
        add_copies(self._layout, self._undo, self._selection, blocks, self.tr("Paste"))

    def _refuse(self, why: str) -> None:
        self.hinted.emit(self.tr("Nothing was pasted. %1").replace("%1", why))

    def _copied(self, ids: Sequence[str]) -> bool:
        if not ids:
            return False
        state = self._layout.state
        try:
            data = pack_layers(taken(state.layers, ids), state.canvas)
        except UserError as error:
            self.hinted.emit(error_sentence(error))
            return False
        QGuiApplication.clipboard().setMimeData(data)
        return True

    def _way(self, layers: Sequence[Layer]) -> QPointF:
        """Return how far to move what is pasted, in whole pixels: beside its like, and onto the canvas."""
        canvas = QRectF(0, 0, *self._layout.state.canvas)
        bounds = bounds_of(layers)
        if not bounds.intersects(canvas) and not bounds.isNull():
            way = canvas.center() - bounds.center()
            return QPointF(round(way.x()), round(way.y()))
        step = max(1, round(_ASIDE * min(canvas.width(), canvas.height())))
        painted = bounds_of(layer for layer in layers if isinstance(layer, BrushLayer))
        way = QPointF()
        for _ in range(_TRIES):
            if not self._is_there(moved(layers[0], way.x(), way.y())):
                return way
            further = way + QPointF(step, step)
            if not painted.isNull() and not canvas.contains(painted.translated(further)):
                return way  # paint would be cut off at the edge
            way = further
        return way

    def _is_there(self, layer: Layer) -> bool:
        """Return whether a layer covers just what this one does."""
        for other in self._layout.state.layers:
            if isinstance(layer, ShapeLayer):
                if isinstance(other, ShapeLayer) and other.path == layer.path:
                    return True
            elif isinstance(other, BrushLayer) and other.mask == layer.mask and not layer_bounds(layer).isNull():
                return True
        return False


def _unlocked(layer: Layer) -> Layer:
    group = layer.group and replace(layer.group, locked=False)
    return replace(layer, locked=False, group=group)
