"""Groups in the layers panel: selection, folding, and the deeds of keys and menus; and what many layers need."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPointF, Qt
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk, box, three_layers
from tests.ui.zoo import ANIMALS, CONTROL, SHIFT, click, drawn, zoo
from zestdesk.document.commands import RemoveLayers
from zestdesk.document.groups import whole_groups
from zestdesk.document.layout import LayoutState
from zestdesk.session.requests import segment_layers
from zestdesk.ui.layer_model import Role
from zestdesk.ui.layers_panel import LayersPanel


@pytest.fixture
def panel(desk: Desk) -> LayersPanel:
    desk.fill(zoo())
    return desk.window.layers


# Selection


def selected(panel: LayersPanel) -> set[str]:
    items = (index.data(Role.ITEM) for index in panel.list.selectedIndexes())
    return {item.id for item in items}


def test_a_groups_row_stands_for_its_layers(desk: Desk, panel: LayersPanel, qtbot: QtBot) -> None:
    selection = desk.window.selection
    click(qtbot, panel, "G")
    assert selection.ids == ("b", "c")
    assert selected(panel) == {"G", "b", "c"}
    click(qtbot, panel, "a", CONTROL)
    assert selection.ids == ("a", "b", "c")
    click(qtbot, panel, "b", CONTROL)
    assert selection.ids == ("a", "c")
    assert selected(panel) == {"a", "c"}
    assert panel.delegate.holding == {"G"}
    click(qtbot, panel, "G", CONTROL)
    assert selection.ids == ("a", "b", "c")
    click(qtbot, panel, "G", CONTROL)
    assert selection.ids == ("a",)
    click(qtbot, panel, "G")
    click(qtbot, panel, "c")
    assert selection.ids == ("c",)
    click(qtbot, panel, "a")
    click(qtbot, panel, "d", SHIFT)
    assert selection.ids == ("a", "b", "c", "d")


def test_a_group_of_one_can_be_left_and_entered(desk: Desk, panel: LayersPanel, qtbot: QtBot) -> None:
    desk.document.undo.push(RemoveLayers(desk.document.layout, ["c"]))
    click(qtbot, panel, "G")
    click(qtbot, panel, "b")
    assert desk.window.selection.ids == ("b",)
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    assert desk.window.selection.ids == ("d",)
    for _ in range(3):
        qtbot.keyClick(panel.list, Qt.Key.Key_Up)
    assert desk.window.selection.ids == ("a",)


def test_what_the_canvas_selects_is_brought_into_sight(desk: Desk, panel: LayersPanel) -> None:
    panel.list.collapse(panel.model.group_index("G"))
    desk.window.selection.set(["c"])
    assert panel.list.isExpanded(panel.model.group_index("G"))
    assert panel.list.currentIndex() == panel.model.index_of("c")
    desk.window.selection.set(["b", "c"])
    assert selected(panel) == {"G", "b", "c"}


# Folding


def test_folds_are_kept_with_the_document_and_are_no_edits(desk: Desk, panel: LayersPanel, qtbot: QtBot) -> None:
    click(qtbot, panel, "G", part="fold")
    assert desk.state.collapsed == {"G"}
    assert desk.document.undo.count() == 0
    assert not desk.document.modified
    assert desk.window.selection.ids == ()
    state = desk.state
    desk.fill(three_layers())
    desk.fill(state)
    assert not panel.list.isExpanded(panel.model.group_index("G"))
    click(qtbot, panel, "G", part="fold")
    assert desk.state.collapsed == frozenset()


def test_arrows_fold_and_walk(desk: Desk, panel: LayersPanel, qtbot: QtBot) -> None:
    click(qtbot, panel, "c")
    keys = Qt.Key
    qtbot.keyClick(panel.list, keys.Key_Left)
    assert panel.list.currentIndex() == panel.model.group_index("G")
    assert desk.window.selection.ids == ("b", "c")
    qtbot.keyClick(panel.list, keys.Key_Left)
    assert desk.state.collapsed == {"G"}
    qtbot.keyClick(panel.list, keys.Key_Down)
    assert desk.window.selection.ids == ("d",)
    qtbot.keyClick(panel.list, keys.Key_Up)
    qtbot.keyClick(panel.list, keys.Key_Right)
    assert desk.state.collapsed == frozenset()


# Deeds


def test_grouping_by_keys_and_back(desk: Desk, qtbot: QtBot) -> None:
    before = desk.fill(zoo())
    window, panel = desk.window, desk.window.layers
    window.activateWindow()
    panel.list.setFocus()
    window.selection.set(["a", "d"])
    qtbot.keyClick(panel.list, Qt.Key.Key_G, CONTROL)
    assert drawn(desk) == "(ad)(bc)"
    (group,) = whole_groups(desk.state.layers, window.selection.ids)
    assert group.name == "Group 1"
    assert panel.list.isExpanded(panel.model.group_index(group.id))
    qtbot.keyClick(panel.list, Qt.Key.Key_G, CONTROL)
    assert "a group already" in window.hint.text()
    qtbot.keyClick(panel.list, Qt.Key.Key_G, CONTROL | SHIFT)
    assert drawn(desk) == "ad(bc)"
    qtbot.keyClick(panel.list, Qt.Key.Key_G, CONTROL | SHIFT)
    assert "in a group" in window.hint.text()
    desk.document.undo.setIndex(0)
    assert desk.state == before


def test_f2_names_the_group_that_is_selected(desk: Desk, panel: LayersPanel, qtbot: QtBot) -> None:
    click(qtbot, panel, "G")
    desk.window.actions_table.rename.trigger()
    editor = panel.list.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "Animals"
    qtbot.keyClicks(editor, "a")
    assert not editor.offers.isVisible()
    editor.setText("Birds")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.model.group_index("G").data() == "Birds")
    assert {layer.group.name for layer in desk.state.layers if layer.group} == {"Birds"}
    assert desk.document.undo.undoText() == "Rename group"


def test_eye_and_lock_of_a_group_are_for_all_its_layers(desk: Desk, panel: LayersPanel, qtbot: QtBot) -> None:
    click(qtbot, panel, "G", part="eye")
    click(qtbot, panel, "G", part="lock")
    assert desk.document.undo.count() == 2
    assert segment_layers(desk.state) == (("a",), ("d",))
    assert desk.window.canvas._scene.layer_at(QPointF(50, 10)) is None
    click(qtbot, panel, "b", part="eye")
    click(qtbot, panel, "b", part="eye")
    assert "group is hidden" in desk.window.hint.text()
    desk.window.selection.set(["b", "c"])
    desk.window.actions_table.delete.trigger()
    assert drawn(desk) == "a(bc)d"
    assert "The group of “b” is locked" in desk.window.hint.text()


def test_space_hides_and_shows_a_group_as_such(desk: Desk, panel: LayersPanel, qtbot: QtBot) -> None:
    click(qtbot, panel, "G")
    click(qtbot, panel, "a", CONTROL)
    for visible in (False, True):
        qtbot.keyClick(panel.list, Qt.Key.Key_Space)
        a, b, _, _ = desk.state.layers
        assert (a.visible, b.visible, b.group) == (visible, True, replace(ANIMALS, visible=visible))
    desk.window.actions_table.lock_layer.trigger()
    assert [layer.locked for layer in desk.state.layers] == [True, False, False, False]
    assert desk.state.layers[1].group == replace(ANIMALS, locked=True)


def test_keys_move_rows_through_groups(desk: Desk, panel: LayersPanel, qtbot: QtBot) -> None:
    click(qtbot, panel, "d")
    seen = []
    for _ in range(5):
        qtbot.keyClick(panel.list, Qt.Key.Key_Up, CONTROL)
        seen.append(drawn(desk))
    assert seen == ["a(bcd)", "a(bdc)", "a(dbc)", "ad(bc)", "da(bc)"]
    assert desk.window.selection.ids == ("d",)
    qtbot.keyClick(panel.list, Qt.Key.Key_Down, CONTROL)
    assert drawn(desk) == "ad(bc)"
    click(qtbot, panel, "G", part="fold")
    qtbot.keyClick(panel.list, Qt.Key.Key_Down, CONTROL)
    assert drawn(desk) == "a(bc)d"


def test_alt_click_shows_a_group_only_and_then_what_was_shown_before(
    desk: Desk, panel: LayersPanel, qtbot: QtBot
) -> None:
    click(qtbot, panel, "d", part="eye")
    click(qtbot, panel, "G", part="eye")
    alt = Qt.KeyboardModifier.AltModifier
    for name, wanted in (("G", "bc"), ("G", "abc"), ("c", "c"), ("c", "abc")):
        click(qtbot, panel, name, alt, part="eye")
        assert "".join(sum(segment_layers(desk.state), ())) == wanted


def test_duplicating_a_group_makes_a_group_and_a_layer_stays_in_its_own(desk: Desk, panel: LayersPanel) -> None:
    selection, duplicate = desk.window.selection, desk.window.actions_table.duplicate
    panel._commands.change_group(replace(ANIMALS, locked=True), "Lock")
    selection.set(["b", "c", "d"])
    duplicate.trigger()
    assert drawn(desk) == "a(bc)(bc)dd"
    first, second = (layer.group for layer in desk.state.layers if layer.label == "b")
    assert (first.id != "G", first.name, first.locked) == (True, "Animals", False)
    assert second == replace(ANIMALS, locked=True)
    assert len(selection.ids) == 3
    desk.document.undo.undo()
    assert drawn(desk) == "a(bc)d"
    selection.set(["b"])
    duplicate.trigger()
    assert drawn(desk) == "a(bbc)d"


@pytest.fixture
def crowd(desk: Desk) -> LayersPanel:
    layers = [box(f"{'cat' if at % 2 else 'dog'} {at}", id=str(at)) for at in range(100)]
    layers[10:12] = [replace(layer, group=ANIMALS) for layer in layers[10:12]]
    desk.fill(LayoutState(canvas=(64, 64), layers=tuple(layers)))
    return desk.window.layers


def test_many_layers_are_found_by_their_label(desk: Desk, crowd: LayersPanel, qtbot: QtBot) -> None:
    list_, model = crowd.list, crowd.model
    assert crowd.filter.isVisible()
    qtbot.keyClicks(crowd.filter, "CAT 1")
    shown = [row for row in range(model.rowCount()) if not list_.isRowHidden(row, QModelIndex())]
    assert [model.index(row).data() for row in shown] == ["cat 1", "Animals", *(f"cat {at}" for at in (13, 15, 17, 19))]
    assert not list_.isRowHidden(1, model.group_index("G"))
    assert list_.isRowHidden(0, model.group_index("G"))
    crowd.filter.setText("animal")
    assert not list_.isRowHidden(0, model.group_index("G"))
    crowd.filter.setText("zebra")
    assert list_._message
    crowd.edit_label("0")
    assert crowd.filter.text() == ""
    assert not list_._message
    desk.fill(three_layers())
    assert not crowd.filter.isVisible()


def test_only_rows_in_sight_are_drawn(crowd: LayersPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_layers: list[str] = []
    picture = crowd.delegate._thumbnails.picture
    monkeypatch.setattr(
        crowd.delegate._thumbnails,
        "picture",
        lambda layer, canvas, ratio: drawn_layers.append(layer.id) or picture(layer, canvas, ratio),
    )
    crowd.list.verticalScrollBar().setValue(1500)
    crowd.list.viewport().grab()
    assert 0 < len(set(drawn_layers)) < 20
    assert "0" not in drawn_layers


def test_the_context_menu_has_what_one_does_to_layers(desk: Desk, panel: LayersPanel, qtbot: QtBot) -> None:
    click(qtbot, panel, "b")
    panel.list.customContextMenuRequested.emit(panel.list.visualRect(panel.model.index_of("b")).center())
    menu = next(menu for menu in panel.findChildren(QMenu) if menu.isVisible() and menu.parent() is panel)
    found = {action for action in menu.actions() if action.menu() is None}
    wanted = ("rename", "layer_colour", "duplicate", "delete", "group", "ungroup", "solo_layer", "lock_layer")
    assert {getattr(desk.window.actions_table, name) for name in wanted} <= found
    menu.close()
