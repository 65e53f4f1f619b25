"""Which layers are selected: one truth that the canvas and the panels share."""

from collections.abc import Callable, Iterable
from typing import Any, overload

from PySide6.QtCore import QObject, Signal

from zestdesk.document.layers import BrushLayer, Layer, ShapeLayer
from zestdesk.document.layout import Layout
from zestdesk.ui.editable import editable
from zestdesk.ui.pivot import Pivot

__all__ = ["Selection"]


class Selection(QObject):
    """The ids of the selected layers; follows the layout, so that it never names a layer that is gone.

    Attributes:
        shown: whether the canvas shows layers at all.
        pivot: about which point the selection turns and scales.

    Signals:
        changed: the ids, or their order, are different now.
    """

    changed = Signal()

    def __init__(self, layout: Layout, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layout = layout
        self._ids: tuple[str, ...] = ()
        self._untold = False
        self.shown = True
        self.pivot = Pivot(self)
        layout.changed.connect(self._follow)
        layout.settled.connect(self._settle)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the selected layers, upper first."""
        return self._ids

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The selected layers as they are now, upper first."""
        chosen = set(self._ids)
        return tuple(layer for layer in self._layout.state.layers if layer.id in chosen)

    @overload
    def free(self, say: Callable[[str], object]) -> tuple[Layer, ...]: ...

    @overload
    def free(self, say: Callable[[str], object], kind: type[BrushLayer]) -> tuple[BrushLayer, ...]: ...

    @overload
    def free(self, say: Callable[[str], object], kind: type[ShapeLayer]) -> tuple[ShapeLayer, ...]: ...

    def free(self, say: Callable[[str], object], kind: Any = None) -> tuple[Any, ...]:
        """Return the selected layers that may be edited, upper first: those that are seen and not locked.

        Args:
            say: called with a sentence on why one of them may not be.
            kind: look at such layers only.
        """
        chosen = [layer for layer in self.layers if kind is None or isinstance(layer, kind)]
        if chosen and not self.shown:
            say(self.tr("The layers are hidden: show them to edit them."))
            return ()
        return editable(chosen, say)

    def set(self, ids: Iterable[str]) -> None:
        """Select exactly these layers; ids that no layer has are left out."""
        wanted = set(ids)
        ordered = tuple(layer.id for layer in self._layout.state.layers if layer.id in wanted)
        if ordered != self._ids:
            self._ids = ordered
            self._untold = True
            self._settle()

    def toggle(self, layer_id: str) -> None:
        """Add a layer to the selection, or take it out."""
        self.set(set(self._ids) ^ {layer_id})

    def clear(self) -> None:
        """Select nothing."""
        self.set(())

    def __contains__(self, layer_id: object) -> bool:
        return layer_id in self._ids

    def _follow(self, _change: object) -> None:
        """Never name a layer that is gone; when many go at once, that is told once."""
        wanted = set(self._ids)
        ordered = tuple(layer.id for layer in self._layout.state.layers if layer.id in wanted)
        self._untold = self._untold or ordered != self._ids
        self._ids = ordered

    def _settle(self) -> None:
        if self._untold:
            self._untold = False
            self.pivot.reset()
            self.changed.emit()
