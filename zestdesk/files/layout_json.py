"""The layout JSON: a layout that people and scripts can write by hand, with masks as grey images beside it.

The same keys describe a layout within a ``.zest`` project and within an exported picture; there, a mask is a member of
the archive, or stands in the text as a data URL.
"""

import re
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from zestdesk.document.groups import first_stray, groups_of
from zestdesk.document.guides import MAX_GUIDE_POSITION, MAX_GUIDES, Guide, sorted_guides
from zestdesk.document.layers import (
    PALETTE,
    BrushLayer,
    Group,
    Layer,
    ShapeLayer,
    guides_throughout,
    new_layer_id,
    shape_path,
)
from zestdesk.document.layout import LayoutState
from zestdesk.document.settings import MAX_CANVAS
from zestdesk.errors import UserError
from zestdesk.files.atomic import read_bytes
from zestdesk.files.fields import Extra, Fields, parse_json
from zestdesk.files.layout_images import ImageNames, ImageReader, ImagesBeside, ImagesWithin
from zestdesk.files.limits import ID, MAX_LAYERS, MAX_LAYOUT_BYTES
from zestdesk.files.settings_json import parse_settings, settings_dict
from zestdesk.files.start_json import parse_start, start_dict
from zestdesk.files.svg_path import MAX_COORDINATE, MAX_CROSSINGS, check_path, parse_path_data, path_data

__all__ = ["layout_from_dict", "layout_to_dict", "parse_layout", "read_layout", "state_to_dict"]

VERSION: Final = 1
MAX_CROSSINGS_IN_ALL: Final = 2 * MAX_CROSSINGS
"""Of all outlines of a layout together, see :func:`zestdesk.files.svg_path.crossings`."""

_SHAPES: Final = ("ellipse", "mask", "path", "rectangle")
_COLOUR: Final = re.compile("#[0-9a-f]{6}", re.IGNORECASE)


def read_layout(path: Path) -> LayoutState:
    """Return the layout that a JSON file describes.

    Raises:
        UserError: with the file's name and the place in it.
    """
    try:
        return layout_from_dict(parse_json(read_bytes(path, MAX_LAYOUT_BYTES)), path.parent)
    except UserError as error:
        if error.place == path.name:
            raise
        raise error.within(path.name) from error


def layout_from_dict(data: object, folder: Path | None) -> LayoutState:
    """Return the layout that parsed JSON describes.

    Args:
        data: the JSON's value.
        folder: where images lie; only files within it are read. None: they stand in the text, and no file is read.

    Raises:
        UserError: with the place, for example ``layers[3].path``; a key that is not known is an error too.
    """
    fields = Fields(data)
    version = fields.whole("zestdesk", VERSION)
    if version != VERSION:
        raise fields.error(
            "zestdesk",
            "This layout is of version {version}; this program reads version {ours}.",
            version=version,
            ours=VERSION,
        )
    return parse_layout(fields, ImagesBeside(folder))


def layout_to_dict(state: LayoutState) -> dict[str, Any]:
    """Return what :func:`layout_from_dict` makes the same layout of; images stand within, as data URLs."""
    return {"zestdesk": VERSION, **state_to_dict(state, ImagesWithin())}


def parse_layout(fields: Fields, images: ImageReader, extra: Extra | None = None, key: str = "layout") -> LayoutState:
    """Return the layout that stands in ``fields``.

    Args:
        fields: the JSON object.
        images: gets the images behind their names.
        extra: where keys that are not known go, under ``key``, ``key/settings``, ``key/layers/<id>``,
            ``key/groups/<id>``, ``key/guides`` and ``key/start``; without it they are errors.
        key: see ``extra``.

    Raises:
        UserError: with the place.
    """
    width, height = fields.numbers("canvas", 2) if fields.has("canvas") else (512, 512)
    if not all(isinstance(side, int) and 1 <= side <= MAX_CANVAS for side in (width, height)):
        raise fields.error("canvas", "The canvas has two whole sides of 1 to {most} pixels.", most=MAX_CANVAS)
    canvas = int(width), int(height)
    groups, collapsed = _parse_groups(fields, extra, key)
    layers: list[Layer] = []
    length = 0.0
    for index, item in enumerate(fields.tables("layers", MAX_LAYERS)):
        layer = _parse_layer(item, index, canvas, images, groups)
        if any(layer.id == other.id for other in layers):
            raise item.error("id", "Another layer has this id already.")
        if isinstance(layer, ShapeLayer):
            length += check_path(layer.path, canvas, item.place)
            if length > MAX_CROSSINGS_IN_ALL:
                raise UserError("The outlines up to this one are too long together; simplify them.", item.place)
        _keep_rest(item, extra, f"{key}/layers/{layer.id}")
        layers.append(layer)
    if (stray := first_stray(layers)) is not None:
        text = "The layers of a group have to follow one another; move this one to the others."
        raise fields.error(f"layers[{stray}].group", text)
    settings = fields.table("settings")
    state = LayoutState(
        canvas=canvas,
        layers=tuple(layers),
        prompt=fields.text("prompt", ""),
        negative_prompt=fields.text("negative_prompt", ""),
        settings=parse_settings(settings),
        collapsed=collapsed,
        guides=_parse_guides(fields.table("guides"), extra, f"{key}/guides"),
        start=parse_start(fields, images, extra, f"{key}/start"),
    )
    _keep_rest(settings, extra, f"{key}/settings")
    _keep_rest(fields, extra, key, ("$schema", "comment"))
    return state


def _keep_rest(fields: Fields, extra: Extra | None, key: str, allowed: tuple[str, ...] = ()) -> None:
    if extra is None:
        fields.refuse_rest(allowed)
    elif rest := fields.rest():
        extra[key] = rest


def _parse_groups(fields: Fields, extra: Extra | None, key: str) -> tuple[dict[str, Group], frozenset[str]]:
    """Return the groups by their ids, and which of them are folded; one without layers is forgotten by itself."""
    groups: dict[str, Group] = {}
    collapsed = set()
    for item in fields.tables("groups", MAX_LAYERS):
        group = Group(
            name=item.text("name", ""),
            visible=item.flag("visible", default=True),
            locked=item.flag("locked", default=False),
            id=_parse_id(item, item.text("id", limit=64)),
        )
        if group.id in groups:
            raise item.error("id", "Another group has this id already.")
        if item.flag("collapsed", default=False):
            collapsed.add(group.id)
        groups[group.id] = group
        _keep_rest(item, extra, f"{key}/groups/{group.id}")
    return groups, frozenset(collapsed)


def _parse_guides(fields: Fields, extra: Extra | None, key: str) -> tuple[Guide, ...]:
    guides: list[Guide] = []
    for orientation in ("horizontal", "vertical"):
        positions = fields.numbers(orientation) if fields.has(orientation) else []
        for position in positions:
            if abs(position) > MAX_GUIDE_POSITION:
                text = "A guide lies at most {most:.0f} pixels from the canvas's corner."
                raise fields.error(orientation, text, most=MAX_GUIDE_POSITION)
            guides.append(Guide(orientation, position))
    found = sorted_guides(guides)
    if len(found) > MAX_GUIDES:
        raise UserError(
            "There are {count} guides; at most {most} are allowed.", fields.place, count=len(found), most=MAX_GUIDES
        )
    _keep_rest(fields, extra, key)
    return found


def _parse_id(fields: Fields, text: str) -> str:
    if not ID.fullmatch(text):
        raise fields.error("id", "An id has 1 to 64 letters, digits, “-” or “_”.")
    return text


def _parse_layer(
    fields: Fields, index: int, canvas: tuple[int, int], images: ImageReader, groups: dict[str, Group]
) -> Layer:
    shapes = [name for name in _SHAPES if fields.has(name)]
    if len(shapes) != 1:
        missing = "A layer has one of ellipse, mask, path and rectangle, which is missing."
        text = "A layer has one of ellipse, mask, path and rectangle, not more: {found}." if shapes else missing
        raise UserError(text, fields.place, found=", ".join(shapes))
    colour = fields.text("colour", PALETTE[index % len(PALETTE)], 7)
    if not _COLOUR.fullmatch(colour):
        raise fields.error("colour", "A colour is written as #rrggbb.")
    group_id = fields.text("group", "", 64)
    if group_id and group_id not in groups:
        raise fields.error(
            "group", "There is no group “{group_id}”; list it under “groups”, or leave this out.", group_id=group_id
        )
    start, end = fields.number("start", 0.0, 0, 1), fields.number("end", 1.0, 0, 1)
    if end < start:
        raise fields.error("end", "A layer cannot stop guiding before it starts; “end” is “start” or more.")
    common: dict[str, Any] = {
        "label": fields.text("label", ""),
        "colour": colour,
        "weight": fields.number("weight", 1.0, 0, 10),
        "start": start,
        "end": end,
        "visible": fields.flag("visible", default=True),
        "locked": fields.flag("locked", default=False),
        "group": groups.get(group_id),
        "id": _parse_id(fields, fields.text("id", "", 64) if fields.has("id") else new_layer_id()),
    }
    if shapes == ["mask"]:
        name = fields.text("mask", limit=MAX_LAYOUT_BYTES)
        return BrushLayer(mask=images.mask(name, canvas, fields.place_of("mask")), **common)
    path, kind = _parse_shape(fields, shapes[0])
    return ShapeLayer(path=path, kind=kind, **common)


def _parse_shape(fields: Fields, shape: str) -> tuple[QPainterPath, str]:
    if shape == "path":
        kind = fields.text("kind", "path", 20)
        if kind not in ("ellipse", "path", "rectangle"):
            raise fields.error("kind", "This is one of ellipse, path and rectangle.")
        return parse_path_data(fields.text("path", limit=MAX_LAYOUT_BYTES), fields.place_of("path")), kind
    x, y, width, height = fields.numbers(shape, 4)
    if width <= 0 or height <= 0:
        raise fields.error(shape, "Width and height (the last two numbers) have to be above 0.")
    if max(abs(x), abs(y), width, height) > MAX_COORDINATE:
        raise fields.error(shape, "No number may be beyond {most:.0f}.", most=MAX_COORDINATE)
    return shape_path(shape, QRectF(x, y, width, height)), shape


def state_to_dict(
    state: LayoutState, names: ImageNames, extra: Extra | None = None, key: str = "layout"
) -> dict[str, Any]:
    """Return what :func:`parse_layout` makes the same layout of.

    Args:
        state: the layout.
        names: says what to write for images.
        extra: keys of other versions to write beside ours, as :func:`parse_layout` found them.
        key: see there.

    Raises:
        UserError: an outline is more than can be read again.
    """
    extra = extra or {}
    layers = []
    for index, layer in enumerate(state.layers):
        if isinstance(layer, ShapeLayer):
            check_path(layer.path, state.canvas, f"layers[{index}]")
        elif not layer.mask.isNull() and layer.mask.size().toTuple() != state.canvas:
            raise ValueError("a brush layer's mask has not the canvas's size")
        layers.append({**_layer_to_dict(layer, names), **extra.get(f"{key}/layers/{layer.id}", {})})
    groups = [
        {**_group_to_dict(group, state), **extra.get(f"{key}/groups/{group.id}", {})}
        for group in groups_of(state.layers)
    ]
    guides = {**_guides_to_dict(state.guides), **extra.get(f"{key}/guides", {})}
    start: dict[str, Any] = {}
    if state.start is not None:
        start = {**start_dict(state.start, names), **extra.get(f"{key}/start", {})}
    return {
        "canvas": list(state.canvas),
        "prompt": state.prompt,
        "negative_prompt": state.negative_prompt,
        **({"groups": groups} if groups else {}),  # layouts without stay readable to older versions
        "layers": layers,
        **({"guides": guides} if guides else {}),
        **({"start": start} if start else {}),
        "settings": {**settings_dict(state.settings), **extra.get(f"{key}/settings", {})},
        **extra.get(key, {}),
    }


def _layer_to_dict(layer: Layer, names: ImageNames) -> dict[str, Any]:
    data: dict[str, Any] = {"label": layer.label}
    if isinstance(layer, BrushLayer):
        data["mask"] = "" if layer.mask.isNull() else names.mask(layer.mask)
    elif layer.kind != "path" and (bounds := _plain_bounds(layer)) is not None:
        data[layer.kind] = bounds
    else:
        data["path"] = path_data(layer.path)
        if layer.kind != "path":
            data["kind"] = layer.kind
    for name in ("weight", "colour", "visible", "locked", "id"):
        data[name] = getattr(layer, name)
    if not guides_throughout(layer):
        data["start"], data["end"] = layer.start, layer.end
    if layer.group is not None:
        data["group"] = layer.group.id
    return data


def _group_to_dict(group: Group, state: LayoutState) -> dict[str, Any]:
    names = ("id", "name", "visible", "locked")
    return {**{name: getattr(group, name) for name in names}, "collapsed": group.id in state.collapsed}


def _guides_to_dict(guides: tuple[Guide, ...]) -> dict[str, Any]:
    """Return the positions by orientation; whole ones are written as whole numbers."""
    data: dict[str, Any] = {}
    for guide in guides:
        whole = float(guide.position).is_integer()
        data.setdefault(guide.orientation, []).append(int(guide.position) if whole else guide.position)
    return data


def _plain_bounds(layer: ShapeLayer) -> list[float] | None:
    """Return [x, y, width, height] if they alone make the same path again, to the last bit."""
    bounds = layer.path.controlPointRect()
    if bounds.width() <= 0 or bounds.height() <= 0:
        return None
    if path_data(shape_path(layer.kind, bounds)) != path_data(layer.path):
        return None
    return [bounds.x(), bounds.y(), bounds.width(), bounds.height()]
