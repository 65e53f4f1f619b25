"""Drawing, stopping and going on, with methods that paint by hand."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import zestdesk
from tests.evaluation.fakes import FakeModel, PaintedCases, RedSegmenter, painted, result
from zestdesk.errors import UserError
from zestdesk.evaluation.methods import Method
from zestdesk.evaluation.run import Outcome, draw_all, reference_features
from zestdesk.evaluation.work import WorkFolder, code_mark
from zestdesk.guidance.request import GenerationRequest, GenerationResult


class Painter:
    """Draws the layout as it is, counts its pictures, and stops where it is told to."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.drawn: list[int] = []
        self._stop_at = stop_at

    def __call__(self, request: GenerationRequest, *_others: object) -> GenerationResult:
        if len(self.drawn) == self._stop_at:
            raise KeyboardInterrupt
        self.drawn.append(request.seed)
        labels = sum(segment.mask * number for segment, number in zip(request.segments, (1, 3), strict=True))
        return result(request, painted(np.asarray(labels).astype(int)), seconds=len(self.drawn))


class Count:
    """Counts what a run says."""

    def __init__(self) -> None:
        self.pictures = self.found = 0

    def drawing(self, case: str, method: str) -> None:
        pass

    def drawn(self) -> None:
        self.pictures += 1

    def spared(self, pictures: int) -> None:
        self.found += pictures


def run(
    folder: Path,
    painter: Callable[..., GenerationResult],
    *,
    data: PaintedCases | None = None,
    drawing: str = "model",
    measuring: str = "red",
) -> tuple[Outcome, Count, WorkFolder]:
    work, count = WorkFolder(folder, drawing, measuring), Count()
    methods = [Method(name="by hand", title="By hand", paper="", draw=painter)]
    outcome = draw_all(data or PaintedCases(), methods, FakeModel(), RedSegmenter(), work, None, count)  # type: ignore[arg-type]
    return outcome, count, work


def test_everything_is_drawn_once_and_measured_right(tmp_path: Path) -> None:
    outcome, count, _ = run(tmp_path, Painter())
    assert (count.pictures, count.found) == (4, 0)
    rows = outcome.rows["by hand"]
    assert [row.measures.pairs for row in rows] == [[(1, 1, 9), (3, 3, 55)]] * 4
    assert [row.measures for row in outcome.real] == [row.measures for row in rows]
    assert outcome.settings["by hand"]["steps"] == 50


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    painter = Painter(stop_at=2)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, painter)
    assert painter.drawn == [0, 1]
    again = Painter()
    outcome, count, work = run(tmp_path, again)
    assert again.drawn == [2, 3]
    assert (count.pictures, count.found) == (2, 2)
    assert [row.seconds for row in outcome.rows["by hand"]] == [1, 2, 1, 2]
    assert not work.set_aside


@pytest.mark.parametrize("what", ["picture", "cut picture", "note", "half a note", "numbers"])
def test_damaged_files_are_made_anew_with_a_word(tmp_path: Path, what: str) -> None:
    run(tmp_path, Painter())
    image, note = tmp_path / "by_hand" / "case-1.png", tmp_path / "by_hand" / "case-1.json"
    if what == "picture":
        image.write_bytes(image.read_bytes()[:-20] + bytes(20))
    elif what == "cut picture":
        image.write_bytes(image.read_bytes()[:40])
    elif what == "note":
        note.write_bytes(b"\xff\xfe nonsense")
    elif what == "half a note":
        note.write_text(note.read_text()[:100])
    else:
        table = json.loads(note.read_text())
        note.write_text(json.dumps(table | {"seconds": "long"}))
    again = Painter()
    outcome, _, work = run(tmp_path, again)
    assert again.drawn == [1]
    assert work.set_aside == {"damaged": 1}
    assert len(outcome.rows["by hand"]) == 4
    assert run(tmp_path, Painter())[1].found == 4


def test_a_picture_without_its_note_is_made_anew(tmp_path: Path) -> None:
    run(tmp_path, Painter())
    (tmp_path / "by_hand" / "case-3.json").unlink()
    again = Painter()
    run(tmp_path, again)
    assert again.drawn == [3]


def test_other_settings_draw_anew_and_other_measures_only_measure_anew(tmp_path: Path) -> None:
    run(tmp_path, Painter())
    measured = Painter()
    _, count, _ = run(tmp_path, measured, measuring="blue")
    assert measured.drawn == []
    assert count.found == 4
    redrawn = Painter()
    _, _, work = run(tmp_path, redrawn, drawing="other model", measuring="blue")
    assert redrawn.drawn == [0, 1, 2, 3]
    assert work.set_aside == {"made with other settings": 4}
    prompts = Painter()
    run(tmp_path, prompts, drawing="other model", data=PaintedCases(("a cat on grass",) * 3 + ("cats",)))
    assert prompts.drawn == [3]


def test_other_code_draws_anew_unless_it_is_told_not_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path, Painter())
    monkeypatch.setattr("zestdesk.evaluation.work.code_mark", lambda: "newer")
    work, case = WorkFolder(tmp_path, "model", "red", any_code=True), PaintedCases().case(0)
    method = Method(name="by hand", title="By hand", paper="", draw=Painter())
    assert work.find(method, case.name, case.request) is not None
    _, count, work = run(tmp_path, Painter())
    assert count.pictures == 4
    assert work.set_aside == {"made by another version of the program": 4}


@pytest.mark.parametrize(
    "source", ["guidance/bias.py", "options.py", "evaluation/methods.py", "evaluation/baselines/loop.py"]
)
def test_every_source_that_decides_a_picture_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    copied = shutil.copytree(
        Path(zestdesk.__file__).parent, tmp_path / "zestdesk", ignore=shutil.ignore_patterns("__pycache__", "ui")
    )
    monkeypatch.setattr(zestdesk, "__file__", str(copied / "__init__.py"))
    before = code_mark.__wrapped__()
    (copied / source).write_text((copied / source).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert code_mark.__wrapped__() != before


def test_layouts_that_nobody_can_be_asked_for_are_left_out_and_named(tmp_path: Path) -> None:
    outcome, count, _ = run(tmp_path, Painter(), data=PaintedCases(("a cat", "endless", "a cat")))
    assert len(outcome.rows["by hand"]) == len(outcome.real) == 2
    assert outcome.left_out == [("case-1", "prompt: too long")]
    assert count.found == 1
    with pytest.raises(UserError, match="No layout can be drawn"):
        run(tmp_path, Painter(), data=PaintedCases(("endless",)))


def test_a_method_that_cannot_draw_is_named(tmp_path: Path) -> None:
    def refuse(*_: object) -> GenerationResult:
        raise UserError("That cannot be.", "size")

    with pytest.raises(UserError, match=r"by hand, case-0: size: That cannot be\."):
        run(tmp_path, refuse)


def test_features_of_real_pictures_are_kept_and_survive_damage(tmp_path: Path) -> None:
    work = WorkFolder(tmp_path, "model", "red")
    rows = reference_features(PaintedCases(), RedSegmenter(), work)
    assert rows is not None
    assert rows.shape == (4, 3)
    (path,) = tmp_path.glob("real-*.npy")
    before = path.stat().st_mtime_ns
    assert np.array_equal(reference_features(PaintedCases(), RedSegmenter(), work), rows)
    assert path.stat().st_mtime_ns == before
    path.write_bytes(path.read_bytes()[:50])
    assert np.array_equal(reference_features(PaintedCases(), RedSegmenter(), work), rows)
    assert reference_features(PaintedCases(("a cat",)), RedSegmenter(), WorkFolder(tmp_path / "b", "", "")) is None
