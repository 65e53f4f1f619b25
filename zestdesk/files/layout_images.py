"""The images that a layout names: masks, and the picture to begin with. In the text itself, or in files beside it."""

import base64
import binascii
import re
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtGui import QImage

from zestdesk.document.brush import blank_mask, mask_pixels, pixels_to_mask
from zestdesk.document.start import MAX_START_SIDE, picture_image, picture_pixels
from zestdesk.errors import Sentence, UserError, sentence
from zestdesk.files.images import decode_png, decode_rgb_png, encode_png, read_grey_image, read_rgb_image

__all__ = ["MAX_MASK_BYTES", "ImageNames", "ImageReader", "ImagesBeside", "ImagesUnread", "ImagesWithin"]

MAX_MASK_BYTES: Final = 2**31
"""Of all masks of a layout together; a project of more could not be saved."""

_DATA_URL: Final = "data:image/png;base64,"


class ImageReader(Protocol):
    """Gets the images behind the names that stand in a layout."""

    def mask(self, name: str, canvas: tuple[int, int], place: str) -> QImage:
        """Return a mask of the canvas's size; a blank one where nothing was painted, which has an empty name.

        Raises:
            UserError: placed at ``place``.
        """

    def picture(self, name: str, place: str) -> QImage:
        """Return an RGB888 picture of any size that one to begin with may have.

        Raises:
            UserError: placed at ``place``.
        """


class ImageNames(Protocol):
    """Says what to write for an image."""

    def mask(self, mask: QImage) -> str:
        """Return a name for a mask that is not null."""

    def picture(self, picture: QImage) -> str:
        """Return a name for an RGB888 picture."""


class ImagesUnread:
    """Stands in where a layout is only looked at, to see whether it can be read."""

    def mask(self, name: str, canvas: tuple[int, int], place: str) -> QImage:  # noqa: ARG002 - see ImageReader
        """Return a null image."""
        return QImage()

    def picture(self, name: str, place: str) -> QImage:  # noqa: ARG002 - see ImageReader
        """Return the smallest picture."""
        return QImage(1, 1, QImage.Format.Format_RGB888)


class ImagesWithin:
    """Images stand in the text, as data URLs."""

    def mask(self, mask: QImage) -> str:
        """Return a mask as a data URL."""
        return _as_url(encode_png(mask_pixels(mask)))

    def picture(self, picture: QImage) -> str:
        """Return a picture as a data URL."""
        return _as_url(encode_png(picture_pixels(picture)))


class ImagesBeside:
    """Images of a layout in a folder: data URLs, or files there. Each is read once, and all together are bounded.

    Args:
        folder: only files within it are read; None: images stand in the text, and no file is read.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._masks: dict[str, QImage] = {}

    def mask(self, name: str, canvas: tuple[int, int], place: str) -> QImage:
        """Return a mask; a file is grey."""
        if name not in self._masks:
            if (len(self._masks) + 1) * canvas[0] * canvas[1] > MAX_MASK_BYTES:
                text = "The masks up to this one are too large together; use fewer or a smaller canvas."
                raise UserError(text, place)
            self._masks[name] = self._read_mask(name, canvas, place) if name else blank_mask(canvas)
        return self._masks[name]

    def picture(self, name: str, place: str) -> QImage:
        """Return a picture; a file is a PNG or JPEG."""
        png = _from_url(name, place)
        if png is not None:
            return picture_image(decode_rgb_png(png, MAX_START_SIDE, place))
        return picture_image(read_rgb_image(self._path(name, sentence("A picture"), place), MAX_START_SIDE, place))

    def _read_mask(self, name: str, canvas: tuple[int, int], place: str) -> QImage:
        png = _from_url(name, place)
        if png is not None:
            return pixels_to_mask(decode_png(png, "L", canvas, place))
        return pixels_to_mask(read_grey_image(self._path(name, sentence("A mask"), place), canvas, place))

    def _path(self, name: str, what: Sentence, place: str) -> Path:
        """Return where a file lies, which may be nowhere but in the folder."""
        if self._folder is None:
            raise UserError("{what} has to stand in the text itself here, as a data URL.", place, what=what)
        parts = name.split("/")
        if not name or name.startswith("/") or re.search(r"[\\:\0]", name) or ".." in parts or len(name) > 1000:
            raise UserError(
                "{what} is named by its file's name, in the layout's folder or below; no absolute paths and no “..”.",
                place,
                what=what,
            )
        path = self._folder / name
        try:
            inside = path.resolve().is_relative_to(self._folder.resolve())
        except (OSError, RuntimeError, ValueError) as error:  # a loop of links
            raise UserError("“{name}” cannot be found.", place, name=name) from error
        if not inside:
            raise UserError("“{name}” leads out of the layout's folder.", place, name=name)
        return path


def _as_url(png: bytes) -> str:
    return _DATA_URL + base64.b64encode(png).decode()


def _from_url(name: str, place: str) -> bytes | None:
    """Return the PNG in a data URL, None when it is a file's name."""
    if not name.startswith(_DATA_URL):
        return None
    try:
        return base64.b64decode(name[len(_DATA_URL) :], validate=True)
    except (binascii.Error, ValueError) as error:
        raise UserError("This is not base64.", place) from error
