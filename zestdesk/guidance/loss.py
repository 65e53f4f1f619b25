"""How far extracted masks are from the layers: the losses, as pure functions of masks and targets, and the fit."""

from collections.abc import Callable, Mapping
from typing import Final

import torch
from torch.nn import functional

__all__ = ["FIT_THRESHOLD", "fit_scores", "normalise", "resize_targets", "segment_losses", "zest_loss"]

FIT_THRESHOLD = 0.4
"""Share of its maximum from which an extracted mask counts as inside, for the fit score."""

DEAD_ZONE: Final = 0.2
"""How far the fourth power's masks may be from their target before anything pulls."""

_EPSILON = 1e-6

_SMALLEST = 1e-12
"""Where logarithms stop: small enough that attention which is almost nowhere is still pulled into its mask."""


def normalise(masks: torch.Tensor) -> torch.Tensor:
    """Divide each mask by its maximum; shape (..., height, width) in and out."""
    return masks / masks.amax(dim=(-2, -1), keepdim=True).clamp_min(_SMALLEST)


def _logarithms(masks: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return -log S^ and -log(1 - S^), finite at 0 and at 1."""
    inside = masks.clamp(_SMALLEST, 1 - _EPSILON)
    return -inside.log(), -(1 - inside).log()


def _cross_entropy(masks: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Binary cross-entropy, averaged over pixels: S (-log S^) + (1 - S) (-log(1 - S^))."""
    inside, outside = _logarithms(masks)
    return (targets * inside + (1 - targets) * outside).mean(dim=(-2, -1))


def _balanced(masks: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Binary cross-entropy whose two halves weigh the same, however small the segment.

    1/2 sum(S (-log S^)) / sum(S) + 1/2 sum((1 - S) (-log(1 - S^))) / sum(1 - S). In eq. (4) the part inside a segment
    weighs as much as its share of the picture, a few per cent for a small object. A segment that is everything has no
    outside, which then adds nothing.
    """
    inside, outside = _logarithms(masks)
    rest = 1 - targets
    within = (targets * inside).sum(dim=(-2, -1)) / targets.sum(dim=(-2, -1)).clamp_min(_EPSILON)
    without = (rest * outside).sum(dim=(-2, -1)) / rest.sum(dim=(-2, -1)).clamp_min(_EPSILON)
    return (within + without) / 2


def _fourth(masks: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """(S^ - S)^4 as in the authors' code for XL, averaged over pixels, without gradient where |S^ - S| < 0.2.

    Written max(|S^ - S|, 0.2)^4 - 0.2^4: continuous, and 0 where nothing pulls.
    """
    distance = (masks - targets).abs().clamp_min(DEAD_ZONE)
    return (distance**4 - DEAD_ZONE**4).mean(dim=(-2, -1))


def _raised(masks: torch.Tensor) -> torch.Tensor:
    """Return faint masks raised about tenfold, 1 - (1 - S^)^10, which rises from 0 to 1 as S^ does.

    Where begin, end and padding share the attention, a label's is faint even where its object is, and outside never
    leaves the dead zone. The authors' code multiplies by 10 and cuts at 1; this bend has no cut, beyond which strays
    would pull no more.
    """
    return 1 - (1 - masks.clamp(0, 1)) ** 10


def _paper(masks: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Both terms of eq. (4): of the raw masks, and of those divided by their maximum."""
    return _cross_entropy(masks, targets) + _cross_entropy(normalise(masks), targets)


_LOSSES: Final[Mapping[str, Callable[[torch.Tensor, torch.Tensor], torch.Tensor]]] = {
    "paper": _paper,
    "raw": _cross_entropy,
    "normalised": lambda masks, targets: _cross_entropy(normalise(masks), targets),
    "balanced": lambda masks, targets: _balanced(masks, targets) + _balanced(normalise(masks), targets),
    "fourth": _fourth,
    "fourth-normalised": lambda masks, targets: _fourth(normalise(masks), targets),
}
"""Behind each of ``options.LOSSES``: shapes (pictures, segments, height, width), (segments, height, width) to
(pictures, segments)."""


def segment_losses(
    masks: torch.Tensor, targets: torch.Tensor, loss: str = "paper", *, faint: bool = False
) -> torch.Tensor:
    """Return every segment's loss, unweighted, shape (pictures, segments).

    Args:
        masks: extracted masks in [0, 1], shape (pictures, segments, height, width).
        targets: the same for every picture, shape (segments, height, width).
        loss: one of ``options.LOSSES``.
        faint: whether attention was shared with all tokens, which the fourth power, made for another scale, makes up
            for.
    """
    if faint and loss == "fourth":
        masks = _raised(masks)
    return _LOSSES[loss](masks, targets)


def zest_loss(
    masks: torch.Tensor, targets: torch.Tensor, weights: torch.Tensor, loss: str = "paper", *, faint: bool = False
) -> torch.Tensor:
    """Return the weighted sum of all segments' losses; with ``"paper"`` that is L_Zest, eq. (4).

    Args:
        masks: as in :func:`segment_losses`.
        targets: likewise.
        weights: factor per segment, shape (segments,).
        loss: as above.
        faint: as above.

    Returns:
        One loss per picture, shape (pictures,). None depends on another's picture: the gradient of their sum holds
        each one's own.
    """
    return (weights * segment_losses(masks, targets, loss, faint=faint)).sum(dim=-1)


def resize_targets(targets: torch.Tensor, height: int, width: int) -> torch.Tensor:
    """Average targets, shape (segments, H, W), over the cells of a map of ``height`` x ``width``."""
    return functional.adaptive_avg_pool2d(targets[None], (height, width))[0]


def fit_scores(masks: torch.Tensor, targets: torch.Tensor) -> tuple[tuple[float, ...], ...]:
    """Return the IoU of each extracted mask, cut at 0.4 of its maximum, with its target, cut at one half.

    A target smaller than half of any cell is compared from half of its own maximum on.

    Args:
        masks: shape (pictures, segments, height, width).
        targets: shape (segments, height, width).

    Returns:
        Per picture one score per segment.
    """
    if not masks.shape[1]:
        return ((),) * len(masks)
    found = normalise(masks) >= FIT_THRESHOLD
    peak = targets.amax(dim=(-2, -1), keepdim=True)
    wanted = (targets >= (0.5 * peak).clamp(max=0.5)) & (targets > 0)
    union = (found | wanted).sum(dim=(-2, -1)).clamp_min(1)
    return tuple(map(tuple, ((found & wanted).sum(dim=(-2, -1)) / union).tolist()))
