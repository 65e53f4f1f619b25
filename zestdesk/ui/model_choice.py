"""Where models come from besides the box: a folder, a single file, the hub."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMainWindow,
    QMessageBox,
    QProgressBar,
    QToolButton,
    QWidget,
)

from zestdesk.errors import UserError
from zestdesk.guidance.hub_files import is_hub_id
from zestdesk.session.downloads import Downloads
from zestdesk.ui.dialogs import show_error

if TYPE_CHECKING:
    from zestdesk.guidance.hub import HubModel
    from zestdesk.ui.document import Document
    from zestdesk.ui.file_commands import FileCommands
    from zestdesk.ui.generate_panel import GeneratePanel

__all__ = ["DownloadBar", "ModelChoice"]

_Button: Final = QMessageBox.StandardButton
_PATIENCE: Final = 200  # ms before it is shown that something goes on


class ModelChoice(QObject):
    """What the model menu's last entries do.

    A model of the hub is looked up first, its size is said, and nothing is fetched before that is agreed to. The window
    can be worked in meanwhile. Once the model is here, it is taken by the document that asked for it; where that is not
    open any more, or has another model by then, the model menu offers it.

    Attributes:
        downloads: fetches models.
        bar: in the status bar, how far that is.
    """

    def __init__(
        self,
        window: QMainWindow,
        document: Document,
        panel: GeneratePanel,
        files: FileCommands,
        downloads: Downloads | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._panel, self._files = window, panel, files
        self._opened = 0  # how often another document was opened
        self._asked: tuple[int, str] | None = None  # for which of them a model is looked for, and what it had then
        self.downloads = downloads or Downloads(parent=self)
        self.bar = DownloadBar(self.downloads)
        window.statusBar().insertPermanentWidget(1, self.bar)  # behind the hint, before all else
        panel.folder_wanted.connect(lambda: files.choose_folder(self.tr("Choose a model folder"), panel.use_model))
        panel.file_wanted.connect(self._ask_file)
        panel.hub_wanted.connect(self._ask_id)
        document.replaced.connect(self._another)
        self.downloads.here.connect(self._take)
        self.downloads.found.connect(self._found)
        self.downloads.fetched.connect(self._fetched)
        self.downloads.failed.connect(
            lambda error: show_error(window, self.tr("The model could not be fetched."), error)
        )

    def _ask_file(self) -> None:
        now = Path(self._panel.model_name)
        folder = now.parent if now.suffix.casefold() == ".safetensors" else Path.home()
        dialog = QFileDialog(
            self._window, self.tr("Choose a model file"), str(folder), self.tr("Models (*.safetensors)")
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._panel.use_model)
        dialog.open()

    def _ask_id(self) -> None:
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("A model from the Hugging Face hub"))
        dialog.setLabelText(
            self.tr("Its id, as its page is called: owner/name. Stable Diffusion 1.x, 2.x and XL work.")
        )
        dialog.setOkButtonText(self.tr("Look it up"))
        if is_hub_id(self._panel.model_name):
            dialog.setTextValue(self._panel.model_name)
        dialog.textValueSelected.connect(lambda text: self.choose(text.strip()))
        dialog.open()

    def choose(self, name: str) -> None:
        """Take a model of the hub, after it was fetched where that must be; where it is, is looked up elsewhere."""
        if not is_hub_id(name):
            sentence = self.tr("“{name}” is no id of the hub; write owner/name.").format(name=name[:100])
            show_error(self._window, self.tr("The model could not be fetched."), UserError(sentence))
        elif self.downloads.busy:
            self._say(self.tr("Another model is on its way: wait for it, or cancel it first."))
        else:
            self._asked = (self._opened, self._panel.model_name)
            self.downloads.look_up(name)

    def _found(self, model: HubModel) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("ZestDesk")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Fetch “{name}”?").format(name=model.name))
        box.setInformativeText(
            self.tr(
                "{size} will be fetched. Its authors' terms of use are on its page. You can go on working meanwhile, "
                "and cancel at any time: what is here by then is kept."
            ).format(size=size_text(model.missing))
        )
        box.setStandardButtons(_Button.Ok | _Button.Cancel)
        box.button(_Button.Ok).setText(self.tr("Fetch"))
        box.setDefaultButton(_Button.Ok)
        box.accepted.connect(lambda: self.downloads.fetch(model))
        box.open()

    def _another(self) -> None:
        self._opened += 1

    def _fetched(self, name: str) -> None:
        if self._take(name):
            self._say(self.tr("“{name}” is here.").format(name=name))

    def _take(self, name: str) -> bool:
        """Let the document that asked for a model have it, or else offer it; return whether it was taken."""
        asked, self._asked = self._asked, None
        if asked == (self._opened, self._panel.model_name):
            self._panel.use_model(name)
            return True
        self._panel.offer_model(name)
        self._say(self.tr("“{name}” is here: choose it in the model menu.").format(name=name))
        return False

    def _say(self, text: str) -> None:
        self._window.statusBar().showMessage(text, 8000)


class DownloadBar(QWidget):
    """How much of a model is here, and the way to end it; hidden while nothing is fetched."""

    def __init__(self, downloads: Downloads) -> None:
        super().__init__()
        self._downloads = downloads
        self.text, self.bar, self.cancel = QLabel(), QProgressBar(), QToolButton()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(110)
        self.bar.setAccessibleName(self.tr("Progress of the model's download"))
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("End the download; what is here is kept for the next time"))
        self.cancel.setStyleSheet("padding: 2px 8px;")
        self.cancel.clicked.connect(self._end)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(10)
        for part in (self.text, self.bar, self.cancel):
            row.addWidget(part)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_PATIENCE)
        self._late.timeout.connect(self.show)
        downloads.changed.connect(self._update)
        downloads.progressed.connect(self._progress)
        self._update()

    def _update(self) -> None:
        if self._downloads.busy:
            self._late.start()  # what is quick shall not flicker
        else:
            self._late.stop()
            self.hide()
        self.cancel.setEnabled(True)
        self.bar.setRange(0, 0)
        self.text.setMinimumWidth(0)
        self.text.setText(self.tr("Looking for the model…"))

    def _progress(self, done: int, total: int) -> None:
        if self._downloads.busy and self.cancel.isEnabled():
            self.bar.setRange(0, max(total, 1))
            self.bar.setValue(done)
            parts = size_text(1000 * done), size_text(1000 * total)
            self.text.setText(self.tr("Model: {done} of {total}").format(done=parts[0], total=parts[1]))
            # The hint beside it would otherwise take the room back with its own next text.
            self.text.setMinimumWidth(self.text.sizeHint().width())

    def _end(self) -> None:
        self._downloads.cancel()
        self.cancel.setEnabled(False)
        self.text.setText(self.tr("Cancelling…"))


def size_text(count: int) -> str:
    """Return a number of bytes as people say it: ``"4.27 GB"``, ``"12 MB"``."""
    return f"{count / 1e9:.2f} GB" if count >= 1e9 else f"{max(count / 1e6, 0.01):.3g} MB"
