"""What all commands on the selected layers share."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from zestdesk.document.commands import ChangeLayers
from zestdesk.document.layers import Layer
from zestdesk.document.layout import Layout
from zestdesk.ui.selection import Selection

__all__ = ["SelectionDeeds"]


class SelectionDeeds(QObject):
    """Base of those whose every public method pushes one undo step on behalf of the selection, or none.

    Signals:
        hinted: (str) why something was not done, for the status bar.
    """

    hinted = Signal(str)

    def __init__(self, layout: Layout, undo: QUndoStack, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layout, self._undo, self._selection = layout, undo, selection

    def _free(self) -> tuple[Layer, ...]:
        """Return the selected layers that may be edited, upper first, with a hint when some may not."""
        return self._selection.free(self.hinted.emit)

    def _push(self, changed: Sequence[Layer], text: str) -> None:
        if changed:
            self._undo.push(ChangeLayers(self._layout, changed, text))
