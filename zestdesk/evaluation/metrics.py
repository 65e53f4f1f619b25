"""Figures that say how well pictures follow their layouts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zestdesk.evaluation.cases import NOWHERE

__all__ = ["Counts", "bootstrap_interval", "count_pairs", "masks_iou"]

Pairs = Sequence[tuple[int, int, int]]
"""(wanted class, found class, number of pixels) of one picture; only what occurs."""

_ROUNDS: Final = 1000


def masks_iou(found: NDArray[np.bool_], target: NDArray[np.bool_]) -> float:
    """Intersection over union of two boolean masks of one shape (height, width); 0 where both are empty."""
    union = np.count_nonzero(found | target)
    return float(np.count_nonzero(found & target) / union) if union else 0.0


def bootstrap_interval(values: NDArray[np.float64], rounds: int = 2000) -> tuple[float, float]:
    """95 % interval of the mean by the percentile bootstrap (Efron 1979), with fixed draws."""
    rng = np.random.default_rng(0)
    draws = rng.choice(values, size=(rounds, len(values)), replace=True).mean(axis=1)
    low, high = np.quantile(draws, (0.025, 0.975))
    return float(low), float(high)


def count_pairs(wanted: NDArray[np.int64], found: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Return the confusion table of one picture, sparse: how many pixels that want this class show that one.

    Args:
        wanted: class that is asked for at every pixel, :data:`NOWHERE` where none is; shape (height, width).
        found: class that a segmenter sees, same shape.
    """
    both, counts = np.unique(np.stack([wanted.ravel(), found.ravel()]), axis=1, return_counts=True)
    return [(int(a), int(b), int(n)) for (a, b), n in zip(both.T, counts, strict=True)]


@dataclass(frozen=True)
class Counts:
    """Pixel counts of a data set, per picture and class; all of shape (pictures, classes).

    Attributes:
        wanted: pixels that ask for the class.
        hit: those of them that show it.
        shown: pixels that show it, wherever.
        shown_labelled: those of them that some segment covers.
    """

    wanted: NDArray[np.float64]
    hit: NDArray[np.float64]
    shown: NDArray[np.float64]
    shown_labelled: NDArray[np.float64]

    @classmethod
    def of(cls, pictures: Sequence[Pairs], classes: int) -> "Counts":
        """Sum the tables of pictures up, class by class."""
        wanted, hit, shown, labelled = (np.zeros((len(pictures), classes)) for _ in range(4))
        for row, pairs in enumerate(pictures):
            for want, found, number in pairs:
                shown[row, found] += number
                if want != NOWHERE:
                    wanted[row, want] += number
                    labelled[row, found] += number
                    hit[row, found] += number * (want == found)
        return cls(wanted, hit, shown, labelled)

    @property
    def union(self) -> NDArray[np.float64]:
        """Per picture and class, pixels within the segments that want the class or show it.

        What no segment covers is left out of the count, as pixels without a label are on COCO.
        """
        return self.wanted + self.shown_labelled - self.hit

    @property
    def canvas_union(self) -> NDArray[np.float64]:
        """Likewise, pixels of the whole canvas, in those pictures that want the class; 0 in the others."""
        return np.where(self.wanted > 0, self.wanted + self.shown - self.hit, 0.0)

    def class_ious(self, union: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return IoU per class, accumulated over all pictures; NaN for classes that none wants."""
        asked = self.wanted.sum(axis=0) > 0
        hit, both = self.hit.sum(axis=0), union.sum(axis=0)
        return np.where(asked, hit / np.maximum(both, 1), np.nan)

    def miou(self, union: NDArray[np.float64]) -> float:
        """Return the mean over the classes that are wanted of IoU accumulated over the data set."""
        return float(np.nanmean(self.class_ious(union)))

    def draws(self, union: NDArray[np.float64], rounds: int = _ROUNDS) -> NDArray[np.float64]:
        """Return :meth:`miou` of bootstrap samples of the pictures; the same samples for every method, so they pair."""
        rng = np.random.default_rng(0)
        pictures = len(self.wanted)
        times = rng.multinomial(pictures, np.full(pictures, 1 / pictures), size=rounds).astype(np.float64)
        asked, hit, both = times @ (self.wanted > 0), times @ self.hit, times @ union
        ious = np.where(asked > 0, hit / np.maximum(both, 1), np.nan)
        values: NDArray[np.float64] = np.nanmean(ious, axis=1)
        return values
