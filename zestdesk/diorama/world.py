"""Painting scenes: whole batches as tensors, with exact label maps.

The label maps serve the measuring segmenter and the metrics only. Diffusion training never sees them, for guidance must
stay zero-shot.
"""

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from zestdesk.diorama.backdrops import outline, pattern
from zestdesk.diorama.scenes import LARGEST, MOST_OBJECTS, SceneBatch
from zestdesk.diorama.sprites import Atlas
from zestdesk.diorama.vocabulary import Backdrop, Vocabulary
from zestdesk.diorama.weather import WeatherPainter

__all__ = ["Painter", "Painting"]

_OUTLINE_LENGTH = 2048
_OUTLINE_SPAN = 0.36
"""Share of a periodic outline that one picture shows."""


@dataclass(frozen=True)
class Painting:
    """A batch of painted scenes.

    Attributes:
        images: RGB in [-1, 1], float32, shape (B, 3, H, W).
        labels: class numbers of the vocabulary, int64, shape (B, H, W); the upper object wins.
    """

    images: torch.Tensor
    labels: torch.Tensor


class Painter:
    """Turns scenes into pictures on one device."""

    def __init__(self, vocabulary: Vocabulary, side: int, device: torch.device | str = "cpu") -> None:
        """Load sprites and patterns.

        Args:
            vocabulary: what can be painted.
            side: of the pictures in pixels (the shorter one if they are no squares); larger ones get soft sprites.
            device: where to paint.
        """
        self.device = torch.device(device)
        self._vocabulary = vocabulary
        self._small = 0.45 * LARGEST * side * 1.4
        self._atlas = Atlas(vocabulary, math.ceil(side * LARGEST), device)
        backdrops = vocabulary.backdrops
        self._patterns = torch.stack([torch.from_numpy(pattern(row.texture, 2 * side)) for row in backdrops]).to(device)
        self._colours = torch.tensor([_colours(row) for row in backdrops], device=device)
        self._strength = torch.tensor([row.strength for row in backdrops], device=device)
        self._weather = WeatherPainter(side, self.device)
        scenery = vocabulary.scenery
        lines = [torch.from_numpy(outline(row.shape, _OUTLINE_LENGTH)) for row in scenery]
        self._outlines = torch.stack(lines).to(device) if lines else torch.empty(0, _OUTLINE_LENGTH, device=device)
        self._caps = torch.tensor([row.cap for row in scenery], device=device)

    @torch.no_grad()
    def paint(self, scenes: SceneBatch) -> Painting:
        """Paint a batch of scenes."""
        images, labels = self._backdrop(scenes)
        for slot in range(MOST_OBJECTS):
            rows = np.flatnonzero(scenes.thing[:, slot] >= 0)
            if len(rows):
                self._place(scenes, slot, rows, images, labels)
        light = torch.from_numpy(scenes.light).to(self.device)
        tint = torch.stack([light[:, 1], torch.zeros_like(light[:, 1]), light[:, 2]], dim=1)
        images = (images * (1 + light[:, 0, None, None, None]) + tint[:, :, None, None]).clamp(0, 1)
        self._lay_weather(scenes, images)
        return Painting(images.clamp(0, 1) * 2 - 1, labels)

    def _lay_weather(self, scenes: SceneBatch, images: torch.Tensor) -> None:
        """Change those pictures that have weather, in place."""
        for number, weather in enumerate(self._vocabulary.weather):
            rows = np.flatnonzero(scenes.weather == number)
            if len(rows):
                force, offset, horizon = (
                    torch.from_numpy(values[rows]).to(self.device)
                    for values in (scenes.force, scenes.offset[:, 3], scenes.horizon)
                )
                where = torch.from_numpy(rows).to(self.device)
                images[where] = self._weather(weather.effect, images[where], force, offset, horizon)

    def _backdrop(self, scenes: SceneBatch) -> tuple[torch.Tensor, torch.Tensor]:
        height, width = scenes.height, scenes.width
        y = (torch.arange(height, device=self.device) + 0.5) / height
        x = (torch.arange(width, device=self.device) + 0.5) / width
        wave = torch.from_numpy(scenes.waviness).to(self.device)
        horizon = torch.from_numpy(scenes.horizon).to(self.device)
        bend = wave[:, :1] * torch.sin(2 * math.pi * (wave[:, 1:2] * x[None] + wave[:, 2:]))
        # A picture of ground only or sky only has its horizon well outside.
        level = (horizon + (horizon <= 0) * -1.0 + (horizon >= 1) * 1.0)[:, None] + bend
        below = y[None, :, None] - level[:, None, :]
        ground = torch.from_numpy(scenes.ground).to(self.device)
        sky = torch.from_numpy(scenes.sky).to(self.device) + self._vocabulary.first_sky
        depth = (below / (1 - level.clamp(0, 0.9))[:, None, :]).clamp(0, 1)
        rise = (y[None, :, None] / level.clamp(0.1, 1)[:, None, :]).clamp(0, 1)
        earth = self._stuff(ground, depth, scenes.offset[:, 0])
        air = self._stuff(sky, rise, scenes.offset[:, 1])
        mix = (below * height + 0.5).clamp(0, 1)[:, None]
        labels = torch.where(below > 0, ground[:, None, None], sky[:, None, None])
        rows = np.flatnonzero(scenes.scenery >= 0)
        if len(rows):
            where = torch.from_numpy(rows).to(self.device)
            air[where], labels[where] = self._raise(scenes, rows, air[where], labels[where], level[where])
        return torch.lerp(air, earth, mix), labels

    def _raise(
        self, scenes: SceneBatch, rows: np.ndarray, air: torch.Tensor, labels: torch.Tensor, level: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Paint far scenery in front of the sky, down to the horizon's level, shape (rows, W); return both anew."""
        height, width = scenes.height, scenes.width
        kind, rise = (torch.from_numpy(values[rows]).to(self.device) for values in (scenes.scenery, scenes.rise))
        offset = scenes.offset[rows, 2]
        start = (torch.from_numpy(offset[:, 1]).to(self.device) * _OUTLINE_LENGTH).long()
        span = _OUTLINE_SPAN * _OUTLINE_LENGTH * width / min(height, width)
        along = (torch.linspace(0, span, width, device=self.device)).long()
        line = self._outlines[kind[:, None], (start[:, None] + along) % _OUTLINE_LENGTH]
        y = ((torch.arange(height, device=self.device) + 0.5) / height)[None, :, None]
        # How high a pixel lies above the horizon, as a share of the whole height, and how far below the crest.
        up = (level[:, None] - y) / rise[:, None, None].clamp_min(1e-3)
        way = (1 - up / line[:, None]).clamp(0, 1)
        number = kind + self._vocabulary.first_scenery
        painted = self._stuff(number, way, offset)
        if bool((self._caps[kind] <= 1).any()):
            field = self._field(number, offset, height, width)
            cap = ((up - self._caps[kind][:, None, None] + 0.3 * (field - 0.5)) * 14).clamp(0, 1)[:, None]
            painted = torch.lerp(painted, self._colours[number, 2][:, :, None, None].expand_as(painted), cap)
        # Far things take on a little of the sky's colour.
        painted = torch.lerp(painted, air, 0.12)
        covers = ((line[:, None] - up) * rise[:, None, None] * height + 0.5).clamp(0, 1)[:, None]
        above = (up > 0) & (up < line[:, None])
        return torch.lerp(air, painted, covers), torch.where(above, number[:, None, None], labels)

    def _stuff(self, row: torch.Tensor, way: torch.Tensor, offset: np.ndarray) -> torch.Tensor:
        """Paint one backdrop over the whole picture; ``way`` runs from 0 at its upper to 1 at its lower edge."""
        _, height, width = way.shape
        upper, lower, accent = self._colours[row].unbind(1)
        base = torch.lerp(upper[:, :, None, None], lower[:, :, None, None], way[:, None])
        amount = (self._field(row, offset, height, width) * self._strength[row][:, None, None])[:, None]
        return torch.lerp(base, accent[:, :, None, None].expand_as(base), amount)

    def _field(self, row: torch.Tensor, offset: np.ndarray, height: int, width: int) -> torch.Tensor:
        """Cut a piece of each backdrop's pattern, shape (B, height, width)."""
        side = self._patterns.shape[-1]
        rows = (torch.from_numpy(offset[:, 0]).to(self.device) * side).long()[:, None] + torch.arange(
            height, device=self.device
        )
        columns = (torch.from_numpy(offset[:, 1]).to(self.device) * side).long()[:, None] + torch.arange(
            width, device=self.device
        )
        return self._patterns[row[:, None, None], (rows % side)[:, :, None], (columns % side)[:, None, :]]

    def _place(
        self, scenes: SceneBatch, slot: int, rows: np.ndarray, images: torch.Tensor, labels: torch.Tensor
    ) -> None:
        """Paint one object, and its shadow, into those scenes that have it."""
        height, width = scenes.height, scenes.width
        where = torch.from_numpy(rows).to(self.device)
        centre, size, angle = (
            torch.from_numpy(values[rows, slot]).to(self.device)
            for values in (scenes.centre, scenes.size, scenes.angle)
        )
        mirror = torch.from_numpy(np.where(scenes.flipped[rows, slot], -1.0, 1.0).astype(np.float32)).to(self.device)
        cos, sin, scale = torch.cos(angle), torch.sin(angle), 2 / size
        # From picture coordinates in [-1, 1] to sprite coordinates in [-1, 1]: move, turn, scale, mirror.
        across, down = (width / 2 - centre[:, 0]) * scale, (height / 2 - centre[:, 1]) * scale
        theta = torch.stack(
            [
                torch.stack([cos * width / 2 * scale, sin * height / 2 * scale, cos * across + sin * down], dim=1)
                * mirror[:, None],
                torch.stack([-sin * width / 2 * scale, cos * height / 2 * scale, cos * down - sin * across], dim=1),
            ],
            dim=1,
        )
        grid = functional.affine_grid(theta, [len(rows), 4, height, width], align_corners=False)
        sprites = [
            self._atlas.index(int(thing), int(colour))
            for thing, colour in zip(scenes.thing[rows, slot], scenes.colour[rows, slot], strict=True)
        ]
        level = (size < self._small).long()
        source = self._atlas.pixels[level, torch.tensor(sprites, device=self.device)]
        layer = functional.grid_sample(source, grid, mode="bilinear", padding_mode="zeros", align_corners=False)
        alpha = layer[:, 3:].clamp(0, 1)
        behind = images[where] * (1 - self._shadow(scenes, rows, centre, size))
        images[where] = layer[:, :3] + behind * (1 - alpha)
        number = torch.from_numpy(scenes.thing[rows, slot]).to(self.device) + self._vocabulary.first_object
        labels[where] = torch.where(alpha[:, 0] > 0.5, number[:, None, None], labels[where])

    def _shadow(self, scenes: SceneBatch, rows: np.ndarray, centre: torch.Tensor, size: torch.Tensor) -> torch.Tensor:
        """Return the darkness under objects that stand below the horizon, shape (rows, 1, H, W)."""
        y = torch.arange(scenes.height, device=self.device)[None, :, None] + 0.5
        x = torch.arange(scenes.width, device=self.device)[None, None, :] + 0.5
        size_, foot = size[:, None, None], (centre[:, 1] + 0.44 * size)[:, None, None]
        far = ((x - centre[:, 0, None, None]) / (0.42 * size_)) ** 2 + ((y - foot) / (0.1 * size_)) ** 2
        horizon = torch.from_numpy(scenes.horizon[rows]).to(self.device)[:, None, None] * scenes.height
        stands = (foot > horizon).to(torch.float32)
        return (0.42 * stands * torch.exp(-1.6 * far * far.sqrt()))[:, None]


def _colours(row: Backdrop) -> list[list[float]]:
    return [[value / 255 for value in colour] for colour in (row.upper, row.lower, row.accent)]
