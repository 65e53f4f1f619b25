"""How a picture is to be made: the part of a layout that is not drawn."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from zestdesk.errors import UserError

__all__ = ["MAX_CANVAS", "MAX_SEED", "MAX_STEPS", "OPTION_CHOICES", "OPTION_RANGES", "Settings"]

MAX_CANVAS: Final = 8192
"""The longest side of a canvas in pixels."""

MAX_STEPS: Final = 1000
MAX_SEED: Final = 2**63 - 1

# This room and guidance do not know each other; a test holds both tables, and the defaults, equal to guidance's.
OPTION_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "loss": ("paper", "raw", "normalised", "balanced", "fourth", "fourth-normalised"),
    "maps": ("family", "all", "finest", "down"),
    "resampling": ("probabilities", "logits"),
    "softmax": ("all", "prompt", "labels"),
    "schedule": ("linear", "noise", "cosine", "constant"),
    "gradient_norm": ("max", "rms"),
}
"""Options of the guidance that are one of several words."""

OPTION_RANGES: Final[Mapping[str, tuple[int, int] | tuple[float, float]]] = {
    "best_maps": (0, 1000),
    "pww": (0.0, 10.0),
    "guide_every": (1, 100),
    "cfg_until": (0.0, 1.0),
    "refinements": (0, 20),
}
"""Options of the guidance that are numbers, whole where the bounds are."""


def _check_range(name: str, value: float, low: float, high: float) -> None:
    if isinstance(value, bool) or not math.isfinite(value) or not low <= value <= high:
        raise UserError("{value} is out of range; choose {low:g} to {high:g}.", name, value=value, low=low, high=high)


def _check_whole(name: str, value: object) -> None:
    if type(value) is not int:
        raise UserError("{value!r} is not a whole number.", name, value=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of one generation, all with defaults (the paper's, section 4.1).

    Attributes:
        model: ``"diorama"`` (the bundled model), a folder, a ``.safetensors`` file, or a hub id.
        steps: number of denoising steps.
        scheduler: one of ``guidance.request.SCHEDULERS``.
        guidance_scale: of classifier-free guidance.
        eta: strength of ZestGuide, eq. (5).
        tau: fraction of the steps that is guided.
        seed: of the noise.
        size: (width, height) of the picture in pixels; None: the model's native area at the canvas's aspect ratio.
        loss: how extracted masks are compared with the layers. This and what follows: the options of the guidance,
            as ``guidance.options.GuidanceOptions`` explains them.
        maps: which cross-attention layers are read.
        best_maps: per label only so many maps, the best; 0: the mean of all.
        resampling: when maps of different resolutions are brought to one.
        softmax: over which tokens attention is shared out when masks are extracted.
        schedule: how the strength falls over the steps.
        gradient_norm: what the gradient is divided by.
        pww: strength of Paint-with-Words; 0: none.
        guide_every: guide only every such step of the guided part.
        cfg_until: fraction of the steps with classifier-free guidance.
        refinements: most further updates within each of the first steps.

    Raises:
        UserError: when a value is out of its range.
    """

    model: str = "diorama"
    steps: int = 50
    scheduler: str = "ddim"
    guidance_scale: float = 3.0
    eta: float = 1.0
    tau: float = 0.5
    seed: int = 0
    size: tuple[int, int] | None = None
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
        if not self.model.strip():
            raise UserError("The name is empty; write diorama, a folder or a hub id.", "model")
        for name in ("steps", "seed"):
            _check_whole(name, getattr(self, name))
        _check_range("steps", self.steps, 1, MAX_STEPS)
        _check_range("guidance_scale", self.guidance_scale, 0, 50)
        _check_range("eta", self.eta, 0, 100)
        _check_range("tau", self.tau, 0, 1)
        if not 0 <= self.seed <= MAX_SEED:
            raise UserError("{seed} is out of range; choose 0 to {most}.", "seed", seed=self.seed, most=MAX_SEED)
        if self.size is not None and not all(type(side) is int and 1 <= side <= MAX_CANVAS for side in self.size):
            width, height = self.size
            raise UserError(
                "{width} x {height} is out of range; choose sides of 1 to {most} pixels.",
                "size",
                width=width,
                height=height,
                most=MAX_CANVAS,
            )
        self._check_options()

    def _check_options(self) -> None:
        for name, words in OPTION_CHOICES.items():
            if getattr(self, name) not in words:
                raise UserError(
                    "There is no “{value}”; choose one of {choices}.",
                    name,
                    value=getattr(self, name),
                    choices=", ".join(words),
                )
        for name, (low, high) in OPTION_RANGES.items():
            if isinstance(low, int):
                _check_whole(name, getattr(self, name))
            _check_range(name, getattr(self, name), low, high)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of all settings in their order."""
        return tuple(item.name for item in fields(cls))
