"""Draw rectangles."""

from zestdesk.ui.canvas.tools.shape import ShapeTool

__all__ = ["RectangleTool"]


class RectangleTool(ShapeTool):
    """A drag makes a rectangle layer."""

    name = "rectangle"
    kind = "rectangle"

    @property
    def hint(self) -> str:  # noqa: D102
        return self.tr(
            "Drag to draw a rectangle. Shift makes a square, Alt draws from the centre, Space moves it while drawing, "
            "Esc cancels."
        )

    @property
    def click_hint(self) -> str:  # noqa: D102
        return self.tr("Nothing was drawn: press, drag to the opposite corner and let go to make a rectangle.")

    @property
    def step_name(self) -> str:  # noqa: D102
        return self.tr("Draw rectangle")
