"""Generating from the window: steps arrive everywhere, runs are kept and come back, failures are told."""

import asyncio
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from tests.ui.desk import SIDE, Desk, made, until
from zestdesk.errors import UserError
from zestdesk.ui.attention_panel import SELECTED
from zestdesk.ui.layer_model import Role
from zestdesk.ui.progress import time_left

Loop = asyncio.AbstractEventLoop


def fits(desk: Desk) -> list[float | None]:
    model = desk.window.layers.model
    known = [model.index(row).data(Role.FIT) for row in range(model.rowCount())]
    return [fit and round(fit[0], 3) for fit in known]


async def step(desk: Desk, number: int) -> None:
    """Let the worker go on until this step of the running job has arrived."""
    job = desk.queue.running
    assert job is not None
    desk.worker.let(number - (job.last.step if job.last else 0))
    await until(lambda: job.last is not None and job.last.step == number)


def test_steps_reach_canvas_fits_progress_and_scrubber(desk: Desk, loop: Loop) -> None:
    async def go() -> None:
        state, window = desk.fill(), desk.window
        assert window.progress.isHidden()
        window.generate.generate.click()
        await until(lambda: desk.queue.running and desk.queue.running.phase)
        assert window.progress.text.text() == "Loading the model…"
        assert fits(desk) == [None, None, None]
        for number, wanted in ((1, [0.2, 0.125, 0.025]), (3, [0.6, 0.375, 0.075])):
            await step(desk, number)
            assert fits(desk) == wanted
            assert window.stage.live
            assert window.stage.picture is not None
            assert window.stage.picture[0, 0, 0] == number
            assert window.stage.masks is not None
            assert window.progress.bar.value() == number
            assert f"Step {number} of 4" in window.progress.text.text()
            assert window.attention.step.text() == f"Step {number} of 4"
            assert not window.attention.scrubber.isEnabled()
        desk.worker.let(1)
        await until(lambda: desk.history.runs)
        assert fits(desk) == [0.8, 0.5, 0.1]
        assert desk.history.runs[0].state == state
        assert window.stage.run is desk.history.runs[0]
        assert window.runs_panel.current is desk.history.runs[0]
        assert window.progress.isHidden()
        assert window.isWindowModified()

    loop.run_until_complete(go())


def test_scrubber_goes_back_over_the_steps(desk: Desk) -> None:
    desk.fill()
    desk.add_runs(1)
    desk.window.runs.show_run(desk.history.runs[0])
    panel, stage = desk.window.attention, desk.window.stage
    assert (panel.scrubber.minimum(), panel.scrubber.maximum(), panel.scrubber.value()) == (1, 4, 4)
    panel.scrubber.setValue(2)
    assert fits(desk) == [0.4, 0.25, 0.05]
    assert stage.masks is not None
    assert np.allclose(stage.masks, 2 / 255)
    assert panel.step.text() == "Step 2 of 4"
    assert stage.picture is desk.history.runs[0].result.picture
    panel.curve.step_wanted.emit(1)
    assert panel.scrubber.value() == 1
    points = panel.curve.points()
    assert [number for number, _ in points] == [1, 2, 3, 4]
    assert points[0][1].y() < points[-1][1].y()


def test_cancel_and_queue(desk: Desk, loop: Loop, qtbot: QtBot) -> None:
    async def go() -> None:
        desk.fill()
        window, actions = desk.window, desk.window.actions_table
        assert not actions.cancel.isEnabled()
        actions.generate.trigger()
        await until(lambda: desk.queue.running)
        actions.generate.trigger()
        window.generate.seed.entered.emit(99)
        actions.generate_next.trigger()
        seeds = [job.state.settings.seed for job in desk.queue.jobs]
        assert seeds == [0, 99, 0]
        await step(desk, 1)
        assert "2 waiting" in window.progress.text.text()
        actions.cancel.trigger()
        assert not actions.cancel.isEnabled()
        assert window.progress.text.text() == "Cancelling…"
        desk.worker.let(1)
        await until(lambda: desk.queue.running and desk.queue.running.state.settings.seed == 99)
        actions.cancel_all.trigger()
        desk.worker.let(1)
        await until(lambda: not desk.queue.jobs)
        assert desk.history.runs == ()
        assert window.stage.picture is None
        assert fits(desk) == [None, None, None]
        assert window.progress.isHidden()

    loop.run_until_complete(go())


def test_choosing_a_run_leaves_the_live_one_and_comes_back(desk: Desk, loop: Loop, qtbot: QtBot) -> None:
    async def go() -> None:
        desk.fill()
        desk.add_runs(1, 2)
        window, panel = desk.window, desk.window.runs_panel
        window.actions_table.generate.trigger()
        await until(lambda: desk.queue.running)
        await step(desk, 1)
        assert panel.current is None
        panel.list.setCurrentIndex(panel.model.index(1))
        older = desk.history.runs[0]
        assert window.stage.run is older
        assert not window.attention.live.isHidden()
        await step(desk, 2)
        assert window.stage.run is older
        window.attention.live.click()
        assert window.stage.run is None
        assert window.stage.step == 2
        assert [number for number, _ in window.attention.curve.points()] == [2], "the first step went by unseen"
        assert window.attention.live.isHidden()
        panel.list.setCurrentIndex(panel.model.index(1))
        desk.worker.let(4)
        await until(lambda: len(desk.history.runs) == 3)
        assert window.stage.run is older, "what the user looks at is not taken away"

    loop.run_until_complete(go())


def test_restore_reuse_and_delete(desk: Desk) -> None:
    first = desk.fill()
    desk.add_runs(7)
    run = desk.history.runs[0]
    actions, panel = desk.window.actions_table, desk.window.runs_panel
    assert not actions.restore.isEnabled()
    model = desk.window.layers.model
    model.setData(model.index(0), "a dog")
    panel.list.setCurrentIndex(panel.model.index(0))
    changed = desk.state
    actions.reuse_seed.trigger()
    assert desk.state == replace(changed, settings=replace(changed.settings, seed=7))
    actions.restore.trigger()
    assert desk.state == run.state == replace(first, settings=replace(first.settings, seed=7))
    assert fits(desk) == [0.8, 0.5, 0.1]
    desk.document.undo.undo()
    desk.document.undo.undo()
    assert desk.state == changed
    actions.delete_run.trigger()
    assert desk.history.runs == ()
    assert desk.window.stage.picture is None
    assert not actions.delete_run.isEnabled()
    assert not actions.export.isEnabled()
    assert panel._stack.currentIndex() == 1


def test_clicking_a_run_shows_it_and_its_card_says_what_it_was(desk: Desk, qtbot: QtBot) -> None:
    desk.fill()
    desk.add_runs(1, 2, 3)
    panel = desk.window.runs_panel
    qtbot.mouseClick(
        panel.list.viewport(), Qt.MouseButton.LeftButton, pos=panel.list.visualRect(panel.model.index(2)).center()
    )
    assert desk.window.stage.run is desk.history.runs[0]
    index = panel.model.index(0)
    assert index.data() == "Run with seed 3, 47 %, fits"
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert "a red car: 50 %, fits" in tip
    assert f"{SIDE} × {SIDE}" in tip
    assert "Memory was tight" not in tip
    result = made(desk.state)
    desk.history.add(desk.state, replace(result, savings="the decoder in tiles"))
    assert "Memory was tight" in panel.model.index(0).data(Qt.ItemDataRole.ToolTipRole)


def test_failed_job_is_told_and_everything_stays(desk: Desk, loop: Loop) -> None:
    async def go() -> None:
        before = desk.fill()
        desk.add_runs(1)
        desk.worker.error = UserError("The model's folder is missing; choose another.", "model")
        desk.window.actions_table.generate.trigger()
        await until(desk.message)
        box = desk.message()
        assert box is not None
        assert "could not be made" in box.text()
        assert box.informativeText() == "model: The model's folder is missing; choose another."
        assert desk.state == before
        assert len(desk.history.runs) == 1
        assert desk.window.stage.run is desk.history.runs[0]
        box.close()
        desk.window.actions_table.generate.trigger()
        desk.worker.let(4)
        await until(lambda: len(desk.history.runs) == 2)

    loop.run_until_complete(go())


def test_a_fault_is_told_as_a_fault_with_its_details(desk: Desk, loop: Loop) -> None:
    async def go() -> None:
        desk.fill()
        desk.worker.error = ZeroDivisionError("no")
        desk.window.actions_table.generate.trigger()
        await until(desk.message)
        box = desk.message()
        assert box is not None
        assert "fault in ZestDesk" in box.informativeText()
        assert "ZeroDivisionError" in box.detailedText()
        box.close()

    loop.run_until_complete(go())


def test_result_of_a_document_that_is_gone_is_dropped(desk: Desk, loop: Loop) -> None:
    async def go() -> None:
        desk.fill()
        desk.window.actions_table.generate.trigger()
        await until(lambda: desk.queue.running)
        await step(desk, 1)
        desk.document.new()
        desk.worker.let(10)
        await until(lambda: not desk.queue.jobs)
        assert desk.history.runs == ()
        assert desk.window.stage.picture is None
        assert not desk.document.modified

    loop.run_until_complete(go())


def test_whose_attention_follows_choice_and_selection(desk: Desk) -> None:
    state = desk.fill()
    desk.add_runs(1)
    desk.window.runs.show_run(desk.history.runs[0])
    panel = desk.window.attention
    assert panel.shown is None
    texts = [panel.which.itemText(row) for row in range(panel.which.count())]
    assert texts == ["All layers", "Selected layer", "a cat", "a red car", "grass"]
    panel.which.show_value(state.layers[1].id)
    panel.which.picked.emit(state.layers[1].id)
    assert panel.shown == state.layers[1].id
    desk.window.selection.set([state.layers[1].id])
    desk.window.actions_table.delete.trigger()
    assert panel.shown is None
    panel.which.show_value(SELECTED)
    desk.window.selection.set([state.layers[0].id])
    assert panel.shown == SELECTED


@pytest.mark.parametrize(("seconds", "text"), [(0.2, "0 s"), (59.4, "59 s"), (65, "1 min 05 s"), (-1, "0 s")])
def test_time_left(seconds: float, text: str) -> None:
    assert time_left(seconds) == text


@pytest.mark.parametrize("key", ["Ctrl+Return", "Ctrl+Enter"])
def test_both_enter_keys_generate(desk: Desk, key: str) -> None:
    assert QKeySequence(key) in desk.window.actions_table.generate.shortcuts()


def test_live_run_shows_no_attention_of_the_last_one(desk: Desk) -> None:
    state = desk.fill()
    desk.window.runs.show_run(desk.history.add(state, made(state)))
    desk.window.stage.start(state, 10)
    stage = desk.window.stage
    assert stage.masks is None
    assert stage.fits == {}
    assert stage.picture is not None, "the last picture stays until the first preview"
    stage.go_to(3)
    assert stage.step == 0


def test_parts_of_the_bar_switch_the_canvas(desk: Desk, qtbot: QtBot) -> None:
    desk.fill()
    window, actions = desk.window, desk.window.actions_table
    for action in (actions.show_picture, actions.show_layers, actions.show_attention):
        action.trigger()
    assert not window.attention.layers_slider.isEnabled()
    assert not window.attention.attention_slider.isEnabled()
    actions.show_layers.trigger()
    with qtbot.waitSignal(window.attention.layers_opacity) as blocker:
        window.attention.layers_slider.setValue(80)
    assert blocker.args == [0.8]
    qtbot.mouseClick(window.attention.curve, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert window.stage.step == 0
