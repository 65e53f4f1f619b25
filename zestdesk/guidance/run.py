"""The denoising loop of ZestGuide: equations (1) to (5) of Couairon et al., ICCV 2023, arXiv 2306.13754."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from zestdesk.errors import UserError
from zestdesk.guidance.loss import fit_scores, normalise
from zestdesk.guidance.memory import Savings
from zestdesk.guidance.models import Model
from zestdesk.guidance.pace import Pace
from zestdesk.guidance.plan import StepPlan, planned, taken_steps
from zestdesk.guidance.preview import preview
from zestdesk.guidance.prompt import BoundPrompt
from zestdesk.guidance.reading import Gradient, Reader, Reading
from zestdesk.guidance.request import CancelToken, GenerationRequest, StepEvent, StepListener, StepRecord
from zestdesk.guidance.saving import decoding
from zestdesk.guidance.schedulers import Schedule, clean_estimate
from zestdesk.guidance.start import Start
from zestdesk.guidance.strength import schedule_strength, zest_update

__all__ = ["REFINED_UNTIL", "AllMasks", "Audience", "Run"]

AllMasks = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
"""Extracted masks of all steps of a picture, shape (steps, segments, height, width)."""

REFINED_UNTIL = 0.7
"""A picture is refined while its loss is above this share of the first one that was read in its run."""

_NOT_FINITE = "the gradient was not finite, so this step's update was left out"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is told of the steps, and what they are told about the whole of which these pictures are a part.

    Attributes:
        listener: told of every step of every picture.
        pace: knows how long the rest takes.
        shown: whether steps carry a preview.
        first: the number of the first picture, from 0.
        pictures: how many there are in all.
        part: from 1.
        parts: how many there are.
    """

    listener: StepListener | None
    pace: Pace
    shown: bool
    first: int = 0
    pictures: int = 1
    part: int = 1
    parts: int = 1


class Run:
    """One batch of pictures on its way: everything here lives on the model's device and dies with the run.

    Attributes:
        latents: x_t, float32, shape (pictures, channels, height, width), in the scheduler's space.
        reader: asks the network.
    """

    def __init__(
        self,
        request: GenerationRequest,
        model: Model,
        prompt: BoundPrompt,
        seeds: Sequence[int],
        cancel: CancelToken,
        savings: Savings,
    ) -> None:
        self._request, self._model, self._seeds, self._cancel = request, model, seeds, cancel
        # Drawn on the CPU and picture by picture, so that a seed means the same picture on every device and in every
        # company: x_T first, then what steps add.
        generators = [torch.Generator("cpu").manual_seed(seed) for seed in seeds]
        first = request.steps - taken_steps(request)
        self._schedule = Schedule(
            request.scheduler, model.scheduler_config, request.steps, model.device, generators, first
        )
        self.reader = Reader(request, model, prompt, self._schedule, savings, cancel.raise_if_cancelled, len(seeds))
        noise = self._noise(generators)
        with decoding(model, savings):
            self._start = Start.of(request, model, noise)
        if self._start is None:
            self.latents = noise * self._schedule.initial_deviation
        else:
            self.latents = self._start.begin(self._schedule, request.strength)
        self._first_losses: torch.Tensor | None = None

    def _noise(self, generators: Sequence[torch.Generator]) -> torch.Tensor:
        """Draw x_T of every picture, of unit deviation."""
        request, model = self._request, self._model
        height, width = (side // model.latent_factor for side in (request.height, request.width))
        shape = (1, int(model.unet.config.in_channels), height, width)
        drawn = [torch.randn(shape, generator=generator, dtype=torch.float32) for generator in generators]
        return torch.cat(drawn).to(model.device)

    def walk(self, audience: Audience) -> list[tuple[list[StepRecord], AllMasks]]:
        """Take every step; return every picture's records and its masks of all steps as uint8."""
        records: list[list[StepRecord]] = [[] for _ in self._seeds]
        masks: list[list[AllMasks]] = [[] for _ in self._seeds]
        for index, plan in enumerate(planned(self._request)):
            for number, event in enumerate(self._step(index, plan, audience)):
                records[number].append(_record(event))
                masks[number].append((event.masks * 255).round().astype(np.uint8))
                if audience.listener is not None:
                    audience.listener(event)
        return [(seen, np.stack(maps)) for seen, maps in zip(records, masks, strict=True)]

    def _step(self, index: int, plan: StepPlan, audience: Audience) -> list[StepEvent]:
        """Go from x_t to x_(t-1), along the scheduler and, where guided, against the gradient."""
        started = time.perf_counter()
        self._cancel.raise_if_cancelled()
        timestep = self._schedule.timesteps[index]
        guide = self._guide(timestep, plan) if plan.guided else None
        if guide is None:
            estimate, reading = self.reader.read(self.latents, timestep, plan)
        else:
            estimate, reading = self.reader.completed(guide.conditional, self.latents, timestep, plan), guide.reading
        scaled, signal = self._schedule.scaled(self.latents, timestep), self._schedule.signal(timestep)
        clean = clean_estimate(scaled, estimate, signal, self._schedule.prediction)
        self.latents = self._schedule.step(estimate, timestep, self.latents)
        if guide is not None:
            self.latents = self._moved(guide, plan, signal, guide.sound)
            self.reader.soften(guide.sound)
        if self._start is not None:
            self.latents = self._start.keep(self.latents, self._schedule)
            clean = self._start.complete(clean)
        self._require_finite(index)
        self._cancel.raise_if_cancelled()
        return self._events(index, plan, started, reading, guide, clean, audience)

    def _guide(self, timestep: torch.Tensor, plan: StepPlan) -> Gradient:
        """Return the gradient at x_t, after as many refinements of x_t itself as are due.

        A picture is refined while its loss is above :data:`REFINED_UNTIL` of the first one that was read; the others
        of the batch wait as they are.
        """
        guide = self._read_gradient(timestep, plan)
        if self._first_losses is None:
            self._first_losses = guide.reading.losses
        for _ in range(plan.refinements):
            poor = guide.sound & (guide.reading.losses > REFINED_UNTIL * self._first_losses)
            if not bool(poor.any()):
                break
            self.latents = self._moved(guide, plan, self._schedule.signal(timestep), poor)
            if self._start is not None:
                self.latents = self._start.keep(self.latents, self._schedule)
            guide = self._read_gradient(timestep, plan)
        return guide

    def _read_gradient(self, timestep: torch.Tensor, plan: StepPlan) -> Gradient:
        guide = self.reader.gradient(self.latents, timestep, plan)
        if self._start is None:
            return guide
        return Gradient(guide.conditional, guide.reading, self._start.inside(guide.value), guide.sound)

    def _moved(self, guide: Gradient, plan: StepPlan, signal: float, chosen: torch.Tensor) -> torch.Tensor:
        """Return the latents, those of the chosen pictures moved along eq. (5); ``signal`` is sqrt(abar_t)."""
        options = self._request.options
        strength = self._request.eta * schedule_strength(options.schedule, plan.position, signal)
        moved = zest_update(self.latents, guide.value, strength * self._schedule.deviation(), options.gradient_norm)
        return torch.where(chosen[:, None, None, None], moved, self.latents)

    def _require_finite(self, index: int) -> None:
        sound = torch.isfinite(self.latents).flatten(1).all(dim=1).tolist()
        if all(sound):
            return
        alone = "The numbers left their range at step {step}; lower eta or the guidance scale."
        one = "The numbers left their range at step {step} (seed {seed}); lower eta or the guidance scale."
        text = one if len(self._seeds) > 1 else alone
        raise UserError(text, "settings", step=index + 1, seed=self._seeds[sound.index(False)])

    def _events(
        self,
        index: int,
        plan: StepPlan,
        started: float,
        reading: Reading,
        guide: Gradient | None,
        clean: torch.Tensor,
        audience: Audience,
    ) -> list[StepEvent]:
        """Return what a step has to say, per picture."""
        count = len(self._seeds)
        # Decoding costs about as much as a pass of the bundled network: only where somebody looks.
        pictures = [preview(self._model, each[None]) if audience.shown else None for each in clean]
        masks, fits = self._measured(reading.masks)
        losses = reading.losses.tolist() or [None] * count
        sound = [True] * count if guide is None else guide.sound.tolist()
        seconds = time.perf_counter() - started
        audience.pace.add(seconds, plan, count)
        return [
            StepEvent(
                step=index + 1,
                total=len(self._schedule.timesteps),
                timestep=float(self._schedule.timesteps[index]),
                loss=losses[number],
                fits=fits[number],
                masks=masks[number],
                preview=pictures[number],
                guided=guide is not None and sound[number],
                skipped=None if sound[number] else _NOT_FINITE,
                seconds=seconds / count,
                seconds_left=audience.pace.left,
                picture=audience.first + number,
                pictures=audience.pictures,
                part=audience.part,
                parts=audience.parts,
            )
            for number in range(count)
        ]

    def _measured(self, masks: torch.Tensor) -> tuple[list[np.ndarray], tuple[tuple[float, ...], ...]]:
        """Return the masks divided by their maximum and the fits, per picture."""
        if not masks.shape[1]:
            return [np.zeros(masks.shape[1:], np.float32) for _ in masks], ((),) * len(masks)
        # Copies of numpy's own: what leaves the worker thread holds on to no tensor.
        shown = [each.numpy().copy() for each in normalise(masks).clamp(0, 1).cpu()]
        return shown, fit_scores(masks, self.reader.targets)


def _record(event: StepEvent) -> StepRecord:
    return StepRecord(
        timestep=event.timestep,
        loss=event.loss,
        fits=event.fits,
        guided=event.guided,
        skipped=event.skipped,
        seconds=event.seconds,
    )
