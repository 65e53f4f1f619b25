"""Settings in files: a flat table, in which every key has its default; the options of the guidance among them."""

from typing import Any

from zestdesk.document.settings import Settings
from zestdesk.errors import UserError
from zestdesk.files.fields import Fields
from zestdesk.guidance.request import SCHEDULERS
from zestdesk.options import CHOICES, RANGES, GuidanceOptions

__all__ = ["changed_options", "options_dict", "parse_options", "parse_settings", "settings_dict"]


def parse_settings(fields: Fields) -> Settings:
    """Return the settings that stand in ``fields``.

    Raises:
        UserError: with the place.
    """
    default = Settings()
    size: tuple[int, int] | None = None
    if fields.has("size") and fields.raw("size") is not None:
        width, height = fields.wholes("size", 2)
        size = width, height
    scheduler = fields.text("scheduler", default.scheduler, 100)
    if scheduler not in SCHEDULERS:
        raise fields.error(
            "scheduler",
            "There is no “{scheduler}”; choose one of {choices}.",
            scheduler=scheduler,
            choices=", ".join(SCHEDULERS),
        )
    try:
        return Settings(
            model=fields.text("model", default.model, 4096),
            steps=fields.whole("steps", default.steps),
            scheduler=scheduler,
            guidance_scale=fields.number("guidance_scale", default.guidance_scale),
            eta=fields.number("eta", default.eta),
            tau=fields.number("tau", default.tau),
            seed=fields.whole("seed", default.seed),
            size=size,
            **parse_options(fields),
        )
    except UserError as error:
        if error.place.startswith(fields.place):
            raise
        raise error.at(fields.place) from error


def settings_dict(settings: Settings) -> dict[str, Any]:
    """Return what :func:`parse_settings` makes the same settings of: all of them, for defaults may change one day."""
    values = {name: getattr(settings, name) for name in Settings.names()}
    return values if settings.size is None else {**values, "size": list(settings.size)}


def parse_options(fields: Fields) -> dict[str, Any]:
    """Return the options by their names; one that is missing has its default.

    Args:
        fields: the JSON object that holds them, among other keys.

    Raises:
        UserError: a word or a number that is none of an option's, with its place.
    """
    default = GuidanceOptions()
    values: dict[str, Any] = {}
    for name, words in CHOICES.items():
        values[name] = fields.text(name, getattr(default, name), 100)
        if values[name] not in words:
            raise fields.error(
                name, "There is no “{values}”; choose one of {choices}.", values=values[name], choices=", ".join(words)
            )
    for name, (low, high) in RANGES.items():
        if isinstance(low, int):
            values[name] = fields.whole(name, getattr(default, name), low, int(high))
        else:
            values[name] = float(fields.number(name, getattr(default, name), low, high))
    return values


def options_dict(options: GuidanceOptions) -> dict[str, Any]:
    """Return what :func:`parse_options` makes the same options of; all of them, too."""
    return {name: getattr(options, name) for name in GuidanceOptions.names()}


def changed_options(options: GuidanceOptions) -> dict[str, Any]:
    """Return the options that are not at their defaults, by their names."""
    default = GuidanceOptions()
    return {name: value for name, value in options_dict(options).items() if value != getattr(default, name)}
