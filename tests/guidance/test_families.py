"""Every family, built at toy size from the real classes, steers; without guidance it is the stock pipeline."""

import json
import shutil
from dataclasses import replace
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from diffusers import DDIMScheduler, StableDiffusionPipeline, StableDiffusionXLPipeline
from safetensors.torch import load_file, save_file

from tests.guidance.conftest import PROMPT, request
from tests.original_layout import write_single_file
from tests.tiny_model import build_tiny_model
from zestdesk.errors import UserError
from zestdesk.guidance.checkpoints import open_checkpoint, open_file
from zestdesk.guidance.models import load
from zestdesk.guidance.sampler import generate
from zestdesk.guidance.single_file import is_velocity

FAMILIES = {"sd1": "epsilon", "sd2": "v_prediction", "sdxl": "epsilon"}


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """Builds a family once: its folder, its checkpoint, and the model loaded from it."""

    @cache
    def build(family):
        folder = build_tiny_model(
            tmp_path_factory.mktemp("family") / family, family=family, prediction=FAMILIES[family], seed=1
        )
        checkpoint = open_checkpoint(str(folder))
        return SimpleNamespace(family=family, folder=folder, checkpoint=checkpoint, model=load(checkpoint, "cpu"))

    return build


@pytest.fixture(scope="module", params=FAMILIES)
def built(request, build):
    return build(request.param)


@pytest.fixture(scope="module")
def sdxl(build):
    return build("sdxl")


def wanted(built, **changes):
    return request(48, 32, **({"steps": 4, "seed": 5} | changes))


def as_single_file(built, root, **options):
    """Write the same weights as a single file, and the configurations that such files lack."""
    layouts = root / "layouts"
    for part in ("unet", "vae", "text_encoder", "text_encoder_2", "scheduler"):
        if (built.folder / part).is_dir():
            shutil.copytree(
                built.folder / part, layouts / built.family / part, ignore=shutil.ignore_patterns("*.safetensors")
            )
    shutil.copy(built.folder / "model_index.json", layouts / built.family)
    shutil.copytree(built.folder / "tokenizer", layouts / "tokenizer")
    if built.family == "sdxl":
        path = layouts / "sdxl" / "text_encoder_2" / "config.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {"pad_token_id": 0}))
    path = write_single_file(built.folder, built.family, root / "model.safetensors", **options)
    return SimpleNamespace(path=path, layouts=layouts)


@pytest.fixture(scope="module")
def single(built, tmp_path_factory):
    return as_single_file(built, tmp_path_factory.mktemp("single"))


def test_the_folder_says_its_family(built):
    assert built.checkpoint.family == built.family
    assert dict(built.checkpoint.sizes)["unet"] == sum(item.numel() for item in built.model.unet.parameters())


@pytest.mark.parametrize("negative", ["", "a dog"])
def test_unguided_pictures_are_those_of_the_stock_pipeline(built, negative):
    kind = StableDiffusionXLPipeline if built.family == "sdxl" else StableDiffusionPipeline
    pipeline = kind.from_pretrained(built.folder, use_safetensors=True, low_cpu_mem_usage=False)
    pipeline.set_progress_bar_config(disable=True)
    pipeline.scheduler = DDIMScheduler.from_config(pipeline.scheduler.config)
    theirs = pipeline(
        PROMPT,
        negative_prompt=negative or None,
        width=48,
        height=32,
        num_inference_steps=4,
        guidance_scale=3.0,
        generator=torch.Generator("cpu").manual_seed(5),
        output_type="np",
    ).images[0]
    ours = generate(wanted(built, negative_prompt=negative, eta=0.0), built.model).picture
    assert theirs.std() > 0.01
    assert np.abs(ours / 255 - theirs).max() < 1 / 255


def test_guidance_lowers_the_loss(built):
    plain, guided = (generate(wanted(built, tau=1.0, eta=eta), built.model) for eta in (0.0, 1.0))
    assert plain.steps[0].loss == pytest.approx(guided.steps[0].loss, rel=1e-4)
    assert guided.steps[-1].loss < plain.steps[-1].loss - 0.01
    assert all(step.guided for step in guided.steps)


def test_layers_of_the_middle_block_are_not_read(built):
    blocks = {name.split(".attentions")[0] for name in built.model.layers}
    expected = {"down_blocks.1", "down_blocks.2", "up_blocks.0", "up_blocks.1"}
    assert blocks == (expected if built.family == "sdxl" else {"down_blocks.2", "up_blocks.1", "up_blocks.2"})


def test_a_single_file_makes_the_same_picture(built, single):
    checkpoint = open_file(str(single.path), single.path, single.layouts)
    assert (checkpoint.family, checkpoint.sizes) == (built.family, built.checkpoint.sizes)
    model = load(checkpoint, "cpu")
    for ours, theirs in zip(model.networks, built.model.networks, strict=True):
        weights, expected = ours.state_dict(), theirs.state_dict()
        assert weights.keys() == expected.keys()
        assert all(torch.equal(weights[name], expected[name]) for name in expected)
    first, second = generate(wanted(built, tau=1.0), built.model), generate(wanted(built, tau=1.0), model)
    # Where weights lie in memory decides how sums are rounded.
    assert np.abs(first.picture.astype(int) - second.picture).max() <= 1


def test_a_single_file_of_velocities_may_say_so(sdxl, tmp_path):
    single = as_single_file(sdxl, tmp_path, marks=("v_pred", "ztsnr"))
    config = load(open_file("v", single.path, single.layouts), "cpu").scheduler_config
    assert config["prediction_type"] == "v_prediction"
    assert config["rescale_betas_zero_snr"] is True


@pytest.mark.parametrize("noise", [True, False])
def test_a_network_is_asked_whether_it_estimates_velocities(noise):
    def unet(latents, timestep, encoder_hidden_states, return_dict):
        signal = 0.07
        return (latents if noise else signal * latents - torch.ones_like(latents).mul(0.5),)

    unet.config = SimpleNamespace(in_channels=4)
    assert is_velocity(unet, torch.zeros((1, 4, 8))) is not noise


def test_a_single_file_without_a_part_is_refused_unread(built, single, tmp_path):
    tensors = load_file(single.path)
    prefixes = {".".join(name.split(".")[: 3 if name.startswith("conditioner") else 1]) for name in tensors}
    assert len(prefixes) == (4 if built.family == "sdxl" else 3)
    for prefix in prefixes:
        save_file(
            {name: item for name, item in tensors.items() if not name.startswith(prefix)}, tmp_path / "part.safetensors"
        )
        with pytest.raises(UserError, match="whole"):
            open_file("part", tmp_path / "part.safetensors", single.layouts)


def test_a_single_file_that_lacks_a_tensor_is_not_made_up(built, single, tmp_path):
    tensors = load_file(single.path)
    tensors.pop("first_stage_model.decoder.conv_in.weight")
    save_file(tensors, tmp_path / "less.safetensors")
    with pytest.raises(UserError, match=r"tensors missing: 1\)"):
        load(open_file("less", tmp_path / "less.safetensors", single.layouts), "cpu")


def test_text_of_two_encoders(sdxl):
    text, tokens = sdxl.model.text, 40
    told = text.encode("a cat", "prompt", (48, 32))
    assert told.states.shape == (1, tokens, 32 + 24)
    assert told.added["text_embeds"].shape == (1, 24)
    assert told.added["time_ids"].tolist() == [[32, 48, 0, 0, 32, 48]]
    nothing = text.encode(" ", "negative_prompt", (48, 32))
    assert not nothing.states.any()
    assert not nothing.added["text_embeds"].any()
    both = nothing.joined(told)
    assert len(both) == 2
    assert torch.equal(both.added["text_embeds"][1:], told.added["text_embeds"])


def test_a_label_is_bound_in_both_tokenizers(sdxl):
    text = sdxl.model.text
    assert text.bind(PROMPT, ["a red cat"]).tokens == ((1, 2, 3),)
    with pytest.raises(UserError, match="falls past"):
        text.bind("red " * 40, ["a kite"])

    class Splitting:
        """A tokenizer that sees another word before the label."""

        def __init__(self, inner):
            self._inner = inner
            self.model_max_length = inner.model_max_length

        def __call__(self, words, **options):
            batch = self._inner(words, **options)
            if options.get("return_offsets_mapping"):
                batch["offset_mapping"] = [(0, 0), *batch["offset_mapping"]]
            return batch

    text = type(text)((text.tokenizers[0], Splitting(text.tokenizers[1])), text.encoders, empty_is_zero=True)
    with pytest.raises(UserError, match="“a red cat” differently"):
        text.bind(PROMPT, ["a red cat"])


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("text_encoder_2", {"projection_dim": 16}),
        ("unet", {"addition_embed_type": "image"}),
        ("unet", {"time_cond_proj_dim": 8}),
        ("scheduler", {"_class_name": "EDMEulerScheduler"}),
        ("scheduler", {"_class_name": "FlowMatchEulerDiscreteScheduler"}),
    ],
    ids=str,
)
def test_what_is_not_quite_of_the_family_is_refused(sdxl, tmp_path, part, values):
    folder = shutil.copytree(sdxl.folder, tmp_path / "odd")
    path = folder / part / ("scheduler_config.json" if part == "scheduler" else "config.json")
    path.write_text(json.dumps(json.loads(path.read_text()) | values))
    with pytest.raises(UserError):
        load(open_checkpoint(str(folder)), "cpu")


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_that_are_not_finite_are_refused(sdxl, tmp_path, value):
    folder = shutil.copytree(sdxl.folder, tmp_path / "sick")
    path = next((folder / "text_encoder_2").glob("*.safetensors"))
    tensors = load_file(path)
    next(iter(tensors.values())).view(-1)[0] = value
    save_file(tensors, path, metadata={"format": "pt"})
    with pytest.raises(UserError, match="not finite") as caught:
        load(open_checkpoint(str(folder)), "cpu")
    assert "text_encoder_2" in caught.value.place


def test_half_precision_runs_with_a_decoder_of_its_own(sdxl):
    """As on CUDA without bfloat16: the decoder stays in single precision, since some leave float16's range."""
    half = load(sdxl.checkpoint, "cpu", torch.bfloat16)
    assert {module.dtype for module in half.networks} == {torch.bfloat16}
    mixed = load(sdxl.checkpoint, "cpu", torch.float16)
    assert (mixed.unet.dtype, mixed.vae.dtype) == (torch.float16, torch.float32)
    result = generate(replace(wanted(sdxl), steps=2), half)
    assert result.steps[0].guided
