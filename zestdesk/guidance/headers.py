"""The headers of safetensors files, read and checked before anything is allocated. Free of torch.

A file begins with a length, eight bytes, and a JSON table of so many bytes: per tensor its kind, shape and place within
the rest of the file (https://github.com/huggingface/safetensors, "Format").
"""

import json
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from zestdesk.errors import UserError
from zestdesk.guidance.model_files import open_regular

__all__ = ["Header", "TensorInfo", "read_header", "weight_files"]

_MAX_HEADER: Final = 32_000_000
_MAX_TENSORS: Final = 50_000
_MAX_AXES: Final = 8
_BYTES: Final = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U8": 1, "BOOL": 1}


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """What a header says of one tensor.

    Attributes:
        kind: of its numbers, ``"F16"`` for example.
        shape: of its axes.
    """

    kind: str
    shape: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many numbers it has."""
        return math.prod(self.shape)


@dataclass(frozen=True, slots=True)
class Header:
    """The table of a file: its tensors by their names."""

    tensors: Mapping[str, TensorInfo]

    def count(self, *prefixes: str) -> int:
        """Return how many numbers the tensors hold whose names begin with one of the prefixes; all without any."""
        return sum(info.count for name, info in self.tensors.items() if not prefixes or name.startswith(prefixes))


def read_header(path: Path) -> Header:
    """Read the header of a file and check it against the file's size.

    Raises:
        UserError: when it is no safetensors file, is cut short, or holds tensors of a kind that no such model has.
    """
    try:
        with open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            length = int.from_bytes(file.read(8), "little")
            if size < 10 or not 2 <= length <= min(size - 8, _MAX_HEADER):
                raise UserError("This is no safetensors file, or it was cut short; get the model again.", str(path))
            table = json.loads(file.read(length))
    except OSError as error:
        raise UserError(
            "The file cannot be read ({reason}); get the model again.", str(path), reason=error.strerror
        ) from error
    except (ValueError, RecursionError) as error:
        raise UserError("This is no safetensors file; get the model again.", str(path)) from error
    try:
        return Header(_parsed(table, size - 8 - length))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UserError(
            "The table of tensors does not fit the file ({error}); get the model again.", str(path), error=str(error)
        ) from error


def _parsed(table: Any, room: int) -> dict[str, TensorInfo]:  # noqa: ANN401 - any JSON
    """Return the tensors of a table whose data fill ``room`` bytes without gaps."""
    table.pop("__metadata__", None)
    if not 1 <= len(table) <= _MAX_TENSORS:
        raise ValueError("it has no tensors, or too many")
    tensors, places = {}, []
    for name, entry in table.items():
        kind, shape = entry["dtype"], tuple(entry["shape"])
        start, end = entry["data_offsets"]
        if kind not in _BYTES:
            raise ValueError(f"numbers of the kind {str(kind)[:20]} are not known")
        if len(shape) > _MAX_AXES or not all(type(side) is int and 0 <= side < 2**40 for side in (*shape, start, end)):
            raise ValueError(f"the shape of {name[:80]} makes no sense")
        tensors[name] = TensorInfo(kind, shape)
        if end - start != tensors[name].count * _BYTES[kind]:
            raise ValueError(f"{name[:80]} has another size than its shape")
        places.append((start, end))
    at = 0
    for start, end in sorted(places):
        if start != at:
            raise ValueError("tensors overlap, or leave gaps")
        at = end
    if at != room:
        raise ValueError("the file is longer or shorter than its tensors")
    return tensors


def weight_files(folder: Path) -> list[Path]:
    """Return the safetensors files of a model's part that are loaded: the plain ones, else those in half precision."""
    files = [path for path in sorted(folder.glob("*.safetensors")) if "non_ema" not in path.name]
    return [path for path in files if ".fp16" not in path.name] or files
