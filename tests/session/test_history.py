"""The history and its budget."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from tests.session.drawing import two_boxes
from zestdesk.document.layers import BrushLayer
from zestdesk.document.layout import LayoutState
from zestdesk.files.project import Run
from zestdesk.guidance.request import GenerationRequest, GenerationResult
from zestdesk.session.history import History

SIDE = 16
BYTES = SIDE * SIDE * 3


def result(seed: int = 0) -> GenerationResult:
    """Return a result of :data:`BYTES` bytes."""
    return GenerationResult(
        request=GenerationRequest(prompt="a cat", width=SIDE, height=SIDE, seed=seed),
        picture=np.full((SIDE, SIDE, 3), seed % 256, np.uint8),
        composed_prompt="a cat",
        tokens=(),
        steps=(),
        masks=np.zeros((0, 0, 1, 1), np.uint8),
        fits=(),
        seconds=1.0,
    )


class Ear:
    def __init__(self, history: History) -> None:
        self.heard: list[tuple[str, str]] = []
        history.added.connect(lambda run: self.heard.append(("added", run.id)))
        history.removed.connect(lambda run: self.heard.append(("removed", run.id)))
        history.reset.connect(lambda: self.heard.append(("reset", "")))


def test_runs_are_kept_in_order_and_told() -> None:
    history = History()
    ear, state = Ear(history), two_boxes(Path("here"))
    one, two = history.add(state, result(1)), history.add(state, result(2))
    assert history.runs == (one, two)
    assert one.id != two.id
    assert one.state is state
    assert timedelta(0) <= datetime.now(UTC) - one.created < timedelta(minutes=5)
    assert ear.heard == [("added", one.id), ("added", two.id)]


def test_a_run_can_be_taken_out() -> None:
    history = History()
    one, two = history.add(LayoutState(), result()), history.add(LayoutState(), result())
    ear = Ear(history)
    history.remove(one.id)
    assert history.runs == (two,)
    assert ear.heard == [("removed", one.id)]
    with pytest.raises(KeyError):
        history.remove(one.id)


@given(count=st.integers(1, 8), fits=st.integers(0, 9))
def test_the_oldest_go_first_and_the_newest_stays(count: int, fits: int) -> None:
    history = History(budget=fits * BYTES)
    ear = Ear(history)
    runs = [history.add(LayoutState(), result(seed)) for seed in range(count)]
    kept = runs[-max(1, fits) :]
    assert history.runs == tuple(kept)
    assert [run for what, run in ear.heard if what == "removed"] == [run.id for run in runs if run not in kept]


def test_opened_runs_obey_the_budget_too() -> None:
    runs = [Run(id=str(at), created=datetime.now(UTC), state=LayoutState(), result=result(at)) for at in range(5)]
    history = History(budget=2 * BYTES)
    ear = Ear(history)
    history.replace_all(runs)
    assert history.runs == tuple(runs[-2:])
    assert ear.heard == [("reset", "")]
    history.replace_all(())
    assert history.runs == ()


def test_a_mask_that_runs_share_counts_once() -> None:
    mask = QImage(64, 64, QImage.Format.Format_Grayscale8)
    mask.fill(255)
    state = LayoutState(canvas=(64, 64), layers=(BrushLayer(label="a cat", mask=mask),))
    history = History(budget=64 * 64 + 3 * BYTES)
    for seed in range(3):
        history.add(state, result(seed))
    assert len(history.runs) == 3
    history.add(state, result(3))
    assert len(history.runs) == 3
