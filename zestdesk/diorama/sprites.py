"""The sprite atlas: every object in every colour it takes, as one tensor with premultiplied alpha."""

from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from zestdesk.diorama.vocabulary import Colour, Vocabulary
from zestdesk.errors import UserError
from zestdesk.resources import resource

__all__ = ["Atlas", "load_sprite", "recolour"]

_HUE_WINDOW = 42.0
"""Pixels within so many degrees of the natural hue take the new colour; windows, strings and leaves keep theirs."""

_GREY = 0.22
"""Saturation under which a pixel counts as grey and keeps its colour."""


def load_sprite(name: str, side: int, folder: Path | None = None) -> NDArray[np.float32]:
    """Return a sprite as RGBA in [0, 1], not premultiplied, shape (side, side, 4).

    Raises:
        UserError: when the file is missing.
    """
    path = (folder or resource("diorama", "sprites")) / f"{name}.webp"
    try:
        with Image.open(path) as picture:
            scaled = picture.convert("RGBa").resize((side, side), Image.Resampling.LANCZOS).convert("RGBA")
    except OSError as error:
        raise UserError(
            "This sprite cannot be read; fetch the sprites with `python -m zestdesk.diorama assets`.", name
        ) from error
    return np.asarray(scaled, np.float32) / 255.0


def recolour(sprite: NDArray[np.float32], natural: Colour, wanted: Colour) -> NDArray[np.float32]:
    """Return the sprite with its main hue moved from one colour to another.

    Args:
        sprite: RGBA in [0, 1], shape (height, width, 4).
        natural: the colour it has.
        wanted: the colour it shall have.
    """
    picture = Image.fromarray((sprite[..., :3] * 255).round().astype(np.uint8))
    hsv = np.asarray(picture.convert("HSV"), np.float32) / 255.0
    hue = hsv[..., 0] * 360
    away = (hue - natural.hue + 180) % 360 - 180
    takes = (np.abs(away) < _HUE_WINDOW) & (hsv[..., 1] > _GREY)
    # Shades keep a little of their own hue, so that a recoloured sprite does not look flat.
    hsv[..., 0] = np.where(takes, (wanted.hue + away * 0.4) % 360 / 360, hsv[..., 0])
    hsv[..., 1] = np.where(takes, hsv[..., 1] * wanted.saturation, hsv[..., 1])
    hsv[..., 2] = np.where(takes, hsv[..., 2] * wanted.value, hsv[..., 2])
    changed = Image.fromarray((hsv.clip(0, 1) * 255).round().astype(np.uint8), "HSV").convert("RGB")
    rgb = np.where(takes[..., None], np.asarray(changed, np.float32) / 255.0, sprite[..., :3])
    return np.concatenate([rgb, sprite[..., 3:]], axis=-1).astype(np.float32)


class Atlas:
    """All sprites on one device, at two sharpnesses: for objects shown large, and (prefiltered) for small ones.

    Attributes:
        pixels: premultiplied RGBA, shape (2, sprites, 4, side, side); level 0 is the sharp one.
        side: of a sprite, in pixels.
    """

    def __init__(self, vocabulary: Vocabulary, side: int, device: torch.device | str = "cpu") -> None:
        """Load and colour the sprites.

        Args:
            vocabulary: names them.
            side: of the largest sprite ever shown, in pixels; small ones are shown at about half of it.
            device: where the pixels go.
        """
        self._variants = {
            (index, number): len(vocabulary.objects) + place * len(vocabulary.colours) + number
            for place, index in enumerate(vocabulary.coloured)
            for number in range(len(vocabulary.colours))
        }
        self.side = side
        self.pixels = _drawn(vocabulary, side).to(device)

    def index(self, thing: int, colour: int) -> int:
        """Return the sprite of an object in a colour (-1: as drawn)."""
        return thing if colour < 0 else self._variants[thing, colour]


@lru_cache(maxsize=2)
def _drawn(vocabulary: Vocabulary, side: int) -> torch.Tensor:
    """Return all sprites, plain ones first and then those in each colour, as :class:`Atlas` keeps them."""
    colours = {colour.name: colour for colour in vocabulary.colours}
    drawn = [load_sprite(thing.sprite, side) for thing in vocabulary.objects]
    for index in vocabulary.coloured:
        natural = colours[vocabulary.objects[index].natural_colour or ""]
        drawn += [
            drawn[index] if wanted is natural else recolour(drawn[index], natural, wanted)
            for wanted in vocabulary.colours
        ]
    stack = torch.from_numpy(np.stack(drawn)).permute(0, 3, 1, 2)
    sharp = torch.cat([stack[:, :3] * stack[:, 3:], stack[:, 3:]], dim=1)
    half = torch.nn.functional.interpolate(sharp, size=(side * 5 // 8, side * 5 // 8), mode="area")
    return torch.stack([sharp, torch.nn.functional.interpolate(half, size=(side, side), mode="bilinear")])
