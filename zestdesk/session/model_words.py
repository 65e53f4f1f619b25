"""What the chosen model can read: its tokens and its vocabulary, read in the background as soon as it is chosen."""

import logging
from queue import SimpleQueue
from threading import Thread
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from zestdesk.document.layout import Layout
from zestdesk.errors import UserError
from zestdesk.guidance.checkpoints import open_checkpoint
from zestdesk.guidance.tokens import TextTokens, read_tokens
from zestdesk.guidance.vocabulary import ModelVocabulary, read_vocabulary

__all__ = ["ModelWords"]

_LOOK_EVERY: Final = 20  # ms, while a model is being read

Answer = tuple[str, TextTokens | None, ModelVocabulary | None]

_log = logging.getLogger(__name__)


class ModelWords(QObject):
    """Follows the layout's model. A model that is not on this machine, or cannot be read, has neither.

    Attributes:
        tokens: counts as the model does; None while that is unknown.
        vocabulary: the model's phrases; None for models that were trained on any text.

    Signals:
        changed: either is different now.
    """

    changed = Signal()

    def __init__(self, layout: Layout, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layout = layout
        self._model: str | None = None
        self.tokens: TextTokens | None = None
        self.vocabulary: ModelVocabulary | None = None
        # The threads are given nothing of Qt's: one that waits for a slow disk may outlive the window.
        self._answers: SimpleQueue[Answer] = SimpleQueue()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        layout.changed.connect(self._follow)
        self._timer.start()

    def _follow(self, _change: object) -> None:
        if self._layout.state.settings.model != self._model:
            self._timer.start()

    def _look(self) -> None:
        model = self._layout.state.settings.model
        if model != self._model:
            self._model = model
            self._take(None, None)
            arguments = (model, self._answers)
            Thread(target=_read, args=arguments, name="zestdesk-words", daemon=True).start()
        while not self._answers.empty():
            name, tokens, vocabulary = self._answers.get()
            if name == model:
                self._timer.stop()
                self._take(tokens, vocabulary)

    def _take(self, tokens: TextTokens | None, vocabulary: ModelVocabulary | None) -> None:
        if (tokens, vocabulary) != (self.tokens, self.vocabulary):
            self.tokens, self.vocabulary = tokens, vocabulary
            self.changed.emit()


def _read(model: str, answers: SimpleQueue[Answer]) -> None:
    """Read a model's words (in a thread of its own)."""
    tokens, vocabulary = None, None
    try:
        folder = open_checkpoint(model).folder
        # Of two tokenizers the second one, which fills up with a sign of its own, has no fewer tokens than the first.
        second = (folder / "tokenizer_2").is_dir()
        tokens = read_tokens(folder / ("tokenizer_2" if second else "tokenizer"))
        if (folder / "vocabulary.json").is_file():
            vocabulary = read_vocabulary(folder)
    except UserError as error:
        # Generating says what is wrong; until then there is no count.
        _log.info("The model's words cannot be read: %s", error)
    except Exception:  # noqa: BLE001 - logged; a count is a convenience
        _log.exception("The model's words cannot be read.")
    answers.put((model, tokens, vocabulary))
