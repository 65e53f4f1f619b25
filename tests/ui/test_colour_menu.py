"""The palette's popover: by mouse and by keys, for one layer or for all that are selected."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk
from tests.ui.zoo import ANIMALS, click, zoo
from zestdesk.document.layers import PALETTE
from zestdesk.ui.colour_menu import ColourMenu, colour_name
from zestdesk.ui.layers_panel import LayersPanel
from zestdesk.ui.theme import Theme


@pytest.fixture
def panel(desk: Desk) -> LayersPanel:
    desk.fill(zoo())
    desk.window.activateWindow()
    return desk.window.layers


def menu_of(desk: Desk) -> ColourMenu:
    return next(menu for menu in desk.window.findChildren(ColourMenu) if menu.isVisible())


def colours(desk: Desk) -> dict[str, str]:
    return {layer.id: layer.colour for layer in desk.state.layers}


def test_every_colour_of_the_palette_has_a_name() -> None:
    names = [colour_name(colour) for colour in PALETTE]
    assert len(set(names)) == len(PALETTE)
    assert not any(name.startswith("#") for name in names)
    assert colour_name("#123456") == "#123456"
    assert colour_name(PALETTE[0].upper()) == names[0]


def test_a_swatch_opens_the_palette_for_its_layer_without_selecting(
    desk: Desk, panel: LayersPanel, qtbot: QtBot
) -> None:
    click(qtbot, panel, "b", part="colour")
    assert desk.window.selection.ids == ()
    menu = menu_of(desk)
    swatch = menu.swatches[4]
    assert swatch.accessibleName() == colour_name(PALETTE[4])
    qtbot.mouseClick(swatch, Qt.MouseButton.LeftButton)
    assert colours(desk) == {"a": PALETTE[0], "b": PALETTE[4], "c": PALETTE[0], "d": PALETTE[0]}
    assert desk.document.undo.undoText() == "Change colour"
    assert desk.state.layers[1].group == ANIMALS


def test_a_selected_layers_swatch_is_for_all_that_are_selected(desk: Desk, panel: LayersPanel, qtbot: QtBot) -> None:
    desk.window.selection.set(["a", "d"])
    click(qtbot, panel, "d", part="colour")
    qtbot.mouseClick(menu_of(desk).swatches[7], Qt.MouseButton.LeftButton)
    assert [name for name, colour in colours(desk).items() if colour == PALETTE[7]] == ["a", "d"]
    assert desk.document.undo.count() == 1


def test_the_palette_is_walked_by_keys(desk: Desk, panel: LayersPanel, qtbot: QtBot) -> None:
    desk.window.selection.set(["a"])
    panel._actions.layer_colour.trigger()
    menu = menu_of(desk)
    buttons = menu.swatches
    assert [button.isChecked() for button in buttons] == [True] + 11 * [False]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
        focus = menu.focusWidget()
        assert focus in buttons
        qtbot.keyClick(focus, key)
    assert colours(desk)["a"] == PALETTE[7]
    assert not any(menu.isVisible() for menu in desk.window.findChildren(ColourMenu))


def test_any_other_colour_can_be_asked_for(desk: Desk, panel: LayersPanel) -> None:
    desk.window.selection.set(["c"])
    panel.choose_colour()
    menu = menu_of(desk)
    menu.actions()[-1].trigger()
    menu.close()
    (dialog,) = panel.findChildren(QColorDialog)
    dialog.setCurrentColor(QColor("#123456"))
    dialog.accept()
    assert colours(desk)["c"] == "#123456"


def test_nothing_selected_has_no_colour_to_choose(desk: Desk, panel: LayersPanel) -> None:
    panel.choose_colour()
    assert not desk.window.findChildren(ColourMenu)


def test_swatches_are_painted_in_their_colours(theme: Theme, desk: Desk) -> None:
    menu = ColourMenu("#123456", theme, desk.window)
    menu.adjustSize()
    for swatch, colour in zip(menu.swatches, PALETTE, strict=True):
        swatch.resize(swatch.sizeHint())
        image = swatch.grab().toImage()
        assert image.pixelColor(image.rect().center()) == QColor(colour)
        assert not swatch.isChecked()
    menu.close()
