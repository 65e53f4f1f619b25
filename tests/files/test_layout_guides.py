"""Guides in files: optional keys, checked like all others, and back again as they were."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.document.strategies import states
from tests.files.strategies import runs, spoilt_json
from zestdesk.document.guides import Guide
from zestdesk.document.layout import LayoutState
from zestdesk.errors import UserError
from zestdesk.files.layout_json import layout_from_dict, layout_to_dict
from zestdesk.files.png import read_picture_settings, save_picture
from zestdesk.files.project import Project, Run, open_project, save_project

NOWHERE = Path("nowhere")
EXAMPLE: dict[str, Any] = {"zestdesk": 1, "guides": {"horizontal": [10, 20.5], "vertical": [-4]}}


def test_guides_are_read_and_written() -> None:
    state = layout_from_dict(EXAMPLE, NOWHERE)
    assert state.guides == (Guide("horizontal", 10), Guide("horizontal", 20.5), Guide("vertical", -4))
    assert json.dumps(layout_to_dict(state)["guides"]) == json.dumps(EXAMPLE["guides"])


def test_a_layout_without_guides_is_written_as_ever() -> None:
    assert "guides" not in layout_to_dict(LayoutState())
    assert layout_from_dict({"zestdesk": 1, "guides": {}}, NOWHERE).guides == ()


def test_a_guide_that_is_written_twice_is_one() -> None:
    assert layout_from_dict({"guides": {"vertical": [8, 3, 8.0]}}, NOWHERE).guides == (
        Guide("vertical", 3),
        Guide("vertical", 8),
    )


@given(states())
def test_guides_come_back_to_the_last_bit(state: LayoutState) -> None:
    written = json.loads(json.dumps(layout_to_dict(state)))
    assert layout_from_dict(written, NOWHERE).guides == state.guides


@pytest.mark.parametrize(
    ("guides", "place"),
    [
        ([], "guides"),
        (None, "guides"),
        ({"horizontal": 3}, "guides.horizontal"),
        ({"vertical": ["3"]}, "guides.vertical"),
        ({"vertical": [True]}, "guides.vertical"),
        ({"vertical": [1e9]}, "guides.vertical"),
        ({"vertical": [-(10**30)]}, "guides.vertical"),
        ({"vertcal": [3]}, "guides.vertcal"),
        ({"vertical": list(range(1001))}, "guides"),
        ({"vertical": [0] * 100_001}, "guides.vertical"),
    ],
)
def test_a_slip_is_named_with_its_place(guides: Any, place: str) -> None:
    with pytest.raises(UserError) as caught:
        layout_from_dict({"guides": guides}, NOWHERE)
    assert caught.value.place == place


@given(st.data())
def test_spoilt_guides_are_read_or_refused(data: st.DataObject) -> None:
    spoilt = data.draw(spoilt_json(EXAMPLE))
    try:
        state = layout_from_dict(json.loads(spoilt.decode("utf-8", "surrogatepass")), NOWHERE)
    except UserError:
        return
    assert layout_from_dict(layout_to_dict(state), NOWHERE) == state


def test_a_project_keeps_guides_and_what_newer_versions_say_of_them(tmp_path: Path) -> None:
    path = tmp_path / "a.zest"
    project = Project(state=layout_from_dict(EXAMPLE, NOWHERE), extra={"layout/guides": {"colour": "red"}})
    save_project(path, project)
    again = open_project(path)
    assert again.state == project.state
    assert again.extra == {"layout/guides": {"colour": "red"}}


@given(runs())
def test_a_picture_keeps_guides(tmp_path_factory: pytest.TempPathFactory, run: Run) -> None:
    path = tmp_path_factory.mktemp("picture") / "a.png"
    save_picture(path, run)
    assert read_picture_settings(path).guides == run.state.guides
