"""The workshop of the bundled model: ``python -m zestdesk.diorama assets | scenes | train | export``."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import torch
import typer
from diffusers import AutoencoderKL

from zestdesk.diorama.assets import fetch_sprites
from zestdesk.diorama.captions import CaptionWriter
from zestdesk.diorama.export import export_model
from zestdesk.diorama.loop import run
from zestdesk.diorama.networks import PLANS, Plan
from zestdesk.diorama.scenes import SceneSampler
from zestdesk.diorama.train_unet import DenoiserTask, Networks
from zestdesk.diorama.train_vae import AutoencoderTask, DecoderTask, contact_sheet
from zestdesk.diorama.vocabulary import Vocabulary
from zestdesk.diorama.world import Painter
from zestdesk.errors import UserError
from zestdesk.guidance.checkpoints import open_checkpoint
from zestdesk.guidance.models import Model, load, pick_device
from zestdesk.guidance.text import OneEncoder
from zestdesk.resources import resource

application = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)

Folder = Annotated[Path, typer.Option(help="Where checkpoints, logs and sample sheets are kept.")]
PlanName = Annotated[str, typer.Option(help=f"One of {', '.join(PLANS)}.")]
Output = Annotated[Path | None, typer.Option(help="Where the model goes; resources/models/diorama.")]
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
    device: Device = "auto",
    most_steps: Annotated[int | None, typer.Option(help="Stop each part after so many steps: a rehearsal.")] = None,
    begin_with: Annotated[str | None, typer.Option(help="A model to begin with: diorama, or a folder.")] = None,
    output: Output = None,
) -> None:
    """Train the model, or go on where an interrupted training stopped, and export it at every validation."""
    sizes, words, target = _plan(plan), Vocabulary.load(), pick_device(device)
    output = output or resource("models", "diorama")
    autoencoder = AutoencoderTask(sizes, words, target)
    earlier = load(open_checkpoint(begin_with), "cpu") if begin_with else None
    if earlier:
        autoencoder.adopt(earlier.vae)
    run(autoencoder, folder, vae_minutes, most_steps=most_steps)
    task = _denoiser(sizes, words, folder, autoencoder.averaged(), target)
    if earlier:
        task.adopt(_networks(earlier))
    run(task, folder, unet_minutes, most_steps=most_steps, at_look=lambda: export_model(task.averaged(), words, output))
    decoder = DecoderTask(sizes, words, task.networks.autoencoder, target)
    run(decoder, folder, decoder_minutes, most_steps=most_steps)
    export_model(replace(task.averaged(), autoencoder=decoder.averaged()), words, output)


@application.command()
def export(folder: Folder = Path(".train"), plan: PlanName = "standard", output: Output = None) -> None:
    """Write the newest checkpoints as a diffusers folder."""
    sizes, words, target = _plan(plan), Vocabulary.load(), torch.device("cpu")
    autoencoder = AutoencoderTask(sizes, words, target)
    autoencoder.load(_checkpoint(folder, "vae"))
    task = _denoiser(sizes, words, folder, autoencoder.averaged(), target)
    task.load(_checkpoint(folder, "unet"))
    networks = task.averaged()
    if (folder / "decoder.pt").exists():
        decoder = DecoderTask(sizes, words, networks.autoencoder, target)
        decoder.load(_checkpoint(folder, "decoder"))
        networks = replace(networks, autoencoder=decoder.averaged())
    export_model(networks, words, output or resource("models", "diorama"))


def _networks(model: Model) -> Networks:
    """Return the parts of a loaded model to begin with."""
    if not isinstance(model.text, OneEncoder):
        raise UserError("The model to begin with has two text encoders; begin with a smaller one.", "--begin-with")
    return Networks(model.text.tokenizer, model.text.encoder, model.unet, model.vae)


def _plan(name: str) -> Plan:
    if name not in PLANS:
        raise UserError(f"There is no plan “{name}”; choose one of {', '.join(PLANS)}.", "--plan")
    return PLANS[name]


def _denoiser(
    plan: Plan, words: Vocabulary, folder: Path, autoencoder: AutoencoderKL, device: torch.device
) -> DenoiserTask:
    """Return the UNet's task; latents must keep their scale over restarts, so the first scaling factor is kept."""
    path = folder / "scaling_factor.txt"
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
