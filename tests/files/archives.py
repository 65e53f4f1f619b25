"""A project taken apart, changed and put together again, as somebody else might do it."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zestdesk.errors import UserError
from zestdesk.files.project import open_project

Members = dict[str, bytes]


def members(path: Path) -> Members:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def rewrite(path: Path, contents: Members, compression: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", compression) as file:
        for name, data in contents.items():
            file.writestr(name, data)


def edit_json(path: Path, name: str, change: Callable[[Any], object]) -> None:
    contents = members(path)
    data = json.loads(contents[name])
    change(data)
    contents[name] = json.dumps(data).encode()
    rewrite(path, contents)


def refusal(path: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        open_project(path)
    assert caught.value.place.startswith(path.name)
    return caught.value
