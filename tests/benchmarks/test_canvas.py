"""How long the whole window takes from an event to the painted frame."""

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.benchmarks.conftest import Stopwatch
from tests.benchmarks.scenes import busy, shapes, wavy
from tests.ui.desk import Desk, make_desk
from zestdesk.document.layers import ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.ui.theme import Theme

pytestmark = pytest.mark.benchmark

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk(loop: asyncio.AbstractEventLoop, tmp_path) -> Iterator[Desk]:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    desk = make_desk(settings, Theme("dark"))
    desk.window.resize(1600, 1000)
    desk.window.show()
    yield desk
    loop.run_until_complete(desk.queue.close())
    desk.window.hide()
    desk.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def look_at(desk: Desk, state: LayoutState) -> None:
    """Open a layout and let everything settle."""
    desk.fill(state)
    desk.window.canvas.zoom_fit()
    for _ in range(20):
        QApplication.processEvents()


def place(desk: Desk, x: float, y: float) -> QPoint:
    return desk.window.canvas.mapFromScene(QPointF(x, y))


def paint() -> None:
    """Paint the frame; what a timer does after it is not waited for."""
    QApplication.sendPostedEvents()


def move(desk: Desk, x: float, y: float) -> None:
    """Move the pointer with the button down, and paint the frame."""
    viewport, where = desk.window.canvas.viewport(), QPointF(place(desk, x, y))
    event = QMouseEvent(QEvent.Type.MouseMove, where, viewport.mapToGlobal(where), Qt.MouseButton.NoButton, LEFT, NONE)
    QApplication.sendEvent(viewport, event)
    paint()


@pytest.mark.parametrize("zoom", [0.0, 1.0])
@pytest.mark.parametrize("size", [40, 200])
def test_brush(desk: Desk, stopwatch: Stopwatch, zoom: float, size: int) -> None:
    look_at(desk, busy(15, 15))
    canvas = desk.window.canvas
    if zoom:
        canvas.zoom_about(zoom, QPointF(canvas.viewport().rect().center()))
    desk.window.selection.set(["m0"])
    desk.window.brush.size = size
    canvas.set_tool("brush")
    QTest.mousePress(canvas.viewport(), LEFT, NONE, place(desk, 800, 900))
    seen = "fitted" if not zoom else "at 100 %"
    stopwatch.measure(
        f"brush of {size} px, 2048², 30 layers, {seen}",
        8,
        lambda number: move(desk, 800 + 7 * (number % 60), 900 + 3 * (number % 35)),
        150,
        tail=25,
        rest=QApplication.processEvents,
    )
    QTest.mouseRelease(canvas.viewport(), LEFT, NONE, place(desk, 800, 900))


def test_drag_a_path(desk: Desk, stopwatch: Stopwatch) -> None:
    path = ShapeLayer(id="p", label="a wave", path=wavy(QPointF(1000, 1000), 250, 200), colour="#f2a93b")
    look_at(desk, LayoutState(canvas=(2048, 2048), layers=(path, *shapes(100)), prompt="a wave"))
    desk.window.selection.set(["p"])
    viewport = desk.window.canvas.viewport()
    QTest.mousePress(viewport, LEFT, NONE, place(desk, 1000, 1000))
    stopwatch.measure(
        "drag a path of 200 nodes among 100 shapes",
        16,
        lambda number: move(desk, 1000 + 5 * (number % 50), 1000 + 3 * (number % 31)),
        120,
        rest=QApplication.processEvents,
    )
    QTest.mouseRelease(viewport, LEFT, NONE, place(desk, 1000, 1000))


@pytest.mark.parametrize("scene", ["shapes", "painted"])
def test_pan_and_zoom(desk: Desk, stopwatch: Stopwatch, scene: str) -> None:
    path = ShapeLayer(id="p", label="a wave", path=wavy(QPointF(1000, 1000), 250, 200), colour="#f2a93b")
    state = LayoutState(canvas=(2048, 2048), layers=(path, *shapes(100)), prompt="a wave")
    look_at(desk, state if scene == "shapes" else busy(15, 15))
    said = "200 nodes and 100 shapes" if scene == "shapes" else "30 layers, 15 of them painted"
    canvas = desk.window.canvas
    centre = QPointF(canvas.viewport().rect().center())

    def turn(way: QPoint, keys: Qt.KeyboardModifier) -> None:
        viewport = canvas.viewport()
        event = QWheelEvent(
            centre, viewport.mapToGlobal(centre), way, way, Qt.MouseButton.NoButton, keys,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(viewport, event)
        paint()

    canvas.zoom_about(0.7, centre)
    stopwatch.measure(f"pan over {said}", 16, lambda number: turn(QPoint(9 if number // 20 % 2 else -9, 6), NONE), 80)
    canvas.zoom_fit()
    stopwatch.measure(
        f"zoom into {said}",
        16,
        lambda number: turn(QPoint(0, 60 if number // 10 % 2 else -60), Qt.KeyboardModifier.ControlModifier),
        80,
        rest=QApplication.processEvents,
    )


def test_undo(desk: Desk, stopwatch: Stopwatch) -> None:
    look_at(desk, busy(15, 15))
    canvas, undo = desk.window.canvas, desk.document.undo
    desk.window.selection.set(["m0"])
    desk.window.brush.size = 400
    canvas.set_tool("brush")
    QTest.mousePress(canvas.viewport(), LEFT, NONE, place(desk, 20, 20))
    for number in range(12):
        move(desk, 20 if number % 2 else 2020, 20 + 180 * number)
    QTest.mouseRelease(canvas.viewport(), LEFT, NONE, place(desk, 2020, 2030))

    def back_and_forth(number: int) -> None:
        undo.undo() if number % 2 == 0 else undo.redo()
        paint()

    stopwatch.measure(
        "undo and redo of a stroke over all of 2048², 30 layers",
        50,
        back_and_forth,
        30,
        rest=QApplication.processEvents,
    )
