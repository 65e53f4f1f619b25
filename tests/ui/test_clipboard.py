"""Cut, copy and paste of layers, in the whole window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QRectF
from PySide6.QtGui import QGuiApplication

from tests.ui.desk import Desk, box
from zestdesk.document.brush import blank_mask
from zestdesk.document.layers import BrushLayer, Group, ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.document.transform import layer_bounds
from zestdesk.ui import clipboard_commands


def _open(desk: Desk, *layers: ShapeLayer | BrushLayer, canvas: tuple[int, int] = (100, 100)) -> None:
    desk.fill(LayoutState(canvas=canvas, layers=layers))
    desk.window.selection.set(layer.id for layer in layers)


def _do(desk: Desk, *names: str) -> None:
    for name in names:
        desk.window.actions_table.by_name[name].trigger()


def _said(desk: Desk) -> str:
    return desk.window.hint.toolTip() + desk.window.hint.text()


def _rects(desk: Desk) -> list[tuple[float, ...]]:
    return [layer_bounds(layer).getRect() for layer in desk.state.layers]


@pytest.fixture(autouse=True)
def clipboard() -> Iterator[None]:
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()  # offscreen, Qt destroys what is left after Python has ended, and crashes


def test_copies_get_ids_of_their_own_and_lie_beside_the_originals(desk: Desk) -> None:
    _open(desk, box("a", 10, 10, 20, 20, id="a"), box("b", 50, 50, 20, 20, id="b"))
    desk.window.selection.set("b")
    _do(desk, "copy", "paste", "paste")
    assert [layer.label for layer in desk.state.layers] == ["a", "b", "b", "b"]
    assert _rects(desk) == [(10, 10, 20, 20), (56, 56, 20, 20), (53, 53, 20, 20), (50, 50, 20, 20)]
    assert len({layer.id for layer in desk.state.layers}) == 4
    assert desk.window.selection.ids == (desk.state.layers[1].id,)
    assert len({layer.colour for layer in desk.state.layers}) >= 3
    assert desk.document.undo.count() == 2
    assert desk.document.undo.undoText() == "Paste"


def test_paste_in_place(desk: Desk) -> None:
    _open(desk, box("a", 10, 10, 20, 20))
    _do(desk, "copy", "paste_in_place")
    assert _rects(desk) == [(10, 10, 20, 20)] * 2


def test_cut_is_one_step_and_leaves_locked_layers(desk: Desk) -> None:
    _open(desk, box("a", 10, 10, 20, 20, id="a"), box("b", 50, 50, 20, 20, id="b", locked=True))
    _do(desk, "cut")
    assert [layer.id for layer in desk.state.layers] == ["b"]
    assert desk.document.undo.undoText() == "Cut"
    assert desk.document.undo.count() == 1
    assert "“b” is locked" in _said(desk)
    _do(desk, "paste")
    assert [layer.label for layer in desk.state.layers] == ["a", "b"]
    assert _rects(desk)[0] == (10, 10, 20, 20)


def test_a_group_is_pasted_as_a_new_group_and_unlocked(desk: Desk) -> None:
    group = Group(name="pair", locked=True)
    _open(desk, box("a", 10, 10, 5, 5, group=group), box("b", 20, 20, 5, 5, group=group, locked=True))
    _do(desk, "copy", "paste")
    first, second, *old = desk.state.layers
    assert first.group == second.group
    assert first.group is not None
    assert first.group.id != group.id
    assert (first.group.name, first.group.locked, second.locked) == ("pair", False, False)
    assert [layer.group for layer in old] == [group, group]
    assert desk.document.undo.count() == 1


def test_between_documents_layers_come_onto_the_canvas(desk: Desk) -> None:
    mask = blank_mask((400, 400))
    mask.fill(255)
    _open(desk, box("a", 300, 300, 20, 20), BrushLayer(label="p", mask=mask), canvas=(400, 400))
    desk.window.selection.set([desk.state.layers[0].id])
    _do(desk, "copy")
    _open(desk, canvas=(100, 100))
    _do(desk, "paste")
    assert _rects(desk) == [(40, 40, 20, 20)]
    _open(desk, BrushLayer(label="p", mask=mask), canvas=(400, 400))
    _do(desk, "copy")
    _open(desk, canvas=(100, 100))
    _do(desk, "paste")
    assert desk.state.layers[0].mask.size().toTuple() == (100, 100)


def test_paint_at_the_edge_is_not_cut_off_by_the_paste(desk: Desk) -> None:
    mask = blank_mask((100, 100))
    mask.fill(255)
    _open(desk, BrushLayer(mask=mask))
    _do(desk, "copy", "paste")
    assert _rects(desk) == [(0, 0, 100, 100)] * 2


def test_path_data_from_elsewhere(desk: Desk) -> None:
    _open(desk)
    QGuiApplication.clipboard().setText("M 10 10 H 30 V 30 Z")
    _do(desk, "paste")
    assert layer_bounds(desk.state.layers[0]) == QRectF(10, 10, 20, 20)


@pytest.mark.parametrize("text", ["", "a shopping list", '{"layers": 3}', "M 0 0 L 1 NaN"])
def test_nonsense_is_refused_with_a_hint(desk: Desk, text: str) -> None:
    _open(desk, box("a"))
    first = desk.state
    data = QMimeData()
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)
    for name in ("paste", "paste_in_place"):
        _do(desk, name)
        assert "Nothing was pasted." in _said(desk)
    assert desk.state == first
    assert desk.document.undo.count() == 0


def test_a_desktop_that_gives_no_clipboard_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        def mimeData(self) -> None:
            """As Qt answers where there is none."""

    with monkeypatch.context() as patched:
        patched.setattr(clipboard_commands.QGuiApplication, "clipboard", Nothing)
        _do(desk, "paste", "paste_in_place")
    assert "no layers" in _said(desk)
    assert desk.document.undo.count() == 0


def test_more_layers_than_a_layout_may_have(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard_commands, "MAX_LAYERS", 3)
    _open(desk, box("a"), box("b"))
    _do(desk, "copy", "paste")
    assert len(desk.state.layers) == 2
    assert "at most 3 layers" in _said(desk)
