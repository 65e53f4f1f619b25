"""Small questions about guides and grid; each opens and returns at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from zestdesk.document.guides import MAX_GUIDE_POSITION
from zestdesk.ui.canvas.aids import MAX_SPACING, MAX_SUBDIVISIONS
from zestdesk.ui.fields import Number, WholeNumber, caption

if TYPE_CHECKING:
    from collections.abc import Callable

    from zestdesk.document.guides import Guide
    from zestdesk.ui.canvas.aids import Aids

__all__ = ["ask_grid", "ask_guide_position"]


def _tr(text: str) -> str:
    return QCoreApplication.translate("AidDialogs", text)


def _dialog(parent: QWidget, title: str) -> tuple[QDialog, QVBoxLayout, QGridLayout]:
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(20, 18, 20, 16)
    column.setSpacing(14)
    form = QGridLayout()
    form.setHorizontalSpacing(14)
    form.setVerticalSpacing(10)
    column.addLayout(form)
    return dialog, column, form


def _add_buttons(dialog: QDialog, column: QVBoxLayout) -> None:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    column.addWidget(buttons)


def ask_guide_position(parent: QWidget, guide: Guide, chosen: Callable[[float], None]) -> QDialog:
    """Ask where a guide shall lie; ``chosen`` is called with it, in canvas pixels."""
    dialog, column, form = _dialog(parent, _tr("Move guide"))
    upright = guide.orientation == "vertical"
    name = _tr("Distance from the left edge") if upright else _tr("Distance from the upper edge")
    field = Number(-MAX_GUIDE_POSITION, MAX_GUIDE_POSITION, 1.0)
    field.setSuffix(_tr(" px"))
    field.setAccessibleName(name)
    field.setMinimumWidth(120)
    field.setValue(guide.position)
    form.addWidget(caption(name), 0, 0)
    form.addWidget(field, 0, 1)
    _add_buttons(dialog, column)
    dialog.accepted.connect(lambda: chosen(field.value()))
    field.selectAll()
    field.setFocus()
    dialog.open()
    return dialog


def ask_grid(parent: QWidget, aids: Aids) -> QDialog:
    """Ask for the grid's spacing and subdivisions; the canvas shows them while they are chosen."""
    dialog, column, form = _dialog(parent, _tr("Grid"))
    before = aids.now
    spacing, parts = WholeNumber(1, MAX_SPACING), WholeNumber(1, MAX_SUBDIVISIONS)
    spacing.setSuffix(_tr(" px"))
    for field, value, name in (
        (spacing, before.spacing, _tr("Lines every")),
        (parts, before.subdivisions, _tr("Divided into")),
    ):
        field.setValue(value)
        field.setKeyboardTracking(True)
        field.setAccessibleName(name)
        field.setMinimumWidth(100)
        row = form.rowCount()
        form.addWidget(caption(name), row, 0)
        form.addWidget(field, row, 1)
    result = QLabel()
    result.setProperty("muted", True)
    form.addWidget(result, form.rowCount(), 1)

    def show() -> None:
        aids.choose(spacing=spacing.value(), subdivisions=parts.value(), grid=True)
        result.setText(_tr("Snaps every {step} px").format(step=f"{aids.now.step:.4g}"))

    for box in (spacing, parts):
        box.valueChanged.connect(show)
    _add_buttons(dialog, column)
    dialog.rejected.connect(
        lambda: aids.choose(spacing=before.spacing, subdivisions=before.subdivisions, grid=before.grid)
    )
    show()
    spacing.selectAll()
    spacing.setFocus()
    dialog.open()
    return dialog
