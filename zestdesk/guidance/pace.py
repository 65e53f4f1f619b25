"""How long a run will still take, from the steps it took."""

__all__ = ["Pace"]

_UNGUIDED_SHARE = 0.7
"""Time of an unguided step over a guided one, until one was measured: no backward pass, one batched pass for two."""


class Pace:
    """Keeps the times of guided and unguided steps apart, since they differ.

    The first step of each kind also pays for warming up; it counts only until there is another.
    """

    def __init__(self, steps: int, guided: int) -> None:
        """Take the number of steps and how many of them, from the first, are guided."""
        self._left = {True: guided, False: steps - guided}
        self._times: dict[bool, list[float]] = {True: [], False: []}

    def add(self, seconds: float, *, guided: bool) -> None:
        """Count one step that is done."""
        self._left[guided] -= 1
        self._times[guided].append(seconds)

    @property
    def left(self) -> float:
        """Estimated seconds to the end; 0 when every step is done."""
        guided, plain = self._mean(self._times[True]), self._mean(self._times[False])
        if plain is None:
            plain = 0.0 if guided is None else guided * _UNGUIDED_SHARE
        return (guided or 0.0) * self._left[True] + plain * self._left[False]

    @staticmethod
    def _mean(times: list[float]) -> float | None:
        if not times:
            return None
        counted = times[1:] or times
        return sum(counted) / len(counted)
