"""Paint into a brush layer: staged live, one undo step at the release."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent

from zestdesk.document.brush import Patch, Stroke, StrokePatches, blank_mask, mask_pixels, pixels_to_mask
from zestdesk.document.commands import AddLayer, ChangeLayers
from zestdesk.document.layers import BrushLayer, is_locked, is_visible
from zestdesk.document.painting import PaintStroke
from zestdesk.ui.canvas.tools.base import Pointer, Tool, ToolContext, shown_name

__all__ = ["StrokeTool"]

_SMALLEST_CIRCLE = 6.0  # screen pixels: a smaller brush is shown by a cross


class StrokeTool(Tool):
    """Base of brush and eraser.

    Attributes:
        erase: take away instead of adding.
    """

    erase = False

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self._stroke: Stroke | None = None
        self._layer: BrushLayer | None = None
        self._pressure = 1.0
        self._new = False  # the layer is a draft that the layout does not hold yet
        self._end: tuple[str, QPointF] | None = None  # where the last stroke ended, and on which layer
        self._active = False
        context.brush.changed.connect(self._show_size)

    @property
    def cursor(self) -> Qt.CursorShape:  # noqa: D102
        large = self.context.scene.brush_cursor.diameter >= _SMALLEST_CIRCLE
        return Qt.CursorShape.BlankCursor if large else Qt.CursorShape.CrossCursor

    @property
    def busy(self) -> bool:  # noqa: D102
        return self._stroke is not None

    @property
    def step_name(self) -> str:
        """What the undo history calls a stroke."""
        raise NotImplementedError

    def new_layer(self) -> BrushLayer | None:
        """Return the layer to begin with when no brush layer is selected, or None after a hint why there is none."""
        raise NotImplementedError

    def activate(self) -> None:  # noqa: D102
        self._active = True
        self._show_size()

    def deactivate(self) -> None:  # noqa: D102
        super().deactivate()
        self._active = False
        self.context.scene.brush_cursor.hide()

    def press(self, pointer: Pointer) -> None:  # noqa: D102
        self.hover(pointer)
        layer = self._target()
        if layer is None:
            return
        self._layer, self._pressure = layer, pointer.pressure
        mask = layer.mask if not layer.mask.isNull() else blank_mask(self.context.layout.state.canvas)
        self._stroke = Stroke(mask, self.context.brush.style(erase=self.erase))
        if pointer.shift and self._end is not None and self._end[0] == layer.id:
            self._show(self._stroke.move_to(self._end[1], pointer.pressure))
            self._show(self._stroke.move_to(pointer.pos, pointer.pressure))
            self._show(self._stroke.finish())
        else:
            self._show(self._stroke.move_to(pointer.pos, pointer.pressure))

    def move(self, pointer: Pointer) -> None:  # noqa: D102
        self.hover(pointer)
        if self._stroke is not None and pointer.pos != self._stroke.last:
            self._pressure = pointer.pressure
            self._show(self._stroke.move_to(pointer.pos, pointer.pressure))

    def release(self, pointer: Pointer) -> None:  # noqa: D102
        self.hover(pointer)
        stroke, layer = self._stroke, self._layer
        if stroke is None or layer is None:
            return
        if pointer.pos != stroke.last:
            # A pen leaves the tablet without pressure: the last that it had is what was meant.
            self._show(stroke.move_to(pointer.pos, self._pressure))
        self._show(stroke.finish())
        self._end = (layer.id, pointer.pos)
        self._stroke = self._layer = None
        patches = stroke.patches()
        if patches is None:
            self.context.scene.restore()
        elif self._new:
            self._add(layer, patches)
        elif layer.mask.isNull():
            painted = replace(layer, mask=self._mask_with(patches))
            self.context.undo.push(ChangeLayers(self.context.layout, [painted], self.step_name))
        else:
            self.context.undo.push(PaintStroke(self.context.layout, layer.id, patches, self.step_name))

    def key_press(self, event: QKeyEvent) -> bool:  # noqa: D102
        if event.key() == Qt.Key.Key_BracketLeft:
            self.context.brush.smaller()
            return True
        if event.key() == Qt.Key.Key_BracketRight:
            self.context.brush.larger()
            return True
        return False

    def hover(self, pointer: Pointer | None) -> None:  # noqa: D102
        cursor = self.context.scene.brush_cursor
        if pointer is None:
            cursor.hide()
            return
        cursor.setPos(pointer.pos)
        cursor.show()

    def abort(self) -> bool:  # noqa: D102
        was = self.busy
        self._stroke = self._layer = None
        if was:
            self.context.scene.restore()
        return was

    def touches(self, layer_id: str) -> bool:  # noqa: D102
        return self._layer is not None and self._layer.id == layer_id

    def _target(self) -> BrushLayer | None:
        """Return the brush layer to paint into, or None after a hint."""
        self._new = False
        selected = next((layer for layer in self.context.selection.layers if isinstance(layer, BrushLayer)), None)
        if selected is None:
            layer = self.new_layer()
            if layer is not None:
                self._new = True
                self.context.scene.set_draft(layer)
            return layer
        if is_locked(selected):
            self.hint_locked(selected)
            return None
        if not is_visible(selected):
            text = self.tr("%1 is hidden: show it in the layers panel to paint on it.")
            self.context.hinted.emit(text.replace("%1", shown_name(selected, self.tr("This layer"))))
            return None
        return selected

    def _add(self, layer: BrushLayer, patches: StrokePatches) -> None:
        """Put the new layer into the layout with its first stroke: one step."""
        self.context.scene.set_draft(None)
        command = AddLayer(self.context.layout, replace(layer, mask=self._mask_with(patches)), 0)
        command.setText(self.step_name)
        self.context.undo.push(command)
        self.context.selection.set([layer.id])

    def _mask_with(self, patches: StrokePatches) -> QImage:
        """Return a mask with nothing but a stroke."""
        width, height = self.context.layout.state.canvas
        pixels = np.zeros((height, width), np.uint8)
        rect = patches.rect
        rows, columns = slice(rect.top(), rect.top() + rect.height()), slice(rect.left(), rect.left() + rect.width())
        pixels[rows, columns] = mask_pixels(patches.after)
        return pixels_to_mask(pixels)

    def _show(self, patch: Patch | None) -> None:
        if patch is not None and self._layer is not None:
            self.context.scene.patch(self._layer.id, patch)

    def _show_size(self) -> None:
        if not self._active:
            return
        self.context.scene.brush_cursor.set_size(self.context.brush.size)
        self.context.cursor_wanted.emit(self.cursor)
