"""What one guided run costs, measured in a process of its own: ``python -m tests.benchmarks.cost MODEL WAY``.

Memory is the process's peak, which only a fresh process can tell; one line of JSON comes out.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from zestdesk.evaluation.methods import OURS
from zestdesk.guidance.checkpoints import open_checkpoint
from zestdesk.guidance.loss import resize_targets, zest_loss
from zestdesk.guidance.maps import extract_masks, map_size
from zestdesk.guidance.models import Model, load
from zestdesk.guidance.request import GenerationRequest, Segment
from zestdesk.guidance.sampler import generate
from zestdesk.guidance.schedulers import Schedule
from zestdesk.guidance.strength import zest_update
from zestdesk.options import GuidanceOptions

__all__ = ["STEPS", "WAYS", "bench_model", "bench_request"]

STEPS = {"diorama": 20, "sd1": 4}
_LABELS = {"diorama": ("a cat", "a car"), "sd1": ("a red cat", "a blue kite")}


def bench_model(name: str) -> Model:
    """Return the bundled model, or Stable Diffusion 1.5 at full size with random weights, where torch works best."""
    if name == "diorama":
        return load(open_checkpoint("diorama"), "auto")
    from tests.guidance.test_full_size import full_size
    from zestdesk.guidance.models import pick_device, pick_dtype

    device = pick_device("auto")
    return full_size(name, device, pick_dtype(device))


def bench_request(name: str, device: torch.device) -> GenerationRequest:
    """Return two labelled ellipses; on a CPU, Stable Diffusion's canvas is small."""
    side = 128 if name == "diorama" else 512 if device.type == "cuda" else 256
    y, x = np.mgrid[:side, :side] / side
    masks = [((x - left) ** 2 + (y - 0.6) ** 2 < 0.04).astype(np.float32) for left in (0.27, 0.73)]
    segments = tuple(Segment(label=label, mask=mask) for label, mask in zip(_LABELS[name], masks, strict=True))
    return GenerationRequest(
        prompt=" and ".join(_LABELS[name]), width=side, height=side, segments=segments, steps=STEPS[name], seed=1
    )


def _with(**options: Any) -> Callable[[GenerationRequest], GenerationRequest]:
    return lambda request: replace(request, options=replace(GuidanceOptions(), **options))


WAYS: dict[str, tuple[str, Callable[[GenerationRequest], GenerationRequest]]] = {
    "plain": ("no guidance, classifier-free guidance in all steps", lambda request: replace(request, eta=0.0)),
    "guided": ("ZestGuide, tau 0.5, the family's layers", _with()),
    "all maps": ("ZestGuide, tau 0.5, all layers as in the paper", _with(maps="all")),
    "down maps": ("ZestGuide, tau 0.5, down blocks only", _with(maps="down")),
    "ours": ("ours: all layers and Paint-with-Words", lambda request: replace(request, options=OURS)),
    "economies": (
        "ours, every 2nd step, unconditional pass in 60 % of the steps",
        lambda request: replace(request, options=replace(OURS, guide_every=2, cfg_until=0.6)),
    ),
}
"""Per way its description, and how it changes the request."""


class _FullMaps:
    """Cross-attention written out, which keeps the attention of every layer, head, pixel and token."""

    def __init__(self, kept: list[torch.Tensor]) -> None:
        self._kept = kept

    def __call__(self, attn: Any, hidden_states: Any, encoder_hidden_states: Any = None, *_: Any, **__: Any) -> Any:
        query, key, value = (
            part.unflatten(-1, (attn.heads, -1)).transpose(1, 2)
            for part in (
                attn.to_q(hidden_states), attn.to_k(encoder_hidden_states), attn.to_v(encoder_hidden_states)
            )
        )  # fmt: skip
        attention = (query @ key.mT * attn.scale).softmax(dim=-1)
        self._kept.append(attention)
        return attn.to_out[1](attn.to_out[0]((attention @ value).transpose(1, 2).flatten(2)))


def straight(request: GenerationRequest, model: Model) -> None:
    """Take the request's guided steps as one would write them down: the graph of the whole pass, weights included."""
    kept: list[torch.Tensor] = []
    processors = {
        name: _FullMaps(kept) if name.endswith("attn2.processor") else processor
        for name, processor in model.unet.attn_processors.items()
    }
    model.unet.set_attn_processor(processors)
    model.unet.requires_grad_(requires_grad=True)
    generator = torch.Generator("cpu").manual_seed(request.seed)
    schedule = Schedule("ddim", model.scheduler_config, request.steps, model.device, [generator])
    prompt = model.text.bind(request.prompt, [segment.label for segment in request.segments])
    size = (request.width, request.height)
    with torch.no_grad():
        texts = [model.text.encode(text, "prompt", size).states.to(model.device) for text in ("", prompt.text)]
    height, width = (side // model.latent_factor for side in (request.height, request.width))
    shape = (1, int(model.unet.config.in_channels), height, width)
    latents = torch.randn(shape, generator=generator).to(model.device)
    targets = torch.from_numpy(np.stack([segment.mask for segment in request.segments])).to(model.device)
    targets = resize_targets(targets, height, width)
    for index, timestep in enumerate(schedule.timesteps[: request.steps // 2]):
        latents.requires_grad_()
        kept.clear()
        conditional = model.unet(latents, timestep, texts[1]).sample
        maps = []
        for attention in kept:
            columns = torch.stack([attention[..., list(words)].sum(dim=-1) for words in prompt.words], dim=2)
            maps.append(columns.unflatten(-1, map_size((height, width), columns.shape[-1])))
        masks = functional.interpolate(extract_masks(maps), (height, width))
        loss = zest_loss(masks, targets, torch.ones(len(targets), device=model.device))
        (gradient,) = torch.autograd.grad(loss.sum(), latents, retain_graph=True)
        loss.sum().backward()
        model.unet.zero_grad()
        with torch.no_grad():
            plain = model.unet(latents, timestep, texts[0]).sample
            estimate = plain + request.guidance_scale * (conditional - plain)
            stepped = schedule.step(estimate, timestep, latents)
            latents = zest_update(stepped, gradient, request.eta * (1 - index / request.steps))


def _resident(field: str) -> int:
    """Return this process's memory in bytes, ``VmRSS`` now or ``VmHWM`` at most, as Linux tells."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - not a file on a disk
        line = next(line for line in status if line.startswith(field))
    return int(line.split()[1]) * 1024


def main(name: str, way: str) -> None:
    """Run one way and print seconds, and bytes before and at the peak, as JSON."""
    model = bench_model(name)
    request = bench_request(name, model.device)
    cuda = model.device.type == "cuda"
    if cuda:
        torch.cuda.synchronize()
    before = torch.cuda.memory_allocated() if cuda else _resident("VmRSS")
    started = time.perf_counter()
    if way == "straight":
        straight(request, model)
    else:
        generate(WAYS[way][1](request), model)
    seconds = time.perf_counter() - started
    peak = torch.cuda.max_memory_allocated() if cuda else _resident("VmHWM")
    print(json.dumps({"seconds": seconds, "before": before, "peak": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
