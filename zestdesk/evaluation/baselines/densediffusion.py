"""DenseDiffusion: attention raised within segments and lowered between them.

Kim, Lee, Kim, Ha, Zhu, "Dense text-to-image generation with attention modulation", ICCV 2023, arXiv 2308.12964: the
modulation of cross- and self-attention with its adaptation to the range of values and to the area of the segment, and
labels encoded on their own; constants of the paper.
"""

import math

import torch

from zestdesk.evaluation.baselines.attention import hooked, self_layers
from zestdesk.evaluation.baselines.loop import Run, Steering
from zestdesk.evaluation.baselines.regions import cells
from zestdesk.guidance.attention import cross_layers
from zestdesk.guidance.maps import map_size
from zestdesk.guidance.text import Conditioning

__all__ = ["DenseDiffusion", "modulate"]

_CROSS, _SELF = 1.0, 0.3
"""w of cross- and of self-attention."""

_POWER = 5
"""How fast the modulation fades: lambda_t = w (t / T)^5."""

_SHARE = 0.3
"""Share of the steps, from the first, that are modulated."""


def modulate(logits: torch.Tensor, related: torch.Tensor, strength: torch.Tensor) -> torch.Tensor:
    """Return logits pulled to their row's maximum where query and key belong together, to its minimum elsewhere.

    QK' + M with M = lambda R (max QK' - QK') (1 - S) - lambda (1 - R) (QK' - min QK') (1 - S).

    Args:
        logits: shape (heads, queries, keys).
        related: R, booleans, shape (queries, keys).
        strength: lambda (1 - S) of each query, shape (queries, 1); S is the share of the picture that its segment has.
    """
    most, least = logits.amax(dim=-1, keepdim=True), logits.amin(dim=-1, keepdim=True)
    return logits + strength * (torch.where(related, most, least) - logits)


class DenseDiffusion(Steering):
    """Modulates all attention of the conditional branch in the first steps.

    The paper's segments cover the whole picture. Here what no segment covers is one more, described by the words that
    belong to no label; where there are no such words, its cross-attention is left as it is.
    """

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.until = math.ceil(_SHARE * run.request.steps - 1e-9)
        self._layers = (*cross_layers(run.model.unet), *self_layers(run.model.unet))
        self._fade = 0.0
        self._relations: dict[tuple[int, int, bool], tuple[torch.Tensor, torch.Tensor]] = {}
        # A backdrop's words are all that stand between the begin and the end mark and belong to nobody.
        named = {position for positions in run.prompt.tokens for position in positions}
        self._words = ([at for at in range(1, run.prompt.count - 1) if at not in named], *run.prompt.tokens)
        run.conditional = self._with_own_labels(run.conditional)

    def _with_own_labels(self, texts: Conditioning) -> Conditioning:
        """Return the prompt's states with each label's replaced by those that it has as a text of its own."""
        run, states = self.run, texts.states.clone()
        for number, segment in enumerate(run.request.segments):
            alone = run.model.text.bind(segment.label, [segment.label])
            there, here = run.prompt.tokens[number], alone.tokens[0]
            if len(there) == len(here):
                own = run.encode(alone.text, f"segments[{number}].label")
                states[0, list(there)] = own.states[0, list(here)]
        return Conditioning(states=states, added=texts.added)

    def estimate(self, index: int, timestep: torch.Tensor) -> torch.Tensor:
        """Return the estimate under modulated attention."""
        self._fade = (float(timestep) / self.run.model.scheduler_config.get("num_train_timesteps", 1000)) ** _POWER
        with hooked(self.run.model.unet, self._layers, self):
            return super().estimate(index, timestep)

    def shares(self, logits: torch.Tensor, *, cross: bool) -> torch.Tensor:
        """Return the attention, modulated for the last of the batch, which is the conditional branch."""
        kind = logits.shape[2], logits.shape[3], cross
        if kind not in self._relations:
            self._relations[kind] = self._relation(*kind)
        related, room = self._relations[kind]
        strength = (_CROSS if cross else _SELF) * self._fade * room
        return torch.cat([logits[:-1], modulate(logits[-1], related, strength)[None]]).softmax(dim=-1)

    def _relation(self, pixels: int, keys: int, cross: bool) -> tuple[torch.Tensor, torch.Tensor]:  # noqa: FBT001
        """Return R, shape (pixels, keys), and 1 - S of each pixel, shape (pixels, 1), 0 where R has nothing."""
        covered = cells(self.run.targets, *map_size(self.run.latent_size, pixels)).flatten(1)
        regions = torch.cat([~covered.any(dim=0, keepdim=True), covered]).float()
        together = regions.T @ regions > 0
        related = together
        if cross:
            words = regions.new_zeros((len(regions), keys))
            for region, positions in enumerate(self._words):
                words[region, list(positions)] = 1
            related = regions.T @ words > 0
        room = 1 - together.float().mean(dim=1, keepdim=True)
        return related, room * related.any(dim=1, keepdim=True)
