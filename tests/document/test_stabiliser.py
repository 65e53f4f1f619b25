"""The tip is never further from the pointer than the string is long, and never moves more than the pointer."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from zestdesk.document.stabiliser import PulledString

points = st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), min_size=1, max_size=20)


def away(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())


@given(points, st.floats(0, 100))
def test_the_string_holds(path: list[tuple[float, float]], length: float) -> None:
    string = PulledString(length, QPointF(*path[0]))
    pointer = QPointF(*path[0])
    for x, y in path:
        before, moved = QPointF(string.tip), away(pointer, QPointF(x, y))
        pointer = QPointF(x, y)
        followed = string.pull(pointer)
        assert away(string.tip, pointer) <= length + 1e-6
        assert away(string.tip, before) <= moved + 1e-6
        assert followed or string.tip == before


@given(points)
def test_without_a_string_the_tip_is_the_pointer(path: list[tuple[float, float]]) -> None:
    string = PulledString(0, QPointF())
    for x, y in path:
        string.pull(QPointF(x, y))
        assert string.tip == QPointF(x, y)


def test_trembling_within_the_string_is_not_drawn() -> None:
    random = np.random.default_rng(4)
    string = PulledString(20, QPointF())
    tips = []
    for step in range(300):
        string.pull(QPointF(step, random.uniform(-6, 6)))
        tips.append(string.tip.y())
    assert np.abs(tips).max() < 4
    assert np.abs(np.diff(tips)).max() < 1  # the pointer jumps by up to 12
