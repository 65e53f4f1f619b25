"""Scaling painted layers, turning, and copying by a drag."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt

from tests.ui.canvas.conftest import ALT, NONE, SHIFT, Desk, MakeDesk, painted, shape
from zestdesk.document.layers import BrushLayer, Group, ShapeLayer

CANVAS = (400, 300)


def _knob(desk: Desk) -> tuple[float, float]:
    return desk.view.scene().frame.knob.toTuple()


class TestScalingPaint:
    def test_a_painted_layer_has_handles_and_is_resampled_at_the_release(self, make_desk: MakeDesk) -> None:
        desk = make_desk(painted("p", CANVAS, 100, 100, 40, 40))
        first = desk.layout.state
        desk.selection.set(["p"])
        desk.press(140, 140)
        desk.move(180, 160)
        assert desk.layout.state == first
        assert desk.view.scene().figure("p").bounds == QRectF(100, 100, 80, 60)
        assert desk.colour(170, 130) == desk.colour(120, 120)
        desk.release(180, 160)
        mask = desk.mask("p")
        assert mask[105:155, 105:175].min() == 255
        assert mask.sum() / 255 == pytest.approx(80 * 60, rel=0.03)
        assert desk.undo.count() == 1
        assert desk.undo.undoText() == "Resize"
        desk.undo.undo()
        assert desk.layout.state == first

    def test_quality_is_not_lost_on_the_way(self, make_desk: MakeDesk) -> None:
        desk = make_desk(painted("p", CANVAS, 100, 100, 40, 40))
        before = desk.mask("p")
        desk.selection.set(["p"])
        desk.drag((140, 140), (102, 102), (141, 143), (140, 140))
        assert np.array_equal(desk.mask("p"), before)
        assert desk.undo.count() == 0
        desk.drag((140, 140), (102, 102), (180, 180))
        direct = make_desk(painted("p", CANVAS, 100, 100, 40, 40))
        direct.selection.set(["p"])
        direct.drag((140, 140), (180, 180))
        assert np.array_equal(desk.mask("p"), direct.mask("p"))

    def test_shape_and_paint_scale_together(self, make_desk: MakeDesk) -> None:
        desk = make_desk(painted("p", CANVAS, 100, 100, 40, 40), shape("a", 60, 60, 20, 20))
        desk.selection.set(["a", "p"])
        desk.drag((60, 60), (20, 20))
        assert desk.rect("a") == pytest.approx((20, 20, 30, 30))
        assert desk.view.scene().figure("p").bounds == QRectF(80, 80, 60, 60)

    def test_escape_brings_the_paint_back(self, make_desk: MakeDesk) -> None:
        desk = make_desk(painted("p", CANVAS, 100, 100, 40, 40))
        desk.selection.set(["p"])
        before = desk.grab()
        desk.press(140, 140)
        desk.move(200, 200)
        assert desk.grab() != before
        desk.key(Qt.Key.Key_Escape)
        assert desk.grab() == before
        assert desk.undo.count() == 0


class TestTurning:
    def test_the_knob_turns_about_the_middle(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 100, 100, 80, 40))
        first = desk.layout.state
        desk.selection.set(["a"])
        desk.drag(_knob(desk), (140, 190), (140, 220))
        layer = desk.layer("a")
        assert layer.kind == "rectangle"
        assert desk.rect("a") == (120, 80, 40, 80)
        assert desk.undo.undoText() == "Rotate"
        assert desk.undo.count() == 1
        desk.undo.undo()
        assert desk.layout.state == first

    @pytest.mark.parametrize("corner", [(90, 90), (190, 90), (190, 150), (90, 150)])
    def test_the_outside_of_a_corner_turns(self, make_desk: MakeDesk, corner: tuple[float, float]) -> None:
        desk = make_desk(shape("a", 100, 100, 80, 40, kind="ellipse"))
        desk.selection.set(["a"])
        x, y = corner[0] - 140, corner[1] - 120
        desk.drag(corner, (140 - y, 120 + x), keys=SHIFT)
        assert desk.rect("a") == (120, 80, 40, 80)
        assert desk.layer("a").kind == "ellipse"

    def test_shift_turns_in_steps_and_the_angle_is_shown(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 100, 100, 80, 40))
        desk.selection.set(["a"])
        desk.press(*_knob(desk))
        desk.move(206, 157)
        free = desk.view.scene().note.text
        assert free.endswith("°")
        assert free != "30°"
        desk.move(206, 157, SHIFT)
        assert desk.view.scene().note.text == "30°"
        desk.move(206, 83, SHIFT)
        assert desk.view.scene().note.text == "−30°"
        desk.release(206, 83, SHIFT)
        assert desk.layer("a").kind == "path"
        assert desk.layer("a").path.elementCount() == 5
        assert not desk.view.scene().note.isVisible()

    def test_paint_turns_too(self, make_desk: MakeDesk) -> None:
        desk = make_desk(painted("p", CANVAS, 100, 100, 80, 40))
        desk.selection.set(["p"])
        before = desk.mask("p")
        desk.press(*_knob(desk))
        desk.move(140, 220, SHIFT)
        assert desk.view.scene().figure("p").bounds == QRectF(120, 80, 40, 80)
        desk.release(140, 220, SHIFT)
        mask = desk.mask("p")
        assert np.array_equal(mask[80:160, 120:160], np.rot90(before[100:140, 100:180], -1))
        assert mask.sum() == before.sum()

    def test_escape_aborts_and_the_handles_are_back(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 100, 100, 80, 40), painted("p", CANVAS, 200, 100, 20, 20))
        desk.selection.set(["a", "p"])
        before = desk.grab()
        desk.press(*_knob(desk))
        desk.move(60, 60)
        assert desk.view.scene().frame.handle_at(QPointF(100, 100)) is None
        desk.key(Qt.Key.Key_Escape)
        assert desk.undo.count() == 0
        assert desk.view.scene().frame.handle_at(QPointF(100, 100)) == (-1, -1)
        desk.release(60, 60)
        desk.hover(350, 20)
        assert desk.grab() == before

    def test_the_cursor_says_so(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 100, 100, 80, 40))
        desk.selection.set(["a"])
        desk.hover(*_knob(desk))
        assert desk.view.viewport().cursor().shape() == Qt.CursorShape.BitmapCursor
        desk.hover(140, 120)
        assert desk.view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor

    def test_locked_layers_do_not_turn(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 100, 100, 80, 40, locked=True))
        desk.selection.set(["a"])
        desk.drag(_knob(desk), (40, 120))
        assert desk.rect("a") == (100, 100, 80, 40)
        assert desk.undo.count() == 0


class TestCopying:
    def test_alt_leaves_the_layer_and_moves_a_copy(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 40, 60, 80, 60), shape("b", 0, 0, 10, 10))
        desk.press(60, 80)
        desk.move(160, 80, ALT)
        shown = desk.colour(150, 110)
        assert shown == desk.colour(50, 110)
        desk.release(160, 80, ALT)
        copy = desk.layers[0]
        assert isinstance(copy, ShapeLayer)
        assert copy.path.boundingRect() == QRectF(140, 60, 80, 60)
        assert (copy.label, copy.kind) == ("a", "rectangle")
        assert copy.colour not in {layer.colour for layer in desk.layers[1:]}
        assert [layer.id for layer in desk.layers[1:]] == ["a", "b"]
        assert desk.rect("a") == (40, 60, 80, 60)
        assert desk.selection.ids == (copy.id,)
        assert desk.undo.count() == 1
        desk.undo.undo()
        assert [layer.id for layer in desk.layers] == ["a", "b"]

    def test_alt_may_come_and_go_during_the_drag(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 40, 60, 80, 60))
        bare = desk.colour(300, 250)
        desk.press(60, 80)
        desk.move(160, 80, ALT)
        desk.move(160, 80, NONE)
        assert desk.colour(60, 80) == bare
        desk.release(160, 80, NONE)
        assert len(desk.layers) == 1
        assert desk.rect("a") == (140, 60, 80, 60)

    def test_several_layers_and_paint_are_one_step(self, make_desk: MakeDesk) -> None:
        group = Group(name="both")
        desk = make_desk(shape("a", 40, 60, 80, 60, group=group), painted("p", CANVAS, 200, 100, 20, 20, group=group))
        desk.selection.set(["a", "p"])
        desk.drag((60, 80), (70, 100), keys=ALT)
        copies = desk.layers[:2]
        assert [type(layer) for layer in copies] == [ShapeLayer, BrushLayer]
        assert desk.view.scene().figure(copies[1].id).bounds == QRectF(210, 120, 20, 20)
        assert copies[0].group == copies[1].group
        assert copies[0].group is not None
        assert copies[0].group.id != group.id
        assert desk.undo.count() == 1

    def test_escape_and_a_click_with_alt_copy_nothing(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 40, 60, 80, 60))
        desk.selection.set(["a"])
        before = desk.grab()
        desk.press(60, 80)
        desk.move(160, 80, ALT)
        desk.key(Qt.Key.Key_Escape)
        desk.release(160, 80)
        desk.click(60, 80, ALT)
        desk.drag((60, 80), (90, 90), (60, 80), keys=ALT)
        assert len(desk.layers) == 1
        assert desk.undo.count() == 0
        desk.hover(350, 20)
        assert desk.grab() == before


class TestWalking:
    def test_tab_goes_from_layer_to_layer_and_then_on(self, make_desk: MakeDesk) -> None:
        desk = make_desk(
            shape("a", 0, 0, 9, 9),
            shape("hidden", 0, 0, 9, 9, visible=False),
            shape("fixed", 0, 0, 9, 9, locked=True),
            shape("b", 0, 0, 9, 9),
        )
        for expected in ("a", "b"):
            desk.key(Qt.Key.Key_Tab)
            assert desk.selection.ids == (expected,)
        assert not desk.view.focusNextPrevChild(True)  # nowhere to go on this desk
        desk.key(Qt.Key.Key_Backtab, SHIFT)
        assert desk.selection.ids == ("a",)
        desk.selection.clear()
        desk.key(Qt.Key.Key_Backtab, SHIFT)
        assert desk.selection.ids == ("b",)

    def test_other_tools_leave_tab_alone(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 0, 0, 9, 9))
        desk.view.set_tool("brush")
        desk.key(Qt.Key.Key_Tab)
        assert desk.selection.ids == ()


def test_the_view_can_close_in_on_something(make_desk: MakeDesk) -> None:
    desk = make_desk(shape("a", 20, 20, 60, 40))
    desk.view.zoom_to(QRectF(20, 20, 60, 40))
    assert desk.view.zoom == 8
    middle = desk.view.to_scene(QRectF(desk.view.viewport().rect()).center())
    assert (middle.x(), middle.y()) == pytest.approx((50, 40), abs=0.2)
    desk.view.zoom_to(QRectF(0, 0, 400, 20))
    assert desk.view.zoom == pytest.approx((640 - 88) / 400)
    desk.view.zoom_to(QRectF(3, 3, 0, 5))
    assert desk.view.zoom == pytest.approx((640 - 88) / 400)
