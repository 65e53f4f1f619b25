"""Model folders are foreign: whatever is in them, the answer is a loaded model or one clear sentence."""

import json
import pickle
import shutil
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.tiny_model import build_tiny_model
from zestdesk.errors import UserError
from zestdesk.guidance.checkpoints import BUNDLED, open_checkpoint, picture_size
from zestdesk.guidance.models import load, pick_device


@pytest.fixture
def folder(tiny_folder, tmp_path):
    """A copy of the tiny model to break."""
    return Path(shutil.copytree(tiny_folder, tmp_path / "broken"))


def change(path, **values):
    """Change keys of a JSON file."""
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def refused(folder, *, load_too=False):
    """Return the error that a folder gives on opening, or else on loading."""
    with pytest.raises(UserError) as caught:
        (try_to_load if load_too else open_checkpoint)(str(folder))
    assert caught.value.message.endswith(".")
    return caught.value


def try_to_load(name):
    return load(open_checkpoint(name), "cpu")


def test_a_sound_folder(tiny_folder, tiny_model):
    checkpoint = open_checkpoint(str(tiny_folder))
    assert (checkpoint.family, checkpoint.native_size, checkpoint.factor) == ("diorama", (32, 32), 4)
    assert tiny_model.latent_factor == 2
    assert tiny_model.dtype == torch.float32
    assert not tiny_model.unet.training
    for module in tiny_model.networks:
        assert not any(item.requires_grad for item in module.parameters())


def test_a_folder_with_a_vocabulary(tmp_path):
    folder = build_tiny_model(tmp_path, vocabulary={"things": []})
    assert open_checkpoint(str(folder)).family == "diorama"
    assert json.loads((folder / "vocabulary.json").read_text()) == {"things": []}


@pytest.mark.parametrize(("width", "family"), [(768, "sd1"), (1024, "sd2"), (320, "diorama"), ([768], "diorama")])
def test_families_go_by_the_width_of_the_text(folder, width, family):
    change(folder / "unet" / "config.json", cross_attention_dim=width)
    assert open_checkpoint(str(folder)).family == family


def test_stable_diffusion_geometry(folder):
    change(folder / "unet" / "config.json", sample_size=64, block_out_channels=[320, 640, 1280, 1280])
    change(folder / "vae" / "config.json", block_out_channels=[128, 256, 512, 512])
    checkpoint = open_checkpoint(str(folder))
    assert (checkpoint.native_size, checkpoint.factor) == ((512, 512), 64)


@pytest.mark.parametrize("part", ["unet", "vae", "text_encoder", "tokenizer", "scheduler"])
def test_a_missing_part_is_named(folder, part):
    shutil.rmtree(folder / part)
    assert part in refused(folder).place


@pytest.mark.parametrize("path", ["model_index.json", "unet/config.json", "vae/config.json"])
@pytest.mark.parametrize("text", ["", "{", "[1]", "nul", "\x00", '"' * 9, "[" * 100_000], ids=range(7))
def test_broken_json_is_named(folder, path, text):
    (folder / path).write_text(text)
    assert refused(folder).place.endswith(Path(path).name)


def test_json_that_is_no_text_or_too_long(folder):
    path = folder / "unet" / "config.json"
    path.write_bytes(b"\xff\xfe\x00")
    assert refused(folder).place == str(path)
    path.write_text(" " * 3_000_000)
    assert "too large" in refused(folder).message


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("unet", {"sample_size": 10**9}),
        ("unet", {"sample_size": "64"}),
        ("unet", {"sample_size": True}),
        ("unet", {"sample_size": None}),
        ("unet", {"block_out_channels": [10**9, 10**9]}),
        ("unet", {"block_out_channels": [1] * 99}),
        ("unet", {"block_out_channels": 320}),
        ("unet", {"cross_attention_dim": 10**12}),
        ("unet", {"layers_per_block": 10**6}),
        ("unet", {"norm_num_groups": float("nan")}),
        ("unet", {"in_channels": float("inf")}),
        ("unet", {"in_channels": 9}),
        ("unet", {"addition_embed_type": "text_time"}),
        ("unet", {"num_class_embeds": 10}),
        ("vae", {"block_out_channels": []}),
        ("vae", {"latent_channels": 10**10}),
        ("text_encoder", {"hidden_size": 10**9}),
        ("text_encoder", {"num_hidden_layers": 10**9}),
        ("text_encoder", {"vocab_size": 10**12}),
    ],
    ids=str,
)
def test_impossible_numbers_are_refused_before_anything_is_allocated(folder, part, values):
    change(folder / part / "config.json", **values)
    assert "broken" in refused(folder, load_too=True).place


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("unet", {"down_block_types": ["DownBlock2D", "OfMyOwn"]}),
        ("unet", {"block_out_channels": [8, 16]}),
        ("unet", {"attention_head_dim": 0}),
        ("unet", {"cross_attention_dim": 16}),
        ("vae", {"act_fn": "nonsense"}),
        ("text_encoder", {"hidden_size": 48}),
        ("text_encoder", {"max_position_embeddings": 20}),
        ("text_encoder", {"vocab_size": 7}),
        ("text_encoder", {"hidden_act": "nonsense"}),
    ],
    ids=str,
)
def test_configurations_that_do_not_fit_their_weights(folder, part, values):
    change(folder / part / "config.json", **values)
    assert "again" in refused(folder, load_too=True).message


def test_parts_that_do_not_fit_one_another(folder, tmp_path):
    from tests.tiny_model import tiny_unet

    tiny_unet(cross_attention_dim=24).save_pretrained(folder / "unet")
    assert "does not fit" in refused(folder, load_too=True).message


@pytest.mark.parametrize(
    "kind", ["StableDiffusionXLImg2ImgPipeline", "FluxPipeline", None, 7, ["StableDiffusionPipeline"], "x" * 9999]
)
def test_other_kinds_of_models_are_refused(folder, kind):
    change(folder / "model_index.json", _class_name=kind)
    error = refused(folder)
    assert "cannot be steered" in error.message
    assert len(error.message) < 300


class Bomb:
    """A pickle that runs code when it is read."""

    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return (Path.write_text, (self.mark, "boom"))


@pytest.mark.parametrize("name", ["diffusion_pytorch_model.bin", "model.ckpt", "x.pt"])
def test_pickles_are_refused_unread(folder, tmp_path, name):
    for path in (folder / "unet").glob("*.safetensors"):
        path.unlink()
    (folder / "unet" / name).write_bytes(pickle.dumps(Bomb(tmp_path / "mark")))
    assert "pickles" in refused(folder).message
    assert not (tmp_path / "mark").exists()


def test_a_pickle_beside_the_weights_is_never_read(folder, tmp_path):
    (folder / "unet" / "diffusion_pytorch_model.bin").write_bytes(pickle.dumps(Bomb(tmp_path / "mark")))
    load(open_checkpoint(str(folder)), "cpu")
    assert not (tmp_path / "mark").exists()


def test_a_pickle_in_the_clothes_of_safetensors(folder, tmp_path):
    weights(folder, "unet").write_bytes(pickle.dumps(Bomb(tmp_path / "mark")))
    refused(folder, load_too=True)
    assert not (tmp_path / "mark").exists()


def test_code_in_the_folder_is_never_run(folder, tmp_path):
    mark = tmp_path / "mark"
    for part in ("", "unet", "tokenizer", "text_encoder"):
        (folder / part / "evil.py").write_text(f"open({str(mark)!r}, 'w').close()\nclass Evil: pass\n")
    change(folder / "unet" / "config.json", auto_map={"AutoModel": "evil.Evil"})
    change(folder / "text_encoder" / "config.json", auto_map={"AutoModel": "evil.Evil"})
    change(folder / "tokenizer" / "tokenizer_config.json", auto_map={"AutoTokenizer": ["evil.Evil", "evil.Evil"]})
    load(open_checkpoint(str(folder)), "cpu")
    assert not mark.exists()


def weights(folder, part):
    return next((folder / part).glob("*.safetensors"))


@pytest.mark.parametrize("part", ["unet", "vae", "text_encoder"])
@pytest.mark.parametrize("keep", [0, 7, 1000, 0.5, 0.999])
def test_weights_cut_short(folder, part, keep):
    path = weights(folder, part)
    data = path.read_bytes()
    path.write_bytes(data[: keep if isinstance(keep, int) else int(len(data) * keep)])
    error = refused(folder, load_too=True)
    assert error.place == str(folder / part)
    assert "get the model again" in error.message


@pytest.mark.parametrize("part", ["unet", "vae", "text_encoder"])
def test_weights_that_lack_a_tensor_are_not_made_up(folder, part):
    from safetensors.torch import load_file, save_file

    path = weights(folder, part)
    tensors = load_file(path)
    tensors.pop(min(tensors))
    save_file(tensors, path, metadata={"format": "pt"})
    assert "tensors missing: 1" in refused(folder, load_too=True).message


@pytest.mark.parametrize("name", ["tokenizer.json", "tokenizer_config.json"])
@pytest.mark.parametrize("text", ["{", "[]", '{"model_max_length": 9999999}', '{"model": 3}'], ids=range(4))
def test_broken_tokenizers(folder, name, text):
    (folder / "tokenizer" / name).write_text(text)
    try:
        load(open_checkpoint(str(folder)), "cpu")
    except UserError as error:
        assert "tokenizer" in error.place  # noqa: PT017 - some of it is mended by the library itself


@pytest.mark.parametrize(
    "name",
    ["", " ", "nothing", "no/such/folder", "../x", "~nobody/x", "a\x00b", "x" * 5000, "o/" + "n" * 300, "\\\\a\\b"],
)
def test_names_of_nothing(name):
    with pytest.raises(UserError) as caught:
        open_checkpoint(name)
    assert caught.value.place == "model"


@given(name=st.text(max_size=30).filter(lambda text: text != BUNDLED and not Path(text.replace("\0", "")).is_dir()))
def test_any_name_at_all(name):
    with pytest.raises(UserError):
        open_checkpoint(name)


def test_half_precision_only_folders_load(folder):
    for part, stem in (
        ("unet", "diffusion_pytorch_model"),
        ("vae", "diffusion_pytorch_model"),
        ("text_encoder", "model"),
    ):
        weights(folder, part).rename(folder / part / f"{stem}.fp16.safetensors")
    assert load(open_checkpoint(str(folder)), "cpu").dtype == torch.float32


@pytest.mark.parametrize(
    ("canvas", "expected"),
    [
        ((512, 512), (32, 32)),
        ((1024, 512), (44, 24)),
        ((512, 1024), (24, 44)),
        ((8192, 1), (2048, 4)),
        ((1, 1), (32, 32)),
    ],
)
def test_the_native_area_at_the_canvas_s_aspect(tiny_model, canvas, expected):
    assert picture_size(tiny_model.checkpoint, canvas) == expected


@given(width=st.integers(1, 8192), height=st.integers(1, 8192))
def test_native_sizes_can_always_be_made(tiny_model, width, height):
    size = picture_size(tiny_model.checkpoint, (width, height))
    assert picture_size(tiny_model.checkpoint, (width, height), size) == size


def test_a_size_that_cannot_be_made_comes_with_the_next_that_can(tiny_model):
    with pytest.raises(UserError, match="try 32 x 28"):
        picture_size(tiny_model.checkpoint, (512, 512), (33, 29))


def test_devices():
    assert pick_device("cpu").type == "cpu"
    with pytest.raises(UserError, match="auto, cpu or cuda"):
        pick_device("tpu")


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has a GPU")
def test_no_gpu_is_a_clear_sentence(tiny_model):
    assert pick_device("auto").type == "cpu"
    with pytest.raises(UserError, match="no CUDA device"):
        load(tiny_model.checkpoint, "cuda")
