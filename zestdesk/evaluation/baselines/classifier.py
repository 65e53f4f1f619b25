"""Guidance by an external classifier: the segmenter itself says where the picture should change.

The rival "LDM + external classifier" of Couairon et al., ICCV 2023, arXiv 2306.13754, Table 1, in the manner of
classifier guidance (Dhariwal and Nichol 2021, arXiv 2105.05233, section 4). Its loss looks at the decoded estimate of
the clean picture instead of at attention; schedule and normalised update are those of that paper's eq. (5), with its
eta and tau.

Where the same segmenter also measures the pictures, its figures flatter this rival.
"""

import math
from collections.abc import Callable, Sequence

import torch
from torch.nn import functional

from zestdesk.evaluation.baselines.loop import Run, Steering
from zestdesk.guidance.schedulers import clean_estimate
from zestdesk.guidance.strength import zest_update

__all__ = ["ExternalClassifier", "layout_entropy"]

_ETA, _TAU = 1.0, 0.5


def layout_entropy(logits: torch.Tensor, classes: Sequence[int], masks: torch.Tensor) -> torch.Tensor:
    """Return the cross-entropy of a layout: each mask's class within it, none of those classes where no mask is.

    Args:
        logits: of one picture, shape (classes, H, W).
        classes: of each mask; masks of one class are united.
        masks: in [0, 1], shape (segments, H, W).
    """
    chosen = sorted(set(classes))
    others = [number for number in range(logits.shape[0]) if number not in chosen]
    chances = logits.float().log_softmax(dim=0)
    wanted = [masks[[at for at, number in enumerate(classes) if number == one]].amax(dim=0) for one in chosen]
    total = torch.stack([mask * chances[one] for mask, one in zip(wanted, chosen, strict=True)]).sum(dim=0)
    if others:
        total = total + (1 - masks.amax(dim=0)) * chances[others].logsumexp(dim=0)
    return -total.mean()


class ExternalClassifier(Steering):
    """Moves x_(t-1) after the scheduler's step against the gradient of the segmenter's cross-entropy."""

    def __init__(self, run: Run, logits: Callable[[torch.Tensor], torch.Tensor], classes: Sequence[int]) -> None:
        """Take the segmenter.

        Args:
            run: the picture on its way.
            logits: the segmenter's, shape (B, classes, H, W), with gradients, for pictures in [-1, 1].
            classes: which class each segment is of.
        """
        super().__init__(run)
        self.until = math.ceil(_TAU * run.request.steps - 1e-9)
        self._logits, self._classes = logits, classes
        self._gradient = torch.zeros_like(run.latents)

    def estimate(self, index: int, timestep: torch.Tensor) -> torch.Tensor:  # noqa: ARG002 - asked by others
        """Return the estimate; the pass of the conditional branch also gives the gradient."""
        run = self.run
        signal = run.schedule.signal(timestep)

        def loss(scaled: torch.Tensor, estimate: torch.Tensor) -> torch.Tensor:
            return self._loss(clean_estimate(scaled, estimate, signal, run.schedule.prediction))

        _, self._gradient, conditional = run.pull(timestep, loss)
        if run.unconditional is None:
            return conditional
        return run.mix(run.predict(run.scaled(timestep), timestep, run.unconditional), conditional)

    def _loss(self, clean: torch.Tensor) -> torch.Tensor:
        vae = self.run.model.vae
        picture = vae.decode((clean / vae.config.scaling_factor).to(vae.dtype), return_dict=False)[0].float()
        logits = self._logits(picture.clamp(-1, 1))
        if logits.shape[-2:] != self.run.targets.shape[-2:]:
            logits = functional.interpolate(logits, size=self.run.targets.shape[-2:], mode="bilinear")
        return layout_entropy(logits[0], self._classes, self.run.targets)

    def after(self, index: int, timestep: torch.Tensor) -> None:  # noqa: ARG002 - asked by others
        """Follow eq. (5)."""
        run = self.run
        strength = _ETA * (1 - index / run.request.steps) * run.schedule.deviation()
        run.latents = zest_update(run.latents, self._gradient, strength)
