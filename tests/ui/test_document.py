"""The document: what counts as modified, and files that are read and written while the window goes on."""

import asyncio
import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk, made, until
from zestdesk.document.commands import SetPrompt
from zestdesk.document.layers import ShapeLayer
from zestdesk.errors import UserError
from zestdesk.files.png import read_picture_settings
from zestdesk.files.project import Project, open_project, save_project
from zestdesk.ui.file_commands import opens
from zestdesk.ui.new_document import NewDocumentDialog

Loop = asyncio.AbstractEventLoop
Button = QMessageBox.StandardButton


def edit(desk: Desk, prompt: str) -> None:
    desk.document.undo.push(SetPrompt(desk.document.layout, prompt, ""))


async def answer(desk: Desk, button: Button) -> None:
    """Wait for a question and answer it."""
    await until(desk.message)
    box = desk.message()
    assert box is not None
    box.button(button).click()


async def choose(desk: Desk, path: Path) -> None:
    """Wait for a file dialog and choose a path."""

    def dialog() -> QFileDialog | None:
        return next((each for each in desk.window.findChildren(QFileDialog) if each.isVisible()), None)

    await until(dialog)
    shown = dialog()
    assert shown is not None
    shown.selectFile(str(path))
    shown.done(QFileDialog.DialogCode.Accepted)


async def settled(desk: Desk) -> None:
    await until(lambda: not desk.window.files.busy)


def test_modified_is_decided_by_value(desk: Desk) -> None:
    desk.fill()
    document = desk.document
    assert not document.modified
    edit(desk, "other")
    assert desk.window.isWindowModified()
    document.undo.undo()
    assert not desk.window.isWindowModified()
    desk.add_runs(1)
    assert document.modified
    desk.history.remove(desk.history.runs[0].id)
    assert not document.modified


def test_save_and_open_bring_back_everything(desk: Desk, loop: Loop, tmp_path: Path) -> None:
    path = tmp_path / "garden.zest"

    async def go() -> None:
        state = desk.fill()
        desk.add_runs(1, 2)
        document = desk.document
        await document.save(path)
        assert not document.modified
        assert document.title == "garden.zest"
        assert desk.window.windowTitle() == "garden.zest[*] — ZestDesk"
        document.new()
        assert document.title == "Untitled"
        desk.window.files.open(path)
        await settled(desk)
        assert desk.state == state
        assert [run.result.request.seed for run in desk.history.runs] == [1, 2]
        assert document.path == path
        assert not document.modified
        assert desk.window.stage.run is desk.history.runs[-1]
        assert desk.window.files.recent == (path,)

    loop.run_until_complete(go())


def test_what_other_threads_write_shares_no_path_with_the_window(desk: Desk, loop: Loop, tmp_path: Path) -> None:
    state = desk.fill()
    desk.add_runs(1)
    project = desk.document.project()
    assert project.state == state
    assert [run.id for run in project.runs] == [run.id for run in desk.history.runs]
    ours = {id(layer.path) for layer in state.layers if isinstance(layer, ShapeLayer)}
    for written in (project.state, project.runs[0].state):
        assert not ours & {id(layer.path) for layer in written.layers if isinstance(layer, ShapeLayer)}
    loop.run_until_complete(desk.document.save(tmp_path / "a.zest"))
    assert not desk.document.modified


def test_what_is_edited_during_a_save_stays_modified(desk: Desk, loop: Loop, tmp_path: Path) -> None:
    async def go() -> None:
        desk.fill()
        task = asyncio.ensure_future(desk.document.save(tmp_path / "a.zest"))
        await asyncio.sleep(0)
        edit(desk, "later")
        await task
        assert desk.document.modified
        assert open_project(tmp_path / "a.zest").state.prompt != "later"

    loop.run_until_complete(go())


def test_failed_save_is_told_and_keeps_all(desk: Desk, loop: Loop, tmp_path: Path) -> None:
    async def go() -> None:
        desk.fill()
        edit(desk, "precious")
        desk.window.actions_table.save.trigger()
        await choose(desk, tmp_path / "missing" / "a.zest")
        await until(desk.message)
        box = desk.message()
        assert box is not None
        assert "could not be saved" in box.text()
        box.close()
        await settled(desk)
        assert desk.state.prompt == "precious"
        assert desk.document.modified
        assert desk.document.path is None

    loop.run_until_complete(go())


def test_damaged_file_is_told_and_changes_nothing(desk: Desk, loop: Loop, tmp_path: Path) -> None:
    path = tmp_path / "broken.zest"
    path.write_bytes(b"PK\x03\x04 no zip at all")

    async def go() -> None:
        before = desk.fill()
        desk.window.files.open(path)
        await until(desk.message)
        box = desk.message()
        assert box is not None
        assert "broken.zest" in box.informativeText()
        box.close()
        assert desk.state == before
        assert desk.window.files.recent == ()
        with pytest.raises(UserError):
            await desk.document.open(path)

    loop.run_until_complete(go())


def test_save_as_remembers_the_file_and_save_uses_it(desk: Desk, loop: Loop, tmp_path: Path) -> None:
    path = tmp_path / "mine.zest"

    async def go() -> None:
        desk.fill()
        edit(desk, "one")
        desk.window.actions_table.save_as.trigger()
        await choose(desk, path)
        await settled(desk)
        edit(desk, "two")
        desk.window.actions_table.save.trigger()
        await settled(desk)
        assert open_project(path).state.prompt == "two"
        assert not desk.window.isWindowModified()

    loop.run_until_complete(go())


def test_layout_json_opens_and_is_saved_as_a_project(desk: Desk, loop: Loop, tmp_path: Path) -> None:
    path = tmp_path / "scene.json"
    layer = {"label": "a cat", "rectangle": [1, 2, 30, 40]}
    path.write_text(json.dumps({"zestdesk": 1, "canvas": [64, 64], "prompt": "a cat", "layers": [layer]}))

    async def go() -> None:
        await desk.document.open(path)
        assert desk.state.layers[0].label == "a cat"
        assert (desk.document.path, desk.document.title) == (None, "scene")

    loop.run_until_complete(go())


@pytest.mark.parametrize("button", [Button.Save, Button.Discard, Button.Cancel])
def test_unsaved_changes_are_asked_about(desk: Desk, loop: Loop, tmp_path: Path, button: Button) -> None:
    path = tmp_path / "mine.zest"

    async def go() -> None:
        desk.fill()
        await desk.document.save(path)
        edit(desk, "changed")
        desk.window.actions_table.new.trigger()
        await answer(desk, button)
        if button != Button.Cancel:
            await until(lambda: desk.window.findChild(NewDocumentDialog))
            desk.window.findChild(NewDocumentDialog).accept()
        await settled(desk)
        assert desk.state.prompt == ("changed" if button == Button.Cancel else "")
        assert (open_project(path).state.prompt == "changed") == (button == Button.Save)

    loop.run_until_complete(go())


@pytest.mark.parametrize("button", [Button.Discard, Button.Cancel])
def test_closing_asks_and_remembers_the_window(desk: Desk, loop: Loop, button: Button) -> None:
    closed = []
    desk.window.closed.connect(lambda: closed.append(True))

    async def go() -> None:
        desk.fill()
        edit(desk, "changed")
        desk.window.close()
        assert desk.window.isVisible()
        await answer(desk, button)
        await settled(desk)
        assert closed == ([True] if button == Button.Discard else [])
        assert desk.window.isVisible() == (button == Button.Cancel)
        assert desk.settings.contains("window/geometry") == (button == Button.Discard)

    loop.run_until_complete(go())


def test_closing_an_unchanged_document_asks_nothing(desk: Desk) -> None:
    desk.fill()
    assert desk.window.close()


def test_export_writes_the_chosen_runs_picture(desk: Desk, loop: Loop, tmp_path: Path) -> None:
    path = tmp_path / "out.png"

    async def go() -> None:
        desk.fill()
        desk.add_runs(5, 6)
        panel = desk.window.runs_panel
        panel.list.setCurrentIndex(panel.model.index(1))
        desk.window.actions_table.export.trigger()
        await choose(desk, path)
        await settled(desk)
        assert read_picture_settings(path).settings.seed == 5

    loop.run_until_complete(go())


def test_recovered_work_counts_as_unsaved(desk: Desk) -> None:
    state = desk.fill()
    desk.document.adopt(Project(state=state), None, saved=False, title="Recovered")
    assert desk.document.modified
    assert desk.window.windowTitle().startswith("Recovered")


def test_keys_of_other_versions_survive(desk: Desk, loop: Loop, tmp_path: Path) -> None:
    path = tmp_path / "a.zest"

    async def go() -> None:
        state = desk.fill()
        save_project(path, Project(state=state, runs=()))
        before = open_project(path).extra
        await desk.document.open(path)
        assert desk.document.project().extra == before

    loop.run_until_complete(go())


def test_recent_files_are_kept_latest_first_and_can_be_forgotten(desk: Desk, loop: Loop, tmp_path: Path) -> None:
    async def go() -> None:
        desk.fill()
        for name in ("a", "b", "a"):
            await desk.window.files._save_where(tmp_path / f"{name}.zest")
        assert [path.name for path in desk.window.files.recent] == ["a.zest", "b.zest"]
        desk.window.files.forget_recent()
        assert desk.window.files.recent == ()

    loop.run_until_complete(go())


def test_one_command_at_a_time(desk: Desk, loop: Loop, tmp_path: Path) -> None:
    async def go() -> None:
        desk.fill()
        edit(desk, "changed")
        desk.window.files.new()
        desk.window.files.open(tmp_path / "never.zest")
        await answer(desk, Button.Cancel)
        await settled(desk)
        assert desk.message() is None
        assert desk.state.prompt == "changed"

    loop.run_until_complete(go())


def test_save_and_close_during_a_save_follow_it(desk: Desk, loop: Loop, tmp_path: Path) -> None:
    closed = []
    desk.window.closed.connect(lambda: closed.append(True))

    async def go() -> None:
        desk.fill()
        await desk.document.save(tmp_path / "a.zest")
        edit(desk, "first")
        desk.window.actions_table.save.trigger()
        await until(lambda: desk.window.files.writing)
        edit(desk, "second")
        desk.window.actions_table.save.trigger()
        desk.window.close()
        assert desk.window.isVisible()
        await until(lambda: closed)
        assert not desk.window.isVisible()
        assert open_project(tmp_path / "a.zest").state.prompt == "second"

    loop.run_until_complete(go())


def test_closing_waits_for_an_export(desk: Desk, loop: Loop, tmp_path: Path) -> None:
    path = tmp_path / "out.png"

    async def go() -> None:
        desk.fill()
        desk.add_runs(5)
        await desk.document.save(tmp_path / "a.zest")
        desk.window.actions_table.export.trigger()
        await choose(desk, path)
        await until(lambda: desk.window.files.writing)
        assert not desk.window.close()
        await until(lambda: not desk.window.isVisible())
        assert read_picture_settings(path).settings.seed == 5

    loop.run_until_complete(go())


def test_only_projects_and_layouts_can_be_dropped(tmp_path: Path) -> None:
    assert opens(tmp_path / "a.ZEST")
    assert opens(tmp_path / "a.json")
    assert not opens(tmp_path / "a.exe")


def test_runs_beyond_the_budget_count_as_a_change(desk: Desk, qtbot: QtBot) -> None:
    state = desk.fill()
    desk.history.budget = 1
    desk.history.add(state, made(state))
    desk.history.add(state, made(state))
    assert len(desk.history.runs) == 1
    assert desk.document.modified
    assert desk.window.runs_panel.model.rowCount() == 1
