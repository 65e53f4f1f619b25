"""The picture to begin with, in a layout's JSON, in a project, in an exported picture, and what is no good of it."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.files.archives import edit_json, members, refusal, rewrite
from tests.files.strategies import assert_same_run, spoilt_bytes, spoilt_json
from zestdesk.document.layout import LayoutState
from zestdesk.document.start import MAX_START_SIDE, StartPicture, picture_image, picture_pixels
from zestdesk.errors import UserError
from zestdesk.files.images import encode_png
from zestdesk.files.layout_json import layout_from_dict, layout_to_dict, read_layout
from zestdesk.files.png import read_picture_settings, save_picture
from zestdesk.files.project import Project, open_project, save_project
from zestdesk.files.report import report_dict, start_mark

PIXELS = np.random.default_rng(3).integers(0, 256, (40, 64, 3), np.uint8)


@pytest.fixture
def begun(project: Project) -> Project:
    """A project whose layout begins with a picture, with a run that did and one that had to scale it."""
    start = StartPicture(image=picture_image(PIXELS), strength=0.25, layer_ids=("a", "b"))
    (run,) = project.runs
    ramp = np.linspace(0, 1, 40 * 64, dtype=np.float32).reshape(40, 64)
    request = replace(run.result.request, start=PIXELS, strength=0.25, redraw=ramp)
    state = replace(project.state, start=start)
    first = replace(run, state=state, result=replace(run.result, request=request))
    scaled = replace(request, start=PIXELS[::-1].copy(), redraw=None)
    second = replace(first, id="another", result=replace(run.result, request=scaled))
    return Project(state=state, runs=(first, second))


def test_a_project_brings_it_back_and_holds_it_once(tmp_path: Path, begun: Project) -> None:
    path = tmp_path / "work.zest"
    save_project(path, begun)
    again = open_project(path)
    assert again.state == begun.state
    assert again.state.start is not None
    assert np.array_equal(picture_pixels(again.state.start.image), PIXELS)
    for one, other in zip(again.runs, begun.runs, strict=True):
        assert_same_run(one, other)
    names = [name for name in members(path) if name.startswith("pictures/") or "start" in name or "redraw" in name]
    (shared,) = [name for name in names if name.startswith("pictures/")]
    assert sorted(names) == [shared, "runs/0/redraw.png", "runs/1/start.png"]
    assert json.loads(members(path)["project.json"])["layout"]["start"] == {
        "picture": shared,
        "strength": 0.25,
        "layers": ["a", "b"],
    }
    before = path.read_bytes()
    save_project(path, again)
    assert path.read_bytes() == before


def test_without_one_nothing_is_written(saved: Path, project: Project) -> None:
    assert "start" not in json.loads(members(saved)["project.json"])["layout"]
    assert "start" not in json.loads(members(saved)["runs/0/run.json"])["request"]
    assert "start" not in report_dict(project.runs[0].result)["settings"]


def test_keys_of_other_versions_stay(tmp_path: Path, begun: Project) -> None:
    path = tmp_path / "work.zest"
    save_project(path, begun)
    edit_json(path, "project.json", lambda data: data["layout"]["start"].update(blend="soft"))
    again = open_project(path)
    assert again.extra == {"layout/start": {"blend": "soft"}}
    save_project(path, again)
    assert json.loads(members(path)["project.json"])["layout"]["start"]["blend"] == "soft"


def test_an_exported_picture_carries_it(tmp_path: Path, begun: Project) -> None:
    path = tmp_path / "out.png"
    save_picture(path, begun.runs[0])
    assert read_picture_settings(path) == begun.state
    with Image.open(path) as image:
        text = image.text["parameters"]  # type: ignore[attr-defined]  # PNGs have it
    assert text.endswith(f", Denoising strength: 0.25, Start picture: {start_mark(PIXELS)}")
    report = report_dict(begun.runs[0].result)["settings"]
    assert (report["start"], report["strength"]) == (start_mark(PIXELS), 0.25)
    assert report["redrawn_area"] == pytest.approx(0.5)


def with_start(**values: Any) -> dict[str, Any]:
    return {"zestdesk": 1, "start": values}


@pytest.mark.parametrize("name", ["old.png", "below/old.jpg"])
def test_a_layout_names_a_file_beside_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "below").mkdir()
    Image.fromarray(PIXELS).save(tmp_path / name)
    start = layout_from_dict(with_start(picture=name), tmp_path).start
    assert start is not None
    assert (start.image.size().toTuple(), start.strength, start.layer_ids) == ((64, 40), 0.6, ())
    if name.endswith(".png"):
        assert np.array_equal(picture_pixels(start.image), PIXELS)
    state = LayoutState(start=start)
    assert layout_from_dict(json.loads(json.dumps(layout_to_dict(state))), None) == state


def test_a_photograph_stands_upright_however_the_camera_was_held(tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # a quarter turn clockwise is to be made of it
    Image.fromarray(PIXELS).save(tmp_path / "held.png", exif=turned)
    start = layout_from_dict(with_start(picture="held.png"), tmp_path).start
    assert start is not None
    assert np.array_equal(picture_pixels(start.image), np.rot90(PIXELS, -1))


def test_a_grey_file_is_a_picture_too(tmp_path: Path) -> None:
    Image.fromarray(PIXELS[..., 0]).save(tmp_path / "grey.png")
    start = layout_from_dict(with_start(picture="grey.png"), tmp_path).start
    assert start is not None
    assert np.array_equal(picture_pixels(start.image), np.repeat(PIXELS[..., :1], 3, axis=2))


def url(data: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(data).decode()


def wide(width: int, height: int) -> bytes:
    data = bytearray(encode_png(PIXELS))
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return bytes(data)


@pytest.mark.parametrize(
    ("values", "place", "message"),
    [
        ({}, "picture", "missing"),
        ({"picture": ""}, "picture", "named by its file's name"),
        ({"picture": "gone.png"}, "picture", "no file"),
        ({"picture": "../out.png"}, "picture", "no absolute paths"),
        ({"picture": "/etc/passwd"}, "picture", "no absolute paths"),
        ({"picture": "clear.png"}, "picture", "not RGB but RGBA"),
        ({"picture": "text.png"}, "picture", "not an image that can be read"),
        ({"picture": "long.png"}, "picture", "at most 2048 x 2048"),
        ({"picture": url(b"x")}, "picture", "not a PNG"),
        ({"picture": "data:image/png;base64,$"}, "picture", "not base64"),
        ({"picture": url(wide(60_000, 60_000))}, "picture", "at most 2048 x 2048"),
        ({"picture": url(wide(0, 5))}, "picture", "at most 2048 x 2048"),
        ({"picture": url(encode_png(PIXELS[..., 0]))}, "picture", "colour type"),
        ({"picture": url(encode_png(PIXELS)), "strength": 0}, "strength", "more than 0"),
        ({"picture": url(encode_png(PIXELS)), "strength": 1.5}, "strength", "at most 1"),
        ({"picture": url(encode_png(PIXELS)), "strength": "x"}, "strength", "number"),
        ({"picture": url(encode_png(PIXELS)), "layers": ["a b"]}, "layers", "Ids of layers"),
        ({"picture": url(encode_png(PIXELS)), "layers": "a"}, "layers", "list"),
        ({"picture": url(encode_png(PIXELS)), "power": 1}, "power", "not known here"),
    ],
    ids=range(19),
)
def test_what_is_no_good_is_refused_in_its_place(
    tmp_path: Path, values: dict[str, Any], place: str, message: str
) -> None:
    Image.new("RGBA", (4, 4)).save(tmp_path / "clear.png")
    Image.new("RGB", (1, MAX_START_SIDE + 1)).save(tmp_path / "long.png")
    (tmp_path / "text.png").write_text("not a picture")
    path = tmp_path / "scene.json"
    path.write_text(json.dumps(with_start(**values)))
    with pytest.raises(UserError, match=message) as caught:
        read_layout(path)
    assert caught.value.place == f"scene.json: start.{place}"


def test_without_a_folder_no_file_is_read() -> None:
    with pytest.raises(UserError, match="has to stand in the text itself"):
        layout_from_dict(with_start(picture="old.png"), None)


def other_picture(contents: dict[str, bytes], data: bytes) -> None:
    name = next(name for name in contents if name.startswith("pictures/"))
    contents[name] = data


@pytest.mark.parametrize(
    "data", [b"", b"x" * 99, wide(60_000, 60_000), wide(2049, 1), encode_png(PIXELS[..., 0]), encode_png(PIXELS)[:-40]]
)
def test_a_project_s_picture_is_looked_at_before_it_is_decoded(tmp_path: Path, begun: Project, data: bytes) -> None:
    path = tmp_path / "work.zest"
    save_project(path, begun)
    contents = members(path)
    other_picture(contents, data)
    rewrite(path, contents)
    assert "pictures/" in refusal(path).place


def begin(**values: Any) -> Callable[[Any], object]:
    return lambda data: data["request"].update(values)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (begin(start="start.png"), "missing"),
        (begin(start="pictures/" + "0" * 32 + ".png"), "missing"),
        (begin(start="masks/" + "0" * 32 + ".png"), "A picture's name"),
        (begin(start=7), "text"),
        (begin(strength=0), "more than 0"),
        (begin(redraw=1), "true or false"),
        (begin(width=60), ""),
        (lambda data: data["request"].pop("strength"), "missing"),
    ],
    ids=range(8),
)
def test_a_run_s_own_is_held_to_its_size(
    tmp_path: Path, begun: Project, change: Callable[[Any], object], message: str
) -> None:
    path = tmp_path / "work.zest"
    save_project(path, begun)
    edit_json(path, "runs/0/run.json", change)
    assert message in refusal(path).message


@given(st.data())
@settings(max_examples=40)
def test_spoilt_layouts_are_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    example = with_start(picture=url(encode_png(PIXELS[:4, :4])), strength=0.5, layers=["a"])
    path = tmp_path / "scene.json"
    path.write_bytes(data.draw(spoilt_json(example) | spoilt_bytes(json.dumps(example).encode())))
    try:
        state = read_layout(path)
    except UserError as error:
        assert error.place.startswith("scene.json")  # noqa: PT017 - what is still a layout may pass
    else:
        assert layout_from_dict(layout_to_dict(state), tmp_path) == state
