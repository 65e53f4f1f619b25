"""A screen for the tests that need one; where its tools are missing they are skipped, but never in CI."""

import os
from collections.abc import Iterator

import pytest

from tests.e2e.screen import Screen, tools_missing, virtual_screen


@pytest.fixture
def screen() -> Iterator[Screen]:
    missing = tools_missing()
    if missing and os.environ.get("CI"):
        pytest.fail(f"these programs are missing: {', '.join(missing)}")
    if missing:
        pytest.skip(f"install Debian's xvfb and xdotool: {', '.join(missing)} not found")
    with virtual_screen() as screen:
        yield screen
