"""The worker thread on a real model at toy size."""

import asyncio
import logging
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.session.drawing import two_boxes
from zestdesk.document.layout import LayoutState
from zestdesk.document.settings import Settings
from zestdesk.errors import UserError
from zestdesk.guidance.request import Cancelled, CancelToken, GenerationResult, StepEvent
from zestdesk.session import worker as module
from zestdesk.session.worker import GenerationError, Worker


def run(loop: asyncio.AbstractEventLoop, worker: Worker, state: LayoutState, **listeners) -> GenerationResult:
    steps = listeners.pop("on_step", lambda _event: None)
    token = listeners.pop("token", None) or CancelToken()
    (result,) = loop.run_until_complete(worker.generate(state, steps, token, **listeners))
    return result


def our_threads() -> int:
    return sum(thread.name.startswith("zestdesk") for thread in threading.enumerate())


def test_a_picture_arrives_with_every_step_before_it(loop, worker: Worker, model_folder: Path) -> None:
    seen: list[tuple[StepEvent, int]] = []
    phases: list[str] = []
    result = run(
        loop,
        worker,
        two_boxes(model_folder),
        on_step=lambda event: seen.append((event, threading.get_ident())),
        on_phase=phases.append,
    )
    assert result.picture.shape == (32, 32, 3)
    assert [event.step for event, _ in seen] == [1, 2, 3]
    assert {thread for _, thread in seen} == {threading.get_ident()}
    assert seen[0][0].preview is not None
    assert phases == ["Looking for the model…", "Making the picture…"]


def test_the_same_request_gives_the_same_pixels_from_the_model_that_is_there(loop, worker, model_folder) -> None:
    first = run(loop, worker, two_boxes(model_folder))
    phases: list[str] = []
    second = run(loop, worker, two_boxes(model_folder), on_phase=phases.append)
    assert np.array_equal(first.picture, second.picture)
    assert "Loading the model…" not in phases


def test_another_device_loads_the_model_again(loop, worker: Worker, model_folder: Path, monkeypatch) -> None:
    run(loop, worker, two_boxes(model_folder))
    monkeypatch.setattr(worker, "device", "auto")
    phases: list[str] = []
    run(loop, worker, two_boxes(model_folder), on_phase=phases.append)
    assert phases[-2:] == ["Loading the model…", "Making the picture…"]


def test_cancel_ends_the_run_within_a_step(loop, worker: Worker, model_folder: Path) -> None:
    token, steps = CancelToken(), []

    def stop(event: StepEvent) -> None:
        steps.append(event.step)
        token.cancel()

    with pytest.raises(Cancelled):
        run(loop, worker, two_boxes(model_folder, steps=500), on_step=stop, token=token)
    assert steps[0] == 1
    assert len(steps) < 500
    assert run(loop, worker, two_boxes(model_folder)).picture.any()


def test_a_run_cancelled_beforehand_never_starts(loop, worker: Worker, model_folder: Path) -> None:
    token = CancelToken()
    token.cancel()
    steps: list[StepEvent] = []
    with pytest.raises(Cancelled):
        run(loop, worker, two_boxes(model_folder), token=token, on_step=steps.append)
    assert steps == []


def test_cancelling_the_task_cancels_the_run(loop, worker: Worker, model_folder: Path) -> None:
    async def scene() -> CancelToken:
        token, begun = CancelToken(), asyncio.Event()
        work = worker.generate(two_boxes(model_folder, steps=500), lambda _event: begun.set(), token)
        task = asyncio.get_running_loop().create_task(work)
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return token

    assert loop.run_until_complete(scene()).cancelled
    assert run(loop, worker, two_boxes(model_folder)).picture.any()


@pytest.mark.parametrize(
    ("settings", "place"),
    [({"model": "no such model"}, "model"), ({"scheduler": "magic"}, "scheduler"), ({"size": (30, 30)}, "size")],
)
def test_what_the_user_can_mend_passes_through(loop, worker, model_folder, settings, place) -> None:
    state = two_boxes(model_folder)
    values = {"model": str(model_folder), **settings}
    with pytest.raises(UserError) as caught:
        run(loop, worker, LayoutState(canvas=state.canvas, layers=state.layers, settings=Settings(**values)))
    assert caught.value.place == place
    assert run(loop, worker, state).picture.any()


def test_no_exception_carries_the_threads_frames_out(loop, worker: Worker) -> None:
    with pytest.raises(UserError) as caught:
        run(loop, worker, LayoutState(prompt="a cat", settings=Settings(model="no such model")))
    assert caught.value.__context__ is None
    frames, link = [], caught.value.__traceback__
    while link:
        frames.append(link.tb_frame.f_code.co_name)
        link = link.tb_next
    assert "_make" not in frames


def test_a_defect_becomes_one_sentence_and_the_worker_lives_on(loop, worker, model_folder, monkeypatch, caplog) -> None:
    for raised, expected, text in (
        (RuntimeError("tensors  are\nodd"), GenerationError, "RuntimeError: tensors are odd"),
        (torch.OutOfMemoryError("CUDA out of memory."), UserError, "not enough memory"),
        (MemoryError(), UserError, "not enough memory"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried"), UserError, "not enough memory"),
    ):

        def broken(*_arguments: object, error: Exception = raised) -> None:
            raise error

        with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
            patched.setattr(module, "build_request", broken)
            with pytest.raises(expected, match=text) as caught:
                run(loop, worker, two_boxes(model_folder))
        assert "\n" not in str(caught.value)
        assert "Traceback" in caplog.text
        caplog.clear()
    assert run(loop, worker, two_boxes(model_folder)).picture.any()


def test_closing_cancels_and_ends_the_thread(loop, model_folder: Path) -> None:
    worker, before = Worker("cpu"), our_threads()

    async def scene() -> None:
        begun = asyncio.Event()
        work = worker.generate(two_boxes(model_folder, steps=500), lambda _event: begun.set(), CancelToken())
        task = asyncio.get_running_loop().create_task(work)
        await begun.wait()
        assert our_threads() == before + 1
        assert worker.close()
        assert our_threads() == before
        with pytest.raises(Cancelled):
            await task

    loop.run_until_complete(scene())
    assert worker.close()
    with pytest.raises(RuntimeError):
        run(loop, worker, two_boxes(model_folder))


def test_a_close_that_would_take_long_says_so(loop, model_folder: Path, monkeypatch) -> None:
    worker, hanging, release = Worker("cpu"), threading.Event(), threading.Event()

    def download(_name: str) -> None:
        hanging.set()
        release.wait()
        raise UserError("The network is gone.", "model")

    monkeypatch.setattr(module, "open_checkpoint", download)
    worker.prepare()
    assert hanging.wait(60)
    assert not worker.close(timeout=0.01)
    release.set()
    assert worker.close()


def test_the_bundled_model_is_prepared_before_it_is_needed(loop, model_folder: Path, monkeypatch, caplog) -> None:
    worker = Worker("cpu")
    with monkeypatch.context() as patched:
        patched.setattr(module, "BUNDLED", "no such model")
        worker.prepare()
        worker._executor.submit(int).result()
    assert "could not be prepared" in caplog.text
    monkeypatch.setattr(module, "BUNDLED", str(model_folder))
    worker.prepare()
    phases: list[str] = []
    run(loop, worker, two_boxes(model_folder), on_phase=phases.append)
    assert phases == ["Making the picture…"]
    assert worker.close()


def test_an_idle_worker_has_no_thread() -> None:
    before, worker = our_threads(), Worker()
    assert our_threads() == before
    assert worker.close()
    worker.prepare()
    assert our_threads() == before


def test_the_window_gets_the_interpreter_and_a_core(loop, worker: Worker, model_folder: Path) -> None:
    run(loop, worker, two_boxes(model_folder))
    assert sys.getswitchinterval() <= 0.001


def test_the_worker_shares_no_path_with_the_window(loop, worker: Worker, model_folder: Path, monkeypatch) -> None:
    state, seen = two_boxes(model_folder), []
    build = module.build_request

    def looking(received: LayoutState, *rest):
        seen.append(received)
        return build(received, *rest)

    monkeypatch.setattr(module, "build_request", looking)
    run(loop, worker, state)
    assert seen == [state]
    assert not {id(layer.path) for layer in seen[0].layers} & {id(layer.path) for layer in state.layers}
