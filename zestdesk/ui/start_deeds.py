"""A finished picture as the start of the next ones, as a whole or only where some layers are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zestdesk.document.commands import SetSettings
from zestdesk.document.layers import is_visible
from zestdesk.document.start import StartPicture, picture_image
from zestdesk.document.start_commands import SetStart
from zestdesk.guidance.request import following_seeds

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QUndoStack

    from zestdesk.document.layout import Layout
    from zestdesk.files.project import Run
    from zestdesk.ui.actions import Actions
    from zestdesk.ui.selection import Selection

__all__ = ["StartDeeds"]


class StartDeeds(QObject):
    """What the Generate menu does with the picture to begin with; each deed is one undo step.

    Signals:
        hinted: (str) what was done or why nothing was, for the status bar.
    """

    hinted = Signal(str)

    def __init__(
        self, layout: Layout, undo: QUndoStack, selection: Selection, chosen: Callable[[], Run | None], parent: QObject
    ) -> None:
        """Make one.

        Args:
            layout: which begins with a picture.
            undo: takes the steps.
            selection: of layers.
            chosen: returns the run whose picture is meant.
            parent: owner.
        """
        super().__init__(parent)
        self._document, self._undo, self._selection, self._chosen = layout, undo, selection, chosen

    def connect_actions(self, actions: Actions) -> None:
        """Give the actions their deeds; the one that removes is enabled while there is something to remove."""
        actions.connect_deeds(
            {"use_as_start": self.use, "redraw_layers": self.redraw_layers, "clear_start": self.clear}
        )
        remove = actions.clear_start
        self._document.changed.connect(lambda _change: remove.setEnabled(self._document.state.start is not None))
        remove.setEnabled(self._document.state.start is not None)

    def use(self) -> None:
        """Begin the next runs with the chosen picture."""
        run = self._chosen()
        if run is None:
            self.hinted.emit(self.tr("There is no picture to start from yet: generate one first."))
            return
        self._undo.push(SetStart(self._document, StartPicture(image=picture_image(run.result.picture))))
        self.hinted.emit(self.tr("The next pictures start from this one; set how much is redrawn above the seed."))

    def redraw_layers(self) -> None:
        """Keep the chosen picture but for the place of the selected layers, which is redrawn from noise.

        A run with the seed of that picture would draw the same there again: it takes the next one.
        """
        run, layers = self._chosen(), [layer for layer in self._selection.layers if is_visible(layer)]
        if run is None:
            self.hinted.emit(self.tr("There is no picture to redraw yet: generate one first."))
            return
        if not layers:
            self.hinted.emit(self.tr("The selected layers are hidden: show them first, or select others."))
            return
        settings = self._document.state.settings
        ids = tuple(layer.id for layer in layers)
        start = StartPicture(image=picture_image(run.result.picture), strength=1.0, layer_ids=ids)
        self._undo.beginMacro(self.tr("Redraw layers only"))
        self._undo.push(SetStart(self._document, start))
        if settings.seed == run.result.request.seed:
            _, after = following_seeds(settings.seed, 2)
            self._undo.push(SetSettings(self._document, replace(settings, seed=after)))
        self._undo.endMacro()
        self.hinted.emit(self.tr("The next pictures keep everything but the place of these layers."))

    def clear(self) -> None:
        """Begin with noise again."""
        if self._document.state.start is not None:
            self._undo.push(SetStart(self._document, None))
