"""Latents to pictures."""

import torch
from torch.nn import functional

from zestdesk.guidance.models import Model
from zestdesk.guidance.request import Picture

__all__ = ["decode", "preview"]

_PREVIEW_CELLS = 32
"""Longest side, in latent pixels, that a preview is decoded at: dearer models show a smaller picture at every step."""


@torch.no_grad()
def decode(model: Model, latents: torch.Tensor) -> Picture:
    """Decode latents of unit deviation, shape (1, C, h, w), to an RGB picture of shape (H, W, 3)."""
    scaled = (latents / model.vae.config.scaling_factor).to(model.dtype)
    picture = model.vae.decode(scaled).sample[0].float()
    pixels = ((picture.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
    array: Picture = pixels.permute(1, 2, 0).cpu().numpy()
    return array


@torch.no_grad()
def preview(model: Model, estimate: torch.Tensor) -> Picture | None:
    """Decode an estimate of the clean latents, made smaller first where they are large.

    Returns:
        The picture, or None when the estimate is not finite.
    """
    if not bool(torch.isfinite(estimate).all()):
        return None
    longest = max(estimate.shape[-2:])
    if longest > _PREVIEW_CELLS:
        size = [max(round(side * _PREVIEW_CELLS / longest), 1) for side in estimate.shape[-2:]]
        estimate = functional.interpolate(estimate, size=size, mode="area")
    return decode(model, estimate)
