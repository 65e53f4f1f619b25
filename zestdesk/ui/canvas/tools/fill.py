"""Fill a region with one click."""

import math

from PySide6.QtCore import Qt

from zestdesk.document.brush import StrokePatches, mask_pixels
from zestdesk.document.fill import fill, flood, mask_share, visible_share
from zestdesk.document.layers import BrushLayer
from zestdesk.ui.canvas.tools.base import Pointer
from zestdesk.ui.canvas.tools.painting import PaintingTool

__all__ = ["FillTool"]


class FillTool(PaintingTool):
    """Fills what is joined with the clicked pixel, in the selected brush layer or in a new one; with Alt it empties.

    What bounds a region is the layer's own mask, or whatever is seen; a new layer has no mask to speak of, so that
    there it is always the latter.
    """

    name = "fill"

    @property
    def hint(self) -> str:  # noqa: D102
        return self.tr(
            "Click fills a region of the selected brush layer, up to the paint around it; with none selected, it makes "
            "a layer of the region that is seen there. Alt-click empties."
        )

    @property
    def cursor(self) -> Qt.CursorShape:  # noqa: D102
        return Qt.CursorShape.CrossCursor

    @property
    def step_name(self) -> str:  # noqa: D102
        return self.tr("Fill")

    def press(self, pointer: Pointer) -> None:  # noqa: D102
        column, row = math.floor(pointer.pos.x()), math.floor(pointer.pos.y())
        width, height = self.context.layout.state.canvas
        if not (0 <= column < width and 0 <= row < height):
            self.context.hinted.emit(self.tr("Click on the canvas to fill."))
            return
        if pointer.alt and self.selected is None:
            self.context.hinted.emit(self.tr("Select a brush layer first: Alt-click empties what was painted on it."))
            return
        layer = self.target()
        if layer is None:
            return
        patches = self._patches(layer, column, row, erase=pointer.alt)
        if patches is not None:
            self.push(layer, patches)
            if self.new:
                self.context.label_wanted.emit(layer.id)
            return
        self.context.scene.restore()
        self.context.hinted.emit(
            self.tr("This region is empty already.")
            if pointer.alt
            else self.tr("This region is filled already: Alt-click empties it.")
        )

    def _patches(self, layer: BrushLayer, column: int, row: int, *, erase: bool) -> StrokePatches | None:
        brush, mask = self.context.brush, self.mask_of(layer)
        as_seen = self.new or brush.fill_all
        if as_seen:
            share = visible_share(self.context.layout.state, column, row)
        else:
            share = mask_share(mask_pixels(mask), column, row)
        return fill(mask, flood(share, column, row, brush.tolerance, solid=not as_seen), erase=erase)
