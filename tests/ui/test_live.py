"""Several pictures at once: asked for, watched one by one, told of truly, and kept each with its seed."""

import asyncio

import numpy as np
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk, until
from zestdesk.guidance.request import MAX_PICTURES
from zestdesk.ui.run_cards import CardRole

Loop = asyncio.AbstractEventLoop


async def begin(desk: Desk, pictures: int) -> None:
    desk.window.generate.seeds.set_count(pictures)
    desk.window.actions_table.generate.trigger()
    await until(lambda: desk.queue.running)


async def step(desk: Desk, number: int) -> None:
    job = desk.queue.running
    assert job is not None
    desk.worker.let(number - (job.last.step if job.last else 0))
    await until(lambda: len(job.steps) == len(job.seeds) and job.last and job.last.step == number)


def cards(desk: Desk, role: int) -> list[object]:
    model = desk.window.runs_panel.live.model
    return [model.index(row).data(role) for row in range(model.rowCount())]


def test_the_button_says_how_many(desk: Desk) -> None:
    panel = desk.window.generate
    assert panel.generate.text().strip() == "Generate"
    panel.seeds.pictures.number.setValue(3)
    assert panel.generate.text().strip() == "Generate 3 pictures"
    panel.seeds.pictures.number.setValue(99)
    assert panel.seeds.count == MAX_PICTURES == 8
    assert desk.document.undo.count() == 0, "it is how one asks, and no setting of the layout"


def test_every_picture_has_a_card_while_it_is_made_and_a_run_afterwards(desk: Desk, loop: Loop) -> None:
    async def go() -> None:
        state, live = desk.fill(), desk.window.runs_panel.live
        desk.window.generate.seed.entered.emit(7)
        assert live.isHidden()
        await begin(desk, 3)
        assert not live.isHidden()
        assert cards(desk, CardRole.SEED) == [7, 8, 9]
        assert cards(desk, CardRole.PROGRESS) == [0, 0, 0]
        assert live.model.index(1).data() == "Picture 2 of 3, seed 8, waiting"
        assert live.model.index(0).data(CardRole.PICTURE).isNull()
        await step(desk, 2)
        assert cards(desk, CardRole.PROGRESS) == [0.5] * 3
        assert live.model.index(2).data() == "Picture 3 of 3, seed 9, step 2 of 4, 23 %, partly"
        shown = live.model.index(2).data(CardRole.PICTURE).toImage().pixelColor(5, 5)
        assert shown.red() == 22
        desk.worker.let(2)
        await until(lambda: len(desk.history.runs) == 3)
        assert live.isHidden()
        panel = desk.window.runs_panel
        assert [panel.model.index(row).data(CardRole.SEED) for row in range(3)] == [7, 8, 9]
        for run, seed in zip(desk.history.runs, (9, 8, 7), strict=True):
            assert run.result.request.seed == run.state.settings.seed == seed
        assert desk.state.layers == state.layers
        assert desk.state.settings.seed == 7
        assert desk.window.stage.run is desk.history.runs[-1]

    loop.run_until_complete(go())


def test_one_of_them_is_watched(desk: Desk, loop: Loop) -> None:
    async def go() -> None:
        desk.fill()
        desk.add_runs(50)
        window, live, stage = desk.window, desk.window.runs_panel.live, desk.window.stage
        await begin(desk, 3)
        await step(desk, 1)
        assert live.list.currentIndex().row() == 0
        assert stage.picture is not None
        assert stage.picture[0, 0, 0] == 1
        live.list.setCurrentIndex(live.model.index(2))
        assert stage.picture[0, 0, 0] == 21, "the last step of the picture that is watched now is there at once"
        await step(desk, 2)
        assert stage.picture[0, 0, 0] == 22
        window.runs_panel.list.setCurrentIndex(window.runs_panel.model.index(0))
        assert stage.run is desk.history.runs[0]
        assert not live.list.selectionModel().hasSelection()
        await step(desk, 3)
        assert stage.run is desk.history.runs[0]
        window.attention.live.click()
        assert stage.picture[0, 0, 0] == 23, "back to the one that was watched before"
        assert live.list.currentIndex().row() == 2
        desk.worker.let(1)
        await until(lambda: len(desk.history.runs) == 4)
        assert stage.run is not None
        assert stage.run.result.request.seed == 2
        assert window.runs_panel.current is stage.run

    loop.run_until_complete(go())


def test_watched_again_while_another_run_is_on_show(desk: Desk, loop: Loop, qtbot: QtBot) -> None:
    async def go() -> None:
        desk.fill()
        desk.add_runs(50)
        live = desk.window.runs_panel.live
        await begin(desk, 2)
        await step(desk, 1)
        desk.window.runs.show_run(desk.history.runs[0])
        live.list.clicked.emit(live.model.index(0))
        assert desk.window.stage.run is None
        assert desk.window.runs.watched == 0
        assert desk.window.attention.live.isHidden()
        desk.window.actions_table.cancel.trigger()
        desk.worker.let(1)
        await until(lambda: not desk.queue.jobs)
        assert live.isHidden()
        assert len(desk.history.runs) == 1

    loop.run_until_complete(go())


def test_a_single_picture_needs_no_strip(desk: Desk, loop: Loop) -> None:
    async def go() -> None:
        desk.fill()
        await begin(desk, 1)
        await step(desk, 1)
        assert desk.window.runs_panel.live.isHidden()
        desk.window.runs.watch(3)
        assert desk.window.runs.watched == 0
        desk.worker.let(3)
        await until(lambda: desk.history.runs)

    loop.run_until_complete(go())


def test_progress_is_that_of_all_of_them(desk: Desk, loop: Loop) -> None:
    async def go() -> None:
        desk.fill()
        await begin(desk, 4)
        await step(desk, 3)
        progress = desk.window.progress
        assert progress.text.text() == "4 pictures · Step 3 of 4 · 0 s left"
        assert (progress.bar.value(), progress.bar.maximum()) == (3, 4)
        desk.worker.let(1)
        await until(lambda: len(desk.history.runs) == 4)

    loop.run_until_complete(go())


def test_the_next_job_begins_with_its_first_picture(desk: Desk, loop: Loop) -> None:
    async def go() -> None:
        desk.fill()
        await begin(desk, 2)
        desk.window.generate.seed.entered.emit(40)
        desk.window.actions_table.generate.trigger()
        await step(desk, 1)
        desk.window.runs_panel.live.list.setCurrentIndex(desk.window.runs_panel.live.model.index(1))
        desk.worker.let(3)
        await until(lambda: desk.queue.running and desk.queue.running.seeds == (40, 41))
        assert cards(desk, CardRole.SEED) == [40, 41]
        assert desk.window.runs.watched == 0
        assert desk.window.runs_panel.live.list.currentIndex().row() == 0
        desk.worker.let(4)
        await until(lambda: len(desk.history.runs) == 4)
        assert np.unique([run.result.request.seed for run in desk.history.runs]).tolist() == [0, 1, 40, 41]

    loop.run_until_complete(go())
