"""``zestdesk evaluate`` on the bundled model, with few and short runs."""

import json
import subprocess
import sys
from pathlib import Path

from PIL import Image


def test_evaluate_writes_report_and_sheet(tmp_path: Path) -> None:
    report, sheet = tmp_path / "report.json", tmp_path / "sheet.png"
    command = [sys.executable, "-m", "zestdesk", "evaluate", "--layouts", "2", "--steps", "3", "--seed", "5"]
    done = subprocess.run(
        [*command, "--report", str(report), "--sheet", str(sheet), "--device", "cpu"],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert "ZestGuide" in done.stdout
    figures = json.loads(report.read_text())
    assert figures["layouts"] == 2
    assert len(figures["rows"]) == 2
    for name in ("plain", "guided"):
        assert 0 <= figures[name]["miou"] <= 1
        low, high = figures[name]["interval"]
        assert low <= figures[name]["miou"] <= high
    with Image.open(sheet) as picture:
        assert picture.width > 3 * 2 * 128


def test_a_model_without_vocabulary_cannot_be_evaluated(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "zestdesk", "evaluate", "--model", str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
