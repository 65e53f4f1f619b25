"""Stable Diffusion 1.5 and XL at their full size, random weights: two guided steps. Run by hand: ``-m slow``.

Needs about 6 GB of memory for the first and 16 GB for the second, which is held in bfloat16.
"""

import resource as system
import sys

import numpy as np
import pytest
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from tests.guidance.conftest import box, request
from zestdesk.guidance.attention import captured_layers
from zestdesk.guidance.checkpoints import Checkpoint, read_json
from zestdesk.guidance.families import FAMILIES
from zestdesk.guidance.memory import LEVELS, weight_bytes, work_of
from zestdesk.guidance.models import Model, pick_device, pick_dtype
from zestdesk.guidance.request import Segment
from zestdesk.guidance.sampler import generate
from zestdesk.guidance.text import OneEncoder, TwoEncoders
from zestdesk.resources import resource

pytestmark = pytest.mark.slow

LAYOUTS = resource("models", "stable-diffusion")
KINDS = {
    "unet": UNet2DConditionModel,
    "vae": AutoencoderKL,
    "text_encoder": CLIPTextModel,
    "text_encoder_2": CLIPTextModelWithProjection,
}


def random_part(name, folder, dtype, device):
    """Return a part at full size with small random weights, made without a second copy."""
    with torch.device("meta"):
        if name.startswith("text_encoder"):
            module = KINDS[name](CLIPTextConfig.from_pretrained(str(folder / name)))
        else:
            module = KINDS[name].from_config(KINDS[name].load_config(str(folder / name)))
    module = module.to(dtype).to_empty(device=device)
    torch.manual_seed(0)
    for key, item in module.named_parameters():
        if item.ndim > 1:
            torch.nn.init.normal_(item, std=item[0].numel() ** -0.5)
        else:
            torch.nn.init.constant_(item, float("norm" in key and key.endswith("weight")))
    for key, buffer in module.named_buffers():
        assert key.endswith("position_ids")
        buffer.copy_(torch.arange(buffer.shape[-1]))
    return module.eval().requires_grad_(requires_grad=False)


def full_size(family, device, dtype):
    """Return a family's model at full size."""
    folder = LAYOUTS / family
    parts = {name: random_part(name, folder, dtype, device) for name in FAMILIES[family].parts}
    sizes = tuple((name, sum(item.numel() for item in part.parameters())) for name, part in parts.items())
    checkpoint = Checkpoint(
        name=family, folder=LAYOUTS, family=family, native_size=(512, 512), factor=64, file=folder, sizes=sizes
    )
    words = CLIPTokenizer.from_pretrained(str(LAYOUTS / "tokenizer"))
    text = OneEncoder(words, parts["text_encoder"])
    if family == "sdxl":
        encoders = (parts["text_encoder"], parts["text_encoder_2"])
        text = TwoEncoders((words, words), encoders, empty_is_zero=True)
    return Model(
        checkpoint=checkpoint,
        device=device,
        dtype=dtype,
        text=text,
        unet=parts["unet"],
        vae=parts["vae"],
        scheduler_config=read_json(folder / "scheduler" / "scheduler_config.json"),
        layers=captured_layers(parts["unet"], family),
    )


def peak(device):
    """Return the most bytes that were in use so far."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device)
    return system.getrusage(system.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


@pytest.mark.parametrize(("family", "layers", "weights"), [("sd1", 8, 1.07e9), ("sdxl", 60, 3.47e9)])
def test_two_guided_steps_at_full_size(family, layers, weights):
    device = pick_device("auto")
    dtype = torch.bfloat16 if family == "sdxl" else pick_dtype(device)
    model = full_size(family, device, dtype)
    assert sum(count for _, count in model.checkpoint.sizes) == pytest.approx(weights, rel=0.02)
    assert len(model.layers) == layers
    side = 256 if device.type == "cpu" else model.checkpoint.native_size[0]
    segments = (Segment(label="a red cat", mask=box(0.5, 0.5, 1, 1, side, side)),)
    before = peak(device)
    result = generate(request(side, side, segments=segments, steps=2, tau=1.0), model)
    used = peak(device) - before
    assert [step.guided for step in result.steps] == [True, True]
    assert all(np.isfinite(step.loss) for step in result.steps)
    assert result.picture.shape == (side, side, 3)
    expected = work_of(model.checkpoint, (side, side)).peak(LEVELS[0], dtype.itemsize, guided=True)
    total = weight_bytes(model.checkpoint, dtype.itemsize)
    seconds = [round(step.seconds, 2) for step in result.steps]
    print(
        f"{family} {device} {dtype}: {used / 1e9:.2f} GB used, {expected / 1e9:.2f} expected beside {total / 1e9:.2f}"
    )
    print(f"seconds per guided step: {seconds}; savings: {result.savings or 'none'}")
    assert used < 1.5 * expected + 0.2e9
