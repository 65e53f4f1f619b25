"""Rulers at the canvas's edges: where one is, how large things are, and where guides come from."""

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent, QPalette, QPolygonF
from PySide6.QtWidgets import QApplication, QWidget

from zestdesk.document.guides import Orientation
from zestdesk.document.layout import CanvasResized, Layout, StateReplaced

if TYPE_CHECKING:
    from zestdesk.ui.canvas.tool_view import ToolView
    from zestdesk.ui.canvas.tools.guide import GuideTool

__all__ = ["Ruler", "Rulers", "tick_steps"]

_THICK: Final = 20  # pixels
_WIDE: Final = 58.0  # pixels that a number takes with room around it
_CLOSE: Final = 5.0  # pixels: closer ticks are none
_MARK: Final = 4  # half the width of the pointer's mark
_FONT: Final = 10  # pixels


def tick_steps(zoom: float) -> tuple[int, int]:
    """Return how many canvas pixels lie between two numbers, and between two ticks: round ones, the latter a divisor.

    Args:
        zoom: screen pixels per canvas pixel.
    """
    decade = 1
    while True:
        for digit in (1, 2, 5):
            major = digit * decade
            if major * zoom >= _WIDE:
                minor = next((major // parts for parts in (10, 5, 4, 2) if _divides(major, parts, zoom)), major)
                return major, minor
        decade *= 10


def _divides(major: int, parts: int, zoom: float) -> bool:
    return major % parts == 0 and major // parts * zoom >= _CLOSE


class Ruler(QWidget):
    """One ruler; a horizontal one stands above the canvas and measures x.

    Args:
        view: what it measures.
        rulers: both, and what they have in common.
        orientation: how it runs.
    """

    def __init__(self, view: "ToolView", rulers: "Rulers", orientation: Orientation) -> None:
        super().__init__(view)
        self._view, self._rulers = view, rulers
        self.orientation: Orientation = orientation
        self._pointer: float | None = None  # pixels along the ruler
        self._extent: tuple[int, int] | None = None  # of the selection, likewise
        self._origin, self._zoom = 0.0, 0.0
        level = orientation == "horizontal"
        self.setCursor(Qt.CursorShape.SplitVCursor if level else Qt.CursorShape.SplitHCursor)
        self.setAccessibleName(self.tr("Horizontal ruler") if level else self.tr("Vertical ruler"))
        self.setToolTip(self.tr("Drag a guide from here onto the canvas."))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def pointer(self) -> float | None:
        """Where the pointer's mark stands, in pixels along the ruler; None while it is elsewhere."""
        return self._pointer

    @property
    def extent(self) -> tuple[int, int] | None:
        """From where to where the selection reaches, in pixels along the ruler."""
        return self._extent

    def position_at(self, along: float) -> float:
        """Return the canvas pixel beside a pixel of the ruler."""
        return (along - self._origin) / self._zoom

    # What it shows

    def follow_view(self) -> None:
        """Take the view's place and zoom; repaint if they are others."""
        transform = self._view.viewportTransform()
        origin = transform.dx() if self.orientation == "horizontal" else transform.dy()
        if (origin, transform.m11()) != (self._origin, self._zoom):
            self._origin, self._zoom = origin, transform.m11()
            self._extent = self._extent_of(self._rulers.selected)
            self.update()

    def show_pointer(self, place: QPointF | None) -> None:
        """Mark a place of the viewport, or none."""
        along = None if place is None else self._along(place)
        if along != self._pointer:
            for spot in (self._pointer, along):
                if spot is not None:
                    self.update(self._strip(math.floor(spot) - _MARK - 1, math.floor(spot) + _MARK + 2))
            self._pointer = along

    def show_extent(self, selected: QRectF) -> None:
        """Mark from where to where a rectangle of the canvas reaches; an empty one is not marked."""
        before, self._extent = self._extent, self._extent_of(selected)
        if before != self._extent:
            for extent in (before, self._extent):
                if extent is not None:
                    self.update(self._strip(extent[0] - 1, extent[1] + 1))

    def _extent_of(self, selected: QRectF) -> tuple[int, int] | None:
        if selected.isEmpty():
            return None
        low, high = (
            (selected.left(), selected.right())
            if self.orientation == "horizontal"
            else (selected.top(), selected.bottom())
        )
        longest = 1 << 20  # far beyond every screen
        ends = (self._origin + low * self._zoom, self._origin + high * self._zoom)
        start, end = (round(min(max(end, -longest), longest)) for end in ends)
        return start, max(end, start + 1)

    def _along(self, place: QPointF) -> float:
        return place.x() if self.orientation == "horizontal" else place.y()

    def _strip(self, start: int, end: int) -> QRect:
        if self.orientation == "horizontal":
            return QRect(start, 0, end - start, self.height())
        return QRect(0, start, self.width(), end - start)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint along a horizontal ruler; a vertical one is the same, mirrored at the diagonal."""
        if not self._zoom:
            return
        painter = QPainter(self)
        level = self.orientation == "horizontal"
        exposed, length = event.rect(), self.width() if level else self.height()
        start, end = (exposed.left(), exposed.right() + 1) if level else (exposed.top(), exposed.bottom() + 1)
        self._paint_ground(painter, start, end)
        self._paint_ticks(painter, start, min(end, length))
        if self._pointer is not None:
            self._paint_mark(painter, math.floor(self._pointer) + 0.5)

    def _paint_ground(self, painter: QPainter, start: int, end: int) -> None:
        palette = self.palette()
        painter.fillRect(self._strip(start, end), palette.color(QPalette.ColorRole.Window))
        canvas = self._rulers.canvas_length(self.orientation)
        low, high = round(self._origin), round(self._origin + canvas * self._zoom)
        painter.fillRect(self._strip(max(low, start), min(high, end)), palette.color(QPalette.ColorRole.AlternateBase))
        if self._extent is not None:
            tint = QColor(palette.color(QPalette.ColorRole.Accent))
            tint.setAlphaF(0.32)
            low, high = max(self._extent[0], start), min(self._extent[1], end)
            if low < high:
                painter.fillRect(self._strip(low, high), tint)

    def _paint_ticks(self, painter: QPainter, start: int, end: int) -> None:
        major, minor = tick_steps(self._zoom)
        ink = self.palette().color(QPalette.ColorRole.PlaceholderText)
        faint = QColor(ink)
        faint.setAlphaF(0.55)
        painter.setFont(_font(self.font()))
        level = self.orientation == "horizontal"
        # A number stands right of its tick, and may reach into what is exposed from before it.
        first = math.floor(self.position_at(start - _WIDE) / minor)
        strong: list[QRect] = []
        weak: list[QRect] = []
        painter.setPen(ink)
        for number in range(first, math.ceil(self.position_at(end) / minor) + 1):
            value = number * minor
            at = math.floor(self._origin + value * self._zoom)
            is_major = value % major == 0
            size = _THICK - 1 if is_major else 7 if 2 * value % major == 0 else 4
            tick = QRect(at, _THICK - size, 1, size) if level else QRect(_THICK - size, at, size, 1)
            (strong if is_major else weak).append(tick)
            if is_major:
                self._paint_number(painter, at, value, ink)
        painter.setPen(Qt.PenStyle.NoPen)
        for ticks, colour in ((strong, ink), (weak, faint)):
            painter.setBrush(colour)
            painter.drawRects(ticks)
        edge = QRect(start, _THICK - 1, end - start, 1) if level else QRect(_THICK - 1, start, 1, end - start)
        painter.fillRect(edge, self.palette().color(QPalette.ColorRole.Mid))

    def _paint_number(self, painter: QPainter, at: int, value: int, ink: QColor) -> None:
        text = str(value).replace("-", "−")
        if self.orientation == "horizontal":
            painter.drawText(QPointF(at + 4, 10), text)
            return
        # Turned text is drawn slowly, and the same numbers come again with every step of the view.
        image = _upright(text, painter.font().toString(), ink.rgba(), painter.device().devicePixelRatioF())
        painter.drawImage(QPointF(0, at - 3 - image.deviceIndependentSize().height()), image)

    def _paint_mark(self, painter: QPainter, at: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Accent))
        tip, foot = _THICK - 0.5, _THICK - 6.0
        corners = ((at, tip), (at - _MARK, foot), (at + _MARK, foot))
        level = self.orientation == "horizontal"
        painter.drawPolygon(QPolygonF([QPointF(x, y) if level else QPointF(y, x) for x, y in corners]))

    # Where guides come from

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pull a guide out: from here on the canvas has the pointer."""
        if event.button() == Qt.MouseButton.LeftButton and self._rulers.guides.pull(self.orientation):
            self._view.setFocus()
            self._hand_on(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the canvas have the drag."""
        self._hand_on(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the canvas have the end of the drag."""
        self._hand_on(event)

    def _hand_on(self, event: QMouseEvent) -> None:
        viewport = self._view.viewport()
        place = QPointF(viewport.mapFromGlobal(event.globalPosition()))
        handed = QMouseEvent(
            event.type(), place, event.globalPosition(), event.button(), event.buttons(), event.modifiers()
        )
        QApplication.sendEvent(viewport, handed)


class Rulers(QObject):
    """Both rulers with the corner between them, in margins of the view that are there while they are shown.

    Args:
        view: what they measure.
        layout: of which canvas.
        guides: takes what is pulled out of them.

    Attributes:
        top: measures x.
        left: measures y.
        guides: see above.
        selected: bounds of the selection, in canvas pixels.
    """

    def __init__(self, view: "ToolView", layout: Layout, guides: "GuideTool") -> None:
        super().__init__(view)
        self._view, self._layout, self.guides = view, layout, guides
        self.selected = QRectF()
        self.top, self.left = Ruler(view, self, "horizontal"), Ruler(view, self, "vertical")
        self._corner = QWidget(view)
        self._corner.setAutoFillBackground(True)
        self._corner.setBackgroundRole(QPalette.ColorRole.Window)
        self._shown = False
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        for signal in (
            view.zoom_changed,
            view.horizontalScrollBar().valueChanged,
            view.verticalScrollBar().valueChanged,
            view.horizontalScrollBar().rangeChanged,
            view.verticalScrollBar().rangeChanged,
        ):
            signal.connect(self._follow_view)
        layout.changed.connect(self._layout_changed)
        guides.context.scene.framed.connect(self._show_selected)
        view.aids.changed.connect(self._choose)
        self._choose()

    def canvas_length(self, orientation: Orientation) -> int:
        """Return the canvas's side along a ruler."""
        return self._layout.state.canvas[0 if orientation == "horizontal" else 1]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the view's size and the pointer over it."""
        kind = event.type()
        if not self._shown:
            return False
        if watched is self._view:
            if kind == QEvent.Type.Resize:
                self._arrange()
        elif kind in {QEvent.Type.MouseMove, QEvent.Type.TabletMove}:
            self._show_pointer(event.position())  # type: ignore[attr-defined]  # both kinds have one
        elif kind == QEvent.Type.Leave:
            self._show_pointer(None)
        elif kind == QEvent.Type.Resize:
            self._follow_view()
        return False

    def _choose(self) -> None:
        shown = self._view.aids.now.rulers
        if shown == self._shown:
            return
        self._shown = shown
        margin = _THICK if shown else 0
        self._view.setViewportMargins(margin, margin, 0, 0)
        for part in (self.top, self.left, self._corner):
            part.setVisible(shown)
        if shown:
            self._arrange()
            self._follow_view()
            self._show_selected(self.selected)

    def _arrange(self) -> None:
        room: QSize = self._view.size()
        self._corner.setGeometry(0, 0, _THICK, _THICK)
        self.top.setGeometry(_THICK, 0, max(room.width() - _THICK, 0), _THICK)
        self.left.setGeometry(0, _THICK, _THICK, max(room.height() - _THICK, 0))

    def _follow_view(self) -> None:
        if self._shown:
            self.top.follow_view()
            self.left.follow_view()

    def _show_pointer(self, place: QPointF | None) -> None:
        self.top.show_pointer(place)
        self.left.show_pointer(place)

    def _show_selected(self, bounds: QRectF) -> None:
        self.selected = QRectF(bounds)
        if self._shown:
            self.top.show_extent(self.selected)
            self.left.show_extent(self.selected)

    def _layout_changed(self, change: object) -> None:
        if isinstance(change, CanvasResized | StateReplaced):
            self.top.update()
            self.left.update()


@lru_cache(maxsize=512)
def _upright(text: str, font: str, rgba: int, ratio: float) -> QImage:
    """Return a number that is read from below, as wide as a ruler."""
    letters = QFont()
    letters.fromString(font)
    length = math.ceil(QFontMetricsF(letters).horizontalAdvance(text)) + 2
    image = QImage(QSize(_THICK, length) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    painter = QPainter(image)
    painter.setFont(letters)
    painter.setPen(QColor.fromRgba(rgba))
    painter.translate(10, length)
    painter.rotate(-90)
    painter.drawText(QPointF(0, 0), text)
    painter.end()
    return image


def _font(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(_FONT)
    return small
