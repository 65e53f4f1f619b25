"""From a layout to what the sampler is asked for."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from zestdesk.document.checks import require_sound
from zestdesk.document.layers import Layer, is_visible
from zestdesk.document.layout import LayoutState
from zestdesk.document.masks import layer_masks
from zestdesk.document.start import redraw_mask, start_pixels
from zestdesk.errors import UserError
from zestdesk.guidance.binding import compose
from zestdesk.guidance.checkpoints import Checkpoint, picture_size
from zestdesk.guidance.plan import last_steps
from zestdesk.guidance.request import GenerationRequest, Segment
from zestdesk.options import GuidanceOptions

__all__ = ["build_request", "segment_layers", "steps_taken"]

_LEAST_AREA = 0.5
"""A layer that covers less than this many pixels of the picture cannot be asked for."""


def build_request(state: LayoutState, checkpoint: Checkpoint, device: str = "auto") -> GenerationRequest:
    """Turn a layout into a request: masks at the picture's size, one segment per mention.

    Layers with the same label take one mention of the prompt each, upper layers first. Where the prompt has fewer
    mentions than there are such layers, the rest share the last mention and become one segment: two masks cannot pull
    the same words to different places.

    Args:
        state: the layout; its canvas is fitted to the picture's size, and so is the picture to begin with.
        checkpoint: the model that decides the picture's size.
        device: ``"auto"``, ``"cpu"`` or ``"cuda"``.

    Raises:
        UserError: when a layer has no label, no area, or none left at the picture's size; when neither layers nor
            prompt say anything; when the model cannot make the size. The text names the layer.
    """
    require_sound(state)
    size = picture_size(checkpoint, state.canvas, state.settings.size)
    masked = layer_masks(state, size)
    for layer, mask in masked:
        _require_area(state, layer, mask)
    settings, start = state.settings, state.start
    return GenerationRequest(
        prompt=state.prompt,
        negative_prompt=state.negative_prompt,
        segments=_segments(state.prompt, masked),
        width=size[0],
        height=size[1],
        steps=settings.steps,
        scheduler=settings.scheduler,
        guidance_scale=settings.guidance_scale,
        eta=settings.eta,
        tau=settings.tau,
        seed=settings.seed,
        model=settings.model,
        device=device,
        options=GuidanceOptions(**{name: getattr(settings, name) for name in GuidanceOptions.names()}),
        start=None if start is None else start_pixels(start, size),
        strength=1.0 if start is None else start.strength,
        redraw=None if start is None else redraw_mask(start, masked),
    )


def steps_taken(state: LayoutState) -> int:
    """Return how many steps a picture of a layout takes: fewer than are set where it begins with a picture."""
    steps = state.settings.steps
    return steps if state.start is None else last_steps(state.start.strength, steps)


def segment_layers(state: LayoutState) -> tuple[tuple[str, ...], ...]:
    """Return the ids of the layers behind each segment that :func:`build_request` makes of a layout, in its order.

    A layout that cannot be asked for, since a layer has no label, has no segments either.
    """
    visible = [layer for layer in state.layers if is_visible(layer)]
    if not all(layer.label.strip() for layer in visible):
        return ()
    groups = _by_mention(state.prompt, [layer.label for layer in visible])
    return tuple(tuple(visible[index].id for index in group) for group in groups)


def _require_area(state: LayoutState, layer: Layer, mask: NDArray[np.float32]) -> None:
    if float(mask.sum(dtype=np.float64)) >= _LEAST_AREA:
        return
    height, width = mask.shape
    raise UserError(
        "Nothing of the layer “{label}” is left in a picture of {width} x {height} pixels; draw it larger, "
        "or uncover more of it.",
        f"layers[{state.index_of(layer.id)}]",
        label=layer.label.strip(),
        width=width,
        height=height,
    )


def _segments(prompt: str, masked: list[tuple[Layer, NDArray[np.float32]]]) -> tuple[Segment, ...]:
    """Return one segment per mention, in the order of their uppermost layers."""
    alone = [
        Segment(
            label=layer.label.strip(),
            mask=mask,
            weight=layer.weight,
            start=layer.start,
            end=layer.end,
            layer_ids=(layer.id,),
        )
        for layer, mask in masked
    ]
    groups = _by_mention(prompt, [layer.label for layer, _ in masked])
    return tuple(reduce(_united, [alone[index] for index in group]) for group in groups)


def _by_mention(prompt: str, labels: Sequence[str]) -> list[list[int]]:
    """Return the positions of the labels that share a mention of the composed prompt, by their uppermost ones."""
    groups: dict[tuple[int, int], list[int]] = {}
    for index, span in enumerate(compose(prompt, labels).spans):
        groups.setdefault(span, []).append(index)
    return list(groups.values())


def _united(one: Segment, other: Segment) -> Segment:
    """Return both regions as one: its weight is the mean of theirs by area, its span reaches over both of theirs."""
    areas = np.array([one.mask.sum(), other.mask.sum()], dtype=np.float64)
    return replace(
        one,
        mask=np.minimum(one.mask + other.mask, np.float32(1)),
        weight=float(np.average([one.weight, other.weight], weights=areas)),
        start=min(one.start, other.start),
        end=max(one.end, other.end),
        layer_ids=one.layer_ids + other.layer_ids,
    )
