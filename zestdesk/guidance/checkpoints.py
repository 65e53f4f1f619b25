"""Where checkpoints come from, and what their folders say. Free of torch: only small JSON files are read.

A model folder is foreign: sizes are checked before anything is read, only safetensors are accepted, and no code of the
folder is ever run.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from zestdesk.errors import UserError
from zestdesk.guidance.request import MAX_SIDE
from zestdesk.resources import resource

__all__ = ["BUNDLED", "Checkpoint", "open_checkpoint", "picture_size"]

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
_PARTS: Final = ("unet", "vae", "text_encoder")
_PICKLES: Final = (".bin", ".ckpt", ".pt", ".pth")
_SAFE_FILES: Final = [
    "model_index.json",
    *(f"{part}/*.{kind}" for part in _PARTS for kind in ("json", "safetensors")),
    *(f"tokenizer/*.{kind}" for kind in ("json", "txt")),
    "scheduler/*.json",
]
_HALF: Final = ["*.fp16*.safetensors"]
_UNUSED: Final = ["*.non_ema*.safetensors"]
_FOREIGN_KEYS: Final = ("addition_embed_type", "class_embed_type", "num_class_embeds", "encoder_hid_dim_type")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A model folder that was looked over.

    Attributes:
        name: as the user wrote it.
        folder: in the stock diffusers layout.
        family: ``"diorama"`` (a small model with a vocabulary of its own), ``"sd1"`` or ``"sd2"``.
        native_size: (width, height) in pixels that the model was trained for.
        factor: both sides of a picture must be multiples of this many pixels.
    """

    name: str
    folder: Path
    family: str
    native_size: tuple[int, int]
    factor: int


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object of a model folder.

    Raises:
        UserError: when it is missing, too large, or not a JSON object.
    """
    try:
        if path.stat().st_size > _MAX_JSON:
            raise UserError("The file is too large for a configuration; get the model again.", str(path))
        value = json.loads(path.read_text(encoding="utf-8"))
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
                raise UserError(f"{key} is {value}, which no such model has; get the model again.", str(path))


def open_checkpoint(model: str) -> Checkpoint:
    """Find a model and check that its folder can be used.

    Args:
        model: ``"diorama"``, a folder in the diffusers layout, or an id of the Hugging Face hub (``owner/name``), which
            is looked up in the local cache first and then on the network.

    Raises:
        UserError: when there is no such model, or its folder is incomplete, broken, of another kind, or holds pickles
            in place of safetensors.
    """
    folder = _find(model)
    kind = read_json(folder / "model_index.json").get("_class_name")
    if kind != "StableDiffusionPipeline":
        raise UserError(
            f"A {str(kind)[:60]} model cannot be steered; choose a Stable Diffusion 1.x or 2.x folder, or diorama.",
            str(folder),
        )
    for part in _PARTS:
        _check_weights(folder / part)
    read_json(folder / "scheduler" / "scheduler_config.json")
    if not (folder / "tokenizer").is_dir():
        raise UserError("The folder is missing; choose a complete diffusers model folder.", str(folder / "tokenizer"))
    unet, vae = (_read_config(folder / part / "config.json") for part in ("unet", "vae"))
    _check_kind(unet, vae, folder / "unet" / "config.json")
    factor, side = _geometry(unet, vae, folder)
    return Checkpoint(
        name=model,
        folder=folder,
        family=_family(folder, unet),
        native_size=(side, side),
        factor=factor,
    )


def _find(model: str) -> Path:
    if model == BUNDLED:
        folder = resource("models", BUNDLED)
        if not folder.is_dir():
            raise UserError("The bundled model is missing; install the program again.", "model")
        return folder
    try:
        folder = Path(model).expanduser()
        if model.strip() and folder.is_dir():
            return folder
        if folder.is_file():
            raise UserError("This is a file; choose a folder in the diffusers layout.", model)
    except (OSError, RuntimeError):
        # No home folder of that name, or a name too long for a file: perhaps an id of the hub.
        pass
    return _from_hub(model)


def _read_config(path: Path) -> dict[str, Any]:
    config = read_json(path)
    check_numbers(config, path)
    return config


def _check_kind(unet: dict[str, Any], vae: dict[str, Any], path: Path) -> None:
    """Refuse networks that need more than text: another input picture, class labels, a second encoder."""
    extra = next((key for key in _FOREIGN_KEYS if unet.get(key) is not None), None)
    if extra is not None:
        raise UserError(f"A model with {extra} cannot be steered; choose Stable Diffusion 1.x or 2.x.", str(path))
    if unet.get("in_channels", 4) != vae.get("latent_channels", 4):
        raise UserError(
            "The network and the picture decoder do not fit (an inpainting model?); choose another.", str(path)
        )


def _family(folder: Path, unet: dict[str, Any]) -> str:
    width = unet.get("cross_attention_dim")
    if (folder / "vocabulary.json").is_file() or width not in (768, 1024):
        return "diorama"
    return "sd1" if width == 768 else "sd2"


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


def _weights(folder: Path) -> list[str]:
    """Return the names of all files of a model's part, none when it is not there."""
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []


def _has_weights(folder: Path) -> bool:
    return any(name.endswith(".safetensors") for name in _weights(folder))


def _check_weights(folder: Path) -> None:
    """Refuse a part of a model whose weights are missing or only there as pickles."""
    if not folder.is_dir():
        raise UserError("The folder is missing; choose a complete diffusers model folder.", str(folder))
    if _has_weights(folder):
        return
    if any(name.endswith(_PICKLES) for name in _weights(folder)):
        raise UserError(
            "The weights are pickles, which can run code; choose a model saved as safetensors.", str(folder)
        )
    raise UserError("The weights are missing; choose a complete diffusers model folder.", str(folder))


def _from_hub(model: str) -> Path:
    """Return the local copy of a hub model: the cached one, or else a new one."""
    owner, slash, name = model.partition("/")
    looks_like_id = slash and owner and name and "/" not in name and not model.startswith((".", "~", "/"))
    if not looks_like_id or "\\" in model or ".." in model:
        raise UserError(
            f"There is no model “{model[:100]}”; write diorama, a folder that exists, or a hub id.", "model"
        )
    from huggingface_hub import snapshot_download

    error: Exception | None = None
    # The cache first; then the network, without and at last with weights that are there in half precision only.
    for local, ignored in ((True, _HALF), (False, _HALF), (False, [])):
        try:
            folder = Path(
                snapshot_download(
                    model, allow_patterns=_SAFE_FILES, ignore_patterns=[*ignored, *_UNUSED], local_files_only=local
                )
            )
        except Exception as problem:  # noqa: BLE001 - the hub's errors are many: tell them once, below
            error = problem
        else:
            if all(_has_weights(folder / part) for part in _PARTS) or not (local or ignored):
                return folder
    raise UserError(
        f"“{model}” is no folder here and could not be fetched from the hub; check the name and the network.", "model"
    ) from error


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
            f"{checkpoint.name} cannot make {size[0]} x {size[1]}; both sides must be multiples of {factor} "
            f"up to {MAX_SIDE}: try {near}.",
            "size",
        )
    return size
