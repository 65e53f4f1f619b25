"""What a hub model's files are called, and where they lie on this machine. Free of torch and of the network."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from zestdesk.errors import UserError, sentence
from zestdesk.guidance.model_files import open_regular, read_text
from zestdesk.guidance.request import CancelToken

__all__ = [
    "COMMIT",
    "INDEX",
    "MAX_TABLE",
    "HubFile",
    "cached_snapshot",
    "checksum",
    "choose_files",
    "describe",
    "is_hub_id",
    "read_table",
    "storage",
]

COMMIT: Final = re.compile(r"[0-9a-f]{40}")
"""How the hub names a state of a model."""

INDEX: Final = "model_index.json"
"""The file that says what a model consists of."""

MAX_TABLE: Final = 20_000_000
"""Bytes beyond which a JSON file is none of a model's."""

_MAX_REFERENCE: Final = 1000
_ID: Final = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9_][\w.-]{0,95}", re.ASCII)
_CHECKSUM: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_TABLE: Final = re.compile(
    r"(unet|vae|text_encoder(_2)?|scheduler)/[\w.-]+\.json|tokenizer(_2)?/[\w.-]+\.(json|txt)", re.ASCII
)
_WEIGHTS: Final = re.compile(
    r"(unet|vae|text_encoder(_2)?)/(diffusion_pytorch_)?model(?P<half>\.fp16)?(-\d{5}-of-\d{5})?(\.fp16)?\.safetensors",
    re.ASCII,
)


def is_hub_id(name: str) -> bool:
    """Return whether a name has the form ``owner/name``."""
    return _ID.fullmatch(name) is not None and ".." not in name


@dataclass(frozen=True, slots=True)
class HubFile:
    """One file of a hub model: its path there, its bytes, and its checksum (SHA-256, or git's SHA-1)."""

    path: str
    size: int
    checksum: str


def choose_files(paths: Iterable[str]) -> list[str]:
    """Return which files of a model are needed: tables, and of each part's weights one precision.

    Half precision is preferred: half the download, and the pictures are the same to the eye.
    """
    chosen: list[str] = []
    weights: dict[str, dict[bool, list[str]]] = {}
    for path in sorted(paths):
        found = _WEIGHTS.fullmatch(path)
        if found:
            half = ".fp16." in path or found["half"] is not None
            weights.setdefault(path.partition("/")[0], {}).setdefault(half, []).append(path)
        elif path == INDEX or _TABLE.fullmatch(path):
            chosen.append(path)
    for precisions in weights.values():
        chosen += precisions[max(precisions)]
    # An index of shards says which tensors lie where: of the precision that is not fetched, it would only mislead.
    halved = {part for part, precisions in weights.items() if max(precisions)}
    return [
        path
        for path in chosen
        if not (path.endswith(".index.json") or ".index." in path)
        or (".fp16." in path) == (path.partition("/")[0] in halved)
    ]


def cached_snapshot(name: str, cache: Path | None = None) -> Path | None:
    """Return the folder of a hub model that is wholly on this machine, None when it is not.

    Args:
        name: ``owner/name``.
        cache: the hub's cache; None takes the user's.
    """
    home = storage(name, cache)
    try:
        revision = read_text(home / "refs" / "main", _MAX_REFERENCE, sentence("This is no commit.")).strip()
    except (OSError, ValueError, UserError):
        return None
    folder = home / "snapshots" / revision
    return folder if COMMIT.fullmatch(revision) and _complete(folder) else None


def storage(name: str, cache: Path | None) -> Path:
    """Return the folder of a model within the hub's cache, the user's or another."""
    from huggingface_hub import constants
    from huggingface_hub.file_download import repo_folder_name

    root = Path(constants.HF_HUB_CACHE) if cache is None else cache
    return root / str(repo_folder_name(repo_id=name, repo_type="model"))


def _complete(folder: Path) -> bool:
    """Return whether every part that a folder's index names is there, and every shard of its weights."""
    try:
        index = read_table(folder / INDEX)
        for part in {"unet", "vae", "text_encoder", "text_encoder_2"} & index.keys():
            names = {path.name for path in (folder / part).iterdir() if path.exists()}
            weights = {name for name in names if name.endswith(".safetensors")}
            for shards in (name for name in names if name.endswith(".safetensors.index.json")):
                weights = weights if set(read_table(folder / part / shards)["weight_map"].values()) <= names else set()
            if not weights or "config.json" not in names:
                return False
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, UserError):
        return False
    return True


def read_table(path: Path) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        OSError, ValueError, TypeError, RecursionError, UserError: when it is missing, too large, or none.
    """
    value = json.loads(read_text(path, MAX_TABLE, sentence("The file is too large for a table; get the model again.")))
    if not isinstance(value, dict):
        raise TypeError("no table")
    return value


def describe(item: Any, name: str) -> HubFile:  # noqa: ANN401 - huggingface_hub's own
    """Return a file of the hub's listing; a checksum becomes a file's name here, so that its form matters."""
    checksum = item.lfs.sha256 if item.lfs is not None else item.blob_id
    if type(item.size) is not int or item.size < 0 or not _CHECKSUM.fullmatch(str(checksum)):
        raise UserError("The hub does not say what {file} is; choose another model.", name, file=item.rfilename[:100])
    return HubFile(item.rfilename, item.size, str(checksum))


def checksum(path: Path, file: HubFile, cancel: CancelToken) -> str:
    """Return a file's SHA-256, or, where the hub gives git's, the SHA-1 of a git blob."""
    if len(file.checksum) == 64:
        digest = hashlib.sha256()
    else:
        digest = hashlib.sha1(b"blob %d\0" % file.size, usedforsecurity=False)
    with open_regular(path) as source:
        while chunk := source.read(2**22):
            cancel.raise_if_cancelled()
            digest.update(chunk)
    return digest.hexdigest()
