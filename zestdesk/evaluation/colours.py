"""Which colour a drawn object has, for objects that take colour words: the nearest of the sprite's own variants."""

import numpy as np
import torch
from numpy.typing import NDArray

from zestdesk.diorama.sprites import Atlas
from zestdesk.diorama.vocabulary import Vocabulary
from zestdesk.guidance.request import Picture

__all__ = ["ColourReader"]

_SIDE = 48


class ColourReader:
    """Knows the mean colour of every coloured object in each of its colours."""

    def __init__(self, world: Vocabulary) -> None:
        """Average the sprites of the world's coloured objects."""
        self._world = world
        atlas = Atlas(world, _SIDE)
        self._means = {
            noun: np.stack([_tone(atlas.pixels[0, atlas.index(thing, colour)]) for colour in range(len(world.colours))])
            for thing in world.coloured
            for noun in world.objects[thing].names
        }

    def colour_of(self, phrase: str) -> str | None:
        """Return the colour word that a phrase gives to one of those objects; None when it gives none."""
        words = phrase.split()
        for colour in self._world.colours:
            if colour.name in words and " ".join(words[words.index(colour.name) + 1 :]) in self._means:
                return colour.name
        return None

    def read(self, phrase: str, picture: Picture, mask: NDArray[np.bool_]) -> str:
        """Return the colour word that fits best what a picture shows of an object.

        Args:
            phrase: the object with any colour word, such as ``"a red car"``.
            picture: RGB, uint8, shape (height, width, 3).
            mask: where the object is, not empty, shape (height, width).
        """
        (noun,) = (noun for noun in self._means if phrase.endswith(f" {noun}"))
        found = _opponent(picture[mask].mean(axis=0) / 255)
        nearest = int(np.linalg.norm(self._means[noun] - found, axis=1).argmin())
        return self._world.colours[nearest].name


def _tone(sprite: torch.Tensor) -> NDArray[np.float64]:
    """Return the mean colour of a premultiplied RGBA sprite, shape (4, side, side)."""
    values = sprite.double().numpy()
    return _opponent(values[:3].sum(axis=(1, 2)) / values[3].sum())


def _opponent(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return red against green, yellow against blue, and lightness with less weight: light changes it most."""
    red, green, blue = rgb
    return np.array([red - green, (red + green) / 2 - blue, 0.4 * (red + green + blue) / 3])
