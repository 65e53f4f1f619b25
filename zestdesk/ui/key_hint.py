"""A hint that names keys, as they are now."""

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel

__all__ = ["KeyHint"]


class KeyHint(QLabel):
    """A muted text that goes on naming the right keys when they are changed."""

    def __init__(self, text: str, **actions: QAction) -> None:
        """Take a text in which ``{name}`` stands for an action's shortcut, or for its title while it has none."""
        super().__init__()
        self._text, self._named = text, actions
        self.setProperty("muted", True)
        for action in actions.values():
            action.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        names = {
            name: action.shortcut().toString(QKeySequence.SequenceFormat.NativeText) or action.text().replace("&", "")
            for name, action in self._named.items()
        }
        text = self._text.format(**names)
        if text != self.text():
            self.setText(text)
