"""Measures of speed, run by hand: ``python -m pytest tests/benchmarks``. They report and assert nothing about time.

Each figure is given twice: by the clock on the wall, and by the CPU time that this process took, which says more where
other programs compete for the cores.
"""

import asyncio
import gc
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings

from tests.ui.desk import Desk, make_desk
from zestdesk.ui.theme import Theme

BENCHMARKS = Path(__file__).parent


@dataclass(frozen=True)
class Figure:
    """One measured thing.

    Attributes:
        name: what was done.
        goal: milliseconds that its median shall stay under.
        walls: milliseconds by the clock, one per repetition.
        cpus: milliseconds of CPU time, likewise.
        tail: milliseconds that the 99th percentile shall stay under, if anything is said of it.
    """

    name: str
    goal: float
    walls: tuple[float, ...]
    cpus: tuple[float, ...]
    tail: float = math.nan

    def line(self) -> str:
        wall, cpu = np.median(self.walls), np.median(self.cpus)
        late, late_cpu = np.percentile(self.walls, 99), np.percentile(self.cpus, 99)
        bound = "" if math.isnan(self.tail) else f"  (p99 goal {self.tail:g})"
        return (
            f"{self.name:<58}{self.goal:>7g}{wall:>9.2f}{cpu:>9.2f}{cpu / self.goal:>8.2f}"
            f"{late:>9.2f}{late_cpu:>9.2f}{bound}"
        )


_FIGURES: list[Figure] = []
_HEAD = f"{'milliseconds':<58}{'goal':>7}{'median':>9}{'cpu':>9}{'ratio':>8}{'p99':>9}{'cpu p99':>9}"


@dataclass
class Stopwatch:
    """Takes the time of repetitions."""

    def measure(
        self,
        name: str,
        goal: float,
        deed: Callable[[int], object],
        times: int,
        *,
        tail: float = math.nan,
        rest: Callable[[], object] = lambda: None,
    ) -> None:
        """Do something so many times, after three that do not count, and note how long each took.

        Args:
            name: what is done.
            goal: see :class:`Figure`.
            deed: does it; gets the number of the repetition.
            times: how often.
            tail: see :class:`Figure`.
            rest: done between two times and not measured: what may wait until the frame is painted.
        """
        walls, cpus = [], []
        for number in range(-3, times):
            rest()
            gc.collect(0)
            wall, cpu = time.perf_counter(), time.process_time()
            deed(number + 3)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            if number >= 0:
                walls.append(1000 * wall)
                cpus.append(1000 * cpu)
        self.note(Figure(name, goal, tuple(walls), tuple(cpus), tail))

    @staticmethod
    def note(figure: Figure) -> None:
        """Take a figure that was measured elsewhere."""
        _FIGURES.append(figure)


@pytest.fixture
def desk(loop: asyncio.AbstractEventLoop, tmp_path) -> Iterator[Desk]:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    desk = make_desk(settings, Theme("dark"))
    desk.window.resize(1600, 1000)
    desk.window.show()
    yield desk
    loop.run_until_complete(desk.queue.close())
    desk.window.hide()
    desk.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def stopwatch() -> Iterator[Stopwatch]:
    return Stopwatch()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave everything here out unless it was asked for by name."""
    asked = any(BENCHMARKS.name in str(argument) for argument in config.invocation_params.args)
    return None if asked or collection_path == BENCHMARKS else True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _FIGURES:
        terminalreporter.section("speed (ratio: CPU median to goal)")
        terminalreporter.line(_HEAD)
        for figure in _FIGURES:
            terminalreporter.line(figure.line())
