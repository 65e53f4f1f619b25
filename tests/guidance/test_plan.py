"""What every step does, and how long the rest takes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.guidance.conftest import request
from zestdesk.guidance.pace import Pace
from zestdesk.guidance.plan import StepPlan, guided_steps, planned, taken_steps
from zestdesk.options import GuidanceOptions

BLANK = np.zeros((32, 32, 3), np.uint8)


def guided(wanted):
    return [plan.guided for plan in planned(wanted)]


def spans(*pairs):
    """Two segments, the second of half the weight, that guide within these parts of the run."""
    wanted = request()
    segments = zip(wanted.segments, pairs, strict=True)
    return tuple(replace(segment, start=start, end=end) for segment, (start, end) in segments)


def test_only_every_kth_step_of_the_guided_part_is_guided():
    every = [GuidanceOptions(guide_every=k) for k in (1, 2, 3)]
    first, second, third = (guided(request(steps=10, tau=0.7, options=options)) for options in every)
    assert first == [True] * 7 + [False] * 3
    assert second == [True, False] * 3 + [True, False, False, False]
    assert third == [True, False, False, True, False, False, True, False, False, False]


def test_the_unconditional_pass_ends_with_its_part():
    for until, count in ((1.0, 10), (0.35, 4), (0.3, 3), (0.0, 0)):
        plans = planned(request(steps=10, options=GuidanceOptions(cfg_until=until)))
        assert [plan.unconditional for plan in plans] == [True] * count + [False] * (10 - count)
    assert not any(plan.unconditional for plan in planned(request(guidance_scale=1.0)))


def test_refinements_are_for_guided_steps_of_the_first_tenth():
    options = GuidanceOptions(refinements=3)
    assert [plan.refinements for plan in planned(request(steps=20, options=options))] == [3, 3] + [0] * 18
    assert [plan.refinements for plan in planned(request(steps=4, options=options))] == [3, 0, 0, 0]
    assert not any(plan.refinements for plan in planned(request(steps=20, eta=0.0, options=options)))


def test_a_segment_guides_within_its_span_and_steps_without_any_are_plain():
    wanted = request(steps=10, tau=1.0, segments=spans((0.2, 0.5), (0.4, 0.8)))
    assert [plan.weights for plan in planned(wanted)] == (
        [(0.0, 0.0)] * 2 + [(1.0, 0.0)] * 2 + [(1.0, 0.5)] + [(0.0, 0.5)] * 3 + [(0.0, 0.0)] * 2
    )
    assert guided(wanted) == [False] * 2 + [True] * 6 + [False] * 2


def test_a_run_from_a_picture_takes_the_last_steps_and_guides_the_first_of_those():
    wanted = request(steps=10, tau=0.5, start=BLANK, strength=0.35)
    assert taken_steps(wanted) == 4
    assert guided_steps(wanted) == 2
    plans = planned(wanted)
    assert [plan.guided for plan in plans] == [True, True, False, False]
    # lambda(t) is what it would be at the same noise in a whole run.
    assert [plan.position for plan in plans] == [0.6, 0.7, 0.8, 0.9]


@given(
    st.integers(1, 60), st.floats(0, 1), st.floats(0, 1), st.integers(1, 9), st.floats(0, 1, exclude_min=True)
)  # fmt: skip
def test_a_plan_is_sound_whatever_is_asked_for(steps, tau, until, every, strength):
    options = GuidanceOptions(cfg_until=until, guide_every=every, refinements=2)
    wanted = request(steps=steps, tau=tau, options=options, start=BLANK, strength=strength)
    plans = planned(wanted)
    assert 1 <= len(plans) == taken_steps(wanted) <= steps
    assert sum(plan.guided for plan in plans) == -(-guided_steps(wanted) // every)
    assert [plan.position for plan in plans] == sorted({plan.position for plan in plans})
    assert all(0 <= plan.position < 1 for plan in plans)
    assert all(plan.guided for plan in plans if plan.refinements)
    flags = [plan.unconditional for plan in plans]
    assert flags == sorted(flags, reverse=True)


GUIDED = StepPlan(position=0, guided=True, weights=(1.0,), biased=False, unconditional=True)
PLAIN = StepPlan(position=0, guided=False, weights=(1.0,), biased=False, unconditional=True)
ALONE = StepPlan(position=0, guided=False, weights=(1.0,), biased=False, unconditional=False)


def test_time_left_tells_steps_of_different_kinds_apart():
    pace = Pace([GUIDED] * 3 + [PLAIN] * 2 + [ALONE])
    assert pace.left == 0
    pace.add(9.0, GUIDED)
    # Three passes took 9 seconds: two of them, and one, are told from that until they are measured.
    assert pace.left == pytest.approx(2 * 9 + 2 * 6 + 3)
    pace.add(3.0, GUIDED)
    # The first step also paid for warming up: it no longer counts.
    assert pace.left == pytest.approx(3 + 2 * 2 + 1)
    pace.add(3.0, GUIDED)
    pace.add(1.0, PLAIN)
    assert pace.left == pytest.approx(1 + (1 + 0.5) / 2)
    pace.add(1.0, PLAIN)
    pace.add(1.0, ALONE)
    assert pace.left == 0


def test_time_left_counts_pictures_that_wait_for_their_part():
    pace = Pace([PLAIN] * 2, pictures=3)
    pace.add(4.0, PLAIN, pictures=2)
    pace.add(2.0, PLAIN, pictures=2)
    assert pace.left == pytest.approx(2 * 1.0)
    pace.add(1.0, PLAIN)
    pace.add(1.0, PLAIN)
    assert pace.left == 0


def test_refinements_make_a_step_dearer():
    assert replace(GUIDED, refinements=4).cost > GUIDED.cost > PLAIN.cost > ALONE.cost
