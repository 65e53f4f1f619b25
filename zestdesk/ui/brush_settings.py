"""What brush, eraser and fill leave behind them, shared by the canvas and the tool options, and remembered."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from zestdesk.document.brush import MAX_SIZE, StrokeStyle

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from zestdesk.ui.actions import Actions

__all__ = ["MAX_STEADINESS", "BrushSettings"]

MAX_STEADINESS: Final = 100.0
"""The longest string of the stabiliser, in pixels of the screen."""

_STEP: Final = 1.15  # one press on [ or ]
_SHARE: Final = 0.1  # one press on { or }
_ERASER: Final = "eraser_size"  # where the size is kept while the eraser is in hand


class _Number:
    """A number that is kept within its range, and announced when it is another one."""

    def __init__(self, default: float, low: float = 0.0, high: float = 1.0) -> None:
        self.default, self._low, self._high = default, low, high
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, brush: BrushSettings, owner: type) -> float:
        return float(brush.value(self._name))

    def __set__(self, brush: BrushSettings, value: float) -> None:
        brush.set_value(self._name, self.taken(value))

    def taken(self, value: object) -> float:
        """Return what of the range is nearest to a value; the default for what is no number."""
        try:
            number = float(value)  # type: ignore[arg-type]  # whatever a settings file says
        except (TypeError, ValueError):
            return self.default
        return self.default if math.isnan(number) else min(max(number, self._low), self._high)


class _Switch:
    """A yes or no that is announced when it is another one."""

    def __init__(self, *, default: bool) -> None:
        self.default = default
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, brush: BrushSettings, owner: type) -> bool:
        return bool(brush.value(self._name))

    def __set__(self, brush: BrushSettings, value: bool) -> None:  # noqa: FBT001 - a descriptor
        brush.set_value(self._name, value)

    @staticmethod
    def taken(value: object) -> bool:
        """Return what a settings file means: it may have kept a word."""
        return str(value).lower() in {"true", "1"}


class BrushSettings(QObject):
    """What the next stroke or fill looks like. Values beyond their range are brought to its nearest end.

    Attributes:
        size: diameter in canvas pixels, 1 to 1000, of brush or eraser, whichever is in hand: each has its own.
        hardness: 1 for a crisp edge, 0 for a falloff that begins at the centre.
        opacity: the most that one stroke changes a pixel, 0 to 1.
        size_by_pressure: whether a pen's pressure scales the size.
        opacity_by_pressure: whether a pen's pressure scales the opacity.
        least: what share of size and opacity the lightest touch of a pen has, 0 to 1.
        steadiness: how far the stabiliser lets the brush lag behind the pointer, in screen pixels; 0 for none.
        tolerance: how much two pixels may differ for a fill to take them for one region, 0 to 1.
        fill_all: whether a fill is bounded by all visible layers, and not by its own layer alone.
        erasing: whether the eraser is in hand.

    Signals:
        changed: one of the values is different now.
    """

    changed = Signal()

    size = _Number(40.0, 1.0, MAX_SIZE)
    eraser_size = _Number(40.0, 1.0, MAX_SIZE)
    hardness = _Number(0.8)
    opacity = _Number(1.0)
    size_by_pressure = _Switch(default=True)
    opacity_by_pressure = _Switch(default=False)
    least = _Number(0.05)
    steadiness = _Number(0.0, 0.0, MAX_STEADINESS)
    tolerance = _Number(0.5)
    fill_all = _Switch(default=False)

    def __init__(
        self, size: float = 40.0, hardness: float = 0.8, opacity: float = 1.0, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._kept: dict[str, float | bool] = {name: each.default for name, each in _values()}
        self._kept |= {"size": size, _ERASER: size, "hardness": hardness, "opacity": opacity}
        self._settings: QSettings | None = None
        self._erasing = False

    def value(self, name: str) -> float | bool:
        """Return a value by name."""
        return self._kept[self._place(name)]

    def set_value(self, name: str, value: float | bool) -> None:  # noqa: FBT001 - by name
        """Set a value by name; it has to be in its range."""
        place = self._place(name)
        if self._kept[place] == value:
            return
        self._kept[place] = value
        if self._settings is not None:
            self._settings.setValue(f"brush/{place}", value)
        self.changed.emit()

    def _place(self, name: str) -> str:
        return _ERASER if name == "size" and self._erasing else name

    @property
    def erasing(self) -> bool:
        """Whether ``size`` is the eraser's."""
        return self._erasing

    @erasing.setter
    def erasing(self, erasing: bool) -> None:
        if erasing != self._erasing:
            self._erasing = erasing
            self.changed.emit()

    def remember_in(self, settings: QSettings) -> None:
        """Take the values from a settings file, and write every later change to it."""
        for name, each in _values():
            stored = settings.value(f"brush/{name}")
            if stored is not None:
                self._kept[name] = each.taken(stored)
        self._settings = settings
        self.changed.emit()

    def connect_actions(self, actions: Actions) -> None:
        """Give the actions on the brush's tip their deeds."""
        actions.connect_deeds(
            {
                "brush_larger": self.larger,
                "brush_smaller": self.smaller,
                "brush_harder": self.harder,
                "brush_softer": self.softer,
            }
        )

    def larger(self) -> None:
        """Take the next larger size, in whole pixels."""
        self.size = max(self.size + 1, round(self.size * _STEP))

    def smaller(self) -> None:
        """Take the next smaller size, in whole pixels."""
        self.size = min(self.size - 1, round(self.size / _STEP))

    def harder(self) -> None:
        """Make the edge crisper by a tenth."""
        self.hardness = round(self.hardness + _SHARE, 2)

    def softer(self) -> None:
        """Make the edge softer by a tenth."""
        self.hardness = round(self.hardness - _SHARE, 2)

    def style(self, *, erase: bool = False) -> StrokeStyle:
        """Return the values as a stroke takes them, with the brush's size or the eraser's."""
        return StrokeStyle(
            size=float(self._kept[_ERASER if erase else "size"]),
            hardness=self.hardness,
            opacity=self.opacity,
            size_by_pressure=self.size_by_pressure,
            opacity_by_pressure=self.opacity_by_pressure,
            least=self.least,
            erase=erase,
        )


def _values() -> list[tuple[str, _Number | _Switch]]:
    return [(name, each) for name, each in vars(BrushSettings).items() if isinstance(each, _Number | _Switch)]
