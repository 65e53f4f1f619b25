"""``zestdesk evaluate`` from its options to its files, on tiny models with few and short runs."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from tests.evaluation.coco_folder import build_clip, build_coco, build_segmenter
from tests.tiny_model import build_tiny_model
from zestdesk.__main__ import cli
from zestdesk.errors import UserError

VOCABULARY = {
    "objects": [{"phrases": [f"a {noun}"], "synonyms": []} for noun in ("cat", "dog", "car", "tree", "mug")],
    "grounds": [{"phrase": "grass", "synonyms": []}],
    "skies": [{"phrase": "a blue sky", "synonyms": []}],
}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_model(tmp_path_factory.mktemp("models") / "tiny", vocabulary=VOCABULARY)


@pytest.fixture(autouse=True)
def few_references(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zestdesk.evaluation.scenes.REFERENCES", 12)


def evaluate(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["evaluate", *map(str, arguments), "--device", "cpu"])


def done(*arguments: object) -> Result:
    result = evaluate(*arguments)
    assert result.exception is None, result.exception
    return result


def read(path: Path) -> dict[str, Any]:
    table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return table


def times(folder: Path) -> Mapping[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*.png")}


def test_report_sheet_and_table_and_going_on_from_the_work(model: Path, tmp_path: Path) -> None:
    report, sheet, table, work = (tmp_path / name for name in ("report.json", "sheet.png", "table.md", "work"))
    run = ("--model", model, "--layouts", 2, "--steps", 2, "--seed", 5, "--set", "all", "--work", work)
    run = (*run, "--methods", "none,zestguide", "--variant", "strong: eta=2, tau=1", "--keep-pictures")
    said = done(*run, "--report", report, "--sheet", sheet, "--markdown", table).stdout
    assert all(word in said for word in ("ZestGuide", "strong", "Real pictures", "mIoU", "2 layouts"))
    figures = read(report)
    assert figures["zestdesk_evaluation"] == 1
    assert [row["name"] for row in figures["methods"]] == ["none", "zestguide", "strong"]
    assert figures["methods"][2]["settings"]["eta"] == 2
    assert figures["methods"][2]["settings"]["steps"] == figures["settings"]["steps"] == 2
    assert figures["settings"]["data"]["set"] == "all"
    assert {"torch", "zestdesk"} <= figures["versions"].keys()
    for row in (*figures["methods"], figures["real"]):
        assert 0 <= row["miou"] <= 1
        assert row["pictures"] == 2
    assert figures["real"]["miou"] > max(row["miou"] for row in figures["methods"])
    assert figures["methods"][0]["against_first"]["miou"]["difference"] == 0
    assert [len(row["segments"]) for row in figures["cases"]] == [len(row["ious"]["none"]) for row in figures["cases"]]
    with Image.open(sheet) as picture:
        assert picture.width > 5 * 160
    assert table.read_text(encoding="utf-8").count("| ZestGuide |") == 1

    pictures = times(work)
    assert len(pictures) == 6
    done(*run, "--report", report)
    assert times(work) == pictures
    assert read(report)["methods"] == figures["methods"]
    # Fewer layouts are the same layouts; one method more draws only its own.
    done(*run, "--layouts", 1, "--variant", "weak: eta=0.5")
    assert len(times(work)) == 7
    assert pictures.items() <= times(work).items()


def test_a_stopped_command_says_how_to_go_on(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zestdesk.guidance import sampler

    calls, generate = [], sampler.generate

    def stop(*arguments: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return generate(*arguments, **named)

    run = ("--model", model, "--layouts", 2, "--steps", 1, "--methods", "none", "--work", tmp_path, "--keep-pictures")
    monkeypatch.setattr(sampler, "generate", stop)
    result = evaluate(*run)
    assert result.exit_code == 130
    assert "goes on from here" in result.stderr
    done(*run)
    assert len(calls) == 3
    (tmp_path / "none" / next((tmp_path / "none").glob("*.png")).name).write_bytes(b"")
    assert "were damaged: 1 pictures" in done(*run).stderr


def test_the_set_of_ellipses(model: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    run = ("--model", model, "--layouts", 1, "--steps", 1, "--methods", "none", "--set", "objects")
    done(*run, "--report", report)
    figures = read(report)
    assert figures["real"] is None
    assert figures["methods"][0]["stuff"]["count"] == 0
    assert figures["frechet"]["references"] == 12


def test_a_coco_folder_with_a_segformer_and_clip(tmp_path: Path) -> None:
    folders = build_tiny_model(tmp_path / "sd", family="sd1"), build_coco(tmp_path / "coco")
    report, sheet = tmp_path / "report.json", tmp_path / "sheet.png"
    run = ("--model", folders[0], "--coco", folders[1], "--segmenter", build_segmenter(tmp_path / "segformer"))
    run = (*run, "--clip", build_clip(tmp_path / "clip"), "--steps", 2, "--methods", "none,zestguide")
    done(*run, "--report", report, "--sheet", sheet)
    figures = read(report)
    assert figures["settings"]["data"]["data"] == "COCO-Stuff"
    assert figures["settings"]["data"]["layouts"] == 3
    for row in (*figures["methods"], figures["real"]):
        assert row["pictures"] == 3
        assert -1 <= row["text_image"] <= 1
        assert row["frechet"] is not None
    assert figures["real"]["frechet"] == pytest.approx(0, abs=1e-4)
    assert sheet.is_file()
    done(*run, "--set", "filtered")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--methods", "none,magic"), "magic"),
        (("--set", "most"), "--set"),
        (("--variant", "no colon"), "colon"),
        (("--variant", "bad: eta=x"), "eta"),
        (("--variant", "none: eta=2"), "two methods"),
        (("--scheduler", "none"), "scheduler"),
        (("--steps", "0"), "steps"),
        (("--model", "no such model"), "model"),
        (("--coco", "."), "--segmenter"),
        (("--segmenter", "."), "--coco"),
        (("--coco", ".", "--segmenter", ".", "--set", "objects"), "label maps"),
        (("--clip", "/nowhere"), "--clip"),
    ],
)
def test_bad_input_is_one_sentence(arguments: tuple[str, ...], word: str) -> None:
    result = evaluate(*arguments)
    assert isinstance(result.exception, UserError)
    assert word in str(result.exception)
    assert "\n" not in str(result.exception)


def test_a_model_without_vocabulary_cannot_be_evaluated(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "zestdesk", "evaluate", "--model", str(tmp_path)]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 2
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "Traceback" not in ended.stderr
