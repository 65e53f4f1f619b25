import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest

from tests.ui.canvas.conftest import CONTROL, SHIFT, Desk, MakeDesk, painted

CANVAS = (400, 300)


def _with_paint(make_desk: MakeDesk, **more: object) -> Desk:
    desk = make_desk(painted("p", CANVAS, 100, 100, 100, 60, **more))
    desk.selection.set(["p"])
    return desk


class TestTip:
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
