"""A new project's shape, and another size for the canvas: what is asked, and what is done with the answer."""

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from tests.ui.desk import Desk, box, until
from zestdesk.document.layout import LayoutState
from zestdesk.guidance.checkpoints import BUNDLED, open_checkpoint, picture_size
from zestdesk.ui.canvas_size import CanvasSizeDialog
from zestdesk.ui.new_document import NewDocumentDialog, presets
from zestdesk.ui.theme import Theme

Loop = asyncio.AbstractEventLoop


async def new_dialog(desk: Desk) -> NewDocumentDialog:
    desk.window.actions_table.new.trigger()
    await until(lambda: desk.window.findChild(NewDocumentDialog))
    return desk.window.findChild(NewDocumentDialog)


async def settled(desk: Desk) -> None:
    await until(lambda: not desk.window.files.busy)


@pytest.mark.parametrize("native", [(128, 32), (512, 8), (768, 8), (1024, 64)])
def test_presets_have_exactly_the_shape_of_the_picture(native: tuple[int, int]) -> None:
    side, factor = native
    model = replace(open_checkpoint(BUNDLED), native_size=(side, side), factor=factor)
    sizes = presets(model)
    for wide, high in sizes:
        width, height = picture_size(model, (wide, high))
        assert wide * height == high * width
        assert 400 <= (wide * high) ** 0.5 <= 1200
    square, portrait, landscape, wide, tall = (wide / high for wide, high in sizes)
    assert square == 1
    assert tall < portrait < 1 < landscape < wide


@pytest.mark.parametrize("number", range(5))
def test_a_preset_makes_an_empty_project_of_its_shape(desk: Desk, loop: Loop, number: int) -> None:
    async def go() -> None:
        dialog = await new_dialog(desk)
        QTest.mouseClick(dialog.presets[number], Qt.MouseButton.LeftButton)
        assert [preset.isChecked() for preset in dialog.presets] == [each == number for each in range(5)]
        dialog.accept()
        await settled(desk)
        assert desk.state == LayoutState(canvas=presets(open_checkpoint(BUNDLED))[number])
        assert not desk.document.modified
        assert desk.document.undo.count() == 0

    loop.run_until_complete(go())


def test_any_size_will_do_and_is_proposed_the_next_time(desk: Desk, loop: Loop, settings: QSettings) -> None:
    async def go() -> None:
        dialog = await new_dialog(desk)
        dialog.size_fields.wide.setValue(300)
        dialog.size_fields.high.setValue(200)
        assert not any(preset.isChecked() for preset in dialog.presets)
        dialog.size_fields.swap.click()
        assert dialog.canvas == (200, 300)
        dialog.accept()
        await settled(desk)
        assert desk.state.canvas == (200, 300)
        await until(lambda: not desk.window.findChildren(NewDocumentDialog))
        again = await new_dialog(desk)
        assert again.canvas == (200, 300)
        again.reject()
        await settled(desk)

    loop.run_until_complete(go())


def test_cancelling_leaves_everything(desk: Desk, loop: Loop) -> None:
    async def go() -> None:
        before = desk.fill()
        (await new_dialog(desk)).reject()
        await settled(desk)
        assert desk.state is before

    loop.run_until_complete(go())


@pytest.mark.parametrize("stored", ["", "0x5", "5", "9000x2", "-3x4", "ax4", "4x4x4"])
def test_nonsense_that_was_remembered_is_passed_over(desk: Desk, loop: Loop, settings: QSettings, stored: str) -> None:
    async def go() -> None:
        settings.setValue("new/canvas", stored)
        dialog = await new_dialog(desk)
        assert dialog.canvas == (512, 512)
        dialog.reject()
        await settled(desk)

    loop.run_until_complete(go())


def test_it_says_how_large_the_picture_will_be(desk: Desk, theme: Theme) -> None:
    dialog = NewDocumentDialog(desk.window, (512, 512), theme)
    square = dialog.note.text()
    dialog.size_fields.show_size((640, 480))
    assert dialog.note.text() != square
    dialog.size_fields.show_size((1024, 1024))
    assert dialog.note.text() == square  # the shape counts, not the size


def resize_dialog(desk: Desk) -> CanvasSizeDialog:
    desk.window.actions_table.canvas_size.trigger()
    return next(each for each in desk.window.findChildren(QDialog) if each.isVisible())


@pytest.mark.parametrize(("anchor", "left", "top"), [((0, 0), 4, 4), ((0.5, 0.5), 40, 22), ((1, 1), 76, 40)])
def test_contents_stay_where_one_says(desk: Desk, anchor: tuple[float, float], left: int, top: int) -> None:
    before = desk.fill(LayoutState(canvas=(128, 128), layers=(box("a cat", 4, 4),)))
    dialog = resize_dialog(desk)
    assert dialog.canvas == (128, 128)
    dialog.size_fields.show_size((200, 164))
    QTest.mouseClick(dialog.anchors[anchor], Qt.MouseButton.LeftButton)
    dialog.accept()
    assert desk.state.canvas == (200, 164)
    bounds = desk.state.layers[0].path.boundingRect()
    assert (bounds.x(), bounds.y(), bounds.width()) == (left, top, 40)
    assert (desk.document.undo.count(), desk.document.undo.undoText()) == (1, "Resize canvas")
    desk.document.undo.undo()
    assert desk.state == before


def test_contents_are_scaled_along(desk: Desk) -> None:
    desk.fill(LayoutState(canvas=(128, 128), layers=(box("a cat", 4, 4),)))
    dialog = resize_dialog(desk)
    dialog.size_fields.show_size((256, 256))
    dialog.scale.click()
    dialog.accept()
    bounds = desk.state.layers[0].path.boundingRect()
    assert (bounds.x(), bounds.y(), bounds.width()) == (8, 8, 80)
    assert desk.document.undo.undoText() == "Scale canvas"


def test_one_anchor_is_chosen_and_arrows_go_to_the_next(desk: Desk) -> None:
    desk.fill()
    dialog = resize_dialog(desk)
    assert dialog.anchor == (0.5, 0.5)
    dialog.activateWindow()
    QApplication.processEvents()
    dialog.anchors[0.5, 0.5].setFocus()
    QTest.keyClick(dialog.anchors[0.5, 0.5], Qt.Key.Key_Left)
    assert dialog.anchor == (0, 0.5)
    assert sum(button.isChecked() for button in dialog.anchors.values()) == 1
    dialog.reject()
    assert desk.document.undo.count() == 0


def test_the_preview_shows_where_the_old_canvas_goes(desk: Desk) -> None:
    desk.fill()
    dialog = resize_dialog(desk)
    dialog.size_fields.show_size((256, 128))
    assert dialog.old_place.getRect() == (64, 0, 128, 128)
    before = dialog.preview.grab().toImage()
    dialog.anchors[0, 0.5].click()
    assert dialog.old_place.getRect() == (0, 0, 128, 128)
    assert dialog.preview.grab().toImage() != before
    dialog.reject()
