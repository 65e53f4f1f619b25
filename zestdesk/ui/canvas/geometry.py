"""Pure geometry of drawing, moving and resizing, in canvas pixels."""

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

__all__ = [
    "HANDLES",
    "Handle",
    "handle_point",
    "resizing",
    "rounded",
    "spanned",
]

Handle = tuple[int, int]
"""Where a handle stands on its frame: -1 for left or top, 0 for the middle, 1 for right or bottom."""

HANDLES: Final[tuple[Handle, ...]] = ((-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0))
"""The eight handles, clockwise from the top left corner."""


def rounded(point: QPointF) -> QPointF:
    """Return the nearest corner of the pixel grid."""
    return QPointF(math.floor(point.x() + 0.5), math.floor(point.y() + 0.5))


def spanned(start: QPointF, end: QPointF, *, equal_sides: bool = False, centred: bool = False) -> QRectF:
    """Return the rectangle that a drag from ``start`` to ``end`` spans, on the pixel grid.

    Args:
        start: where the drag began.
        end: where it is now.
        equal_sides: make it a square: the longer way decides.
        centred: ``start`` is the centre and not a corner.
    """
    origin, corner = rounded(start), rounded(end)
    width, height = corner.x() - origin.x(), corner.y() - origin.y()
    if equal_sides:
        side = max(abs(width), abs(height))
        width, height = math.copysign(side, width), math.copysign(side, height)
    if centred:
        return QRectF(origin.x() - width, origin.y() - height, 2 * width, 2 * height).normalized()
    return QRectF(origin.x(), origin.y(), width, height).normalized()


def handle_point(rect: QRectF, handle: Handle) -> QPointF:
    """Return where a handle of the frame ``rect`` is."""
    return rect.center() + QPointF(handle[0] * rect.width() / 2, handle[1] * rect.height() / 2)


def resizing(
    rect: QRectF, handle: Handle, to: QPointF, *, keep_aspect: bool = False, about: QPointF | None = None
) -> QTransform:
    """Return what takes ``rect`` to its new place when one of its handles is dragged.

    A side never becomes shorter than a pixel; dragging a handle past the other side mirrors.

    Args:
        rect: the frame before.
        handle: which handle.
        to: where the handle shall be.
        keep_aspect: scale both sides by the same factor.
        about: what stays in its place; None for the opposite side. A side on which the handle lies level with it
            keeps its length.
    """
    anchor = handle_point(rect, (-handle[0], -handle[1])) if about is None else about
    grip = handle_point(rect, handle)
    scale_x = _scale(to.x() - anchor.x(), grip.x() - anchor.x()) if handle[0] else 1.0
    scale_y = _scale(to.y() - anchor.y(), grip.y() - anchor.y()) if handle[1] else 1.0
    if keep_aspect:
        if handle[0] and handle[1]:
            both = max(abs(scale_x), abs(scale_y))
            scale_x, scale_y = math.copysign(both, scale_x), math.copysign(both, scale_y)
        elif handle[0]:
            scale_y = abs(scale_x)
        else:
            scale_x = abs(scale_y)
    scale_x = _at_least_a_pixel(scale_x, rect.width())
    scale_y = _at_least_a_pixel(scale_y, rect.height())
    transform = QTransform.fromTranslate(anchor.x(), anchor.y())
    transform.scale(scale_x, scale_y)
    return transform.translate(-anchor.x(), -anchor.y())


def _scale(new: float, old: float) -> float:
    return new / old if old else 1.0


def _at_least_a_pixel(scale: float, side: float) -> float:
    if side <= 0 or abs(scale) * side >= 1:
        return scale
    return -1 / side if scale < 0 else 1 / side
