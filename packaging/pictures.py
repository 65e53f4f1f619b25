#!/usr/bin/env python3
"""Take the README's picture of the window, or any other look at it: the real program, driven under Xvfb.

    .venv/bin/python packaging/pictures.py                              the README's picture
    .venv/bin/python packaging/pictures.py --theme light --busy a.png   another look, written elsewhere

Needs Debian's xvfb and xdotool, as the end-to-end tests do.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageChops

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.e2e.screen import Screen, Window, program, tools_missing, virtual_screen, wait_for  # noqa: E402

PICTURE = ROOT / "resources" / "pictures" / "window.png"
SAMPLE = ROOT / "resources" / "samples" / "first.json"


def parse() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description="Take a picture of ZestDesk's window after a real run.")
    parser.add_argument("output", nargs="?", type=Path, default=PICTURE, help="PNG to write (default: the README's)")
    parser.add_argument("--size", default="1440x900", help="of the screen, in pixels (default: %(default)s)")
    parser.add_argument("--theme", choices=("dark", "light"), default="dark")
    parser.add_argument("--scale", type=float, default=1.0, help="device pixels per pixel, for HiDPI screens")
    parser.add_argument("--file", type=Path, default=SAMPLE, help="project or layout to open (default: the sample)")
    parser.add_argument("--keys", nargs="*", default=[], help="keys to press at the end, as xdotool names them")
    parser.add_argument("--click", nargs=2, type=int, metavar=("X", "Y"), help="where to click at the end")
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--busy", action="store_true", help="while a picture is being made")
    when.add_argument("--empty", action="store_true", help="before any picture was made")
    return parser.parse_args()


@contextmanager
def fresh_home(theme: str) -> Iterator[dict[str, str]]:
    """Yield an environment for a program that was never started before, but for its theme."""
    with tempfile.TemporaryDirectory() as folder:
        kinds = ("CONFIG", "STATE", "DATA", "CACHE")
        settings = Path(folder, "config", "ZestDesk", "ZestDesk.conf")
        settings.parent.mkdir(parents=True)
        settings.write_text(f"[view]\ntheme={theme}\n", encoding="utf-8")
        yield {f"XDG_{kind}_HOME": str(Path(folder, kind.lower())) for kind in kinds}


def take(screen: Screen, window: Window, options: argparse.Namespace) -> Image.Image:
    """Bring the window to the wanted state and take its picture."""
    window.fill_screen()
    window.screen.do("mousemove", screen.size[0] - 1, screen.size[1] - 1)
    settle(screen)
    if not options.empty:
        window.key("ctrl+Return")
        if options.busy:
            watch_steps(screen, 12)
        else:
            wait_for(lambda: window.modified, 600, "the finished picture")
            settle(screen)
    if options.keys:
        window.key(*options.keys)
    if options.click:
        screen.do("mousemove", *options.click, "click", 1)
    if not options.busy:
        settle(screen)
    return screen.shot()


def settle(screen: Screen) -> None:
    """Wait until four looks in a row show the same."""
    looks = [screen.shot()]

    def calm() -> bool:
        looks.append(screen.shot())
        last = looks[-4:]
        return len(last) == 4 and all(same(last[0], other) for other in last[1:])

    wait_for(calm, 60, "the window to come to rest")


def watch_steps(screen: Screen, steps: int) -> None:
    """Wait until the middle of the screen has changed as often as that."""
    width, height = screen.size
    middle = (width // 3, height // 3, width // 2, height * 2 // 3)
    seen = [screen.shot().crop(middle)]

    def enough() -> bool:
        now = screen.shot().crop(middle)
        if not same(now, seen[-1]):
            seen.append(now)
        return len(seen) > steps

    wait_for(enough, 300, "the previews")


def same(one: Image.Image, other: Image.Image) -> bool:
    """Return whether two pictures of one size are equal."""
    return ImageChops.difference(one, other).getbbox() is None


def main() -> int:
    """Take the picture that the command line asks for."""
    missing = tools_missing()
    if missing:
        print(f"These programs are missing: {', '.join(missing)}.", file=sys.stderr)
        return 2
    options = parse()
    width, height = (int(side) for side in options.size.split("x"))
    with fresh_home(options.theme) as home, virtual_screen(width, height) as screen:
        extra = home | {"QT_SCALE_FACTOR": str(options.scale), "HF_HUB_OFFLINE": "1"}
        with program(screen, options.file, **extra):
            picture = take(screen, Window(screen, options.file.stem), options)  # its name comes with what it shows
    options.output.parent.mkdir(parents=True, exist_ok=True)
    picture.save(options.output, optimize=True)
    print(os.path.relpath(options.output))
    return 0


if __name__ == "__main__":
    sys.exit(main())
