"""What the Path menu does to the selected layers: from shape to mask and back, and to outlines and their nodes."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
from PySide6.QtCore import QObject

from zestdesk.document.brush import mask_pixels, pixels_to_mask
from zestdesk.document.commands import ChangeLayers
from zestdesk.document.layers import BrushLayer, Layer, ShapeLayer
from zestdesk.document.layout import own_layer
from zestdesk.document.masks import rasterise
from zestdesk.document.node_edits import break_at, closed, make_corners, make_smooth
from zestdesk.document.nodes import Outline, Ref, alike, nodes_of, path_of
from zestdesk.document.tracing import simplified, traced
from zestdesk.errors import UserError
from zestdesk.ui.editable import shown_name
from zestdesk.ui.error_words import error_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zestdesk.ui.actions import Actions
    from zestdesk.ui.canvas.tools.base import NodeEdit, Tool, ToolContext

__all__ = ["PathCommands"]

Chosen = TypeVar("Chosen", bound=Layer)
Made = TypeVar("Made")

_Outlined = tuple[Layer, UserError | None]
"""A layer as an outline; or as it was, where there is none, and why."""

_SMALL: Final = 1 << 18  # pixels of a canvas on which everything is quick
_FEW: Final = 1000  # nodes, likewise
_CLOSENESS: Final = 0.002  # of a shape's diagonal: how far simplifying may move its outline
_LEAST_CLOSENESS: Final = 0.5  # canvas pixels


class PathCommands(QObject):
    """Each method pushes one undo step on behalf of the selection; locked and hidden layers stay, with a hint why.

    What concerns nodes is done to the nodes that are selected, or else to all nodes of the selected shapes.

    Args:
        context: layout, undo stack, selection, and where hints go.
        nodes: the tool that knows which nodes are selected.
    """

    def __init__(self, context: ToolContext, nodes: Tool) -> None:
        super().__init__(context)
        self._context, self._nodes = context, nodes

    def connect_actions(self, actions: Actions) -> None:
        """Give the Path menu's actions their deeds."""
        actions.connect_deeds(
            {
                "shape_to_brush": self.to_brush,
                "mask_to_outline": self.to_outline,
                "simplify_path": self.simplify,
                "close_path": self.close,
                "smooth_nodes": self.smooth,
                "symmetric_nodes": self.symmetric,
                "corner_nodes": self.corner,
                "break_nodes": self.break_path,
            }
        )

    # From one kind of layer to the other

    def to_brush(self) -> None:
        """Turn shapes into masks of the canvas's size; all that the layers say of themselves stays."""
        canvas = self._context.layout.state.canvas
        self._work(
            self._shapes(),
            lambda layer: _painted(layer, canvas),
            self._push,
            self.tr("Shape to brush layer"),
            small=_is_small(canvas),
        )

    def to_outline(self) -> None:
        """Turn masks into shapes along the line where they cover by half; a mask with nothing on it stays."""
        self._work(
            self._context.selection.free(self._context.hinted.emit, BrushLayer),
            _outlined,
            self._push_outlines,
            self.tr("Mask to outline"),
            small=_is_small(self._context.layout.state.canvas),
        )

    def _push_outlines(self, found: Sequence[_Outlined], text: str) -> None:
        for layer, error in found:
            if isinstance(error, UserError):
                self._say(layer, "%1: " + error_sentence(error))
            elif isinstance(layer, BrushLayer):
                self._say(layer, self.tr("%1 has nothing painted on it that an outline could follow."))
        self._push([layer for layer, _ in found if isinstance(layer, ShapeLayer)], text)

    # Outlines as a whole

    def simplify(self) -> None:
        """Take nodes out that the outline can do without."""
        shapes = self._shapes()
        few = sum(layer.path.elementCount() for layer in shapes) <= _FEW
        self._work(shapes, _simpler, self._push_simpler, self.tr("Simplify path"), small=few)

    def _push_simpler(self, found: Sequence[ShapeLayer | None], text: str) -> None:
        changed = [layer for layer in found if layer is not None]
        if not changed:
            self._context.hinted.emit(self.tr("There is no node to spare: the outline is as simple as it can be."))
        self._push(changed, text)

    def close(self) -> None:
        """Join the ends of open lines."""
        shapes, changed = self._shapes(), []
        for layer in shapes:
            outline = nodes_of(layer.path)
            if not all(subpath.closed for subpath in outline):
                changed.append(_with(layer, closed(outline)))
        if shapes and not changed:
            self._context.hinted.emit(self.tr("Every line is closed already."))
        self._push(changed, self.tr("Close path"))

    # Nodes

    def smooth(self) -> None:
        """Bring the handles of nodes into one line."""
        self._edit_nodes(make_smooth, self.tr("Make smooth"), self._why_not_smooth())

    def symmetric(self) -> None:
        """Likewise, and make them equally long."""
        self._edit_nodes(
            lambda outline, refs: make_smooth(outline, refs, symmetric=True),
            self.tr("Make symmetric"),
            self._why_not_smooth(),
        )

    def corner(self) -> None:
        """Retract the handles of nodes."""
        idle = self.tr("These nodes have no handles: each is a corner already.")
        self._edit_nodes(make_corners, self.tr("Make corner"), idle)

    def break_path(self) -> None:
        """Break the line in the selected nodes."""
        idle = self.tr("The line ends in these nodes already: there is nothing to break.")
        if not self._nodes.edit_nodes(break_at, self.tr("Break path"), idle, keep=False):
            self._context.hinted.emit(self.tr("Select nodes first: the line is broken in them. N edits nodes."))

    def _why_not_smooth(self) -> str:
        return self.tr("Nothing to change: they are so already, or ends of an open line, which have one side only.")

    def _edit_nodes(self, edit: NodeEdit, text: str, idle: str) -> None:
        """Change the nodes that are selected, or all of the selected shapes; say ``idle`` where nothing differs."""
        if self._nodes.edit_nodes(edit, text, idle):
            return
        shapes, changed = self._shapes(), []
        for layer in shapes:
            outline = nodes_of(layer.path)
            made = edit(outline, _all_of(outline))
            if not alike(made, outline):
                changed.append(_with(layer, made))
        if shapes and not changed:
            self._context.hinted.emit(idle)
        self._push(changed, text)

    # What they share

    def _work(
        self,
        layers: Sequence[Chosen],
        change: Callable[[Chosen], Made],
        then: Callable[[Sequence[Made], str], None],
        text: str,
        *,
        small: bool,
    ) -> None:
        """Work out what becomes of each layer, and then make it so."""
        if layers:
            own = [own_layer(layer) for layer in layers]
            self._context.work.do(
                text, layers, lambda: list(map(change, own)), lambda made: then(made, text), small=small
            )

    def _shapes(self) -> tuple[ShapeLayer, ...]:
        """Return the selected shapes that may be edited, with a hint when some may not."""
        return self._context.selection.free(self._context.hinted.emit, ShapeLayer)

    def _say(self, layer: Layer, text: str) -> None:
        self._context.hinted.emit(text.replace("%1", shown_name(layer, self.tr("This layer"))))

    def _push(self, changed: Sequence[Layer], text: str) -> None:
        if changed:
            self._context.undo.push(ChangeLayers(self._context.layout, changed, text))


def _common(layer: Layer) -> dict[str, Any]:
    """Return what a layer says of itself, whatever its kind: id, label, colour, weight, group and so on."""
    own = {"path", "kind", "mask"}
    return {each.name: getattr(layer, each.name) for each in fields(layer) if each.name not in own}


def _is_small(canvas: tuple[int, int]) -> bool:
    return canvas[0] * canvas[1] <= _SMALL


def _outlined(layer: BrushLayer) -> _Outlined:
    try:
        outline = traced(mask_pixels(layer.mask))
    except UserError as error:
        return layer, error
    return (ShapeLayer(path=path_of(outline), **_common(layer)) if outline else layer), None


def _simpler(layer: ShapeLayer) -> ShapeLayer | None:
    """Return the shape with fewer nodes, or None where there is none to spare."""
    outline = nodes_of(layer.path)
    bounds = layer.path.boundingRect()
    away = max(_LEAST_CLOSENESS, _CLOSENESS * float(np.hypot(bounds.width(), bounds.height())))
    simple = simplified(outline, away)
    return _with(layer, simple) if sum(map(len, simple)) < sum(map(len, outline)) else None


def _painted(layer: ShapeLayer, canvas: tuple[int, int]) -> BrushLayer:
    """Return a brush layer that covers what the shape covers of the canvas."""
    pixels = np.rint(rasterise(layer, canvas, canvas) * 255).astype(np.uint8)
    return BrushLayer(mask=pixels_to_mask(pixels), **_common(layer))


def _with(layer: ShapeLayer, outline: Outline) -> ShapeLayer:
    return replace(layer, path=path_of(outline), kind="path")


def _all_of(outline: Outline) -> list[Ref]:
    return [(number, node) for number, subpath in enumerate(outline) for node in range(len(subpath))]
