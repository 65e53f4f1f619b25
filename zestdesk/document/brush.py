"""Brush strokes: pointer positions -> dabs -> patches of a mask. Plain numpy and QImage, no widgets.

A :class:`Stroke` is staged: it never touches the layer's mask. It collects the coverage of its dabs in a buffer of its
own and blends that buffer with the mask as it was before the stroke, so that dabs that overlap within one stroke do not
add up beyond the stroke's opacity. Only the rectangle that a pointer move has touched is ever computed.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QImage

__all__ = [
    "MAX_SIZE",
    "Patch",
    "Stroke",
    "StrokePatches",
    "StrokeStyle",
    "blank_mask",
    "mask_pixels",
    "patches_between",
    "pixels_to_mask",
]

MAX_SIZE: Final = 1000.0
"""The largest diameter of a brush in canvas pixels."""

Pixels = NDArray[np.uint8]

_SPACING: Final = 0.1  # of the diameter: the outline of a hard stroke stays smooth
_FINE_RADIUS: Final = 24.0  # below this, dabs are placed on quarters of a pixel
_LEVELS: Final = np.arange(256, dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class StrokeStyle:
    """How a stroke looks.

    Attributes:
        size: diameter at full pressure, in canvas pixels, 1 to :data:`MAX_SIZE`.
        hardness: 1 for a crisp edge, 0 for a falloff that begins at the centre.
        opacity: the most that this stroke changes a pixel, 0 to 1.
        size_by_pressure: whether a pen's pressure scales the size.
        opacity_by_pressure: whether a pen's pressure scales the opacity.
        least: what share of size and opacity the lightest touch has, 0 to 1.
        erase: take away instead of adding.
    """

    size: float = 40.0
    hardness: float = 0.8
    opacity: float = 1.0
    size_by_pressure: bool = True
    opacity_by_pressure: bool = False
    least: float = 0.05
    erase: bool = False

    def share(self, pressure: float) -> float:
        """Return the share of the full size, or opacity, that a pen's pressure stands for where it counts."""
        return self.least + (1.0 - self.least) * min(max(pressure, 0.0), 1.0)


class Patch(NamedTuple):
    """New pixels of a mask: shape (rect.height(), rect.width())."""

    rect: QRect
    pixels: Pixels


class StrokePatches(NamedTuple):
    """All that a finished stroke changed, as Format_Grayscale8 images of the size of ``rect``."""

    rect: QRect
    before: QImage
    after: QImage


def blank_mask(canvas: tuple[int, int]) -> QImage:
    """Return an empty Format_Grayscale8 mask for a canvas of (width, height) pixels."""
    mask = QImage(*canvas, QImage.Format.Format_Grayscale8)
    mask.fill(0)
    return mask


class _Held:
    """A handle on an image's pixels for numpy, which keeps it as the base of every view: the memory outlives them."""

    def __init__(self, image: QImage) -> None:
        self._image = QImage(image)  # implicitly shared: whoever paints on the other handle gets a copy
        rows = np.frombuffer(self._image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        view = rows[:, : image.width()]
        self.__array_interface__ = {**view.__array_interface__, "data": (view.ctypes.data, True)}


def mask_pixels(mask: QImage) -> Pixels:
    """Return a read-only view of a Format_Grayscale8 image, shape (height, width), without a copy.

    The view holds on to the image's pixels as they are now, whatever becomes of ``mask``.
    """
    if mask.isNull():
        return np.zeros((0, 0), np.uint8)
    return np.asarray(_Held(mask))


def pixels_to_mask(pixels: Pixels) -> QImage:
    """Return a Format_Grayscale8 image with a copy of ``pixels``, shape (height, width)."""
    height, width = pixels.shape
    packed = np.ascontiguousarray(pixels)
    return QImage(packed.data, width, height, width, QImage.Format.Format_Grayscale8).copy()


@lru_cache(maxsize=48)
def _stamp(radius: float, hardness: float, shift_x: float, shift_y: float) -> Pixels:
    """Return one dab's coverage, 0 to 255, square, its middle pixel containing the dab's centre.

    Args:
        radius: in pixels.
        hardness: 0 to 1.
        shift_x: where in the middle pixel the centre lies, 0 to 1.
        shift_y: likewise.
    """
    reach = math.ceil(radius + 1)
    centred = shift_x == shift_y == 0.5  # then all four quarters are alike
    offsets = np.arange(0 if centred else -reach, reach + 1, dtype=np.float32) + np.float32(0.5)
    across, down = (offsets - np.float32(shift_x)) ** 2, (offsets - np.float32(shift_y)) ** 2
    distance = np.sqrt(across[None, :] + down[:, None])
    falloff = max(1.0, radius * (1.0 - hardness))
    level = np.clip((radius + 0.5 - distance) / falloff, 0.0, 1.0)
    if falloff > 1.0:
        level = level * level * (3.0 - 2.0 * level)
    stamp: Pixels = np.rint(level * 255.0).astype(np.uint8)
    if centred:
        stamp = np.pad(stamp, ((reach, 0), (reach, 0)), mode="reflect")
    stamp.flags.writeable = False
    return stamp


def patches_between(mask: QImage, after: Pixels, left: int = 0, top: int = 0) -> StrokePatches | None:
    """Return the smallest rectangle that holds every changed pixel with its contents, or None without a change.

    Args:
        mask: the Format_Grayscale8 mask as it is.
        after: what shall be there, shape (height, width); lies within the mask.
        left: where in the mask the first column of ``after`` lies.
        top: likewise, the first row.
    """
    height, width = after.shape
    changed = after != mask_pixels(mask)[top : top + height, left : left + width]
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    if not rows.size:
        return None
    down, right = slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
    rect = QRect(left + right.start, top + down.start, right.stop - right.start, down.stop - down.start)
    return StrokePatches(rect, mask.copy(rect), pixels_to_mask(after[down, right]))


class Stroke:
    """A stroke in the making.

    Call :meth:`move_to` for every pointer position and show the patches; at the end :meth:`finish`, then
    :meth:`patches` for what the undo command needs. A stroke that is dropped has changed nothing.

    Args:
        mask: the layer's Format_Grayscale8 mask before the stroke; never written to.
        style: size, hardness, opacity, paint or erase.
    """

    def __init__(self, mask: QImage, style: StrokeStyle) -> None:
        self._mask = QImage(mask)  # a shared handle: stays as it is when somebody paints on the other
        self._before = mask_pixels(self._mask)
        self._cover: Pixels = np.zeros_like(self._before, order="C", subok=False)
        self._style = style
        self._opacity = np.rint(_LEVELS * min(max(style.opacity, 0.0), 1.0)).astype(np.uint8)
        self._points: list[tuple[QPointF, float]] = []
        self._pen = (QPointF(), 1.0)  # where the drawn line ends, and the pressure there
        self._gap = 0.0  # way to go until the next dab
        reach = min(style.size, MAX_SIZE) / 2 + 2
        self._near = QRectF(mask.rect()).adjusted(-reach, -reach, reach, reach)  # dabs elsewhere leave no trace
        self._dirty = QRect()  # of the current move
        self.rect = QRect()
        """Bounds of all dabs so far."""

    @property
    def last(self) -> QPointF | None:
        """The newest pointer position."""
        return self._points[-1][0] if self._points else None

    def move_to(self, point: QPointF, pressure: float = 1.0) -> Patch | None:
        """Go on to ``point`` and return the pixels that changed, or None when none did.

        The line bends smoothly: it is drawn as far as the middle between the last two positions, each inner position
        being the control point of a quadratic curve. :meth:`finish` draws the rest.

        Args:
            point: in canvas pixels.
            pressure: of a tablet's pen, 0 to 1; scales what the style says.
        """
        pressure = min(max(pressure, 0.0), 1.0)
        self._dirty = QRect()
        if not self._points:
            self._points.append((point, pressure))
            self._pen = (point, pressure)
            self._dab(point, pressure)
            return self._take_dirty()
        corner, force = self._points[-1]
        self._points.append((point, pressure))
        middle = (corner + point) / 2
        if len(self._points) == 2:
            self._line(middle, (force + pressure) / 2)
        else:
            self._curve(corner, middle, (force + pressure) / 2)
        del self._points[:-2]
        return self._take_dirty()

    def finish(self) -> Patch | None:
        """Draw up to the last pointer position."""
        self._dirty = QRect()
        if self._points and self._pen[0] != self._points[-1][0]:
            self._line(*self._points[-1])
        return self._take_dirty()

    def patches(self) -> StrokePatches | None:
        """Return the smallest rectangle that holds every changed pixel with its contents, or None without a change."""
        if self.rect.isEmpty():
            return None
        return patches_between(self._mask, self._blend(self.rect), self.rect.left(), self.rect.top())

    def _take_dirty(self) -> Patch | None:
        if self._dirty.isEmpty():
            return None
        self.rect = self.rect.united(self._dirty)
        return Patch(self._dirty, self._blend(self._dirty))

    def _curve(self, corner: QPointF, end: QPointF, pressure: float) -> None:
        start, force = self._pen
        way = _length(corner - start) + _length(end - corner)
        pieces = max(1, min(64, math.ceil(way / max(2.0, self._style.size / 8))))
        for piece in range(1, pieces + 1):
            t = piece / pieces
            point = start * ((1 - t) * (1 - t)) + corner * (2 * t * (1 - t)) + end * (t * t)
            self._line(point, force + (pressure - force) * t)

    def _line(self, end: QPointF, pressure: float) -> None:
        start, force = self._pen
        self._pen = (end, pressure)
        near = _span_within(start, end, self._near)
        if near is None:
            self._gap = 0.0  # so that the next dab is where the line comes back
            return
        way = _length(end - start)
        at, stop = max(self._gap, near[0] * way), near[1] * way
        while at <= stop:
            share = at / way if way else 1.0
            now = force + (pressure - force) * share
            self._dab(start + (end - start) * share, now)
            at += self._gap
        self._gap = max(at - way, 0.0)

    def _dab(self, centre: QPointF, pressure: float) -> None:
        """Stamp one dab into the coverage and set the way to the next."""
        style = self._style
        share = style.share(pressure)
        radius = max(0.5, min(style.size, MAX_SIZE) * (share if style.size_by_pressure else 1.0) / 2)
        # The dent between two dabs of a hard brush is gap^2 / (8 radius): keep it under a quarter of a pixel.
        self._gap = max(0.5, min(2 * radius * _SPACING, math.sqrt(2 * radius)))
        if radius < _FINE_RADIUS:
            steps, radius = 4, round(radius * 8) / 8
        else:
            steps, radius = 1, round(radius * 2) / 2
        column, row = math.floor(centre.x()), math.floor(centre.y())
        shift_x = (math.floor((centre.x() - column) * steps) + 0.5) / steps
        shift_y = (math.floor((centre.y() - row) * steps) + 0.5) / steps
        stamp = _stamp(radius, round(style.hardness, 2), shift_x, shift_y)
        reach = stamp.shape[0] // 2
        placed = QRect(column - reach, row - reach, stamp.shape[1], stamp.shape[0])
        height, width = self._cover.shape
        rect = placed.intersected(QRect(0, 0, width, height))
        if rect.isEmpty():
            return
        part = stamp[rect.top() - placed.top() :, rect.left() - placed.left() :][: rect.height(), : rect.width()]
        if style.opacity_by_pressure and share < 1.0:
            part = np.rint(_LEVELS * share).astype(np.uint8)[part]
        cover = self._window(self._cover, rect)
        np.maximum(cover, part, out=cover)
        self._dirty = self._dirty.united(rect)

    @staticmethod
    def _window(pixels: Pixels, rect: QRect) -> Pixels:
        return pixels[rect.top() : rect.top() + rect.height(), rect.left() : rect.left() + rect.width()]

    def _blend(self, rect: QRect) -> Pixels:
        """Return the mask's pixels within ``rect`` with the stroke so far."""
        before = self._window(self._before, rect)
        cover = self._opacity[self._window(self._cover, rect)]
        room = before if self._style.erase else np.uint8(255) - before
        product = room.astype(np.uint16)
        product *= cover
        product += 128
        product += product >> 8
        change = (product >> 8).astype(np.uint8)  # room * cover / 255, rounded
        blended: Pixels = before - change if self._style.erase else before + change
        return blended


def _length(vector: QPointF) -> float:
    return math.hypot(vector.x(), vector.y())


def _span_within(start: QPointF, end: QPointF, rect: QRectF) -> tuple[float, float] | None:
    """Return which part of a line, from 0 at its start to 1 at its end, lies in a rectangle, or None.

    Liang and Barsky's clipping: a pointer a mile off the canvas shall not cost a mile of dabs.
    """
    first, last = 0.0, 1.0
    for begin, way, low, high in (
        (start.x(), end.x() - start.x(), rect.left(), rect.right()),
        (start.y(), end.y() - start.y(), rect.top(), rect.bottom()),
    ):
        if way == 0.0:
            if not low <= begin <= high:
                return None
            continue
        near, far = sorted(((low - begin) / way, (high - begin) / way))
        first, last = max(first, near), min(last, far)
    return (first, last) if first <= last else None
