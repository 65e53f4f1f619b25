"""How long it takes until the window is on screen, and how long until layers are segments."""

import json
import subprocess
import sys
import time

import pytest

from tests.benchmarks.conftest import Figure, Stopwatch
from tests.benchmarks.scenes import busy
from zestdesk.document.masks import layer_masks

pytestmark = pytest.mark.benchmark

CODE = """
import json, os, sys, time
from zestdesk import app
from PySide6.QtCore import QTimer

class Timed(app.MainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, self.report)  # when the frame is whole

    def report(self):
        heavy = [name for name in ("torch", "diffusers", "transformers") if name in sys.modules]
        print(json.dumps({"at": time.time(), "cpu": time.process_time(), "heavy": heavy}), flush=True)
        os._exit(0)

app.MainWindow = Timed
app.run_editor(None)
"""


def test_start(stopwatch: Stopwatch) -> None:
    walls, cpus = [], []
    for _ in range(6):
        begun = time.time()
        done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
        seen = json.loads(done.stdout.splitlines()[-1])
        assert seen["heavy"] == []
        walls.append(1000 * (seen["at"] - begun))
        cpus.append(1000 * seen["cpu"])
    # The first start fills the disk's cache.
    stopwatch.note(Figure("window on screen after the start", 1500, tuple(walls[1:]), tuple(cpus[1:])))


@pytest.mark.parametrize("painted", [0, 30])
def test_segments(stopwatch: Stopwatch, painted: int) -> None:
    state = busy(painted, 100 - painted)
    stopwatch.measure(
        f"100 layers, {painted} of them painted, to segments at 512²", 300, lambda _: layer_masks(state, (512, 512)), 8
    )
