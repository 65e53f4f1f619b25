import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.canvas.conftest import ALT, LEFT, NONE, SHIFT, MakeDesk, shape
from zestdesk.document.layers import PALETTE


@pytest.mark.parametrize("tool", ["rectangle", "ellipse"])
def test_a_drag_makes_a_layer_and_asks_for_its_label(make_desk: MakeDesk, tool: str) -> None:
    desk = make_desk()
    desk.view.set_tool(tool)
    desk.drag((50, 40), (100, 80), (150, 100))
    (layer,) = desk.layers
    assert layer.kind == tool
    assert desk.rect(layer.id) == (50, 40, 100, 60)
    assert layer.colour == PALETTE[0]
    assert desk.selection.ids == (layer.id,)
    assert desk.wanted == [layer.id]
    assert desk.view.tool == "select"
    assert desk.undo.count() == 1
    desk.undo.undo()
    assert desk.layers == ()
    desk.undo.redo()
    assert desk.layers == (layer,)


def test_new_layers_lie_on_top_and_take_the_next_free_colour(make_desk: MakeDesk) -> None:
    desk = make_desk(shape("a", 0, 0, 50, 50, colour=PALETTE[1]), shape("b", 0, 0, 9, 9, colour=PALETTE[2].upper()))
    for expected in (PALETTE[0], PALETTE[3]):
        desk.view.set_tool("rectangle")
        desk.drag((100, 100), (140, 140))
        assert desk.layers[0].colour == expected


def test_with_every_colour_taken_the_least_used_comes_again(make_desk: MakeDesk) -> None:
    desk = make_desk(*(shape(str(i), 0, 0, 9, 9, colour=c) for i, c in enumerate((*PALETTE, PALETTE[0]))))
    desk.view.set_tool("rectangle")
    desk.drag((100, 100), (140, 140))
    assert desk.layers[0].colour == PALETTE[1]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (NONE, (100, 100, 60, 20)),
        (SHIFT, (100, 100, 60, 60)),
        (ALT, (40, 80, 120, 40)),
        (SHIFT | ALT, (40, 40, 120, 120)),
    ],
)
def test_modifiers(make_desk: MakeDesk, keys: Qt.KeyboardModifier, expected: tuple[float, ...]) -> None:
    desk = make_desk()
    desk.view.set_tool("ellipse")
    desk.drag((100, 100), (160, 120), keys=keys)
    assert desk.rect(desk.layers[0].id) == expected


def test_a_modifier_pressed_during_the_drag_counts_at_once(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.view.set_tool("rectangle")
    desk.press(100, 100)
    desk.move(160, 120)
    QTest.keyPress(desk.view, Qt.Key.Key_Shift)
    assert desk.view.scene().draft.bounds.height() == 60
    QTest.keyRelease(desk.view, Qt.Key.Key_Shift)
    assert desk.view.scene().draft.bounds.height() == 20
    desk.release(160, 120)
    assert desk.rect(desk.layers[0].id) == (100, 100, 60, 20)


def test_dragging_up_and_left_and_off_the_canvas_is_fine(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.view.set_tool("rectangle")
    desk.drag((50, 50), (-20, -30))
    assert desk.rect(desk.layers[0].id) == (-20, -30, 70, 80)


def test_space_moves_while_drawing(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.view.set_tool("rectangle")
    desk.press(100, 100)
    desk.move(140, 130)
    QTest.keyPress(desk.view, Qt.Key.Key_Space)
    desk.move(160, 160)
    QTest.keyRelease(desk.view, Qt.Key.Key_Space)
    desk.move(170, 170)
    desk.release(170, 170)
    assert desk.rect(desk.layers[0].id) == (120, 130, 50, 40)


def test_escape_cancels_the_drag_and_then_leaves_the_tool(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.view.set_tool("rectangle")
    desk.press(100, 100)
    desk.move(150, 150)
    desk.key(Qt.Key.Key_Escape)
    assert desk.view.scene().draft is None
    desk.move(160, 160)
    desk.release(160, 160)
    assert desk.layers == ()
    assert desk.undo.count() == 0
    assert desk.view.tool == "rectangle"
    desk.key(Qt.Key.Key_Escape)
    assert desk.view.tool == "select"


def test_a_mere_click_makes_nothing_and_says_why(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.view.set_tool("rectangle")
    desk.hints.clear()
    desk.click(100, 100)
    assert desk.layers == ()
    assert desk.view.tool == "rectangle"
    assert "drag" in desk.hints[-1]


def test_a_flat_drag_makes_nothing(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.view.set_tool("ellipse")
    desk.drag((100, 100), (180, 100))
    assert desk.layers == ()
    assert "ellipse" in desk.hints[-1]


def test_the_draft_is_seen_while_it_is_drawn(make_desk: MakeDesk) -> None:
    desk = make_desk()
    bare = desk.colour(130, 120)
    desk.view.set_tool("rectangle")
    desk.press(100, 100)
    desk.move(160, 140)
    assert desk.colour(120, 110) != bare
    desk.key(Qt.Key.Key_Escape)
    desk.hover(300, 20)
    assert desk.colour(120, 110) == bare


def test_changing_tools_in_mid_drag_drops_the_draft(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.view.set_tool("rectangle")
    desk.press(100, 100)
    desk.move(160, 140)
    desk.view.set_tool("ellipse")
    QTest.mouseRelease(desk.view.viewport(), LEFT, NONE, desk.place(160, 140))
    assert desk.layers == ()
    assert desk.view.scene().draft is None


def test_zoomed_in_corners_fall_on_whole_pixels(make_desk: MakeDesk) -> None:
    desk = make_desk()
    for _ in range(6):
        desk.view.zoom_in()
    desk.view.set_tool("rectangle")
    desk.drag((200, 150), (209.8, 154.3))
    assert desk.rect(desk.layers[0].id) == (200, 150, 10, 4)
