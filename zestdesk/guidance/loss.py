"""The segmentation loss of ZestGuide, as pure functions of maps and targets."""

import torch
from torch.nn import functional

__all__ = ["FIT_THRESHOLD", "extract_masks", "fit_scores", "normalise", "resize_targets", "zest_loss"]

FIT_THRESHOLD = 0.4
"""Share of its maximum from which an extracted mask counts as inside, for the fit score."""

_EPSILON = 1e-6

_SMALLEST = 1e-12
"""Where logarithms stop: small enough that attention which is almost nowhere is still pulled into its mask."""


def extract_masks(maps: list[torch.Tensor]) -> torch.Tensor:
    """Average per-layer maps into one extracted mask per segment, eq. (3).

    Args:
        maps: per captured layer, attention summed over a segment's tokens, shape
            (pictures, heads, segments, height, width); heads and resolutions may differ.

    Returns:
        Masks at the highest resolution among the maps, shape (pictures, segments, height, width).
    """
    height = max(item.shape[-2] for item in maps)
    width = max(item.shape[-1] for item in maps)
    return torch.stack([_resize(item.mean(dim=1), height, width) for item in maps]).mean(dim=0)


def _resize(maps: torch.Tensor, height: int, width: int) -> torch.Tensor:
    """Resize maps, shape (pictures, segments, h, w)."""
    if maps.shape[-2:] == (height, width):
        return maps
    return functional.interpolate(maps, size=(height, width), mode="bilinear", align_corners=False)


def normalise(masks: torch.Tensor) -> torch.Tensor:
    """Divide each mask by its maximum; shape (..., height, width) in and out."""
    return masks / masks.amax(dim=(-2, -1), keepdim=True).clamp_min(_SMALLEST)


def _cross_entropy(masks: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Binary cross-entropy per segment, averaged over pixels, finite at 0 and at 1; shape (pictures, segments)."""
    inside = masks.clamp(_SMALLEST, 1 - _EPSILON)
    entropy = -(targets * inside.log() + (1 - targets) * (1 - inside).log())
    return entropy.mean(dim=(-2, -1))


def zest_loss(masks: torch.Tensor, targets: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Return L_Zest, eq. (4): cross-entropy of raw and max-normalised masks, summed over segments, per picture.

    Args:
        masks: extracted masks in [0, 1], shape (pictures, segments, height, width).
        targets: the same for every picture, shape (segments, height, width).
        weights: factor per segment, shape (segments,).

    Returns:
        One loss per picture, shape (pictures,). None depends on another's picture: the gradient of their sum holds
        each one's own.
    """
    both = _cross_entropy(masks, targets) + _cross_entropy(normalise(masks), targets)
    return (weights * both).sum(dim=-1)


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
