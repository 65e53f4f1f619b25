"""Noise schedules and samplers of diffusers, seen through one small door."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import torch
from diffusers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    LCMScheduler,
)

from zestdesk.errors import UserError

__all__ = ["Schedule", "clean_estimate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """One scheduler on offer.

    Attributes:
        base: the class of diffusers.
        fixed: what it is told whatever the checkpoint says.
        exploding: whether its latents are variance exploding.
        random: whether its steps draw noise.
        most: most steps it can take, None where the training's number is the limit.
    """

    base: Any
    fixed: Mapping[str, Any] = field(default_factory=dict)
    exploding: bool = False
    random: bool = False
    most: int | None = None


# Clipping and thresholding are for pixels; in a latent space they spoil the picture.
_UNCLIPPED: Final = {"clip_sample": False, "thresholding": False}
_SECOND_ORDER: Final = {"algorithm_type": "dpmsolver++", "solver_order": 2}

_KINDS: Final[Mapping[str, _Kind]] = {
    "ddim": _Kind(base=DDIMScheduler, fixed=_UNCLIPPED),
    "euler": _Kind(base=EulerDiscreteScheduler, exploding=True),
    "euler-a": _Kind(base=EulerAncestralDiscreteScheduler, exploding=True, random=True),
    "dpm++": _Kind(base=DPMSolverMultistepScheduler, fixed=_SECOND_ORDER),
    "dpm++-karras": _Kind(base=DPMSolverMultistepScheduler, fixed={**_SECOND_ORDER, "use_karras_sigmas": True}),
    "dpm++-sde": _Kind(
        base=DPMSolverMultistepScheduler,
        fixed={"algorithm_type": "sde-dpmsolver++", "solver_order": 2},
        random=True,
    ),
    "lcm": _Kind(base=LCMScheduler, fixed=_UNCLIPPED, random=True, most=50),
}
"""Behind each of ``request.SCHEDULERS``.

Left out are those that look behind their own latents, so that an update between steps would be undone by the next: the
corrector of UniPC begins at the latents before, PNDM's and Heun's second evaluations do too.
"""

_MAX_TRAIN_STEPS: Final = 10_000


def _is_one_of(*names: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and value in names


def _is_whole(low: int, high: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and low <= value <= high


def _is_beta(value: object) -> bool:
    return isinstance(value, int | float) and 0 < value < 1


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


_KEYS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "num_train_timesteps": _is_whole(1, _MAX_TRAIN_STEPS),
    "beta_start": _is_beta,
    "beta_end": _is_beta,
    "beta_schedule": _is_one_of("linear", "scaled_linear", "squaredcos_cap_v2"),
    "trained_betas": lambda value: isinstance(value, list) and all(map(_is_beta, value)),
    "prediction_type": _is_one_of("epsilon", "v_prediction", "sample"),
    "timestep_spacing": _is_one_of("leading", "trailing", "linspace"),
    "steps_offset": _is_whole(0, 100),
    "rescale_betas_zero_snr": _is_flag,
    "set_alpha_to_one": _is_flag,
}
"""What a checkpoint's scheduler file says of its training, and what it may say; the sampler is the user's choice."""


class Schedule:
    """One run of a scheduler, whatever space it keeps its latents in.

    Latents are *variance preserving* (of about unit deviation, x = sqrt(abar) x0 + sqrt(1 - abar) noise) in DDIM,
    DPM-Solver++ and LCM, and *variance exploding* (x = x0 + sigma noise) in Euler's method. The input scale turns
    either kind into the first, which is what the network takes and what eq. (5) is written for.

    Attributes:
        timesteps: of the diffusion, falling: those of the steps that are taken.
        prediction: what the network estimates: ``"epsilon"``, ``"v_prediction"`` or ``"sample"``.
    """

    def __init__(
        self,
        name: str,
        config: Mapping[str, Any],
        steps: int,
        device: torch.device,
        generator: torch.Generator | list[torch.Generator] | None = None,
        first: int = 0,
    ) -> None:
        """Set a scheduler up for a run.

        Args:
            name: one of ``request.SCHEDULERS``.
            config: of the checkpoint's own scheduler.
            steps: number of denoising steps.
            device: where the latents live.
            generator: on the CPU; draws the noise of those schedulers that add some at every step. A list has one for
                each picture of a batch.
            first: how many steps are left out before the first that is taken.

        Raises:
            UserError: when the checkpoint's file makes no sense, or has no such number of steps.
        """
        self._kind = _KINDS[name]
        noise = _noise_config(config)
        if name not in {"ddim", "lcm"}:
            # Where the last step ends is a matter of those alone; the others end at no noise at all.
            noise.pop("set_alpha_to_one", None)
        elif noise.get("timestep_spacing") == "linspace":
            # DDIM steps back by a whole stride, which would miss the next of these timesteps.
            noise["timestep_spacing"] = "trailing"
        self.prediction = str(noise.get("prediction_type", "epsilon"))
        # The ancestral one cannot be told of the clean latents themselves: they are turned into noise for it.
        self._turned = self.prediction == "sample" and name == "euler-a"
        if self._turned:
            noise["prediction_type"] = "epsilon"
        self._scheduler = self._kind.base(**(noise | dict(self._kind.fixed)))
        self._random = {"generator": generator} if self._kind.random else {}
        self._first = self._taken = first  # of all steps: so far
        train_steps = int(self._scheduler.config.num_train_timesteps)
        self._set_timesteps(steps, min(train_steps, self._kind.most or train_steps), train_steps, device)
        self.timesteps: torch.Tensor = self._scheduler.timesteps[first:]

    def _set_timesteps(self, steps: int, most: int, train_steps: int, device: torch.device) -> None:
        if steps <= most:
            self._scheduler.set_timesteps(steps, device=device)
            # Some spacings start at 1, so that the last of very many steps would fall off the table.
            if len(self._scheduler.timesteps) == steps and float(self._scheduler.timesteps.max()) < train_steps:
                if hasattr(self._scheduler, "set_begin_index"):
                    self._scheduler.set_begin_index(self._first)
                return
        limit = most if most < train_steps else train_steps // 2
        raise UserError(
            "This noise schedule cannot be walked in {steps} steps; choose {limit} or fewer.",
            "steps",
            steps=steps,
            limit=limit,
        )

    @property
    def initial_deviation(self) -> float:
        """Standard deviation of the noise that the first step starts from."""
        return float(self._scheduler.init_noise_sigma)

    def scaled(self, latents: torch.Tensor, timestep: torch.Tensor) -> torch.Tensor:
        """Return what the network takes at a timestep: the latents at unit deviation."""
        result: torch.Tensor = self._scheduler.scale_model_input(latents, timestep)
        return result

    def signal(self, timestep: torch.Tensor) -> float:
        """Return sqrt(abar_t), the factor of the clean latents within the network's input, for the step to be taken."""
        if hasattr(self._scheduler, "sigmas"):
            return 1 / math.hypot(1.0, float(self._scheduler.sigmas[self._taken]))
        return math.sqrt(float(self._scheduler.alphas_cumprod[int(timestep)]))

    def step(self, estimate: torch.Tensor, timestep: torch.Tensor, latents: torch.Tensor) -> torch.Tensor:
        """Return x_(t-1), shape of the latents, from the network's estimate at x_t."""
        if self._turned:
            signal = self.signal(timestep)
            estimate = (self.scaled(latents, timestep) - signal * estimate) / math.sqrt(1 - signal**2)
        result: torch.Tensor = self._scheduler.step(estimate, timestep, latents, return_dict=False, **self._random)[0]
        self._taken += 1
        return result

    def noised(self, clean: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
        """Return what clean latents are at the noise that is reached: before the first step, after any, or at the end.

        Args:
            clean: latents of a picture, of unit deviation.
            noise: of the same shape, standard normal.
        """
        after = self._taken - self._first
        if after == len(self.timesteps):
            return clean
        signal = self.signal(self.timesteps[after])
        return (signal * clean + math.sqrt(1 - signal**2) * noise) * self.deviation()

    def deviation(self) -> float:
        """Return the deviation of the latents now (after the last :meth:`step`): 1 over their input scale.

        An update meant for latents of unit deviation is multiplied by this.
        """
        return math.hypot(1.0, float(self._scheduler.sigmas[self._taken])) if self._kind.exploding else 1.0


def _noise_config(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a scheduler file says of the training; diffusers itself takes any value and fails much later."""
    noise = {key: config[key] for key in _KEYS if config.get(key) is not None}
    for key, value in noise.items():
        if not _KEYS[key](value):
            raise UserError(
                "{value} makes no sense; get the model again.", f"scheduler_config.json: {key}", value=str(value)[:60]
            )
    betas = noise.get("trained_betas")
    if betas is not None and len(betas) != noise.get("num_train_timesteps", 1000):
        raise UserError("There is not one value per step; get the model again.", "scheduler_config.json: trained_betas")
    return noise


def clean_estimate(scaled: torch.Tensor, estimate: torch.Tensor, signal: float, prediction: str) -> torch.Tensor:
    """Return the estimate of the clean latents x0, for previews.

    Args:
        scaled: the network's input x_t at unit deviation.
        estimate: the network's output, of the same shape.
        signal: sqrt(abar_t).
        prediction: ``"epsilon"``, ``"v_prediction"`` or ``"sample"``.
    """
    if prediction == "sample":
        return estimate
    noise = math.sqrt(max(1.0 - signal**2, 0.0))
    if prediction == "v_prediction":
        return signal * scaled - noise * estimate
    return (scaled - noise * estimate) / max(signal, 1e-6)
