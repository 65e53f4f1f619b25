import numpy as np
import pytest
from PySide6.QtCore import Qt

from tests.ui.canvas.conftest import ALT, Desk, MakeDesk, painted, shape
from zestdesk.document.brush import pixels_to_mask
from zestdesk.document.layers import PALETTE, BrushLayer

CANVAS = (400, 300)


def framed(name: str = "p", **more: object) -> BrushLayer:
    """A painted frame around (100, 100) to (200, 180), 10 pixels thick."""
    pixels = np.zeros((300, 400), np.uint8)
    pixels[90:190, 90:210] = 255
    pixels[100:180, 100:200] = 0
    return BrushLayer(id=name, label=name, mask=pixels_to_mask(pixels), **more)


def filling(desk: Desk) -> Desk:
    desk.view.set_tool("fill")
    return desk


def test_a_click_fills_what_paint_surrounds_in_one_step(make_desk: MakeDesk) -> None:
    desk = filling(make_desk(framed()))
    desk.selection.set(["p"])
    before = desk.mask("p")
    inside = desk.colour(95, 140)
    desk.click(150, 140)
    desk.hover(380, 280)
    assert (desk.mask("p")[90:190, 90:210] == 255).all()
    assert np.array_equal(desk.mask("p") > 0, np.pad(np.ones((100, 120), bool), ((90, 110), (90, 190))))
    assert (desk.undo.count(), desk.undo.text(0)) == (1, "Fill")
    assert desk.colour(150, 140) == inside
    desk.undo.undo()
    assert np.array_equal(desk.mask("p"), before)


def test_alt_empties(make_desk: MakeDesk) -> None:
    desk = filling(make_desk(framed()))
    desk.selection.set(["p"])
    desk.click(95, 140, ALT)
    assert not desk.mask("p").any()
    desk.click(95, 140, ALT)
    assert desk.undo.count() == 1
    assert "empty already" in desk.hints[-1]


def test_other_layers_bound_only_where_wanted(make_desk: MakeDesk) -> None:
    desk = filling(make_desk(shape("s", 0, 0, 200, 300), painted("p", CANVAS, 380, 280, 20, 20)))
    desk.selection.set(["p"])
    desk.brush.fill_all = True
    desk.click(300, 100)
    assert (desk.mask("p")[:, 200:] == 255).all()
    assert not desk.mask("p")[:, :200].any()
    desk.undo.undo()
    desk.brush.fill_all = False
    desk.click(300, 100)
    assert (desk.mask("p") == 255).all()


def test_tolerance_says_what_counts_as_one_region(make_desk: MakeDesk) -> None:
    pixels = np.zeros((300, 400), np.uint8)
    pixels[:, 200:] = 100
    desk = filling(make_desk(BrushLayer(id="p", mask=pixels_to_mask(pixels))))
    desk.selection.set(["p"])
    desk.brush.tolerance = 0.2
    desk.click(50, 50)
    assert desk.mask("p")[50, 300] == 100
    desk.undo.undo()
    desk.brush.tolerance = 0.5
    desk.click(50, 50)
    assert desk.mask("p")[50, 300] == 255


def test_without_a_brush_layer_the_region_that_is_seen_becomes_one(make_desk: MakeDesk) -> None:
    desk = filling(make_desk(shape("s", 0, 0, 200, 300)))
    desk.selection.set(["s"])
    first = desk.layout.state
    desk.click(300, 100)
    layer = desk.layers[0]
    assert isinstance(layer, BrushLayer)
    assert layer.colour == PALETTE[1]
    assert (desk.mask(layer.id)[:, 200:] == 255).all()
    assert not desk.mask(layer.id)[:, :200].any()
    assert desk.selection.ids == (layer.id,)
    assert desk.wanted == [layer.id]
    assert desk.undo.count() == 1
    assert desk.view.scene().draft is None
    desk.undo.undo()
    assert desk.layout.state == first


def test_alt_makes_no_layer(make_desk: MakeDesk) -> None:
    desk = filling(make_desk(shape("s", 0, 0, 200, 300)))
    desk.click(300, 100, ALT)
    assert len(desk.layers) == 1
    assert desk.hints[-1].startswith("Select a brush layer first")


@pytest.mark.parametrize(("more", "word"), [({"locked": True}, "locked"), ({"visible": False}, "hidden")])
def test_locked_and_hidden_layers_are_not_filled(make_desk: MakeDesk, more: dict[str, bool], word: str) -> None:
    desk = filling(make_desk(framed(**more)))
    desk.selection.set(["p"])
    desk.click(150, 140)
    assert desk.undo.count() == 0
    assert word in desk.hints[-1]


def test_clicks_beside_the_canvas_and_on_what_is_full_say_so(make_desk: MakeDesk) -> None:
    desk = filling(make_desk(framed()))
    desk.selection.set(["p"])
    desk.click(-20, 100)
    assert "canvas" in desk.hints[-1]
    desk.click(95, 140)
    assert "filled already" in desk.hints[-1]
    assert desk.undo.count() == 0


def test_a_layer_without_a_mask_can_be_filled(make_desk: MakeDesk) -> None:
    desk = filling(make_desk(BrushLayer(id="p")))
    desk.selection.set(["p"])
    desk.click(150, 140)
    assert (desk.mask("p") == 255).all()
    desk.undo.undo()
    assert desk.layer("p").mask.isNull()


def test_the_pointer_is_a_cross(make_desk: MakeDesk) -> None:
    desk = filling(make_desk())
    assert desk.view.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
