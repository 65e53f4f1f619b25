"""What guidance costs over plain sampling, as ratios within one run: time in this process, memory in fresh ones.

``python -m pytest tests/benchmarks/test_guidance_cost.py -s``. Stable Diffusion has its full size and random weights;
on a CPU its canvas is 256 x 256. With a GPU everything runs there.
"""

import gc
import json
import subprocess
import sys
import time

import numpy as np
import pytest
import torch

from tests.benchmarks.cost import WAYS, bench_model, bench_request
from zestdesk.guidance.sampler import generate

pytestmark = pytest.mark.benchmark

ROUNDS = {"diorama": 7, "sd1": 3}
MODELS = tuple(ROUNDS)


@pytest.mark.parametrize("name", MODELS)
def test_time_of_a_whole_run(name: str) -> None:
    model = bench_model(name)
    request = bench_request(name, model.device)
    generate(WAYS["guided"][1](request), model)  # the first run of a process finds cold caches
    seconds: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(ROUNDS[name]):
        # One after the other, so that a noisy minute spoils all ways alike.
        for way, (_, change) in WAYS.items():
            gc.collect()
            started = time.perf_counter()
            generate(change(request), model)
            seconds[way].append(time.perf_counter() - started)
    plain = np.array(seconds["plain"])
    print(f"\n{name} on {model.device}, {request.width} x {request.height}, {request.steps} steps, {torch.__version__}")
    print(f"{'way':<64}{'seconds':>9}{'over plain':>12}{'lowest':>9}{'highest':>9}")
    for way, (title, _) in WAYS.items():
        ratios = np.array(seconds[way]) / plain
        print(
            f"{title:<64}{np.median(seconds[way]):>9.2f}{np.median(ratios):>12.2f}{ratios.min():>9.2f}{ratios.max():>9.2f}"
        )


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process is told by Linux")
@pytest.mark.parametrize("name", MODELS)
def test_peak_memory(name: str) -> None:
    figures = {}
    for way in ("plain", "guided", "all maps", "ours", "straight"):
        command = [sys.executable, "-m", "tests.benchmarks.cost", name, way]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        figures[way] = json.loads(done.stdout.splitlines()[-1])
    plain = figures["plain"]["peak"]
    print(f"\n{name}{'':<32}{'before, GB':>12}{'peak, GB':>10}{'over plain':>12}{'working, GB':>13}")
    for way, figure in figures.items():
        working = figure["peak"] - figure["before"]
        print(
            f"{way:<32}{figure['before'] / 1e9:>19.2f}{figure['peak'] / 1e9:>10.2f}{figure['peak'] / plain:>12.2f}"
            f"{working / 1e9:>13.2f}"
        )
