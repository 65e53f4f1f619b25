"""Where layers go when they are aligned, distributed, mirrored or turned: plain geometry in canvas pixels."""

import math
from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

__all__ = ["Edge", "aligned", "distributed", "fitting", "mirroring", "quarter_turn", "turning"]

Edge = Literal["left", "centre", "right", "top", "middle", "bottom"]
"""What to align: centre is halfway from left to right, middle is halfway from top to bottom."""


def aligned(boxes: Sequence[QRectF], frame: QRectF, edge: Edge) -> list[QPointF]:
    """Return how far each box has to go until its ``edge`` lies on that of ``frame``."""
    return [_way(box, frame, edge) for box in boxes]


def _way(box: QRectF, frame: QRectF, edge: Edge) -> QPointF:
    match edge:
        case "left":
            return QPointF(frame.left() - box.left(), 0)
        case "centre":
            return QPointF(frame.center().x() - box.center().x(), 0)
        case "right":
            return QPointF(frame.right() - box.right(), 0)
        case "top":
            return QPointF(0, frame.top() - box.top())
        case "middle":
            return QPointF(0, frame.center().y() - box.center().y())
        case "bottom":
            return QPointF(0, frame.bottom() - box.bottom())


def distributed(boxes: Sequence[QRectF], *, across: bool) -> list[QPointF]:
    """Return how far each box has to go until the gaps between neighbours are equal.

    The outermost boxes stay; where there is no room, the gaps are negative and the boxes overlap evenly.

    Args:
        boxes: in any order; neighbours are found by their middles.
        across: from left to right, and not from top to bottom.
    """
    starts = [box.left() if across else box.top() for box in boxes]
    sides = [box.width() if across else box.height() for box in boxes]
    order = sorted(range(len(boxes)), key=lambda index: (starts[index] + sides[index] / 2, index))
    ways = [0.0] * len(boxes)
    if len(order) > 2:
        first, last = order[0], order[-1]
        gap = (starts[last] + sides[last] - starts[first] - sum(sides)) / (len(order) - 1)
        place = starts[first]
        for index in order[:-1]:
            ways[index] = place - starts[index]
            place += sides[index] + gap
    return [QPointF(way, 0) if across else QPointF(0, way) for way in ways]


def turning(pivot: QPointF, angle: float) -> QTransform:
    """Return a rotation about ``pivot`` by ``angle`` degrees, clockwise as seen on screen."""
    transform = QTransform.fromTranslate(pivot.x(), pivot.y())
    transform.rotate(angle)  # exact for quarter turns
    return transform.translate(-pivot.x(), -pivot.y())


def mirroring(frame: QRectF, *, across: bool) -> QTransform:
    """Return what changes left and right within ``frame``, or top and bottom when not ``across``."""
    centre = frame.center()
    if across:
        return QTransform(-1, 0, 0, 1, 2 * centre.x(), 0)
    return QTransform(1, 0, 0, -1, 0, 2 * centre.y())


def fitting(frame: QRectF, to: QRectF) -> QTransform:
    """Return what takes ``frame`` to the frame ``to``; a side without length is moved only."""
    across = to.width() / frame.width() if frame.width() else 1.0
    down = to.height() / frame.height() if frame.height() else 1.0
    return QTransform(across, 0, 0, down, to.left() - across * frame.left(), to.top() - down * frame.top())


def quarter_turn(frame: QRectF, *, clockwise: bool) -> QTransform:
    """Return a turn by 90 degrees about the middle of ``frame``.

    A frame on the pixel grid stays on it: where its sides differ by an odd number, it goes half a pixel aside, and back
    with the next turn.
    """
    turn = turning(frame.center(), 90 if clockwise else -90)
    if all(value.is_integer() for value in (frame.x(), frame.y(), frame.width(), frame.height())):
        aside = (frame.width() - frame.height()) / 2
        half = math.trunc(aside) - aside
        turn *= QTransform.fromTranslate(half, -half)
    return turn
