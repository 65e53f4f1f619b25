"""What is in a scene and where: drawn at random, before a single pixel is made."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zestdesk.diorama.vocabulary import Vocabulary

__all__ = ["LARGEST", "MOST_OBJECTS", "SceneBatch", "SceneSampler"]

MOST_OBJECTS = 4

LARGEST = 0.62
"""Side of the largest object, as a fraction of the picture's shorter side."""

_SIZES = {1: (0.40, LARGEST), 2: (0.34, 0.56), 3: (0.30, 0.46), 4: (0.28, 0.38)}
_FIRST_COUNTS = (0.03, 0.57, 0.27, 0.11, 0.02)
_COUNTS = (0.03, 0.30, 0.36, 0.25, 0.06)
"""Shares of scenes with 0, 1, ... objects at the beginning and at the end of a training."""

_LARGER = 0.05
"""What objects measure more at the beginning of a training, as a fraction of the picture's shorter side."""

_SCENERY_SHARE = 0.4
_WEATHER_SHARE = 0.2
_CANDIDATES = 14


@dataclass(frozen=True)
class SceneBatch:
    """Scenes as plain numbers; B scenes with K = :data:`MOST_OBJECTS` places each.

    Attributes:
        height: of the pictures, in pixels.
        width: likewise.
        ground: index of the ground, shape (B,).
        sky: index of the sky, shape (B,).
        horizon: its height from the top as a fraction of the picture, shape (B,); 0 shows ground only, 1 sky only.
        thing: indices of the objects, lower first, shape (B, K); -1 where a place is empty.
        colour: index of the colour word, shape (B, K); -1: the natural colour, unnamed.
        centre: x and y in pixels, shape (B, K, 2).
        size: side in pixels, shape (B, K).
        angle: in radians, shape (B, K).
        flipped: mirrored left to right, shape (B, K).
        scenery: index of what rises from the horizon, shape (B,); -1: nothing.
        rise: its height as a fraction of the picture's, shape (B,).
        weather: index of what lies over everything, shape (B,); -1: nothing.
        force: of the weather, 0 to 1, shape (B,).
        light: gain and, added, tint of red and blue, shape (B, 3).
        waviness: of the horizon: amplitude in fractions of the height, turns, phase, shape (B, 3).
        offset: where the patterns of ground, sky, scenery and weather are cut, fractions in [0, 1), shape (B, 4, 2).
    """

    height: int
    width: int
    ground: NDArray[np.int64]
    sky: NDArray[np.int64]
    horizon: NDArray[np.float32]
    thing: NDArray[np.int64]
    colour: NDArray[np.int64]
    centre: NDArray[np.float32]
    size: NDArray[np.float32]
    angle: NDArray[np.float32]
    flipped: NDArray[np.bool_]
    scenery: NDArray[np.int64]
    rise: NDArray[np.float32]
    weather: NDArray[np.int64]
    force: NDArray[np.float32]
    light: NDArray[np.float32]
    waviness: NDArray[np.float32]
    offset: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.ground)


class SceneSampler:
    """Draws scenes; the same seed gives the same scenes."""

    def __init__(self, vocabulary: Vocabulary, seed: int) -> None:
        """Take the words and a seed."""
        self.vocabulary = vocabulary
        self._rng = np.random.default_rng(seed)

    def sample(
        self, count: int, height: int, width: int, objects: int | None = None, progress: float = 1.0
    ) -> SceneBatch:
        """Draw scenes.

        Args:
            count: how many.
            height: of the pictures, in pixels.
            width: likewise.
            objects: how many in every scene, 0 to :data:`MOST_OBJECTS`; at random by default.
            progress: of a training, 0 to 1: at its beginning most scenes have one large object (a curriculum), in its
                second half they are as crowded as they get.
        """
        rng, words = self._rng, self.vocabulary
        ease = max(1 - 2 * progress, 0.0)
        shares = np.array(_FIRST_COUNTS) * ease + np.array(_COUNTS) * (1 - ease)
        number = rng.choice(len(shares), count, p=shares) if objects is None else np.full(count, objects)
        present = np.arange(MOST_OBJECTS)[None] < number[:, None]
        thing, colour = self._things(count)
        horizon = rng.uniform(0.32, 0.74, count)
        kind = rng.uniform(size=count)
        horizon = np.where(kind < 0.08, 0.0, np.where(kind > 0.94, 1.0, horizon))
        low, high = np.array([_SIZES[max(int(n), 1)] for n in number]).T
        share = rng.uniform(low[:, None], high[:, None], (count, MOST_OBJECTS)) + _LARGER * ease
        size = np.minimum(share, LARGEST) * min(height, width)
        scenery, rise = self._scenery(horizon)
        weather = rng.integers(max(len(words.weather), 1), size=count)
        weather[(rng.uniform(size=count) > _WEATHER_SHARE) | (len(words.weather) == 0)] = -1
        return SceneBatch(
            height=height,
            width=width,
            ground=rng.integers(len(words.grounds), size=count),
            sky=rng.integers(len(words.skies), size=count),
            horizon=horizon.astype(np.float32),
            thing=np.where(present, thing, -1),
            colour=np.where(present, colour, -1),
            centre=self._places(size, present, horizon, height, width).astype(np.float32),
            size=size.astype(np.float32),
            angle=rng.normal(0, 0.1, (count, MOST_OBJECTS)).clip(-0.25, 0.25).astype(np.float32),
            flipped=rng.uniform(size=(count, MOST_OBJECTS)) < 0.5,
            scenery=scenery,
            rise=rise.astype(np.float32),
            weather=weather,
            force=rng.uniform(0.7, 1, count).astype(np.float32),
            light=(rng.normal(0, 1, (count, 3)) * (0.05, 0.015, 0.015)).astype(np.float32),
            waviness=rng.uniform((0, 0.3, 0), (0.025, 1.5, 1), (count, 3)).astype(np.float32),
            offset=rng.uniform(size=(count, 4, 2)).astype(np.float32),
        )

    def _scenery(self, horizon: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Draw what rises from the horizon, in pictures that show one, and its height."""
        rng, rows = self._rng, self.vocabulary.scenery
        count = len(horizon)
        if not rows:
            return np.full(count, -1), np.zeros(count)
        kind = rng.integers(len(rows), size=count)
        low, high = np.array([(row.lowest, row.highest) for row in rows])[kind].T
        rise = np.minimum(rng.uniform(low, high), 0.8 * horizon)
        there = (horizon > 0) & (horizon < 1) & (rng.uniform(size=count) < _SCENERY_SHARE)
        return np.where(there, kind, -1), rise

    def _things(self, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Draw objects that differ within a scene, and colour words for most of those that take one."""
        rng, words = self._rng, self.vocabulary
        # Objects with colours count more: each of their colours is seen less often than a plain object.
        weight = np.ones(len(words.objects))
        weight[list(words.coloured)] = 1.6
        # The largest of exponential races is a draw without replacement by weight (Gumbel's trick).
        race = rng.gumbel(size=(count, len(weight))) + np.log(weight)
        thing = np.argsort(-race, axis=1)[:, :MOST_OBJECTS]
        takes = np.isin(thing, words.coloured) & (rng.uniform(size=thing.shape) < 0.75)
        colour = rng.integers(len(words.colours), size=thing.shape)
        # Now and then the same object twice in two colours, so that colours bind to their own noun.
        twins = takes[:, 0] & (rng.uniform(size=count) < 0.15)
        thing[twins, 1] = thing[twins, 0]
        takes[twins, 1] = True
        other = (colour[:, 0] + rng.integers(1, len(words.colours), size=count)) % len(words.colours)
        colour[twins, 1] = other[twins]
        return thing, np.where(takes, colour, -1)

    def _places(
        self,
        size: NDArray[np.float64],
        present: NDArray[np.bool_],
        horizon: NDArray[np.float64],
        height: int,
        width: int,
    ) -> NDArray[np.float64]:
        """Draw centres, object by object: of several places the first that hardly overlaps, else the least bad."""
        rng, count = self._rng, len(size)
        centre = np.zeros((count, MOST_OBJECTS, 2))
        everyone = np.arange(count)
        for slot in range(MOST_OBJECTS):
            half = size[:, slot, None] / 2
            shape = (count, _CANDIDATES)
            x = rng.uniform(0.84 * half, width - 0.84 * half, shape)
            y = rng.uniform(0.84 * half, height - 0.84 * half, shape)
            # Half of the objects stand on the ground; the rest float anywhere, since users will draw them anywhere.
            lowest = np.clip(horizon[:, None] * height - 0.7 * half, 0.84 * half, height - 0.84 * half)
            standing = rng.uniform(lowest, height - 0.84 * half, shape)
            y = np.where(rng.uniform(size=(count, 1)) < 0.5, standing, y)
            overlap = np.zeros(shape)
            for earlier in range(slot):
                reach = 0.42 * (size[:, slot, None] + size[:, earlier, None])
                inside_x = (reach - np.abs(x - centre[:, earlier, None, 0])).clip(0)
                inside_y = (reach - np.abs(y - centre[:, earlier, None, 1])).clip(0)
                share = inside_x * inside_y / np.minimum(size[:, slot], size[:, earlier])[:, None] ** 2
                overlap = np.maximum(overlap, np.where(present[:, earlier, None], share, 0))
            fine = overlap < 0.08
            chosen = np.where(fine.any(axis=1), fine.argmax(axis=1), overlap.argmin(axis=1))
            centre[:, slot, 0], centre[:, slot, 1] = x[everyone, chosen], y[everyone, chosen]
        return centre
