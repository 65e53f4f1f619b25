"""The composition root: the whole editor in this process, offscreen, and taken apart again."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from tests.e2e.command import layout, write
from tests.tiny_model import build_tiny_model
from zestdesk.app import Editor, run_editor
from zestdesk.document.commands import SetPrompt
from zestdesk.document.layout import LayoutState
from zestdesk.errors import UserError
from zestdesk.files.project import Project
from zestdesk.files.recovery import RecoveryFile
from zestdesk.guidance.request import GenerationResult
from zestdesk.logs import log_file, state_folder
from zestdesk.session import worker
from zestdesk.ui.main_window import MainWindow

Scene = Callable[[Editor], Awaitable[None]]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_model(tmp_path_factory.mktemp("tiny") / "model")


@pytest.fixture
def play(qapp: QApplication, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Scene, Path | None], int]:
    """Run the editor, play a scene in it, and close its window."""
    monkeypatch.setattr(worker, "BUNDLED", str(tiny))

    def run(scene: Scene, path: Path | None = None) -> int:
        failures: list[BaseException] = []
        real = Editor.run

        async def directed(editor: Editor, opened: Path | None) -> bool:
            async def direct() -> None:
                try:
                    await asyncio.wait_for(scene(editor), 60)
                except BaseException as error:  # noqa: BLE001 - raised again outside of the loop
                    failures.append(error)
                finally:
                    if editor.window.isVisible():
                        editor.window._may_close = True
                        editor.window.close()

            playing = asyncio.ensure_future(direct())
            ended = await real(editor, opened)
            await playing
            return ended

        with monkeypatch.context() as patched:
            patched.setattr(Editor, "run", directed)
            code = run_editor(path)
        if failures:
            raise failures[0]
        return code

    return run


async def until(holds: Callable[[], object]) -> None:
    """Let the loop run until something holds."""
    while not holds():  # noqa: ASYNC110 - what is waited for has no event of its own
        await asyncio.sleep(0.01)


def edit(editor: Editor, text: str) -> None:
    document = editor.window.document
    document.undo.push(SetPrompt(document.layout, text, ""))


def recovered() -> Project | None:
    recovery = RecoveryFile(state_folder() / "recovery")
    try:
        return recovery.read()
    finally:
        recovery.close()


def leave_behind(prompt: str) -> None:
    """Leave a recovery file as a crashed editor does."""
    recovery = RecoveryFile(state_folder() / "recovery")
    recovery.write(Project(state=LayoutState(prompt=prompt)))
    recovery.close()


def test_the_sample_is_opened_and_everything_ends_with_the_window(play) -> None:
    async def scene(editor: Editor) -> None:
        await until(lambda: editor.window.document.layout.state.layers)
        document = editor.window.document
        assert [layer.label for layer in document.layout.state.layers] == ["an apple", "a star"]
        assert document.path is None
        assert not document.modified
        assert editor.window.isVisible()

    assert play(scene) == 0
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("zestdesk")]
    assert sys.excepthook is sys.__excepthook__ or "Faults" not in repr(sys.excepthook)
    assert recovered() is None


def test_a_file_is_opened(play, tmp_path: Path, tiny: Path) -> None:
    file = write(tmp_path, layout(str(tiny)))

    async def scene(editor: Editor) -> None:
        await until(lambda: editor.window.document.layout.state.layers)
        assert editor.window.document.layout.state.prompt == "a red car and a blue kite on green grass"

    assert play(scene, file) == 0


def test_a_file_that_is_not_there_is_told_and_the_editor_stays(play, tmp_path: Path) -> None:
    async def scene(editor: Editor) -> None:
        await until(lambda: editor.window.findChildren(QMessageBox))
        box = editor.window.findChildren(QMessageBox)[0]
        assert "nowhere.zest" in box.informativeText()
        box.accept()
        assert editor.window.isVisible()

    assert play(scene, tmp_path / "nowhere.zest") == 0


def test_a_picture_is_made_and_kept(play, tmp_path: Path, tiny: Path) -> None:
    file = write(tmp_path, layout(str(tiny)))

    async def scene(editor: Editor) -> None:
        window = editor.window
        await until(lambda: window.document.layout.state.layers)
        assert window.queue.worker.device == "auto"
        job = window.queue.submit(window.document.layout.state)
        await until(lambda: job.status not in {"waiting", "running"})
        assert job.status == "done"
        assert isinstance(window.history.runs[-1].result, GenerationResult)

    assert play(scene, file) == 0


def test_closing_in_the_middle_of_a_run_ends_it(play, tmp_path: Path, tiny: Path) -> None:
    file = write(tmp_path, layout(str(tiny), settings={"steps": 500}))
    jobs = []

    async def scene(editor: Editor) -> None:
        window = editor.window
        await until(lambda: window.document.layout.state.layers)
        jobs.append(window.queue.submit(window.document.layout.state))
        await until(lambda: jobs[0].last)

    assert play(scene, file) == 0
    assert jobs[0].status == "cancelled"


def test_the_worker_is_prepared_once_the_window_is_open(play, monkeypatch) -> None:
    prepared: list[bool] = []

    def prepare(_worker: worker.Worker) -> None:
        prepared.append(
            any(isinstance(window, MainWindow) for window in QApplication.topLevelWidgets() if window.isVisible())
        )

    async def scene(_editor: Editor) -> None:
        await until(lambda: prepared)

    monkeypatch.setattr(worker.Worker, "prepare", prepare)
    assert play(scene) == 0
    assert prepared == [True]


def test_leaving_without_being_asked_keeps_unsaved_work(play) -> None:
    async def scene(editor: Editor) -> None:
        await until(lambda: editor.window.document.layout.state.layers)
        edit(editor, "a lemon")
        editor.leave()
        await until(lambda: not editor.window.isVisible())

    assert play(scene) == 0
    kept = recovered()
    assert kept is not None
    assert kept.state.prompt == "a lemon"


@pytest.mark.parametrize("choice", ["Bring back", "Discard", "Esc"])
def test_work_of_a_session_that_ended_badly_is_offered(play, choice: str) -> None:
    leave_behind("a lost lemon")

    async def scene(editor: Editor) -> None:
        window = editor.window
        await until(lambda: window.findChild(QMessageBox, "recovery"))
        box = window.findChild(QMessageBox, "recovery")
        if choice == "Esc":
            QTest.keyClick(box, Qt.Key.Key_Escape)
        else:
            next(button for button in box.findChildren(QPushButton) if button.text() == choice).click()
        await until(lambda: window.document.layout.state.prompt)
        document = window.document
        assert (document.layout.state.prompt == "a lost lemon") == (choice != "Discard")
        assert document.modified == (choice != "Discard")
        if choice == "Discard":
            assert recovered() is None

    assert play(scene) == 0
    assert recovered() is None


def test_leaving_while_the_offer_is_open_decides_nothing(play) -> None:
    leave_behind("a lost lemon")

    async def scene(editor: Editor) -> None:
        await until(lambda: editor.window.findChild(QMessageBox, "recovery"))
        editor.leave()
        await until(lambda: not editor.window.isVisible())

    assert play(scene) == 0
    kept = recovered()
    assert kept is not None
    assert kept.state.prompt == "a lost lemon"


def test_closing_before_the_offer_can_be_answered_decides_nothing(play) -> None:
    leave_behind("a lost lemon")

    async def scene(editor: Editor) -> None:
        editor.window.close()
        await until(lambda: not editor.window.isVisible())

    assert play(scene) == 0
    kept = recovered()
    assert kept is not None
    assert kept.state.prompt == "a lost lemon"


def test_damaged_recovery_is_told(play) -> None:
    leave_behind("a lost lemon")
    for file in (state_folder() / "recovery").glob("*.zest"):
        file.write_bytes(file.read_bytes()[:50])

    async def scene(editor: Editor) -> None:
        await until(lambda: editor.window.document.layout.state.layers)
        text = editor.window.findChildren(QMessageBox)[0].text()
        assert "cannot be read" in text
        assert str(state_folder() / "recovery" / "unreadable-") in text

    assert play(scene) == 0
    assert len(list((state_folder() / "recovery").glob("unreadable-*.zest"))) == 1


def test_a_fault_in_a_slot_keeps_the_work_and_is_told_once(play, capsys) -> None:
    def faulty() -> None:
        raise ZeroDivisionError("a lemon too few")

    async def scene(editor: Editor) -> None:
        window = editor.window
        await until(lambda: window.document.layout.state.layers)
        edit(editor, "work in progress")
        for _ in range(3):
            QTimer.singleShot(0, faulty)
        await until(lambda: window.findChildren(QMessageBox))
        await asyncio.sleep(0)
        boxes = window.findChildren(QMessageBox)
        assert len(boxes) == 1
        assert "a lemon too few" in boxes[0].detailedText()
        boxes[0].accept()
        assert window.document.layout.state.prompt == "work in progress"
        files = list((state_folder() / "recovery").glob("*.zest"))
        assert len(files) == 1

    assert play(scene) == 0


@pytest.mark.parametrize("where", ["task", "thread"])
def test_faults_in_tasks_and_threads_are_told_too(play, where: str) -> None:
    async def broken() -> None:
        raise ZeroDivisionError("a lemon too few")

    async def scene(editor: Editor) -> None:
        await until(lambda: editor.window.document.layout.state.layers)
        if where == "task":
            asyncio.get_running_loop().create_task(broken())
        else:
            thread = threading.Thread(target=lambda: 1 // 0)
            thread.start()
            thread.join()
        await until(lambda: editor.window.findChildren(QMessageBox))
        assert "ZeroDivisionError" in editor.window.findChildren(QMessageBox)[0].detailedText()

    assert play(scene) == 0


def test_an_error_that_the_user_can_mend_is_shown_as_its_sentence(play) -> None:
    def refuse() -> None:
        raise UserError("The lemon is sour; add sugar.", "lemon")

    async def scene(editor: Editor) -> None:
        await until(lambda: editor.window.document.layout.state.layers)
        QTimer.singleShot(0, refuse)
        await until(lambda: editor.window.findChildren(QMessageBox))
        box = editor.window.findChildren(QMessageBox)[0]
        assert box.informativeText() == "lemon: The lemon is sour; add sugar."
        assert box.detailedText() == ""

    assert play(scene) == 0


def test_two_editors_keep_their_work_apart(play) -> None:
    other = RecoveryFile(state_folder() / "recovery")
    other.write(Project(state=LayoutState(prompt="the other one's")))

    async def scene(editor: Editor) -> None:
        await until(lambda: editor.window.document.layout.state.layers)
        edit(editor, "mine")
        editor.leave()
        await until(lambda: not editor.window.isVisible())

    assert play(scene) == 0
    kept = other.read()
    assert kept is not None
    assert kept.state.prompt == "the other one's"
    other.close()


def test_without_a_screen_there_is_one_sentence(tmp_path: Path) -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    if sys.platform in {"win32", "darwin"}:
        pytest.skip("these always have a screen")
    done = subprocess.run(
        [sys.executable, "-m", "zestdesk"], env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 2
    assert done.stderr.startswith("zestdesk: There is no screen")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="about POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_editor(tmp_path: Path, number: signal.Signals) -> None:
    # Replaces the editor's sample by a script that asks for the signal once the window is there.
    code = f"""
import os, sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from zestdesk.__main__ import main
from zestdesk.ui.main_window import MainWindow
shown = MainWindow.showEvent
def showEvent(window, event):
    shown(window, event)
    QTimer.singleShot(50, lambda: os.kill(os.getpid(), {int(number)}))
MainWindow.showEvent = showEvent
sys.argv = ["zestdesk"]
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert "The window is open." in log_file().read_text(encoding="utf-8")


def test_the_editor_and_its_widgets_leave_the_heavy_libraries_alone() -> None:
    code = """
import sys
import zestdesk.app, zestdesk.ui, zestdesk.ui.main_window
print("heavy:", *[name for name in ("torch", "diffusers", "transformers") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "heavy:\n"
