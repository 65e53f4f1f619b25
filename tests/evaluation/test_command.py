"""``zestdesk evaluate`` on the bundled model, with few and short runs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image


def evaluate(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zestdesk", "evaluate", *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)


def test_evaluate_writes_report_sheet_and_table_and_goes_on_from_its_work(tmp_path: Path) -> None:
    report, sheet, table = tmp_path / "report.json", tmp_path / "sheet.png", tmp_path / "table.md"
    settings = ("--layouts", 2, "--steps", 2, "--seed", 5, "--device", "cpu", "--work", tmp_path / "work")
    methods = ("--methods", "none,zestguide", "--variant", "strong: eta=2, tau=1")
    files = ("--report", report, "--sheet", sheet, "--markdown", table)
    done = evaluate(*settings, *methods, *files)
    assert done.returncode == 0, done.stderr
    assert "ZestGuide" in done.stdout
    assert "strong" in done.stdout
    figures = json.loads(report.read_text())
    assert figures["zestdesk_evaluation"] == 1
    assert [row["name"] for row in figures["methods"]] == ["none", "zestguide", "strong"]
    assert figures["methods"][2]["settings"]["eta"] == 2
    for row in (*figures["methods"], figures["real"]):
        assert 0 <= row["miou"] <= 1
        assert row["pictures"] == 2
    assert figures["real"]["miou"] > max(row["miou"] for row in figures["methods"])
    assert len(figures["cases"]) == 2
    with Image.open(sheet) as picture:
        assert picture.width > 5 * 128
    assert table.read_text().count("| ZestGuide |") == 1

    pictures = {path: path.stat().st_mtime_ns for path in (tmp_path / "work").rglob("*.png")}
    assert len(pictures) == 6
    again = evaluate(*settings, *methods, "--report", report, "--keep-pictures")
    assert again.returncode == 0, again.stderr
    assert {path: path.stat().st_mtime_ns for path in pictures} == pictures
    assert json.loads(report.read_text())["methods"] == figures["methods"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--methods", "none,magic"), "magic"),
        (("--set", "most"), "--set"),
        (("--variant", "no colon"), "colon"),
        (("--variant", "bad: eta=x"), "eta"),
        (("--variant", "bad: loss=none"), "loss"),
        (("--variant", "bad: speed=2"), "speed"),
        (("--variant", "none: eta=2"), "two methods"),
        (("--scheduler", "none"), "scheduler"),
        (("--model", "no such model"), "model"),
    ],
)
def test_bad_input_is_one_sentence(arguments: tuple[str, ...], word: str) -> None:
    from typer.testing import CliRunner

    from zestdesk.__main__ import cli
    from zestdesk.errors import UserError

    done = CliRunner().invoke(cli, ["evaluate", *arguments])
    assert isinstance(done.exception, UserError)
    assert word in str(done.exception)
    assert "\n" not in str(done.exception)


def test_a_model_without_vocabulary_cannot_be_evaluated(tmp_path: Path) -> None:
    done = evaluate("--model", tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
