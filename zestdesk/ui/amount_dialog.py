"""A small dialog that asks how much, and shows what comes of it while it is asked."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from zestdesk.ui.fields import SliderNumber, caption

__all__ = ["AmountDialog"]

_BREATH: Final = 30  # milliseconds: a slider that is being dragged is followed, but not pixel by pixel


class AmountDialog(QDialog):
    """Asks for a number of pixels.

    Attributes:
        amount: slider and number.

    Signals:
        tried: (int) an amount to be shown, not yet decided; the first one comes with the dialog.
        chosen: (int) the amount that was decided for.
    """

    tried = Signal(int)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None, title: str, name: str, most: int, start: int) -> None:
        """Make one; :meth:`open` it.

        Args:
            parent: the window that it belongs to.
            title: of the dialog.
            name: of the amount.
            most: the largest amount.
            start: the amount at first.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.amount = SliderNumber(1, most, 1, 0, reach=min(most, 64), suffix=self.tr(" px"))
        self.amount.name(name, self.tr("In canvas pixels."))
        self.amount.slider.setMinimumWidth(180)
        self.amount.show_value(start)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(title)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(caption(name))
        row.addWidget(self.amount, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(14)
        column.addLayout(row)
        column.addWidget(buttons)
        self._later = QTimer(self, singleShot=True, interval=_BREATH)
        self._later.timeout.connect(self._try)
        self.amount.edited.connect(lambda _: self._later.start())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.chosen.emit(round(self.amount.value)))
        self.finished.connect(self._later.stop)
        QTimer.singleShot(0, self, self._try)
        self.amount.number.setFocus()
        self.amount.number.selectAll()

    def _try(self) -> None:
        if self.isVisible():
            self.tried.emit(round(self.amount.value))
