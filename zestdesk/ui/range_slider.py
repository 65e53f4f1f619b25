"""A slider with two handles, and the numbers that go with it: which part of a whole is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from zestdesk.ui.fields import WholeNumber

if TYPE_CHECKING:
    from zestdesk.ui.theme import Theme

__all__ = ["RangeSlider", "SpanField"]

_RADIUS: Final = 7  # of a handle, as the style sheet draws those of other sliders
_GROOVE: Final = 4
_REACH: Final = 10  # pixels from a handle's middle within which it is taken
_HIGH: Final = 100


class RangeSlider(QWidget):
    """Two handles on a groove, from 0 to 100; for the mouse, beside fields that serve the keyboard.

    A handle is dragged, the bar between them moves both, and a press elsewhere brings the nearer handle there.

    Signals:
        moved: (int or None, int or None) start and end that the user drags; None for the one that stays.
    """

    moved = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._span = (0, _HIGH)
        self._held = ""  # "start", "end" or "both" while the mouse is down
        self._grip = 0  # where the bar was taken
        self._from = self._span  # as it was then
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(60)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    @property
    def span(self) -> tuple[int, int]:
        """Where the handles are."""
        return self._span

    def show_span(self, start: int, end: int) -> None:
        """Show a part without a signal."""
        if (start, end) != self._span:
            self._span = (start, end)
            self.update()

    def sizeHint(self) -> QSize:
        """Return a size as high as other sliders."""
        return QSize(120, 18)

    def place_of(self, value: int) -> QPointF:
        """Return where a handle's middle is, in the widget's pixels."""
        return QPointF(_RADIUS + value / _HIGH * (self.width() - 2 * _RADIUS), self.height() / 2)

    def value_at(self, x: float) -> int:
        """Return which value lies there, 0 to 100."""
        room = max(self.width() - 2 * _RADIUS, 1)
        return min(max(round((x - _RADIUS) / room * _HIGH), 0), _HIGH)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a handle, or the bar between them."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        start, end = (self.place_of(value).x() for value in self._span)
        self._from, self._grip = self._span, self.value_at(x)
        if min(abs(x - start), abs(x - end)) > _REACH and start < x < end:
            self._held = "both"
            return
        # Where both lie on each other, the side decides; at an edge, the one that can leave it.
        nearer_start = abs(x - start) < abs(x - end) or (start == end and (x < start or self._span[0] == _HIGH))
        self._held = "start" if nearer_start else "end"
        if abs(x - (start if nearer_start else end)) > _REACH:
            self._drag(self._grip)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what was taken."""
        if self._held:
            self._drag(self.value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = ""
            self.update()

    def _drag(self, value: int) -> None:
        start, end = self._span
        if self._held == "start":
            wanted = (min(value, end), end)
        elif self._held == "end":
            wanted = (start, max(value, start))
        else:
            way = min(max(value - self._grip, -self._from[0]), _HIGH - self._from[1])
            wanted = (self._from[0] + way, self._from[1] + way)
        if wanted != self._span:
            before, self._span = self._span, wanted
            self.update()
            both = self._held == "both"
            self.moved.emit(
                wanted[0] if both or wanted[0] != before[0] else None,
                wanted[1] if both or wanted[1] != before[1] else None,
            )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw groove, part and handles in the manner of the style sheet's sliders."""
        tokens, painter = self._theme.tokens, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        start, end = (self.place_of(value) for value in self._span)
        groove = QRectF(0, self.height() / 2 - _GROOVE / 2, self.width(), _GROOVE)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(groove, 2, 2)
        if self.isEnabled():
            painter.setBrush(QColor(tokens.accent))
            painter.drawRoundedRect(QRectF(start.x(), groove.top(), end.x() - start.x(), _GROOVE), 2, 2)
        for name, place in (("start", start), ("end", end)):
            held = self._held in {name, "both"}
            colour = tokens.disabled if not self.isEnabled() else tokens.accent_text if held else tokens.text
            painter.setBrush(QColor(colour))
            painter.drawEllipse(place, _RADIUS, _RADIUS)
        painter.end()


class SpanField(QWidget):
    """A part of the steps in per cent: a number, a slider with two handles, a number.

    Signals:
        edited: (float or None, float or None) start and end as fractions that the user set; None for the one that
            stays. Not emitted by :meth:`show_span`.
    """

    edited = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._quiet = False
        self.start, self.end = WholeNumber(0, _HIGH), WholeNumber(0, _HIGH)
        self.slider = RangeSlider(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for number in (self.start, self.end):
            number.setSuffix(self.tr(" %"))
            number.setFixedWidth(60)
        for part in (self.start, self.slider, self.end):
            row.addWidget(part, 1 if part is self.slider else 0)
        self.setFocusProxy(self.start)
        self.start.valueChanged.connect(lambda value: self._typed(value, None))
        self.end.valueChanged.connect(lambda value: self._typed(None, value))
        self.slider.moved.connect(self._typed)

    def show_span(self, start: float, end: float) -> None:
        """Show fractions without a signal, to a whole per cent."""
        shown = round(100 * start), round(100 * end)
        self._quiet = True
        self.start.setValue(shown[0])
        self.end.setValue(shown[1])
        self.slider.show_span(*shown)
        self._quiet = False

    def show_nothing(self) -> None:
        """Show empty numbers, where there is nothing whose part it could be."""
        self.show_span(0, 1)
        self.start.clear()
        self.end.clear()

    def name(self, start: str, end: str, tip: str) -> None:
        """Set the accessible names of the numbers and the tooltip of all parts."""
        for part, name in ((self.start, start), (self.end, end), (self.slider, f"{start}, {end}")):
            part.setAccessibleName(name)
            part.setToolTip(tip)

    def _typed(self, start: int | None, end: int | None) -> None:
        if not self._quiet:
            self.edited.emit(*(None if value is None else value / 100 for value in (start, end)))
