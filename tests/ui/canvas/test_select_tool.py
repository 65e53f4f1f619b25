import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt

from tests.ui.canvas.conftest import ALT, NONE, SHIFT, Desk, MakeDesk, painted, shape
from zestdesk.document.commands import RemoveLayers
from zestdesk.document.layers import ShapeLayer
from zestdesk.document.layout import LayoutState


def _two(make_desk: MakeDesk) -> Desk:
    return make_desk(shape("a", 40, 60, 80, 60), shape("b", 200, 120, 100, 80, kind="ellipse"))


class TestSelecting:
    def test_click_selects_the_uppermost(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("upper", 50, 50, 50, 50), shape("lower", 40, 40, 100, 100))
        desk.click(60, 60)
        assert desk.selection.ids == ("upper",)
        desk.click(50, 120)
        assert desk.selection.ids == ("lower",)

    def test_click_beside_everything_selects_nothing(self, make_desk: MakeDesk) -> None:
        desk = _two(make_desk)
        desk.click(60, 80)
        desk.click(380, 20)
        assert desk.selection.ids == ()

    def test_the_corner_of_an_ellipses_frame_is_not_the_ellipse(self, make_desk: MakeDesk) -> None:
        desk = _two(make_desk)
        desk.click(204, 124)
        assert desk.selection.ids == ()

    def test_shift_click_adds_and_takes_out(self, make_desk: MakeDesk) -> None:
        desk = _two(make_desk)
        desk.click(60, 80)
        desk.click(250, 160, SHIFT)
        assert desk.selection.ids == ("a", "b")
        desk.click(60, 80, SHIFT)
        assert desk.selection.ids == ("b",)

    def test_click_on_one_of_several_keeps_only_that(self, make_desk: MakeDesk) -> None:
        desk = _two(make_desk)
        desk.selection.set(["a", "b"])
        desk.click(60, 80)
        assert desk.selection.ids == ("a",)

    def test_a_tag_is_part_of_its_layer(self, make_desk: MakeDesk) -> None:
        desk = _two(make_desk)
        desk.click(44, 46)
        assert desk.selection.ids == ("a",)

    def test_a_brush_layer_is_hit_where_it_is_painted(self, make_desk: MakeDesk) -> None:
        desk = make_desk(painted("p", (400, 300), 100, 100, 40, 40))
        desk.click(120, 120)
        assert desk.selection.ids == ("p",)
        desk.click(220, 120)
        assert desk.selection.ids == ()

    def test_box_takes_what_it_touches(self, make_desk: MakeDesk) -> None:
        desk = make_desk(
            shape("a", 40, 60, 80, 60),
            shape("b", 200, 120, 100, 80, kind="ellipse"),
            shape("hidden", 10, 10, 5, 5, visible=False),
            shape("locked", 10, 20, 5, 5, locked=True),
        )
        desk.press(5, 5)
        desk.move(100, 70)
        assert desk.view.scene().rubber_band.isVisible()
        assert desk.selection.ids == ("a",)
        desk.move(260, 160)
        assert desk.selection.ids == ("a", "b")
        desk.move(202, 121)  # only the empty corner of the ellipse's frame
        desk.release(202, 121)
        assert desk.selection.ids == ("a",)
        assert not desk.view.scene().rubber_band.isVisible()

    def test_box_with_shift_adds_and_may_begin_on_a_layer(self, make_desk: MakeDesk) -> None:
        desk = _two(make_desk)
        desk.selection.set(["b"])
        desk.drag((50, 100), (70, 110), keys=SHIFT)
        assert desk.selection.ids == ("a", "b")
        assert desk.rect("a") == (40, 60, 80, 60)

    def test_escape_ends_the_box_and_then_the_selection(self, make_desk: MakeDesk) -> None:
        desk = _two(make_desk)
        desk.selection.set(["b"])
        desk.press(5, 5)
        desk.move(100, 100)
        desk.key(Qt.Key.Key_Escape)
        assert desk.selection.ids == ("b",)
        desk.release(100, 100)
        desk.key(Qt.Key.Key_Escape)
        assert desk.selection.ids == ()

    def test_the_layer_under_the_pointer_is_stressed(self, make_desk: MakeDesk) -> None:
        desk = _two(make_desk)
        before = desk.grab()
        desk.hover(60, 80)
        assert desk.grab() != before
        desk.hover(380, 20)
        assert desk.grab() == before


class TestMoving:
    def test_a_drag_is_one_step(self, make_desk: MakeDesk) -> None:
        desk = _two(make_desk)
        first = desk.layout.state
        desk.drag((60, 80), (70, 90), (90, 95))
        assert desk.rect("a") == (70, 75, 80, 60)
        assert desk.selection.ids == ("a",)
        assert desk.undo.count() == 1
        desk.undo.undo()
        assert desk.layout.state == first

    def test_the_whole_selection_moves(self, make_desk: MakeDesk) -> None:
        desk = _two(make_desk)
        desk.selection.set(["a", "b"])
        desk.drag((60, 80), (65, 85))
        assert desk.rect("a") == (45, 65, 80, 60)
        assert desk.rect("b") == (205, 125, 100, 80)
        assert desk.undo.count() == 1

    def test_the_layout_changes_at_the_release_only(self, make_desk: MakeDesk) -> None:
        desk = _two(make_desk)
        desk.press(60, 80)
        desk.move(100, 80)
        assert desk.rect("a") == (40, 60, 80, 60)
        assert desk.view.scene().figure("a").bounds == QRectF(80, 60, 80, 60)

    def test_escape_aborts(self, make_desk: MakeDesk) -> None:
        desk = _two(make_desk)
        desk.click(60, 80)
        before = desk.grab()
        desk.press(60, 80)
        desk.move(100, 100)
        assert desk.grab() != before
        desk.key(Qt.Key.Key_Escape)
        desk.move(120, 120)
        desk.release(120, 120)
        assert desk.undo.count() == 0
        desk.hover(60, 80)
        assert desk.grab() == before

    def test_coming_back_to_the_start_is_no_step(self, make_desk: MakeDesk) -> None:
        desk = _two(make_desk)
        desk.drag((60, 80), (100, 100), (60, 80))
        assert desk.undo.count() == 0
        assert desk.view.scene().figure("a").bounds == QRectF(40, 60, 80, 60)

    def test_shift_keeps_to_one_axis(self, make_desk: MakeDesk) -> None:
        desk = _two(make_desk)
        desk.press(60, 80)
        desk.move(100, 90, SHIFT)
        desk.release(100, 90, SHIFT)
        assert desk.rect("a") == (80, 60, 80, 60)

    def test_a_brush_layer_moves_its_mask_and_undo_brings_all_back(self, make_desk: MakeDesk) -> None:
        desk = make_desk(painted("p", (400, 300), 10, 100, 60, 40))
        before = desk.mask("p")
        desk.drag((40, 120), (20, 130), (0, 150))
        after = desk.mask("p")
        expected = np.zeros_like(before)
        expected[130:170, 0:30] = 255
        assert np.array_equal(after, expected)
        assert desk.view.scene().figure("p").bounds == QRectF(0, 130, 30, 40)
        desk.undo.undo()
        assert np.array_equal(desk.mask("p"), before)

    def test_the_moved_paint_is_seen_during_the_drag(self, make_desk: MakeDesk) -> None:
        desk = make_desk(painted("p", (400, 300), 100, 100, 40, 40))
        bare, inside = desk.colour(220, 120), desk.colour(120, 120)
        desk.press(120, 120)
        desk.move(220, 120)
        assert desk.colour(210, 110) == inside
        assert desk.colour(120, 120) == bare
        desk.release(220, 120)
        assert desk.colour(210, 110) == inside

    def test_locked_layers_let_the_click_through_and_say_so(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("glass", 40, 40, 80, 80, locked=True), shape("b", 60, 60, 100, 100))
        desk.drag((80, 80), (90, 90))
        assert desk.rect("glass") == (40, 40, 80, 80)
        assert desk.rect("b") == (70, 70, 100, 100)
        desk.click(45, 45)
        assert "“glass” is locked" in desk.hints[-1]
        assert desk.selection.ids == ()

    def test_hidden_layers_are_not_there(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("ghost", 40, 40, 80, 80, visible=False))
        desk.drag((80, 80), (100, 100))
        assert desk.selection.ids == ()
        assert desk.undo.count() == 0

    @pytest.mark.parametrize("other", ["remove", "replace"])
    def test_a_drag_ends_when_its_layer_goes(self, make_desk: MakeDesk, other: str) -> None:
        desk = _two(make_desk)
        desk.press(60, 80)
        desk.move(100, 100)
        if other == "remove":
            desk.undo.push(RemoveLayers(desk.layout, ["a"]))
        else:
            desk.layout.set_state(LayoutState())
        desk.move(120, 120)
        desk.release(120, 120)
        assert "a" not in [layer.id for layer in desk.layers]
        assert desk.undo.count() == (1 if other == "remove" else 0)


class TestResizing:
    @pytest.mark.parametrize(
        ("handle", "to", "keys", "expected"),
        [
            ((120, 120), (140, 150), NONE, (40, 60, 100, 90)),
            ((40, 60), (20, 50), NONE, (20, 50, 100, 70)),
            ((80, 60), (200, 40), NONE, (40, 40, 80, 80)),
            ((120, 90), (130, 200), NONE, (40, 60, 90, 60)),
            ((120, 120), (160, 121), SHIFT, (40, 60, 120, 90)),
            ((120, 120), (130, 130), ALT, (30, 50, 100, 80)),
            ((120, 120), (160, 150), SHIFT | ALT, (0, 30, 160, 120)),
            ((120, 90), (200, 90), SHIFT, (40, 30, 160, 120)),
            ((40, 90), (150, 90), NONE, (120, 60, 30, 60)),
            ((40, 90), (120, 90), NONE, (119, 60, 1, 60)),
        ],
    )
    def test_handles(
        self,
        make_desk: MakeDesk,
        handle: tuple[int, int],
        to: tuple[int, int],
        keys: Qt.KeyboardModifier,
        expected: tuple[float, ...],
    ) -> None:
        desk = _two(make_desk)
        first = desk.layout.state
        desk.selection.set(["a"])
        desk.press(*handle)
        desk.move(*to, keys)
        desk.release(*to, keys)
        assert desk.rect("a") == pytest.approx(expected)
        assert desk.layer("a").kind == "rectangle"
        assert desk.undo.count() == 1
        desk.undo.undo()
        assert desk.layout.state == first

    def test_an_ellipse_stays_an_ellipse(self, make_desk: MakeDesk) -> None:
        desk = _two(make_desk)
        desk.selection.set(["b"])
        desk.drag((300, 200), (320, 240))
        assert desk.rect("b") == pytest.approx((200, 120, 120, 120))
        assert desk.layer("b").kind == "ellipse"

    def test_several_layers_scale_together(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 0, 0, 50, 50), shape("b", 50, 50, 50, 50))
        desk.selection.set(["a", "b"])
        desk.drag((100, 100), (200, 300))
        assert desk.rect("a") == (0, 0, 100, 150)
        assert desk.rect("b") == (100, 150, 100, 150)
        assert desk.undo.count() == 1

    def test_escape_aborts(self, make_desk: MakeDesk) -> None:
        desk = _two(make_desk)
        desk.selection.set(["a"])
        desk.press(120, 120)
        desk.move(200, 200)
        assert desk.view.scene().figure("a").bounds == QRectF(40, 60, 160, 140)
        desk.key(Qt.Key.Key_Escape)
        assert desk.view.scene().figure("a").bounds == QRectF(40, 60, 80, 60)
        desk.release(200, 200)
        assert desk.undo.count() == 0

    def test_handles_keep_their_size_on_screen(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 150, 100, 100, 100))
        desk.selection.set(["a"])
        for _ in range(5):
            desk.view.zoom_in()
        frame, corner = desk.view.scene().frame, desk.place(250, 200)
        assert frame.handle_at(desk.view.mapToScene(corner + QPoint(6, 6))) == (1, 1)
        assert frame.handle_at(desk.view.mapToScene(corner + QPoint(12, 12))) is None

    def test_locked_layers_have_no_handles(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("fixed", 200, 100, 40, 40, locked=True))
        desk.selection.set(["fixed"])
        assert desk.view.scene().frame.isVisible()
        assert not desk.view.scene().frame.has_handles
        desk.drag((240, 140), (300, 200))
        assert desk.rect("fixed") == (200, 100, 40, 40)


class TestKeys:
    def test_arrows_nudge_and_merge_into_one_step(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 40, 60, 80, 60), painted("p", (400, 300), 100, 100, 40, 40))
        first = desk.layout.state
        desk.selection.set(["a", "p"])
        desk.key(Qt.Key.Key_Right)
        desk.key(Qt.Key.Key_Down, SHIFT)
        desk.key(Qt.Key.Key_Left)
        desk.key(Qt.Key.Key_Up)
        assert desk.rect("a") == (40, 69, 80, 60)
        assert desk.view.scene().figure("p").bounds == QRectF(100, 109, 40, 40)
        assert desk.undo.count() == 1
        desk.undo.undo()
        assert desk.layout.state == first

    def test_delete_removes_what_is_not_locked(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 0, 0, 9, 9), shape("b", 0, 0, 9, 9, locked=True), shape("c", 0, 0, 9, 9))
        desk.selection.set("abc")
        desk.key(Qt.Key.Key_Delete)
        assert [layer.id for layer in desk.layers] == ["b"]
        assert "“b” is locked" in desk.hints[-1]
        assert desk.undo.count() == 1
        desk.undo.undo()
        assert [layer.id for layer in desk.layers] == list("abc")

    def test_what_is_deleted_under_a_press_leaves_no_drag_of_the_next_layer(self, make_desk: MakeDesk) -> None:
        desk = _two(make_desk)
        desk.press(60, 80)
        desk.undo.push(RemoveLayers(desk.layout, ["a"]))
        desk.selection.set("b")
        desk.move(90, 80)
        desk.move(120, 110)
        desk.release(120, 110)
        assert desk.rect("b") == (200, 120, 100, 80)
        assert desk.selection.ids == ("b",)
        assert desk.undo.count() == 1

    def test_locked_layers_are_not_nudged(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 0, 0, 9, 9, locked=True))
        desk.selection.set("a")
        desk.key(Qt.Key.Key_Right)
        assert desk.undo.count() == 0
        assert "locked" in desk.hints[-1]

    def test_unlabelled_layers_are_named_by_what_they_are(self, make_desk: MakeDesk) -> None:
        desk = make_desk(ShapeLayer(id="x", locked=True, path=shape("x", 0, 0, 50, 50).path))
        desk.click(20, 20)
        assert desk.hints[-1].startswith("This layer is locked")
