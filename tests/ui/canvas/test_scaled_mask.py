"""Masks made small once: as they would be made small anew, also after a part of them has changed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from zestdesk.document.brush import pixels_to_mask
from zestdesk.ui.canvas.scaled_mask import ScaledMask, writable_pixels

SIDE = 96


def tinted(pixels: np.ndarray) -> QImage:
    image = pixels_to_mask(pixels)
    image.reinterpretAsFormat(QImage.Format.Format_Indexed8)
    image.setColorTable([level << 24 | 0x336699 for level in range(256)])
    return image


def whole() -> QRect:
    return QRect(0, 0, SIDE, SIDE)


@pytest.mark.parametrize("scale", [0.1, 0.31, 0.5])
def test_a_small_mask_covers_the_same_share(scale: float) -> None:
    pixels = np.zeros((SIDE, SIDE), np.uint8)
    pixels[24:72, 12:84] = 255
    small = ScaledMask(tinted(pixels), QRect(12, 24, 72, 48), scale)
    shown = writable_pixels(small.image) / 255
    assert shown.sum() / scale**2 == pytest.approx(48 * 72, rel=0.12)
    assert small.image.colorTable()[255] == 0xFF336699


@given(
    st.integers(0, 2**32 - 1),
    st.integers(0, SIDE - 1),
    st.integers(0, SIDE - 1),
    st.integers(1, SIDE),
    st.sampled_from([0.17, 0.34, 0.5]),
)
def test_a_changed_part_is_as_if_all_had_been_made_anew(seed: int, x: int, y: int, side: int, scale: float) -> None:
    random = np.random.default_rng(seed)
    first = np.where(random.random((SIDE, SIDE)) < 0.5, 0, 255).astype(np.uint8)
    changed = QRect(x, y, side, side).intersected(whole())
    second = first.copy()
    rows, columns = slice(y, y + changed.height()), slice(x, x + changed.width())
    second[rows, columns] = random.integers(0, 256, (changed.height(), changed.width()), np.uint8)
    small = ScaledMask(tinted(first), whole(), scale)
    small.update(tinted(second), changed)
    anew = ScaledMask(tinted(second), whole(), scale)
    away = np.abs(writable_pixels(small.image).astype(int) - writable_pixels(anew.image))
    assert away.max() <= 2


def test_only_what_is_made_much_smaller_is_kept() -> None:
    assert ScaledMask.suits((2048, 2048), 0.3)
    assert not ScaledMask.suits((2048, 2048), 1.0)
    assert not ScaledMask.suits((8192, 8192), 0.5)
