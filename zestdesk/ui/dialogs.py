"""Dialogs that never block: each opens and is awaited, so that the loop, the canvas and a running job go on."""

import asyncio
import traceback
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QDir, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from zestdesk.errors import UserError
from zestdesk.ui.error_words import error_text

__all__ = ["ask_folder", "ask_open", "ask_save", "ask_unsaved", "outcome", "show_error"]

_Button: Final = QMessageBox.StandardButton


def show_error(parent: QWidget | None, title: str, error: BaseException) -> QMessageBox:
    """Say what went wrong and return at once; the sentence is the error's own where it is meant for people."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("ZestDesk")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(title)
    if isinstance(error, UserError):
        box.setInformativeText(error_text(error))
    else:
        box.setInformativeText(
            QCoreApplication.translate(
                "dialogs", "This is a fault in ZestDesk, not in your work, which is unchanged. Details are below."
            )
        )
        box.setDetailedText("".join(traceback.format_exception(error)))
    box.setStandardButtons(_Button.Ok)
    box.open()
    return box


async def outcome(dialog: QDialog) -> int:
    """Open a dialog and wait, without a loop of its own, until it is answered; it deletes itself afterwards."""
    future: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def answered(code: int) -> None:
        if not future.done():
            future.set_result(code)

    dialog.finished.connect(answered)
    dialog.open()
    try:
        return await future
    finally:
        dialog.deleteLater()


async def ask_unsaved(parent: QWidget, name: str) -> QMessageBox.StandardButton:
    """Ask what shall become of unsaved changes: Save, Discard, or Cancel."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("ZestDesk")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(QCoreApplication.translate("dialogs", "Save the changes to “{name}”?").format(name=name))
    box.setInformativeText(QCoreApplication.translate("dialogs", "Layout and runs are lost if you don't save them."))
    box.setStandardButtons(_Button.Save | _Button.Discard | _Button.Cancel)
    box.setDefaultButton(_Button.Save)
    code = await outcome(box)
    return _Button(code) if code in {_Button.Save.value, _Button.Discard.value} else _Button.Cancel


async def _ask_path(dialog: QFileDialog) -> Path | None:
    code = await outcome(dialog)
    chosen = dialog.selectedFiles()
    return Path(chosen[0]) if code == QDialog.DialogCode.Accepted.value and chosen else None


async def ask_open(parent: QWidget, title: str, filters: str, folder: Path | None) -> Path | None:
    """Ask for a file that exists; None when the question was cancelled."""
    dialog = QFileDialog(parent, title, str(folder or QDir.homePath()), filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return await _ask_path(dialog)


async def ask_folder(parent: QWidget, title: str, folder: Path | None = None) -> Path | None:
    """Ask for a folder that exists; None when the question was cancelled."""
    dialog = QFileDialog(parent, title, str(folder or QDir.homePath()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return await _ask_path(dialog)


async def ask_save(parent: QWidget, title: str, filters: str, proposal: Path, suffix: str) -> Path | None:
    """Ask where to save, warning before another file is overwritten; None when the question was cancelled."""
    dialog = QFileDialog(parent, title, str(proposal.parent), filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix.lstrip("."))
    dialog.selectFile(proposal.name)
    return await _ask_path(dialog)
