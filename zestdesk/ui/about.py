"""The dialogs of the Help menu."""

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

from zestdesk.resources import resource

if TYPE_CHECKING:
    from zestdesk.ui.theme import Theme

__all__ = ["show_about"]


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
