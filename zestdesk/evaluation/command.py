"""The ``evaluate`` command: its options."""

from pathlib import Path
from typing import Annotated, Final

import typer

from zestdesk.document.settings import Settings
from zestdesk.errors import UserError
from zestdesk.evaluation.names import DEFAULT_METHODS, SETS
from zestdesk.files.atomic import require_folder, require_targets

__all__ = ["evaluate"]

FRESH_SEED: Final = 7_300_000
"""First seed of the layouts whose figures are published; nothing was tuned on them."""

_COCO: Final = (
    "A COCO-Stuff folder in place of toy scenes: labels/NAME.png (as stuffthingmaps: grey or indexed, a pixel is its "
    "class minus one, 255 unlabelled), labels.txt (COCO-Stuff's list, “1: person” on a line), captions.json (COCO's "
    "captions file, or {NAME: caption}) and, if you have them, the pictures as images/NAME.jpg or .png."
)


def evaluate(
    layouts: Annotated[int, typer.Option(min=1, help="How many layouts to draw.")] = 20,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the first layout.")] = FRESH_SEED,
    kind: Annotated[
        str,
        typer.Option(
            "--set",
            help="all: every segment of a scene; filtered: those of 5 % and more; few: one to three of these; objects: "
            "two or three ellipses on an empty canvas.",
        ),
    ] = "few",
    methods: Annotated[str, typer.Option(help="Which to compare, with commas between them, or all.")] = ",".join(
        DEFAULT_METHODS
    ),
    variant: Annotated[
        list[str] | None,
        typer.Option(
            help="A method with settings of its own, such as “strong: eta=2, tau=0.25, pww=0.4, loss=balanced”. "
            "May be given again and again."
        ),
    ] = None,
    steps: Annotated[int, typer.Option(help="Denoising steps.")] = 50,
    cfg: Annotated[float, typer.Option(help="Scale of classifier-free guidance.")] = 3.0,
    scheduler: Annotated[str, typer.Option(help="For example ddim, euler or dpm++.")] = "ddim",
    model: Annotated[
        str, typer.Option(help="diorama, a folder with a vocabulary.json, or with --coco any model.")
    ] = "diorama",
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    coco: Annotated[Path | None, typer.Option(help=_COCO)] = None,
    segmenter: Annotated[
        str | None,
        typer.Option(
            help="What measures on COCO-Stuff: a folder or hub id of a semantic segmentation model of transformers, in "
            "safetensors, with the classes' names in its configuration."
        ),
    ] = None,
    clip: Annotated[
        Path | None, typer.Option(help="The folder of a CLIP model of transformers: measures text against picture.")
    ] = None,
    work: Annotated[
        Path | None,
        typer.Option(help="Keep every picture and its figures in this folder; the same command goes on from there."),
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Write all figures and settings to this JSON file.")] = None,
    sheet: Annotated[Path | None, typer.Option(help="Write layouts and pictures side by side to this PNG.")] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write the table to this file, as Markdown.")] = None,
    *,
    keep_pictures: Annotated[
        bool,
        typer.Option(
            "--keep-pictures", help="Take the work folder's pictures although the program's code has changed since."
        ),
    ] = False,
) -> None:
    """Measure how well pictures follow their layouts, method by method, over the same layouts and seeds."""
    require_targets({"--report": report, "--sheet": sheet, "--markdown": markdown})
    require_folder("--work", work)
    from zestdesk.evaluation.variants import parse_methods

    chosen = parse_methods(methods, variant or [])
    settings = _settings(model, steps, cfg, scheduler)
    if kind not in SETS:
        raise UserError(f"There is no set “{kind}”; choose one of {', '.join(SETS)}.", "--set")
    if (coco is None) != (segmenter is None):
        raise UserError("A COCO-Stuff folder and a segmenter for it belong together; give both.", "--coco, --segmenter")
    if coco is not None and kind == "objects":
        raise UserError("This set has no label maps; choose all, filtered or few for COCO-Stuff.", "--set")
    # Imported here because it takes seconds: everything that can be wrong with the options was said before.
    from zestdesk.evaluation.order import Order, carry_out

    order = Order(
        kind=kind,
        layouts=layouts,
        seed=seed,
        methods=chosen,
        settings=settings,
        device=device,
        coco=coco,
        segmenter=segmenter,
        clip=clip,
        work=work,
        keep_pictures=keep_pictures,
    )
    carry_out(order, report=report, sheet=sheet, markdown=markdown)


def _settings(model: str, steps: int, cfg: float, scheduler: str) -> Settings:
    """Return how to sample; UserError that names the option where a value is none."""
    from zestdesk.guidance.request import GenerationRequest

    try:
        settings = Settings(model=model, steps=steps, guidance_scale=cfg, scheduler=scheduler)
        GenerationRequest(prompt="", width=8, height=8, steps=steps, guidance_scale=cfg, scheduler=scheduler)
    except UserError as error:
        place = "--cfg" if error.place == "guidance_scale" else f"--{error.place}"
        raise UserError(error.message, place) from error
    return settings
