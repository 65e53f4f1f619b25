"""What each step of a run does, decided before the first: guided or not, with which passes. Free of torch."""

import math
from dataclasses import dataclass
from typing import Final

from zestdesk.guidance.request import GenerationRequest

__all__ = ["REFINED_PART", "StepPlan", "guided_steps", "last_steps", "planned", "taken_steps"]

REFINED_PART: Final = 0.1
"""Share of the steps, from the first, that may be refined: where things go is settled there."""

_ROUNDING: Final = 1e-9
"""A share times a count is taken as whole when it misses that by no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPlan:
    """One step.

    Attributes:
        position: among all steps of the request, from 0 towards 1: what lambda(t) of eq. (5) falls over.
        guided: whether it moves the latents along the gradient.
        weights: factor on each segment's loss for the gradient: its weight, or 0 outside its span.
        biased: whether attention to the segments is raised.
        unconditional: whether the unconditional pass of classifier-free guidance runs.
        refinements: most further updates before the scheduler's own step.
    """

    position: float
    guided: bool
    weights: tuple[float, ...]
    biased: bool
    unconditional: bool
    refinements: int = 0

    @property
    def cost(self) -> float:
        """About how long the step takes, in passes of the network.

        A backward pass counts as one. Refinements end as soon as the masks fit: half of those that may be are counted.
        """
        return (2 + self.refinements if self.guided else 1) + self.unconditional


def taken_steps(request: GenerationRequest) -> int:
    """Return how many steps are taken: all, or after a picture as start the last ``strength`` of them, one or more."""
    if request.start is None:
        return request.steps
    return last_steps(request.strength, request.steps)


def last_steps(strength: float, steps: int) -> int:
    """Return how many of all steps are taken where a picture of this strength is the start."""
    return _share(strength, steps, least=1)


def guided_steps(request: GenerationRequest) -> int:
    """Return how many steps, from the first that is taken, may be guided: the first tau of them."""
    if not request.segments or request.eta == 0:
        return 0
    return _share(request.tau, taken_steps(request))


def planned(request: GenerationRequest) -> tuple[StepPlan, ...]:
    """Return what every step that is taken does.

    Shares (tau, ``cfg_until``, a segment's span, the refined part) are of the steps taken, so that a run that begins
    with a picture is guided, too. lambda(t) belongs to the noise: it falls over all steps, and such a run begins lower.

    Nothing makes up for the steps that ``guide_every`` leaves out: with a strength raised by as much, objects of the
    bundled model overlap no better with their layers, and more pixels are saturated.
    """
    options, taken = request.options, taken_steps(request)
    mixed = _share(options.cfg_until, taken) if request.guidance_scale > 1 else 0
    refined = _share(REFINED_PART, taken)
    guided, biased = guided_steps(request), _share(request.tau, taken) if options.pww > 0 else 0
    plans = []
    for index in range(taken):
        weights = _weights(request, index / taken)
        moved = index < guided and index % options.guide_every == 0 and any(weights)
        plans.append(
            StepPlan(
                position=(request.steps - taken + index) / request.steps,
                guided=moved,
                weights=weights,
                biased=index < biased and any(weights),
                unconditional=index < mixed,
                refinements=options.refinements if moved and index < refined else 0,
            )
        )
    return tuple(plans)


def _weights(request: GenerationRequest, part: float) -> tuple[float, ...]:
    """Return the segments' weights at a part of the run, 0 to 1."""
    return tuple(
        segment.weight if segment.start <= part + _ROUNDING and part < segment.end - _ROUNDING else 0.0
        for segment in request.segments
    )


def _share(part: float, count: int, least: int = 0) -> int:
    """Return a part of a count, rounded up."""
    return min(max(math.ceil(part * count - _ROUNDING), least), count)
