"""From a request to pictures: one or several seeds, together where memory allows, with savings where it must be."""

import time
from collections.abc import Sequence
from dataclasses import replace

import torch

from zestdesk.guidance.attention import captured_layers, capturing
from zestdesk.guidance.checkpoints import picture_size
from zestdesk.guidance.memory import (
    LEVELS,
    Savings,
    is_out_of_memory,
    out_of_memory,
    pick_level,
    pick_together,
    work_of,
)
from zestdesk.guidance.models import Model, free_memory
from zestdesk.guidance.pace import Pace
from zestdesk.guidance.plan import guided_steps, planned
from zestdesk.guidance.preview import decode
from zestdesk.guidance.prompt import BoundPrompt
from zestdesk.guidance.request import (
    CancelToken,
    GenerationRequest,
    GenerationResult,
    Picture,
    StepListener,
    StepRecord,
)
from zestdesk.guidance.run import AllMasks, Audience, Run
from zestdesk.guidance.saving import decoding, last_level, saving
from zestdesk.guidance.start import composited

__all__ = ["generate", "generate_many", "guided_steps"]

_Made = tuple[list[StepRecord], AllMasks, Picture]
"""One picture with what was seen on the way."""


def generate(
    request: GenerationRequest,
    model: Model,
    on_step: StepListener | None = None,
    cancel: CancelToken | None = None,
    *,
    previews: bool = True,
) -> GenerationResult:
    """Make a picture in which every segment's label appears where its mask is.

    The same request on the same device and versions gives the same pixels. Where memory is tight, or runs out on the
    way, the run saves some at the price of time, and the result says how; its steps are told from the first again.

    Args:
        request: what is wanted. Without segments, or with ``eta`` 0, this is plain sampling.
        model: a loaded checkpoint; its attention processors are exchanged for the run and always put back.
        on_step: told of every step, in this thread.
        cancel: looked at between forward passes and within them.
        previews: whether steps carry one, for a listener that shows it.

    Raises:
        Cancelled: when the token was cancelled; nothing is left behind.
        UserError: when the model cannot make that size, a label falls past the tokenizer's limit, the numbers leave
            their range, or memory runs out.
    """
    return generate_many(request, model, (request.seed,), on_step, cancel, previews=previews)[0]


def generate_many(
    request: GenerationRequest,
    model: Model,
    seeds: Sequence[int],
    on_step: StepListener | None = None,
    cancel: CancelToken | None = None,
    *,
    previews: bool = True,
) -> tuple[GenerationResult, ...]:
    """Make a picture of each of some seeds, all in one batch where memory allows, else in parts.

    A picture does not depend on the company it is made in, but for rounding: libraries sum a batch in another order
    than a single picture, so that a pixel may be off by a level. Steps are told per picture, in the order of the seeds.

    Args:
        request: what is wanted; its own seed counts for nothing.
        model: as for :func:`generate`, and so are the rest.
        seeds: one or more.
        on_step: told of every step of every picture.
        cancel: ends the whole run; no picture is returned then.
        previews: whether steps carry one.

    Returns:
        One result per seed, in their order; each one's request has its own seed, and makes the picture again alone.
    """
    picture_size(model.checkpoint, (request.width, request.height), (request.width, request.height))
    token = cancel or CancelToken()
    token.raise_if_cancelled()
    prompt = model.text.bind(request.prompt, [segment.label for segment in request.segments])
    level, together = _first_choice(request, model, len(seeds))
    last, pace, parts_done = last_level(model.device), Pace(planned(request), len(seeds)), 0
    results: list[GenerationResult] = []
    while len(results) < len(seeds):
        started, chosen = time.perf_counter(), seeds[len(results) : len(results) + together]
        audience = Audience(
            listener=on_step,
            pace=pace,
            shown=previews and on_step is not None,
            first=len(results),
            pictures=len(seeds),
            part=parts_done + 1,
            parts=parts_done + -(-(len(seeds) - len(results)) // together),
        )
        made = _attempt(request, model, prompt, chosen, LEVELS[level], token, audience)
        if made is not None:
            seconds = (time.perf_counter() - started) / len(chosen)
            for seed, one in zip(chosen, made, strict=True):
                results.append(_result(replace(request, seed=seed), model, prompt, one, seconds, LEVELS[level]))
            parts_done += 1
            continue
        _recover(model)
        if len(chosen) > 1:
            together = -(-len(chosen) // 2)
        elif level == last:
            raise out_of_memory(f"{request.width} x {request.height}")
        else:
            level += 1
        pace = Pace(planned(request), len(seeds) - len(results))
    return tuple(results)


def _first_choice(request: GenerationRequest, model: Model, pictures: int) -> tuple[int, int]:
    """Return the level of savings that a run begins with, none unless memory is tight, and the pictures at a time.

    Fewer at a time cost next to nothing: that comes before all that costs time.
    """
    work, free = work_of(model.checkpoint, (request.width, request.height)), free_memory(model.device)
    guided = any(plan.guided for plan in planned(request))
    branches = 2 if request.guidance_scale > 1 else 1
    width = model.dtype.itemsize
    together = pick_together(work, free, width, pictures, guided=guided, branches=branches)
    if together > 1:
        return 0, together
    return pick_level(work, free, width, last_level(model.device), guided=guided, branches=branches), 1


def _attempt(
    request: GenerationRequest,
    model: Model,
    prompt: BoundPrompt,
    seeds: Sequence[int],
    savings: Savings,
    cancel: CancelToken,
    audience: Audience,
) -> list[_Made] | None:
    """Make pictures; None when memory ran out."""
    try:
        with torch.no_grad(), saving(model, savings):
            run = Run(request, model, prompt, seeds, cancel, savings)
            with capturing(model.unet, _layers(request, model), run.reader.capture):
                # A decoder that waits elsewhere shows nothing on the way.
                walked = run.walk(replace(audience, shown=audience.shown and not savings.offload))
            made: list[_Made] = []
            with decoding(model, savings):
                for latents, (records, masks) in zip(run.latents, walked, strict=True):
                    cancel.raise_if_cancelled()
                    made.append((records, masks, composited(decode(model, latents[None]), request)))
            return made
    except (MemoryError, RuntimeError) as error:
        if not is_out_of_memory(error):
            raise
    return None


def _layers(request: GenerationRequest, model: Model) -> tuple[str, ...]:
    """Return the cross-attention layers that a run reads, in forward order."""
    if not request.segments:
        return ()
    maps = request.options.maps
    return model.layers if maps == "family" else captured_layers(model.unet, model.checkpoint.family, maps)


def _recover(model: Model) -> None:
    """Tidy up after memory ran out, past the handler, so that no traceback holds the tensors any more."""
    if model.device.type == "cuda":
        torch.cuda.empty_cache()
    # A part that was put back while all that memory was taken may have found no room.
    for network in model.networks:
        network.to(model.device)


def _result(
    request: GenerationRequest, model: Model, prompt: BoundPrompt, made: _Made, seconds: float, savings: Savings
) -> GenerationResult:
    records, masks, picture = made
    return GenerationResult(
        request=request,
        picture=picture,
        composed_prompt=prompt.text,
        tokens=prompt.tokens,
        steps=tuple(records),
        masks=masks,
        fits=records[-1].fits,
        seconds=seconds,
        device=str(model.device),
        revision=model.checkpoint.revision,
        savings=savings.words,
    )
