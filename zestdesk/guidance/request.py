"""What goes into a generation and what comes out: frozen values with plain numpy at the border.

No torch and no Qt: the window may import this module, and the values may cross threads.
"""

import math
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zestdesk.errors import UserError
from zestdesk.options import GuidanceOptions

__all__ = [
    "MAX_PICTURES",
    "SCHEDULERS",
    "SCHEDULER_NAMES",
    "CancelToken",
    "Cancelled",
    "FloatMasks",
    "GenerationRequest",
    "GenerationResult",
    "Picture",
    "Segment",
    "StepEvent",
    "StepListener",
    "StepRecord",
    "following_seeds",
]

Picture = NDArray[np.uint8]
"""RGB pictures, shape (height, width, 3)."""

FloatMasks = NDArray[np.float32]
"""A stack of masks or maps in [0, 1], shape (segments, height, width)."""

SCHEDULER_NAMES: Final[Mapping[str, str]] = {
    "ddim": "DDIM",
    "euler": "Euler",
    "euler-a": "Euler a",
    "dpm++": "DPM++ 2M",
    "dpm++-karras": "DPM++ 2M Karras",
    "dpm++-sde": "DPM++ 2M SDE",
    "lcm": "LCM",
}
"""What people call the schedulers on offer; ``schedulers`` knows the diffusers class behind each."""

SCHEDULERS: Final = tuple(SCHEDULER_NAMES)
"""Names of the schedulers on offer."""

MAX_SIDE: Final = 2048
"""The longest side of a picture, in pixels, that a request may ask for."""


MAX_PICTURES: Final = 8
"""How many pictures, of different seeds, may be asked for at once."""

_SEEDS: Final = 2**63


def following_seeds(seed: int, count: int) -> tuple[int, ...]:
    """Return a seed and those that follow it, ``count`` in all; the first one follows the last one."""
    return tuple((seed + number) % _SEEDS for number in range(count))


class Cancelled(Exception):  # noqa: N818 - a signal between threads, not a fault
    """Raised inside a generation when its token was cancelled."""


class CancelToken:
    """A flag that one thread sets and the sampler looks at between and within steps."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the generation to stop; harmless when it is already over."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked for the end."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait, but not beyond the moment when somebody asks for the end; return whether somebody did."""
        return self._event.wait(seconds)

    def raise_if_cancelled(self) -> None:
        """Raise :class:`Cancelled` when somebody asked for the end."""
        if self._event.is_set():
            raise Cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One labelled region of the picture to make.

    Attributes:
        label: the phrase that shall appear there.
        mask: where, float32 in [0, 1], shape (request.height, request.width).
        weight: factor on this segment's loss and on its share of Paint-with-Words, 0 or more.
        start: fraction of the steps from which on this segment guides, 0 to 1.
        end: fraction of the steps up to which it does, not below ``start``; tau still ends all guidance.
        layer_ids: the editor's layers behind it; empty when the request was not made from layers.
    """

    label: str
    mask: NDArray[np.float32]
    weight: float = 1.0
    start: float = 0.0
    end: float = 1.0
    layer_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.mask.ndim != 2 or self.mask.dtype != np.float32:
            raise TypeError("a segment's mask is a float32 array of shape (height, width)")
        if not (math.isfinite(self.weight) and self.weight >= 0):
            raise UserError("{weight} is out of range; choose 0 or more.", "weight", weight=self.weight)
        if not 0 <= self.start <= self.end <= 1:
            raise UserError(
                "{start} to {end} is no span; choose 0 to 1, the start first.", "start", start=self.start, end=self.end
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationRequest:
    """All that decides a picture's pixels, apart from versions and device.

    Attributes:
        prompt: the user's text; labels it lacks are appended by :func:`zestdesk.guidance.binding.compose`.
        negative_prompt: text of the unconditional branch of classifier-free guidance.
        segments: regions, upper first, already made disjoint (the upper layer wins).
        width: of the picture in pixels; a multiple of the model's factor.
        height: likewise.
        steps: number of denoising steps.
        scheduler: one of :data:`SCHEDULERS`.
        guidance_scale: of classifier-free guidance; 1 and less switch it off, and the negative prompt with it.
        eta: strength of ZestGuide, eq. (5); 0 switches the guidance off (maps are still read).
        tau: fraction of the steps, from the first, that are guided.
        seed: of the CPU noise generator.
        model: ``"diorama"``, a folder, or a hub id.
        device: ``"auto"``, ``"cpu"`` or ``"cuda"``.
        options: how the attention is read and followed.
        start: a picture to begin with in place of noise, uint8, shape (height, width, 3).
        strength: how much of it is made anew, above 0 to 1: noise is put on it as it is that far from the end, and only
            that last share of the steps is taken. 1: all of them, from pure noise.
        redraw: where the picture is made anew, float32 in [0, 1], shape (height, width): 1 everywhere inside, 0 where
            ``start`` is kept to the pixel, between them at soft edges. None: everywhere.
    """

    prompt: str
    width: int
    height: int
    segments: tuple[Segment, ...] = ()
    negative_prompt: str = ""
    steps: int = 50
    scheduler: str = "ddim"
    guidance_scale: float = 3.0
    eta: float = 1.0
    tau: float = 0.5
    seed: int = 0
    model: str = "diorama"
    device: str = "auto"
    options: GuidanceOptions = GuidanceOptions()
    start: Picture | None = None
    strength: float = 1.0
    redraw: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        if self.scheduler not in SCHEDULERS:
            raise UserError(
                "There is no “{scheduler}”; choose one of {choices}.",
                "scheduler",
                scheduler=self.scheduler,
                choices=", ".join(SCHEDULERS),
            )
        if self.steps < 1:
            raise UserError("{steps} is out of range; choose 1 or more.", "steps", steps=self.steps)
        for name in ("guidance_scale", "eta", "tau"):
            value = getattr(self, name)
            if not (math.isfinite(value) and value >= 0):
                raise UserError("{value} is out of range; choose 0 or more.", name, value=value)
        if not (0 < self.width <= MAX_SIDE and 0 < self.height <= MAX_SIDE):
            raise UserError(
                "{width} x {height} cannot be made; each side must be 1 to {most} pixels.",
                "size",
                width=self.width,
                height=self.height,
                most=MAX_SIDE,
            )
        for segment in self.segments:
            if segment.mask.shape != (self.height, self.width):
                raise ValueError("every mask has the picture's height and width")
        if not 0 < self.strength <= 1:
            raise UserError(
                "{strength} is out of range; choose more than 0, at most 1.", "strength", strength=self.strength
            )
        self._check_start()

    def _check_start(self) -> None:
        shape = self.height, self.width
        if self.start is not None and (self.start.shape != (*shape, 3) or self.start.dtype != np.uint8):
            raise ValueError("the picture to begin with is RGB in uint8, of the picture's height and width")
        if self.redraw is None:
            return
        if self.start is None:
            raise ValueError("without a picture to begin with there is nothing to keep")
        if self.redraw.shape != shape or self.redraw.dtype != np.float32:
            raise ValueError("where to redraw is a float32 array of the picture's height and width")
        if not (np.isfinite(self.redraw).all() and self.redraw.min() >= 0 and self.redraw.max() <= 1):
            raise ValueError("where to redraw is said by numbers from 0 to 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEvent:
    """What the sampler says after every step, of every picture that took it.

    Attributes:
        step: 1 for the first.
        total: number of steps that each picture takes.
        timestep: of the diffusion, as the scheduler counts.
        loss: L_Zest of eq. (4) at this step's input, unweighted by eta; None when there are no segments.
        fits: per segment, IoU of the extracted mask (thresholded) with the target; same order as the segments.
        masks: extracted masks S^_i divided by their maximum, shape (segments, map height, map width).
        preview: estimate of the clean picture, or None when this step has none.
        guided: whether this step moved the latent along the gradient.
        skipped: why a guided step's update was left out (a gradient that was not finite), else None.
        seconds: this step's wall-clock time; this picture's share of it where several took it at once.
        seconds_left: estimated time to the end of the run.
        picture: which picture of the run this is about, from 0.
        pictures: how many the run makes.
        part: from 1; where memory is short, some pictures are made after the others.
        parts: how many there are of those.
    """

    step: int
    total: int
    timestep: float
    loss: float | None
    fits: tuple[float, ...]
    masks: FloatMasks
    preview: Picture | None
    guided: bool
    skipped: str | None = None
    seconds: float
    seconds_left: float
    picture: int = 0
    pictures: int = 1
    part: int = 1
    parts: int = 1

    @property
    def taken(self) -> int:
        """Steps that the run took so far, of :attr:`due`."""
        return (self.part - 1) * self.total + self.step

    @property
    def due(self) -> int:
        """Steps that the run takes in all; those that pictures take together count once."""
        return self.parts * self.total


StepListener = Callable[[StepEvent], None]
"""Called in the worker thread after every step; must not block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecord:
    """What is kept of a step once the run is over (no pictures)."""

    timestep: float
    loss: float | None
    fits: tuple[float, ...]
    guided: bool
    skipped: str | None
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationResult:
    """A finished picture and everything that was seen on the way.

    Attributes:
        request: what was asked for.
        picture: RGB, shape (request.height, request.width, 3).
        composed_prompt: the text that the model was given.
        tokens: per segment, positions of its label in the tokenised composed prompt.
        steps: one record per step.
        masks: extracted masks of all steps as uint8 (255 = maximum), shape (steps, segments, map height, map width).
        fits: final fit per segment.
        seconds: wall-clock time of the run without loading the model; this picture's share of it where there were more.
        device: where it ran, for example ``"cpu"``.
        revision: the commit of a model of the hub.
        savings: what was done because memory was tight; empty when nothing had to be.
    """

    request: GenerationRequest
    picture: Picture
    composed_prompt: str
    tokens: tuple[tuple[int, ...], ...]
    steps: tuple[StepRecord, ...]
    masks: NDArray[np.uint8]
    fits: tuple[float, ...]
    seconds: float
    device: str = "cpu"
    revision: str = ""
    savings: str = ""
