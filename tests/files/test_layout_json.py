"""The layout JSON that people write by hand: every slip is named with its place."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.document.strategies import states
from tests.files.strategies import spoilt_bytes, spoilt_json
from zestdesk.document.brush import mask_pixels
from zestdesk.document.layers import PALETTE, BrushLayer, ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.document.settings import Settings
from zestdesk.errors import UserError
from zestdesk.files.layout_json import layout_from_dict, layout_to_dict, read_layout

EXAMPLE: dict[str, Any] = {
    "zestdesk": 1,
    "canvas": [64, 48],
    "prompt": "a cat and a red car on grass under a blue sky",
    "negative_prompt": "",
    "layers": [
        {"label": "a cat", "ellipse": [5, 18, 20, 22.5], "weight": 1.0},
        {"label": "a red car", "rectangle": [28, 26, 20, 13]},
        {"label": "grass", "path": "M 0 30 L 64 30 L 64 48 L 0 48 Z"},
        {"label": "a blue sky", "mask": "sky.png"},
    ],
    "settings": {"model": "diorama", "steps": 50, "scheduler": "ddim", "guidance_scale": 3.0, "eta": 1.0, "seed": 7},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sky = np.zeros((48, 64), np.uint8)
    sky[:20] = 255
    Image.fromarray(sky).save(tmp_path / "sky.png")
    return tmp_path


def changed(**values: Any) -> dict[str, Any]:
    return {**EXAMPLE, **values}


def with_layer(**values: Any) -> dict[str, Any]:
    return changed(layers=[EXAMPLE["layers"][1], values])


def refusal(folder: Path, data: Any) -> UserError:
    path = folder / "scene.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    with pytest.raises(UserError) as caught:
        read_layout(path)
    assert caught.value.place.startswith("scene.json")
    return caught.value


def test_the_example_is_read(folder: Path) -> None:
    path = folder / "scene.json"
    path.write_text(json.dumps(EXAMPLE), "utf-8")
    state = read_layout(path)
    assert state.canvas == (64, 48)
    assert [layer.label for layer in state.layers] == ["a cat", "a red car", "grass", "a blue sky"]
    assert [layer.colour for layer in state.layers] == list(PALETTE[:4])
    cat, car, grass, sky = state.layers
    assert isinstance(cat, ShapeLayer)
    assert isinstance(car, ShapeLayer)
    assert isinstance(grass, ShapeLayer)
    assert isinstance(sky, BrushLayer)
    assert (cat.kind, car.kind, grass.kind) == ("ellipse", "rectangle", "path")
    assert cat.path.controlPointRect().getRect() == (5, 18, 20, 22.5)
    assert car.path.boundingRect().getRect() == (28, 26, 20, 13)
    assert mask_pixels(sky.mask).sum() == 20 * 64 * 255
    assert state.settings == Settings(seed=7)


def test_everything_has_a_default(tmp_path: Path) -> None:
    assert layout_from_dict({}, tmp_path) == LayoutState()
    (layer,) = layout_from_dict({"layers": [{"rectangle": [0, 0, 5, 5]}]}, tmp_path).layers
    assert (layer.label, layer.weight, layer.visible, layer.locked) == ("", 1.0, True, False)
    assert (layer.start, layer.end) == (0.0, 1.0)


def test_a_schema_and_a_comment_are_welcome(tmp_path: Path) -> None:
    layout_from_dict({"$schema": "https://example.org", "comment": ["x"], "prompt": "a"}, tmp_path)


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"prompt": "ä"}', "utf-8-sig")
    assert read_layout(path).prompt == "ä"


@given(states())
def test_layouts_come_back(state: LayoutState) -> None:
    data = json.loads(json.dumps(layout_to_dict(state)))
    assert layout_from_dict(data, Path("nowhere")) == state


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (changed(zestdesk=2), "zestdesk"),
        (changed(zestdesk="1"), "zestdesk"),
        (changed(promt="x"), "promt"),
        (changed(canvas=[0, 5]), "canvas"),
        (changed(canvas=[5, 8193]), "canvas"),
        (changed(canvas=[5.5, 5]), "canvas"),
        (changed(canvas=[5]), "canvas"),
        (changed(canvas="5x5"), "canvas"),
        (changed(prompt=3), "prompt"),
        (changed(prompt="x" * 200_001), "prompt"),
        (changed(layers={}), "layers"),
        (changed(layers=[3]), "layers[0]"),
        (changed(layers=[{}] * 1001), "layers"),
        (with_layer(label="x"), "layers[1]"),
        (with_layer(label="x", rectangle=[0, 0, 1, 1], mask="sky.png"), "layers[1]"),
        (with_layer(rectangle=[0, 0, 1]), "layers[1].rectangle"),
        (with_layer(rectangle=[0, 0, 1, 0]), "layers[1].rectangle"),
        (with_layer(ellipse=[0, 0, -1, 4]), "layers[1].ellipse"),
        (with_layer(ellipse=[0, 0, "1", 4]), "layers[1].ellipse"),
        (with_layer(ellipse=[1e308, 0, 1e308, 4]), "layers[1].ellipse"),
        (with_layer(path=[1, 2]), "layers[1].path"),
        (with_layer(path="x"), "layers[1].path"),
        (with_layer(path="M 0 0", kind="star"), "layers[1].kind"),
        (with_layer(path="M 0 0" + " L 64 48 L 0 0" * 2500), "layers[1]"),
        (with_layer(rectangle=[0, 0, 1, 1], lable="x"), "layers[1].lable"),
        (with_layer(rectangle=[0, 0, 1, 1], label=None), "layers[1].label"),
        (with_layer(rectangle=[0, 0, 1, 1], weight=11), "layers[1].weight"),
        (with_layer(rectangle=[0, 0, 1, 1], weight=True), "layers[1].weight"),
        (with_layer(rectangle=[0, 0, 1, 1], start=-0.1), "layers[1].start"),
        (with_layer(rectangle=[0, 0, 1, 1], end="half"), "layers[1].end"),
        (with_layer(rectangle=[0, 0, 1, 1], start=0.5, end=0.4), "layers[1].end"),
        (with_layer(rectangle=[0, 0, 1, 1], colour="red"), "layers[1].colour"),
        (with_layer(rectangle=[0, 0, 1, 1], visible=1), "layers[1].visible"),
        (with_layer(rectangle=[0, 0, 1, 1], id="a b"), "layers[1].id"),
        (changed(layers=[{"rectangle": [0, 0, 1, 1], "id": "a"}] * 2), "layers[1].id"),
        (changed(settings=[]), "settings"),
        (changed(settings={"step": 3}), "settings.step"),
        (changed(settings={"steps": 3.5}), "settings.steps"),
        (changed(settings={"steps": 0}), "settings.steps"),
        (changed(settings={"scheduler": "pndm"}), "settings.scheduler"),
        (changed(settings={"eta": -1}), "settings.eta"),
        (changed(settings={"tau": "half"}), "settings.tau"),
        (changed(settings={"seed": 2**63}), "settings.seed"),
        (changed(settings={"model": " "}), "settings.model"),
        (changed(settings={"loss": "fifth"}), "settings.loss"),
        (changed(settings={"maps": ["all"]}), "settings.maps"),
        (changed(settings={"softmax": None}), "settings.softmax"),
        (changed(settings={"best_maps": 1.5}), "settings.best_maps"),
        (changed(settings={"pww": 10.5}), "settings.pww"),
        (changed(settings={"guide_every": 0}), "settings.guide_every"),
        (changed(settings={"cfg_until": True}), "settings.cfg_until"),
        (changed(settings={"refinements": -1}), "settings.refinements"),
        (changed(settings={"size": [0, 5]}), "settings.size"),
        (changed(settings={"size": 5}), "settings.size"),
    ],
)
def test_a_slip_is_named_with_its_place(folder: Path, data: Any, place: str) -> None:
    assert refusal(folder, data).place == f"scene.json: {place}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("{", "line 1"),
        ("[1]", "object in braces"),
        ('{"prompt": NaN}', "NaN"),
        ('{"canvas": [Infinity, 1]}', "Infinity"),
        ('{"prompt": "a", "prompt": "b"}', '“prompt” stands there twice|"prompt" stands there twice'),
        ('{"prompt": "\\ud800"}', "surrogate"),
        ('{"comment": ' + "[" * 100 + "]" * 100 + "}", "deeper"),
        ("[" * 200_000, "deeper"),
        ('{"canvas": [' + "9" * 5000 + ", 1]}", "JSON that can be read"),
        ('{"canvas": [1e999, 1]}', "out of range"),
    ],
)
def test_text_that_is_no_layout_is_refused(folder: Path, text: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        raise refusal(folder, text)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "scene.json"
    path.write_bytes(b'{"prompt": "\xff"}')
    with pytest.raises(UserError, match=r"^scene\.json: "):
        read_layout(path)


def test_a_slip_of_the_pen_gets_a_hint(folder: Path) -> None:
    assert "did you mean “label”?" in refusal(folder, with_layer(rectangle=[0, 0, 1, 1], lable="x")).message
    assert "choose one of probabilities, logits" in refusal(folder, changed(settings={"resampling": "no"})).message
    assert "known are" in refusal(folder, changed(settings={"x" * 500: 1})).message


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../sky.png", "a/../../sky.png", "C:sky.png", "a\\sky.png", "sky\0.png", "..", "x" * 2000]
)
def test_masks_lie_in_the_folder_or_below(folder: Path, name: str) -> None:
    error = refusal(folder, with_layer(mask=name))
    assert error.place == "scene.json: layers[1].mask"
    assert "no absolute paths" in error.message


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_links_do_not_lead_out_of_the_folder(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "sky.png"
    outside.write_bytes((folder / "sky.png").read_bytes())
    (folder / "link.png").symlink_to(outside)
    (folder / "loop.png").symlink_to(folder / "loop.png")
    assert "leads out" in refusal(folder, with_layer(mask="link.png")).message
    refusal(folder, with_layer(mask="loop.png"))


def test_masks_may_lie_in_a_folder_below(folder: Path) -> None:
    (folder / "masks").mkdir()
    (folder / "sky.png").rename(folder / "masks" / "sky.png")
    (_, layer) = layout_from_dict(with_layer(mask="masks/sky.png"), folder).layers
    assert isinstance(layer, BrushLayer)
    assert mask_pixels(layer.mask).any()


@pytest.mark.parametrize(("mode", "level"), [("1", 1), ("I;16", 65535)])
def test_masks_of_other_depths_are_converted(folder: Path, mode: str, level: int) -> None:
    image = Image.new(mode, (64, 48))
    image.paste(level, (0, 0, 10, 10))
    image.save(folder / "deep.png")
    (_, layer) = layout_from_dict(with_layer(mask="deep.png"), folder).layers
    assert isinstance(layer, BrushLayer)
    assert np.unique(mask_pixels(layer.mask)).tolist() == [0, 255]
    assert mask_pixels(layer.mask).sum() == 100 * 255


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "LA"])
def test_masks_that_are_not_grey_are_refused(folder: Path, mode: str) -> None:
    Image.new(mode, (64, 48)).save(folder / "sky.png")
    assert f"not grey but {mode}" in refusal(folder, EXAMPLE).message


def test_masks_of_another_size_are_refused_before_they_are_decoded(folder: Path) -> None:
    Image.new("L", (48, 64)).save(folder / "sky.png")
    error = refusal(folder, EXAMPLE)
    assert error.place == "scene.json: layers[3].mask"
    assert error.message == "“sky.png” is 48 x 64, the canvas is 64 x 48 pixels; make them equal."
    huge = bytearray((folder / "sky.png").read_bytes())
    huge[16:24] = (60_000).to_bytes(4, "big") * 2
    (folder / "sky.png").write_bytes(huge)
    refusal(folder, EXAMPLE)


def test_a_mask_is_read_once_and_masks_are_bounded_together(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layers = [{"label": str(number), "mask": name} for number, name in enumerate(["sky.png", "sky.png", "", ""])]
    data = {"canvas": [64, 48], "layers": layers}
    monkeypatch.setattr("zestdesk.files.layout_images.MAX_MASK_BYTES", 2 * 64 * 48)
    first, second, *blank = layout_from_dict(data, folder).layers
    assert first.mask.cacheKey() == second.mask.cacheKey()
    assert not any(mask_pixels(layer.mask).any() for layer in blank)
    monkeypatch.setattr("zestdesk.files.layout_images.MAX_MASK_BYTES", 2 * 64 * 48 - 1)
    assert "too large together" in refusal(folder, data).message


def test_masks_that_are_missing_or_no_image_are_refused(folder: Path) -> None:
    assert "no file" in refusal(folder, with_layer(mask="nothing.png")).message
    assert "ordinary" in refusal(folder, with_layer(mask=".")).message
    (folder / "sky.png").write_bytes(b"P5 64 48 255\n" + bytes(64 * 48))
    assert "not an image that can be read" in refusal(folder, EXAMPLE).message
    assert refusal(folder, with_layer(mask="data:image/png;base64,$$$")).place == "scene.json: layers[1].mask"
    assert "not a PNG" in refusal(folder, with_layer(mask="data:image/png;base64,AAAA")).message


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"^gone\.json: There is no file"):
        read_layout(tmp_path / "gone.json")


@given(st.data())
def test_spoilt_layouts_are_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    Image.new("L", (64, 48)).save(tmp_path / "sky.png")
    spoilt = data.draw(spoilt_json(EXAMPLE) | spoilt_bytes(json.dumps(EXAMPLE).encode()))
    path = tmp_path / "scene.json"
    path.write_bytes(spoilt)
    try:
        state = read_layout(path)
    except UserError as error:
        assert error.place.startswith("scene.json")  # noqa: PT017 - what is still a layout may pass
    else:
        assert layout_from_dict(layout_to_dict(state), tmp_path) == state


@given(st.data())
def test_spoilt_masks_are_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "sky.png"
    Image.fromarray(np.random.default_rng(8).integers(0, 256, (48, 64), np.uint8)).save(path)
    path.write_bytes(data.draw(spoilt_bytes(path.read_bytes())))
    try:
        layout_from_dict(EXAMPLE, tmp_path)
    except UserError as error:
        assert error.place == "layers[3].mask"  # noqa: PT017 - a flipped bit may leave a good image
