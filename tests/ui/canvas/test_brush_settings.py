from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from zestdesk.ui.brush_settings import BrushSettings

NUMBERS = {
    "size": (1, 1000),
    "hardness": (0, 1),
    "opacity": (0, 1),
    "least": (0, 1),
    "steadiness": (0, 100),
    "tolerance": (0, 1),
}
SWITCHES = ("size_by_pressure", "opacity_by_pressure", "fill_all")


@pytest.mark.parametrize(("name", "low", "high"), [(name, *ends) for name, ends in NUMBERS.items()])
def test_values_keep_to_their_range_and_announce_changes(qtbot: QtBot, name: str, low: float, high: float) -> None:
    brush = BrushSettings()
    setattr(brush, name, (low + high) / 2)
    with qtbot.waitSignal(brush.changed):
        setattr(brush, name, low - 5)
    assert getattr(brush, name) == low
    setattr(brush, name, high + 5)
    assert getattr(brush, name) == high
    with qtbot.assertNotEmitted(brush.changed):
        setattr(brush, name, high)


@pytest.mark.parametrize("name", SWITCHES)
def test_switches_announce_changes(qtbot: QtBot, name: str) -> None:
    brush = BrushSettings()
    before = getattr(brush, name)
    with qtbot.waitSignal(brush.changed):
        setattr(brush, name, not before)
    assert getattr(brush, name) is not before
    with qtbot.assertNotEmitted(brush.changed):
        setattr(brush, name, not before)


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


def test_harder_and_softer_go_by_tenths(qtbot: QtBot) -> None:
    brush = BrushSettings(hardness=0.85)
    brush.harder()
    assert brush.hardness == 0.95
    brush.harder()
    assert brush.hardness == 1
    for _ in range(11):
        brush.softer()
    assert brush.hardness == 0


def test_brush_and_eraser_have_sizes_of_their_own(qtbot: QtBot) -> None:
    brush = BrushSettings(size=20)
    brush.erasing = True
    with qtbot.waitSignal(brush.changed):
        brush.size = 60
    assert brush.eraser_size == 60
    brush.erasing = False
    assert brush.size == 20
    assert (brush.style().size, brush.style(erase=True).size) == (20, 60)


def test_style_is_what_a_stroke_takes(qtbot: QtBot) -> None:
    brush = BrushSettings(size=12, hardness=0.3, opacity=0.5)
    brush.size_by_pressure, brush.opacity_by_pressure, brush.least = False, True, 0.25
    style = brush.style(erase=True)
    assert (style.size, style.hardness, style.opacity, style.erase) == (12, 0.3, 0.5, True)
    assert (style.size_by_pressure, style.opacity_by_pressure, style.least) == (False, True, 0.25)


def test_all_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    path = str(tmp_path / "settings.ini")
    settings = QSettings(path, QSettings.Format.IniFormat)
    brush = BrushSettings()
    brush.remember_in(settings)
    wanted = {"size": 33.0, "eraser_size": 77.0, "hardness": 0.25, "opacity": 0.5, "least": 0.125, "steadiness": 12.0}
    wanted |= {"tolerance": 0.75, "size_by_pressure": False, "opacity_by_pressure": True, "fill_all": True}
    for name, value in wanted.items():
        setattr(brush, name, value)
    settings.sync()
    again = BrushSettings()
    again.remember_in(QSettings(path, QSettings.Format.IniFormat))
    assert {name: getattr(again, name) for name in wanted} == wanted


def test_nonsense_in_the_settings_does_no_harm(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    for name, value in {
        "size": "a lot",
        "eraser_size": 1e9,
        "hardness": "nan",
        "opacity": -3,
        "least": ["1", "2"],
        "fill_all": "perhaps",
    }.items():
        settings.setValue(f"brush/{name}", value)
    brush = BrushSettings(size=40)
    brush.remember_in(settings)
    assert (brush.size, brush.eraser_size, brush.hardness, brush.opacity) == (40, 1000, 0.8, 0)
    assert (brush.least, brush.fill_all) == (0.05, False)
