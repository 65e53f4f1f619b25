"""Small layouts for the tests of this room."""

from pathlib import Path
from typing import Any

from PySide6.QtGui import QPainterPath

from zestdesk.document.layers import ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.document.settings import Settings


def box(label: str, x: float, y: float, width: float, height: float, **values: Any) -> ShapeLayer:
    path = QPainterPath()
    path.addRect(x, y, width, height)
    return ShapeLayer(label=label, path=path, kind="rectangle", **values)


def two_boxes(model: Path, **settings: Any) -> LayoutState:
    return LayoutState(
        canvas=(64, 64),
        layers=(box("a cat", 0, 0, 32, 32), box("a red car", 32, 32, 32, 32)),
        prompt="a cat and a red car on grass",
        settings=Settings(model=str(model), **{"steps": 3, **settings}),
    )
