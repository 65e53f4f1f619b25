"""What the benchmarks do with a window."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.ui.desk import Desk
from zestdesk.document.layout import LayoutState

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def look_at(desk: Desk, state: LayoutState) -> None:
    """Open a layout and let everything settle."""
    desk.fill(state)
    desk.window.canvas.zoom_fit()
    for _ in range(20):
        QApplication.processEvents()


def place(desk: Desk, x: float, y: float) -> QPoint:
    """Return where a point of the canvas is in the view."""
    return desk.window.canvas.mapFromScene(QPointF(x, y))


def paint() -> None:
    """Paint the frame; what a timer does after it is not waited for."""
    QApplication.sendPostedEvents()


def move(desk: Desk, x: float, y: float, button: Qt.MouseButton = LEFT) -> None:
    """Move the pointer, with a button down or none, and paint the frame."""
    viewport, where = desk.window.canvas.viewport(), QPointF(place(desk, x, y))
    event = QMouseEvent(
        QEvent.Type.MouseMove, where, viewport.mapToGlobal(where), Qt.MouseButton.NoButton, button, NONE
    )
    QApplication.sendEvent(viewport, event)
    paint()
