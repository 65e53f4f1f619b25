"""How one layer looks on the canvas: its fill, its outline, where it is and where its tag hangs."""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator
from itertools import count
from typing import Final, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTransform

from zestdesk.document.brush import Patch, mask_pixels
from zestdesk.document.layers import BrushLayer, Layer, ShapeLayer
from zestdesk.ui.canvas.contour import Contour
from zestdesk.ui.canvas.detail import Detail
from zestdesk.ui.canvas.scaled_mask import ScaledMask, writable_pixels

__all__ = ["Anchor", "BrushFigure", "Figure", "ShapeFigure", "figure_of"]

_SHARES: Final = (0.5, 0.25, 0.75, 0.1, 0.9)  # of the width: where a tag is tried
_PROBES: Final = 24  # how many heights are tried there
_CRISP_ZOOM: Final = 3.0  # from here on single pixels of a mask may be seen as what they are


class Anchor(NamedTuple):
    """A place where a tag may hang, in canvas pixels.

    Attributes:
        point: on the layer's upper edge.
        inside: a point of the layer close to it: where this is covered, the tag would seem to be another layer's.
        centred: whether the tag stands over the point with its middle, or begins there.
    """

    point: QPointF
    inside: QPointF
    centred: bool = True


class _Anchors:
    """Anchors that are looked for once, and only as far as somebody wants them.

    Attributes:
        place: the figure's offset that they go with.
    """

    def __init__(self, rest: Iterator[Anchor], place: tuple[float, float]) -> None:
        self.place = place
        self._found: list[Anchor] = []
        self._rest = rest

    def __iter__(self) -> Iterator[Anchor]:
        for number in count():
            if number == len(self._found):
                further = next(self._rest, None)
                if further is None:
                    return
                self._found.append(further)
            yield self._found[number]


class Figure(ABC):
    """One layer as drawn.

    Attributes:
        layer: what is shown; during a drag this may be a preview that the layout does not hold.
        colour: of the layer.
        offset: how far a drag has moved the layer, in whole canvas pixels.
    """

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.colour = QColor(layer.colour)
        self.offset = QPointF()
        self._anchors: _Anchors | None = None

    @property
    @abstractmethod
    def bounds(self) -> QRectF:
        """The smallest rectangle around the layer, in canvas pixels; empty when there is nothing of it."""

    def anchors(self) -> Iterator[Anchor]:
        """Yield places where the tag may hang, the best first: places on the upper edge."""
        place = (self.offset.x(), self.offset.y())
        if self._anchors is None or self._anchors.place != place:
            self._anchors = _Anchors(self._find_anchors(), place)
        return iter(self._anchors)

    def _find_anchors(self) -> Iterator[Anchor]:
        bounds = self.bounds
        if bounds.isEmpty():
            return
        step = bounds.height() / _PROBES
        for share in _SHARES:
            x = bounds.left() + share * bounds.width()
            ys = (bounds.top() + (probe + 0.5) * step for probe in range(_PROBES))
            y = next((y for y in ys if self.contains(QPointF(x, y))), None)
            if y is not None:
                top = bounds.top() if y - bounds.top() <= step else y - step / 2
                yield Anchor(QPointF(x, top), QPointF(x, y))

    @abstractmethod
    def contains(self, point: QPointF, reach: float = 0.0) -> bool:
        """Return whether the layer covers a point, or anything within ``reach`` canvas pixels of it."""

    @abstractmethod
    def meets(self, rect: QRectF) -> bool:
        """Return whether the layer covers anything within ``rect``."""

    @abstractmethod
    def paint_fill(self, painter: QPainter, exposed: QRectF, opacity: float) -> None:
        """Put the layer's colour at ``opacity`` in the place of what is there; ``exposed`` bounds what is seen."""

    @abstractmethod
    def paint_outline(self, painter: QPainter, pens: tuple[QPen, ...], exposed: QRectF) -> None:
        """Draw the outline once with each pen (cosmetic ones)."""


class ShapeFigure(Figure):
    """A vector shape."""

    layer: ShapeLayer

    def __init__(self, layer: ShapeLayer) -> None:
        super().__init__(layer)
        self._path = layer.path
        self._rect = layer.path.boundingRect()
        self._detail = Detail(layer.path) if layer.path.elementCount() >= Detail.worth else None

    @property
    def bounds(self) -> QRectF:  # noqa: D102
        return self._rect.translated(self.offset)

    def _find_anchors(self) -> Iterator[Anchor]:
        if self.layer.kind == "rectangle":
            corner = self.bounds.topLeft()
            inset = min(self._rect.width(), self._rect.height(), 8.0) / 4
            yield Anchor(corner, corner + QPointF(inset, inset), centred=False)
        yield from super()._find_anchors()

    def contains(self, point: QPointF, reach: float = 0.0) -> bool:  # noqa: D102
        place = point - self.offset
        if self._path.contains(place):
            return True
        return reach > 0 and self.meets(QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach))

    def meets(self, rect: QRectF) -> bool:  # noqa: D102
        return self._path.intersects(rect.translated(-self.offset))

    def paint_fill(self, painter: QPainter, exposed: QRectF, opacity: float) -> None:  # noqa: ARG002, D102
        colour = QColor(self.colour)
        colour.setAlphaF(opacity)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        moved = not self.offset.isNull()
        if moved:
            painter.translate(self.offset)
        painter.fillPath(self._path if self._detail is None else self._detail.fill(_scale(painter)), colour)
        if moved:
            painter.translate(-self.offset)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def paint_outline(self, painter: QPainter, pens: tuple[QPen, ...], exposed: QRectF) -> None:  # noqa: D102
        painter.save()
        painter.translate(self.offset)
        if self.layer.kind == "rectangle":
            # On whole pixels of the screen a line of two pixels has no blurred edge.
            place = painter.worldTransform().mapRect(self._rect)
            left, top = math.floor(place.left() + 0.5), math.floor(place.top() + 0.5)
            right, bottom = math.floor(place.right() + 0.5), math.floor(place.bottom() + 0.5)
            painter.setWorldTransform(QTransform())
            for pen in pens:
                painter.setPen(pen)
                painter.drawRect(QRectF(left, top, right - left, bottom - top))
        else:
            path = self._path
            if self._detail is not None:
                path = self._detail.outline(exposed.translated(-self.offset), _scale(painter))
            for pen in pens:
                painter.strokePath(path, pen)
        painter.restore()


class BrushFigure(Figure):
    """A painted mask, kept as an image whose bytes are the mask's and whose colour table is the layer's tint.

    Attributes:
        warp: how a drag has scaled or turned the layer, before ``offset``; the mask itself is resampled at its end.
    """

    layer: BrushLayer

    def __init__(self, layer: BrushLayer) -> None:
        super().__init__(layer)
        self.warp = QTransform()
        self._tinted = QImage(layer.mask)
        self._tinted.reinterpretAsFormat(QImage.Format.Format_Indexed8)  # a copy that this figure may write to
        self._small: ScaledMask | None = None
        self._tint()
        self._pixels = writable_pixels(self._tinted)
        self._contour = Contour(self._pixels)
        self._bounds = QRectF(self._contour.bounds)

    @property
    def bounds(self) -> QRectF:  # noqa: D102
        return self._placing.mapRect(self._bounds)

    @property
    def _placing(self) -> QTransform:
        return self.warp * QTransform.fromTranslate(self.offset.x(), self.offset.y())

    def anchors(self) -> Iterator[Anchor]:  # noqa: D102
        return super().anchors() if self.warp.isIdentity() else self._find_anchors()

    def _find_anchors(self) -> Iterator[Anchor]:
        if self._bounds.isEmpty():
            return
        if self.warp.isIdentity():
            top = int(self._bounds.top())
            painted = np.flatnonzero(self._pixels[top])
            highest = QPointF((float(painted[0]) + float(painted[-1]) + 1) / 2, top) + self.offset
            yield Anchor(highest, highest + QPointF(0, 2))
        yield from super()._find_anchors()

    def contains(self, point: QPointF, reach: float = 0.0) -> bool:  # noqa: D102
        if not reach and self.warp.isIdentity():  # asked for often, by all tags
            column, row = math.floor(point.x() - self.offset.x()), math.floor(point.y() - self.offset.y())
            height, width = self._pixels.shape
            return 0 <= row < height and 0 <= column < width and bool(self._pixels[row, column] > 127)
        side = max(reach, 0.25)
        return self.meets(QRectF(point.x() - side, point.y() - side, 2 * side, 2 * side))

    def meets(self, rect: QRectF) -> bool:  # noqa: D102
        area = self._as_painted(rect).toAlignedRect().intersected(self._tinted.rect())
        window = self._pixels[area.top() : area.top() + area.height(), area.left() : area.left() + area.width()]
        return bool(window.size and window.max() > 127)

    def paint_fill(self, painter: QPainter, exposed: QRectF, opacity: float) -> None:  # noqa: D102
        seen = self._as_painted(exposed).adjusted(-2, -2, 2, 2).toAlignedRect().intersected(self._contour.bounds)
        if seen.isEmpty():
            return
        small = self._small_for(painter)
        if small is not None:
            self._paint_small(painter, small, seen, opacity)
            return
        smooth = painter.worldTransform().m11() < _CRISP_ZOOM or not self.warp.isIdentity()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        before = painter.worldTransform()
        painter.setWorldTransform(self._placing, True)
        _replace_with(painter, QPointF(seen.topLeft()), _coloured(self._tinted, seen), opacity)
        painter.setWorldTransform(before)

    def _small_for(self, painter: QPainter) -> ScaledMask | None:
        """Return the mask at the painter's scale where it is worth keeping, or None."""
        scale = painter.worldTransform().m11() * painter.device().devicePixelRatioF()
        if not self.warp.isIdentity() or not ScaledMask.suits(self._tinted.size().toTuple(), scale):
            return None
        if self._small is None or self._small.scale != scale:
            self._small = ScaledMask(self._tinted, self._contour.bounds, scale)
        return self._small

    def _paint_small(self, painter: QPainter, small: ScaledMask, seen: QRect, opacity: float) -> None:
        ratio = painter.device().devicePixelRatioF()
        part = small.shown(QRectF(seen))
        before = painter.worldTransform()
        origin = before.map(self.offset) * ratio
        corner = QPointF(math.floor(origin.x() + 0.5), math.floor(origin.y() + 0.5)) + QPointF(part.topLeft())
        painter.setWorldTransform(QTransform())
        image = _coloured(small.image, part)
        image.setDevicePixelRatio(ratio)
        _replace_with(painter, corner / ratio, image, opacity)
        painter.setWorldTransform(before)

    def paint_outline(self, painter: QPainter, pens: tuple[QPen, ...], exposed: QRectF) -> None:  # noqa: D102
        painter.save()
        painter.setWorldTransform(self._placing, True)
        pieces = self._contour.paths(self._as_painted(exposed), _scale(painter))
        for pen in pens:
            # Lines of a pixel or less: square caps close the joints, round ones would cost a hundred times as much.
            joined = QPen(pen)
            joined.setCapStyle(Qt.PenCapStyle.SquareCap)
            for piece in pieces:
                painter.strokePath(piece, joined)
        painter.restore()

    def _as_painted(self, rect: QRectF) -> QRectF:
        """Return where a rectangle of the canvas lies on the mask, which a drag may have moved or turned."""
        return self._placing.inverted()[0].mapRect(rect)

    def recolour(self, layer: BrushLayer) -> None:
        """Take new values that leave the mask as it is."""
        self.layer = layer
        self.colour = QColor(layer.colour)
        self._tint()

    def patch(self, patch: Patch) -> None:
        """Show new pixels of the mask."""
        rect = patch.rect
        self._pixels[rect.top() : rect.top() + rect.height(), rect.left() : rect.left() + rect.width()] = patch.pixels
        if self._small is not None:
            self._small.update(self._tinted, rect)
        self._contour.update(self._pixels, rect)
        self._anchors = None
        self._bounds = QRectF(self._contour.bounds)

    def accept(self, layer: BrushLayer, region: QRect) -> bool:
        """Take a new mask that differs from what is shown within ``region`` only; return whether it does differ."""
        pixels = mask_pixels(layer.mask)
        window = pixels[region.top() : region.top() + region.height(), region.left() : region.left() + region.width()]
        self.layer = layer
        shown = self._pixels[
            region.top() : region.top() + region.height(), region.left() : region.left() + region.width()
        ]
        if np.array_equal(shown, window):
            return False  # the stroke was shown while it was painted
        self.patch(Patch(region, window))
        return True

    def fits(self, layer: BrushLayer) -> bool:
        """Return whether a layer's mask has the size of what is shown, so that a region of it can be taken."""
        return layer.mask.size() == self._tinted.size()

    def _tint(self) -> None:
        self._small = None
        tint = self.colour.rgb() & 0xFFFFFF
        self._tinted.setColorTable([level << 24 | tint for level in range(256)])


def _scale(painter: QPainter) -> float:
    """Return how many device pixels a unit of what is painted has."""
    return math.sqrt(abs(painter.worldTransform().determinant())) * painter.device().devicePixelRatioF()


def _coloured(tinted: QImage, part: QRect) -> QImage:
    """Return a part of an image with a colour table in the form that is composed fastest.

    Else each of two compositions looks up each pixel's colour, which takes four times as long.
    """
    return tinted.copy(part).convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _replace_with(painter: QPainter, place: QPointF, image: QImage, opacity: float) -> None:
    """Put an image in the place of what is there, as far as it covers it."""
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
    painter.drawImage(place, image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setOpacity(opacity)
    painter.drawImage(place, image)
    painter.setOpacity(1)


def figure_of(layer: Layer) -> Figure:
    """Return how a layer is drawn."""
    return ShapeFigure(layer) if isinstance(layer, ShapeLayer) else BrushFigure(layer)
