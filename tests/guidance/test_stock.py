"""Without guidance we are stock diffusers; with it, the paper, transcribed here a second time and independently."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
import torch
from diffusers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    LCMScheduler,
    StableDiffusionPipeline,
)
from torch.nn import functional

from tests.guidance.conftest import PROMPT, request
from zestdesk.guidance.checkpoints import open_checkpoint
from zestdesk.guidance.models import load
from zestdesk.guidance.request import SCHEDULERS
from zestdesk.guidance.sampler import generate

STOCK = {
    "ddim": partial(DDIMScheduler.from_config),
    "euler": partial(EulerDiscreteScheduler.from_config),
    "euler-a": partial(EulerAncestralDiscreteScheduler.from_config),
    "dpm++": partial(DPMSolverMultistepScheduler.from_config),
    "dpm++-karras": partial(DPMSolverMultistepScheduler.from_config, use_karras_sigmas=True),
    "dpm++-sde": partial(DPMSolverMultistepScheduler.from_config, algorithm_type="sde-dpmsolver++"),
    "lcm": partial(LCMScheduler.from_config),
}


def stock_pipeline(folder, scheduler):
    pipeline = StableDiffusionPipeline.from_pretrained(folder, use_safetensors=True, low_cpu_mem_usage=False)
    pipeline.set_progress_bar_config(disable=True)
    pipeline.scheduler = STOCK[scheduler](pipeline.scheduler.config)
    return pipeline


@pytest.mark.parametrize("prediction", ["epsilon", "v_prediction"])
@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_unguided_pictures_are_those_of_the_stock_pipeline(
    tiny_folder, tiny_model, tiny_v_folder, tiny_v_model, scheduler, prediction
):
    epsilon = prediction == "epsilon"
    pipeline = stock_pipeline(tiny_folder if epsilon else tiny_v_folder, scheduler)
    wanted = request(48, 24, scheduler=scheduler, negative_prompt="a dog", steps=5, seed=11)
    theirs = pipeline(
        PROMPT,
        negative_prompt="a dog",
        width=48,
        height=24,
        num_inference_steps=5,
        guidance_scale=wanted.guidance_scale,
        generator=torch.Generator("cpu").manual_seed(11),
        output_type="np",
    ).images[0]
    assert theirs.std() > 0.01
    ways = ({"eta": 0.0}, {"tau": 0.0}, {"segments": ()}) if scheduler == "ddim" else ({"segments": ()},)
    for unguided in ways:
        ours = generate(replace(wanted, **unguided), tiny_model if epsilon else tiny_v_model).picture
        assert np.abs(ours / 255 - theirs).max() < 1 / 255


def paper(folder, wanted, *, tau):
    """Algorithm of the paper on DDIM for one epsilon network, in float64, from stock parts and forward hooks only."""
    pipeline = stock_pipeline(folder, "ddim")
    unet = pipeline.unet.double()
    text, negative = (
        pipeline.text_encoder(
            pipeline.tokenizer(words, padding="max_length", max_length=40, return_tensors="pt").input_ids
        )
        .last_hidden_state.double()
        .detach()
        for words in (wanted.prompt, wanted.negative_prompt)
    )
    # "a red cat" are the words 0 to 2 and "a blue sky" 4 to 6; the first token is the begin of the text. Articles are
    # not read.
    tokens = [(2, 3), (6, 7)]
    targets = [functional.avg_pool2d(torch.from_numpy(item.mask)[None].double(), 2)[0] for item in wanted.segments]
    queries, keys = {}, {}
    attentions = [unet.up_blocks[-1].attentions[i].transformer_blocks[0].attn2 for i in (0, 1)]
    for module in attentions:
        module.to_q.register_forward_hook(lambda m, _i, output: queries.__setitem__(m, output))
        module.to_k.register_forward_hook(lambda m, _i, output: keys.__setitem__(m, output))

    def masks():
        total, count = [torch.zeros((16, 16), dtype=torch.float64) for _ in tokens], 0
        for module in attentions:
            q, k = queries[module.to_q][0], keys[module.to_k][0]
            d = q.shape[1] // module.heads
            for head in range(module.heads):
                part = slice(head * d, (head + 1) * d)
                a = torch.softmax(q[:, part] @ k[:, part].T / d**0.5, dim=1)
                total = [t + sum(a[:, j] for j in js).reshape(16, 16) for t, js in zip(total, tokens, strict=True)]
                count += 1
        return [t / count for t in total]

    alphas = pipeline.scheduler.alphas_cumprod.double()
    stride = 1000 // wanted.steps
    x = torch.randn((1, 4, 16, 16), generator=torch.Generator().manual_seed(wanted.seed)).double()
    losses = []
    for i in range(wanted.steps):
        t = (wanted.steps - 1 - i) * stride + 1
        x = x.detach().requires_grad_()
        conditional = unet(x, t, encoder_hidden_states=text).sample
        loss = torch.zeros((), dtype=torch.float64)
        for segment, target, mask in zip(wanted.segments, targets, masks(), strict=True):
            peaked = (mask / mask.max()).clamp(max=1 - 1e-6)
            loss = loss + segment.weight * (
                functional.binary_cross_entropy(mask, target) + functional.binary_cross_entropy(peaked, target)
            )
        (g,) = torch.autograd.grad(loss, x)
        losses.append(loss.item())
        with torch.no_grad():
            unconditional = unet(x, t, encoder_hidden_states=negative).sample
            noise = unconditional + wanted.guidance_scale * (conditional - unconditional)
            x0 = (x - (1 - alphas[t]).sqrt() * noise) / alphas[t].sqrt()
            before = alphas[max(t - stride, 0)]
            x = before.sqrt() * x0 + (1 - before).sqrt() * noise
            if i < tau * wanted.steps:
                x = x - wanted.eta * (1 - i / wanted.steps) * g / g.abs().max()
    with torch.no_grad():
        picture = pipeline.vae.decode(x.float() / pipeline.vae.config.scaling_factor).sample[0]
    return losses, ((picture.clamp(-1, 1) + 1) / 2).permute(1, 2, 0).numpy()


@pytest.mark.parametrize("tau", [0.5, 1.0])
def test_guided_pictures_are_those_of_the_paper(tiny_folder, tiny_model, tau):
    wanted = request(steps=8, tau=tau, eta=0.7, negative_prompt="a dog")
    losses, picture = paper(tiny_folder, wanted, tau=tau)
    result = generate(wanted, tiny_model)
    assert [step.loss for step in result.steps] == pytest.approx(losses, abs=1e-3)
    assert np.abs(result.picture / 255 - picture).max() < 3 / 255


def test_nothing_is_written_over_our_own_progress(tiny_folder, capfd):
    """The libraries' bars, advice and warnings would reach the user's terminal."""
    generate(request(steps=2), load(open_checkpoint(str(tiny_folder)), "cpu"))
    captured = capfd.readouterr()
    assert captured.out == captured.err == ""
