"""The window's language: the system's or the chosen one, with Qt's own texts in it too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from zestdesk.resources import resource

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

__all__ = ["LANGUAGE", "LANGUAGES", "SYSTEM", "install_language", "wanted_language"]

LANGUAGE: Final = "view/language"
"""Key of the choice in the settings."""

SYSTEM: Final = "system"
"""The choice to follow the system."""

SOURCE: Final = "en"
"""The language that the texts are written in."""

LANGUAGES: Final = {SOURCE: "English", "de": "Deutsch"}
"""What there is, by code, each in its own words."""


def wanted_language(settings: QSettings) -> str:
    """Return the code of the language to use: the chosen one, else the first of the system's that we have."""
    chosen = str(settings.value(LANGUAGE, SYSTEM))
    if chosen in LANGUAGES:
        return chosen
    for name in QLocale.system().uiLanguages():
        code = name.replace("_", "-").split("-")[0]
        if code in LANGUAGES:
            return code
    return SOURCE


def install_language(application: QCoreApplication, code: str) -> tuple[QTranslator, ...]:
    """Let everything that is built from now on speak a language; our English needs no file.

    Args:
        application: gets the translators, and keeps them.
        code: of :data:`LANGUAGES`.

    Returns:
        The translators, to be removed by whoever wants to go back.
    """
    if code == SOURCE:
        return ()
    places = (
        (f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (f"zestdesk_{code}", str(resource("translations"))),
    )
    installed = []
    for name, folder in places:
        translator = QTranslator(application)
        # Where Qt came without its own texts, only the standard buttons stay English.
        if translator.load(name, folder):
            application.installTranslator(translator)
            installed.append(translator)
    return tuple(installed)
