"""A picture to begin with in place of noise, and the parts of it that stay as they are."""

from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from zestdesk.errors import UserError
from zestdesk.guidance.models import Model
from zestdesk.guidance.request import GenerationRequest, Picture
from zestdesk.guidance.schedulers import Schedule

__all__ = ["Start", "composited", "encode"]


@dataclass(frozen=True, slots=True)
class Start:
    """What a run begins with, as latents on the model's device.

    Outside the region the latents are, at every step, those of the picture with as much noise as the scheduler has
    reached (Lugmayr et al. 2022, RePaint, section 4.1, without its resampling; Avrahami et al. 2023, Blended Latent
    Diffusion): what is drawn inside sees its surroundings.

    Attributes:
        clean: latents of the picture, of unit deviation, shape (1, channels, height, width).
        noise: x_T of each picture of the batch, standard normal, shape (pictures, channels, height, width).
        region: share of each latent pixel that is redrawn, shape (1, 1, height, width); None: all of all.
    """

    clean: torch.Tensor
    noise: torch.Tensor
    region: torch.Tensor | None

    @classmethod
    def of(cls, request: GenerationRequest, model: Model, noise: torch.Tensor) -> "Start | None":
        """Encode the picture of a request; None when it has none."""
        if request.start is None:
            return None
        region = None
        if request.redraw is not None:
            mask = torch.from_numpy(request.redraw)[None, None].to(model.device)
            region = functional.adaptive_avg_pool2d(mask, (noise.shape[-2], noise.shape[-1]))
        return cls(encode(model, request.start), noise, region)

    def begin(self, schedule: Schedule, strength: float) -> torch.Tensor:
        """Return the latents before the first step: the picture under noise, at strength 1 noise alone."""
        if strength < 1:
            return schedule.noised(self.clean, self.noise)
        return self.keep(self.noise * schedule.initial_deviation, schedule)

    def keep(self, latents: torch.Tensor, schedule: Schedule) -> torch.Tensor:
        """Return latents that are the picture's, at the noise that is reached, outside the region."""
        if self.region is None:
            return latents
        kept = schedule.noised(self.clean, self.noise)
        return self.region * latents + (1 - self.region) * kept

    def complete(self, clean: torch.Tensor) -> torch.Tensor:
        """Return an estimate of the clean latents with the picture's outside the region, for previews."""
        return clean if self.region is None else self.region * clean + (1 - self.region) * self.clean

    def inside(self, gradient: torch.Tensor) -> torch.Tensor:
        """Return a gradient without what it would change outside, so that its largest value lies within the region."""
        return gradient if self.region is None else gradient * self.region


@torch.no_grad()
def encode(model: Model, picture: Picture) -> torch.Tensor:
    """Return the latents of a picture, float32 of unit deviation, shape (1, channels, height, width).

    The encoder's mean is taken and nothing is drawn at random: the same picture gives the same latents.

    Args:
        model: its encoder may work in tiles.
        picture: uint8 RGB, shape (H, W, 3).

    Raises:
        UserError: when the encoder gives numbers that are not finite, as some do in half precision.
    """
    pixels = torch.from_numpy(picture).permute(2, 0, 1)[None].to(model.vae.device, torch.float32) / 127.5 - 1
    mean = model.vae.encode(pixels.to(model.vae.dtype), return_dict=False)[0].mode()
    latents: torch.Tensor = mean.float().to(model.device) * model.vae.config.scaling_factor
    if not bool(torch.isfinite(latents).all()):
        raise UserError("The picture encoder's numbers left their range; choose the CPU or another model.", "model")
    return latents


def composited(picture: Picture, request: GenerationRequest) -> Picture:
    """Return a finished picture with the start's pixels where nothing is redrawn, and a mixture at soft edges."""
    if request.start is None or request.redraw is None:
        return picture
    start = request.start.astype(np.float32)
    mixed = start + request.redraw[..., None] * (picture - start)
    result: Picture = np.rint(mixed).astype(np.uint8)
    return result
