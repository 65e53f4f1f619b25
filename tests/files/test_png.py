"""Pictures carry their settings, and masks get names that every system takes."""

import io
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.files.strategies import spoilt_bytes
from zestdesk.errors import UserError
from zestdesk.files import png as png_module
from zestdesk.files.load import load_document
from zestdesk.files.png import read_picture_settings, save_masks, save_picture
from zestdesk.files.project import Project
from zestdesk.guidance.request import GenerationResult
from zestdesk.options import GuidanceOptions


@pytest.fixture
def picture(tmp_path: Path, project: Project) -> Path:
    path = tmp_path / "out.png"
    save_picture(path, project.runs[0])
    return path


def png(**texts: bytes) -> bytes:
    """A PNG with an iTXt chunk of our keyword, its contents after the keyword given as they are."""
    stream = io.BytesIO()
    info = PngInfo()
    for text in texts.values():
        info.add(b"iTXt", b"zestdesk\0" + text)
    Image.new("RGB", (4, 4)).save(stream, "PNG", pnginfo=info)
    return stream.getvalue()


def refusal(path: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        read_picture_settings(path)
    assert caught.value.place.startswith(path.name)
    return caught.value


def test_the_picture_is_lossless_and_the_layout_comes_back(picture: Path, project: Project) -> None:
    with Image.open(picture) as image:
        assert (np.array(image) == project.runs[0].result.picture).all()
    assert read_picture_settings(picture) == project.state
    assert load_document(picture).state == project.state


def test_other_programs_find_the_parameters(picture: Path) -> None:
    with Image.open(picture) as image:
        assert image.text["parameters"] == (  # type: ignore[attr-defined]  # PNGs have it
            "a cat\nNegative prompt: blur\nSteps: 3, Sampler: DPM++ 2M, CFG scale: 7.5, Seed: 11, Size: 64x40, "
            "Model: diorama, ZestGuide eta: 1, ZestGuide tau: 0.5"
        )


def test_other_programs_find_the_options_that_are_not_at_their_defaults(tmp_path: Path, project: Project) -> None:
    run = project.runs[0]
    request = replace(run.result.request, options=GuidanceOptions(loss="fourth", pww=0.5))
    save_picture(tmp_path / "out.png", replace(run, result=replace(run.result, request=request)))
    with Image.open(tmp_path / "out.png") as image:
        line = image.text["parameters"]  # type: ignore[attr-defined]  # PNGs have it
    assert line.endswith("ZestGuide tau: 0.5, ZestGuide loss: fourth, ZestGuide pww: 0.5")


def test_a_failed_export_leaves_the_old_picture(
    picture: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = picture.read_bytes()
    monkeypatch.setattr("os.write", lambda *_: 0)
    with pytest.raises(UserError, match=r"out\.png"):
        save_picture(picture, project.runs[0])
    assert picture.read_bytes() == before


def test_a_picture_of_somebody_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (4, 4)).save(path)
    assert "no ZestDesk settings" in refusal(path).message
    path.write_bytes(b"JFIF")
    assert "not a PNG" in refusal(path).message


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\0\0",
        b"\2\0\0\0{}",
        b"\1\0\0\0no zlib",
        b"\0\0\0\0{",
        b'\0\0\0\0{"canvas": 1}',
        b"\1\0en\0title\0" + zlib.compress(b"[]"),
    ],
)
def test_settings_that_are_damaged_are_refused(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png(text=text))
    refusal(path)


def test_settings_that_swell_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png_module, "MAX_LAYOUT_BYTES", 1000)
    path = tmp_path / "a.png"
    path.write_bytes(png(text=b"\1\0\0\0" + zlib.compress(b" " * 10**6)))
    assert "larger" in refusal(path).message


def test_settings_do_not_reach_for_files(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png(text=b'\0\0\0\0{"layers": [{"mask": "../secret.png"}]}'))
    assert refusal(path).place == "a.png: layers[0].mask"


@given(st.data())
def test_spoilt_pictures_are_read_or_refused(picture: Path, data: st.DataObject) -> None:
    whole = picture.read_bytes()
    picture.write_bytes(data.draw(spoilt_bytes(whole)))
    try:
        read_picture_settings(picture)
    except UserError as error:
        assert error.place.startswith("out.png")  # noqa: PT017 - damage to the pixels does no harm
    finally:
        picture.write_bytes(whole)


def test_masks_are_named_by_number_and_label(tmp_path: Path, result: GenerationResult) -> None:
    folder = tmp_path / "new" / "masks"
    paths = save_masks(folder, result)
    assert [path.name for path in paths] == ["00-a-cat.png", "01-strasse-under.png"]
    for path, mask in zip(paths, result.masks[-1], strict=True):
        with Image.open(path) as image:
            assert image.mode == "L"
            assert (np.array(image) == mask).all()


@pytest.mark.parametrize(
    ("label", "name"), [("../..", "00-segment.png"), ("猫", "00-猫.png"), ("x" * 99, f"00-{'x' * 40}.png")]
)
def test_labels_make_safe_names(tmp_path: Path, result: GenerationResult, label: str, name: str) -> None:
    request = result.request
    one = replace(
        result,
        request=replace(request, segments=(replace(request.segments[0], label=label),)),
        masks=result.masks[:, :1],
    )
    assert [path.name for path in save_masks(tmp_path, one)] == [name]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, result: GenerationResult) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="folder could not be made"):
        save_masks(tmp_path / "file" / "masks", result)
