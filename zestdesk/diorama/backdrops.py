"""Patterns of grounds and skies: fields in [0, 1] that say where a backdrop's accent colour shows.

All are made once, from a fixed seed, with periodic noise filtered in the frequency domain.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

__all__ = ["PATTERNS", "pattern"]

Field = NDArray[np.float64]


def _noise(rng: np.random.Generator, side: int, fine_y: float, fine_x: float) -> Field:
    """Return smooth periodic noise in [0, 1] with about ``fine`` bumps along each axis, shape (side, side)."""
    y = np.fft.fftfreq(side)[:, None] * side / fine_y
    x = np.fft.fftfreq(side)[None, :] * side / fine_x
    spectrum = np.fft.fft2(rng.standard_normal((side, side))) * np.exp(-(x**2 + y**2))
    spectrum[0, 0] = 0
    field = np.fft.ifft2(spectrum).real
    return _unit(field)


def _unit(field: Field) -> Field:
    low, high = np.quantile(field, [0.02, 0.98])
    clipped: Field = np.clip((field - low) / (high - low), 0, 1)
    return clipped


def _blades(rng: np.random.Generator, side: int) -> Field:
    return _unit(0.7 * _noise(rng, side, 18, 52) + 0.5 * _noise(rng, side, 6, 6))


def _grain(rng: np.random.Generator, side: int) -> Field:
    ripples = 0.5 + 0.5 * np.sin(_rows(side) * 2 * np.pi * 14 + 5 * _noise(rng, side, 4, 4))
    return _unit(0.5 * ripples + 0.5 * _noise(rng, side, 40, 40))


def _bumps(rng: np.random.Generator, side: int) -> Field:
    return _noise(rng, side, 10, 5) ** 2


def _waves(rng: np.random.Generator, side: int) -> Field:
    field: Field = (0.5 + 0.5 * np.sin(_rows(side) * 2 * np.pi * 18 + 9 * _noise(rng, side, 8, 5))) ** 3
    return field * _noise(rng, side, 12, 5)


def _tiles(rng: np.random.Generator, side: int) -> Field:
    return _boards(rng, side, rows=16, columns=8, joint=0.09)


def _planks(rng: np.random.Generator, side: int) -> Field:
    grain = 0.25 * _noise(rng, side, 60, 3)
    field: Field = np.clip(_boards(rng, side, rows=18, columns=2, joint=0.12) + grain, 0, 1)
    return field


def _boards(rng: np.random.Generator, side: int, rows: int, columns: int, joint: float) -> Field:
    """Rows of bricks, every second row moved by half a brick; joints are 1, bricks a tone of their own."""
    y = _rows(side) * rows * np.ones((1, side))
    row = np.floor(y).astype(int)
    x = np.linspace(0, columns, side, endpoint=False)[None, :] + 0.5 * (row % 2)
    column = np.floor(x).astype(int) % columns
    tone = rng.uniform(0, 0.42, (rows, columns))[row % rows, column]
    ratio = rows / columns
    edge = np.minimum(np.minimum(y % 1, 1 - y % 1), ratio * np.minimum(x % 1, 1 - x % 1))
    joints = np.clip(1.6 - edge / joint, 0, 1)
    field: Field = np.maximum(tone, joints)
    return field


def _haze(rng: np.random.Generator, side: int) -> Field:
    return _noise(rng, side, 5, 3)


def _clouds(rng: np.random.Generator, side: int) -> Field:
    return _unit(np.clip(_noise(rng, side, 7, 4) + 0.35 * _noise(rng, side, 18, 12) - 0.62, 0, 0.25))


def _bands(rng: np.random.Generator, side: int) -> Field:
    return _noise(rng, side, 14, 2)


def _stars(rng: np.random.Generator, side: int) -> Field:
    y, x = np.mgrid[:side, :side]
    field = np.zeros((side, side))
    radius = side / 256 * 1.1
    for _ in range(70):
        star_y, star_x, size = rng.uniform(0, side), rng.uniform(0, side), rng.uniform(0.6, 1.5) * radius
        field += np.exp(-((y - star_y) ** 2 + (x - star_x) ** 2) / size**2)
    return np.clip(field, 0, 1)


def _rows(side: int) -> Field:
    rows: Field = np.linspace(0, 1, side, endpoint=False)[:, None]
    return rows


PATTERNS: dict[str, Callable[[np.random.Generator, int], Field]] = {
    "blades": _blades,
    "grain": _grain,
    "bumps": _bumps,
    "waves": _waves,
    "tiles": _tiles,
    "planks": _planks,
    "haze": _haze,
    "clouds": _clouds,
    "bands": _bands,
    "stars": _stars,
}
"""All patterns by the name that the world's table uses."""


def pattern(name: str, side: int) -> NDArray[np.float32]:
    """Return a pattern in [0, 1], shape (side, side); the same at every call.

    Raises:
        KeyError: when there is no such pattern.
    """
    rng = np.random.default_rng(sum(name.encode()))
    return PATTERNS[name](rng, side).astype(np.float32)
