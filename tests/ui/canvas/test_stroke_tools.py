import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.canvas.conftest import CONTROL, NONE, SHIFT, Desk, Exposures, MakeDesk, painted, shape
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

    def test_brackets_change_the_size(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.view.set_tool("brush")
        desk.key(Qt.Key.Key_BracketRight)
        assert desk.brush.size == 23
        desk.key(Qt.Key.Key_BracketLeft)
        assert desk.brush.size == 20

    def test_keys_set_size_hardness_and_opacity(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.view.set_tool("brush")
        desk.key(Qt.Key.Key_BraceLeft, SHIFT)
        assert desk.brush.hardness == 0.9
        desk.key(Qt.Key.Key_BraceRight, SHIFT)
        assert desk.brush.hardness == 1
        for key, opacity in ((Qt.Key.Key_3, 0.3), (Qt.Key.Key_9, 0.9), (Qt.Key.Key_0, 1.0)):
            desk.key(key)
            assert desk.brush.opacity == opacity
        for keys in (CONTROL, SHIFT):
            desk.key(Qt.Key.Key_5, keys)
        assert desk.brush.opacity == 1

    def test_shift_and_a_drag_change_the_size(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.view.set_tool("brush")
        desk.click(300, 200)
        count, note = desk.undo.count(), desk.view.scene().note
        desk.press(200, 150, SHIFT)
        desk.move(215, 150, SHIFT)
        assert desk.brush.size == 50
        assert (note.isVisible(), note.text) == (True, "50 px")
        assert desk.view.scene().brush_cursor.pos() == QPointF(200, 150)
        desk.move(193, 180, SHIFT)
        assert desk.brush.size == 6
        desk.move(-400, 180, SHIFT)
        assert desk.brush.size == 1
        desk.move(205, 150)  # whoever lets go of Shift first goes on
        desk.release(205, 150)
        assert desk.brush.size == 30
        assert not note.isVisible()
        assert desk.undo.count() == count
        desk.drag((20, 280), (25, 280))
        assert desk.undo.count() == count + 1

    def test_escape_brings_the_size_back(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.view.set_tool("brush")
        desk.press(200, 150, SHIFT)
        desk.move(260, 150, SHIFT)
        desk.key(Qt.Key.Key_Escape)
        desk.release(260, 150, SHIFT)
        assert desk.brush.size == 20
        assert desk.undo.count() == 0
        assert not desk.view.scene().note.isVisible()

    def test_the_size_follows_the_pointer_at_every_zoom(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.view.zoom_about(2.0, QPointF(300, 200))
        desk.view.set_tool("brush")
        desk.press(200, 150, SHIFT)
        desk.move(210, 150, SHIFT)
        desk.release(210, 150, SHIFT)
        assert desk.brush.size == 40

    def test_the_line_to_come_is_shown_while_shift_is_held(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.view.set_tool("brush")
        cursor = desk.view.scene().brush_cursor
        desk.hover(40, 40)
        QTest.keyPress(desk.view, Qt.Key.Key_Shift)
        assert cursor.line_from is None  # nothing was drawn yet
        QTest.keyRelease(desk.view, Qt.Key.Key_Shift)
        desk.click(20, 20)
        desk.hover(200, 150)
        assert cursor.line_from is None
        QTest.keyPress(desk.view, Qt.Key.Key_Shift)
        assert cursor.line_from == QPointF(20, 20)
        assert cursor.sceneBoundingRect().contains(QPointF(20, 20))
        QTest.keyRelease(desk.view, Qt.Key.Key_Shift)
        assert cursor.line_from is None

    def test_the_cursor_shows_the_hardness(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.view.set_tool("brush")
        cursor = desk.view.scene().brush_cursor
        desk.brush.size = 100
        assert cursor.core is None
        desk.brush.hardness = 0.5
        assert cursor.core == 25
        desk.hover(300, 220)
        soft = desk.grab()
        desk.brush.hardness = 0.8
        assert desk.grab() != soft
        desk.brush.size = 4
        assert cursor.core is None

    def test_the_stabiliser_lags_and_ends_where_the_pointer_does(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.brush.steadiness = 30
        desk.view.set_tool("brush")
        desk.press(220, 250)
        for x in range(221, 321):
            desk.move(x, 250 + (3 if x % 2 else -3))
        cursor = desk.view.scene().brush_cursor
        assert cursor.pos() == QPointF(320, 247)
        tip = cursor.line_from
        assert tip is not None
        assert tip.x() == pytest.approx(290, abs=2)
        assert tip.y() == pytest.approx(250, abs=1)
        desk.release(320, 247)
        mask = desk.mask("p")
        assert mask[247, 320] == 255
        columns = mask[230:270, 240:285] > 127
        assert np.ptp(columns.sum(axis=0)) <= 1  # no trembling
        assert np.ptp(columns.argmax(axis=0)) <= 1

    def test_a_slack_string_still_draws_to_the_release(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.brush.steadiness = 100
        desk.view.set_tool("brush")
        desk.drag((220, 250), (240, 250), (270, 250))
        assert desk.mask("p")[250, 220:271].min() == 255

    def test_a_pens_other_end_erases_with_the_erasers_size(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.brush.eraser_size = 10
        desk.brush.size_by_pressure = False
        desk.view.set_tool("brush")
        desk.pen(QEvent.Type.TabletPress, 130, 130, 0.5, eraser=True)
        desk.pen(QEvent.Type.TabletMove, 170, 130, 0.5, eraser=True)
        desk.pen(QEvent.Type.TabletRelease, 170, 130, 0.0, eraser=True)
        assert desk.undo.text(0) == "Erase"
        column = desk.mask("p")[:, 150]
        assert column[130] == 0
        assert (column[100:160] == 0).sum() == pytest.approx(10, abs=1)
        assert desk.view.tool == "brush"
        assert desk.view.scene().brush_cursor.diameter == 20
        desk.pen(QEvent.Type.TabletPress, 150, 130, 0.5)
        desk.pen(QEvent.Type.TabletRelease, 150, 130, 0.0)
        assert desk.mask("p")[130, 150] == 255

    def test_a_pens_other_end_on_no_brush_layer_makes_none(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        desk.view.set_tool("brush")
        desk.pen(QEvent.Type.TabletPress, 130, 130, 0.5, eraser=True)
        desk.pen(QEvent.Type.TabletRelease, 170, 130, 0.0, eraser=True)
        assert desk.layers == ()
        assert desk.hints[-1].startswith("Select a brush layer first")

    def test_pressure_may_scale_the_opacity(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.brush.size_by_pressure, desk.brush.opacity_by_pressure, desk.brush.least = False, True, 0.0
        desk.view.set_tool("brush")
        desk.pen(QEvent.Type.TabletPress, 250, 250, 0.4)
        desk.pen(QEvent.Type.TabletMove, 300, 250, 0.4)
        desk.pen(QEvent.Type.TabletRelease, 300, 250, 0.0)
        assert desk.mask("p")[250, 275] == pytest.approx(102, abs=1)

    def test_brush_and_eraser_keep_their_sizes(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        cursor = desk.view.scene().brush_cursor
        desk.view.set_tool("eraser")
        desk.brush.size = 70
        assert cursor.diameter == 70
        desk.view.set_tool("brush")
        assert (desk.brush.size, cursor.diameter) == (20, 20)
        desk.view.set_tool("eraser")
        assert (desk.brush.size, cursor.diameter) == (70, 70)

    def test_the_cursor_has_the_brushs_size_at_every_zoom(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.view.set_tool("brush")
        desk.hover(200, 150)
        cursor = desk.view.scene().brush_cursor
        assert cursor.isVisible()
        assert cursor.diameter == 20
        assert desk.view.viewport().cursor().shape() == Qt.CursorShape.BlankCursor
        desk.view.zoom_in()
        assert cursor.diameter == pytest.approx(20 * desk.view.zoom)
        desk.brush.size = 2
        assert desk.view.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
        desk.view.set_tool("select")
        assert not cursor.isVisible()

    def test_pressure_of_a_pen_scales_the_stroke(self, make_desk: MakeDesk) -> None:
        desk = _with_paint(make_desk)
        desk.view.set_tool("brush")
        desk.pen(QEvent.Type.TabletPress, 250, 250, 0.3)
        desk.pen(QEvent.Type.TabletMove, 300, 250, 0.3)
        desk.pen(QEvent.Type.TabletRelease, 300, 250, 0.0)
        assert desk.undo.count() == 1
        column = desk.mask("p")[230:271, 275]
        assert 4 <= int((column > 127).sum()) <= 8

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
