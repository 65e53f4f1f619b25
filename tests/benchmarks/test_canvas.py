"""How long the whole window takes from an event to the painted frame."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.benchmarks.conftest import Stopwatch
from tests.benchmarks.desks import LEFT, NONE, look_at, move, paint, place
from tests.benchmarks.scenes import CANVAS, busy, shapes, wavy
from tests.ui.desk import Desk
from zestdesk.document.layers import ShapeLayer
from zestdesk.document.layout import LayoutState

pytestmark = pytest.mark.benchmark


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


@pytest.mark.parametrize("zoom", [0.0, 1.0, 4.0])
def test_nodes(desk: Desk, stopwatch: Stopwatch, zoom: float) -> None:
    path = wavy(QPointF(1000, 1000), 700, 10_000)
    layer = ShapeLayer(id="p", label="a wave", path=path, colour="#f2a93b")
    look_at(desk, LayoutState(canvas=CANVAS, layers=(layer, *shapes(20)), prompt="a wave"))
    canvas, start = desk.window.canvas, path.elementAt(0)
    if zoom:
        canvas.zoom_about(zoom, QPointF(place(desk, start.x, start.y)))
    seen = "fitted" if not zoom else f"at {zoom:.0%}"
    desk.window.selection.set(["p"])
    canvas.set_tool("node")
    none = Qt.MouseButton.NoButton
    stopwatch.measure(
        f"hover along a path of 10,000 nodes, {seen}",
        16,
        lambda number: move(desk, start.x - number % 9, start.y + 5 * (number % 20), none),
        40,
        rest=QApplication.processEvents,
    )
    QTest.mousePress(canvas.viewport(), LEFT, NONE, place(desk, start.x, start.y))
    stopwatch.measure(
        f"drag a node of 10,000, {seen}",
        16,
        lambda number: move(desk, start.x + 2 * (number % 30), start.y + 3 * (number % 31)),
        40,
        rest=QApplication.processEvents,
    )
    QTest.mouseRelease(canvas.viewport(), LEFT, NONE, place(desk, start.x, start.y))
