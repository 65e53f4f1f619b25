"""What the Path menu does to the selected layers: from shape to mask and back, and on outlines as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from zestdesk.document.brush import pixels_to_mask
from zestdesk.document.commands import ChangeLayers
from zestdesk.document.layers import BrushLayer, Layer, ShapeLayer
from zestdesk.document.masks import rasterise
from zestdesk.ui.canvas.tools.base import ToolContext, shown_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zestdesk.ui.actions import Actions

__all__ = ["PathCommands"]


class PathCommands(QObject):
    """Each method pushes one undo step on behalf of the selection; locked layers stay as they are, with a hint why.

    Args:
        context: layout, undo stack, selection, and where hints go.
    """

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self._context = context

    def connect_actions(self, actions: Actions) -> None:
        """Give the Path menu's actions their deeds."""
        actions.connect_deeds({"shape_to_brush": self.to_brush})

    def to_brush(self) -> None:
        """Turn shapes into masks of the canvas's size; label, colour, weight and place stay."""
        canvas = self._context.layout.state.canvas
        changed = [_painted(layer, canvas) for layer in self._free() if isinstance(layer, ShapeLayer)]
        self._push(changed, self.tr("Shape to brush layer"))

    def _free(self) -> list[Layer]:
        """Return the selected layers that may be edited, with a hint when some may not."""
        chosen = self._context.selection.layers
        locked = next((layer for layer in chosen if layer.locked), None)
        if locked is not None:
            text = self.tr("%1 is locked: unlock it in the layers panel to edit it.")
            self._context.hinted.emit(text.replace("%1", shown_name(locked, self.tr("This layer"))))
        return [layer for layer in chosen if not layer.locked]

    def _push(self, changed: Sequence[Layer], text: str) -> None:
        if changed:
            self._context.undo.push(ChangeLayers(self._context.layout, changed, text))


def _painted(layer: ShapeLayer, canvas: tuple[int, int]) -> BrushLayer:
    """Return a brush layer that covers what the shape covers of the canvas."""
    mask = pixels_to_mask(np.rint(rasterise(layer, canvas, canvas) * 255).astype(np.uint8))
    return BrushLayer(
        label=layer.label,
        colour=layer.colour,
        weight=layer.weight,
        visible=layer.visible,
        locked=layer.locked,
        id=layer.id,
        mask=mask,
    )
