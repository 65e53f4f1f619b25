"""Beginning with a picture: taken from a run, shown, redrawn as much as one likes, and undone."""

import asyncio
from dataclasses import replace

import numpy as np
import pytest

from tests.ui.desk import Desk, until
from zestdesk.document.start import picture_pixels
from zestdesk.ui.menus import layers_menu

Loop = asyncio.AbstractEventLoop


def where(desk: Desk) -> str:
    """What the card says of the place, also where there is no room for all of it."""
    label = desk.window.generate.start.where
    return label.toolTip() or label.text()


@pytest.fixture
def with_run(desk: Desk) -> Desk:
    """A desk with three layers and one run, of seed 7, that is on show."""
    desk.fill()
    desk.add_runs(7)
    desk.window.runs.show_run(desk.history.runs[0])
    return desk


def test_a_run_becomes_the_start_and_the_panel_shows_it(with_run: Desk) -> None:
    desk, card = with_run, with_run.window.generate.start
    assert card.isHidden()
    assert not desk.window.actions_table.clear_start.isEnabled()
    desk.window.actions_table.use_as_start.trigger()
    start = desk.state.start
    assert start is not None
    assert np.array_equal(picture_pixels(start.image), desk.history.runs[0].result.picture)
    assert (start.strength, start.layer_ids) == (0.6, ())
    assert not card.isHidden()
    assert card.strength.value == 60
    assert where(desk) == "All of it is redrawn."
    assert desk.document.undo.undoText() == "Use starting picture"
    card.clear.click()
    assert desk.state.start is None
    assert card.isHidden()
    desk.document.undo.undo()
    assert desk.state.start == start
    desk.document.undo.undo()
    assert desk.state.start is None
    assert not desk.document.undo.canUndo()


def test_dragging_the_strength_is_one_step(with_run: Desk) -> None:
    desk, card = with_run, with_run.window.generate.start
    desk.window.actions_table.use_as_start.trigger()
    for position in range(59, 30, -1):
        card.strength.slider.setValue(position)
    assert desk.state.start is not None
    assert desk.state.start.strength == 0.31
    assert desk.document.undo.count() == 2
    desk.document.undo.undo()
    assert card.strength.value == 60


def test_only_the_selected_layers_are_redrawn_with_another_seed(with_run: Desk) -> None:
    desk, window = with_run, with_run.window
    cat, car, _ = desk.state.layers
    assert not window.actions_table.redraw_layers.isEnabled()
    window.generate.seed.entered.emit(7)
    before = desk.state
    window.selection.set([cat.id, car.id])
    window.actions_table.redraw_layers.trigger()
    start = desk.state.start
    assert start is not None
    assert (start.strength, start.layer_ids) == (1.0, (cat.id, car.id))
    assert desk.state.settings.seed == 8, "the same seed would draw the same there again"
    assert where(desk) == "Only in the place of: a cat, a red car"
    assert "keep everything" in window.hint.text()
    desk.document.undo.undo()
    assert desk.state == before


def test_a_seed_that_is_another_already_stays(with_run: Desk) -> None:
    with_run.window.selection.set([with_run.state.layers[0].id])
    with_run.window.actions_table.redraw_layers.trigger()
    assert with_run.state.settings.seed == 0


def test_layers_that_go_are_told_and_no_run_begins(with_run: Desk) -> None:
    desk, window = with_run, with_run.window
    window.selection.set([desk.state.layers[0].id])
    window.actions_table.redraw_layers.trigger()
    window.actions_table.delete.trigger()
    assert where(desk) == "Its layers are gone or hidden."
    window.actions_table.generate.trigger()
    assert not desk.queue.jobs
    desk.document.undo.undo()
    assert where(desk) == "Only in the place of: a cat"


def test_without_a_picture_it_says_why(desk: Desk) -> None:
    desk.fill()
    window = desk.window
    assert not window.actions_table.use_as_start.isEnabled()
    window.start.use()
    assert "no picture to start from" in window.hint.text()
    window.selection.set([desk.state.layers[0].id])
    window.actions_table.redraw_layers.trigger()
    assert "no picture to redraw" in window.hint.text()
    window.start.clear()
    assert desk.state.start is None
    assert not desk.document.undo.canUndo()


def test_hidden_layers_are_not_redrawn(with_run: Desk) -> None:
    desk, window = with_run, with_run.window
    window.selection.set([desk.state.layers[0].id])
    layout = desk.document.layout
    layout.replace_layer(replace(layout.state.layers[0], visible=False))
    window.actions_table.redraw_layers.trigger()
    assert desk.state.start is None
    assert "hidden" in window.hint.text()


def test_the_job_has_it_and_counts_its_steps(with_run: Desk, loop: Loop) -> None:
    async def go() -> None:
        desk, window = with_run, with_run.window
        window.actions_table.use_as_start.trigger()
        window.generate.steps.number.setValue(40)
        window.actions_table.generate.trigger()
        await until(lambda: desk.queue.running)
        job = desk.queue.running
        assert job is not None
        assert job.state.start == desk.state.start
        assert window.stage.total == 24
        desk.worker.let(4)
        await until(lambda: len(desk.history.runs) == 2)
        assert desk.history.runs[-1].state.start == desk.state.start
        window.actions_table.clear_start.trigger()
        window.runs.restore(desk.history.runs[-1])
        assert desk.state.start == job.state.start

    loop.run_until_complete(go())


def test_the_deeds_stand_where_runs_and_layers_are(with_run: Desk) -> None:
    actions, panel = with_run.window.actions_table, with_run.window.runs_panel
    buttons = {button.defaultAction() for button in panel.findChildren(type(with_run.window.zoom))}
    assert {actions.use_as_start, actions.redraw_layers} <= buttons
    menu = layers_menu(actions, with_run.window)
    assert actions.redraw_layers in menu.actions()
    menu.deleteLater()
