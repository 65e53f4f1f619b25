"""Size, hardness and opacity of the brush, floating over the canvas while brush or eraser are in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout

from zestdesk.document.brush import MAX_SIZE
from zestdesk.ui.fields import SliderNumber, caption

if TYPE_CHECKING:
    from zestdesk.ui.brush_settings import BrushSettings

__all__ = ["BrushOptions"]


class BrushOptions(QFrame):
    """Three values of the brush, in step with the canvas's own ways to change them."""

    def __init__(self, brush: BrushSettings) -> None:
        super().__init__()
        self.setObjectName("card")
        self._brush = brush
        self.size_field = SliderNumber(1, MAX_SIZE, 1, 0, reach=200, suffix=self.tr(" px"))
        self.size_field.name(self.tr("Brush size"), self.tr("Diameter in canvas pixels ([ and ])."))
        self.hardness = SliderNumber(0, 100, 1, 0, suffix=" %")
        self.hardness.name(self.tr("Hardness"), self.tr("100 % has a crisp edge."))
        self.opacity = SliderNumber(0, 100, 1, 0, suffix=" %")
        self.opacity.name(self.tr("Opacity"), self.tr("The most that one stroke changes."))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 8, 5)
        row.setSpacing(8)
        for title, field in (
            (self.tr("Size"), self.size_field),
            (self.tr("Hardness"), self.hardness),
            (self.tr("Opacity"), self.opacity),
        ):
            row.addWidget(caption(title))
            field.slider.setFixedWidth(64)
            row.addWidget(field)
            row.addSpacing(4)
        self.size_field.edited.connect(lambda value: setattr(brush, "size", value))
        self.hardness.edited.connect(lambda value: setattr(brush, "hardness", value / 100))
        self.opacity.edited.connect(lambda value: setattr(brush, "opacity", value / 100))
        brush.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.size_field.show_value(self._brush.size)
        self.hardness.show_value(100 * self._brush.hardness)
        self.opacity.show_value(100 * self._brush.opacity)
