"""Layers as immutable values: an edit makes a new layer; undo, history and requests share what did not change."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainterPath

__all__ = [
    "PALETTE",
    "BrushLayer",
    "Group",
    "Layer",
    "ShapeLayer",
    "guides_throughout",
    "is_locked",
    "is_visible",
    "new_layer_id",
    "next_colour",
    "shape_path",
]

PALETTE: Final = (
    "#f2a93b", "#4c9be8", "#6cc26a", "#e5645f", "#a67de0", "#37b8ad",
    "#e583b6", "#b5a03c", "#7d8fe0", "#c98a5a", "#5fb3d4", "#9ac04b",
)  # fmt: skip
"""Layer colours in the order in which new layers take them; told apart on dark and on light ground."""


def new_layer_id() -> str:
    """Return an identifier that no other layer has."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What the layers of a group have in common; each of them carries it, and so a group is where its layers are.

    Groups do not nest. Within a layout the layers of a group follow one another and carry equal values; a group
    without layers is none.

    Attributes:
        name: for people; may be empty.
        visible: the layers of a hidden group are hidden, whatever they say themselves.
        locked: the layers of a locked group are locked, whatever they say themselves.
        id: unique within a layout and stable through edits and files.
    """

    name: str = ""
    visible: bool = True
    locked: bool = False
    id: str = field(default_factory=new_layer_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _LayerBase:
    label: str = ""
    colour: str = PALETTE[0]
    weight: float = 1.0
    start: float = 0.0
    end: float = 1.0
    visible: bool = True
    locked: bool = False
    group: Group | None = None
    id: str = field(default_factory=new_layer_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeLayer(_LayerBase):
    """A vector shape.

    Attributes:
        path: the outline in canvas pixels, filled by the odd-even rule. Never changed in place: treat as a value.
        kind: ``"rectangle"``, ``"ellipse"`` (while the path is its bounding box's rectangle or ellipse) or ``"path"``.
        label: the phrase that shall appear there; may be empty while the user has not said.
        colour: ``#rrggbb``.
        weight: factor on this layer's share of the loss, 0 to 10.
        start: fraction of the steps from which on this layer guides, 0 to 1.
        end: fraction of the steps up to which it does, not below ``start``.
        visible: hidden layers are neither shown nor generated; ask :func:`is_visible`, which minds the group.
        locked: locked layers cannot be edited on the canvas; ask :func:`is_locked`, which minds the group.
        group: which the layer belongs to, or None.
        id: unique within a layout and stable through edits and files.
    """

    path: QPainterPath = field(default_factory=QPainterPath)
    kind: str = "path"


@dataclass(frozen=True, slots=True, kw_only=True)
class BrushLayer(_LayerBase):
    """A painted mask; attributes as for :class:`ShapeLayer`, with a mask in place of the path.

    Attributes:
        mask: Format_Grayscale8 image of the canvas's size, 255 inside. Implicitly shared; never painted on in place.
    """

    mask: QImage = field(default_factory=QImage)


Layer = ShapeLayer | BrushLayer


def shape_path(kind: str, rect: QRectF) -> QPainterPath:
    """Return the outline of a rectangle or an ellipse that fills ``rect``."""
    path = QPainterPath()
    if kind == "ellipse":
        path.addEllipse(rect)
    else:
        path.addRect(rect)
    return path


def is_visible(layer: Layer) -> bool:
    """Return whether a layer is shown and generated: neither it nor its group is hidden."""
    return layer.visible and (layer.group is None or layer.group.visible)


def is_locked(layer: Layer) -> bool:
    """Return whether a layer is protected from edits on the canvas: it or its group is locked."""
    return layer.locked or (layer.group is not None and layer.group.locked)


def guides_throughout(layer: Layer) -> bool:
    """Return whether a layer guides from the first step on, for as long as anything does."""
    return layer.start == 0 and layer.end == 1


def next_colour(layers: Iterable[Layer]) -> str:
    """Return the colour that a new layer takes: the palette's that is used least, the first such."""
    used = [layer.colour.lower() for layer in layers]
    return min(PALETTE, key=used.count)
