"""Preferences: each change counts at once and is remembered, so there is nothing to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zestdesk.logs import state_folder
from zestdesk.ui.actions import Actions
from zestdesk.ui.fields import Choice, HintLabel, WholeNumber, caption
from zestdesk.ui.languages import LANGUAGES, SYSTEM
from zestdesk.ui.preferences import AUTOSAVE_RANGE, UNDO_RANGE

if TYPE_CHECKING:
    from zestdesk.ui.main_window import MainWindow
    from zestdesk.ui.preferences import Preferences

__all__ = ["PreferencesDialog"]


class PreferencesDialog(QDialog):
    """What is remembered for all documents.

    Attributes:
        theme: the window's colours.
        language: of the window, from the next start on.
        autosave: seconds from a change until unsaved work is kept.
        undo: megabytes that the undo history may hold.
        device: where pictures are made.
        seed_lock: whether every run takes the seed that is shown.
    """

    def __init__(self, window: MainWindow, preferences: Preferences) -> None:
        super().__init__(window)
        self._window, self._preferences = window, preferences
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Preferences"))
        self._make_fields()
        self._lay_out()
        self._show()
        self._connect()

    def _make_fields(self) -> None:
        self.theme, self.language, self.device = Choice(), Choice(), Choice()
        for choice in (self.theme, self.language, self.device):
            choice.setMinimumContentsLength(16)
        for action in self._window.actions_table.themes.actions():
            self.theme.addItem(Actions.title(action), action.data())
        self.language.addItem(self.tr("Like the system"), SYSTEM)
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        devices = self._window.generate.device
        for row in range(devices.count()):
            self.device.addItem(devices.itemText(row), devices.itemData(row))
        self.autosave = WholeNumber(*AUTOSAVE_RANGE)
        self.autosave.setSuffix(self.tr(" s"))
        self.autosave.setFixedWidth(96)
        self.undo = WholeNumber(*UNDO_RANGE)
        self.undo.setSingleStep(16)
        self.undo.setSuffix(self.tr(" MB"))
        self.undo.setFixedWidth(96)
        self.seed_lock = QCheckBox(self.tr("Every run takes the seed that is shown"))
        for field, name, tip in (
            (self.theme, self.tr("Colours"), self.tr("The window's colours.")),
            (self.language, self.tr("Language"), self.tr("The language of menus and panels, from the next start on.")),
            (
                self.autosave,
                self.tr("Seconds until unsaved work is kept"),
                self.tr("How long after a change unsaved work goes to the recovery file, which the next start offers."),
            ),
            (
                self.undo,
                self.tr("Megabytes for the undo history"),
                self.tr("How much memory the steps that can be undone may take; beyond it the oldest ones go."),
            ),
            (self.device, self.tr("Device"), devices.toolTip()),
            (self.seed_lock, self.seed_lock.text(), self.tr("Otherwise each run takes a new one.")),
        ):
            field.setAccessibleName(name)
            field.setToolTip(tip)
        self.folder = HintLabel()
        self.folder.show_text(str(state_folder()))
        self.open_folder = QPushButton(self.tr("Show folder"))
        self.open_folder.setToolTip(self.tr("Open the folder with the recovery files and the log."))
        self.open_folder.setAutoDefault(False)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, 120)
        grid.setColumnMinimumWidth(1, 300)
        grid.setColumnStretch(1, 1)
        self._heading(grid, self.tr("Appearance"))
        self._row(grid, self.tr("Colours"), self.theme)
        self._row(grid, self.tr("Language"), self.language, self.tr("From the next start on."))
        self._heading(grid, self.tr("Unsaved work"))
        self._row(grid, self.tr("Is kept after"), self.autosave, self.tr("from a change, without saving the project."))
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.folder, 1)
        place.addWidget(self.open_folder)
        self._row(grid, self.tr("Kept in"), place)
        self._heading(grid, self.tr("Undo history"))
        self._row(grid, self.tr("May take"), self.undo, self.tr("of memory; beyond it the oldest steps go."))
        self._heading(grid, self.tr("Pictures"))
        self._row(grid, self.tr("Are made on"), self.device)
        self._row(grid, self.tr("Seed"), self.seed_lock)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        note = caption(self.tr("Every change counts at once."))
        foot = QHBoxLayout()
        foot.addWidget(note, 1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(18)
        column.addLayout(grid)
        column.addStretch(1)
        column.addLayout(foot)

    @staticmethod
    def _heading(grid: QGridLayout, text: str) -> None:
        label = QLabel(text)
        label.setProperty("strong", True)
        if grid.rowCount() > 1:
            grid.setRowMinimumHeight(grid.rowCount(), 8)
        grid.addWidget(label, grid.rowCount() + 1, 0, 1, 2)

    @staticmethod
    def _row(grid: QGridLayout, title: str, field: QWidget | QLayout, note: str = "") -> None:
        row = grid.rowCount()
        label = caption(title)
        grid.addWidget(label, row, 0)
        if isinstance(field, QLayout):
            grid.addLayout(field, row, 1)
            return
        label.setBuddy(field)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(field)
        if note:
            line.addWidget(caption(note))
        line.addStretch(1)
        grid.addLayout(line, row, 1)

    def _show(self) -> None:
        self.theme.show_value(self._window.theme.choice)
        self.language.show_value(self._preferences.language)
        self.autosave.setValue(self._preferences.autosave_after)
        self.undo.setValue(self._preferences.undo_megabytes)
        self.device.show_value(self._window.generate.device.currentData())
        self.seed_lock.setChecked(self._window.generate.seed_locked)

    def _connect(self) -> None:
        generate = self._window.generate
        self.theme.picked.connect(self._choose_theme)
        self.language.picked.connect(self._choose_language)
        self.autosave.valueChanged.connect(self._choose_autosave)
        self.undo.valueChanged.connect(self._choose_undo)
        self.device.picked.connect(self._choose_device)
        self.seed_lock.toggled.connect(generate.set_seed_locked)
        self.open_folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(state_folder()))))

    def _choose_theme(self, choice: str) -> None:
        actions = self._window.actions_table.themes.actions()
        next(action for action in actions if action.data() == choice).trigger()

    def _choose_language(self, code: str) -> None:
        self._preferences.language = code

    def _choose_autosave(self, seconds: int) -> None:
        self._preferences.autosave_after = seconds

    def _choose_undo(self, size: int) -> None:
        self._preferences.undo_megabytes = size

    def _choose_device(self, device: str) -> None:
        self._window.generate.show_device(device)
        self._window.generate.device_chosen.emit(device)
