"""A steady hand: the brush hangs on a string behind the pointer, and what trembles within its length is not drawn."""

import math

from PySide6.QtCore import QPointF

__all__ = ["PulledString"]


class PulledString:
    """A tip that the pointer pulls behind it.

    The tip rests while the string is slack and follows in the string's direction once it is taut, which turns a
    trembling path into a smooth one. A length of 0 draws what the pointer does.

    Args:
        length: of the string, in canvas pixels.
        start: where pointer and tip are at first.

    Attributes:
        tip: where the brush is.
    """

    def __init__(self, length: float, start: QPointF) -> None:
        self._length = max(length, 0.0)
        self.tip = QPointF(start)

    def pull(self, pointer: QPointF) -> bool:
        """Move the pointer, and return whether the tip followed."""
        if not self._length:
            self.tip, before = QPointF(pointer), self.tip
            return pointer != before
        way = pointer - self.tip
        distance = math.hypot(way.x(), way.y())
        if distance <= self._length:
            return False
        self.tip += way * (1.0 - self._length / distance)
        return True
