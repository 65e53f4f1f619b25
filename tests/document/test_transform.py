import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QTransform

from tests.document import strategies
from zestdesk.document.brush import blank_mask, mask_pixels, pixels_to_mask
from zestdesk.document.layers import BrushLayer, ShapeLayer, shape_path
from zestdesk.document.masks import rasterise
from zestdesk.document.transform import bounds_of, layer_bounds, moved, transformed

CANVAS = (60, 40)


def _painted(x: int, y: int, width: int, height: int, canvas: tuple[int, int] = CANVAS) -> BrushLayer:
    pixels = np.zeros((canvas[1], canvas[0]), np.uint8)
    pixels[y : y + height, x : x + width] = 255
    return BrushLayer(mask=pixels_to_mask(pixels))


def _about(x: float, y: float, angle: float, scale_x: float = 1, scale_y: float = 1) -> QTransform:
    return QTransform.fromTranslate(x, y).rotate(angle).scale(scale_x, scale_y).translate(-x, -y)


class TestBounds:
    def test_a_mask_is_bounded_by_what_is_painted(self) -> None:
        assert layer_bounds(_painted(3, 4, 10, 12)) == QRectF(3, 4, 10, 12)
        assert layer_bounds(BrushLayer(mask=blank_mask(CANVAS))).isNull()
        assert layer_bounds(BrushLayer()).isNull()

    def test_nothing_does_not_count_and_a_line_does(self) -> None:
        line = QPainterPath(QPointF(-5, 30))
        line.lineTo(20, 30)
        layers = [BrushLayer(mask=blank_mask(CANVAS)), _painted(3, 4, 10, 12), ShapeLayer(path=line)]
        assert bounds_of(layers) == QRectF(-5, 4, 25, 26)
        assert bounds_of(layers[:1]).isNull()


class TestShapes:
    @pytest.mark.parametrize("kind", ["rectangle", "ellipse"])
    @pytest.mark.parametrize("angle", [0, 90, 180, 270, -90])
    def test_quarter_turns_keep_the_kind_exactly(self, kind: str, angle: float) -> None:
        layer = ShapeLayer(kind=kind, path=shape_path(kind, QRectF(10, 10, 20, 10)))
        turned = transformed(layer, _about(20, 15, angle))
        assert turned.kind == kind
        upright = angle in {90, 270, -90}
        assert turned.path.boundingRect() == (QRectF(15, 5, 10, 20) if upright else QRectF(10, 10, 20, 10))
        assert turned.id == layer.id

    @pytest.mark.parametrize("kind", ["rectangle", "ellipse"])
    @given(angle=st.floats(1, 89))
    def test_other_turns_make_a_free_path_of_the_same_area(self, kind: str, angle: float) -> None:
        layer = ShapeLayer(kind=kind, path=shape_path(kind, QRectF(10, 10, 30, 20)))
        turned = transformed(layer, _about(25, 20, angle))
        assert turned.kind == "path"
        before, after = (rasterise(each, CANVAS, CANVAS).sum() for each in (layer, turned))
        assert after == pytest.approx(before, rel=0.01)

    def test_free_paths_keep_every_node(self) -> None:
        path = QPainterPath(QPointF(0, 0))
        path.cubicTo(1, 2, 3, 4, 10, 0)
        path.lineTo(10, 10)
        turned = transformed(ShapeLayer(path=path), QTransform.fromScale(-2, 3))
        points = [(turned.path.elementAt(i).x, turned.path.elementAt(i).y) for i in range(path.elementCount())]
        assert points == [(0, 0), (-2, 6), (-6, 12), (-20, 0), (-20, 30)]
        assert turned.kind == "path"

    def test_the_layer_before_is_left_alone(self) -> None:
        layer = ShapeLayer(kind="rectangle", path=shape_path("rectangle", QRectF(0, 0, 4, 4)))
        moved(layer, 3, 3)
        transformed(layer, QTransform.fromScale(2, 2))
        assert layer.path.boundingRect() == QRectF(0, 0, 4, 4)

    def test_they_move_by_fractions_and_back(self) -> None:
        layer = ShapeLayer(path=shape_path("ellipse", QRectF(8, 8, 4, 4)))
        assert moved(layer, 0.5, -500).path.boundingRect() == QRectF(8.5, -492, 4, 4)
        assert moved(moved(layer, -512, 0.5), 512, -0.5).path == layer.path


class TestMasks:
    @given(strategies.brush_layers((12, 9)), st.integers(-14, 14), st.integers(-14, 14))
    def test_they_move_within_the_canvas(self, layer: BrushLayer, right: int, down: int) -> None:
        before = mask_pixels(layer.mask)
        expected = np.zeros_like(before)
        for y in range(9):
            for x in range(12):
                if 0 <= x + right < 12 and 0 <= y + down < 9:
                    expected[y + down, x + right] = before[y, x]
        assert np.array_equal(mask_pixels(moved(layer, right, down).mask), expected)

    def test_they_move_by_the_nearest_whole_pixel(self) -> None:
        assert moved(_painted(3, 4, 5, 6), 2.4, -0.6).mask == _painted(5, 3, 5, 6).mask

    @given(strategies.brush_layers((8, 8)))
    def test_quarter_turns_and_mirrors_keep_every_value(self, layer: BrushLayer) -> None:
        before = mask_pixels(layer.mask)
        for transform, expected in (
            (_about(4, 4, 90), np.rot90(before, -1)),
            (_about(4, 4, -90), np.rot90(before)),
            (_about(4, 4, 180), np.rot90(before, 2)),
            (_about(4, 4, 0, -1, 1), before[:, ::-1]),
            (_about(4, 4, 0, 1, -1), before[::-1]),
            (_about(4, 4, 90, 1, -1), np.rot90(before[::-1], -1)),
        ):
            assert np.array_equal(mask_pixels(transformed(layer, transform).mask), expected)

    @given(
        st.floats(0, 360),
        st.floats(0.1, 1.5),
        st.floats(0.1, 1.5),
        st.tuples(st.integers(12, 24), st.integers(12, 24)),
    )
    def test_resampling_keeps_the_area_and_the_place(
        self, angle: float, scale_x: float, scale_y: float, size: tuple[int, int]
    ) -> None:
        width, height = size
        assume(width * scale_x > 3)
        assume(height * scale_y > 3)
        canvas = (80, 80)
        layer = _painted(40 - width // 2, 40 - height // 2, width, height, canvas)
        transform = _about(40, 40, angle, scale_x, scale_y)
        after = mask_pixels(transformed(layer, transform).mask) / 255
        outline = transform.map(shape_path("rectangle", layer_bounds(layer)))
        expected = rasterise(ShapeLayer(path=outline), canvas, canvas)
        assert after.sum() == pytest.approx(width * height * scale_x * scale_y, rel=0.08)
        assert np.abs(after - expected).sum() < 0.3 * 2 * (width * scale_x + height * scale_y)  # only along the edge

    def test_edges_are_smooth(self) -> None:
        after = mask_pixels(transformed(_painted(20, 10, 20, 20), _about(30, 20, 30)).mask)
        assert len(np.unique(after)) > 20
        assert after[20, 30] == 255

    def test_what_leaves_the_canvas_is_cut(self) -> None:
        after = transformed(_painted(0, 0, 60, 40), _about(30, 20, 45))
        assert after.mask.size().toTuple() == CANVAS
        pixels = mask_pixels(after.mask)
        assert pixels[20, 30] == pixels[0, 30] == pixels[20, 5] == 255
        assert pixels[0, 0] == pixels[39, 59] == 0

    def test_fine_stripes_shrink_to_their_mean(self) -> None:
        pixels = np.zeros((40, 60), np.uint8)
        pixels[:, ::2] = 255
        after = mask_pixels(transformed(BrushLayer(mask=pixels_to_mask(pixels)), QTransform.fromScale(0.125, 1)).mask)
        assert np.abs(after[10:30, 1:6].astype(int) - 128).max() <= 4

    def test_nothing_stays_nothing(self) -> None:
        for mask in (blank_mask(CANVAS), BrushLayer().mask):
            layer = BrushLayer(mask=mask)
            assert transformed(layer, QTransform.fromScale(3, 3)).mask == mask
        assert not mask_pixels(moved(_painted(0, 0, 5, 5), 1e9, 0).mask).any()
