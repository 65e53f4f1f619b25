"""Loading checkpoints: stock diffusers folders, safetensors only, never any code of theirs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.utils import logging as diffusers_logging
from transformers import CLIPTextModel, CLIPTokenizer
from transformers.utils import logging as transformers_logging

from zestdesk.errors import UserError
from zestdesk.guidance.attention import captured_layers
from zestdesk.guidance.checkpoints import Checkpoint, check_numbers, read_json

__all__ = ["Model", "load", "pick_device"]


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
    _hush()
    target = pick_device(device)
    dtype = torch.float16 if target.type == "cuda" else torch.float32
    folder = checkpoint.folder
    parts: dict[str, Any] = {}
    for name, kind in (("unet", UNet2DConditionModel), ("vae", AutoencoderKL), ("text_encoder", CLIPTextModel)):
        parts[name] = _load_part(kind, folder / name, dtype, target)
    longest = int(parts["text_encoder"].config.max_position_embeddings)
    parts["tokenizer"] = _load_tokenizer(folder / "tokenizer", longest)
    _check_fit(parts, folder)
    return Model(
        checkpoint=checkpoint,
        device=target,
        dtype=dtype,
        scheduler_config=read_json(folder / "scheduler" / "scheduler_config.json"),
        layers=captured_layers(parts["unet"], checkpoint.family),
        **parts,
    )


def _hush() -> None:
    """Keep the libraries from writing progress bars and advice over our own; what matters to us raises."""
    diffusers_logging.set_verbosity_error()
    transformers_logging.set_verbosity_error()
    diffusers_logging.disable_progress_bar()
    transformers_logging.disable_progress_bar()


def _load_part(kind: Any, folder: Path, dtype: torch.dtype, device: torch.device) -> Any:  # noqa: ANN401
    config = read_json(folder / "config.json")
    check_numbers(config, folder / "config.json")
    # diffusers advises a package that we do without unless it is told so.
    options = {} if kind is CLIPTextModel else {"low_cpu_mem_usage": False}
    try:
        module, info = kind.from_pretrained(
            str(folder),
            use_safetensors=True,
            local_files_only=True,
            variant=_variant(folder),
            torch_dtype=dtype,
            output_loading_info=True,
            **options,
        )
    except (MemoryError, torch.OutOfMemoryError) as error:
        raise UserError("There is not enough memory for this model; choose a smaller one.", "model") from error
    except Exception as error:
        raise UserError(
            "The weights cannot be loaded (a file is missing, cut short or of another shape); get the model again.",
            str(folder),
        ) from error
    if info["missing_keys"]:
        # The libraries would fill them with random numbers.
        count = len(info["missing_keys"])
        raise UserError(f"The weights are not complete (tensors missing: {count}); get the model again.", str(folder))
    try:
        return module.to(device).eval().requires_grad_(requires_grad=False)
    except torch.OutOfMemoryError as error:
        raise UserError(
            "There is not enough memory on the device for this model; choose the CPU or a smaller model.", "device"
        ) from error


def _check_fit(parts: dict[str, Any], folder: Path) -> None:
    """Refuse parts that were not made for one another, before they fail in the middle of a run."""
    encoder = parts["text_encoder"].config
    if encoder.hidden_size != parts["unet"].config.cross_attention_dim or len(parts["tokenizer"]) > encoder.vocab_size:
        raise UserError("The text encoder does not fit the network or the tokenizer; get the model again.", str(folder))


def _variant(folder: Path) -> str | None:
    """Return ``"fp16"`` where only that variant is there, as in slimmed downloads."""
    names = [path.name for path in folder.glob("*.safetensors")]
    return "fp16" if names and all(".fp16" in name for name in names) else None


def _load_tokenizer(folder: Path, longest: int) -> Any:  # noqa: ANN401
    try:
        tokenizer = CLIPTokenizer.from_pretrained(str(folder), local_files_only=True)
    except Exception as error:
        raise UserError("The tokenizer cannot be loaded; get the model again.", str(folder)) from error
    if not getattr(tokenizer, "is_fast", False):
        raise UserError("The tokenizer gives no character offsets; get the model again.", str(folder))
    if not 4 <= tokenizer.model_max_length <= longest:
        raise UserError("The tokenizer's length is not the text encoder's; get the model again.", str(folder))
    return tokenizer
