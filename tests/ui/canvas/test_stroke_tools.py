import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.canvas.conftest import MIDDLE, NONE, SHIFT, Desk, Exposures, MakeDesk, painted, shape
from zestdesk.document.commands import RemoveLayers
from zestdesk.document.layers import PALETTE, BrushLayer
from zestdesk.document.layout import LayoutState

CANVAS = (400, 300)


def _with_paint(make_desk: MakeDesk, **more: object) -> Desk:
    desk = make_desk(painted("p", CANVAS, 100, 100, 100, 60, **more))
    desk.selection.set(["p"])
    return desk


class TestBrush:
    def test_the_first_stroke_makes_a_layer_in_one_step(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 0, 0, 40, 40))
        desk.selection.set(["a"])
        first = desk.layout.state
        desk.view.set_tool("brush")
        desk.drag((100, 100), (130, 100), (160, 100))
        layer = desk.layers[0]
        assert isinstance(layer, BrushLayer)
        assert layer.colour == PALETTE[1]
        assert desk.selection.ids == (layer.id,)
        assert desk.undo.count() == 1
        assert desk.view.tool == "brush"
        assert desk.wanted == []  # painting is not interrupted
        mask = desk.mask(layer.id)
        assert mask.shape == (300, 400)
        assert mask[100, 100:161].min() == 255
        assert mask[100, 80] == 0
        desk.undo.undo()
        assert desk.layout.state == first
        desk.undo.redo()
        assert np.array_equal(desk.mask(layer.id), mask)

    def test_later_strokes_paint_into_it_one_step_each(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        before = desk.mask("p")
        desk.view.set_tool("brush")
        desk.drag((250, 50), (300, 50))
        desk.drag((250, 250), (300, 250))
        assert len(desk.layers) == 1
        assert desk.undo.count() == 2
        assert desk.mask("p")[50, 275] == desk.mask("p")[250, 275] == 255
        desk.undo.undo()
        assert desk.mask("p")[250, 275] == 0
        desk.undo.undo()
        assert np.array_equal(desk.mask("p"), before)

    def test_a_second_button_neither_ends_a_stroke_nor_begins_anything(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.view.set_tool("brush")
        before = desk.place(0, 0)
        desk.press(250, 50)
        desk.press(260, 50, NONE, MIDDLE)
        desk.move(280, 50)
        desk.release(280, 50, NONE, MIDDLE)
        assert desk.undo.count() == 0
        desk.move(330, 50)
        desk.release(330, 50)
        assert desk.undo.count() == 1
        assert desk.mask("p")[50, 325] == 255
        assert desk.place(0, 0) == before

    def test_a_stroke_is_seen_while_it_is_painted_and_the_layout_waits(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.view.set_tool("brush")
        bare, inside = desk.colour(300, 200), desk.colour(150, 130)
        desk.press(280, 200)
        desk.move(300, 200)
        desk.move(340, 200)
        assert desk.mask("p")[200, 300] == 0
        assert desk.colour(300, 200) == inside
        desk.key(Qt.Key.Key_Escape)
        assert desk.colour(300, 200) == bare
        desk.release(340, 200)
        assert desk.undo.count() == 0
        assert desk.mask("p")[200, 300] == 0

    def test_what_is_seen_afterwards_is_what_a_fresh_canvas_shows(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.view.set_tool("brush")
        desk.drag((30, 30), (390, 60), (200, 280))
        desk.view.set_tool("eraser")
        desk.drag((150, 90), (160, 290))
        desk.undo.undo()
        desk.undo.redo()
        desk.view.set_tool("pan")
        again = make_desk(*desk.layers)
        again.selection.set(["p"])
        again.view.set_tool("pan")
        assert again.grab() == desk.grab()

    def test_only_the_strokes_rectangle_is_repainted(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.view.set_tool("brush")
        desk.press(200, 150)
        QApplication.processEvents()
        watch = Exposures(desk.view.viewport())
        desk.move(210, 150)
        desk.move(220, 150)
        QApplication.processEvents()
        assert 20 < watch.bounds.width() < 100
        assert 20 < watch.bounds.height() < 80
        desk.release(220, 150)

    def test_an_aborted_first_stroke_leaves_nothing(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        desk.view.set_tool("brush")
        desk.press(100, 100)
        desk.move(150, 100)
        desk.key(Qt.Key.Key_Escape)
        desk.release(150, 100)
        assert desk.layers == ()
        assert desk.view.scene().draft is None

    def test_a_stroke_off_the_canvas_changes_nothing(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        desk.view.set_tool("brush")
        desk.drag((-60, -40), (-80, -20))
        assert desk.layers == ()
        desk.drag((-60, 100), (20, 100))
        assert len(desk.layers) == 1

    def test_shift_click_draws_a_straight_line_from_the_last_point(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.view.set_tool("brush")
        desk.click(20, 20)
        desk.click(20, 220, SHIFT)
        assert desk.mask("p")[20:221, 20].min() == 255
        assert desk.undo.count() == 2

    def test_shift_click_on_another_layer_is_a_dab(self, make_desk: MakeDesk) -> None:
        desk = make_desk(painted("p", CANVAS, 0, 0, 5, 5), painted("q", CANVAS, 0, 0, 5, 5))
        desk.selection.set(["p"])
        desk.view.set_tool("brush")
        desk.click(20, 20)
        desk.selection.set(["q"])
        desk.click(20, 220, SHIFT)
        assert desk.mask("q")[120, 20] == 0
        assert desk.mask("q")[220, 20] == 255

    @pytest.mark.parametrize(("more", "word"), [({"locked": True}, "locked"), ({"visible": False}, "hidden")])
    @pytest.mark.parametrize("tool", ["brush", "eraser"])
    def test_locked_and_hidden_layers_are_not_painted_on(
        self, make_desk: MakeDesk, more: dict[str, bool], word: str, tool: str
    ) -> None:
        desk = _with_paint(make_desk, **more)
        desk.view.set_tool(tool)
        desk.drag((120, 120), (160, 120))
        assert desk.undo.count() == 0
        assert len(desk.layers) == 1
        assert word in desk.hints[-1]
        assert "“p”" in desk.hints[-1]

    def test_shift_click_on_a_locked_layer_says_why_not(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk, locked=True)
        desk.view.set_tool("brush")
        desk.click(120, 120, SHIFT)
        assert desk.undo.count() == 0
        assert "locked" in desk.hints[-1]

    @pytest.mark.parametrize("how", ["remove", "replace", "undo"])
    def test_losing_the_layer_in_mid_stroke_ends_the_stroke(self, make_desk: MakeDesk, how: str) -> None:
        desk = make_desk(shape("a", 0, 0, 5, 5))
        desk.view.set_tool("brush")
        desk.drag((50, 50), (60, 60))
        desk.press(100, 100)
        desk.move(150, 100)
        if how == "remove":
            desk.undo.push(RemoveLayers(desk.layout, [desk.layers[0].id]))
        elif how == "replace":
            desk.layout.set_state(LayoutState())
        else:
            desk.undo.undo()
        count = desk.undo.count()
        desk.move(180, 100)
        desk.release(200, 100)
        assert desk.undo.count() == count
        assert not any(isinstance(layer, BrushLayer) for layer in desk.layers)

    def test_a_layer_without_a_mask_can_be_painted_on(self, make_desk: MakeDesk) -> None:
        desk = make_desk(BrushLayer(id="p"))
        desk.selection.set(["p"])
        desk.view.set_tool("brush")
        desk.drag((100, 100), (150, 100))
        assert desk.mask("p")[100, 120] == 255
        desk.undo.undo()
        assert desk.layer("p").mask.isNull()


class TestEraser:
    def test_takes_paint_away_in_one_step(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        before = desk.mask("p")
        desk.view.set_tool("eraser")
        bare = desk.colour(300, 250)
        desk.drag((120, 130), (150, 130), (180, 130))
        assert desk.mask("p")[130, 150] == 0
        assert desk.mask("p")[105, 150] == 255
        desk.hover(20, 280)
        assert desk.colour(150, 130) == bare
        assert desk.undo.count() == 1
        desk.undo.undo()
        assert np.array_equal(desk.mask("p"), before)

    def test_erasing_nothing_is_no_step(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.view.set_tool("eraser")
        desk.drag((300, 250), (350, 250))
        assert desk.undo.count() == 0

    def test_without_a_brush_layer_it_says_what_to_do(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 0, 0, 100, 100))
        desk.selection.set(["a"])
        desk.view.set_tool("eraser")
        desk.drag((20, 20), (60, 20))
        assert desk.undo.count() == 0
        assert desk.hints[-1].startswith("Select a brush layer first")


def test_a_modifier_alone_paints_nothing(make_desk: MakeDesk) -> None:
    desk = _with_paint(make_desk)
    desk.view.set_tool("brush")
    desk.press(300, 200)
    desk.key(Qt.Key.Key_Alt)
    desk.move(300, 200, NONE)
    desk.release(300, 200)
    assert desk.undo.count() == 1
