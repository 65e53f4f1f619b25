"""The bar beneath the canvas: what is shown, of which layer, and at which step."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolButton, QWidget

from zestdesk.ui.fields import Choice

if TYPE_CHECKING:
    from zestdesk.document.layout import Layout
    from zestdesk.ui.actions import Actions
    from zestdesk.ui.stage import Stage
    from zestdesk.ui.theme import Theme

__all__ = ["SELECTED", "AttentionPanel", "LossCurve"]

SELECTED: Final = "selected"
"""Value of the choice that follows the selection; a layer's id stands for that layer, None for all."""


class LossCurve(QWidget):
    """The loss over the steps, as a small curve; guided steps have the accent.

    Signals:
        step_wanted: (int) the user clicked at a step, from 1.
    """

    step_wanted = Signal(int)

    def __init__(self, stage: Stage, theme: Theme) -> None:
        super().__init__()
        self._stage, self._theme = stage, theme
        self.setAccessibleName(self.tr("Loss"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        stage.changed.connect(self._update)
        theme.changed.connect(self.update)
        self._update()

    def sizeHint(self) -> QSize:
        """Return a small size."""
        return QSize(128, 30)

    def points(self) -> list[tuple[int, QPointF]]:
        """Return (step, position) of every loss that there is."""
        known = [(step, loss) for step, loss in enumerate(self._stage.losses, 1) if loss is not None and isfinite(loss)]
        if not known:
            return []
        low, high = min(loss for _, loss in known), max(loss for _, loss in known)
        span, last = high - low or 1.0, max(self._stage.total - 1, 1)
        wide, tall = self.width() - 8, self.height() - 12
        return [(step, QPointF(4 + wide * (step - 1) / last, 6 + tall * (high - loss) / span)) for step, loss in known]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the curve and where we are on it."""
        points, tokens = self.points(), self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = self.height() - 4.5
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(QPointF(4, base), QPointF(self.width() - 4, base))
        guided = [point for step, point in points if self._stage.guided[step - 1]]
        painter.setPen(QPen(QColor(tokens.muted), 1.5))
        painter.drawPolyline(QPolygonF([point for _, point in points]))
        painter.setPen(QPen(QColor(tokens.accent_text), 2))
        painter.drawPolyline(QPolygonF(guided))
        here = next((point for step, point in points if step == self._stage.step), None)
        if here is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.text))
            painter.drawEllipse(QRectF(here.x() - 3, here.y() - 3, 6, 6))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the step beneath the pointer."""
        share = (event.position().x() - 4) / max(self.width() - 8, 1)
        self.step_wanted.emit(1 + round(min(max(share, 0), 1) * max(self._stage.total - 1, 0)))

    def _update(self) -> None:
        self.setVisible(bool(self.points()))
        loss = self._stage.losses[self._stage.step - 1] if 0 < self._stage.step <= len(self._stage.losses) else None
        figure = "" if loss is None else self.tr(" (now {loss:.3f})").format(loss=loss)
        self.setToolTip(
            self.tr("Loss over the steps{figure}: lower means a better match; guided steps in colour.").format(
                figure=figure
            )
        )
        self.update()


class AttentionPanel(QFrame):
    """Switches, opacities, which layer's attention, and a scrubber over the steps of a finished run.

    Signals:
        layers_opacity: (float) 0 to 1.
        attention_opacity: (float) 0 to 1.
        shown_changed: whose attention is wanted (:attr:`shown`) is different.
        live_wanted: back to the run that is being made.
    """

    layers_opacity = Signal(float)
    attention_opacity = Signal(float)
    shown_changed = Signal()
    live_wanted = Signal()

    def __init__(self, layout: Layout, stage: Stage, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("bar")
        self._document, self._stage = layout, stage
        self.layers_slider = self._opacity(self.tr("Opacity of the layers"), 35)
        self.attention_slider = self._opacity(self.tr("Opacity of the attention"), 60)
        self.which = Choice()
        self.which.setAccessibleName(self.tr("Whose attention"))
        self.which.setToolTip(self.tr("Show the attention of all layers, or of one."))
        self.which.setMinimumContentsLength(11)
        self.step = QLabel()
        self.step.setProperty("muted", True)
        self.step.setMinimumWidth(
            self.fontMetrics().horizontalAdvance(self.tr("Step {step} of {total}").format(step=100, total=100))
        )
        self.scrubber = QSlider(Qt.Orientation.Horizontal)
        self.scrubber.setAccessibleName(self.tr("Step"))
        self.scrubber.setToolTip(self.tr("Look at the attention of an earlier step."))
        self.scrubber.setMinimumWidth(70)
        self.curve = LossCurve(stage, theme)
        self.live = QToolButton()
        self.live.setText(self.tr("Back to live"))
        self.live.setToolTip(self.tr("Watch the picture that is being made."))
        self.live.hide()
        self._lay_out(actions)
        self.layers_slider.valueChanged.connect(lambda value: self.layers_opacity.emit(value / 100))
        self.attention_slider.valueChanged.connect(lambda value: self.attention_opacity.emit(value / 100))
        self.which.picked.connect(lambda _: self.shown_changed.emit())
        self.scrubber.valueChanged.connect(self._scrubbed)
        self.curve.step_wanted.connect(stage.go_to)
        self.live.clicked.connect(self.live_wanted)
        layout.settled.connect(self._list_layers)
        stage.changed.connect(self._show_step)
        self._list_layers()
        self._show_step()

    @property
    def shown(self) -> str | None:
        """A layer's id, :data:`SELECTED`, or None for all."""
        value = self.which.currentData()
        return value if isinstance(value, str) else None

    def _opacity(self, name: str, value: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, 100)
        slider.setValue(value)
        slider.setFixedWidth(64)
        slider.setAccessibleName(name)
        slider.setToolTip(name)
        return slider

    def _lay_out(self, actions: Actions) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.setSpacing(6)
        for action, slider in (
            (actions.show_picture, None),
            (actions.show_layers, self.layers_slider),
            (actions.show_attention, self.attention_slider),
        ):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setIconSize(QSize(18, 18))
            row.addWidget(button)
            if slider:
                row.addWidget(slider)
                row.addSpacing(4)
                action.toggled.connect(slider.setEnabled)
        row.addWidget(self.which)
        row.addSpacing(10)
        row.addWidget(self.scrubber, 1)
        row.addWidget(self.step)
        row.addStretch(0)
        row.addWidget(self.live)
        row.addWidget(self.curve)

    def _list_layers(self) -> None:
        wanted = [(self.tr("All layers"), None), (self.tr("Selected layer"), SELECTED)]
        wanted += [(layer.label, layer.id) for layer in self._document.state.layers if layer.label]
        current = [(self.which.itemText(row), self.which.itemData(row)) for row in range(self.which.count())]
        if wanted == current:
            return
        before = self.shown
        self.which.clear()
        for text, value in wanted:
            self.which.addItem(text, value)
        self.which.show_value(before)
        if self.which.currentIndex() < 0:
            self.which.setCurrentIndex(0)
            self.shown_changed.emit()

    def _scrubbed(self, step: int) -> None:
        if step != self._stage.step:
            self._stage.go_to(step)

    def _show_step(self) -> None:
        stage = self._stage
        blocked = self.scrubber.blockSignals(True)
        self.scrubber.setRange(min(1, stage.total), stage.total)
        self.scrubber.setValue(stage.step)
        self.scrubber.blockSignals(blocked)
        for part in (self.scrubber, self.step):
            part.setVisible(stage.total > 0)
        self.scrubber.setEnabled(stage.run is not None and stage.total > 1)
        self.step.setText(
            self.tr("Step {step} of {total}").format(step=stage.step, total=stage.total) if stage.step else ""
        )
