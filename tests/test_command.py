"""The command's own part: what it opens, how it fails, what it writes. The rendering itself is proven in e2e."""

import io
import json
import logging
import os
import re
import signal
import subprocess
import sys
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from rich.console import Console

from tests.e2e.command import layout, write, zestdesk
from tests.tiny_model import build_tiny_model
from zestdesk import __main__ as command
from zestdesk import __version__
from zestdesk.document.start import StartPicture, picture_image
from zestdesk.errors import UserError
from zestdesk.files.layout_json import layout_from_dict
from zestdesk.files.load import load_document
from zestdesk.files.project import Project, save_project
from zestdesk.logs import log_file, logging_to_file
from zestdesk.options import GuidanceOptions
from zestdesk.render import OPTIONS, render
from zestdesk.resources import resource


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_model(tmp_path_factory.mktemp("tiny") / "model")


def call(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """Run ``main`` in this process and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["zestdesk", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        command.main()
    return int(ended.value.code or 0)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """Stand in for the editor, and return what it was asked to open."""
    calls: list[Path | None] = []

    def run_editor(path: Path | None) -> int:
        calls.append(path)
        return 0

    monkeypatch.setattr("zestdesk.app.run_editor", run_editor)
    return calls


@pytest.mark.parametrize(
    ("arguments", "path"),
    [((), None), (("open",), None), (("a.zest",), Path("a.zest")), (("open", "render"), Path("render"))],
)
def test_without_a_command_the_editor_opens(monkeypatch, opened, arguments, path) -> None:
    assert call(monkeypatch, *arguments) == 0
    assert opened == [path]


def test_version_and_help(monkeypatch, opened, capsys) -> None:
    assert call(monkeypatch, "--version") == 0
    assert capsys.readouterr().out == f"zestdesk {__version__}\n"
    assert call(monkeypatch, "--help") == 0
    text = capsys.readouterr().out
    assert all(name in text for name in ("open", "render", "evaluate", "FILE"))
    assert opened == []


def test_an_unknown_option_is_a_usage_error(monkeypatch, opened) -> None:
    assert call(monkeypatch, "--frobnicate") == 2
    assert call(monkeypatch, "render", "a.json") == 2
    assert opened == []


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (UserError("It is broken;\nmend it.", "here"), 2, "zestdesk: here: It is broken; mend it."),
        (UserError("It is broken."), 2, "zestdesk: It is broken."),
        (KeyboardInterrupt(), 130, ""),
        (ZeroDivisionError("of   two"), 1, "zestdesk: this is a defect in ZestDesk (ZeroDivisionError: of two)"),
    ],
)
def test_errors_are_one_line_without_traceback(monkeypatch, capsys, error, code, line) -> None:
    def broken(_path: Path | None) -> int:
        raise error

    monkeypatch.setattr("zestdesk.app.run_editor", broken)
    assert call(monkeypatch, "a.zest") == code
    said = capsys.readouterr().err
    assert said.startswith(line)
    assert len(said.splitlines()) == (1 if line else 0)
    logged = log_file().read_text(encoding="utf-8")
    if code == 1:
        assert str(log_file()) in said
        assert "Traceback" in logged
        assert "ZeroDivisionError" in logged
    else:
        assert logged == ""


def test_the_log_takes_warnings_and_lets_go_of_its_file() -> None:
    before = (logging.getLogger().handlers[:], logging.getLogger("zestdesk").level)
    with logging_to_file(), warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.getLogger("zestdesk.test").info("good morning")
        warnings.warn("something is old", stacklevel=1)
    text = log_file().read_text(encoding="utf-8")
    assert "good morning" in text
    assert "something is old" in text
    assert (logging.getLogger().handlers, logging.getLogger("zestdesk").level) == before


def test_a_state_folder_that_cannot_be_written_stops_nothing(own_folders: Path, monkeypatch) -> None:
    blocked = own_folders / "blocked"
    blocked.write_text("a file, not a folder", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    with logging_to_file():
        logging.getLogger("zestdesk.test").warning("nobody hears this")
    assert blocked.is_file()


def rendered(tmp_path: Path, tiny: Path, *, terminal: bool = False, **options: Any) -> str:
    console = Console(file=io.StringIO(), force_terminal=terminal, width=160, highlight=False, markup=False)
    render(
        write(tmp_path, layout(str(tiny))),
        tmp_path / "out.png",
        overrides=options.pop("overrides", {}),
        console=console,
        **options,
    )
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_without_a_terminal_phases_are_lines(tmp_path: Path, tiny: Path) -> None:
    text = rendered(tmp_path, tiny)
    assert text.splitlines()[:2] == ["Loading the model…", "Making the picture…"]
    assert re.search(r"Wrote .*out\.png \(32 x 32 pixels, .* s on cpu\)\. Fit: a red car 0\.\d\d, ", text)


def test_a_terminal_sees_steps_loss_and_time_left(tmp_path: Path, tiny: Path) -> None:
    text = rendered(tmp_path, tiny, terminal=True, overrides={"steps": 4})
    assert "4/4" in text
    assert re.search(r"loss \d+\.\d{3}", text)
    assert "0:00 left" in text


def test_values_of_the_file_give_way_to_options(tmp_path: Path, tiny: Path) -> None:
    console = Console(file=io.StringIO())
    (result,) = render(
        write(tmp_path, layout(str(tiny))),
        tmp_path / "out.png",
        overrides={"steps": 2, "seed": None, "guidance_scale": 1.0, "eta": 0.0, "softmax": "labels", "pww": 0.5},
        console=console,
    )
    request = result.request
    assert (request.steps, request.seed, request.guidance_scale, request.eta) == (2, 7, 1.0, 0.0)
    assert request.options == GuidanceOptions(softmax="labels", pww=0.5)


def test_several_pictures_are_named_by_their_seeds(tmp_path: Path, tiny: Path) -> None:
    text = rendered(tmp_path, tiny, pictures=3, report=tmp_path / "report.json", masks=tmp_path / "masks")
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["out-7.png", "out-8.png", "out-9.png"]
    assert "Making the pictures…" in text
    assert text.count("Wrote ") == 3
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert [figures["settings"]["seed"] for figures in report["pictures"]] == [7, 8, 9]
    assert sorted(path.name for path in (tmp_path / "masks").iterdir()) == ["7", "8", "9"]
    assert load_document(tmp_path / "out-8.png").state.settings.seed == 8
    rendered(tmp_path, tiny, overrides={"seed": 8})
    one, other = (np.array(Image.open(tmp_path / name)).astype(int) for name in ("out.png", "out-8.png"))
    assert np.abs(one - other).max() <= 1


@pytest.mark.parametrize("pictures", [0, 9, -1])
def test_too_many_pictures_are_refused(tmp_path: Path, tiny: Path, pictures: int) -> None:
    with pytest.raises(UserError, match="choose 1 to 8") as caught:
        rendered(tmp_path, tiny, pictures=pictures)
    assert caught.value.place == "--pictures"


def test_a_report_does_not_take_the_place_of_one_of_the_pictures(tmp_path: Path, tiny: Path) -> None:
    with pytest.raises(UserError, match="named by --output already") as caught:
        rendered(tmp_path, tiny, pictures=2, report=tmp_path / "out-8.png")
    assert caught.value.place == "--report"
    assert not list(tmp_path.glob("*.png"))


def test_a_terminal_sees_the_steps_of_all_pictures(tmp_path: Path, tiny: Path) -> None:
    text = rendered(tmp_path, tiny, terminal=True, pictures=2, overrides={"steps": 4})
    assert "4/4" in text
    assert "loss" not in text


def test_a_project_that_begins_with_a_picture_is_rendered(tmp_path: Path, tiny: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (32, 32, 3), np.uint8)
    state = layout_from_dict(layout(str(tiny)), None)
    chosen = (state.layers[0].id,)
    start = StartPicture(image=picture_image(pixels), strength=0.5, layer_ids=chosen)
    project = tmp_path / "work.zest"
    save_project(project, Project(state=replace(state, start=start)))
    (result,) = render(
        project,
        tmp_path / "out.png",
        overrides={"steps": 4},
        report=tmp_path / "r.json",
        console=Console(file=io.StringIO()),
    )
    assert len(result.steps) == 2
    assert result.request.redraw is not None
    kept = result.request.redraw == 0
    assert kept.any()
    assert np.array_equal(result.picture[kept], pixels[kept])
    again = load_document(tmp_path / "out.png").state
    assert again.start == start
    (same,) = render(tmp_path / "out.png", tmp_path / "again.png", overrides={}, console=Console(file=io.StringIO()))
    assert np.array_equal(same.picture, result.picture)


def test_every_option_of_the_guidance_is_one_of_the_command(tmp_path: Path, monkeypatch, capsys) -> None:
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr("zestdesk.render.render", lambda *_places, overrides, **_more: calls.append(overrides))
    given = {
        "loss": "fourth", "maps": "finest", "best_maps": 20, "resampling": "logits", "softmax": "labels",
        "schedule": "cosine", "gradient_norm": "rms", "pww": 0.5, "guide_every": 2, "cfg_until": 0.75, "refinements": 3,
    }  # fmt: skip
    assert set(given) == set(GuidanceOptions.names())
    words = [word for name, value in given.items() for word in (OPTIONS[name], value)]
    assert call(monkeypatch, "render", "a.json", "-o", "a.png", *words) == 0
    assert call(monkeypatch, "render", "a.json", "-o", "a.png") == 0
    assert calls[0] == {**dict.fromkeys(OPTIONS), **given}
    assert calls[1] == dict.fromkeys(OPTIONS)
    assert call(monkeypatch, "render", "--help") == 0
    text = capsys.readouterr().out
    assert "Advanced" in text
    assert all(OPTIONS[name] in text for name in given)


@pytest.mark.parametrize(("name", "value"), [("loss", "fifth"), ("guide_every", 0), ("pww", -1.0)])
def test_an_option_that_is_wrong_is_named(tmp_path: Path, tiny: Path, name: str, value: object) -> None:
    with pytest.raises(UserError) as caught:
        rendered(tmp_path, tiny, overrides={name: value})
    assert caught.value.place == OPTIONS[name]


@pytest.mark.parametrize("target", ["output", "report", "masks"])
def test_a_place_that_cannot_be_written_to_is_said_first(tmp_path: Path, tiny: Path, target: str) -> None:
    file = write(tmp_path, layout(str(tiny)))
    places: dict[str, Any] = {"output": tmp_path / "out.png", "report": None, "masks": None}
    places[target] = tmp_path / "folder.png"
    if target == "masks":
        places[target].write_text("a file", encoding="utf-8")
    else:
        places[target].mkdir()
    with pytest.raises(UserError) as caught:
        render(file, places["output"], overrides={}, report=places["report"], masks=places["masks"])
    assert caught.value.place == f"--{target}"
    assert not (tmp_path / "out.png").exists()


def test_rendering_needs_no_screen(tmp_path: Path, tiny: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    environment["QT_QPA_PLATFORM"] = "xcb"  # would fail if anything opened a display
    file = write(tmp_path, layout(str(tiny)))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "zestdesk", "render", str(file), "-o", str(tmp_path / "out.png")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.skipif(sys.platform == "win32", reason="about POSIX signals")
def test_control_c_while_starting_up_is_quiet_too(tmp_path: Path, tiny: Path) -> None:
    file = write(tmp_path, layout(str(tiny)))
    with subprocess.Popen(
        [sys.executable, "-m", "zestdesk", "render", str(file), "-o", str(tmp_path / "out.png")],
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        assert "Loading" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=60)[1]
    assert process.returncode == 130, rest
    assert "Traceback" not in rest
    assert [path.name for path in tmp_path.iterdir()] == ["layout.json"]


def test_help_brings_in_nothing_heavy() -> None:
    code = """
import sys
from zestdesk.__main__ import main
sys.argv = ["zestdesk", "--help"]
try:
    main()
except SystemExit:
    pass
print("heavy:", *[name for name in ("torch", "diffusers", "transformers", "PySide6", "numpy") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "heavy:"


def test_the_sample_is_sound() -> None:
    from zestdesk.document.checks import advice, require_sound

    state = load_document(resource("samples", "first.json")).state
    require_sound(state)
    assert advice(state) == ()
    assert [layer.label for layer in state.layers] == ["an apple", "a star"]


def test_the_module_runs_as_a_command() -> None:
    done = zestdesk("--version")
    assert (done.returncode, done.stdout) == (0, f"zestdesk {__version__}\n")
