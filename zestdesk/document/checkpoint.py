"""Long computations that can be given up: they stop at the next checkpoint, wherever in them that is.

Whoever starts one, in a thread of its own, says by :func:`stoppable` how to ask whether anybody still waits for it;
what takes long calls :func:`checkpoint` now and then. Where nobody said anything, it costs next to nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

__all__ = ["Stopped", "checkpoint", "stoppable"]

_given_up: Final[ContextVar[Callable[[], bool] | None]] = ContextVar("_given_up", default=None)


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """Nobody waits for the result any more."""


def checkpoint() -> None:
    """Raise :class:`Stopped` when what goes on here is not wanted any more."""
    given_up = _given_up.get()
    if given_up is not None and given_up():
        raise Stopped


@contextmanager
def stoppable(given_up: Callable[[], bool]) -> Iterator[None]:
    """Let what is called within the block stop at a checkpoint.

    Args:
        given_up: asked at each checkpoint; may be called in any thread.
    """
    token = _given_up.set(given_up)
    try:
        yield
    finally:
        _given_up.reset(token)
