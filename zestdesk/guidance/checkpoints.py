"""Where checkpoints come from, and what their folders say. Free of torch: only small JSON files are read.

A model is foreign: sizes are checked before anything is read, only safetensors are accepted, and no code that comes
with it is ever run.
"""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from zestdesk.errors import UserError, sentence
from zestdesk.guidance.families import FAMILIES, Family, family_of, require_known
from zestdesk.guidance.headers import read_header, weight_files
from zestdesk.guidance.hub_files import cached_snapshot, is_hub_id
from zestdesk.guidance.model_files import read_text, require_plain
from zestdesk.guidance.request import MAX_SIDE
from zestdesk.resources import resource

__all__ = [
    "BUNDLED",
    "Checkpoint",
    "check_numbers",
    "open_checkpoint",
    "open_file",
    "picture_size",
    "read_json",
    "read_tables",
]

BUNDLED: Final = "diorama"
"""Name of the model that ships with the program."""

_MAX_JSON: Final = 2_000_000
_MAX_NUMBER: Final = 1_000_000
_LIMITS: Final = (
    ("vocab_size", _MAX_NUMBER),
    ("layers", 64),
    ("heads", 64),
    ("channels", 4096),
    ("dim", 5120),
    ("size", 5120),
    ("groups", 4096),
)
"""Largest number under a key that holds the word; the first that fits counts."""
_PICKLES: Final = (".bin", ".ckpt", ".pt", ".pth")
_NETWORK: Final = "model.diffusion_model."
_FIRST: Final = f"{_NETWORK}input_blocks.0.0.weight"
_KEY_WEIGHT: Final = "attn2.to_k.weight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A model folder that was looked over.

    Attributes:
        name: as the user wrote it.
        folder: in the stock diffusers layout; of a single file, ours with what such files lack.
        family: name of one of ``families.FAMILIES``.
        native_size: (width, height) in pixels that the model was trained for.
        factor: both sides of a picture must be multiples of this many pixels.
        file: the weights in the original layout, of a model that is a single file.
        revision: the commit of a hub model.
        sizes: (part, number of weights) as the files' headers say.
    """

    name: str
    folder: Path
    family: str
    native_size: tuple[int, int]
    factor: int
    file: Path | None = None
    revision: str = ""
    sizes: tuple[tuple[str, int], ...] = ()

    @property
    def configs(self) -> Path:
        """Folder whose parts hold the configurations."""
        return self.folder if self.file is None else self.folder / self.family


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object of a model folder.

    Raises:
        UserError: when it is missing, too large, or not a JSON object.
    """
    try:
        value = json.loads(
            read_text(path, _MAX_JSON, sentence("The file is too large for a configuration; get the model again."))
        )
    except FileNotFoundError:
        raise UserError("The file is missing; choose a complete diffusers model folder.", str(path)) from None
    except (OSError, ValueError, RecursionError) as error:
        raise UserError("The file cannot be read as JSON; get the model again.", str(path)) from error
    if not isinstance(value, dict):
        raise UserError("The file holds no JSON object; get the model again.", str(path))
    return value


def check_numbers(config: Any, path: Path) -> None:  # noqa: ANN401 - any JSON
    """Refuse sizes that no Stable Diffusion model has, before a library allocates them.

    Raises:
        UserError: when a number is out of all proportion; the text names its key.
    """
    waiting: list[tuple[str, Any]] = [("", config)]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(str(name), item) for name, item in value.items()]
        elif isinstance(value, list):
            waiting += [(key, item) for item in value]
        elif isinstance(value, int | float):
            limit = next((most for word, most in _LIMITS if word in key), _MAX_NUMBER)
            # Written so that "not a number" fails too.
            if not abs(value) <= limit:
                raise UserError(
                    "{key} is {value}, which no such model has; get the model again.", str(path), key=key, value=value
                )


def open_checkpoint(model: str) -> Checkpoint:
    """Find a model on this machine and check that it can be used.

    Args:
        model: ``"diorama"``, a folder in the diffusers layout, a ``.safetensors`` file in the original layout of Stable
            Diffusion, or an id of the Hugging Face hub (``owner/name``) that was fetched before; nothing is downloaded.

    Raises:
        UserError: when there is no such model, or it is incomplete, broken, of another kind, or holds pickles in place
            of safetensors.
    """
    if model == BUNDLED:
        folder = resource("models", BUNDLED)
        if not folder.is_dir():
            raise UserError("The bundled model is missing; install the program again.", "model")
        return _open_folder(model, folder)
    try:
        path = Path(model).expanduser()
        if model.strip() and path.is_dir():
            return _open_folder(model, path)
        if path.is_file():
            return open_file(model, path, resource("models", "stable-diffusion"))
    except (OSError, RuntimeError):
        # No home folder of that name, or a name too long for a file: perhaps an id of the hub.
        pass
    if not is_hub_id(model):
        raise UserError(
            "There is no model “{model}”; write diorama, a folder or file that exists, or a hub id.",
            "model",
            model=model[:100],
        )
    snapshot = cached_snapshot(model)
    if snapshot is None:
        raise UserError(
            "“{model}” is not on this machine yet; fetch it with the model menu of the window, or with zestdesk "
            "fetch {model}.",
            "model",
            model=model,
        )
    return replace(_open_folder(model, snapshot), revision=snapshot.name)


def read_tables(folder: Path) -> tuple[Family, tuple[int, int]]:
    """Read the small files that say what kind of model a folder holds, whether its weights are there or not.

    Returns:
        Its family; the factor that sides of pictures must be multiples of, and their native side, in pixels.

    Raises:
        UserError: when they are missing or broken, or the model is of a kind that cannot be steered.
    """
    index = folder / "model_index.json"
    kind = read_json(index).get("_class_name")
    require_known(kind, str(index))
    unet = _read_config(folder / "unet" / "config.json")
    own_vocabulary = (folder / "vocabulary.json").is_file()
    family = family_of(kind, unet, own_vocabulary=own_vocabulary, place=str(folder / "unet" / "config.json"))
    return family, _check_configs(folder, unet)


def _open_folder(name: str, folder: Path) -> Checkpoint:
    # Which text encoders there are depends on the family, whether there is a network does not.
    if (folder / "model_index.json").exists():
        _check_folder(folder / "unet")
    family, (factor, side) = read_tables(folder)
    sizes = tuple((part, _check_weights(folder / part)) for part in family.parts)
    for tokenizer, _ in family.text_parts:
        _check_folder(folder / tokenizer)
    return Checkpoint(
        name=name, folder=folder, family=family.name, native_size=(side, side), factor=factor, sizes=sizes
    )


def open_file(name: str, path: Path, layouts: Path) -> Checkpoint:
    """Look a single file over: its header alone is read.

    Args:
        name: as the user wrote it.
        path: of the file.
        layouts: folder with a tokenizer and, per family, the configurations of such files.

    Raises:
        UserError: when it is no such file, or of another kind.
    """
    if path.suffix.casefold() in _PICKLES:
        raise UserError("This is a pickle, which can run code; choose a model saved as safetensors.", str(path))
    if path.suffix.casefold() != ".safetensors":
        raise UserError("This is no model; choose a .safetensors file or a folder in the diffusers layout.", str(path))
    header = read_header(path)
    widths = {
        info.shape[-1]
        for key, info in header.tensors.items()
        if key.startswith(_NETWORK) and key.endswith(_KEY_WEIGHT) and info.shape
    }
    if not widths:
        raise UserError(
            "The file holds no whole Stable Diffusion model (an addition to one, or a single part?); choose another.",
            str(path),
        )
    for family in FAMILIES.values():
        if not family.prefixes or not (layouts / family.name).is_dir():
            continue
        unet = _read_config(layouts / family.name / "unet" / "config.json")
        if widths != {unet.get("cross_attention_dim")}:
            continue
        factor, side = _check_configs(layouts / family.name, unet)
        first = header.tensors.get(_FIRST)
        if first is None or len(first.shape) != 4 or first.shape[1] != unet["in_channels"]:
            raise UserError("The network takes more than latents (an inpainting model?); choose another.", str(path))
        sizes = tuple((part, header.count(prefix)) for part, prefix in family.prefixes)
        lacking = [part for part, size in sizes if not size]
        if lacking:
            raise UserError(
                "The file lacks the {lacking}; choose a file with a whole model.",
                str(path),
                lacking=lacking[0].replace("_", " "),
            )
        return Checkpoint(
            name=name,
            folder=layouts,
            family=family.name,
            native_size=(side, side),
            factor=factor,
            file=path,
            sizes=sizes,
        )
    raise UserError("The file is of no known kind; choose Stable Diffusion 1.x, 2.x or XL.", str(path))


def _check_configs(folder: Path, unet: dict[str, Any]) -> tuple[int, int]:
    """Check the small files of a folder against one another; return factor and native side."""
    vae = _read_config(folder / "vae" / "config.json")
    scheduler = read_json(folder / "scheduler" / "scheduler_config.json")
    kind = str(scheduler.get("_class_name", ""))
    if "EDM" in kind or "Flow" in kind:
        raise UserError(
            "A model that is sampled with {kind} cannot be steered; choose another.",
            str(folder / "scheduler" / "scheduler_config.json"),
            kind=kind[:60],
        )
    if unet.get("in_channels", 4) != vae.get("latent_channels", 4):
        raise UserError(
            "The network and the picture decoder do not fit (an inpainting model?); choose another.",
            str(folder / "unet" / "config.json"),
        )
    return _geometry(unet, vae, folder)


def _read_config(path: Path) -> dict[str, Any]:
    config = read_json(path)
    check_numbers(config, path)
    return config


def _geometry(unet: dict[str, Any], vae: dict[str, Any], folder: Path) -> tuple[int, int]:
    """Return the factor that sides must be multiples of, and the native side, both in pixels."""
    blocks, latents = vae.get("block_out_channels"), unet.get("sample_size")
    levels = unet.get("block_out_channels")
    if not (isinstance(blocks, list) and isinstance(levels, list) and type(latents) is int):
        raise UserError("The configuration lacks sizes; get the model again.", str(folder / "unet" / "config.json"))
    if not (1 <= len(blocks) <= 8 and 1 <= len(levels) <= 8 and 1 <= latents <= 256):
        raise UserError("The configuration has impossible sizes; get the model again.", str(folder))
    shrink = int(2 ** (len(blocks) - 1))
    # The UNet halves its latents at every level but the last; sizes that do not divide would need padding.
    factor = shrink * int(2 ** (len(levels) - 1))
    side = max(round(latents * shrink / factor), 1) * factor
    return factor, side


def _check_folder(folder: Path) -> None:
    """Make sure that a part of a model is there, and that whoever reads its files will not wait for one for ever."""
    if not folder.is_dir():
        raise UserError("The folder is missing; choose a complete diffusers model folder.", str(folder))
    try:
        require_plain(folder)
    except OSError as error:
        raise UserError("The folder cannot be read; check its permissions.", str(folder)) from error


def _check_weights(folder: Path) -> int:
    """Return how many weights a part of a model has; refuse it when they are missing or only there as pickles."""
    _check_folder(folder)
    files = weight_files(folder)
    if files:
        try:
            return sum(read_header(path).count() for path in files)
        except UserError as error:
            raise error.elsewhere(str(folder)) from error
    if any(path.suffix in _PICKLES for path in folder.iterdir()):
        raise UserError(
            "The weights are pickles, which can run code; choose a model saved as safetensors.", str(folder)
        )
    raise UserError("The weights are missing; choose a complete diffusers model folder.", str(folder))


def picture_size(
    checkpoint: Checkpoint, canvas: tuple[int, int], size: tuple[int, int] | None = None
) -> tuple[int, int]:
    """Return the (width, height) at which the picture is made.

    Args:
        checkpoint: the model.
        canvas: (width, height) of the design.
        size: what the user asked for; None takes the model's native area at the canvas's aspect ratio, rounded to its
            factor.

    Raises:
        UserError: when the model cannot make the size that was asked for.
    """
    factor = checkpoint.factor
    if size is None:
        area = checkpoint.native_size[0] * checkpoint.native_size[1]
        scale = (area / (canvas[0] * canvas[1])) ** 0.5
        width, height = (min(max(round(side * scale / factor), 1) * factor, MAX_SIDE) for side in canvas)
        return width, height
    if any(side % factor or not factor <= side <= MAX_SIDE for side in size):
        near = " x ".join(str(min(max(round(side / factor), 1) * factor, MAX_SIDE // factor * factor)) for side in size)
        raise UserError(
            "{name} cannot make {width} x {height}; both sides must be multiples of {factor} up to {most}: try {near}.",
            "size",
            name=checkpoint.name,
            width=size[0],
            height=size[1],
            factor=factor,
            most=MAX_SIDE,
            near=near,
        )
    return size
