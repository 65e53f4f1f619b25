"""The dialogs of the Help menu, and the one that asks for the canvas's size."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from zestdesk.document.settings import MAX_CANVAS
from zestdesk.resources import resource
from zestdesk.ui.fields import WholeNumber, caption

if TYPE_CHECKING:
    from collections.abc import Callable

    from zestdesk.ui.theme import Theme

__all__ = ["ask_canvas_size", "show_about"]


def _tr(text: str) -> str:
    return QCoreApplication.translate("About", text)


def _dialog(parent: QWidget, title: str) -> tuple[QDialog, QVBoxLayout]:
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(20, 18, 20, 16)
    column.setSpacing(14)
    return dialog, column


def _close_button(dialog: QDialog) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    return buttons


def show_about(parent: QWidget, theme: Theme) -> QDialog:
    """Say what this is, and whose work is in it."""
    dialog, column = _dialog(parent, _tr("About ZestDesk"))
    try:
        number = version("zestdesk")
    except PackageNotFoundError:
        number = _tr("from a checkout")
    icon = QLabel()
    ratio = parent.devicePixelRatioF()
    picture = QPixmap(str(resource("icons", "zestdesk.svg"))).scaled(
        QSize(72, 72) * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    picture.setDevicePixelRatio(ratio)
    icon.setPixmap(picture)
    text = QLabel(
        f"<h3>ZestDesk {number}</h3><p>"
        + _tr("Draw where things go, and see whether the model listened.")
        + "</p><p>"
        + _tr("The method is ZestGuide (Couairon et al., ICCV 2023, arXiv:2306.13754).")
        + f"</p><p style='color:{theme.tokens.muted}'>"
        + _tr("Licence: Apache 2.0. Icons: Lucide (ISC). Window: Qt for Python (LGPL).")
        + "</p>"
    )
    text.setTextFormat(Qt.TextFormat.RichText)
    text.setWordWrap(True)
    text.setMinimumWidth(340)
    row = QHBoxLayout()
    row.setSpacing(18)
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(text, 1)
    column.addLayout(row)
    column.addWidget(_close_button(dialog))
    dialog.open()
    return dialog


def ask_canvas_size(parent: QWidget, canvas: tuple[int, int], chosen: Callable[[tuple[int, int]], None]) -> QDialog:
    """Ask for another size of the canvas; ``chosen`` is called with it."""
    dialog, column = _dialog(parent, _tr("Canvas size"))
    hint = caption(
        _tr("Layers keep their place. The picture is made in this shape, at a size that the model can make.")
    )
    hint.setWordWrap(True)
    hint.setMinimumWidth(300)
    wide, high = WholeNumber(1, MAX_CANVAS), WholeNumber(1, MAX_CANVAS)
    row = QHBoxLayout()
    for field, value, name in ((wide, canvas[0], _tr("Width")), (high, canvas[1], _tr("Height"))):
        field.setValue(value)
        field.setAccessibleName(name)
        field.setSuffix(_tr(" px"))
        field.setMinimumWidth(90)
        row.addWidget(caption(name))
        row.addWidget(field)
    row.addStretch(1)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    dialog.accepted.connect(lambda: chosen((wide.value(), high.value())))
    column.addWidget(hint)
    column.addLayout(row)
    column.addWidget(buttons)
    wide.selectAll()
    dialog.open()
    return dialog
