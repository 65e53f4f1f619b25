"""Segments on coarse grids: cells, bounding boxes, and the words that no segment has."""

import math
import re
from collections.abc import Sequence

import torch

from zestdesk.guidance.loss import resize_targets

__all__ = ["Box", "box_cells", "boxes", "cells", "rest_of_prompt"]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in fractions of the sides."""

_JOINTS = re.compile(r"^(?:(?:and|or|with)\b\s*)+|\s*\b(?:and|or|with)$", re.IGNORECASE)


def cells(masks: torch.Tensor, height: int, width: int) -> torch.Tensor:
    """Return which cells of a grid belong to which mask: those that it covers by half.

    Of a mask that covers no cell by half, those that it covers at least half as much as its best one.

    Args:
        masks: in [0, 1], shape (segments, H, W).
        height: of the grid.
        width: of the grid.

    Returns:
        Booleans, shape (segments, height, width).
    """
    shares = resize_targets(masks, height, width)
    peak = shares.amax(dim=(-2, -1), keepdim=True)
    return (shares >= (0.5 * peak).clamp(max=0.5)) & (shares > 0)


def boxes(masks: torch.Tensor) -> list[Box | None]:
    """Return the bounding box of each mask's inside (from one half, or of all of it), None of an empty one.

    Args:
        masks: in [0, 1], shape (segments, H, W).
    """
    height, width = masks.shape[-2:]
    found: list[Box | None] = []
    for mask in masks:
        inside = mask >= 0.5
        rows, columns = torch.nonzero(inside if bool(inside.any()) else mask > 0, as_tuple=True)
        if not len(rows):
            found.append(None)
            continue
        left, right = int(columns.min()), int(columns.max()) + 1
        top, bottom = int(rows.min()), int(rows.max()) + 1
        found.append((left / width, top / height, right / width, bottom / height))
    return found


def box_cells(box: Box, height: int, width: int) -> tuple[int, int, int, int]:
    """Return (left, top, right, bottom) of a box on a grid, rounded, of one cell at least."""
    spans = []
    for low, high, side in ((box[0], box[2], width), (box[1], box[3], height)):
        start = min(math.floor(low * side + 0.5), side - 1)
        spans.append((start, max(math.floor(high * side + 0.5), start + 1)))
    (left, right), (top, bottom) = spans
    return left, top, right, bottom


def rest_of_prompt(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return what a prompt says beside its labels: "a cat and a dog on grass" without both animals is "on grass".

    Args:
        text: the composed prompt.
        spans: of the labels, (start, end) in characters.
    """
    kept = list(text)
    for start, end in spans:
        kept[start:end] = ["\0"] * (end - start)
    parts = (_JOINTS.sub("", part.strip()).strip() for part in re.split(r"[\0,;]+", "".join(kept)))
    return ", ".join(part for part in parts if part)
