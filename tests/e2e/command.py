"""The real command as a process of its own, and layout files to feed it."""

import copy
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

LAYOUT: Mapping[str, Any] = {
    "zestdesk": 1,
    "canvas": [64, 64],
    "prompt": "a red car and a blue kite on green grass",
    "layers": [
        {"label": "a red car", "ellipse": [2, 30, 28, 28], "weight": 1.0},
        {"label": "a blue kite", "rectangle": [34, 4, 26, 20]},
        {"label": "green grass", "path": "M 0 40 L 64 40 L 64 64 L 0 64 Z"},
    ],
    "settings": {"steps": 3, "seed": 7},
}
"""A small sound layout."""


def zestdesk(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    command = [sys.executable, "-m", "zestdesk", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=300)


def layout(model: str = "diorama", **changes: Any) -> dict[str, Any]:
    """Return a copy of :data:`LAYOUT` with other values on top."""
    made = copy.deepcopy(dict(LAYOUT)) | changes
    made["settings"] = {"model": model} | dict(LAYOUT["settings"]) | changes.get("settings", {})
    return made


def write(folder: Path, made: Mapping[str, Any], name: str = "layout.json") -> Path:
    """Write a layout file and return its path."""
    path = folder / name
    path.write_text(json.dumps(made), encoding="utf-8")
    return path
