"""Reading and raising cross-attention: processors that are put in for a while and always put back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch.nn import functional

from zestdesk.errors import UserError
from zestdesk.guidance.bias import AttentionBias
from zestdesk.guidance.families import FAMILIES
from zestdesk.guidance.maps import MapReader, map_size

__all__ = ["AttentionCapture", "captured_layers", "capturing", "cross_layers", "exchanged"]


def cross_layers(unet: Any) -> tuple[str, ...]:  # noqa: ANN401 - diffusers is untyped
    """Return names of all cross-attention processors that can be read, in forward order.

    Args:
        unet: a UNet2DConditionModel.
    """
    names = [name for name in unet.attn_processors if name.endswith("attn2.processor") and _readable(unet, name)]
    # A network lists its middle block behind the up blocks.
    order = ("down_blocks.", "mid_block.", "up_blocks.")
    return tuple(name for block in order for name in names if name.startswith(block))


def captured_layers(unet: Any, family: str, maps: str = "family") -> tuple[str, ...]:  # noqa: ANN401
    """Return names of the cross-attention processors to read, in forward order.

    Args:
        unet: a UNet2DConditionModel.
        family: of the checkpoint; ``families`` says which layers it reads. Where it names none, or the network has none
            of them, the last up block with cross-attention is read.
        maps: one of ``options.MAPS``: what suits the family; all layers; those of the highest resolution; those of the
            down blocks, behind which no graph is kept.

    Raises:
        UserError: when the UNet has no such cross-attention that can be read.
    """
    names = cross_layers(unet)
    if maps == "all" and names:
        return names
    if maps == "finest" and names:
        finest = min(_level(unet, name) for name in names)
        return tuple(name for name in names if _level(unet, name) == finest)
    if maps == "down":
        downs = tuple(name for name in names if name.startswith("down_blocks."))
        if not downs:
            raise UserError("This model's down blocks have no cross-attention; choose other maps.", "maps")
        return downs
    chosen = tuple(name for name in names if name.startswith(FAMILIES[family].layers))
    if chosen:
        return chosen
    ups = [name for name in names if name.startswith("up_blocks.")]
    if not ups:
        raise UserError("The UNet has no cross-attention that can be read; choose another model.", "unet")
    last = max(int(name.split(".")[1]) for name in ups)
    return tuple(name for name in ups if name.startswith(f"up_blocks.{last}."))


def _level(unet: Any, layer: str) -> int:  # noqa: ANN401
    """Return how often the latents were halved where a layer works."""
    deepest = len(unet.config.block_out_channels) - 1
    block, number = layer.split(".")[:2]
    if block == "mid_block":
        return deepest
    return int(number) if block == "down_blocks" else deepest - int(number)


class AttentionCapture:
    """Collects the label maps of the captured layers during one forward pass of the conditional branch.

    Attributes:
        maps: per captured layer so far, what :meth:`MapReader.read` kept of it, its pixels as (height, width): shape
            (pictures, heads, segments, height, width), float32, with graph where one is kept.
        pictures: how many of a batch are read: the last so many, the conditional branch.
        active: whether forward passes are read and biased; off for the unconditional branch.
        cut_graph: whether gradients end behind the last captured layer, so that the tail keeps no graph.
        per_head: whether heads follow one another, which needs less memory.
        again: whether passes only repeat what was read before, for a backward pass that kept nothing.
        bias: what raises the labels' attention, in all cross-attention layers; None where nothing ever does.
    """

    def __init__(
        self,
        reader: MapReader,
        latent_size: tuple[int, int],
        check: Callable[[], None] = lambda: None,
        bias: AttentionBias | None = None,
    ) -> None:
        """Take how maps are read, the latents' (height, width), and what to call at every captured layer.

        ``check`` may raise to leave the forward pass, which is how a cancelled run ends within one.
        """
        self.reader, self._latent_size = reader, latent_size
        self.check, self.bias = check, bias
        self.maps: list[torch.Tensor] = []
        self.pictures = 1
        self.active = False
        self.cut_graph = False
        self.per_head = False
        self.again = False

    @property
    def biased(self) -> bool:
        """Whether attention is raised now."""
        return self.bias is not None and self.bias.strength != 0

    def take(self) -> list[torch.Tensor]:
        """Return what the last pass collected and forget it."""
        maps, self.maps = self.maps, []
        return maps

    def add(self, maps: torch.Tensor) -> None:
        """Keep what was read of one layer, shape (pictures, heads, segments, pixels)."""
        # A repeated pass must compute what the first one did, but is read no second time.
        if not self.again:
            self.maps.append(maps.reshape(*maps.shape[:3], *map_size(self._latent_size, maps.shape[3])))

    def parts(self, heads: int) -> list[slice]:
        """Return which heads are computed together: all, or one after the other where memory is short."""
        return [slice(head, head + 1) for head in range(heads)] if self.per_head else [slice(heads)]

    def raised(self, query: torch.Tensor, key: torch.Tensor, scale: float) -> torch.Tensor | None:
        """Return what the bias adds to a layer's logits, for the whole batch, None where nothing is raised now.

        Args:
            query: shape (batch, heads, pixels, width).
            key: shape (batch, heads, tokens, width).
            scale: of the logits.

        Returns:
            Shape (batch, 1, pixels, tokens), float32, without a graph; zero for pictures that are not read.
        """
        if self.bias is None or not self.biased:
            return None
        with torch.no_grad():
            read, words = query[-self.pictures :] * scale, key[-self.pictures :].mT
            peaks = [(read[:, part] @ words[:, part]).amax(dim=(1, 2, 3)) for part in self.parts(query.shape[1])]
            bias = self.bias.of(torch.stack(peaks).amax(dim=0), query.shape[2], key.shape[2])
            others = len(query) - self.pictures
            return functional.pad(bias, (0, 0, 0, 0, 0, 0, others, 0)) if others else bias


class _CrossAttention:
    """Cross-attention of diffusers' AttnProcessor2_0 with the logits within reach.

    Without a graph the mixing is left to the fused kernel, so that a run that only looks makes the same picture as one
    that does not, bit for bit. With one, eq. (2) is written out, so that what is read and what is mixed share a graph.
    """

    def __init__(
        self,
        capture: AttentionCapture,
        original: Any,  # noqa: ANN401
        *,
        read: bool,
        last: bool = False,
    ) -> None:
        self._capture, self._original, self._read, self._last = capture, original, read, last

    def __call__(
        self,
        attn: Any,  # noqa: ANN401
        hidden_states: torch.Tensor,
        encoder_hidden_states: torch.Tensor | None = None,
        attention_mask: torch.Tensor | None = None,
        temb: torch.Tensor | None = None,
        **options: Any,  # noqa: ANN401
    ) -> torch.Tensor:
        capture = self._capture
        capture.check()
        wanted = capture.active and (self._read or capture.biased)
        if not wanted or encoder_hidden_states is None:
            output: torch.Tensor = self._original(
                attn, hidden_states, encoder_hidden_states, attention_mask, temb, **options
            )
            return output
        context = attn.norm_encoder_hidden_states(encoder_hidden_states) if attn.norm_cross else encoder_hidden_states
        query, key, value = (
            part.unflatten(-1, (attn.heads, -1)).transpose(1, 2)
            for part in (attn.to_q(hidden_states), attn.to_k(context), attn.to_v(context))
        )
        bias = capture.raised(query, key, attn.scale)
        if self._read and torch.is_grad_enabled():
            maps, mixed = _read_and_mix(capture, query, key, value, attn.scale, bias)
            capture.add(maps)
        else:
            mixed = functional.scaled_dot_product_attention(
                query, key, value, attn_mask=None if bias is None else bias.to(query.dtype), scale=attn.scale
            )
            if self._read:
                capture.add(_read_only(capture, query, key, attn.scale))
        if self._last and capture.cut_graph:
            # Nothing behind this layer takes part in the loss: the tail runs without a graph. The caller's
            # ``with torch.enable_grad()`` restores the mode when it ends.
            torch.set_grad_enabled(False)
        mixed = attn.to_out[1](attn.to_out[0](mixed.transpose(1, 2).flatten(2)))
        if attn.residual_connection:
            mixed = mixed + hidden_states
        result: torch.Tensor = mixed / attn.rescale_output_factor
        return result


def _logits(query: torch.Tensor, key: torch.Tensor, scale: float) -> torch.Tensor:
    """Return the logits of eq. (2), Q K^T / sqrt(d), in float32 at least, shape (batch, heads, pixels, tokens)."""
    wide = torch.promote_types(query.dtype, torch.float32)
    return torch.matmul(query.to(wide), key.to(wide).mT) * scale


def _read_only(capture: AttentionCapture, query: torch.Tensor, key: torch.Tensor, scale: float) -> torch.Tensor:
    """Return what is kept of a layer, for the batch's last pictures; see :func:`_read_and_mix`."""
    query, key = query[-capture.pictures :], key[-capture.pictures :]
    parts = capture.parts(query.shape[1])
    return torch.cat([capture.reader.read(_logits(query[:, part], key[:, part], scale)) for part in parts], dim=1)


def _read_and_mix(
    capture: AttentionCapture,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    scale: float,
    bias: torch.Tensor | None,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return what is kept of a layer, for the batch's last pictures, and what all pictures attend to.

    What is read is without the bias: where the latents themselves put their attention. With it, the fit would find
    segments well placed that only the bias holds there.

    Args:
        capture: how to read.
        query: shape (batch, heads, pixels, width).
        key: shape (batch, heads, tokens, width).
        value: of the same shape.
        scale: of the logits.
        bias: what is added to the logits, shape (batch, 1, pixels, tokens).
    """
    maps, mixed = [], []
    for part in capture.parts(query.shape[1]):
        logits = _logits(query[:, part], key[:, part], scale)
        attention = (logits if bias is None else logits + bias).softmax(dim=-1)
        shared = attention[-capture.pictures :] if bias is None else None
        maps.append(capture.reader.read(logits[-capture.pictures :], shared))
        mixed.append(torch.matmul(attention.to(value.dtype), value[:, part]))
    return torch.cat(maps, dim=1), torch.cat(mixed, dim=1)


def _readable(unet: Any, layer: str) -> bool:  # noqa: ANN401
    """Whether a layer is the plain cross-attention of Stable Diffusion, which our processor computes."""
    attention = unet.get_submodule(layer.removesuffix(".processor"))
    extras = ("group_norm", "spatial_norm", "norm_q", "norm_k")
    return all(getattr(attention, name, None) is None for name in extras)


@contextmanager
def capturing(unet: Any, layers: Sequence[str], capture: AttentionCapture) -> Iterator[None]:  # noqa: ANN401
    """Read the given cross-attention layers, and bias all, for the length of the block; put the old processors back.

    Args:
        unet: a UNet2DConditionModel.
        layers: names of :func:`captured_layers`, in forward order.
        capture: where the maps go. With a batch, its last pictures are read and biased (the conditional branch).
    """
    before = unet.attn_processors
    during = {
        name: _CrossAttention(capture, before[name], read=False)
        for name in (cross_layers(unet) if capture.bias is not None else ())
    }
    for name in layers:
        during[name] = _CrossAttention(capture, before[name], read=True, last=name == layers[-1])
    try:
        with exchanged(unet, during):
            yield
    finally:
        capture.take()


@contextmanager
def exchanged(unet: Any, processors: Mapping[str, Any]) -> Iterator[None]:  # noqa: ANN401
    """Put attention processors in for the length of the block; then put the old ones back, whatever happens.

    Args:
        unet: a UNet2DConditionModel.
        processors: by their names; the others stay.
    """
    before = dict(unet.attn_processors)
    try:
        # set_attn_processor empties the dictionary that it is given.
        unet.set_attn_processor({**before, **processors})
        yield
    finally:
        unet.set_attn_processor(dict(before))
