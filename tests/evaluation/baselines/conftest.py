"""A real model and a real segmenter of toy size, and requests whose labels both know."""

from collections.abc import Callable
from typing import Any

import pytest
import torch

from tests.guidance.conftest import box, request
from tests.tiny_model import build_tiny_model
from zestdesk.diorama.vocabulary import Vocabulary
from zestdesk.evaluation.baselines.loop import Run, Steering
from zestdesk.evaluation.segmenter import SegmentationNetwork, Segmenter
from zestdesk.guidance.checkpoints import open_checkpoint
from zestdesk.guidance.models import Model, load
from zestdesk.guidance.request import CancelToken, GenerationRequest, Segment

PROMPT = "a cat on grass under a blue sky"
RIVALS = ("multidiffusion", "densediffusion", "layout-guidance", "boxdiff", "classifier")


def wanted(width: int = 32, height: int = 32, **changes: Any) -> GenerationRequest:
    """Return a request for a cat below and a sky above."""
    segments = (
        Segment(label="a cat", mask=box(0.5, 0.5, 1, 1, width, height)),
        Segment(label="a blue sky", mask=box(0, 0, 1, 0.4, width, height)),
    )
    return request(width, height, **({"prompt": PROMPT, "segments": segments, "steps": 4} | changes))


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return load(open_checkpoint(str(build_tiny_model(tmp_path_factory.mktemp("rivals") / "tiny"))), "cpu")


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    words = Vocabulary.load()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return Segmenter(SegmentationNetwork(len(words.class_names)), words)


@pytest.fixture
def steer(model: Model) -> Callable[..., Any]:
    """Return a steering that stands before its first step."""

    def build(kind: Callable[[Run], Steering], asked: GenerationRequest | None = None) -> Any:
        with torch.no_grad():
            return kind(Run(asked or wanted(), model, CancelToken()))

    return build
