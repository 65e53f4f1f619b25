"""From the measures of single pictures to the figures of a method."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zestdesk.evaluation.frechet import frechet_distance
from zestdesk.evaluation.measure import LEAST_FOUND, CaseNote, Measures, SegmentNote
from zestdesk.evaluation.metrics import Counts, bootstrap_interval

__all__ = ["SIZES", "Row", "figures", "frechet_floor", "paired_difference", "segment_scores"]

SIZES: Final[Mapping[str, tuple[float, float]]] = {"small": (0.0, 0.05), "medium": (0.05, 0.15), "large": (0.15, 1.01)}
"""Shares of the canvas that part the objects, the lower bound included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One picture of a method: its case, what it shows, and how long it took."""

    case: CaseNote
    measures: Measures
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentScore:
    """One segment in one picture.

    Attributes:
        segment: which.
        hit: pixels of the mask that show its class.
        shown: pixels that show its class, wherever.
        iou: of both.
    """

    segment: SegmentNote
    hit: int
    shown: int
    iou: float


def segment_scores(row: Row) -> list[SegmentScore]:
    """Return how each segment of a picture came out, over the whole canvas."""
    scores = []
    for item in row.case.segments:
        hit = shown = wanted = 0
        for want, found, number in row.measures.pairs:
            wanted += number * (want == item.number)
            shown += number * (found == item.number)
            hit += number * (want == found == item.number)
        scores.append(SegmentScore(segment=item, hit=hit, shown=shown, iou=hit / max(wanted + shown - hit, 1)))
    return scores


def figures(rows: Sequence[Row], names: Sequence[str], references: NDArray[np.float64] | None) -> dict[str, Any]:
    """Return the figures of one method, in JSON's types; None where there is nothing to measure.

    Args:
        rows: its pictures.
        names: of the segmenter's classes.
        references: features of real pictures.
    """
    counts = Counts.of([row.measures.pairs for row in rows], len(names))
    scores = [score for row in rows for score in segment_scores(row)]
    things = [score for score in scores if score.segment.thing]
    low, high = np.quantile(counts.draws(counts.union), (0.025, 0.975))
    classes = counts.class_ious(counts.union)
    seconds = [row.seconds for row in rows]
    return {
        "pictures": len(rows),
        "segments": len(scores),
        "miou": counts.miou(counts.union),
        "miou_interval": [float(low), float(high)],
        "miou_canvas": counts.miou(counts.canvas_union),
        "classes": {names[number]: float(iou) for number, iou in enumerate(classes) if np.isfinite(iou)},
        "everything": _group(scores),
        "things": _group(things),
        "stuff": _group([score for score in scores if not score.segment.thing]),
        "sizes": {
            name: _group([score for score in things if first <= score.segment.share < last])
            for name, (first, last) in SIZES.items()
        },
        "frechet": _frechet(rows, references),
        "named_found": _named_found(rows),
        "text_image": _mean([row.measures.text_image for row in rows if row.measures.text_image is not None]),
        "seconds": {"mean": _mean(seconds), "median": float(np.median(seconds))},
    }


def _group(scores: Sequence[SegmentScore]) -> dict[str, Any]:
    """Return mean IoU with its interval, spill, and how many there are, of some segments."""
    shown = sum(score.shown for score in scores)
    ious = np.array([score.iou for score in scores])
    return {
        "count": len(scores),
        "iou": _mean(ious.tolist()),
        "iou_interval": list(bootstrap_interval(ious)) if len(ious) else None,
        "spill": 1 - sum(score.hit for score in scores) / shown if shown else None,
    }


def _frechet(rows: Sequence[Row], references: NDArray[np.float64] | None) -> float | None:
    if references is None or len(rows) < 2:
        return None
    return frechet_distance(np.array([row.measures.features for row in rows]), references)


def frechet_floor(references: NDArray[np.float64] | None, pictures: int) -> float | None:
    """Return the distance that so many real pictures have from the others: what no method can be expected to beat."""
    if references is None or not 2 <= pictures <= len(references) // 2:
        return None
    # The pictures come in groups; every k-th of them is a fair sample.
    chosen = np.zeros(len(references), bool)
    chosen[np.linspace(0, len(references) - 1, pictures).round().astype(int)] = True
    return frechet_distance(references[chosen], references[~chosen])


def _named_found(rows: Sequence[Row]) -> float | None:
    """Return the share of the classes that prompts name which their pictures show somewhere."""
    found = []
    for row in rows:
        for number in row.case.named:
            shown = sum(pixels for _, seen, pixels in row.measures.pairs if seen == number)
            found.append(shown >= LEAST_FOUND * row.case.pixels)
    return _mean([float(item) for item in found])


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None


def paired_difference(
    rows: Sequence[Row], others: Sequence[Row], classes: int, union: Callable[[Counts], NDArray[np.float64]]
) -> dict[str, Any]:
    """Return by how much one method's mIoU exceeds another's on the same layouts, with a paired 95 % interval.

    Args:
        rows: of the one method.
        others: of the other, case by case the same.
        classes: how many there are.
        union: which of the counts' unions.
    """
    one, other = (Counts.of([row.measures.pairs for row in some], classes) for some in (rows, others))
    first, second = one.miou(union(one)), other.miou(union(other))
    low, high = np.quantile(one.draws(union(one)) - other.draws(union(other)), (0.025, 0.975))
    return {
        "difference": first - second,
        "interval": [float(low), float(high)],
        "ratio": first / second if second else None,
    }
