"""How much the selected layers steer, and when: weight and span, below the list of layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from zestdesk.ui.fields import SliderNumber, caption
from zestdesk.ui.range_slider import SpanField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zestdesk.document.layers import Layer
    from zestdesk.ui.layer_commands import LayerCommands
    from zestdesk.ui.theme import Theme

__all__ = ["LayerSteering"]


class LayerSteering(QWidget):
    """The weight, and behind a button, since it is seldom wanted and the list needs the room, the span.

    Attributes:
        weight: slider and number.
        span: numbers and a slider with two handles.
        more: the button that shows the span.
    """

    def __init__(self, commands: LayerCommands, theme: Theme) -> None:
        super().__init__()
        self.weight = SliderNumber(0, 10, 0.05, 2, reach=3)
        self.weight.name(
            self.tr("Weight"), self.tr("How strongly the selected layers count against the others; 1 is normal.")
        )
        self.span = SpanField(theme)
        self.span.name(
            self.tr("Guides from"),
            self.tr("Guides to"),
            self.tr(
                "In which part of the steps the selected layers guide. Early steps settle where things are, late ones "
                "how they look: end early to leave the model free, start late to touch up only."
            ),
        )
        self.more = QToolButton()
        self.more.setCheckable(True)
        self.more.setAccessibleName(self.tr("When it guides"))
        self.more.setToolTip(self.tr("When the selected layers guide: all the way, or only in a part of the steps"))
        theme.dress_icon(self.more, "timer")
        self._lay_out()
        self.more.toggled.connect(self._row.setVisible)
        self.weight.edited.connect(commands.set_weight)
        self.span.edited.connect(commands.set_span)
        self.show_layers(())

    def _lay_out(self) -> None:
        weight, self._row = QHBoxLayout(), QWidget()
        weight.setSpacing(8)
        weight.addWidget(caption(self.tr("Weight")))
        weight.addWidget(self.weight, 1)
        weight.addWidget(self.more)
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(caption(self.tr("Guides")))
        row.addWidget(self.span, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(weight)
        column.addWidget(self._row)
        self._row.hide()

    def show_layers(self, layers: Sequence[Layer]) -> None:
        """Show what the first of the selected layers says; nothing can be set where there is none."""
        self.setEnabled(bool(layers))
        if layers:
            self.weight.show_value(layers[0].weight)
            self.span.show_span(layers[0].start, layers[0].end)
        else:
            self.weight.show_nothing(1.0)
            self.span.show_nothing()
