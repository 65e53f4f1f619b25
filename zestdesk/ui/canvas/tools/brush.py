"""Paint."""

from zestdesk.document.brush import blank_mask
from zestdesk.document.layers import BrushLayer
from zestdesk.ui.canvas.tools.base import Pointer
from zestdesk.ui.canvas.tools.stroke import StrokeTool

__all__ = ["BrushTool"]


class BrushTool(StrokeTool):
    """Paints into the selected brush layer, or begins a new one."""

    name = "brush"

    @property
    def hint(self) -> str:  # noqa: D102
        return self.tr(
            "Paint into the selected brush layer; with none selected, the first stroke makes a new one. [ and ] change "
            "the size, Shift-click draws a straight line from the last point, Esc cancels."
        )

    @property
    def step_name(self) -> str:  # noqa: D102
        return self.tr("Brush stroke")

    def new_layer(self) -> BrushLayer | None:  # noqa: D102
        mask = blank_mask(self.context.layout.state.canvas)
        return BrushLayer(colour=self.context.scene.next_colour(), mask=mask)

    def release(self, pointer: Pointer) -> None:  # noqa: D102
        layers = len(self.context.layout.state.layers)
        super().release(pointer)
        if len(self.context.layout.state.layers) > layers:
            self.context.hinted.emit(
                self.tr("A new brush layer: paint on, and give it a label in the layers panel when you are done.")
            )
