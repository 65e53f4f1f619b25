"""Weights in the original layout of Stable Diffusion, one file for all: loaded part by part, without a network."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import torch
from diffusers.loaders.single_file_utils import (
    convert_ldm_clip_checkpoint,
    convert_ldm_unet_checkpoint,
    convert_ldm_vae_checkpoint,
    convert_open_clip_checkpoint,
)
from safetensors import safe_open
from transformers import CLIPTextConfig

from zestdesk.guidance.checkpoints import Checkpoint, read_json
from zestdesk.guidance.families import FAMILIES

__all__ = ["is_velocity", "read_part", "scheduler_config"]

Tensors = Mapping[str, torch.Tensor]

_VELOCITY_MARK, _ZERO_SNR_MARK = "v_pred", "ztsnr"
"""Names of empty tensors by which files of Stable Diffusion XL say how they were trained."""

_TIMESTEP: Final = 999
_PROBE_SIDE: Final = 8


def read_part(kind: Any, name: str, checkpoint: Checkpoint, dtype: torch.dtype) -> tuple[Any, int]:  # noqa: ANN401
    """Build one part of a single file.

    Args:
        kind: class of the part.
        name: of the part, as in the diffusers layout.
        checkpoint: of a single file.
        dtype: of the weights.

    Returns:
        The module, and how many of its tensors the file lacks.

    Raises:
        Exception: whatever the libraries raise for tensors that do not fit.
    """
    prefix = dict(FAMILIES[checkpoint.family].prefixes)[name]
    tensors = _read(checkpoint.file, prefix, dtype)
    folder = checkpoint.configs / name
    # No memory for weights that are about to be replaced, and no time for drawing them.
    with torch.device("meta"):
        if name.startswith("text_encoder"):
            module = kind(CLIPTextConfig.from_pretrained(str(folder), local_files_only=True))
        else:
            module = kind.from_config(kind.load_config(str(folder)))
    converted = {key: value.to(dtype) for key, value in _converted(module, prefix, tensors).items()}
    missing, _ = module.load_state_dict(converted, strict=False, assign=True)
    _fill_positions(module)
    return module, len(missing)


def _read(path: Path | None, prefix: str, dtype: torch.dtype) -> dict[str, torch.Tensor]:
    """Return the tensors of a file whose names begin with a prefix, numbers in a precision."""
    tensors = {}
    with safe_open(str(path), framework="pt") as file:
        for key in file.keys():  # noqa: SIM118 - no mapping
            if key.startswith(prefix):
                value = file.get_tensor(key)
                tensors[key] = value.to(dtype) if value.is_floating_point() else value
    return tensors


def _converted(module: Any, prefix: str, tensors: dict[str, torch.Tensor]) -> Tensors:  # noqa: ANN401
    """Return a part's tensors under the names that its module has."""
    if prefix == "model.diffusion_model.":
        return convert_ldm_unet_checkpoint(tensors, dict(module.config))  # type: ignore[no-any-return] # untyped
    if prefix == "first_stage_model.":
        return convert_ldm_vae_checkpoint(tensors, dict(module.config))  # type: ignore[no-any-return] # untyped
    if prefix.endswith(".transformer."):
        words: Tensors = convert_ldm_clip_checkpoint(tensors)
    else:
        words = convert_open_clip_checkpoint(module, tensors, prefix=prefix)
    if hasattr(module, "text_model"):
        return words
    return {key.removeprefix("text_model."): value for key, value in words.items()}


def _fill_positions(module: torch.nn.Module) -> None:
    """Number the places of a text encoder: a buffer that no file holds."""
    for name, buffer in list(module.named_buffers()):
        if buffer.is_meta:
            owner = module.get_submodule(name.rpartition(".")[0])
            places = torch.arange(buffer.shape[-1]).expand(buffer.shape).clone()
            owner.register_buffer(name.rpartition(".")[2], places, persistent=False)


def scheduler_config(checkpoint: Checkpoint, probe: Callable[[], bool]) -> dict[str, Any]:
    """Return what is known of a single file's training.

    Args:
        checkpoint: of a single file.
        probe: whether the network estimates velocities; asked for Stable Diffusion 2.x, whose files do not say.
    """
    config = read_json(checkpoint.configs / "scheduler" / "scheduler_config.json")
    with safe_open(str(checkpoint.file), framework="pt") as file:
        names = set(file.keys())
    if _VELOCITY_MARK in names:
        config |= {"prediction_type": "v_prediction"}
        if _ZERO_SNR_MARK in names:
            config |= {"rescale_betas_zero_snr": True, "timestep_spacing": "trailing"}
    elif config["prediction_type"] == "v_prediction" and not probe():
        config |= {"prediction_type": "epsilon"}
    return config


@torch.no_grad()
def is_velocity(unet: Any, states: torch.Tensor) -> bool:  # noqa: ANN401 - diffusers is untyped
    """Return whether a network estimates velocities rather than noise, from what it says of pure noise.

    At the last timestep a network that estimates noise gives back its input. One that estimates velocities gives
    sqrt(abar) noise - sqrt(1 - abar) x0, nearly its notion of a picture, which has little to do with it.

    Args:
        unet: a UNet2DConditionModel.
        states: hidden states of any text, shape (1, tokens, width).
    """
    shape = (1, int(unet.config.in_channels), _PROBE_SIDE, _PROBE_SIDE)
    noise = torch.randn(shape, generator=torch.Generator().manual_seed(0)).to(states.device, states.dtype)
    output = unet(noise, _TIMESTEP, encoder_hidden_states=states, return_dict=False)[0]
    return torch.cosine_similarity(output.float().flatten(), noise.float().flatten(), dim=0).item() < 0.5
