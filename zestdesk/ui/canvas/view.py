"""The canvas: shows the layout, and hands pointer and keys to the tool in hand."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QUndoStack
from PySide6.QtWidgets import QGraphicsView, QWidget

from zestdesk.document.layout import CanvasResized, Layout, StateReplaced
from zestdesk.guidance.request import FloatMasks, Picture
from zestdesk.ui.actions import Actions
from zestdesk.ui.aid_dialogs import ask_grid
from zestdesk.ui.brush_settings import BrushSettings
from zestdesk.ui.canvas.colours import CanvasColours
from zestdesk.ui.canvas.grid import GridItem
from zestdesk.ui.canvas.ground import paint_ground
from zestdesk.ui.canvas.rulers import Rulers
from zestdesk.ui.canvas.scene import CanvasScene
from zestdesk.ui.canvas.tool_view import ToolView
from zestdesk.ui.canvas.tools import make_tools
from zestdesk.ui.canvas.tools.base import ToolContext
from zestdesk.ui.mask_commands import MaskCommands
from zestdesk.ui.path_commands import PathCommands
from zestdesk.ui.selection import Selection

__all__ = ["CanvasView"]


class CanvasView(ToolView):
    """The artboard on its pasteboard: the layout as a scene, and the tools that work on it."""

    def __init__(
        self,
        layout: Layout,
        undo: QUndoStack,
        selection: Selection,
        brush: BrushSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._layout, self._selection = layout, selection
        self._colours = CanvasColours.of(self.palette())
        self._scene = CanvasScene(layout, selection, self._colours, self)
        self.setScene(self._scene)
        self.point_at = self._scene.set_hovered  # by a layer's id, as if the pointer were over it; empty: over none
        self._set_up_view()
        context = ToolContext(layout, undo, selection, brush, self._scene)
        self._equip(context, make_tools(context))
        self._grid, self.rulers = GridItem(self._scene, layout, self.aids), Rulers(self, layout, self._guides)
        self._commands = PathCommands(context, self._tools["node"]), MaskCommands(context)
        self.set_artboard(layout.state.canvas)
        layout.changed.connect(self._follow)
        self._tool.activate()
        self._show_cursor()

    def _set_up_view(self) -> None:
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setTabletTracking(True)
        self.setMinimumSize(200, 160)
        self.setAccessibleName(self.tr("Canvas"))
        self.setAccessibleDescription(self.tr("The layout: draw, move and paint the layers here."))

    def connect_actions(self, actions: Actions) -> None:
        """Give the actions on view and tools their deeds."""
        actions.connect_deeds(
            {
                "zoom_in": self.zoom_in,
                "zoom_out": self.zoom_out,
                "zoom_actual": self.zoom_actual,
                "zoom_fit": self.zoom_fit,
                "zoom_selection": lambda: self.zoom_to(self._scene.bounds_of(self._selection.layers)),
                "grid_options": lambda: ask_grid(self.window(), self.aids),
            }
        )
        self.aids.connect_actions(actions)
        self._guides.connect_actions(actions)
        for commands in self._commands:
            commands.connect_actions(actions)
        actions.show_picture.toggled.connect(self.set_picture_visible)
        actions.show_layers.toggled.connect(self.set_layers_visible)
        actions.show_attention.toggled.connect(self.set_attention_visible)
        actions.tools.triggered.connect(lambda action: self.set_tool(action.data()))

    # What is shown

    def show_picture(self, picture: Picture | None) -> None:
        """Show a picture fitted to the canvas beneath the layers, or none.

        Args:
            picture: RGB, shape (height, width, 3).
        """
        self._scene.backdrop.set_picture(picture)
        self._scene.balance()

    def show_attention(self, masks: FloatMasks | None, layer_ids: Sequence[tuple[str, ...]], only: str | None) -> None:
        """Show extracted attention as heat in the layers' colours, or none.

        Args:
            masks: in [0, 1], shape (segments, height, width).
            layer_ids: per segment, the layers behind it.
            only: id of the one layer to show; None for all.

        Raises:
            ValueError: when there are not as many id tuples as maps.
        """
        self._scene.backdrop.set_attention(masks, layer_ids, only)
        self._scene.balance()

    def set_layers_visible(self, visible: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Show or hide all layers."""
        self._selection.shown = visible
        self._scene.set_layers_visible(visible)

    def set_layers_opacity(self, opacity: float) -> None:
        """Set the strength of the layers' fills, 0 to 1."""
        self._scene.set_layers_opacity(opacity)

    def set_attention_visible(self, visible: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Show or hide the attention."""
        self._scene.backdrop.set_attention_visible(visible)
        self._scene.balance()

    def set_attention_opacity(self, opacity: float) -> None:
        """Set the strength of the attention's heat, 0 to 1."""
        self._scene.backdrop.set_attention_opacity(opacity)

    def set_picture_visible(self, visible: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Show or hide the picture."""
        self._scene.backdrop.set_picture_visible(visible)
        self._scene.balance()

    def _follow(self, change: object) -> None:
        self._tell_tools(change)  # type: ignore[arg-type]  # signals carry objects
        if isinstance(change, CanvasResized | StateReplaced):
            self.set_artboard(self._layout.state.canvas)

    # Events

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:  # noqa: D102
        paint_ground(painter, QRectF(rect), self._layout.state.canvas, self._colours)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, once every tag is where it belongs."""
        self._scene.tags.settle()
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: D102
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._colours = CanvasColours.of(self.palette())
            self._scene.set_colours(self._colours)
            self.viewport().update()

    def zoomed(self, zoom: float) -> None:  # noqa: D102
        self._scene.set_zoom(zoom)
        self._show_cursor()
