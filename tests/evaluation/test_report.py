"""The report and its tables, and the sheet of pictures, from cases that are painted by hand."""

import json
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from tests.evaluation.fakes import NAMES, PaintedCases, RedSegmenter, painted, result
from zestdesk.evaluation.figures import Row
from zestdesk.evaluation.measure import measure, note
from zestdesk.evaluation.methods import Method
from zestdesk.evaluation.report import build_report, markdown_table, summary_line, terminal_table
from zestdesk.evaluation.run import Outcome
from zestdesk.evaluation.sheet import method_sheet, plan
from zestdesk.evaluation.work import Drawn, WorkFolder

METHODS = [Method(name=name, title=name.title(), paper="", draw=result) for name in ("blind", "seeing")]  # type: ignore[arg-type]
DATA = PaintedCases()


@pytest.fixture
def outcome() -> Outcome:
    rows: dict[str, list[Row]] = {method.name: [] for method in METHODS}
    real = []
    for index in range(len(DATA)):
        case = DATA.case(index)
        for name, shown in (("blind", np.full((8, 8), 3)), ("seeing", case.wanted())):
            measures = measure(case, painted(shown), case.request.prompt, RedSegmenter(), None)
            rows[name].append(Row(case=note(case), measures=measures, seconds=1 + index))
        real.append(rows["seeing"][-1])
    return Outcome(rows, {name: {"eta": 1.0} for name in rows}, real, [("case-9", "too long")])


def lines(table: object, width: int) -> str:
    console = Console(width=width)
    with console.capture() as shown:
        console.print(table)
    return shown.get()


def test_the_report_is_json_and_compares_with_the_first_method(outcome: Outcome) -> None:
    references = np.random.default_rng(0).normal(size=(20, 3))
    report = json.loads(json.dumps(build_report(outcome, METHODS, NAMES, references, {"steps": 50}), allow_nan=False))
    blind, seeing = report["methods"]
    assert seeing["miou"] == 1
    assert seeing["against_first"]["miou"]["difference"] == pytest.approx(1 - blind["miou"])
    assert report["real"]["miou"] == 1
    assert report["real"]["seconds"] is None
    assert report["frechet"]["floor"] > 0
    assert report["left_out"] == [{"case": "case-9", "why": "too long"}]
    assert report["cases"][2]["ious"] == {"blind": [0, 55 / 64], "seeing": [1, 1]}
    assert report["cases"][2]["seconds"] == {"blind": 3, "seeing": 3}
    assert report["settings"] == {"steps": 50}


def test_tables_leave_out_what_nothing_fills_and_what_a_terminal_cannot_hold(outcome: Outcome) -> None:
    report = build_report(outcome, METHODS, NAMES, None, {})
    wide = lines(terminal_table(report), 200)
    assert "Fréchet" not in wide
    assert "CLIP" not in wide
    assert all(word in wide for word in ("mIoU", "canvas", "Blind", "Seeing", "Real pictures"))
    narrow = lines(terminal_table(report, 60), 60)
    assert "canvas" not in narrow
    assert "…" not in narrow
    assert "mIoU" in narrow
    assert max(map(len, narrow.splitlines())) <= 60
    text = markdown_table(report)
    assert len({line.count("|") for line in text.splitlines() if line.startswith("|")}) == 1
    assert "| Seeing | 1.000 |" in text
    assert summary_line(report) == "8 segments in 4 layouts; 1 layouts were left out."


def test_the_sheet_has_a_row_a_layout_and_a_column_a_method(tmp_path: Path) -> None:
    work = WorkFolder(tmp_path, "", "")
    for index in range(3):
        case = DATA.case(index)
        for method, shade in zip(METHODS, (10, 250), strict=True):
            drawn = Drawn(
                picture=painted(np.full((8, 8), shade), shade), prompt="", seconds=1, settings={}, measures=None
            )
            work.keep(method, case.name, case.request, drawn)
    sheet = method_sheet(DATA, METHODS, work, real=True)
    bare = method_sheet(DATA, METHODS, work, real=False)
    assert sheet.shape[0] == bare.shape[0]
    assert sheet.shape[1] - bare.shape[1] == (bare.shape[1] - 6) / 3
    assert abs(int(sheet[60, -80, 1]) - 250) < 3
    assert abs(int(sheet[60, -80 - 166, 1]) - 10) < 3


def test_a_plan_shows_every_segment_with_its_label_inside(tmp_path: Path) -> None:
    image = np.asarray(plan(DATA.case(0), 160))
    corner, ground = image[8, 8], image[150, 8]
    assert not np.array_equal(corner, ground)
    dark = (image < 60).all(axis=-1)
    assert dark[:60, :60].any()
    assert dark[60:].any()
