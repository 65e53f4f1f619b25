"""A short list of phrases beside a field, within the window: it takes neither focus nor keys, as a popup would.

What is typed while a popup of its own comes and goes may reach nobody: the desktop hands it to a window that is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["PhraseList"]


class PhraseList(QListWidget):
    """Belongs to a field, and goes with it."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self.setObjectName("phrases")
        self.setAccessibleName(self.tr("Completions"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()
        field.destroyed.connect(self.deleteLater)  # by then it is the window's child

    def show_phrases(self, phrases: Sequence[str], row: int = -1) -> None:
        """Take other phrases; :meth:`place` shows them.

        Args:
            phrases: what to offer.
            row: which of them is chosen; -1 for none.
        """
        self.clear()
        self.addItems(list(phrases))
        self.setCurrentRow(row)

    def step(self, way: int) -> None:
        """Choose the next phrase, or with -1 the one before; past the ends, go on from the other one."""
        row, first = self.currentRow(), 0 if way > 0 else self.count() - 1
        self.setCurrentRow((row + way) % self.count() if row >= 0 else first)

    def place(self, beside: QWidget, rect: QRect) -> None:
        """Show the list beneath a part of a widget, or above it where there is no room."""
        window = beside.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        size = QSize(
            min(self.sizeHintForColumn(0) + 28, window.width() - 8),
            self.count() * self.sizeHintForRow(0) + 2 * self.frameWidth() + 2,
        )
        below = beside.mapTo(window, rect.bottomLeft() + QPoint(-8, 4))
        above = beside.mapTo(window, rect.topLeft() - QPoint(8, 4 + size.height()))
        at = below if below.y() + size.height() <= window.height() else above
        at.setX(max(4, min(at.x(), window.width() - size.width() - 4)))
        self.resize(size)
        self.move(at)
        self.show()
        self.raise_()
