"""How a picture is to be made: the part of a layout that is not drawn."""

import math
from dataclasses import dataclass, fields
from typing import Final

from zestdesk.errors import UserError
from zestdesk.options import GuidanceOptions

__all__ = ["MAX_CANVAS", "MAX_SEED", "MAX_STEPS", "Settings"]

MAX_CANVAS: Final = 8192
"""The longest side of a canvas in pixels."""

MAX_STEPS: Final = 1000
MAX_SEED: Final = 2**63 - 1


def _check_range(name: str, value: float, low: float, high: float) -> None:
    if isinstance(value, bool) or not math.isfinite(value) or not low <= value <= high:
        raise UserError("{value} is out of range; choose {low:g} to {high:g}.", name, value=value, low=low, high=high)


def _check_whole(name: str, value: object) -> None:
    if type(value) is not int:
        raise UserError("{value!r} is not a whole number.", name, value=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(GuidanceOptions):
    """Settings of one generation, the guidance's options included, all with defaults (the paper's, section 4.1).

    Attributes:
        model: ``"diorama"`` (the bundled model), a folder, a ``.safetensors`` file, or a hub id.
        steps: number of denoising steps.
        scheduler: one of ``guidance.request.SCHEDULERS``.
        guidance_scale: of classifier-free guidance.
        eta: strength of ZestGuide, eq. (5).
        tau: fraction of the steps that is guided.
        seed: of the noise.
        size: (width, height) of the picture in pixels; None: the model's native area at the canvas's aspect ratio.

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

    def __post_init__(self) -> None:
        # Not super(): a dataclass with slots is another class than the one that the compiler saw.
        GuidanceOptions.__post_init__(self)
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

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of all settings, those that matter most first, the options last."""
        own = tuple(item.name for item in fields(cls) if item.name not in GuidanceOptions.names())
        return own + GuidanceOptions.names()
