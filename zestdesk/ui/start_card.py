"""The picture to begin with, in the Generate panel: what it is, where it is redrawn, and how much."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QToolButton, QWidget

from zestdesk.document.layers import is_visible
from zestdesk.document.start_commands import SetStart
from zestdesk.ui.fields import HintLabel, SliderNumber, caption

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QUndoStack

    from zestdesk.document.layout import Layout
    from zestdesk.document.start import StartPicture
    from zestdesk.ui.actions import Actions
    from zestdesk.ui.theme import Theme

__all__ = ["StartCard"]

_THUMB: Final = 56


class _Thumbnail(QWidget):
    """A small picture with round corners."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._key = theme, 0
        self._picture = QPixmap()
        self.setFixedSize(_THUMB, _THUMB)
        self.setAccessibleName(self.tr("Starting picture"))

    def show_image(self, image: QImage) -> None:
        """Show an image."""
        if image.cacheKey() == self._key:
            return
        self._key = image.cacheKey()
        side = round(_THUMB * self.devicePixelRatioF())
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        self._picture = QPixmap.fromImage(image.scaled(side, side, keep, smooth))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the middle."""
        if self._picture.isNull():
            return
        size = self._picture.size().scaled(QSize(_THUMB - 2, _THUMB - 2), Qt.AspectRatioMode.KeepAspectRatio)
        area = QRectF(0, 0, size.width(), size.height())
        area.moveCenter(QRectF(self.rect()).center())
        outline = QPainterPath()
        outline.addRoundedRect(area, 4, 4)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipPath(outline)
        painter.drawPixmap(area, self._picture, QRectF(self._picture.rect()))
        painter.setClipping(False)
        painter.setPen(QPen(QColor(self._theme.tokens.line), 1))
        painter.drawPath(outline)


class StartCard(QFrame):
    """Shown only while the layout begins with a picture; each change is an undo step."""

    def __init__(self, layout: Layout, undo: QUndoStack, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._document, self._undo = layout, undo
        self.thumbnail = _Thumbnail(theme)
        self.title = QLabel(self.tr("Starts from a picture"))
        self.where = HintLabel()
        self.where.setProperty("muted", True)
        self.clear = QToolButton()
        self.clear.setDefaultAction(actions.clear_start)
        self.strength = SliderNumber(1, 100, 1, 0, suffix=" %")
        self.strength.name(
            self.tr("Redrawn"),
            self.tr("How much of it is made anew: little stays close to it, 100 % begins from noise."),
        )
        self.strength.edited.connect(self._slid)
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 6, 4, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        grid.addWidget(self.thumbnail, 0, 0, 3, 1)
        grid.addWidget(self.title, 0, 1, 1, 2)
        grid.addWidget(self.clear, 0, 3, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.where, 1, 1, 1, 3)
        grid.addWidget(caption(self.tr("Redrawn")), 2, 1)
        grid.addWidget(self.strength, 2, 2, 1, 2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.thumbnail.update)
        layout.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        start = self._document.state.start
        self.setVisible(start is not None)
        if start is None:
            return
        self.thumbnail.show_image(start.image)
        self.strength.show_value(100 * start.strength)
        self.where.show_text(self._where(start))

    def _where(self, start: StartPicture) -> str:
        if not start.layer_ids:
            return self.tr("All of it is redrawn.")
        layers = [layer for layer in self._document.state.layers if layer.id in start.layer_ids and is_visible(layer)]
        if not layers:
            return self.tr("Its layers are gone or hidden.")
        names = ", ".join(layer.label.strip() or self.tr("no label") for layer in layers)
        return self.tr("Only in the place of: {names}").format(names=names)

    def _slid(self, value: float) -> None:
        start = self._document.state.start
        if start is not None and start.strength != round(value / 100, 4):
            self._undo.push(SetStart(self._document, replace(start, strength=round(value / 100, 4)), merge=True))
