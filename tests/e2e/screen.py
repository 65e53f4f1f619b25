"""A screen of our own: Xvfb, the real program on it, and xdotool as its hands."""

import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PIL import Image

T = TypeVar("T")

NEEDED = ("Xvfb", "xdotool")
"""Programs of Debian's packages xvfb and xdotool."""


class Screen:
    """A virtual X screen.

    Attributes:
        display: its name, such as ``:7``.
        size: (width, height) in pixels.
    """

    def __init__(self, display: str, size: tuple[int, int], buffer: Path) -> None:
        self.display = display
        self.size = size
        self._buffer = buffer

    def environment(self) -> dict[str, str]:
        """Return this process's environment with Qt's real X11 platform on this screen."""
        values = {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}
        values.pop("WAYLAND_DISPLAY", None)
        return values

    def answers(self) -> bool:
        """Return whether programs can reach this screen."""
        command = ["xdotool", "getdisplaygeometry"]
        return not subprocess.run(command, env=self.environment(), capture_output=True, check=False).returncode

    def do(self, *arguments: object) -> str:
        """Run one xdotool command and return what it prints."""
        command = ["xdotool", *(str(item) for item in arguments)]
        done = subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=True, timeout=30)
        return done.stdout.strip()

    def drag(self, start: tuple[int, int], end: tuple[int, int], steps: int = 8) -> None:
        """Press at ``start``, move to ``end`` in steps, let go (screen pixels)."""
        self.do("mousemove", *start)
        self.do("mousedown", 1)
        for step in range(1, steps + 1):
            x, y = (round(a + (b - a) * step / steps) for a, b in zip(start, end, strict=True))
            self.do("mousemove", x, y)
        self.do("mouseup", 1)

    def windows(self, name: str) -> list[str]:
        """Return the ids of the windows in sight whose title holds a text."""
        command = ["xdotool", "search", "--onlyvisible", "--name", name]
        done = subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False, timeout=30)
        return done.stdout.split()

    def shot(self) -> Image.Image:
        """Take a picture of the whole screen: read Xvfb's frame buffer, a file in the format of ``xwd``."""
        data = self._buffer.read_bytes()
        header = struct.unpack(">25I", data[:100])
        start, (width, height), stride, colours = header[0], header[4:6], header[12], header[19]
        return Image.frombytes("RGB", (width, height), data[start + 12 * colours :], "raw", "BGRX", stride)


class Window:
    """The program's main window, seen and handled from outside: by its title, its pixels, keys and pointer.

    There is no window manager on a bare Xvfb: the window gets its place and the focus from here.
    """

    def __init__(self, screen: Screen, name: str = "ZestDesk", seconds: float = 60) -> None:
        self.screen = screen
        self.id = wait_for(lambda: screen.windows(name), seconds, f"a window called {name}")[0]

    @property
    def title(self) -> str:
        """What the title bar would show."""
        return self.screen.do("getwindowname", self.id)

    @property
    def modified(self) -> bool:
        """Whether the title bar tells of unsaved changes."""
        return "*" in self.title

    def fill_screen(self) -> None:
        """Lay the window over the whole screen and give it the keyboard."""
        width, height = self.screen.size
        self.screen.do("windowmove", "--sync", self.id, 0, 0)
        self.screen.do("windowsize", self.id, width, height)
        self.focus()

    def focus(self) -> None:
        """Give the window the keyboard."""
        self.screen.do("windowfocus", "--sync", self.id)

    def key(self, *keys: str) -> None:
        """Press and release keys, such as ``ctrl+s``."""
        self.screen.do("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self.screen.do("type", "--delay", 15, text)


@contextmanager
def virtual_screen(width: int = 1440, height: int = 900) -> Iterator[Screen]:
    """Run Xvfb on a free display for the length of the block."""
    with tempfile.TemporaryDirectory(prefix="zestdesk-screen-") as folder:
        server, screen = _start_server((width, height), Path(folder))
        try:
            yield screen
        finally:
            server.terminate()
            server.wait(timeout=10)


def _start_server(size: tuple[int, int], folder: Path) -> tuple[subprocess.Popen[bytes], Screen]:
    """Start Xvfb under a number that no test beside us takes.

    Were the number left to the server, two tests could get the same one after the other, and the first, ending late,
    would remove the second's socket.
    """
    command = ["Xvfb", "-screen", "0", f"{size[0]}x{size[1]}x24", "-fbdir", str(folder)]
    command += ["-nolisten", "tcp", "-dpi", "96", "-noreset"]
    for attempt in range(5):
        screen = Screen(f":{100 + (5 * os.getpid() + attempt) % 50_000}", size, folder / "Xvfb_screen0")
        server = subprocess.Popen([*command, screen.display], stderr=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while server.poll() is None and time.monotonic() < end:
            if screen.answers():
                return server, screen
            time.sleep(0.1)
        server.kill()
        server.wait(timeout=10)
    raise RuntimeError("Xvfb did not start")


@contextmanager
def program(screen: Screen, *arguments: object, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the real command on the screen; kill it at the end if it is still there, and print what it said."""
    command = [sys.executable, "-m", "zestdesk", *(str(item) for item in arguments)]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, env=screen.environment() | environment, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            yield process
        except BaseException:
            _keep_shot(screen)
            raise
        finally:
            if process.poll() is None:
                process.kill()
            process.wait(timeout=10)
            said.seek(0)
            print(said.read().decode(errors="replace"), end="")


def _keep_shot(screen: Screen) -> None:
    """Save what the screen shows while something fails, and say where."""
    with tempfile.NamedTemporaryFile(prefix="zestdesk-", suffix=".png", delete=False) as file:
        screen.shot().save(file)
    print(f"what the screen showed: {file.name}")


def wait_for(probe: Callable[[], T], seconds: float, what: str) -> T:
    """Return the probe's first true value; fail with ``what`` when none comes in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = probe()
        if value:
            return value
        time.sleep(0.2)
    raise AssertionError(f"waited {seconds:g} s for {what}")


def tools_missing() -> list[str]:
    """Return the programs that these tests need and the machine lacks."""
    return [name for name in NEEDED if shutil.which(name) is None]
