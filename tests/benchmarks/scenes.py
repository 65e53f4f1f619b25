"""Layouts to be slow with."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from zestdesk.document.brush import pixels_to_mask
from zestdesk.document.layers import PALETTE, BrushLayer, Layer, ShapeLayer, shape_path
from zestdesk.document.layout import LayoutState

CANVAS = (2048, 2048)


def wavy(centre: QPointF, radius: float, nodes: int) -> QPainterPath:
    """Return a closed curve of so many nodes about a point."""
    points = []
    for number in range(3 * nodes):
        angle = 2 * math.pi * number / (3 * nodes)
        far = radius * (1 + 0.15 * math.sin(9 * angle))
        points.append(centre + QPointF(far * math.cos(angle), far * math.sin(angle)))
    path = QPainterPath(points[0])
    for number in range(nodes):
        one, two, three = (points[(3 * number + step) % len(points)] for step in (1, 2, 3))
        path.cubicTo(one, two, three)
    path.closeSubpath()
    return path


def star(lines: int) -> QPainterPath:
    """Return a star all of whose lines cross nearly all others."""
    path = QPainterPath()
    for number in range(lines):
        angle = 2 * math.pi * number * (lines // 2) / lines
        point = QPointF(1000 + 900 * math.cos(angle), 1000 + 900 * math.sin(angle))
        path.lineTo(point) if number else path.moveTo(point)
    path.closeSubpath()
    return path


def shapes(count: int) -> tuple[Layer, ...]:
    """Return rectangles, ellipses and curves all over the canvas, overlapping."""
    random = np.random.default_rng(0)
    made: list[Layer] = []
    for number in range(count):
        x, y = random.uniform(0, 1700, 2)
        wide, high = random.uniform(80, 400, 2)
        kind = ("rectangle", "ellipse", "path")[number % 3]
        rect = QRectF(x, y, wide, high)
        path = wavy(rect.center(), wide / 2, 24) if kind == "path" else shape_path(kind, rect)
        made.append(
            ShapeLayer(
                id=f"s{number}", label=f"a thing {number}", kind=kind, path=path, colour=PALETTE[number % len(PALETTE)]
            )
        )
    return tuple(made)


def masks(count: int) -> tuple[Layer, ...]:
    """Return painted layers: soft blots."""
    random = np.random.default_rng(1)
    rows, columns = np.mgrid[0 : CANVAS[1], 0 : CANVAS[0]].astype(np.float32)
    made: list[Layer] = []
    for number in range(count):
        x, y, radius = random.uniform(200, 1800), random.uniform(200, 1800), random.uniform(120, 400)
        away = np.hypot(columns - x, rows - y)
        pixels = np.clip((radius - away) * 12 + 128, 0, 255).astype(np.uint8)
        colour = PALETTE[(number + 5) % len(PALETTE)]
        made.append(BrushLayer(id=f"m{number}", label=f"a blot {number}", mask=pixels_to_mask(pixels), colour=colour))
    return tuple(made)


def busy(painted: int, drawn: int) -> LayoutState:
    """Return a layout with painted layers above drawn ones."""
    return LayoutState(canvas=CANVAS, layers=masks(painted) + shapes(drawn), prompt="many things")
