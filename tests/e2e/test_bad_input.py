"""Whatever is wrong with the input: one clear sentence on stderr, exit code 2, nothing written."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.e2e.command import layout, write, zestdesk
from tests.tiny_model import build_tiny_model

Case = Callable[[Path, Path], Path]
"""(folder to write to, a sound tiny model) -> the layout file to render."""

CASES: list[tuple[str, Case, str]] = []
"""(name, case, what the sentence must contain)."""


def case(name: str, sentence: str) -> Callable[[Case], Case]:
    def keep(made: Case) -> Case:
        CASES.append((name, made, sentence))
        return made

    return keep


def with_layers(folder: Path, model: Path, *layers: dict[str, Any], **changes: Any) -> Path:
    return write(folder, layout(str(model), layers=list(layers), **changes))


CAR = {"label": "a red car", "rectangle": [4, 4, 30, 30]}


@case("no label", "layers[0].label")
def _no_label(folder: Path, model: Path) -> Path:
    return with_layers(folder, model, {"label": " ", "rectangle": [4, 4, 30, 30]})


@case("a label longer than the tokenizer's limit", "limit of 38 tokens")
def _long_label(folder: Path, model: Path) -> Path:
    return with_layers(folder, model, {"label": "red car " * 30, "rectangle": [4, 4, 30, 30]})


@case("an empty shape", "layers[0]")
def _empty_shape(folder: Path, model: Path) -> Path:
    return with_layers(folder, model, {"label": "a red car", "rectangle": [4, 4, 0, 30]})


@case("an empty mask", "layers[0]")
def _empty_mask(folder: Path, model: Path) -> Path:
    Image.new("L", (64, 64)).save(folder / "black.png")
    return with_layers(folder, model, {"label": "a red car", "mask": "black.png"})


@case("a fully covered layer", "a blue kite")
def _covered(folder: Path, model: Path) -> Path:
    return with_layers(folder, model, CAR, {"label": "a blue kite", "ellipse": [8, 8, 20, 20]})


@case("a layer outside the canvas", "layers[0]")
def _outside(folder: Path, model: Path) -> Path:
    return with_layers(folder, model, {"label": "a red car", "rectangle": [70, 4, 30, 30]})


@case("a canvas of zero", "canvas")
def _no_canvas(folder: Path, model: Path) -> Path:
    return with_layers(folder, model, CAR, canvas=[0, 64])


@case("a canvas beyond 8192", "8192")
def _huge_canvas(folder: Path, model: Path) -> Path:
    return with_layers(folder, model, CAR, canvas=[64, 8193])


@case("a size that the model cannot make", "multiples of 4")
def _odd_size(folder: Path, model: Path) -> Path:
    return with_layers(folder, model, CAR, settings={"size": [30, 33]})


@case("a missing checkpoint folder", "no-such-folder")
def _no_model(folder: Path, _: Path) -> Path:
    return with_layers(folder, folder / "no-such-folder", CAR)


@case("a checkpoint folder without weights", "unet")
def _no_weights(folder: Path, model: Path) -> Path:
    broken = Path(shutil.copytree(model, folder / "model"))
    for weights in (broken / "unet").glob("*.safetensors"):
        weights.unlink()
    return with_layers(folder, broken, CAR)


@case("a checkpoint with cut weights", "unet")
def _cut_weights(folder: Path, model: Path) -> Path:
    broken = Path(shutil.copytree(model, folder / "model"))
    for weights in (broken / "unet").glob("*.safetensors"):
        weights.write_bytes(weights.read_bytes()[:2000])
    return with_layers(folder, broken, CAR)


@case("a checkpoint whose configuration is no JSON", "config.json")
def _bad_config(folder: Path, model: Path) -> Path:
    broken = Path(shutil.copytree(model, folder / "model"))
    (broken / "unet" / "config.json").write_text("{", encoding="utf-8")
    return with_layers(folder, broken, CAR)


@case("a pickle checkpoint", "pickles")
def _pickle(folder: Path, model: Path) -> Path:
    broken = Path(shutil.copytree(model, folder / "model"))
    for weights in (broken / "unet").glob("*.safetensors"):
        weights.rename(weights.with_suffix(".bin"))
    return with_layers(folder, broken, CAR)


@case("a mask of another size", "layers[0].mask")
def _other_mask(folder: Path, model: Path) -> Path:
    Image.new("L", (63, 64), 255).save(folder / "mask.png")
    return with_layers(folder, model, {"label": "a red car", "mask": "mask.png"})


@case("a missing mask", "layers[0].mask")
def _no_mask(folder: Path, model: Path) -> Path:
    return with_layers(folder, model, {"label": "a red car", "mask": "mask.png"})


@case("a mask that is no picture", "layers[0].mask")
def _bad_mask(folder: Path, model: Path) -> Path:
    (folder / "mask.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    return with_layers(folder, model, {"label": "a red car", "mask": "mask.png"})


@case("path data that is none", "layers[0].path")
def _bad_path(folder: Path, model: Path) -> Path:
    return with_layers(folder, model, {"label": "a red car", "path": "M 1 2 L frog"})


@case("a damaged project", "damaged.zest")
def _damaged(folder: Path, _: Path) -> Path:
    (folder / "damaged.zest").write_bytes(b"PK\x03\x04" + bytes(200))
    return folder / "damaged.zest"


@case("something that is no layout at all", "layout.json")
def _no_json(folder: Path, _: Path) -> Path:
    (folder / "layout.json").write_text("dear diary", encoding="utf-8")
    return folder / "layout.json"


@case("a file that is not there", "nowhere.json")
def _nowhere(folder: Path, _: Path) -> Path:
    return folder / "nowhere.json"


@case("neither layers nor prompt", "prompt")
def _nothing(folder: Path, model: Path) -> Path:
    return with_layers(folder, model, prompt="")


@case("an unknown scheduler", "scheduler")
def _scheduler(folder: Path, model: Path) -> Path:
    return with_layers(folder, model, CAR, settings={"scheduler": "magic"})


@case("no steps", "steps")
def _no_steps(folder: Path, model: Path) -> Path:
    return with_layers(folder, model, CAR, settings={"steps": 0})


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_model(tmp_path_factory.mktemp("tiny") / "model")


def complaint(stderr: str) -> str:
    """Return the one line that says what is wrong; phases that were announced before it do not count."""
    lines = [line for line in stderr.splitlines() if line.strip() and not line.rstrip().endswith("…")]
    assert len(lines) == 1, stderr
    return lines[0]


@pytest.mark.parametrize(("made", "sentence"), [pytest.param(made, text, id=name) for name, made, text in CASES])
def test_bad_input_gets_one_clear_sentence(made: Case, sentence: str, tmp_path: Path, tiny: Path) -> None:
    file = made(tmp_path, tiny)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    done = zestdesk("render", file, "-o", tmp_path / "out.png", "--masks", tmp_path / "masks")
    assert done.returncode == 2, done.stderr
    said = complaint(done.stderr)
    assert said.startswith("zestdesk: ")
    assert said.endswith(".")
    assert sentence in said
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (("--seed", "-1"), "--seed"),
        (("--steps", "1001"), "--steps"),
        (("--eta", "nan"), "--eta"),
        (("--tau", "1.5"), "--tau"),
        (("--cfg", "-3"), "--cfg"),
        (("--scheduler", "magic"), "--scheduler"),
        (("--model", "/no/such/folder"), "model"),
        (("--device", "abacus"), "device"),
        (("--output", "out.jpg"), "--output"),
        (("--report", "nowhere/report.json"), "--report"),
    ],
)
def test_a_bad_option_is_named(arguments: tuple[str, str], option: str, tmp_path: Path, tiny: Path) -> None:
    file = write(tmp_path, layout(str(tiny)))
    done = zestdesk("render", file, "--output", "out.png", *arguments, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert option in complaint(done.stderr)
    assert [path.name for path in tmp_path.iterdir()] == ["layout.json"]


def test_a_project_of_a_later_version_is_not_touched(tmp_path: Path, tiny: Path) -> None:
    made = layout(str(tiny)) | {"zestdesk": 99}
    file = tmp_path / "later.json"
    file.write_text(json.dumps(made), encoding="utf-8")
    done = zestdesk("render", file, "-o", tmp_path / "out.png")
    assert done.returncode == 2
    assert "later.json" in complaint(done.stderr) or "zestdesk" in complaint(done.stderr)
