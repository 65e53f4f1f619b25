"""Undo commands on groups of layers. Moving them and moving layers into and out of them is ``ArrangeLayers``' part."""

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from zestdesk.document.commands import ArrangeLayers, ChangeLayers, named
from zestdesk.document.groups import grouped, members
from zestdesk.document.layers import Group, Layer
from zestdesk.document.layout import Layout

__all__ = ["ChangeGroup", "GroupLayers", "Ungroup"]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


class GroupLayers(ArrangeLayers):
    """Gather layers to a new group where the uppermost of them stands.

    Args:
        layout: where the layers are.
        ids: at least one; layers of other groups leave these.
        group: the new one.
    """

    def __init__(self, layout: Layout, ids: Collection[str], group: Group) -> None:
        super().__init__(layout, grouped(layout.state.layers, ids, group), _tr("Group layers"))


class Ungroup(ChangeLayers):
    """Dissolve groups; their layers stay where they are. KeyError for a group that is not there."""

    def __init__(self, layout: Layout, group_ids: Collection[str]) -> None:
        own = [layer for group_id in group_ids for layer in _members(layout, group_id)]
        name = own[0].group.name if len(group_ids) == 1 and own[0].group else ""
        super().__init__(layout, [replace(layer, group=None) for layer in own], named(_tr("Ungroup"), name))


class ChangeGroup(ChangeLayers):
    """Give the group that has ``group.id`` another name, hide, show, lock or unlock it.

    Args:
        layout: where it is.
        group: as it shall be; KeyError when it is not there.
        text: what the history calls it, already translated.
        merge_key: as for :class:`~zestdesk.document.commands.ChangeLayers`.
    """

    def __init__(self, layout: Layout, group: Group, text: str, merge_key: str = "") -> None:
        changes = [replace(layer, group=group) for layer in _members(layout, group.id)]
        super().__init__(layout, changes, text, merge_key)


def _members(layout: Layout, group_id: str) -> tuple[Layer, ...]:
    own = members(layout.state.layers, group_id)
    if not own:
        raise KeyError(group_id)
    return own
