"""`zestdesk render` from the file to the picture, through the real command on the real model."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.e2e.command import ROOT, layout, write, zestdesk
from tests.tiny_model import build_tiny_model
from zestdesk.files.png import read_picture_settings


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(build_tiny_model(tmp_path_factory.mktemp("tiny") / "model"))


def test_a_layout_becomes_a_picture_with_everything_that_is_known_about_it(tmp_path: Path) -> None:
    file = write(tmp_path, layout(canvas=[128, 64]))
    done = zestdesk(
        *("render", file, "-o", tmp_path / "out.png", "--steps", 4, "--seed", 11, "--tau", 0.5),
        *("--report", tmp_path / "report.json", "--masks", tmp_path / "masks"),
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr

    with Image.open(tmp_path / "out.png") as picture:
        width, height = picture.size
        assert "Seed: 11" in picture.info["parameters"]
        assert np.asarray(picture.convert("L")).std() > 5
    assert width > height  # the canvas's aspect ratio
    kept = read_picture_settings(tmp_path / "out.png")
    assert [layer.label for layer in kept.layers] == ["a red car", "a blue kite", "green grass"]
    assert (kept.settings.seed, kept.settings.steps, kept.settings.tau) == (11, 4, 0.5)

    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    text = json.dumps(report)
    assert "a red car and a blue kite on green grass" in text
    assert len(report["steps"]) == 4
    assert sum(step["guided"] for step in report["steps"]) == 2
    assert all(len(step["fits"]) == 3 and step["loss"] > 0 for step in report["steps"])

    masks = sorted((tmp_path / "masks").iterdir())
    assert [path.name for path in masks] == ["00-a-red-car.png", "01-a-blue-kite.png", "02-green-grass.png"]
    for path in masks:
        with Image.open(path) as mask:
            assert mask.mode == "L"


def test_the_same_file_gives_the_same_picture_and_a_picture_leads_back_to_its_layout(tmp_path: Path, tiny: str) -> None:
    file = write(tmp_path, layout(tiny))
    for name in ("one.png", "two.png"):
        assert zestdesk("render", file, "-o", tmp_path / name).returncode == 0
    with Image.open(tmp_path / "one.png") as one, Image.open(tmp_path / "two.png") as two:
        assert np.array_equal(np.asarray(one), np.asarray(two))


def test_a_label_that_the_prompt_lacks_is_appended(tmp_path: Path, tiny: str) -> None:
    file = write(tmp_path, layout(tiny, prompt="a red car on green grass"))
    done = zestdesk("render", file, "-o", tmp_path / "out.png", "--report", tmp_path / "report.json")
    assert done.returncode == 0, done.stderr
    assert "a red car on green grass, a blue kite" in (tmp_path / "report.json").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="about POSIX signals")
def test_control_c_ends_it_quietly_and_leaves_nothing(tmp_path: Path, tiny: str) -> None:
    file = write(tmp_path, layout(tiny))
    command = [sys.executable, "-m", "zestdesk", "render", file, "-o", tmp_path / "out.png", "--steps", "500"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        said = ""
        while "Making the picture" not in said:
            line = process.stderr.readline()
            assert line, said
            said += line
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=30)[1]
    assert process.returncode == 130, said + rest
    assert "Traceback" not in said + rest
    assert [path.name for path in tmp_path.iterdir()] == ["layout.json"]


def test_help_answers_without_the_heavy_libraries(tmp_path: Path) -> None:
    done = zestdesk("render", "--help", cwd=tmp_path)
    assert done.returncode == 0
    options = (
        "--seed",
        "--steps",
        "--eta",
        "--tau",
        "--cfg",
        "--scheduler",
        "--model",
        "--device",
        "--report",
        "--masks",
    )
    assert all(option in done.stdout for option in options)
