"""Width and height side by side, and a button that swaps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from zestdesk.document.settings import MAX_CANVAS
from zestdesk.ui.fields import WholeNumber, caption

if TYPE_CHECKING:
    from zestdesk.ui.theme import Theme

__all__ = ["SizeFields"]


def _tr(text: str) -> str:
    return QCoreApplication.translate("SizeFields", text)


class SizeFields(QWidget):
    """A size in canvas pixels.

    Attributes:
        wide: the width.
        high: the height.
        swap: exchanges them.

    Signals:
        changed: another size is chosen.
    """

    changed = Signal()

    def __init__(self, size: tuple[int, int], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wide, self.high = WholeNumber(1, MAX_CANVAS), WholeNumber(1, MAX_CANVAS)
        self.swap = QToolButton()
        theme.dress_icon(self.swap, "arrow-left-right")
        self.swap.setToolTip(_tr("Swap width and height"))
        self.swap.setAccessibleName(_tr("Swap width and height"))
        self.swap.clicked.connect(lambda: self.show_size((self.high.value(), self.wide.value())))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for field, value, name in ((self.wide, size[0], _tr("Width")), (self.high, size[1], _tr("Height"))):
            field.setValue(value)
            field.setKeyboardTracking(True)
            field.setAccessibleName(name)
            field.setSuffix(_tr(" px"))
            field.setMinimumWidth(96)
            field.valueChanged.connect(self.changed)
            row.addWidget(caption(name))
            row.addWidget(field)
            if field is self.wide:
                row.addWidget(self.swap)
        row.addStretch(1)

    @property
    def size_now(self) -> tuple[int, int]:
        """(width, height)."""
        return self.wide.value(), self.high.value()

    def show_size(self, size: tuple[int, int]) -> None:
        """Take another size."""
        if size == self.size_now:
            return
        with QSignalBlocker(self.wide):
            self.wide.setValue(size[0])
        with QSignalBlocker(self.high):
            self.high.setValue(size[1])
        self.changed.emit()

    def select(self) -> None:
        """Let typing replace the width."""
        self.wide.setFocus()
        self.wide.selectAll()
