"""Pictures with their settings inside, and attention masks as images."""

import io
import json
import re
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from zestdesk.document.layout import LayoutState
from zestdesk.errors import UserError
from zestdesk.files.atomic import read_bytes, write_atomically
from zestdesk.files.fields import parse_json
from zestdesk.files.images import encode_png, png_size
from zestdesk.files.layout_json import layout_from_dict, layout_to_dict
from zestdesk.files.limits import MAX_LAYOUT_BYTES
from zestdesk.files.report import start_mark
from zestdesk.files.runs import Run
from zestdesk.files.settings_json import changed_options
from zestdesk.guidance.request import SCHEDULER_NAMES, GenerationRequest, GenerationResult

__all__ = ["read_picture_settings", "save_masks", "save_picture"]

_KEYWORD: Final = "zestdesk"
_MAX_PICTURE_BYTES: Final = 512 * 2**20


def save_picture(path: Path, run: Run) -> None:
    """Write a run's picture as PNG with its settings inside.

    Two texts go with it: ``parameters``, the line that AUTOMATIC1111's web UI writes and most viewers show, and
    ``zestdesk``, our layout JSON with everything that :func:`read_picture_settings` needs.

    Raises:
        UserError: the file cannot be written.
    """
    texts = PngInfo()
    texts.add_text("parameters", _parameters(run.result.request))
    texts.add_itxt(_KEYWORD, json.dumps(layout_to_dict(run.state), ensure_ascii=True), zip=True)
    stream = io.BytesIO()
    Image.fromarray(run.result.picture).save(stream, "PNG", pnginfo=texts)
    write_atomically(path, stream.getvalue())


def _parameters(request: GenerationRequest) -> str:
    lines = [request.prompt]
    if request.negative_prompt:
        lines.append(f"Negative prompt: {request.negative_prompt}")
    sampler = SCHEDULER_NAMES[request.scheduler]
    options = "".join(f", ZestGuide {name}: {value}" for name, value in changed_options(request.options).items())
    lines.append(
        f"Steps: {request.steps}, Sampler: {sampler}, CFG scale: {request.guidance_scale:g}, "
        f"Seed: {request.seed}, Size: {request.width}x{request.height}, Model: {Path(request.model).name}, "
        f"ZestGuide eta: {request.eta:g}, ZestGuide tau: {request.tau:g}{options}"
    )
    if request.start is not None:
        # The web UI's own word for it; the picture itself is in our text.
        lines[-1] += f", Denoising strength: {request.strength:g}, Start picture: {start_mark(request.start)}"
    return "\n".join(lines)


def read_picture_settings(path: Path) -> LayoutState:
    """Return the layout and settings that :func:`save_picture` put into a picture.

    Raises:
        UserError: it is no PNG, has no settings of ours, or is damaged.
    """
    data = read_bytes(path, _MAX_PICTURE_BYTES)
    try:
        png_size(data, "")
        return layout_from_dict(parse_json(_own_text(data)), path.parent)
    except UserError as error:
        raise error.within(path.name) from error


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """Yield the chunks of a PNG as (type, contents), as far as they are whole (PNG specification, section 5.3)."""
    view, at = memoryview(data), 8
    while at + 12 <= len(data):
        length = int.from_bytes(view[at : at + 4], "big")
        if at + 12 + length > len(data):
            return
        yield bytes(view[at + 4 : at + 8]), view[at + 8 : at + 8 + length]
        at += 12 + length


def _own_text(data: bytes) -> bytes:
    """Return our text's bytes (iTXt: keyword, 0, packed or not, 0, language, 0, translated keyword, 0, text)."""
    for kind, contents in _chunks(data):
        prefix = _KEYWORD.encode() + b"\0"
        if kind != b"iTXt" or bytes(contents[: len(prefix)]) != prefix:
            continue
        packed = bytes(contents[len(prefix) : len(prefix) + 2])
        parts = bytes(contents[len(prefix) + 2 :]).split(b"\0", 2)
        if len(parts) != 3 or packed not in (b"\0\0", b"\1\0"):
            raise UserError("The settings in this picture are damaged.")
        return _unpacked(parts[2]) if packed == b"\1\0" else parts[2]
    raise UserError("This picture carries no ZestDesk settings: only one that ZestDesk exported can be opened.")


def _unpacked(text: bytes) -> bytes:
    try:
        plain = zlib.decompressobj().decompress(text, MAX_LAYOUT_BYTES + 1)
    except zlib.error as error:
        raise UserError("The settings in this picture are damaged.") from error
    if len(plain) > MAX_LAYOUT_BYTES:
        raise UserError("The settings in this picture are larger than they can be.")
    return plain


def save_masks(folder: Path, result: GenerationResult) -> list[Path]:
    """Write the extracted masks of the last step as grey PNGs, 255 at each one's maximum, at the maps' own size.

    Args:
        folder: made where it is missing.
        result: of a run.

    Returns:
        The files, one per segment, named by number and label: ``00-a-cat.png``.

    Raises:
        UserError: a file or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("The folder could not be made ({reason}).", folder.name, reason=error.strerror) from error
    paths = []
    last = result.masks[-1] if len(result.masks) else ()
    for index, (segment, mask) in enumerate(zip(result.request.segments, last, strict=False)):
        paths.append(folder / f"{index:02d}-{_slug(segment.label)}.png")
        write_atomically(paths[-1], encode_png(mask))
    return paths


def _slug(label: str) -> str:
    """Return a label as a part of a file's name that every system takes."""
    plain = unicodedata.normalize("NFKD", label.casefold())
    words = re.findall(r"[^\W_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    return "-".join(words)[:40].strip("-") or "segment"
