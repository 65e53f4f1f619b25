"""A tiny real SegFormer and a tiny real CLIP, saved and loaded as anybody's would be."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from tests.evaluation.coco_folder import build_clip, build_segmenter
from zestdesk.errors import UserError
from zestdesk.evaluation.foreign import ClipScore, ForeignSegmenter

PICTURES = np.random.default_rng(0).integers(0, 255, (5, 32, 48, 3)).astype(np.uint8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_segmenter(tmp_path_factory.mktemp("segformer"))


@pytest.fixture(scope="module")
def clip_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_clip(tmp_path_factory.mktemp("clip"))


def test_a_segformer_gives_classes_features_and_gradients(folder: Path) -> None:
    segmenter = ForeignSegmenter(str(folder))
    labels = segmenter(PICTURES)
    assert labels.shape == (5, 32, 48)
    assert 0 <= labels.min() <= labels.max() < len(segmenter.names)
    assert len(np.unique(labels)) > 1
    assert segmenter.features(PICTURES).shape == (5, 16)
    pixels = (torch.from_numpy(PICTURES).permute(0, 3, 1, 2).float() / 127.5 - 1).requires_grad_()
    logits = segmenter.logits(pixels)
    assert np.array_equal(logits.argmax(dim=1).numpy(), labels)
    assert torch.autograd.grad(logits.square().sum(), pixels)[0].abs().max() > 0


def test_classes_go_by_their_names_and_by_what_prompts_call_them(folder: Path) -> None:
    segmenter = ForeignSegmenter(str(folder))
    assert segmenter.names[segmenter.class_id("wall-brick")] == "wall-brick"
    assert segmenter.class_id("brick wall") == segmenter.class_id("Wall Brick") == segmenter.class_id("wall-brick")
    assert segmenter.class_id("sky") == segmenter.class_id("sky-other")
    with pytest.raises(UserError, match="no class"):
        segmenter.class_id("a kite")


def test_the_models_own_preprocessing_is_followed(tmp_path: Path) -> None:
    folder = build_segmenter(tmp_path)
    plain = ForeignSegmenter(str(folder)).features(PICTURES)
    table = {"image_mean": [0.5] * 3, "image_std": [0.5] * 3, "size": {"height": 64, "width": 64}}
    (folder / "preprocessor_config.json").write_text(json.dumps(table))
    segmenter = ForeignSegmenter(str(folder))
    assert segmenter(PICTURES).shape == (5, 32, 48)
    assert not np.allclose(segmenter.features(PICTURES), plain)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[1]",
        '{"image_mean": "abc"}',
        '{"image_mean": [0.5]}',
        '{"image_std": [1, 1, 0]}',
        '{"image_std": [1, 1, NaN]}',
        '{"image_std": null}',
    ],
)
def test_preprocessing_that_makes_no_sense_is_one_sentence(tmp_path: Path, text: str) -> None:
    folder = build_segmenter(tmp_path)
    (folder / "preprocessor_config.json").write_text(text)
    with pytest.raises(UserError, match="JSON"):
        ForeignSegmenter(str(folder))


@pytest.mark.parametrize("size", ["large", {"height": "x", "width": 64}, {"shortest_edge": 10**400}, {"height": 64}])
def test_a_size_that_makes_no_sense_is_passed_over(tmp_path: Path, size: object) -> None:
    folder = build_segmenter(tmp_path)
    plain = ForeignSegmenter(str(folder)).features(PICTURES)
    (folder / "preprocessor_config.json").write_text(json.dumps({"size": size}))
    assert np.array_equal(ForeignSegmenter(str(folder)).features(PICTURES), plain)


def test_marks_tell_networks_apart(folder: Path, tmp_path: Path) -> None:
    other = ForeignSegmenter(str(build_segmenter(tmp_path, seed=1)))
    assert ForeignSegmenter(str(folder)).mark == ForeignSegmenter(str(folder)).mark != other.mark


def test_pickles_missing_folders_and_broken_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="safetensors"):
        ForeignSegmenter(str(tmp_path / "none"))
    folder = build_segmenter(tmp_path / "segformer")
    weights = load_file(folder / "model.safetensors")
    first = next(name for name, value in weights.items() if value.is_floating_point())
    weights[first] = torch.full_like(weights[first], float("nan"))
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(UserError, match="finite"):
        ForeignSegmenter(str(folder))
    torch.save(weights, folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    with pytest.raises(UserError, match="safetensors"):
        ForeignSegmenter(str(folder))


def test_clip_gives_a_cosine_that_depends_on_both(clip_folder: Path) -> None:
    score = ClipScore(clip_folder)
    first = score("a red cat", PICTURES[0])
    assert -1 <= first <= 1
    assert first == score("a red cat", PICTURES[0])
    assert len({first, score("a blue dog", PICTURES[0]), score("a red cat", PICTURES[1])}) == 3
    assert -1 <= score("cat " * 200, PICTURES[0]) <= 1


def test_clip_agrees_with_the_librarys_own_forward_pass(clip_folder: Path) -> None:
    from transformers import CLIPModel, CLIPTokenizer

    model, tokenizer = CLIPModel.from_pretrained(clip_folder), CLIPTokenizer.from_pretrained(clip_folder)
    square = PICTURES[0][:16, :16]
    mean, std = np.array([0.48145466, 0.4578275, 0.40821073]), np.array([0.26862954, 0.26130258, 0.27577711])
    pixels = torch.from_numpy(((square / 255 - mean) / std).transpose(2, 0, 1)[None]).float()
    with torch.no_grad():
        out = model(**tokenizer("a red cat", return_tensors="pt"), pixel_values=pixels)
    assert ClipScore(clip_folder)("a red cat", square) == pytest.approx(
        float(out.text_embeds @ out.image_embeds.T), abs=1e-5
    )


def test_a_folder_that_is_no_clip_is_refused(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(UserError, match="--clip"):
        ClipScore(tmp_path)
    with pytest.raises(UserError, match="choose a CLIP"):
        ClipScore(folder)


def test_a_network_without_a_trained_head_is_refused(tmp_path: Path) -> None:
    folder = build_segmenter(tmp_path)
    weights = {name: value for name, value in load_file(folder / "model.safetensors").items() if "decode" not in name}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(UserError, match="lacks weights"):
        ForeignSegmenter(str(folder))
