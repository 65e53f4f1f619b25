"""Every choice within the method, in whole runs of the tiny real model."""

import copy
from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.guidance.conftest import box, request
from tests.tiny_model import tiny_unet
from zestdesk.errors import UserError
from zestdesk.guidance.attention import captured_layers, cross_layers
from zestdesk.guidance.request import Segment
from zestdesk.guidance.sampler import generate
from zestdesk.guidance.text import OneEncoder
from zestdesk.options import CHOICES, GRADIENT_NORMS, LOSSES, MAPS, GuidanceOptions

ALTERNATIVES = [
    *(
        {name: value}
        for name, choices in CHOICES.items()
        for value in choices
        if value != getattr(GuidanceOptions(), name)
    ),
    {"best_maps": 2},
    {"best_maps": 3, "resampling": "logits", "softmax": "labels", "loss": "fourth"},
    {"pww": 0.4, "resampling": "logits", "softmax": "prompt", "gradient_norm": "rms"},
]
"""Options that are not the defaults, one by one and some together."""


def named(changes):
    return "-".join(f"{name}={value}" for name, value in changes.items())


def chosen(changes):
    """All layers are read unless the choice is of layers: with maps of one size it is all one when they are resized."""
    return GuidanceOptions(**({"maps": "all"} | changes))


def wide(changes):
    """A request on a canvas of odd cells."""
    return request(36, 28, steps=3, tau=1.0, options=chosen(changes))


@pytest.fixture(scope="module")
def as_ever(tiny_model):
    """What the defaults make, by whether another choice of layers is held against it."""
    return {
        layers: generate(wide({"maps": "family"} if layers else {}), tiny_model).picture for layers in (False, True)
    }


@pytest.mark.parametrize("changes", ALTERNATIVES, ids=named)
def test_every_choice_guides_in_its_own_way(tiny_model, as_ever, changes):
    """The choice's own loss falls below that of the same run left alone, and the picture is another one."""
    wanted = wide(changes)
    guided, alone = generate(wanted, tiny_model), generate(replace(wanted, eta=0.0), tiny_model)
    assert all(step.guided and step.skipped is None for step in guided.steps)
    assert guided.masks.shape[2:] == (14, 18)
    assert guided.steps[0].loss == pytest.approx(alone.steps[0].loss, rel=1e-4, abs=1e-6)
    assert guided.steps[-1].loss < alone.steps[-1].loss
    assert not np.array_equal(guided.picture, as_ever["maps" in changes])


@pytest.fixture(scope="module")
def plain(tiny_model):
    """What plain sampling makes."""
    return generate(request(segments=(), steps=2), tiny_model).picture


@pytest.mark.parametrize("changes", [{}, {"maps": "family"}, *ALTERNATIVES[-3:-1]], ids=named)
def test_looking_changes_no_pixel(tiny_model, plain, changes):
    """Without strength and bias, a run that reads attention is plain sampling, bit for bit."""
    looked = generate(request(eta=0.0, steps=2, options=chosen(changes)), tiny_model)
    assert np.array_equal(plain, looked.picture)
    assert looked.masks.any()


@pytest.fixture(scope="module")
def half_model(tiny_model):
    """The tiny model in float16, as on a GPU."""
    unet, vae, encoder = (copy.deepcopy(module).half() for module in tiny_model.networks)
    text = OneEncoder(tiny_model.text.tokenizer, encoder)
    return replace(tiny_model, dtype=torch.float16, unet=unet, vae=vae, text=text)


def first_update(model, options):
    """How the first guided step moves the latents; the same in all but rounding, whatever the precision."""
    inputs = []
    hook = model.unet.register_forward_pre_hook(lambda _m, args: inputs.append(args[0][-1].float()))
    for eta in (0.0, 1.0):
        generate(request(eta=eta, steps=2, guidance_scale=1.0, options=options), model)
    hook.remove()
    return inputs[3] - inputs[1]


@pytest.mark.parametrize("loss", LOSSES)
def test_half_precision_keeps_every_losss_direction(tiny_model, half_model, loss):
    """Fourth powers of small numbers would vanish on their way through the network."""
    options = GuidanceOptions(loss=loss)
    single, half = (first_update(model, options).flatten() for model in (tiny_model, half_model))
    assert torch.nn.functional.cosine_similarity(single, half, dim=0) > 0.98
    assert half.abs().max().item() == pytest.approx(1, rel=0.05)


@pytest.mark.parametrize("norm", GRADIENT_NORMS)
def test_a_loss_that_is_content_moves_nothing(tiny_model, norm, monkeypatch):
    """A gradient of zeros, as within the dead zone: the step is guided by nothing, and sound."""
    monkeypatch.setattr("zestdesk.guidance.loss.DEAD_ZONE", 1.0)
    options = GuidanceOptions(loss="fourth", gradient_norm=norm)
    content = generate(request(steps=3, tau=1.0, options=options), tiny_model)
    assert all(step.guided and step.loss == 0 for step in content.steps)
    plain = generate(request(steps=3, eta=0.0), tiny_model).picture
    assert np.abs(content.picture.astype(int) - plain).max() <= 1


@pytest.mark.parametrize("changes", [*({"loss": loss} for loss in LOSSES), *ALTERNATIVES[-3:]], ids=named)
@pytest.mark.parametrize("mask", [box(0, 0, 1, 1), box(0.5, 0.5, 0.53, 0.53)], ids=["everything", "one-pixel"])
def test_everything_and_a_single_pixel_are_sound(tiny_model, changes, mask):
    assert mask.sum() in (1, mask.size)
    segment = Segment(label="a red cat", mask=mask)
    (step,) = generate(request(segments=(segment,), steps=1, tau=1.0, options=chosen(changes)), tiny_model).steps
    assert step.guided
    assert np.isfinite(step.loss)


@pytest.mark.parametrize("softmax", CHOICES["softmax"])
def test_a_prompt_that_is_one_label_can_be_guided(tiny_model, softmax):
    """There is nothing in the text that it could compete with."""
    segment = Segment(label="cat", mask=box(0, 0, 0.5, 0.5))
    wanted = request(prompt="cat", segments=(segment,), tau=1.0, steps=3, options=GuidanceOptions(softmax=softmax))
    guided, alone = generate(wanted, tiny_model), generate(replace(wanted, eta=0.0), tiny_model)
    assert guided.steps[-1].loss < alone.steps[-1].loss


def four_levels():
    """A UNet with the blocks of Stable Diffusion 1.x, thin."""
    return tiny_unet(
        sample_size=8,
        down_block_types=(*("CrossAttnDownBlock2D",) * 3, "DownBlock2D"),
        up_block_types=("UpBlock2D", *("CrossAttnUpBlock2D",) * 3),
        block_out_channels=(8, 8, 16, 16),
        mid_block_type="UNetMidBlock2DCrossAttn",
    )


BLOCKS = {
    "family": {"down_blocks.2", "up_blocks.1", "up_blocks.2"},
    "all": {"down_blocks.0", "down_blocks.1", "down_blocks.2", "mid_block", *(f"up_blocks.{i}" for i in (1, 2, 3))},
    "finest": {"down_blocks.0", "up_blocks.3"},
    "down": {"down_blocks.0", "down_blocks.1", "down_blocks.2"},
}


@pytest.mark.parametrize("maps", MAPS)
def test_the_maps_are_of_the_layers_they_say_in_forward_order(maps):
    unet, order = four_levels(), []
    names = captured_layers(unet, "sd1", maps)
    assert {name.split(".attentions")[0] for name in names} == BLOCKS[maps]
    hooks = [
        unet.get_submodule(name.removesuffix(".processor")).register_forward_hook(lambda *_a, n=name: order.append(n))
        for name in names
    ]
    with torch.no_grad():
        unet(torch.zeros((1, 4, 8, 8)), 1, encoder_hidden_states=torch.zeros((1, 5, 32)))
    for hook in hooks:
        hook.remove()
    assert tuple(order) == names
    assert set(names) <= set(cross_layers(unet))


def test_a_network_without_down_maps_says_so(tiny_model):
    unet = tiny_unet(down_block_types=("DownBlock2D",) * 2)
    with pytest.raises(UserError, match="down blocks") as caught:
        generate(request(options=GuidanceOptions(maps="down")), replace(tiny_model, unet=unet))
    assert caught.value.place == "maps"


def test_down_maps_keep_no_graph_behind_the_down_blocks(tiny_model):
    """The passes that look for the gradient run their up blocks without one, and so do all others."""
    graphs = []
    hook = tiny_model.unet.up_blocks[0].register_forward_hook(
        lambda _m, _i, output: graphs.append(output.requires_grad)
    )
    generate(request(steps=2, tau=1.0, options=GuidanceOptions(maps="down")), tiny_model)
    hook.remove()
    assert graphs == [False] * 4


def test_segments_guide_within_their_span_alone(tiny_model):
    """Where no segment is active the step takes no gradient at all."""
    first = request(tau=1.0, steps=4)
    early, late = (
        replace(first, segments=tuple(replace(item, start=start, end=end) for item in first.segments))
        for start, end in ((0.0, 0.5), (0.5, 1.0))
    )
    assert [step.guided for step in generate(early, tiny_model).steps] == [True, True, False, False]
    assert [step.guided for step in generate(late, tiny_model).steps] == [False, False, True, True]
    one = replace(first, segments=(first.segments[0], replace(first.segments[1], end=0.0)))
    weightless = replace(first, segments=(first.segments[0], replace(first.segments[1], weight=0.0)))
    results = [generate(each, tiny_model) for each in (one, weightless)]
    assert np.array_equal(results[0].picture, results[1].picture)
    assert all(step.guided for step in results[0].steps)
