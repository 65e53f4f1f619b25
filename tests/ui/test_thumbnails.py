"""Thumbnails: the layer's shape in its colour, sharp at every screen's ratio, drawn again only when it would differ."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from tests.document.strategies import layers
from tests.ui.desk import box
from zestdesk.document.brush import blank_mask
from zestdesk.document.layers import BrushLayer, Group
from zestdesk.ui.thumbnails import Thumbnails

CANVAS = (200, 100)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_a_thumbnail_has_the_screens_own_pixels(qapp: QApplication, ratio: float) -> None:
    picture = Thumbnails(40).picture(box("a cat", 0, 0, 100, 100, colour="#123456"), CANVAS, ratio)
    assert picture.devicePixelRatio() == ratio
    assert picture.size().toTuple() == (round(40 * ratio), round(20 * ratio))
    image = picture.toImage()
    assert image.pixelColor(round(10 * ratio), round(10 * ratio)) == QColor("#123456")
    assert image.pixelColor(round(30 * ratio), round(10 * ratio)).alpha() == 0


def test_what_looks_the_same_is_the_same_picture(qapp: QApplication) -> None:
    thumbnails, layer = Thumbnails(40), box("a cat")
    key = thumbnails.picture(layer, CANVAS, 1.0).cacheKey()
    same = replace(layer, label="a dog", weight=3.0, visible=False, locked=True, group=Group())
    assert thumbnails.picture(same, CANVAS, 1.0).cacheKey() == key
    assert thumbnails.picture(box("", id=layer.id), CANVAS, 1.0).cacheKey() == key  # an equal path
    for other, canvas, ratio in (
        (replace(layer, colour="#000000"), CANVAS, 1.0),
        (replace(layer, path=layer.path.translated(1, 0)), CANVAS, 1.0),
        (layer, (200, 200), 1.0),
        (layer, CANVAS, 2.0),
        (BrushLayer(id=layer.id, colour=layer.colour, mask=blank_mask(CANVAS)), CANVAS, 1.0),
    ):
        key = thumbnails.picture(layer, CANVAS, 1.0).cacheKey()
        assert thumbnails.picture(other, canvas, ratio).cacheKey() != key


def test_pictures_of_layers_long_gone_are_forgotten(qapp: QApplication) -> None:
    thumbnails = Thumbnails(4)
    for _ in range(1010):
        thumbnails.picture(box(""), (8, 8), 1.0)
    assert len(thumbnails._kept) == 1000


@given(st.data())
def test_any_layer_has_a_picture(qapp: QApplication, data: st.DataObject) -> None:
    canvas = data.draw(st.tuples(st.integers(1, 48), st.integers(1, 48)))
    picture = Thumbnails(40).picture(data.draw(layers(canvas)), canvas, data.draw(st.sampled_from([1.0, 1.25, 2.0])))
    assert not picture.isNull()
