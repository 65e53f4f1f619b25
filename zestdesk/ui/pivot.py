"""The point about which the selection turns and scales: its middle, or where somebody put it."""

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QTransform

__all__ = ["Pivot"]

_Key = tuple[float, ...]


class Pivot(QObject):
    """Goes with the selection's bounds wherever they go, undo and redo among the ways; a choice on screen, no edit.

    Signals:
        changed: it is shown or not, or somewhere else.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = False
        self._base: tuple[QRectF, QPointF] | None = None  # bounds, and where the pivot is for them
        self._known: dict[_Key, QPointF] = {}  # the same for bounds that may come back

    @property
    def shown(self) -> bool:
        """Whether it can be seen and moved; while it cannot, it is in the middle."""
        return self._shown

    @property
    def moved(self) -> bool:
        """Whether it was put somewhere."""
        return self._base is not None

    def show(self, shown: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Show it, or hide it and go back to the middle."""
        if shown != self._shown:
            self._shown = shown
            self.reset()
            self.changed.emit()

    def at(self, bounds: QRectF) -> QPointF:
        """Return where it is for a selection with these bounds, in canvas pixels."""
        if self._base is None:
            return bounds.center()
        known = self._known.get(_key(bounds))
        if known is not None:
            return known
        before, point = self._base
        return QPointF(
            _likewise(point.x(), before.left(), before.width(), bounds.left(), bounds.width()),
            _likewise(point.y(), before.top(), before.height(), bounds.top(), bounds.height()),
        )

    def put(self, point: QPointF, bounds: QRectF) -> None:
        """Put it somewhere, for a selection with these bounds."""
        self._base = (QRectF(bounds), QPointF(point))
        self._known = {_key(bounds): QPointF(point)}
        self.changed.emit()

    def carry(self, before: QRectF, after: QRectF, transform: QTransform) -> None:
        """Go along with a transform of the selection that changed its bounds, and back when it is undone."""
        if self._base is not None:
            point = self.at(before)
            there = transform.map(point)
            self._known |= {_key(before): point, _key(after): there}
            self._base = (QRectF(after), there)
            self.changed.emit()

    def reset(self) -> None:
        """Go back to the middle."""
        if self._base is not None:
            self._base, self._known = None, {}
            self.changed.emit()


def _key(bounds: QRectF) -> _Key:
    sides = (bounds.x(), bounds.y(), bounds.width(), bounds.height())
    return tuple(round(side, 3) for side in sides)


def _likewise(point: float, start: float, length: float, new_start: float, new_length: float) -> float:
    """Return what lies to new bounds as a point did to others."""
    return new_start + (point - start) * (new_length / length if length else 1.0)
