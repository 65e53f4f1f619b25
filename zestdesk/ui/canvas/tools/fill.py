"""Fill a region with one click."""

import math
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from zestdesk.document.brush import StrokePatches, mask_pixels
from zestdesk.document.fill import fill, flood, mask_share, visible_share
from zestdesk.document.layers import BrushLayer
from zestdesk.document.layout import LayoutState, detached
from zestdesk.ui.canvas.tools.base import Pointer
from zestdesk.ui.canvas.tools.painting import PaintingTool

__all__ = ["FillTool"]

_SMALL: Final = 1 << 18  # pixels of layers: whatever is looked for among so few is found in no time


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
        new, erase = self.new, pointer.alt
        if new:
            self.context.scene.set_draft(None)  # there is nothing to be seen of it before it is filled
        as_seen = new or self.context.brush.fill_all
        state = detached(self.context.layout.state) if as_seen else None
        # The layers that are looked at have to be what they were when the region is found.
        ground = self.context.layout.state.layers if as_seen else (layer,)
        self.context.work.do(
            self.step_name,
            ground,
            partial(_filled, self.mask_of(layer), state, (column, row), self.context.brush.tolerance, erase=erase),
            lambda patches: self._make(layer, patches, new=new, erase=erase),
            small=width * height * len(ground) <= _SMALL,
        )

    def _make(self, layer: BrushLayer, patches: StrokePatches | None, *, new: bool, erase: bool) -> None:
        if patches is not None:
            self.new = new
            self.push(layer, patches)
            if new:
                self.context.label_wanted.emit(layer.id)
            return
        self.context.hinted.emit(
            self.tr("This region is empty already.")
            if erase
            else self.tr("This region is filled already: Alt-click empties it.")
        )


def _filled(
    mask: QImage, state: LayoutState | None, place: tuple[int, int], tolerance: float, *, erase: bool
) -> StrokePatches | None:
    """Return what filling about a place changes in a mask: by what is seen of a layout, or by the mask's own paint."""
    share = visible_share(state, *place) if state is not None else mask_share(mask_pixels(mask), *place)
    return fill(mask, flood(share, *place, tolerance, solid=state is None), erase=erase)
