"""Editing nodes, by real events."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from tests.ui.canvas.conftest import ALT, CONTROL, LEFT, NONE, SHIFT, Desk, MakeDesk, painted, shape
from tests.ui.canvas.outlines import SQUARE, anchors, outline, polygon
from zestdesk.document.nodes import Kind, Subpath


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    """A square whose nodes can be edited."""
    desk = make_desk(
        polygon("a", *SQUARE), shape("b", 260, 20, 60, 60, kind="ellipse"), painted("p", (400, 300), 20, 20, 40, 40)
    )
    desk.selection.set(["a"])
    desk.view.set_tool("node")
    return desk


class TestEntering:
    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
    def test_enter_on_a_selected_shape(self, desk: Desk, key: Qt.Key) -> None:
        desk.view.set_tool("select")
        desk.key(key)
        assert desk.view.tool == "node"
        desk.key(key)
        assert desk.view.tool == "select"

    def test_a_double_click_on_a_shape(self, desk: Desk) -> None:
        desk.view.set_tool("select")
        desk.double_click(290, 50)
        assert desk.view.tool == "node"
        assert desk.selection.ids == ("b",)
        assert desk.wanted == []

    def test_a_double_click_on_a_painted_layer_still_wants_its_label(self, desk: Desk) -> None:
        desk.view.set_tool("select")
        desk.double_click(40, 40)
        assert desk.view.tool == "select"
        assert desk.wanted == ["p"]

    def test_a_click_goes_over_to_another_shape(self, desk: Desk) -> None:
        desk.click(290, 50)
        assert desk.selection.ids == ("b",)
        desk.drag((320, 50), (340, 50))
        assert desk.rect("b")[2] > 60

    def test_a_painted_layer_has_no_nodes(self, desk: Desk) -> None:
        desk.click(40, 40)
        assert desk.selection.ids == ("p",)
        assert "painted layer has none" in desk.hints[-1]

    def test_locked_shapes_say_so(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 100, 100, 100, 100, locked=True))
        desk.selection.set(["a"])
        desk.view.set_tool("node")
        assert "locked" in " ".join(desk.hints)
        desk.drag((100, 100), (50, 50))
        assert desk.rect("a") == (100, 100, 100, 100)

    def test_escape_lets_go_of_the_nodes_then_of_the_tool(self, desk: Desk) -> None:
        desk.click(100, 100)
        desk.key(Qt.Key.Key_Escape)
        assert desk.view.tool == "node"
        desk.key(Qt.Key.Key_Escape)
        assert desk.view.tool == "select"
        assert desk.selection.ids == ("a",)

    def test_a_double_click_beside_everything_leaves(self, desk: Desk) -> None:
        desk.double_click(350, 280)
        assert desk.view.tool == "select"


class TestMoving:
    def test_a_drag_moves_a_node_in_one_step(self, desk: Desk) -> None:
        desk.drag((200, 200), (220, 210), (250, 240))
        assert anchors(desk) == [(100, 100), (200, 100), (250, 240), (100, 200)]
        assert desk.undo.count() == 1
        assert desk.undo.text(0) == "Move node"
        desk.undo.undo()
        assert anchors(desk) == list(SQUARE)
        desk.undo.redo()
        assert anchors(desk)[2] == (250, 240)

    def test_the_drag_is_seen_before_the_release(self, desk: Desk) -> None:
        desk.press(200, 200)
        desk.move(250, 240)
        assert desk.view.scene().figure("a").bounds.getRect() == (100, 100, 150, 140)
        assert anchors(desk) == list(SQUARE)
        desk.release(250, 240)

    def test_shift_clicks_gather_nodes_that_move_together(self, desk: Desk) -> None:
        desk.click(100, 100)
        desk.click(200, 100, SHIFT)
        desk.drag((200, 100), (200, 60))
        assert anchors(desk) == [(100, 60), (200, 60), (200, 200), (100, 200)]
        desk.click(100, 60)
        desk.click(200, 60, SHIFT)
        desk.click(100, 60, SHIFT)
        desk.key(Qt.Key.Key_Down)
        assert anchors(desk)[:2] == [(100, 60), (200, 61)]

    def test_a_box_gathers_nodes(self, desk: Desk) -> None:
        desk.drag((80, 180), (230, 230))
        desk.key(Qt.Key.Key_Right, SHIFT)
        assert anchors(desk) == [(100, 100), (200, 100), (210, 200), (110, 200)]

    def test_a_box_with_shift_adds(self, desk: Desk) -> None:
        desk.click(100, 100)
        desk.drag((80, 180), (230, 230), keys=SHIFT)
        desk.key(Qt.Key.Key_Right)
        assert anchors(desk) == [(101, 100), (200, 100), (201, 200), (101, 200)]

    def test_a_box_may_begin_on_another_layer(self, desk: Desk) -> None:
        desk.drag((290, 50), (150, 150))
        assert desk.selection.ids == ("a",)
        desk.key(Qt.Key.Key_Up)
        assert anchors(desk)[1] == (200, 99)

    def test_nudges_of_the_same_nodes_are_one_step(self, desk: Desk) -> None:
        desk.click(100, 100)
        for _ in range(3):
            desk.key(Qt.Key.Key_Left)
        assert anchors(desk)[0] == (97, 100)
        assert desk.undo.count() == 1
        desk.click(200, 100)
        desk.key(Qt.Key.Key_Left)
        assert desk.undo.count() == 2

    def test_arrows_without_a_node_say_what_to_do(self, desk: Desk) -> None:
        desk.key(Qt.Key.Key_Left)
        assert "Select nodes first" in desk.hints[-1]
        assert desk.undo.count() == 0

    def test_shift_moves_along_one_axis(self, desk: Desk) -> None:
        desk.drag((200, 200), (240, 215), keys=SHIFT)
        assert anchors(desk)[2] == (240, 200)

    def test_all_nodes_by_key(self, desk: Desk) -> None:
        desk.key(Qt.Key.Key_A, CONTROL)
        desk.key(Qt.Key.Key_Up)
        assert anchors(desk) == [(x, y - 1) for x, y in SQUARE]

    def test_tab_walks_along_the_nodes(self, desk: Desk) -> None:
        desk.key(Qt.Key.Key_Tab)
        desk.key(Qt.Key.Key_Tab)
        desk.key(Qt.Key.Key_Up)
        assert anchors(desk)[1] == (200, 99)

    @pytest.mark.parametrize("zoom", [0.1, 1.0, 16.0])
    def test_nodes_are_hit_as_easily_at_every_zoom(self, desk: Desk, zoom: float) -> None:
        desk.view.zoom_about(zoom, QPointF(desk.place(200, 200)))
        place = desk.place(200, 200)
        place.setX(place.x() + 4)
        QTest.mousePress(desk.view.viewport(), LEFT, NONE, place)
        place.setX(place.x() + 30)
        desk.move_on_screen(place)
        QTest.mouseRelease(desk.view.viewport(), LEFT, NONE, place)
        assert anchors(desk)[2][0] == pytest.approx(200 + 30 / zoom, abs=1)

    def test_a_rectangle_becomes_a_path_with_its_first_edit(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 100, 100, 100, 100))
        desk.selection.set(["a"])
        desk.view.set_tool("node")
        desk.click(100, 100)
        assert desk.layer("a").kind == "rectangle"
        desk.key(Qt.Key.Key_Up)
        assert desk.layer("a").kind == "path"
        desk.undo.undo()
        assert desk.layer("a").kind == "rectangle"


class TestHandles:
    def test_a_handle_turns_its_smooth_node(self, desk: Desk) -> None:
        desk.click(290, 50)
        desk.click(320, 50)  # the ellipse's right node
        before = outline(desk, "b")
        handle = before.outs[0].tolist()
        desk.drag(tuple(handle), (handle[0] + 20, handle[1] + 5))
        after = outline(desk, "b")
        assert after.outs[0] == pytest.approx([handle[0] + 20, handle[1] + 5], abs=0.6)
        assert after.ins[0] == pytest.approx(2 * after.anchors[0] - after.outs[0])
        assert desk.undo.text(0) == "Move handle"

    def test_alt_moves_it_alone(self, desk: Desk) -> None:
        desk.click(290, 50)
        desk.click(320, 50)
        before = outline(desk, "b")
        handle = tuple(before.outs[0].tolist())
        desk.press(*handle)
        desk.move(handle[0] + 30, handle[1], ALT)
        desk.release(handle[0] + 30, handle[1], ALT)
        after = outline(desk, "b")
        assert after.ins[0] == pytest.approx(before.ins[0])
        assert after.kinds[0] == Kind.CORNER

    def test_alt_draws_handles_out_of_a_corner(self, desk: Desk) -> None:
        desk.drag((200, 200), (200, 230), (230, 230), keys=ALT)
        subpath = outline(desk)
        assert subpath.anchors[2].tolist() == [200, 200]
        assert subpath.outs[2].tolist() == [230, 230]
        assert subpath.ins[2].tolist() == [170, 170]

    def test_a_line_bends_after_the_pointer(self, desk: Desk) -> None:
        desk.drag((150, 100), (150, 60))
        subpath = outline(desk)
        assert anchors(desk) == list(SQUARE)
        assert not subpath.is_straight(0)
        middle = np.array([0.125, 0.375, 0.375, 0.125]) @ subpath.segments[0]
        assert middle == pytest.approx([150, 60], abs=1)
        assert desk.undo.text(0) == "Bend line"

    def test_a_double_click_turns_a_corner_smooth_and_back(self, desk: Desk) -> None:
        desk.double_click(200, 200)
        assert outline(desk).kinds[2] != Kind.CORNER
        desk.double_click(200, 200)
        assert outline(desk) == Subpath.polygon(list(SQUARE))


class TestAddingAndDeleting:
    def test_a_double_click_on_the_line_adds_a_node(self, desk: Desk) -> None:
        desk.double_click(150, 100)
        assert anchors(desk) == [(100, 100), (150, 100), (200, 100), (200, 200), (100, 200)]
        desk.key(Qt.Key.Key_Up)  # it is selected
        assert anchors(desk)[1] == (150, 99)

    def test_so_does_a_click_with_control_and_alt(self, desk: Desk) -> None:
        desk.click(200, 140, CONTROL | ALT)
        assert anchors(desk)[2] == pytest.approx((200, 140), abs=0.5)
        assert desk.undo.text(0) == "Add node"

    @pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
    def test_delete_takes_the_nodes_and_not_the_layer(self, desk: Desk, key: Qt.Key) -> None:
        desk.click(200, 200)
        desk.key(key)
        assert anchors(desk) == [(100, 100), (200, 100), (100, 200)]
        assert desk.undo.text(0) == "Delete node"

    def test_with_no_node_selected_nothing_is_deleted(self, desk: Desk) -> None:
        desk.key(Qt.Key.Key_Delete)
        assert "Select nodes first" in desk.hints[-1]
        assert len(desk.layers) == 3

    def test_with_its_last_nodes_the_layer_goes_and_undo_brings_it_back(self, desk: Desk) -> None:
        desk.key(Qt.Key.Key_A, CONTROL)
        desk.key(Qt.Key.Key_Delete)
        assert [layer.id for layer in desk.layers] == ["b", "p"]
        desk.undo.undo()
        assert anchors(desk) == list(SQUARE)


def test_nodes_are_seen_and_gone_with_the_tool(desk: Desk) -> None:
    with_nodes = desk.colour(200, 200)
    desk.click(200, 200)
    selected = desk.colour(200, 200)
    desk.hover(200, 200)
    hot = desk.colour(200, 200)
    assert with_nodes.lightness() > 240
    assert selected == hot  # the pointer is over it still
    assert hot.name() == "#f5cd47"
    desk.view.set_layers_visible(False)
    assert desk.colour(200, 200).name() != "#f5cd47"
    desk.view.set_layers_visible(True)
    desk.view.set_tool("pan")
    assert desk.colour(201, 201).name() not in {"#ffffff", "#f5cd47"}
