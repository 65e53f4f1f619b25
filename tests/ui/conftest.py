"""A window on a loop that is Qt's."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication

from tests.ui.desk import Desk, make_desk
from zestdesk.ui.theme import Theme


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme("dark")
    yield theme
    qapp.setStyleSheet("")


@pytest.fixture
def desk(loop: asyncio.AbstractEventLoop, settings: QSettings, theme: Theme) -> Iterator[Desk]:
    desk = make_desk(settings, theme)
    desk.window.show()
    yield desk
    desk.queue.cancel_all()
    desk.worker.let(100)
    loop.run_until_complete(desk.queue.close())
    desk.window.hide()
    desk.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
