"""Asks which shape a new project has: presets, or any size."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from zestdesk.document.settings import MAX_CANVAS
from zestdesk.guidance.checkpoints import BUNDLED, open_checkpoint, picture_size
from zestdesk.ui.dialogs import outcome
from zestdesk.ui.size_fields import SizeFields

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from zestdesk.guidance.checkpoints import Checkpoint
    from zestdesk.ui.theme import Theme

__all__ = ["NewDocumentDialog", "ask_new_canvas", "presets"]

_SHAPES: Final = ((1, 1), (3, 4), (4, 3), (2, 1), (1, 2))  # square, portrait, landscape, wide, tall
_SIDE: Final = 512  # of a square canvas: room to draw in, whatever the model makes of it

_KEY: Final = "new/canvas"


def _tr(text: str) -> str:
    return QCoreApplication.translate("NewDocument", text)


def _names() -> tuple[str, ...]:
    return _tr("Square"), _tr("Portrait"), _tr("Landscape"), _tr("Wide"), _tr("Tall")


def presets(model: Checkpoint) -> tuple[tuple[int, int], ...]:
    """Return canvases for a square, a portrait, a landscape, a wide and a tall picture.

    Each is a whole multiple of what the model makes of that shape, so that nothing is stretched.
    """
    pictures = [picture_size(model, (wide * _SIDE, high * _SIDE)) for wide, high in _SHAPES]
    times = max(1, round(_SIDE / math.sqrt(model.native_size[0] * model.native_size[1])))
    return tuple((wide * times, high * times) for wide, high in pictures)


async def ask_new_canvas(parent: QWidget, settings: QSettings, theme: Theme) -> tuple[int, int] | None:
    """Ask, beginning with what was chosen the last time; None when the question was cancelled."""
    dialog = NewDocumentDialog(parent, _remembered(settings), theme)
    if await outcome(dialog) != QDialog.DialogCode.Accepted.value:
        return None
    settings.setValue(_KEY, "{}x{}".format(*dialog.canvas))
    return dialog.canvas


def _remembered(settings: QSettings) -> tuple[int, int]:
    sides = str(settings.value(_KEY, "")).split("x")
    if len(sides) == 2 and all(side.isascii() and side.isdigit() and 1 <= int(side) <= MAX_CANVAS for side in sides):
        return int(sides[0]), int(sides[1])
    return _SIDE, _SIDE


class NewDocumentDialog(QDialog):
    """A row of shapes, the size in numbers, and what the model makes of it.

    Attributes:
        presets: the buttons, in the order of :func:`presets`; none is checked while the size is another one.
        size_fields: width and height.
        note: how large the picture will be.
    """

    def __init__(self, parent: QWidget, canvas: tuple[int, int], theme: Theme) -> None:
        super().__init__(parent)
        self.setWindowTitle(_tr("New project"))
        self.size_fields = SizeFields(canvas, theme)
        self._model = open_checkpoint(BUNDLED)  # new projects begin with it; it lies on the disk
        self.presets = [_Preset(name, size) for name, size in zip(_names(), presets(self._model), strict=True)]
        self._group = QButtonGroup(self)
        self.note = QLabel()
        self.note.setProperty("muted", True)
        self.note.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        row = QHBoxLayout()
        row.setSpacing(6)
        for preset in self.presets:
            self._group.addButton(preset)
            preset.clicked.connect(lambda _=False, preset=preset: self.size_fields.show_size(preset.canvas))
            row.addWidget(preset)
        column.addLayout(row)
        column.addWidget(self.size_fields)
        column.addWidget(self.note)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(_tr("&Create"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.size_fields.changed.connect(self._show)
        self._show()
        chosen = self._group.checkedButton()
        if chosen is not None:
            chosen.setFocus()
        else:
            self.size_fields.select()

    @property
    def canvas(self) -> tuple[int, int]:
        """The size that is chosen."""
        return self.size_fields.size_now

    def _show(self) -> None:
        """Mark the preset that has this size, and say what the model makes of it."""
        self._group.setExclusive(False)
        for preset in self.presets:
            preset.setChecked(preset.canvas == self.canvas)
        self._group.setExclusive(True)
        width, height = picture_size(self._model, self.canvas)
        text = _tr("The model in the box makes a picture of {width} × {height} pixels in this shape.")
        self.note.setText(text.format(width=width, height=height))


class _Preset(QToolButton):
    """A shape with its name and its size beneath."""

    def __init__(self, name: str, canvas: tuple[int, int]) -> None:
        super().__init__()
        self.canvas = canvas
        self._name = name
        self.setCheckable(True)
        self.setFixedSize(QSize(88, 96))
        self.setAccessibleName(f"{self._name}, {canvas[0]} × {canvas[1]}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape to scale, and both lines of text."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        ink = palette.color(QPalette.ColorRole.Accent if self.isChecked() else QPalette.ColorRole.Text)
        wide, high = (side * 36 / max(self.canvas) for side in self.canvas)
        shape = QRectF(round((self.width() - wide) / 2) + 0.5, round(32 - high / 2) + 0.5, round(wide), round(high))
        painter.setPen(QPen(ink, 1.5))
        painter.drawRoundedRect(shape, 2, 2)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, 56, self.width(), 18), middle, self._name)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        small = self.font()
        small.setPixelSize(11)
        painter.setFont(small)
        painter.drawText(QRectF(0, 73, self.width(), 16), middle, "{} × {}".format(*self.canvas))
