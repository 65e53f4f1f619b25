"""How many tokens a text has, and which of them are a label's: without torch, before any model is loaded.

The tokenizer of a model folder is foreign: only its words and merges are taken from it, within limits. How text is
split is CLIP's own rule (Radford et al. 2021, and the CLIPTokenizer of transformers, whose counting this is to the
token), so that no pattern of the folder is ever run.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from tokenizers import AddedToken, Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import BPE

from zestdesk.errors import UserError, sentence
from zestdesk.guidance.binding import Composition
from zestdesk.guidance.checkpoints import read_json
from zestdesk.guidance.model_files import read_text

__all__ = ["TextTokens", "positions", "read_tokens", "require_label_fits", "require_room", "require_texts_fit"]

Offsets = Sequence[tuple[int, int]]

_MAX_BYTES: Final = 16_000_000
_MAX_PIECES: Final = 300_000
_MAX_ADDED: Final = 1000
_LEAST_LENGTH: Final = 4  # begin, end and two tokens between them
_MOST_LENGTH: Final = 100_000
_LOOK_AT: Final = 20_000
"""Characters that are looked at first: of a text that is too long by then, the rest is not worth the time."""

_BEGIN: Final = "<|startoftext|>"
_END: Final = "<|endoftext|>"
_NAMED: Final = {"bos_token": _BEGIN, "eos_token": _END, "unk_token": _END, "pad_token": _END}
_FLAGS: Final = ("single_word", "lstrip", "rstrip", "normalized", "special")
_SPLIT: Final = r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"


class TextTokens:
    """A model's tokenizer.

    Attributes:
        limit: the longest text in tokens; begin and end, which every text gets, are not counted.
    """

    def __init__(self, tokenizer: Tokenizer, limit: int) -> None:
        self._tokenizer, self.limit = tokenizer, limit

    def count(self, text: str) -> int:
        """Return how many tokens a text has, begin and end not counted.

        Of a text of many thousand characters that is beyond the limit at once, only the beginning is counted.
        """
        return len(self.offsets(text)) - 2

    def offsets(self, text: str) -> list[tuple[int, int]]:
        """Return per token the (start, end) characters that it stands for; begin and end stand for none.

        Shortened as for :meth:`count`.
        """
        sound = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # half an emoji is no text
        found = self._tokenizer.encode(sound[:_LOOK_AT], add_special_tokens=False).offsets
        if len(sound) > _LOOK_AT and len(found) <= 2 * self.limit:
            found = self._tokenizer.encode(sound, add_special_tokens=False).offsets
        return [(0, 0), *found, (0, 0)]

    def is_one(self, word: str) -> bool:
        """Return whether a word is one token: of a small model's own tokenizer, a word that it was trained on."""
        return self.count(word) == 1


def positions(offsets: Offsets, span: tuple[int, int]) -> tuple[int, ...]:
    """Return the tokens that overlap a span; begin, end and padding have empty offsets and never do."""
    return tuple(at for at, (start, end) in enumerate(offsets) if start < end and start < span[1] and span[0] < end)


def require_room(count: int, limit: int, place: str) -> None:
    """Refuse a text that is longer than the model reads; nothing is ever cut off in silence.

    Args:
        count: its tokens, begin and end not counted.
        limit: likewise.
        place: what the text is, for the error.

    Raises:
        UserError: when it is.
    """
    if count > limit:
        raise UserError(
            "The text has {count} tokens and the model reads {limit}; shorten it.", place, count=count, limit=limit
        )


def require_label_fits(label: str, found: Sequence[int], limit: int) -> None:
    """Refuse a label without tokens, or one that falls past the limit.

    Args:
        label: the phrase.
        found: its positions among the tokens of the composed prompt; begin is position 0.
        limit: longest text in tokens, begin and end not counted.

    Raises:
        UserError: the text names the label.
    """
    if not found:
        raise UserError("The model has no token for the label “{label}”; write it in letters.", "label", label=label)
    if found[-1] <= limit:
        return
    name = label if len(label) <= 60 else f"{label[:57]}…"
    if len(found) > limit:
        raise UserError(
            "The label “{name}” is longer than the model's limit of {limit} tokens; shorten it.",
            "prompt",
            name=name,
            limit=limit,
        )
    raise UserError(
        "The label “{name}” falls past the model's limit of {limit} tokens; shorten the prompt or mention "
        "the label earlier.",
        "prompt",
        name=name,
        limit=limit,
    )


def require_texts_fit(tokens: TextTokens, composition: Composition, labels: Sequence[str], negative: str) -> None:
    """Refuse at once what a run would refuse after loading the model.

    Args:
        tokens: of the model.
        composition: prompt and labels.
        labels: one per span of the composition.
        negative: the negative prompt.

    Raises:
        UserError: when prompt or negative prompt are too long, or a label falls past the limit; the text names it.
    """
    offsets = tokens.offsets(composition.text)
    for label, span in zip(labels, composition.spans, strict=True):
        require_label_fits(label, positions(offsets, span), tokens.limit)
    require_room(len(offsets) - 2, tokens.limit, "prompt")
    require_room(tokens.count(negative), tokens.limit, "negative_prompt")


def read_tokens(folder: Path) -> TextTokens:
    """Read a tokenizer.

    Args:
        folder: ``tokenizer`` in a model folder of the diffusers layout.

    Raises:
        UserError: when files are missing, too large, or hold no such tokenizer.
    """
    config = read_json(folder / "tokenizer_config.json")
    length = config.get("model_max_length")
    if type(length) is not int or not _LEAST_LENGTH <= length <= _MOST_LENGTH:
        raise UserError("The tokenizer does not say how long a text may be; get the model again.", str(folder))
    try:
        table, merges, listed = _whole_file(folder) if (folder / "tokenizer.json").exists() else _two_files(folder)
        _check(table, merges)
        tokenizer = Tokenizer(_model(table, merges, config))
        tokenizer.normalizer = normalizers.Sequence(
            [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
        )
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Split(Regex(_SPLIT), behavior="removed", invert=True),
                pre_tokenizers.ByteLevel(add_prefix_space=False),
            ]
        )
        tokenizer.add_tokens(_added_tokens(folder, config, listed))
    except UserError:
        raise
    except Exception as error:  # the library raises bare exceptions
        raise UserError("The tokenizer cannot be read; get the model again.", str(folder)) from error
    return TextTokens(tokenizer, length - 2)


def _model(table: dict[str, int], merges: list[tuple[str, str]], config: dict[str, Any]) -> BPE:
    return BPE(
        vocab=table,
        merges=merges,
        continuing_subword_prefix="",
        end_of_word_suffix="</w>",
        fuse_unk=False,
        unk_token=_content(config.get("unk_token")) or _END,
    )


def _read(path: Path) -> str:
    return read_text(path, _MAX_BYTES, sentence("The file is too large for a tokenizer; get the model again."))


def _whole_file(folder: Path) -> tuple[Any, Any, Any]:
    """Return words, merges and added tokens of a ``tokenizer.json``."""
    data = json.loads(_read(folder / "tokenizer.json"))
    model = data["model"]
    pairs = [tuple(pair.split(" ")) if isinstance(pair, str) else tuple(pair) for pair in model["merges"]]
    return model["vocab"], pairs, data.get("added_tokens") or []


def _two_files(folder: Path) -> tuple[Any, Any, Any]:
    """Return words and merges of the older ``vocab.json`` and ``merges.txt``."""
    lines = _read(folder / "merges.txt").removesuffix("\n").split("\n")
    pairs = [tuple(line.removesuffix("\r").split(" ")) for line in lines if not line.startswith("#version")]
    return json.loads(_read(folder / "vocab.json")), pairs, []


def _check(table: Any, merges: Any) -> None:  # noqa: ANN401 - any JSON
    """Refuse what the library would take long over, or would end the process for."""
    if not isinstance(table, dict) or not len(table) <= _MAX_PIECES or not len(merges) <= _MAX_PIECES:
        raise ValueError("no table of words of a usable size")
    if not all(type(number) is int and 0 <= number < 2**31 for number in table.values()):
        raise ValueError("a word has no number")
    for pair in merges:
        if len(pair) != 2 or not all(isinstance(piece, str) and piece in table for piece in (*pair, "".join(pair))):
            raise ValueError("a merge joins what is not there")


def _added_tokens(folder: Path, config: dict[str, Any], listed: Iterable[dict[str, Any]]) -> list[AddedToken]:
    """Return the tokens that are found in a text before it is split, by number, then the named ones."""
    numbered: dict[int, AddedToken] = {}
    named: dict[str, Any] = {name: config.get(name, usual) for name, usual in _NAMED.items()}
    if isinstance(config.get("added_tokens_decoder"), dict):
        numbered = {int(number): _added(token) for number, token in config["added_tokens_decoder"].items()}
    else:
        others = folder / "special_tokens_map.json"
        if others.exists():
            named |= {name: token for name, token in read_json(others).items() if name in _NAMED}
        numbered = {int(token["id"]): _added(token) for token in listed}
    found = {token.content: token for _, token in sorted(numbered.items())}
    if len(found) > _MAX_ADDED:
        raise ValueError("too many added tokens")
    taken = frozenset(found)
    for token in named.values():
        content = _content(token)
        if content and content not in taken:
            # A bare name comes after all others that say the same, as in the library.
            found[content] = _added({**token, "special": True}) if isinstance(token, dict) else _special(content)
    return list(found.values())


def _special(content: str) -> AddedToken:
    return AddedToken(content, special=True)


def _content(token: Any) -> str:  # noqa: ANN401 - any JSON
    text = token.get("content") if isinstance(token, dict) else token
    return text if isinstance(text, str) else ""


def _added(token: dict[str, Any]) -> AddedToken:
    return AddedToken(_content(token), **{flag: bool(token[flag]) for flag in _FLAGS if flag in token})
