"""The layers' tags: where each hangs, and which of them is under the pointer."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QFont

from zestdesk.document.layers import is_visible
from zestdesk.ui.canvas.items import LayersItem, TagItem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QGraphicsScene

    from zestdesk.ui.canvas.figures import Figure

__all__ = ["TAGS_Z", "Tags"]

TAGS_Z: Final = 20.0
"""Where tags begin; upper layers' tags are higher, and selected ones above all."""


class Tags:
    """One :class:`TagItem` a layer, in step with how the layers are shown.

    Args:
        scene: where they hang.
        layers: says what is selected, what lies above what, and whether layers are seen at all.
    """

    def __init__(self, scene: "QGraphicsScene", layers: LayersItem) -> None:
        self._scene, self._layers = scene, layers
        self._items: dict[str, TagItem] = {}

    def __getitem__(self, layer_id: str) -> TagItem:
        return self._items[layer_id]

    def __iter__(self) -> Iterator[TagItem]:
        return iter(self._items.values())

    def add(self, layer_id: str) -> None:
        """Make a tag; :meth:`place` gives it text and place."""
        tag = TagItem()
        self._scene.addItem(tag)
        self._items[layer_id] = tag

    def remove(self, layer_id: str) -> None:
        """Take a layer's tag away."""
        self._scene.removeItem(self._items.pop(layer_id))

    def clear(self) -> None:
        """Take all away."""
        for layer_id in list(self._items):
            self.remove(layer_id)

    def hit(self, layer_id: str, point: QPointF, zoom: float) -> bool:
        """Return whether a point of the scene is on a layer's tag."""
        tag = self._items[layer_id]
        return tag.isVisible() and tag.pill.contains((point - tag.pos()) * zoom)

    def place_all(self, figures: "Iterable[Figure]") -> None:
        """Hang each tag anew."""
        for figure in figures:
            self.place(figure)

    def place(self, figure: "Figure") -> None:
        """Hang a layer's tag where it is seen to belong to the layer, if there is such a place."""
        tag = self._items.get(figure.layer.id)
        if tag is None:
            return
        selected = figure.layer.id in self._layers.selected
        figures = self._layers.figures
        order = figures.index(figure)
        upper = [other for other in figures[:order] if is_visible(other.layer)]
        anchor = next((a for a in figure.anchors() if not any(other.contains(a.inside) for other in upper)), None)
        unnamed = QCoreApplication.translate("Tags", "No label yet")
        tag.show_figure(figure, anchor, self._font(), unnamed, self._layers.halo, selected=selected)
        tag.setZValue(TAGS_Z + (500 if selected else 0) + len(figures) - order)
        if not self._layers.isVisible():
            tag.hide()

    def _font(self) -> QFont:
        views = self._scene.views()
        return views[0].font() if views else self._scene.font()
