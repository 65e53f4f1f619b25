"""What a data set for measuring gives: layouts with the classes they ask for, and real pictures to compare with.

Free of torch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from zestdesk.errors import UserError
from zestdesk.evaluation.names import SETS
from zestdesk.guidance.request import GenerationRequest, Picture

if TYPE_CHECKING:
    import torch

__all__ = ["FILTER_SHARE", "NOWHERE", "SCENE_SETS", "Case", "Data", "Measurer", "pick_segments"]

SCENE_SETS: Final = SETS[:3]
"""The sets that are drawn from label maps."""

FILTER_SHARE: Final = 0.05
"""Share of the canvas from which a segment counts in Eval-filtered and Eval-few."""

NOWHERE: Final = -1
"""Class of a pixel that no segment asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One layout to draw and to measure.

    Attributes:
        name: unlike all others in its data set; fit for a file's name.
        request: prompt, segments, size, seed and sampling, without any method's settings.
        classes: per segment, its class as the measuring segmenter counts; none twice.
        things: per segment, whether it is an object, in contrast to grounds, skies and other stuff.
        named: classes that the composed prompt names.
        picture: the real picture behind the layout, where there is one, of the request's size.
    """

    name: str
    request: GenerationRequest
    classes: tuple[int, ...]
    things: tuple[bool, ...]
    named: tuple[int, ...]
    picture: Picture | None = None

    def wanted(self) -> NDArray[np.int64]:
        """Return the class that is asked for at every pixel, :data:`NOWHERE` where none is; shape (height, width)."""
        labels = np.full((self.request.height, self.request.width), NOWHERE, np.int64)
        for segment, number in zip(self.request.segments, self.classes, strict=True):
            labels[segment.mask >= 0.5] = number
        return labels


class Data(Protocol):
    """A data set."""

    def __len__(self) -> int:
        """Return how many cases there are."""

    def case(self, index: int) -> Case:
        """Return a case; the same at every call."""

    def references(self) -> Iterator[Picture]:
        """Return batches of real pictures, shape (B, H, W, 3), for the Fréchet distance; none where there are none."""

    def describe(self) -> dict[str, Any]:
        """Return what the data are, in JSON's types; the same for the same data."""


class Measurer(Protocol):
    """A segmenter that measures."""

    @property
    def names(self) -> Sequence[str]:
        """Names of its classes."""

    @property
    def mark(self) -> str:
        """A text that differs for another segmenter."""

    def __call__(self, pictures: Picture) -> NDArray[np.int64]:
        """Return the class of every pixel, shape (B, H, W), of RGB pictures of shape (B, H, W, 3)."""

    def features(self, pictures: Picture) -> NDArray[np.float64]:
        """Return one row of features a picture, shape (B, channels)."""

    def logits(self, pictures: "torch.Tensor") -> "torch.Tensor":
        """Return logits with gradients, shape (B, classes, H, W), of pictures in [-1, 1], shape (B, 3, H, W)."""

    def class_id(self, label: str) -> int:
        """Return the class that a label names; UserError when there is none."""


def pick_segments(shares: Sequence[float], kind: str, rng: np.random.Generator) -> list[int]:
    """Return the positions of the segments that a set takes from a label map, in their order.

    Args:
        shares: of the canvas, per segment.
        kind: ``"all"``; ``"filtered"``: those of at least :data:`FILTER_SHARE`; ``"few"``: one to three of these.
        rng: chooses for ``"few"``.

    Raises:
        UserError: when there is no such set.
    """
    if kind not in SCENE_SETS:
        raise UserError(f"There is no set “{kind}” of label maps; choose one of {', '.join(SCENE_SETS)}.", "--set")
    least = 0.0 if kind == "all" else FILTER_SHARE
    fit = [index for index, share in enumerate(shares) if share > 0 and share >= least]
    if kind != "few" or not fit:
        return fit
    count = min(int(rng.integers(1, 4)), len(fit))
    return sorted(int(index) for index in rng.choice(fit, count, replace=False))
