"""Long outlines are drawn by fewer lines, which nobody can tell from them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from tests.benchmarks.scenes import wavy
from tests.ui.canvas.conftest import MakeDesk
from zestdesk.document.layers import ShapeLayer, shape_path
from zestdesk.ui.canvas.detail import Detail

EVERYWHERE = QRectF(-1e5, -1e5, 2e5, 2e5)


def picture(path: QPainterPath, scale: float, *, pen: float = 0) -> np.ndarray:
    image = QImage(300, 300, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    if pen:
        line = QPen(QColor("#ffffff"), pen)
        line.setCosmetic(True)
        line.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.strokePath(path, line)
    else:
        painter.fillPath(path, QColor("#ffffff"))
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(300, image.bytesPerLine())[:, :300].astype(int)


def rings() -> QPainterPath:
    """Return a curve of many nodes with a hole, an ellipse and an open line."""
    path = wavy(QPointF(150, 150), 100, 900)
    path.addPath(wavy(QPointF(150, 150), 50, 300))
    path.addPath(shape_path("ellipse", QRectF(5, 5, 40, 30)))
    path.moveTo(250, 20)
    path.lineTo(290, 60)
    path.cubicTo(280, 80, 260, 70, 240, 50)
    path.setFillRule(Qt.FillRule.OddEvenFill)
    return path


@pytest.mark.parametrize("scale", [0.07, 0.3, 0.5, 0.9, 1.0, 1.9, 4.0])
def test_it_looks_the_same(scale: float) -> None:
    path, detail = rings(), Detail(rings())
    filled = np.abs(picture(path, scale) - picture(detail.fill(scale), scale))
    assert filled.max() <= 40, "a tenth of a pixel, and what rounding makes of it"
    assert filled.mean() < 0.2
    stroked = np.abs(picture(path, scale, pen=2) - picture(detail.outline(EVERYWHERE, scale), scale, pen=2))
    assert stroked.max() <= 64
    assert stroked.mean() < 0.4


def test_far_away_there_are_few_lines_and_near_by_as_many_as_are_needed() -> None:
    path = wavy(QPointF(1000, 1000), 700, 10_000)
    detail = Detail(path)
    assert detail.fill(0.1).elementCount() < 1_000
    assert detail.fill(0.5).elementCount() < 4_000
    assert detail.fill(8.0).elementCount() >= 10_000
    assert detail.fill(0.5) is detail.fill(0.4), "it is made once for a range of zooms"


@settings(max_examples=15)
@given(st.integers(-100, 400), st.integers(-100, 400), st.integers(1, 300), st.sampled_from([0.4, 1.0, 3.0]))
def test_of_the_outline_only_what_may_be_seen_is_given(x: int, y: int, side: int, scale: float) -> None:
    detail = Detail(rings())
    exposed = QRectF(x, y, side, side).adjusted(-5 / scale, -5 / scale, 5 / scale, 5 / scale)
    part, whole = detail.outline(exposed, scale), detail.outline(EVERYWHERE, scale)
    assert part.elementCount() <= whole.elementCount()
    rows = slice(max(int(y * scale) + 1, 0), max(int((y + side) * scale), 0))
    columns = slice(max(int(x * scale) + 1, 0), max(int((x + side) * scale), 0))
    shown = picture(part, scale, pen=2)[rows, columns]
    assert np.abs(shown - picture(whole, scale, pen=2)[rows, columns]).max(initial=0) <= 2


@pytest.mark.parametrize("made", ["nothing", "a point", "points in one place"])
def test_what_is_no_line_is_none(made: str) -> None:
    path = QPainterPath()
    if made != "nothing":
        path.moveTo(5, 5)
    if made == "points in one place":
        for _ in range(600):
            path.lineTo(5, 5)
    detail = Detail(path)
    for scale in (0.02, 1.0, 64.0):
        assert detail.fill(scale).elementCount() <= 1_300
        detail.outline(EVERYWHERE, scale)


def test_a_shape_with_many_nodes_is_drawn_so(make_desk: MakeDesk) -> None:
    layer = ShapeLayer(id="a", label="a wave", kind="path", path=wavy(QPointF(200, 150), 80, 2000), colour="#ff0000")
    desk = make_desk(layer)
    desk.undo.setUndoLimit(0)
    assert layer.path.elementCount() >= Detail.worth
    for zoom in (0.5, 1.0, 6.0):
        desk.view.zoom_about(zoom, QPointF(desk.place(200, 150)))
        assert desk.colour(200, 150).red() > desk.colour(200, 150).green()
    desk.view.zoom_actual()
    whole = desk.grab()
    desk.view.scroll_by(QPointF(40, 0))
    desk.view.scroll_by(QPointF(-40, 0))
    assert desk.grab() == whole
