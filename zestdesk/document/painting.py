"""Undo commands that change pixels of brush layers; they keep the changed rectangle only, and that packed."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QUndoCommand

from zestdesk.document.brush import StrokePatches, mask_pixels
from zestdesk.document.layers import BrushLayer
from zestdesk.document.layout import Layout
from zestdesk.document.packed import PackedPixels

__all__ = ["PaintStroke"]

Pixels = NDArray[np.uint8]


class PaintStroke(QUndoCommand):
    """Paint a finished stroke, or the like, into a brush layer.

    What is kept is the difference of the pixels after and before, modulo 256: adding it paints, taking it away restores
    exactly, and where nothing changed it is 0.
    """

    def __init__(self, layout: Layout, layer_id: str, patches: StrokePatches, text: str) -> None:
        super().__init__(text)
        layer = layout.state.layer(layer_id)
        if not isinstance(layer, BrushLayer) or not layer.mask.rect().contains(patches.rect):
            raise ValueError("the stroke does not lie on a brush layer's mask")
        if not patches.rect.size() == patches.before.size() == patches.after.size():
            raise ValueError("the patches have not the size of their rectangle")
        self._layout, self._id, self._rect = layout, layer_id, patches.rect
        self._difference = PackedPixels(mask_pixels(patches.after) - mask_pixels(patches.before))

    def redo(self) -> None:
        """Paint."""
        self._add(self._difference.unpack())

    def undo(self) -> None:
        """Restore the pixels beneath."""
        self._add(np.uint8(0) - self._difference.unpack())

    def bytes_held(self) -> int:
        """Return what the step holds in memory."""
        return self._difference.bytes_held

    def _add(self, difference: Pixels) -> None:
        layer, rect = self._layout.state.layer(self._id), self._rect
        if not isinstance(layer, BrushLayer):
            raise TypeError("strokes go on brush layers")
        mask = layer.mask.copy()
        rows = np.frombuffer(mask.bits(), np.uint8).reshape(mask.height(), mask.bytesPerLine())
        rows[rect.top() : rect.top() + rect.height(), rect.left() : rect.left() + rect.width()] += difference
        self._layout.replace_layer(replace(layer, mask=mask), rect)
