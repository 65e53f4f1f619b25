"""What can be set of the tool in hand, on a slim card that floats over the canvas; the finer points behind a button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QWidget,
)

from zestdesk.document.brush import MAX_SIZE
from zestdesk.ui.brush_settings import MAX_STEADINESS
from zestdesk.ui.fields import SliderNumber, caption

if TYPE_CHECKING:
    from zestdesk.ui.brush_settings import BrushSettings
    from zestdesk.ui.theme import Theme

__all__ = ["HandOptions", "ToolOptions"]

_MARGIN: Final = 8  # between card and canvas
_HIGH: Final = 2  # between the card and the upper edge: it stays clear of a canvas that is fitted
_WIDE, _SLIM, _BARE, _TERSE = range(4)  # all sliders; the first only; none; no captions either


class ToolOptions(QFrame):
    """Values of brush, eraser and fill, in step with the canvas's own ways to change them.

    The card leaves out sliders, and then captions, where the canvas is too narrow for them; every field keeps its name
    in its tooltip.

    Attributes:
        size_field: diameter, of brush or eraser.
        hardness: of both.
        opacity: of both.
        tolerance: of the fill.
        fill_all: whether the fill is bounded by all layers.
        more: opens what else there is.
        hand: what :attr:`more` opens.
    """

    def __init__(self, brush: BrushSettings, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._brush = brush
        self._canvas: QAbstractScrollArea | None = None
        self.size_field = SliderNumber(1, MAX_SIZE, 1, 0, reach=200, suffix=self.tr(" px"))
        self.size_field.name(
            self.tr("Size"), self.tr("Diameter in canvas pixels: [ and ], or drag sideways with Shift on the canvas.")
        )
        self.hardness = _percent(self.tr("Hardness"), self.tr("100 % has a crisp edge: { and }."))
        self.opacity = _percent(self.tr("Opacity"), self.tr("The most that one stroke changes: keys 1 to 9, and 0."))
        self.tolerance = _percent(
            self.tr("Tolerance"), self.tr("How far a pixel may differ from the clicked one and still be filled.")
        )
        self.fill_all = QCheckBox(self.tr("All layers"))
        self.fill_all.setToolTip(
            self.tr("Fill up to the edges of all visible layers, not only to those of the layer's own paint.")
        )
        self.more = QToolButton()
        self.more.setToolTip(self.tr("Pen pressure and stabiliser"))
        self.more.setAccessibleName(self.tr("Pen pressure and stabiliser"))
        theme.dress_icon(self.more, "sliders-horizontal")
        self.hand = HandOptions(brush, self)
        self._strokes = _Row((self.size_field, self.hardness, self.opacity), self.more)
        self._fill = _Row((self.tolerance,), self.fill_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 8, 5)
        row.addWidget(self._strokes)
        row.addWidget(self._fill)
        self.size_field.edited.connect(lambda value: setattr(brush, "size", value))
        self.hardness.edited.connect(lambda value: setattr(brush, "hardness", value / 100))
        self.opacity.edited.connect(lambda value: setattr(brush, "opacity", value / 100))
        self.tolerance.edited.connect(lambda value: setattr(brush, "tolerance", value / 100))
        self.fill_all.toggled.connect(lambda on: setattr(brush, "fill_all", on))
        self.more.clicked.connect(self._open)
        brush.changed.connect(self._show)
        self._show()
        self.hide()

    def float_over(self, canvas: QAbstractScrollArea) -> None:
        """Stay over a canvas, whose parent becomes this card's."""
        self._canvas = canvas
        self.setParent(canvas.parentWidget())
        self.hide()
        canvas.installEventFilter(self)
        canvas.viewport().installEventFilter(self)  # which rulers push aside

    def show_tool(self, name: str) -> None:
        """Show what can be set of a tool, or nothing."""
        strokes = name in {"brush", "eraser"}
        self._strokes.setVisible(strokes)
        self._fill.setVisible(name == "fill")
        self.setVisible(strokes or name == "fill")
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the canvas."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        if self._canvas is None or self.isHidden():
            return
        viewport = self._canvas.viewport()
        room = viewport.width() - 2 * _MARGIN
        for density in (_WIDE, _SLIM, _BARE, _TERSE):
            for row in (self._strokes, self._fill):
                row.set_density(density)
            self.adjustSize()
            if self.width() <= room:
                break
        left = max((viewport.width() - self.width()) // 2, _MARGIN)
        self.move(self._canvas.pos() + viewport.pos() + QPoint(left, _HIGH))
        self.raise_()

    def _open(self) -> None:
        self.hand.open_under(self.more)

    def _show(self) -> None:
        brush = self._brush
        self.size_field.show_value(brush.size)
        self.hardness.show_value(100 * brush.hardness)
        self.opacity.show_value(100 * brush.opacity)
        self.tolerance.show_value(100 * brush.tolerance)
        self.fill_all.setChecked(brush.fill_all)


class HandOptions(QFrame):
    """How pen and hand are followed: a small window that closes when something else is clicked.

    Attributes:
        size_by_pressure: whether pressure scales the size.
        opacity_by_pressure: whether it scales the opacity.
        least: what the lightest touch has of both.
        steadiness: length of the stabiliser's string.
    """

    def __init__(self, brush: BrushSettings, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popover")
        self._brush = brush
        self.size_by_pressure = QCheckBox(self.tr("Size"))
        self.size_by_pressure.setToolTip(self.tr("Pressing harder paints broader."))
        self.opacity_by_pressure = QCheckBox(self.tr("Opacity"))
        self.opacity_by_pressure.setToolTip(self.tr("Pressing harder covers more."))
        self.least = _percent(self.tr("Lightest touch"), self.tr("What it has of the full size or opacity."))
        self.steadiness = SliderNumber(0, MAX_STEADINESS, 1, 0, suffix=self.tr(" px"))
        self.steadiness.name(
            self.tr("Stabiliser"),
            self.tr("The brush hangs on a string of this length behind the pointer: trembling is not drawn."),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 12, 14, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        pressure = QHBoxLayout()
        pressure.setSpacing(14)
        pressure.addWidget(self.size_by_pressure)
        pressure.addWidget(self.opacity_by_pressure)
        pressure.addStretch(1)
        grid.addWidget(caption(self.tr("Pen pressure")), 0, 0)
        grid.addLayout(pressure, 0, 1)
        for line, (title, field) in enumerate(
            ((self.tr("Lightest touch"), self.least), (self.tr("Stabiliser"), self.steadiness)), 1
        ):
            field.slider.setFixedWidth(110)
            grid.addWidget(caption(title), line, 0)
            grid.addWidget(field, line, 1)
        self.size_by_pressure.toggled.connect(lambda on: setattr(brush, "size_by_pressure", on))
        self.opacity_by_pressure.toggled.connect(lambda on: setattr(brush, "opacity_by_pressure", on))
        self.least.edited.connect(lambda value: setattr(brush, "least", value / 100))
        self.steadiness.edited.connect(lambda value: setattr(brush, "steadiness", value))
        brush.changed.connect(self._show)
        self._show()

    def open_under(self, button: QWidget) -> None:
        """Show it beneath a button, their right edges in line, within the screen."""
        self.adjustSize()
        place = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + 8))
        screen = button.screen().availableGeometry()
        place.setX(min(max(place.x(), screen.left()), screen.right() - self.width()))
        self.move(place)
        self.show()
        self.size_by_pressure.setFocus()

    def _show(self) -> None:
        brush = self._brush
        self.size_by_pressure.setChecked(brush.size_by_pressure)
        self.opacity_by_pressure.setChecked(brush.opacity_by_pressure)
        self.least.show_value(100 * brush.least)
        self.least.setEnabled(brush.size_by_pressure or brush.opacity_by_pressure)
        self.steadiness.show_value(brush.steadiness)


class _Row(QWidget):
    """Fields with captions, and something behind them."""

    def __init__(self, fields: tuple[SliderNumber, ...], last: QWidget) -> None:
        super().__init__()
        self._fields = fields
        self._captions: list[QLabel] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for field in fields:
            title = caption(field.accessibleName())
            field.slider.setFixedWidth(64)
            row.addWidget(title)
            row.addWidget(field)
            row.addSpacing(2)
            self._captions.append(title)
        row.addWidget(last)

    def set_density(self, density: int) -> None:
        """Leave out what there is no room for."""
        for number, (title, field) in enumerate(zip(self._captions, self._fields, strict=True)):
            title.setVisible(density < _TERSE)
            field.slider.setVisible(density == _WIDE or (density == _SLIM and not number))
        # From within: hints of what is hidden now would else be stale until the next turn of the loop.
        for widget in (*self._fields, self, self.parentWidget()):
            layout = widget.layout() if widget is not None else None
            if layout is not None:
                layout.activate()


def _percent(name: str, tip: str) -> SliderNumber:
    field = SliderNumber(0, 100, 1, 0, suffix=" %")
    field.name(name, tip)
    return field
