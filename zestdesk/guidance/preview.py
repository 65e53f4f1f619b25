"""Latents to pictures."""

import torch
from torch.nn import functional

from zestdesk.errors import UserError
from zestdesk.guidance.models import Model
from zestdesk.guidance.request import Picture

__all__ = ["decode", "preview"]

_PREVIEW_CELLS = 32
"""Longest side, in latent pixels, that a preview is decoded at: dearer models show a smaller picture at every step."""


@torch.no_grad()
def decode(model: Model, latents: torch.Tensor) -> Picture:
    """Decode latents of unit deviation, shape (1, C, h, w), to an RGB picture of shape (H, W, 3).

    Raises:
        UserError: when the decoder gives numbers that are not finite, as some do in half precision.
    """
    picture = _pixels(model, latents)
    if picture is None:
        raise UserError("The picture decoder's numbers left their range; choose the CPU or another model.", "model")
    return picture


@torch.no_grad()
def preview(model: Model, estimate: torch.Tensor) -> Picture | None:
    """Decode an estimate of the clean latents, made smaller first where they are large.

    Returns:
        The picture, or None when it is not finite.
    """
    longest = max(estimate.shape[-2:])
    if longest > _PREVIEW_CELLS:
        size = [max(round(side * _PREVIEW_CELLS / longest), 1) for side in estimate.shape[-2:]]
        estimate = functional.interpolate(estimate, size=size, mode="area")
    return _pixels(model, estimate)


def _pixels(model: Model, latents: torch.Tensor) -> Picture | None:
    """Return the decoded picture, None when it is not finite."""
    scaled = (latents / model.vae.config.scaling_factor).to(model.vae.dtype)
    picture = model.vae.decode(scaled, return_dict=False)[0][0].float()
    if not bool(torch.isfinite(picture).all()):
        return None
    pixels = ((picture.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
    # A copy of numpy's own, contiguous: what leaves the worker thread holds on to no tensor.
    array: Picture = pixels.permute(1, 2, 0).cpu().numpy().copy(order="C")
    return array
