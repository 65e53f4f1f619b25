"""Union and its kin in the Path menu, in the whole window."""

import pytest
from PySide6.QtCore import QPointF, QRectF
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk, box
from zestdesk.document.layers import PALETTE, BrushLayer, ShapeLayer, shape_path
from zestdesk.document.layout import LayoutState
from zestdesk.document.masks import rasterise

CANVAS = (100, 100)


def _open(desk: Desk, *layers: ShapeLayer | BrushLayer) -> None:
    desk.fill(LayoutState(canvas=CANVAS, layers=layers))
    desk.window.selection.set(layer.id for layer in layers)


def _pair() -> tuple[ShapeLayer, ShapeLayer]:
    return (
        box("upper", 20, 20, 40, 40, id="u", colour=PALETTE[3], weight=2.0),
        box("lower", 0, 0, 40, 40, id="l", colour=PALETTE[5], weight=0.5),
    )


def _area(layer: ShapeLayer) -> float:
    return float(rasterise(layer, CANVAS, CANVAS).sum())


def _said(desk: Desk) -> str:
    return desk.window.hint.toolTip() + desk.window.hint.text()


@pytest.mark.parametrize(
    ("name", "area"),
    [("path_union", 2800), ("path_difference", 1200), ("path_intersection", 400), ("path_exclusion", 2400)],
)
def test_one_shape_with_the_lowest_ones_style_in_one_step(desk: Desk, name: str, area: float) -> None:
    _open(desk, *_pair())
    first = desk.state
    desk.window.actions_table.by_name[name].trigger()
    (layer,) = desk.state.layers
    assert isinstance(layer, ShapeLayer)
    assert _area(layer) == pytest.approx(area, abs=1)
    assert (layer.id, layer.label, layer.colour, layer.weight) == ("l", "lower", PALETTE[5], 0.5)
    assert layer.kind == "path"
    assert desk.window.selection.ids == ("l",)
    assert desk.document.undo.count() == 1
    assert desk.document.undo.undoText() == name.removeprefix("path_").capitalize()
    desk.document.undo.undo()
    assert desk.state == first


def test_curves_stay_curves(desk: Desk) -> None:
    disc = ShapeLayer(id="d", kind="ellipse", path=shape_path("ellipse", QRectF(10, 10, 60, 60)))
    _open(desk, box("b", 40, 0, 60, 100, id="b"), disc)
    desk.window.actions_table.path_difference.trigger()
    (half,) = desk.state.layers
    assert half.path.elementCount() < 12
    assert any(half.path.elementAt(index).isCurveTo() for index in range(half.path.elementCount()))
    assert not half.path.contains(QPointF(45, 40))


def test_nothing_left_is_refused(desk: Desk) -> None:
    _open(desk, box("a", 0, 0, 10, 10), box("b", 50, 50, 10, 10))
    first = desk.state
    desk.window.actions_table.path_intersection.trigger()
    assert desk.state == first
    assert desk.document.undo.count() == 0
    assert "Nothing would be left" in _said(desk)


def test_locked_shapes_stay(desk: Desk) -> None:
    upper, lower = _pair()
    _open(desk, upper, lower, box("fixed", 0, 0, 100, 100, id="f", locked=True))
    desk.window.actions_table.path_union.trigger()
    assert [layer.id for layer in desk.state.layers] == ["l", "f"]
    assert "“fixed” is locked" in _said(desk)
    _open(desk, upper, box("fixed", 0, 0, 100, 100, id="f", locked=True))
    desk.window.actions_table.path_union.trigger()
    assert desk.document.undo.count() == 0


def test_two_shapes_are_needed(desk: Desk) -> None:
    upper, _ = _pair()
    _open(desk, upper, BrushLayer(id="p"))
    assert not desk.window.actions_table.path_union.isEnabled()


def test_what_is_too_intricate_is_refused_with_a_hint(desk: Desk, qtbot: QtBot) -> None:
    scrawl = box("s", 0, 0, 1, 1, id="s").path
    for number in range(1500):
        scrawl.lineTo((number * 37) % 101, (number * 61) % 103 if number % 2 else 103 - (number * 29) % 97)
    _open(desk, ShapeLayer(id="s", path=scrawl), box("b", 0, 0, 50, 50))
    desk.window.actions_table.path_union.trigger()
    qtbot.waitUntil(lambda: "too intricate" in _said(desk), timeout=30_000)
    assert len(desk.state.layers) == 2
