"""Reading what lies in a model's folder: regular files only, up to a size. A pipe would make us wait for ever."""

import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

from zestdesk.errors import Sentence, UserError

__all__ = ["open_regular", "read_text", "require_plain"]

_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_MOST_ENTRIES: Final = 10_000


def open_regular(path: Path) -> BinaryIO:
    """Open a file for reading.

    Raises:
        UserError: when it is a pipe, a device or a folder.
        OSError: when it is missing, or may not be read.
    """
    if not stat.S_ISREG(path.stat().st_mode):  # opening some devices does something already
        raise _no_file(path)
    descriptor = os.open(path, _FLAGS)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):  # something else was put in its place meanwhile
        os.close(descriptor)
        raise _no_file(path)
    return os.fdopen(descriptor, "rb")


def read_text(path: Path, most: int, too_large: Sentence) -> str:
    """Return the text of a file.

    Args:
        path: of the file.
        most: bytes that it may have.
        too_large: the sentence for a larger one.

    Raises:
        UserError: when it is no regular file, or too large.
        OSError: when it is missing, or cannot be read.
        ValueError: when it is no UTF-8.
    """
    with open_regular(path) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise UserError(too_large, str(path))
    return data.decode("utf-8")


def require_plain(folder: Path) -> None:
    """Make sure that a folder holds nothing but files and folders, whoever reads what there is.

    Raises:
        UserError: when there is a pipe or a device, or more than any model has.
        OSError: when the folder cannot be read.
    """
    for count, path in enumerate(folder.iterdir()):
        if count >= _MOST_ENTRIES:
            raise UserError("The folder holds too many files for a model's; choose another.", str(folder))
        try:
            mode = path.stat().st_mode
        except OSError:
            continue  # a link to nowhere is as good as no file
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise _no_file(path)


def _no_file(path: Path) -> UserError:
    return UserError("This is no file that can be read; get the model again.", str(path))
