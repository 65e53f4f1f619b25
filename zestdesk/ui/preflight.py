"""What stands between a layout and a run: watched while it is edited, asked when it is to be generated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from zestdesk.document.checks import require_sound
from zestdesk.document.commands import ChangeLayers, SetPrompt
from zestdesk.document.layers import is_visible
from zestdesk.document.start import require_region
from zestdesk.errors import UserError
from zestdesk.guidance.tokens import require_texts_fit
from zestdesk.ui.advice import Fix, Hint, bound, hints
from zestdesk.ui.error_words import error_sentence

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from zestdesk.document.layout import Layout, LayoutState
    from zestdesk.session.model_words import ModelWords

__all__ = ["Preflight", "plain_message"]

_PAUSE: Final = 120
"""Milliseconds without an edit before everything is looked at again."""


def plain_message(error: UserError) -> str:
    """Return an error's sentence for people: which text it is about, but no place in a file."""
    names = {
        "prompt": QCoreApplication.translate("Preflight", "Prompt"),
        "negative_prompt": QCoreApplication.translate("Preflight", "Negative prompt"),
    }
    tells_itself = error.place not in names or not error.template.startswith("The text")
    said = error_sentence(error)
    return said if tells_itself else f"{names[error.place]}: {said}"


class Preflight(QObject):
    """Hints and the first hard error of the layout as it is.

    Attributes:
        hints: of the last look, by layer from the uppermost, then those about the prompt.
        by_layer: their sentences by the id of the layer; a new dictionary whenever they change.
        error: for which a run would be refused, or None.

    Signals:
        changed: hints or error are different now.
    """

    changed = Signal()

    def __init__(self, layout: Layout, undo: QUndoStack, words: ModelWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layout, self._undo, self.words = layout, undo, words
        self.hints: tuple[Hint, ...] = ()
        self.by_layer: dict[str, tuple[str, ...]] = {}
        self.error: UserError | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.look)
        layout.changed.connect(self._follow)
        words.changed.connect(self._pause.start)
        self.look()

    def _follow(self, _change: object) -> None:
        self._pause.start()

    def require(self, state: LayoutState) -> None:
        """Make sure that a picture can be asked for.

        Raises:
            UserError: for the first thing in the way.
        """
        require_sound(state)
        self._require_texts(state)

    def of(self, layer_id: str) -> tuple[str, ...]:
        """Return the sentences about a layer."""
        return self.by_layer.get(layer_id, ())

    def look(self) -> None:
        """Look now; done by itself a moment after the last edit."""
        state = self._layout.state
        found = hints(state, self.words.tokens, self.words.vocabulary)
        error = self._first_error(state, found)
        if found != self.hints or str(error) != str(self.error):
            self.hints, self.error = found, error
            self.by_layer = {}
            for hint in found:
                self.by_layer[hint.layer_id] = (*self.by_layer.get(hint.layer_id, ()), hint.text)
            self.changed.emit()

    def layer_of(self, error: UserError) -> str:
        """Return the id of the layer that an error is about; empty when it is about none."""
        place = re.match(r"layers\[(\d+)\]", error.place)
        layers = self._layout.state.layers
        return layers[int(place[1])].id if place and int(place[1]) < len(layers) else ""

    def apply(self, fix: Fix) -> None:
        """Mend something; one undo step."""
        before = self._layout.state
        after = fix.applied(before)
        changes = [new for old, new in zip(before.layers, after.layers, strict=True) if old.label != new.label]
        if not changes and after.prompt == before.prompt:
            return
        self._undo.beginMacro(fix.title)
        if changes:
            self._undo.push(ChangeLayers(self._layout, changes, fix.title))
        if after.prompt != before.prompt:
            self._undo.push(SetPrompt(self._layout, after.prompt, before.negative_prompt))
        self._undo.endMacro()
        self.look()

    def _first_error(self, state: LayoutState, found: tuple[Hint, ...]) -> UserError | None:
        """Return what a run would be refused for; the fine look is taken only where the coarse one found something."""
        try:
            if any(hint.stops for hint in found) or not (state.prompt.strip() or any(map(is_visible, state.layers))):
                require_sound(state)
            require_region(state.start, state.layers)
            self._require_texts(state)
        except UserError as error:
            return error
        return None

    def _require_texts(self, state: LayoutState) -> None:
        if self.words.tokens is not None:
            layers, composition = bound(state)
            labels = [layer.label for layer in layers]
            require_texts_fit(self.words.tokens, composition, labels, state.negative_prompt)
