"""Save and open gives the same project."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from tests.files.archives import edit_json, members, refusal
from tests.files.strategies import assert_same_run, projects
from zestdesk.document.brush import blank_mask
from zestdesk.document.layers import BrushLayer
from zestdesk.document.layout import LayoutState
from zestdesk.errors import UserError
from zestdesk.files import archive as archive_module
from zestdesk.files import project as project_module
from zestdesk.files import runs as runs_module
from zestdesk.files.project import Project, open_project, save_project
from zestdesk.guidance.request import GenerationRequest, GenerationResult, StepRecord
from zestdesk.options import GuidanceOptions


@given(projects())
@settings(max_examples=25)
def test_projects_come_back(tmp_path: Path, project: Project) -> None:
    path = tmp_path / "work.zest"
    save_project(path, project)
    again = open_project(path)
    assert again.state == project.state
    assert again.extra == {}
    assert len(again.runs) == len(project.runs)
    for one, other in zip(again.runs, project.runs, strict=True):
        assert_same_run(one, other)


def test_a_project_saved_twice_is_the_same_file(saved: Path) -> None:
    first = saved.read_bytes()
    save_project(saved, open_project(saved))
    assert saved.read_bytes() == first


def test_everything_in_the_file_is_what_it_looks_like(saved: Path) -> None:
    names = members(saved)
    assert sorted(name for name in names if "masks" not in name) == [
        "project.json",
        "runs/0/attention-0.png",
        "runs/0/picture.png",
        "runs/0/run.json",
        "runs/0/segment-0.png",
        "runs/0/segment-1.png",
    ]
    assert len(names) == 7  # the layout's and the run's mask are one
    assert json.loads(names["project.json"])["zestdesk"] == 1


def test_a_project_of_before_the_options_opens_with_their_defaults(saved: Path, project: Project) -> None:
    def aged(data: Any) -> None:
        for name in GuidanceOptions.names():
            del (data["request"] if "request" in data else data["layout"]["settings"])[name]
        for item in data["request"]["segments"] if "request" in data else data["layout"]["layers"]:
            item.pop("start", None)
            item.pop("end", None)

    old = saved.with_name("old.zest")
    old.write_bytes(saved.read_bytes())
    for member in ("project.json", "runs/0/run.json"):
        edit_json(old, member, aged)
    again = open_project(old)
    assert again.state == project.state
    assert_same_run(again.runs[0], project.runs[0])


@pytest.mark.parametrize(("name", "value"), [("loss", "fifth"), ("pww", -1), ("guide_every", 0.5)])
def test_a_run_with_an_option_that_does_not_exist_is_refused_by_place(saved: Path, name: str, value: object) -> None:
    edit_json(saved, "runs/0/run.json", lambda data: data["request"].update({name: value}))
    assert refusal(saved).place.endswith(f"runs/0/run.json: request.{name}")


def test_masks_that_layers_share_are_shared_again(tmp_path: Path) -> None:
    mask = blank_mask((600, 600))
    layers = tuple(BrushLayer(mask=mask) for _ in range(3))
    path = tmp_path / "a.zest"
    save_project(path, Project(state=LayoutState(canvas=(600, 600), layers=layers)))
    keys = {layer.mask.cacheKey() for layer in open_project(path).state.layers if isinstance(layer, BrushLayer)}
    assert len(keys) == 1


def test_many_steps_are_kept_in_several_images(saved: Path, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs_module, "_ATTENTION_PIXELS", 2 * 2 * 5 * 8)
    path = saved.with_name("chunks.zest")
    fresh = replace(project.runs[0])  # what was packed before is kept per run
    save_project(path, Project(state=project.state, runs=(fresh,)))
    assert "runs/0/attention-1.png" in members(path)
    assert_same_run(open_project(path).runs[0], fresh)


@pytest.mark.parametrize("shape", [(0, 0, 0, 0), (2, 0, 8, 8), (2, 0, 0, 0)])
def test_a_run_without_segments_comes_back(tmp_path: Path, project: Project, shape: tuple[int, ...]) -> None:
    step = StepRecord(timestep=1.0, loss=None, fits=(), guided=False, skipped=None, seconds=0.1)
    result = GenerationResult(
        request=GenerationRequest(prompt="a cat", width=8, height=8),
        picture=np.zeros((8, 8, 3), np.uint8),
        composed_prompt="a cat",
        tokens=(),
        steps=(step, step),
        masks=np.zeros(shape, np.uint8),
        fits=(),
        seconds=1.0,
    )
    run = replace(project.runs[0], result=result)
    path = tmp_path / "a.zest"
    save_project(path, Project(state=project.state, runs=(run,)))
    assert_same_run(open_project(path).runs[0], run)


def test_a_result_whose_parts_do_not_fit_is_a_defect(tmp_path: Path, project: Project) -> None:
    result = project.runs[0].result
    for wrong in (
        replace(result, picture=result.picture[:-1]),
        replace(result, masks=result.masks[0]),
        replace(result, masks=result.masks[:, :1]),
        replace(result, fits=(1.0,)),
        replace(result, tokens=((1,),)),
    ):
        with pytest.raises(ValueError, match=r"^The"):
            save_project(
                tmp_path / "a.zest", Project(state=project.state, runs=(replace(project.runs[0], result=wrong),))
            )
    assert not list(tmp_path.iterdir())


def test_keys_of_other_versions_survive(saved: Path, project: Project) -> None:
    def mark(data: Any, *ways: tuple[Any, ...]) -> None:
        for way in ways:
            inner = data
            for key in way:
                inner = inner[key]
            inner["from the future"] = {"at": [list(map(str, way)), None, 1.5]}

    layout_ways = [("layout",), ("layout", "settings"), ("layout", "layers", 0), ("layout", "layers", 3)]
    edit_json(saved, "project.json", lambda data: mark(data, (), *layout_ways))
    edit_json(saved, "runs/0/run.json", lambda data: mark(data, (), *layout_ways))
    marked = {name: json.loads(data) for name, data in members(saved).items() if name.endswith(".json")}
    opened = open_project(saved)
    assert opened.state == project.state
    save_project(saved, opened)
    again = {name: json.loads(data) for name, data in members(saved).items() if name.endswith(".json")}
    assert again == marked
    moved = replace(opened.state, layers=tuple(reversed(opened.state.layers[1:])))
    save_project(saved, replace(opened, state=moved))
    layers = json.loads(members(saved)["project.json"])["layout"]["layers"]
    assert ["from the future" in layer for layer in layers] == [True, False, False]


def test_an_older_format_is_brought_up_to_date(saved: Path, monkeypatch: pytest.MonkeyPatch, project: Project) -> None:
    def rename(data: dict[str, Any]) -> dict[str, Any]:
        return {**{key: value for key, value in data.items() if key != "scene"}, "layout": data["scene"]}

    def age(data: dict[str, Any]) -> None:
        data["zestdesk"], data["scene"] = 0, data.pop("layout")

    edit_json(saved, "project.json", age)
    assert "no format 0" in refusal(saved).message
    monkeypatch.setitem(project_module.MIGRATIONS, 0, rename)
    assert open_project(saved).state == project.state


def test_a_newer_format_asks_for_an_update(saved: Path) -> None:
    edit_json(saved, "project.json", lambda data: data.update(zestdesk=2))
    assert "newer ZestDesk" in refusal(saved).message


def test_what_could_not_be_opened_again_is_not_written(saved: Path, project: Project) -> None:
    before = saved.read_bytes()
    with pytest.raises(UserError, match="prompt"):
        save_project(saved, replace(project, state=replace(project.state, prompt="x" * 300_000)))
    heavy = replace(project.state.layers[0], weight=11.0)
    with pytest.raises(UserError, match="weight"):
        save_project(saved, replace(project, state=replace(project.state, layers=(heavy,))))
    assert saved.read_bytes() == before


def test_more_text_than_is_read_is_not_written(saved: Path, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before, length = saved.read_bytes(), len(members(saved)["project.json"])
    monkeypatch.setattr(project_module, "MAX_LAYOUT_BYTES", length - 1)
    with pytest.raises(UserError, match=r"work\.zest: .*simplify"):
        save_project(saved, project)
    assert saved.read_bytes() == before
    monkeypatch.setattr(project_module, "MAX_LAYOUT_BYTES", length)
    save_project(saved, project)
    open_project(saved)


def test_a_run_that_could_not_be_opened_again_is_not_written(
    saved: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, (run,) = saved.read_bytes(), project.runs
    with pytest.raises(UserError, match="history"):
        save_project(saved, replace(project, runs=(replace(run, state=replace(run.state, prompt="x" * 300_000)),)))
    monkeypatch.setattr(runs_module, "MAX_LAYOUT_BYTES", 100)
    with pytest.raises(UserError, match="history"):
        save_project(saved, project)
    assert saved.read_bytes() == before


def test_a_project_that_is_too_large_is_not_written(
    saved: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = saved.read_bytes()
    monkeypatch.setattr(archive_module, "MAX_ARCHIVE_BYTES", 20_000)
    with pytest.raises(UserError, match=r"work\.zest: .*too large"):
        save_project(saved, project)
    assert saved.read_bytes() == before


def test_a_project_as_large_as_may_be_written_opens(
    saved: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in range(20_000, 800_000, 4000):  # JSON counts for many times its length
        monkeypatch.setattr(archive_module, "MAX_ARCHIVE_BYTES", limit)
        try:
            save_project(saved, project)
        except UserError:
            continue
        open_project(saved)
        return
    pytest.fail("the project never fitted")


# What somebody else may have put there
