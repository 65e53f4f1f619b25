"""Small fields that the panels share: they leave wheel and undo to those who should have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from zestdesk.document.settings import MAX_SEED

if TYPE_CHECKING:
    from zestdesk.ui.theme import Theme

__all__ = [
    "Choice",
    "Fold",
    "HintLabel",
    "Number",
    "SeedEdit",
    "SliderNumber",
    "WholeNumber",
    "caption",
    "clearable",
    "form",
    "form_row",
    "leaves_undo",
]

_UNDO = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def leaves_undo(event: QEvent) -> bool:
    """Return whether this is a text field's claim on undo or redo, which belong to the document here."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and any(event.matches(key) for key in _UNDO)
    )


class _UndoPassesBy(QObject):
    """Event filter for a line edit whose every change is an undo step of the document already."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if leaves_undo(event):
            event.ignore()
            return True
        return False


def _prepare(box: QAbstractSpinBox) -> None:
    # The style sheet gives the buttons no width; without buttons a styled box would give its text none (Qt 6.11).
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.lineEdit().setTextMargins(0, 0, 5, 0)  # padding in a style sheet does not reach it
    box.setKeyboardTracking(False)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.installEventFilter(_UndoPassesBy(box))


class Number(QDoubleSpinBox):
    """A number whose wheel works only while it has the focus, so that scrolling past changes nothing."""

    def __init__(self, low: float, high: float, step: float, decimals: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(decimals)
        self.setRange(low, high)
        self.setSingleStep(step)
        _prepare(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the value, or let the panel scroll."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class WholeNumber(QSpinBox):
    """A whole number; wheel as for :class:`Number`."""

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        _prepare(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the value, or let the panel scroll."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Choice(QComboBox):
    """A drop-down box; wheel as for :class:`Number`. Items carry their value as data.

    Signals:
        picked: (value) the user chose an item.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.activated.connect(lambda index: self.picked.emit(self.itemData(index)))

    def add(self, text: str, value: object, tip: str = "") -> None:
        """Add an item with its value, and what its tooltip in the list says."""
        self.addItem(text, value)
        if tip:
            self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)

    def show_value(self, value: object) -> None:
        """Show the item with this value; none when there is none."""
        found = next((row for row in range(self.count()) if self.itemData(row) == value), -1)
        self.setCurrentIndex(found)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the panel scroll."""
        event.ignore()


class SliderNumber(QWidget):
    """A slider and a number that show one value.

    Signals:
        edited: (float) the user changed it; not emitted by :meth:`show_value`.
    """

    edited = Signal(float)

    def __init__(
        self, low: float, high: float, step: float, decimals: int, *, reach: float | None = None, suffix: str = ""
    ) -> None:
        """Make one.

        Args:
            low: of slider and number.
            high: of the number.
            step: of both.
            decimals: that the number shows.
            reach: right end of the slider where that is below ``high``.
            suffix: behind the number.
        """
        super().__init__()
        self._step, self._quiet = step, False
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(round(low / step), round((reach or high) / step))
        self.slider.setMinimumWidth(60)
        self.slider.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]  # scrolling past it
        self.number = Number(low, high, step, decimals)
        self.number.setSuffix(suffix)
        self.number.setFixedWidth(66)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.slider, 1)
        row.addWidget(self.number)
        self.setFocusProxy(self.number)
        self.slider.valueChanged.connect(self._slid)
        self.number.valueChanged.connect(self._typed)

    @property
    def value(self) -> float:
        """What is shown."""
        return self.number.value()

    def show_value(self, value: float) -> None:
        """Show a value without a signal."""
        self._quiet = True
        self.number.setValue(value)
        self.slider.setValue(round(value / self._step))
        self._quiet = False

    def show_nothing(self, resting: float) -> None:
        """Show an empty number, where there is nothing whose value it could be.

        Args:
            resting: where the slider stands meanwhile.
        """
        self.show_value(resting)
        self.number.clear()

    def name(self, name: str, tip: str) -> None:
        """Set the accessible name and the tooltip of both parts."""
        for part in (self, self.slider, self.number):
            part.setAccessibleName(name)
            part.setToolTip(tip)

    def _slid(self, position: int) -> None:
        if not self._quiet:
            self.show_value(position * self._step)
            self.edited.emit(self.value)

    def _typed(self, value: float) -> None:
        if not self._quiet:
            self.show_value(value)
            self.edited.emit(value)


class _SeedValidator(QValidator):
    """Takes digits up to the largest seed."""

    def validate(self, text: str, at: int) -> object:
        """Return whether a text may stand in the field."""
        if not text:
            return QValidator.State.Intermediate, text, at
        sound = text.isascii() and text.isdigit() and len(text) <= len(str(MAX_SEED)) and int(text) <= MAX_SEED
        return QValidator.State.Acceptable if sound else QValidator.State.Invalid, text, at


class SeedEdit(QLineEdit):
    """A whole number up to 2**63 - 1, which is more than a spin box can hold.

    Signals:
        entered: (object) the number that was typed, an int.
    """

    entered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seed = 0
        self.setValidator(_SeedValidator(self))
        self.installEventFilter(_UndoPassesBy(self))
        self.editingFinished.connect(self._finish)

    def show_value(self, seed: int) -> None:
        """Show a seed without a signal."""
        self._seed = seed
        self.setText(str(seed))
        self.setCursorPosition(0)

    def _finish(self) -> None:
        seed = int(self.text() or 0)
        if seed != self._seed:
            self._seed = seed
            self.entered.emit(seed)
        self.setText(str(seed))


class HintLabel(QLabel):
    """One line that is cut with an ellipsis where it does not fit, and whole in its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._full = ""
        self.setMinimumWidth(40)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Show a text."""
        self._full = text
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, max(self.width() - 2, 0)))
        self.setToolTip(self._full if self.text() != self._full else "")


class Fold(QWidget):
    """A heading that shows or hides what is beneath it.

    Signals:
        toggled: (bool) it was opened or closed.
    """

    toggled = Signal(bool)

    def __init__(self, title: str, body: QWidget, theme: Theme, aside: QWidget | None = None) -> None:
        """Make one.

        Args:
            title: of the heading.
            body: beneath it.
            theme: colours the arrow.
            aside: at the right of the heading.
        """
        super().__init__()
        self.body, self._theme = body, theme
        self.button = QToolButton()
        self.button.setText(title)
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setStyleSheet("QToolButton { background: transparent; padding: 3px 4px 3px 0; }")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        heading = QHBoxLayout()
        heading.addWidget(self.button)
        heading.addStretch(1)
        if aside is not None:
            heading.addWidget(aside)
        column.addLayout(heading)
        column.addWidget(body)
        self.button.toggled.connect(self._toggle)
        self._toggle(opened=False)

    @property
    def opened(self) -> bool:
        """Whether the body is shown."""
        return self.button.isChecked()

    def open(self, opened: bool) -> None:  # noqa: FBT001 - like a Qt setter
        """Show or hide the body."""
        self.button.setChecked(opened)

    def _toggle(self, opened: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.body.setVisible(opened)
        self._theme.dress_icon(self.button, "chevron-down" if opened else "chevron-right")
        self.toggled.emit(opened)


def clearable(edit: QLineEdit) -> None:
    """Give a line edit a cross that empties it, with a name for those who hear the screen."""
    edit.setClearButtonEnabled(True)
    for button in edit.findChildren(QToolButton):
        button.setAccessibleName(QCoreApplication.translate("fields", "Clear"))


def caption(text: str, *, muted: bool = True) -> QLabel:
    """Return a label for a field or a hint."""
    label = QLabel(text)
    label.setProperty("muted", muted)
    return label


def form() -> QGridLayout:
    """Return a layout for :func:`form_row`: captions, and fields that are as wide as there is room."""
    grid = QGridLayout()
    grid.setContentsMargins(2, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, 78)
    grid.setColumnStretch(1, 1)
    return grid


def form_row(grid: QGridLayout, title: str, field: QWidget | QHBoxLayout) -> None:
    """Put a field below the others, with a caption unless that is empty."""
    row = grid.rowCount()
    if title:
        label = caption(title)
        label.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        grid.addWidget(label, row, 0)
    if isinstance(field, QWidget):
        grid.addWidget(field, row, 1)
    else:
        grid.addLayout(field, row, 1)
