"""Unsaved work survives the program, and programs side by side do not share a place."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.files.strategies import assert_same_run
from zestdesk.document.layout import LayoutState
from zestdesk.errors import UserError
from zestdesk.files.project import Project, open_project
from zestdesk.files.recovery import RecoveryFile


@pytest.fixture
def recovery(tmp_path: Path) -> Iterator[RecoveryFile]:
    file = RecoveryFile(tmp_path)
    yield file
    file.close()


def test_work_is_kept_until_it_is_cleared(recovery: RecoveryFile, project: Project) -> None:
    assert recovery.read() is None
    recovery.write(project)
    kept = recovery.read()
    assert kept is not None
    assert kept.state == project.state
    assert_same_run(kept.runs[0], project.runs[0])
    recovery.clear()
    recovery.clear()
    assert recovery.read() is None


def test_the_next_program_finds_what_a_killed_one_left(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from zestdesk.document.layout import LayoutState\n"
        "from zestdesk.files.project import Project; from zestdesk.files.recovery import RecoveryFile\n"
        "file = RecoveryFile(Path(sys.argv[1])); file.write(Project(state=LayoutState(prompt='unsaved')))\n"
        "os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, tmp_path], check=False).returncode == 9
    recovery = RecoveryFile(tmp_path)
    kept = recovery.read()
    assert kept is not None
    assert kept.state.prompt == "unsaved"
    recovery.close()


def test_programs_side_by_side_have_places_of_their_own(recovery: RecoveryFile, tmp_path: Path) -> None:
    recovery.write(Project(state=LayoutState(prompt="first")))
    second = RecoveryFile(tmp_path)
    assert second.read() is None
    second.write(Project(state=LayoutState(prompt="second")))
    kept = recovery.read()
    assert kept is not None
    assert kept.state.prompt == "first"
    second.close()
    third = RecoveryFile(tmp_path)
    kept = third.read()
    assert kept is not None
    assert kept.state.prompt == "second"
    third.close()


def test_damaged_work_is_said_and_can_be_cleared(recovery: RecoveryFile, tmp_path: Path) -> None:
    recovery.write(Project(state=LayoutState()))
    (file,) = tmp_path.glob("*.zest")
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(UserError, match="damaged"):
        recovery.read()
    recovery.clear()
    assert recovery.read() is None


def test_what_is_set_aside_stays(tmp_path: Path, project: Project) -> None:
    recovery = RecoveryFile(tmp_path)
    assert recovery.set_aside() is None
    recovery.write(project)
    aside = recovery.set_aside()
    assert aside is not None
    assert recovery.read() is None
    recovery.write(project)
    recovery.clear()
    recovery.close()
    again = RecoveryFile(tmp_path)
    assert again.read() is None, "what was set aside is not offered"
    again.close()
    assert open_project(aside).state == project.state


def test_a_folder_that_cannot_be_had_is_said_when_writing(tmp_path: Path, project: Project) -> None:
    (tmp_path / "file").write_text("")
    recovery = RecoveryFile(tmp_path / "file" / "below")
    assert recovery.read() is None
    recovery.clear()
    with pytest.raises(UserError, match="cannot be kept"):
        recovery.write(project)
    recovery.close()
