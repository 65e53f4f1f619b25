import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tiny_model import tiny_tokenizer
from zestdesk.errors import UserError
from zestdesk.guidance.prompt import bind, tokenise

TOKENIZER = tiny_tokenizer()


def texts(bound, index):
    """The text that a label's tokens stand for, as the tokenizer itself decodes it."""
    return TOKENIZER.decode(bound.ids[0, list(bound.tokens[index])]).strip()


def test_tokens_are_those_of_the_label():
    bound = bind(TOKENIZER, "a red cat under a blue sky", ["a blue sky", "a red cat"])
    assert bound.tokens == ((5, 6, 7), (1, 2, 3))
    assert texts(bound, 0) == "a blue sky"
    assert bound.ids.shape == (1, 40)
    assert bound.count == 9
    assert bound.ids[0, 0] == TOKENIZER.bos_token_id
    assert bound.ids[0, 8] == TOKENIZER.eos_token_id


def test_labels_that_share_words_share_no_tokens():
    bound = bind(TOKENIZER, "a red car and a red kite", ["a red kite", "a red car"])
    assert not set(bound.tokens[0]) & set(bound.tokens[1])
    assert texts(bound, 0) == "a red kite"
    assert texts(bound, 1) == "a red car"


@pytest.mark.parametrize(
    "label", ["猫", "кот", "🚗", "café", "cafe\u0301", "नमस्ते", "A RED CAT", "c++", "e.g. 3,14", "👩‍🚀"]
)
def test_any_script_has_tokens(label):
    bound = bind(TOKENIZER, "a cat on grass", [label, "grass"])
    assert bound.tokens[0]
    assert not set(bound.tokens[0]) & set(bound.tokens[1])
    assert texts(bound, 1) == "grass"
    # The label stands last, so that its tokens reach up to the end token.
    assert bound.tokens[0][-1] == bound.count - 2


@given(
    prompt=st.text(max_size=12),
    names=st.lists(st.text("aéЯ猫🚗 -,'", min_size=1, max_size=3).filter(str.strip), min_size=1, max_size=3),
)
def test_tokens_lie_between_begin_and_end(prompt, names):
    try:
        bound = bind(TOKENIZER, prompt, names)
    except UserError as error:
        assert error.place in {"prompt", "label"}  # noqa: PT017 - an error is one of two right answers
        return
    for positions in bound.tokens:
        assert positions
        assert list(positions) == sorted(set(positions))
        assert positions[0] >= 1
        assert positions[-1] <= bound.count - 2


@pytest.mark.parametrize("label", ["", "  ", "\n"])
def test_a_label_without_words_is_an_error(label):
    with pytest.raises(UserError, match=r"Segment 2 has no label; write") as caught:
        bind(TOKENIZER, "a cat", ["a cat", label])
    assert caught.value.place == "segments[1].label"


def test_a_label_that_ends_at_the_limit_fits_and_one_token_more_does_not():
    fits = "red " * 35 + "a blue sky"
    bound = bind(TOKENIZER, fits, ["a blue sky"])
    assert bound.tokens == ((36, 37, 38),)
    assert bound.ids[0, 39] == TOKENIZER.eos_token_id
    with pytest.raises(UserError, match="“a blue sky” falls past the model's limit of 38 tokens"):
        bind(TOKENIZER, f"red {fits}", ["a blue sky"])


def test_a_label_longer_than_the_limit_says_so():
    label = "red " * 50
    with pytest.raises(UserError, match="is longer than the model's limit of 38 tokens") as caught:
        bind(TOKENIZER, "", [label])
    assert len(str(caught.value)) < 200


def test_a_prompt_longer_than_the_limit_is_never_cut_in_silence():
    with pytest.raises(UserError, match="42 tokens and the model reads 38") as caught:
        bind(TOKENIZER, "a cat" + " red" * 40, ["a cat"])
    assert caught.value.place == "prompt"


def test_no_text_is_padding_between_begin_and_end():
    ids = tokenise(TOKENIZER, "", "negative_prompt")
    assert ids.shape == (1, 40)
    assert ids[0, 0] == TOKENIZER.bos_token_id
    assert (ids[0, 1:] == TOKENIZER.eos_token_id).all()


def test_encoding_keeps_no_graph(tiny_model):
    states = tiny_model.text.encode("a cat", "prompt", (32, 32)).states
    assert states.shape == (1, 40, 32)
    assert not states.requires_grad


def test_articles_are_bound_but_not_read():
    labels = ["a cat", "The  sky", "an anchor"]
    bound = bind(TOKENIZER, "a cat on the sky with an anchor", labels)
    for label, positions, words in zip(labels, bound.tokens, bound.words, strict=True):
        article, noun = label.split()
        assert TOKENIZER.decode(bound.ids[0, list(positions)]).split() == [article.lower(), noun]
        assert TOKENIZER.decode(bound.ids[0, list(words)]).split() == [noun]


def test_a_label_that_begins_like_an_article_or_is_one_is_read_whole():
    bound = bind(TOKENIZER, "anchor and theatre", ["anchor", "theatre", "a"])
    assert bound.words == bound.tokens
