"""The choices within the method: what the paper leaves open, what its authors' code does, and what goes past both.

Below document and guidance, which do not know each other: a layout's settings are these options and more. Free of
torch and Qt.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from zestdesk.errors import UserError

__all__ = [
    "CHOICES",
    "GRADIENT_NORMS",
    "LOSSES",
    "MAPS",
    "RANGES",
    "RESAMPLINGS",
    "SOFTMAXES",
    "STRENGTH_SCHEDULES",
    "GuidanceOptions",
]

LOSSES: Final = ("paper", "raw", "normalised", "balanced", "fourth", "fourth-normalised")
"""How extracted masks are compared with the layers."""

MAPS: Final = ("family", "all", "finest", "down")
"""Which cross-attention layers are read."""

RESAMPLINGS: Final = ("probabilities", "logits")
"""When maps of different resolutions are brought to one."""

SOFTMAXES: Final = ("all", "prompt", "labels")
"""Over which tokens attention is shared out when masks are extracted; the model itself always sees all."""

STRENGTH_SCHEDULES: Final = ("linear", "noise", "cosine", "constant")
"""lambda(t) of eq. (5)."""

GRADIENT_NORMS: Final = ("max", "rms")
"""What the gradient is divided by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceOptions:
    """How the attention is read, compared and followed; the defaults are the paper's.

    Attributes:
        loss: one of :data:`LOSSES`; ``loss`` has their equations.
        maps: one of :data:`MAPS`.
        best_maps: per segment only so many maps of single layers and heads, those that tell a place from the rest best
            (``maps.map_scores``); 0: the mean of all.
        resampling: one of :data:`RESAMPLINGS`.
        softmax: one of :data:`SOFTMAXES`; ``maps.MapReader`` has their equations.
        schedule: one of :data:`STRENGTH_SCHEDULES`; ``strength`` has their equations.
        gradient_norm: one of :data:`GRADIENT_NORMS`.
        pww: strength w of Paint-with-Words: in the first tau of the steps, all cross-attention layers add it to the
            logits of a label's words inside its mask, times log(1 + sigma) and the layer's largest logit (``bias``).
            It works with and without the gradient, is weighed by the segments' weights and keeps to their spans; 0:
            none.
        guide_every: guide only every such step of the guided part, 1: all.
        cfg_until: fraction of the steps, from the first, that run the unconditional pass of classifier-free guidance.
        refinements: most further updates within each of the first tenth of the steps, while the fit is poor; 0: none.

    Raises:
        UserError: when a value is out of its range.
    """

    loss: str = "paper"
    maps: str = "family"
    best_maps: int = 0
    resampling: str = "probabilities"
    softmax: str = "all"
    schedule: str = "linear"
    gradient_norm: str = "max"
    pww: float = 0.0
    guide_every: int = 1
    cfg_until: float = 1.0
    refinements: int = 0

    def __post_init__(self) -> None:
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                raise UserError(
                    "There is no “{value}”; choose one of {choices}.",
                    name,
                    value=getattr(self, name),
                    choices=", ".join(choices),
                )
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            whole = isinstance(low, int)
            if isinstance(value, bool) or (whole and type(value) is not int) or not math.isfinite(value):
                raise UserError(
                    "{value!r} is no whole number." if whole else "{value!r} is no number.", name, value=value
                )
            if not low <= value <= high:
                raise UserError(
                    "{value} is out of range; choose {low:g} to {high:g}.", name, value=value, low=low, high=high
                )

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of all options in their order."""
        return tuple(item.name for item in fields(cls))


CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "loss": LOSSES,
    "maps": MAPS,
    "resampling": RESAMPLINGS,
    "softmax": SOFTMAXES,
    "schedule": STRENGTH_SCHEDULES,
    "gradient_norm": GRADIENT_NORMS,
}
"""Options that are one of several words."""

RANGES: Final[Mapping[str, tuple[int, int] | tuple[float, float]]] = {
    "best_maps": (0, 1000),
    "pww": (0.0, 10.0),
    "guide_every": (1, 100),
    "cfg_until": (0.0, 1.0),
    "refinements": (0, 20),
}
"""Options that are numbers, whole where the bounds are, with their lowest and highest value."""
