"""The ``.zest`` project: a zip of ``project.json``, brush masks and runs, replaced as a whole or not at all."""

import hashlib
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from PySide6.QtGui import QImage

from zestdesk.document.brush import blank_mask, mask_pixels, pixels_to_mask
from zestdesk.document.layout import LayoutState
from zestdesk.document.start import MAX_START_SIDE, picture_image, picture_pixels
from zestdesk.errors import UserError
from zestdesk.files.archive import Archive, pack
from zestdesk.files.atomic import require_file, write_atomically
from zestdesk.files.fields import Extra, Fields, dump_json, parse_json
from zestdesk.files.images import decode_png, decode_rgb_png, encode_png, png_size
from zestdesk.files.layout_images import ImagesUnread
from zestdesk.files.layout_json import parse_layout, state_to_dict
from zestdesk.files.limits import MAX_LAYOUT_BYTES
from zestdesk.files.runs import RUN_FILES, Run, decoded_bytes, pack_run, unpack_run

__all__ = ["Project", "Run", "open_project", "save_project"]

VERSION: Final = 1
"""Of the schema that is written."""

MIGRATIONS: Final[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}
"""From the key's version to the next: project.json of the old one -> of the new one. Version 1 is the first."""

_PROJECT: Final = "project.json"
_MASK: Final = r"masks/[0-9a-f]{32}\.png"
_PICTURE: Final = r"pictures/[0-9a-f]{32}\.png"
_NAMES: Final = re.compile(f"{re.escape(_PROJECT)}|{_MASK}|{_PICTURE}|{RUN_FILES}")
_MAX_RUNS: Final = 10_000
_MAX_PICTURE_BYTES: Final = 2 * 3 * MAX_START_SIDE**2


@dataclass(frozen=True, kw_only=True)
class Project:
    """Everything in one ``.zest`` file.

    Attributes:
        state: the layout under edit.
        runs: what was made, oldest first.
        extra: keys of other versions, by where they stood; saving writes them back.
    """

    state: LayoutState
    runs: tuple[Run, ...] = ()
    extra: Extra = field(default_factory=dict)


class _ImageFiles:
    """Packs images under names made of their contents, so that layers and runs share what is equal.

    Unchanged images are not packed again: autosave comes by often, and a mask of 8192 x 8192 takes its time.

    Attributes:
        members: what was packed, by name.
        decoded: bytes that all of it takes once decoded.
    """

    _packed: "dict[int, bytes]" = {}  # noqa: RUF012 - by QImage.cacheKey, oldest first; shared and guarded by the lock
    _lock = threading.Lock()
    _kept_bytes = 64 * 2**20

    def __init__(self) -> None:
        self.members: dict[str, bytes] = {}
        self.decoded = 0

    def mask(self, mask: QImage) -> str:
        """Return a mask's name."""
        return self._name("masks", mask, mask.width() * mask.height())

    def picture(self, picture: QImage) -> str:
        """Return a picture's name."""
        return self._name("pictures", picture, 3 * picture.width() * picture.height())

    def _name(self, folder: str, image: QImage, decoded: int) -> str:
        png = self._png(image)
        name = f"{folder}/{hashlib.sha256(png).hexdigest()[:32]}.png"
        if name not in self.members:
            self.decoded += decoded
        self.members[name] = png
        return name

    @classmethod
    def _png(cls, image: QImage) -> bytes:
        key = image.cacheKey()
        with cls._lock:
            png = cls._packed.pop(key, None)
        if png is None:
            in_colour = image.format() == QImage.Format.Format_RGB888
            png = encode_png(picture_pixels(image) if in_colour else mask_pixels(image), compress_level=3)
        with cls._lock:
            cls._packed[key] = png
            while sum(map(len, cls._packed.values())) > cls._kept_bytes:
                del cls._packed[next(iter(cls._packed))]
        return png


class _ImageMembers:
    """Reads the images of an archive, each once, however many layers and runs share it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._masks: dict[tuple[str, tuple[int, int]], QImage] = {}
        self._pictures: dict[str, QImage] = {}

    def mask(self, name: str, canvas: tuple[int, int], place: str) -> QImage:
        """Return a mask."""
        if name and not re.fullmatch(_MASK, name):
            raise UserError("A mask's name in a project is “masks/”, 32 hexadecimal digits and “.png”.", place)
        if (name, canvas) not in self._masks:
            pixels = canvas[0] * canvas[1]
            self._archive.spend(pixels, name or place)
            if name:
                png = self._archive.read(name, 2 * pixels + 2**16)
                self._masks[name, canvas] = pixels_to_mask(decode_png(png, "L", canvas, name))
            else:
                self._masks[name, canvas] = blank_mask(canvas)
        return self._masks[name, canvas]

    def picture(self, name: str, place: str) -> QImage:
        """Return a picture; its size is looked at before it is decoded."""
        if not re.fullmatch(_PICTURE, name):
            raise UserError("A picture's name in a project is “pictures/”, 32 hexadecimal digits and “.png”.", place)
        if name not in self._pictures:
            png = self._archive.read(name, _MAX_PICTURE_BYTES)
            width, height, _, _ = png_size(png, name)
            self._archive.spend(3 * width * height, name)
            self._pictures[name] = picture_image(decode_rgb_png(png, MAX_START_SIDE, name))
        return self._pictures[name]


def save_project(path: Path, project: Project) -> None:
    """Write a project; whatever goes wrong, the file that was there stays as it was.

    Raises:
        UserError: the file cannot be written, or the project holds what cannot be read again.
    """
    images = _ImageFiles()
    layout = state_to_dict(project.state, images, project.extra)
    # What is written has to open again: look at it with the reader's eyes while the old file is still there.
    parse_layout(Fields(layout), ImagesUnread(), {})
    members: dict[str, bytes] = {}
    for index, run in enumerate(project.runs):
        files = pack_run(run, images, project.extra)
        members.update({f"runs/{index}/{name}": data for name, data in files.items()})
    data = {
        "zestdesk": VERSION,
        "layout": layout,
        "runs": [f"runs/{index}" for index in range(len(project.runs))],
        **project.extra.get("", {}),
    }
    decoded = images.decoded + sum(decoded_bytes(run.result) for run in project.runs)
    text = dump_json(data)
    if len(text) > MAX_LAYOUT_BYTES:
        raise UserError("The outlines are too long together to be opened again; simplify some of them.", path.name)
    try:
        packed = pack({_PROJECT: text, **images.members, **members}, decoded)
    except UserError as error:
        raise error.elsewhere(path.name) from error
    write_atomically(path, packed)


def open_project(path: Path) -> Project:
    """Read a project.

    Raises:
        UserError: it is not there, damaged, or written by a newer version; with the file's name and the place in it.
    """
    require_file(path)
    try:
        with path.open("rb") as stream:
            return _read(Archive(stream, _NAMES))
    except UserError as error:
        raise error.within(path.name) from error
    except OSError as error:
        raise UserError("The file could not be read ({reason}).", path.name, reason=error.strerror or error) from error


def _read(archive: Archive) -> Project:
    fields = _migrated(parse_json(archive.read(_PROJECT, MAX_LAYOUT_BYTES), _PROJECT))
    images = _ImageMembers(archive)
    extra: Extra = {}
    state = parse_layout(Fields(fields.raw("layout"), "layout"), images, extra)
    runs: list[Run] = []
    folders = fields.items("runs", _MAX_RUNS) if fields.has("runs") else []
    for folder in folders:
        if not isinstance(folder, str) or not re.fullmatch(r"runs/\d{1,6}", folder):
            raise fields.error("runs", "Names of runs belong here, for example “runs/0”.")
        run = unpack_run(archive, folder, images, extra)
        if any(run.id == other.id for other in runs):
            raise UserError("Another run has this id already.", f"{folder}/run.json: id")
        runs.append(run)
    if rest := fields.rest():
        extra[""] = rest
    return Project(state=state, runs=tuple(runs), extra=extra)


def _migrated(data: Any) -> Fields:  # noqa: ANN401 - whatever JSON can hold
    """Return project.json as this version writes it."""
    version = Fields(data).whole("zestdesk")
    if version > VERSION:
        raise UserError(
            "The project was saved by a newer ZestDesk (format {version}, this one reads up to {ours}); update.",
            "zestdesk",
            version=version,
            ours=VERSION,
        )
    while version < VERSION:
        if version not in MIGRATIONS:
            raise UserError("There is no format {version}.", "zestdesk", version=version)
        data, version = MIGRATIONS[version](data), version + 1
    fields = Fields(data)
    fields.has("zestdesk")
    return fields
