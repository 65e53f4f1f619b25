"""The Path menu on a whole window: from shape to mask and back, and what is done to outlines and nodes."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolBar, QToolButton

from tests.ui.desk import Desk, box
from zestdesk.document.brush import mask_pixels, pixels_to_mask
from zestdesk.document.layers import BrushLayer, ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.document.nodes import Kind, Subpath, nodes_of, path_of

VALUES = {"label": "a cat", "colour": "#123456", "weight": 2.5}


def ring(**values: object) -> BrushLayer:
    """Return a painted square with a square hole."""
    pixels = np.zeros((128, 128), np.uint8)
    pixels[20:100, 30:110] = 255
    pixels[40:60, 50:70] = 0
    return BrushLayer(id="a", mask=pixels_to_mask(pixels), **{**VALUES, **values})


def drawn(*points: tuple[float, float], closed: bool = True) -> ShapeLayer:
    return ShapeLayer(id="a", path=path_of([Subpath.polygon(list(points), closed=closed)]), **VALUES)


def fill(desk: Desk, *layers: ShapeLayer | BrushLayer) -> None:
    desk.fill(LayoutState(canvas=(128, 128), layers=layers))
    desk.window.selection.set([layer.id for layer in layers])


def do(desk: Desk, name: str) -> None:
    action = desk.window.actions_table.by_name[name]
    assert action.isEnabled()
    action.trigger()


def values(desk: Desk) -> dict[str, object]:
    layer = desk.state.layers[0]
    return {name: getattr(layer, name) for name in (*VALUES, "id", "visible", "locked")}


def test_a_shape_becomes_a_mask_and_keeps_what_it_says_of_itself(desk: Desk) -> None:
    fill(desk, box("a cat", 10, 20, 40.5, 30, colour="#123456", weight=2.5, id="a"))
    before = values(desk)
    do(desk, "shape_to_brush")
    layer = desk.state.layers[0]
    assert isinstance(layer, BrushLayer)
    assert values(desk) == before
    assert layer.mask.size().toTuple() == (128, 128)
    pixels = mask_pixels(layer.mask)
    assert (pixels[20:50, 10:50] == 255).all()
    assert 100 < pixels[30, 50] < 156
    assert int((pixels > 0).sum()) == 41 * 30
    assert desk.document.undo.undoText() == "Shape to brush layer"
    desk.document.undo.undo()
    assert isinstance(desk.state.layers[0], ShapeLayer)


def test_a_mask_becomes_an_outline_with_its_hole(desk: Desk) -> None:
    fill(desk, ring())
    before = values(desk)
    do(desk, "mask_to_outline")
    layer = desk.state.layers[0]
    assert isinstance(layer, ShapeLayer)
    assert layer.kind == "path"
    assert values(desk) == before
    outer, inner = sorted(nodes_of(layer.path), key=lambda subpath: -np.ptp(subpath.anchors))
    assert sorted(map(tuple, outer.anchors.round(3).tolist())) == [(30, 20), (30, 100), (110, 20), (110, 100)]
    assert sorted(map(tuple, inner.anchors.round(3).tolist())) == [(50, 40), (50, 60), (70, 40), (70, 60)]
    do(desk, "shape_to_brush")
    assert desk.document.undo.count() == 2
    np.testing.assert_allclose(mask_pixels(desk.state.layers[0].mask), mask_pixels(ring().mask), atol=2)


def test_nothing_painted_says_so(desk: Desk) -> None:
    fill(desk, BrushLayer(id="a", label="a cat", mask=pixels_to_mask(np.zeros((128, 128), np.uint8))))
    do(desk, "mask_to_outline")
    assert "“a cat” has nothing painted" in desk.window.hint.text()
    assert desk.document.undo.count() == 0


@pytest.mark.parametrize("name", ["shape_to_brush", "simplify_path", "close_path", "smooth_nodes", "corner_nodes"])
def test_locked_shapes_stay_and_say_so(desk: Desk, name: str) -> None:
    fill(desk, replace(drawn((0, 0), (90, 0), (50, 80), closed=False), locked=True))
    do(desk, name)
    assert "locked" in desk.window.hint.text()
    assert desk.document.undo.count() == 0


def test_simplifying_takes_nodes_away_and_then_finds_none_to_spare(desk: Desk) -> None:
    turn = np.linspace(0, 2 * np.pi, 300, endpoint=False)
    fill(desk, drawn(*np.stack([64 + 50 * np.cos(turn), 64 + 50 * np.sin(turn)], -1).tolist()))
    do(desk, "simplify_path")
    assert len(nodes_of(desk.state.layers[0].path)[0]) < 20
    assert desk.document.undo.count() == 1
    for _ in range(5):
        do(desk, "simplify_path")
    assert "no node to spare" in desk.window.hint.text()


def test_an_open_line_is_closed(desk: Desk) -> None:
    fill(desk, drawn((0, 0), (90, 0), (50, 80), closed=False))
    do(desk, "close_path")
    (subpath,) = nodes_of(desk.state.layers[0].path)
    assert subpath == Subpath.polygon([(0, 0), (90, 0), (50, 80)])
    do(desk, "close_path")
    assert "closed already" in desk.window.hint.text()
    assert desk.document.undo.count() == 1


def test_with_no_node_selected_all_are_meant(desk: Desk) -> None:
    fill(desk, box("a cat", 20, 20, 60, 60, id="a"))
    do(desk, "smooth_nodes")
    assert desk.state.layers[0].kind == "path"
    (subpath,) = nodes_of(desk.state.layers[0].path)
    assert (subpath.kinds != Kind.CORNER).all()
    do(desk, "corner_nodes")
    (subpath,) = nodes_of(desk.state.layers[0].path)
    assert subpath == Subpath.polygon([(20, 20), (80, 20), (80, 80), (20, 80)])


class TestSelectedNodes:
    @pytest.fixture
    def desk(self, desk: Desk) -> Desk:
        fill(desk, drawn((20, 20), (80, 20), (80, 80), (20, 80)))
        desk.window.canvas.set_tool("node")
        desk.window.canvas.setFocus()
        QTest.mouseClick(desk.window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=self.place(desk, 80, 20))
        return desk

    @staticmethod
    def place(desk: Desk, x: float, y: float) -> QPoint:
        return desk.window.canvas.mapFromScene(QPointF(x, y))

    def subpaths(self, desk: Desk) -> tuple[Subpath, ...]:
        return nodes_of(desk.state.layers[0].path)

    @pytest.mark.parametrize(("name", "kind"), [("smooth_nodes", Kind.SMOOTH), ("symmetric_nodes", Kind.SYMMETRIC)])
    def test_only_they_are_changed(self, desk: Desk, name: str, kind: Kind) -> None:
        do(desk, name)
        kinds = self.subpaths(desk)[0].kinds.tolist()
        assert kinds[1] >= kind  # equally long sides make equally long handles
        assert [number for number, each in enumerate(kinds) if each != Kind.CORNER] == [1]
        do(desk, "corner_nodes")
        assert self.subpaths(desk)[0].kinds.tolist() == [Kind.CORNER] * 4
        assert desk.document.undo.count() == 2

    def test_a_line_is_broken_in_them(self, desk: Desk) -> None:
        do(desk, "break_nodes")
        canvas = desk.window.canvas
        start, end = self.place(desk, 80, 20), self.place(desk, 100, 20)
        QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(canvas.viewport(), end)
        QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=end)
        (subpath,) = self.subpaths(desk)
        assert not subpath.closed
        assert len(subpath) == 5

    def test_with_none_selected_breaking_says_what_to_do(self, desk: Desk) -> None:
        QTest.keyClick(desk.window.canvas, Qt.Key.Key_Escape)
        do(desk, "break_nodes")
        assert "Select nodes first" in desk.window.hint.text()

    @pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
    def test_delete_is_theirs_although_it_is_a_shortcut_of_the_window(self, desk: Desk, key: Qt.Key) -> None:
        QTest.keyClick(desk.window.canvas, key)
        assert len(desk.state.layers) == 1
        assert len(self.subpaths(desk)[0]) == 3

    def test_select_all_means_the_nodes(self, desk: Desk) -> None:
        QTest.keyClick(desk.window.canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(desk.window.canvas, Qt.Key.Key_Right)
        assert self.subpaths(desk)[0].anchors[:, 0].tolist() == [21, 81, 81, 21]


def test_where_the_tool_bar_does_not_fit_there_is_a_button_to_be_seen_for_the_rest(desk: Desk) -> None:
    bar = desk.window.findChild(QToolBar, "tools")
    assert isinstance(bar, QToolBar)
    more = bar.findChild(QToolButton, "qt_toolbar_ext_button")
    assert isinstance(more, QToolButton)
    more.resize(37, 12)  # as Qt makes it
    seen = more.grab().toImage()
    ground = seen.pixelColor(0, 0).lightness()
    shades = [abs(seen.pixelColor(x, y).lightness() - ground) for x in range(37) for y in range(12)]
    assert max(shades) > 90
    assert more.accessibleName() == "More tools"


def test_the_tool_bar_fits_a_low_window(desk: Desk) -> None:
    bar = desk.window.findChild(QToolBar, "tools")
    chrome = desk.window.menuBar().sizeHint().height() + desk.window.statusBar().sizeHint().height()
    assert bar.sizeHint().height() + chrome <= 640 - 30  # and the title
    assert {action.data() for action in bar.actions()} >= {"select", "node", "polygon", "pen", "freehand"}
