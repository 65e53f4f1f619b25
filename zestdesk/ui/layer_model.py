"""The layers and their groups as a tree for Qt's views: what layout, stage and advice say about each."""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from zestdesk.document.commands import ArrangeLayers, ChangeLayers
from zestdesk.document.group_commands import ChangeGroup
from zestdesk.document.groups import groups_of, moved
from zestdesk.document.layers import Group, Layer
from zestdesk.document.layout import Change, GroupsFolded, LayerChanged, PromptChanged, SettingsChanged, StateReplaced
from zestdesk.ui.layer_words import LayerWords

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QUndoStack

    from zestdesk.document.layout import Layout
    from zestdesk.ui.preflight import Preflight
    from zestdesk.ui.stage import Stage

__all__ = ["LAYERS_MIME", "LayerModel", "Role"]

Index = QModelIndex | QPersistentModelIndex
Item = Layer | Group

LAYERS_MIME: Final = "application/x-zestdesk-layer-ids"
"""What is dragged within the panel: ids, one a line."""


class Role(IntEnum):
    """What a row can be asked for beside Qt's own roles."""

    ITEM = Qt.ItemDataRole.UserRole + 1
    """The :class:`Layer` or :class:`Group`."""
    FIT = Qt.ItemDataRole.UserRole + 2
    """(fit, whether it still holds) or None."""
    ADVICE = Qt.ItemDataRole.UserRole + 3
    """Tuple of sentences."""
    COUNT = Qt.ItemDataRole.UserRole + 4
    """Layers of a group."""


class LayerModel(QAbstractItemModel):
    """Rows follow the layout, uppermost first, groups with their layers beneath; edits go through undo commands.

    Attributes:
        following: whether rows are being brought into step; what a view makes of their removal means nothing then.

    Signals:
        settled: other rows are there, or in another order, than before.
    """

    settled = Signal()

    def __init__(
        self, layout: Layout, undo: QUndoStack, stage: Stage, preflight: Preflight, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._layout, self._undo = layout, undo
        self.following = self._unsettled = False
        self._top: list[Item] = []
        self._within: dict[str, list[Layer]] = {}  # group's id -> its layers
        self._numbers: dict[str, int] = {}  # group's id -> what the indices of its layers carry; 0 is the top
        self._names: dict[int, str] = {}  # and back
        self._group_rows: dict[str, int] | None = None  # where groups are; None after a change
        self._disarranged = False
        self._arranged = layout.state.layers  # as the rows were last brought into step
        self._top, self._within = self._wanted()
        self._words = words = LayerWords(stage, preflight)
        self._readers: dict[int, Callable[[Item], Any]] = {
            Qt.ItemDataRole.DisplayRole: words.title,
            Qt.ItemDataRole.EditRole: words.text,
            Qt.ItemDataRole.ToolTipRole: words.tip,
            Qt.ItemDataRole.AccessibleTextRole: lambda item: words.spoken(item, self._count(item)),
            Role.ITEM: lambda item: item,
            Role.FIT: words.fit,
            Role.ADVICE: words.advice,
            Role.COUNT: self._count,
        }
        self._preflight, self._advised = preflight, preflight.by_layer
        preflight.changed.connect(self._advice_changed)
        layout.changed.connect(self._follow)
        layout.settled.connect(self._settle)
        stage.changed.connect(self._fits_changed)

    # Rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default, never changed
        """Return how many rows there are at the top or in a group."""
        return len(self._rows(parent))

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - likewise
        """Return 1."""
        return 1

    def index(self, row: int, column: int = 0, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - likewise
        """Return the index of a row."""
        rows = self._rows(parent)
        if column or not 0 <= row < len(rows):
            return QModelIndex()
        group = self._top[parent.row()].id if parent.isValid() else ""
        return self.createIndex(row, 0, self._number(group))

    def parent(self, child: Index | None = None) -> Any:  # noqa: ANN401 - two of Qt's in one
        """Return the index of a row's group, invalid at the top; without an argument the QObject's parent."""
        if child is None:
            return QObject.parent(self)
        if not child.isValid() or not child.internalId():
            return QModelIndex()
        return self.group_index(self._names.get(child.internalId(), ""))

    def item(self, index: Index) -> Item | None:
        """Return the layer or group at a row, None for an invalid index."""
        rows = self._beside(index)
        return rows[index.row()] if 0 <= index.row() < len(rows) else None

    def layers_at(self, index: Index) -> tuple[Layer, ...]:
        """Return the layer at a row, or all layers of the group there."""
        item = self.item(index)
        if isinstance(item, Group):
            return tuple(self._within[item.id])
        return () if item is None else (item,)

    def index_of(self, layer_id: str) -> QModelIndex:
        """Return where a layer is; invalid when it is not there."""
        for row, item in enumerate(self._top):
            if isinstance(item, Group):
                for inner, layer in enumerate(self._within[item.id]):
                    if layer.id == layer_id:
                        return self.createIndex(inner, 0, self._number(item.id))
            elif item.id == layer_id:
                return self.createIndex(row, 0, 0)
        return QModelIndex()

    def group_index(self, group_id: str) -> QModelIndex:
        """Return where a group is; invalid when it is not there."""
        if self._group_rows is None:
            self._group_rows = {item.id: row for row, item in enumerate(self._top) if isinstance(item, Group)}
        row = self._group_rows.get(group_id)
        return QModelIndex() if row is None else self.createIndex(row, 0, 0)

    def _beside(self, index: Index) -> Sequence[Item]:
        """Return the rows among which an index is."""
        if not index.isValid():
            return ()
        number = index.internalId()
        return self._within.get(self._names[number], ()) if number else self._top

    def _rows(self, parent: Index) -> Sequence[Item]:
        if not parent.isValid():
            return self._top
        if parent.internalId() or parent.row() >= len(self._top):
            return ()
        item = self._top[parent.row()]
        return self._within[item.id] if isinstance(item, Group) else ()

    def _number(self, group_id: str) -> int:
        if not group_id:
            return 0
        number = self._numbers.setdefault(group_id, len(self._numbers) + 1)
        self._names[number] = group_id
        return number

    def _count(self, item: Item) -> int:
        return len(self._within[item.id]) if isinstance(item, Group) else 1

    # What they say

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be dragged and edited; what is dragged can be dropped between rows and on groups."""
        flag, item = Qt.ItemFlag, self.item(index)
        if item is None:
            return flag.ItemIsDropEnabled
        common = flag.ItemIsSelectable | flag.ItemIsEnabled | flag.ItemIsEditable | flag.ItemIsDragEnabled
        return common | (flag.ItemIsDropEnabled if isinstance(item, Group) else flag.ItemNeverHasChildren)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return what a role says about a row."""
        item = self.item(index)
        read = self._readers.get(role)
        return None if item is None or read is None else read(item)

    # Edits

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401 - Qt's
        """Set a layer's label or a group's name; one undo step."""
        item = self.item(index)
        if item is None or role != Qt.ItemDataRole.EditRole:
            return False
        text = " ".join(str(value).split())
        if isinstance(item, Group):
            self._undo.push(ChangeGroup(self._layout, replace(item, name=text), self.tr("Rename group")))
        elif text != item.label:
            self._undo.push(ChangeLayers(self._layout, [replace(item, label=text)], self.tr("Label layer")))
        return True

    def supportedDropActions(self) -> Qt.DropAction:
        """Rows are moved, never copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return the one type that may be dropped."""
        return [LAYERS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the ids of the layers that are dragged."""
        ids = dict.fromkeys(layer.id for index in indexes for layer in self.layers_at(index))
        data = QMimeData()
        data.setData(LAYERS_MIME, "\n".join(ids).encode())
        return data

    def canDropMimeData(self, data: QMimeData, *_where: object) -> bool:
        """Take this layout's own layers, and nothing else."""
        return bool(self._dragged(data))

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index) -> bool:
        """Move layers into a gap between rows, into or out of a group; one undo step.

        Args:
            data: what :meth:`mimeData` returned.
            row: above which they are dropped; -1 for the group ``parent`` itself, or the empty ground below the rows.
            parent: a group's index, or an invalid one.
        """
        ids, layers = self._dragged(data), self._layout.state.layers
        if not ids:
            return False
        group = self.item(parent)
        rows = self._rows(parent)
        row = row if row >= 0 else 0 if isinstance(group, Group) else len(rows)
        if row < len(rows):
            at = self._layout.state.index_of(self.layers_at(self.index(row, 0, parent))[0].id)
        elif isinstance(group, Group):
            at = self._layout.state.index_of(self._within[group.id][-1].id) + 1
        else:
            at = len(layers)
        after = moved(layers, ids, at, group if isinstance(group, Group) else None)
        if after == layers:
            return False  # a push would take away what can be done again
        text = self.tr("Reorder layers") if len(ids) > 1 else self.tr("Reorder layer")
        self._undo.push(ArrangeLayers(self._layout, after, text))
        return True

    def _dragged(self, data: QMimeData) -> frozenset[str]:
        if not data.hasFormat(LAYERS_MIME):
            return frozenset()
        ids = frozenset(bytes(data.data(LAYERS_MIME).data()).decode("utf-8", "replace").split("\n"))
        return ids if ids <= {layer.id for layer in self._layout.state.layers} else frozenset()

    # Following

    def _advice_changed(self) -> None:
        before, self._advised = self._advised, self._preflight.by_layer
        changed = {each for each in before.keys() | self._advised.keys() if before.get(each) != self._advised.get(each)}
        for index in filter(QModelIndex.isValid, map(self.index_of, changed)):
            self.dataChanged.emit(
                index, index, [Role.ADVICE, Qt.ItemDataRole.SizeHintRole, Qt.ItemDataRole.ToolTipRole]
            )

    def _fits_changed(self) -> None:
        for parent in (QModelIndex(), *map(self.group_index, self._within)):
            last = self.rowCount(parent) - 1
            if last >= 0:
                self.dataChanged.emit(self.index(0, 0, parent), self.index(last, 0, parent), [Role.FIT])

    def _follow(self, change: Change) -> None:
        match change:
            case GroupsFolded():
                return
            case PromptChanged() | SettingsChanged():
                pass
            case StateReplaced():
                self._reset()
            case LayerChanged(before, after) if before.group == after.group:
                self._renew(self.index_of(after.id), after)
            case _:
                self._disarranged = True

    def _settle(self) -> None:
        if self._disarranged:
            self._disarranged = False
            self._arrange()

    def _reset(self) -> None:
        self.following = True
        self.beginResetModel()
        self._top, self._within = self._wanted()
        self._arranged, self._group_rows = self._layout.state.layers, None
        self.endResetModel()
        self.following = False
        self.settled.emit()

    def _wanted(self) -> tuple[list[Item], dict[str, list[Layer]]]:
        """Return the rows at the top and within groups, as the layout has them."""
        layers = self._layout.state.layers
        within: dict[str, list[Layer]] = {group.id: [] for group in groups_of(layers)}
        top: list[Item] = []
        for layer in layers:
            if layer.group is None:
                top.append(layer)
            else:
                if not within[layer.group.id]:
                    top.append(layer.group)
                within[layer.group.id].append(layer)
        return top, within

    def _arrange(self) -> None:
        """Bring the rows into the layout's order by the fewest kinds of steps: out, in or along, new values."""
        if self._layout.state.layers is self._arranged:
            return  # all layers of a group changed at once, and each of them is announced
        self._arranged = self._layout.state.layers
        top, within = self._wanted()
        self.following = True
        self._keep(QModelIndex(), self._top, top)
        for group_id in self._within.keys() - within.keys():
            del self._within[group_id]
        for group_id, layers in self._within.items():
            self._keep(self.group_index(group_id), layers, within[group_id])
        self._order(QModelIndex(), self._top, top, within)
        for group_id, layers in self._within.items():
            self._order(self.group_index(group_id), layers, within[group_id], within)
        self.following = False
        if self._unsettled:
            self._unsettled = False
            self.settled.emit()

    def _keep(self, parent: QModelIndex, rows: list[Any], wanted: Sequence[Item]) -> None:
        """Take out the rows of one parent that are not wanted there."""
        keys = {_key(item) for item in wanted}
        for row in reversed(range(len(rows))):
            if _key(rows[row]) not in keys:
                self.beginRemoveRows(parent, row, row)
                del rows[row]
                self._shifted()
                self.endRemoveRows()

    def _order(
        self, parent: QModelIndex, rows: list[Any], wanted: Sequence[Item], within: dict[str, list[Layer]]
    ) -> None:
        """Insert, move and renew rows of one parent until they are as wanted; none of them is too many."""
        for row, item in enumerate(wanted):
            now = next((at for at in range(row, len(rows)) if _key(rows[at]) == _key(item)), None)
            if now is None:
                self.beginInsertRows(parent, row, row)
                if isinstance(item, Group):
                    self._within[item.id] = list(within[item.id])
                rows.insert(row, item)
                self._shifted()
                self.endInsertRows()
            elif now != row:
                self.beginMoveRows(parent, now, now, parent, row)
                rows.insert(row, rows.pop(now))
                self._shifted()
                self.endMoveRows()
            self._renew(self.index(row, 0, parent), item)

    def _shifted(self) -> None:
        self._group_rows = None
        self._unsettled = True

    def _renew(self, index: QModelIndex, item: Item) -> None:
        rows: Any = self._beside(index)
        if index.isValid() and rows[index.row()] is not item:
            rows[index.row()] = item
            self.dataChanged.emit(index, index)


def _key(item: Item) -> tuple[bool, str]:
    """Return what tells a row from the others: a group may have a layer's id."""
    return isinstance(item, Group), item.id
