"""Weather and light over a whole picture: rain, snowfall, fog, sunshine and moonlight, as tensors."""

from collections.abc import Callable

import torch

from zestdesk.diorama.backdrops import pattern

__all__ = ["EFFECTS", "WeatherPainter"]


class WeatherPainter:
    """Lays weather over pictures of one size of pattern on one device."""

    def __init__(self, side: int, device: torch.device) -> None:
        """Make the patterns for pictures of ``side`` pixels."""
        self._streaks, self._flakes = (
            torch.from_numpy(pattern(name, 2 * side)).to(device) for name in ("streaks", "flakes")
        )

    def __call__(
        self, effect: str, images: torch.Tensor, force: torch.Tensor, offset: torch.Tensor, horizon: torch.Tensor
    ) -> torch.Tensor:
        """Return pictures with an effect on them.

        Args:
            effect: a name in :data:`EFFECTS`.
            images: RGB in [0, 1], shape (B, 3, H, W).
            force: how much of it, 0 to 1, shape (B,).
            offset: where its pattern is cut, fractions in [0, 1), shape (B, 2).
            horizon: its height from the top as a fraction of the picture, shape (B,).
        """
        return EFFECTS[effect](self, images, force[:, None, None, None], offset, horizon)

    def rain(
        self, images: torch.Tensor, force: torch.Tensor, offset: torch.Tensor, _horizon: torch.Tensor
    ) -> torch.Tensor:
        """Grey and dark, with slanted streaks."""
        wet = torch.lerp(images, _colour(images, 0.50, 0.56, 0.64), 0.45 * force) * (1 - 0.15 * force)
        streaks = _cut(self._streaks, offset, images) * force
        return torch.lerp(wet, _colour(images, 0.86, 0.91, 0.97), 0.65 * streaks)

    def snowfall(
        self, images: torch.Tensor, force: torch.Tensor, offset: torch.Tensor, _horizon: torch.Tensor
    ) -> torch.Tensor:
        """Cold and pale, with white flakes."""
        pale = torch.lerp(images, _colour(images, 0.80, 0.85, 0.92), 0.22 * force)
        return torch.lerp(pale, torch.ones_like(images), _cut(self._flakes, offset, images) * (0.5 + 0.5 * force))

    def fog(
        self, images: torch.Tensor, force: torch.Tensor, _offset: torch.Tensor, horizon: torch.Tensor
    ) -> torch.Tensor:
        """White, thickest at the horizon."""
        y, _ = _axes(images)
        away = (y - horizon[:, None, None, None]) / 0.24
        return torch.lerp(images, _colour(images, 0.88, 0.90, 0.92), force * (0.3 + 0.32 * torch.exp(-(away**2))))

    def sunshine(
        self, images: torch.Tensor, force: torch.Tensor, offset: torch.Tensor, _horizon: torch.Tensor
    ) -> torch.Tensor:
        """Warm, with a glow from an upper corner."""
        warm = torch.lerp(images, images * _colour(images, 1.10, 1.02, 0.80), force)
        return torch.lerp(warm, _colour(images, 1.0, 0.95, 0.70), 0.7 * force * _glow(images, offset))

    def moonlight(
        self, images: torch.Tensor, force: torch.Tensor, offset: torch.Tensor, _horizon: torch.Tensor
    ) -> torch.Tensor:
        """Dark and blue, with a faint glow from an upper corner."""
        dark = torch.lerp(images, images * _colour(images, 0.40, 0.48, 0.76), force)
        return torch.lerp(dark, _colour(images, 0.72, 0.80, 1.0), 0.35 * force * _glow(images, offset))


def _colour(images: torch.Tensor, red: float, green: float, blue: float) -> torch.Tensor:
    return images.new_tensor([red, green, blue])[None, :, None, None].expand_as(images)


def _axes(images: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return y and x as fractions of height and width, ready to be broadcast."""
    height, width = images.shape[-2:]
    y = (torch.arange(height, device=images.device) + 0.5) / height
    x = (torch.arange(width, device=images.device) + 0.5) / width
    return y[None, None, :, None], x[None, None, None, :]


def _glow(images: torch.Tensor, offset: torch.Tensor) -> torch.Tensor:
    """Return light in [0, 1] around an upper corner: the left or the right one."""
    y, x = _axes(images)
    corner = torch.where(offset[:, 1] < 0.5, 0.05, 0.95)[:, None, None, None]
    return torch.exp(-((x - corner) ** 2 + (y - 0.02) ** 2) / 0.16)


def _cut(field: torch.Tensor, offset: torch.Tensor, images: torch.Tensor) -> torch.Tensor:
    """Return a piece of a periodic pattern for every picture, shape (B, 1, H, W)."""
    height, width = images.shape[-2:]
    side = field.shape[-1]
    start = (offset * side).long()
    rows = start[:, :1] + torch.arange(height, device=images.device)
    columns = start[:, 1:] + torch.arange(width, device=images.device)
    return field[(rows % side)[:, None, :, None], (columns % side)[:, None, None, :]]


EFFECTS: dict[str, Callable[[WeatherPainter, torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]] = {
    "rain": WeatherPainter.rain,
    "snowfall": WeatherPainter.snowfall,
    "fog": WeatherPainter.fog,
    "sunshine": WeatherPainter.sunshine,
    "moonlight": WeatherPainter.moonlight,
}
"""All effects by the name that the world's table uses."""
