"""Filling a region of a mask with one click, up to the soft edges around it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath

from zestdesk.document.brush import StrokePatches, mask_pixels, patches_between, pixels_to_mask
from zestdesk.document.layers import Layer, ShapeLayer, is_visible
from zestdesk.document.layout import LayoutState
from zestdesk.document.regions import connected, over_edge

__all__ = ["fill", "flood", "mask_share", "visible_share"]

Pixels = NDArray[np.uint8]

_HALF = 128


def flood(share: Pixels, column: int, row: int, tolerance: float, *, solid: bool = True) -> Pixels:
    """Return how much of each pixel a fill covers, 0 to 255, shape (height, width).

    The soft edge around the region that is joined with the seed is covered by what of each pixel belongs to the region,
    so that no seam is left between a fill and the paint that bounds it.

    Args:
        share: how much of each pixel belongs to what was clicked, 0 to 255, shape (height, width).
        column: of the seed.
        row: likewise.
        tolerance: how much may be missing from 255 for a pixel still to count, 0 to 1.
        solid: cover the region itself wholly, and not only by what belongs to it.
    """
    least = round(255 * (1.0 - min(max(tolerance, 0.0), 1.0)))
    least = min(least, int(share[row, column]))
    region = connected(share >= least, column, row)
    cover = share * over_edge(share, region, least)
    return np.where(region, np.uint8(255), cover) if solid else cover


def mask_share(pixels: Pixels, column: int, row: int) -> Pixels:
    """Return how like each pixel of a mask is to the one that was clicked, 0 to 255, shape (height, width)."""
    level = int(pixels[row, column])
    return np.uint8(255) - np.where(pixels > level, pixels - np.uint8(level), np.uint8(level) - pixels)


def visible_share(state: LayoutState, column: int, row: int) -> Pixels:
    """Return how much of each pixel shows what is uppermost where was clicked: a visible layer, or none.

    Returns:
        0 to 255, shape (height, width) of the canvas.
    """
    layers = [layer for layer in state.layers if is_visible(layer)]
    sheet = QImage(*state.canvas, QImage.Format.Format_Grayscale8)
    place = QRect(column, row, 1, 1)
    for index, layer in enumerate(layers):
        if _coverage(layer, place) >= _HALF:
            sheet.fill(0)
            sheet = _laid_on(sheet, layer, 255)
            layers = layers[:index]
            break
    else:
        sheet.fill(255)
    for layer in layers:
        sheet = _laid_on(sheet, layer, 0)
    return mask_pixels(sheet)


def fill(mask: QImage, cover: Pixels, *, erase: bool = False) -> StrokePatches | None:
    """Return what filling changes in a mask, or None when that is nothing.

    Args:
        mask: Format_Grayscale8.
        cover: as :func:`flood` returns it, of the mask's size.
        erase: take away instead of adding.
    """
    before = mask_pixels(mask)
    if erase:
        return patches_between(mask, before - np.minimum(before, cover))
    return patches_between(mask, before + np.minimum(np.uint8(255) - before, cover))


def _coverage(layer: Layer, place: QRect) -> int:
    """Return how much of one pixel a layer covers, 0 to 255."""
    if isinstance(layer, ShapeLayer):
        pixel = QImage(1, 1, QImage.Format.Format_Grayscale8)
        pixel.fill(0)
        return int(mask_pixels(_painted(pixel, layer.path.translated(-place.x(), -place.y()), 255))[0, 0])
    pixels = mask_pixels(layer.mask)
    return int(pixels[place.y(), place.x()]) if pixels.size else 0


def _laid_on(sheet: QImage, layer: Layer, level: int) -> QImage:
    """Return the sheet with a layer over it, as grey as ``level``, 0 or 255."""
    if isinstance(layer, ShapeLayer):
        return _painted(sheet, layer.path, level)
    pixels = mask_pixels(layer.mask)
    if not pixels.size:
        return sheet
    beneath = mask_pixels(sheet)
    room = np.uint8(255) - beneath if level else beneath
    change = room.astype(np.uint16)
    change *= pixels
    change += 127
    change //= 255
    moved = change.astype(np.uint8)
    return pixels_to_mask(beneath + moved if level else beneath - moved)


def _painted(sheet: QImage, path: QPainterPath, level: int) -> QImage:
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath(path)
    outline.setFillRule(Qt.FillRule.OddEvenFill)
    painter.fillPath(outline, Qt.GlobalColor.white if level else Qt.GlobalColor.black)
    painter.end()
    return sheet
