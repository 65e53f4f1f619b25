"""Going on from a trained model when the world has got new words: all weights are kept, new words get a place."""

from collections.abc import Iterable

import torch
from torch import nn
from transformers import PreTrainedTokenizerBase

from zestdesk.errors import UserError

__all__ = ["new_embeddings", "take_over"]

_WORD_END = "</w>"
_SPREAD = 0.5
"""Deviation of a new noun's embedding around the mean of the known ones, as a share of theirs."""


def new_embeddings(
    old: PreTrainedTokenizerBase,
    new: PreTrainedTokenizerBase,
    weights: torch.Tensor,
    nouns: Iterable[str],
    seed: int = 0,
) -> torch.Tensor:
    """Return embeddings of a new vocabulary that begin where those of an old one ended.

    A word that is one token in both keeps its embedding, and so do the letters. A new word lies near the mean of the
    nouns that both know, apart from its neighbours: it behaves as "some object" from the first step on. A word that the
    old tokenizer cuts into pieces is new, since no caption ever taught it those pieces.

    Args:
        old: tokenizer of the trained model.
        new: tokenizer of the world as it is now.
        weights: of the old token embedding, shape (old tokens, width).
        nouns: of the world's objects, known ones and new ones.
        seed: of the deviations.

    Returns:
        Shape (new tokens, width).
    """
    known, wanted = old.get_vocab(), new.get_vocab()
    names = (word + _WORD_END for noun in nouns for word in noun.split())
    rows = sorted({known[name] for name in names if name in known and name in wanted})
    taught = weights[rows] if rows else weights
    centre, spread = taught.mean(dim=0), taught.std(dim=0, correction=0)
    generator = torch.Generator().manual_seed(seed)
    noise = torch.randn(len(wanted), weights.shape[1], generator=generator)
    result = centre + _SPREAD * spread * noise
    for token, row in wanted.items():
        if token in known:
            result[row] = weights[known[token]]
    return result


def take_over(
    old: tuple[PreTrainedTokenizerBase, nn.Module, nn.Module],
    new: tuple[PreTrainedTokenizerBase, nn.Module, nn.Module],
    nouns: Iterable[str],
) -> None:
    """Copy the weights of a trained text encoder and UNet into new ones of the same shape but for the words.

    Args:
        old: tokenizer, text encoder and UNet that are trained.
        new: likewise, changed in place.
        nouns: of the world's objects.

    Raises:
        UserError: when the networks have other shapes.
    """
    weights = {name: value.float().cpu() for name, value in old[1].state_dict().items()}
    for name, value in weights.items():
        if name.endswith("token_embedding.weight"):
            weights[name] = new_embeddings(old[0], new[0], value, nouns)
    try:
        new[1].load_state_dict(weights)
        new[2].load_state_dict(old[2].state_dict())
    except RuntimeError as error:
        raise UserError(
            "The model to begin with has networks of another shape; begin with one of the same plan, or from scratch.",
            "--from",
        ) from error
