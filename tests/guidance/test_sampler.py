"""The loop, through its public door, on a real model of toy size."""

import copy
import gc
import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.guidance.conftest import box, request
from zestdesk.errors import UserError
from zestdesk.guidance.request import SCHEDULERS, Cancelled, CancelToken, Segment
from zestdesk.guidance.sampler import generate, guided_steps
from zestdesk.guidance.text import OneEncoder


def processors(model):
    return {name: id(item) for name, item in model.unet.attn_processors.items()}


@pytest.fixture(autouse=True)
def processors_come_back(tiny_model):
    """Whatever a test does to a run, the model is as it was: the same processors, no hooks, no gradients."""
    before = processors(tiny_model)
    yield
    assert processors(tiny_model) == before
    for module in tiny_model.networks:
        assert not any(item.requires_grad or item.grad is not None for item in module.parameters())
    assert torch.is_grad_enabled()


@pytest.mark.parametrize("name", SCHEDULERS)
def test_every_step_speaks(tiny_model, name):
    events = []
    result = generate(request(scheduler=name), tiny_model, events.append)
    assert [event.step for event in events] == [1, 2, 3, 4, 5, 6]
    assert all(event.total == 6 for event in events)
    assert [event.guided for event in events] == [True] * 3 + [False] * 3
    times = [event.timestep for event in events]
    assert times == sorted(times, reverse=True)
    for event in events:
        assert event.masks.shape == (2, 16, 16)
        assert event.masks.dtype == np.float32
        assert event.masks.max(axis=(1, 2)) == pytest.approx(1)
        assert event.preview is not None
        assert event.preview.shape == (32, 32, 3)
        assert len(event.fits) == 2
        assert all(0 <= fit <= 1 for fit in event.fits)
        assert event.loss is not None
        assert event.loss > 0
        assert event.seconds > 0
    assert events[-1].seconds_left == 0
    assert all(event.seconds_left > 0 for event in events[:-1])
    assert result.picture.shape == (32, 32, 3)
    assert result.picture.dtype == np.uint8
    assert result.masks.shape == (6, 2, 16, 16)
    assert result.masks.dtype == np.uint8
    assert (result.masks.max(axis=(2, 3)) == 255).all()
    assert result.fits == events[-1].fits
    assert [step.loss for step in result.steps] == [event.loss for event in events]
    assert result.device == "cpu"
    assert len(result.tokens) == 2
    for array in (result.picture, result.masks, events[0].preview, events[0].masks):
        assert array.flags.c_contiguous
        assert array.base is None


@pytest.mark.parametrize("prediction", ["epsilon", "v_prediction"])
@pytest.mark.parametrize("name", SCHEDULERS)
def test_guidance_lowers_the_loss(tiny_model, tiny_v_model, name, prediction):
    model = tiny_v_model if prediction == "v_prediction" else tiny_model
    wanted = request(scheduler=name, tau=1.0)
    plain, guided = generate(replace(wanted, eta=0.0), model), generate(wanted, model)
    assert plain.steps[0].loss == pytest.approx(guided.steps[0].loss, rel=1e-5)
    assert guided.steps[-1].loss < plain.steps[-1].loss - 0.1


@pytest.mark.parametrize("name", SCHEDULERS)
def test_the_same_request_gives_the_same_pixels(tiny_model, name):
    first, again = generate(request(scheduler=name), tiny_model), generate(request(scheduler=name), tiny_model)
    assert np.array_equal(first.picture, again.picture)
    assert np.array_equal(first.masks, again.masks)
    assert [step.loss for step in first.steps] == [step.loss for step in again.steps]
    assert not np.array_equal(first.picture, generate(request(seed=4), tiny_model).picture)


def test_a_listener_that_shows_no_previews_gets_none(tiny_model):
    events = []
    generate(request(), tiny_model, events.append, previews=False)
    assert [event.preview for event in events] == [None] * len(events)
    assert all(event.masks.size for event in events)


def test_listening_changes_nothing(tiny_model):
    assert np.array_equal(
        generate(request(), tiny_model, lambda _event: None).picture, generate(request(), tiny_model).picture
    )


def test_half_precision_follows_single(tiny_model):
    """The tiny model in float16, as on a GPU: the loss is scaled, so that its gradient does not vanish."""
    unet, vae, encoder = (copy.deepcopy(module).half() for module in tiny_model.networks)
    text = OneEncoder(tiny_model.text.tokenizer, encoder)
    half = replace(tiny_model, dtype=torch.float16, unet=unet, vae=vae, text=text)
    wanted = request(tau=1.0, steps=4)
    single, halved = (generate(wanted, model).steps for model in (tiny_model, half))
    assert [step.loss for step in halved] == pytest.approx([step.loss for step in single], abs=0.01)
    assert all(step.guided for step in halved)


def test_maps_of_several_resolutions_take_part_together(tiny_model):
    """As in Stable Diffusion, whose two middle resolutions are read."""
    layers = tuple(name for name in tiny_model.unet.attn_processors if "attn2" in name and "mid" not in name)
    model = replace(tiny_model, layers=layers)
    plain, guided = (generate(request(48, 32, tau=1.0, eta=eta), model) for eta in (0.0, 1.0))
    assert guided.masks.shape == (6, 2, 16, 24)
    assert guided.steps[-1].loss < plain.steps[-1].loss - 0.05


def test_the_global_generator_has_no_say(tiny_model):
    torch.manual_seed(1)
    first = generate(request(), tiny_model)
    torch.manual_seed(2)
    state = torch.get_rng_state()
    assert np.array_equal(first.picture, generate(request(), tiny_model).picture)
    assert torch.equal(state, torch.get_rng_state())


def test_nothing_guided_without_strength_but_maps_are_read(tiny_model):
    weak, never = generate(request(eta=0.0), tiny_model), generate(request(tau=0.0), tiny_model)
    assert np.array_equal(weak.picture, never.picture)
    assert not any(step.guided for step in weak.steps + never.steps)
    assert all(step.loss is not None for step in weak.steps)
    assert np.array_equal(weak.masks, never.masks)


def test_plain_generation_without_segments(tiny_model):
    events = []
    result = generate(request(segments=()), tiny_model, events.append)
    assert all(event.loss is None and event.fits == () and not event.guided for event in events)
    assert events[0].masks.shape == (0, 16, 16)
    assert result.masks.shape == (6, 0, 16, 16)
    assert result.fits == result.tokens == ()
    # The maps are only read, so that reading them leaves the picture as it is, but for rounding.
    read = generate(request(eta=0.0), tiny_model)
    assert np.abs(result.picture.astype(int) - read.picture).max() <= 1


def test_negative_prompt_and_scale_count(tiny_model):
    base = generate(request(), tiny_model).picture
    assert not np.array_equal(base, generate(request(negative_prompt="a dog"), tiny_model).picture)
    assert not np.array_equal(base, generate(request(guidance_scale=6.0), tiny_model).picture)


@pytest.mark.parametrize("scale", [0.0, 1.0])
def test_scale_one_leaves_the_unconditional_branch_out(tiny_model, scale):
    sizes = []
    hook = tiny_model.unet.register_forward_pre_hook(lambda _m, args: sizes.append(len(args[0])))
    first = generate(request(guidance_scale=scale), tiny_model)
    hook.remove()
    assert sizes == [1] * 6
    assert np.array_equal(
        first.picture, generate(request(guidance_scale=1.0, negative_prompt="a dog"), tiny_model).picture
    )


def test_both_branches_share_a_batch_on_unguided_steps(tiny_model):
    sizes = []
    hook = tiny_model.unet.register_forward_pre_hook(lambda _m, args: sizes.append(len(args[0])))
    generate(request(), tiny_model)
    hook.remove()
    assert sizes == [1, 1] * 3 + [2] * 3


@pytest.mark.parametrize(("width", "height"), [(48, 20), (16, 64), (4, 4), (36, 28)])
def test_sizes_that_are_not_square(tiny_model, width, height):
    result = generate(request(width, height, steps=2, tau=1.0), tiny_model)
    assert result.picture.shape == (height, width, 3)
    assert result.masks.shape == (2, 2, height // 2, width // 2)
    assert result.steps[0].guided


@pytest.mark.parametrize("size", [(30, 32), (32, 2), (33, 33)])
def test_sizes_the_model_cannot_make(tiny_model, size):
    with pytest.raises(UserError, match="multiples of 4") as caught:
        generate(request(*size), tiny_model)
    assert caught.value.place == "size"


@pytest.mark.parametrize("step", range(6))
def test_cancel_after_any_step(tiny_model, step):
    token, seen = CancelToken(), []

    def listen(event):
        seen.append(event.step)
        if event.step == step + 1:
            token.cancel()

    with pytest.raises(Cancelled):
        generate(request(), tiny_model, listen, token)
    assert seen == list(range(1, step + 2))


def test_cancel_before_the_start(tiny_model):
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        generate(request(), tiny_model, cancel=token)


@pytest.mark.parametrize("forward", range(9))
def test_cancel_within_any_forward_pass(tiny_model, forward):
    """The pass in which the token falls is left before its end: its last layers never run."""
    token, starts, ends = CancelToken(), [], []

    def start(*_args):
        starts.append(1)
        if len(starts) == forward + 1:
            token.cancel()

    hooks = [
        tiny_model.unet.register_forward_pre_hook(start),
        tiny_model.unet.conv_out.register_forward_hook(lambda *_args: ends.append(1)),
    ]
    with pytest.raises(Cancelled):
        generate(request(), tiny_model, cancel=token)
    for hook in hooks:
        hook.remove()
    assert (len(starts), len(ends)) == (forward + 1, forward)


def test_an_error_of_the_listener_comes_through(tiny_model):
    def listen(event):
        raise ZeroDivisionError("the listener's own")

    with pytest.raises(ZeroDivisionError, match="own"):
        generate(request(), tiny_model, listen)


def poison(model, when, value):
    """Multiply what the network's middle gives by ``value`` from pass number ``when`` on; returns the hook."""
    calls = []

    def change(_module, _args, output):
        calls.append(1)
        return output * value if len(calls) >= when else None

    return model.unet.mid_block.register_forward_hook(change)


def test_a_gradient_that_is_not_finite_skips_its_update(tiny_model):
    """The estimate is sound, its gradient is not: the step is taken unguided, and says so."""
    events = []

    def spoil(_module, _args, output):
        if output.requires_grad:
            output.register_hook(lambda gradient: gradient * float("nan"))

    hook = tiny_model.unet.mid_block.register_forward_hook(spoil)
    result = generate(request(), tiny_model, events.append)
    hook.remove()
    assert [event.skipped is not None for event in events] == [True] * 3 + [False] * 3
    assert "not finite" in events[0].skipped
    assert not any(event.guided for event in events)
    assert all(math.isfinite(event.loss) for event in events)
    assert result.steps[0].skipped == events[0].skipped
    unguided = generate(request(eta=0.0), tiny_model)
    assert np.abs(result.picture.astype(int) - unguided.picture).max() <= 1


def test_numbers_out_of_range_are_a_clear_error(tiny_model):
    hook = poison(tiny_model, 4, float("inf"))
    with pytest.raises(UserError, match="left their range at step 2"):
        generate(request(), tiny_model)
    hook.remove()


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20 GiB"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 99 bytes"),
        MemoryError(),
    ],
    ids=["device", "host", "python"],
)
def test_out_of_memory_is_a_clear_error(tiny_model, error):
    def fail(*_args):
        raise error

    hook = tiny_model.unet.mid_block.register_forward_hook(fail)
    with pytest.raises(UserError, match="not enough memory for 32 x 32") as caught:
        generate(request(), tiny_model)
    hook.remove()
    assert caught.value.__traceback__ is not None


def test_other_errors_are_left_alone(tiny_model):
    def fail(*_args):
        raise RuntimeError("a defect")

    hook = tiny_model.unet.mid_block.register_forward_hook(fail)
    with pytest.raises(RuntimeError, match="a defect"):
        generate(request(), tiny_model)
    hook.remove()


def test_no_tensor_outlives_a_run(tiny_model):
    """Neither graph nor latents stay behind, after success as after cancel; weights and buffers do."""

    def tensors():
        gc.collect()
        return sum(issubclass(type(item), torch.Tensor) for item in gc.get_objects())

    generate(request(steps=2), tiny_model)
    before = tensors()
    result = generate(request(), tiny_model)
    assert tensors() <= before
    del result
    token = CancelToken()
    with pytest.raises(Cancelled):
        generate(request(), tiny_model, lambda _event: token.cancel(), token)
    assert tensors() <= before


def test_events_keep_their_values(tiny_model):
    """Arrays of an event are its own: later steps do not write into them."""
    events, copies = [], []

    def listen(event):
        events.append(event)
        copies.append(event.masks.copy())

    generate(request(), tiny_model, listen)
    assert all(np.array_equal(event.masks, copy) for event, copy in zip(events, copies, strict=True))


def test_labels_the_prompt_lacks_are_appended(tiny_model):
    segment = Segment(label="a green kite", mask=box(0, 0, 0.5, 0.5))
    result = generate(request(segments=(segment,), steps=1), tiny_model)
    assert result.composed_prompt == "a red cat under a blue sky, a green kite"
    assert len(result.tokens[0]) == 6  # "green" and "kite" are several pieces for this tokenizer
    assert result.tokens[0] == tuple(range(9, 15))


def test_long_texts_are_errors_that_name_them(tiny_model):
    long = " ".join(["red"] * 50)
    with pytest.raises(UserError, match="48 tokens") as caught:
        generate(request(negative_prompt=" ".join(["red"] * 48)), tiny_model)
    assert caught.value.place == "negative_prompt"
    with pytest.raises(UserError, match="a red cat"):
        generate(request(prompt=f"{long} a red cat"), tiny_model)


def test_a_segment_of_weight_zero_pulls_nothing(tiny_model):
    first = request()
    off = replace(first, segments=tuple(replace(item, weight=0.0) for item in first.segments))
    guided, plain = generate(off, tiny_model), generate(replace(first, eta=0.0), tiny_model)
    assert np.abs(guided.picture.astype(int) - plain.picture).max() <= 1


@pytest.mark.parametrize(
    ("steps", "tau", "expected"),
    [(50, 0.5, 25), (25, 0.5, 13), (10, 0.0, 0), (10, 1.0, 10), (10, 0.1, 1), (10, 0.3, 3), (1, 0.5, 1), (10, 3.0, 10)],
)
def test_the_first_tau_of_the_steps_are_guided(steps, tau, expected):
    assert guided_steps(request(steps=steps, tau=tau)) == expected
    assert guided_steps(request(steps=steps, tau=tau, eta=0.0)) == 0
    assert guided_steps(request(steps=steps, tau=tau, segments=())) == 0
