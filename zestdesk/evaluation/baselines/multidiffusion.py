"""MultiDiffusion: one denoising path per region, fused at every step.

Bar-Tal et al., "MultiDiffusion: Fusing diffusion paths for controlled image generation", ICML 2023, arXiv 2302.08113:
the fused step, eq. (5), for regions (section 4.2) with bootstrapping; constants of the authors' code.
"""

import torch

from zestdesk.evaluation.baselines.loop import Run, Steering
from zestdesk.evaluation.baselines.regions import cells, rest_of_prompt
from zestdesk.guidance.binding import compose

__all__ = ["BOOTSTRAPPED", "MultiDiffusion", "fuse"]

BOOTSTRAPPED = 0.4
"""Share of the steps, from the first, in which regions are drawn on plain backgrounds: 20 of 50."""


def fuse(estimates: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Return the mean of the regions' estimates, weighted per pixel, eq. (5).

    The paper fuses the latents after each region's step. That step is linear in latents and estimate, pixel by pixel,
    and within its region each path begins at the same latents, so that fusing what the network says gives the same.

    Args:
        estimates: shape (regions, channels, height, width).
        weights: 0 or more, of each region, shape (regions, height, width); some region is everywhere.

    Returns:
        Shape (1, channels, height, width).
    """
    return (estimates * (weights / weights.sum(dim=0))[:, None]).sum(dim=0, keepdim=True)


class MultiDiffusion(Steering):
    """Every segment is denoised under its own label; what no segment covers under the rest of the prompt."""

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.until = run.request.steps
        self._bootstrapped = round(BOOTSTRAPPED * run.request.steps)
        labels = [segment.label for segment in run.request.segments]
        rest = rest_of_prompt(run.prompt.text, compose(run.request.prompt, labels).spans)
        self._texts = run.encode(rest, "prompt")
        for number, label in enumerate(labels):
            self._texts = self._texts.joined(run.encode(label, f"segments[{number}].label"))
        covered = cells(run.targets, *run.latent_size).float()
        background = (1 - covered.sum(dim=0, keepdim=True)).clamp_min(0)
        self._weights = torch.cat([background, covered])
        self._backgrounds = [self._plain_picture() for _ in range(self._bootstrapped)]

    def _plain_picture(self) -> torch.Tensor:
        """Return the latents of a picture of one random colour."""
        run, vae = self.run, self.run.model.vae
        colour = torch.rand((1, 3, 1, 1), generator=run.generator).to(run.model.device, vae.dtype) * 2 - 1
        picture = colour.expand(1, 3, run.request.height, run.request.width)
        latents = vae.encode(picture).latent_dist.mode().float()
        scaled: torch.Tensor = latents * vae.config.scaling_factor
        return scaled

    def estimate(self, index: int, timestep: torch.Tensor) -> torch.Tensor:
        """Return the regions' estimates, fused."""
        run = self.run
        scaled = run.scaled(timestep)
        if index < self._bootstrapped:
            scaled = torch.cat([scaled, *(self._on_plain(scaled, region, timestep) for region in self._weights[1:])])
        return fuse(run.guided(scaled, timestep, self._texts), self._weights)

    def _on_plain(self, scaled: torch.Tensor, region: torch.Tensor, timestep: torch.Tensor) -> torch.Tensor:
        """Return the latents of one region before a random one of the plain backgrounds, as noisy as they are."""
        run = self.run
        chosen = int(torch.randint(len(self._backgrounds), (1,), generator=run.generator))
        noisy = run.schedule.scaled(run.schedule.noised(self._backgrounds[chosen], run.noise), timestep)
        return scaled * region + noisy * (1 - region)
