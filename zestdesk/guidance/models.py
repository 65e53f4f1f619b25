"""Loading checkpoints: stock diffusers folders, safetensors only, never any code of theirs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextModel, CLIPTokenizer

from zestdesk.errors import UserError
from zestdesk.guidance.attention import captured_layers
from zestdesk.guidance.checkpoints import Checkpoint, read_json

__all__ = ["Model", "devices", "load", "pick_device"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A loaded checkpoint; its weights take no gradients.

    Attributes:
        checkpoint: where it came from.
        device: where it lives.
        dtype: of its weights.
        tokenizer: a fast tokenizer.
        text_encoder: CLIPTextModel.
        unet: UNet2DConditionModel.
        vae: AutoencoderKL.
        scheduler_config: of the checkpoint's own scheduler: betas and prediction type.
        layers: cross-attention processors to read, in forward order.
    """

    checkpoint: Checkpoint
    device: torch.device
    dtype: torch.dtype
    tokenizer: Any
    text_encoder: Any
    unet: Any
    vae: Any
    scheduler_config: dict[str, Any]
    layers: tuple[str, ...]

    @property
    def latent_factor(self) -> int:
        """Picture pixels along one latent pixel."""
        return int(2 ** (len(self.vae.config.block_out_channels) - 1))


def devices() -> tuple[str, ...]:
    """Return the devices this machine offers, for a menu: ``"auto"`` first."""
    return ("auto", "cpu", "cuda") if torch.cuda.is_available() else ("auto", "cpu")


def pick_device(name: str) -> torch.device:
    """Return the device of a name; ``"auto"`` is the GPU where there is one.

    Raises:
        UserError: when there is no such device here.
    """
    if name not in {"auto", "cpu", "cuda"}:
        raise UserError(f"There is no device “{name}”; choose auto, cpu or cuda.", "device")
    if name == "cuda" and not torch.cuda.is_available():
        raise UserError("This machine has no CUDA device that torch can use; choose cpu or auto.", "device")
    return torch.device("cuda" if name != "cpu" and torch.cuda.is_available() else "cpu")


def load(checkpoint: Checkpoint, device: str = "auto") -> Model:
    """Load a checkpoint: float32 on the CPU, float16 on CUDA.

    Args:
        checkpoint: from :func:`zestdesk.guidance.checkpoints.open_checkpoint`.
        device: ``"auto"``, ``"cpu"`` or ``"cuda"``.

    Raises:
        UserError: when the device is not there, a file is missing, truncated or of another shape, or memory runs out.
    """
    target = pick_device(device)
    dtype = torch.float16 if target.type == "cuda" else torch.float32
    folder = checkpoint.folder
    parts: dict[str, Any] = {}
    for name, kind in (("unet", UNet2DConditionModel), ("vae", AutoencoderKL), ("text_encoder", CLIPTextModel)):
        parts[name] = _load_part(kind, folder / name, dtype, target)
    parts["tokenizer"] = _load_tokenizer(folder / "tokenizer")
    return Model(
        checkpoint=checkpoint,
        device=target,
        dtype=dtype,
        scheduler_config=read_json(folder / "scheduler" / "scheduler_config.json"),
        layers=captured_layers(parts["unet"], checkpoint.family),
        **parts,
    )


def _load_part(kind: Any, folder: Path, dtype: torch.dtype, device: torch.device) -> Any:  # noqa: ANN401
    read_json(folder / "config.json")
    variant = _variant(folder)
    try:
        module = kind.from_pretrained(
            str(folder), use_safetensors=True, local_files_only=True, variant=variant, torch_dtype=dtype
        )
        return module.to(device).eval().requires_grad_(requires_grad=False)
    except (MemoryError, torch.OutOfMemoryError) as error:
        raise UserError("There is not enough memory for this model; choose a smaller one or the CPU.", "model") from error
    except Exception as error:
        raise UserError(
            "The weights cannot be loaded (a file is missing, cut short or of another shape); get the model again.",
            str(folder),
        ) from error


def _variant(folder: Path) -> str | None:
    """Return ``"fp16"`` where only that variant is there, as in slimmed downloads."""
    names = [path.name for path in folder.glob("*.safetensors")]
    return "fp16" if names and all(".fp16" in name for name in names) else None


def _load_tokenizer(folder: Path) -> Any:  # noqa: ANN401
    try:
        tokenizer = CLIPTokenizer.from_pretrained(str(folder), local_files_only=True)
    except Exception as error:
        raise UserError("The tokenizer cannot be loaded; get the model again.", str(folder)) from error
    if not getattr(tokenizer, "is_fast", False):
        raise UserError("The tokenizer gives no character offsets; get the model again.", str(folder))
    if not 4 <= tokenizer.model_max_length <= 1024:
        raise UserError("The tokenizer states no usable length; get the model again.", str(folder))
    return tokenizer
