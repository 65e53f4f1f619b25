"""What lies beneath the layers: the picture, and the heat of the attention over it."""

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QGraphicsScene

from zestdesk.document.layers import PALETTE
from zestdesk.guidance.request import FloatMasks, Picture
from zestdesk.ui.canvas.heat import heat_image
from zestdesk.ui.canvas.items import ImageItem

__all__ = ["Backdrop"]

_Heat = tuple[FloatMasks, tuple[tuple[str, ...], ...], str | None]


class Backdrop:
    """Owns the two items and what they show.

    Args:
        scene: where they go.
        colour_of: returns a layer's colour by its id, or None when it is gone.
    """

    def __init__(self, scene: QGraphicsScene, colour_of: Callable[[str], QColor | None]) -> None:
        self._colour_of = colour_of
        self._picture = ImageItem(crisp=True)
        self._attention = ImageItem(crisp=False)
        self._heat: _Heat | None = None
        for z, item in enumerate((self._picture, self._attention)):
            item.setZValue(z)
            scene.addItem(item)

    @property
    def heated(self) -> bool:
        """Whether heat is seen."""
        return self._attention.image is not None and self._attention.isVisible()

    @property
    def bare(self) -> bool:
        """Whether nothing is seen but the artboard."""
        return not self.heated and (self._picture.image is None or not self._picture.isVisible())

    def set_canvas(self, canvas: tuple[int, int]) -> None:
        """Stretch both to the canvas."""
        for item in (self._picture, self._attention):
            item.set_canvas(canvas)

    def set_picture(self, picture: Picture | None) -> None:
        """Show a picture, shape (height, width, 3), or none."""
        self._picture.set_image(None if picture is None else _image_of(picture))

    def set_picture_visible(self, visible: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Show or hide the picture."""
        self._picture.setVisible(visible)

    def set_attention(self, masks: FloatMasks | None, layer_ids: Sequence[tuple[str, ...]], only: str | None) -> None:
        """Show maps as heat: all of them, or that of the layer ``only``.

        Raises:
            ValueError: when there are not as many id tuples as maps.
        """
        if masks is not None and len(masks) != len(layer_ids):
            raise ValueError("every map belongs to one segment's layers")
        self._heat = None if masks is None or not len(masks) else (masks, tuple(layer_ids), only)
        self.refresh()

    def set_attention_visible(self, visible: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Show or hide the heat."""
        self._attention.setVisible(visible)

    def set_attention_opacity(self, opacity: float) -> None:
        """Set the strength of the heat, 0 to 1."""
        self._attention.setOpacity(min(max(opacity, 0.0), 1.0))

    def refresh(self) -> None:
        """Colour the heat anew, after layers changed their colours."""
        image = None
        if self._heat is not None:
            masks, layer_ids, only = self._heat
            chosen = [i for i, ids in enumerate(layer_ids) if only is None or only in ids]
            if chosen:
                image = heat_image(masks[chosen], [self._heat_colour(layer_ids[i], only, i) for i in chosen])
        self._attention.set_image(image)

    def _heat_colour(self, layer_ids: tuple[str, ...], only: str | None, index: int) -> QColor:
        for layer_id in (only, *layer_ids) if only else layer_ids:
            colour = self._colour_of(layer_id)
            if colour is not None:
                return colour
        return QColor(PALETTE[index % len(PALETTE)])  # its layer is gone since the run


def _image_of(picture: Picture) -> QImage:
    height, width, _ = picture.shape
    packed = np.ascontiguousarray(picture)
    return QImage(packed.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
