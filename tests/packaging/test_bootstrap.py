"""The set-up: what it notices, what it says, and that a second start has nothing to do."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "packaging" / "bootstrap.py"

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about Linux's libraries and screens")
posix_only = pytest.mark.skipif(os.name == "nt", reason="the stand-in interpreter is a shell script")


@pytest.fixture
def bootstrap(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def environment_for(folder: Path) -> dict[str, str]:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return {**{name: value for name, value in os.environ.items() if name not in screens}, "LOG": str(folder / "log")}


class Checkout:
    """A checkout with the real bootstrap, whose environment's interpreter only writes down what it is asked to do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "packaging").mkdir()
        (folder / "packaging" / "bootstrap.py").write_bytes(SCRIPT.read_bytes())
        self.constraints = folder / "packaging" / "constraints.txt"
        self.constraints.write_text("numpy==2.4.6\n")
        self.project = folder / "pyproject.toml"
        self.project.write_text('[build-system]\nrequires = ["hatchling"]\n[project]\nname = "thing"\n')
        self.pip = folder / "pip.sh"
        self.pip.write_text("exit 0")
        binaries = folder / ".venv" / "bin"
        binaries.mkdir(parents=True)
        (folder / ".venv" / "pyvenv.cfg").write_text("version = {}.{}.0\n".format(*sys.version_info))
        python = binaries / "python"
        install = f'if [ "$3" = install ]; then . {self.pip}; fi'
        python.write_text(f'#!/bin/sh\necho "$@" >> "$LOG"\n{install}\n')
        python.chmod(0o755)

    def start(self, *arguments: str, status: int = 0) -> tuple[list[str], str]:
        """Run the bootstrap; return what the interpreter was asked for (but for probe and compiling) and the output."""
        log = self.folder / "log"
        log.write_text("")
        done = subprocess.run(
            [sys.executable, self.folder / "packaging" / "bootstrap.py", *arguments],
            env=environment_for(self.folder),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stderr
        assert "Traceback" not in done.stderr
        calls = log.read_text().splitlines()
        return [call for call in calls if not call.startswith(("-m pip --version", "-m compileall"))], done.stderr


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


@posix_only
def test_the_first_start_installs_with_the_pins_and_starts_the_program(checkout: Checkout) -> None:
    calls, _ = checkout.start("run", "render", "a b.json")
    backend, project, program = calls
    assert backend == f"-m pip install --no-compile -c {checkout.constraints} --quiet hatchling"
    assert project == f"-m pip install --no-compile -c {checkout.constraints} --no-build-isolation -e {checkout.folder}"
    assert program == "-P -m zestdesk render a b.json"


@posix_only
def test_the_second_start_only_starts(checkout: Checkout) -> None:
    checkout.start("run", "render")
    assert checkout.start("run", "render") == (["-P -m zestdesk render"], "")


@posix_only
def test_the_suite_needs_the_development_extras_and_the_program_nothing_more(checkout: Checkout) -> None:
    checkout.start("run", "render")
    calls, _ = checkout.start("test", "-k", "nothing")
    assert calls[1].endswith(f"-e {checkout.folder}[dev]")
    assert calls[2].startswith("-m pytest -n ")
    assert calls[2].endswith("-k nothing")
    assert len(checkout.start("run", "render")[0]) == 1


@posix_only
@pytest.mark.parametrize("what", ["a dependency", "a pin", "the place"])
def test_a_set_up_from_other_ingredients_is_renewed(checkout: Checkout, what: str) -> None:
    checkout.start("run", "render")
    if what == "a dependency":
        checkout.project.write_text(checkout.project.read_text() + 'dependencies = ["numpy"]\n')
    elif what == "a pin":
        checkout.constraints.write_text("numpy==2.4.7\n")
    else:
        checkout.folder = checkout.folder.rename(checkout.folder.with_name("moved"))
        (checkout.folder / ".venv" / "bin" / "python").write_text('#!/bin/sh\necho "$@" >> "$LOG"\n')
    assert len(checkout.start("run", "render")[0]) == 3


@posix_only
def test_what_has_no_bearing_on_the_installation_renews_nothing(checkout: Checkout) -> None:
    checkout.start("run", "render")
    checkout.project.write_text(checkout.project.read_text() + "[tool.ruff]\nline-length = 99\n")
    assert len(checkout.start("run", "render")[0]) == 1


@posix_only
def test_without_a_network_there_is_one_sentence_and_the_old_set_up_stays(checkout: Checkout) -> None:
    checkout.start("run", "render")
    checkout.pip.write_text("echo 'NewConnectionError: no route' >&2; exit 1")
    _, said = checkout.start("test", status=2)
    assert said.splitlines()[-1].startswith("The package index cannot be reached")
    assert checkout.start("run", "render") == (["-P -m zestdesk render"], "")


@posix_only
def test_a_set_up_that_was_killed_is_done_again(checkout: Checkout) -> None:
    checkout.start("run", "render")
    checkout.pip.write_text("kill -9 $PPID")
    checkout.start("test", status=-9)
    checkout.pip.write_text("exit 0")
    assert len(checkout.start("run", "render")[0]) == 3


def test_a_half_installed_package_is_noticed(bootstrap: ModuleType, tmp_path: Path) -> None:
    environment = bootstrap.Environment(tmp_path)
    site = tmp_path / "lib" / "python3.11" / "site-packages"
    whole = site / "numpy-2.4.6.dist-info"
    whole.mkdir(parents=True)
    (whole / "INSTALLER").write_text("pip")
    assert not environment.damaged()
    half = site / "torch-2.13.0.dist-info"
    half.mkdir()
    assert environment.damaged()
    half.rename(site / "~orch-2.13.0.dist-info")
    assert environment.damaged()


def test_an_environment_made_from_scratch_is_usable_until_its_python_goes(
    bootstrap: ModuleType, tmp_path: Path
) -> None:
    environment = bootstrap.Environment(tmp_path / "with space" / ".venv")
    assert not environment.usable()
    bootstrap.make_environment(environment)
    assert environment.usable()
    environment.python.unlink()
    assert not environment.usable()


@linux_only
def test_a_missing_library_is_named_by_its_package(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "LIBRARIES", {"libc.so.6": "libc6", "libnever.so.9": "libnever9"})
    monkeypatch.setattr(bootstrap, "TOOLS", {"sh": "dash", "no-such-tool": "toolbox"})
    assert bootstrap.missing_packages(tools=False) == ["libnever9"]
    assert bootstrap.missing_packages(tools=True) == ["libnever9", "toolbox"]


@pytest.mark.parametrize("debian", [True, False])
def test_who_is_not_root_is_told_the_one_line(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], debian: bool
) -> None:
    monkeypatch.setattr(bootstrap, "is_root", lambda: False)
    monkeypatch.setattr(bootstrap, "on_debian", lambda: debian)
    assert not bootstrap.provide_packages(["libegl1", "libgl1"])
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    line = "sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1 libgl1"
    assert (line in said) == debian
    assert "libegl1 libgl1" in said


@posix_only
@pytest.mark.parametrize("status", [0, 100])
def test_root_on_debian_gets_them_installed_or_goes_on_with_the_line(
    bootstrap: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    status: int,
) -> None:
    monkeypatch.setattr(bootstrap, "is_root", lambda: True)
    monkeypatch.setattr(bootstrap, "on_debian", lambda: True)
    apt = tmp_path / "apt-get"
    apt.write_text(f'#!/bin/sh\necho "$DEBIAN_FRONTEND $@" >> "{tmp_path}/log"\necho E: no luck\nexit {status}\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert bootstrap.provide_packages(["libegl1"]) == (status == 0)
    update, install = (tmp_path / "log").read_text().splitlines()
    assert update.startswith("noninteractive")
    assert update.endswith("update")
    assert install.endswith("install -y --no-install-recommends libegl1")
    said = capsys.readouterr().err
    assert ("E: no luck" in said) == ("apt-get install -y --no-install-recommends libegl1" in said) == (status != 0)


@pytest.mark.parametrize(
    ("complaint", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("HTTPSConnectionPool: Max retries exceeded (NameResolutionError)", "The package index cannot be reached"),
        ("ERROR: No matching distribution found for torch==2.13.0", "The package index lacks an exact version"),
        ("something else", "pip could not install the packages"),
    ],
)
def test_pips_failures_become_one_sentence(bootstrap: ModuleType, complaint: str, sentence: str) -> None:
    said = bootstrap.why_pip_failed(complaint)
    assert said.startswith(sentence)
    assert said.endswith(".")


@linux_only
def test_without_a_screen_run_says_so_before_it_sets_anything_up(checkout: Checkout) -> None:
    calls, said = checkout.start("run", status=2)
    assert calls == []
    assert said.startswith("There is no screen here")
    assert said.count("\n") == 1


@posix_only
@pytest.mark.parametrize(("arguments", "status"), [((), 2), (("fly",), 2), (("--help",), 0)])
def test_a_wrong_command_line_shows_the_right_one(checkout: Checkout, arguments: tuple[str, ...], status: int) -> None:
    assert checkout.start(*arguments, status=status)[1].startswith("usage: python3 packaging/bootstrap.py run")
