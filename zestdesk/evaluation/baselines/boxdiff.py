"""BoxDiff: boxes filled from inside, emptied outside, and pinned at their corners.

Xie et al., "BoxDiff: Text-to-image synthesis with training-free box-constrained diffusion", ICCV 2023, arXiv
2307.10816: inner-box, outer-box and corner constraint and the update of z_t; constants of the authors' code, with the
refinement that it takes over from Attend-and-Excite (Chefer et al. 2023, arXiv 2301.13826).
"""

import math
from typing import Final

import torch
from torch.nn import functional

from zestdesk.evaluation.baselines.attention import MapReader, hooked
from zestdesk.evaluation.baselines.loop import Run, Steering
from zestdesk.evaluation.baselines.regions import Box, box_cells, boxes
from zestdesk.guidance.attention import cross_layers

__all__ = ["BoxDiff", "constraints", "smooth", "token_maps"]

_SHARE = 0.5
"""Share of the steps, from the first, that are guided: 25 of 50."""

_STRENGTH = 20.0
"""Factor on the gradient, which falls by the root of a line from 1 to 1/2 over all steps."""

_TOP = 0.2
"""Share P of a region's elements, its greatest, that count."""

_REACH = 1
"""Cells L on either side of a corner that count."""

_REFINED: Final = ((0.0, 0.05), (0.2, 0.5), (0.4, 0.8))
"""(share of the steps, attention within the box) at which refinement begins and which it asks for: 0, 10, 20 of 50."""

_ROUNDS = 20
"""Most refinements within a step."""

_CELLS = 16
"""Side of the maps that are read. Of a network that has none of that size, those that come nearest."""


def smooth(image: torch.Tensor, deviation: float = 0.5) -> torch.Tensor:
    """Return an image, shape (height, width), under a Gaussian of 3 x 3 cells, mirrored at its borders."""
    line = torch.exp(-(torch.arange(-1.0, 2.0, device=image.device) ** 2) / (2 * deviation**2))
    kernel = torch.outer(line, line) / line.sum() ** 2
    wide = functional.pad(image[None, None], (1, 1, 1, 1), mode="reflect")
    return functional.conv2d(wide, kernel[None, None].to(image.dtype))[0, 0]


def token_maps(attention: torch.Tensor) -> torch.Tensor:
    """Return attention shared out anew between all tokens but the first and the last, 100 times as sharp.

    Args:
        attention: shape (height, width, tokens).

    Returns:
        Of the same shape; the first and the last token get nothing.
    """
    return functional.pad((attention[..., 1:-1] * 100).softmax(dim=-1), (1, 1))


def constraints(image: torch.Tensor, box: tuple[int, int, int, int]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the inner-box constraint of one token's map, and the sum of the outer-box and the corner constraint.

    Args:
        image: attention, shape (height, width).
        box: left, top, right, bottom in cells.
    """
    left, top, right, bottom = box
    inside = torch.zeros_like(image)
    inside[top:bottom, left:right] = 1
    inner = (1 - _strongest(image * inside, inside)).clamp_min(0)
    outer = _strongest(image * (1 - inside), 1 - inside)
    corners = _edge(image.amax(dim=0), inside.amax(dim=0), left, right)
    corners = corners + _edge(image.amax(dim=1), inside.amax(dim=1), top, bottom)
    return inner, outer + corners


def _strongest(image: torch.Tensor, region: torch.Tensor) -> torch.Tensor:
    """Return the mean of the greatest elements, as many as P of the region."""
    return image.flatten().topk(max(int(region.sum() * _TOP), 1)).values.mean()


def _edge(profile: torch.Tensor, wanted: torch.Tensor, low: int, high: int) -> torch.Tensor:
    """Return the mean distance of a map's projection from the box's, counting only cells near the box's ends."""
    near = torch.zeros_like(profile)
    for end in (low, high):
        near[max(end - _REACH, 0) : end + _REACH + 1] = 1
    return ((profile - wanted).abs() * near).mean()


class BoxDiff(Steering):
    """Moves x_t against the constraints' gradient before a step: x <- x - alpha_t dL/dx.

    The paper's labels are single nouns; of a label with several words the mean is taken.
    """

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self._boxes = boxes(run.targets)
        steps = run.request.steps
        self.until = math.ceil(_SHARE * steps) if any(self._boxes) else 0
        self._refined = {round(share * steps): asked for share, asked in _REFINED}
        self._layers = cross_layers(run.model.unet)
        self._reader = MapReader(run.latent_size)

    def before(self, index: int, timestep: torch.Tensor) -> None:
        """Refine x_t where that is due, then update it once."""
        steps = self.run.request.steps
        strength = _STRENGTH * math.sqrt(1 - 0.5 * index / max(steps - 1, 1))
        asked = self._refined.get(index)
        for _ in range(0 if asked is None else _ROUNDS):
            worst, gradient = self._pull(timestep, inner_only=True)
            if asked is not None and worst <= 1 - asked:
                break
            self.run.move(-strength * gradient)
        self.run.move(-strength * self._pull(timestep, inner_only=False)[1])

    def _pull(self, timestep: torch.Tensor, *, inner_only: bool) -> tuple[float, torch.Tensor]:
        """Return the loss and its gradient: of all constraints, or of the inner-box one of the worst label."""
        with hooked(self.run.model.unet, self._layers, self._reader):
            return self.run.pull(timestep, lambda _scaled, _estimate: self._loss(inner_only=inner_only))[:2]

    def _loss(self, *, inner_only: bool) -> torch.Tensor:
        shared = token_maps(self._attention())
        inner, rest = [], []
        for positions, box in zip(self.run.prompt.words, self._boxes, strict=True):
            if box is None:
                continue
            terms = [self._terms(shared[..., position], box) for position in positions]
            inner.append(torch.stack([term[0] for term in terms]).mean())
            rest.append(torch.stack([term[1] for term in terms]).mean())
        return torch.stack(inner).max() if inner_only else torch.stack(inner).sum() + torch.stack(rest).sum()

    def _terms(self, image: torch.Tensor, box: Box) -> tuple[torch.Tensor, torch.Tensor]:
        return constraints(smooth(image), box_cells(box, *image.shape))

    def _attention(self) -> torch.Tensor:
        """Return the mean over heads and layers of the chosen resolution, shape (height, width, tokens)."""
        maps = self._reader.take()
        sizes = {tuple(item.shape[1:3]) for item in maps}
        best = min(sizes, key=lambda size: (abs(math.log(math.sqrt(size[0] * size[1]) / _CELLS)), size))
        return torch.cat([item for item in maps if tuple(item.shape[1:3]) == best]).mean(dim=0)
