"""Everything that is done to the selected layers from menus and fields, put together for the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zestdesk.ui.arrange_commands import ArrangeCommands
from zestdesk.ui.shape_operations import ShapeOperations

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from zestdesk.document.layout import Layout
    from zestdesk.ui.actions import Actions
    from zestdesk.ui.selection import Selection

__all__ = ["SelectionCommands"]


class SelectionCommands(QObject):
    """The commands by what they are about.

    Attributes:
        arrange: where layers are and which way they face.
        shapes: what several shapes make together.

    Signals:
        hinted: (str) why something was not done, for the status bar.
    """

    hinted = Signal(str)

    def __init__(self, layout: Layout, undo: QUndoStack, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.arrange = ArrangeCommands(layout, undo, selection, self)
        self.shapes = ShapeOperations(layout, undo, selection, self)
        for each in (self.arrange, self.shapes):
            each.hinted.connect(self.hinted)

    def connect_actions(self, actions: Actions) -> None:
        """Give the actions their deeds."""
        self.arrange.connect_actions(actions)
        self.shapes.connect_actions(actions)
