"""What is repainted in parts looks as if it had been painted at once."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QRegion
from PySide6.QtWidgets import QApplication, QStyleOptionGraphicsItem

from tests.ui.canvas.conftest import Desk, Exposures, MakeDesk, painted, shape
from zestdesk.ui.canvas.figures import figure_of
from zestdesk.ui.canvas.items import LayersItem

CANVAS = (400, 300)


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    desk = make_desk(
        shape("a", 40, 50, 160, 140),
        painted("p", CANVAS, 150, 100, 120, 90),
        shape("b", 120, 120, 180, 150, kind="ellipse"),
    )
    desk.selection.set(["b"])
    desk.view.aids.choose(grid=True)
    return desk


def parts_of(desk: Desk, region: QRegion) -> QImage:
    """Paint a region of the view, as after a scroll, onto a plain ground."""
    viewport = desk.view.viewport()
    image = QImage(viewport.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("#ff00ff"))
    viewport.render(image, region.boundingRect().topLeft(), region)
    return image


def settled() -> None:
    """Let what was put off for a moment be done."""
    for _ in range(5):
        QApplication.processEvents()


def furthest(one: QImage, other: QImage) -> int:
    """Return the largest difference of two images in one channel of one pixel."""
    first, second = (
        np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())[:, : 4 * image.width()]
        for image in (one, other)
    )
    return int(np.abs(first.astype(int) - second).max())


@pytest.mark.parametrize("zoom", [0.37, 1.0, 2.6])
def test_parts_are_as_the_whole(desk: Desk, zoom: float) -> None:
    random = np.random.default_rng(0)
    desk.view.zoom_about(zoom, QPointF(320, 240))
    settled()
    room = desk.view.viewport().rect()
    whole = parts_of(desk, QRegion(room))
    for _ in range(12):
        region = QRegion()
        for x, y, wide, high in random.integers((0, 0, 1, 1), (600, 440, 90, 90), (3, 4)).tolist():
            region = region.united(QRect(x, y, wide, high).intersected(room))
        parts = parts_of(desk, region)
        for rect in list(region):
            # Curves are cut at the edges of what is painted, and their rims may round otherwise then.
            assert furthest(parts.copy(rect), whole.copy(rect)) <= 2, (region, rect)


def test_scrolling_repaints_only_what_comes_into_view(desk: Desk) -> None:
    settled()
    seen: list[int] = []
    real = desk.view.exposed_parts

    def look(whole: QRect) -> list[QRect]:
        parts = real(whole)
        seen.append(sum(part.width() * part.height() for part in parts))
        return parts

    desk.view.exposed_parts = look
    for _ in range(3):
        desk.view.scroll_by(QPointF(-10, 6))
        QApplication.processEvents()
    area = desk.view.viewport().width() * desk.view.viewport().height()
    assert seen
    assert max(seen) < 0.2 * area


def test_a_dab_repaints_its_surroundings_only(desk: Desk) -> None:
    desk.selection.set(["p"])
    desk.view.set_tool("brush")
    desk.press(200, 140)
    desk.move(204, 141)
    settled()
    exposures = Exposures(desk.view.viewport())
    desk.move(208, 143)
    QApplication.processEvents()
    assert 0 < exposures.bounds.width() < 80
    assert 0 < exposures.bounds.height() < 80
    desk.release(208, 143)


def outline_pixels(ratio: int) -> int:
    """Return how many pixels across the right edge of a layer have its colour, on a screen of so many per point."""
    item, layer = LayersItem(), shape("a", -20, -20, 30, 60)
    item.figures, item.fill_opacity, item.halo = [figure_of(layer)], 0.3, QColor(0, 0, 0, 0)
    image = QImage(20 * ratio, 20 * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    option = QStyleOptionGraphicsItem()
    option.exposedRect = QRectF(0, 0, 20, 20)
    painter = QPainter(image)
    item.paint(painter, option)
    painter.end()
    return sum(image.pixelColor(x, 10 * ratio) == QColor(layer.colour) for x in range(20 * ratio))


def test_outlines_are_as_thick_on_a_screen_of_small_pixels() -> None:
    assert outline_pixels(1) == 2
    assert outline_pixels(2) == 4
