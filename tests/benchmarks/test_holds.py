"""How long the window is held, at most, by what is heavy: deeds on canvases of 2048 pixels, at their worst."""

import time
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.benchmarks.conftest import Figure, Stopwatch
from tests.benchmarks.desks import LEFT, NONE, look_at, place
from tests.benchmarks.scenes import CANVAS, busy, shapes, star, wavy
from tests.ui.desk import Desk
from zestdesk.document.brush import blank_mask, pixels_to_mask
from zestdesk.document.layers import BrushLayer, Layer, ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.ui.amount_dialog import AmountDialog

pytestmark = pytest.mark.benchmark

REALISTIC, AT_THE_CAPS = 100, 300


def scrawled() -> BrushLayer:
    """Return a mask with strokes all over it."""
    random, mask = np.random.default_rng(3), blank_mask(CANVAS)
    painter = QPainter(mask)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for _ in range(60):
        wide, (a, b, c, d) = random.uniform(10, 60), random.uniform(0, CANVAS[0], 4)
        painter.setPen(QPen(QColor("#ffffff"), wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(a, b), QPointF(c, d))
    painter.end()
    return BrushLayer(id="m", label="a scrawl", mask=mask)


def noisy() -> BrushLayer:
    """Return a mask whose every pixel is as it comes: nobody paints that, but a file may hold it."""
    pixels = np.random.default_rng(4).integers(0, 256, CANVAS[::-1]).astype(np.uint8)
    return BrushLayer(id="m", label="noise", mask=pixels_to_mask(pixels))


def opened(desk: Desk, *layers: Layer) -> None:
    look_at(desk, LayoutState(canvas=CANVAS, layers=layers, prompt="many things"))
    desk.window.selection.set(layer.id for layer in layers)


Hold = tuple[float, float]
"""For how long the window was held at most, milliseconds by the clock and of its thread's CPU time."""


def hold(deed: Callable[[], object], done: Callable[[], object]) -> Hold:
    """Do something, and go on with the window's events until it is done and seen."""
    longest = (0.0, 0.0)

    def lap(call: Callable[[], object]) -> None:
        nonlocal longest
        wall, cpu = time.perf_counter(), time.thread_time()
        call()
        longest = max(longest[0], time.perf_counter() - wall), max(longest[1], time.thread_time() - cpu)

    lap(deed)
    while not done():
        time.sleep(0.001)
        lap(QApplication.processEvents)
    lap(QApplication.processEvents)
    return 1000 * longest[0], 1000 * longest[1]


def note(stopwatch: Stopwatch, name: str, goal: float, holds: list[Hold]) -> None:
    walls, cpus = zip(*holds, strict=True)
    stopwatch.note(Figure(name, goal, walls, cpus))


def measure(desk: Desk, stopwatch: Stopwatch, name: str, goal: float, deed: Callable[[], object]) -> None:
    """Note how a deed that is one undo step, and its undoing, hold the window."""
    undo = desk.document.undo
    there, back = [], []
    for _ in range(3):
        count = undo.index()
        there.append(hold(deed, lambda count=count: undo.index() > count))
        back.append(hold(undo.undo, lambda count=count: undo.index() == count))
        desk.window.selection.set(layer.id for layer in desk.state.layers)
        QApplication.processEvents()
    note(stopwatch, name, goal, there)
    note(stopwatch, "    its undo", goal, back)


def trigger(desk: Desk, action: str) -> Callable[[], object]:
    return desk.window.actions_table.by_name[action].trigger


@pytest.mark.parametrize("kind", ["scrawl", "noise"])
@pytest.mark.parametrize("action", ["grow_mask", "shrink_mask", "soften_mask"])
def test_amounts(desk: Desk, stopwatch: Stopwatch, action: str, kind: str) -> None:
    opened(desk, scrawled() if kind == "scrawl" else noisy())
    goal = REALISTIC if kind == "scrawl" else AT_THE_CAPS

    def dialog() -> AmountDialog:
        return next(each for each in desk.window.findChildren(AmountDialog) if each.isVisible())

    trigger(desk, action)()
    dialog().amount.slider.setValue(64)
    QApplication.processEvents()
    end = time.monotonic() + 3
    shown = hold(lambda: dialog().amount.number.setValue(100), lambda: time.monotonic() > end)
    note(stopwatch, f"{action}, {kind}: preview", goal, [shown])
    dialog().reject()

    def deed() -> None:
        trigger(desk, action)()
        asked = dialog()
        asked.amount.number.setValue(100)
        asked.accept()

    measure(desk, stopwatch, f"{action} by 100, {kind}", goal, deed)


@pytest.mark.parametrize("kind", ["scrawl", "noise"])
@pytest.mark.parametrize("action", ["invert_mask", "clear_mask", "fill_holes"])
def test_masks(desk: Desk, stopwatch: Stopwatch, action: str, kind: str) -> None:
    opened(desk, scrawled() if kind == "scrawl" else noisy())
    measure(desk, stopwatch, f"{action}, {kind}", REALISTIC if kind == "scrawl" else AT_THE_CAPS, trigger(desk, action))


def test_outline_of_a_mask(desk: Desk, stopwatch: Stopwatch) -> None:
    opened(desk, busy(1, 0).layers[0])
    measure(desk, stopwatch, "outline of a mask", REALISTIC, trigger(desk, "mask_to_outline"))


def test_brush_layer_of_shapes(desk: Desk, stopwatch: Stopwatch) -> None:
    opened(desk, *shapes(10))
    measure(desk, stopwatch, "10 shapes to brush layers", REALISTIC, trigger(desk, "shape_to_brush"))


@pytest.mark.parametrize(
    ("name", "made", "goal"),
    [
        ("20 shapes", lambda: shapes(20), REALISTIC),
        ("100 shapes", lambda: shapes(100), AT_THE_CAPS),
        ("a star of 99 lines and a circle", lambda: (drawn("a", star(99)), shapes(2)[1]), AT_THE_CAPS),
        ("two of 10,000 nodes", lambda: (drawn("a", far(1000)), drawn("b", far(1010))), AT_THE_CAPS),
    ],
)
def test_union(
    desk: Desk, stopwatch: Stopwatch, name: str, made: Callable[[], tuple[ShapeLayer, ...]], goal: float
) -> None:
    opened(desk, *made())
    measure(desk, stopwatch, f"union of {name}", goal, trigger(desk, "path_union"))


def drawn(name: str, path) -> ShapeLayer:
    return ShapeLayer(id=name, label=name, kind="path", path=path, colour="#f2a93b" if name == "a" else "#3bb2f2")


def far(x: float):
    return wavy(QPointF(x, 1000), 700, 10_000)


def test_simplify(desk: Desk, stopwatch: Stopwatch) -> None:
    opened(desk, drawn("a", far(1000)))
    measure(desk, stopwatch, "simplify a path of 10,000 nodes", AT_THE_CAPS, trigger(desk, "simplify_path"))


@pytest.mark.parametrize(
    "action",
    ["merge_layers", "duplicate", "turn_right", "flip_horizontal", "align_left", "delete", "lock_layer", "group"],
)
def test_thirty_layers(desk: Desk, stopwatch: Stopwatch, action: str) -> None:
    opened(desk, *busy(15, 15).layers)
    measure(desk, stopwatch, f"{action}, 30 layers, 15 of them painted", AT_THE_CAPS, trigger(desk, action))


def test_nudge(desk: Desk, stopwatch: Stopwatch) -> None:
    opened(desk, *busy(15, 15).layers)
    desk.window.canvas.setFocus()
    measure(
        desk,
        stopwatch,
        "nudge 30 layers, 15 of them painted",
        AT_THE_CAPS,
        lambda: QTest.keyClick(desk.window.canvas, Qt.Key.Key_Right),
    )


@pytest.mark.parametrize("kind", ["scrawl", "busy", "noise"])
def test_fill(desk: Desk, stopwatch: Stopwatch, kind: str) -> None:
    layers = {"scrawl": lambda: (scrawled(),), "busy": lambda: busy(15, 15).layers, "noise": lambda: (noisy(),)}[kind]()
    opened(desk, *layers)
    desk.window.canvas.set_tool("fill")
    if kind == "busy":
        desk.window.selection.set([])

    def click() -> None:
        if kind == "busy":
            desk.window.selection.set([])
        QTest.mouseClick(desk.window.canvas.viewport(), LEFT, NONE, place(desk, 1024, 1020))

    measure(desk, stopwatch, f"fill, {kind}", AT_THE_CAPS if kind == "noise" else REALISTIC, click)


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("noise", lambda: (noisy(),)),
        ("30 layers, 15 of them painted", lambda: busy(15, 15).layers),
        ("100 layers, 50 of them painted", lambda: busy(50, 50).layers),
    ],
)
def test_open(desk: Desk, stopwatch: Stopwatch, kind: str, made: Callable[[], tuple[Layer, ...]]) -> None:
    state = LayoutState(canvas=CANVAS, layers=made(), prompt="many things")
    holds = []
    for _ in range(3):
        look_at(desk, LayoutState(canvas=CANVAS))
        holds.append(hold(lambda: desk.fill(state), lambda: True))
    note(stopwatch, f"show {kind}, once read", AT_THE_CAPS, holds)


def test_copy_and_paste(desk: Desk, stopwatch: Stopwatch) -> None:
    opened(desk, *busy(10, 0).layers)
    note(stopwatch, "copy 10 painted layers", AT_THE_CAPS, [hold(trigger(desk, "copy"), lambda: True)])
    measure(desk, stopwatch, "paste 10 painted layers", AT_THE_CAPS, trigger(desk, "paste"))
    QGuiApplication.clipboard().clear()  # offscreen, Qt destroys what is left after Python has ended, and crashes
