"""Unsaved work reaches the recovery file, and leaves it when it is saved; the collector stays in its thread."""

import asyncio
import gc
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from zestdesk.autosave import Autosave
from zestdesk.collector import Collector
from zestdesk.document.commands import SetPrompt
from zestdesk.errors import UserError
from zestdesk.files.project import Project
from zestdesk.files.recovery import RecoveryFile
from zestdesk.session.history import History
from zestdesk.ui.document import Document


@pytest.fixture
def document(qapp: QApplication) -> Document:
    return Document(History())


@pytest.fixture
def recovery(tmp_path: Path) -> Iterator[RecoveryFile]:
    recovery = RecoveryFile(tmp_path / "recovery")
    yield recovery
    recovery.close()


def edit(document: Document, text: str) -> None:
    document.undo.push(SetPrompt(document.layout, text, ""))


def kept(recovery: RecoveryFile) -> str | None:
    project = recovery.read()
    return project.state.prompt if project else None


def until(loop: asyncio.AbstractEventLoop, holds: Callable[[], object]) -> None:
    async def wait() -> None:
        while not holds():  # noqa: ASYNC110 - a file has no event
            await asyncio.sleep(0.01)

    loop.run_until_complete(asyncio.wait_for(wait(), 30))


def test_a_shorter_wait_counts_at_once(
    document: Document, recovery: RecoveryFile, loop: asyncio.AbstractEventLoop
) -> None:
    autosave = Autosave(document, recovery, after=3600.0)
    edit(document, "a cat")
    autosave.set_delay(0.0)
    until(loop, lambda: kept(recovery) == "a cat")
    loop.run_until_complete(autosave.finish(keep=False))


def test_an_edit_is_kept_and_a_save_ends_that(loop, document: Document, recovery: RecoveryFile, tmp_path: Path) -> None:
    autosave = Autosave(document, recovery, after=0.0)
    edit(document, "a lemon")
    until(loop, lambda: kept(recovery) == "a lemon")
    edit(document, "two lemons")
    until(loop, lambda: kept(recovery) == "two lemons")
    loop.run_until_complete(document.save(tmp_path / "saved.zest"))
    until(loop, lambda: kept(recovery) is None)
    edit(document, "three lemons")
    edit(document, "two lemons")
    assert not document.modified
    loop.run_until_complete(autosave.finish(keep=True))
    assert not list((tmp_path / "recovery").glob("*.zest"))


def test_edits_during_a_write_are_written_after_it(loop, document: Document, recovery, monkeypatch) -> None:
    begun, release, written = threading.Event(), threading.Event(), []
    threads: set[int] = set()

    def slow(project: Project) -> None:
        threads.add(threading.get_ident())
        begun.set()
        release.wait()
        written.append(project.state.prompt)

    monkeypatch.setattr(recovery, "write", slow)
    autosave = Autosave(document, recovery, after=0.0)
    edit(document, "one")
    until(loop, begun.is_set)
    edit(document, "two")
    until(loop, lambda: autosave._again)
    release.set()
    until(loop, lambda: written == ["one", "two"])
    assert threading.get_ident() not in threads
    loop.run_until_complete(autosave.finish(keep=False))


def test_trouble_goes_to_the_log_and_the_next_edit_tries_again(loop, document, recovery, monkeypatch, caplog) -> None:
    def full(_project: Project) -> None:
        raise UserError("The disk is full; make room.", "recovery")

    autosave = Autosave(document, recovery, after=0.0)
    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr(recovery, "write", full)
        edit(document, "one")
        until(loop, lambda: "disk is full" in caplog.text)
        autosave.write_now()
    edit(document, "two")
    until(loop, lambda: kept(recovery) == "two")
    loop.run_until_complete(autosave.finish(keep=False))


@pytest.mark.parametrize("keep", [True, False])
def test_the_end_keeps_unsaved_work_only_when_it_was_not_asked_about(
    loop, document, recovery, tmp_path: Path, keep: bool
) -> None:
    autosave = Autosave(document, recovery, after=3600.0)
    edit(document, "a lemon")
    loop.run_until_complete(autosave.finish(keep=keep))
    edit(document, "too late")
    later = RecoveryFile(tmp_path / "recovery")
    assert kept(later) == ("a lemon" if keep else None)
    later.close()


def test_what_was_there_stays_until_it_is_decided_upon(loop, document, recovery, tmp_path: Path) -> None:
    edit(document, "from before")
    recovery.write(document.project())
    autosave = Autosave(Document(History()), recovery, after=0.0)
    loop.run_until_complete(autosave.finish(keep=True))
    later = RecoveryFile(tmp_path / "recovery")
    assert kept(later) == "from before"
    later.close()


def test_garbage_is_left_to_the_windows_thread(qapp: QApplication) -> None:
    deaths: list[int] = []

    class Knot:
        def __init__(self) -> None:
            self.self = self

        def __del__(self) -> None:
            deaths.append(threading.get_ident())

    def make_garbage() -> None:
        for _ in range(5000):
            Knot()

    collector = Collector()
    gc.enable()  # as outside of tests
    with collector.in_charge():
        thread = threading.Thread(target=make_garbage)
        thread.start()
        thread.join()
        assert deaths == []
        for _ in range(60):
            collector.collect()
        assert set(deaths) == {threading.get_ident()}
        assert len(deaths) == 5000
    assert gc.isenabled()
    gc.disable()
