"""The work folder: every picture and its figures, kept as they are made, so that a run can go on where it stopped."""

import hashlib
import io
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

import zestdesk
from zestdesk.errors import UserError
from zestdesk.evaluation.measure import Measures
from zestdesk.evaluation.methods import Method
from zestdesk.evaluation.variants import Variant, file_name
from zestdesk.files.atomic import write_atomically
from zestdesk.files.images import decode_png, encode_png
from zestdesk.guidance.checkpoints import Checkpoint
from zestdesk.guidance.request import GenerationRequest, Picture

__all__ = ["Drawn", "WorkFolder", "checkpoint_mark", "code_mark", "fingerprint", "request_mark"]

_SAMPLE: Final = 2**20
"""So many bytes of each end of a weight file tell it from another; all of a large one would take minutes to read."""

_CODE: Final = ("guidance", "options.py", "evaluation/methods.py", "evaluation/baselines", "evaluation/variants.py")
"""Sources that decide what a method draws."""


def fingerprint(*parts: object) -> str:
    """Return a short text that differs when any part does; parts are JSON values or bytes."""
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else json.dumps(part, sort_keys=True, default=str).encode()
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()[:32]


def request_mark(request: GenerationRequest) -> str:
    """Return the fingerprint of all that a request asks for."""
    table = {item.name: getattr(request, item.name) for item in fields(request)}
    segments = table.pop("segments")
    table["options"] = asdict(table["options"])
    rows = [
        {item.name: getattr(segment, item.name) for item in fields(segment) if item.name != "mask"}
        for segment in segments
    ]
    return fingerprint(table, rows, *(segment.mask.tobytes() for segment in segments))


def checkpoint_mark(checkpoint: Checkpoint) -> str:
    """Return the fingerprint of a model: of its small files whole, of large ones their length and both ends."""
    root = checkpoint.file or checkpoint.folder
    files = sorted(path for path in root.rglob("*") if path.is_file()) if root.is_dir() else [root]
    return fingerprint(*(part for path in files for part in (path.name, *_ends(path))))


def _ends(path: Path) -> tuple[int, bytes, bytes]:
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(_SAMPLE)
            stream.seek(max(size - _SAMPLE, len(head)))
            return size, head, stream.read(_SAMPLE)
    except OSError as error:
        raise UserError(f"The file cannot be read ({error.strerror}); get the model again.", str(path)) from error


@lru_cache(maxsize=1)
def code_mark() -> str:
    """Return the fingerprint of the program's sources that decide what a method draws."""
    package = Path(zestdesk.__file__).parent
    files: list[Path] = []
    for name in _CODE:
        place = package / name
        files += sorted(place.rglob("*.py")) if place.is_dir() else [place]
    return fingerprint(*(path.read_bytes() for path in files if path.is_file()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A picture that a method made.

    Attributes:
        picture: RGB.
        prompt: the text that the model was given.
        seconds: that it took.
        settings: that the method drew with, in JSON's types.
        measures: of the picture; None when they have to be taken anew.
    """

    picture: Picture
    prompt: str
    seconds: float
    settings: dict[str, Any]
    measures: Measures | None = None


class WorkFolder:
    """Pictures by method and case, each a PNG with a JSON file beside it that says what it was made for.

    Attributes:
        set_aside: how many files were not used, by the reason.
    """

    def __init__(self, folder: Path, drawing: str, measuring: str, *, any_code: bool = False) -> None:
        """Take a folder; it is made with the first picture.

        Args:
            folder: where.
            drawing: fingerprint of what all methods draw with: model, device, versions.
            measuring: fingerprint of what measures.
            any_code: whether pictures count that other sources of the program drew.
        """
        self._folder, self._drawing, self._measuring, self._any_code = folder, drawing, measuring, any_code
        self.set_aside: Counter[str] = Counter()

    def mark(self, method: Method, request: GenerationRequest) -> str:
        """Return the fingerprint of a picture to make."""
        given = dict(method.given) if isinstance(method, Variant) else method.name
        return fingerprint(self._drawing, given, request_mark(request))

    def _paths(self, method: Method, case: str) -> tuple[Path, Path]:
        folder = self._folder / file_name(method.name)
        return folder / f"{case}.png", folder / f"{case}.json"

    def find(self, method: Method, case: str, request: GenerationRequest) -> Drawn | None:
        """Return a picture that was made before, None when there is none, or another was made, or it is damaged.

        Its measures are None when others measured it.
        """
        image, note = self._paths(method, case)
        try:
            table = json.loads(note.read_text(encoding="utf-8"))
            data = image.read_bytes()
            why = self._against(table, data, self.mark(method, request))
            if not why:
                return Drawn(
                    picture=decode_png(data, "RGB", (request.width, request.height), str(image)),
                    prompt=str(table["prompt"]),
                    seconds=float(table["seconds"]),
                    settings=dict(table["settings"]),
                    measures=Measures.from_json(table["measures"]) if table["measured_by"] == self._measuring else None,
                )
        except FileNotFoundError:
            return None
        except (OSError, UserError, KeyError, TypeError, ValueError, RecursionError):
            why = "damaged"
        self.set_aside[why] += 1
        return None

    def _against(self, table: Mapping[str, Any], data: bytes, mark: str) -> str:
        """Return what speaks against using a picture; empty when nothing does."""
        if table["made_for"] != mark:
            return "made with other settings"
        if table["code"] != code_mark() and not self._any_code:
            return "made by another version of the program"
        return "damaged" if table["picture"] != hashlib.sha256(data).hexdigest() else ""

    def keep(self, method: Method, case: str, request: GenerationRequest, drawn: Drawn) -> None:
        """Write a picture with its measures; each file appears whole or not at all, the note last.

        Raises:
            UserError: when it cannot be written.
        """
        image, note = self._paths(method, case)
        try:
            image.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"“{image.parent}” cannot be made ({error.strerror}); name another.", "--work") from error
        data = encode_png(drawn.picture)
        table = {
            "made_for": self.mark(method, request),
            "code": code_mark(),
            "measured_by": self._measuring if drawn.measures else None,
            "picture": hashlib.sha256(data).hexdigest(),
            "prompt": drawn.prompt,
            "seconds": drawn.seconds,
            "settings": drawn.settings,
            "measures": drawn.measures.as_json() if drawn.measures else None,
        }
        write_atomically(image, data)
        write_atomically(note, (json.dumps(table, ensure_ascii=False) + "\n").encode())

    def references(self, what: dict[str, Any]) -> "References":
        """Return where the features of the real pictures are kept."""
        return References(self._folder / f"real-{fingerprint(what, self._measuring)}.npy")


@dataclass(frozen=True, slots=True)
class References:
    """Features of real pictures in one file."""

    path: Path

    def find(self) -> NDArray[np.float64] | None:
        """Return them, None when they are not there or damaged."""
        try:
            rows = np.load(io.BytesIO(self.path.read_bytes()), allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        fine = rows.ndim == 2 and rows.dtype == np.float64 and np.isfinite(rows).all()
        return rows if fine else None

    def keep(self, rows: NDArray[np.float64]) -> None:
        """Write them."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        stream = io.BytesIO()
        np.save(stream, rows, allow_pickle=False)
        write_atomically(self.path, stream.getvalue())
