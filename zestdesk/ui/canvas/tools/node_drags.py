"""What a drag does to an outline: each look follows from how it was before, so that nothing is lost on the way."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection

from PySide6.QtCore import QCoreApplication, QPointF

from zestdesk.document.node_edits import bend, make_smooth, move_handle, move_nodes
from zestdesk.document.nodes import Outline, Ref
from zestdesk.ui.canvas.node_map import NodeHit
from zestdesk.ui.canvas.tools.base import Pointer
from zestdesk.ui.canvas.tools.outline import turned_to_step

__all__ = ["BendDrag", "HandleDrag", "MoveDrag", "NodeDrag", "PullDrag"]


Snap = Callable[[QPointF, tuple[int, int]], QPointF]


class NodeDrag(ABC):
    """One drag.

    Attributes:
        text: what the undo history calls it.
    """

    text = ""

    def __init__(self, outline: Outline, start: Pointer, hit: NodeHit) -> None:
        self._outline, self._start, self._hit = outline, start, hit

    @abstractmethod
    def outline(self, pointer: Pointer) -> Outline:
        """Return the outline as it is with the pointer there."""

    def _place(self, pointer: Pointer) -> QPointF:
        """Return where what was taken hold of would be."""
        return self._hit.point + pointer.pos - self._start.pos


class MoveDrag(NodeDrag):
    """Moves nodes; the one that was taken hold of goes onto what is near or to whole pixels, with Shift along one axis.

    Args:
        outline: as it was when the drag began.
        start: where that was.
        hit: the node that was taken hold of.
        refs: what moves, that node among it.
        snap: called with a point and with 0 for each axis that stays as it is; returns where the point goes.
    """

    def __init__(self, outline: Outline, start: Pointer, hit: NodeHit, refs: Collection[Ref], snap: Snap) -> None:
        super().__init__(outline, start, hit)
        self._refs, self._snap = refs, snap
        self.text = _tr("Move nodes") if len(refs) > 1 else _tr("Move node")

    def outline(self, pointer: Pointer) -> Outline:  # noqa: D102
        along, to = (1, 1), self._place(pointer)
        if pointer.shift:
            way = pointer.pos - self._start.pos
            along = (1, 0) if abs(way.x()) >= abs(way.y()) else (0, 1)
        snapped = self._snap(to, along)
        way = snapped - self._hit.point
        way = QPointF(way.x() * along[0], way.y() * along[1])
        return move_nodes(self._outline, self._refs, way.toTuple())


class HandleDrag(NodeDrag):
    """Moves a handle; Shift keeps to 15 degrees, Alt lets the other handle be."""

    def __init__(self, outline: Outline, start: Pointer, hit: NodeHit) -> None:
        super().__init__(outline, start, hit)
        self.text = _tr("Move handle")

    def outline(self, pointer: Pointer) -> Outline:  # noqa: D102
        number, node = self._hit.ref
        anchor = QPointF(*self._outline[number].anchors[node].tolist())
        to = self._place(pointer)
        to = turned_to_step(anchor, to) if pointer.shift else to
        return move_handle(self._outline, self._hit.ref, to.toTuple(), leaving=self._hit.leaving, alone=pointer.alt)


class PullDrag(NodeDrag):
    """Draws handles out of a node, the one that leaves after the pointer and the other as its mirror."""

    def __init__(self, outline: Outline, start: Pointer, hit: NodeHit) -> None:
        super().__init__(outline, start, hit)
        self.text = _tr("Draw out handles")

    def outline(self, pointer: Pointer) -> Outline:  # noqa: D102
        to = self._place(pointer)
        to = turned_to_step(self._hit.point, to) if pointer.shift else to
        smooth = make_smooth(self._outline, [self._hit.ref], symmetric=True)
        return move_handle(smooth, self._hit.ref, to.toTuple(), leaving=True)


class BendDrag(NodeDrag):
    """Bends a segment after the pointer."""

    def __init__(self, outline: Outline, start: Pointer, hit: NodeHit) -> None:
        super().__init__(outline, start, hit)
        self.text = _tr("Bend line")

    def outline(self, pointer: Pointer) -> Outline:  # noqa: D102
        number, segment = self._hit.ref
        way = pointer.pos - self._start.pos
        return bend(self._outline, number, segment, self._hit.t, way.toTuple())


def _tr(text: str) -> str:
    return QCoreApplication.translate("NodeTool", text)
