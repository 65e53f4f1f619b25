"""What brush, eraser and fill share: which layer they work on, and how their change becomes one undo step."""

from dataclasses import replace

import numpy as np
from PySide6.QtGui import QImage

from zestdesk.document.brush import StrokePatches, blank_mask, mask_pixels, pixels_to_mask
from zestdesk.document.commands import AddLayer, ChangeLayers
from zestdesk.document.layers import BrushLayer
from zestdesk.document.painting import PaintStroke
from zestdesk.ui.canvas.tools.base import Tool, ToolContext
from zestdesk.ui.editable import may_edit

__all__ = ["PaintingTool"]


class PaintingTool(Tool):
    """Base of the tools that change the mask of the selected brush layer.

    Attributes:
        new: whether the layer that :meth:`target` returned is a draft that the layout does not hold yet.
    """

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self.new = False

    @property
    def step_name(self) -> str:
        """What the undo history calls a change."""
        raise NotImplementedError

    def new_layer(self) -> BrushLayer | None:
        """Return the layer to begin with when no brush layer is selected, or None after a hint why there is none."""
        return BrushLayer(colour=self.context.scene.next_colour(), mask=blank_mask(self.context.layout.state.canvas))

    @property
    def selected(self) -> BrushLayer | None:
        """The selected brush layer, the uppermost of several."""
        return next((layer for layer in self.context.selection.layers if isinstance(layer, BrushLayer)), None)

    def target(self) -> BrushLayer | None:
        """Return the brush layer to work on, new ones shown as a draft, or None after a hint."""
        self.new = False
        selected = self.selected
        if selected is None:
            layer = self.new_layer()
            if layer is not None:
                self.new = True
                self.context.scene.set_draft(layer)
            return layer
        if not may_edit(selected):
            self.hint_why_not(selected)
            return None
        return selected

    def mask_of(self, layer: BrushLayer) -> QImage:
        """Return a layer's mask; an empty one where it has none."""
        return blank_mask(self.context.layout.state.canvas) if layer.mask.isNull() else layer.mask

    def push(self, layer: BrushLayer, patches: StrokePatches) -> None:
        """Make a change of the layer that :meth:`target` returned one undo step; a new layer comes with it."""
        layout = self.context.layout
        if self.new:
            self.context.scene.set_draft(None)
            command = AddLayer(layout, replace(layer, mask=self._mask_with(patches)), 0)
            command.setText(self.step_name)
            self.context.undo.push(command)
            self.context.selection.set([layer.id])
        elif layer.mask.isNull():
            painted = replace(layer, mask=self._mask_with(patches))
            self.context.undo.push(ChangeLayers(layout, [painted], self.step_name))
        else:
            self.context.undo.push(PaintStroke(layout, layer.id, patches, self.step_name))

    def _mask_with(self, patches: StrokePatches) -> QImage:
        """Return a mask with nothing but a change."""
        width, height = self.context.layout.state.canvas
        pixels = np.zeros((height, width), np.uint8)
        rect = patches.rect
        rows, columns = slice(rect.top(), rect.top() + rect.height()), slice(rect.left(), rect.left() + rect.width())
        pixels[rows, columns] = mask_pixels(patches.after)
        return pixels_to_mask(pixels)
