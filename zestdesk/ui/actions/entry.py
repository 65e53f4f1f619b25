"""What an action is, before it is a QAction: one row of a table."""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from PySide6.QtCore import QCoreApplication

__all__ = ["Entry", "Menu", "Need", "need_sentence", "tr"]

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


def need_sentence(need: Need) -> str:
    """Return what has to be done before an action with this need can be used; empty where there is no need."""
    return {
        "": "",
        "layers": tr("There are no layers yet: draw one first."),
        "selection": tr("Select a layer first."),
        "two": tr("Select two layers first."),
        "three": tr("Select three layers first."),
        "shape": tr("Select a shape layer first."),
        "shapes": tr("Select two shape layers first."),
        "brush": tr("Select a brush layer first."),
    }[need]
