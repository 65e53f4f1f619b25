"""The guides as lines over the layers."""

import math
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem

from zestdesk.document.guides import MAX_GUIDE_POSITION, Guide
from zestdesk.document.layout import CanvasResized, GuidesChanged, Layout, StateReplaced
from zestdesk.ui.canvas.aids import Aids

__all__ = ["GuideLines"]

_Z: Final = 15.0  # over the layers, under their tags
_LINE: Final = QColor("#1fa2e0")
_STRONG: Final = QColor("#ff3d8b")  # as the lines of what snaps
_REACH: Final = 4.0  # screen pixels from which a guide can be grabbed
_FAR: Final = 2 * MAX_GUIDE_POSITION


class GuideLines(QGraphicsItem):
    """Shows the layout's guides, and one that is being dragged in the place of where it was.

    Attributes:
        stressed: the guide under the pointer or selected, or None.
        lifted: the guide that is being dragged and so not shown where it is, or None.
        ghost: the guide as it would be dropped, or None.
    """

    def __init__(self, scene: QGraphicsScene, layout: Layout, aids: Aids) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(_Z)
        self._layout, self._aids, self._scene = layout, aids, scene
        self.stressed: frozenset[Guide] = frozenset()
        self.lifted: Guide | None = None
        self.ghost: Guide | None = None
        self._shown = self._now()
        scene.addItem(self)
        layout.changed.connect(self._follow)
        aids.changed.connect(lambda: self.setVisible(aids.now.guides))

    def at(self, point: QPointF) -> Guide | None:
        """Return the guide that lies within reach of a point of the canvas, the nearest one, or None."""
        reach = _REACH / self._zoom
        away = {guide: abs(_across(guide, point) - guide.position) for guide in self._layout.state.guides}
        near = [guide for guide, far in away.items() if far <= reach]
        return min(near, key=lambda guide: away[guide], default=None)

    def stress(self, *guides: Guide | None) -> None:
        """Show these guides stronger than the others."""
        self.stressed = frozenset(guide for guide in guides if guide is not None)
        self._refresh()

    def drag(self, lifted: Guide | None, ghost: Guide | None) -> None:
        """Show a guide as it would be dropped; two times None is the end of the drag."""
        self.lifted, self.ghost = lifted, ghost
        self._refresh()

    @property
    def _zoom(self) -> float:
        return max((view.transform().m11() for view in self._scene.views()), default=1.0)

    def _now(self) -> dict[Guide, bool]:
        """Return what is to be seen: each guide, and whether it is stressed."""
        seen = {guide: guide in self.stressed for guide in self._layout.state.guides if guide != self.lifted}
        return seen if self.ghost is None else {**seen, self.ghost: True}

    def _follow(self, change: object) -> None:
        if isinstance(change, GuidesChanged | CanvasResized | StateReplaced):
            self._refresh()

    def _refresh(self) -> None:
        """Repaint the strips of the lines that look otherwise now."""
        before, self._shown = self._shown, self._now()
        for guide, _ in before.items() ^ self._shown.items():
            wide = 3 / self._zoom
            across, along = (guide.position - wide, -_FAR)
            strip = QRectF(across, along, 2 * wide, 2 * _FAR)
            self.update(strip if guide.orientation == "vertical" else QRectF(along, across, 2 * _FAR, 2 * wide))

    def boundingRect(self) -> QRectF:  # noqa: D102
        return QRectF(-_FAR, -_FAR, 2 * _FAR, 2 * _FAR)

    def shape(self) -> QPainterPath:  # noqa: D102
        return QPainterPath()  # the tool finds them by its own rule

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, *_: object) -> None:  # noqa: D102
        transform = painter.worldTransform()
        place = transform.mapRect(option.exposedRect).adjusted(-2, -2, 2, 2)
        painter.setWorldTransform(QTransform())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for guide, strong in self._shown.items():
            spot = transform.map(QPointF(guide.position, guide.position))
            if guide.orientation == "vertical":
                x = math.floor(spot.x()) + 0.5
                line = QLineF(x, place.top(), x, place.bottom())
            else:
                y = math.floor(spot.y()) + 0.5
                line = QLineF(place.left(), y, place.right(), y)
            painter.setPen(QPen(_STRONG if strong else _LINE, 1.0))
            painter.drawLine(line)
        painter.setWorldTransform(transform)


def _across(guide: Guide, point: QPointF) -> float:
    return point.x() if guide.orientation == "vertical" else point.y()
