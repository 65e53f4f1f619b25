"""Guides: lines across the canvas that are part of a layout, to draw and to align by; no picture shows them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["MAX_GUIDES", "MAX_GUIDE_POSITION", "Guide", "Orientation", "sorted_guides"]

Orientation = Literal["horizontal", "vertical"]
"""How a line runs: a horizontal one has a height, a vertical one a distance from the left."""

MAX_GUIDES: Final = 1000
"""Of one layout: more can neither be told apart nor read again."""

MAX_GUIDE_POSITION: Final = 100_000.0
"""How far from the canvas's origin a guide may lie, in canvas pixels."""


@dataclass(frozen=True, slots=True, order=True)
class Guide:
    """One guide.

    Attributes:
        orientation: ``"horizontal"`` or ``"vertical"``.
        position: distance from the canvas's upper or left edge, in canvas pixels; may lie beyond the canvas.

    Raises:
        ValueError: for another orientation, or a position that is no number or too far away.
    """

    orientation: Orientation
    position: float

    def __post_init__(self) -> None:
        if self.orientation not in ("horizontal", "vertical"):
            raise ValueError(f"a guide runs horizontally or vertically, not {self.orientation!r}")
        if not math.isfinite(self.position) or abs(self.position) > MAX_GUIDE_POSITION:
            raise ValueError(f"a guide cannot lie at {self.position}")


def sorted_guides(guides: Iterable[Guide]) -> tuple[Guide, ...]:
    """Return guides as a layout holds them: each once, the horizontal ones first, by their positions."""
    return tuple(sorted(set(guides)))
