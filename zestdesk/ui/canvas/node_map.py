"""Where the nodes and handles of an outline are, and what of them is at a point: fast for thousands of nodes."""

from collections.abc import Collection, Iterable
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from zestdesk.document.bezier import Floats
from zestdesk.document.nodes import Outline, Ref, nearest_point

__all__ = ["NodeHit", "NodeMap"]

_REACH: Final = 7.0  # screen pixels from a node's or a handle's middle within which it is hit
_LINE_REACH: Final = 5.0  # likewise, from the line
_MOST_WITH_HANDLES: Final = 200  # chosen nodes: the handles of more would be a thicket


class NodeHit(NamedTuple):
    """What is at a point.

    Attributes:
        part: what.
        ref: the node, or the node at which the segment begins.
        leaving: of a handle, whether it is the one towards the node after.
        t: of a place on a segment, where, 0 to 1.
        point: where it is, in canvas pixels.
    """

    part: Literal["node", "handle", "segment"]
    ref: Ref
    leaving: bool = False
    t: float = 0.0
    point: QPointF = QPointF()


class NodeMap:
    """An outline's nodes in flat arrays.

    Attributes:
        outline: what is mapped.
        chosen: the nodes that are selected.
        anchors: of all nodes, shape (nodes, 2).
        kinds: likewise, shape (nodes,).
        is_chosen: likewise.
        handles: where the handles are that are shown, shape (handles, 2): those of the chosen nodes, and those at the
            far ends of the segments beside them.
        handle_nodes: to which node each belongs, as an index of ``anchors``.
        handle_leaves: whether it is the one towards the node after.
    """

    def __init__(self, outline: Outline, chosen: Collection[Ref] = ()) -> None:
        self.outline = outline
        self.chosen = frozenset(chosen)
        counts = [len(subpath) for subpath in outline]
        self._starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
        self.anchors: Floats = np.concatenate([each.anchors for each in outline]) if outline else np.zeros((0, 2))
        self.kinds = np.concatenate([each.kinds for each in outline]) if outline else np.zeros(0, np.uint8)
        self.is_chosen = np.zeros(len(self.anchors), np.bool_)
        self.is_chosen[[self._index(ref) for ref in self.chosen]] = True
        self.handles, self.handle_nodes, self.handle_leaves = self._find_handles()

    def _find_handles(self) -> tuple[Floats, NDArray[np.intp], NDArray[np.bool_]]:
        if not 0 < len(self.chosen) <= _MOST_WITH_HANDLES:
            return np.zeros((0, 2)), np.zeros(0, np.intp), np.zeros(0, np.bool_)
        wanted: set[tuple[int, int, bool]] = set()
        for number, node in self.chosen:
            subpath = self.outline[number]
            wanted |= {(number, node, False), (number, node, True)}
            if subpath.closed or node > 0:
                wanted.add((number, (node - 1) % len(subpath), True))
            if subpath.closed or node < len(subpath) - 1:
                wanted.add((number, (node + 1) % len(subpath), False))
        shown = []
        for number, node, leaving in sorted(wanted):
            subpath = self.outline[number]
            handle = (subpath.outs if leaving else subpath.ins)[node]
            if (handle != subpath.anchors[node]).any():
                shown.append((handle, self._index((number, node)), leaving))
        places = np.array([handle for handle, _, _ in shown]).reshape(-1, 2)
        nodes = np.array([index for _, index, _ in shown], np.intp)
        return places, nodes, np.array([leaving for _, _, leaving in shown], np.bool_)

    def _index(self, ref: Ref) -> int:
        return int(self._starts[ref[0]]) + ref[1]

    def ref(self, index: int) -> Ref:
        """Return the node that stands at an index of ``anchors``."""
        number = int(np.searchsorted(self._starts, index, side="right")) - 1
        return number, index - int(self._starts[number])

    def refs(self) -> Iterable[Ref]:
        """Return all nodes."""
        return ((number, node) for number, subpath in enumerate(self.outline) for node in range(len(subpath)))

    def anchor(self, ref: Ref) -> QPointF:
        """Return where a node is."""
        x, y = self.anchors[self._index(ref)].tolist()
        return QPointF(x, y)

    def within(self, rect: QRectF) -> frozenset[Ref]:
        """Return the nodes in a rectangle."""
        low, high = (rect.left(), rect.top()), (rect.right(), rect.bottom())
        inside = ((self.anchors >= low) & (self.anchors <= high)).all(axis=1)
        return frozenset(self.ref(index) for index in np.flatnonzero(inside).tolist())

    def hit(self, point: QPointF, zoom: float) -> NodeHit | None:
        """Return the node or the handle that is nearest to a point within reach, or else the line there.

        Args:
            point: in canvas pixels.
            zoom: screen pixels per canvas pixel: what can be hit is of the same size on screen at every zoom.
        """
        here = np.array([point.x(), point.y()])
        node, to_node = _nearest(self.anchors, here)
        handle, to_handle = _nearest(self.handles, here)
        reach = _REACH / zoom
        if to_handle <= reach and to_handle < to_node:
            x, y = self.handles[handle].tolist()
            ref = self.ref(int(self.handle_nodes[handle]))
            return NodeHit("handle", ref, bool(self.handle_leaves[handle]), point=QPointF(x, y))
        if to_node <= reach:
            ref = self.ref(node)
            return NodeHit("node", ref, point=self.anchor(ref))
        near = nearest_point(self.outline, point)
        if near is not None and near.distance <= _LINE_REACH / zoom:
            return NodeHit("segment", (near.subpath, near.segment), t=near.t, point=near.point)
        return None


def _nearest(points: Floats, here: Floats) -> tuple[int, float]:
    """Return which point is nearest, and how far away; infinitely far when there is none."""
    if not len(points):
        return -1, float("inf")
    distances = np.square(points - here).sum(axis=1)
    index = int(distances.argmin())
    return index, float(np.sqrt(distances[index]))
