"""Images on disk, checked before a pixel is allocated."""

import io
import struct
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from zestdesk.errors import UserError
from zestdesk.files.atomic import read_bytes

__all__ = [
    "MAX_PIXELS",
    "PNG_SIGNATURE",
    "decode_png",
    "decode_rgb_png",
    "encode_png",
    "png_size",
    "read_grey_image",
    "read_rgb_image",
]

Pixels = NDArray[np.uint8]

MAX_PIXELS: Final = 8192 * 8192
"""The most pixels of one image."""

PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"

_MAX_MASK_BYTES: Final = 256 * 2**20
_DEPTH_AND_COLOUR: Final = {"L": (8, 0), "RGB": (8, 2)}


def encode_png(pixels: Pixels, compress_level: int = 6) -> bytes:
    """Return a PNG of grey (height, width) or RGB (height, width, 3) pixels; lossless."""
    stream = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(stream, "PNG", compress_level=compress_level)
    return stream.getvalue()


def png_size(data: bytes, place: str) -> tuple[int, int, int, int]:
    """Return (width, height, bit depth, colour type) from a PNG's header, without decoding.

    Raises:
        UserError: this is no PNG.
    """
    if len(data) < 33 or data[:8] != PNG_SIGNATURE or data[8:16] != b"\x00\x00\x00\rIHDR":
        raise UserError("This is not a PNG image.", place)
    width, height, depth, colour = struct.unpack(">IIBB", data[16:26])
    return width, height, depth, colour


def decode_png(data: bytes, mode: str, size: tuple[int, int], place: str) -> Pixels:
    """Return the pixels of a PNG that has to be exactly what is expected.

    Args:
        data: the file's bytes.
        mode: ``"L"`` (8-bit grey) or ``"RGB"``.
        size: (width, height).
        place: for the errors.

    Raises:
        UserError: it is something else, or damaged.
    """
    width, height, depth, colour = png_size(data, place)
    if (width, height) != size or width * height > MAX_PIXELS or (depth, colour) != _DEPTH_AND_COLOUR[mode]:
        raise UserError(
            "The image is {width} x {height}, {depth} bit, PNG colour type {colour}; {wide} x {high}, 8 bit, "
            "colour type {kind} belongs here.",
            place,
            width=width,
            height=height,
            depth=depth,
            colour=colour,
            wide=size[0],
            high=size[1],
            kind=_DEPTH_AND_COLOUR[mode][1],
        )
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            image.load()
            pixels: Pixels = np.array(image)
    except Exception as error:  # decoders meet hostile bytes with errors of every kind
        raise UserError("The image is damaged.", place) from error
    if pixels.shape[:2] != (height, width) or pixels.ndim != (2 if mode == "L" else 3):
        raise UserError("The image is damaged.", place)
    return pixels


def decode_rgb_png(data: bytes, longest: int, place: str) -> Pixels:
    """Return the pixels of an 8-bit RGB PNG of any size up to ``longest`` pixels to a side, shape (height, width, 3).

    Raises:
        UserError: it is something else, larger, or damaged.
    """
    width, height, _, _ = png_size(data, place)
    _require_sides(width, height, longest, place)
    return decode_png(data, "RGB", (width, height), place)


def _require_sides(width: int, height: int, longest: int, place: str) -> None:
    if not (1 <= width <= longest and 1 <= height <= longest):
        raise UserError(
            "The picture is {width} x {height}; at most {longest} x {longest} pixels are allowed.",
            place,
            width=width,
            height=height,
            longest=longest,
        )


def read_rgb_image(path: Path, longest: int, place: str) -> Pixels:
    """Return a picture that lies beside a layout, shape (height, width, 3).

    Args:
        path: PNG or JPEG, in colour or grey.
        longest: side that it may have.
        place: for the errors.

    Raises:
        UserError: it is not there, has colours of another kind, is too large, or is damaged.
    """
    try:
        data = read_bytes(path, _MAX_MASK_BYTES)
    except UserError as error:
        raise UserError("“{name}”: {error}", place, name=path.name, error=error.elsewhere("")) from error
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as image:
            _require_sides(*image.size, longest, place)
            if image.mode in ("RGB", "L"):
                upright = ImageOps.exif_transpose(image)  # cameras write how they were held, and not what they saw
                pixels: Pixels = np.array(upright.convert("RGB"))
                return pixels
            mode = image.mode
    except UserError:
        raise
    except Exception as error:  # decoders meet hostile bytes with errors of every kind
        raise UserError(
            "“{name}” is not an image that can be read; save it as PNG or JPEG.", place, name=path.name
        ) from error
    raise UserError(
        "“{name}” is not RGB but {mode}; save it without transparency and palette.", place, name=path.name, mode=mode
    )


def read_grey_image(path: Path, size: tuple[int, int], place: str) -> Pixels:
    """Return a mask that lies beside a layout, 255 inside, shape (height, width).

    Args:
        path: PNG, JPEG or BMP; 8-bit or 16-bit grey, or black and white.
        size: (width, height) that it has to have.
        place: for the errors.

    Raises:
        UserError: it is not there, not grey, of another size, or damaged.
    """
    try:
        data = read_bytes(path, _MAX_MASK_BYTES)
    except UserError as error:
        raise UserError("“{name}”: {error}", place, name=path.name, error=error.elsewhere("")) from error
    try:
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "BMP"]) as image:
            wrong = _wrong_with(image, size, path.name, place)
            if wrong is None:
                return _grey_pixels(image)
    except Exception as error:  # decoders meet hostile bytes with errors of every kind
        raise UserError(
            "“{name}” is not an image that can be read; save it as a grey PNG.", place, name=path.name
        ) from error
    raise wrong


def _wrong_with(image: Image.Image, size: tuple[int, int], name: str, place: str) -> UserError | None:
    if image.size != size:
        found, canvas = " x ".join(map(str, image.size)), " x ".join(map(str, size))
        text = "“{name}” is {found}, the canvas is {canvas} pixels; make them equal."
        return UserError(text, place, name=name, found=found, canvas=canvas)
    if image.mode not in ("L", "1", "I;16"):
        text = "“{name}” is not grey but {mode}; save it as a grey image."
        return UserError(text, place, name=name, mode=image.mode)
    return None


def _grey_pixels(image: Image.Image) -> Pixels:
    image.load()
    if image.mode == "I;16":
        return np.rint(np.array(image) / 257).astype(np.uint8)
    pixels: Pixels = np.array(image.convert("L"))
    return pixels
