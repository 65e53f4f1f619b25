#!/usr/bin/env python3
"""From a fresh clone to the running program, or to the finished test suite, with one command.

    python3 packaging/bootstrap.py run [ARGUMENTS OF zestdesk...]
    python3 packaging/bootstrap.py test [ARGUMENTS OF pytest...]

Makes ``.venv`` beside ``pyproject.toml``, installs the project in it with the exact versions of ``constraints.txt``,
sees to the system libraries that Qt needs, and starts. What a set-up was made from is kept in a stamp, so that the next
start has nothing to do; a set-up that was cut short is completed, or made anew where it left damage.

Python's standard library only. pip reads the user's own configuration: indexes, proxies and caches are none of ours.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"

LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
"""Shared libraries that Qt loads and its wheels do not carry, each with its Debian package."""

TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
"""Programs that the end-to-end tests drive the window with, each with its Debian package."""

WINDOWLESS = ("render", "evaluate", "--help", "--version")
"""First arguments with which the program opens no window."""

UNREACHABLE = ("NewConnection", "NameResolution", "ConnectTimeout", "ReadTimeout", "ProxyError", "SSLError")
"""What the errors of pip's network library are called."""

USAGE = "usage: python3 packaging/bootstrap.py run [ARGUMENTS OF zestdesk] | test [ARGUMENTS OF pytest]"


class SetupError(Exception):
    """The set-up cannot go on: the text is one sentence that says why and what mends it."""


def say(text: str) -> None:
    """Print a line about the set-up; stdout stays the program's own."""
    print(f"zestdesk set-up: {text}", file=sys.stderr, flush=True)


class Environment:
    """The virtual environment and the stamp that says what it was made from.

    Attributes:
        folder: the environment.
        python: its interpreter.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        windows = os.name == "nt"
        self.python = folder.joinpath(*(("Scripts", "python.exe") if windows else ("bin", "python")))
        self._stamp = folder / "zestdesk-setup.json"
        self._unfinished = folder / "zestdesk-setup.unfinished"

    def ready_for(self, kind: str, key: str) -> bool:
        """Return whether the last set-up was finished, for this kind of start and from the same ingredients."""
        return self._read_stamp().get(kind) == key and self.python.exists()

    def remember(self, kinds: Sequence[str], key: str) -> None:
        """Write the stamp: from now on these kinds of start have nothing to set up."""
        new = self._stamp.with_suffix(".new")
        new.write_text(json.dumps(dict.fromkeys(kinds, key)), encoding="utf-8")
        new.replace(self._stamp)

    @contextmanager
    def under_construction(self) -> Iterator[None]:
        """Take the stamp away for the block, so that a start after a kill knows; put it back if only pip said no."""
        if self._stamp.exists():
            self._stamp.replace(self._unfinished)
        try:
            yield
        except SetupError:
            if self._unfinished.exists() and not self.damaged():
                self._unfinished.replace(self._stamp)
            raise
        self._unfinished.unlink(missing_ok=True)

    def usable(self) -> bool:
        """Return whether the interpreter runs, is of this Python version, has pip, and no package is half installed."""
        try:
            lines = (self.folder / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
        except OSError:
            return False
        values = dict(part for line in lines if len(part := [item.strip() for item in line.split("=", 1)]) == 2)
        same = values.get("version", "").split(".")[:2] == [str(number) for number in sys.version_info[:2]]
        if not same or not self.python.exists() or self.damaged():
            return False
        return subprocess.run([self.python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0

    def damaged(self) -> bool:
        """Return whether an installation was cut short: pip writes INSTALLER when a package's files are all there."""
        for site in self.site_packages():
            if any(site.glob("~*")):
                return True
            if any(not (info / "INSTALLER").exists() for info in site.glob("*.dist-info")):
                return True
        return False

    def site_packages(self) -> list[Path]:
        """Return the folder where the packages are (none before there is one)."""
        return [*self.folder.glob("lib/python*/site-packages"), *self.folder.glob("Lib/site-packages")]

    def _read_stamp(self) -> dict[str, str]:
        try:
            stamp = json.loads(self._stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}


def ingredients(root: Path, constraints: Path) -> str:
    """Return a hash of all that decides what an installation holds: place, Python, our needs, exact versions."""
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    parts = [
        str(root),
        list(sys.version_info[:2]),
        project["build-system"],
        project["project"],
        project.get("tool", {}).get("hatch"),
        constraints.read_text(encoding="utf-8"),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def missing_packages(*, tools: bool) -> list[str]:
    """Return the Debian packages of the libraries (and tools) that this Linux machine lacks, nothing elsewhere."""
    if not sys.platform.startswith("linux"):
        return []
    missing = []
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    if tools:
        missing += [package for tool, package in TOOLS.items() if shutil.which(tool) is None]
    return missing


def on_debian() -> bool:
    """Return whether this is Debian or one of its descendants."""
    import platform

    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return False
    names = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    return "debian" in names and shutil.which("apt-get") is not None


def install_line(packages: Sequence[str]) -> str:
    """Return the one line that installs Debian packages."""
    sudo = "" if is_root() else "sudo "
    return f"{sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {' '.join(packages)}"


def is_root() -> bool:
    """Return whether this process may install system packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def provide_packages(packages: Sequence[str]) -> bool:
    """Install Debian packages where that is ours to do, else say how; return whether they were installed."""
    if not on_debian():
        say(f"these system packages are missing (Debian's names; your system has them too): {' '.join(packages)}")
        return False
    if not is_root():
        say(f"system packages are missing; this line installs them: {install_line(packages)}")
        return False
    say(f"installing system packages: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    for command in ([*apt, "update"], install):
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode and command is install:
            sys.stderr.write(done.stdout.decode(errors="replace"))
            say(f"apt-get failed (see above); once it works, this line does it: {install_line(packages)}")
            return False
    return True


def make_environment(environment: Environment) -> None:
    """Make the environment from scratch."""
    import importlib.util

    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        package = "python{}.{}-venv".format(*sys.version_info)
        if not provide_packages([package]):
            raise SetupError(f"This Python cannot make virtual environments; install {package}, then start again.")
    say(f"making {environment.folder.name}")
    # Seen from within a virtual environment (perhaps this very one), the Python beneath it makes the new one.
    python = getattr(sys, "_base_executable", None) or sys.executable
    command = [python, "-m", "venv", "--clear", str(environment.folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout.decode(errors="replace"))
        raise SetupError(f"The virtual environment {environment.folder} could not be made (see above).")


def pip_install(environment: Environment, *arguments: str) -> None:
    """Run pip with our pins; what it complains of is shown, and decides the sentence that follows."""
    command = [str(environment.python), "-m", "pip", "install", "--no-compile", "-c", str(CONSTRAINTS), *arguments]
    values = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0"}
    complaints: list[str] = []
    with subprocess.Popen(
        command, env=values, stdin=subprocess.DEVNULL, stdout=sys.stderr, stderr=subprocess.PIPE
    ) as pip:
        assert pip.stderr is not None
        for line in pip.stderr:
            complaints.append(line.decode(errors="replace"))
            sys.stderr.write(complaints[-1])
    if pip.returncode:
        raise SetupError(why_pip_failed("".join(complaints)))


def compile_packages(environment: Environment) -> None:
    """Compile what was installed on all processors, where pip would use one; tests of libraries are never imported.

    Left out, the first start would do it in the thread that loads torch, and the window would stutter meanwhile.
    """
    command = [str(environment.python), "-m", "compileall", "-q", "-j", "0", "-x", r"[/\\]tests[/\\]"]
    folders = [str(folder) for folder in environment.site_packages()]
    # Some libraries ship templates and files for later Pythons: what does not compile is not needed.
    subprocess.run([*command, *folders], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def why_pip_failed(complaints: str) -> str:
    """Return one sentence for what pip printed on stderr."""
    if "No space left" in complaints:
        return f"The disk is full: the packages need about 2 GB below {ROOT}; make room, then start again."
    if any(name in complaints for name in UNREACHABLE):
        return "The package index cannot be reached; check the network (or pip's configuration), then start again."
    if "No matching distribution" in complaints:
        version = "{}.{}".format(*sys.version_info)
        return f"The package index lacks an exact version that ZestDesk needs for Python {version} here (see above)."
    return "pip could not install the packages (see above); mend that, then start again."


@contextmanager
def alone() -> Iterator[None]:
    """Let one set-up at a time work on this checkout; a second one waits."""
    if os.name == "nt":
        yield
        return
    import fcntl

    with (ROOT / "pyproject.toml").open("rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("another set-up is at work on this checkout; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up(environment: Environment, kind: str) -> None:
    """Bring machine and environment to where ``kind`` (run or test) can start; mostly there is nothing to do."""
    packages = missing_packages(tools=kind == "test")
    if packages:
        provide_packages(packages)
    key = ingredients(ROOT, CONSTRAINTS)
    if environment.ready_for(kind, key):
        return
    with alone():
        if environment.ready_for(kind, key):
            return
        began = time.monotonic()
        if not environment.usable():
            make_environment(environment)
        with environment.under_construction():
            say("installing the packages; the first time this downloads a few hundred megabytes and takes minutes")
            pip_install(environment, "--quiet", "hatchling")  # builds the project itself, without a copy per build
            pip_install(environment, "--no-build-isolation", "-e", f"{ROOT}[dev]" if kind == "test" else str(ROOT))
            compile_packages(environment)
        environment.remember(("run", "test") if kind == "test" else ("run",), key)
        say(f"done in {time.monotonic() - began:.0f} s")


def start(command: Sequence[str | Path]) -> NoReturn:
    """Become the command (on Windows: run it and leave with its exit status)."""
    words = [str(word) for word in command]
    if os.name == "nt":
        sys.exit(subprocess.run(words, check=False).returncode)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(words[0], words)  # noqa: S606 - no shell wanted


def run(environment: Environment, arguments: Sequence[str]) -> NoReturn:
    """Set up and open the editor, or do what the arguments say."""
    windowless = bool(arguments) and arguments[0] in WINDOWLESS
    shown = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform.startswith("linux") and not windowless and not shown:
        raise SetupError(
            "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open: start this "
            "in a desktop session, or use “run render LAYOUT -o PICTURE.png”, which needs no screen."
        )
    set_up(environment, "run")
    # -P: a folder that happens to hold a numpy.py must not come before the installed packages.
    start([environment.python, "-P", "-m", "zestdesk", *arguments])


def test(environment: Environment, arguments: Sequence[str]) -> NoReturn:
    """Set up and run the suite, one worker per processor; pytest's arguments go on top."""
    set_up(environment, "test")
    os.chdir(ROOT)
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # the workers fill the processors; torch's own threads would fight
    workers = min(os.cpu_count() or 1, 4)
    start([environment.python, "-m", "pytest", "-n", str(workers), "--dist", "loadgroup", *arguments])


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says; return an exit status only when nothing was started."""
    if sys.version_info < (3, 11):  # noqa: UP036 - older ones can start this file, and deserve a sentence
        version = "{}.{}".format(*sys.version_info)
        print(f"ZestDesk needs Python 3.11 or newer and this is {version}; start it with a newer one.", file=sys.stderr)
        return 2
    commands = {"run": run, "test": test}
    if not arguments or arguments[0] not in commands:
        print(USAGE, file=sys.stderr)
        return 0 if arguments and arguments[0] in {"-h", "--help"} else 2
    try:
        commands[arguments[0]](Environment(ROOT / ".venv"), arguments[1:])
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped; the next start goes on from here.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
