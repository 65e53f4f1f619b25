"""Layers as the undo history keeps them: exact, and a fraction of their size, for masks are mostly flat."""

import zlib
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from zestdesk.document.brush import mask_pixels, pixels_to_mask
from zestdesk.document.layers import BrushLayer, Layer, ShapeLayer
from zestdesk.document.layout import LayoutState

__all__ = ["PackedLayer", "PackedPixels", "PackedState", "packed_change"]

_WORTH_PACKING: Final = 1024  # bytes: below, the wrapping costs more than it saves
_NODE_BYTES: Final = 24  # of a path's element
_LAYER_BYTES: Final = 400  # of the value itself
_CHARACTER_BYTES: Final = 4  # of a text, at most

Pixels = NDArray[np.uint8]


class PackedPixels:
    """Pixels that cannot be changed, deflated where that saves memory; equal pixels are equal.

    Only the rectangle of those that are not zero is kept: the rest of a mask, which is most of it, costs no time.

    Args:
        pixels: shape (height, width); copied.
    """

    __slots__ = ("_data", "_deflated", "_part", "_shape")

    def __init__(self, pixels: Pixels) -> None:
        self._shape, self._part = pixels.shape, _not_zero(pixels)
        packed = np.ascontiguousarray(pixels[self._part])
        self._deflated = packed.nbytes >= _WORTH_PACKING
        # The fastest level: what is flat shrinks to nothing at every level.
        self._data = zlib.compress(packed.data, 1) if self._deflated else packed.tobytes()
        if self._deflated and len(self._data) >= packed.nbytes:
            self._deflated, self._data = False, packed.tobytes()

    def unpack(self) -> Pixels:
        """Return the pixels as they were, shape (height, width), read-only."""
        data = zlib.decompress(self._data) if self._deflated else self._data
        rows, columns = self._part
        kept = np.frombuffer(data, np.uint8).reshape(rows.stop - rows.start, columns.stop - columns.start)
        if kept.shape == self._shape:
            return kept
        pixels = np.zeros(self._shape, np.uint8)
        pixels[self._part] = kept
        pixels.flags.writeable = False
        return pixels

    @property
    def bytes_held(self) -> int:
        """Memory that they take."""
        return len(self._data)

    def __eq__(self, other: object) -> bool:
        """Compare by value: equal pixels are packed to equal bytes."""
        return isinstance(other, PackedPixels) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[object, ...]:
        rows, columns = self._part
        return self._shape, (rows.start, rows.stop, columns.start, columns.stop), self._data


def _not_zero(pixels: Pixels) -> tuple[slice, slice]:
    """Return the rows and columns that hold every pixel that is not zero."""
    rows = np.flatnonzero(pixels.max(axis=1)) if pixels.size else np.zeros(0, np.intp)
    if not rows.size:
        return slice(0, 0), slice(0, 0)
    down = slice(int(rows[0]), int(rows[-1]) + 1)
    columns = np.flatnonzero(pixels[down].max(axis=0))
    return down, slice(int(columns[0]), int(columns[-1]) + 1)


@dataclass(frozen=True, slots=True)
class PackedLayer:
    """A layer whose mask is packed.

    Attributes:
        bare: the layer; a brush layer has a null mask in it.
        mask: the mask's pixels; None for shapes, where the mask was null, and where it is not kept at all.
        as_it_is: whether the mask is not kept, because the layout's own is the same whenever it is needed.
    """

    bare: Layer
    mask: PackedPixels | None
    as_it_is: bool = False

    @classmethod
    def of(cls, layer: Layer) -> "PackedLayer":
        """Pack a layer."""
        if isinstance(layer, ShapeLayer):
            return cls(layer, None)
        mask = None if layer.mask.isNull() else PackedPixels(mask_pixels(layer.mask))
        return cls(replace(layer, mask=QImage()), mask)

    def unpack(self, present: Layer | None = None) -> Layer:
        """Return the layer as it was.

        Args:
            present: the layout's layer of the same id, which has the mask where that was not kept.
        """
        if isinstance(self.bare, ShapeLayer):
            return self.bare
        if self.as_it_is and isinstance(present, BrushLayer):
            return replace(self.bare, mask=present.mask)
        return self.bare if self.mask is None else replace(self.bare, mask=pixels_to_mask(self.mask.unpack()))

    def with_mask_of(self, other: "PackedLayer") -> "PackedLayer":
        """Return these values with the mask that ``other`` keeps, where these keep none."""
        return replace(self, mask=other.mask, as_it_is=other.as_it_is) if self.as_it_is else self

    @property
    def bytes_held(self) -> int:
        """Memory that it takes."""
        path = _NODE_BYTES * self.bare.path.elementCount() if isinstance(self.bare, ShapeLayer) else 0
        return _LAYER_BYTES + path + (self.mask.bytes_held if self.mask is not None else 0)


def packed_change(before: Layer, after: Layer) -> tuple[PackedLayer, PackedLayer]:
    """Return a layer before and after a change; a mask that stays is kept in neither."""
    if isinstance(before, BrushLayer) and isinstance(after, BrushLayer) and before.mask == after.mask:
        return tuple(PackedLayer(replace(each, mask=QImage()), None, as_it_is=True) for each in (before, after))  # type: ignore[return-value]  # two
    return PackedLayer.of(before), PackedLayer.of(after)


class PackedState:
    """A whole layout whose masks are packed."""

    __slots__ = ("_bare", "_layers")

    def __init__(self, state: LayoutState) -> None:
        self._bare = replace(state, layers=())
        self._layers = tuple(PackedLayer.of(layer) for layer in state.layers)

    def unpack(self) -> LayoutState:
        """Return the layout as it was."""
        return replace(self._bare, layers=tuple(layer.unpack() for layer in self._layers))

    @property
    def bytes_held(self) -> int:
        """Memory that it takes."""
        texts = _CHARACTER_BYTES * (len(self._bare.prompt) + len(self._bare.negative_prompt))
        start = self._bare.start.bytes_held if self._bare.start is not None else 0
        return texts + start + sum(layer.bytes_held for layer in self._layers)
