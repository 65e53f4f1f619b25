"""Loading checkpoints: stock diffusers folders or single files, safetensors only, never any code of theirs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.utils import logging as diffusers_logging
from transformers import CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer
from transformers.utils import logging as transformers_logging

from zestdesk.errors import UserError, sentence
from zestdesk.guidance.attention import captured_layers
from zestdesk.guidance.checkpoints import Checkpoint, check_numbers, read_json
from zestdesk.guidance.families import FAMILIES
from zestdesk.guidance.memory import available_memory, is_out_of_memory, out_of_memory, weight_bytes
from zestdesk.guidance.single_file import is_velocity, read_part, scheduler_config
from zestdesk.guidance.text import OneEncoder, Text, TwoEncoders

__all__ = ["Model", "free_memory", "load", "pick_device", "pick_dtype"]

_KINDS = {
    "unet": UNet2DConditionModel,
    "vae": AutoencoderKL,
    "text_encoder": CLIPTextModel,
    "text_encoder_2": CLIPTextModelWithProjection,
}
"""The class of each part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A loaded checkpoint; its weights take no gradients.

    Attributes:
        checkpoint: where it came from.
        device: where it lives.
        dtype: of its network's weights.
        text: reads prompts.
        unet: UNet2DConditionModel.
        vae: AutoencoderKL; in a precision of its own where it needs one.
        scheduler_config: of the checkpoint's own scheduler: betas and prediction type.
        layers: cross-attention processors to read, in forward order.
    """

    checkpoint: Checkpoint
    device: torch.device
    dtype: torch.dtype
    text: Text
    unet: Any
    vae: Any
    scheduler_config: dict[str, Any]
    layers: tuple[str, ...]

    @property
    def latent_factor(self) -> int:
        """Picture pixels along one latent pixel."""
        return int(2 ** (len(self.vae.config.block_out_channels) - 1))

    @property
    def networks(self) -> Iterator[Any]:
        """Every network of the model."""
        yield from (self.unet, self.vae, *self.text.encoders)


def pick_device(name: str) -> torch.device:
    """Return the device of a name; ``"auto"`` is the GPU where there is one.

    Raises:
        UserError: when there is no such device here.
    """
    if name not in {"auto", "cpu", "cuda"}:
        raise UserError("There is no device “{name}”; choose auto, cpu or cuda.", "device", name=name)
    if name == "cuda" and not torch.cuda.is_available():
        raise UserError("This machine has no CUDA device that torch can use; choose cpu or auto.", "device")
    return torch.device("cuda" if name != "cpu" and torch.cuda.is_available() else "cpu")


def pick_dtype(device: torch.device) -> torch.dtype:
    """Return the precision of a device: float32 on the CPU; on CUDA bfloat16, or float16 where that is emulated.

    bfloat16 has the range of float32: neither activations nor gradients overflow, whatever the model.
    """
    if device.type != "cuda":
        return torch.float32
    return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float16


def free_memory(device: torch.device) -> int | None:
    """Return how many bytes may still be taken on a device, None where that cannot be told."""
    if device.type != "cuda":
        return available_memory()
    # What torch holds without using it is free to us.
    spare = torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device)
    return int(torch.cuda.mem_get_info(device)[0] + spare)


def load(checkpoint: Checkpoint, device: str = "auto", dtype: torch.dtype | None = None) -> Model:
    """Load a checkpoint.

    Args:
        checkpoint: from :func:`zestdesk.guidance.checkpoints.open_checkpoint`.
        device: ``"auto"``, ``"cpu"`` or ``"cuda"``.
        dtype: of the weights; None takes :func:`pick_dtype`'s.

    Raises:
        UserError: when the device is not there, a file is missing, truncated or of another shape, weights are
            not finite, or memory runs out.
    """
    _hush()
    target = pick_device(device)
    chosen = pick_dtype(target) if dtype is None else dtype
    family = FAMILIES[checkpoint.family]
    # A system that lends more memory than it has would end the program instead of refusing.
    needed, free = weight_bytes(checkpoint, chosen.itemsize), free_memory(target)
    if free is not None and needed > free:
        raise out_of_memory(
            UserError("this model ({needed:.1f} GB, and {free:.1f} GB are free)", needed=needed / 1e9, free=free / 1e9),
            "model",
        )
    parts = {name: _load_part(name, checkpoint, chosen, target) for name in family.parts}
    tokenizers = [_load_tokenizer(checkpoint, *names, parts[names[1]]) for names in family.text_parts]
    encoders = [parts[encoder] for _, encoder in family.text_parts]
    _check_fit(parts["unet"], tokenizers, encoders, checkpoint.folder)
    text: Text = OneEncoder(tokenizers[0], encoders[0])
    if len(encoders) > 1:
        index = read_json(checkpoint.configs / "model_index.json")
        text = TwoEncoders(tokenizers, encoders, empty_is_zero=index.get("force_zeros_for_empty_prompt") is True)
    return Model(
        checkpoint=checkpoint,
        device=target,
        dtype=chosen,
        text=text,
        unet=parts["unet"],
        vae=parts["vae"],
        scheduler_config=_scheduler_config(checkpoint, parts["unet"], text),
        layers=captured_layers(parts["unet"], checkpoint.family),
    )


def _scheduler_config(checkpoint: Checkpoint, unet: Any, text: Text) -> dict[str, Any]:  # noqa: ANN401
    if checkpoint.file is None:
        return read_json(checkpoint.configs / "scheduler" / "scheduler_config.json")
    return scheduler_config(
        checkpoint,
        lambda: is_velocity(unet, text.encode("", "prompt", checkpoint.native_size).states.to(unet.dtype)),
    )


def _hush() -> None:
    """Keep the libraries from writing progress bars and advice over our own; what matters to us raises."""
    diffusers_logging.set_verbosity_error()
    transformers_logging.set_verbosity_error()
    diffusers_logging.disable_progress_bar()
    transformers_logging.disable_progress_bar()


def _load_part(name: str, checkpoint: Checkpoint, dtype: torch.dtype, device: torch.device) -> Any:  # noqa: ANN401
    folder = checkpoint.configs / name
    config = read_json(folder / "config.json")
    check_numbers(config, folder / "config.json")
    # The published decoder of Stable Diffusion XL leaves float16's range; unless a file says otherwise, any may.
    wide = name == "vae" and dtype == torch.float16 and config.get("force_upcast", True) is not False
    place = str(checkpoint.file or folder)
    try:
        read = _read_folder if checkpoint.file is None else read_part
        module, missing = read(_KINDS[name], name, checkpoint, torch.float32 if wide else dtype)
    except Exception as error:
        if is_out_of_memory(error):
            raise out_of_memory(sentence("this model"), "model") from error
        raise UserError(
            "The weights cannot be loaded (a file is missing, cut short or of another shape); get the model again.",
            place,
        ) from error
    if missing:
        # The libraries would fill them with random numbers.
        raise UserError(
            "The weights are not complete (tensors missing: {missing}); get the model again.", place, missing=missing
        )
    if not _finite(module):
        raise UserError("The weights hold numbers that are not finite; get the model again.", place)
    try:
        return module.to(device).eval().requires_grad_(requires_grad=False)
    except torch.OutOfMemoryError as error:
        raise out_of_memory(sentence("this model on the GPU"), "device") from error


def _read_folder(kind: Any, name: str, checkpoint: Checkpoint, dtype: torch.dtype) -> tuple[Any, int]:  # noqa: ANN401
    """Return a part of a diffusers folder, and how many of its tensors the files lack."""
    folder = checkpoint.folder / name
    # diffusers advises a package that we do without unless it is told so.
    options = {} if kind.__module__.startswith("transformers.") else {"low_cpu_mem_usage": False}
    module, info = kind.from_pretrained(
        str(folder),
        use_safetensors=True,
        local_files_only=True,
        variant=_variant(folder),
        torch_dtype=dtype,
        output_loading_info=True,
        **options,
    )
    return module, len(info["missing_keys"])


def _finite(module: torch.nn.Module) -> bool:
    """Whether every weight is a number; a sum is none as soon as one of its terms is none, and copies nothing."""
    sums = [item.detach().sum(dtype=torch.float32) for item in module.parameters()]
    return bool(torch.isfinite(torch.stack(sums)).all()) if sums else True


def _check_fit(unet: Any, tokenizers: list[Any], encoders: list[Any], folder: Path) -> None:  # noqa: ANN401
    """Refuse parts that were not made for one another, before they fail in the middle of a run."""
    width = sum(encoder.config.hidden_size for encoder in encoders)
    known = all(len(words) <= item.config.vocab_size for words, item in zip(tokenizers, encoders, strict=True))
    room = getattr(unet.config, "projection_class_embeddings_input_dim", None)
    times = getattr(unet.config, "addition_time_embed_dim", None)
    pooled = len(encoders) < 2 or room == encoders[-1].config.projection_dim + 6 * (times or 0)
    if width != unet.config.cross_attention_dim or not known or not pooled:
        raise UserError("The text encoder does not fit the network or the tokenizer; get the model again.", str(folder))


def _variant(folder: Path) -> str | None:
    """Return ``"fp16"`` where only that variant is there, as in slimmed downloads."""
    names = [path.name for path in folder.glob("*.safetensors")]
    return "fp16" if names and all(".fp16" in name for name in names) else None


def _load_tokenizer(checkpoint: Checkpoint, name: str, encoder_name: str, encoder: Any) -> Any:  # noqa: ANN401
    # Single files share one tokenizer; what it fills texts up with is the encoder's.
    folder = checkpoint.folder / (name if checkpoint.file is None else "tokenizer")
    try:
        tokenizer = CLIPTokenizer.from_pretrained(str(folder), local_files_only=True)
    except Exception as error:
        raise UserError("The tokenizer cannot be loaded; get the model again.", str(folder)) from error
    if not getattr(tokenizer, "is_fast", False):
        raise UserError("The tokenizer gives no character offsets; get the model again.", str(folder))
    if not 4 <= tokenizer.model_max_length <= int(encoder.config.max_position_embeddings):
        raise UserError("The tokenizer's length is not the text encoder's; get the model again.", str(folder))
    if checkpoint.file is not None:
        filling = int(read_json(checkpoint.configs / encoder_name / "config.json")["pad_token_id"])
        tokenizer.pad_token = tokenizer.convert_ids_to_tokens(filling)
    return tokenizer
