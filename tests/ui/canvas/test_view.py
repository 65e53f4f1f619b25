from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QNativeGestureEvent, QPalette, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.document.strategies import reorder
from tests.ui.canvas.conftest import CONTROL, LEFT, MIDDLE, NONE, SHIFT, Desk, MakeDesk, painted, shape
from zestdesk.document.commands import AddLayer, ChangeLayers, ReplaceState, ResizeCanvas
from zestdesk.document.layers import BrushLayer, ShapeLayer
from zestdesk.document.layout import LayoutState

RED = np.full((30, 40, 3), (200, 30, 30), np.uint8)


def _close(first: QColor, second: QColor, within: int = 6) -> bool:
    pairs = zip(first.getRgb(), second.getRgb(), strict=True)
    return max(abs(a - b) for a, b in pairs) <= within


class TestZoom:
    @pytest.mark.parametrize("turn", [120, -120, 480])
    def test_ctrl_wheel_keeps_the_point_under_the_pointer(self, make_desk: MakeDesk, turn: int) -> None:
        desk = make_desk()
        place = desk.place(310, 70)
        before = desk.view.mapToScene(place)
        desk.wheel(310, 70, turn, CONTROL)
        assert desk.view.zoom == pytest.approx(1.2 ** (turn / 120))
        away = desk.view.mapToScene(place) - before
        assert max(abs(away.x()), abs(away.y())) <= 1.01 / min(1.0, desk.view.zoom)

    def test_pinching_zooms(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        where = QPointF(desk.place(100, 100))
        viewport = desk.view.viewport()
        event = QNativeGestureEvent(
            Qt.NativeGestureType.ZoomNativeGesture,
            QPointingDevice.primaryPointingDevice(),
            2,
            where,
            where,
            viewport.mapToGlobal(where),
            0.25,
            QPointF(),
        )
        QApplication.sendEvent(viewport, event)
        assert desk.view.zoom == pytest.approx(1.25)

    def test_limits(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        zooms: list[float] = []
        desk.view.zoom_changed.connect(zooms.append)
        for _ in range(40):
            desk.view.zoom_in()
        assert desk.view.zoom == 64
        for _ in range(60):
            desk.view.zoom_out()
        assert desk.view.zoom == pytest.approx(0.02)
        top = zooms.index(64)
        assert zooms[:top] == sorted(zooms[:top])
        assert zooms[top:] == sorted(zooms[top:], reverse=True)
        assert len(zooms) == len(set(zooms[:top])) + len(set(zooms[top:]))  # nothing is said twice
        desk.wheel(10, 10, -1200, CONTROL)
        assert desk.view.zoom == pytest.approx(0.02)

    def test_the_first_sight_is_fitted_and_stays_so(self, make_desk: MakeDesk) -> None:
        desk = make_desk(canvas=(1000, 500))
        desk.view.zoom_fit()
        for size in ((640, 480), (900, 400), (300, 800)):
            desk.view.resize(*size)
            seen = desk.view.mapToScene(desk.view.viewport().rect()).boundingRect()
            assert seen.contains(QRectF(0, 0, 1000, 500))
            assert abs(seen.center().x() - 500) < 2 / desk.view.zoom
        before = desk.view.zoom
        desk.undo.push(ResizeCanvas(desk.layout, (500, 250)))
        assert desk.view.zoom == pytest.approx(2 * before)
        desk.view.zoom_actual()
        desk.undo.undo()
        assert desk.view.zoom == 1

    def test_without_fitting_a_resized_window_keeps_its_middle(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        desk.view.zoom_in()
        middle = desk.view.to_scene(QPointF(desk.view.viewport().rect().center()))
        desk.view.resize(500, 300)
        away = desk.view.to_scene(QPointF(desk.view.viewport().rect().center())) - middle
        assert max(abs(away.x()), abs(away.y())) < 2


class TestScrolling:
    def test_wheel_scrolls_and_shift_turns_it(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        start = desk.place(100, 100)
        desk.wheel(100, 100, -120)
        assert desk.place(100, 100) - start == QPoint(0, -60)
        desk.wheel(100, 100, -120, SHIFT)
        assert desk.place(100, 100) - start == QPoint(-60, -60)

    def test_touchpads_scroll_by_pixels(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        start = desk.place(100, 100)
        desk.wheel(100, 100, 0, pixels=QPoint(13, -7))
        assert desk.place(100, 100) - start == QPoint(13, -7)

    @pytest.mark.parametrize("tool", ["select", "rectangle", "ellipse", "brush", "eraser"])
    def test_space_drag_pans_in_every_tool(self, make_desk: MakeDesk, tool: str) -> None:
        desk = make_desk(shape("a", 0, 0, 400, 300))
        desk.view.set_tool(tool)
        start = desk.place(0, 0)
        QTest.keyPress(desk.view, Qt.Key.Key_Space)
        assert desk.view.viewport().cursor().shape() == Qt.CursorShape.OpenHandCursor
        _drag_on_screen(desk, LEFT)
        QTest.keyRelease(desk.view, Qt.Key.Key_Space)
        assert desk.place(0, 0) - start == QPoint(40, 25)
        assert desk.undo.count() == 0
        assert desk.view.tool == tool
        assert desk.view.viewport().cursor().shape() != Qt.CursorShape.OpenHandCursor

    def test_middle_button_pans_and_the_tool_of_that_name_does(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        start = desk.place(0, 0)
        _drag_on_screen(desk, MIDDLE)
        assert desk.place(0, 0) - start == QPoint(40, 25)
        desk.view.set_tool("pan")
        _drag_on_screen(desk, LEFT)
        assert desk.place(0, 0) - start == QPoint(80, 50)


def _drag_on_screen(desk: Desk, button: Qt.MouseButton) -> None:
    viewport = desk.view.viewport()
    QTest.mousePress(viewport, button, NONE, QPoint(200, 200))
    desk.move_on_screen(QPoint(220, 210), NONE, button)
    desk.move_on_screen(QPoint(240, 225), NONE, button)
    QTest.mouseRelease(viewport, button, NONE, QPoint(240, 225))


class TestSeeing:
    def test_an_upper_layer_covers_a_lower_one(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("upper", 50, 50, 100, 100), painted("lower", (400, 300), 100, 100, 150, 100))
        alone, overlap = desk.colour(60, 60), desk.colour(120, 120)
        assert _close(alone, overlap)
        desk.undo.push(reorder(desk.layout, "lower", 0))
        assert _close(desk.colour(120, 120), desk.colour(220, 160))
        assert not _close(desk.colour(120, 120), alone)
        desk.undo.undo()
        assert _close(desk.colour(120, 120), alone)

    def test_every_change_of_the_layout_is_seen(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 50, 50, 100, 100), painted("p", (400, 300), 200, 100, 60, 60))
        bare = desk.colour(350, 250)
        first = desk.grab()
        layer, paint = desk.layer("a"), desk.layer("p")
        assert isinstance(layer, ShapeLayer)
        assert isinstance(paint, BrushLayer)
        for change, place in (
            (replace(layer, colour="#00ff00"), (60, 60)),
            (replace(paint, colour="#00ff00"), (210, 110)),
            (replace(layer, visible=False), (60, 60)),
            (replace(paint, visible=False), (210, 110)),
            (replace(layer, path=shape("a", 250, 200, 100, 80).path), (60, 60)),
        ):
            desk.undo.push(ChangeLayers(desk.layout, [change], "Change"))
            assert not _close(desk.colour(*place), first.pixelColor(desk.place(*place)))
            desk.undo.undo()
            assert desk.grab() == first
        desk.undo.push(AddLayer(desk.layout, shape("new", 300, 200, 100, 100), 0))
        assert not _close(desk.colour(350, 250), bare)
        desk.undo.undo()
        assert desk.grab() == first
        desk.undo.push(ReplaceState(desk.layout, LayoutState(canvas=(400, 300)), "Clear"))
        assert _close(desk.colour(60, 60), bare)
        desk.undo.undo()
        assert desk.grab() == first

    def test_labels_and_locks_are_on_the_tags(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 100, 100, 100, 100))
        first = desk.grab()
        for change in (replace(desk.layer("a"), label="zebra"), replace(desk.layer("a"), locked=True)):
            desk.undo.push(ChangeLayers(desk.layout, [change], "Change"))
            tag = QRectF(QPointF(desk.place(99, 100)) + QPointF(0, -27), QPointF(desk.place(180, 100)))
            assert desk.grab().copy(tag.toRect()) != first.copy(tag.toRect())
            desk.undo.undo()

    def test_a_tag_hangs_where_its_layer_is_not_covered(self, make_desk: MakeDesk) -> None:
        desk = make_desk(
            shape("upper", 120, 80, 160, 100, kind="ellipse"), shape("lower", 50, 100, 300, 150, kind="ellipse")
        )
        place = desk.view.scene().tags["lower"].pos()
        assert not QRectF(110, 70, 180, 120).contains(place)
        assert QRectF(50, 95, 300, 100).contains(place)
        desk.undo.push(reorder(desk.layout, "lower", 0))
        place = desk.view.scene().tags["lower"].pos()
        assert (place.x(), place.y()) == pytest.approx((200, 100), abs=1)

    def test_a_wholly_covered_layer_keeps_its_tag(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("upper", 0, 0, 400, 300), shape("lower", 50, 100, 300, 150))
        tag = desk.view.scene().tags["lower"]
        assert tag.isVisible()
        assert tag.pos() == QPointF(50, 100)

    def test_a_layer_without_anything_has_no_tag(self, make_desk: MakeDesk) -> None:
        desk = make_desk(painted("empty", (400, 300), 0, 0, 0, 0), ShapeLayer(id="void"))
        assert not any(tag.isVisible() for tag in desk.view.scene().tags)

    def test_the_picture_fills_the_canvas(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        bare = desk.colour(200, 150)
        desk.view.show_picture(RED)
        for x, y in ((2, 2), (397, 297), (200, 150)):
            assert _close(desk.colour(x, y), QColor(200, 30, 30))
        assert not _close(desk.colour(-20, 150), QColor(200, 30, 30))
        desk.view.set_picture_visible(False)
        assert desk.colour(200, 150) == bare
        desk.view.set_picture_visible(True)
        desk.view.show_picture(np.ascontiguousarray(RED[:, ::-1])[::2, ::2])
        assert _close(desk.colour(200, 150), QColor(200, 30, 30))
        desk.view.show_picture(None)
        assert desk.colour(200, 150) == bare

    def test_a_zoomed_out_picture_is_averaged(self, make_desk: MakeDesk) -> None:
        board = np.indices((512, 512)).sum(axis=0) % 2 * 255
        desk = make_desk(canvas=(512, 512))
        desk.view.show_picture(np.repeat(board[..., None], 3, axis=2).astype(np.uint8))
        for _ in range(5):
            desk.view.zoom_out()
        assert desk.view.zoom < 0.5
        assert _close(desk.colour(200, 200), QColor(127, 127, 127), 24)

    def test_attention_glows_in_the_layers_colours(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 10, 10, 20, 20, colour="#ff2020"), shape("b", 10, 40, 20, 20, colour="#2020ff"))
        masks = np.zeros((2, 6, 8), np.float32)
        masks[0, :, :4] = masks[1, :, 4:] = 1.0
        desk.view.show_attention(masks, [("a",), ("b",)], None)
        left, right = desk.colour(100, 200), desk.colour(300, 200)
        assert left.red() > left.blue() + 60
        assert right.blue() > right.red() + 60
        desk.view.show_attention(masks, [("a",), ("b",)], "a")
        assert _close(desk.colour(100, 200), left)
        assert desk.colour(300, 200).lightness() < right.lightness()
        desk.view.set_attention_opacity(0.3)
        assert not _close(desk.colour(100, 200), left)
        desk.view.set_attention_visible(False)
        hidden = desk.colour(300, 200)
        desk.view.show_attention(None, [], None)
        assert desk.colour(300, 200) == hidden

    def test_attention_takes_a_new_colour_and_outlives_its_layer(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 10, 10, 20, 20, colour="#ff2020"))
        desk.view.show_attention(np.ones((1, 4, 4), np.float32), [("a",)], None)
        desk.undo.push(ChangeLayers(desk.layout, [replace(desk.layer("a"), colour="#2020ff")], "Colour"))
        assert desk.colour(200, 200).blue() > desk.colour(200, 200).red()
        desk.layout.set_state(LayoutState(canvas=(400, 300)))
        assert desk.colour(200, 200).red() > 0

    def test_over_heat_layers_are_outlines(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 100, 100, 100, 100))
        desk.view.show_attention(np.zeros((1, 4, 4), np.float32), [("a",)], None)
        assert _close(desk.colour(150, 150), desk.colour(300, 250))
        assert not _close(desk.colour(100, 150), desk.colour(300, 250))

    def test_maps_and_layers_must_agree(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        with pytest.raises(ValueError, match="every map"):
            desk.view.show_attention(np.ones((2, 4, 4), np.float32), [("a",)], None)

    def test_layers_fade_and_hide(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 100, 100, 100, 100, colour="#00ff00"))
        bare = desk.colour(300, 250)
        normal = desk.colour(150, 150)
        desk.view.set_layers_opacity(1.0)
        assert _close(desk.colour(150, 150), QColor("#00ff00"))
        desk.view.set_layers_opacity(0.0)
        assert desk.colour(150, 150) == bare
        assert desk.colour(100, 150) == bare
        desk.view.set_layers_opacity(0.45)
        assert _close(desk.colour(150, 150), normal)
        desk.view.set_layers_visible(False)
        assert desk.colour(150, 150) == bare
        assert desk.colour(105, 90) == bare  # nor its tag
        desk.click(150, 150)
        assert "hidden" in desk.hints[-1]
        assert desk.selection.ids == ()
        desk.view.set_layers_visible(True)
        assert _close(desk.colour(150, 150), normal)

    def test_the_pasteboard_follows_the_palette(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        desk.view.setPalette(QPalette(QColor("#efefef")))
        light = desk.colour(-60, 150)
        desk.view.setPalette(QPalette(QColor("#2b2d31")))
        dark = desk.colour(-60, 150)
        assert light.lightness() > 180
        assert dark.lightness() < 70
        assert desk.colour(200, 150).lightness() < 128

    def test_nothing_is_blurred_on_fine_screens(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 50, 50, 100, 100), painted("p", (400, 300), 200, 100, 60, 60))
        image = QImage(1280, 960, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(2)
        desk.view.viewport().render(image)
        edge = desk.place(150, 100) * 2
        inside, line, outside = (image.pixelColor(edge + QPoint(step, 0)) for step in (-3, 0, 3))
        assert len({inside.rgb(), line.rgb(), outside.rgb()}) == 3
        assert image.pixelColor(edge + QPoint(2, 0)) == outside  # two pixels wide, and no shade of a third
        assert image.pixelColor(edge + QPoint(-3, 0)) == image.pixelColor(edge + QPoint(-8, 0))


class TestTools:
    def test_tools_announce_themselves_with_a_hint(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        seen: list[str] = []
        desk.view.tool_changed.connect(seen.append)
        names = ["rectangle", "ellipse", "brush", "eraser", "pan", "select"]
        for name in names:
            desk.hints.clear()
            desk.view.set_tool(name)
            assert desk.view.tool == name
            assert len(desk.hints) == 1
            assert desk.hints[0] == desk.view.hint
        assert seen == names
        desk.view.set_tool("select")
        assert seen == names
        with pytest.raises(KeyError):
            desk.view.set_tool("hammer")

    def test_keys_that_nobody_uses_go_on_to_the_window(self, make_desk: MakeDesk) -> None:
        desk = make_desk()
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_G, NONE)
        QApplication.sendEvent(desk.view, event)
        assert not event.isAccepted()

    def test_a_second_button_during_a_drag_changes_nothing(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 50, 50, 100, 100))
        desk.press(60, 60)
        desk.move(80, 80)
        QTest.mousePress(desk.view.viewport(), Qt.MouseButton.RightButton, NONE, desk.place(80, 80))
        QTest.mouseRelease(desk.view.viewport(), Qt.MouseButton.RightButton, NONE, desk.place(80, 80))
        desk.move(90, 90)
        desk.release(90, 90)
        assert desk.rect("a") == (80, 80, 100, 100)

    def test_the_pointer_leaving_takes_its_traces_along(self, make_desk: MakeDesk) -> None:
        desk = make_desk(shape("a", 50, 50, 100, 100))
        desk.view.set_tool("brush")
        desk.hover(60, 60)
        QApplication.sendEvent(desk.view.viewport(), QEvent(QEvent.Type.Leave))
        assert not desk.view.scene().brush_cursor.isVisible()
