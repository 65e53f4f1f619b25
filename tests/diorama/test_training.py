"""The whole training at tiny size: it learns, resumes, and what it exports is a stock diffusers folder."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from diffusers import AutoencoderKL, StableDiffusionPipeline
from torch import nn
from typer.testing import CliRunner

from zestdesk.diorama.__main__ import application
from zestdesk.diorama.captions import CaptionWriter
from zestdesk.diorama.export import export_model
from zestdesk.diorama.loop import Average, Clock, State, level_then_falling, run, working_seconds
from zestdesk.diorama.networks import PLANS
from zestdesk.diorama.scenes import SceneSampler
from zestdesk.diorama.train_unet import DenoiserTask, Networks
from zestdesk.diorama.train_vae import AutoencoderTask, DecoderTask
from zestdesk.diorama.vocabulary import Vocabulary
from zestdesk.errors import UserError
from zestdesk.guidance.checkpoints import open_checkpoint
from zestdesk.guidance.models import load
from zestdesk.guidance.vocabulary import read_vocabulary
from zestdesk.resources import resource

WORDS, SMALL, CPU = Vocabulary.load(), PLANS["small"], torch.device("cpu")


class Line:
    """The smallest task there is: fit a line."""

    name = "line"

    def __init__(self) -> None:
        self.weight, self.seen = torch.zeros(1), list[float]()

    def step(self, progress: float) -> dict[str, float]:
        self.seen.append(progress)
        self.weight += 0.1 * (1 - self.weight)
        return {"loss": float((1 - self.weight) ** 2)}

    def validate(self) -> dict[str, float]:
        return {"validation": float(self.weight)}

    def sheet(self, path: Path) -> None:
        path.write_bytes(b"sheet")

    def state(self) -> State:
        return {"weight": self.weight}

    def load(self, state: State) -> None:
        self.weight = state["weight"]


def test_a_training_goes_on_where_it_stopped(tmp_path: Path) -> None:
    assert run(Line(), tmp_path, 60, most_steps=5) == 5
    second = Line()
    assert run(second, tmp_path, 60, most_steps=8) == 8
    assert len(second.seen) == 3
    assert float(second.weight) == pytest.approx(1 - 0.9**8, abs=1e-6)
    rows = [json.loads(line) for line in (tmp_path / "line.jsonl").read_text().splitlines()]
    assert [row["step"] for row in rows] == [5, 8]
    assert (tmp_path / "line-000008.png").exists()


def test_a_used_up_budget_trains_no_more(tmp_path: Path) -> None:
    task = Line()
    assert run(task, tmp_path, 0) == 0
    assert task.seen == []
    assert Clock(1, spent=61).progress >= 1


def test_a_shared_processor_counts_only_the_work_that_was_done() -> None:
    seconds = iter([100.0, 130.0, 130.0])
    clock = Clock(1, spent=15, seconds=lambda: next(seconds))
    assert clock.spent == 45
    assert clock.progress == pytest.approx(0.75)
    count = working_seconds(CPU)
    begin = count()
    sum(range(10_000))
    assert 0 <= count() - begin < 60


def test_the_average_follows_the_weights_and_the_rate_falls() -> None:
    module = nn.Linear(1, 1)
    average = Average(module)
    with torch.no_grad():
        module.weight.fill_(5.0)
    for _ in range(400):
        average.update()
    assert float(average.weights["weight"]) == pytest.approx(5.0, abs=0.05)
    assert level_then_falling(0) == level_then_falling(0.7) == 1
    assert 1 > level_then_falling(0.8) > level_then_falling(0.9) > level_then_falling(1) > 0


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[AutoencoderTask, DenoiserTask, Path]:
    folder = tmp_path_factory.mktemp("training")
    autoencoder = AutoencoderTask(SMALL, WORDS, CPU)
    run(autoencoder, folder, 60, most_steps=12)
    task = DenoiserTask(SMALL, WORDS, autoencoder.averaged(), CPU)
    run(task, folder, 60, most_steps=4)
    export_model(task.averaged(), WORDS, folder / "model")
    return autoencoder, task, folder


def test_the_autoencoder_learns(trained: tuple[AutoencoderTask, DenoiserTask, Path]) -> None:
    assert trained[0].validate()["psnr"] > AutoencoderTask(SMALL, WORDS, CPU).validate()["psnr"]


def test_the_denoiser_resumes_with_the_same_weights(trained: tuple[AutoencoderTask, DenoiserTask, Path]) -> None:
    autoencoder, task, folder = trained
    other = DenoiserTask(SMALL, WORDS, autoencoder.averaged(), CPU, seed=77)
    assert run(other, folder, 60, most_steps=4) == 4
    assert other.validate() == task.validate()


def test_polishing_the_decoder_leaves_the_latents_where_they_are(
    trained: tuple[AutoencoderTask, DenoiserTask, Path], tmp_path: Path
) -> None:
    autoencoder = trained[1].networks.autoencoder
    decoder = DecoderTask(SMALL, WORDS, autoencoder, CPU)
    before = decoder.validate()["psnr"]
    run(decoder, tmp_path, 60, most_steps=10)
    polished = decoder.averaged()
    pictures = torch.rand(2, 3, 64, 64) * 2 - 1
    assert torch.equal(polished.encode(pictures).latent_dist.mode(), autoencoder.encode(pictures).latent_dist.mode())
    assert polished.config.scaling_factor == autoencoder.config.scaling_factor
    assert decoder.validate()["psnr"] > before


def test_a_training_can_begin_with_a_model(trained: tuple[AutoencoderTask, DenoiserTask, Path]) -> None:
    model = load(open_checkpoint(str(trained[2] / "model")), "cpu")
    autoencoder = AutoencoderTask(SMALL, WORDS, CPU, seed=31)
    autoencoder.adopt(model.vae)
    assert autoencoder.validate()["psnr"] == pytest.approx(trained[0].validate()["psnr"], abs=0.1)
    task = DenoiserTask(SMALL, WORDS, trained[1].networks.autoencoder, CPU, seed=32)
    task.adopt(Networks(model.text.tokenizer, model.text.encoder, model.unet, model.vae))
    again = task.averaged()
    assert all(torch.equal(again.unet.state_dict()[name], value) for name, value in model.unet.state_dict().items())


def test_a_grown_world_begins_where_the_small_one_ended(trained: tuple[AutoencoderTask, DenoiserTask, Path]) -> None:
    """Old captions mean what they meant, to the last bit; every new word has an embedding of its own."""
    fewer = replace(WORDS, objects=WORDS.objects[:26], scenery=(), weather=())
    old = DenoiserTask(SMALL, fewer, trained[1].networks.autoencoder, CPU, seed=41)
    new = DenoiserTask(SMALL, WORDS, trained[1].networks.autoencoder, CPU, seed=42)
    assert len(new.networks.tokenizer) > len(old.networks.tokenizer)
    new.adopt(old.networks)
    captions = CaptionWriter(fewer, 1).write(SceneSampler(fewer, 2).sample(24, 64, 64))
    before, after = (task.networks.embed(task.networks.ids(captions)) for task in (old, new))
    assert torch.equal(before, after)
    latents, timesteps = torch.randn(4, 4, 8, 8), torch.tensor([10, 400, 700, 990])
    first, second = (
        task.networks.unet(latents, timesteps, encoder_hidden_states=context[:4]).sample
        for task, context in ((old, before), (new, after))
    )
    assert torch.equal(first, second)
    table, numbers = (
        new.networks.text_encoder.get_input_embeddings().weight.detach(),
        new.networks.tokenizer.get_vocab(),
    )
    tiger, zebra, cat = (table[numbers[f"{noun}</w>"]] for noun in ("tiger", "zebra", "cat"))
    assert (tiger - zebra).norm() > 0.1 * cat.norm()
    assert 0.3 < float(tiger.norm() / cat.norm()) < 3
    assert new.step(0.1)["loss"] > 0


def test_a_model_of_another_shape_cannot_be_begun_with(trained: tuple[AutoencoderTask, DenoiserTask, Path]) -> None:
    other = DenoiserTask(replace(SMALL, unet_channels=(16, 16, 16)), WORDS, trained[1].networks.autoencoder, CPU)
    with pytest.raises(UserError, match="another shape; begin with"):
        other.adopt(trained[1].networks)


def test_a_world_that_changed_cannot_go_on_from_its_checkpoint(
    trained: tuple[AutoencoderTask, DenoiserTask, Path],
) -> None:
    fewer = replace(WORDS, objects=WORDS.objects[:26])
    with pytest.raises(UserError, match="other words since this training began"):
        DenoiserTask(SMALL, fewer, trained[1].networks.autoencoder, CPU).load(trained[1].state())


def test_larger_pictures_go_through_the_whole_command_from_a_smaller_model(
    trained: tuple[AutoencoderTask, DenoiserTask, Path], tmp_path: Path
) -> None:
    """As on a GPU for 256 pixels: same networks, warm start, another size, and the folder draws at that size."""
    common = ["train", "--plan", "small", "--size", "96", "--folder", str(tmp_path), "--device", "cpu"]
    common += ["--batch", "2", "--most-steps", "2", "--output", str(tmp_path / "model")]
    begin = ["--from", str(trained[2] / "model"), "--vae-minutes", "0"]
    done = CliRunner().invoke(application, [*common, *begin])
    assert done.exit_code == 0, done.output
    checkpoint = open_checkpoint(str(tmp_path / "model"))
    assert checkpoint.native_size == (96, 96)
    earlier = load(open_checkpoint(str(trained[2] / "model")), "cpu").vae
    later = AutoencoderKL.from_pretrained(tmp_path / "autoencoder")
    assert later.config.scaling_factor == earlier.config.scaling_factor
    assert all(torch.equal(later.state_dict()[name], value) for name, value in earlier.state_dict().items())
    # Gone on with without saying again where from, it trains no other autoencoder.
    again = CliRunner().invoke(application, common)
    assert again.exit_code == 0, again.output
    assert not (tmp_path / "vae.pt").exists()
    words = read_vocabulary(tmp_path / "model")
    assert "mountains" in words.scenery
    assert "rain" in words.weather
    assert "behind" in words.words


def test_label_maps_never_reach_the_diffusion_model(
    trained: tuple[AutoencoderTask, DenoiserTask, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guidance must stay zero-shot: a training step works just as well when scenes have no label maps."""
    from zestdesk.diorama.world import Painter, Painting

    paint = Painter.paint
    monkeypatch.setattr(Painter, "paint", lambda self, scenes: Painting(paint(self, scenes).images, None))  # type: ignore[arg-type]
    assert trained[0].step(0.5)["loss"] > 0
    assert trained[1].step(0.5)["loss"] > 0


def test_stock_diffusers_draws_with_the_exported_folder(trained: tuple[AutoencoderTask, DenoiserTask, Path]) -> None:
    folder = trained[2] / "model"
    pipeline = StableDiffusionPipeline.from_pretrained(folder, use_safetensors=True)
    pipeline.set_progress_bar_config(disable=True)
    picture = pipeline("a cat on grass", num_inference_steps=2, generator=torch.Generator().manual_seed(0)).images[0]
    assert picture.size == (SMALL.side, SMALL.side)
    assert not [path for path in folder.rglob("*") if path.suffix in {".bin", ".pt", ".ckpt"}]


def test_our_own_loader_takes_it_too(trained: tuple[AutoencoderTask, DenoiserTask, Path]) -> None:
    checkpoint = open_checkpoint(str(trained[2] / "model"))
    assert checkpoint.native_size == (SMALL.side, SMALL.side)
    assert load(checkpoint, "cpu").layers


def test_the_shipped_model_is_small_safe_and_complete() -> None:
    folder = resource("models", "diorama")
    weights = list(folder.rglob("*.safetensors"))
    assert {path.parent.name for path in weights} == {"unet", "vae", "text_encoder"}
    assert max(path.stat().st_size for path in weights) <= 15_000_000
    assert sum(path.stat().st_size for path in weights) < 48_000_000
    assert {path.suffix for path in folder.rglob("*") if path.is_file()} <= {".safetensors", ".json", ".md", ""}
    # The world may have got words since that model was trained, but lost none of its own.
    known = read_vocabulary(folder)
    assert {WORDS.class_id(phrase) for phrase in known.phrases} <= set(range(len(WORDS.class_names)))
    assert set(known.grounds + known.skies) <= set(WORDS.class_names)
    load(open_checkpoint("diorama"), "cpu")
