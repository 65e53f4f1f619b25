"""From attention logits to one extracted mask per segment, eq. (2) and (3), and the other ways to read them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch.nn import functional
from torch.utils.checkpoint import checkpoint

__all__ = ["MapReader", "extract_masks", "map_scores", "map_size", "resize"]


def map_size(latent_size: tuple[int, int], pixels: int) -> tuple[int, int]:
    """Return (height, width) of a map: the latents' size halved, rounded up, as often as it takes.

    Raises:
        ValueError: when no halving has so many pixels.
    """
    height, width = latent_size
    while height * width > pixels:
        height, width = -(-height // 2), -(-width // 2)
    if height * width != pixels:
        raise ValueError(f"a map of {pixels} pixels does not belong to latents of {latent_size}")
    return height, width


def resize(maps: torch.Tensor, height: int, width: int) -> torch.Tensor:
    """Resize maps bilinearly, shape (..., h, w) to (..., height, width)."""
    if maps.shape[-2:] == (height, width):
        return maps
    flat = maps.reshape(-1, *maps.shape[-3:])
    sized = functional.interpolate(flat, size=(height, width), mode="bilinear", align_corners=False)
    return sized.reshape(*maps.shape[:-2], height, width)


@dataclass(frozen=True, slots=True)
class _Sharing:
    """Over which tokens attention is shared out.

    Attributes:
        tokens: (first, end) of those that take part.
        offsets: what is added to their logits, shape (tokens,).
        chosen: 1 where a token is read for a segment, shape (tokens, segments).
    """

    tokens: tuple[int, int]
    offsets: torch.Tensor
    chosen: torch.Tensor

    def to(self, like: torch.Tensor) -> "_Sharing":
        """Return the same on another tensor's device and in its precision."""
        return _Sharing(self.tokens, self.offsets.to(like), self.chosen.to(like))


class MapReader:
    """Reads the label maps off one layer's logits after the other.

    With ``softmax="all"`` attention is shared out over all tokens, as the model itself does, eq. (2); begin, end and
    padding take the most of it. With ``"prompt"`` the tokens of the text share it alone, as in the authors' code for
    XL: A_j = exp(l_j) / sum over the text's tokens k of exp(l_k). With ``"labels"`` every label is one competitor,
    however many tokens it has, and so is the rest of the text: with m_i the mean of exp(l_j) over the n_i tokens of
    competitor i, its map is m_i / sum over all competitors of m_k, which is the softmax of l_j - log n_i, summed.

    Where a text is nothing but one label, that label would win everywhere: it then stands against begin, end and
    padding.
    """

    def __init__(
        self,
        labels: Sequence[Sequence[int]],
        count: int | None = None,
        *,
        softmax: str = "all",
        resampling: str = "probabilities",
        best: int = 0,
    ) -> None:
        """Set the reading up.

        Args:
            labels: token positions per segment, none empty.
            count: tokens that the text uses, begin and end included; only ``softmax="all"`` does without.
            softmax: one of ``options.SOFTMAXES``.
            resampling: one of ``options.RESAMPLINGS``.
            best: see :func:`extract_masks`.

        Raises:
            ValueError: when a label has no tokens, or some that are not the text's own.
        """
        self._labels, self._count = [list(positions) for positions in labels], count
        self._softmax, self._logits, self._best = softmax, resampling == "logits", best
        if not all(self._labels):
            raise ValueError("every label has tokens")
        if softmax != "all" and (count is None or not all(0 < each < count - 1 for item in labels for each in item)):
            raise ValueError("labels are part of the text, whose length is known")
        self._sharing: _Sharing | None = None

    @property
    def as_computed(self) -> bool:
        """Whether what is read off a layer is the very attention that it computes."""
        return self._softmax == "all" and not self._logits

    def read(self, logits: torch.Tensor, attention: torch.Tensor | None = None) -> torch.Tensor:
        """Return what is kept of a layer.

        Args:
            logits: Q K^T / sqrt(d), shape (pictures, heads, pixels, tokens).
            attention: their softmax, where it is at hand.

        Returns:
            Shape (pictures, heads, segments, pixels), or (pictures, heads, tokens that share, pixels) where maps are
            brought to one size before the softmax.
        """
        sharing = self._shared_by(logits)
        if attention is not None and self.as_computed:
            shares = attention
        else:
            shares = logits[..., slice(*sharing.tokens)] + sharing.offsets
            if self._logits:
                return shares.transpose(2, 3)
            shares = shares.softmax(dim=-1)
        # One product instead of a selection per label, whose backward pass would fill a full map for each.
        return (shares @ sharing.chosen).transpose(2, 3)

    def masks(self, maps: Sequence[torch.Tensor]) -> torch.Tensor:
        """Return the extracted masks of a pass, shape (pictures, segments, height, width).

        Args:
            maps: per layer what :meth:`read` returned, its pixels as (height, width).
        """
        if not self._logits:
            return extract_masks(maps, self._best)
        size = _largest(maps)
        # Every token's map at the common size, of all layers together, would be the largest thing in the graph: it is
        # computed again for the backward pass, layer by layer.
        shared = [checkpoint(self._share, item, size, use_reentrant=False, preserve_rng_state=False) for item in maps]
        return extract_masks(shared, self._best)

    def _share(self, logits: torch.Tensor, size: tuple[int, int]) -> torch.Tensor:
        """Return label maps at a size, shape (..., segments, h, w), of what was kept, shape (..., tokens, h, w)."""
        assert self._sharing is not None  # noqa: S101 - something was kept
        return torch.einsum("phtyx,ts->phsyx", resize(logits, *size).softmax(dim=2), self._sharing.chosen)

    def _shared_by(self, logits: torch.Tensor) -> _Sharing:
        """Return who shares attention out; the same throughout a run."""
        if self._sharing is None:
            self._sharing = self._prepare(logits.shape[-1]).to(logits)
        return self._sharing

    def _prepare(self, tokens: int) -> _Sharing:
        every = {position for positions in self._labels for position in positions}
        first, end = (0, tokens) if self._softmax == "all" or self._count is None else (1, self._count - 1)
        rest = end - first - len(every)
        if rest == 0 and len(self._labels) == 1:
            first, end = 0, tokens
            rest = tokens - len(every)
        offsets, chosen = torch.zeros(tokens, dtype=torch.float64), torch.zeros((tokens, len(self._labels)))
        if self._softmax == "labels":
            offsets -= math.log(max(rest, 1))
        for segment, positions in enumerate(self._labels):
            chosen[positions, segment] = 1
            if self._softmax == "labels":
                offsets[positions] = -math.log(len(positions))
        return _Sharing((first, end), offsets[first:end], chosen[first:end])


def _largest(maps: Sequence[torch.Tensor]) -> tuple[int, int]:
    return max(item.shape[-2] for item in maps), max(item.shape[-1] for item in maps)


def extract_masks(maps: Sequence[torch.Tensor], best: int = 0) -> torch.Tensor:
    """Average maps into one extracted mask per segment, eq. (3).

    Args:
        maps: per captured layer, attention summed over a segment's tokens, shape
            (pictures, heads, segments, height, width); heads and resolutions may differ.
        best: 0 for the mean over all layers and heads. Else, per segment and picture, the mean of the so many maps of
            single layers and heads that :func:`map_scores` finds best, of all where there are fewer.

    Returns:
        Masks at the highest resolution among the maps, shape (pictures, segments, height, width).
    """
    size = _largest(maps)
    if not best:
        return torch.stack([resize(item.mean(dim=1), *size) for item in maps]).mean(dim=0)
    every = torch.cat([resize(item, *size) for item in maps], dim=1)
    # The choice itself is no function of the latents that one could follow downhill.
    picked = map_scores(every.detach()).topk(min(best, every.shape[1]), dim=1).indices
    return every.gather(1, picked[..., None, None].expand(-1, -1, -1, *size)).mean(dim=1)


def map_scores(maps: torch.Tensor) -> torch.Tensor:
    """Return how well single maps tell a place from the rest: q99 * (1 - q01), as in the authors' code for XL.

    q99 and q01 are the values that 99 % and 1 % of the pixels do not exceed: a map that is high somewhere and low
    elsewhere scores well, one that is faint or high everywhere does not. A map that is not finite comes last.

    Args:
        maps: in [0, 1], shape (pictures, maps, segments, height, width).

    Returns:
        Shape (pictures, maps, segments).
    """
    flat = maps.flatten(-2)
    last = flat.shape[-1] - 1
    ordered = flat.sort(dim=-1).values
    high, low = ordered[..., round(0.99 * last)], ordered[..., round(0.01 * last)]
    return torch.where(flat.isfinite().all(dim=-1), high * (1 - low), -torch.inf)
