"""From a prompt to what the network is conditioned on, for one text encoder (Stable Diffusion 1.x, 2.x) or two (XL)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import torch

from zestdesk.errors import UserError
from zestdesk.guidance.prompt import BoundPrompt, bind, tokenise

__all__ = ["Conditioning", "OneEncoder", "Text", "TwoEncoders"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditioning:
    """What the network is told beside latents and timestep, for a batch of texts.

    Attributes:
        states: hidden states of every token, shape (batch, tokens, width).
        added: further inputs by the names that the network gives them, each of shape (batch, ...).
    """

    states: torch.Tensor
    added: Mapping[str, torch.Tensor] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.states)

    def joined(self, other: "Conditioning") -> "Conditioning":
        """Return both batches as one, these texts first."""
        return Conditioning(
            states=torch.cat([self.states, other.states]),
            added={name: torch.cat([value, other.added[name]]) for name, value in self.added.items()},
        )

    def repeated(self, count: int) -> "Conditioning":
        """Return every text ``count`` times, for so many pictures of it."""
        if count == 1:
            return self
        return Conditioning(
            states=self.states.repeat_interleave(count, dim=0),
            added={name: value.repeat_interleave(count, dim=0) for name, value in self.added.items()},
        )

    def to(self, device: torch.device, dtype: torch.dtype) -> "Conditioning":
        """Return the same on another device, the states in another precision; the network casts the rest itself."""
        return Conditioning(
            states=self.states.to(device, dtype),
            added={name: value.to(device, torch.float32) for name, value in self.added.items()},
        )


class Text(Protocol):
    """The text side of a model.

    Attributes:
        encoders: the networks, which may wait on another device than the rest.
    """

    @property
    def encoders(self) -> tuple[Any, ...]:
        """The networks."""

    def bind(self, prompt: str, labels: Sequence[str]) -> BoundPrompt:
        """Compose a prompt and find each label's tokens; see :func:`zestdesk.guidance.prompt.bind`."""

    def encode(self, text: str, place: str, size: tuple[int, int]) -> Conditioning:
        """Encode a text for pictures of a (width, height) in pixels.

        Raises:
            UserError: when the text is longer than the model reads; ``place`` says which text it is.
        """


class OneEncoder:
    """A CLIP text encoder whose last hidden states are what the network attends to.

    Stable Diffusion 2.x stops a layer earlier than its encoder was trained with; its configuration says so.

    Attributes:
        tokenizer: a fast tokenizer.
        encoder: CLIPTextModel.
    """

    def __init__(self, tokenizer: Any, encoder: Any) -> None:  # noqa: ANN401 - transformers is untyped
        self.tokenizer, self.encoder = tokenizer, encoder

    @property
    def encoders(self) -> tuple[Any, ...]:
        """The one network."""
        return (self.encoder,)

    def bind(self, prompt: str, labels: Sequence[str]) -> BoundPrompt:
        """Compose a prompt and find each label's tokens."""
        return bind(self.tokenizer, prompt, labels)

    @torch.no_grad()
    def encode(self, text: str, place: str, size: tuple[int, int]) -> Conditioning:  # noqa: ARG002 - see the protocol
        """Return the last hidden states."""
        ids = tokenise(self.tokenizer, text, place).to(self.encoder.device)
        return Conditioning(states=self.encoder(ids).last_hidden_state)


class TwoEncoders:
    """The two text encoders of Stable Diffusion XL (Podell et al. 2023, arXiv 2307.01952, section 2.1 and 2.2).

    Their last but one hidden states are joined token by token; the second one's pooled projection goes in beside them,
    and so do the size that the picture is meant to have been shot at, its crop, and the size wanted.

    Attributes:
        tokenizers: two fast tokenizers of the same vocabulary, padded differently.
        encoders: CLIPTextModel, CLIPTextModelWithProjection.
    """

    def __init__(self, tokenizers: Sequence[Any], encoders: Sequence[Any], *, empty_is_zero: bool) -> None:
        """Take both halves.

        Args:
            tokenizers: in the order of their encoders.
            encoders: as above.
            empty_is_zero: whether the model was trained to take zeros for no text at all, as the published one was.
        """
        self.tokenizers, self._encoders = tuple(tokenizers), tuple(encoders)
        self._empty_is_zero = empty_is_zero

    @property
    def encoders(self) -> tuple[Any, ...]:
        """Both networks."""
        return self._encoders

    def bind(self, prompt: str, labels: Sequence[str]) -> BoundPrompt:
        """Compose a prompt and find each label's tokens, which both tokenizers must see in the same places.

        Raises:
            UserError: as :func:`zestdesk.guidance.prompt.bind` does, and when the tokenizers disagree.
        """
        first, second = (bind(tokenizer, prompt, labels) for tokenizer in self.tokenizers)
        for label, mine, theirs in zip(labels, first.tokens, second.tokens, strict=True):
            if mine != theirs:
                raise UserError(
                    "The model's two tokenizers read the label “{label}” differently; get the model again.",
                    "model",
                    label=label[:60],
                )
        return first

    @torch.no_grad()
    def encode(self, text: str, place: str, size: tuple[int, int]) -> Conditioning:
        """Return the joined states, the pooled text and the sizes."""
        states, pooled = [], None
        for tokenizer, encoder in zip(self.tokenizers, self._encoders, strict=True):
            ids = tokenise(tokenizer, text, place).to(encoder.device)
            output = encoder(ids, output_hidden_states=True)
            states.append(output.hidden_states[-2])
            pooled = output[0]
        joined = torch.cat(states, dim=-1)
        assert pooled is not None  # noqa: S101 - there are two encoders
        if self._empty_is_zero and not text.strip():
            joined, pooled = torch.zeros_like(joined), torch.zeros_like(pooled)
        width, height = size
        sizes = torch.tensor([[height, width, 0, 0, height, width]], device=joined.device, dtype=torch.float32)
        return Conditioning(states=joined, added={"text_embeds": pooled, "time_ids": sizes})
