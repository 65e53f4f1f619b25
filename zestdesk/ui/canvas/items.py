"""What the scene is made of: the picture, the heat map, the layers and their tags. Scene units are canvas pixels."""

import math
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from zestdesk.document.layers import is_locked, is_visible
from zestdesk.ui.canvas.colours import ink_on
from zestdesk.ui.canvas.figures import Anchor, Figure
from zestdesk.ui.canvas.zoomable import ZoomableView

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ImageItem", "LayersItem", "TagItem"]

_READ: Final = 200  # characters of a label that are looked at to cut it to a tag
_RIM: Final = 2.0  # around a tag: what its halo takes
_EVERYWHERE: Final = QRectF(-2e6, -2e6, 4e6, 4e6)


class ImageItem(QGraphicsItem):
    """An image stretched over the canvas, smooth until its pixels are large enough to be looked at one by one.

    Args:
        crisp: show single pixels when zoomed in; a heat map has none worth seeing.
    """

    def __init__(self, *, crisp: bool) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._crisp = crisp
        self._canvas = QRectF()
        self._levels: list[QImage] = []

    def set_canvas(self, canvas: tuple[int, int]) -> None:
        """Take the canvas's size."""
        self.prepareGeometryChange()
        self._canvas = QRectF(0, 0, *canvas)

    def set_image(self, image: QImage | None) -> None:
        """Show another image, or none."""
        self._levels = [] if image is None or image.isNull() else [image]
        self.update()

    @property
    def image(self) -> QImage | None:
        """What is shown."""
        return self._levels[0] if self._levels else None

    def boundingRect(self) -> QRectF:  # noqa: D102
        return self._canvas

    def paint(self, painter: QPainter, *_: object) -> None:  # noqa: D102
        if not self._levels:
            return
        ratio = painter.device().devicePixelRatioF() if painter.device() is not None else 1.0
        scale = painter.worldTransform().m11() * self._canvas.width() / self._levels[0].width() * ratio
        image = self._level(scale)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not (self._crisp and scale >= 4))
        painter.drawImage(self._canvas, image, QRectF(image.rect()))

    def _level(self, scale: float) -> QImage:
        """Return the image halved until it is at most twice as large as what is seen: no glitter when zoomed out."""
        wanted = min(max(0, math.floor(-math.log2(scale))), 6)
        while len(self._levels) <= wanted:
            last = self._levels[-1]
            half = QSize(max(1, last.width() // 2), max(1, last.height() // 2))
            smooth = Qt.TransformationMode.SmoothTransformation
            self._levels.append(last.scaled(half, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
        return self._levels[wanted]


class LayersItem(QGraphicsItem):
    """All layers together: what an upper layer covers is not part of a lower one, and is shown so.

    Layers are composed on a sheet of their own, uppermost last, each taking the place of what it covers; the sheet is
    then laid over the picture. A selected layer shows its whole outline, whatever covers it. Only what is exposed is
    ever composed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.figures: Sequence[Figure] = ()
        self.selected: frozenset[str] = frozenset()
        self.hovered = ""
        self.fill_opacity = 0.45
        self.outline_opacity = 1.0
        self.halo = QColor(0, 0, 0, 110)

    def boundingRect(self) -> QRectF:  # noqa: D102
        return _EVERYWHERE

    def shape(self) -> QPainterPath:  # noqa: D102
        return QPainterPath()  # hits are found by the scene's own rule

    def paint(  # noqa: D102
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self.fill_opacity == self.outline_opacity == 0:
            return
        visible = [(figure, figure.bounds) for figure in self.figures if is_visible(figure.layer)]
        for part in _exposed_parts(painter, option.exposedRect, widget):
            self._paint_part(painter, part, visible)

    def _paint_part(self, painter: QPainter, part: QRect, visible: "Sequence[tuple[Figure, QRectF]]") -> None:
        transform = painter.worldTransform()
        reach = 4 / max(transform.m11(), 1e-6)
        exposed = transform.inverted()[0].mapRect(QRectF(part))
        near = exposed.adjusted(-reach, -reach, reach, reach)
        seen = [figure for figure, bounds in visible if bounds.intersects(near)]
        if not seen:
            return
        sheet = _Sheet(painter, part)
        strong = [figure for figure in seen if self._is_strong(figure)]
        for figure in reversed(seen):
            figure.paint_fill(sheet.painter, sheet.area, self.fill_opacity)
            if not self._is_strong(figure):
                self._paint_outline(sheet.painter, figure, near)
        for figure in strong:
            self._paint_outline(sheet.painter, figure, near)
        sheet.lay_on(painter)

    def _paint_outline(self, painter: QPainter, figure: Figure, near: QRectF) -> None:
        if self.outline_opacity > 0:
            painter.setOpacity(self.outline_opacity)
            figure.paint_outline(painter, self._pens(figure, painter.device().devicePixelRatioF()), near)
            painter.setOpacity(1)

    def _is_strong(self, figure: Figure) -> bool:
        return figure.layer.id in self.selected or figure.layer.id == self.hovered

    def _pens(self, figure: Figure, ratio: float) -> tuple[QPen, ...]:
        strong = self._is_strong(figure)
        # Cosmetic pens count the screen's own pixels: without the ratio outlines would be thin where these are small.
        width = (3.0 if strong else 2.0) * ratio
        line = _pen(figure.colour.lighter(112) if strong else figure.colour, width)
        return (_pen(self.halo, width + 2.0 * ratio), line) if self.halo.alpha() else (line,)


class _Sheet:
    """A transparent sheet over the exposed part of the screen, to compose on before it is laid over the picture.

    Attributes:
        area: what it covers, in canvas pixels.
        painter: paints on it, in canvas pixels.
    """

    def __init__(self, onto: QPainter, part: QRect) -> None:
        transform = onto.worldTransform()
        self._part, self._place = part, _snapped(part)
        ratio = onto.device().devicePixelRatioF()
        size = QSize(math.ceil(self._place.width() * ratio), math.ceil(self._place.height() * ratio))
        self._image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        self._image.setDevicePixelRatio(ratio)
        self._image.fill(0)
        self.area = transform.inverted()[0].mapRect(QRectF(self._place))
        self.painter = QPainter(self._image)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.setWorldTransform(transform * QTransform.fromTranslate(-self._place.x(), -self._place.y()))

    def lay_on(self, onto: QPainter) -> None:
        """Finish the sheet and lay it on the screen."""
        self.painter.end()
        onto.save()
        onto.setWorldTransform(QTransform())
        onto.setClipRect(self._part)  # the sheets of neighbouring parts overlap
        onto.drawImage(self._place.topLeft(), self._image)
        onto.restore()


def _pen(colour: QColor, width: float) -> QPen:
    """Return a pen for outlines, which nobody may change: all that are like it share it."""
    return _shared_pen(colour.rgba(), width)


@lru_cache(maxsize=256)
def _shared_pen(rgba: int, width: float) -> QPen:
    pen = QPen(QColor.fromRgba(rgba), width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def _exposed_parts(painter: QPainter, exposed: QRectF, widget: QWidget | None) -> list[QRect]:
    """Return what is to be painted, in screen pixels: after a scroll the strips that came into view, else all."""
    whole = painter.worldTransform().mapRect(exposed).toAlignedRect()
    view = widget.parent() if widget is not None else None
    if not isinstance(view, ZoomableView) or not painter.device().devicePixelRatioF().is_integer():
        return [whole]
    return view.exposed_parts(whole)


def _snapped(rect: QRect) -> QRect:
    """Return the rectangle grown to multiples of four, which are whole device pixels at every usual scaling."""
    left, top = rect.left() // 4 * 4, rect.top() // 4 * 4
    right, bottom = -(-(rect.left() + rect.width()) // 4 * 4), -(-(rect.top() + rect.height()) // 4 * 4)
    return QRect(left, top, right - left, bottom - top)


class TagItem(QGraphicsItem):
    """A layer's label near the layer, of the same size on screen at every zoom.

    Attributes:
        boxes: where the tag is on screen from its anchor, as left, top, right and bottom, by whether it is centred and
            whether it hangs beneath.
    """

    _HEIGHT: Final = 20.0
    _PADDING: Final = 7.0
    _GAP: Final = 6.0
    _WIDEST: Final = 190.0

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self._look: tuple[object, ...] = ()
        self._text = ""
        self._named = True
        self._locked = False
        self._selected = False
        self._centred = self._beneath = False
        self._colour = QColor()
        self._halo = QColor()
        self._font = QFont()
        self._width = 0.0
        self.boxes: dict[tuple[bool, bool], tuple[float, float, float, float]] = {}
        self._picture: QPixmap | None = None  # for the screens whose pixels it can be laid on one by one
        self._drawn_for: tuple[float, Qt.LayoutDirection] | None = None

    def show_figure(self, figure: Figure, font: QFont, placeholder: str, halo: QColor, *, selected: bool) -> None:
        """Take text and colour from a figure; :meth:`hang` says where it is.

        Args:
            figure: the layer as it is shown.
            font: of the text; only its size and weight are this item's.
            placeholder: text for a layer without a label.
            halo: around the tag.
            selected: stress the tag.
        """
        layer = figure.layer
        look = (layer.label, layer.colour, is_locked(layer), selected, font.toString(), placeholder, halo.rgba())
        if look == self._look:
            return
        self._look, self._picture = look, None
        self.prepareGeometryChange()
        self._named = bool(layer.label.strip())
        self._locked, self._selected = is_locked(layer), selected
        self._colour, self._halo = QColor(figure.colour), halo
        self._font = QFont(font)
        self._font.setPixelSize(12)
        self._font.setWeight(QFont.Weight.DemiBold)
        self._font.setItalic(not self._named)
        metrics = QFontMetricsF(self._font)
        text = " ".join(layer.label[:_READ].split()) if self._named else placeholder
        self._text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, self._WIDEST)
        lock = 14.0 if self._locked else 0.0
        self._width = math.ceil(metrics.horizontalAdvance(self._text) + 2 * self._PADDING + lock)
        for centred, beneath in product((False, True), repeat=2):
            pill = self._pill(self._width, centred=centred, beneath=beneath)
            self.boxes[centred, beneath] = (pill.left(), pill.top(), pill.right(), pill.bottom())
        self.update()

    def hang(self, anchor: Anchor, *, beneath: bool) -> None:
        """Go to an anchor, over the layer's edge or beneath it."""
        if (anchor.centred, beneath) != (self._centred, self._beneath):
            self.prepareGeometryChange()
            self._centred, self._beneath = anchor.centred, beneath
        self.setPos(anchor.point)

    @property
    def pill(self) -> QRectF:
        """The tag in screen pixels from its anchor."""
        return self._pill(self._width, centred=self._centred, beneath=self._beneath)

    @staticmethod
    def _pill(width: float, *, centred: bool, beneath: bool) -> QRectF:
        left = -math.floor(width / 2) if centred else TagItem._GAP if beneath else -1
        return QRectF(left, TagItem._GAP if beneath else -TagItem._HEIGHT - TagItem._GAP, width, TagItem._HEIGHT)

    def boundingRect(self) -> QRectF:  # noqa: D102
        return self.pill.adjusted(-_RIM, -_RIM, _RIM, _RIM)

    def paint(self, painter: QPainter, *_: object) -> None:  # noqa: D102
        origin = painter.worldTransform().map(QPointF())
        crisp = QPointF(round(origin.x()) - origin.x(), round(origin.y()) - origin.y())
        ratio = painter.device().devicePixelRatioF()
        if not ratio.is_integer():
            painter.translate(crisp)
            self._paint_pill(painter, self.pill)
            return
        corner = self.pill.topLeft() - QPointF(_RIM, _RIM)
        way = painter.layoutDirection()
        if self._picture is None or self._drawn_for != (ratio, way):
            self._picture, self._drawn_for = self._drawn(ratio, way), (ratio, way)
        painter.drawPixmap(corner + crisp, self._picture)

    def _drawn(self, ratio: float, way: Qt.LayoutDirection) -> QPixmap:
        """Return a picture of the tag with a margin, for all the frames in which it looks the same."""
        picture = QPixmap((QSizeF(self._width + 2 * _RIM, self._HEIGHT + 2 * _RIM) * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setLayoutDirection(way)
        self._paint_pill(painter, QRectF(_RIM, _RIM, self._width, self._HEIGHT))
        painter.end()
        return picture

    def _paint_pill(self, painter: QPainter, pill: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._halo)
        painter.drawRoundedRect(pill.adjusted(-1, -1, 1, 1), 6, 6)
        colour = self._colour.lighter(112) if self._selected else self._colour
        painter.setBrush(colour)
        painter.drawRoundedRect(pill, 5, 5)
        ink = ink_on(colour)
        ink.setAlphaF(1.0 if self._named else 0.75)
        text = pill.adjusted(self._PADDING, 0, -self._PADDING, 0)
        if self._locked:
            _paint_lock(painter, QPointF(text.left() + 4.5, text.center().y()), ink)
            text.setLeft(text.left() + 14)
        painter.setFont(self._font)
        painter.setPen(ink)
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._text)


def _paint_lock(painter: QPainter, centre: QPointF, ink: QColor) -> None:
    """Draw a padlock of nine pixels: a small picture needs no font that may lack it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawRoundedRect(QRectF(centre.x() - 4, centre.y() - 1, 8, 6), 1.2, 1.2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 1.5))
    painter.drawArc(QRectF(centre.x() - 2.5, centre.y() - 5, 5, 6.5), 0, 180 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
