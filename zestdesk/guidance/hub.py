"""Models of the Hugging Face hub: looked up, fetched with progress, and found again. Free of torch.

What is fetched goes into the hub's own cache, where other programs find it and where theirs is found. Only tables and
weights are taken, safetensors alone, each checked against the hub's own checksum. A download that was cancelled, or
whose connection broke, goes on where it stopped: unfinished files wait beside the finished ones.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zestdesk.errors import UserError
from zestdesk.guidance.checkpoints import read_tables
from zestdesk.guidance.hub_files import (
    COMMIT,
    INDEX,
    MAX_TABLE,
    HubFile,
    checksum,
    choose_files,
    describe,
    is_hub_id,
    storage,
)
from zestdesk.guidance.request import Cancelled, CancelToken

__all__ = ["Hub", "HubModel", "ProgressListener"]

ProgressListener = Callable[[int, int], None]
"""Called with the bytes that are here and the bytes that there are."""

_TELLING: Final = (INDEX, "unet/config.json", "vae/config.json", "scheduler/scheduler_config.json")
"""Small files that say of which kind a model is."""

_MAX_FILES: Final = 10_000
_CHUNK: Final = 2**18
_TIMEOUT: Final = 20.0
_TRIES: Final = 4
_SPARE: Final = 200 * 2**20
"""Bytes that shall be left on the disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HubModel:
    """A model as the hub describes it.

    Attributes:
        name: ``owner/name``.
        revision: the commit that is fetched.
        files: those that are needed.
        missing: bytes that are not on this machine yet.
    """

    name: str
    revision: str
    files: tuple[HubFile, ...]
    missing: int

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


class Hub:
    """The hub, or another server that speaks as it does.

    Attributes:
        cache: where its files are kept.
    """

    def __init__(self, endpoint: str | None = None, cache: Path | None = None, *, pause: float = 1.0) -> None:
        """Take what differs from the user's own settings.

        Args:
            endpoint: address of the server.
            cache: folder of the cache.
            pause: seconds before a broken download is tried again, more with every time.
        """
        from huggingface_hub import constants

        self._endpoint, self._pause = endpoint, pause
        self.cache = Path(constants.HF_HUB_CACHE) if cache is None else cache

    def look_up(self, name: str, cancel: CancelToken | None = None) -> HubModel:
        """Ask the hub what a model consists of, and look at its small files: they say whether it can be steered.

        Args:
            name: ``owner/name``.
            cancel: looked at between requests.

        Raises:
            Cancelled: when the token was cancelled.
            UserError: when there is no such model, it is of another kind (one for inpainting, say), it has no
                safetensors, or the hub cannot be asked.
        """
        from huggingface_hub import HfApi

        if not is_hub_id(name):
            raise UserError("“{name}” is no id of the hub; write owner/name.", "model", name=name[:100])
        token = cancel or CancelToken()
        token.raise_if_cancelled()
        with _told(name):
            info = HfApi(endpoint=self._endpoint, library_name="zestdesk").model_info(
                name, files_metadata=True, timeout=_TIMEOUT
            )
        known = {item.rfilename: item for item in (info.siblings or [])[:_MAX_FILES]}
        revision = str(info.sha)
        if INDEX not in known or not COMMIT.fullmatch(revision):
            raise UserError("“{name}” is no diffusers model; choose another.", "model", name=name)
        files = tuple(describe(known[path], name) for path in choose_files(known))
        for file in files:
            if file.path in _TELLING:
                if file.size > MAX_TABLE:
                    raise UserError("A table of “{name}” is too large; choose another model.", "model", name=name)
                with _told(name):
                    self._fetch_file(name, revision, file, lambda _done: None, token)
        files = self._needed(name, self._snapshot(name, revision), files)
        missing = sum(file.size - self._present(name, revision, file) for file in files)
        return HubModel(name=name, revision=revision, files=files, missing=missing)

    @staticmethod
    def _needed(name: str, snapshot: Path, files: tuple[HubFile, ...]) -> tuple[HubFile, ...]:
        """Return the files of the parts that the model's family has; refuse other kinds before they are fetched."""
        try:
            family, _ = read_tables(snapshot)
        except UserError as error:
            raise error.elsewhere(name) from error
        for part in family.parts:
            if not any(file.path.startswith(f"{part}/") and file.path.endswith(".safetensors") for file in files):
                raise UserError(
                    "“{name}” has no safetensors for its {part}; choose another model.", "model", name=name, part=part
                )
        folders = {*family.parts, *(tokenizer for tokenizer, _ in family.text_parts), "scheduler", INDEX}
        return tuple(file for file in files if file.path.partition("/")[0] in folders)

    def fetch(self, model: HubModel, on_progress: ProgressListener, cancel: CancelToken | None = None) -> Path:
        """Bring a model onto this machine.

        Args:
            model: from :meth:`look_up`.
            on_progress: called in this thread, often.
            cancel: ends the download within a moment; what is here is kept for the next time.

        Returns:
            The model's folder in the cache.

        Raises:
            Cancelled: when the token was cancelled.
            UserError: when the disk is full, the connection breaks, or a file is not what the hub says it is.
        """
        token = cancel or CancelToken()
        self._require_room(model)
        done = 0
        with _told(model.name):
            for file in model.files:
                token.raise_if_cancelled()
                before = done
                self._fetch_file(
                    model.name,
                    model.revision,
                    file,
                    lambda here, before=before: on_progress(before + here, model.size),  # type: ignore[misc] # bound now
                    token,
                )
                done += file.size
                on_progress(done, model.size)
            # Only now may the cache say that this is the model: an interrupted one is not whole.
            reference = storage(model.name, self.cache) / "refs" / "main"
            reference.parent.mkdir(parents=True, exist_ok=True)
            reference.write_text(model.revision, encoding="utf-8")
        return self._snapshot(model.name, model.revision)

    def _snapshot(self, name: str, revision: str) -> Path:
        return storage(name, self.cache) / "snapshots" / revision

    def _blob(self, name: str, file: HubFile) -> Path:
        return storage(name, self.cache) / "blobs" / file.checksum

    def _part(self, name: str, file: HubFile) -> Path:
        return storage(name, self.cache) / "blobs" / f"{file.checksum}.part"

    def _present(self, name: str, revision: str, file: HubFile) -> int:
        """Return how many bytes of a file are here."""
        if (self._snapshot(name, revision) / file.path).exists() or self._blob(name, file).exists():
            return file.size
        return min(_size(self._part(name, file)), file.size)

    def _require_room(self, model: HubModel) -> None:
        missing = sum(file.size - self._present(model.name, model.revision, file) for file in model.files)
        folder = next(path for path in (self.cache, *self.cache.absolute().parents) if path.is_dir())
        free = shutil.disk_usage(folder).free
        if missing and missing + _SPARE > free:
            raise UserError(
                "The model needs {missing:.1f} GB and the disk has {free:.1f} GB left; make room.",
                str(folder),
                missing=missing / 1e9,
                free=free / 1e9,
            )

    def _fetch_file(
        self, name: str, revision: str, file: HubFile, on_bytes: Callable[[int], None], cancel: CancelToken
    ) -> None:
        """Bring one file into the cache, unless it is there."""
        pointer = self._snapshot(name, revision) / file.path
        if pointer.exists():
            return
        blob = self._blob(name, file)
        if not blob.exists():
            part = self._part(name, file)
            part.parent.mkdir(parents=True, exist_ok=True)
            self._stream_in_tries(name, revision, file, part, on_bytes, cancel)
            if checksum(part, file, cancel) != file.checksum:
                part.unlink()
                raise UserError("{path} arrived damaged; fetch the model again.", name, path=file.path)
            part.replace(blob)
        _link(blob, pointer)

    def _stream_in_tries(
        self,
        name: str,
        revision: str,
        file: HubFile,
        part: Path,
        on_bytes: Callable[[int], None],
        cancel: CancelToken,
    ) -> None:
        """Fetch what a file still lacks; a connection that breaks is made again, as long as something arrives."""
        from huggingface_hub.errors import HfHubHTTPError

        failures = 0
        while _size(part) != file.size:
            before = _size(part)
            try:
                self._stream(name, revision, file, part, on_bytes, cancel)
            except (Cancelled, UserError, HfHubHTTPError):
                raise
            except Exception as error:
                if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EACCES}:
                    raise
                failures = 0 if _size(part) > before else failures + 1
                if failures >= _TRIES:
                    raise
            else:
                failures = 0 if _size(part) > before else failures + 1
            if failures >= _TRIES:
                raise UserError("The hub sends {path} only in part; try again later.", name, path=file.path)
            if _size(part) != file.size and cancel.wait(self._pause * failures):
                cancel.raise_if_cancelled()

    def _stream(
        self,
        name: str,
        revision: str,
        file: HubFile,
        part: Path,
        on_bytes: Callable[[int], None],
        cancel: CancelToken,
    ) -> None:
        """Append to an unfinished file what one connection brings."""
        from huggingface_hub import get_session, hf_hub_url, hf_raise_for_status
        from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined] # in their reference, not in __all__

        have = _size(part)
        if have > file.size:
            have = 0
        headers = build_hf_headers(library_name="zestdesk") | {"Accept-Encoding": "identity"}
        if have:
            headers["Range"] = f"bytes={have}-"
        url = hf_hub_url(name, file.path, revision=revision, endpoint=self._endpoint)
        with get_session().stream("GET", url, headers=headers, timeout=_TIMEOUT) as response:
            hf_raise_for_status(response)
            if response.status_code != 206:
                have = 0
            with part.open("ab" if have else "wb") as target:
                for chunk in response.iter_bytes(_CHUNK):
                    cancel.raise_if_cancelled()
                    have += len(chunk)
                    if have > file.size:
                        raise UserError(
                            "The hub sends more of {path} than it said; try again later.", name, path=file.path
                        )
                    target.write(chunk)
                    on_bytes(have)


def _link(blob: Path, pointer: Path) -> None:
    """Let a file be found where every program looks for it.

    The library would do so too, but asks the hub once more, and where that then gives the file another tag, it fetches
    all of it again, with nothing to be seen of that.
    """
    pointer.parent.mkdir(parents=True, exist_ok=True)
    pointer.unlink(missing_ok=True)  # a link to nowhere
    try:
        pointer.symlink_to(os.path.relpath(blob, pointer.parent))
    except (OSError, NotImplementedError):  # some systems let nobody make such links
        try:
            pointer.hardlink_to(blob)
        except OSError:
            shutil.copyfile(blob, pointer)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn the library's many errors into one sentence each."""
    from huggingface_hub import errors

    try:
        yield
    except (UserError, Cancelled):
        raise
    except errors.GatedRepoError as error:
        raise UserError(
            "“{name}” asks you to accept its terms first: do so on its page, log in with “hf auth login”, try again.",
            "model",
            name=name,
        ) from error
    except errors.RepositoryNotFoundError as error:
        raise UserError("The hub has no model “{name}” for you; check the name.", "model", name=name) from error
    except errors.OfflineModeIsEnabled as error:
        raise UserError(
            "The hub is switched off here (HF_HUB_OFFLINE); switch it on to fetch models.", "model"
        ) from error
    except errors.HfHubHTTPError as error:
        code = getattr(error.response, "status_code", "no answer")
        raise UserError("The hub refused ({code}); try again later.", "model", code=code) from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise UserError(
                "The disk is full; make room and fetch the model again: it goes on from here.", name
            ) from error
        if error.errno is not None and not isinstance(error, ConnectionError):
            raise UserError("A file could not be written ({reason}).", name, reason=error.strerror) from error
        raise _unreachable() from error
    except Exception as error:
        raise _unreachable() from error


def _unreachable() -> UserError:
    return UserError(
        "The hub cannot be reached, or the connection broke; check the network and try again: what is here is kept.",
        "model",
    )
