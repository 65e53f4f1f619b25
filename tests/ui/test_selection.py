from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from zestdesk.document.layers import ShapeLayer
from zestdesk.document.layout import Layout, LayoutState
from zestdesk.ui.selection import Selection


def _three() -> tuple[Layout, Selection]:
    layout = Layout(LayoutState(layers=tuple(ShapeLayer(id=name) for name in "abc")))
    return layout, Selection(layout)


def test_ids_stand_in_the_order_of_the_layers(qtbot: QtBot) -> None:
    _, selection = _three()
    with qtbot.waitSignal(selection.changed):
        selection.set(["c", "a", "nobody"])
    assert selection.ids == ("a", "c")
    assert [layer.id for layer in selection.layers] == ["a", "c"]
    assert "a" in selection
    assert "b" not in selection


def test_toggle_adds_and_takes_out(qtbot: QtBot) -> None:
    _, selection = _three()
    selection.toggle("b")
    selection.toggle("a")
    assert selection.ids == ("a", "b")
    selection.toggle("b")
    assert selection.ids == ("a",)
    selection.clear()
    assert selection.ids == ()


def test_setting_the_same_again_says_nothing(qtbot: QtBot) -> None:
    _, selection = _three()
    selection.set(["a"])
    with qtbot.assertNotEmitted(selection.changed):
        selection.set(["a"])


def test_follows_the_layout(qtbot: QtBot) -> None:
    layout, selection = _three()
    selection.set(["a", "b"])
    layout.arrange([(name, None) for name in "bca"])
    assert selection.ids == ("b", "a")
    with qtbot.waitSignal(selection.changed):
        layout.remove("b")
    assert selection.ids == ("a",)
    layout.set_state(LayoutState())
    assert selection.ids == ()


def test_lives_with_its_parent(qtbot: QtBot) -> None:
    parent = QObject()
    layout, _ = _three()
    assert Selection(layout, parent).parent() is parent
