from functools import partial

import pytest
import torch
from diffusers.models.attention_processor import AttnProcessor2_0

from tests.tiny_model import tiny_unet
from zestdesk.errors import UserError
from zestdesk.guidance.attention import AttentionCapture, captured_layers, capturing
from zestdesk.guidance.loss import zest_loss
from zestdesk.guidance.maps import MapReader

TOKENS = ((1, 2), (4,))


def tiny(**changes):
    torch.manual_seed(0)
    return tiny_unet(**changes).requires_grad_(False)


def inputs(height=16, width=16, batch=1, dtype=torch.float32):
    generator = torch.Generator().manual_seed(1)
    latents = torch.randn((batch, 4, height, width), generator=generator, dtype=dtype)
    states = torch.randn((batch, 9, 32), generator=generator, dtype=dtype)
    return latents, states


def cross_layers(unet):
    return tuple(name for name in unet.attn_processors if name.endswith("attn2.processor"))


@pytest.mark.parametrize(("height", "width"), [(16, 16), (8, 24), (12, 4)])
def test_output_is_that_of_the_stock_processor(height, width):
    unet = tiny()
    assert all(isinstance(item, AttnProcessor2_0) for item in unet.attn_processors.values())
    latents, states = inputs(height, width, batch=2)
    capture = AttentionCapture(MapReader(TOKENS), (height, width))
    with torch.no_grad():
        stock = unet(latents, 500, encoder_hidden_states=states).sample
        with capturing(unet, cross_layers(unet), capture):
            capture.active = True
            ours = unet(latents, 500, encoder_hidden_states=states).sample
            sizes = [tuple(item.shape) for item in capture.take()]
    torch.testing.assert_close(ours, stock, rtol=1e-4, atol=1e-5)
    assert sizes[0] == (1, 2, 2, height, width)
    assert (1, 2, 2, height // 2, width // 2) in sizes


def test_maps_are_equations_2_and_3_written_out():
    """Against a slow transcription in float64, from the layers' own queries and keys."""
    unet = tiny().double()
    latents, states = inputs(8, 12, batch=3, dtype=torch.float64)
    layers = captured_layers(unet, "diorama")
    seen = {}
    hooks = []
    for name in layers:
        attention = unet.get_submodule(name.removesuffix(".processor"))
        for part in ("to_q", "to_k"):
            keep = partial(seen.__setitem__, (name, part))
            layer = getattr(attention, part)
            hooks += [layer.register_forward_hook(lambda _m, _i, output, keep=keep: keep(output[-2:]))]
    capture = AttentionCapture(MapReader(TOKENS), (8, 12))
    capture.pictures = 2
    with torch.no_grad(), capturing(unet, layers, capture):
        capture.active = True
        unet(latents, 10, encoder_hidden_states=states)
        masks = capture.reader.masks(capture.take())
    for hook in hooks:
        hook.remove()

    expected = torch.zeros((2, 2, 8, 12), dtype=torch.float64)
    terms = 0
    for name in layers:
        heads = unet.get_submodule(name.removesuffix(".processor")).heads
        d = seen[name, "to_q"].shape[2] // heads
        for head in range(heads):
            columns = slice(head * d, (head + 1) * d)
            for picture in range(2):
                queries, keys = seen[name, "to_q"][picture], seen[name, "to_k"][picture]
                logits = queries[:, columns] @ keys[:, columns].T / d**0.5
                attention = logits.exp() / logits.exp().sum(dim=1, keepdim=True)
                for segment, positions in enumerate(TOKENS):
                    for position in positions:
                        expected[picture, segment] += attention[:, position].reshape(8, 12)
            terms += 1
    torch.testing.assert_close(masks, expected / terms, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("loss", "reading"),
    [
        ("paper", {}),
        ("balanced", {"softmax": "labels", "resampling": "logits"}),
        ("raw", {"softmax": "prompt", "best": 3}),
    ],
    ids=["paper", "balanced", "raw"],
)
def test_gradient_through_the_network_agrees_with_finite_differences(loss, reading):
    unet = tiny().double()
    latents, states = inputs(8, 8, dtype=torch.float64)
    targets = torch.zeros((2, 8, 8), dtype=torch.float64)
    targets[0, :4], targets[1, 5:, 2:] = 1, 1
    weights = torch.tensor([1.0, 0.5], dtype=torch.float64)
    capture = AttentionCapture(MapReader(TOKENS, 7, **reading), (8, 8))

    def value(x):
        with torch.enable_grad():
            unet(x, 300, encoder_hidden_states=states)
        with torch.enable_grad():
            return zest_loss(capture.reader.masks(capture.take()), targets, weights, loss).sum()

    with torch.no_grad(), capturing(unet, captured_layers(unet, "diorama", "all"), capture):
        capture.active = capture.cut_graph = True
        point = latents.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(value(point), point)
        generator = torch.Generator().manual_seed(5)
        for _ in range(3):
            way = torch.randn(latents.shape, generator=generator, dtype=torch.float64)
            slope = (value(latents + 1e-6 * way) - value(latents - 1e-6 * way)) / 2e-6
            assert (gradient * way).sum().item() == pytest.approx(slope.item(), rel=1e-5, abs=1e-10)


def test_the_tail_behind_the_last_captured_layer_keeps_no_graph():
    unet = tiny()
    latents, states = inputs()
    layers = tuple(name for name in cross_layers(unet) if name.startswith("down_blocks"))
    capture = AttentionCapture(MapReader(TOKENS), (16, 16))
    with torch.no_grad(), capturing(unet, layers, capture):
        capture.active = capture.cut_graph = True
        with torch.enable_grad():
            output = unet(latents.requires_grad_(), 1, encoder_hidden_states=states).sample
        assert not torch.is_grad_enabled()
        assert not output.requires_grad
        assert all(item.requires_grad for item in capture.take())


def test_an_inactive_capture_reads_nothing():
    unet = tiny()
    latents, states = inputs()
    capture = AttentionCapture(MapReader(TOKENS), (16, 16))
    with torch.no_grad(), capturing(unet, cross_layers(unet), capture):
        unet(latents, 1, encoder_hidden_states=states)
        assert capture.take() == []


def test_processors_come_back_whatever_happens():
    unet = tiny()
    before = unet.attn_processors
    capture = AttentionCapture(MapReader(TOKENS), (16, 16))
    with pytest.raises(RuntimeError, match="shapes"), capturing(unet, cross_layers(unet), capture):
        unet(torch.zeros((1, 4, 8, 8)), 1, encoder_hidden_states=torch.zeros((1, 5, 7)))
    after = unet.attn_processors
    assert list(after) == list(before)
    assert all(after[name] is before[name] for name in before)


def test_nothing_that_was_read_is_held_on_to_after_an_error():
    unet = tiny()
    latents, states = inputs()
    capture = AttentionCapture(MapReader(TOKENS), (16, 16))
    capture.active = True
    read = []

    def fail(*_):
        read.extend(capture.maps)
        raise ZeroDivisionError

    unet.conv_out.register_forward_hook(fail)
    with pytest.raises(ZeroDivisionError), torch.no_grad(), capturing(unet, cross_layers(unet), capture):
        unet(latents, 1, encoder_hidden_states=states)
    assert read
    assert capture.maps == []


def test_check_is_called_at_every_captured_layer():
    unet = tiny()
    latents, states = inputs()
    calls = []
    capture = AttentionCapture(MapReader(TOKENS), (16, 16), lambda: calls.append(1))
    with torch.no_grad(), capturing(unet, cross_layers(unet), capture):
        unet(latents, 1, encoder_hidden_states=states)
    assert len(calls) == len(cross_layers(unet))


def four_levels(attention_up=True):
    """A UNet with the blocks of Stable Diffusion 1.x, thin."""
    return tiny_unet(
        sample_size=8,
        down_block_types=(*("CrossAttnDownBlock2D",) * 3, "DownBlock2D"),
        up_block_types=("UpBlock2D", *(("CrossAttnUpBlock2D" if attention_up else "UpBlock2D"),) * 3),
        block_out_channels=(8, 8, 16, 16),
        mid_block_type="UNetMidBlock2DCrossAttn",
    )


def test_stable_diffusion_reads_the_two_middle_resolutions():
    blocks = {name.split(".attentions")[0] for name in captured_layers(four_levels(), "sd1")}
    assert blocks == {"down_blocks.2", "up_blocks.1", "up_blocks.2"}


def test_layers_are_named_in_forward_order():
    unet = four_levels()
    names = captured_layers(unet, "sd2")
    order = []
    hooks = [
        unet.get_submodule(name.removesuffix(".processor")).register_forward_hook(lambda *_a, n=name: order.append(n))
        for name in names
    ]
    with torch.no_grad():
        unet(torch.zeros((1, 4, 8, 8)), 1, encoder_hidden_states=torch.zeros((1, 5, 32)))
    for hook in hooks:
        hook.remove()
    assert tuple(order) == names


def test_other_networks_read_their_last_up_block():
    assert all(name.startswith("up_blocks.1.") for name in captured_layers(tiny(), "diorama"))
    assert all(name.startswith("up_blocks.3.") for name in captured_layers(four_levels(), "diorama"))


def test_a_network_without_cross_attention_is_refused():
    with pytest.raises(UserError, match="cross-attention"):
        captured_layers(four_levels(attention_up=False), "diorama")
