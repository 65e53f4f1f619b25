"""The tiny model, loaded once, and requests for it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.tiny_model import TINY_SIDE, build_tiny_model
from zestdesk.guidance.checkpoints import open_checkpoint
from zestdesk.guidance.models import Model, load
from zestdesk.guidance.request import GenerationRequest, Segment

PROMPT = "a red cat under a blue sky"


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def tiny_model(tiny_folder: Path) -> Model:
    return load(open_checkpoint(str(tiny_folder)), "cpu")


@pytest.fixture(scope="session")
def tiny_v_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_model(tmp_path_factory.mktemp("models") / "tiny-v", prediction="v_prediction")


@pytest.fixture(scope="session")
def tiny_v_model(tiny_v_folder: Path) -> Model:
    return load(open_checkpoint(str(tiny_v_folder)), "cpu")


def box(left: float, top: float, right: float, bottom: float, width: int = TINY_SIDE, height: int = TINY_SIDE) -> Any:
    """Return a mask with a rectangle given in fractions of the sides."""
    mask = np.zeros((height, width), np.float32)
    mask[round(top * height) : round(bottom * height), round(left * width) : round(right * width)] = 1
    return mask


def request(width: int = TINY_SIDE, height: int = TINY_SIDE, **changes: Any) -> GenerationRequest:
    """Return a request for two segments on the tiny model."""
    segments = (
        Segment(label="a red cat", mask=box(0.5, 0.5, 1, 1, width, height)),
        Segment(label="a blue sky", mask=box(0, 0, 1, 0.4, width, height), weight=0.5),
    )
    values: dict[str, Any] = {"prompt": PROMPT, "segments": segments, "steps": 6, "seed": 3}
    return GenerationRequest(width=width, height=height, **(values | changes))
