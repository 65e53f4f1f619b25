"""Snapping as the tools use it, the lines that show it, and the grid."""

import pytest
from PySide6.QtCore import QPointF, QRectF, QSettings, Qt
from PySide6.QtTest import QTest

from tests.ui.canvas.conftest import ALT, CONTROL, NONE, SHIFT, Desk, MakeDesk, painted, shape
from zestdesk.ui.canvas.aids import AidChoices, Aids
from zestdesk.ui.canvas.grid import grid_strength


def lines(desk: Desk) -> list[tuple[str, float]]:
    """Return the lines that are shown."""
    shown = desk.view._snapper.lines
    return [(line.orientation, line.position) for line in shown.lines] if shown.isVisible() else []


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    desk = make_desk(shape("a", 40, 50, 60, 40), shape("b", 200, 150, 80, 80))
    desk.view.aids.choose(snapping=True)
    return desk


class TestMoving:
    def test_edges_meet_edges(self, desk: Desk) -> None:
        desk.press(70, 70)
        desk.move(227, 120)  # the left edge at 197
        assert lines(desk) == [("vertical", 200)]
        desk.release(227, 120)
        assert desk.rect("a")[0] == 200
        assert lines(desk) == []

    def test_centre_meets_the_middle_of_the_canvas(self, desk: Desk) -> None:
        desk.drag((70, 70), (203, 40))
        assert desk.rect("a")[0] == 170  # 200 - 60 / 2

    def test_control_suspends_it_at_once(self, desk: Desk) -> None:
        desk.press(70, 70)
        desk.move(227, 110)
        assert lines(desk)
        QTest.keyPress(desk.view, Qt.Key.Key_Control)
        assert lines(desk) == []
        QTest.keyRelease(desk.view, Qt.Key.Key_Control)
        assert lines(desk)
        desk.move(227, 110, CONTROL)
        desk.release(227, 110, CONTROL)
        assert desk.rect("a") == (197, 90, 60, 40)

    def test_off_means_off(self, desk: Desk) -> None:
        desk.view.aids.choose(snapping=False)
        desk.drag((70, 70), (227, 110))
        assert desk.rect("a") == (197, 90, 60, 40)

    def test_layers_that_move_do_not_attract_each_other(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 40, 50, 60, 40), shape("b", 103, 150, 80, 80))
        desk.view.aids.choose(snapping=True, snap_to_canvas=False)
        desk.selection.set(["a", "b"])
        desk.drag((70, 70), (73, 71))
        assert desk.rect("a") == (43, 51, 60, 40)

    def test_hidden_layers_attract_nothing(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 40, 50, 60, 40), shape("b", 200, 150, 80, 80, visible=False))
        desk.view.aids.choose(snapping=True, snap_to_canvas=False)
        desk.drag((70, 70), (227, 110))
        assert desk.rect("a") == (197, 90, 60, 40)

    def test_shift_snaps_along_the_axis_that_is_left(self, desk: Desk) -> None:
        desk.press(70, 70)
        desk.move(229, 73, SHIFT)
        desk.release(229, 73, SHIFT)
        assert desk.rect("a") == (200, 50, 60, 40)

    def test_shapes_meet_a_fraction_of_a_pixel_and_painted_layers_the_nearest_whole(self, make_desk: MakeDesk) -> None:
        canvas = (400, 300)
        desk = make_desk(
            shape("a", 40, 50, 60, 40), painted("p", canvas, 40, 120, 60, 40), shape("b", 200.5, 250, 80, 30)
        )
        desk.view.aids.choose(snapping=True, snap_to_canvas=False)
        desk.drag((70, 70), (227, 70))
        assert desk.rect("a") == (200.5, 50, 60, 40)
        desk.undo.undo()
        desk.drag((70, 140), (227, 140))
        columns = desk.mask("p").any(axis=0).nonzero()[0]
        assert (columns[0], columns[-1] + 1) in {(200, 260), (201, 261)}

    def test_the_nearness_is_that_of_the_screen(self, desk: Desk) -> None:
        desk.view.zoom_about(4, QPointF(0, 0))
        desk.view.centerOn(150, 100)
        desk.drag((70, 70), (227, 110))  # three canvas pixels away are twelve on screen
        assert desk.rect("a") == (197, 90, 60, 40)


class TestResizing:
    def test_a_handle_meets_an_edge(self, desk: Desk) -> None:
        desk.selection.set(["a"])
        desk.drag((100, 70), (203, 70))
        assert desk.rect("a") == (40, 50, 160, 40)

    def test_a_side_takes_no_notice_of_the_other_axis(self, desk: Desk) -> None:
        desk.selection.set(["a"])
        desk.drag((100, 70), (150, 148))
        assert desk.rect("a") == (40, 50, 110, 40)


class TestDrawing:
    @pytest.mark.parametrize("tool", ["rectangle", "ellipse"])
    def test_both_corners_meet_what_is_near(self, desk: Desk, tool: str) -> None:
        desk.view.set_tool(tool)
        desk.drag((3, 2), (150, 100), (197, 148))
        assert desk.rect(desk.layers[0].id) == (0, 0, 200, 150)

    def test_lines_go_when_drawing_is_given_up(self, desk: Desk) -> None:
        desk.view.set_tool("rectangle")
        desk.press(20, 20)
        desk.move(197, 148)
        assert lines(desk)
        desk.key(Qt.Key.Key_Escape)
        assert lines(desk) == []

    def test_a_brush_never_snaps(self, desk: Desk) -> None:
        desk.brush.size = 1
        desk.view.set_tool("brush")
        desk.drag((197.5, 148.5), (197.5, 190.5))
        mask = desk.mask(desk.layers[0].id)
        assert mask[160, 197]
        assert not mask[:, 200].any()


class TestGrid:
    def test_it_attracts_while_it_is_shown(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 40, 50, 60, 40))
        desk.view.aids.choose(snapping=True, spacing=50, subdivisions=2, snap_to_canvas=False)
        desk.drag((70, 70), (102, 71))
        assert desk.rect("a")[0] == 72
        desk.undo.undo()
        desk.view.aids.choose(grid=True)
        desk.drag((70, 70), (102, 71))
        assert desk.rect("a")[0] == 75

    def test_lines_stand_where_they_should_and_only_on_the_canvas(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        before = desk.grab()
        desk.view.aids.choose(grid=True, spacing=50, subdivisions=1)
        after = desk.grab()
        row, column = desk.place(0, 10).y(), desk.place(10, 0).x()
        across = [x for x in range(after.width()) if before.pixel(x, row) != after.pixel(x, row)]
        down = [y for y in range(after.height()) if before.pixel(column, y) != after.pixel(column, y)]
        assert across == [desk.place(x, 0).x() for x in range(0, 400, 50)]
        assert down == [desk.place(0, y).y() for y in range(0, 300, 50)]

    def test_it_fades_where_it_would_be_a_haze(self, make_desk: MakeDesk) -> None:
        assert [grid_strength(gap) for gap in (0.5, 4, 14, 100)] == [0, 0, 1, 1]
        assert 0 < grid_strength(7) < grid_strength(10) < 1
        desk = make_desk()
        before = desk.grab()
        desk.view.aids.choose(grid=True, spacing=3, subdivisions=3)
        assert desk.grab() == before


class TestChoices:
    def test_they_are_remembered(self, tmp_path) -> None:
        def settings() -> QSettings:
            return QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat)

        first = Aids()
        first.remember_in(settings())
        assert first.now == AidChoices()
        first.choose(grid=True, spacing=33, rulers=False, snap_to_layers=False)
        again = Aids()
        again.remember_in(settings())
        assert again.now == first.now != AidChoices()

    @pytest.mark.parametrize("stored", ["0", "-3", "x", "99999999", "٣", "1.5", ""])
    def test_what_makes_no_sense_is_passed_over(self, tmp_path, stored: str) -> None:
        settings = QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat)
        settings.setValue("canvas/spacing", stored)
        settings.setValue("canvas/subdivisions", stored)
        aids = Aids()
        aids.remember_in(settings)
        assert aids.now == AidChoices()


def test_what_tools_ask_for(desk: Desk) -> None:
    context = desk.view._tools["select"].context
    assert context.snap(QPointF(197, 20)) == QPointF(200, 20)
    assert context.snap(QPointF(197, 20), ["b"], sideways=False) == QPointF(197, 20)
    assert context.snap(QRectF(199, 104, 10, 10), upwards=False) == QRectF(200, 104, 10, 10)
    assert context.snap(QPointF(42, 3), ["a"], sideways=True) == QPointF(42, 0)
    desk.view.aids.choose(snapping=False)
    assert context.snap(QPointF(197, 20)) == QPointF(197, 20)


def test_alt_copies_snap_too(desk: Desk) -> None:
    desk.drag((70, 70), (227, 110), keys=ALT)
    assert {desk.rect(layer.id)[0] for layer in desk.layers} == {40, 200}


def test_nothing_is_shown_while_nothing_is_dragged(desk: Desk) -> None:
    desk.hover(200, 100)
    assert lines(desk) == []
    desk.click(240, 190)
    assert lines(desk) == []
    QTest.keyClick(desk.view, Qt.Key.Key_Right, NONE)
    assert lines(desk) == []
