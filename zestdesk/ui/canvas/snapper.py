"""Snapping on the canvas: what the layout offers, how near is near on screen, and the lines that show it."""

import math
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt

from zestdesk.document.layers import BrushLayer, Layer
from zestdesk.document.layout import Layout, LayoutState
from zestdesk.document.snapping import Targets, find_targets, snap
from zestdesk.ui.canvas.aids import AidChoices, Aids
from zestdesk.ui.canvas.snap_lines import SnapLines

if TYPE_CHECKING:
    from zestdesk.ui.canvas.scene import CanvasScene
    from zestdesk.ui.canvas.tools.base import Pointer

__all__ = ["Snapper"]

_NEAR: Final = 6.0  # screen pixels
_DECIMALS: Final = 6  # of a canvas pixel, so that what lies on a line does so to the last bit


class Snapper:
    """Moves points and boxes onto what is near, and shows on what they lie.

    Args:
        layout: what there is to snap to.
        scene: where it is seen.
        aids: what of it attracts.
    """

    def __init__(self, layout: Layout, scene: "CanvasScene", aids: Aids) -> None:
        self._layout, self._scene, self._aids = layout, scene, aids
        self._suspended = False
        self._asked = False
        self._known: tuple[LayoutState, AidChoices, frozenset[str], bool, Targets] | None = None
        self.lines = SnapLines(scene)

    @contextmanager
    def during(self, pointer: "Pointer | None") -> Iterator[None]:
        """Let the tool answer to a pointer: with Ctrl nothing snaps; lines that it doesn't ask for again go."""
        self._suspended = pointer is not None and bool(pointer.modifiers & Qt.KeyboardModifier.ControlModifier)
        self._asked = False
        try:
            yield
        finally:
            if not self._asked:
                self.lines.show(())

    def forget(self) -> None:
        """Show no lines any more: the drag is over."""
        self.lines.show(())

    def way(
        self,
        what: QRectF,
        exclude: Collection[str] = (),
        *,
        sideways: bool = True,
        upwards: bool = True,
        guides: bool = True,
    ) -> QPointF:
        """Return how far to move a box so that it lies on what is near, and show that.

        Args:
            what: in canvas pixels; one without size is a point.
            exclude: ids of layers that attract nothing, for they are what moves.
            sideways: whether it may move to the left and to the right.
            upwards: whether it may move up and down.
            guides: whether guides attract it.
        """
        self._asked = True
        now = self._aids.now
        if self._suspended or not now.snapping or not (sideways or upwards):
            self.lines.show(())
            return QPointF()
        targets = self._targets(frozenset(exclude), guides=guides)
        found = snap(what, targets, _NEAR / self._scene.zoom, sideways=sideways, upwards=upwards)
        self.lines.show(found.lines)
        return found.way

    def point(self, point: QPointF, exclude: Collection[str] = (), **axes: bool) -> QPointF:
        """Return the point on what is near; arguments as for :meth:`way`."""
        return point + self.way(QRectF(point, QSizeF(0, 0)), exclude, **axes)

    def drag(self, box: QRectF, way: QPointF, layers: Collection[Layer], along: tuple[int, int] = (1, 1)) -> QPointF:
        """Return how far layers go that are dragged ``way``: onto what is near, else by whole pixels.

        Args:
            box: the layers' bounds before the drag.
            way: of the pointer.
            layers: what is dragged; if one of them is painted, only whole pixels will do.
            along: 0 for an axis on which nothing moves.
        """
        near = self.way(box.translated(way), _ids(layers), sideways=along[0] != 0, upwards=along[1] != 0)
        exact = not any(isinstance(layer, BrushLayer) for layer in layers)
        return QPointF(
            _settled(way.x(), near.x(), box.x(), exact=exact) if along[0] else 0.0,
            _settled(way.y(), near.y(), box.y(), exact=exact) if along[1] else 0.0,
        )

    def handle(
        self, point: QPointF, layers: Collection[Layer], along: tuple[int, int], *, guides: bool = True
    ) -> QPointF:
        """Return where a handle goes that is dragged to a point: onto what is near, else to the pixel grid.

        Args:
            point: in canvas pixels, not rounded.
            layers: what the handle changes.
            along: 0 for an axis on which the handle doesn't move.
            guides: whether guides attract it.
        """
        sideways, upwards = along[0] != 0, along[1] != 0
        near = self.way(QRectF(point, QSizeF(0, 0)), _ids(layers), sideways=sideways, upwards=upwards, guides=guides)
        return QPointF(
            _settled(point.x(), near.x(), 0.0, exact=True),
            _settled(point.y(), near.y(), 0.0, exact=True),
        )

    def _targets(self, exclude: frozenset[str], *, guides: bool) -> Targets:
        """Return what attracts; the same for all of a drag, which asks once for every move."""
        state, now = self._layout.state, self._aids.now
        if self._known is not None:
            *asked, targets = self._known
            if asked[0] is state and asked[1:] == [now, exclude, guides]:
                return targets
        boxes: list[QRectF] = []
        if now.snap_to_canvas:
            boxes.append(self._scene.canvas_rect)
        if now.snap_to_layers and self._scene.layers_visible:
            boxes += self._scene.visible_bounds(exclude)
        shown = state.guides if guides and now.guides and now.snap_to_guides else ()
        targets = find_targets(boxes=boxes, guides=shown, grid=now.step if now.grid and now.snap_to_grid else 0.0)
        self._known = (state, now, exclude, guides, targets)
        return targets


def _ids(layers: Collection[Layer]) -> list[str]:
    return [layer.id for layer in layers]


def _settled(way: float, near: float, origin: float, *, exact: bool) -> float:
    """Return a way with the step to a line; without one, or where the line is not to be met exactly, a whole way."""
    if near and exact:
        return round(origin + way + near, _DECIMALS) - origin
    return float(math.floor(way + near + 0.5))
