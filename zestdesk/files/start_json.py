"""The picture to begin with, within a layout's JSON."""

from typing import Any

from zestdesk.document.start import DEFAULT_STRENGTH, StartPicture
from zestdesk.errors import UserError
from zestdesk.files.fields import Extra, Fields
from zestdesk.files.layout_images import ImageNames, ImageReader
from zestdesk.files.limits import ID, MAX_LAYERS, MAX_LAYOUT_BYTES

__all__ = ["parse_start", "start_dict"]


def parse_start(fields: Fields, images: ImageReader, extra: Extra | None, key: str) -> StartPicture | None:
    """Return what stands at ``start``; None where nothing does.

    Args:
        fields: the layout.
        images: gets the picture.
        extra: where keys that are not known go, under ``key``; without it they are errors.
        key: see ``extra``.

    Raises:
        UserError: with the place.
    """
    if not fields.has("start") or fields.raw("start") is None:
        return None
    item = fields.table("start")
    ids = item.items("layers", MAX_LAYERS) if item.has("layers") else []
    if not all(isinstance(each, str) and ID.fullmatch(each) for each in ids):
        raise item.error("layers", "Ids of layers belong here, in quotes.")
    name, place = item.text("picture", limit=MAX_LAYOUT_BYTES), item.place_of("picture")
    image, strength = images.picture(name, place), item.number("strength", DEFAULT_STRENGTH)
    if extra is None:
        item.refuse_rest()
    elif rest := item.rest():
        extra[key] = rest
    try:
        return StartPicture(image=image, strength=strength, layer_ids=tuple(dict.fromkeys(ids)))
    except UserError as error:
        raise error.elsewhere(item.place_of(error.place.rpartition(".")[2])) from error


def start_dict(start: StartPicture, names: ImageNames) -> dict[str, Any]:
    """Return what :func:`parse_start` makes the same of."""
    data: dict[str, Any] = {"picture": names.picture(start.image), "strength": start.strength}
    if start.layer_ids:
        data["layers"] = list(start.layer_ids)
    return data
