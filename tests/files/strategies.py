"""Random results and projects, and bytes that went wrong."""

import copy
import json
import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np
from hypothesis import strategies as st

from tests.document.strategies import options, spans, states, texts
from zestdesk.document.start import StartPicture, picture_image
from zestdesk.files.project import Project, Run
from zestdesk.guidance.request import GenerationRequest, GenerationResult, Segment, StepRecord
from zestdesk.options import GuidanceOptions

reals = st.floats(allow_nan=False, allow_infinity=False)
losses = st.none() | st.floats(0, 1e6) | st.sampled_from([math.nan, math.inf])
fits = st.floats(0, 1)


@st.composite
def results(draw: st.DrawFn) -> GenerationResult:
    """Any result with a small picture."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    width, height = draw(st.integers(1, 24)), draw(st.integers(1, 24))
    count, steps = draw(st.integers(0, 3)), draw(st.integers(0, 4))
    segments = tuple(
        Segment(
            label=draw(texts),
            mask=random.random((height, width), np.float32).round(draw(st.sampled_from([0, 2, 9]))),
            weight=draw(st.floats(0, 10)),
            start=start,
            end=end,
            layer_ids=tuple(draw(st.lists(st.uuids().map(lambda each: each.hex), max_size=2))),
        )
        for start, end in draw(st.lists(spans(), min_size=count, max_size=count))
    )
    start = draw(st.none() | st.just(random.integers(0, 256, (height, width, 3), np.uint8)))
    request = GenerationRequest(
        prompt=draw(texts),
        negative_prompt=draw(texts),
        width=width,
        height=height,
        segments=segments,
        steps=draw(st.integers(1, 1000)),
        scheduler=draw(st.sampled_from(["ddim", "euler", "dpm++"])),
        guidance_scale=draw(st.floats(0, 50)),
        eta=draw(st.floats(0, 100)),
        tau=draw(st.floats(0, 1)),
        seed=draw(st.integers(0, 2**63 - 1)),
        model=draw(st.sampled_from(["diorama", "a/folder"])),
        device=draw(st.sampled_from(["auto", "cpu", "cuda"])),
        options=GuidanceOptions(**draw(options())),
        start=start,
        strength=1.0 if start is None else draw(st.floats(0, 1, exclude_min=True)),
        redraw=None if start is None or draw(st.booleans()) else random.random((height, width), np.float32),
    )
    each = st.tuples(*[fits] * count)
    return GenerationResult(
        request=request,
        picture=random.integers(0, 256, (height, width, 3), np.uint8),
        composed_prompt=draw(texts),
        tokens=tuple(tuple(draw(st.lists(st.integers(0, 76), max_size=3))) for _ in range(count)),
        steps=tuple(
            StepRecord(
                timestep=draw(st.floats(0, 1000)),
                loss=draw(losses),
                fits=draw(each),
                guided=draw(st.booleans()),
                skipped=draw(st.none() | texts),
                seconds=draw(st.floats(0, 100)),
            )
            for _ in range(steps)
        ),
        masks=random.integers(0, 256, (steps, count, 4, 6), np.uint8),
        fits=draw(each),
        seconds=draw(st.floats(0, 1e6)),
        device=draw(st.sampled_from(["cpu", "cuda"])),
        revision=draw(st.sampled_from(["", "0123abc"])),
        savings=draw(st.sampled_from(["", "the decoder in tiles"])),
    )


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """Any run; it may have begun with the layout's own picture, or with that picture scaled."""
    state, result = draw(states(most=2)), draw(results())
    if result.request.start is not None and draw(st.booleans()):
        state = replace(state, start=StartPicture(image=picture_image(result.request.start)))
    zone = draw(st.sampled_from([UTC, timezone(timedelta(hours=-3, minutes=-30))]))
    return Run(
        id=draw(st.uuids()).hex,
        created=datetime.fromtimestamp(draw(st.integers(0, 4_000_000_000)) + 0.25, zone),
        state=state,
        result=result,
    )


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Any project."""
    return Project(state=draw(states()), runs=tuple(draw(st.lists(runs(), max_size=2))))


def assert_same_result(first: GenerationResult, second: GenerationResult) -> None:
    """Equal to the last bit, dtypes and shapes too; NaN is equal to NaN."""

    def plain(result: GenerationResult) -> str:
        request = result.request
        return repr(
            (
                [getattr(request, name) for name in request.__slots__ if name not in ("segments", "start", "redraw")],
                [(item.label, float(item.weight), item.start, item.end, item.layer_ids) for item in request.segments],
                result.composed_prompt,
                result.tokens,
                result.steps,
                result.fits,
                result.seconds,
                result.device,
            )
        )

    assert plain(first) == plain(second)
    arrays = [
        (first.picture, second.picture),
        (first.masks, second.masks),
        *((one.mask, other.mask) for one, other in zip(first.request.segments, second.request.segments, strict=True)),
    ]
    for name in ("start", "redraw"):
        one, other = getattr(first.request, name), getattr(second.request, name)
        assert (one is None) == (other is None)
        if one is not None:
            arrays.append((one, other))
    for one, other in arrays:
        assert (one.dtype, one.shape) == (other.dtype, other.shape)
        assert one.tobytes() == other.tobytes()


def assert_same_run(first: Run, second: Run) -> None:
    """All parts of two runs are equal."""
    assert (first.id, first.created, first.state) == (second.id, second.created, second.state)
    assert_same_result(first.result, second.result)


def _deep() -> list[Any]:
    nest: list[Any] = []
    for _ in range(70):
        nest = [nest]
    return nest


NASTY: list[Any] = [
    None, True, False, 0, -1, 1, 2, 0.5, 1e308, -1e308, 2**63, 10**400, math.nan, math.inf, "", "x", "\ud800",
    "a" * 300, [], {}, [[]], [1], [1, 2], [0, 0, 0, 0], [1e308] * 4, [10**9] * 4, [512, "x"], {"a": 1}, _deep(),
    "M", "M 0 0 L", "M 1e999 0", "../x.png", "/etc/passwd", "masks/" + "0" * 32 + ".png", "runs/0", "runs/7", "#12345g",
]  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    if isinstance(value, dict):
        for key, item in value.items():
            found += _places(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            found += _places(item, (*path, index))
    return found


@st.composite
def spoilt_json(draw: st.DrawFn, data: dict[str, Any]) -> bytes:
    """JSON in which one or two values are something else, missing, or double."""
    data = copy.deepcopy(data)
    for _ in range(draw(st.integers(1, 2))):
        places = [place for place in _places(data) if place]
        if not places:
            break
        *way, last = draw(st.sampled_from(places))
        inner: Any = data
        for key in way:
            inner = inner[key]
        match draw(st.sampled_from(["replace", "replace", "replace", "drop", "double"])):
            case "replace":
                inner[last] = copy.deepcopy(draw(st.sampled_from(NASTY)))
            case "drop":
                del inner[last]
            case "double" if isinstance(inner, list):
                inner.append(copy.deepcopy(inner[last]))
            case _:
                inner[f"{last}x"] = copy.deepcopy(inner[last])
    return json.dumps(data).encode("utf-8", "surrogatepass")


@st.composite
def spoilt_bytes(draw: st.DrawFn, data: bytes) -> bytes:
    """Bytes of which some are changed, cut out, doubled, or missing at the end."""
    spoilt = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        if not spoilt:
            break
        at = draw(st.integers(0, len(spoilt) - 1))
        match draw(st.sampled_from(["flip", "flip", "set", "cut", "drop", "double"])):
            case "flip":
                spoilt[at] ^= 1 << draw(st.integers(0, 7))
            case "set":
                spoilt[at : at + 4] = draw(st.sampled_from([b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f"]))
            case "cut":
                del spoilt[at:]
            case "drop":
                del spoilt[at : at + draw(st.integers(1, 40))]
            case _:
                spoilt[at:at] = spoilt[at : at + draw(st.integers(1, 40))]
    return bytes(spoilt)
