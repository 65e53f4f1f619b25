import itertools

import numpy as np
from PySide6.QtGui import QColor

from zestdesk.ui.canvas.heat import heat_image

RED, BLUE = QColor("#ff0000"), QColor("#0000ff")


def test_each_map_glows_in_its_colour_where_it_is_high() -> None:
    masks = np.zeros((2, 8, 8), np.float32)
    masks[0, :, :3] = masks[1, :, 5:] = 1.0
    image = heat_image(masks, [RED, BLUE])
    left, middle, right = (image.pixelColor(round(image.width() * x), image.height() // 2) for x in (0.1, 0.5, 0.9))
    assert left.red() > 2 * left.blue()
    assert right.blue() > 2 * right.red()
    assert middle.alpha() < left.alpha()
    assert middle.lightness() < left.lightness()


def test_small_maps_become_smooth() -> None:
    masks = np.zeros((1, 4, 4), np.float32)
    masks[0, 1, 1] = 1.0
    image = heat_image(masks, [RED])
    assert max(image.width(), image.height()) == 256
    row = [image.pixelColor(x, image.height() * 3 // 8).alpha() for x in range(image.width())]
    assert max(abs(a - b) for a, b in itertools.pairwise(row)) <= 6


def test_the_aspect_is_the_maps() -> None:
    image = heat_image(np.ones((1, 10, 20), np.float32), [RED])
    assert (image.width(), image.height()) == (256, 128)


def test_large_maps_are_not_made_smaller() -> None:
    image = heat_image(np.ones((1, 300, 200), np.float32), [RED])
    assert (image.width(), image.height()) == (200, 300)


def test_no_maps_give_no_image() -> None:
    assert heat_image(np.zeros((0, 8, 8), np.float32), []).isNull()
