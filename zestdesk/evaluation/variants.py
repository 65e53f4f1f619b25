"""Methods made on the command line: ``"strong: eta=2, tau=0.25, loss=balanced"``. Free of torch."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from zestdesk.errors import UserError
from zestdesk.evaluation.methods import METHODS, Draw, Method
from zestdesk.guidance.request import CancelToken, GenerationRequest, GenerationResult
from zestdesk.options import GuidanceOptions

if TYPE_CHECKING:
    from zestdesk.evaluation.cases import Measurer
    from zestdesk.guidance.models import Model

__all__ = ["SETTINGS", "Variant", "file_name", "parse_methods", "parse_variant"]

SETTINGS: Final = ("eta", "tau", "guidance_scale", "steps", "scheduler", "negative_prompt")
"""What a variant may set of a request, besides the method's own options."""

_NAME: Final = re.compile(r"[\w+=()-](?:[\w .+=()-]{0,58}[\w+=()-])?")
"""A folder is called so: no dot at either end, or ".." would be the folder above."""
_PLACE: Final = "--variant"


def file_name(name: str) -> str:
    """Return a method's name as a folder is called."""
    return name.replace(" ", "_").casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant(Method):
    """A method made on the command line.

    Attributes:
        given: the settings that were named.
    """

    given: Mapping[str, Any]


def parse_methods(names: str, variants: list[str]) -> list[Method]:
    """Return the methods to run, in their order, variants last.

    Args:
        names: of :data:`METHODS`, with commas between them; ``"all"`` for all of them; may be empty.
        variants: as :func:`parse_variant` takes them.

    Raises:
        UserError: when there is no such method, none at all, or two of one name.
    """
    asked = [name.strip() for name in names.split(",") if name.strip()]
    if asked == ["all"]:
        asked = list(METHODS)
    for name in asked:
        if name not in METHODS:
            raise UserError(f"There is no method “{name}”; choose all or some of {', '.join(METHODS)}.", "--methods")
    methods = [METHODS[name] for name in dict.fromkeys(asked)] + [parse_variant(text) for text in variants]
    if not methods:
        raise UserError("No method is named; choose some, or give a --variant.", "--methods")
    taken: set[str] = set()
    for method in methods:
        if file_name(method.name) in taken:
            raise UserError(f"“{method.name}” is the name of two methods; give the variant another.", _PLACE)
        taken.add(file_name(method.name))
    return methods


def parse_variant(text: str) -> Variant:
    """Return a method of the program's own sampler with settings of its own.

    What is not named is as in a new request: ZestGuide with the options' defaults.

    Args:
        text: a name, a colon, and ``key=value`` pairs with commas between them. Keys are those of :data:`SETTINGS` and
            of :class:`~zestdesk.options.GuidanceOptions`.

    Raises:
        UserError: when it cannot be read, a key is unknown, or a value is out of its range.
    """
    name, colon, listing = text.partition(":")
    name = name.strip()
    if not colon or not _NAME.fullmatch(name):
        raise UserError(
            f"“{text}” is no variant; write a short name, a colon and settings: strong: eta=2, tau=0.25.", _PLACE
        )
    given: dict[str, Any] = {}
    for item in filter(None, (part.strip() for part in listing.split(","))):
        key, sign, value = (part.strip() for part in item.partition("="))
        if not sign or not value:
            raise UserError(f"“{item}” has no value; write {key or 'eta'}=1.", f"{_PLACE} {name}")
        if key in given:
            raise UserError(f"“{key}” is set twice; leave one.", f"{_PLACE} {name}")
        given[key] = _value(key, value, f"{_PLACE} {name}")
    options = {key: value for key, value in given.items() if key in GuidanceOptions.names()}
    settings = {key: value for key, value in given.items() if key not in options}
    try:
        chosen = GuidanceOptions(**options)
        GenerationRequest(prompt="", width=8, height=8, **settings)  # looks at the ranges
    except UserError as error:
        raise UserError(error.message, f"{_PLACE} {name}: {error.place}") from error
    return Variant(name=name, title=name, paper="", draw=_through_sampler(settings, chosen), given=given)


def _through_sampler(settings: Mapping[str, Any], options: GuidanceOptions) -> Draw:
    def draw(
        request: GenerationRequest,
        model: "Model",
        segmenter: "Measurer",  # noqa: ARG001 - asked by others
        cancel: CancelToken | None = None,
    ) -> GenerationResult:
        from zestdesk.guidance.sampler import generate

        return generate(replace(request, options=options, **settings), model, cancel=cancel)

    return draw


def _value(key: str, text: str, place: str) -> Any:  # noqa: ANN401 - of the type that the key has
    kinds = {item.name: type(_default(item)) for item in fields(GuidanceOptions)}
    kinds |= {item.name: type(_default(item)) for item in fields(GenerationRequest) if item.name in SETTINGS}
    if key not in kinds:
        raise UserError(f"There is no setting “{key}”; choose from {', '.join(sorted(kinds))}.", place)
    if kinds[key] is bool:
        if text.casefold() not in {"true", "false"}:
            raise UserError(f"“{text}” is neither true nor false.", f"{place}: {key}")
        return text.casefold() == "true"
    try:
        return kinds[key](text)
    except ValueError:
        what = "whole number" if kinds[key] is int else "number"
        raise UserError(f"“{text}” is no {what}; write one.", f"{place}: {key}") from None


def _default(item: "Field[Any]") -> Any:  # noqa: ANN401
    return None if item.default is MISSING else item.default
