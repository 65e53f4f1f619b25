"""The workshop of the bundled model: ``python -m zestdesk.diorama assets | scenes | train | export | autoencoder``."""

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import torch
import typer
from diffusers import AutoencoderKL

from zestdesk.diorama.assets import fetch_sprites
from zestdesk.diorama.captions import CaptionWriter
from zestdesk.diorama.export import export_model
from zestdesk.diorama.loop import run, working_seconds
from zestdesk.diorama.networks import PLANS, Plan
from zestdesk.diorama.scenes import SceneSampler
from zestdesk.diorama.train_unet import DenoiserTask, Networks
from zestdesk.diorama.train_vae import AutoencoderTask, DecoderTask, contact_sheet, psnr, reconstruct
from zestdesk.diorama.vocabulary import Vocabulary
from zestdesk.diorama.world import Painter
from zestdesk.errors import UserError
from zestdesk.guidance.checkpoints import open_checkpoint
from zestdesk.guidance.models import Model, load, pick_device
from zestdesk.guidance.text import OneEncoder
from zestdesk.resources import resource

application = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)

_KEPT = "autoencoder"
_SCALE = "scaling_factor.txt"
_UNSEEN_SEED = 7_700_000

Folder = Annotated[Path, typer.Option(help="Where checkpoints, logs and sample sheets are kept.")]
PlanName = Annotated[str, typer.Option(help=f"One of {', '.join(PLANS)}.")]
Output = Annotated[Path | None, typer.Option(help="Where the model goes; resources/models/diorama.")]
Size = Annotated[int | None, typer.Option(min=1, help="Side of the pictures in pixels; the plan's own by default.")]
Device = Annotated[str, typer.Option(help="auto, cpu or cuda.")]


@application.command()
def assets() -> None:
    """Fetch the sprites through npm, check their hash and unpack those that the world uses."""
    paths = fetch_sprites(Vocabulary.load())
    typer.echo(f"{len(paths)} sprites are in {paths[0].parent}.")


@application.command()
def scenes(
    output: Annotated[Path, typer.Argument(help="The PNG to write.")],
    count: Annotated[int, typer.Option(min=8, help="A multiple of 8.")] = 24,
    seed: Annotated[int, typer.Option(min=0)] = 5,
    side: Annotated[int, typer.Option(min=32, help="Of a scene, in pixels.")] = 128,
) -> None:
    """Paint scenes as the model sees them in training, and print their captions."""
    vocabulary = Vocabulary.load()
    batch = SceneSampler(vocabulary, seed).sample(count // 8 * 8, side, side)
    contact_sheet(Painter(vocabulary, side).paint(batch).images, 8).save(output)
    typer.echo("\n".join(CaptionWriter(vocabulary, seed).write(batch)))


@application.command()
def train(
    folder: Folder = Path(".train"),
    vae_minutes: Annotated[float, typer.Option(help="Working time of the autoencoder, restarts counted in.")] = 24,
    unet_minutes: Annotated[float, typer.Option(help="Working time of UNet and text encoder.")] = 90,
    decoder_minutes: Annotated[float, typer.Option(help="Working time of the decoder's last polish.")] = 12,
    plan: PlanName = "standard",
    size: Size = None,
    batch: Annotated[int | None, typer.Option(min=1, help="Latents in a step of the UNet; a GPU likes 256.")] = None,
    device: Device = "auto",
    most_steps: Annotated[int | None, typer.Option(help="Stop each part after so many steps: a rehearsal.")] = None,
    begin_with: Annotated[
        str | None,
        typer.Option(
            "--from", help="A model to begin with: diorama, or a folder. Its autoencoder stays if --vae-minutes is 0."
        ),
    ] = None,
    look_minutes: Annotated[float, typer.Option(help="Between validations, sample sheets and exports.")] = 10,
    output: Output = None,
) -> None:
    """Train the model, or go on where an interrupted training stopped, and export it at every validation."""
    sizes, words, target = _plan(plan, size, batch), Vocabulary.load(), pick_device(device)
    output = output or resource("models", "diorama")
    train_one = partial(
        run, folder=folder, most_steps=most_steps, look_every=look_minutes * 60, seconds=working_seconds(target)
    )
    earlier = load(open_checkpoint(begin_with), "cpu") if begin_with else None
    if earlier and vae_minutes == 0:
        _keep(folder, earlier.vae)
    if (folder / _KEPT).exists():
        autoencoder = _kept(folder).to(target)
    else:
        task_ = AutoencoderTask(sizes, words, target)
        if earlier:
            task_.adopt(earlier.vae)
        train_one(task_, minutes=vae_minutes)
        autoencoder = task_.averaged()
    if earlier:
        _keep_scale(folder, earlier.vae)
    task = _denoiser(sizes, words, folder, autoencoder, target)
    if earlier:
        task.adopt(_networks(earlier))
    train_one(task, minutes=unet_minutes, at_look=lambda: export_model(task.averaged(), words, output))
    decoder = DecoderTask(sizes, words, task.networks.autoencoder, target)
    train_one(decoder, minutes=decoder_minutes)
    export_model(replace(task.averaged(), autoencoder=decoder.averaged()), words, output)


@application.command()
def export(
    folder: Folder = Path(".train"), plan: PlanName = "standard", size: Size = None, output: Output = None
) -> None:
    """Write the newest checkpoints as a diffusers folder."""
    sizes, words, target = _plan(plan, size), Vocabulary.load(), torch.device("cpu")
    if (folder / _KEPT).exists():
        autoencoder = _kept(folder)
    else:
        task_ = AutoencoderTask(sizes, words, target)
        task_.load(_checkpoint(folder, "vae"))
        autoencoder = task_.averaged()
    task = _denoiser(sizes, words, folder, autoencoder, target)
    task.load(_checkpoint(folder, "unet"))
    networks = task.averaged()
    if (folder / "decoder.pt").exists():
        decoder = DecoderTask(sizes, words, networks.autoencoder, target)
        decoder.load(_checkpoint(folder, "decoder"))
        networks = replace(networks, autoencoder=decoder.averaged())
    export_model(networks, words, output or resource("models", "diorama"))


@application.command()
def autoencoder(
    model: Annotated[str, typer.Option(help="diorama, or a folder.")] = "diorama",
    count: Annotated[int, typer.Option(min=1, help="Held-out scenes.")] = 96,
) -> None:
    """Measure how well a model's autoencoder renders scenes that no training saw."""
    checkpoint = open_checkpoint(model)
    width, height = checkpoint.native_size
    words = Vocabulary.load()
    painter, sampler = Painter(words, min(width, height)), SceneSampler(words, _UNSEEN_SEED)
    network = load(checkpoint, "cpu").vae
    values = []
    for start in range(0, count, 16):
        pictures = painter.paint(sampler.sample(min(16, count - start), height, width)).images
        values += [
            psnr(one[None], other[None]) for one, other in zip(pictures, reconstruct(network, pictures), strict=True)
        ]
    typer.echo(f"{sum(values) / len(values):.2f} dB PSNR over {count} scenes (lowest {min(values):.2f})")


def _keep(folder: Path, autoencoder: AutoencoderKL) -> None:
    """Let a training in this folder have the autoencoder that it began with; a later one would move the latents."""
    path = folder / _KEPT
    if not path.exists():
        autoencoder.save_pretrained(path)


def _kept(folder: Path) -> AutoencoderKL:
    """Return that autoencoder."""
    return AutoencoderKL.from_pretrained(folder / _KEPT).requires_grad_(requires_grad=False).eval()


def _keep_scale(folder: Path, autoencoder: AutoencoderKL) -> None:
    """Let the latents of a training in this folder have the scale that the UNet to begin with has learnt."""
    path = folder / _SCALE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{autoencoder.config.scaling_factor}\n")


def _networks(model: Model) -> Networks:
    """Return the parts of a loaded model to begin with."""
    if not isinstance(model.text, OneEncoder):
        raise UserError("The model to begin with has two text encoders; begin with a smaller one.", "--from")
    return Networks(model.text.tokenizer, model.text.encoder, model.unet, model.vae)


def _plan(name: str, side: int | None = None, batch: int | None = None) -> Plan:
    """Return a plan, at another size or batch if asked for: the networks take any."""
    if name not in PLANS:
        raise UserError(f"There is no plan “{name}”; choose one of {', '.join(PLANS)}.", "--plan")
    plan = PLANS[name]
    unit = plan.factor * 2 ** (len(plan.unet_channels) - 1)
    if side is not None and side % unit:
        raise UserError(f"Pictures of {side} pixels do not fit the networks; take a multiple of {unit}.", "--size")
    return plan.sized(side or plan.side, batch or plan.batch)


def _denoiser(
    plan: Plan, words: Vocabulary, folder: Path, autoencoder: AutoencoderKL, device: torch.device
) -> DenoiserTask:
    """Return the UNet's task; latents must keep their scale over restarts, so the first scaling factor is kept."""
    path = folder / _SCALE
    if path.exists():
        autoencoder.register_to_config(scaling_factor=float(path.read_text()))
    else:
        path.write_text(f"{autoencoder.config.scaling_factor}\n")
    return DenoiserTask(plan, words, autoencoder, device)


def _checkpoint(folder: Path, name: str) -> dict[str, object]:
    path = folder / f"{name}.pt"
    if not path.exists():
        raise UserError("There is no such checkpoint; train first, or name another --folder.", str(path))
    saved: dict[str, object] = torch.load(path, map_location="cpu", weights_only=True)["task"]
    return saved


def main() -> None:
    """Run the command; an error that the user can mend is one line and exit code 2."""
    try:
        application()
    except UserError as error:
        typer.echo(f"diorama: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
