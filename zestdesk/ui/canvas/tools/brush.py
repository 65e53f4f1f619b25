"""Paint."""

from zestdesk.ui.canvas.tools.base import Pointer
from zestdesk.ui.canvas.tools.stroke import StrokeTool

__all__ = ["BrushTool"]


class BrushTool(StrokeTool):
    """Paints into the selected brush layer, or begins a new one."""

    name = "brush"

    @property
    def hint(self) -> str:  # noqa: D102
        return self.tr(
            "Paint into the selected brush layer, or into a new one. [ ] or Shift-drag size, { } hardness, 1 to 0 "
            "opacity, Shift-click draws a line from the last point, a pen's other end erases, Esc cancels."
        )

    @property
    def step_name(self) -> str:  # noqa: D102
        return self.tr("Brush stroke")

    def release(self, pointer: Pointer) -> None:  # noqa: D102
        layers = len(self.context.layout.state.layers)
        super().release(pointer)
        if len(self.context.layout.state.layers) > layers:
            self.context.hinted.emit(
                self.tr("A new brush layer: paint on, and give it a label in the layers panel when you are done.")
            )
