"""Editing nodes while others edit too, and shapes that are hardly any."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath

from tests.ui.canvas.conftest import CONTROL, Desk, MakeDesk, painted, shape
from tests.ui.canvas.outlines import SQUARE, anchors, outline, polygon
from zestdesk.document.commands import ChangeLayers, RemoveLayers
from zestdesk.document.layers import ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.document.nodes import Subpath, path_of


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    """A square whose nodes can be edited."""
    desk = make_desk(
        polygon("a", *SQUARE), shape("b", 260, 20, 60, 60, kind="ellipse"), painted("p", (400, 300), 20, 20, 40, 40)
    )
    desk.selection.set(["a"])
    desk.view.set_tool("node")
    return desk


class TestBadInput:
    def test_escape_during_a_drag_changes_nothing(self, desk: Desk) -> None:
        desk.press(200, 200)
        desk.move(250, 240)
        desk.key(Qt.Key.Key_Escape)
        desk.move(260, 250)
        desk.release(260, 250)
        assert anchors(desk) == list(SQUARE)
        assert desk.view.scene().figure("a").bounds.getRect() == (100, 100, 100, 100)
        assert desk.undo.count() == 0

    def test_escape_during_a_box_keeps_what_was_selected(self, desk: Desk) -> None:
        desk.click(100, 100)
        desk.press(80, 180)
        desk.move(230, 230)
        desk.key(Qt.Key.Key_Escape)
        desk.key(Qt.Key.Key_Left)
        assert anchors(desk) == [(99, 100), *SQUARE[1:]]

    def test_a_layer_deleted_in_the_middle_of_a_drag(self, desk: Desk) -> None:
        desk.press(200, 200)
        desk.move(250, 240)
        desk.undo.push(RemoveLayers(desk.layout, ["a"]))
        desk.move(260, 250)
        desk.release(260, 250)
        assert [layer.id for layer in desk.layers] == ["b", "p"]
        desk.undo.undo()
        assert anchors(desk) == list(SQUARE)

    def test_a_layer_locked_in_the_middle_of_a_drag(self, desk: Desk) -> None:
        desk.press(200, 200)
        desk.move(250, 240)
        desk.undo.push(ChangeLayers(desk.layout, [replace(desk.layer("a"), locked=True)], "Lock"))
        desk.move(260, 250)
        desk.release(260, 250)
        desk.key(Qt.Key.Key_Delete)
        assert anchors(desk) == list(SQUARE)
        desk.undo.undo()
        desk.drag((200, 200), (210, 200))
        assert anchors(desk)[2] == (210, 200)

    def test_undo_in_the_middle_of_a_drag(self, desk: Desk) -> None:
        desk.drag((200, 200), (210, 210))
        desk.press(210, 210)
        desk.move(250, 240)
        desk.undo.undo()
        desk.move(260, 250)
        desk.release(260, 250)
        assert anchors(desk) == list(SQUARE)
        desk.drag((200, 200), (205, 200))  # where the undo put it
        assert anchors(desk)[2] == (205, 200)

    def test_another_project_in_the_middle_of_a_drag(self, desk: Desk) -> None:
        desk.press(200, 200)
        desk.move(250, 240)
        desk.layout.set_state(LayoutState(canvas=(400, 300), layers=(polygon("a", (0, 0), (50, 0), (0, 50)),)))
        desk.move(260, 250)
        desk.release(260, 250)
        assert anchors(desk) == [(0, 0), (50, 0), (0, 50)]
        desk.drag((50, 0), (60, 0))
        assert anchors(desk)[1] == (60, 0)

    def test_a_colour_changed_meanwhile_keeps_the_nodes_selected(self, desk: Desk) -> None:
        desk.click(100, 100)
        desk.undo.push(ChangeLayers(desk.layout, [replace(desk.layer("a"), colour="#123456")], "Colour"))
        desk.key(Qt.Key.Key_Left)
        assert anchors(desk)[0] == (99, 100)
        assert desk.layer("a").colour == "#123456"

    def test_a_line_without_area_can_be_edited(self, make_desk: MakeDesk) -> None:
        desk = make_desk(polygon("a", (100, 100), (200, 100), (150, 100)))
        desk.selection.set(["a"])
        desk.view.set_tool("node")
        desk.grab()
        desk.drag((200, 100), (200, 150))
        assert anchors(desk)[1] == (200, 150)

    def test_an_open_line_and_one_that_crosses_itself(self, make_desk: MakeDesk) -> None:
        desk = make_desk(polygon("a", (100, 100), (200, 200), (200, 100), (100, 200), closed=False))
        desk.selection.set(["a"])
        desk.view.set_tool("node")
        desk.drag((100, 200), (90, 210))
        assert not outline(desk).closed
        desk.click(100, 100)
        desk.key(Qt.Key.Key_Delete)
        assert anchors(desk) == [(200, 200), (200, 100), (90, 210)]

    def test_an_empty_path_does_no_harm(self, make_desk: MakeDesk) -> None:
        desk = make_desk(ShapeLayer(id="a", path=QPainterPath()))
        desk.selection.set(["a"])
        desk.view.set_tool("node")
        desk.click(100, 100)
        desk.key(Qt.Key.Key_A, CONTROL)
        desk.key(Qt.Key.Key_Delete)
        desk.grab()
        assert len(desk.layers) == 1

    def test_ten_thousand_nodes(self, make_desk: MakeDesk) -> None:
        turn = np.linspace(0, 2 * np.pi, 10_000, endpoint=False)
        ring = Subpath.polygon(np.stack([200 + 120 * np.cos(turn), 150 + 120 * np.sin(turn)], -1))
        desk = make_desk(ShapeLayer(id="a", path=path_of([ring])))
        desk.selection.set(["a"])
        desk.view.set_tool("node")
        desk.grab()
        desk.drag((320, 150), (350, 150))
        assert outline(desk).anchors[:, 0].max() == pytest.approx(350, abs=0.5)
        desk.key(Qt.Key.Key_A, CONTROL)
        desk.key(Qt.Key.Key_Left)
        desk.grab()
        assert len(outline(desk)) == 10_000
