"""Pen, polygon and freehand, by real events."""

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.canvas.conftest import ALT, LEFT, NONE, SHIFT, Desk, MakeDesk, shape
from zestdesk.document.commands import RemoveLayers, ResizeCanvas
from zestdesk.document.layers import PALETTE, ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.document.nodes import Kind, Subpath, nodes_of


def outline(desk: Desk, index: int = 0) -> Subpath:
    layer = desk.layers[index]
    assert isinstance(layer, ShapeLayer)
    assert layer.kind == "path"
    (subpath,) = nodes_of(layer.path)
    assert subpath.closed
    return subpath


def corners(subpath: Subpath) -> list[tuple[float, float]]:
    return [tuple(point) for point in subpath.anchors.round(6).tolist()]


@pytest.mark.parametrize("tool", ["pen", "polygon"])
class TestClicks:
    def test_clicks_make_corners_and_the_first_one_closes(self, make_desk: MakeDesk, tool: str) -> None:
        desk = make_desk()
        desk.view.set_tool(tool)
        for point in ((50, 40), (150, 40), (150, 120), (52, 42)):
            desk.click(*point)
        subpath = outline(desk)
        assert corners(subpath) == [(50, 40), (150, 40), (150, 120)]
        assert all(subpath.is_straight(segment) for segment in range(3))
        assert desk.selection.ids == (desk.layers[0].id,)
        assert desk.wanted == [desk.layers[0].id]
        assert desk.view.tool == "select"
        assert desk.undo.count() == 1
        desk.undo.undo()
        assert desk.layers == ()

    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
    def test_enter_closes(self, make_desk: MakeDesk, tool: str, key: Qt.Key) -> None:
        desk = make_desk(shape("a", 0, 0, 30, 30))
        desk.view.set_tool(tool)
        for point in ((50, 40), (150, 40), (150, 120)):
            desk.click(*point)
        desk.key(key)
        assert len(outline(desk)) == 3
        assert desk.layers[0].colour == PALETTE[1]

    def test_a_double_click_closes_with_the_node_that_its_first_click_made(
        self, make_desk: MakeDesk, tool: str
    ) -> None:
        desk = make_desk()
        desk.view.set_tool(tool)
        for point in ((50, 40), (150, 40), (150, 120)):
            desk.click(*point)
        desk.double_click(150, 120)
        assert len(outline(desk)) == 3

    def test_backspace_takes_the_last_node_back(self, make_desk: MakeDesk, tool: str) -> None:
        desk = make_desk()
        desk.view.set_tool(tool)
        for point in ((50, 40), (150, 40), (300, 250), (150, 120)):
            desk.click(*point)
            if point == (300, 250):
                desk.key(Qt.Key.Key_Backspace)
        desk.key(Qt.Key.Key_Return)
        assert corners(outline(desk)) == [(50, 40), (150, 40), (150, 120)]

    def test_backspace_to_the_beginning_leaves_nothing(self, make_desk: MakeDesk, tool: str) -> None:
        desk = make_desk()
        desk.view.set_tool(tool)
        desk.click(50, 40)
        desk.key(Qt.Key.Key_Backspace)
        desk.key(Qt.Key.Key_Return)
        assert desk.layers == ()
        assert desk.view.scene().draft is None

    def test_escape_drops_the_outline_and_then_the_tool(self, make_desk: MakeDesk, tool: str) -> None:
        desk = make_desk()
        desk.view.set_tool(tool)
        for point in ((50, 40), (150, 40), (150, 120)):
            desk.click(*point)
        desk.key(Qt.Key.Key_Escape)
        assert desk.view.tool == tool
        assert desk.layers == ()
        desk.key(Qt.Key.Key_Escape)
        assert desk.view.tool == "select"
        assert desk.undo.count() == 0

    def test_shift_keeps_to_fifteen_degrees(self, make_desk: MakeDesk, tool: str) -> None:
        desk = make_desk()
        desk.view.set_tool(tool)
        desk.click(50, 50)
        desk.click(150, 57, SHIFT)
        desk.click(150, 120)
        desk.key(Qt.Key.Key_Return)
        assert outline(desk).anchors[1].tolist() == pytest.approx([50 + math.hypot(100, 7), 50])

    def test_the_next_segment_is_shown_before_the_click(self, make_desk: MakeDesk, tool: str) -> None:
        desk = make_desk()
        desk.view.set_tool(tool)
        desk.click(50, 50)
        desk.click(150, 50)
        desk.hover(150, 130)
        end = desk.view.scene().draft.layer.path.currentPosition()
        assert end.toTuple() == (150, 130)
        assert desk.view.scene().note.text == "80 px · 270°"
        desk.hover(51, 51)
        assert desk.view.scene().note.text == "Close"

    @pytest.mark.parametrize("points", [[(50, 50)], [(50, 50), (150, 50)], [(50, 50), (150, 100), (250, 150)]])
    def test_what_encloses_nothing_is_no_layer_but_goes_on(
        self, make_desk: MakeDesk, tool: str, points: list[tuple[float, float]]
    ) -> None:
        desk = make_desk()
        desk.view.set_tool(tool)
        for point in points:
            desk.click(*point)
        desk.key(Qt.Key.Key_Return)
        assert desk.layers == ()
        assert "encloses nothing" in desk.hints[-1]
        for point in ((50, 200), (20, 120)):
            desk.click(*point)
        desk.key(Qt.Key.Key_Return)
        assert len(outline(desk)) == len(points) + 2

    def test_an_outline_that_crosses_itself_is_one(self, make_desk: MakeDesk, tool: str) -> None:
        desk = make_desk()
        desk.view.set_tool(tool)
        for point in ((50, 50), (150, 150), (150, 50), (50, 150)):
            desk.click(*point)
        desk.key(Qt.Key.Key_Return)
        assert len(outline(desk)) == 4

    def test_another_tool_in_hand_finishes_what_can_be_closed(self, make_desk: MakeDesk, tool: str) -> None:
        desk = make_desk()
        desk.view.set_tool(tool)
        for point in ((50, 40), (150, 40), (150, 120)):
            desk.click(*point)
        desk.view.set_tool("brush")
        assert len(outline(desk)) == 3
        assert desk.view.tool == "brush"
        assert desk.wanted == []

    def test_others_may_change_the_layout_meanwhile(self, make_desk: MakeDesk, tool: str) -> None:
        desk = make_desk(shape("a", 0, 0, 30, 30))
        desk.view.set_tool(tool)
        for point in ((50, 40), (150, 40)):
            desk.click(*point)
        desk.undo.push(RemoveLayers(desk.layout, ["a"]))
        desk.undo.push(ResizeCanvas(desk.layout, (500, 300)))
        desk.undo.undo()
        desk.click(150, 120)
        desk.key(Qt.Key.Key_Return)
        assert len(outline(desk)) == 3
        assert len(desk.layers) == 1

    def test_another_project_ends_it(self, make_desk: MakeDesk, tool: str) -> None:
        desk = make_desk()
        desk.view.set_tool(tool)
        for point in ((50, 40), (150, 40), (150, 120)):
            desk.click(*point)
        desk.layout.set_state(LayoutState(canvas=(200, 200)))
        desk.view.set_tool("select")
        assert desk.layers == ()

    def test_undo_takes_a_node_back_and_not_the_last_layer(self, make_desk: MakeDesk, tool: str) -> None:
        desk = make_desk()
        desk.view.set_tool(tool)
        for point in ((50, 40), (150, 40), (150, 120)):
            desk.click(*point)
        desk.key(Qt.Key.Key_Return)
        desk.view.set_tool(tool)
        desk.click(200, 200)
        desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert len(desk.layers) == 1
        assert desk.view.scene().draft is None


class TestCurves:
    def test_a_drag_makes_a_smooth_node(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        desk.view.set_tool("pen")
        desk.click(50, 100)
        desk.drag((150, 50), (170, 50), (200, 50))
        desk.click(250, 100)
        desk.key(Qt.Key.Key_Return)
        subpath = outline(desk)
        assert corners(subpath) == [(50, 100), (150, 50), (250, 100)]
        assert subpath.outs[1].tolist() == [200, 50]
        assert subpath.ins[1].tolist() == [100, 50]
        assert subpath.kinds.tolist() == [Kind.CORNER, Kind.SYMMETRIC, Kind.CORNER]

    def test_two_smooth_nodes_enclose_enough(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        desk.view.set_tool("pen")
        desk.drag((100, 100), (100, 50))
        desk.drag((200, 100), (200, 150))
        desk.click(100, 100)
        assert len(outline(desk)) == 2

    def test_shift_turns_the_handle_in_steps(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        desk.view.set_tool("pen")
        desk.click(50, 100)
        desk.press(150, 50)
        desk.move(200, 55, SHIFT)
        desk.release(200, 55, SHIFT)
        desk.click(250, 150)
        desk.key(Qt.Key.Key_Return)
        assert outline(desk).outs[1].tolist() == pytest.approx([150 + math.hypot(50, 5), 50])

    def test_alt_bends_one_side_only(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        desk.view.set_tool("pen")
        desk.click(50, 100)
        desk.press(150, 50)
        desk.move(180, 50)
        desk.move(150, 90, ALT)
        desk.release(150, 90, ALT)
        desk.click(250, 150)
        desk.key(Qt.Key.Key_Return)
        subpath = outline(desk)
        assert subpath.outs[1].tolist() == [150, 90]
        assert subpath.ins[1].tolist() == [120, 50]
        assert subpath.kinds[1] == Kind.CORNER

    def test_a_drag_on_the_first_node_bends_the_last_segment(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        desk.view.set_tool("pen")
        for point in ((50, 100), (150, 100), (150, 200)):
            desk.click(*point)
        desk.drag((50, 100), (50, 60))
        subpath = outline(desk)
        assert subpath.ins[0].tolist() == [50, 140]
        assert not subpath.is_straight(2)

    def test_escape_during_the_drag_drops_the_outline(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        desk.view.set_tool("pen")
        desk.click(50, 100)
        desk.press(150, 50)
        desk.move(200, 50)
        desk.key(Qt.Key.Key_Escape)
        desk.move(220, 60)
        desk.release(220, 60)
        assert desk.view.scene().draft is None
        desk.click(10, 10)
        assert len(desk.view.scene().draft is None and desk.layers) == 0

    def test_space_moves_the_view_between_two_nodes(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        desk.view.set_tool("pen")
        desk.click(50, 100)
        desk.click(150, 100)
        QTest.keyPress(desk.view, Qt.Key.Key_Space)
        desk.drag((100, 100), (90, 100))
        QTest.keyRelease(desk.view, Qt.Key.Key_Space)
        desk.click(150, 200)
        desk.key(Qt.Key.Key_Return)
        assert corners(outline(desk)) == [(50, 100), (150, 100), (150, 200)]

    def test_the_polygon_makes_no_handles(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        desk.view.set_tool("polygon")
        desk.click(50, 100)
        desk.drag((150, 50), (170, 50), (200, 50))
        desk.click(250, 100)
        desk.key(Qt.Key.Key_Return)
        assert outline(desk).kinds.tolist() == [Kind.CORNER] * 3


def circle(x: float, y: float, radius: float, count: int = 80) -> list[tuple[float, float]]:
    turn = np.linspace(0, 2 * math.pi * 0.98, count)
    return list(zip((x + radius * np.cos(turn)).tolist(), (y + radius * np.sin(turn)).tolist(), strict=True))


class TestFreehand:
    def test_a_drag_around_an_area_becomes_a_smooth_path(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        desk.view.set_tool("freehand")
        desk.drag(*circle(200, 150, 80))
        subpath = outline(desk)
        assert 2 <= len(subpath) <= 12
        assert desk.rect(desk.layers[0].id) == pytest.approx((120, 70, 160, 160), abs=4)
        assert desk.wanted == [desk.layers[0].id]
        assert desk.view.tool == "select"
        assert desk.undo.count() == 1

    def test_the_line_is_seen_while_it_is_drawn(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        desk.view.set_tool("freehand")
        desk.press(100, 100)
        for point in ((150, 100), (150, 150)):
            desk.move(*point)
        assert desk.view.scene().draft.bounds.getRect() == (100, 100, 50, 50)
        desk.key(Qt.Key.Key_Escape)
        assert desk.view.scene().draft is None
        desk.release(150, 150)
        assert desk.layers == ()

    @pytest.mark.parametrize("points", [[(50, 50)], [(50, 50), (150, 50)], [(50, 50), (150, 100), (50, 50)]])
    def test_what_encloses_nothing_is_no_layer(self, make_desk: MakeDesk, points: list[tuple[float, float]]) -> None:
        desk = make_desk()
        desk.view.set_tool("freehand")
        desk.drag(*points)
        assert desk.layers == ()
        assert "Nothing was enclosed" in desk.hints[-1]
        assert desk.undo.count() == 0

    def test_sharp_turns_stay_corners(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        desk.view.set_tool("freehand")
        side = [index * 4.0 for index in range(26)]
        around = [(100 + x, 100.0) for x in side] + [(200.0, 100 + y) for y in side] + [(200 - x, 200.0) for x in side]
        desk.drag(*around, *((100.0, 200 - y) for y in side[:-1]))
        assert sorted(corners(outline(desk))) == [(100, 100), (100, 200), (200, 100), (200, 200)]

    def test_another_project_ends_it(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        desk.view.set_tool("freehand")
        desk.press(100, 100)
        desk.move(150, 100)
        desk.layout.set_state(LayoutState(canvas=(200, 200)))
        desk.move(150, 150)
        QTest.mouseRelease(desk.view.viewport(), LEFT, NONE, desk.place(150, 150))
        assert desk.layers == ()
