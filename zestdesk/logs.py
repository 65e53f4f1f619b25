"""The log file, and the folder of the user's that it lives in."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from platformdirs import user_state_path

__all__ = ["log_file", "logging_to_file", "state_folder"]

_MOST_BYTES: Final = 1_000_000
_OLD_FILES: Final = 2


def state_folder() -> Path:
    """Return the folder for what the program keeps between starts that is neither settings nor a document."""
    return user_state_path("zestdesk", appauthor=False)


def log_file() -> Path:
    """Return the path of the log."""
    return state_folder() / "zestdesk.log"


@contextmanager
def logging_to_file() -> Iterator[None]:
    """Write the program's log, other libraries' warnings and Python's warnings to the log file inside the block.

    Where the file cannot be written the program goes on without.
    """
    root, ours = logging.getLogger(), logging.getLogger("zestdesk")
    handler: logging.Handler
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(log_file(), maxBytes=_MOST_BYTES, backupCount=_OLD_FILES, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    level = ours.level
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    try:
        yield
    finally:
        logging.captureWarnings(capture=False)
        ours.setLevel(level)
        root.removeHandler(handler)
        handler.close()
