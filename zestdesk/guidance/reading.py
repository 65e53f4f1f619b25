"""Asking the network: estimates of a batch of pictures, what their attention says, and the gradient of its loss."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from zestdesk.guidance.attention import AttentionCapture
from zestdesk.guidance.bias import AttentionBias, bias_strength
from zestdesk.guidance.loss import resize_targets, zest_loss
from zestdesk.guidance.maps import MapReader
from zestdesk.guidance.memory import Savings
from zestdesk.guidance.models import Model
from zestdesk.guidance.plan import StepPlan
from zestdesk.guidance.prompt import BoundPrompt
from zestdesk.guidance.request import GenerationRequest
from zestdesk.guidance.schedulers import Schedule
from zestdesk.guidance.text import Conditioning

__all__ = ["Gradient", "Reader", "Reading"]

_FIRST_SCALE = 2.0**10
_SMALLEST_SCALE = 2.0**-10
"""Largest element of the gradient that goes back from the maps into the network, in half precision."""

_LEAST = 1e-30
"""Gradients that are smaller everywhere stay small: where nothing pulls, nothing is divided by 0."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the conditional branch says of every picture.

    Attributes:
        masks: extracted masks, eq. (3), shape (pictures, segments, height, width), without a graph.
        losses: L_Zest, eq. (4), of every picture, with all segments at their weights; empty without segments.
    """

    masks: torch.Tensor
    losses: torch.Tensor


@dataclass(frozen=True, slots=True)
class Gradient:
    """What a pass with gradients says.

    Attributes:
        conditional: the conditional branch's output, float32, shape of the latents.
        reading: what it attended to.
        value: dL_Zest/dx_t of every picture, shape of the latents.
        sound: which pictures' are finite, shape (pictures,).
    """

    conditional: torch.Tensor
    reading: Reading
    value: torch.Tensor
    sound: torch.Tensor


class Reader:
    """One run's network with its texts and targets.

    Attributes:
        capture: reads the cross-attention of the conditional branch.
        targets: what the extracted masks are compared with, shape (segments, height, width).
    """

    def __init__(
        self,
        request: GenerationRequest,
        model: Model,
        prompt: BoundPrompt,
        schedule: Schedule,
        savings: Savings,
        check: Callable[[], None],
        pictures: int,
    ) -> None:
        """Encode the texts.

        Args:
            request: what is wanted.
            model: whose network is asked.
            prompt: composed and bound.
            schedule: scales the network's input.
            savings: what to do to need less memory.
            check: called before and within passes; may raise to leave them.
            pictures: in the batch.
        """
        self._request, self._model, self._schedule, self._savings = request, model, schedule, savings
        self._check, self._pictures = check, pictures
        self._conditional = self._encode(prompt.text, "prompt")
        # Classifier-free guidance of scale 1 is the conditional estimate itself.
        self._unconditional: Conditioning | None = None
        if request.guidance_scale > 1:
            self._unconditional = self._encode(request.negative_prompt, "negative_prompt")
        height, width = (side // model.latent_factor for side in (request.height, request.width))
        self.targets = torch.zeros((0, height, width), device=model.device)
        if request.segments:
            stacked = np.stack([segment.mask for segment in request.segments])
            self.targets = torch.from_numpy(stacked).to(model.device)
        self.capture = self._capture(prompt, (height, width))
        self._weights = tuple(segment.weight for segment in request.segments)
        scale = _FIRST_SCALE if model.dtype == torch.float16 else 1.0
        self._scales = torch.full((pictures,), scale, device=model.device)

    def read(self, latents: torch.Tensor, timestep: torch.Tensor, plan: StepPlan) -> tuple[torch.Tensor, Reading]:
        """Return the estimate and what was attended to, without gradients; both branches share a batch if they may."""
        unconditional = self._unconditional if plan.unconditional else None
        together = unconditional is not None and not self._savings.one_branch
        self._set_bias(timestep, plan)
        self.capture.active = True
        if unconditional is not None and together:
            texts = unconditional.joined(self._conditional)
            # ``chunk`` gives the branches in the order of ``texts``.
            estimate = self._mix(*self._predict(latents, timestep, texts).chunk(2))
        else:
            estimate = self._predict(latents, timestep, self._conditional)
        self.capture.active = False
        if unconditional is not None and not together:
            estimate = self._mix(self._predict(latents, timestep, unconditional), estimate)
        masks = self._masks(self.capture.take())
        return estimate, Reading(masks, self._losses(masks, self._weights))

    def gradient(self, latents: torch.Tensor, timestep: torch.Tensor, plan: StepPlan) -> Gradient:
        """Return g = dL_Zest/dx_t, which flows through the conditional branch alone, and that branch's output."""
        latents = latents.detach().requires_grad_()
        self._set_bias(timestep, plan)
        self.capture.active = self.capture.cut_graph = True
        with torch.enable_grad():
            conditional = self._predict(latents, timestep, self._conditional).detach()
        self.capture.active = self.capture.cut_graph = False
        # The last captured layer switched gradients off for the rest of the pass: on again for the loss.
        with torch.enable_grad():
            maps = self.capture.take()
            masks = self._masks(maps)
            losses = self._losses(masks, plan.weights)
            self._check()
            # Where the graph kept nothing, the passes that it repeats must compute the same, captured layers included.
            self.capture.active = self.capture.cut_graph = self.capture.again = self._savings.checkpoints
            value = self._downhill(losses, maps, latents)
            self.capture.active = self.capture.cut_graph = self.capture.again = False
        masks = masks.detach()
        losses = losses.detach() if plan.weights == self._weights else self._losses(masks, self._weights)
        return Gradient(conditional, Reading(masks, losses), value, torch.isfinite(value).flatten(1).all(dim=1))

    def soften(self, sound: torch.Tensor) -> None:
        """Scale gradients down for pictures whose own was not sound: in half precision it may have run over."""
        smaller = (self._scales / 16).clamp_min(_SMALLEST_SCALE)
        self._scales = torch.where(sound, self._scales, smaller)

    def completed(
        self, conditional: torch.Tensor, latents: torch.Tensor, timestep: torch.Tensor, plan: StepPlan
    ) -> torch.Tensor:
        """Return the estimate with classifier-free guidance, from the conditional branch's output."""
        if self._unconditional is None or not plan.unconditional:
            return conditional
        return self._mix(self._predict(latents, timestep, self._unconditional), conditional)

    def _capture(self, prompt: BoundPrompt, latent_size: tuple[int, int]) -> AttentionCapture:
        options, bias = self._request.options, None
        if options.pww > 0 and self._request.segments:
            bias = AttentionBias(self.targets, prompt.words, latent_size)
        reader = MapReader(
            prompt.words,
            prompt.count,
            softmax=options.softmax,
            resampling=options.resampling,
            best=options.best_maps,
        )
        capture = AttentionCapture(reader, latent_size, self._check, bias)
        capture.pictures = self._pictures
        capture.per_head = self._savings.per_head
        return capture

    def _set_bias(self, timestep: torch.Tensor, plan: StepPlan) -> None:
        """Raise attention to the segments as much as is due at a timestep."""
        if self.capture.bias is not None:
            signal = self._schedule.signal(timestep)
            self.capture.bias.strength = bias_strength(self._request.options.pww, signal) if plan.biased else 0.0
            self.capture.bias.set_weights(plan.weights)

    def _encode(self, text: str, place: str) -> Conditioning:
        size = (self._request.width, self._request.height)
        encoded = self._model.text.encode(text, place, size).to(self._model.device, self._model.dtype)
        return encoded.repeated(self._pictures)

    def _predict(self, latents: torch.Tensor, timestep: torch.Tensor, texts: Conditioning) -> torch.Tensor:
        """Return the network's output in float32, for each of a batch of texts; the latents repeat as it takes."""
        self._check()
        scaled = self._schedule.scaled(latents, timestep).to(self._model.dtype)
        output: torch.Tensor = self._model.unet(
            scaled.repeat(len(texts) // len(scaled), 1, 1, 1),
            timestep,
            encoder_hidden_states=texts.states,
            added_cond_kwargs=dict(texts.added),
            return_dict=False,
        )[0]
        return output.float()

    def _mix(self, unconditional: torch.Tensor, conditional: torch.Tensor) -> torch.Tensor:
        """Classifier-free guidance."""
        return unconditional + self._request.guidance_scale * (conditional - unconditional)

    def _downhill(self, losses: torch.Tensor, maps: Sequence[torch.Tensor], latents: torch.Tensor) -> torch.Tensor:
        """Return the gradient of every picture's loss, in two strides: to the maps, and from them through the network.

        Losses differ by many orders of magnitude, and so do their gradients, the fourth power's most of all. Half
        precision would lose them on the way: between the strides every picture's is brought to one size, and back to
        its own in the end.
        """
        # No picture's loss depends on another one: the gradient of the sum is every one's own.
        at_maps = torch.autograd.grad(losses.sum(), maps)
        sizes = torch.stack([each.abs().flatten(1).amax(dim=1) for each in at_maps]).amax(dim=0)
        factors = self._scales / sizes.clamp_min(_LEAST)
        scaled = [each * factors[:, None, None, None, None] for each in at_maps]
        (value,) = torch.autograd.grad(maps, latents, scaled)
        return value / factors[:, None, None, None]

    def _masks(self, maps: Sequence[torch.Tensor]) -> torch.Tensor:
        """Return the extracted masks of a pass from what was captured."""
        if not self._request.segments:
            return self.targets.expand(self._pictures, -1, -1, -1)
        masks = self.capture.reader.masks(maps)
        if self.targets.shape[-2:] != masks.shape[-2:]:
            self.targets = resize_targets(self.targets, *masks.shape[-2:])
        return masks

    def _losses(self, masks: torch.Tensor, weights: tuple[float, ...]) -> torch.Tensor:
        """Return L_Zest of every picture; nothing without segments."""
        if not weights:
            return masks.new_zeros((0,))
        options = self._request.options
        factors = torch.tensor(weights, device=masks.device)
        return zest_loss(masks, self.targets, factors, options.loss, faint=options.softmax == "all")
