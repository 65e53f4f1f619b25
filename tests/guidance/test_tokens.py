"""Tokens are counted without torch, to the token as the real tokenizer does it; foreign files are refused."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transformers import CLIPTokenizer

from tests.tiny_model import tiny_tokenizer
from zestdesk.errors import UserError
from zestdesk.guidance.binding import compose
from zestdesk.guidance.prompt import bind
from zestdesk.guidance.tokens import TextTokens, read_tokens, require_texts_fit
from zestdesk.resources import resource

BUNDLED = resource("models", "diorama") / "tokenizer"
REAL = CLIPTokenizer.from_pretrained(str(BUNDLED), local_files_only=True)
OURS = read_tokens(BUNDLED)

TEXTS = [
    "",
    "   \n\t ",
    "a cat and a red car on grass under a blue sky",
    "A CAT, It's the cat's — don't! 3,14 (c++) e.g. x_y",
    "猫 кот नमस्ते שלום مرحبا",
    "👩‍🚀🚗 e\u0301 é ﬁ ½ Ⅷ İ ß",
    "a<|endoftext|>b <|startoftext|> <|ENDOFTEXT|> <|STARTOFTEXT|>",
    "a\u00a0cat\u2028on\u3000grass\r\n\x00\x07",
    "word" * 300,
    "!!! ?? ... ,,, aple umbrella",
]
texts = st.text(max_size=40) | st.lists(
    st.sampled_from(["a", "cat", "umbrella ", " 's", "don't", "!", "!!", "🚗", "שלום", "<|endoftext|>", "\n", "7", "É"])
).map("".join)


def same(ours: TextTokens, real: CLIPTokenizer, text: str) -> None:
    expected = real(text, return_offsets_mapping=True, verbose=False)
    assert ours.offsets(text) == expected["offset_mapping"]
    assert ours.count(text) == len(expected.input_ids) - 2
    assert ours.limit == real.model_max_length - 2


@pytest.mark.parametrize("text", TEXTS)
def test_every_token_is_where_the_real_tokenizer_has_it(text: str) -> None:
    same(OURS, REAL, text)


@given(texts)
def test_any_text_has_as_many_tokens_as_in_a_run(text: str) -> None:
    same(OURS, REAL, text)


def write_two_files(folder: Path, config: dict, specials: dict | None = None, added: dict | None = None) -> Path:
    """Write a tokenizer as older models have it."""
    tiny_tokenizer().save_pretrained(folder)
    model = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]
    (folder / "tokenizer.json").unlink()
    (folder / "vocab.json").write_text(json.dumps(model["vocab"]), encoding="utf-8")
    lines = ["#version: 0.2", *(" ".join(pair) for pair in model["merges"])]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps({"model_max_length": 40, **config}), encoding="utf-8")
    if specials:
        (folder / "special_tokens_map.json").write_text(json.dumps(specials), encoding="utf-8")
    if added:
        (folder / "added_tokens.json").write_text(json.dumps(added), encoding="utf-8")
    return folder


def token(content: str, *, kind: bool = True, **flags: bool) -> dict:
    table = {"content": content, "lstrip": False, "rstrip": False, "single_word": False, "normalized": True, **flags}
    return {"__type": "AddedToken", **table} if kind else table


BEGIN, END = "<|startoftext|>", "<|endoftext|>"


@pytest.mark.parametrize(
    ("config", "specials"),
    [
        ({}, None),
        ({"bos_token": token(BEGIN), "eos_token": token(END), "unk_token": token(END), "pad_token": END}, None),
        ({"bos_token": BEGIN, "eos_token": END, "unk_token": END, "pad_token": "!"}, None),
        ({"bos_token": token(BEGIN)}, {"bos_token": token(BEGIN, kind=False), "pad_token": "!"}),
        (
            {
                "added_tokens_decoder": {
                    "0": token("!", kind=False, normalized=False, special=True),
                    "300": token("<cat>", kind=False, lstrip=True, special=False),
                },
                "pad_token": "!",
            },
            None,
        ),
    ],
)
def test_older_folders_count_like_the_real_tokenizer(tmp_path: Path, config: dict, specials: dict | None) -> None:
    folder = write_two_files(tmp_path, config, specials)
    ours, real = read_tokens(folder), CLIPTokenizer.from_pretrained(str(folder), local_files_only=True)
    for text in [*TEXTS, "cat!! !cat!", "a <cat> a<cat>b", "a cat!"]:
        same(ours, real, text)


def test_reading_needs_no_torch() -> None:
    code = (
        "import sys; from zestdesk.guidance.tokens import read_tokens; from zestdesk.resources import resource; "
        "import zestdesk.guidance.vocabulary; read_tokens(resource('models', 'diorama') / 'tokenizer').count('a cat'); "
        "print(*[name for name in ('torch', 'diffusers', 'transformers', 'PySide6') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_half_an_emoji_is_counted_like_a_sign_that_nobody_knows() -> None:
    assert OURS.count("a cat \ud83d") == OURS.count("a cat \ufffd")


def test_a_huge_text_is_over_the_limit_without_being_read_to_its_end() -> None:
    text = "a cat " * 100_000
    assert OURS.limit < OURS.count(text) < 20_000
    assert OURS.count(" " * 50_000 + "a cat") == 2


@pytest.mark.parametrize(
    ("prompt", "labels"),
    [
        ("a cat " * 20, ["a dog"]),
        ("a cat " * 18, ["a dog", "a car"]),
        ("a cat " * 30, []),
        ("a cat on grass", ["dog " * 60]),
        ("a cat on grass", ["a cat"]),
    ],
)
def test_what_a_run_would_refuse_is_refused_with_the_same_sentence(prompt: str, labels: list[str]) -> None:
    def outcome(check: object) -> str:
        try:
            check()  # type: ignore[operator]
        except UserError as error:
            return str(error)
        return ""

    ahead = outcome(lambda: require_texts_fit(OURS, compose(prompt, labels), labels, ""))
    assert ahead == outcome(lambda: bind(REAL, prompt, labels))
    assert bool(ahead) == (len(prompt) > 100 or len(str(labels)) > 100)


def test_a_long_negative_prompt_is_refused() -> None:
    with pytest.raises(UserError, match="has 60 tokens and the model reads 38") as caught:
        require_texts_fit(OURS, compose("a cat", []), [], "cat " * 60)
    assert caught.value.place == "negative_prompt"


def test_known_words_are_one_token() -> None:
    assert OURS.is_one("umbrella")
    assert not OURS.is_one("aple")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(BUNDLED, tmp_path / "tokenizer")


def change(folder: Path, **values: object) -> None:
    path = folder / "tokenizer.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    table["model"] |= values
    path.write_text(json.dumps(table), encoding="utf-8")


@pytest.mark.parametrize(
    "values",
    [
        {"vocab": []},
        {"vocab": {"a": "1"}},
        {"vocab": {"a": -1}},
        {"vocab": {"a": 2**40}},
        {"vocab": {"a": True}},
        {"merges": [["a", "nowhere"]]},
        {"merges": [["a"]]},
        {"merges": [[1, 2]]},
        {"merges": 5},
        {"merges": ["a b c"]},
        {"vocab": {"\ud800": 0}, "merges": []},
    ],
)
def test_a_broken_tokenizer_is_one_sentence(copy: Path, values: dict) -> None:
    change(copy, **values)
    with pytest.raises(UserError, match="tokenizer cannot be read"):
        read_tokens(copy)


@pytest.mark.parametrize("text", ["", "[]", "{", "\xff", "[" * 100_000, '{"model": null}'])
def test_no_json_is_one_sentence(copy: Path, text: str) -> None:
    (copy / "tokenizer.json").write_text(text, encoding="latin-1")
    with pytest.raises(UserError, match="tokenizer cannot be read"):
        read_tokens(copy)


def test_a_huge_tokenizer_is_refused_unread(copy: Path) -> None:
    with (copy / "tokenizer.json").open("r+b") as stream:
        stream.truncate(2**34)
    with pytest.raises(UserError, match="too large"):
        read_tokens(copy)


@pytest.mark.parametrize("length", [None, 1, 10**9, "40", True, 40.0])
def test_a_tokenizer_must_say_its_length(copy: Path, length: object) -> None:
    (copy / "tokenizer_config.json").write_text(json.dumps({"model_max_length": length}))
    with pytest.raises(UserError, match="how long"):
        read_tokens(copy)


def test_missing_files_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="missing"):
        read_tokens(tmp_path)
    (tmp_path / "tokenizer_config.json").write_text('{"model_max_length": 40}')
    with pytest.raises(UserError, match="cannot be read"):
        read_tokens(tmp_path)
