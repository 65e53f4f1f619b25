"""The scene: the layout as figures, kept in step with its changes, and the tools' previews over it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Signal
from PySide6.QtGui import QColor, QTransform
from PySide6.QtWidgets import QGraphicsScene

from zestdesk.document.brush import Patch, blank_mask
from zestdesk.document.layers import BrushLayer, Layer, ShapeLayer, is_locked, is_visible, next_colour
from zestdesk.document.layout import (
    CanvasResized,
    Change,
    LayerAdded,
    LayerChanged,
    LayerRemoved,
    LayersArranged,
    Layout,
    StateReplaced,
)
from zestdesk.ui.canvas.backdrop import Backdrop
from zestdesk.ui.canvas.brush_cursor import BrushCursor
from zestdesk.ui.canvas.colours import CanvasColours
from zestdesk.ui.canvas.figures import BrushFigure, Figure, figure_of
from zestdesk.ui.canvas.items import LayersItem
from zestdesk.ui.canvas.overlays import Frame, Note, RubberBand
from zestdesk.ui.canvas.tags import TAGS_Z, Tags
from zestdesk.ui.selection import Selection

__all__ = ["CanvasScene"]

_LAYERS_Z: Final = 10.0
_OVERLAY_Z: Final = 1000.0
_FILL: Final = 0.45


class CanvasScene(QGraphicsScene):
    """Everything that is seen on the artboard. Scene units are canvas pixels.

    Tools show what they are about to do by previews (:meth:`preview`, :meth:`shift`, :meth:`set_draft`,
    :meth:`patch`), which change nothing but the screen; :meth:`restore` goes back to what the layout holds.

    Attributes:
        backdrop: picture and heat beneath the layers; call :meth:`balance` after changing what of them is seen.
        frame: around the selection, with handles.
        tags: of the layers.
        rubber_band: of the select tool.
        brush_cursor: of brush and eraser.
        note: measures beside the pointer.

    Signals:
        framed: (QRectF) bounds of the selection as it is shown now, in canvas pixels; null when there is none.
    """

    framed = Signal(QRectF)

    def __init__(self, layout: Layout, selection: Selection, colours: CanvasColours, parent: QObject) -> None:
        super().__init__(parent)
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)  # a handful of items, most of them moving
        self._layout, self._selection, self._colours = layout, selection, colours
        self._zoom = 1.0
        self._figures: list[Figure] = []  # uppermost first, as in the layout
        self._previewed: set[str] = set()
        self._draft: Figure | None = None
        self._copies: list[Figure] = []
        self._fill = _FILL
        self._framing = True
        self._layers = LayersItem()
        self.tags = Tags(self, self._layers)
        self.backdrop = Backdrop(self, self._colour_of)
        self.frame, self.rubber_band = Frame(), RubberBand()
        self.brush_cursor, self.note = BrushCursor(), Note()
        self._layers.setZValue(_LAYERS_Z)
        self.addItem(self._layers)
        for z, overlay in enumerate((self.frame, self.rubber_band, self.brush_cursor, self.note)):
            overlay.setZValue(_OVERLAY_Z + z)
            self.addItem(overlay)
        self.frame.setZValue(TAGS_Z - 1)  # its dashes shall not strike tags through
        layout.changed.connect(self._follow)
        selection.changed.connect(self._show_selection)
        self.set_colours(colours)
        self._rebuild()

    # What is there

    @property
    def zoom(self) -> float:
        """Screen pixels per canvas pixel."""
        return self._zoom

    @property
    def canvas_rect(self) -> QRectF:
        """The artboard."""
        return QRectF(0, 0, *self._layout.state.canvas)

    @property
    def draft(self) -> Figure | None:
        """The layer that a tool is making."""
        return self._draft

    @property
    def layers_visible(self) -> bool:
        """Whether layers are shown at all."""
        return self._layers.isVisible()

    def figure(self, layer_id: str) -> Figure | None:
        """Return how a layer is shown, or None when there is no such layer."""
        return next((figure for figure in self._figures if figure.layer.id == layer_id), None)

    def _colour_of(self, layer_id: str) -> QColor | None:
        figure = self.figure(layer_id)
        return figure.colour if figure is not None else None

    def layer_at(self, point: QPointF, *, locked: bool = False) -> Layer | None:
        """Return the uppermost visible layer at a point; its tag counts as part of it.

        Args:
            point: in canvas pixels.
            locked: look for locked layers instead of the others.
        """
        candidates = [f for f in self._figures if is_visible(f.layer) and is_locked(f.layer) == locked]
        for figure in candidates:
            if self.tags.hit(figure.layer.id, point, self._zoom):
                return figure.layer
        reach = 3 / self._zoom
        return next((figure.layer for figure in candidates if figure.contains(point, reach)), None)

    def layers_within(self, rect: QRectF) -> list[Layer]:
        """Return the visible layers that are not locked and have a part in ``rect``, upper first."""
        free = [f for f in self._figures if is_visible(f.layer) and not is_locked(f.layer)]
        return [figure.layer for figure in free if figure.bounds.intersects(rect) and figure.meets(rect)]

    def bounds_of(self, layers: Iterable[Layer]) -> QRectF:
        """Return the smallest rectangle around layers as they are shown now."""
        united = QRectF()
        for layer in layers:
            figure = self.figure(layer.id)
            if figure is not None:
                united = united.united(figure.bounds)
        return united

    def visible_bounds(self, exclude: Collection[str]) -> list[QRectF]:
        """Return the bounds of every layer that is seen, but for some by their ids."""
        seen = (f for f in self._figures if is_visible(f.layer) and f.layer.id not in exclude)
        return [figure.bounds for figure in seen if not figure.bounds.isEmpty()]

    def next_colour(self) -> str:
        """Return the colour that a new layer takes."""
        return next_colour(self._layout.state.layers)

    # Previews of the tools

    def set_draft(self, layer: Layer | None) -> None:
        """Show a layer that the layout does not hold, above all others; None takes it away."""
        self._touch(self._draft)
        self._draft = None if layer is None else self._figure_of(layer)
        self._touch(self._draft)
        self._share_figures()

    def preview(self, layers: Iterable[Layer]) -> None:
        """Show other values for layers."""
        for layer in layers:
            figure = self.figure(layer.id)
            if figure is not None:
                self._previewed.add(layer.id)
                self._replace(figure, layer, None)
        self.tags.make_way()
        self._place_frame()

    def shift(self, layer_ids: Iterable[str], offset: QPointF) -> None:
        """Show layers moved by whole pixels from where the layout has them."""
        for layer_id in layer_ids:
            figure = self.figure(layer_id)
            if figure is not None and figure.offset != offset:
                self._previewed.add(layer_id)
                self._touch(figure)
                figure.offset = QPointF(offset)
                self._touch(figure)
                self.tags.place(figure)
        self.tags.make_way()
        self._place_frame()

    def show_copies(self, layers: Sequence[Layer], offset: QPointF) -> None:
        """Show copies of layers, moved by whole pixels, above all others; none takes them away."""
        for figure in self._copies:
            self._touch(figure)
        if [figure.layer.id for figure in self._copies] != [layer.id for layer in layers]:
            self._copies = [self._figure_of(layer) for layer in layers]
            self._share_figures()
        for figure in self._copies:
            figure.offset = QPointF(offset)
            self._touch(figure)

    def warp(self, layer_id: str, transform: QTransform) -> None:
        """Show a painted layer scaled or turned from where the layout has it; its mask is not resampled."""
        figure = self.figure(layer_id)
        if isinstance(figure, BrushFigure):
            self._previewed.add(layer_id)
            self._touch(figure)
            figure.warp = transform
            self._touch(figure)
            self.tags.place(figure)
            self.tags.make_way()

    def patch(self, layer_id: str, patch: Patch) -> None:
        """Show new pixels of a brush layer (or of the draft); only their rectangle is repainted."""
        is_draft = self._draft is not None and self._draft.layer.id == layer_id
        figure = self._draft if is_draft else self.figure(layer_id)
        if isinstance(figure, BrushFigure):
            if not is_draft:
                self._previewed.add(layer_id)
            figure.patch(patch)
            self._layers.update(self._grown(QRectF(patch.rect)))

    def restore(self) -> None:
        """Drop every preview and the draft."""
        self.set_draft(None)
        self.show_copies((), QPointF())
        previewed, self._previewed = self._previewed, set()
        for layer in self._layout.state.layers:
            figure = self.figure(layer.id)
            if layer.id in previewed and figure is not None:
                self._touch(figure)
                self._swap(figure, self._figure_of(layer))
        self.tags.place_all(self._figures)
        self._place_frame()

    def settle(self) -> None:
        """Drop previews that the layout already agrees with, after a command was pushed."""
        self._previewed.clear()
        self.tags.place_all(self._figures)
        self._place_frame()

    # What the view shows

    def set_colours(self, colours: CanvasColours) -> None:
        """Take the theme's colours."""
        self._colours = colours
        self.balance()
        self.update()

    def set_zoom(self, zoom: float) -> None:
        """Say how many screen pixels a canvas pixel has."""
        self._zoom = zoom
        for item in (self.frame, self.rubber_band, self.brush_cursor, self.tags):
            item.set_zoom(zoom)

    def set_hovered(self, layer_id: str) -> None:
        """Stress the layer under the pointer; an empty id stresses none."""
        if layer_id != self._layers.hovered:
            for one in (self._layers.hovered, layer_id):
                self._layers.hovered = layer_id
                self._touch(self.figure(one))

    def set_layers_visible(self, visible: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Show or hide layers with their tags."""
        self._layers.setVisible(visible)
        self.tags.place_all(self._figures)
        self._place_frame()

    def set_layers_opacity(self, opacity: float) -> None:
        """Set the strength of the fills, 0 to 1; below a third the outlines fade with them."""
        self._fill = min(max(opacity, 0.0), 1.0)
        self.balance()

    def balance(self) -> None:
        """Suit the layers to what is beneath.

        Over heat only their outlines are left: they are the targets that it is compared with. On the bare artboard
        outlines need no halo.
        """
        self._layers.fill_opacity = 0.0 if self.backdrop.heated else self._fill
        self._layers.outline_opacity = min(1.0, 3 * self._fill)
        self._layers.halo = QColor(0, 0, 0, 0) if self.backdrop.bare else self._colours.halo
        self._layers.update()
        self.tags.place_all(self._figures)

    def show_frame(self, *, shown: bool) -> None:
        """Show the frame around the selection, as the select tool wants it."""
        self._framing = shown
        self._place_frame()

    # Following the layout

    def _follow(self, change: Change) -> None:
        match change:
            case LayerAdded(index, layer):
                self._figures.insert(index, self._figure_of(layer))
                self.tags.add(layer.id)
                self._touch(self._figures[index])
            case LayerRemoved(index, layer):
                self._touch(self._figures.pop(index))
                self.tags.remove(layer.id)
                self._previewed.discard(layer.id)
            case LayersArranged():
                self._arrange()
            case LayerChanged(before, after, region):
                figure = self._figures[self._layout.state.index_of(after.id)]
                self._previewed.discard(after.id)
                self._replace(figure, after, region)
                if before.colour != after.colour:
                    self.backdrop.refresh()
            case CanvasResized() | StateReplaced():
                self._rebuild()
                return
            case _:
                return
        self._share_figures()
        self.tags.place_all(self._figures)
        self._place_frame()

    def _rebuild(self) -> None:
        self.tags.clear()
        self._previewed.clear()
        self._draft, self._copies = None, []
        layers = self._layout.state.layers
        self._figures = [self._figure_of(layer) for layer in layers]
        for layer in layers:
            self.tags.add(layer.id)
        self.backdrop.set_canvas(self._layout.state.canvas)
        self.backdrop.refresh()
        self._share_figures()
        self._show_selection()
        self.update()

    def _arrange(self) -> None:
        """Bring the figures into the layout's order, and let layers that are in other groups now look so."""
        shown = {figure.layer.id: figure for figure in self._figures}
        layers = self._layout.state.layers
        old, self._figures = self._figures, [shown[layer.id] for layer in layers]
        for before, figure, layer in zip(old, list(self._figures), layers, strict=True):
            if before is not figure:
                self._touch(before)
                self._touch(figure)
            if figure.layer.group != layer.group:
                self._replace(figure, layer, None)

    def _figure_of(self, layer: Layer) -> Figure:
        if isinstance(layer, BrushLayer) and layer.mask.isNull():
            layer = replace(layer, mask=blank_mask(self._layout.state.canvas))
        return figure_of(layer)

    def _replace(self, figure: Figure, layer: Layer, region: QRect | None) -> None:
        """Show a layer's new values with as little work as they need."""
        moved = figure.offset != QPointF() or (isinstance(figure, BrushFigure) and not figure.warp.isIdentity())
        if isinstance(figure, BrushFigure) and isinstance(layer, BrushLayer) and not moved and figure.fits(layer):
            if region is not None:
                if figure.accept(layer, region):
                    self._layers.update(self._grown(QRectF(region)))
                self.tags.place(figure)
                return
            if figure.layer.mask.cacheKey() == layer.mask.cacheKey():
                figure.recolour(layer)
                self._touch(figure)
                self.tags.place(figure)
                return
        self._touch(figure)
        self._swap(figure, self._figure_of(layer))

    def _swap(self, old: Figure, new: Figure) -> None:
        self._figures[self._figures.index(old)] = new
        self._touch(new)
        self._share_figures()
        self.tags.place(new)

    def _share_figures(self) -> None:
        drafts = [] if self._draft is None else [self._draft]
        self._layers.figures = [*drafts, *self._copies, *self._figures]

    def _touch(self, figure: Figure | None) -> None:
        """Repaint where a figure is."""
        if figure is not None and not figure.bounds.isEmpty():
            self._layers.update(self._grown(figure.bounds))

    def _grown(self, rect: QRectF) -> QRectF:
        margin = 2 + 5 / self._zoom
        return rect.adjusted(-margin, -margin, margin, margin)

    # Tags, frame and selection

    def _show_selection(self) -> None:
        before = self._layers.selected
        self._layers.selected = frozenset(self._selection.ids)
        for layer_id in before ^ self._layers.selected:
            self._touch(self.figure(layer_id))
        self.tags.place_all(self._figures)
        self._place_frame()

    def _place_frame(self) -> None:
        layers = [layer for layer in self._selection.layers if is_visible(layer)]
        rect = self.bounds_of(layers)
        self.framed.emit(rect)
        self.frame.setVisible(self._framing and self.layers_visible and not rect.isEmpty())
        if self.frame.isVisible():
            self.frame.has_handles = not any(is_locked(layer) for layer in layers)
            alone = layers[0] if len(layers) == 1 else None
            self.frame.has_line = not (isinstance(alone, ShapeLayer) and alone.kind == "rectangle")
            self.frame.show_rect(rect)
