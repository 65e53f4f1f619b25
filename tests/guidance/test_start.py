"""A picture to begin with: as stock diffusers does it, for every scheduler, and what is kept is kept to the pixel."""

from functools import partial

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionImg2ImgPipeline, StableDiffusionInpaintPipeline
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.guidance.conftest import PROMPT, box, request
from tests.guidance.test_batch import difference, passes
from tests.guidance.test_stock import STOCK
from zestdesk.errors import UserError
from zestdesk.guidance import sampler
from zestdesk.guidance.request import SCHEDULERS, Cancelled, CancelToken
from zestdesk.guidance.sampler import generate, generate_many
from zestdesk.guidance.start import composited, encode


def painting(width=32, height=32, seed=0):
    """A picture of soft colours."""
    generator = np.random.default_rng(seed)
    small = generator.integers(0, 256, (4, 4, 3))
    return np.kron(small, np.ones((height // 4, width // 4, 1))).astype(np.uint8)


REGION = box(0.5, 0.25, 1, 0.75)


def stock(kind, folder, scheduler):
    pipeline = kind.from_pretrained(folder, use_safetensors=True, low_cpu_mem_usage=False)
    pipeline.set_progress_bar_config(disable=True)
    pipeline.scheduler = STOCK[scheduler](pipeline.scheduler.config)
    return partial(
        pipeline, PROMPT, negative_prompt="a dog", num_inference_steps=6, guidance_scale=3.0, output_type="np"
    )


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_pictures_from_a_picture_are_those_of_the_stock_pipeline(tiny_folder, tiny_model, scheduler):
    """Latents are handed over: the stock pipeline would draw them from the encoder's distribution."""
    start = painting(48, 24)
    wanted = request(
        48, 24, scheduler=scheduler, negative_prompt="a dog", segments=(), start=start, strength=0.5, seed=11
    )
    theirs = stock(StableDiffusionImg2ImgPipeline, tiny_folder, scheduler)(
        image=encode(tiny_model, start), strength=0.5, generator=torch.Generator().manual_seed(11)
    ).images[0]
    ours = generate(wanted, tiny_model)
    assert len(ours.steps) == 3
    assert np.abs(ours.picture / 255 - theirs).max() < 1 / 255


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_pictures_with_kept_parts_are_those_of_the_stock_pipeline(tiny_folder, tiny_model, scheduler):
    start = painting()
    wanted = request(
        scheduler=scheduler, negative_prompt="a dog", segments=(), start=start, strength=0.5, redraw=REGION, seed=11
    )
    theirs = stock(StableDiffusionInpaintPipeline, tiny_folder, scheduler)(
        image=encode(tiny_model, start),
        mask_image=torch.from_numpy(REGION)[None, None],
        masked_image_latents=encode(tiny_model, start),
        width=32,
        height=32,
        strength=0.5,
        generator=torch.Generator().manual_seed(11),
    ).images[0]
    ours = generate(wanted, tiny_model).picture
    inside = REGION > 0
    assert np.abs(ours / 255 - theirs)[inside].max() < 1 / 255
    assert np.array_equal(ours[~inside], start[~inside])


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_a_region_alone_is_redrawn_whatever_guides_it(tiny_model, scheduler):
    start = painting()
    events = []
    wanted = request(scheduler=scheduler, start=start, redraw=REGION, strength=0.8, tau=1.0, seed=5)
    result = generate(wanted, tiny_model, events.append)
    assert [event.total for event in events] == [5] * 5
    assert all(step.guided for step in result.steps)
    assert np.array_equal(result.picture[REGION == 0], start[REGION == 0])
    assert not np.array_equal(result.picture[REGION > 0], start[REGION > 0])
    plain = generate(
        request(scheduler=scheduler, start=start, redraw=REGION, strength=0.8, eta=0.0, seed=5), tiny_model
    )
    assert result.steps[0].loss == pytest.approx(plain.steps[0].loss, rel=1e-5)
    assert difference(result, plain) > 0


def test_full_strength_is_a_picture_from_noise(tiny_model):
    plain = generate(request(), tiny_model)
    assert np.array_equal(plain.picture, generate(request(start=painting()), tiny_model).picture)
    assert difference(plain, generate(request(start=painting(), redraw=REGION), tiny_model)) > 0


def test_nothing_redrawn_is_the_start_itself(tiny_model):
    start = painting()
    result = generate(request(start=start, redraw=np.zeros((32, 32), np.float32)), tiny_model)
    assert np.array_equal(result.picture, start)


def test_the_same_picture_is_the_same_latents(tiny_model):
    first, again = encode(tiny_model, painting()), encode(tiny_model, painting())
    assert torch.equal(first, again)
    assert first.shape == (1, 4, 16, 16)
    assert not torch.equal(first, encode(tiny_model, painting(seed=1)))


def test_less_strength_is_fewer_steps_and_nearer_to_the_start(tiny_model):
    start = painting()
    near, far = (generate(request(steps=10, start=start, strength=share), tiny_model) for share in (0.1, 0.9))
    assert (len(near.steps), len(far.steps)) == (1, 9)
    assert near.masks.shape[0] == 1
    kept = sampler.decode(tiny_model, encode(tiny_model, start)).astype(int)
    assert np.abs(near.picture - kept).mean() < np.abs(far.picture - kept).mean()


def test_several_seeds_from_one_picture(tiny_model):
    wanted = request(start=painting(), redraw=REGION, strength=0.5, seed=1)
    sizes = passes(tiny_model, lambda: generate_many(wanted, tiny_model, (1, 2)))
    assert sizes == [2, 2] * 2 + [4]
    first, second = generate_many(wanted, tiny_model, (1, 2))
    assert difference(first, generate(wanted, tiny_model)) <= 1
    assert np.array_equal(second.picture[REGION == 0], painting()[REGION == 0])
    assert difference(first, second) > 0


@pytest.mark.parametrize("level", [1, 3, 4])
def test_saving_memory_changes_no_picture(tiny_model, monkeypatch, level):
    wanted = request(start=painting(), redraw=REGION, strength=0.5)
    plain = generate(wanted, tiny_model)
    monkeypatch.setattr(sampler, "pick_level", lambda *_args, **_named: level)
    monkeypatch.setattr(sampler, "last_level", lambda _device: 4)
    assert difference(plain, generate(wanted, tiny_model)) <= 1


def test_an_encoder_out_of_its_range_is_one_clear_sentence(tiny_model):
    hook = tiny_model.vae.encoder.register_forward_hook(lambda _m, _args, output: output * float("nan"))
    with pytest.raises(UserError, match="encoder") as caught:
        generate(request(start=painting()), tiny_model)
    hook.remove()
    assert caught.value.place == "model"


@pytest.mark.parametrize("step", range(3))
def test_cancel_at_every_step(tiny_model, step):
    token, seen = CancelToken(), []

    def listen(event):
        seen.append(event.step)
        if event.step == step + 1:
            token.cancel()

    with pytest.raises(Cancelled):
        generate(request(start=painting(), redraw=REGION, strength=0.5), tiny_model, listen, token)
    assert seen == list(range(1, step + 2))


@pytest.mark.parametrize(
    "changes",
    [
        {"start": painting(16, 32)},
        {"start": painting().astype(np.float32)},
        {"redraw": REGION},
        {"start": painting(), "redraw": REGION[:16]},
        {"start": painting(), "redraw": REGION.astype(np.float64)},
        {"start": painting(), "redraw": REGION * np.float32("nan")},
        {"start": painting(), "redraw": REGION + 1},
    ],
    ids=range(7),
)
def test_what_does_not_fit_the_request_is_refused(changes):
    with pytest.raises(ValueError, match=r"picture|redraw"):
        request(**changes)


@pytest.mark.parametrize("strength", [0.0, -1.0, 1.5, float("nan")])
def test_a_strength_out_of_range_is_refused(strength):
    with pytest.raises(UserError, match="more than 0, at most 1") as caught:
        request(start=painting(), strength=strength)
    assert caught.value.place == "strength"


@given(
    arrays(np.uint8, (4, 4, 3)),
    arrays(np.uint8, (4, 4, 3)),
    arrays(np.float32, (4, 4), elements=st.floats(0, 1, width=32)),
)
def test_the_mixture_lies_between_and_is_exact_at_both_ends(made, start, share):
    wanted = request(4, 4, segments=(), start=start, redraw=share)
    mixed = composited(made, wanted)
    assert mixed.dtype == np.uint8
    assert (mixed >= np.minimum(made, start)).all()
    assert (mixed <= np.maximum(made, start)).all()
    assert np.array_equal(mixed[share == 0], start[share == 0])
    assert np.array_equal(mixed[share == 1], made[share == 1])
