"""A project that is no good is refused with one sentence, before it costs anything."""

import io
import json
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.files.archives import edit_json, members, refusal, rewrite
from tests.files.strategies import spoilt_bytes, spoilt_json
from zestdesk.errors import UserError
from zestdesk.files import archive as archive_module
from zestdesk.files.images import encode_png
from zestdesk.files.project import Project, open_project, save_project


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"{}", b"PK\x03\x04" + bytes(500)])
def test_what_is_no_project_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.zest"
    path.write_bytes(data)
    refusal(path)


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "no file" in refusal(tmp_path / "a.zest").message
    assert "ordinary" in refusal(tmp_path).message


@pytest.mark.parametrize("name", ["project.json", "runs/0/run.json", "runs/0/picture.png", "runs/0/segment-1.png"])
def test_a_missing_part_is_named(saved: Path, name: str) -> None:
    contents = members(saved)
    del contents[name]
    rewrite(saved, contents)
    error = refusal(saved)
    assert error.place == f"work.zest: {name}"
    assert "missing" in error.message


def test_every_cut_of_a_file_is_refused(saved: Path) -> None:
    whole = saved.read_bytes()
    for length in range(0, len(whole), 97):
        saved.write_bytes(whole[:length])
        refusal(saved)


def test_two_parts_of_one_name_are_refused(saved: Path) -> None:
    with zipfile.ZipFile(saved, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("project.json", b"{}")
    assert "same name" in refusal(saved).message


def test_parts_that_are_not_asked_for_are_never_read(saved: Path, project: Project) -> None:
    contents = members(saved)
    contents["../../evil.sh"] = b"x"
    contents["notes.txt"] = bytes(10**6)
    rewrite(saved, contents)
    assert open_project(saved).state == project.state


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(saved: Path, method: int) -> None:
    rewrite(saved, members(saved), method)
    assert "packed in a way" in refusal(saved).message


def test_a_zip_bomb_is_refused_before_it_is_unpacked(saved: Path) -> None:
    contents = members(saved)
    contents["project.json"] = b" " * (40 * 2**20)
    rewrite(saved, contents)
    del contents
    tracemalloc.start()
    try:
        assert "larger than it can be" in refusal(saved).message
        assert tracemalloc.get_traced_memory()[1] < 10 * 2**20
    finally:
        tracemalloc.stop()


def test_a_size_that_lies_is_found_out(saved: Path) -> None:
    contents = members(saved)
    contents["project.json"] = b" " * (5 * 2**20)
    rewrite(saved, contents)
    data = saved.read_bytes()
    real = struct.pack("<I", 5 * 2**20)
    assert data.count(real) == 2
    for size in (10, 6 * 2**20):
        saved.write_bytes(data.replace(real, struct.pack("<I", size)))
        assert "damaged" in refusal(saved).message


def test_many_large_images_are_refused_in_all(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contents = members(saved)
    blank = encode_png(np.zeros((1000, 1000), np.uint8))
    layout = json.loads(contents["project.json"])
    layout["layout"] = {"canvas": [1000, 1000], "layers": []}
    for number in range(20):
        contents[f"masks/{number:032x}.png"] = blank
        layout["layout"]["layers"].append({"mask": f"masks/{number:032x}.png"})
    contents["project.json"] = json.dumps(layout).encode()
    rewrite(saved, contents)
    open_project(saved)
    monkeypatch.setattr(archive_module, "MAX_ARCHIVE_BYTES", 10 * 2**20)
    assert "unpacks to more" in refusal(saved).message


@pytest.mark.parametrize(
    "text", ["[" + "[]," * 60_000 + "[]]", "[" + "[" * 200 + "]" * 200 + "]", '{"a": [1, 2.5, "b"]}']
)
def test_parsed_json_takes_no_more_than_it_is_charged(text: str) -> None:
    tracemalloc.start()
    try:
        parsed = json.loads(text)
        taken = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert parsed
    assert taken <= archive_module._JSON_FACTOR * len(text) + 4096


def test_json_counts_as_what_it_takes_once_parsed(
    saved: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = members(saved)
    layout = json.loads(contents["project.json"])
    layout["other"] = [[]] * 300_000
    contents["project.json"] = json.dumps(layout, separators=(",", ":")).encode()
    rewrite(saved, contents)
    open_project(saved)
    monkeypatch.setattr(archive_module, "MAX_ARCHIVE_BYTES", 16 * 2**20)
    assert "unpacks to more" in refusal(saved).message
    with pytest.raises(UserError, match="too large for one file"):
        save_project(saved, replace(project, extra={"": {"other": layout["other"]}}))


def test_empty_masks_are_shared_and_count_too(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contents = members(saved)
    layout = json.loads(contents["project.json"])
    layout["layout"] = {"canvas": [2000, 1500], "layers": [{"mask": ""}] * 50}
    contents["project.json"] = json.dumps(layout).encode()
    rewrite(saved, contents)
    monkeypatch.setattr(archive_module, "MAX_ARCHIVE_BYTES", 4 * 2**20)
    assert len({layer.mask.cacheKey() for layer in open_project(saved).state.layers}) == 1
    monkeypatch.setattr(archive_module, "MAX_ARCHIVE_BYTES", 2 * 2**20)
    assert "unpacks to more" in refusal(saved).message


def test_a_directory_beyond_all_measure_is_refused(saved: Path) -> None:
    data = bytearray(saved.read_bytes())
    struct.pack_into("<H", data, len(data) - 12, 65535)
    saved.write_bytes(data)
    assert "more parts" in refusal(saved).message
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for number in range(20_001):
            file.writestr(str(number), b"")
    saved.write_bytes(stream.getvalue())
    assert "more parts" in refusal(saved).message


@pytest.mark.parametrize(
    ("name", "image"),
    [
        ("runs/0/picture.png", np.zeros((40, 65, 3), np.uint8)),
        ("runs/0/picture.png", np.zeros((40, 64), np.uint8)),
        ("runs/0/segment-0.png", np.full((160, 64), 255, np.uint8)),  # NaN
        ("runs/0/segment-0.png", np.full((160, 64), 70, np.uint8)),  # beyond 1
        ("runs/0/attention-0.png", np.zeros((30, 9), np.uint8)),
    ],
)
def test_images_that_are_not_what_they_should_be_are_named(saved: Path, name: str, image: np.ndarray) -> None:
    contents = members(saved)
    contents[name] = encode_png(image)
    rewrite(saved, contents)
    assert refusal(saved).place == f"work.zest: {name}"


@pytest.mark.parametrize(
    ("name", "change", "place"),
    [
        ("project.json", lambda data: data.update(runs=["../x"]), "runs"),
        ("project.json", lambda data: data.update(runs=["runs/0"] * 2), "runs/0/run.json: id"),
        ("project.json", lambda data: data.pop("layout"), "layout"),
        ("project.json", lambda data: data["layout"]["layers"][3].update(mask="../a.png"), "layout.layers[3].mask"),
        ("project.json", lambda data: data["layout"].update(canvas=[0, 9]), "layout.canvas"),
        ("runs/0/run.json", lambda data: data.update(id="a/b"), "runs/0/run.json: id"),
        ("runs/0/run.json", lambda data: data.update(created="noon"), "runs/0/run.json: created"),
        ("runs/0/run.json", lambda data: data.update(masks=[3, 2, 9999, 9999]), "runs/0/run.json: masks"),
        ("runs/0/run.json", lambda data: data.update(masks=[9, 2, 5, 8]), "runs/0/run.json: masks"),
        ("runs/0/run.json", lambda data: data.update(masks=[3, 0, 5, 8]), "runs/0/run.json: masks"),
        ("runs/0/run.json", lambda data: data.update(fits=[0.5, "nan"]), "runs/0/run.json: fits"),
        ("runs/0/run.json", lambda data: data.update(fits=[0.5, 1.5]), "runs/0/run.json: fits"),
        ("runs/0/run.json", lambda data: data.update(fits=[1]), "runs/0/run.json"),
        ("runs/0/run.json", lambda data: data.update(fits=["x", 1]), "runs/0/run.json: fits"),
        ("runs/0/run.json", lambda data: data.update(tokens=[["x"], []]), "runs/0/run.json: tokens"),
        ("runs/0/run.json", lambda data: data["steps"][1].pop("loss"), "runs/0/run.json: steps[1].loss"),
        ("runs/0/run.json", lambda data: data["request"].update(width=99999), "runs/0/run.json: request.width"),
        ("runs/0/run.json", lambda data: data["request"].update(scheduler="x"), "runs/0/run.json: request.scheduler"),
        (
            "runs/0/run.json",
            lambda data: data["request"]["segments"][0].update(layer_ids=[1]),
            "runs/0/run.json: request.segments[0].layer_ids",
        ),
    ],
)
def test_a_wrong_value_is_named(saved: Path, name: str, change: Callable[[Any], object], place: str) -> None:
    edit_json(saved, name, change)
    assert refusal(saved).place == f"work.zest: {place}"


def test_a_time_without_a_zone_is_taken_for_utc(saved: Path) -> None:
    edit_json(saved, "runs/0/run.json", lambda data: data.update(created="0001-01-01T00:00:00"))
    assert open_project(saved).runs[0].created.timestamp() < 0  # which of the year 1 only UTC can tell


@given(st.data())
@settings(max_examples=120)
def test_spoilt_files_are_opened_or_refused(saved: Path, data: st.DataObject) -> None:
    whole = saved.read_bytes()
    try:
        saved.write_bytes(data.draw(spoilt_bytes(whole)))
        try:
            open_project(saved)
        except UserError as error:
            assert error.place.startswith("work.zest")  # noqa: PT017 - some damage does no harm
    finally:
        saved.write_bytes(whole)


@given(st.data())
@settings(max_examples=200)
def test_spoilt_parts_are_opened_or_refused(saved: Path, data: st.DataObject) -> None:
    """Within a sound zip, so that no checksum catches them."""
    whole = saved.read_bytes()
    contents = members(saved)
    name = data.draw(st.sampled_from(sorted(contents)))
    if name.endswith(".json") and data.draw(st.booleans()):
        contents[name] = data.draw(spoilt_json(json.loads(contents[name])))
    else:
        contents[name] = data.draw(spoilt_bytes(contents[name]))
    try:
        rewrite(saved, contents, zipfile.ZIP_STORED)
        try:
            opened = open_project(saved)
        except UserError as error:
            assert error.place.startswith("work.zest")  # noqa: PT017 - some damage does no harm
        else:
            save_project(saved, opened)
            assert open_project(saved).state == opened.state
    finally:
        saved.write_bytes(whole)
