"""How a layer looks in the panel: eye, thumbnail, colour, label, fit and advice in one row."""

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
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from zestdesk.ui.fit import fit_colour, fit_figure, fit_word
from zestdesk.ui.layer_model import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QAbstractItemModel

    from zestdesk.document.layers import Layer
    from zestdesk.ui.theme import Theme

__all__ = ["LayerDelegate"]

Index = QModelIndex | QPersistentModelIndex

_ROW: Final = 56
_ADVICE: Final = 17  # what a line of advice adds
_ICON: Final = 16
_THUMB: Final = 40


class _ReturnKey(QObject):
    """Takes Return from the completion's list, which would keep it from the view.

    A Return that reaches the editor itself is the view's, whether the list is open or not. The entry that is chosen in
    the list stands in the editor already.
    """

    def __init__(self, completer: QCompleter, pressed: Callable[[], None]) -> None:
        super().__init__(completer)
        self._pressed = pressed

    def eventFilter(self, popup: QObject, event: QEvent) -> bool:
        """Hide the list and say that Return was pressed there."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or not isinstance(popup, QWidget):
            return False
        popup.hide()
        self._pressed()
        return True


class LayerDelegate(QStyledItemDelegate):
    """Draws rows and makes the label's editor.

    Attributes:
        phrases: what to offer while a label is typed; set it before an editor opens.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.phrases: tuple[str, ...] = ()

    def part_at(self, row: QRect, position: QPointF) -> str:
        """Return which part of a row lies there: ``"eye"``, ``"lock"``, ``"colour"``, or empty."""
        for name, place in self._places(row).items():
            if name in {"eye", "lock", "colour"} and place.adjusted(-5, -8, 5, 8).contains(position.toPoint()):
                return name
        return ""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's size; advice takes a line of its own."""
        return QSize(160, _ROW + (_ADVICE if index.data(Role.ADVICE) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        tokens, layer = self._theme.tokens, index.data(Role.LAYER)
        places = self._places(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = option.state
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
        self._icon(painter, places["eye"], "eye" if layer.visible else "eye-off", strong=layer.visible)
        if layer.locked or state & QStyle.StateFlag.State_MouseOver:
            self._icon(painter, places["lock"], "lock" if layer.locked else "lock-open", strong=layer.locked)
        if not layer.visible:
            painter.setOpacity(0.5)
        self._thumbnail(painter, places["thumbnail"], index)
        self._swatch(painter, places["colour"], layer)
        self._label(painter, places["label"], option, layer)
        painter.setOpacity(1.0)
        self._fit(painter, places["fit"], option, index)
        self._advice(painter, places["advice"], option, index)
        painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """Make a line for the label, with completion."""
        editor = QLineEdit(parent)
        editor.setMaxLength(200)
        editor.setPlaceholderText(self.tr("What shall appear here?"))
        editor.setAccessibleName(self.tr("Label"))
        completer = QCompleter(editor)
        completer.setModel(QStringListModel(list(self.phrases), completer))
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(8)
        popup = completer.popup()
        if popup is not None:
            popup.setObjectName("phrases")
            popup.installEventFilter(_ReturnKey(completer, lambda: self._finish(editor)))
        editor.setCompleter(completer)
        return editor

    def _finish(self, editor: QLineEdit) -> None:
        """Take the label over and end the editing."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the label in its editor."""
        if isinstance(editor, QLineEdit):
            editor.setText(index.data(Qt.ItemDataRole.EditRole))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take the label over."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Put the editor where the label stands."""
        label = self._places(option.rect)["label"]
        editor.setGeometry(label.left() - 4, label.center().y() - 13, option.rect.right() - label.left() - 2, 27)

    def _places(self, row: QRect) -> dict[str, QRect]:
        """Return where each part of a row is."""
        top, left, right = row.top(), row.left() + 8, row.right() - 8
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

    def _icon(self, painter: QPainter, place: QRect, name: str, *, strong: bool) -> None:
        tokens = self._theme.tokens
        ratio = painter.device().devicePixelRatio()
        colour = tokens.text if strong else tokens.muted
        painter.drawPixmap(place.topLeft(), self._theme.pixmap(name, place.size(), colour, ratio))

    def _thumbnail(self, painter: QPainter, place: QRect, index: Index) -> None:
        tokens, picture = self._theme.tokens, index.data(Role.THUMBNAIL)
        size = picture.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        area = QRectF(0, 0, size.width(), size.height())
        area.moveCenter(QRectF(place).center())
        clip = QPainterPath()
        clip.addRoundedRect(area, 4, 4)
        painter.fillPath(clip, QColor(tokens.field))
        painter.save()
        painter.setClipPath(clip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(area, picture, QRectF(picture.rect()))
        painter.restore()
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(clip)

    def _swatch(self, painter: QPainter, place: QRect, layer: Layer) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(layer.colour))
        painter.drawEllipse(QRectF(place))

    def _label(self, painter: QPainter, place: QRect, option: QStyleOptionViewItem, layer: Layer) -> None:
        tokens, font = self._theme.tokens, QFont(option.font)
        text, colour = layer.label, tokens.text
        if text:
            font.setWeight(QFont.Weight.DemiBold)
        else:
            text, colour = self.tr("What shall appear here?"), tokens.muted
            font.setItalic(True)
        if layer.weight != 1:
            figure = f"× {layer.weight:g}"
            small = QFont(option.font)
            small.setPointSizeF(option.font.pointSizeF() * 0.9)
            painter.setFont(small)
            painter.setPen(QColor(tokens.muted))
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure)
            place = place.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(figure) - 6, 0)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        self._elided(painter, place, text)

    def _fit(self, painter: QPainter, place: QRect, option: QStyleOptionViewItem, index: Index) -> None:
        known: tuple[float, bool] | None = index.data(Role.FIT)
        tokens = self._theme.tokens
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.9)
        painter.setFont(small)
        layer: Layer = index.data(Role.LAYER)
        if known is None:
            painter.setPen(QColor(tokens.muted))
            self._elided(painter, place, self.tr("not generated yet") if layer.visible else self.tr("hidden"))
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
        self._elided(painter, words, text)

    def _advice(self, painter: QPainter, place: QRect, option: QStyleOptionViewItem, index: Index) -> None:
        hints: tuple[str, ...] = index.data(Role.ADVICE)
        if not hints:
            return
        tokens, small = self._theme.tokens, QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.85)
        painter.setFont(small)
        ratio = painter.device().devicePixelRatio()
        icon = self._theme.pixmap("lightbulb", QSize(12, 12), tokens.fair, ratio)
        painter.drawPixmap(QPointF(place.left(), place.center().y() - 6), icon)
        painter.setPen(QColor(tokens.muted))
        self._elided(painter, place.adjusted(17, 0, 0, 0), " ".join(hints))

    @staticmethod
    def _elided(painter: QPainter, place: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
