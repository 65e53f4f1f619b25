"""Beside the Generate button: how many hints there are, which ones, and what a run would be refused for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu, QToolButton

from zestdesk.document.settings import Settings
from zestdesk.ui.preflight import plain_message

if TYPE_CHECKING:
    from zestdesk.document.layout import Layout
    from zestdesk.errors import UserError
    from zestdesk.ui.advice import Fix, Hint
    from zestdesk.ui.preflight import Preflight
    from zestdesk.ui.theme import Theme

__all__ = ["PreflightBar"]

_MOST: Final = 20
"""Hints that are listed; beyond, the list says how many there are."""

_LONGEST: Final = 60  # characters of a label in the list


class PreflightBar(QObject):
    """A chip that lists the hints, and a line with the first error.

    Attributes:
        chip: the button; hidden when there is nothing to say.
        line: the error; hidden when there is none.

    Signals:
        layer_wanted: (str) the user chose a hint about this layer.
        prompt_wanted: the user chose a hint about the prompt.
        setting_wanted: (str) the user chose a hint about this setting, one of ``Settings.names()``.
    """

    layer_wanted = Signal(str)
    prompt_wanted = Signal()
    setting_wanted = Signal(str)

    def __init__(self, layout: Layout, preflight: Preflight, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._preflight, self._theme = layout, preflight, theme
        self._refused = ""
        self.chip, self.line = QToolButton(), QLabel()
        self.chip.setObjectName("chip")
        self.chip.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.chip.setIconSize(QSize(14, 14))
        self.chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._menu = QMenu(self.chip)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._fill)
        self.chip.setMenu(self._menu)
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        self.line.setWordWrap(True)
        preflight.changed.connect(self._show)
        theme.changed.connect(self._show)
        self._show()

    def refuse(self, error: UserError) -> None:
        """Say in place why a picture was not begun; it stands out until it no longer holds."""
        self._preflight.look()
        self._refused = plain_message(error)
        self._show()
        self._want(self._preflight.layer_of(error), error.place)

    def _want(self, layer_id: str, place: str) -> None:
        if layer_id:
            self.layer_wanted.emit(layer_id)
        elif place in {"prompt", "negative_prompt", "label"}:
            self.prompt_wanted.emit()
        elif place in Settings.names():
            self.setting_wanted.emit(place)

    def _show(self) -> None:
        error, count = self._preflight.error, len(self._preflight.hints)
        sentence = plain_message(error) if error else ""
        if sentence != self._refused:
            self._refused = ""
        self.line.setText(sentence)
        self.line.setVisible(bool(sentence))
        for name, value in (("error", bool(self._refused)), ("muted", not self._refused)):
            self.line.setProperty(name, value)
        self.line.style().polish(self.line)
        self.chip.setVisible(count > 0)
        self._theme.dress_icon(self.chip, "circle-alert" if error else "lightbulb")
        text = self.tr("1 hint") if count == 1 else self.tr("{count} hints").format(count=count)
        self.chip.setText(f" {text}")
        self.chip.setAccessibleName(text)
        self.chip.setToolTip(self.tr("What may keep the picture from following the layout; click for the list."))

    def _fill(self) -> None:
        self._menu.clear()
        for hint in self._preflight.hints[:_MOST]:
            action = self._menu.addAction(self._sentence(hint).replace("&", "&&"))
            action.triggered.connect(partial(self._chosen, hint))
            if hint.fix is not None:
                fix = self._menu.addAction("      → " + hint.fix.title.replace("&", "&&"))
                fix.triggered.connect(partial(self._mend, hint.fix))
        more = len(self._preflight.hints) - _MOST
        if more > 0:
            self._menu.addAction(self.tr("and {count} more").format(count=more)).setEnabled(False)

    def _sentence(self, hint: Hint) -> str:
        layer = next((layer for layer in self._document.state.layers if layer.id == hint.layer_id), None)
        if hint.setting:
            return self.tr("Settings: {text}").replace("{text}", hint.text)
        if layer is None:
            return self.tr("Prompt: {text}").replace("{text}", hint.text)
        label = " ".join(layer.label.split())[:_LONGEST] or self.tr("Unnamed layer")
        return f"{label}: {hint.text}"

    def _chosen(self, hint: Hint, *_: object) -> None:
        self._want(hint.layer_id, hint.setting or "prompt")

    def _mend(self, fix: Fix, *_: object) -> None:
        self._preflight.apply(fix)
