"""Whole files in and out: written all or not at all, read up to a limit."""

import contextlib
import os
import stat
import tempfile
import uuid
from collections.abc import Mapping
from pathlib import Path

from zestdesk.errors import UserError

__all__ = ["read_bytes", "require_file", "require_folder", "require_targets", "write_atomically"]


def write_atomically(path: Path, data: bytes) -> None:
    """Replace the file at ``path`` by ``data``: whoever reads sees the old file or the new one, never a part.

    The bytes go to a new file in the same folder, are forced to the disk, and then take the old file's name. A link
    is followed, the old file's permissions are kept.

    Raises:
        UserError: the file cannot be written (full disk, no permission, no folder); the old one is as it was.
    """
    try:
        target = path.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a name that no system takes
        raise UserError(
            "The file could not be written ({reason}); nothing was changed.", path.name, reason=_reason(error)
        ) from error
    draft = target.parent / f".zestdesk-{uuid.uuid4().hex}.tmp"  # a short name: the target's may be as long as can be
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        try:
            _write_all(handle, data)
            _keep_permissions(handle, target)
            os.fsync(handle)
        finally:
            os.close(handle)
        draft.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise UserError(
            "The file could not be written ({reason}); nothing was changed.", path.name, reason=_reason(error)
        ) from error
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def require_targets(targets: Mapping[str, Path | None]) -> None:
    """Refuse files that could not be written, before the work that they are for; nothing is left behind.

    Args:
        targets: by the option that names each; None where an option was not given.

    Raises:
        UserError: a folder stands there, its folder is missing or takes no files, or two options name the same file.
    """
    taken: dict[Path, str] = {}
    for option, path in targets.items():
        if path is None:
            continue
        try:
            if path.is_dir():
                raise UserError("“{path}” is a folder; name a file.", option, path=path)
            target = path.resolve()
            if not target.parent.is_dir():
                raise UserError("There is no folder “{parent}”; make it first.", option, parent=path.parent)
            if target in taken:
                raise UserError(
                    "“{path}” is named by {taken} already; name another file.", option, path=path, taken=taken[target]
                )
            with tempfile.TemporaryFile(dir=target.parent):
                taken[target] = option
        except (OSError, RuntimeError, ValueError) as error:
            raise UserError(
                "“{path}” cannot be written ({reason}); name another place.", option, path=path, reason=_reason(error)
            ) from error


def require_folder(option: str, folder: Path | None) -> None:
    """Refuse a folder that could not be made or written into, before the work that it is for; nothing is left behind.

    Args:
        option: that names it.
        folder: need not be there yet, nor those around it; None where the option was not given.

    Raises:
        UserError: a file stands in its place or on the way there, or the nearest folder that is there takes no files.
    """
    if folder is None:
        return
    try:
        there = folder.resolve()
        while not there.exists() and there != there.parent:
            there = there.parent
        if not there.is_dir():
            raise UserError("“{there}” is a file; name a folder.", option, there=there)
        with tempfile.TemporaryFile(dir=there):
            pass
    except (OSError, RuntimeError, ValueError) as error:
        raise UserError(
            "“{folder}” cannot be written to ({reason}); name another place.",
            option,
            folder=folder,
            reason=_reason(error),
        ) from error


def _write_all(handle: int, data: bytes) -> None:
    """Write every byte: a write may take only a part and still report success, as the last one before a full disk."""
    rest = memoryview(data)
    while rest:
        written = os.write(handle, rest)
        if written <= 0:
            raise OSError("the disk took no more")
        rest = rest[written:]
    if os.fstat(handle).st_size != len(data):
        raise OSError("the disk holds fewer bytes than were written")


def _keep_permissions(handle: int, target: Path) -> None:
    if hasattr(os, "fchmod") and target.exists():
        os.fchmod(handle, stat.S_IMODE(target.stat().st_mode))


def _sync_folder(folder: Path) -> None:
    """Force the new name to the disk where the system can; the file itself is safe by now."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def require_file(path: Path) -> None:
    """Raise UserError unless an ordinary file (or a link to one) is there: a pipe would make us wait for ever."""
    try:
        there, ordinary = path.exists(), path.is_file()
    except (OSError, ValueError) as error:
        raise UserError("The file could not be read ({reason}).", path.name, reason=_reason(error)) from error
    if not ordinary:
        text = (
            "This is not an ordinary file; check the name." if there else "There is no file “{path}”; check the name."
        )
        raise UserError(text, path.name or str(path), path=path)


def read_bytes(path: Path, limit: int) -> bytes:
    """Return the contents of an ordinary file of at most ``limit`` bytes.

    Raises:
        UserError: it is not there, not an ordinary file, larger, or cannot be read.
    """
    require_file(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise UserError("The file could not be read ({reason}).", path.name, reason=_reason(error)) from error
    if len(data) > limit:
        raise UserError("The file is larger than {limit} MiB; that cannot be right.", path.name, limit=limit // 2**20)
    return data


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
