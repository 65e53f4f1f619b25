"""Figures that say how well a picture follows its layout."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["bootstrap_interval", "class_iou", "masks_iou"]


def masks_iou(found: NDArray[np.bool_], target: NDArray[np.bool_]) -> float:
    """Intersection over union of two boolean masks of one shape (height, width); 0 where both are empty."""
    union = np.count_nonzero(found | target)
    return float(np.count_nonzero(found & target) / union) if union else 0.0


def class_iou(labels: NDArray[np.integer], target: NDArray[np.float32], class_id: int) -> float:
    """IoU of the pixels that a segmenter gave to a class with a layer's mask.

    Args:
        labels: class of every pixel, shape (height, width).
        target: the layer's mask in [0, 1], same shape; inside from 0.5.
        class_id: the class that the layer's label names.
    """
    return masks_iou(labels == class_id, target >= 0.5)


def bootstrap_interval(values: NDArray[np.float64], rounds: int = 2000) -> tuple[float, float]:
    """95 % interval of the mean by the percentile bootstrap (Efron 1979), with fixed draws."""
    rng = np.random.default_rng(0)
    draws = rng.choice(values, size=(rounds, len(values)), replace=True).mean(axis=1)
    low, high = np.quantile(draws, (0.025, 0.975))
    return float(low), float(high)
