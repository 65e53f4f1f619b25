"""How far a step follows the gradient, eq. (5): lambda(t), and what the gradient is divided by."""

import math
from typing import Final

import torch

__all__ = ["TYPICAL_PEAK", "schedule_strength", "zest_update"]

TYPICAL_PEAK: Final = 10.0
"""A gradient's largest element over its root mean square: the median of guided steps of the bundled model."""


def schedule_strength(schedule: str, progress: float, signal: float) -> float:
    """Return lambda(t) of eq. (5), which never rises over a run.

    Args:
        schedule: one of ``options.STRENGTH_SCHEDULES``. ``"linear"`` is 1 - p, as in the paper and, times 0.1, in its
            authors' code for XL; ``"noise"`` is sqrt(1 - abar_t), as, times 0.3, in their code for Stable Diffusion
            1.4; ``"cosine"`` is cos(pi p / 2), which lies above the line and ends with it; ``"constant"`` is 1.
        progress: p, the fraction of all steps that lie behind, 0 at the first.
        signal: sqrt(abar_t) at the input of the step.
    """
    if schedule == "noise":
        return math.sqrt(max(1 - signal**2, 0.0))
    if schedule == "cosine":
        return math.cos(math.pi / 2 * progress)
    return 1.0 if schedule == "constant" else 1 - progress


def zest_update(latents: torch.Tensor, gradient: torch.Tensor, strength: float, norm: str = "max") -> torch.Tensor:
    """Return the latents moved against the gradient, eq. (5), picture by picture.

    ``"max"``, the paper's, is x - strength * g / max|g|: no element moves by more than the strength. ``"rms"`` is
    x - strength * g / (10 rms(g)), which moves as far along an ordinary gradient, whose largest element is about 10
    times its root mean square (:data:`TYPICAL_PEAK`), but lets no stray element hold back all others. A gradient of
    zeros moves nothing.

    Args:
        latents: x_(t-1), after the scheduler's own step, shape (pictures, channels, height, width).
        gradient: g = dL_Zest/dx_t, of the same shape, finite.
        strength: eta * lambda(t), times the latents' deviation where that is not 1.
        norm: one of ``options.GRADIENT_NORMS``.
    """
    largest = gradient.abs().amax(dim=(1, 2, 3), keepdim=True).clamp_min(torch.finfo(gradient.dtype).tiny)
    # Divided by the maximum first, so that squares neither vanish nor overflow.
    direction = gradient / largest
    if norm == "rms":
        rms = direction.square().mean(dim=(1, 2, 3), keepdim=True).sqrt()
        direction = direction / (TYPICAL_PEAK * rms).clamp_min(torch.finfo(gradient.dtype).tiny)
    return latents - strength * direction
