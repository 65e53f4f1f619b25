"""Where checkpoints come from, and what their folders say. Free of torch: only small JSON files are read.

A model folder is foreign: sizes are checked before anything is read, only safetensors are accepted, and no code of the
folder is ever run.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from zestdesk.errors import UserError
from zestdesk.resources import resource

__all__ = ["BUNDLED", "Checkpoint", "open_checkpoint", "picture_size"]

BUNDLED: Final = "diorama"
"""Name of the model that ships with the program."""

_MAX_JSON: Final = 2_000_000
_MAX_SIDE: Final = 2048
_PARTS: Final = ("unet", "vae", "text_encoder")
_SAFE_FILES: Final = ["*.json", "*.txt", "*.safetensors"]


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


def open_checkpoint(model: str) -> Checkpoint:
    """Find a model and check that its folder can be used.

    Args:
        model: ``"diorama"``, a folder in the diffusers layout, or an id of the Hugging Face hub (``owner/name``), which
            is looked up in the local cache first and then on the network.

    Raises:
        UserError: when there is no such model, or its folder is incomplete, broken, of another kind, or holds pickles
            in place of safetensors.
    """
    folder = resource("models", BUNDLED) if model == BUNDLED else Path(model).expanduser()
    if not folder.is_dir():
        folder = _from_hub(model)
    index = read_json(folder / "model_index.json")
    kind = index.get("_class_name")
    if kind != "StableDiffusionPipeline":
        raise UserError(
            f"A {kind} model cannot be steered; choose a Stable Diffusion 1.x or 2.x folder, or diorama.", str(folder)
        )
    for part in _PARTS:
        _check_weights(folder / part)
    unet, vae = read_json(folder / "unet" / "config.json"), read_json(folder / "vae" / "config.json")
    factor, side = _geometry(unet, vae, folder)
    return Checkpoint(
        name=model,
        folder=folder,
        family=_family(folder, unet),
        native_size=(side, side),
        factor=factor,
    )


def _family(folder: Path, unet: dict[str, Any]) -> str:
    width = unet.get("cross_attention_dim")
    if (folder / "vocabulary.json").is_file() or width not in {768, 1024}:
        return "diorama"
    return "sd1" if width == 768 else "sd2"


def _geometry(unet: dict[str, Any], vae: dict[str, Any], folder: Path) -> tuple[int, int]:
    """Return the factor that sides must be multiples of, and the native side, both in pixels."""
    blocks, latents = vae.get("block_out_channels"), unet.get("sample_size")
    levels = unet.get("block_out_channels")
    if not (isinstance(blocks, list) and isinstance(levels, list) and isinstance(latents, int)):
        raise UserError("The configuration lacks sizes; get the model again.", str(folder / "unet" / "config.json"))
    if not (1 <= len(blocks) <= 8 and 1 <= len(levels) <= 8 and 1 <= latents <= 256):
        raise UserError("The configuration has impossible sizes; get the model again.", str(folder))
    shrink = int(2 ** (len(blocks) - 1))
    # The UNet halves its latents at every level but the last; sizes that do not divide would need padding.
    factor = shrink * int(2 ** (len(levels) - 1))
    side = max(round(latents * shrink / factor), 1) * factor
    return factor, side


def _check_weights(folder: Path) -> None:
    """Refuse a part of a model whose weights are missing or only there as pickles."""
    if not folder.is_dir():
        raise UserError("The folder is missing; choose a complete diffusers model folder.", str(folder))
    names = os.listdir(folder)
    if any(name.endswith(".safetensors") for name in names):
        return
    if any(name.endswith((".bin", ".ckpt", ".pt", ".pth")) for name in names):
        raise UserError(
            "The weights are pickles, which can run code; choose a model saved as safetensors.", str(folder)
        )
    raise UserError("The weights are missing; choose a complete diffusers model folder.", str(folder))


def _from_hub(model: str) -> Path:
    owner, slash, name = model.partition("/")
    looks_like_id = slash and owner and name and "/" not in name and not model.startswith((".", "~", "/"))
    if not looks_like_id or "\\" in model or ".." in model:
        raise UserError(f"There is no model “{model}”; write diorama, a folder that exists, or a hub id.", "model")
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(model, allow_patterns=_SAFE_FILES, local_files_only=True))
    except Exception:  # noqa: BLE001, S110 - not in the cache for whatever reason: ask the network
        pass
    try:
        return Path(snapshot_download(model, allow_patterns=_SAFE_FILES))
    except Exception as error:
        raise UserError(
            f"“{model}” is no folder here and could not be fetched from the hub; check the name and the network.",
            "model",
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
        width, height = (min(max(round(side * scale / factor), 1) * factor, _MAX_SIDE) for side in canvas)
        return width, height
    if any(side % factor or not factor <= side <= _MAX_SIDE for side in size):
        near = " x ".join(str(min(max(round(side / factor), 1) * factor, _MAX_SIDE // factor * factor)) for side in size)
        raise UserError(
            f"{checkpoint.name} cannot make {size[0]} x {size[1]}; both sides must be multiples of {factor} "
            f"up to {_MAX_SIDE}: try {near}.",
            "size",
        )
    return size
