"""What an action is, before it is a QAction: one row of a table."""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from PySide6.QtCore import QCoreApplication

__all__ = ["Entry", "Menu", "Need", "tr"]

Need = Literal["", "layers", "selection", "two", "three", "shape", "shapes", "brush"]
"""What an action needs to be of use: nothing, or what somebody else decides (empty); any layer; one, two or three
selected layers; one or two selected shape layers; a selected brush layer."""

Menu = Sequence["str | tuple[str, Menu] | None"]
"""Names of actions; None for a line; (title, entries) for a menu within; ``@name`` for what the window fills in."""

_CONTEXT: Final = "Actions"


class Entry(NamedTuple):
    """One action.

    Attributes:
        name: by which :class:`~zestdesk.ui.actions.Actions` knows it.
        text: in menus, with a mnemonic.
        tip: one sentence for the status bar and the tooltip.
        icon: name of the SVG, or empty.
        keys: shortcuts, the first one shown.
        checkable: whether it is a switch.
        needs: when it is enabled.
    """

    name: str
    text: str
    tip: str
    icon: str = ""
    keys: tuple[str, ...] = ()
    checkable: bool = False
    needs: Need = ""


def tr(text: str) -> str:
    """Return a text of an action in the user's language."""
    return QCoreApplication.translate(_CONTEXT, text)
