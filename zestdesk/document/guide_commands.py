"""Undo commands on guides. ``bytes_held`` is what the step keeps in memory."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QUndoCommand

from zestdesk.document.guides import MAX_GUIDES, Guide, sorted_guides
from zestdesk.document.layout import Layout
from zestdesk.errors import UserError

__all__ = ["AddGuide", "MoveGuide", "RemoveGuides"]

_NO_MERGE: Final = -1
_MOVE_GUIDE: Final = 20
_GUIDE_BYTES: Final = 120


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


class _SetGuides(QUndoCommand):
    """Replaces a layout's guides."""

    def __init__(self, layout: Layout, guides: Iterable[Guide], text: str) -> None:
        super().__init__(text)
        self._layout = layout
        self.before, self.after = layout.state.guides, sorted_guides(guides)
        self.setObsolete(self.before == self.after)

    def redo(self) -> None:
        """Set the new guides."""
        self._layout.set_guides(self.after)

    def undo(self) -> None:
        """Set the old guides."""
        self._layout.set_guides(self.before)

    def bytes_held(self) -> int:
        """Return what the step holds in memory."""
        return _GUIDE_BYTES * (len(self.before) + len(self.after))


class AddGuide(_SetGuides):
    """Put a guide onto the canvas; where there is an equal one already, nothing changes.

    Raises:
        UserError: there are as many guides as a layout can hold.
    """

    def __init__(self, layout: Layout, guide: Guide) -> None:
        guides = {*layout.state.guides, guide}
        if len(guides) > MAX_GUIDES:
            text = _tr("A layout holds {count} guides at most; remove some first.").format(count=MAX_GUIDES)
            raise UserError(text, "guides")
        super().__init__(layout, guides, _tr("Add guide"))


class MoveGuide(_SetGuides):
    """Move a guide to another position; onto an equal one, they become one.

    Args:
        layout: where it is.
        guide: as it is; KeyError when it is not there.
        position: where it goes, in canvas pixels.
        merge: whether it is one step with the move of the same guide before it (nudging by keys).
    """

    def __init__(self, layout: Layout, guide: Guide, position: float, *, merge: bool = False) -> None:
        if guide not in layout.state.guides:
            raise KeyError(guide)
        self.source, self.target = guide, Guide(guide.orientation, position)
        self.merges = merge
        super().__init__(layout, {*layout.state.guides} - {guide} | {self.target}, _tr("Move guide"))

    def id(self) -> int:
        """Return which commands may merge with this one."""
        return _MOVE_GUIDE if self.merges else _NO_MERGE

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over where a later move brought the same guide."""
        if not isinstance(other, MoveGuide) or other.source != self.target or other.before != self.after:
            return False
        self.target, self.after = other.target, other.after
        self.setObsolete(self.before == self.after)
        return True


class RemoveGuides(_SetGuides):
    """Take guides off the canvas; those that are not there are passed over."""

    def __init__(self, layout: Layout, guides: Iterable[Guide]) -> None:
        gone = set(guides) & set(layout.state.guides)
        text = _tr("Remove guide") if len(gone) == 1 else _tr("Remove guides")
        super().__init__(layout, set(layout.state.guides) - gone, text)
