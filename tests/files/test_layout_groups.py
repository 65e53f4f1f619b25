"""Groups in files: optional keys, checked like all others, and back again as they were."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.document.strategies import states
from tests.files.strategies import spoilt_json
from zestdesk.document.layers import Group
from zestdesk.document.layout import LayoutState
from zestdesk.errors import UserError
from zestdesk.files.layout_json import layout_from_dict, layout_to_dict
from zestdesk.files.project import Project, open_project, save_project

NOWHERE = Path("nowhere")


def layer(group: Any = None, **values: Any) -> dict[str, Any]:
    data = {"rectangle": [0, 0, 5, 5], **values}
    return data if group is None else {**data, "group": group}


EXAMPLE: dict[str, Any] = {
    "zestdesk": 1,
    "groups": [
        {"id": "animals", "name": "Animals", "collapsed": True},
        {"id": "ground", "visible": False, "locked": True},
    ],
    "layers": [layer("animals"), layer("animals"), layer(), layer("ground")],
}


def test_groups_are_read() -> None:
    state = layout_from_dict(EXAMPLE, NOWHERE)
    animals, ground = Group(id="animals", name="Animals"), Group(id="ground", visible=False, locked=True)
    assert [each.group for each in state.layers] == [animals, animals, None, ground]
    assert state.collapsed == {"animals"}


def test_a_layout_without_groups_is_written_as_ever() -> None:
    written = layout_to_dict(layout_from_dict({"layers": [layer(), layer("")]}, NOWHERE))
    assert "groups" not in written
    assert not any("group" in each for each in written["layers"])


def test_a_group_without_layers_vanishes() -> None:
    state = layout_from_dict({"groups": [{"id": "x", "collapsed": True}], "layers": [layer()]}, NOWHERE)
    assert "groups" not in layout_to_dict(state)


@given(st.data(), states(most=6))
def test_groups_come_back_folded_or_not(data: st.DataObject, state: LayoutState) -> None:
    ids = sorted({each.group.id for each in state.layers if each.group})
    folded = data.draw(st.sets(st.sampled_from(ids))) if ids else set()
    again = layout_from_dict(
        json.loads(json.dumps(layout_to_dict(replace(state, collapsed=frozenset(folded))))), NOWHERE
    )
    assert again == state
    assert again.collapsed == folded


@pytest.mark.parametrize(
    ("groups", "layers", "place"),
    [
        ({}, [], "groups"),
        ([3], [], "groups[0]"),
        ([{}], [], "groups[0].id"),
        ([{"id": "a b"}], [], "groups[0].id"),
        ([{"id": "a"}, {"id": "a"}], [], "groups[1].id"),
        ([{"id": "a", "name": 3}], [], "groups[0].name"),
        ([{"id": "a", "visible": 1}], [], "groups[0].visible"),
        ([{"id": "a", "locked": "no"}], [], "groups[0].locked"),
        ([{"id": "a", "collapsed": None}], [], "groups[0].collapsed"),
        ([{"id": "a", "nmae": "x"}], [], "groups[0].nmae"),
        ([{"id": "a"}] * 1001, [], "groups"),
        ([], [layer(), layer("a")], "layers[1].group"),
        ([{"id": "a"}], [layer(["a"])], "layers[0].group"),
        ([{"id": "a"}], [layer("a"), layer(), layer(), layer("a")], "layers[3].group"),
        ([{"id": "a"}, {"id": "b"}], [layer("a"), layer("b"), layer("a")], "layers[2].group"),
    ],
)
def test_a_slip_is_named_with_its_place(groups: Any, layers: list[Any], place: str) -> None:
    with pytest.raises(UserError) as caught:
        layout_from_dict({"groups": groups, "layers": layers}, NOWHERE)
    assert caught.value.place == place


@given(st.data())
def test_spoilt_groups_are_read_or_refused(data: st.DataObject) -> None:
    spoilt = data.draw(spoilt_json(EXAMPLE))
    try:
        state = layout_from_dict(json.loads(spoilt.decode("utf-8", "surrogatepass")), NOWHERE)
    except UserError:
        return
    assert layout_from_dict(layout_to_dict(state), NOWHERE) == state


def test_a_project_keeps_groups_and_what_newer_versions_say_of_them(tmp_path: Path) -> None:
    path = tmp_path / "a.zest"
    state = layout_from_dict(EXAMPLE, NOWHERE)
    save_project(path, Project(state=state, extra={"layout/groups/animals": {"tint": "red"}}))
    again = open_project(path)
    assert again.state == state
    assert again.state.collapsed == state.collapsed
    assert again.extra == {"layout/groups/animals": {"tint": "red"}}
