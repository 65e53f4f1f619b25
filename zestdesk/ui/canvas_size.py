"""Asks for another size of the canvas, and what becomes of what is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from zestdesk.document.commands import ResizeCanvas
from zestdesk.document.resizing import fitting
from zestdesk.ui.fields import caption
from zestdesk.ui.size_fields import SizeFields

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from zestdesk.document.layout import Layout
    from zestdesk.document.resizing import Anchor
    from zestdesk.ui.theme import Theme

__all__ = ["CanvasSizeDialog", "ask_canvas_size"]

_CELL: Final = 30
_PREVIEW: Final = 132


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasSize", text)


def ask_canvas_size(parent: QWidget, layout: Layout, undo: QUndoStack, theme: Theme) -> CanvasSizeDialog:
    """Ask for another size and resize the canvas, as one step; returns at once."""
    dialog = CanvasSizeDialog(parent, layout.state.canvas, theme)
    dialog.accepted.connect(
        lambda: undo.push(ResizeCanvas(layout, dialog.canvas, dialog.anchor, scale=dialog.scale.isChecked()))
    )
    dialog.open()
    return dialog


class CanvasSizeDialog(QDialog):
    """Size, anchor, and whether the contents are scaled; a small picture shows what comes of it.

    Attributes:
        size_fields: width and height.
        anchors: the nine buttons, by the point that they stand for.
        scale: whether the contents are scaled.
    """

    def __init__(self, parent: QWidget, canvas: tuple[int, int], theme: Theme) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_tr("Canvas size"))
        self._before = canvas
        self.size_fields = SizeFields(canvas, theme)
        self.anchors = {anchor: _AnchorButton(name) for anchor, name in _names().items()}
        self._chosen = QButtonGroup(self)
        for button in self.anchors.values():
            self._chosen.addButton(button)
        self.anchors[0.5, 0.5].setChecked(True)
        self.scale = QCheckBox(_tr("&Scale the contents too"))
        self.scale.setToolTip(_tr("Make layers and guides larger or smaller with the canvas, in their proportions."))
        self.preview = _Preview(self)
        self._lay_out()
        self.size_fields.changed.connect(self.preview.update)
        self._chosen.buttonToggled.connect(self.preview.update)
        self.scale.toggled.connect(self.preview.update)
        self.size_fields.select()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addWidget(self.size_fields)
        grid = QGridLayout()
        grid.setSpacing(2)
        for (across, down), button in self.anchors.items():
            grid.addWidget(button, round(2 * down), round(2 * across))
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(caption(_tr("The contents stay")))
        left.addLayout(grid)
        left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addLayout(left)
        row.addStretch(1)
        row.addWidget(self.preview)
        column.addLayout(row)
        column.addWidget(self.scale)
        hint = QLabel(_tr("Shapes keep what lies outside of the canvas; painted layers are cut off there."))
        hint.setProperty("muted", True)
        hint.setWordWrap(True)
        column.addWidget(hint)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    @property
    def canvas(self) -> tuple[int, int]:
        """The size that is chosen."""
        return self.size_fields.size_now

    @property
    def anchor(self) -> Anchor:
        """Where the contents stay."""
        return next(anchor for anchor, button in self.anchors.items() if button.isChecked())

    @property
    def old_place(self) -> QRectF:
        """Where the old canvas lies on the new one, in pixels of the new one."""
        fit = fitting(self._before, self.canvas, self.anchor, scale=self.scale.isChecked())
        return QRectF(fit.left, fit.top, self._before[0] * fit.scale, self._before[1] * fit.scale)


def _names() -> dict[Anchor, str]:
    """Return the nine places with what they are called, row by row."""
    return {
        (0, 0): _tr("Upper left"),
        (0.5, 0): _tr("Top"),
        (1, 0): _tr("Upper right"),
        (0, 0.5): _tr("Left"),
        (0.5, 0.5): _tr("Middle"),
        (1, 0.5): _tr("Right"),
        (0, 1): _tr("Lower left"),
        (0.5, 1): _tr("Bottom"),
        (1, 1): _tr("Lower right"),
    }


class _AnchorButton(QToolButton):
    """One of the nine places; arrow keys go from one to the next."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedSize(_CELL, _CELL)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a dot, or a filled square for the one that is chosen."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = QPointF(self.width() / 2, self.height() / 2)
        if self.isChecked():
            painter.setBrush(self.palette().color(QPalette.ColorRole.Accent))
            painter.drawRoundedRect(QRectF(middle.x() - 6, middle.y() - 6, 12, 12), 2, 2)
        else:
            painter.setBrush(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawEllipse(middle, 2, 2)


class _Preview(QWidget):
    """The new canvas, with the old one dashed over it."""

    def __init__(self, dialog: CanvasSizeDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self.setFixedSize(QSize(_PREVIEW, _PREVIEW))
        self.setAccessibleName(_tr("Preview"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both as large as there is room for."""
        new, old = QRectF(0, 0, *self._dialog.canvas), self._dialog.old_place
        both = new.united(old)
        scale = (_PREVIEW - 4) / max(both.width(), both.height())
        painter = QPainter(self)
        painter.translate(_PREVIEW / 2, _PREVIEW / 2)
        painter.scale(scale, scale)
        painter.translate(-both.center())
        palette = self.palette()
        painter.fillRect(new, palette.color(QPalette.ColorRole.Base))
        painter.setPen(_line(palette.color(QPalette.ColorRole.Text), Qt.PenStyle.SolidLine))
        painter.drawRect(new)
        tint = QColor(palette.color(QPalette.ColorRole.Accent))
        painter.setPen(_line(tint, Qt.PenStyle.DashLine))
        tint.setAlphaF(0.25)
        painter.fillRect(old, tint)
        painter.drawRect(old)


def _line(colour: QColor, style: Qt.PenStyle) -> QPen:
    pen = QPen(colour, 1.0, style)
    pen.setCosmetic(True)
    return pen
