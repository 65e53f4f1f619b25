import pytest
from pytestqt.qtbot import QtBot

from zestdesk.ui.brush_settings import BrushSettings


@pytest.mark.parametrize(("name", "low", "high"), [("size", 1, 1000), ("hardness", 0, 1), ("opacity", 0, 1)])
def test_values_keep_to_their_range_and_announce_changes(qtbot: QtBot, name: str, low: float, high: float) -> None:
    brush = BrushSettings()
    with qtbot.waitSignal(brush.changed):
        setattr(brush, name, low - 5)
    assert getattr(brush, name) == low
    setattr(brush, name, high + 5)
    assert getattr(brush, name) == high
    with qtbot.assertNotEmitted(brush.changed):
        setattr(brush, name, high)


def test_larger_and_smaller_go_through_all_sizes(qtbot: QtBot) -> None:
    brush = BrushSettings(size=1)
    sizes = [brush.size]
    while brush.size < 1000:
        brush.larger()
        sizes.append(brush.size)
    assert sizes == sorted(set(sizes))
    assert sizes[:4] == [1, 2, 3, 4]
    assert len(sizes) < 60
    while brush.size > 1:
        before = brush.size
        brush.smaller()
        assert brush.size < before
    brush.smaller()
    assert brush.size == 1


def test_style_is_what_a_stroke_takes(qtbot: QtBot) -> None:
    style = BrushSettings(size=12, hardness=0.3, opacity=0.5).style(erase=True)
    assert (style.size, style.hardness, style.opacity, style.erase) == (12, 0.3, 0.5, True)
