"""Reading cross-attention: processors that are put in for a while and always put back."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch

from zestdesk.errors import UserError
from zestdesk.guidance.families import FAMILIES

__all__ = ["AttentionCapture", "captured_layers", "capturing"]


def captured_layers(unet: Any, family: str) -> tuple[str, ...]:  # noqa: ANN401 - diffusers is untyped
    """Return names of the cross-attention processors to read, in forward order.

    Args:
        unet: a UNet2DConditionModel.
        family: of the checkpoint; ``families`` says which layers it reads. Where it names none, or the network has none
            of them, the last up block with cross-attention is read.

    Raises:
        UserError: when the UNet has no cross-attention in its up blocks that can be read.
    """
    names = [name for name in unet.attn_processors if name.endswith("attn2.processor") and _readable(unet, name)]
    chosen = [name for name in names if name.startswith(FAMILIES[family].layers)]
    if chosen:
        return tuple(chosen)
    ups = [name for name in names if name.startswith("up_blocks.")]
    if not ups:
        raise UserError("The UNet has no cross-attention that can be read; choose another model.", "unet")
    last = max(int(name.split(".")[1]) for name in ups)
    return tuple(name for name in ups if name.startswith(f"up_blocks.{last}."))


class AttentionCapture:
    """Collects the label columns of the captured layers during one forward pass of the conditional branch.

    Attributes:
        maps: per captured layer so far, shape (pictures, heads, segments, height, width), float32, with graph where one
            is kept; of one head where their mean was taken before.
        pictures: how many of a batch are read: the last so many, the conditional branch.
        active: whether forward passes are read; off for the unconditional branch.
        cut_graph: whether gradients end behind the last captured layer, so that the tail keeps no graph.
        per_head: whether heads follow one another, which needs less memory.
        again: whether passes only repeat what was read before, for a backward pass that kept nothing.
    """

    def __init__(
        self,
        tokens: Sequence[Sequence[int]],
        latent_size: tuple[int, int],
        check: Callable[[], None] = lambda: None,
    ) -> None:
        """Take token positions per segment, the latents' (height, width), and what to call at every captured layer.

        ``check`` may raise to leave the forward pass, which is how a cancelled run ends within one.
        """
        self._tokens = [list(positions) for positions in tokens]
        self._latent_size = latent_size
        self.check = check
        self.maps: list[torch.Tensor] = []
        self.pictures = 1
        self.active = False
        self.cut_graph = False
        self.per_head = False
        self.again = False

    def take(self) -> list[torch.Tensor]:
        """Return what the last pass collected and forget it."""
        maps, self.maps = self.maps, []
        return maps

    def add(self, attention: torch.Tensor) -> None:
        """Keep the label columns of one layer, eq. (3): summed over a label's tokens.

        Args:
            attention: softmax over all tokens, shape (pictures, heads, pixels, tokens).
        """
        height, width = self._map_size(attention.shape[2])
        # One product instead of a selection per label, whose backward pass would fill a full map for each.
        chosen = attention.new_zeros((attention.shape[3], len(self._tokens)))
        for segment, positions in enumerate(self._tokens):
            chosen[positions, segment] = 1
        maps = (attention @ chosen).transpose(2, 3).unflatten(3, (height, width))
        # A repeated pass must compute what the first one did, but is read no second time.
        if not self.again:
            self.maps.append(maps)

    def _map_size(self, pixels: int) -> tuple[int, int]:
        """Return (height, width) of a map: the latents' size halved, rounded up, as often as it takes."""
        height, width = self._latent_size
        while height * width > pixels:
            height, width = -(-height // 2), -(-width // 2)
        if height * width != pixels:
            raise ValueError(f"a map of {pixels} pixels does not belong to latents of {self._latent_size}")
        return height, width


class _CapturingProcessor:
    """Cross-attention of diffusers' AttnProcessor2_0 with the softmax, eq. (2), in float32 and within reach."""

    def __init__(self, capture: AttentionCapture, original: Any, *, last: bool) -> None:  # noqa: ANN401
        self._capture, self._original, self._last = capture, original, last

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
        if not capture.active or encoder_hidden_states is None:
            output: torch.Tensor = self._original(
                attn, hidden_states, encoder_hidden_states, attention_mask, temb, **options
            )
            return output
        context = attn.norm_encoder_hidden_states(encoder_hidden_states) if attn.norm_cross else encoder_hidden_states
        query, key, value = (
            part.unflatten(-1, (attn.heads, -1)).transpose(1, 2)
            for part in (attn.to_q(hidden_states), attn.to_k(context), attn.to_v(context))
        )
        heads = query.shape[1]
        together = 1 if capture.per_head else heads
        attention, mixed = _attend(query, key, value, attn.scale, together, capture.pictures)
        capture.add(attention)
        if self._last and capture.cut_graph:
            # Nothing behind this layer takes part in the loss: the tail runs without a graph. The caller's
            # ``with torch.enable_grad()`` restores the mode when it ends.
            torch.set_grad_enabled(False)
        mixed = attn.to_out[1](attn.to_out[0](mixed.transpose(1, 2).flatten(2)))
        if attn.residual_connection:
            mixed = mixed + hidden_states
        result: torch.Tensor = mixed / attn.rescale_output_factor
        return result


def _attend(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, scale: float, together: int, pictures: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the attention of the batch's last pictures, eq. (2), and what all pictures attend to.

    Args:
        query: shape (batch, heads, pixels, width).
        key: shape (batch, heads, tokens, width).
        value: of the same shape.
        scale: of the logits.
        together: heads that are computed at a time; where these are not all, their mean is returned as one head.
        pictures: how many of the batch are read.
    """
    wide = torch.promote_types(query.dtype, torch.float32)
    heads = query.shape[1]
    total, mixed = None, []
    for start in range(0, heads, together):
        part = slice(start, start + together)
        logits = torch.matmul(query[:, part].to(wide), key[:, part].to(wide).transpose(-1, -2)) * scale
        attention = logits.softmax(dim=-1)
        mixed.append(torch.matmul(attention.to(value.dtype), value[:, part]))
        if together == heads:
            return attention[-pictures:], mixed[0]
        share = attention[-pictures:].sum(dim=1, keepdim=True) / heads
        total = share if total is None else total + share
    assert total is not None  # noqa: S101 - there are heads
    return total, torch.cat(mixed, dim=1)


def _readable(unet: Any, layer: str) -> bool:  # noqa: ANN401
    """Whether a layer is the plain cross-attention of Stable Diffusion, which the capturing processor computes."""
    attention = unet.get_submodule(layer.removesuffix(".processor"))
    extras = ("group_norm", "spatial_norm", "norm_q", "norm_k")
    return all(getattr(attention, name, None) is None for name in extras)


@contextmanager
def capturing(unet: Any, layers: Sequence[str], capture: AttentionCapture) -> Iterator[None]:  # noqa: ANN401
    """Read the given cross-attention layers for the length of the block; then put the old processors back.

    Args:
        unet: a UNet2DConditionModel.
        layers: names of :func:`captured_layers`, in forward order.
        capture: where the maps go. With a batch, its last pictures are read (the conditional branch).
    """
    before = dict(unet.attn_processors)
    during = dict(before)
    for name in layers:
        during[name] = _CapturingProcessor(capture, before[name], last=name == layers[-1])
    try:
        # set_attn_processor empties the dictionary that it is given.
        unet.set_attn_processor(dict(during))
        yield
    finally:
        unet.set_attn_processor(dict(before))
        capture.take()
