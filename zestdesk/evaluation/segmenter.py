"""The measuring segmenter: says which pixels of a toy-world picture show which class. It never guides anything."""

import hashlib
import itertools
import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional

from zestdesk.diorama.vocabulary import Vocabulary
from zestdesk.errors import UserError
from zestdesk.guidance.request import Picture
from zestdesk.resources import resource

__all__ = ["SegmentationNetwork", "Segmenter"]

_BATCH = 16
_WIDTHS = (32, 64, 128, 160)
"""Channels of a new network at each resolution; a saved one says its own."""


class _Residual(nn.Module):
    """Two convolutions and a short cut, at one resolution."""

    def __init__(self, before: int, after: int) -> None:
        super().__init__()
        self.norm1, self.conv1 = nn.GroupNorm(8, before), nn.Conv2d(before, after, 3, padding=1)
        self.norm2, self.conv2 = nn.GroupNorm(8, after), nn.Conv2d(after, after, 3, padding=1)
        self.shortcut = nn.Identity() if before == after else nn.Conv2d(before, after, 1)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        hidden = self.conv1(functional.silu(self.norm1(features)))
        hidden = self.conv2(functional.silu(self.norm2(hidden)))
        result: torch.Tensor = self.shortcut(features) + hidden
        return result


class SegmentationNetwork(nn.Module):
    """A small U-Net (Ronneberger et al. 2015) that works at half of the picture's resolution.

    Args:
        classes: how many classes it tells apart.
        widths: channels at each resolution, the finest first.
    """

    def __init__(self, classes: int, widths: Sequence[int] = _WIDTHS) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, widths[0], 5, stride=2, padding=2)
        pairs = list(itertools.pairwise(widths))
        self.down = nn.ModuleList(_Residual(wide, wide) for wide in widths)
        self.shrink = nn.ModuleList(nn.Conv2d(a, b, 3, stride=2, padding=1) for a, b in pairs)
        self.middle = _Residual(widths[-1], widths[-1])
        self.up = nn.ModuleList(_Residual(a + b, a) for a, b in pairs)
        self.head = nn.Sequential(nn.GroupNorm(8, widths[0]), nn.SiLU(), nn.Conv2d(widths[0], classes, 1))

    def encode(self, pictures: torch.Tensor) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """Return the bottleneck, shape (B, channels, H / 16, W / 16), and what the way up takes from the way down."""
        features, kept = self.stem(pictures), []
        for level, block in enumerate(self.down):
            features = block(features)
            if level < len(self.shrink):
                kept.append(features)
                features = self.shrink[level](features)
        return self.middle(features), kept

    def coarse(self, pictures: torch.Tensor) -> torch.Tensor:
        """Return logits at half of the resolution, rounded up, which is where they are made."""
        features, kept = self.encode(pictures)
        for level in reversed(range(len(self.up))):
            skip = kept[level]
            grown = functional.interpolate(features, size=skip.shape[-2:], mode="nearest")
            features = self.up[level](torch.cat([skip, grown], dim=1))
        logits: torch.Tensor = self.head(features)
        return logits

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        """Return logits, shape (B, classes, H, W), for pictures in [-1, 1], shape (B, 3, H, W)."""
        return functional.interpolate(
            self.coarse(pictures), size=pictures.shape[-2:], mode="bilinear", align_corners=False
        )


class Segmenter:
    """A trained network with the names of its classes."""

    def __init__(
        self, network: SegmentationNetwork, vocabulary: Vocabulary, names: Sequence[str] | None = None
    ) -> None:
        """Take a network.

        Args:
            network: trained.
            vocabulary: says which phrases mean the same class.
            names: of the network's classes in their order, phrases of the vocabulary; all of its classes by default.
        """
        self._network, self._vocabulary = network.eval().requires_grad_(requires_grad=False), vocabulary
        self.names = tuple(vocabulary.class_names if names is None else names)
        self._numbers = {vocabulary.class_id(name): number for number, name in enumerate(self.names)}

    @classmethod
    def load(cls, folder: Path | None = None) -> "Segmenter":
        """Load the shipped segmenter, or another one.

        The world may have got further words since the network was trained: they are classes that it does not know.

        Raises:
            UserError: when files are missing, or name classes that the world does not have.
        """
        folder = folder or resource("models", "segmenter")
        vocabulary = Vocabulary.load()
        try:
            names = json.loads((folder / "classes.json").read_text(encoding="utf-8"))
            weights = load_file(folder / "segmenter.safetensors")
        except Exception as error:  # the safetensors library raises errors of its own kinds
            raise UserError(
                "The segmenter cannot be read; train it with `python -m zestdesk.evaluation.train_segmenter`.",
                str(folder),
            ) from error
        if not set(names) <= set(vocabulary.class_names):
            raise UserError("The segmenter knows other classes than the toy world has; train it anew.", str(folder))
        levels = sum(name.startswith("down.") and name.endswith(".conv1.weight") for name in weights)
        widths = [weights[f"down.{level}.conv1.weight"].shape[0] for level in range(levels)]
        network = SegmentationNetwork(len(names), widths)
        network.load_state_dict({name: value.float() for name, value in weights.items()})
        return cls(network, vocabulary, names)

    def save(self, folder: Path) -> None:
        """Write float16 weights and the names of the classes."""
        folder.mkdir(parents=True, exist_ok=True)
        weights = {name: value.half().contiguous() for name, value in self._network.state_dict().items()}
        save_file(weights, folder / "segmenter.safetensors")
        (folder / "classes.json").write_text(json.dumps(self.names) + "\n", encoding="utf-8")

    def logits(self, pictures: torch.Tensor) -> torch.Tensor:
        """Return the network's logits, shape (B, classes, H, W), with gradients, wherever the pictures are.

        Args:
            pictures: in [-1, 1], shape (B, 3, H, W).
        """
        device = next(self._network.parameters()).device
        if device != pictures.device:
            self._network.to(pictures.device)
        found: torch.Tensor = self._network(pictures)
        return found

    @torch.no_grad()
    def __call__(self, pictures: Picture) -> NDArray[np.int64]:
        """Return the class of every pixel.

        Args:
            pictures: RGB, uint8, shape (B, H, W, 3).

        Returns:
            Class numbers, shape (B, H, W).
        """
        rows = [self._network(batch).argmax(dim=1).cpu() for batch in self._batches(pictures)]
        labels: NDArray[np.int64] = torch.cat(rows).numpy()
        return labels

    @torch.no_grad()
    def features(self, pictures: Picture) -> NDArray[np.float64]:
        """Return the bottleneck averaged over each picture, shape (B, channels): what a Fréchet distance compares.

        Args:
            pictures: RGB, uint8, shape (B, H, W, 3).
        """
        rows = [self._network.encode(batch)[0].mean(dim=(-2, -1)).cpu() for batch in self._batches(pictures)]
        found: NDArray[np.float64] = torch.cat(rows).numpy().astype(np.float64)
        return found

    def _batches(self, pictures: Picture) -> Iterator[torch.Tensor]:
        device = next(self._network.parameters()).device
        for start in range(0, len(pictures), _BATCH):
            batch = torch.from_numpy(np.ascontiguousarray(pictures[start : start + _BATCH])).permute(0, 3, 1, 2)
            yield batch.to(device).float() / 127.5 - 1

    @cached_property
    def mark(self) -> str:
        """A text that differs for another network or other classes."""
        digest = hashlib.sha256(json.dumps(self.names).encode())
        for name, value in self._network.state_dict().items():
            digest.update(name.encode() + value.cpu().numpy().tobytes())
        return digest.hexdigest()

    def class_id(self, label: str) -> int:
        """Return the class that a label names, whatever its colour; UserError when there is none."""
        number = self._numbers.get(self._vocabulary.class_id(label))
        if number is None:
            raise UserError(f"The segmenter was not trained on “{label}”; use other words, or train it anew.")
        return number
