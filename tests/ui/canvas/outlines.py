"""Shapes with known nodes, and what became of them."""

from tests.ui.canvas.conftest import Desk
from zestdesk.document.layers import ShapeLayer
from zestdesk.document.nodes import Subpath, nodes_of, path_of


def polygon(name: str, *points: tuple[float, float], closed: bool = True) -> ShapeLayer:
    return ShapeLayer(id=name, label=name, path=path_of([Subpath.polygon(list(points), closed=closed)]))


def outline(desk: Desk, name: str = "a") -> Subpath:
    layer = desk.layer(name)
    assert isinstance(layer, ShapeLayer)
    return nodes_of(layer.path)[0]


def anchors(desk: Desk, name: str = "a") -> list[tuple[float, float]]:
    return [tuple(point) for point in outline(desk, name).anchors.round(6).tolist()]


SQUARE = ((100.0, 100.0), (200.0, 100.0), (200.0, 200.0), (100.0, 200.0))
