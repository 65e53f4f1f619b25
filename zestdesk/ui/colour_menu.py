"""The colours that a layer may have: the palette in a grid, and a way to any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QColorDialog, QGridLayout, QMenu, QWidget, QWidgetAction

from zestdesk.document.layers import PALETTE

if TYPE_CHECKING:
    from zestdesk.ui.theme import Theme

__all__ = ["ColourMenu", "colour_name"]

_COLUMNS: Final = 6
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_COLUMNS, Qt.Key.Key_Down: _COLUMNS}


def colour_name(colour: str) -> str:
    """Return what a colour of the palette is called, and ``#rrggbb`` for any other."""
    names = (
        _tr("Orange"), _tr("Blue"), _tr("Green"), _tr("Red"), _tr("Violet"), _tr("Teal"),
        _tr("Pink"), _tr("Olive"), _tr("Periwinkle"), _tr("Brown"), _tr("Sky blue"), _tr("Lime"),
    )  # fmt: skip
    return dict(zip(PALETTE, names, strict=True)).get(colour.lower(), colour)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Colours", text)


class ColourMenu(QMenu):
    """A popover with the palette; it deletes itself when it closes.

    Attributes:
        swatches: a button for each colour of the palette.

    Signals:
        picked: (str) ``#rrggbb`` that was chosen.
    """

    picked = Signal(str)

    def __init__(self, colour: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("Colour"))
        self._colour = colour
        self._grid = QWidget(self)
        cells = QGridLayout(self._grid)
        cells.setContentsMargins(6, 6, 6, 6)
        cells.setSpacing(2)
        self.swatches: list[QAbstractButton] = []
        for number, each in enumerate(PALETTE):
            swatch = _Swatch(each, theme, self._grid)
            swatch.setChecked(each == colour.lower())
            swatch.clicked.connect(lambda _=False, each=each: self._pick(each))
            swatch.left.connect(lambda step, number=number: self._walk(number + step))
            cells.addWidget(swatch, number // _COLUMNS, number % _COLUMNS)
            self.swatches.append(swatch)
        swatches = QWidgetAction(self)
        swatches.setDefaultWidget(self._grid)
        self.addAction(swatches)
        self.addSeparator()
        self.addAction(self.tr("Another colour…")).triggered.connect(self._ask)

    def focus_palette(self) -> None:
        """Give the keyboard to the swatch of the present colour, or to the first."""
        self._walk(next((at for at, swatch in enumerate(self.swatches) if swatch.isChecked()), 0))

    def _walk(self, number: int) -> None:
        if 0 <= number < len(self.swatches):
            self.swatches[number].setFocus(Qt.FocusReason.TabFocusReason)

    def _pick(self, colour: str) -> None:
        self.picked.emit(colour)
        self.close()

    def _ask(self) -> None:
        """Ask by the system's dialog; what it chooses still goes out by this menu's signal."""
        dialog = QColorDialog(QColor(self._colour), self.parentWidget())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.colorSelected.connect(lambda colour: self.picked.emit(colour.name()))
        dialog.finished.connect(self.deleteLater)
        dialog.open()


class _Swatch(QAbstractButton):
    """One round colour, ringed when it is the present one.

    Signals:
        left: (int) an arrow key leads so many swatches on.
    """

    left = Signal(int)

    def __init__(self, colour: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour, self._theme = colour, theme
        self.setCheckable(True)
        self.setToolTip(colour_name(colour))
        self.setAccessibleName(colour_name(colour))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Return the size of a swatch with room for its ring."""
        return QSize(28, 28)

    def nextCheckState(self) -> None:
        """Stay as it is: what is ringed is the layer's colour, not what was pressed last."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return takes the colour, like Space; arrows go to the neighbours."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif step := _STEPS.get(Qt.Key(event.key())):
            self.left.emit(step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the colour and its ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colour))
        painter.drawEllipse(QRectF(self.rect()).adjusted(5, 5, -5, -5))
        ring = tokens.accent_text if self.hasFocus() else tokens.text if self.isChecked() else tokens.outline
        if self.hasFocus() or self.isChecked() or self.underMouse():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(ring), 2))
            painter.drawEllipse(QRectF(self.rect()).adjusted(2, 2, -2, -2))
