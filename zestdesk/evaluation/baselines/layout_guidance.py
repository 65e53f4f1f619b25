"""Layout-Guidance: attention of each label gathered in its box by backward guidance.

Chen, Laina, Vedaldi, "Training-free layout control with cross-attention guidance", WACV 2024, arXiv 2304.03373: the
energy and the update of backward guidance; constants of the paper and of the authors' code.
"""

import math
from collections.abc import Sequence

import torch

from zestdesk.evaluation.baselines.attention import MapReader, hooked
from zestdesk.evaluation.baselines.loop import Run, Steering
from zestdesk.evaluation.baselines.regions import Box, box_cells, boxes
from zestdesk.guidance.attention import cross_layers

__all__ = ["LayoutGuidance", "energy", "fitting"]

_STRENGTH = 30.0
"""eta, the factor on the energy."""

_SHARE = 0.2
"""Share of the steps, from the first, that are guided: 10 of 50."""

_ROUNDS = 5
"""Most updates within a step."""

_ENOUGH = 0.2
"""Energy at which the updates of a step end."""

_SMALLEST, _LARGEST = 8 / math.sqrt(2), 16 * math.sqrt(2)
"""Sides of the maps that are read, as far as they come nearer to 8 or 16 cells than to half or twice as many."""


def fitting(maps: Sequence[torch.Tensor]) -> list[torch.Tensor]:
    """Return those maps that have about 8 x 8 to 16 x 16 cells, all where there is none.

    Args:
        maps: shape (heads, height, width, tokens).
    """
    chosen = [item for item in maps if _SMALLEST <= math.sqrt(item.shape[1] * item.shape[2]) <= _LARGEST]
    return chosen or list(maps)


def energy(maps: Sequence[torch.Tensor], tokens: Sequence[Sequence[int]], places: Sequence[Box | None]) -> torch.Tensor:
    """Return E = (1 - attention within the box / attention in all)^2, averaged over layers, boxes, tokens and heads.

    Args:
        maps: per layer, shape (heads, height, width, tokens).
        tokens: positions of each label.
        places: the labels' boxes; labels without one are left out.
    """
    terms = []
    for attention in maps:
        for positions, box in zip(tokens, places, strict=True):
            if box is None:
                continue
            chosen = attention[..., list(positions)]
            left, top, right, bottom = box_cells(box, *attention.shape[1:3])
            within = chosen[:, top:bottom, left:right].sum(dim=(1, 2)) / chosen.sum(dim=(1, 2)).clamp_min(1e-12)
            terms.append(((1 - within) ** 2).mean())
    return torch.stack(terms).mean()


class LayoutGuidance(Steering):
    """Moves x_t against the energy's gradient before a step: x <- x - eta sigma_t^2 dE/dx.

    The authors' latents are variance exploding, where sigma_t^2 = (1 - abar) / abar. At unit deviation that is
    x <- x - eta (1 - abar) dE/dx, which holds in any scheduler's space.

    They read the middle block and the first up block with cross-attention, whose maps have 8 x 8 and 16 x 16 cells
    in Stable Diffusion. The bundled model's have 4 x 4 there, in which boxes drown: of the middle and the up blocks
    the maps of those sizes are read, which are the authors' own in Stable Diffusion.
    """

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self._layers = [name for name in cross_layers(run.model.unet) if name.startswith(("mid_block.", "up_blocks."))]
        self._boxes = boxes(run.targets)
        self._reader = MapReader(run.latent_size)
        self.until = round(_SHARE * run.request.steps) if any(self._boxes) else 0

    def before(self, index: int, timestep: torch.Tensor) -> None:  # noqa: ARG002 - asked by others
        """Update x_t until the energy is low enough."""
        run = self.run
        for _ in range(_ROUNDS):
            with hooked(run.model.unet, self._layers, self._reader):
                value, gradient, _ = run.pull(timestep, lambda _scaled, _estimate: self._energy())
            if value <= _ENOUGH:
                return
            run.move(-_STRENGTH * (1 - run.schedule.signal(timestep) ** 2) * gradient)

    def _energy(self) -> torch.Tensor:
        return energy(fitting(self._reader.take()), self.run.prompt.words, self._boxes)
