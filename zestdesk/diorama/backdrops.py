"""Patterns of backdrops and weather, fields in [0, 1] that say where an accent colour shows, and outlines of scenery.

All are made once, from a fixed seed, with periodic noise filtered in the frequency domain.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["OUTLINES", "PATTERNS", "outline", "pattern"]

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


def _asphalt(rng: np.random.Generator, side: int) -> Field:
    dashes: NDArray[np.bool_] = ((_rows(side) * 8) % 1 < 0.11) & ((_rows(side).T * 6) % 1 < 0.55)
    field: Field = np.clip(dashes + 0.22 * _noise(rng, side, 90, 90), 0, 1)
    return field


def _checks(rng: np.random.Generator, side: int) -> Field:
    squares = (np.floor(_rows(side) * 16) + np.floor(_rows(side).T * 8)) % 2
    field: Field = np.clip(squares + 0.08 * _noise(rng, side, 8, 8), 0, 1)
    return field


def _ornament(rng: np.random.Generator, side: int) -> Field:
    y, x = _rows(side) * 2 * np.pi * 10, _rows(side).T * 2 * np.pi * 6
    lattice = np.clip(3 * (np.cos(y + x) + np.cos(y - x)) - 3.4, 0, 1)
    field: Field = np.clip(lattice + 0.1 * _noise(rng, side, 40, 40), 0, 1)
    return field


def _ridges(rng: np.random.Generator, side: int) -> Field:
    folds: Field = np.abs(_noise(rng, side, 5, 9) - 0.5) * 2
    return _unit(0.8 * folds + 0.3 * _noise(rng, side, 20, 24))


def _trunks(rng: np.random.Generator, side: int) -> Field:
    return _unit(0.6 * _noise(rng, side, 14, 26) + 0.4 * _noise(rng, side, 40, 60))


def _windows(rng: np.random.Generator, side: int) -> Field:
    lit = rng.uniform(size=(24, 26)) < 0.45
    y, x = _rows(side) * 24, _rows(side).T * 26
    shown = lit[np.floor(y).astype(int), np.floor(x).astype(int)] & (y % 1 > 0.4) & (x % 1 > 0.45)
    field: Field = shown.astype(np.float64)
    return field


def _streaks(rng: np.random.Generator, side: int) -> Field:
    """Slanted streaks of rain, each about a twelfth of the field long."""
    drops = np.zeros((side, side))
    length = side // 12
    for _ in range(170):
        y, x, bright = rng.uniform(0, side), rng.uniform(0, side), rng.uniform(0.5, 1)
        way = np.arange(length)
        at_y, at_x = (y + way).astype(int) % side, (x - 0.28 * way).astype(int) % side
        drops[at_y, at_x] = np.maximum(drops[at_y, at_x], bright)
    for _ in range(side // 128):  # streaks keep their width in parts of the picture
        drops = np.maximum(drops, 0.7 * np.roll(drops, 1, axis=1))
    return drops


def _flakes(rng: np.random.Generator, side: int) -> Field:
    y, x = np.mgrid[:side, :side]
    field = np.zeros((side, side))
    for _ in range(130):
        at_y, at_x, radius = rng.uniform(0, side), rng.uniform(0, side), rng.uniform(1.1, 2.4) * side / 256
        apart_y, apart_x = ((values + side / 2) % side - side / 2 for values in (y - at_y, x - at_x))
        field = np.maximum(field, np.clip(1.4 * np.exp(-(apart_y**2 + apart_x**2) / (2 * radius**2)), 0, 1))
    return field


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
    "asphalt": _asphalt,
    "checks": _checks,
    "ornament": _ornament,
    "ridges": _ridges,
    "trunks": _trunks,
    "windows": _windows,
    "streaks": _streaks,
    "flakes": _flakes,
}
"""All patterns by the name that the world's table uses."""


@lru_cache(maxsize=64)
def pattern(name: str, side: int) -> NDArray[np.float32]:
    """Return a pattern in [0, 1], shape (side, side); the same at every call.

    Raises:
        KeyError: when there is no such pattern.
    """
    return PATTERNS[name](_dice(name), side).astype(np.float32)


def _dice(name: str) -> np.random.Generator:
    """Return what a pattern or an outline is drawn with; equal at every call."""
    return np.random.default_rng(sum(name.encode()))


def _swell(rng: np.random.Generator, length: int, bumps: float) -> Field:
    """Return smooth periodic noise in [0, 1] with about ``bumps`` bumps, shape (length,)."""
    spectrum = np.fft.fft(rng.standard_normal(length)) * np.exp(-((np.fft.fftfreq(length) * length / bumps) ** 2))
    spectrum[0] = 0
    return _unit(np.fft.ifft(spectrum).real)


def _peak(length: int, centre: float, height: float, slope: float) -> Field:
    """Return two straight slopes from a peak down, around a line that meets itself, shape (length,)."""
    peak: Field = height - slope * np.abs((np.arange(length) / length - centre + 0.5) % 1 - 0.5)
    return peak


def _hill_line(rng: np.random.Generator, length: int) -> Field:
    return 0.3 + 0.7 * _swell(rng, length, 7)


def _mountain_line(rng: np.random.Generator, length: int) -> Field:
    """Peaks of different heights: the highest of many slopes, a little jagged."""
    line = np.zeros(length)
    for peak in np.arange(9) / 9:
        centre, height, slope = peak + rng.uniform(-0.03, 0.03), rng.uniform(0.55, 1), rng.uniform(6, 9)
        line = np.maximum(line, _peak(length, centre, height, slope))
    jagged: Field = np.clip(line + 0.12 * (_swell(rng, length, 90) - 0.5), 0.12, 1)
    return jagged


def _crown_line(rng: np.random.Generator, length: int) -> Field:
    """Tops of firs: narrow triangles of different heights."""
    line = np.full(length, 0.45)
    for tree in np.arange(46) / 46:
        centre, height = tree + rng.uniform(-0.008, 0.008), rng.uniform(0.65, 1)
        line = np.maximum(line, _peak(length, centre, height, 26))
    return line


def _tower_line(rng: np.random.Generator, length: int) -> Field:
    line = np.full(length, 0.2)
    at = 0
    while at < length:
        width = int(length * rng.uniform(0.018, 0.04))
        line[at : at + width] = rng.uniform(0.35, 1)
        at += width + int(length * rng.choice([0.0, 0.0, 0.008]))
    return line


def _flat_line(_rng: np.random.Generator, length: int) -> Field:
    return np.ones(length)


OUTLINES: dict[str, Callable[[np.random.Generator, int], Field]] = {
    "hills": _hill_line,
    "mountains": _mountain_line,
    "crowns": _crown_line,
    "towers": _tower_line,
    "level": _flat_line,
}
"""All outlines of far scenery by the name that the world's table uses."""


@lru_cache(maxsize=16)
def outline(name: str, length: int) -> NDArray[np.float32]:
    """Return an outline's heights in [0, 1], shape (length,), periodic; the same at every call.

    Raises:
        KeyError: when there is no such outline.
    """
    return OUTLINES[name](_dice(name), length).astype(np.float32)
