"""Paint-with-Words: attention to a label's words is raised inside its mask.

Balaji et al., "eDiff-I", arXiv 2211.01324, section 3.3: softmax((Q K^T + w' A) / sqrt(d)) V, with A_pj the mask of the
segment that token j belongs to, at pixel p, 0 for all other tokens, and w' = w log(1 + sigma) max(Q K^T). On our
logits l = Q K^T / sqrt(d), that is l + w log(1 + sigma) max(l) A.

sigma is the noise's deviation over the signal's factor, sqrt(1 - abar_t) / sqrt(abar_t), whatever space a scheduler
keeps its latents in; the maximum is taken per layer and picture, over heads, pixels and tokens, and where it is
negative nothing is raised. A takes part with each segment's weight in the step. Only the conditional branch is biased.
"""

import math
from collections.abc import Sequence
from typing import Final

import torch

from zestdesk.guidance.loss import resize_targets
from zestdesk.guidance.maps import map_size

__all__ = ["AttentionBias", "bias_strength"]

_LEAST_SIGNAL: Final = 1e-3
"""Where sigma stops growing: some schedules begin at no signal at all."""


def bias_strength(weight: float, signal: float) -> float:
    """Return w log(1 + sigma).

    Args:
        weight: w.
        signal: sqrt(abar_t).
    """
    return weight * math.log1p(math.sqrt(max(1 - signal**2, 0.0)) / max(signal, _LEAST_SIGNAL))


class AttentionBias:
    """A of the module's equation, at every resolution of a run.

    Attributes:
        strength: w log(1 + sigma) of the present step; 0 leaves attention as it is.
    """

    def __init__(self, masks: torch.Tensor, tokens: Sequence[Sequence[int]], latent_size: tuple[int, int]) -> None:
        """Take the segments.

        Args:
            masks: in [0, 1], shape (segments, H, W). Over a map's cells they are averaged; one that fills no cell
                whole counts from its fullest cell, or small segments would hardly be raised.
            tokens: positions per segment.
            latent_size: (height, width) of the latents.
        """
        self._masks, self._tokens, self._latent_size = masks, [list(positions) for positions in tokens], latent_size
        self._weights = torch.ones(len(masks), device=masks.device)
        self._pyramid: dict[int, torch.Tensor] = {}
        self._raised: dict[tuple[int, int], torch.Tensor] = {}
        self.strength = 0.0

    def set_weights(self, weights: Sequence[float]) -> None:
        """Weigh the segments from now on, one factor each."""
        changed = torch.tensor(weights, device=self._masks.device)
        if not torch.equal(changed, self._weights):
            self._weights = changed
            self._raised.clear()

    def of(self, peak: torch.Tensor, pixels: int, tokens: int) -> torch.Tensor:
        """Return what is added to a layer's logits, shape (pictures, 1, pixels, tokens).

        Args:
            peak: max(l) of each picture, shape (pictures,).
            pixels: of the layer's maps.
            tokens: that the layer attends to.
        """
        raised = self._raised.get((pixels, tokens))
        if raised is None:
            raised = self._raised[pixels, tokens] = self._weigh(pixels, tokens)
        return (self.strength * peak.clamp_min(0).float())[:, None, None, None] * raised

    def _weigh(self, pixels: int, tokens: int) -> torch.Tensor:
        masks = self._pyramid.get(pixels)
        if masks is None:
            masks = resize_targets(self._masks, *map_size(self._latent_size, pixels)).flatten(1)
            self._pyramid[pixels] = masks = masks / masks.amax(dim=1, keepdim=True).clamp_min(1e-12)
        belongs = masks.new_zeros((len(masks), tokens))
        for segment, positions in enumerate(self._tokens):
            belongs[segment, positions] = 1
        return (masks * self._weights[:, None]).T @ belongs
