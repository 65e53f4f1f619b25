"""Less memory for more time: switches of diffusers' models that are set for a run and always put back."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from zestdesk.guidance.memory import LEVELS, TILE, Savings
from zestdesk.guidance.models import Model

__all__ = ["decoding", "last_level", "saving"]


def last_level(device: torch.device) -> int:
    """Return the last of ``memory.LEVELS`` that a device has: only a GPU has somewhere to put things off to."""
    return len(LEVELS) - 1 if device.type == "cuda" else len(LEVELS) - 2


@contextmanager
def saving(model: Model, savings: Savings) -> Iterator[None]:
    """Set a model up to save memory for the length of the block.

    Args:
        model: any.
        savings: what to do; that branches take turns and heads follow one another is for the sampler.
    """
    vae = model.vae
    tiling = vae.use_tiling, vae.tile_latent_min_size, vae.tile_sample_min_size
    waiting = (*model.text.encoders, vae) if savings.offload else ()
    try:
        if savings.tiles:
            vae.enable_tiling()
            vae.tile_latent_min_size, vae.tile_sample_min_size = TILE, TILE * model.latent_factor
        if savings.checkpoints:
            model.unet.enable_gradient_checkpointing()
        for part in waiting:
            part.to("cpu")
        yield
    finally:
        vae.use_tiling, vae.tile_latent_min_size, vae.tile_sample_min_size = tiling
        if savings.checkpoints:
            model.unet.disable_gradient_checkpointing()
        for part in waiting:
            part.to(model.device)


@contextmanager
def decoding(model: Model, savings: Savings) -> Iterator[None]:
    """Give the decoder the device for the length of the block, where parts take turns."""
    if not savings.offload:
        yield
        return
    try:
        model.unet.to("cpu")
        model.vae.to(model.device)
        yield
    finally:
        model.vae.to("cpu")
        model.unet.to(model.device)
