"""A layout on a canvas of another size: where its contents stay, and how large they are then."""

import math
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QTransform

from zestdesk.document.guides import MAX_GUIDE_POSITION, Guide, sorted_guides
from zestdesk.document.layers import BrushLayer, Layer, ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.document.start import StartPicture, framed_start
from zestdesk.document.transform import transformed

__all__ = ["Anchor", "Fitting", "fitting", "resized"]

Anchor = tuple[float, float]
"""What stays at its share of both sides: (0, 0) is the upper left corner, (1, 1) the lower right one."""


class Fitting(NamedTuple):
    """Where the old canvas lies on the new one.

    Attributes:
        scale: new pixels per old pixel.
        left: of the old canvas's upper left corner on the new one, in whole pixels.
        top: likewise.
    """

    scale: float
    left: int
    top: int


def fitting(
    before: tuple[int, int], after: tuple[int, int], anchor: Anchor = (0, 0), *, scale: bool = False
) -> Fitting:
    """Return where the contents of a canvas go when it gets another size.

    Args:
        before: (width, height).
        after: likewise.
        anchor: what stays in its place.
        scale: whether the contents are fitted into the new canvas, with their proportions kept.
    """
    factor = min(after[0] / before[0], after[1] / before[1]) if scale else 1.0
    left, top = (
        math.floor((new - old * factor) * share + 0.5) for old, new, share in zip(before, after, anchor, strict=True)
    )
    return Fitting(factor, left, top)


def resized(
    state: LayoutState, canvas: tuple[int, int], fit: Fitting
) -> tuple[tuple[Layer, ...], tuple[Guide, ...], StartPicture | None]:
    """Return layers, guides and the picture to begin with as they are on a canvas of another size.

    Shapes keep what lies outside; of painted masks, what leaves the canvas is cut off, and what comes in is empty; in
    the picture, it is grey.

    Args:
        state: before.
        canvas: (width, height) after.
        fit: where the contents go.
    """
    move = QTransform(fit.scale, 0, 0, fit.scale, fit.left, fit.top)
    layers = tuple(
        _framed(layer, canvas, fit) if isinstance(layer, BrushLayer) else _moved(layer, move) for layer in state.layers
    )
    start = state.start
    if start is not None:
        wide, high = (side * fit.scale for side in state.canvas)
        start = framed_start(start, canvas, QRectF(fit.left, fit.top, wide, high))
    return layers, sorted_guides(_carried(guide, fit) for guide in state.guides), start


def _moved(layer: ShapeLayer, move: QTransform) -> Layer:
    return layer if move.isIdentity() else transformed(layer, move)


def _carried(guide: Guide, fit: Fitting) -> Guide:
    offset = fit.left if guide.orientation == "vertical" else fit.top
    position = guide.position * fit.scale + offset
    return Guide(guide.orientation, min(max(position, -MAX_GUIDE_POSITION), MAX_GUIDE_POSITION))


def _framed(layer: BrushLayer, canvas: tuple[int, int], fit: Fitting) -> Layer:
    """Return a painted layer whose mask has the canvas's size."""
    frame = QRect(-fit.left, -fit.top, *canvas)
    mask = layer.mask
    if mask.isNull():
        return layer
    if fit.scale != 1.0:
        wide, high = (max(1, math.floor(side * fit.scale + 0.5)) for side in mask.size().toTuple())
        kept, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        mask = mask.scaled(wide, high, kept, smooth).convertToFormat(QImage.Format.Format_Grayscale8)
    if mask.rect() == frame:
        return layer if mask is layer.mask else replace(layer, mask=mask)
    return replace(layer, mask=mask.copy(frame))  # pixels beyond the old mask are 0
