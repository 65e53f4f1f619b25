"""The house rules of shared design, held by machine: who imports whom, style, types, sizes."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "zestdesk"
HEAVY = ("torch", "diffusers", "transformers")
LONGEST = 400


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def holds(*arguments: str) -> None:
    done = python(*arguments)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def modules(room: str) -> list[str]:
    """Return the names of all modules of a room, or of one module."""
    place = ROOT.joinpath(*room.split("."))
    files = sorted(place.rglob("*.py")) or [place.with_suffix(".py")]
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]
    return [name.removesuffix(".__init__") for name in names]


def test_imports_point_downwards() -> None:
    holds("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")


def test_style_holds() -> None:
    holds("-m", "ruff", "check", ".")


def test_formatting_holds() -> None:
    holds("-m", "ruff", "format", "--check", ".")


def test_types_hold() -> None:
    holds("-m", "mypy")


@pytest.mark.parametrize(
    ("room", "forbidden"),
    [
        ("zestdesk.document", (*HEAVY, "PySide6.QtWidgets")),
        ("zestdesk.files", (*HEAVY, "PySide6.QtWidgets")),
        ("zestdesk.session", (*HEAVY, "PySide6.QtWidgets")),
        ("zestdesk.ui", HEAVY),
        ("zestdesk.app", HEAVY),
        ("zestdesk.__main__", (*HEAVY, "PySide6.QtWidgets")),
        ("zestdesk.guidance", ("PySide6", "qasync")),
        ("zestdesk.guidance.request", HEAVY),
        ("zestdesk.guidance.binding", HEAVY),
        ("zestdesk.guidance.checkpoints", HEAVY),
        ("zestdesk.guidance.tokens", HEAVY),
        ("zestdesk.guidance.vocabulary", HEAVY),
        ("zestdesk.guidance.hub", HEAVY),
        ("zestdesk.guidance.memory", HEAVY),
    ],
)
def test_importing_a_room_leaves_out_what_it_must_never_see(room: str, forbidden: tuple[str, ...]) -> None:
    # The heavy libraries cost seconds and hundreds of megabytes: they belong to the worker thread.
    code = f"""
import importlib, sys
for name in {modules(room)!r}:
    importlib.import_module(name)
print(*[name for name in {forbidden!r} if name in sys.modules])
"""
    done = python("-W", "error", "-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_files_stay_readable() -> None:
    lengths = {
        file.relative_to(ROOT).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
        for folder in (PACKAGE, ROOT / "tests", ROOT / "packaging")
        for file in folder.rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_packaging_is_no_package() -> None:
    # With an __init__.py it would hide the library of the same name from whoever starts Python in the checkout.
    assert not (ROOT / "packaging" / "__init__.py").exists()
