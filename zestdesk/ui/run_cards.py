"""Cards of pictures, finished or in the making: a small picture, the seed, and how well it fits."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from zestdesk.ui.fit import fit_colour, fit_figure

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QObject

    from zestdesk.guidance.request import Picture
    from zestdesk.ui.theme import Theme

__all__ = ["CARD", "CardDelegate", "CardRole", "card_list", "card_picture"]

Index = QModelIndex | QPersistentModelIndex

CARD: Final = QSize(100, 128)
"""Room of a card."""

_THUMB: Final = 88


class CardRole(IntEnum):
    """What a card is asked for, beside the texts."""

    RUN = Qt.ItemDataRole.UserRole + 1
    PICTURE = Qt.ItemDataRole.UserRole + 2
    """QPixmap, null where there is none yet."""
    SEED = Qt.ItemDataRole.UserRole + 3
    FIT = Qt.ItemDataRole.UserRole + 4
    """Mean fit, or None."""
    PROGRESS = Qt.ItemDataRole.UserRole + 5
    """Share of the steps that are taken, or None where it is finished."""


def card_picture(picture: Picture) -> QPixmap:
    """Return a picture at the size of cards, fine enough for screens of twice the density."""
    height, width, _ = picture.shape
    image = QImage(picture.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    # The bytes are copied by scaling; the array outlives that.
    return QPixmap.fromImage(image.scaled(2 * _THUMB, 2 * _THUMB, keep, smooth).copy())


def card_list(model: QAbstractItemModel, theme: Theme) -> QListView:
    """Return a list that shows cards in one row."""
    cards = QListView()
    cards.setModel(model)
    cards.setItemDelegate(CardDelegate(theme, cards))
    cards.setFlow(QListView.Flow.LeftToRight)
    cards.setWrapping(False)
    cards.setUniformItemSizes(True)
    cards.setSpacing(2)
    cards.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    cards.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    cards.setMouseTracking(True)
    theme.changed.connect(cards.viewport().update)
    return cards


class CardDelegate(QStyledItemDelegate):
    """Draws a card."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw picture, seed and fit, and over the picture's lower edge how far it is."""
        tokens, picture = self._theme.tokens, index.data(CardRole.PICTURE)
        state, card = option.state, QRectF(option.rect).adjusted(1, 1, -1, -1)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selection if selected else tokens.hover))
            painter.drawRoundedRect(card, 6, 6)
        room = QRectF(card.left() + 5, card.top() + 5, _THUMB, _THUMB)
        area = self._picture(painter, room, picture)
        clip = QPainterPath()
        clip.addRoundedRect(area, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.accent_text if selected else tokens.line), 1.5 if selected else 1))
        painter.drawPath(clip)
        progress = index.data(CardRole.PROGRESS)
        if progress is not None:
            self._progress(painter, area, progress)
        self._words(painter, QRect(round(room.left()), round(room.bottom()) + 5, _THUMB, 24), option, index)
        painter.restore()

    def _picture(self, painter: QPainter, room: QRectF, picture: QPixmap) -> QRectF:
        """Draw the picture, or the place for one; return where."""
        if picture.isNull():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.tokens.hover))
            painter.drawRoundedRect(room, 4, 4)
            return room
        size = picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        area = QRectF(0, 0, size.width(), size.height())
        area.moveCenter(room.center())
        clip = QPainterPath()
        clip.addRoundedRect(area, 4, 4)
        painter.save()
        painter.setClipPath(clip)
        painter.drawPixmap(area, picture, QRectF(picture.rect()))
        painter.restore()
        return area

    def _progress(self, painter: QPainter, area: QRectF, progress: float) -> None:
        bar = QRectF(area.left() + 5, area.bottom() - 10, area.width() - 10, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        shade = QColor(0, 0, 0, 120)  # whatever the picture's colours are
        painter.setBrush(shade)
        painter.drawRoundedRect(bar, 2.5, 2.5)
        done = QRectF(bar)
        done.setWidth(max(bar.width() * min(max(progress, 0.0), 1.0), 5))
        painter.setBrush(QColor(self._theme.tokens.accent))
        painter.drawRoundedRect(done, 2.5, 2.5)

    def _words(self, painter: QPainter, place: QRect, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, fit = self._theme.tokens, index.data(CardRole.FIT)
        font = QFont(option.font)
        font.setPointSizeF(option.font.pointSizeF() * 0.9)
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignVCenter
        figure = ""
        if fit is not None:
            figure = fit_figure(fit)
            painter.setPen(QColor(fit_colour(fit, tokens)))
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | flags, figure)
        room = place.width() - painter.fontMetrics().horizontalAdvance(figure) - 8
        text = self.tr("# {seed}").format(seed=index.data(CardRole.SEED))
        seed = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | flags, seed)
