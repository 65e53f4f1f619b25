"""The whole road through the real window: draw, label, generate, watch, cancel, generate again, save, reopen."""

import time
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.e2e.command import layout, write
from tests.e2e.screen import Screen, Window, program, wait_for
from zestdesk.document.layers import ShapeLayer
from zestdesk.files.load import load_document
from zestdesk.files.project import open_project, save_project

pytestmark = pytest.mark.xdist_group("screen")

CENTRE = 0.3
"""Share of the screen, in the middle, that is certainly canvas."""


def canvas(screen: Screen) -> NDArray[np.int16]:
    """Return the pixels in the middle of the screen."""
    picture = screen.shot()
    width, height = picture.size
    left, top = round(width * (0.5 - CENTRE / 2)), round(height * (0.5 - CENTRE / 2))
    return np.asarray(picture.crop((left, top, width - left, height - top))).astype(np.int16)


def differ(one: NDArray[np.int16], other: NDArray[np.int16], share: float = 0.05) -> bool:
    """Return whether more than a share of the pixels are clearly other ones."""
    return float((np.abs(one - other).max(axis=2) > 12).mean()) > share


def wait_for_change(screen: Screen, before: NDArray[np.int16], seconds: float, what: str) -> NDArray[np.int16]:
    def probe() -> NDArray[np.int16] | None:
        now = canvas(screen)
        return now if differ(before, now) else None

    wait_for(lambda: probe() is not None, seconds, what)
    return canvas(screen)


def wait_for_stillness(screen: Screen, seconds: float) -> NDArray[np.int16]:
    """Return the canvas once it has not changed for two seconds (a step takes well under one)."""
    seen, since = canvas(screen), time.monotonic()

    def probe() -> bool:
        nonlocal seen, since
        now = canvas(screen)
        if differ(seen, now, 0.002):
            seen, since = now, time.monotonic()
        return time.monotonic() - since > 2

    wait_for(probe, seconds, "the canvas to come to rest")
    return seen


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = layout(
        canvas=[512, 512],
        prompt="a red car on grass",
        layers=[{"label": "grass", "path": "M 0 300 L 512 300 L 512 512 L 0 512 Z"}],
        settings={"steps": 50, "seed": 3},
    )
    path = tmp_path / "first.zest"
    save_project(path, load_document(write(tmp_path, made)))
    return path


def start(screen: Screen, path: Path) -> Window:
    window = Window(screen, path.name)
    window.fill_screen()
    wait_for(lambda: np.ptp(canvas(screen), axis=2).mean() > 5, 60, "the layers in their colours")
    wait_for_stillness(screen, 60)
    return window


def draw_ellipse(window: Window, label: str) -> None:
    """Draw an ellipse around the middle of the screen and type its label."""
    screen = window.screen
    width, height = screen.size
    before = canvas(screen)
    window.key("o")
    screen.drag((width // 2 - 110, height // 2 - 90), (width // 2 + 110, height // 2 + 90))
    wait_for_change(screen, before, 30, "the ellipse on the canvas")
    wait_for_stillness(screen, 30)  # a person, too, types when the field is there
    window.type(label)
    window.key("Return")
    wait_for_stillness(screen, 30)


def test_the_whole_road(screen: Screen, project: Path) -> None:
    with program(screen, project) as process:
        window = start(screen, project)
        assert not window.modified

        draw_ellipse(window, "a red car")
        wait_for(lambda: window.modified, 10, "the drawn layer")
        drawn = canvas(screen)
        window.key("ctrl+s")
        wait_for(lambda: not window.modified, 20, "the first save")
        labels = [layer.label for layer in open_project(project).state.layers]
        assert labels == ["a red car", "grass"]

        window.key("ctrl+Return")
        first = wait_for_change(screen, drawn, 120, "a preview with its overlay")
        wait_for_change(screen, first, 60, "the next preview")
        window.key("shift+Escape")
        still = wait_for_stillness(screen, 60)
        assert not window.modified, "a cancelled run is not kept"

        window.key("ctrl+Return")
        wait_for_change(screen, still, 60, "a preview after cancelling")
        wait_for(lambda: window.modified, 300, "the finished run")
        window.key("ctrl+s")
        wait_for(lambda: not window.modified, 20, "the second save")
        window.key("ctrl+q")
        assert process.wait(timeout=60) == 0

    kept = open_project(project)
    (run,) = kept.runs
    layer = kept.state.layers[0]
    assert isinstance(layer, ShapeLayer)
    assert (layer.label, layer.kind) == ("a red car", "ellipse")
    assert run.state == kept.state
    assert len(run.result.steps) == 50
    assert [segment.label for segment in run.result.request.segments] == ["a red car", "grass"]
    assert run.result.masks.shape[:2] == (50, 2)
    assert run.result.picture.std() > 5

    with program(screen, project) as process:
        window = start(screen, project)
        wait_for(lambda: differ(canvas(screen), drawn), 30, "the kept picture")
        window.key("ctrl+q")
        assert process.wait(timeout=60) == 0


def test_undo_and_redo_reach_back_to_the_first_layout(screen: Screen, project: Path) -> None:
    with program(screen, project) as process:
        window = start(screen, project)
        empty = canvas(screen)
        draw_ellipse(window, "a cat")
        wait_for(lambda: window.modified, 10, "the drawn layer")
        window.key("ctrl+z", "ctrl+z")
        wait_for(lambda: not window.modified, 10, "the undone layer")
        # The pointer lies over the grass meanwhile, whose outline shines: less than what an ellipse changes.
        wait_for(lambda: not differ(empty, canvas(screen)), 10, "the empty canvas")
        window.key("ctrl+shift+z", "ctrl+shift+z")
        wait_for(lambda: window.modified, 10, "the layer again")
        window.key("ctrl+s")
        wait_for(lambda: not window.modified, 20, "the save")
        window.key("ctrl+q")
        assert process.wait(timeout=60) == 0
    assert [layer.label for layer in open_project(project).state.layers] == ["a cat", "grass"]


def test_a_damaged_project_is_told_in_a_dialog_and_the_program_lives_on(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "damaged.zest"
    path.write_bytes(b"PK\x03\x04" + bytes(300))
    with program(screen, path) as process:
        window = Window(screen, "Untitled")
        window.fill_screen()
        dialog = wait_for(lambda: set(screen.windows("ZestDesk")) - {window.id}, 60, "the dialog").pop()
        screen.do("windowfocus", "--sync", dialog)
        window.key("Return")
        wait_for(lambda: screen.windows("ZestDesk") == [window.id], 30, "the dialog's end")
        window.focus()
        assert process.poll() is None
        window.key("ctrl+q")
        assert process.wait(timeout=60) == 0
    assert path.read_bytes() == b"PK\x03\x04" + bytes(300)
