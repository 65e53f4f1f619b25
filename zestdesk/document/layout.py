"""The layout under edit: one immutable state at a time, and one signal that says what changed."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TypeVar

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QPainterPath

from zestdesk.document.groups import first_stray, fitted
from zestdesk.document.guides import Guide, sorted_guides
from zestdesk.document.layers import Group, Layer, ShapeLayer
from zestdesk.document.settings import MAX_CANVAS, Settings
from zestdesk.document.start import StartPicture
from zestdesk.errors import UserError

__all__ = [
    "CanvasResized",
    "Change",
    "GroupsFolded",
    "GuidesChanged",
    "LayerAdded",
    "LayerChanged",
    "LayerRemoved",
    "LayersArranged",
    "Layout",
    "LayoutState",
    "PromptChanged",
    "SettingsChanged",
    "StartChanged",
    "StateReplaced",
    "detached",
    "own_layer",
]


AnyLayer = TypeVar("AnyLayer", bound=Layer)


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutState:
    """Everything that a designer made, as one value; safe to keep, and :func:`detached` to hand to other threads.

    Attributes:
        canvas: (width, height) in pixels, each 1 to 8192.
        layers: upper layers first; the layers of a group follow one another and carry equal
            :class:`~zestdesk.document.layers.Group` values (see :mod:`zestdesk.document.groups`).
        prompt: text for the whole picture.
        negative_prompt: what the picture shall not show.
        settings: how to generate.
        collapsed: ids of the groups whose layers the layers panel folds away; how the layout is looked at and not what
            it is, so that it counts neither for equality nor as an edit.
        guides: lines to draw and to align by, each once and in their order (``sorted_guides``); no picture shows them.
        start: the picture to begin with; None: pictures are made from noise.

    Raises:
        UserError: when the canvas has no area or is too large.
    """

    canvas: tuple[int, int] = (512, 512)
    layers: tuple[Layer, ...] = ()
    prompt: str = ""
    negative_prompt: str = ""
    settings: Settings = Settings()
    collapsed: frozenset[str] = field(default=frozenset(), compare=False)
    guides: tuple[Guide, ...] = ()
    start: StartPicture | None = None

    def __post_init__(self) -> None:
        width, height = self.canvas
        if not (1 <= width <= MAX_CANVAS and 1 <= height <= MAX_CANVAS):
            raise UserError(
                "{width} x {height} is out of range; each side must be 1 to {most} pixels.",
                "canvas",
                width=width,
                height=height,
                most=MAX_CANVAS,
            )
        if len({layer.id for layer in self.layers}) != len(self.layers):
            raise ValueError("two layers share an id")
        if self.guides != sorted_guides(self.guides):
            raise ValueError("guides are held each once and in their order")
        if first_stray(self.layers) is not None:
            raise ValueError("the layers of a group stand apart, or say different things about it")

    def index_of(self, layer_id: str) -> int:
        """Return the position of a layer, 0 being the uppermost.

        Raises:
            KeyError: when no layer has this id.
        """
        for index, layer in enumerate(self.layers):
            if layer.id == layer_id:
                return index
        raise KeyError(layer_id)

    def layer(self, layer_id: str) -> Layer:
        """Return the layer with this id, or raise KeyError."""
        return self.layers[self.index_of(layer_id)]


def detached(state: LayoutState) -> LayoutState:
    """Return an equal layout whose paths share no memory with this one's: for another thread.

    QPainterPath keeps caches in its shared data, which painting and rasterising fill without a lock. Masks are safe as
    they are: nobody paints on them in place.
    """
    return replace(state, layers=tuple(map(own_layer, state.layers)))


def _in_group(layer: Layer, group: Group | None) -> Layer:
    return layer if layer.group == group else replace(layer, group=group)


def own_layer(layer: AnyLayer) -> AnyLayer:
    """Return an equal layer whose path shares no memory with this one's, see :func:`detached`."""
    if not isinstance(layer, ShapeLayer):
        return layer
    path = QPainterPath(layer.path)
    rule = path.fillRule()
    # Changing the rule makes Qt copy the elements; setting it back keeps the path as it was.
    path.setFillRule(Qt.FillRule.WindingFill if rule == Qt.FillRule.OddEvenFill else Qt.FillRule.OddEvenFill)
    path.setFillRule(rule)
    return replace(layer, path=path)


@dataclass(frozen=True, slots=True)
class LayerAdded:
    """A layer now stands at ``index``."""

    index: int
    layer: Layer


@dataclass(frozen=True, slots=True)
class LayerRemoved:
    """The layer that stood at ``index`` is gone."""

    index: int
    layer: Layer


@dataclass(frozen=True, slots=True)
class LayersArranged:
    """The same layers are in another order, or in other groups."""


@dataclass(frozen=True, slots=True)
class LayerChanged:
    """A layer has new values; ``region`` bounds the changed pixels of its mask where only those changed."""

    before: Layer
    after: Layer
    region: QRect | None = None


@dataclass(frozen=True, slots=True)
class GroupsFolded:
    """Other groups are folded in the layers panel; nothing was edited."""


@dataclass(frozen=True, slots=True)
class GuidesChanged:
    """Guides were added, moved or removed."""


@dataclass(frozen=True, slots=True)
class PromptChanged:
    """Prompt or negative prompt differ."""


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """Settings differ."""


@dataclass(frozen=True, slots=True)
class StartChanged:
    """Another picture is begun with, or the same one otherwise, or none."""


@dataclass(frozen=True, slots=True)
class CanvasResized:
    """The canvas has another size."""


@dataclass(frozen=True, slots=True)
class StateReplaced:
    """Anything may differ: a project was opened, or a run's layout was restored."""


Change = (
    LayerAdded
    | LayerRemoved
    | LayersArranged
    | LayerChanged
    | GroupsFolded
    | GuidesChanged
    | PromptChanged
    | SettingsChanged
    | StartChanged
    | CanvasResized
    | StateReplaced
)


class Layout(QObject):
    """Holds the current :class:`LayoutState` and announces each change once.

    Only undo commands (:mod:`zestdesk.document.commands`) call the mutators; everybody else pushes commands.

    Signals:
        changed: one :data:`Change`, emitted after ``state`` has the new value.
        settled: comes after ``changed``, and only once where several changes belong together: for those who look at
            the whole state whatever has changed.
    """

    changed = Signal(object)
    settled = Signal()

    def __init__(self, state: LayoutState | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state or LayoutState()
        self._together = False

    @property
    def state(self) -> LayoutState:
        """The current value."""
        return self._state

    def insert(self, index: int, layer: Layer) -> None:
        """Put a layer at ``index`` (0 is uppermost); between two layers of a group it joins them."""
        layers = self._state.layers
        layer = fitted(layers, index, layer)
        self._set(LayerAdded(index, layer), layers=(*layers[:index], layer, *layers[index:]))

    def remove(self, layer_id: str) -> None:
        """Take a layer out; KeyError when it is not there."""
        index = self._state.index_of(layer_id)
        layers = self._state.layers
        self._set(LayerRemoved(index, layers[index]), layers=layers[:index] + layers[index + 1 :])

    def insert_all(self, placed: Iterable[tuple[int, Layer]]) -> None:
        """Put layers in, one after the other."""
        with self._as_one():
            for index, layer in placed:
                self.insert(index, layer)

    def remove_all(self, layer_ids: Iterable[str]) -> None:
        """Take layers out; KeyError for one that is not there."""
        with self._as_one():
            for layer_id in layer_ids:
                self.remove(layer_id)

    def arrange(self, places: Sequence[tuple[str, Group | None]]) -> None:
        """Put all layers into an order and into groups.

        Args:
            places: every layer's id and group, uppermost first.
        """
        known = {layer.id: layer for layer in self._state.layers}
        if len(places) != len(known):
            raise ValueError("an order has every layer once")
        self._set(LayersArranged(), layers=tuple(_in_group(known[layer_id], group) for layer_id, group in places))

    def fold(self, collapsed: Iterable[str]) -> None:
        """Say which groups the layers panel folds; no undo command is needed for that."""
        folded = frozenset(collapsed)
        if folded != self._state.collapsed:
            self._set(GroupsFolded(), collapsed=folded)

    def replace_layer(self, layer: Layer, region: QRect | None = None) -> None:
        """Give the layer that has ``layer.id`` new values."""
        index = self._state.index_of(layer.id)
        layers = list(self._state.layers)
        before, layers[index] = layers[index], layer
        self._set(LayerChanged(before, layer, region), layers=tuple(layers))

    def replace_layers(self, layers: Iterable[Layer]) -> None:
        """Give several layers new values at once; each is announced when all are in place."""
        now = {layer.id: layer for layer in self._state.layers}
        changes = [LayerChanged(now[layer.id], layer) for layer in layers]
        now |= {change.after.id: change.after for change in changes}
        self._state = replace(self._state, layers=tuple(now.values()))
        with self._as_one():
            for change in changes:
                self._tell(change)

    def set_guides(self, guides: tuple[Guide, ...]) -> None:
        """Set all guides, in the order of ``sorted_guides``."""
        self._set(GuidesChanged(), guides=guides)

    def set_prompt(self, prompt: str, negative_prompt: str) -> None:
        """Set both texts."""
        self._set(PromptChanged(), prompt=prompt, negative_prompt=negative_prompt)

    def set_settings(self, settings: Settings) -> None:
        """Set how to generate."""
        self._set(SettingsChanged(), settings=settings)

    def set_start(self, start: StartPicture | None) -> None:
        """Set the picture to begin with."""
        self._set(StartChanged(), start=start)

    def set_canvas(
        self,
        canvas: tuple[int, int],
        layers: tuple[Layer, ...],
        guides: tuple[Guide, ...],
        start: StartPicture | None = None,
    ) -> None:
        """Resize the canvas, with layers, guides and the picture to begin with as they are to be on it."""
        self._set(CanvasResized(), canvas=canvas, layers=layers, guides=guides, start=start)

    def set_state(self, state: LayoutState) -> None:
        """Replace everything."""
        self._state = state
        self._tell(StateReplaced())

    def _set(self, change: Change, **values: object) -> None:
        self._state = replace(self._state, **values)  # type: ignore[arg-type]  # keys are this module's own
        self._tell(change)

    def _tell(self, change: Change) -> None:
        self.changed.emit(change)
        if not self._together:
            self.settled.emit()

    @contextmanager
    def _as_one(self) -> Iterator[None]:
        self._together = True
        try:
            yield
        finally:
            self._together = False
            self.settled.emit()
