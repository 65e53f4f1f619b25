import math

import pytest
import torch

from zestdesk.errors import UserError
from zestdesk.guidance.request import SCHEDULERS
from zestdesk.guidance.schedulers import Schedule, clean_estimate

CONFIG = {
    "_class_name": "PNDMScheduler",
    "skip_prk_steps": True,
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "steps_offset": 1,
    "clip_sample": True,
}
CPU = torch.device("cpu")
RANDOM = {"euler-a", "dpm++-sde", "lcm"}
MOST = {"lcm": 50}


def schedule(name, steps=10, seed=1, **changes):
    return Schedule(name, CONFIG | changes, steps, CPU, torch.Generator().manual_seed(seed))


def truth(x0, noise, signal, prediction):
    """What a perfect network would say."""
    if prediction == "sample":
        return x0
    if prediction == "epsilon":
        return noise
    return signal * noise - math.sqrt(1 - signal**2) * x0


@pytest.mark.parametrize("spacing", ["leading", "trailing", "linspace"])
@pytest.mark.parametrize("prediction", ["epsilon", "v_prediction", "sample"])
@pytest.mark.parametrize("name", SCHEDULERS)
def test_a_perfect_network_is_led_to_its_picture(name, prediction, spacing):
    """Latents stay x0 signal + noise at every step, at unit deviation, and end at x0."""
    run = schedule(name, prediction_type=prediction, timestep_spacing=spacing)
    generator = torch.Generator().manual_seed(0)
    x0, noise = (torch.randn((1, 4, 16, 16), generator=generator) for _ in range(2))
    latents = None
    for timestep in run.timesteps:
        signal = run.signal(timestep)
        if latents is None:
            latents = (signal * x0 + math.sqrt(1 - signal**2) * noise) / run.scaled(torch.ones(1), timestep)
        scaled = run.scaled(latents, timestep)
        within = (scaled - signal * x0) / math.sqrt(1 - signal**2)
        if name in RANDOM:
            assert within.std().item() == pytest.approx(1, abs=0.1)
        else:
            torch.testing.assert_close(scaled, signal * x0 + math.sqrt(1 - signal**2) * noise, rtol=0, atol=0.03)
            within = noise
        estimate = truth(x0, within, signal, prediction)
        clean = clean_estimate(signal * x0 + math.sqrt(1 - signal**2) * within, estimate, signal, prediction)
        torch.testing.assert_close(clean, x0, rtol=1e-3, atol=1e-3)
        latents = run.step(estimate, timestep, latents)
    torch.testing.assert_close(latents, x0, rtol=0, atol=0.15)


@pytest.mark.parametrize("name", SCHEDULERS)
def test_noise_starts_at_unit_deviation_for_the_network(name):
    run = schedule(name)
    first = run.scaled(torch.full((1, 1, 1, 1), run.initial_deviation), run.timesteps[0])
    assert first.item() == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("name", SCHEDULERS)
def test_deviation_is_one_over_the_next_input_scale(name):
    run = schedule(name)
    latents = torch.ones((1, 1, 1, 1))
    run.scaled(latents, run.timesteps[0])
    after = run.step(latents, run.timesteps[0], latents)
    deviation = run.deviation()
    assert run.scaled(after, run.timesteps[1]).item() * deviation == pytest.approx(after.item(), rel=1e-6)
    assert (deviation > 1) == name.startswith("euler")


@pytest.mark.parametrize("name", SCHEDULERS)
def test_noise_that_steps_add_is_the_generator_s_alone(name):
    def walk(seed):
        run = schedule(name, seed=seed)
        latents = torch.ones((1, 1, 4, 4))
        for timestep in run.timesteps:
            latents = run.step(0.1 * run.scaled(latents, timestep), timestep, latents)
        return latents

    torch.manual_seed(1)
    first = walk(7)
    torch.manual_seed(2)
    assert torch.equal(first, walk(7))
    assert torch.equal(first, walk(8)) == (name not in RANDOM)


@pytest.mark.parametrize("first", [0, 4, 9])
@pytest.mark.parametrize("name", SCHEDULERS)
def test_noised_latents_are_where_the_steps_are(name, first):
    """A perfect network leads from a picture under noise to the same picture under the noise of every later step."""
    generator = torch.Generator().manual_seed(0)
    x0, noise = (torch.randn((1, 4, 16, 16), generator=generator) for _ in range(2))
    whole = schedule(name)
    run = Schedule(name, CONFIG, 10, CPU, torch.Generator().manual_seed(1), first)
    assert torch.equal(run.timesteps, whole.timesteps[first:])
    latents = run.noised(x0, noise)
    for timestep in run.timesteps:
        signal = run.signal(timestep)
        scaled = run.scaled(latents, timestep)
        if timestep is run.timesteps[0] or name not in RANDOM:
            torch.testing.assert_close(scaled, signal * x0 + math.sqrt(1 - signal**2) * noise, rtol=1e-3, atol=0.03)
        torch.testing.assert_close(
            run.scaled(run.noised(x0, noise), timestep), signal * x0 + math.sqrt(1 - signal**2) * noise
        )
        latents = run.step((scaled - signal * x0) / math.sqrt(1 - signal**2), timestep, latents)
    assert run.noised(x0, noise) is x0
    torch.testing.assert_close(latents, x0, rtol=0, atol=0.15)


def test_a_step_of_the_same_size_moves_all_schedulers_alike():
    """DDIM and Euler discretise the same equation: an update between steps must keep them together."""
    ddim, euler = (schedule(n, prediction_type="v_prediction", timestep_spacing="leading") for n in ("ddim", "euler"))
    generator = torch.Generator().manual_seed(0)
    start, push, output = (torch.randn((1, 4, 4, 4), generator=generator) for _ in range(3))
    first, second = start * ddim.initial_deviation, start * euler.initial_deviation
    for t_first, t_second in zip(ddim.timesteps, euler.timesteps.clone(), strict=True):
        torch.testing.assert_close(ddim.scaled(first, t_first), euler.scaled(second, t_second), rtol=1e-3, atol=5e-3)
        first = ddim.step(output, t_first, first) - 0.3 * push * ddim.deviation()
        second = euler.step(output, t_second, second) - 0.3 * push * euler.deviation()


def test_latents_are_never_clipped():
    """The flag is for pixels; old files of Stable Diffusion carry it all the same."""
    run = schedule("ddim", steps=1, prediction_type="sample")
    far = torch.full((1, 1, 1, 1), 9.0)
    assert run.step(far, run.timesteps[0], far).item() == pytest.approx(9, abs=0.1)


@pytest.mark.parametrize("name", SCHEDULERS)
@pytest.mark.parametrize("steps", [1, 2, 3, 500])
def test_few_and_many_steps(name, steps):
    steps = min(steps, MOST.get(name, steps))
    run = schedule(name, steps)
    latents = torch.zeros((1, 1, 2, 2))
    for timestep in run.timesteps:
        run.scaled(latents, timestep)
        latents = run.step(latents, timestep, latents)
    assert len(run.timesteps) == steps
    assert torch.isfinite(latents).all()


@pytest.mark.parametrize(("name", "steps"), [("ddim", 1000), ("lcm", 51), *((name, 1001) for name in SCHEDULERS)])
def test_more_steps_than_the_training_had_are_refused(name, steps):
    with pytest.raises(UserError, match="steps"):
        schedule(name, steps, timestep_spacing="leading")


@pytest.mark.parametrize(
    "changes",
    [
        {"num_train_timesteps": 10**9},
        {"num_train_timesteps": 0},
        {"num_train_timesteps": "many"},
        {"num_train_timesteps": True},
        {"prediction_type": "flow_prediction"},
        {"prediction_type": ["epsilon"]},
        {"beta_schedule": "of my own"},
        {"beta_schedule": ["linear"]},
        {"beta_start": "small"},
        {"beta_start": -1.0},
        {"beta_end": 2.0},
        {"beta_end": float("nan")},
        {"trained_betas": ["a"]},
        {"trained_betas": [0.1, 0.2]},
        {"timestep_spacing": "random"},
        {"steps_offset": "one"},
        {"steps_offset": -5},
    ],
    ids=str,
)
@pytest.mark.parametrize("name", SCHEDULERS)
def test_a_nonsensical_file_is_one_clear_sentence(name, changes):
    with pytest.raises(UserError) as caught:
        schedule(name, **changes)
    assert caught.value.place == f"scheduler_config.json: {next(iter(changes))}"
