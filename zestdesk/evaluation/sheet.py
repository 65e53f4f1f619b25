"""A sheet of pictures: every layout, and what each method made of it."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from zestdesk.document.layers import PALETTE
from zestdesk.evaluation.cases import Case, Data
from zestdesk.evaluation.methods import Method
from zestdesk.evaluation.work import WorkFolder
from zestdesk.guidance.request import Picture

__all__ = ["MOST_ROWS", "method_sheet", "plan"]

MOST_ROWS: Final = 60
"""So many layouts a sheet shows at most."""

_SIDE: Final = 160
_GAP: Final = 6
_HEAD: Final = 26
_INK: Final = (32, 32, 36)


def plan(case: Case, side: int = _SIDE) -> Image.Image:
    """Return a layout as coloured regions with their labels on them, fitted into a square."""
    request = case.request
    ground = np.full((request.height, request.width, 3), 246, np.uint8)
    for index, segment in enumerate(request.segments):
        colour = PALETTE[index % len(PALETTE)]
        ground[segment.mask >= 0.5] = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    image = _fitted(ground, side)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(11)
    for segment in request.segments:
        if not (segment.mask >= 0.5).any():
            continue
        row, column = _middle(segment.mask >= 0.5)
        x, y = column / request.width * image.width, row / request.height * image.height
        half = draw.textlength(segment.label, font) / 2
        x = min(max(x, half + 2), max(image.width - half - 2, half + 2))
        draw.text((x, y), segment.label, _INK, font, anchor="mm", stroke_width=2, stroke_fill="white")
    return image


def _middle(mask: NDArray[np.bool_]) -> tuple[float, float]:
    """Return (row, column) of a place well inside a mask, where its label does not cover another."""
    rest = np.pad(mask, 1)
    while True:
        # What a step of erosion takes away last is innermost.
        inner = rest[1:-1, 1:-1] & rest[:-2, 1:-1] & rest[2:, 1:-1] & rest[1:-1, :-2] & rest[1:-1, 2:]
        if not inner.any():
            rows, columns = np.nonzero(rest[1:-1, 1:-1])
            middle = len(rows) // 2
            return float(rows[middle]) + 0.5, float(columns[middle]) + 0.5
        rest = np.pad(inner, 1)


def _fitted(picture: Picture, side: int) -> Image.Image:
    height, width, _ = picture.shape
    scale = side / max(height, width)
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    return Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS)


def _lines(data: Data, methods: Sequence[Method], work: WorkFolder, *, real: bool) -> Iterator[list[Image.Image]]:
    for index in range(min(len(data), MOST_ROWS)):
        case = data.case(index)
        drawn = [work.find(method, case.name, case.request) for method in methods]
        if not all(drawn):
            continue
        line = [plan(case)]
        if real:
            line.append(_fitted(case.picture, _SIDE) if case.picture is not None else Image.new("RGB", (1, 1), "white"))
        yield line + [_fitted(item.picture, _SIDE) for item in drawn if item is not None]


def method_sheet(data: Data, methods: Sequence[Method], work: WorkFolder, *, real: bool) -> Picture:
    """Return the sheet, RGB: one row a layout, one column a method, in the order they were drawn in; uncurated.

    Args:
        data: the layouts; the first :data:`MOST_ROWS` are shown.
        methods: the columns.
        work: where their pictures are.
        real: whether there is a column of real pictures.
    """
    lines = list(_lines(data, methods, work, real=real))
    heads = ["Layout", *(["Real"] if real else []), *(method.title for method in methods)]
    width = _GAP + len(heads) * (_SIDE + _GAP)
    sheet = Image.new("RGB", (width, _HEAD + len(lines) * (_SIDE + _GAP) + _GAP), "white")
    draw = ImageDraw.Draw(sheet)
    for column, title in enumerate(heads):
        middle = _GAP + column * (_SIDE + _GAP) + _SIDE / 2
        draw.text((middle, _HEAD / 2), _shortened(title, draw), _INK, ImageFont.load_default(13), anchor="mm")
    for row, line in enumerate(lines):
        top = _HEAD + row * (_SIDE + _GAP)
        for column, tile in enumerate(line):
            left = _GAP + column * (_SIDE + _GAP)
            sheet.paste(tile, (left + (_SIDE - tile.width) // 2, top + (_SIDE - tile.height) // 2))
    pixels: Picture = np.asarray(sheet)
    return pixels


def _shortened(title: str, draw: ImageDraw.ImageDraw) -> str:
    font = ImageFont.load_default(13)
    while draw.textlength(title, font) > _SIDE:
        title = title[:-2].rstrip() + "…"
    return title
