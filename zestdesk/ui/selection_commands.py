"""Everything that is done to the selected layers from menus and fields, put together for the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zestdesk.ui.arrange_commands import ArrangeCommands
from zestdesk.ui.clipboard_commands import ClipboardCommands
from zestdesk.ui.shape_operations import ShapeOperations
from zestdesk.ui.transform_card import TransformCard

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from zestdesk.document.layout import Layout
    from zestdesk.ui.actions import Actions
    from zestdesk.ui.canvas.view import CanvasView
    from zestdesk.ui.selection import Selection
    from zestdesk.ui.theme import Theme

__all__ = ["SelectionCommands"]


class SelectionCommands(QObject):
    """The commands by what they are about.

    Attributes:
        arrange: where layers are and which way they face.
        shapes: what several shapes make together.
        clipboard: cut, copy and paste.

    Signals:
        hinted: (str) why something was not done, for the status bar.
    """

    hinted = Signal(str)

    def __init__(self, layout: Layout, undo: QUndoStack, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layout, self._selection = layout, selection
        self.arrange = ArrangeCommands(layout, undo, selection, self)
        self.shapes = ShapeOperations(layout, undo, selection, self)
        self.clipboard = ClipboardCommands(layout, undo, selection, self)
        for each in (self.arrange, self.shapes, self.clipboard):
            each.hinted.connect(self.hinted)

    def connect_actions(self, actions: Actions) -> None:
        """Give the actions their deeds."""
        self.arrange.connect_actions(actions)
        self.shapes.connect_actions(actions)
        self.clipboard.connect_actions(actions)

    def float_over(self, canvas: CanvasView, theme: Theme, actions: Actions) -> None:
        """Put the selection's numbers on a card over the canvas."""
        self.card = TransformCard(canvas, self._layout, self._selection, self.arrange, theme, actions.show_pivot)
