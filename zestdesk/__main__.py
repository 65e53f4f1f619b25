"""The command: opens the editor, or does one of its jobs without a window.

What is heavy (Qt, torch) is imported by the command that needs it, so that ``--help`` answers at once.
"""

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer
from typer.models import OptionInfo

from zestdesk import __version__
from zestdesk.errors import UserError
from zestdesk.evaluation.command import evaluate
from zestdesk.logs import log_file, logging_to_file
from zestdesk.options import CHOICES

__all__ = ["main"]

cli = typer.Typer(
    name="zestdesk",
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=False,
    subcommand_metavar="[FILE | COMMAND [ARGS]...]",
    help="Draw where things go, and see whether the model listened. Without a command: the editor.",
)


def _show_version(value: bool) -> None:  # noqa: FBT001 - typer's signature
    if value:
        typer.echo(f"zestdesk {__version__}")
        raise typer.Exit


def _advanced(text: str, name: str = "") -> OptionInfo:
    """Return an option of the guidance, below the others in the help; its words are listed where it has some."""
    words = f" One of {', '.join(CHOICES[name])}." if name else ""
    option: OptionInfo = typer.Option(help=text + words, rich_help_panel="Advanced")
    return option


@cli.callback()
def _root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@cli.command("open")
def open_editor(
    file: Annotated[Path | None, typer.Argument(help="A .zest project or a layout JSON.", metavar="[FILE]")] = None,
) -> None:
    """Open the editor; `zestdesk FILE` does the same."""
    from zestdesk.app import run_editor

    raise typer.Exit(run_editor(file))


@cli.command()
def render(
    layout: Annotated[Path, typer.Argument(help="A .zest project or a layout JSON.", metavar="LAYOUT")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The PNG to write.")],
    seed: Annotated[int | None, typer.Option(help="Seed of the noise.")] = None,
    steps: Annotated[int | None, typer.Option(help="Denoising steps.")] = None,
    eta: Annotated[float | None, typer.Option(help="Strength of the guidance; 0 switches it off.")] = None,
    tau: Annotated[float | None, typer.Option(help="Fraction of the steps that is guided, 0 to 1.")] = None,
    cfg: Annotated[float | None, typer.Option(help="Scale of classifier-free guidance.")] = None,
    scheduler: Annotated[str | None, typer.Option(help="For example ddim, euler or dpm++.")] = None,
    model: Annotated[
        str | None, typer.Option(help="diorama, a model's folder or .safetensors file, or a hub id that was fetched.")
    ] = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    pictures: Annotated[
        int, typer.Option(help="How many, 1 to 8: of this seed and of those that follow, each to NAME-SEED.png.")
    ] = 1,
    report: Annotated[Path | None, typer.Option(help="Write all figures of the run to this JSON file.")] = None,
    masks: Annotated[Path | None, typer.Option(help="Write the extracted masks to this folder, as PNG.")] = None,
    loss: Annotated[str | None, _advanced("How extracted masks are compared with the layers.", "loss")] = None,
    maps: Annotated[str | None, _advanced("Which cross-attention layers are read.", "maps")] = None,
    best_maps: Annotated[int | None, _advanced("Per label only so many maps, the best; 0: the mean of all.")] = None,
    resampling: Annotated[
        str | None, _advanced("What is brought to one resolution: attention, or what it is made of.", "resampling")
    ] = None,
    softmax: Annotated[str | None, _advanced("Over which tokens attention is shared out.", "softmax")] = None,
    schedule: Annotated[str | None, _advanced("How the strength falls over the steps.", "schedule")] = None,
    gradient_norm: Annotated[str | None, _advanced("What the gradient is divided by.", "gradient_norm")] = None,
    pww: Annotated[float | None, _advanced("Strength of Paint-with-Words; 0: none.")] = None,
    guide_every: Annotated[int | None, _advanced("Guide only every such step of the guided part; 1: all.")] = None,
    cfg_until: Annotated[
        float | None, _advanced("Fraction of the steps with classifier-free guidance, 0 to 1; fewer are faster.")
    ] = None,
    refinements: Annotated[
        int | None, _advanced("Most further updates within each of the first steps, while the fit is poor; 0: none.")
    ] = None,
) -> None:
    """Make the picture of a layout file, without a window. Options replace the file's settings."""
    from zestdesk.render import render as make

    overrides = {
        "seed": seed,
        "steps": steps,
        "eta": eta,
        "tau": tau,
        "guidance_scale": cfg,
        "scheduler": scheduler,
        "model": model,
        "loss": loss,
        "maps": maps,
        "best_maps": best_maps,
        "resampling": resampling,
        "softmax": softmax,
        "schedule": schedule,
        "gradient_norm": gradient_norm,
        "pww": pww,
        "guide_every": guide_every,
        "cfg_until": cfg_until,
        "refinements": refinements,
    }
    make(layout, output, overrides=overrides, device=device, report=report, masks=masks, pictures=pictures)


@cli.command()
def fetch(
    name: Annotated[str, typer.Argument(help="The model's id on the Hugging Face hub.", metavar="OWNER/NAME")],
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before the download.")] = False,
) -> None:
    """Fetch a Stable Diffusion model from the hub; one that was interrupted goes on where it stopped."""
    from zestdesk.fetch import fetch as bring

    bring(name, yes=yes)


cli.command()(evaluate)


def _run(arguments: list[str]) -> None:
    """Run a command; arguments that name none belong to ``open``, so that ``zestdesk FILE`` opens the editor."""
    command = typer.main.get_group(cli)
    if not arguments or (arguments[0] not in command.commands and not arguments[0].startswith("-")):
        arguments = ["open", *arguments]
    command(arguments, prog_name="zestdesk")


def main() -> None:
    """Run the command with this process's arguments, and exit.

    Exit codes: 0; 1 for a defect, which the log describes; 2 for what the user can mend; 130 after Ctrl+C.
    """
    try:
        with logging_to_file():
            try:
                _run(sys.argv[1:])
            except UserError:
                raise
            except Exception:
                logging.getLogger("zestdesk").exception("An unexpected error ended the command.")
                raise
    except UserError as error:
        _fail(str(error), 2)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - the log has the traceback
        what = f"{type(error).__name__}: {error}"
        _fail(f"this is a defect in ZestDesk ({what}); {log_file()} says more.", 1)


def _fail(text: str, code: int) -> None:
    """Say one line on stderr and exit."""
    typer.echo(f"zestdesk: {' '.join(text.split())}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
