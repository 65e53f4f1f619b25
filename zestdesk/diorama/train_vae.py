"""Training the autoencoder on fresh scenes."""

from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL
from PIL import Image
from torch.nn import functional

from zestdesk.diorama.loop import Average, State, level_then_falling, mixed_precision
from zestdesk.diorama.networks import Plan, make_autoencoder
from zestdesk.diorama.scenes import SceneSampler
from zestdesk.diorama.vocabulary import Vocabulary
from zestdesk.diorama.world import Painter

__all__ = ["AutoencoderTask", "DecoderTask", "contact_sheet", "psnr", "reconstruct"]

_LEARNING_RATE = 1.5e-3
_GENTLER = 0.5
"""Share of the learning rate when a training goes on from trained weights: its UNet should find its latents again."""
_KL_WEIGHT = 3e-7
_WARM_UP = 100
_LATENT_NOISE = 0.15
"""Largest deviation of the noise on latents, as a share of their own: those that a UNet makes are never exact."""
_HELD_OUT_SEED = 90_001


def psnr(pictures: torch.Tensor, others: torch.Tensor) -> float:
    """Return the mean peak signal-to-noise ratio in decibels.

    Args:
        pictures: in [-1, 1], shape (B, 3, H, W).
        others: likewise.
    """
    error = (pictures - others.clamp(-1, 1)).float().square().mean(dim=(1, 2, 3)).clamp_min(1e-10)
    return float((10 * torch.log10(4 / error)).mean())


@torch.no_grad()
def reconstruct(autoencoder: AutoencoderKL, pictures: torch.Tensor) -> torch.Tensor:
    """Return pictures as the autoencoder renders them from the mean of their latents, shape (B, 3, H, W)."""
    mean = autoencoder.encode(pictures).latent_dist.mode()
    decoded: torch.Tensor = autoencoder.decode(mean).sample
    return decoded.clamp(-1, 1)


def contact_sheet(pictures: torch.Tensor, columns: int) -> Image.Image:
    """Return pictures side by side.

    Args:
        pictures: in [-1, 1], shape (B, 3, H, W); B is a multiple of ``columns``.
        columns: pictures in a row.
    """
    count, _, height, width = pictures.shape
    pixels = ((pictures.float().cpu().clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8).permute(0, 2, 3, 1).numpy()
    grid = pixels.reshape(count // columns, columns, height, width, 3).transpose(0, 2, 1, 3, 4)
    return Image.fromarray(np.ascontiguousarray(grid.reshape(count // columns * height, columns * width, 3)))


class AutoencoderTask:
    """The autoencoder, its optimiser and its stream of scenes.

    Attributes:
        name: of its checkpoints.
        autoencoder: in training.
        average: of its weights; what is used in the end.
        halved_share: share of the steps that decode halved latents into halved pictures. It keeps the latents smooth,
            so that a UNet learns them sooner (Kouzelis et al. 2025), and such a step costs half.
    """

    name = "vae"
    halved_share = 1 / 3

    def __init__(self, plan: Plan, vocabulary: Vocabulary, device: torch.device, seed: int = 1) -> None:
        """Make a new autoencoder; it goes to ``device``."""
        torch.manual_seed(seed)
        self.plan, self._device = plan, device
        self._peak = _LEARNING_RATE
        self.autoencoder = make_autoencoder(plan).to(device)
        self.average = Average(self.autoencoder, 0.995)
        self._optimiser = torch.optim.AdamW(
            self.autoencoder.parameters(), lr=_LEARNING_RATE, weight_decay=1e-4, fused=True
        )
        self._painter = Painter(vocabulary, plan.side, device)
        self._vocabulary, self._seed, self._steps = vocabulary, seed, 0
        self._sampler = SceneSampler(vocabulary, seed)
        held_out = SceneSampler(vocabulary, _HELD_OUT_SEED).sample(32 if plan.side > 64 else 8, plan.side, plan.side)
        self._held_out = self._painter.paint(held_out).images

    def adopt(self, autoencoder: AutoencoderKL) -> None:
        """Begin with the weights of a trained autoencoder of the same shape, at a gentler learning rate."""
        self._peak = _LEARNING_RATE * _GENTLER
        self.autoencoder.load_state_dict(autoencoder.state_dict())
        self.average = Average(self.autoencoder, 0.995)

    def step(self, progress: float) -> dict[str, float]:
        """Make one step on fresh scenes."""
        side = self.plan.side
        pictures = self._painter.paint(self._sampler.sample(self.plan.vae_batch, side, side)).images
        self._steps += 1
        rate = self._peak * level_then_falling(progress) * min(self._steps / _WARM_UP, 1)
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        with mixed_precision(self._device):
            latents, penalty = self._encode(pictures)
            deviation = _LATENT_NOISE * torch.rand(len(latents), 1, 1, 1, device=self._device)
            latents = latents + deviation * latents.detach().std() * torch.randn_like(latents)
            if torch.rand(()) < self.halved_share:
                latents, pictures = functional.avg_pool2d(latents, 2), functional.avg_pool2d(pictures, 2)
            decoded = self.autoencoder.decode(latents).sample
        decoded = decoded.float()
        loss = functional.l1_loss(decoded, pictures) + functional.mse_loss(decoded, pictures)
        total = loss + penalty
        self._optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(total)
        torch.nn.utils.clip_grad_norm_(self.autoencoder.parameters(), 1.0)
        self._optimiser.step()
        self.average.update()
        return {"loss": float(loss.detach()), "rate": rate}

    def _encode(self, pictures: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return latents, shape (B, C, h, w), and a penalty on them."""
        posterior = self.autoencoder.encode(pictures).latent_dist
        return posterior.sample(), _KL_WEIGHT * posterior.kl().float().mean()

    def averaged(self) -> AutoencoderKL:
        """Return a copy with the averaged weights and the scaling factor that gives its latents unit deviation."""
        copy = make_autoencoder(self.plan).to(self._device)
        copy.load_state_dict(self.average.weights)
        copy.requires_grad_(requires_grad=False).eval()
        sampler = SceneSampler(self._vocabulary, self._seed + 7)
        with torch.no_grad():
            latents = [
                copy.encode(self._painter.paint(sampler.sample(16, self.plan.side, self.plan.side)).images)
                .latent_dist.mode()
                .float()
                for _ in range(12)
            ]
        copy.register_to_config(scaling_factor=round(1 / float(torch.cat(latents).std()), 5))
        return copy

    def validate(self) -> dict[str, float]:
        """Return the PSNR on held-out scenes."""
        return {"psnr": psnr(self._held_out, reconstruct(self.averaged(), self._held_out))}

    def sheet(self, path: Path) -> None:
        """Write held-out scenes above their reconstructions."""
        some = self._held_out[:8]
        contact_sheet(torch.cat([some, reconstruct(self.averaged(), some)]), 8).save(path)

    def state(self) -> State:
        """Return what a checkpoint needs."""
        return {
            "plan": self.plan.name,
            "steps": self._steps,
            "weights": self.autoencoder.state_dict(),
            "average": self.average.state(),
            "optimiser": self._optimiser.state_dict(),
        }

    def load(self, state: State) -> None:
        """Take up where a checkpoint left off, with scenes not seen yet."""
        if state["plan"] != self.plan.name:
            raise ValueError(f"the checkpoint is of plan “{state['plan']}”, not of “{self.plan.name}”.")
        self._steps = int(state["steps"])
        self.autoencoder.load_state_dict(state["weights"])
        self.average.load(state["average"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._sampler = SceneSampler(self._vocabulary, self._seed + 1000 * self._steps)


class DecoderTask(AutoencoderTask):
    """The decoder alone, polished while the encoder stays: the UNet has learnt its latents, so they must not move."""

    name = "decoder"
    halved_share = 0.0

    def __init__(
        self, plan: Plan, vocabulary: Vocabulary, autoencoder: AutoencoderKL, device: torch.device, seed: int = 5
    ) -> None:
        """Begin with a trained autoencoder, which is copied."""
        super().__init__(plan, vocabulary, device, seed)
        self.adopt(autoencoder)
        self._scaling_factor = float(autoencoder.config.scaling_factor)
        for part in (self.autoencoder.encoder, self.autoencoder.quant_conv):
            part.requires_grad_(requires_grad=False)

    def _encode(self, pictures: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        with torch.no_grad():
            return self.autoencoder.encode(pictures).latent_dist.mode(), torch.zeros((), device=self._device)

    def averaged(self) -> AutoencoderKL:
        """Return a copy with the averaged weights and the scaling factor that the UNet has learnt."""
        copy = make_autoencoder(self.plan).to(self._device)
        copy.load_state_dict(self.average.weights)
        copy.register_to_config(scaling_factor=self._scaling_factor)
        return copy.requires_grad_(requires_grad=False).eval()
