"""The model's own small tokenizer: CLIP's byte-pair encoding in which every word of the world is one token."""

from collections import Counter
from functools import lru_cache
from itertools import pairwise

from tokenizers import AddedToken, pre_tokenizers
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
    merges = list(_merges(tuple(every_phrase_caption(vocabulary))))
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    pieces = [*alphabet, *(letter + _WORD_END for letter in alphabet), *(left + right for left, right in merges)]
    # Begin and end come last, as in CLIP's own vocabulary.
    table = {piece: number for number, piece in enumerate(dict.fromkeys([*pieces, _BEGIN, _END]))}
    special = {
        name: AddedToken(text, normalized=False, special=True)
        for name, text in (("bos_token", _BEGIN), ("eos_token", _END), ("unk_token", _END), ("pad_token", _END))
    }
    return CLIPTokenizer(vocab=table, merges=merges, model_max_length=tokens, **special)


@lru_cache(maxsize=4)
def _merges(texts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the merges, first ones first, that make one token of each word of the texts (Sennrich et al. 2016).

    The tokenizers library could learn them too, but breaks ties by the order of a hash table that differs between
    processes: a training that resumed would find every word renumbered.
    """
    split = pre_tokenizers.Sequence([pre_tokenizers.Whitespace(), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    counts = Counter(word for text in texts for word, _ in split.pre_tokenize_str(text))
    words = {word: [*word[:-1], word[-1] + _WORD_END] for word in sorted(counts)}
    merges: list[tuple[str, str]] = []
    while True:
        pairs: Counter[tuple[str, str]] = Counter()
        for word, pieces in words.items():
            for pair in pairwise(pieces):
                pairs[pair] += counts[word]
        if not pairs:
            return tuple(merges)
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        for word, pieces in words.items():
            words[word] = _merged(pieces, best)


def _merged(pieces: list[str], pair: tuple[str, str]) -> list[str]:
    """Return a word's pieces with every occurrence of the pair joined, from the left."""
    joined: list[str] = []
    for piece in pieces:
        if joined and (joined[-1], piece) == pair:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined
