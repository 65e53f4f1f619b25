"""What menus do to the masks of the selected brush layers, and how layers become one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRect

from zestdesk.document.brush import Patch, StrokePatches, blank_mask, mask_pixels, patches_between, pixels_to_mask
from zestdesk.document.commands import ChangeLayers
from zestdesk.document.layers import BrushLayer, Layer
from zestdesk.document.layout import own_layer
from zestdesk.document.merge import MergeLayers, merged
from zestdesk.document.morphology import MOST_PIXELS, filled_holes, grown, inverted, shrunk, softened
from zestdesk.document.painting import PaintStroke
from zestdesk.ui.amount_dialog import AmountDialog
from zestdesk.ui.editable import editable
from zestdesk.ui.work import Latest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage, QUndoCommand

    from zestdesk.ui.actions import Actions
    from zestdesk.ui.canvas.tools.base import ToolContext

__all__ = ["MaskCommands"]

Pixels = NDArray[np.uint8]
Change = Callable[[Pixels], Pixels]

_SMALL: Final = 1 << 18  # pixels: whatever is done to so few takes no time to speak of
_AMOUNT: Final = 8  # pixels, when nobody has said otherwise yet


class MaskCommands(QObject):
    """Each method is one undo step on behalf of the selection; locked and hidden layers stay, with a hint why.

    Args:
        context: layout, undo stack, selection, where previews are shown, and where hints go.
    """

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self._context = context
        self._amounts: dict[str, int] = {}  # what was chosen last, by the step's name
        self._trial = Latest(self)
        self._tried: tuple[int, tuple[BrushLayer, ...], list[_Changed]] | None = None  # what is shown
        self._patched: dict[str, QRect] = {}  # where that differs from the layers, by their ids

    def connect_actions(self, actions: Actions) -> None:
        """Give the masks' actions their deeds."""
        actions.connect_deeds(
            {
                "invert_mask": self.invert,
                "clear_mask": self.clear,
                "fill_holes": self.fill_holes,
                "grow_mask": self.ask_grow,
                "shrink_mask": self.ask_shrink,
                "soften_mask": self.ask_soften,
                "merge_layers": self.merge,
            }
        )

    def invert(self) -> None:
        """Cover what was not covered, and nothing else."""
        self._change(inverted, self.tr("Invert mask"))

    def clear(self) -> None:
        """Take away all paint."""
        self._change(np.zeros_like, self.tr("Clear mask"))

    def fill_holes(self) -> None:
        """Cover what paint surrounds."""
        self._change(filled_holes, self.tr("Fill holes"))

    def ask_grow(self) -> AmountDialog | None:
        """Ask by how much to grow, and do it; return the dialog, or None when there is nothing to grow."""
        return self._ask(grown, self.tr("Grow"), self.tr("By"))

    def ask_shrink(self) -> AmountDialog | None:
        """Ask by how much to shrink, and do it."""
        return self._ask(shrunk, self.tr("Shrink"), self.tr("By"))

    def ask_soften(self) -> AmountDialog | None:
        """Ask by how much to soften edges, and do it."""
        return self._ask(softened, self.tr("Soften edges"), self.tr("Over"))

    def merge(self) -> None:
        """Merge the selected layers, or the one that is selected with the next one below."""
        layers = self._context.layout.state.layers
        chosen: Sequence[Layer] = self._context.selection.layers
        if len(self._context.selection.free(self._context.hinted.emit)) < len(chosen):
            return
        if len(chosen) == 1:
            index = self._context.layout.state.index_of(chosen[0].id)
            chosen = layers[index : index + 2]
            if len(chosen) < 2:
                self._context.hinted.emit(self.tr("There is no layer below to merge with: select two or more."))
                return
        if not chosen or len(editable(chosen, self._context.hinted.emit)) < len(chosen):
            return
        own, canvas = list(map(own_layer, chosen)), self._context.layout.state.canvas
        self._context.work.do(
            self.tr("Merge layers"),
            chosen,
            lambda: merged(own, canvas),
            partial(self._merge, [layer.id for layer in chosen]),
            small=self._is_small(chosen),
        )

    def _merge(self, ids: list[str], one: Layer) -> None:
        self._context.undo.push(MergeLayers(self._context.layout, ids, one))
        self._context.selection.set([one.id])

    def _editable(self) -> tuple[BrushLayer, ...]:
        """Return the selected brush layers that may be changed, with a hint when some may not."""
        return self._context.selection.free(self._context.hinted.emit, BrushLayer)

    def _change(self, change: Change, text: str) -> None:
        """Change the selected masks: one step, of which only what differs is kept."""
        layers = self._editable()
        if not layers:
            return
        masks = [self._mask_of(layer) for layer in layers]
        self._context.work.do(
            text,
            layers,
            lambda: [_changed(mask, change) for mask in masks],
            partial(self._push, text, layers),
            small=self._is_small(layers),
        )

    def _push(self, text: str, layers: Sequence[BrushLayer], changes: Sequence[_Changed]) -> None:
        layout = self._context.layout
        commands: list[QUndoCommand] = []
        for layer, (after, patches) in zip(layers, changes, strict=True):
            if patches is None:
                continue
            if layer.mask.isNull():
                commands.append(ChangeLayers(layout, [replace(layer, mask=pixels_to_mask(after))], text))
            else:
                commands.append(PaintStroke(layout, layer.id, patches, text))
        if not commands:
            self._context.hinted.emit(self.tr("That would change nothing here."))
            return
        if len(commands) > 1:
            self._context.undo.beginMacro(text)
        for command in commands:
            self._context.undo.push(command)
        if len(commands) > 1:
            self._context.undo.endMacro()

    def _is_small(self, layers: Sequence[Layer]) -> bool:
        width, height = self._context.layout.state.canvas
        return width * height * len(layers) <= _SMALL

    def _mask_of(self, layer: BrushLayer) -> QImage:
        return blank_mask(self._context.layout.state.canvas) if layer.mask.isNull() else layer.mask

    # Amounts

    def _ask(self, change: Callable[[Pixels, int], Pixels], title: str, name: str) -> AmountDialog | None:
        if not self._editable():
            return None
        views = self._context.scene.views()
        start = self._amounts.get(title, _AMOUNT)
        dialog = AmountDialog(views[0].window() if views else None, title, name, MOST_PIXELS, start)
        dialog.tried.connect(partial(self._preview, change))
        dialog.chosen.connect(partial(self._decide, change, title))
        dialog.finished.connect(self._end_preview)
        dialog.open()
        return dialog

    def _preview(self, change: Callable[[Pixels, int], Pixels], amount: int) -> None:
        layers = self._editable()
        masks = [self._mask_of(layer) for layer in layers]
        self._trial.ask(
            lambda: [_changed(mask, lambda pixels: change(pixels, amount)) for mask in masks],
            partial(self._show, amount, layers),
            small=self._is_small(layers),
        )

    def _show(self, amount: int, layers: tuple[BrushLayer, ...], changes: list[_Changed]) -> None:
        self._tried = (amount, layers, changes)
        for layer, (after, patches) in zip(layers, changes, strict=True):
            now = patches.rect if patches is not None else QRect()
            rect = now.united(self._patched.get(layer.id, QRect()))
            self._patched[layer.id] = now
            if not rect.isEmpty():
                rows, columns = slice(rect.top(), rect.bottom() + 1), slice(rect.left(), rect.right() + 1)
                self._context.scene.patch(layer.id, Patch(rect, after[rows, columns]))

    def _decide(self, change: Callable[[Pixels, int], Pixels], title: str, amount: int) -> None:
        self._amounts[title] = amount
        layers = self._editable()
        if self._tried is not None and self._tried[:2] == (amount, layers):
            self._push(title, layers, self._tried[2])  # what is seen is what was wanted
        else:
            self._change(lambda pixels: change(pixels, amount), title)

    def _end_preview(self) -> None:
        self._trial.stop()
        self._tried = None
        self._patched.clear()
        self._context.scene.restore()


_Changed = tuple[Pixels, StrokePatches | None]
"""A mask after a change, and what of it differs."""


def _changed(mask: QImage, change: Change) -> _Changed:
    after = change(mask_pixels(mask))
    return after, patches_between(mask, after)
