"""Draw ellipses."""

from zestdesk.ui.canvas.tools.shape import ShapeTool

__all__ = ["EllipseTool"]


class EllipseTool(ShapeTool):
    """A drag makes an ellipse layer."""

    name = "ellipse"
    kind = "ellipse"

    @property
    def hint(self) -> str:  # noqa: D102
        return self.tr(
            "Drag to draw an ellipse. Shift makes a circle, Alt draws from the centre, Space moves it while drawing, "
            "Esc cancels."
        )

    @property
    def click_hint(self) -> str:  # noqa: D102
        return self.tr("Nothing was drawn: press, drag to the opposite corner and let go to make an ellipse.")

    @property
    def step_name(self) -> str:  # noqa: D102
        return self.tr("Draw ellipse")
