"""One small project with everything in it."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QPainterPath

from zestdesk.document.brush import pixels_to_mask
from zestdesk.document.layers import BrushLayer, Layer, ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.document.settings import Settings
from zestdesk.files.project import Project, Run, save_project
from zestdesk.guidance.request import GenerationRequest, GenerationResult, Segment, StepRecord


@pytest.fixture
def state() -> LayoutState:
    """A layer of every kind."""
    rectangle, ellipse, free = QPainterPath(), QPainterPath(), QPainterPath()
    rectangle.addRect(4, 5.5, 20, 10)
    ellipse.addEllipse(0.1, 0.2, 30.3, 20)
    free.moveTo(1, 2)
    free.cubicTo(3, 4, 5.5, 6, 7, 8)
    free.lineTo(40, 1 / 3)
    free.closeSubpath()
    noise = np.random.default_rng(4).integers(0, 256, (32, 48), np.uint8)
    layers: tuple[Layer, ...] = (
        ShapeLayer(label="a cat", path=ellipse, kind="ellipse", weight=0.5),
        ShapeLayer(label="ein rötliches Auto", path=rectangle, kind="rectangle", locked=True),
        ShapeLayer(label="grass", path=free, visible=False),
        BrushLayer(label="sky", mask=pixels_to_mask(noise), colour="#abcdef"),
    )
    return LayoutState(
        canvas=(48, 32),
        layers=layers,
        prompt="a cat\nin “the” sky ☂",
        negative_prompt="blur",
        settings=Settings(steps=20, scheduler="euler", eta=0.7, seed=2**63 - 1, size=(64, 40)),
    )


@pytest.fixture
def result() -> GenerationResult:
    """Two segments, three steps, the middle one skipped."""
    random = np.random.default_rng(6)
    masks = random.random((2, 40, 64), np.float32)
    return GenerationResult(
        request=GenerationRequest(
            prompt="a cat",
            negative_prompt="blur",
            width=64,
            height=40,
            segments=(
                Segment(label="a Cat!", mask=masks[0], weight=0.5, layer_ids=("a", "b")),
                Segment(label="Straße/«ünder» ../", mask=masks[1]),
            ),
            steps=3,
            scheduler="dpm++",
            guidance_scale=7.5,
            seed=11,
        ),
        picture=random.integers(0, 256, (40, 64, 3), np.uint8),
        composed_prompt="a cat, Straße",
        tokens=((1, 2), (4,)),
        steps=(
            StepRecord(timestep=981.0, loss=1.5, fits=(0.25, 0.5), guided=True, skipped=None, seconds=0.5),
            StepRecord(timestep=500.5, loss=float("nan"), fits=(0.3, 0.5), guided=True, skipped="nan", seconds=1.5),
            StepRecord(timestep=1.0, loss=None, fits=(0.5, 0.75), guided=False, skipped=None, seconds=0.25),
        ),
        masks=random.integers(0, 256, (3, 2, 5, 8), np.uint8),
        fits=(0.5, 0.75),
        seconds=2.5,
        device="cpu",
        revision="0123abc",
        savings="the decoder in tiles",
    )


@pytest.fixture
def project(state: LayoutState, result: GenerationResult) -> Project:
    """The layout and one run of it."""
    run = Run(id="first", created=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC), state=state, result=result)
    return Project(state=state, runs=(run,))


@pytest.fixture
def saved(tmp_path: Path, project: Project) -> Path:
    """Return a project file."""
    path = tmp_path / "work.zest"
    save_project(path, project)
    return path
