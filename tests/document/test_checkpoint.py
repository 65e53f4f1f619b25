"""Long computations end where nobody waits for them any more."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from zestdesk.document.boolean import combined
from zestdesk.document.checkpoint import Stopped, checkpoint, stoppable
from zestdesk.document.fill import flood
from zestdesk.document.layers import ShapeLayer, shape_path
from zestdesk.document.merge import merged
from zestdesk.document.morphology import filled_holes, grown, shrunk, softened
from zestdesk.document.nodes import nodes_of
from zestdesk.document.tracing import simplified, traced

SPOTS = np.zeros((40, 40), np.uint8)
SPOTS[5:12, 5:12] = SPOTS[20:30, 8:30] = 255
RING = SPOTS.copy()
RING[22:28, 12:26] = 0
CIRCLES = [shape_path("ellipse", QRectF(20 * at, 0, 50, 50)) for at in range(3)]


def test_it_does_nothing_where_nobody_said_so() -> None:
    checkpoint()
    with stoppable(lambda: False):
        checkpoint()
    checkpoint()


def test_it_ends_what_was_given_up_and_nothing_else() -> None:
    elsewhere: list[str] = []

    def another_thread() -> None:
        checkpoint()
        elsewhere.append("went on")

    with stoppable(lambda: True):
        with pytest.raises(Stopped):
            checkpoint()
        thread = threading.Thread(target=another_thread)
        thread.start()
        thread.join()
    checkpoint()
    assert elsewhere == ["went on"]


@pytest.mark.parametrize(
    "work",
    [
        lambda: grown(SPOTS, 9),
        lambda: shrunk(SPOTS, 9),
        lambda: softened(SPOTS, 9),
        lambda: filled_holes(RING),
        lambda: flood(SPOTS, 6, 6, 0.1),
        lambda: traced(SPOTS),
        lambda: simplified(nodes_of(CIRCLES[0]), 0.5),
        lambda: combined(CIRCLES, "union"),
        lambda: merged([ShapeLayer(path=path, kind="ellipse") for path in CIRCLES], (100, 100)),
    ],
    ids=["grow", "shrink", "soften", "fill holes", "fill", "trace", "simplify", "combine", "merge"],
)
def test_whatever_may_take_long_can_be_given_up(work) -> None:
    work()
    with stoppable(lambda: True), pytest.raises(Stopped):
        work()
