"""The denoising loop that the rival methods share: what the program's sampler does, with doors where they reach in."""

import time
from collections.abc import Callable

import numpy as np
import torch

from zestdesk.errors import UserError
from zestdesk.guidance.checkpoints import picture_size
from zestdesk.guidance.memory import is_out_of_memory, out_of_memory
from zestdesk.guidance.models import Model
from zestdesk.guidance.preview import decode
from zestdesk.guidance.request import CancelToken, GenerationRequest, GenerationResult, StepRecord
from zestdesk.guidance.schedulers import Schedule
from zestdesk.guidance.text import Conditioning

__all__ = ["Run", "Steering", "walk"]


class Run:
    """One picture on its way: the same texts, noise and schedule as in the program's own sampler.

    Attributes:
        request: what is wanted.
        model: what makes it.
        prompt: the composed prompt with its labels found.
        generator: on the CPU; drew the noise, and draws what else is random.
        schedule: of the steps.
        noise: that the picture begins with, of unit deviation, shape (1, channels, height, width).
        latents: x_t, float32, of the same shape, in the scheduler's space.
        targets: the segments' masks, shape (segments, picture height, picture width).
        conditional: the prompt, encoded.
        unconditional: the negative prompt, None without classifier-free guidance.
    """

    def __init__(self, request: GenerationRequest, model: Model, cancel: CancelToken) -> None:
        self.request, self.model, self._cancel = request, model, cancel
        self.prompt = model.text.bind(request.prompt, [segment.label for segment in request.segments])
        self.generator = torch.Generator("cpu").manual_seed(request.seed)
        self.schedule = Schedule(request.scheduler, model.scheduler_config, request.steps, model.device, self.generator)
        self.conditional = self.encode(self.prompt.text, "prompt")
        self.unconditional: Conditioning | None = None
        if request.guidance_scale > 1:
            self.unconditional = self.encode(request.negative_prompt, "negative_prompt")
        shape = (1, int(model.unet.config.in_channels), *self.latent_size)
        self.noise = torch.randn(shape, generator=self.generator, dtype=torch.float32).to(model.device)
        self.latents = self.noise * self.schedule.initial_deviation
        masks = [torch.from_numpy(segment.mask) for segment in request.segments]
        empty = torch.zeros((0, request.height, request.width))
        self.targets = (torch.stack(masks) if masks else empty).to(model.device)

    @property
    def latent_size(self) -> tuple[int, int]:
        """(height, width) of the latents."""
        factor = self.model.latent_factor
        return self.request.height // factor, self.request.width // factor

    def encode(self, text: str, place: str) -> Conditioning:
        """Encode a text; ``place`` says which one it is, should it be too long."""
        size = (self.request.width, self.request.height)
        return self.model.text.encode(text, place, size).to(self.model.device, self.model.dtype)

    def scaled(self, timestep: torch.Tensor) -> torch.Tensor:
        """Return the latents at unit deviation, which is what the network takes."""
        return self.schedule.scaled(self.latents, timestep)

    def predict(self, scaled: torch.Tensor, timestep: torch.Tensor, texts: Conditioning) -> torch.Tensor:
        """Return the network's estimate in float32, for each of a batch of texts.

        Args:
            scaled: latents at unit deviation, one for all texts or one for each.
            timestep: of the diffusion.
            texts: what the network is told.
        """
        self._cancel.raise_if_cancelled()
        output: torch.Tensor = self.model.unet(
            scaled.to(self.model.dtype).expand(len(texts), -1, -1, -1),
            timestep,
            encoder_hidden_states=texts.states,
            added_cond_kwargs=dict(texts.added),
            return_dict=False,
        )[0]
        return output.float()

    def guided(self, scaled: torch.Tensor, timestep: torch.Tensor, texts: Conditioning) -> torch.Tensor:
        """Return the estimate with classifier-free guidance, both branches in one batch.

        Args:
            scaled: latents at unit deviation, one for all texts or one for each.
            timestep: of the diffusion.
            texts: of the conditional branch.
        """
        if self.unconditional is None:
            return self.predict(scaled, timestep, texts)
        both = self.unconditional.repeated(len(texts)).joined(texts)
        if len(scaled) > 1:
            scaled = torch.cat([scaled, scaled])
        return self.mix(*self.predict(scaled, timestep, both).chunk(2))

    def mix(self, unconditional: torch.Tensor, conditional: torch.Tensor) -> torch.Tensor:
        """Classifier-free guidance (Ho and Salimans 2022, arXiv 2207.12598)."""
        return unconditional + self.request.guidance_scale * (conditional - unconditional)

    def pull(
        self, timestep: torch.Tensor, loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
    ) -> tuple[float, torch.Tensor, torch.Tensor]:
        """Run the conditional branch and ask where the latents should go.

        Args:
            timestep: of the diffusion.
            loss: of the network's input at unit deviation and its estimate; called after the pass.

        Returns:
            The loss; its gradient by the network's input, zero where it was not finite; the estimate without a graph.
        """
        scaled = self.scaled(timestep).detach().requires_grad_()
        with torch.enable_grad():
            estimate = self.predict(scaled, timestep, self.conditional)
            value = loss(scaled, estimate)
            self._cancel.raise_if_cancelled()
            (gradient,) = torch.autograd.grad(value, scaled)
        if not bool(torch.isfinite(gradient).all()):
            gradient = torch.zeros_like(gradient)
        return value.item(), gradient, estimate.detach()

    def move(self, direction: torch.Tensor) -> None:
        """Move the latents by so much at unit deviation, whatever space the scheduler keeps them in."""
        self.latents = self.latents + self.schedule.deviation() * direction


class Steering:
    """What a method does within the steps; this one does nothing, which is plain sampling.

    Attributes:
        run: the picture on its way.
        until: how many steps, from the first, are steered.
    """

    def __init__(self, run: Run) -> None:
        """Prepare a run that has segments."""
        self.run = run
        self.until = 0

    def before(self, index: int, timestep: torch.Tensor) -> None:
        """Do something to the latents before the estimate of a steered step, ``index`` from 0."""

    def estimate(self, index: int, timestep: torch.Tensor) -> torch.Tensor:  # noqa: ARG002 - asked by others
        """Return the estimate of a steered step, of the latents' shape."""
        return self.run.guided(self.run.scaled(timestep), timestep, self.run.conditional)

    def after(self, index: int, timestep: torch.Tensor) -> None:
        """Do something to the latents after the scheduler's part of a steered step."""


def walk(
    request: GenerationRequest, model: Model, method: Callable[[Run], Steering], cancel: CancelToken | None = None
) -> GenerationResult:
    """Make a picture with a rival method; without segments this is plain sampling.

    The result has no losses, fits and extracted masks, which are our method's own.

    Args:
        request: what is wanted; eta, tau and the options are our method's and have no say.
        model: a loaded checkpoint; its attention processors may be exchanged for a while and are always put back.
        method: what steers a run.
        cancel: looked at between forward passes.

    Raises:
        Cancelled: when the token was cancelled.
        UserError: as in :func:`zestdesk.guidance.sampler.generate`; nothing is saved where memory runs out.
        ValueError: when the request begins with a picture, which no rival does.
    """
    started = time.perf_counter()
    size = (request.width, request.height)
    picture_size(model.checkpoint, size, size)
    if request.start is not None:
        raise ValueError("rival methods begin with noise")
    token = cancel or CancelToken()
    token.raise_if_cancelled()
    try:
        with torch.no_grad():
            run = Run(request, model, token)
            records = _steps(run, method(run) if request.segments else Steering(run))
            token.raise_if_cancelled()
            picture = decode(model, run.latents)
    except (MemoryError, RuntimeError) as error:
        if not is_out_of_memory(error):
            raise
        raise out_of_memory(f"{request.width} x {request.height}") from None
    return GenerationResult(
        request=request,
        picture=picture,
        composed_prompt=run.prompt.text,
        tokens=run.prompt.tokens,
        steps=tuple(records),
        masks=np.zeros((len(records), 0, *run.latent_size), np.uint8),
        fits=(),
        seconds=time.perf_counter() - started,
        device=str(model.device),
        revision=model.checkpoint.revision,
    )


def _steps(run: Run, steering: Steering) -> list[StepRecord]:
    """Take every step."""
    plain, records = Steering(run), []
    for index, timestep in enumerate(run.schedule.timesteps):
        started = time.perf_counter()
        steered = index < steering.until
        hand = steering if steered else plain
        hand.before(index, timestep)
        estimate = hand.estimate(index, timestep)
        run.latents = run.schedule.step(estimate, timestep, run.latents)
        hand.after(index, timestep)
        if not bool(torch.isfinite(run.latents).all()):
            raise UserError(f"The numbers left their range at step {index + 1}; lower the guidance scale.", "settings")
        records.append(
            StepRecord(
                timestep=float(timestep),
                loss=None,
                fits=(),
                guided=steered,
                skipped=None,
                seconds=time.perf_counter() - started,
            )
        )
    return records
