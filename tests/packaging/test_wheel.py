"""What is shipped: a wheel with the resources in it, and pins that fit what the project asks for."""

import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import requires
from pathlib import Path, PurePosixPath

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def files_below(folder: str) -> set[PurePosixPath]:
    found = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {PurePosixPath(path.relative_to(ROOT).as_posix()) for path in found}


def test_the_wheel_carries_the_program_and_every_resource(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {PurePosixPath(name) for name in archive.namelist()}
    resources = {path for path in files_below("resources") if path.parts[1] != "pictures"}
    assert files_below("zestdesk") <= inside
    assert {PurePosixPath("zestdesk/_resources", *path.parts[1:]) for path in resources} <= inside
    assert {path.parts[0] for path in inside} == {"zestdesk", "zestdesk-0.1.0.dist-info"}
    assert any(path.name == "LICENSE" for path in inside)
    assert PurePosixPath("zestdesk", "py.typed") in inside
    assert not any("pictures" in path.parts for path in inside)


def test_an_installed_wheel_finds_its_resources(wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    code = "from zestdesk.resources import resource; print(resource('models', 'diorama', 'model_index.json'))"
    done = subprocess.run([sys.executable, "-P", "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True)
    found = Path(done.stdout.strip())
    assert found == tmp_path / "zestdesk" / "_resources" / "models" / "diorama" / "model_index.json"
    assert found.is_file()


def pins() -> dict[str, str]:
    lines = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


def wanted() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(text) for text in (*project["dependencies"], *project["optional-dependencies"]["dev"])]


def test_every_dependency_has_an_exact_pin_within_its_range() -> None:
    exact = pins()
    for requirement in wanted():
        version = exact[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} is pinned to {version}"


def test_what_the_dependencies_need_is_pinned_too() -> None:
    exact, seen, waiting = pins(), set(), [canonicalize_name(requirement.name) for requirement in wanted()]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for requirement in map(Requirement, requires(name) or ()):
            # torch names the exact versions of its own CUDA libraries.
            exactly = str(requirement.specifier).startswith("==")
            if not exactly and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
                waiting.append(canonicalize_name(requirement.name))
    assert seen - exact.keys() == set()


def test_the_pins_name_no_place() -> None:
    text = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8")
    assert not any(sign in text for sign in ("://", "file:", " @ ", "-e "))
