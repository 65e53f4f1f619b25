"""An undo history that is bounded by bytes: the oldest steps go first, and every step that is left undoes exactly.

``QUndoStack`` bounds the number of steps only, and lets nobody take out the oldest but by undoing them. So each command
is pushed inside a step of our own that can be told to do nothing; then the stack walks down to its beginning, drops on
the way what is marked as obsolete, and walks back up, while the layout stays as it is.
"""

from typing import Final

from PySide6.QtCore import QObject, QSignalBlocker
from PySide6.QtGui import QUndoCommand, QUndoStack

__all__ = ["BUDGET", "UndoStack"]

BUDGET: Final = 256 * 1024 * 1024
"""How many bytes the history may hold, unless told otherwise."""

_STEP_BYTES: Final = 1024
"""What a step costs beside the values that it holds."""


class _Walk:
    """Whether a stack is only walking past its steps."""

    __slots__ = ("quiet",)

    def __init__(self) -> None:
        self.quiet = False


class _Step(QUndoCommand):
    """One command on the stack: does what the command says, except on a walk past it."""

    def __init__(self, walk: _Walk, command: QUndoCommand) -> None:
        super().__init__(command.text())
        self._walk, self.command = walk, command
        self.setObsolete(command.isObsolete())

    def redo(self) -> None:
        if not self._walk.quiet:
            self.command.redo()
            self.setObsolete(self.command.isObsolete())

    def undo(self) -> None:
        if not self._walk.quiet:
            self.command.undo()
            self.setObsolete(self.command.isObsolete())

    def id(self) -> int:
        return self.command.id()

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Step) or not self.command.mergeWith(other.command):
            return False
        self.setText(self.command.text())
        self.setObsolete(self.command.isObsolete())
        return True


class UndoStack(QUndoStack):
    """A stack whose steps hold no more bytes than it may; the newest step stays whatever it holds.

    A command says what it holds by a method ``bytes_held() -> int``; one without it counts as holding next to nothing.
    Whether the document is modified is not this stack's business: it keeps no clean state.
    """

    def __init__(self, parent: QObject | None = None, *, budget: int = BUDGET) -> None:
        """Take a parent, and how many bytes all steps together may hold."""
        super().__init__(parent)
        self._budget = budget
        self._walk = _Walk()
        self._sizes: list[int] = []  # of the steps from the first on; a macro that is still open has none yet
        self._open = 0  # macros

    @property
    def budget(self) -> int:
        """How many bytes all steps together may hold; a smaller one drops the oldest steps at once."""
        return self._budget

    @budget.setter
    def budget(self, budget: int) -> None:
        self._budget = budget
        if not self._open:
            self._drop_oldest()

    @property
    def bytes_held(self) -> int:
        """What all steps hold together."""
        return sum(self._sizes)

    def push(self, command: QUndoCommand, /) -> None:
        """Do a command and put it on the stack, as ``QUndoStack.push``; then drop what is too old to be kept."""
        kept = self.index()
        super().push(_Step(self._walk, command))
        if not self._open:
            # The command was appended, or went into the one before it, which may be gone with it then.
            self._measure(from_step=max(kept - 1, 0))
            self._drop_oldest()

    def beginMacro(self, text: str, /) -> None:
        """Let the commands that follow be one step, until :meth:`endMacro`."""
        if not self._open:
            del self._sizes[self.index() :]
        self._open += 1
        super().beginMacro(text)

    def endMacro(self) -> None:
        """End the step that :meth:`beginMacro` began."""
        super().endMacro()
        self._open -= 1
        if not self._open:
            self._measure(from_step=self.index() - 1)
            self._drop_oldest()

    def clear(self) -> None:
        """Forget all steps."""
        self._open = 0
        self._sizes.clear()
        super().clear()

    def _measure(self, from_step: int) -> None:
        self._sizes[from_step:] = [_bytes_of(self.command(step)) for step in range(from_step, self.count())]

    def _drop_oldest(self) -> None:
        """Take out the oldest steps when there is too much, with some to spare, so that it does not recur each time."""
        held = self.bytes_held
        if held <= self._budget:
            return
        dropped = 0
        most = min(self.index(), self.count() - 1)  # steps that were undone are newer than all that are done
        while dropped < most and held > self._budget * 7 // 8:
            held -= self._sizes[dropped]
            dropped += 1
        if dropped:
            self._drop(dropped)

    def _drop(self, count: int) -> None:
        top = self.index() - count
        for step in range(count):
            self.command(step).setObsolete(True)
        blocker = QSignalBlocker(self)
        self._walk.quiet = True
        self.setIndex(0)
        self.setIndex(top)
        self._walk.quiet = False
        blocker.unblock()
        del self._sizes[:count]
        if not top:
            self.undoTextChanged.emit("")
            self.canUndoChanged.emit(False)
        self.indexChanged.emit(top)  # for those who list the steps; what can be undone is the same as before


def _bytes_of(command: QUndoCommand) -> int:
    if not isinstance(command, _Step):
        return _STEP_BYTES + sum(_bytes_of(command.child(number)) for number in range(command.childCount()))
    held = getattr(command.command, "bytes_held", None)
    return _STEP_BYTES + (held() if callable(held) else 0)
