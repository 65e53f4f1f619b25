"""Jobs on the worker: order, cancelling, signals; a real model at toy size."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.session.drawing import two_boxes
from zestdesk.document.layout import LayoutState
from zestdesk.errors import UserError
from zestdesk.guidance.request import GenerationResult
from zestdesk.session.queue import Job, Queue
from zestdesk.session.worker import Worker


class Witness:
    """Hears everything that a queue says, and in which thread."""

    def __init__(self, queue: Queue) -> None:
        self.said: list[tuple[str, int]] = []
        self.threads: set[int] = set()
        self.outcomes: dict[int, object] = {}
        self.steps: dict[int, list[int]] = {}
        queue.stepped.connect(lambda job, event: self.steps.setdefault(job.id, []).append(event.step))
        queue.finished.connect(lambda job, result: self._hear("finished", job, result))
        queue.failed.connect(lambda job, error: self._hear("failed", job, error))
        queue.cancelled.connect(lambda job: self._hear("cancelled", job, None))
        queue.changed.connect(lambda: self.threads.add(threading.get_ident()))

    def _hear(self, what: str, job: Job, outcome: object) -> None:
        self.threads.add(threading.get_ident())
        self.said.append((what, job.id))
        self.outcomes[job.id] = outcome


@pytest.fixture
def queue(loop: asyncio.AbstractEventLoop, worker: Worker) -> Iterator[Queue]:
    queue = Queue(worker)
    yield queue
    loop.run_until_complete(queue.close())


def until(loop: asyncio.AbstractEventLoop, queue: Queue, holds: Callable[[], bool]) -> None:
    """Run the loop until something holds, looking whenever the queue says something."""

    async def wait() -> None:
        news = asyncio.Event()
        for signal in (queue.changed, queue.stepped, queue.phase):
            signal.connect(lambda *_: news.set())
        while not holds():
            await asyncio.wait_for(news.wait(), 60)
            news.clear()

    loop.run_until_complete(wait())


def idle(queue: Queue) -> Callable[[], bool]:
    return lambda: not queue.jobs


def test_a_job_runs_and_tells_about_it(loop, queue: Queue, model_folder: Path) -> None:
    witness, phases = Witness(queue), []
    queue.phase.connect(lambda _job, text: phases.append(text))
    job = queue.submit(two_boxes(model_folder))
    assert (job.status, queue.running, queue.jobs) == ("running", job, (job,))
    assert job.started is not None
    assert job.started <= time.monotonic()
    until(loop, queue, idle(queue))
    assert job.status == "done"
    assert witness.said == [("finished", job.id)]
    assert witness.steps[job.id] == [1, 2, 3]
    assert job.last is not None
    assert job.last.step == 3
    assert job.phase == ""
    assert "Making the picture…" in phases
    assert witness.threads == {threading.get_ident()}
    (result,) = witness.outcomes[job.id]
    assert isinstance(result, GenerationResult)
    assert tuple(segment.layer_ids for segment in result.request.segments) == job.layer_ids


def test_a_job_of_several_pictures_gives_each_with_its_seed(loop, queue: Queue, model_folder: Path) -> None:
    witness, pictures = Witness(queue), []
    queue.stepped.connect(lambda _job, event: pictures.append(event.picture))
    job = queue.submit(two_boxes(model_folder, seed=2**63 - 1), pictures=2)
    assert job.seeds == (2**63 - 1, 0)
    until(loop, queue, idle(queue))
    assert witness.steps[job.id] == [1, 1, 2, 2, 3, 3]
    assert pictures == [0, 1] * 3
    assert {number: event.step for number, event in job.steps.items()} == {0: 3, 1: 3}
    results = witness.outcomes[job.id]
    assert [result.request.seed for result in results] == [2**63 - 1, 0]
    assert [job.state_of(number).settings.seed for number in (0, 1)] == [2**63 - 1, 0]
    again = queue.submit(job.state_of(1))
    until(loop, queue, idle(queue))
    (alone,) = witness.outcomes[again.id]
    assert np.abs(alone.picture.astype(int) - results[1].picture).max() <= 1


def test_jobs_run_in_order_and_the_front_comes_first(loop, queue: Queue, model_folder: Path) -> None:
    witness = Witness(queue)
    one, two = (queue.submit(two_boxes(model_folder, seed=seed)) for seed in range(2))
    front = queue.submit(two_boxes(model_folder, seed=2), front=True)
    assert queue.jobs == (one, front, two)
    assert [job.status for job in queue.jobs] == ["running", "waiting", "waiting"]
    until(loop, queue, idle(queue))
    assert witness.said == [("finished", job.id) for job in (one, front, two)]


def test_a_cancelled_waiting_job_never_runs(loop, queue: Queue, model_folder: Path) -> None:
    witness = Witness(queue)
    one, two, three = (queue.submit(two_boxes(model_folder, seed=seed)) for seed in range(3))
    queue.cancel(two)
    assert two.status == "cancelled"
    assert queue.jobs == (one, three)
    until(loop, queue, idle(queue))
    assert witness.said == [("cancelled", two.id), ("finished", one.id), ("finished", three.id)]
    assert two.id not in witness.steps


def test_cancel_ends_the_running_job_and_the_next_one_starts(loop, queue: Queue, model_folder: Path) -> None:
    witness = Witness(queue)
    long, short = queue.submit(two_boxes(model_folder, steps=500)), queue.submit(two_boxes(model_folder))
    until(loop, queue, lambda: long.last is not None)
    queue.cancel()
    assert long.status == "running"
    assert long.token.cancelled
    until(loop, queue, idle(queue))
    assert witness.said == [("cancelled", long.id), ("finished", short.id)]
    assert len(witness.steps[long.id]) < 500


def test_cancelling_what_is_over_changes_nothing(loop, queue: Queue, model_folder: Path) -> None:
    job = queue.submit(two_boxes(model_folder))
    until(loop, queue, idle(queue))
    witness = Witness(queue)
    queue.cancel(job)
    queue.cancel()
    assert (job.status, witness.said, witness.threads) == ("done", [], set())


def test_cancel_all_leaves_nothing(loop, queue: Queue, model_folder: Path) -> None:
    jobs = [queue.submit(two_boxes(model_folder, steps=500)) for _ in range(3)]
    queue.cancel_all()
    until(loop, queue, idle(queue))
    assert {job.status for job in jobs} == {"cancelled"}


def test_a_failed_job_does_not_stop_the_next(loop, queue: Queue, model_folder: Path) -> None:
    witness = Witness(queue)
    bad, good = queue.submit(LayoutState()), queue.submit(two_boxes(model_folder))
    until(loop, queue, idle(queue))
    assert (bad.status, good.status) == ("failed", "done")
    assert isinstance(witness.outcomes[bad.id], UserError)


def test_a_listener_may_wait_in_a_loop_of_its_own(loop, queue: Queue, model_folder: Path) -> None:
    # As a modal dialog does: the next job must go on beneath it.
    order: list[str] = []
    nested: list[bool] = []

    def dialog(job: Job, _error: object) -> None:
        from PySide6.QtCore import QEventLoop

        inner = QEventLoop()
        queue.finished.connect(inner.quit)
        nested.append(inner.exec() == 0)
        order.append("closed")

    queue.failed.connect(dialog)
    queue.finished.connect(lambda _job, _result: order.append("finished"))
    queue.submit(LayoutState())
    queue.submit(two_boxes(model_folder))
    until(loop, queue, lambda: bool(nested))
    assert order == ["finished", "closed"]


def test_closing_ends_what_runs_and_takes_no_more(loop, queue: Queue, model_folder: Path) -> None:
    running, waiting = (queue.submit(two_boxes(model_folder, steps=500)) for _ in range(2))
    until(loop, queue, lambda: running.last is not None)
    loop.run_until_complete(queue.close())
    assert (running.status, waiting.status) == ("cancelled", "cancelled")
    assert queue.jobs == ()
    with pytest.raises(RuntimeError):
        queue.submit(two_boxes(model_folder))
