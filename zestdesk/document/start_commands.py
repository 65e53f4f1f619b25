"""The undo command of the picture to begin with."""

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QUndoCommand

from zestdesk.document.layout import Layout
from zestdesk.document.start import StartPicture

__all__ = ["SetStart"]

_NO_MERGE: Final = -1
_SET_START: Final = 30


class SetStart(QUndoCommand):
    """Begin with another picture, or the same one otherwise, or with none.

    Args:
        layout: which shall begin with it.
        start: the picture, or None for noise.
        merge: whether it is one step with the change of the same picture before it (a slider).
    """

    def __init__(self, layout: Layout, start: StartPicture | None, *, merge: bool = False) -> None:
        before = layout.state.start
        texts = {
            (False, True): QCoreApplication.translate("Commands", "Use starting picture"),
            (True, True): QCoreApplication.translate("Commands", "Change starting picture"),
        }
        none = QCoreApplication.translate("Commands", "Remove starting picture")
        super().__init__(texts.get((before is not None, start is not None), none))
        self._layout, self.before, self.after, self.merges = layout, before, start, merge
        self.setObsolete(before == start)

    def redo(self) -> None:
        """Set the new one."""
        self._layout.set_start(self.after)

    def undo(self) -> None:
        """Set the old one."""
        self._layout.set_start(self.before)

    def id(self) -> int:
        """Return which commands may merge with this one."""
        return _SET_START if self.merges else _NO_MERGE

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over a later change of the same picture."""
        if not isinstance(other, SetStart):
            return False
        self.after = other.after
        self.setObsolete(self.before == self.after)
        return True

    def bytes_held(self) -> int:
        """Return what the step holds in memory; an image that both share counts once."""
        images = {start.image.cacheKey(): start.bytes_held for start in (self.before, self.after) if start is not None}
        return sum(images.values())
