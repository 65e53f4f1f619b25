"""A zip as a container that nobody has to trust: few names, two ways of packing, sizes bounded before reading."""

import io
import re
import struct
import zipfile
from collections.abc import Mapping
from typing import BinaryIO, Final

from zestdesk.errors import UserError

__all__ = ["Archive", "pack"]

MAX_ARCHIVE_BYTES: Final = 2**31
"""Of the file, of everything in it unpacked, and of its images decoded."""

_JSON_FACTOR: Final = 48
"""Bytes that a byte of JSON may take once parsed: lists within lists, ``[[[[…]]]]``, take 44."""

_MAX_MEMBERS: Final = 20_000
_MAX_DIRECTORY_BYTES: Final = 8 * 2**20
_END = struct.Struct("<4s4H2LH")
_ZIP64_LOCATOR: Final = b"PK\x06\x07"
_ENCRYPTED: Final = 0x1
_SAME_TIME: Final = (1980, 1, 1, 0, 0, 0)  # equal projects give equal files


def pack(members: Mapping[str, bytes], decoded: int) -> bytes:
    """Return a zip of these members; images are packed already and only stored.

    Args:
        members: contents by name.
        decoded: bytes that their images take once decoded.

    Raises:
        UserError: it would be more than :class:`Archive` reads.
    """
    cost = sum(_cost(name, len(data)) for name, data in members.items())
    if cost + decoded > MAX_ARCHIVE_BYTES or len(members) > _MAX_MEMBERS:
        raise UserError("The project is too large for one file; delete some results from the history.")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _SAME_TIME)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return stream.getvalue()


class Archive:
    """Reads members of a zip.

    Args:
        stream: the file, open for reading.
        names: which members may be read; others are passed over.

    Raises:
        UserError: this is no zip as :func:`pack` writes them. From :meth:`read` too.
    """

    def __init__(self, stream: BinaryIO, names: re.Pattern[str]) -> None:
        self._names = names
        self._left = MAX_ARCHIVE_BYTES
        try:
            _check_end(stream)
            self._zip = zipfile.ZipFile(stream)
        except UserError:
            raise
        except Exception as error:  # zipfile meets hostile bytes with errors of many kinds
            raise UserError("The file is damaged: its table of contents cannot be read.") from error
        listed = [info.filename for info in self._zip.infolist()]
        if len(set(listed)) != len(listed):
            raise UserError("The file is damaged: it holds two parts of the same name.")

    def spend(self, size: int, place: str) -> None:
        """Count bytes about to be allocated; UserError when they are too many in all."""
        self._left -= size
        if self._left < 0:
            raise UserError("The file unpacks to more than a project can be.", place)

    def read(self, name: str, limit: int) -> bytes:
        """Return a member's bytes.

        Args:
            name: one that ``names`` allows.
            limit: the most bytes that it may have unpacked.
        """
        if not self._names.fullmatch(name):
            raise UserError("A project has no part of this name.", name[:80])
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            raise UserError("This part of the project is missing.", name) from None
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or info.flag_bits & _ENCRYPTED:
            raise UserError("This part is packed in a way that projects are not.", name)
        if info.file_size > limit:
            raise UserError("This part is larger than it can be.", name)
        self.spend(_cost(name, info.file_size), name)
        try:
            with self._zip.open(info) as member:
                data = member.read(info.file_size + 1)  # the size in the directory may lie
        except Exception as error:  # zipfile and zlib meet hostile bytes with errors of many kinds
            raise UserError("This part is damaged.", name) from error
        if len(data) != info.file_size:
            raise UserError("This part is damaged: its size is not the one that is written.", name)
        return data


def _cost(name: str, size: int) -> int:
    """Return the bytes that a member takes in memory, before its image is decoded or after its JSON is parsed."""
    return size * _JSON_FACTOR if name.endswith(".json") else size


def _check_end(stream: BinaryIO) -> None:
    """Look at the end record before zipfile does, which reads a directory of any size into memory."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _END.size - 20))
    tail = stream.read()
    stream.seek(0)
    if size > MAX_ARCHIVE_BYTES:
        raise UserError("The file is larger than a project can be.")
    if len(tail) < _END.size:
        raise UserError("The file is damaged: its end is missing.")
    signature, _, _, _, count, directory, _, comment = _END.unpack(tail[-_END.size :])
    if signature != b"PK\x05\x06" or comment:
        raise UserError("The file is damaged: its end is missing.")
    if count > _MAX_MEMBERS or directory > _MAX_DIRECTORY_BYTES or tail[: -_END.size].startswith(_ZIP64_LOCATOR):
        raise UserError("The file holds more parts than a project can have.")
