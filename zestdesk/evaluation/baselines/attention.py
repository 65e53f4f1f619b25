"""Attention with its logits within reach: processors that are put in for a while and always put back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import torch

from zestdesk.guidance.attention import exchanged
from zestdesk.guidance.maps import map_size

__all__ = ["Hook", "MapReader", "hooked", "self_layers"]


class Hook(Protocol):
    """What sees the logits of the layers that it was put into, and says what becomes of them."""

    def shares(self, logits: torch.Tensor, *, cross: bool) -> torch.Tensor:
        """Return the attention, summing to 1 over the last axis.

        Args:
            logits: float32, scaled, shape (batch, heads, pixels, keys).
            cross: whether the keys are the text's tokens, not the picture's own pixels.
        """


class MapReader:
    """Reads the attention of the last picture of a batch and changes nothing.

    Attributes:
        maps: per layer since they were last taken, shape (heads, height, width, tokens), with graph where there is one.
    """

    def __init__(self, latent_size: tuple[int, int]) -> None:
        """Take the latents' (height, width)."""
        self.maps: list[torch.Tensor] = []
        self._latent_size = latent_size

    def shares(self, logits: torch.Tensor, *, cross: bool) -> torch.Tensor:  # noqa: ARG002 - see the protocol
        """Keep the attention."""
        attention = logits.softmax(dim=-1)
        heads, pixels, tokens = attention.shape[1:]
        self.maps.append(attention[-1].reshape(heads, *map_size(self._latent_size, pixels), tokens))
        return attention

    def take(self) -> list[torch.Tensor]:
        """Return what was read and forget it."""
        maps, self.maps = self.maps, []
        return maps


def self_layers(unet: Any) -> tuple[str, ...]:  # noqa: ANN401 - diffusers is untyped
    """Return the names of all self-attention processors of the transformer blocks."""
    return tuple(name for name in unet.attn_processors if name.endswith("attn1.processor"))


class _Processor:
    """The attention of diffusers' AttnProcessor2_0, through a hook.

    The transformer blocks of Stable Diffusion use neither masks nor norms of their own within it.
    """

    def __init__(self, hook: Hook) -> None:
        self._hook = hook

    def __call__(
        self,
        attn: Any,  # noqa: ANN401
        hidden_states: torch.Tensor,
        encoder_hidden_states: torch.Tensor | None = None,
        attention_mask: torch.Tensor | None = None,  # noqa: ARG002 - part of the interface
        temb: torch.Tensor | None = None,  # noqa: ARG002
    ) -> torch.Tensor:
        cross = encoder_hidden_states is not None
        context = encoder_hidden_states if encoder_hidden_states is not None else hidden_states
        if cross and attn.norm_cross:
            context = attn.norm_encoder_hidden_states(context)
        query, key, value = (
            part.unflatten(-1, (attn.heads, -1)).transpose(1, 2)
            for part in (attn.to_q(hidden_states), attn.to_k(context), attn.to_v(context))
        )
        attention = self._hook.shares((query.float() @ key.float().transpose(-1, -2)) * attn.scale, cross=cross)
        mixed = (attention.to(value.dtype) @ value).transpose(1, 2).flatten(2)
        mixed = attn.to_out[1](attn.to_out[0](mixed))
        if attn.residual_connection:
            mixed = mixed + hidden_states
        result: torch.Tensor = mixed / attn.rescale_output_factor
        return result


@contextmanager
def hooked(unet: Any, layers: Sequence[str], hook: Hook) -> Iterator[None]:  # noqa: ANN401
    """Put a hook into layers for the length of the block, best a single pass; then put the old processors back.

    Args:
        unet: a UNet2DConditionModel.
        layers: names of processors.
        hook: what shall see their logits.
    """
    with exchanged(unet, {name: _Processor(hook) for name in layers}):
        yield
