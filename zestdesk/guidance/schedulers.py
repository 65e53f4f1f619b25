"""Noise schedules and samplers of diffusers, seen through one small door."""

import math
from collections.abc import Mapping
from typing import Any, Final

import torch
from diffusers import DDIMScheduler, DPMSolverMultistepScheduler, EulerDiscreteScheduler

from zestdesk.errors import UserError

__all__ = ["Schedule", "clean_estimate"]

_CLASSES: Final[Mapping[str, tuple[Any, Mapping[str, Any]]]] = {
    # Clipping and thresholding are for pixels; in a latent space they spoil the picture.
    "ddim": (DDIMScheduler, {"clip_sample": False, "thresholding": False}),
    "euler": (EulerDiscreteScheduler, {}),
    "dpm++": (DPMSolverMultistepScheduler, {"algorithm_type": "dpmsolver++", "solver_order": 2}),
}
"""Behind each of ``request.SCHEDULERS``: the class, and what it is told whatever the checkpoint says."""

_NOISE_KEYS: Final = (
    "num_train_timesteps",
    "beta_start",
    "beta_end",
    "beta_schedule",
    "trained_betas",
    "prediction_type",
    "timestep_spacing",
    "steps_offset",
    "rescale_betas_zero_snr",
)
"""What a checkpoint's scheduler file says of its training; the sampler is the user's choice, not the checkpoint's."""

_PREDICTIONS: Final = ("epsilon", "v_prediction", "sample")
_MAX_TRAIN_STEPS: Final = 10_000


class Schedule:
    """One run of a scheduler, whatever space it keeps its latents in.

    Latents are *variance preserving* (of about unit deviation, x = sqrt(abar) x0 + sqrt(1 - abar) noise) in DDIM and
    DPM-Solver++, and *variance exploding* (x = x0 + sigma noise) in Euler. The input scale turns either kind into the
    first, which is what the network takes and what eq. (5) is written for.

    Attributes:
        timesteps: of the diffusion, falling, shape (steps,).
        prediction: what the network estimates: ``"epsilon"``, ``"v_prediction"`` or ``"sample"``.
    """

    def __init__(self, name: str, config: Mapping[str, Any], steps: int, device: torch.device) -> None:
        """Set a scheduler up for a run.

        Args:
            name: one of ``request.SCHEDULERS``.
            config: of the checkpoint's own scheduler.
            steps: number of denoising steps.
            device: where the latents live.

        Raises:
            UserError: when the checkpoint's file makes no sense, or has no such number of steps.
        """
        kind, fixed = _CLASSES[name]
        _check_config(config)
        chosen = {key: config[key] for key in _NOISE_KEYS if config.get(key) is not None}
        try:
            self._scheduler = kind(**(chosen | dict(fixed)))
        except (TypeError, ValueError, NotImplementedError, RuntimeError) as error:
            raise UserError(
                "The noise schedule makes no sense; get the model again.", "scheduler_config.json"
            ) from error
        self._train_steps = int(self._scheduler.config.num_train_timesteps)
        self._set_timesteps(steps, device)
        self.timesteps: torch.Tensor = self._scheduler.timesteps
        self.prediction = str(self._scheduler.config.prediction_type)

    def _set_timesteps(self, steps: int, device: torch.device) -> None:
        if steps <= self._train_steps:
            self._scheduler.set_timesteps(steps, device=device)
            # Some spacings start at 1, so that the last of very many steps would fall off the table.
            if len(self._scheduler.timesteps) == steps and float(self._scheduler.timesteps.max()) < self._train_steps:
                if hasattr(self._scheduler, "set_begin_index"):
                    self._scheduler.set_begin_index(0)
                return
        raise UserError(
            f"This model's noise schedule cannot be walked in {steps} steps; choose {self._train_steps // 2} or fewer.",
            "steps",
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
        """Return sqrt(abar_t), the factor of the clean latents within the network's input."""
        if isinstance(self._scheduler, EulerDiscreteScheduler):
            return float(self.scaled(torch.ones(1), timestep))
        return math.sqrt(float(self._scheduler.alphas_cumprod[int(timestep)]))

    def step(self, estimate: torch.Tensor, timestep: torch.Tensor, latents: torch.Tensor) -> torch.Tensor:
        """Return x_(t-1), shape of the latents, from the network's estimate at x_t."""
        result: torch.Tensor = self._scheduler.step(estimate, timestep, latents, return_dict=False)[0]
        return result

    def deviation(self) -> float:
        """Return the deviation of the latents now (after the last :meth:`step`): 1 over their input scale.

        An update meant for latents of unit deviation is multiplied by this.
        """
        if not isinstance(self._scheduler, EulerDiscreteScheduler):
            return 1.0
        return math.hypot(1.0, float(self._scheduler.sigmas[self._scheduler.step_index]))


def _check_config(config: Mapping[str, Any]) -> None:
    """Refuse values that would be allocated or computed with before anybody looks at them."""
    train_steps = config.get("num_train_timesteps", 1000)
    if type(train_steps) is not int or not 1 <= train_steps <= _MAX_TRAIN_STEPS:
        raise UserError("num_train_timesteps makes no sense; get the model again.", "scheduler_config.json")
    if config.get("prediction_type", "epsilon") not in _PREDICTIONS:
        raise UserError(
            f"prediction_type is none of {', '.join(_PREDICTIONS)}; choose another model.", "scheduler_config.json"
        )


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
