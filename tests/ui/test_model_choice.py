"""A model from a folder, a file, or the hub: asked for first, fetched beside the work, and taken once it is here."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import huggingface_hub
import pytest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox

from tests.hub_server import HubServer, serving
from tests.tiny_model import build_tiny_model
from tests.ui.desk import Desk, until
from zestdesk.document.layout import LayoutState
from zestdesk.guidance import hub as hub_module
from zestdesk.guidance.hub import Hub
from zestdesk.ui.model_choice import size_text

NAME = "owner/tiny"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_model(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture
def server(folder: Path, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(hub_module, "_CHUNK", 5000)
    with serving(folder) as server:
        desk.window.models.downloads._make_hub = lambda: Hub(server.endpoint, pause=0)
        yield server
        desk.window.models.downloads.close()
    huggingface_hub.close_session()


def run(loop: asyncio.AbstractEventLoop, probe: object) -> None:
    loop.run_until_complete(until(probe))  # type: ignore[arg-type]


def test_a_model_of_the_hub_is_fetched_after_consent(
    desk: Desk, server: HubServer, loop: asyncio.AbstractEventLoop
) -> None:
    desk.fill()
    models = desk.window.models
    desk.window.generate.model.picked.emit("hub")
    dialog = desk.window.findChild(QInputDialog)
    assert dialog is not None
    dialog.setTextValue(f" {NAME} ")
    dialog.accept()
    assert models.downloads.busy
    assert not models.bar.isVisible()  # it comes only where it takes a while
    run(loop, desk.message)
    box = desk.message()
    assert box is not None
    assert NAME in box.text()
    assert "MB will be fetched" in box.informativeText()
    assert not server.fetched()
    assert not models.bar.isVisible()
    seen: list[str] = []
    models.downloads.progressed.connect(lambda *_: seen.append(models.bar.text.text()))
    box.button(QMessageBox.StandardButton.Ok).click()
    models.bar._late.timeout.emit()
    assert models.bar.isVisible()
    run(loop, lambda: desk.state.settings.model == NAME)
    assert not models.bar.isVisible()
    assert any("of" in text and "MB" in text for text in seen)
    assert "is here" in desk.window.statusBar().currentMessage()
    # It is one undo step, and the next time it is taken at once.
    desk.document.undo.undo()
    assert desk.state.settings.model == "diorama"
    models.choose(NAME)
    assert desk.state.settings.model == "diorama"  # the disk is looked at beside the window
    run(loop, lambda: desk.state.settings.model == NAME)
    assert desk.message() is None
    assert not models.bar.isVisible()


def test_nothing_is_fetched_without_consent(desk: Desk, server: HubServer, loop: asyncio.AbstractEventLoop) -> None:
    desk.fill()
    desk.window.models.choose(NAME)
    run(loop, desk.message)
    box = desk.message()
    assert box is not None
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert not desk.window.models.downloads.busy
    assert not server.fetched()
    assert desk.state.settings.model == "diorama"


def test_a_download_is_cancelled_and_gone_on_with(
    desk: Desk, server: HubServer, loop: asyncio.AbstractEventLoop
) -> None:
    desk.fill()
    models = desk.window.models
    models.choose(NAME)
    run(loop, desk.message)
    box = desk.message()
    assert box is not None
    models.downloads.progressed.connect(lambda *_: models.bar.cancel.click())
    box.button(QMessageBox.StandardButton.Ok).click()
    run(loop, lambda: not models.downloads.busy)
    assert desk.state.settings.model == "diorama"
    assert not models.bar.isVisible()
    assert desk.message() is None or desk.message() is box


def offered(desk: Desk) -> list[str]:
    box = desk.window.generate.model
    return [str(box.itemData(row)) for row in range(box.count())]


@pytest.mark.parametrize("disturbance", ["another document", "another model"])
def test_only_the_document_that_asked_gets_the_model(
    desk: Desk, server: HubServer, loop: asyncio.AbstractEventLoop, disturbance: str
) -> None:
    desk.fill()
    models = desk.window.models
    models.choose(NAME)
    run(loop, desk.message)
    box = desk.message()
    assert box is not None
    box.button(QMessageBox.StandardButton.Ok).click()
    if disturbance == "another document":
        desk.fill(LayoutState())
    else:
        desk.window.generate.use_model("/some/folder")
    before, steps = desk.state, desk.document.undo.count()
    run(loop, lambda: not models.downloads.busy)
    assert desk.state == before
    assert desk.document.undo.count() == steps
    assert "choose it in the model menu" in desk.window.statusBar().currentMessage()
    assert NAME in offered(desk)
    desk.window.generate.model.picked.emit(NAME)
    assert desk.state.settings.model == NAME
    assert offered(desk).count(NAME) == 1


def test_other_edits_are_no_hindrance(desk: Desk, server: HubServer, loop: asyncio.AbstractEventLoop) -> None:
    state = desk.fill()
    desk.window.models.choose(NAME)
    run(loop, desk.message)
    box = desk.message()
    assert box is not None
    box.button(QMessageBox.StandardButton.Ok).click()
    desk.window.selection.set([state.layers[0].id])
    desk.window.actions_table.delete.trigger()
    run(loop, lambda: desk.state.settings.model == NAME)


def test_one_model_at_a_time(desk: Desk, server: HubServer, loop: asyncio.AbstractEventLoop) -> None:
    desk.fill()
    models = desk.window.models
    models.choose(NAME)
    assert models.downloads.busy
    models.choose("owner/other")
    assert "Another model" in desk.window.statusBar().currentMessage()
    run(loop, desk.message)
    box = desk.message()
    assert box is not None
    assert NAME in box.text()
    box.close()


def test_what_the_hub_says_no_to_is_said(desk: Desk, server: HubServer, loop: asyncio.AbstractEventLoop) -> None:
    desk.fill()
    desk.window.models.choose("owner/other")
    run(loop, desk.message)
    box = desk.message()
    assert box is not None
    assert "no model “owner/other”" in box.informativeText()
    box.close()


def test_what_is_no_id_is_said_at_once(desk: Desk) -> None:
    desk.fill()
    desk.window.models.choose("no id")
    box = desk.message()
    assert box is not None
    assert "owner/name" in box.informativeText()
    box.close()


def test_a_single_file_is_chosen(desk: Desk, tmp_path: Path) -> None:
    desk.fill()
    path = tmp_path / "model.safetensors"
    path.touch()
    desk.window.generate.model.picked.emit("file")
    dialog = desk.window.findChild(QFileDialog)
    assert dialog is not None
    assert desk.state.settings.model == "diorama"
    dialog.fileSelected.emit(str(path))
    dialog.close()
    assert desk.state.settings.model == str(path)
    assert desk.window.generate.model.currentText() == "model.safetensors"


@pytest.mark.parametrize(
    ("count", "text"), [(4_270_000_000, "4.27 GB"), (12_345_678, "12.3 MB"), (300_000, "0.3 MB"), (1, "0.01 MB")]
)
def test_sizes_as_people_say_them(count: int, text: str) -> None:
    assert size_text(count) == text
