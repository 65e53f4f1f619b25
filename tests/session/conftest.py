"""A tiny real model, and a warm worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tiny_model import build_tiny_model
from zestdesk.session import worker as module
from zestdesk.session.worker import Worker


@pytest.fixture(scope="package")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_model(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture(scope="package")
def worker(model_folder: Path) -> Iterator[Worker]:
    """One worker for the tests that need no fresh one: warm, and its thread is there before each test."""
    worker = Worker("cpu")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "BUNDLED", str(model_folder))
        worker.prepare()
        worker._executor.submit(int).result()
    yield worker
    assert worker.close()
