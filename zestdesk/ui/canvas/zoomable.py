"""A graphics view that zooms and scrolls like a desk: about any point, without scroll bars, fitted at first."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QRegion, QResizeEvent, QShowEvent, QTransform
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

__all__ = ["ZoomableView"]

_LEAST: Final = 0.02
_MOST: Final = 64.0
_LEVELS: Final = (
    0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0,
    12.0, 16.0, 24.0, 32.0, 48.0, 64.0,
)  # fmt: skip
_CLOSE: Final = 8.0  # no closer than this, where something small is to be seen
_MOST_PARTS: Final = 12  # of what is exposed: more are painted as one
_MARGIN: Final = 44  # around what is fitted, in screen pixels: room for tags and shadow


class ZoomableView(QGraphicsView):
    """Shows an artboard that begins at the scene's origin.

    Signals:
        zoom_changed: screen pixels per scene unit.
    """

    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._artboard = QRectF(0, 0, 1, 1)
        self._fitted = True
        self._exposed = QRegion()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def zoom(self) -> float:
        """Screen pixels per scene unit, 0.02 to 64."""
        return self.transform().m11()

    def zoom_in(self) -> None:
        """Go to the next larger round zoom, about the middle."""
        self.zoom_about(next((z for z in _LEVELS if z > self.zoom * 1.001), _MOST), self._middle())

    def zoom_out(self) -> None:
        """Go to the next smaller round zoom, about the middle."""
        self.zoom_about(next((z for z in reversed(_LEVELS) if z < self.zoom * 0.999), _LEAST), self._middle())

    def zoom_actual(self) -> None:
        """Show each canvas pixel as one pixel, about the middle."""
        self.zoom_about(1.0, self._middle())

    def zoom_fit(self) -> None:
        """Show the whole artboard, and keep it fitted while the window is resized."""
        room = self.viewport().size()
        wide, tall = max(room.width() - 2 * _MARGIN, 16), max(room.height() - 2 * _MARGIN, 16)
        self._set_zoom(min(wide / self._artboard.width(), tall / self._artboard.height()))
        self._bring(self._artboard.center(), self._middle())
        self._fitted = True

    def zoom_to(self, rect: QRectF) -> None:
        """Show a rectangle of the scene as large as it fits, up to eightfold; nothing happens for one without area."""
        if rect.isEmpty():
            return
        room = self.viewport().size()
        wide, tall = max(room.width() - 2 * _MARGIN, 16), max(room.height() - 2 * _MARGIN, 16)
        self._set_zoom(min(wide / rect.width(), tall / rect.height(), _CLOSE))
        self._bring(rect.center(), self._middle())

    def zoom_about(self, zoom: float, place: QPointF) -> None:
        """Zoom so that what is at ``place``, in pixels of the view, stays there."""
        fixed = self.to_scene(place)
        self._set_zoom(zoom)
        self._bring(fixed, place)

    def scroll_by(self, way: QPointF) -> None:
        """Move the contents by screen pixels."""
        for bar, step in ((self.horizontalScrollBar(), way.x()), (self.verticalScrollBar(), way.y())):
            bar.setValue(bar.value() - round(step))
        self._fitted = False

    def to_scene(self, place: QPointF) -> QPointF:
        """Return the scene's point at a place of the view; unlike ``mapToScene``, to a fraction of a pixel."""
        return self.viewportTransform().inverted()[0].map(place)

    def set_artboard(self, size: tuple[int, int]) -> None:
        """Take the artboard's size; a fitted view fits it anew."""
        self._artboard = QRectF(0, 0, *size)
        if self._fitted:
            self.zoom_fit()
        else:
            self._extend_reach()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102
        super().showEvent(event)
        if self._fitted:
            self.zoom_fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        middle = self.to_scene(QPointF(event.oldSize().width() / 2, event.oldSize().height() / 2))
        super().resizeEvent(event)
        if self._fitted:
            self.zoom_fit()
        else:
            self._extend_reach()
            self._bring(middle, self._middle())

    def exposed_parts(self, whole: QRect) -> list[QRect]:
        """Return the parts of a rectangle of the view that a paint event has asked for; for items while they paint.

        Args:
            whole: what lies around all of them. It comes back itself where taking it apart would save little.
        """
        rects: list[QRect] = list(self._exposed)  # type: ignore[call-overload]  # the stubs know no iteration of it
        parts = [rect.intersected(whole) for rect in rects] if len(rects) <= _MOST_PARTS else []
        area = sum(part.width() * part.height() for part in parts)
        return parts if parts and area < 0.7 * whole.width() * whole.height() else [whole]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        self._exposed = event.region()
        super().paintEvent(event)

    def zoomed(self, zoom: float) -> None:
        """Hook: the zoom is another now."""

    def _set_zoom(self, zoom: float) -> None:
        zoom = min(max(zoom, _LEAST), _MOST)
        changed = zoom != self.zoom
        self.setTransform(QTransform.fromScale(zoom, zoom))
        self._extend_reach()
        if changed:
            self.zoomed(zoom)
            self.zoom_changed.emit(zoom)

    def _extend_reach(self) -> None:
        """Let the artboard be pushed nearly out of the view, as on a real desk."""
        room = self.viewport().size()
        margin_x, margin_y = room.width() * 0.92 / self.zoom, room.height() * 0.92 / self.zoom
        self.setSceneRect(self._artboard.adjusted(-margin_x, -margin_y, margin_x, margin_y))

    def _middle(self) -> QPointF:
        return QRectF(self.viewport().rect()).center()

    def _bring(self, point: QPointF, place: QPointF) -> None:
        """Scroll until a point of the scene is at a place of the view."""
        self.scroll_by(place - self.viewportTransform().map(point))
