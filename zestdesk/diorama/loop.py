"""The training loop that all networks share: a time budget, resume, progress with time left, validation, sheets."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import torch
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from torch import nn

__all__ = [
    "Average",
    "Clock",
    "Task",
    "level_then_falling",
    "mixed_precision",
    "run",
    "save_atomically",
    "working_seconds",
]

State = dict[str, Any]


def mixed_precision(device: torch.device) -> torch.autocast:
    """Return a context that computes in bfloat16 where the hardware does: GPUs, and CPUs with AVX512-BF16 or AMX.

    On such a CPU it trains these networks 1.5 to 1.7 times faster; on others bfloat16 is emulated and slower.
    """
    capabilities = torch.cpu.get_capabilities() if device.type == "cpu" else {}
    native = device.type == "cuda" or any(capabilities.get(name) for name in ("avx512_bf16", "amx_bf16"))
    return torch.autocast(device.type, torch.bfloat16, enabled=native)


def level_then_falling(progress: float, floor: float = 0.02, level: float = 0.7) -> float:
    """Return the learning rate's share at a progress in [0, 1]: 1 up to ``level``, then a straight line to ``floor``.

    With a budget of an hour or two, a rate that falls from the beginning (half a cosine) gives up learning too early.
    """
    return 1 - (1 - floor) * min(max((progress - level) / (1 - level), 0.0), 1.0)


def save_atomically(state: State, path: Path) -> None:
    """Write a checkpoint so that a reader finds the old one or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    torch.save(state, unfinished)
    unfinished.replace(path)


class Average:
    """An exponential moving average of a module's weights.

    The decay starts low and rises to its end value, so that the random first weights do not linger in it.
    """

    def __init__(self, module: nn.Module, decay: float = 0.999) -> None:
        """Take the module and the final decay per step."""
        self._module, self._decay, self.steps = module, decay, 0
        self.weights = {name: value.detach().clone() for name, value in module.state_dict().items()}

    @torch.no_grad()
    def update(self) -> None:
        """Move the average towards the module's weights."""
        self.steps += 1
        decay = min(self._decay, (1 + self.steps) / (10 + self.steps))
        for name, value in self._module.state_dict().items():
            kept = self.weights[name]
            if kept.is_floating_point():
                kept.lerp_(value, 1 - decay)
            else:
                kept.copy_(value)

    def state(self) -> State:
        """Return what a checkpoint needs."""
        return {"steps": self.steps, "weights": self.weights}

    def load(self, state: State) -> None:
        """Take up where a checkpoint left off."""
        self.steps = int(state["steps"])
        for name, value in state["weights"].items():
            self.weights[name].copy_(value)


class Clock:
    """Working time against a budget, kept across restarts."""

    def __init__(self, minutes: float, spent: float = 0.0, seconds: Callable[[], float] = time.monotonic) -> None:
        """Take the budget in minutes, the seconds already spent, and what counts them."""
        self._budget, self._spent, self._seconds, self._began = minutes * 60, spent, seconds, seconds()

    @property
    def spent(self) -> float:
        """Seconds worked, earlier runs counted in."""
        return self._spent + self._seconds() - self._began

    @property
    def progress(self) -> float:
        """Share of the budget that is spent; 1 or more when it is used up."""
        return self.spent / self._budget if self._budget > 0 else 1.0

    @property
    def left(self) -> float:
        """Seconds left."""
        return max(self._budget - self.spent, 0.0)


def working_seconds(device: torch.device) -> Callable[[], float]:
    """Return what counts the seconds of a budget.

    On a CPU that is the computing time that the process got, per thread: a training beside other work, which gets a
    part of the processor, makes as many steps in its budget as one alone.
    """
    if device.type != "cpu":
        return time.monotonic
    return lambda: time.process_time() / torch.get_num_threads()


class Task(Protocol):
    """What is trained."""

    name: str

    def step(self, progress: float) -> dict[str, float]:
        """Make one optimiser step at this share of the budget; return figures for the log."""

    def validate(self) -> dict[str, float]:
        """Return figures on scenes that were never trained on."""

    def sheet(self, path: Path) -> None:
        """Write a picture of what the network can do."""

    def state(self) -> State:
        """Return what a checkpoint needs."""

    def load(self, state: State) -> None:
        """Take up where a checkpoint left off."""


def run(
    task: Task,
    folder: Path,
    minutes: float,
    *,
    most_steps: int | None = None,
    checkpoint_every: float = 180,
    look_every: float = 480,
    at_look: Callable[[], None] | None = None,
    seconds: Callable[[], float] = time.monotonic,
) -> int:
    """Train until the time budget, or a number of steps, is used up; go on from a checkpoint when there is one.

    Args:
        task: what to train.
        folder: for checkpoints (``NAME.pt``), the log (``NAME.jsonl``) and sample sheets.
        minutes: budget of working time, earlier runs counted in; the learning rate falls over it.
        most_steps: stop after so many steps in all, for rehearsals.
        checkpoint_every: seconds between checkpoints.
        look_every: seconds between validations and sample sheets; 0 leaves them out but for the end.
        at_look: called behind each validation, for example to export.
        seconds: what counts working time.

    Returns:
        Steps made in all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{task.name}.pt"
    steps, spent = 0, 0.0
    if path.exists():
        saved = torch.load(path, map_location="cpu", weights_only=True)
        task.load(saved["task"])
        steps, spent = int(saved["steps"]), float(saved["spent"])
    clock = Clock(minutes, spent, seconds)
    log = _Log(folder / f"{task.name}.jsonl")
    saved_at = looked_at = time.monotonic()

    def keep() -> None:
        save_atomically({"task": task.state(), "steps": steps, "spent": clock.spent}, path)

    def look() -> None:
        log.write(step=steps, minutes=clock.spent / 60, **task.validate())
        task.sheet(folder / f"{task.name}-{steps:06d}.png")
        if at_look:
            at_look()

    started = steps
    with _bar() as bar:
        line = bar.add_task(task.name, total=1.0, figures="")
        while clock.progress < 1 and (most_steps is None or steps < most_steps):
            figures = task.step(clock.progress)
            steps += 1
            shown = "  ".join(f"{name} {value:.4f}" for name, value in figures.items())
            bar.update(line, completed=clock.progress, figures=f"step {steps}  {shown}")
            if steps % 50 == 0:
                log.write(step=steps, minutes=clock.spent / 60, **figures)
            now = time.monotonic()
            if now - saved_at > checkpoint_every:
                keep()
                saved_at = now
            if look_every and now - looked_at > look_every:
                look()
                looked_at = time.monotonic()
    if steps > started:
        keep()
        look()
    return steps


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[figures]}"),
        console=Console(stderr=True),
        refresh_per_second=2,
    )


class _Log:
    """Figures as JSON lines."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, **figures: float) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({name: round(value, 5) for name, value in figures.items()}) + "\n")
