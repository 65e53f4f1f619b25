"""A screen of our own: Xvfb, the real program on it, and xdotool as its hands."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PIL import Image

T = TypeVar("T")

NEEDED = ("Xvfb", "xdotool", "import")
"""Programs of Debian's packages xvfb, xdotool and imagemagick."""


class Screen:
    """A virtual X screen.

    Attributes:
        display: its name, such as ``:7``.
    """

    def __init__(self, display: str) -> None:
        self.display = display

    def environment(self) -> dict[str, str]:
        """Return this process's environment with Qt's real X11 platform on this screen."""
        values = {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}
        values.pop("WAYLAND_DISPLAY", None)
        return values

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

    def shot(self, path: Path) -> Image.Image:
        """Take a picture of the whole screen."""
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment(), check=True, timeout=30)
        with Image.open(path) as picture:
            return picture.convert("RGB")


@contextmanager
def virtual_screen(width: int = 1440, height: int = 900) -> Iterator[Screen]:
    """Run Xvfb on a free display for the length of the block."""
    read, write = os.pipe()
    size = f"{width}x{height}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", "-dpi", "96"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield Screen(f":{number}")
    finally:
        server.terminate()
        server.wait(timeout=10)


@contextmanager
def program(screen: Screen, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Run the real command on the screen; kill it at the end if it is still there."""
    command = [sys.executable, "-m", "zestdesk", *(str(item) for item in arguments)]
    process = subprocess.Popen(
        command, env=screen.environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(timeout=10)
        if process.stdout:
            process.stdout.close()


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
