"""Preferences: each change counts at once, is remembered, and damaged memory does no harm."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from tests.document.test_undo import Weight
from tests.ui.desk import Desk, make_desk
from zestdesk.logs import state_folder
from zestdesk.ui.languages import LANGUAGES, install_language, wanted_language
from zestdesk.ui.preferences import AUTOSAVE_RANGE, UNDO_RANGE, Preferences
from zestdesk.ui.preferences_dialog import PreferencesDialog


@pytest.fixture
def dialog(desk: Desk) -> Iterator[PreferencesDialog]:
    desk.fill()
    dialog = desk.window.shell.show_preferences()
    yield dialog
    dialog.close()
    desk.window.shell.choose_theme("dark")


def test_it_shows_what_is(desk: Desk, dialog: PreferencesDialog) -> None:
    assert dialog.theme.currentData() == desk.window.theme.choice
    assert dialog.language.currentData() == "system"
    assert dialog.autosave.value() == 3
    assert dialog.undo.value() == 256
    assert dialog.device.currentData() == "auto"
    assert dialog.seed_lock.isChecked()


def test_colours_change_at_once_and_the_menu_follows(desk: Desk, dialog: PreferencesDialog) -> None:
    dialog.theme.picked.emit("light")
    assert desk.window.theme.choice == "light"
    assert desk.settings.value("view/theme") == "light"
    checked = desk.window.actions_table.themes.checkedAction()
    assert checked is not None
    assert checked.data() == "light"


def test_device_and_seed_are_those_of_the_panel(desk: Desk, dialog: PreferencesDialog) -> None:
    dialog.device.picked.emit("cpu")
    assert desk.worker.device == "cpu"
    assert desk.window.generate.device.currentData() == "cpu"
    assert desk.settings.value("generate/device") == "cpu"
    dialog.seed_lock.setChecked(False)
    assert not desk.window.generate.seed_locked


def test_autosave_and_undo_are_told_and_remembered(desk: Desk, dialog: PreferencesDialog, settings: QSettings) -> None:
    told = []
    desk.window.shell.preferences.autosave_changed.connect(told.append)
    dialog.autosave.setValue(20)
    dialog.undo.setValue(64)
    assert told == [20]
    assert desk.document.undo.budget == 64 * 2**20
    again = Preferences(settings)
    assert (again.autosave_after, again.undo_megabytes) == (20, 64)


def test_a_smaller_memory_drops_the_oldest_steps(desk: Desk, dialog: PreferencesDialog) -> None:
    done: list[str] = []
    for number in range(40):
        desk.document.undo.push(Weight(done, str(number), held=2**20))
    assert desk.document.undo.count() == 40
    dialog.undo.setValue(16)
    assert desk.document.undo.count() < 17
    assert desk.window.undo_panel.model.rowCount() == desk.document.undo.count() + 1


@pytest.mark.parametrize("damage", ["many", "-5", 10**9, 12.5, [], None])
def test_damaged_memory_is_brought_into_its_limits(settings: QSettings, damage: object) -> None:
    for key in ("work/autosave_after", "work/undo_megabytes", "view/language"):
        settings.setValue(key, damage)
    preferences = Preferences(settings)
    assert AUTOSAVE_RANGE[0] <= preferences.autosave_after <= AUTOSAVE_RANGE[1]
    assert UNDO_RANGE[0] <= preferences.undo_megabytes <= UNDO_RANGE[1]
    assert preferences.language == "system"


def test_the_folder_of_unsaved_work_can_be_opened(dialog: PreferencesDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    dialog.open_folder.click()
    assert opened == [QUrl.fromLocalFile(str(state_folder()))]


def test_language_is_the_chosen_one_or_the_systems(
    settings: QSettings, dialog: PreferencesDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    languages = ["de-AT", "en"]
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _self: languages)
    assert wanted_language(settings) == "de"
    languages[:] = ["fr-FR", "C"]
    assert wanted_language(settings) == "en"
    dialog.language.picked.emit("de")
    assert wanted_language(settings) == "de"
    dialog.language.picked.emit("en")
    languages[:] = ["de-DE"]
    assert wanted_language(settings) == "en"
    settings.setValue("view/language", "klingon")
    assert wanted_language(settings) == "de"


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_a_language_speaks_through_all_the_window(qapp: QApplication, settings: QSettings, code: str, theme) -> None:
    translators = install_language(qapp, code)
    try:
        desk = make_desk(settings, theme)
        window = desk.window
        assert window.actions_table.tool_brush.text().replace("&", "") == "Pinsel"
        assert window.menuBar().actions()[0].text().replace("&", "") == "Datei"
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
        dialog = window.shell.show_preferences()
        assert dialog.windowTitle() == "Einstellungen"
        dialog.close()
        window.deleteLater()
    finally:
        for translator in translators:
            qapp.removeTranslator(translator)
    assert install_language(qapp, "en") == ()
