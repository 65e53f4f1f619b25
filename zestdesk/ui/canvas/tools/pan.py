"""Move the view: Space-drag in every tool, the middle button, or the tool itself."""

from PySide6.QtCore import QPointF, Qt

from zestdesk.ui.canvas.tools.base import Pointer, Tool

__all__ = ["PanTool"]


class PanTool(Tool):
    """Drags the canvas about; changes nothing of the layout."""

    name = "pan"
    edits = False
    _last: QPointF | None = None

    @property
    def hint(self) -> str:  # noqa: D102
        return self.tr("Drag to move the view. In every other tool: hold Space, or drag with the middle button.")

    @property
    def cursor(self) -> Qt.CursorShape:  # noqa: D102
        return Qt.CursorShape.OpenHandCursor

    @property
    def busy(self) -> bool:  # noqa: D102
        return self._last is not None

    def press(self, pointer: Pointer) -> None:  # noqa: D102
        self._last = pointer.screen
        self.context.cursor_wanted.emit(Qt.CursorShape.ClosedHandCursor)

    def move(self, pointer: Pointer) -> None:  # noqa: D102
        if self._last is not None:
            way, self._last = pointer.screen - self._last, pointer.screen
            self.context.scroll_wanted.emit(way)

    def release(self, pointer: Pointer) -> None:  # noqa: ARG002, D102
        self.abort()

    def abort(self) -> bool:  # noqa: D102
        was = self.busy
        self._last = None
        if was:
            self.context.cursor_wanted.emit(self.cursor)
        return was
