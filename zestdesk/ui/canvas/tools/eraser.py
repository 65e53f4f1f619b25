"""Take paint away."""

from zestdesk.document.layers import BrushLayer
from zestdesk.ui.canvas.tools.stroke import StrokeTool

__all__ = ["EraserTool"]


class EraserTool(StrokeTool):
    """Erases from the selected brush layer."""

    name = "eraser"
    erase = True

    @property
    def hint(self) -> str:  # noqa: D102
        return self.tr(
            "Erase from the selected brush layer. [ ] or Shift-drag size, { } hardness, 1 to 0 opacity, Shift-click "
            "erases in a line from the last point, Esc cancels."
        )

    @property
    def step_name(self) -> str:  # noqa: D102
        return self.tr("Erase")

    def new_layer(self) -> BrushLayer | None:  # noqa: D102
        self.context.hinted.emit(self.tr("Select a brush layer first: the eraser takes away what was painted on it."))
        return None
