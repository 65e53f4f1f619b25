"""The model's own small tokenizer: CLIP's byte-pair encoding in which every word of the world is one token."""

import json
from collections.abc import Iterable

from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers, trainers
from transformers import CLIPTokenizer

from zestdesk.diorama.captions import every_phrase_caption
from zestdesk.diorama.vocabulary import Vocabulary

__all__ = ["make_tokenizer"]

_BEGIN, _END = "<|startoftext|>", "<|endoftext|>"
_WORD_END = "</w>"


def make_tokenizer(vocabulary: Vocabulary, tokens: int) -> CLIPTokenizer:
    """Return a tokenizer trained on every word that a caption can hold.

    Any other text still has tokens: single bytes, inside a word and at its end, are part of the alphabet.

    Args:
        vocabulary: the world's words.
        tokens: longest prompt, begin and end included.
    """
    merges = _merges(every_phrase_caption(vocabulary))
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    pieces = [*alphabet, *(letter + _WORD_END for letter in alphabet), *(left + right for left, right in merges)]
    # Begin and end come last, as in CLIP's own vocabulary.
    table = {piece: number for number, piece in enumerate(dict.fromkeys([*pieces, _BEGIN, _END]))}
    special = {
        name: AddedToken(text, normalized=False, special=True)
        for name, text in (("bos_token", _BEGIN), ("eos_token", _END), ("unk_token", _END), ("pad_token", _END))
    }
    return CLIPTokenizer(vocab=table, merges=merges, model_max_length=tokens, **special)


def _merges(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return the merges, first ones first, that make one token of each word of the texts."""
    learner = Tokenizer(models.BPE(end_of_word_suffix=_WORD_END))
    learner.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(",", "isolated"),
            pre_tokenizers.Whitespace(),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=50_000,
        min_frequency=1,
        end_of_word_suffix=_WORD_END,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    learner.train_from_iterator(texts, trainer)
    return [(left, right) for left, right in json.loads(learner.to_str())["model"]["merges"]]
