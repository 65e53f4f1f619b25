"""The selection's numbers over the canvas, in the whole window."""

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from tests.ui.desk import Desk, box
from zestdesk.document.layers import ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.document.transform import layer_bounds
from zestdesk.ui.transform_card import TransformCard


@pytest.fixture
def card(desk: Desk) -> TransformCard:
    layers = (box("a", 10, 20, 30, 40, id="a"), box("b", 60, 20, 20, 20, id="b"))
    desk.fill(LayoutState(canvas=(200, 100), layers=layers))
    desk.window.selection.set("a")
    return desk.window.findChild(TransformCard)


def _values(card: TransformCard) -> list[str]:
    return [field.text() for field in (card.left, card.top, card.wide, card.tall, card.angle)]


def _enter(field: object, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def _rect(desk: Desk, name: str = "a") -> tuple[float, ...]:
    return layer_bounds(desk.state.layer(name)).getRect()


def test_it_says_where_the_selection_is(desk: Desk, card: TransformCard) -> None:
    assert card.isVisible()
    assert _values(card) == ["10", "20", "30", "40", "0°"]
    desk.window.selection.set("ab")
    assert _values(card) == ["10", "20", "70", "40", "0°"]
    desk.window.selection.clear()
    assert not card.isVisible()


def test_it_is_there_with_the_select_tool_only(desk: Desk, card: TransformCard) -> None:
    desk.window.canvas.set_tool("brush")
    assert not card.isVisible()
    desk.window.canvas.set_tool("select")
    assert card.isVisible()
    inside = desk.window.canvas.viewport()
    assert inside.rect().contains(inside.mapFromGlobal(card.mapToGlobal(card.rect().center())))


@pytest.mark.parametrize(
    ("field", "text", "expected", "step"),
    [
        ("left", "25.5", (25.5, 20, 30, 40), "Move"),
        ("top", "-5", (10, -5, 30, 40), "Move"),
        ("wide", "60", (10, 20, 60, 40), "Resize"),
        ("tall", "10", (10, 20, 30, 10), "Resize"),
        ("angle", "90", (5, 25, 40, 30), "Rotate"),
    ],
)
def test_each_number_is_one_step(
    desk: Desk, card: TransformCard, field: str, text: str, expected: tuple[float, ...], step: str
) -> None:
    first = desk.state
    _enter(getattr(card, field), text)
    assert _rect(desk) == expected
    assert desk.document.undo.count() == 1
    assert desk.document.undo.undoText() == step
    assert card.angle.value() == 0
    desk.document.undo.undo()
    assert desk.state == first
    assert _values(card) == ["10", "20", "30", "40", "0°"]


def test_linked_sides_keep_their_proportion(desk: Desk, card: TransformCard) -> None:
    card.linked.setChecked(True)
    _enter(card.wide, "60")
    assert _rect(desk) == (10, 20, 60, 80)
    _enter(card.tall, "40")
    assert _rect(desk) == (10, 20, 30, 40)


def test_several_layers_scale_as_one(desk: Desk, card: TransformCard) -> None:
    desk.window.selection.set("ab")
    _enter(card.wide, "140")
    assert _rect(desk, "a") == (10, 20, 60, 40)
    assert _rect(desk, "b") == (110, 20, 40, 20)


def test_fine_turns_make_a_free_path(desk: Desk, card: TransformCard) -> None:
    _enter(card.angle, "12.5")
    layer = desk.state.layer("a")
    assert isinstance(layer, ShapeLayer)
    assert layer.kind == "path"
    assert layer_bounds(layer).center() == QRectF(10, 20, 30, 40).center()


def test_escape_leaves_the_field_and_changes_nothing(desk: Desk, card: TransformCard) -> None:
    card.left.setFocus()
    card.left.selectAll()
    QTest.keyClicks(card.left, "99")
    QTest.keyClick(card.left, Qt.Key.Key_Escape)
    assert card.left.text() == "10"
    desk.window.canvas.setFocus()
    assert desk.document.undo.count() == 0


def test_locked_layers_have_no_numbers_to_change(desk: Desk, card: TransformCard) -> None:
    desk.fill(LayoutState(layers=(box("fixed", 0, 0, 9, 9, id="f", locked=True),)))
    desk.window.selection.set("f")
    assert not card.isVisible()


def test_names_for_those_who_hear_the_screen(card: TransformCard) -> None:
    names = [each.accessibleName() for each in (card.left, card.top, card.wide, card.tall, card.angle, card.linked)]
    assert all(names)
    assert len(set(names)) == len(names)


def test_where_the_pivot_is_shown_numbers_turn_and_scale_about_it(desk: Desk) -> None:
    state = desk.fill()
    window, card = desk.window, desk.window._on_selection.card
    window.selection.set([state.layers[1].id])
    card.pivot.click()
    assert window.actions_table.show_pivot.isChecked()
    assert window.selection.pivot.shown
    window.selection.pivot.put(QPointF(100, 100), QRectF(60, 60, 40, 40))

    def rect() -> tuple[float, ...]:
        layer = desk.state.layers[1]
        assert isinstance(layer, ShapeLayer)
        return tuple(round(value, 6) for value in layer.path.boundingRect().getRect())

    card.wide.setValue(20)
    assert rect() == (80, 60, 20, 40)
    card.angle.setValue(90)
    assert rect() == (100, 80, 40, 20)
    window.actions_table.turn_left.trigger()
    assert rect() == (80, 60, 20, 40)
    card.pivot.click()
    window.actions_table.turn_left.trigger()
    assert rect() == (70, 70, 40, 20)
