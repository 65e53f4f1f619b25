"""ZestGuide's denoising loop: equations (1) to (5) of Couairon et al., ICCV 2023, arXiv 2306.13754."""

import math
import time
from dataclasses import dataclass

import numpy as np
import torch

from zestdesk.errors import UserError
from zestdesk.guidance.attention import AttentionCapture, capturing
from zestdesk.guidance.checkpoints import picture_size
from zestdesk.guidance.loss import extract_masks, fit_scores, normalise, resize_targets, zest_loss
from zestdesk.guidance.memory import LEVELS, Savings, is_out_of_memory, out_of_memory, pick_level, work_of
from zestdesk.guidance.models import Model, free_memory
from zestdesk.guidance.pace import Pace
from zestdesk.guidance.preview import decode, preview
from zestdesk.guidance.prompt import BoundPrompt
from zestdesk.guidance.request import (
    CancelToken,
    FloatMasks,
    GenerationRequest,
    GenerationResult,
    Picture,
    StepEvent,
    StepListener,
    StepRecord,
)
from zestdesk.guidance.saving import decoding, last_level, saving
from zestdesk.guidance.schedulers import Schedule, clean_estimate
from zestdesk.guidance.text import Conditioning

__all__ = ["generate", "guided_steps", "zest_update"]

AllMasks = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
"""Extracted masks of all steps, shape (steps, segments, height, width)."""

_FIRST_LOSS_SCALE = 2.0**14
_SMALLEST_LOSS_SCALE = 2.0**-10
_NOT_FINITE = "the gradient was not finite, so this step's update was left out"


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
    started = time.perf_counter()
    picture_size(model.checkpoint, (request.width, request.height), (request.width, request.height))
    token = cancel or CancelToken()
    token.raise_if_cancelled()
    prompt = model.text.bind(request.prompt, [segment.label for segment in request.segments])
    shown = previews and on_step is not None
    level, last = _first_level(request, model), last_level(model.device)
    while True:
        made = _attempt(request, model, prompt, LEVELS[level], on_step, token, shown=shown)
        if made is not None:
            break
        # Past the handler, so that no traceback holds the tensors any more.
        if model.device.type == "cuda":
            torch.cuda.empty_cache()
        # A part that was put back while all that memory was taken may have found no room.
        for network in model.networks:
            network.to(model.device)
        if level == last:
            raise out_of_memory(f"{request.width} x {request.height}")
        level += 1
    records, masks, picture = made
    return GenerationResult(
        request=request,
        picture=picture,
        composed_prompt=prompt.text,
        tokens=prompt.tokens,
        steps=tuple(records),
        masks=masks,
        fits=records[-1].fits,
        seconds=time.perf_counter() - started,
        device=str(model.device),
        revision=model.checkpoint.revision,
        savings=LEVELS[level].words,
    )


def _first_level(request: GenerationRequest, model: Model) -> int:
    """Return the level of savings that a run begins with: none, unless memory is tight."""
    return pick_level(
        work_of(model.checkpoint, (request.width, request.height)),
        free_memory(model.device),
        model.dtype.itemsize,
        last_level(model.device),
        guided=guided_steps(request) > 0,
        branches=2 if request.guidance_scale > 1 else 1,
    )


def _attempt(
    request: GenerationRequest,
    model: Model,
    prompt: BoundPrompt,
    savings: Savings,
    on_step: StepListener | None,
    cancel: CancelToken,
    *,
    shown: bool,
) -> tuple[list[StepRecord], AllMasks, Picture] | None:
    """Make a picture; None when memory ran out."""
    try:
        with torch.no_grad(), saving(model, savings):
            run = _Run(request, model, prompt, cancel, savings)
            with capturing(model.unet, model.layers if request.segments else (), run.capture):
                # A decoder that waits elsewhere shows nothing on the way.
                records, masks = run.walk(on_step, shown=shown and not savings.offload)
            cancel.raise_if_cancelled()
            with decoding(model, savings):
                return records, masks, decode(model, run.latents)
    except (MemoryError, RuntimeError) as error:
        if not is_out_of_memory(error):
            raise
    return None


def guided_steps(request: GenerationRequest) -> int:
    """Return how many steps, from the first, are guided: the first tau of them."""
    if not request.segments or request.eta == 0:
        return 0
    return min(math.ceil(request.tau * request.steps - 1e-9), request.steps)


def zest_update(latents: torch.Tensor, gradient: torch.Tensor, strength: float) -> torch.Tensor:
    """Return the latents moved against the gradient, eq. (5): x - strength * g / max|g|, picture by picture.

    Args:
        latents: x_(t-1), after the scheduler's own step, shape (pictures, channels, height, width).
        gradient: g = dL_Zest/dx_t, of the same shape, finite.
        strength: eta * lambda(t), times the latents' deviation where that is not 1.
    """
    largest = gradient.abs().amax(dim=(1, 2, 3), keepdim=True)
    return latents - strength * gradient / largest.clamp_min(torch.finfo(gradient.dtype).tiny)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one step's conditional pass says.

    Attributes:
        estimate: the network's output with classifier-free guidance, float32, shape of the latents.
        masks: extracted masks, eq. (3), shape (pictures, segments, height, width), without a graph.
        losses: L_Zest, eq. (4), of every picture; empty without segments.
        gradient: dL_Zest/dx_t, None on unguided steps.
    """

    estimate: torch.Tensor
    masks: torch.Tensor
    losses: tuple[float, ...]
    gradient: torch.Tensor | None = None


class _Run:
    """One generation on its way: everything here lives on the model's device and dies with the run.

    Attributes:
        latents: x_t, float32, shape (1, channels, height, width), in the scheduler's space.
        capture: reads the cross-attention of the conditional branch.
    """

    def __init__(
        self,
        request: GenerationRequest,
        model: Model,
        prompt: BoundPrompt,
        cancel: CancelToken,
        savings: Savings,
    ) -> None:
        self._request, self._model, self._cancel, self._savings = request, model, cancel, savings
        # Drawn on the CPU, so that a seed means the same picture on every device: x_T first, then what steps add.
        self._generator = torch.Generator("cpu").manual_seed(request.seed)
        self._schedule = Schedule(
            request.scheduler, model.scheduler_config, request.steps, model.device, self._generator
        )
        self._conditional = self._encode(prompt.text, "prompt")
        # Classifier-free guidance of scale 1 is the conditional estimate itself.
        self._unconditional: Conditioning | None = None
        if request.guidance_scale > 1:
            self._unconditional = self._encode(request.negative_prompt, "negative_prompt")
        height, width = (side // model.latent_factor for side in (request.height, request.width))
        self.latents = self._noise(height, width)
        self.capture = AttentionCapture(prompt.words, (height, width), cancel.raise_if_cancelled)
        self.capture.per_head = savings.per_head
        self._targets = torch.zeros((0, height, width), device=model.device)
        if request.segments:
            stacked = np.stack([segment.mask for segment in request.segments])
            self._targets = torch.from_numpy(stacked).to(model.device)
        self._weights = torch.tensor([segment.weight for segment in request.segments], device=model.device)
        self._loss_scale = _FIRST_LOSS_SCALE if model.dtype == torch.float16 else 1.0

    def _encode(self, text: str, place: str) -> Conditioning:
        size = (self._request.width, self._request.height)
        return self._model.text.encode(text, place, size).to(self._model.device, self._model.dtype)

    def _noise(self, height: int, width: int) -> torch.Tensor:
        """Draw x_T."""
        shape = (1, int(self._model.unet.config.in_channels), height, width)
        noise = torch.randn(shape, generator=self._generator, dtype=torch.float32)
        return noise.to(self._model.device) * self._schedule.initial_deviation

    def walk(self, on_step: StepListener | None, *, shown: bool) -> tuple[list[StepRecord], AllMasks]:
        """Take every step; return their records and the masks of all steps as uint8."""
        guided = guided_steps(self._request)
        pace = Pace(self._request.steps, guided)
        records, masks = [], []
        for index, timestep in enumerate(self._schedule.timesteps):
            event = self._step(index, timestep, pace, guided=index < guided, shown=shown)
            records.append(_record(event))
            masks.append((event.masks * 255).round().astype(np.uint8))
            if on_step is not None:
                on_step(event)
        return records, np.stack(masks)

    def _step(self, index: int, timestep: torch.Tensor, pace: Pace, *, guided: bool, shown: bool) -> StepEvent:
        """Go from x_t to x_(t-1), along the scheduler and, where guided, against the gradient."""
        started = time.perf_counter()
        self._cancel.raise_if_cancelled()
        reading = self._read_with_gradient(timestep) if guided else self._read(timestep)
        scaled, signal = self._schedule.scaled(self.latents, timestep), self._schedule.signal(timestep)
        clean = clean_estimate(scaled, reading.estimate, signal, self._schedule.prediction)
        self.latents = self._schedule.step(reading.estimate, timestep, self.latents)
        skipped = None
        if reading.gradient is not None and bool(torch.isfinite(reading.gradient).all()):
            strength = self._request.eta * (1 - index / self._request.steps)
            self.latents = zest_update(self.latents, reading.gradient, strength * self._schedule.deviation())
        elif guided:
            skipped = _NOT_FINITE
            self._loss_scale = max(self._loss_scale / 16, _SMALLEST_LOSS_SCALE)
        if not bool(torch.isfinite(self.latents).all()):
            raise UserError(
                f"The numbers left their range at step {index + 1}; lower eta or the guidance scale.", "settings"
            )
        self._cancel.raise_if_cancelled()
        # Decoding costs about as much as a pass of the bundled network: only where somebody looks.
        picture = preview(self._model, clean) if shown else None
        masks, fits = self._measured(reading.masks[0])
        seconds = time.perf_counter() - started
        pace.add(seconds, guided=guided)
        return StepEvent(
            step=index + 1,
            total=self._request.steps,
            timestep=float(timestep),
            loss=reading.losses[0] if reading.losses else None,
            fits=fits,
            masks=masks,
            preview=picture,
            guided=guided and skipped is None,
            skipped=skipped,
            seconds=seconds,
            seconds_left=pace.left,
        )

    def _predict(self, latents: torch.Tensor, timestep: torch.Tensor, texts: Conditioning) -> torch.Tensor:
        """Return the network's estimate in float32, for each of a batch of texts."""
        self._cancel.raise_if_cancelled()
        scaled = self._schedule.scaled(latents, timestep).to(self._model.dtype).expand(len(texts), -1, -1, -1)
        output: torch.Tensor = self._model.unet(
            scaled,
            timestep,
            encoder_hidden_states=texts.states,
            added_cond_kwargs=dict(texts.added),
            return_dict=False,
        )[0]
        return output.float()

    def _mix(self, unconditional: torch.Tensor, conditional: torch.Tensor) -> torch.Tensor:
        """Classifier-free guidance."""
        return unconditional + self._request.guidance_scale * (conditional - unconditional)

    def _read(self, timestep: torch.Tensor) -> _Reading:
        """Estimate without gradients, both branches in one batch; the maps are read all the same."""
        together = self._unconditional is not None and not self._savings.one_branch
        self.capture.active = True
        if self._unconditional is not None and together:
            texts = self._unconditional.joined(self._conditional)
            # ``chunk`` gives the branches in the order of ``texts``.
            estimate = self._mix(*self._predict(self.latents, timestep, texts).chunk(2))
        else:
            estimate = self._predict(self.latents, timestep, self._conditional)
        self.capture.active = False
        if self._unconditional is not None and not together:
            estimate = self._mix(self._predict(self.latents, timestep, self._unconditional), estimate)
        masks, losses = self._loss()
        return _Reading(estimate, masks, tuple(losses.tolist()))

    def _read_with_gradient(self, timestep: torch.Tensor) -> _Reading:
        """Estimate with g = dL_Zest/dx_t, which flows through the conditional branch alone."""
        latents = self.latents.detach().requires_grad_()
        self.capture.active = self.capture.cut_graph = True
        with torch.enable_grad():
            conditional = self._predict(latents, timestep, self._conditional).detach()
        self.capture.active = self.capture.cut_graph = False
        # The last captured layer switched gradients off for the rest of the pass: on again for the loss.
        with torch.enable_grad():
            masks, losses = self._loss()
            self._cancel.raise_if_cancelled()
            # Where the graph kept nothing, the passes that it repeats must compute the same, captured layers included.
            self.capture.active = self.capture.cut_graph = self.capture.again = self._savings.checkpoints
            (gradient,) = torch.autograd.grad(losses.sum() * self._loss_scale, latents)
            self.capture.active = self.capture.cut_graph = self.capture.again = False
        estimate = conditional
        if self._unconditional is not None:
            estimate = self._mix(self._predict(self.latents, timestep, self._unconditional), conditional)
        return _Reading(estimate, masks.detach(), tuple(losses.tolist()), gradient)

    def _loss(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the extracted masks and L_Zest of every picture, shape (pictures,), of the pass just captured."""
        maps = self.capture.take()
        if not maps:
            return self._targets[None], self._targets.new_zeros((0,))
        masks = extract_masks(maps)
        if self._targets.shape[-2:] != masks.shape[-2:]:
            self._targets = resize_targets(self._targets, *masks.shape[-2:])
        return masks, zest_loss(masks, self._targets, self._weights)

    def _measured(self, masks: torch.Tensor) -> tuple[FloatMasks, tuple[float, ...]]:
        if not len(masks):
            return np.zeros(masks.shape, np.float32), ()
        shown: FloatMasks = normalise(masks).clamp(0, 1).cpu().numpy().copy()
        return shown, fit_scores(masks[None], self._targets)[0]


def _record(event: StepEvent) -> StepRecord:
    return StepRecord(
        timestep=event.timestep,
        loss=event.loss,
        fits=event.fits,
        guided=event.guided,
        skipped=event.skipped,
        seconds=event.seconds,
    )
