"""A failed save leaves the old file, and nothing beside it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from zestdesk.errors import UserError
from zestdesk.evaluation.command import evaluate
from zestdesk.evaluation.recognition import measure
from zestdesk.files.atomic import read_bytes, require_folder, require_targets, write_atomically
from zestdesk.render import render

posix = pytest.mark.skipif(os.name != "posix", reason="a limit of POSIX systems")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "work.zest"
    path.write_bytes(b"old")
    return path


def test_a_file_is_replaced_as_a_whole(target: Path) -> None:
    write_atomically(target, b"new contents")
    assert target.read_bytes() == b"new contents"
    assert list(target.parent.iterdir()) == [target]


def test_a_new_file_appears_even_with_the_longest_name(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 255)
    write_atomically(path, b"")
    assert path.read_bytes() == b""


@posix
def test_permissions_are_kept_and_links_followed(target: Path) -> None:
    target.chmod(0o640)
    link = target.with_name("link.zest")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_short_writes_are_carried_on(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, bytes(data[:7])))
    write_atomically(target, b"0123456789" * 10)
    assert target.read_bytes() == b"0123456789" * 10


@pytest.mark.parametrize("lie", [0, 5])
def test_a_disk_that_takes_no_more_leaves_the_old_file(target: Path, monkeypatch: pytest.MonkeyPatch, lie: int) -> None:
    monkeypatch.setattr(os, "write", lambda *_: lie)
    with pytest.raises(UserError, match=r"^work\.zest: The file could not be written"):
        write_atomically(target, b"new contents")
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("call", ["fsync", "close", "fstat"])
def test_an_error_at_any_point_leaves_the_old_file(target: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    real = getattr(os, call)

    def fail(handle: int) -> None:
        monkeypatch.setattr(os, call, real)
        if call == "close":
            real(handle)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(UserError, match="No space left on device"):
        write_atomically(target, b"new contents")
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]


def test_an_interruption_leaves_the_old_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(target, b"new contents")
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]


@posix
def test_a_disk_that_is_really_full_leaves_the_old_file(target: Path) -> None:
    """The system itself refuses to let the file grow."""
    code = (
        "import resource, sys; from pathlib import Path; from zestdesk.errors import UserError\n"
        "from zestdesk.files.atomic import write_atomically\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try: write_atomically(Path(sys.argv[1]), bytes(1_000_000))\n"
        "except UserError as error: print(error); sys.exit(2)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, target], capture_output=True, text=True, check=False)
    assert run.returncode == 2, run.stderr
    assert run.stdout.startswith("work.zest: The file could not be written (File too large)")
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"^a\.png: .*No such file"):
        write_atomically(tmp_path / "nowhere" / "a.png", b"x")


def test_reading_has_a_limit_and_wants_a_file(target: Path) -> None:
    assert read_bytes(target, 3) == b"old"
    with pytest.raises(UserError, match="larger"):
        read_bytes(target, 2)
    with pytest.raises(UserError, match="not an ordinary file"):
        read_bytes(target.parent, 10)
    with pytest.raises(UserError, match="no file"):
        read_bytes(target.with_name("other"), 10)
    with pytest.raises(UserError):
        read_bytes(target.with_name("nul\0"), 10)
    with pytest.raises(UserError):
        read_bytes(target.with_name("n" * 300), 10)


@posix
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(UserError, match="not an ordinary file"):
        read_bytes(pipe, 10)


@posix
def test_a_loop_of_links_is_one_sentence(tmp_path: Path) -> None:
    loop = tmp_path / "loop.zest"
    loop.symlink_to(loop)
    with pytest.raises(UserError, match="could not be written"):
        write_atomically(loop, b"new")
    assert list(tmp_path.iterdir()) == [loop]


def test_targets_are_looked_at_beforehand_and_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = tmp_path / "a.png"
    require_targets({"--output": picture, "--report": tmp_path / "a.json", "--sheet": None})
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UserError, match="named by --output already") as caught:
        require_targets({"--output": picture, "--report": tmp_path / ".." / tmp_path.name / "a.png"})
    assert caught.value.place == "--report"

    def refuse(**_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    with pytest.raises(UserError, match=r"cannot be written .Permission denied.; name another place") as caught:
        require_targets({"--sheet": picture})
    assert caught.value.place == "--sheet"


def test_a_folder_is_looked_at_beforehand_and_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require_folder("--masks", None)
    require_folder("--masks", tmp_path)
    require_folder("--masks", tmp_path / "new" / "newer")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file", tmp_path / "file" / "masks", tmp_path / "nul\0"):
        with pytest.raises(UserError) as caught:
            require_folder("--masks", folder)
        assert caught.value.place == "--masks"

    def refuse(**_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    with pytest.raises(UserError, match=r"cannot be written to .Permission denied.; name another place"):
        require_folder("--masks", tmp_path / "new")


def test_evaluate_and_render_look_at_their_targets_first(tmp_path: Path) -> None:
    same = tmp_path / "a.png"
    with pytest.raises(UserError, match="already"):
        render(tmp_path / "no.json", same, overrides={}, report=same)
    with pytest.raises(UserError, match="already"):
        measure(model=str(tmp_path / "none"), report=same, sheet=same)
    with pytest.raises(UserError, match="already"):
        evaluate(model=str(tmp_path / "none"), report=same, sheet=same)
