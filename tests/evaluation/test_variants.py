"""Methods made on the command line."""

import pytest

from zestdesk.errors import UserError
from zestdesk.evaluation.methods import METHODS
from zestdesk.evaluation.names import DEFAULT_METHODS
from zestdesk.evaluation.variants import SETTINGS, parse_methods, parse_variant
from zestdesk.guidance.request import GenerationRequest


def test_a_variant_draws_with_what_it_names_and_keeps_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr("zestdesk.guidance.sampler.generate", lambda request, *_, **__: asked.append(request))
    variant = parse_variant("strong one: eta = 2,tau=0.25, pww=0.4,loss=balanced, best_maps=5, scheduler=euler")
    variant.draw(GenerationRequest(prompt="a cat", width=8, height=8, seed=4), None, None, None)  # type: ignore[arg-type]
    (request,) = asked
    assert (request.eta, request.tau, request.scheduler, request.seed) == (2.0, 0.25, "euler", 4)
    assert (request.options.pww, request.options.loss, request.options.best_maps) == (0.4, "balanced", 5)
    assert request.options.maps == "family"
    assert variant.name == variant.title == "strong one"


def test_methods_come_in_the_order_they_are_named_in() -> None:
    chosen = parse_methods("zestguide, none,zestguide", ["a: eta=1", "b:"])
    assert [method.name for method in chosen] == ["zestguide", "none", "a", "b"]
    assert [method.name for method in parse_methods("all", [])] == list(METHODS)
    assert set(DEFAULT_METHODS) <= set(METHODS)
    assert [method.name for method in parse_methods("", ["a: eta=1"])] == ["a"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("eta=2", "colon"),
        (": eta=2", "name"),
        ("../up: eta=2", "name"),
        ("..: eta=2", "name"),
        (".: eta=2", "name"),
        ("a: eta", "no value"),
        ("a: eta=1, eta=2", "twice"),
        ("a: eta=much", "no number"),
        ("a: best_maps=1.5", "whole number"),
        ("a: eta=-1", "out of range"),
        ("a: pww=99", "out of range"),
        ("a: loss=none", "choose one of"),
        ("a: scheduler=none", "choose one of"),
        ("a: prompt=x", "no setting"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_that_names_the_variant(text: str, word: str) -> None:
    with pytest.raises(UserError, match=word) as caught:
        parse_variant(text)
    assert caught.value.place.startswith("--variant")


@pytest.mark.parametrize(
    ("names", "variants"), [("none", ["none: eta=1"]), ("", []), ("none", ["A b: eta=1", "a_B: eta=2"])]
)
def test_names_are_unlike_and_there_is_at_least_one(names: str, variants: list[str]) -> None:
    with pytest.raises(UserError):
        parse_methods(names, variants)


def test_every_setting_is_one_of_a_request() -> None:
    request = GenerationRequest(prompt="", width=8, height=8)
    assert all(hasattr(request, name) for name in SETTINGS)
