"""What is on show while a run is made."""

import numpy as np

from zestdesk.document.layout import LayoutState
from zestdesk.guidance.request import StepEvent
from zestdesk.ui.stage import Stage


def event(step: int, loss: float) -> StepEvent:
    return StepEvent(
        step=step,
        total=4,
        timestep=float(1000 - step),
        loss=loss,
        fits=(),
        masks=np.zeros((0, 4, 4), np.float32),
        preview=None,
        guided=step < 3,
        seconds=1.0,
        seconds_left=1.0,
    )


def test_a_run_that_begins_again_forgets_what_it_had_told() -> None:
    stage = Stage()
    stage.start(LayoutState(), 4)
    for step in (1, 2, 3):
        stage.feed(event(step, 0.5), ())
    stage.feed(event(1, 0.9), ())
    assert (stage.step, stage.losses, stage.guided) == (1, (0.9,), (True,))
    stage.feed(event(3, 0.4), ())
    assert (stage.losses, stage.guided) == ((0.9, None, 0.4), (True, False, False))
