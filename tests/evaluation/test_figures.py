"""A method's figures against pictures that are easy to count."""

import numpy as np
import pytest

from tests.evaluation.fakes import NAMES, RedSegmenter, case, painted
from zestdesk.evaluation.figures import Row, figures, frechet_floor, paired_difference, segment_scores
from zestdesk.evaluation.measure import Measures, measure, note
from zestdesk.evaluation.metrics import Counts


def wanted() -> np.ndarray:
    """A cat of 4 pixels (4 %) at the upper left, a dog of 20 (20 %) below, grass elsewhere."""
    labels = np.full((10, 10), 3)
    labels[:2, :2] = 1
    labels[5:7] = 2
    return labels


def row(shown: np.ndarray, numbers: tuple[int, ...] = (1, 2), seconds: float = 1.0) -> Row:
    layout = case(wanted(), numbers)
    return Row(case=note(layout), measures=measure(layout, painted(shown), "", RedSegmenter(), None), seconds=seconds)


def test_a_perfect_picture() -> None:
    table = figures([row(wanted(), seconds=2), row(wanted(), seconds=4)], NAMES, None)
    assert table["miou"] == table["miou_canvas"] == table["named_found"] == 1
    assert table["everything"] == {"count": 4, "iou": 1, "iou_interval": [1, 1], "spill": 0}
    assert table["sizes"]["small"]["count"] == table["sizes"]["large"]["count"] == 2
    assert table["sizes"]["medium"] == {"count": 0, "iou": None, "iou_interval": None, "spill": None}
    assert table["seconds"] == {"mean": 3, "median": 3}
    assert table["classes"] == {"a cat": 1, "a dog": 1}
    assert table["frechet"] is table["text_image"] is None


def test_a_cat_that_spills_over() -> None:
    shown = wanted()
    shown[:3, :4] = 1
    table = figures([row(shown)], NAMES, None)
    small = table["sizes"]["small"]
    assert small["iou"] == pytest.approx(4 / 12)
    assert small["spill"] == pytest.approx(8 / 12)
    # The spill lies where no segment is: only the canvas sees it.
    assert table["miou"] == 1
    assert table["miou_canvas"] == pytest.approx((4 / 12 + 1) / 2)
    assert table["everything"]["spill"] == pytest.approx(8 / 32)


def test_a_missing_object_is_not_found_and_has_no_pixels_to_spill() -> None:
    shown = np.where(wanted() == 1, 3, wanted())
    table = figures([row(shown, (1,))], NAMES, None)
    assert table["named_found"] == table["miou"] == 0
    assert table["things"]["spill"] is None


def test_things_and_stuff_are_told_apart() -> None:
    table = figures([row(wanted(), (1, 3))], NAMES, None)
    assert table["things"]["count"] == table["stuff"]["count"] == 1
    assert [score.segment.share for score in segment_scores(row(wanted(), (1, 3)))] == [0.04, 0.76]


def test_the_difference_of_two_methods_is_paired() -> None:
    rng = np.random.default_rng(0)
    good, bad = [], []
    for _ in range(12):
        shown = np.where(rng.uniform(size=(10, 10)) < rng.uniform(), 3, wanted())
        good.append(row(shown))
        worse = shown.copy()
        worse[5, :2] = 3
        bad.append(row(worse))
    table = paired_difference(good, bad, len(NAMES), lambda counts: counts.union)
    assert table["difference"] > 0
    assert table["interval"][0] > 0
    assert table["ratio"] > 1
    alone = Counts.of([item.measures.pairs for item in good], len(NAMES))
    spread = np.ptp(np.quantile(alone.draws(alone.union), (0.025, 0.975)))
    assert np.ptp(table["interval"]) < spread


def test_frechet_distance_and_what_real_pictures_get() -> None:
    references = np.random.default_rng(0).normal(size=(60, 3))
    floor = frechet_floor(references, 10)
    assert floor is not None
    assert floor > 0
    assert frechet_floor(references, 31) is frechet_floor(references, 1) is frechet_floor(None, 5) is None
    table = figures([row(wanted()), row(np.full((10, 10), 3))], NAMES, references)
    assert table["frechet"] > floor


def test_measures_survive_json_and_refuse_others() -> None:
    measures = row(wanted()).measures
    assert Measures.from_json(measures.as_json()) == measures
    for broken in ({}, {"pairs": [], "features": [1.0], "text_image": None}, None):
        with pytest.raises((KeyError, ValueError, TypeError)):
            Measures.from_json(broken)
