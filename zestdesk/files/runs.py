"""A finished run in a project: one JSON and lossless images, from which the same result is made again, bit by bit."""

import math
import re
import weakref
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zestdesk.document.layout import LayoutState
from zestdesk.document.start import StartPicture, picture_pixels
from zestdesk.errors import UserError
from zestdesk.files.archive import Archive
from zestdesk.files.fields import Extra, Fields, dump_json, parse_json
from zestdesk.files.images import MAX_PIXELS, decode_png, encode_png
from zestdesk.files.layout_images import ImageNames, ImageReader, ImagesUnread
from zestdesk.files.layout_json import parse_layout, state_to_dict
from zestdesk.files.limits import MAX_LAYOUT_BYTES
from zestdesk.files.settings_json import options_dict, parse_options
from zestdesk.guidance.request import (
    MAX_SIDE,
    GenerationRequest,
    GenerationResult,
    Segment,
    StepRecord,
)
from zestdesk.options import GuidanceOptions

__all__ = ["RUN_FILES", "Run", "decoded_bytes", "pack_run", "unpack_run"]

RUN_FILES: Final = r"runs/\d{1,6}/(run\.json|(picture|start|redraw)\.png|segment-\d{1,4}\.png|attention-\d{1,6}\.png)"
"""Names of a run's members in a project."""

_START: Final = "start.png"
_MAX_SEGMENTS: Final = 1000
_ATTENTION_PIXELS: Final = 2**24  # of one image of attention masks
_REQUEST_PLAIN: Final = (
    "prompt", "negative_prompt", "width", "height", "steps", "scheduler", "guidance_scale", "eta", "tau", "seed",
    "model", "device",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class Run:
    """A picture that was made, with what it was made from. Runs are equal only to themselves.

    Attributes:
        id: unique within a project.
        created: when it was finished.
        state: the layout that was asked for.
        result: what came out.
    """

    id: str
    created: datetime
    state: LayoutState
    result: GenerationResult


_packed_images: "weakref.WeakKeyDictionary[Run, dict[str, bytes]]" = weakref.WeakKeyDictionary()
"""Runs never change: autosave packs each one's images once."""


def pack_run(run: Run, names: ImageNames, extra: Extra) -> dict[str, bytes]:
    """Return a run's files by their names within its folder.

    Raises:
        UserError: its layout is one that could not be read again.
        ValueError: the result's parts do not fit together.
    """
    result, request = run.result, run.result.request
    wrong = _misfit(result)
    if wrong:
        raise ValueError(wrong)
    images = _packed_images.get(run)
    try:
        layout = state_to_dict(run.state, names, extra, f"runs/{run.id}/layout")
        if images is None:
            # A picture is made of layouts that a file cannot hold, too: one such run, and nothing would open again.
            parse_layout(Fields(layout), ImagesUnread(), {})
    except UserError as error:
        raise _unreadable() from error
    if images is None:
        images = _packed_images[run] = _pack_images(result) | _pack_start(request, run.state.start)
    data = {
        "id": run.id,
        "created": run.created.isoformat(),
        "layout": layout,
        "request": {
            **{name: getattr(request, name) for name in _REQUEST_PLAIN},
            **options_dict(request.options),
            "segments": [_segment_to_dict(segment) for segment in request.segments],
            **_start_to_dict(run, names, images),
        },
        "composed_prompt": result.composed_prompt,
        "tokens": [[int(token) for token in tokens] for tokens in result.tokens],
        "steps": [_step_to_dict(step) for step in result.steps],
        "masks": [int(side) for side in result.masks.shape],
        "fits": [float(fit) for fit in result.fits],
        "seconds": float(result.seconds),
        "device": result.device,
        "revision": result.revision,
        "savings": result.savings,
        **extra.get(f"runs/{run.id}", {}),
    }
    text = dump_json(data)
    if len(text) > MAX_LAYOUT_BYTES:
        raise _unreadable()
    return {"run.json": text, **images}


def _unreadable() -> UserError:
    return UserError(
        "A result of the history was made of more layers, outlines or text than can be opened again; delete it there.",
        "runs",
    )


def decoded_bytes(result: GenerationResult) -> int:
    """Return how many bytes the result's images take in memory."""
    request = result.request
    start = 0 if request.start is None else request.start.nbytes
    redraw = 0 if request.redraw is None else request.redraw.nbytes
    segments = sum(segment.mask.nbytes for segment in request.segments)
    return result.picture.nbytes + result.masks.nbytes + segments + start + redraw


def _misfit(result: GenerationResult) -> UserError | None:
    """Return what does not fit together in a result, or nothing."""
    count, request = len(result.request.segments), result.request
    if result.picture.shape != (request.height, request.width, 3) or result.picture.dtype != np.uint8:
        return UserError("The picture has not the size that was asked for.")
    if result.masks.ndim != 4 or result.masks.dtype != np.uint8:
        return UserError("The attention masks have not four axes.")
    if (count or result.masks.size) and result.masks.shape[:2] != (len(result.steps), count):
        return UserError("There are not as many attention masks as steps and segments.")
    if any(len(items) != count for items in (result.tokens, result.fits, *(step.fits for step in result.steps))):
        return UserError("There are not as many tokens or fits as segments.")
    return None


def _segment_to_dict(segment: Segment) -> dict[str, Any]:
    plain = {name: getattr(segment, name) for name in ("label", "weight", "start", "end")}
    return {**plain, "layer_ids": list(segment.layer_ids)}


def _step_to_dict(step: StepRecord) -> dict[str, Any]:
    data = asdict(step)
    data["timestep"], data["seconds"] = float(step.timestep), float(step.seconds)
    data["loss"] = None if step.loss is None else _real(step.loss)
    data["fits"] = [float(fit) for fit in step.fits]
    return data


def _real(value: float) -> float | str:
    """Return a number for JSON, which has none for "nan", "inf" and "-inf": a step that was skipped may have them."""
    value = float(value)
    return value if math.isfinite(value) else str(value)


def _pack_images(result: GenerationResult) -> dict[str, bytes]:
    images = {"picture.png": encode_png(result.picture)}
    for index, segment in enumerate(result.request.segments):
        images[f"segment-{index}.png"] = encode_png(_bytes_as_grey(segment.mask))
    for index, chunk in enumerate(_chunks(result.masks.shape)):
        part = result.masks[chunk]
        images[f"attention-{index}.png"] = encode_png(part.reshape(-1, part.shape[-1]))
    return images


def _pack_start(request: GenerationRequest, start: StartPicture | None) -> dict[str, bytes]:
    """Return what a run began with: its own picture only where that is not the layout's, which was scaled then."""
    images = {}
    if request.start is not None and (start is None or not np.array_equal(picture_pixels(start.image), request.start)):
        images[_START] = encode_png(request.start)
    if request.redraw is not None:
        images["redraw.png"] = encode_png(_bytes_as_grey(request.redraw))
    return images


def _start_to_dict(run: Run, names: ImageNames, images: Mapping[str, bytes]) -> dict[str, Any]:
    request, start = run.result.request, run.state.start
    if request.start is None:
        return {}
    name = names.picture(start.image) if start is not None and _START not in images else _START
    return {"start": name, "strength": request.strength, "redraw": request.redraw is not None}


def _chunks(shape: tuple[int, ...]) -> list[slice]:
    """Return which steps share an image; none when there is nothing to see."""
    steps, one = shape[0], math.prod(shape[1:])
    if not steps or not one:
        return []
    each = max(1, _ATTENTION_PIXELS // one)
    return [slice(start, min(steps, start + each)) for start in range(0, steps, each)]


def _bytes_as_grey(mask: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return float32 (height, width) as grey (4 x height, width), one plane per byte: exact, and packs well."""
    height, width = mask.shape
    raw = np.ascontiguousarray(mask, "<f4").view(np.uint8).reshape(height, width, 4)
    return np.ascontiguousarray(raw.transpose(2, 0, 1)).reshape(4 * height, width)


def _grey_as_floats(planes: NDArray[np.uint8]) -> NDArray[np.float32]:
    height, width = planes.shape[0] // 4, planes.shape[1]
    raw = np.ascontiguousarray(planes.reshape(4, height, width).transpose(1, 2, 0))
    return raw.view("<f4").reshape(height, width).astype(np.float32)


def unpack_run(archive: Archive, folder: str, images: ImageReader, extra: Extra) -> Run:
    """Return the run that lies in ``folder`` (``"runs/3"``) of a project.

    Raises:
        UserError: with the place.
    """
    name = f"{folder}/run.json"
    fields = Fields(parse_json(archive.read(name, MAX_LAYOUT_BYTES), name))
    try:
        return _parse_run(fields, archive, folder, images, extra)
    except UserError as error:
        if error.place.startswith(("runs/", "masks/", "pictures/")):
            raise
        raise error.within(name) from error


def _parse_run(fields: Fields, archive: Archive, folder: str, images: ImageReader, extra: Extra) -> Run:
    run_id = fields.text("id", limit=64)
    if not re.fullmatch(r"[\w-]{1,64}", run_id):
        raise fields.error("id", "An id has 1 to 64 letters, digits, “-” or “_”.")
    try:
        created = datetime.fromisoformat(fields.text("created", limit=64))
    except ValueError as error:
        raise fields.error("created", "This is not a date and time in ISO 8601.") from error
    if created.tzinfo is None:  # only a time with a zone can be turned into any other without an error
        created = created.replace(tzinfo=UTC)
    state = parse_layout(Fields(fields.raw("layout"), "layout"), images, extra, f"runs/{run_id}/layout")
    request = _parse_request(Fields(fields.raw("request"), "request"), archive, folder, images)
    steps = tuple(_parse_step(item) for item in fields.tables("steps", 10_000))
    result = GenerationResult(
        request=request,
        picture=_decode(archive, f"{folder}/picture.png", "RGB", (request.width, request.height)),
        composed_prompt=fields.text("composed_prompt"),
        tokens=tuple(tuple(_token_list(item, fields)) for item in fields.items("tokens", _MAX_SEGMENTS)),
        steps=steps,
        masks=_unpack_attention(fields, archive, folder, (len(steps), len(request.segments))),
        fits=_fits(fields),
        seconds=float(fields.number("seconds", low=0, high=1e12)),
        device=fields.text("device", limit=100),
        # Projects of earlier versions say neither.
        revision=fields.text("revision", "", limit=100),
        savings=fields.text("savings", "", limit=1000),
    )
    if wrong := _misfit(result):
        raise wrong
    if rest := fields.rest():
        extra[f"runs/{run_id}"] = rest
    return Run(id=run_id, created=created, state=state, result=result)


def _decode(archive: Archive, name: str, mode: str, size: tuple[int, int]) -> NDArray[np.uint8]:
    pixels = size[0] * size[1] * (3 if mode == "RGB" else 1)
    archive.spend(pixels, name)
    return decode_png(archive.read(name, 2 * pixels + 2**16), mode, size, name)


def _parse_request(fields: Fields, archive: Archive, folder: str, images: ImageReader) -> GenerationRequest:
    width, height = fields.whole("width", low=1, high=MAX_SIDE), fields.whole("height", low=1, high=MAX_SIDE)
    segments = []
    for index, item in enumerate(fields.tables("segments", _MAX_SEGMENTS)):
        mask = _parse_mask(archive, f"{folder}/segment-{index}.png", (width, height))
        ids = item.items("layer_ids", 10_000)
        if not all(isinstance(each, str) for each in ids):
            raise item.error("layer_ids", "Texts in quotes belong here.")
        label, weight = item.text("label"), item.number("weight", low=0, high=1e6)
        # Projects of earlier versions know no spans: every segment guided throughout.
        start, end = item.number("start", 0.0, 0, 1), item.number("end", 1.0, 0, 1)
        if end < start:
            raise item.error("end", "This is “start” or more.")
        segments.append(Segment(label=label, mask=mask, weight=weight, start=start, end=end, layer_ids=tuple(ids)))
    try:
        return GenerationRequest(
            prompt=fields.text("prompt"),
            negative_prompt=fields.text("negative_prompt"),
            width=width,
            height=height,
            segments=tuple(segments),
            steps=fields.whole("steps", high=10_000),
            scheduler=fields.text("scheduler", limit=100),
            guidance_scale=fields.number("guidance_scale"),
            eta=fields.number("eta"),
            tau=fields.number("tau"),
            seed=fields.whole("seed"),
            model=fields.text("model", limit=4096),
            device=fields.text("device", limit=100),
            options=GuidanceOptions(**parse_options(fields)),
            **_parse_start(fields, archive, folder, images, (width, height)),
        )
    except UserError as error:
        if error.place.startswith(fields.place):
            raise
        raise error.at(fields.place) from error


def _parse_mask(archive: Archive, name: str, size: tuple[int, int]) -> NDArray[np.float32]:
    mask = _grey_as_floats(_decode(archive, name, "L", (size[0], 4 * size[1])))
    if not (np.isfinite(mask).all() and mask.min() >= 0 and mask.max() <= 1):
        raise UserError("The mask holds values that are not from 0 to 1.", name)
    return mask


def _parse_start(
    fields: Fields, archive: Archive, folder: str, images: ImageReader, size: tuple[int, int]
) -> dict[str, Any]:
    """Return what a request has to say of the picture that it began with."""
    if not fields.has("start"):
        return {}
    name = fields.text("start", limit=100)
    if name == _START:
        start = _decode(archive, f"{folder}/{_START}", "RGB", size)
    else:
        archive.spend(3 * size[0] * size[1], name)
        start = picture_pixels(images.picture(name, fields.place_of("start")))
        if start.shape[:2] != size[::-1]:
            raise fields.error("start", "The picture has not the size that was asked for.")
    redraw = _parse_mask(archive, f"{folder}/redraw.png", size) if fields.flag("redraw") else None
    return {"start": start, "strength": fields.number("strength"), "redraw": redraw}


def _parse_step(fields: Fields) -> StepRecord:
    return StepRecord(
        timestep=fields.number("timestep"),
        loss=None if fields.raw("loss") is None else _parse_real(fields.raw("loss"), fields, "loss"),
        fits=_fits(fields),
        guided=fields.flag("guided"),
        skipped=None if fields.raw("skipped") is None else fields.text("skipped"),
        seconds=float(fields.number("seconds")),
    )


def _fits(fields: Fields) -> tuple[float, ...]:
    fits = fields.numbers("fits")
    if not all(0 <= fit <= 1 for fit in fits):
        raise fields.error("fits", "A fit is a number from 0 to 1.")
    return tuple(map(float, fits))


def _parse_real(value: object, fields: Fields, name: str) -> float:
    if value in ("nan", "inf", "-inf"):
        return float(str(value))
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e300:
        raise fields.error(name, "A number belongs here.")
    return float(value)


def _token_list(value: object, fields: Fields) -> list[int]:
    if not isinstance(value, list) or not all(type(token) is int and 0 <= token < 10_000 for token in value):
        raise fields.error("tokens", "Lists of positions belong here.")
    return value


def _unpack_attention(fields: Fields, archive: Archive, folder: str, expected: tuple[int, int]) -> NDArray[np.uint8]:
    shape = tuple(fields.wholes("masks", 4, 10_000))
    count: int = math.prod(shape)
    if shape[:2] != expected and (count or expected[1]):  # without segments there is nothing to count
        raise fields.error("masks", "There are not as many attention masks as steps and segments.")
    if count == 0:
        return np.zeros(shape, np.uint8)
    if math.prod(shape[1:]) > MAX_PIXELS:
        raise fields.error("masks", "The attention masks are larger than they can be.")
    archive.spend(math.prod(shape), f"{folder}/attention-0.png")
    masks = np.empty(shape, np.uint8)
    for index, chunk in enumerate(_chunks(shape)):
        part = masks[chunk]
        size = shape[3], math.prod(part.shape[:3])
        name = f"{folder}/attention-{index}.png"
        part[:] = decode_png(archive.read(name, 2 * part.size + 2**16), "L", size, name).reshape(part.shape)
    return masks
