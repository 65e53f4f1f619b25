"""A canvas on a desk, and a hand that works on it with real events in canvas coordinates."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QInputDevice,
    QMouseEvent,
    QPaintEvent,
    QPointingDevice,
    QTabletEvent,
    QUndoStack,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from zestdesk.document.brush import pixels_to_mask
from zestdesk.document.layers import PALETTE, BrushLayer, Layer, ShapeLayer, shape_path
from zestdesk.document.layout import Layout, LayoutState
from zestdesk.ui.brush_settings import BrushSettings
from zestdesk.ui.canvas.view import CanvasView
from zestdesk.ui.selection import Selection

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
MIDDLE = Qt.MouseButton.MiddleButton

_ERASER_END = QPointingDevice(
    "pen",
    1,
    QInputDevice.DeviceType.Stylus,
    QPointingDevice.PointerType.Eraser,
    QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
    1,
    1,
)


def shape(name: str, x: float, y: float, width: float, height: float, *, kind: str = "rectangle", **more: object):
    """Return a shape layer whose id and label are ``name``."""
    return ShapeLayer(id=name, label=name, kind=kind, path=shape_path(kind, QRectF(x, y, width, height)), **more)


def painted(name: str, canvas: tuple[int, int], x: int, y: int, width: int, height: int, **more: object) -> BrushLayer:
    """Return a brush layer with one painted rectangle."""
    pixels = np.zeros((canvas[1], canvas[0]), np.uint8)
    pixels[y : y + height, x : x + width] = 255
    return BrushLayer(id=name, label=name, mask=pixels_to_mask(pixels), **more)


@dataclass
class Desk:
    """A canvas with everything around it, and the hand."""

    layout: Layout
    undo: QUndoStack
    selection: Selection
    brush: BrushSettings
    view: CanvasView
    hints: list[str] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)

    @property
    def layers(self) -> tuple[Layer, ...]:
        return self.layout.state.layers

    def layer(self, name: str) -> Layer:
        return self.layout.state.layer(name)

    def rect(self, name: str) -> tuple[float, float, float, float]:
        layer = self.layer(name)
        assert isinstance(layer, ShapeLayer)
        return tuple(round(value, 6) for value in layer.path.boundingRect().getRect())

    def place(self, x: float, y: float) -> QPoint:
        """Return where a canvas point is in the viewport."""
        return self.view.mapFromScene(QPointF(x, y))

    def press(self, x: float, y: float, keys: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        QTest.mousePress(self.view.viewport(), button, keys, self.place(x, y))

    def move(self, x: float, y: float, keys: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        """Move with a button down; QTest's own moves carry no modifiers."""
        self.move_on_screen(self.place(x, y), keys, button)

    def move_on_screen(self, place: QPoint, keys: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        viewport = self.view.viewport()
        where = QPointF(place)
        event = QMouseEvent(
            QEvent.Type.MouseMove, where, viewport.mapToGlobal(where), Qt.MouseButton.NoButton, button, keys
        )
        QApplication.sendEvent(viewport, event)

    def hover(self, x: float, y: float) -> None:
        self.move(x, y, NONE, Qt.MouseButton.NoButton)

    def release(self, x: float, y: float, keys: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        QTest.mouseRelease(self.view.viewport(), button, keys, self.place(x, y))

    def drag(self, *points: tuple[float, float], keys: Qt.KeyboardModifier = NONE) -> None:
        """Press at the first point, go by all others, let go at the last."""
        self.press(*points[0], keys)
        for point in points[1:]:
            self.move(*point, keys)
        self.release(*points[-1], keys)

    def click(self, x: float, y: float, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, keys, self.place(x, y))

    def double_click(self, x: float, y: float) -> None:
        QTest.mouseDClick(self.view.viewport(), LEFT, NONE, self.place(x, y))

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.view, key, keys)

    def wheel(
        self, x: float, y: float, turn: int, keys: Qt.KeyboardModifier = NONE, pixels: QPoint | None = None
    ) -> None:
        viewport = self.view.viewport()
        where = QPointF(self.place(x, y))
        event = QWheelEvent(
            where,
            viewport.mapToGlobal(where),
            pixels or QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, event)

    def pen(self, kind: QEvent.Type, x: float, y: float, pressure: float, *, eraser: bool = False) -> None:
        viewport = self.view.viewport()
        where = QPointF(self.place(x, y))
        down = LEFT if kind != QEvent.Type.TabletRelease else Qt.MouseButton.NoButton
        event = QTabletEvent(
            kind,
            _ERASER_END if eraser else QPointingDevice.primaryPointingDevice(),
            where,
            viewport.mapToGlobal(where),
            pressure,
            0,
            0,
            0,
            0,
            0,
            NONE,
            LEFT,
            down,
        )
        QApplication.sendEvent(viewport, event)

    def grab(self) -> QImage:
        """Return what is seen."""
        return self.view.viewport().grab().toImage()

    def colour(self, x: float, y: float) -> QColor:
        """Return what is seen at a canvas point."""
        return self.grab().pixelColor(self.place(x, y))

    def mask(self, name: str) -> NDArray[np.uint8]:
        layer = self.layer(name)
        assert isinstance(layer, BrushLayer)
        rows = np.frombuffer(layer.mask.constBits(), np.uint8).reshape(layer.mask.height(), -1)
        return rows[:, : layer.mask.width()].copy()


class Exposures(QObject):
    """Collects what a widget is asked to repaint."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.bounds = QRect()
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.bounds = self.bounds.united(event.rect())
        return False


MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(qtbot: QtBot) -> Iterator[MakeDesk]:
    """Return a maker of desks whose view shows the canvas pixel by pixel."""

    def make(*layers: Layer, canvas: tuple[int, int] = (400, 300), size: tuple[int, int] = (640, 480)) -> Desk:
        coloured = [
            layer if layer.colour != PALETTE[0] else replace(layer, colour=PALETTE[index % len(PALETTE)])
            for index, layer in enumerate(layers)
        ]
        layout = Layout(LayoutState(canvas=canvas, layers=tuple(coloured)))
        undo, brush = QUndoStack(), BrushSettings(size=20, hardness=1.0)
        selection = Selection(layout)
        view = CanvasView(layout, undo, selection, brush)
        view.aids.choose(snapping=False, rulers=False)  # the hand goes where it says, over the whole view
        qtbot.addWidget(view)
        view.resize(*size)
        view.show()
        qtbot.waitExposed(view)
        view.zoom_actual()
        desk = Desk(layout, undo, selection, brush, view)
        view.hint_changed.connect(desk.hints.append)
        view.label_wanted.connect(desk.wanted.append)
        return desk

    return make
