"""Several layers become one."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPainterPath, QUndoCommand

from zestdesk.document.brush import pixels_to_mask
from zestdesk.document.checkpoint import checkpoint
from zestdesk.document.commands import ChangeLayers, RemoveLayers, named
from zestdesk.document.layers import BrushLayer, Layer, ShapeLayer
from zestdesk.document.layout import Layout
from zestdesk.document.masks import rasterise

__all__ = ["MergeLayers", "merged"]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


def merged(layers: Sequence[Layer], canvas: tuple[int, int]) -> Layer:
    """Return one layer that covers what all of them cover.

    Shapes unite to a shape; with a brush layer among them, all become one mask of the canvas's size. Everything else is
    the lowest layer's, its id included; where that has no label, the next one's above it that has.

    Args:
        layers: upper layers first; at least one.
        canvas: (width, height).
    """
    lowest = layers[-1]
    label = next((layer.label for layer in reversed(layers) if layer.label.strip()), lowest.label)
    shapes = [layer for layer in layers if isinstance(layer, ShapeLayer)]
    if isinstance(lowest, ShapeLayer) and len(shapes) == len(layers):
        path = QPainterPath()
        for shape in shapes:
            checkpoint()
            path = path.united(shape.path)
        return replace(lowest, label=label, path=path, kind="path")
    left = np.ones((canvas[1], canvas[0]), np.float32)
    for layer in layers:
        checkpoint()
        left *= 1 - rasterise(layer, canvas, canvas)
    mask = pixels_to_mask(np.rint((1 - left) * 255).astype(np.uint8))
    if isinstance(lowest, BrushLayer):
        return replace(lowest, label=label, mask=mask)
    return BrushLayer(
        label=label,
        colour=lowest.colour,
        weight=lowest.weight,
        start=lowest.start,
        end=lowest.end,
        visible=lowest.visible,
        locked=lowest.locked,
        group=lowest.group,
        id=lowest.id,
        mask=mask,
    )


class MergeLayers(QUndoCommand):
    """Put one layer, where the lowest of them stands, in the place of several.

    Args:
        layout: where they are.
        ids: of the layers.
        one: what :func:`merged` makes of them, if that has been worked out already.

    Raises:
        KeyError: an id that is not there.
        ValueError: fewer than two layers.
    """

    def __init__(self, layout: Layout, ids: Collection[str], one: Layer | None = None) -> None:
        state = layout.state
        layers = [state.layers[index] for index in sorted({state.index_of(each) for each in ids})]
        if len(layers) < 2:
            raise ValueError("merging takes two layers at least")
        one = one or merged(layers, state.canvas)
        super().__init__(named(_tr("Merge layers"), one.label))
        self._change = ChangeLayers(layout, [one], "")
        self._removal = RemoveLayers(layout, [layer.id for layer in layers[:-1]])

    def redo(self) -> None:
        """Merge."""
        self._change.redo()
        self._removal.redo()

    def undo(self) -> None:
        """Part them again."""
        self._removal.undo()
        self._change.undo()

    def bytes_held(self) -> int:
        """Return what the step holds in memory."""
        return self._change.bytes_held() + self._removal.bytes_held()
