"""The layers' tags: where each hangs so that none lies on another, and which of them is under the pointer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QTimer
from PySide6.QtGui import QFont

from zestdesk.document.layers import is_visible
from zestdesk.ui.canvas.figures import Anchor, Figure
from zestdesk.ui.canvas.items import LayersItem, TagItem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QGraphicsScene

__all__ = ["TAGS_Z", "Tags"]

TAGS_Z: Final = 20.0
"""Where tags begin; upper layers' tags are higher, and selected ones above all."""

_AIR: Final = 2.0  # screen pixels between two tags

_Box = tuple[float, float, float, float]
"""Left, top, right and bottom on screen, from the scene's origin."""


_Upper = tuple[QRectF, Figure]
"""A figure above another, with its bounds: they are asked for often."""


class _Place(NamedTuple):
    """Where a tag may hang: at the ``number``-th of the figure's anchors, over the edge or beneath it."""

    number: int
    anchor: Anchor
    beneath: bool


class Tags:
    """One :class:`TagItem` a layer, in step with how the layers are shown.

    Selected layers' tags find their places first, then those of upper layers, and those of wholly covered ones last; a
    tag for which no place is left free is not shown. While something is dragged no tag changes its place at its layer:
    those that a dragged one comes upon are hidden for as long.

    Args:
        scene: where they hang.
        layers: says what is selected, what lies above what, and whether layers are seen at all.
    """

    def __init__(self, scene: "QGraphicsScene", layers: LayersItem) -> None:
        self._scene, self._layers = scene, layers
        self._zoom = 1.0
        self._items: dict[str, TagItem] = {}
        self._figures: Sequence[Figure] = ()
        self._places: dict[str, _Places] = {}
        self._chosen: dict[str, _Place] = {}
        self._shown: dict[str, _Box] = {}
        self._dragged: dict[str, _Box] = {}
        # A change of a hundred layers is a hundred changes: their tags are hung once, when one looks or after all.
        self._later = QTimer(scene)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.settle)
        self._stale = self._crowded = False

    def __getitem__(self, layer_id: str) -> TagItem:
        self.settle()
        return self._items[layer_id]

    def __iter__(self) -> Iterator[TagItem]:
        self.settle()
        return iter(self._items.values())

    def add(self, layer_id: str) -> None:
        """Make a tag; :meth:`place_all` gives it text and place."""
        tag = TagItem()
        tag.hide()
        self._scene.addItem(tag)
        self._items[layer_id] = tag

    def remove(self, layer_id: str) -> None:
        """Take a layer's tag away."""
        self._scene.removeItem(self._items.pop(layer_id))
        for known in (self._places, self._chosen, self._shown, self._dragged):
            known.pop(layer_id, None)

    def clear(self) -> None:
        """Take all away."""
        for layer_id in list(self._items):
            self.remove(layer_id)

    def hit(self, layer_id: str, point: QPointF, zoom: float) -> bool:
        """Return whether a point of the scene is on a layer's tag."""
        tag = self[layer_id]
        return tag.isVisible() and tag.pill.contains((point - tag.pos()) * zoom)

    def set_zoom(self, zoom: float) -> None:
        """Say how many screen pixels a canvas pixel has."""
        if zoom != self._zoom:
            self._zoom, self._crowded = zoom, True
            self._later.start(0)

    def place_all(self, figures: Iterable[Figure]) -> None:
        """Hang each tag anew, soon, or as soon as somebody asks."""
        self._figures = tuple(figures)
        self._stale = True
        self._later.start(0)

    def settle(self) -> None:
        """Hang now what :meth:`place_all` and :meth:`set_zoom` have left for later."""
        if self._stale:
            self._dress_all()
        if self._stale or self._crowded:
            self._spread()
        self._stale = self._crowded = False

    def place(self, figure: Figure) -> None:
        """Let a layer's tag follow its layer, which is dragged or being reshaped."""
        layer_id = figure.layer.id
        tag = self._items.get(layer_id)
        if tag is None or self._stale:
            return
        self._dress(tag, figure)
        was = self._chosen.get(layer_id)
        number, beneath = (was.number, was.beneath) if was else (0, False)
        anchors = list(islice(figure.anchors(), number + 1))
        if not anchors or not self._may_show(figure):
            tag.hide()
            self._dragged.pop(layer_id, None)
            return
        tag.hang(anchors[-1], beneath=beneath)
        tag.show()
        self._dragged[layer_id] = self._box(tag, anchors[-1], beneath=beneath)

    def make_way(self) -> None:
        """Hide the tags upon which dragged ones have come, and show those that are free again."""
        for layer_id, box in self._shown.items():
            if layer_id not in self._dragged:
                self._items[layer_id].setVisible(not any(_meet(box, other) for other in self._dragged.values()))

    def _dress_all(self) -> None:
        """Give each tag its text and its colour, and find out where it could hang."""
        self._places.clear()
        self._dragged.clear()
        above: list[_Upper] = []
        for figure in self._figures:
            tag = self._items.get(figure.layer.id)
            if tag is None:
                continue
            self._dress(tag, figure)
            if self._may_show(figure):
                self._places[figure.layer.id] = _Places(figure, tuple(above))
            if is_visible(figure.layer):
                above.append((figure.bounds, figure))

    def _may_show(self, figure: Figure) -> bool:
        return is_visible(figure.layer) and not figure.bounds.isEmpty() and self._layers.isVisible()

    def _dress(self, tag: TagItem, figure: Figure) -> None:
        selected = figure.layer.id in self._layers.selected
        unnamed = QCoreApplication.translate("Tags", "No label yet")
        tag.show_figure(figure, self._font(), unnamed, self._layers.halo, selected=selected)
        order = self._figures.index(figure) if figure in self._figures else 0
        tag.setZValue(TAGS_Z + (500 if selected else 0) + len(self._figures) - order)

    def _spread(self) -> None:
        """Give the tags their places one after the other, each the first that is free."""
        selected = self._layers.selected
        taken = _Taken()
        self._shown = {}
        for layer_id in sorted(self._places, key=lambda each: (each not in selected, self._places[each].covered)):
            tag = self._items[layer_id]
            for place in self._places[layer_id]:
                box = self._box(tag, place.anchor, beneath=place.beneath)  # hundreds of them for every step of a zoom
                if taken.meets(box):
                    continue
                if not (place.beneath and self._places[layer_id].strays(self._rect(box))):
                    taken.add(box)
                    self._shown[layer_id], self._chosen[layer_id] = box, place
                    tag.hang(place.anchor, beneath=place.beneath)
                    break
        for layer_id, tag in self._items.items():
            tag.setVisible(layer_id in self._shown)

    def _rect(self, box: _Box) -> QRectF:
        """Return a box in canvas pixels."""
        return QRectF(QPointF(box[0], box[1]) / self._zoom, QPointF(box[2], box[3]) / self._zoom)

    def _box(self, tag: TagItem, anchor: Anchor, *, beneath: bool) -> _Box:
        left, top, right, bottom = tag.boxes[anchor.centred, beneath]
        point = anchor.point
        x, y = point.x() * self._zoom, point.y() * self._zoom
        return x + left, y + top, x + right + _AIR, y + bottom + _AIR

    def _font(self) -> QFont:
        views = self._scene.views()
        return views[0].font() if views else self._scene.font()


class _Taken:
    """Boxes that are taken, kept by the rows that they touch: a hundred tags need not be compared with each other."""

    _ROW: Final = 24  # screen pixels; a little more than a tag is high

    def __init__(self) -> None:
        self._rows: defaultdict[int, list[_Box]] = defaultdict(list)

    def add(self, box: _Box) -> None:
        for row in self._touched(box):
            self._rows[row].append(box)

    def meets(self, box: _Box) -> bool:
        left, top, right, bottom = box
        for row in self._touched(box):
            for one in self._rows.get(row, ()):
                if left < one[2] and one[0] < right and top < one[3] and one[1] < bottom:
                    return True
        return False

    def _touched(self, box: _Box) -> range:
        return range(int(box[1] // self._ROW), int(box[3] // self._ROW) + 1)


class _Places:
    """Where a figure's tag could hang, the best first; looked for only as far as it is needed, and once.

    Over an edge, where the figure is not covered there; then likewise beneath the edge. A figure that is covered
    wherever one looks has all of its anchors.
    """

    def __init__(self, figure: Figure, above: Sequence[_Upper]) -> None:
        self._above = above
        self._found: list[_Place] = []
        self._rest = self._look(figure, above)

    def __iter__(self) -> Iterator[_Place]:
        yield from self._found
        for place in self._rest:
            self._found.append(place)
            yield place

    @cached_property
    def covered(self) -> bool:
        """Whether upper layers cover the figure wherever one looks."""
        first = next(iter(self), None)
        return first is None or any(_covers(upper, first.anchor) for upper in self._above)

    def strays(self, rect: QRectF) -> bool:
        """Return whether a tag there would lie on an upper layer, and seem to be that one's."""
        return any(bounds.intersects(rect) and other.meets(rect) for bounds, other in self._above)

    @staticmethod
    def _look(figure: Figure, above: Sequence[_Upper]) -> Iterator[_Place]:
        seen: list[_Place] = []
        covered: list[_Place] = []
        for number, anchor in enumerate(figure.anchors()):
            place = _Place(number, anchor, beneath=False)
            if not any(_covers(upper, anchor) for upper in above):
                seen.append(place)
                yield place
            else:
                covered.append(place)
        if not seen:
            yield from covered
        for place in seen or covered:
            yield place._replace(beneath=True)


def _covers(upper: _Upper, anchor: Anchor) -> bool:
    bounds, figure = upper
    return bounds.contains(anchor.inside) and figure.contains(anchor.inside)


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
