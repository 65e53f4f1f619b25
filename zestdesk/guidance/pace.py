"""How long a run will still take, from the steps it took."""

from collections import Counter
from collections.abc import Sequence

from zestdesk.guidance.plan import StepPlan

__all__ = ["Pace"]

_Kind = tuple[bool, bool, int]
"""Whether a step is guided, whether it has an unconditional pass, and how often it may be refined."""


class Pace:
    """Keeps the times of steps of different kinds apart: a backward pass, or one pass less, is a great part of a step.

    Times are per picture, for the pictures of a batch take about as long together as one by one on a processor, and
    parts of a run may hold more and fewer of them. The first step of each kind also pays for warming up; it counts only
    until there is another.
    """

    def __init__(self, plans: Sequence[StepPlan], pictures: int = 1) -> None:
        """Take what every step does, and how many pictures are to take all of them."""
        self._costs = {_kind(plan): plan.cost for plan in plans}
        self._left = Counter(_kind(plan) for plan in plans for _ in range(pictures))
        self._times: dict[_Kind, list[float]] = {}

    def add(self, seconds: float, plan: StepPlan, pictures: int = 1) -> None:
        """Count one step that is done, of so many pictures at once."""
        self._left[_kind(plan)] -= pictures
        self._times.setdefault(_kind(plan), []).append(seconds / pictures)

    @property
    def left(self) -> float:
        """Estimated seconds to the end; 0 when every step is done."""
        means = {kind: _mean(times) for kind, times in self._times.items()}
        if not means:
            return 0.0
        # What was not measured yet costs as much per pass of the network as what was.
        per_pass = sum(mean / self._costs[kind] for kind, mean in means.items()) / len(means)
        return sum(count * means.get(kind, per_pass * self._costs[kind]) for kind, count in self._left.items())


def _kind(plan: StepPlan) -> _Kind:
    return plan.guided, plan.unconditional, plan.refinements


def _mean(times: list[float]) -> float:
    counted = times[1:] or times
    return sum(counted) / len(counted)
