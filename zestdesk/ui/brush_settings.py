"""Size, hardness and opacity of brush and eraser, shared by the canvas and the tool options."""

from PySide6.QtCore import QObject, Signal

from zestdesk.document.brush import MAX_SIZE, StrokeStyle

__all__ = ["BrushSettings"]

_STEP = 1.15  # one press on [ or ]


class BrushSettings(QObject):
    """What the next stroke looks like. Values beyond their range are brought to its nearest end.

    Signals:
        changed: one of the values is different now.
    """

    changed = Signal()

    def __init__(
        self, size: float = 40.0, hardness: float = 0.8, opacity: float = 1.0, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._size, self._hardness, self._opacity = size, hardness, opacity

    @property
    def size(self) -> float:
        """Diameter in canvas pixels, 1 to 1000."""
        return self._size

    @size.setter
    def size(self, value: float) -> None:
        value = min(max(float(value), 1.0), MAX_SIZE)
        if value != self._size:
            self._size = value
            self.changed.emit()

    @property
    def hardness(self) -> float:
        """1 for a crisp edge, 0 for a falloff that begins at the centre."""
        return self._hardness

    @hardness.setter
    def hardness(self, value: float) -> None:
        value = min(max(float(value), 0.0), 1.0)
        if value != self._hardness:
            self._hardness = value
            self.changed.emit()

    @property
    def opacity(self) -> float:
        """The most that one stroke changes a pixel, 0 to 1."""
        return self._opacity

    @opacity.setter
    def opacity(self, value: float) -> None:
        value = min(max(float(value), 0.0), 1.0)
        if value != self._opacity:
            self._opacity = value
            self.changed.emit()

    def larger(self) -> None:
        """Take the next larger size, in whole pixels."""
        self.size = max(self._size + 1, round(self._size * _STEP))

    def smaller(self) -> None:
        """Take the next smaller size, in whole pixels."""
        self.size = min(self._size - 1, round(self._size / _STEP))

    def style(self, *, erase: bool = False) -> StrokeStyle:
        """Return the values as a stroke takes them."""
        return StrokeStyle(size=self._size, hardness=self._hardness, opacity=self._opacity, erase=erase)
