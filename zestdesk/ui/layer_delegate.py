"""How layers and groups look in the panel: eye, thumbnail, colour, label, lock, fit and advice in one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from zestdesk.document.layers import Group, Layer, guides_throughout, is_visible
from zestdesk.ui.fit import fit_colour, fit_figure, fit_word
from zestdesk.ui.label_editor import LabelEditor
from zestdesk.ui.layer_model import Role
from zestdesk.ui.layer_words import span_figure
from zestdesk.ui.thumbnails import Thumbnails

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

    from zestdesk.document.layout import Layout
    from zestdesk.ui.theme import Theme

__all__ = ["LayerDelegate"]

Index = QModelIndex | QPersistentModelIndex

_ROW: Final = 56
_GROUP_ROW: Final = 36
_ADVICE: Final = 17  # what a line of advice adds
_ICON: Final = 16
_THUMB: Final = 40
_READ: Final = 300  # characters of a label that are looked at to cut it to its place
_PARTS: Final = ("eye", "fold", "lock", "colour")


class LayerDelegate(QStyledItemDelegate):
    """Draws rows and makes the label's editor.

    Attributes:
        phrases: what to offer while a label is typed; set it before an editor opens.
        holding: ids of groups of which some layers are selected, and not all.
        folded: ids of groups whose layers are not shown.

    Signals:
        ended: a label is not edited any more, however that came: entered, given up, or its row is gone.
    """

    ended = Signal()

    def __init__(self, layout: Layout, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._theme = layout, theme
        self._thumbnails = Thumbnails(_THUMB)
        self.phrases: tuple[str, ...] = ()
        self.holding: frozenset[str] = frozenset()
        self.folded: frozenset[str] = frozenset()

    def part_at(self, row: QRect, position: QPointF, index: Index) -> str:
        """Return which part of a row lies there: ``"eye"``, ``"fold"``, ``"lock"``, ``"colour"``, or empty."""
        for name, place in self.places(row, index).items():
            if name in _PARTS and place.adjusted(-4, -8, 4, 8).contains(position.toPoint()):
                return name
        return ""

    def places(self, row: QRect, index: Index) -> dict[str, QRect]:
        """Return where each part of a row is: ``eye``, ``label``, ``lock``, ``colour``, ``fit`` and so on.

        Args:
            row: of the view, in its pixels.
            index: of the row: groups have other parts than layers.
        """
        left, right = row.left() + 8, row.right() - 8
        if isinstance(index.data(Role.ITEM), Group):
            centre = row.top() + _GROUP_ROW // 2
            text = left + 3 * (_ICON + 8)
            return {
                "eye": QRect(left, centre - _ICON // 2, _ICON, _ICON),
                "fold": QRect(left + _ICON + 8, centre - _ICON // 2, _ICON, _ICON),
                "folder": QRect(left + 2 * (_ICON + 8) - 3, centre - _ICON // 2, _ICON, _ICON),
                "label": QRect(text, centre - 11, right - text - _ICON - 8, 22),
                "lock": QRect(right - _ICON, centre - _ICON // 2, _ICON, _ICON),
            }
        top = row.top()
        centre = top + _ROW // 2
        thumbnail = QRect(left + _ICON + 8, centre - _THUMB // 2, _THUMB, _THUMB)
        text = thumbnail.right() + 11
        return {
            "eye": QRect(left, centre - _ICON // 2, _ICON, _ICON),
            "thumbnail": thumbnail,
            "colour": QRect(text, top + 13, 11, 11),
            "label": QRect(text + 18, top + 8, right - text - 18 - _ICON - 8, 21),
            "lock": QRect(right - _ICON, top + 11, _ICON, _ICON),
            "fit": QRect(text, top + 30, right - text, 18),
            "advice": QRect(text, top + _ROW - 6, right - text, _ADVICE),
        }

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's size; advice takes a line of its own."""
        if isinstance(index.data(Role.ITEM), Group):
            return QSize(160, _GROUP_ROW)
        return QSize(160, _ROW + (_ADVICE if index.data(Role.ADVICE) else 0))

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        item: Layer | Group | None = index.data(Role.ITEM)
        if item is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._card(painter, option)
        places = self.places(option.rect, index)
        shown = item.visible if isinstance(item, Group) else is_visible(item)
        if item.visible and not shown:
            painter.setOpacity(0.45)  # its own eye is open, but its group's is not
        self._icon(painter, places["eye"], "eye" if item.visible else "eye-off", strong=item.visible)
        painter.setOpacity(1.0)
        if item.locked or option.state & QStyle.StateFlag.State_MouseOver:
            self._icon(painter, places["lock"], "lock" if item.locked else "lock-open", strong=item.locked)
        if isinstance(item, Group):
            self._paint_group(painter, places, option, item, index.data(Role.COUNT))
        else:
            painter.setOpacity(1.0 if shown else 0.5)
            self._thumbnail(painter, places["thumbnail"], item)
            self._swatch(painter, places["colour"], item)
            painter.setOpacity(1.0)
            self._label(painter, places["label"], option, item)
            self._fit(painter, places["fit"], option, index)
            self._advice(painter, places["advice"], option, index)
        painter.restore()

    def _card(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        tokens, state = self._theme.tokens, option.state
        ground = tokens.panel
        if state & QStyle.StateFlag.State_Selected:
            ground = tokens.selection
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = tokens.hover
        card = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(card, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.accent_text), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_group(
        self, painter: QPainter, places: dict[str, QRect], option: QStyleOptionViewItem, group: Group, count: int
    ) -> None:
        tokens = self._theme.tokens
        folded = group.id in self.folded
        self._icon(painter, places["fold"], "chevron-right" if folded else "chevron-down", strong=True)
        self._icon(painter, places["folder"], "folder" if folded else "folder-open", strong=False)
        if group.id in self.holding:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_text))
            painter.drawEllipse(QRectF(places["folder"].right() - 3, places["folder"].top() - 1, 6, 6))
        place = self._note(painter, places["label"], option, str(count))
        self._words(painter, place, option.font, group.name, self.tr("Unnamed group"), shown=group.visible)

    def _icon(self, painter: QPainter, place: QRect, name: str, *, strong: bool) -> None:
        tokens = self._theme.tokens
        colour = tokens.text if strong else tokens.muted
        painter.drawPixmap(place.topLeft(), self._theme.pixmap(name, place.size(), colour, _ratio(painter)))

    def _thumbnail(self, painter: QPainter, place: QRect, layer: Layer) -> None:
        tokens = self._theme.tokens
        picture = self._thumbnails.picture(layer, self._document.state.canvas, _ratio(painter))
        area = QRectF(QPointF(), picture.deviceIndependentSize())
        centre = place.center() - area.center().toPoint()
        area.moveTopLeft(QPointF(centre))
        clip = QPainterPath()
        clip.addRoundedRect(area, 4, 4)
        painter.fillPath(clip, QColor(tokens.field))
        painter.save()
        painter.setClipPath(clip)
        painter.drawPixmap(area.topLeft(), picture)
        painter.restore()
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(clip)

    def _swatch(self, painter: QPainter, place: QRect, layer: Layer) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(layer.colour))
        painter.drawEllipse(QRectF(place))

    def _label(self, painter: QPainter, place: QRect, option: QStyleOptionViewItem, layer: Layer) -> None:
        if not guides_throughout(layer):
            place = self._note(painter, place, option, span_figure(layer))
        if layer.weight != 1:
            place = self._note(painter, place, option, f"× {layer.weight:g}")
        self._words(
            painter, place, option.font, layer.label, self.tr("What shall appear here?"), shown=is_visible(layer)
        )

    def _note(self, painter: QPainter, place: QRect, option: QStyleOptionViewItem, text: str) -> QRect:
        """Write a small figure at the right end of a place, and return what is left of the place."""
        painter.setFont(_smaller(option.font, 0.9))
        painter.setPen(QColor(self._theme.tokens.muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        return place.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(text) - 6, 0)

    def _words(self, painter: QPainter, place: QRect, font: QFont, text: str, placeholder: str, *, shown: bool) -> None:
        tokens, font = self._theme.tokens, QFont(font)
        if text:
            font.setWeight(QFont.Weight.DemiBold)
        else:
            font.setItalic(True)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text if text and shown else tokens.muted))
        _elided(painter, place, text or placeholder)

    def _fit(self, painter: QPainter, place: QRect, option: QStyleOptionViewItem, index: Index) -> None:
        known: tuple[float, bool] | None = index.data(Role.FIT)
        tokens = self._theme.tokens
        painter.setFont(_smaller(option.font, 0.9))
        layer: Layer = index.data(Role.ITEM)
        if known is None:
            painter.setPen(QColor(tokens.muted))
            hidden = self.tr("hidden") if not layer.visible else self.tr("hidden with its group")
            _elided(painter, place, self.tr("not generated yet") if is_visible(layer) else hidden)
            return
        fit, holds = known
        colour = QColor(fit_colour(fit, tokens) if holds else tokens.muted)
        text = f"{fit_figure(fit)} · {fit_word(fit)}"
        wide = painter.fontMetrics().horizontalAdvance(f"{fit_figure(1.0)} · {fit_word(1.0)}") + 10
        bar = QRectF(place.left(), place.center().y() - 2, max(place.width() - wide, 20), 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line if holds else tokens.hover))
        painter.drawRoundedRect(bar, 2.5, 2.5)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(bar.width() * fit, 5.0), bar.height()), 2.5, 2.5)
        painter.setPen(colour)
        words = QRect(round(bar.right()) + 10, place.top(), place.right() - round(bar.right()) - 9, place.height())
        _elided(painter, words, text)

    def _advice(self, painter: QPainter, place: QRect, option: QStyleOptionViewItem, index: Index) -> None:
        hints: tuple[str, ...] = index.data(Role.ADVICE)
        if not hints:
            return
        tokens = self._theme.tokens
        painter.setFont(_smaller(option.font, 0.85))
        icon = self._theme.pixmap("lightbulb", QSize(12, 12), tokens.fair, _ratio(painter))
        painter.drawPixmap(QPointF(place.left(), place.center().y() - 6), icon)
        painter.setPen(QColor(tokens.muted))
        _elided(painter, place.adjusted(17, 0, 0, 0), " ".join(hints))

    # The label's editor

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Make a line for the label, with completion, or for a group's name."""
        is_group = isinstance(index.data(Role.ITEM), Group)
        editor = LabelEditor(() if is_group else self.phrases, parent)
        editor.setPlaceholderText(self.tr("Name of the group") if is_group else self.tr("What shall appear here?"))
        editor.setAccessibleName(self.tr("Name of the group") if is_group else self.tr("Label"))
        editor.accepted.connect(lambda: self.finish(editor))
        return editor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the label over as soon as Return is pressed: Qt does it later, and who saves or undoes may be faster."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if isinstance(event, QKeyEvent) and pressed and isinstance(watched, LabelEditor):
            if watched.takes(event):
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.finish(watched)
                return True
        return super().eventFilter(watched, event)

    def finish(self, editor: QWidget) -> None:
        """Take the label over and end the editing."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the label in its editor."""
        if isinstance(editor, LabelEditor):
            editor.show_label(index.data(Qt.ItemDataRole.EditRole))

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Let an editor go."""
        super().destroyEditor(editor, index)
        self.ended.emit()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take the label over."""
        if isinstance(editor, LabelEditor):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Put the editor where the label stands."""
        label = self.places(option.rect, index)["label"]
        editor.setGeometry(label.left() - 4, label.center().y() - 13, option.rect.right() - label.left() - 2, 27)


def _ratio(painter: QPainter) -> float:
    return painter.device().devicePixelRatio()


def _smaller(font: QFont, share: float) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * share)
    return small


def _elided(painter: QPainter, place: QRect, text: str) -> None:
    line = " ".join(text[:_READ].split())
    shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
