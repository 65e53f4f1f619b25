"""The layers as a list for Qt's views: what the layout, the stage and the advice say about each."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from zestdesk.document.checks import advice
from zestdesk.document.commands import ChangeLayers, MoveLayer
from zestdesk.document.layout import Change, LayerAdded, LayerChanged, LayerRemoved, PromptChanged
from zestdesk.document.masks import rasterise
from zestdesk.ui.fit import fit_figure, fit_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QUndoStack

    from zestdesk.document.layers import Layer
    from zestdesk.document.layout import Layout
    from zestdesk.ui.stage import Stage

__all__ = ["THUMBNAIL", "LayerModel", "Role"]

Index = QModelIndex | QPersistentModelIndex

THUMBNAIL: Final = 80
"""Longest side of a thumbnail in device pixels."""

_ADVICE_PAUSE: Final = 120  # ms without an edit before the advice is worked out again


class Role(IntEnum):
    """What a row can be asked for beside Qt's own roles."""

    LAYER = Qt.ItemDataRole.UserRole + 1
    FIT = Qt.ItemDataRole.UserRole + 2
    """(fit, whether it still holds) or None."""
    ADVICE = Qt.ItemDataRole.UserRole + 3
    """Tuple of sentences."""
    THUMBNAIL = Qt.ItemDataRole.UserRole + 4
    """QPixmap of the mask in the layer's colour."""


class LayerModel(QAbstractListModel):
    """Rows follow the layout, uppermost first; edits go through undo commands."""

    def __init__(self, layout: Layout, undo: QUndoStack, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layout, self._undo, self._stage = layout, undo, stage
        self._layers: tuple[Layer, ...] = layout.state.layers
        self._gathering = self._macro = False  # within one_step(); whether its macro is open
        self._advice: dict[str, tuple[str, ...]] = {}
        self._thumbnails: dict[str, tuple[Layer, tuple[int, int], QPixmap]] = {}
        self._readers: dict[int, Callable[[Layer], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda layer: layer.label or self.tr("Unnamed layer"),
            Qt.ItemDataRole.EditRole: lambda layer: layer.label,
            Qt.ItemDataRole.ToolTipRole: self._tip,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            Role.LAYER: lambda layer: layer,
            Role.FIT: lambda layer: stage.fit_of(layer) if layer.visible else None,
            Role.ADVICE: lambda layer: self._advice.get(layer.id, ()),
            Role.THUMBNAIL: self._thumbnail,
        }
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_ADVICE_PAUSE)
        self._pause.timeout.connect(self.advise)
        layout.changed.connect(self._follow)
        stage.changed.connect(self._fits_changed)
        self.advise()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default, never changed
        """Return how many layers there are."""
        return 0 if parent.isValid() else len(self._layers)

    def layer(self, index: Index) -> Layer:
        """Return the layer at a row."""
        return self._layers[index.row()]

    def row_of(self, layer_id: str) -> int | None:
        """Return the row of a layer, or None when it is not there."""
        return next((row for row, layer in enumerate(self._layers) if layer.id == layer_id), None)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be dragged between other rows, and edited."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        return (
            flag.ItemIsSelectable
            | flag.ItemIsEnabled
            | flag.ItemIsEditable
            | flag.ItemIsDragEnabled
            | flag.ItemNeverHasChildren
        )

    def supportedDropActions(self) -> Qt.DropAction:
        """Rows are moved, never copied."""
        return Qt.DropAction.MoveAction

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return what a role says about a row."""
        if not index.isValid() or index.row() >= len(self._layers):
            return None
        read = self._readers.get(role)
        return read(self._layers[index.row()]) if read else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401 - Qt's
        """Set a layer's label; one undo step."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        layer, label = self._layers[index.row()], " ".join(str(value).split())
        if label != layer.label:
            self.change(replace(layer, label=label), self.tr("Label layer"))
        return True

    def change(self, layer: Layer, text: str, merge_key: str = "") -> None:
        """Push new values for one layer."""
        self._undo.push(ChangeLayers(self._layout, [layer], text, merge_key))

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """Make all moves within one undo step; the step begins with the first, and without any there is none."""
        self._gathering = True
        try:
            yield
        finally:
            if self._macro:
                self._undo.endMacro()
            self._gathering = self._macro = False

    def moveRows(
        self, source_parent: Index, source: int, count: int, target_parent: Index, target: int
    ) -> bool:  # Qt's target counts the moved rows, MoveLayer's does not
        """Reorder one layer; one undo step."""
        if count != 1 or source_parent.isValid() or target_parent.isValid() or target in {source, source + 1}:
            return False
        if not (0 <= source < len(self._layers) and 0 <= target <= len(self._layers)):
            return False
        after = target - 1 if target > source else target
        if self._gathering and not self._macro:
            self._macro = True
            self._undo.beginMacro(self.tr("Reorder layers"))
        self._undo.push(MoveLayer(self._layout, self._layers[source].id, after))
        return True

    def advise(self) -> None:
        """Work the advice out now; done by itself a moment after the last edit."""
        hints: dict[str, tuple[str, ...]] = {}
        for hint in advice(self._layout.state):
            hints[hint.layer_id] = (*hints.get(hint.layer_id, ()), hint.text)
        if hints != self._advice:
            self._advice = hints
            self._repaint([Role.ADVICE, Qt.ItemDataRole.SizeHintRole, Qt.ItemDataRole.ToolTipRole])

    def _follow(self, change: Change) -> None:
        layers = self._layout.state.layers
        root = QModelIndex()
        match change:
            case LayerAdded(index=index):
                self.beginInsertRows(root, index, index)
                self._layers = layers
                self.endInsertRows()
            case LayerRemoved(index=index, layer=layer):
                self.beginRemoveRows(root, index, index)
                self._layers = layers
                self._thumbnails.pop(layer.id, None)
                self.endRemoveRows()
            case LayerChanged(after=layer):
                self._layers = layers
                row = self.index(self.row_of(layer.id) or 0)
                self.dataChanged.emit(row, row)
            case PromptChanged():
                pass
            case _ if self._layers is not layers:
                self.beginResetModel()
                self._layers = layers
                self.endResetModel()
        self._pause.start()

    def _fits_changed(self) -> None:
        self._repaint([Role.FIT])

    def _repaint(self, roles: list[int]) -> None:
        if self._layers:
            self.dataChanged.emit(self.index(0), self.index(len(self._layers) - 1), roles)

    def _thumbnail(self, layer: Layer) -> QPixmap:
        canvas = self._layout.state.canvas
        kept = self._thumbnails.get(layer.id)
        if kept and kept[1] == canvas and _looks_alike(kept[0], layer):
            return kept[2]
        picture = _draw_thumbnail(layer, canvas)
        self._thumbnails[layer.id] = (layer, canvas, picture)
        return picture

    def _spoken(self, layer: Layer) -> str:
        parts = [layer.label or self.tr("Unnamed layer")]
        if not layer.visible:
            parts.append(self.tr("hidden"))
        if layer.locked:
            parts.append(self.tr("locked"))
        fit = self._stage.fit_of(layer)
        if fit and layer.visible:
            parts.append(f"{fit_word(fit[0])}, {fit_figure(fit[0])}")
        return ", ".join((*parts, *self._advice.get(layer.id, ())))

    def _tip(self, layer: Layer) -> str:
        lines = []
        fit = self._stage.fit_of(layer) if layer.visible else None
        if fit:
            lines.append(
                self.tr("The model's attention overlaps this layer by {figure}: {word}.").format(
                    figure=fit_figure(fit[0]), word=fit_word(fit[0])
                )
            )
            if not fit[1]:
                lines.append(self.tr("Measured before the layer was changed; generate again to renew it."))
        lines.extend(self._advice.get(layer.id, ()))
        return "\n".join(lines)


def _looks_alike(before: Layer, after: Layer) -> bool:
    if before is after:
        return True
    same_mask = getattr(before, "mask", None) is getattr(after, "mask", None)
    return before.colour == after.colour and same_mask and getattr(before, "path", None) == getattr(after, "path", None)


def _draw_thumbnail(layer: Layer, canvas: tuple[int, int]) -> QPixmap:
    scale = THUMBNAIL / max(canvas)
    size = QSize(max(1, round(canvas[0] * scale)), max(1, round(canvas[1] * scale)))
    mask = (rasterise(layer, canvas, (size.width(), size.height())) * 255).astype("uint8")
    alpha = QImage(mask.tobytes(), size.width(), size.height(), size.width(), QImage.Format.Format_Alpha8).copy()
    picture = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(QColor(layer.colour))
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(0, 0, alpha)
    painter.end()
    return QPixmap.fromImage(picture)
