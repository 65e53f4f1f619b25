"""The options of the guidance, folded away: how it steers, what it saves, how the attention is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from zestdesk.document.settings import Settings
from zestdesk.options import CHOICES, RANGES
from zestdesk.ui.fields import Choice, SliderNumber, caption, form, form_row
from zestdesk.ui.option_words import OptionWords, option_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zestdesk.ui.theme import Theme

__all__ = ["Changes", "GuidanceFields", "word_pull"]

_STEERING: Final = ("schedule", "gradient_norm", "refinements")
_SPEED: Final = ("guide_every", "cfg_until")
_READING: Final = ("loss", "maps", "best_maps", "softmax", "resampling")
_REACH: Final = {"refinements": 10, "guide_every": 10, "best_maps": 100}
"""Right ends of sliders; the numbers go further."""


def word_pull() -> SliderNumber:
    """Return the field for Paint-with-Words, which stands among the settings that everybody sees."""
    words = option_words()["pww"]
    field = SliderNumber(0, RANGES["pww"][1], 0.05, 2, reach=2)
    field.name(words.name, words.tip)
    return field


class Changes(QWidget):
    """Beside a fold's heading: how many of its settings are not at their defaults, and a button that resets them.

    Attributes:
        names: of the settings, among ``Settings.names()``.

    Signals:
        reset_wanted: the user pressed the button.
    """

    reset_wanted = Signal()

    def __init__(self, titles: dict[str, str], theme: Theme) -> None:
        """Make it.

        Args:
            titles: what people call each setting, by its name.
            theme: dresses the button.
        """
        super().__init__()
        self._titles, self.names = titles, tuple(titles)
        self._theme = theme
        self.count = QLabel()
        self.count.setProperty("changed", True)
        self.button = QToolButton()
        self.button.setObjectName("small")
        theme.dress_icon(self.button, "rotate-ccw")
        self.button.clicked.connect(self.reset_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.count)
        row.addWidget(self.button)

    def show_settings(self, settings: Settings) -> None:
        """Show how many differ from their defaults; nothing is seen when none does."""
        default = Settings()
        changed = [title for name, title in self._titles.items() if getattr(settings, name) != getattr(default, name)]
        self.setVisible(bool(changed))
        count = len(changed)
        self.count.setText(self.tr("1 changed") if count == 1 else self.tr("{count} changed").format(count=count))
        listed = ", ".join(changed)
        self.count.setToolTip(self.tr("Not at their defaults: {names}").format(names=listed))
        self.button.setToolTip(self.tr("Reset to the defaults: {names}").format(names=listed))
        self.button.setAccessibleName(self.button.toolTip())


class GuidanceFields(QWidget):
    """A field for every option but Paint-with-Words, under three headings.

    Attributes:
        fields: by the option's name.

    Signals:
        edited: (str, object) an option's name and the value that the user gave it.
    """

    edited = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._words = option_words()
        self.fields: dict[str, Choice | SliderNumber] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for title, names in (
            (self.tr("Steering"), _STEERING),
            (self.tr("Speed"), _SPEED),
            (self.tr("Reading the attention"), _READING),
        ):
            heading = caption(title, muted=False)
            heading.setProperty("strong", True)
            heading.setContentsMargins(2, 4, 0, 0)
            column.addWidget(heading)
            column.addLayout(self._section(names))

    def titles(self) -> dict[str, str]:
        """Return what people call the options that have a field here, by their names."""
        return {name: self._words[name].name for name in self.fields}

    def _section(self, names: Sequence[str]) -> QGridLayout:
        grid = form()
        for name in names:
            words = self._words[name]
            field = self._choice(name, words) if name in CHOICES else self._number(name, words)
            self.fields[name] = field
            form_row(grid, words.caption, field)
        return grid

    def _choice(self, name: str, words: OptionWords) -> Choice:
        choice = Choice()
        for value in CHOICES[name]:
            text, tip = words.choices[value]
            choice.add(text, value, tip)
        choice.setAccessibleName(words.name)
        choice.setToolTip(words.tip)
        choice.picked.connect(lambda value: self.edited.emit(name, value))
        return choice

    def _number(self, name: str, words: OptionWords) -> SliderNumber:
        if name == "cfg_until":
            share = SliderNumber(0, 100, 1, 0, suffix=self.tr(" %"))
            share.name(words.name, words.tip)
            share.edited.connect(lambda value: self.edited.emit(name, round(value / 100, 4)))
            return share
        low, high = RANGES[name]
        number = SliderNumber(low, high, 1, 0, reach=_REACH[name])
        # The lowest value of each is the one that does nothing.
        lowest = {"refinements": self.tr("off"), "guide_every": self.tr("step"), "best_maps": self.tr("all")}
        number.number.setSpecialValueText(lowest[name])
        number.name(words.name, words.tip)
        number.edited.connect(lambda value: self.edited.emit(name, round(value)))
        return number

    def show_settings(self, settings: Settings) -> None:
        """Show every option without a signal."""
        for name, field in self.fields.items():
            value = getattr(settings, name)
            field.show_value(100 * value if name == "cfg_until" else value)
