"""Layers on the clipboard: a layout's JSON for this program, and outlines as SVG for others.

Whatever comes from a clipboard is as foreign as a file, and is held to the same limits; it names no files.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from PySide6.QtCore import QMimeData, QRect

from zestdesk.document.layers import BrushLayer, Layer, ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.errors import UserError
from zestdesk.files.fields import dump_json, parse_json
from zestdesk.files.layout_images import MAX_MASK_BYTES
from zestdesk.files.layout_json import layout_from_dict, layout_to_dict
from zestdesk.files.limits import MAX_LAYOUT_BYTES
from zestdesk.files.svg_path import check_path, parse_path_data, path_data

__all__ = ["LAYERS", "pack_layers", "unpack_layers"]

LAYERS: Final = "application/vnd.zestdesk.layers+json"
"""The format that holds everything about layers."""

_SVG: Final = "image/svg+xml"
_KEYS: Final = ("zestdesk", "canvas", "groups", "layers")
_PATH_DATA: Final = re.compile(r"\s*[Mm][\s\d.,+-]")
_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLACE: Final = "clipboard"


def pack_layers(layers: Sequence[Layer], canvas: tuple[int, int]) -> QMimeData:
    """Return what to put on the clipboard for layers of a canvas.

    Raises:
        UserError: they are more than could be read again.
    """
    everything = layout_to_dict(LayoutState(canvas=canvas, layers=tuple(layers)))
    text = dump_json({key: everything[key] for key in _KEYS if key in everything})
    if len(text) > MAX_LAYOUT_BYTES:
        raise UserError("These layers are too large for the clipboard; copy fewer at a time.")
    data = QMimeData()
    data.setData(LAYERS, text)
    shapes = [layer for layer in layers if isinstance(layer, ShapeLayer)]
    if shapes:
        data.setData(_SVG, _svg(shapes, canvas).encode())
        data.setText("\n".join(path_data(layer.path) for layer in shapes))
    return data


def _svg(shapes: Sequence[ShapeLayer], canvas: tuple[int, int]) -> str:
    width, height = canvas
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">']
    lines += [
        f"<path d={quoteattr(path_data(layer.path))} fill={quoteattr(layer.colour)} "
        f'fill-rule="evenodd"><title>{escape(_NOT_IN_XML.sub("", layer.label))}</title></path>'
        for layer in reversed(shapes)  # the lowest comes first
    ]
    return "\n".join([*lines, "</svg>"])


def unpack_layers(data: QMimeData | None, canvas: tuple[int, int]) -> tuple[Layer, ...]:
    """Return the layers that a clipboard holds, upper first, with masks of the canvas's size.

    A layout's JSON and SVG path data are taken as plain text, too.

    Args:
        data: what is on the clipboard; None where the desktop gives nothing out, as it may for an empty one.
        canvas: where they shall go.

    Raises:
        UserError: there are none, or they are no good.
    """
    if data is not None and data.hasFormat(LAYERS):
        layers = _parsed(bytes(data.data(LAYERS).data()))
    else:
        text = data.text() if data is not None and data.hasText() else ""
        if text.lstrip().startswith("{"):
            layers = _parsed(text.encode(errors="replace"))
        elif _PATH_DATA.match(text):
            layers = (_shape(text, canvas),)
        else:
            raise UserError("The clipboard holds no layers, and no SVG path data that could become one.")
    if not layers:
        raise UserError("There are no layers in what was copied.")
    return _framed(layers, QRect(0, 0, *canvas))


def _framed(layers: Sequence[Layer], frame: QRect) -> tuple[Layer, ...]:
    """Return the layers with masks of a size; those that share a mask share the new one."""
    masks = [layer.mask for layer in layers if isinstance(layer, BrushLayer)]
    # A few bytes can name a thousand small masks, or one a thousand times: what each takes, the canvas decides.
    if len(masks) * frame.width() * frame.height() > MAX_MASK_BYTES:
        raise UserError("The masks that were copied are too large together for this canvas; copy fewer at a time.")
    others = {mask.cacheKey(): mask for mask in masks if mask.rect() != frame}
    framed = {key: mask.copy(frame) for key, mask in others.items()}
    return tuple(
        replace(layer, mask=framed[layer.mask.cacheKey()])
        if isinstance(layer, BrushLayer) and layer.mask.cacheKey() in framed
        else layer
        for layer in layers
    )


def _parsed(text: bytes) -> tuple[Layer, ...]:
    if len(text) > MAX_LAYOUT_BYTES:
        raise UserError("What was copied is too large.", _PLACE)
    return layout_from_dict(parse_json(text, _PLACE), None).layers


def _shape(text: str, canvas: tuple[int, int]) -> ShapeLayer:
    path = parse_path_data(text, _PLACE)
    check_path(path, canvas, _PLACE)
    if path.boundingRect().isEmpty():
        raise UserError("The outline that was copied encloses nothing.", _PLACE)
    return ShapeLayer(path=path)
