"""What may be edited: neither locked nor hidden layers, whichever tool, menu or field asks; and what is said of them.

Order, label, colour, weight and the like are the panel's, where every layer is seen: they may always be changed.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication

from zestdesk.document.layers import Layer, is_locked, is_visible

__all__ = ["editable", "may_edit", "shown_name", "why_hidden", "why_locked", "why_not"]


def may_edit(layer: Layer) -> bool:
    """Return whether a layer's shape, paint and place may be changed: it is seen, and not locked."""
    return is_visible(layer) and not is_locked(layer)


def editable(layers: Iterable[Layer], say: Callable[[str], object]) -> tuple[Layer, ...]:
    """Return the layers that may be edited, in their order.

    Args:
        layers: what was asked for.
        say: called with a sentence about the first of them that may not be.
    """
    asked = tuple(layers)
    free = tuple(filter(may_edit, asked))
    if len(free) < len(asked):
        say(why_not(next(layer for layer in asked if not may_edit(layer))))
    return free


def why_not(layer: Layer) -> str:
    """Return a sentence on what has to be done before a layer can be edited; empty where it can be."""
    if is_locked(layer):
        return why_locked(layer)
    return "" if is_visible(layer) else why_hidden(layer)


def why_locked(layer: Layer) -> str:
    """Return a sentence on what has to be unlocked before this layer can be edited: itself, or its group."""
    if layer.group is not None and layer.group.locked:
        return _of_group(layer, _tr("The group of %1 is locked: unlock it in the layers panel to edit its layers."))
    return _of(layer, _tr("%1 is locked: unlock it in the layers panel to edit it."))


def why_hidden(layer: Layer) -> str:
    """Return a sentence on what has to be shown before this layer can be edited: itself, or its group."""
    if layer.visible:
        return _of_group(layer, _tr("The group of %1 is hidden: show it in the layers panel to edit its layers."))
    return _of(layer, _tr("%1 is hidden: show it in the layers panel to edit it."))


def shown_name(layer: Layer, unnamed: str) -> str:
    """Return a layer's label in quotes, or ``unnamed``."""
    label = layer.label.strip()
    return f"“{label}”" if label else unnamed


def _of(layer: Layer, text: str) -> str:
    return text.replace("%1", shown_name(layer, _tr("This layer")))


def _of_group(layer: Layer, text: str) -> str:
    return text.replace("%1", shown_name(layer, _tr("this layer")))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tool", text)
