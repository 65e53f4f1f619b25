"""The original layout of Stable Diffusion's single files, written from a diffusers folder: names put down by hand."""

import re
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from zestdesk.guidance.checkpoints import read_json

__all__ = ["write_single_file"]

Tensors = dict[str, torch.Tensor]

_RESNET = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "time_emb_proj": "emb_layers.1",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "conv_shortcut": "skip_connection",
}
_ENDS = {
    "time_embedding.linear_1": "time_embed.0",
    "time_embedding.linear_2": "time_embed.2",
    "add_embedding.linear_1": "label_emb.0.0",
    "add_embedding.linear_2": "label_emb.0.2",
    "conv_in": "input_blocks.0.0",
    "conv_norm_out": "out.0",
    "conv_out": "out.2",
    "mid_block.resnets.0": "middle_block.0",
    "mid_block.attentions.0": "middle_block.1",
    "mid_block.resnets.1": "middle_block.2",
}


def _unet_name(key: str, layers: int, attending: set[str]) -> str:
    for ours, theirs in _ENDS.items():
        if key.startswith(ours + "."):
            key = theirs + key.removeprefix(ours)
    block = re.match(r"(down|up)_blocks\.(\d+)\.(resnets|attentions|downsamplers|upsamplers)\.(\d+)\.(.*)", key)
    if block:
        way, level, kind, number, rest = block[1], int(block[2]), block[3], int(block[4]), block[5]
        start = 1 if way == "down" else 0
        # Down blocks have one layer less than up blocks, and a place for their sampler.
        place = start + level * (layers + 1) + (layers if kind.endswith("samplers") else number)
        side = "input" if way == "down" else "output"
        inner = {"resnets": "0", "attentions": "1", "downsamplers": "0"}.get(kind)
        if kind == "upsamplers":
            inner = "2" if f"up_blocks.{level}" in attending else "1"
        rest = rest.replace("conv.", "op.") if kind == "downsamplers" else rest
        key = f"{side}_blocks.{place}.{inner}.{rest}"
    for ours, theirs in _RESNET.items():
        key = re.sub(rf"((?:put_blocks\.\d+|middle_block)\.\d+)\.{ours}\.", rf"\1.{theirs}.", key)
    return key


def _unet(tensors: Tensors, layers: int) -> Tensors:
    attending = {".".join(key.split(".")[:2]) for key in tensors if ".attentions." in key}
    return {f"model.diffusion_model.{_unet_name(key, layers, attending)}": value for key, value in tensors.items()}


def _vae(tensors: Tensors, levels: int) -> Tensors:
    renamed = {}
    for name, value in tensors.items():
        key = re.sub(r"down_blocks\.(\d+)\.resnets\.(\d+)", r"down.\1.block.\2", name)
        key = re.sub(r"down_blocks\.(\d+)\.downsamplers\.0", r"down.\1.downsample", key)
        key = re.sub(
            r"up_blocks\.(\d+)\.resnets\.(\d+)", lambda found: f"up.{levels - 1 - int(found[1])}.block.{found[2]}", key
        )
        key = re.sub(r"up_blocks\.(\d+)\.upsamplers\.0", lambda found: f"up.{levels - 1 - int(found[1])}.upsample", key)
        key = re.sub(r"mid_block\.resnets\.(\d)", lambda found: f"mid.block_{int(found[1]) + 1}", key)
        if "mid_block.attentions.0." in key:
            for ours, theirs in (("group_norm", "norm"), ("to_q", "q"), ("to_k", "k"), ("to_v", "v")):
                key = key.replace(f"attentions.0.{ours}.", f"attentions.0.{theirs}.")
            key = key.replace("to_out.0.", "proj_out.").replace("mid_block.attentions.0.", "mid.attn_1.")
        key = key.replace("conv_norm_out", "norm_out").replace("conv_shortcut", "nin_shortcut")
        # Its attention was made of convolutions.
        linear = "attn_1" in key and value.ndim == 2
        renamed[f"first_stage_model.{key}"] = value[:, :, None, None] if linear else value
    return renamed


def _clip(tensors: Tensors, prefix: str) -> Tensors:
    return {f"{prefix}text_model.{key.removeprefix('text_model.')}": value for key, value in tensors.items()}


def _open_clip(tensors: Tensors, prefix: str) -> Tensors:
    plain = {key.removeprefix("text_model."): value for key, value in tensors.items()}
    renamed = {
        "token_embedding.weight": plain.pop("embeddings.token_embedding.weight"),
        "positional_embedding": plain.pop("embeddings.position_embedding.weight"),
        "ln_final.weight": plain.pop("final_layer_norm.weight"),
        "ln_final.bias": plain.pop("final_layer_norm.bias"),
    }
    if "text_projection.weight" in plain:
        renamed["text_projection"] = plain.pop("text_projection.weight").T
    for key in [key for key in plain if ".self_attn.q_proj." in key]:
        layer, kind = re.match(r"encoder\.layers\.(\d+)\.self_attn\.q_proj\.(\w+)", key).groups()
        three = [plain.pop(key.replace("q_proj", part)) for part in ("q_proj", "k_proj", "v_proj")]
        renamed[f"transformer.resblocks.{layer}.attn.in_proj_{kind}"] = torch.cat(three)
    names = (
        ("encoder.layers", "transformer.resblocks"),
        ("layer_norm1", "ln_1"),
        ("layer_norm2", "ln_2"),
        ("self_attn.out_proj", "attn.out_proj"),
        ("mlp.fc1", "mlp.c_fc"),
        ("mlp.fc2", "mlp.c_proj"),
    )
    for name, value in plain.items():
        key = name
        for ours, theirs in names:
            key = key.replace(ours, theirs)
        renamed[key] = value
    return {prefix + key: value for key, value in renamed.items()}


def write_single_file(folder: Path, family: str, path: Path, marks: tuple[str, ...] = ()) -> Path:
    """Write the weights of a diffusers folder as one file of the original layout.

    Args:
        folder: of the stock layout, one layer of weights file per part.
        family: ``"sd1"``, ``"sd2"`` or ``"sdxl"``.
        path: of the file.
        marks: names of further, empty tensors.
    """

    def weights(part: str) -> Tensors:
        return load_file(next((folder / part).glob("*.safetensors")))

    tensors = _unet(weights("unet"), read_json(folder / "unet" / "config.json")["layers_per_block"])
    tensors |= _vae(weights("vae"), len(read_json(folder / "vae" / "config.json")["block_out_channels"]))
    if family == "sd1":
        tensors |= _clip(weights("text_encoder"), "cond_stage_model.transformer.")
    elif family == "sd2":
        tensors |= _open_clip(weights("text_encoder"), "cond_stage_model.model.")
    else:
        tensors |= _clip(weights("text_encoder"), "conditioner.embedders.0.transformer.")
        tensors |= _open_clip(weights("text_encoder_2"), "conditioner.embedders.1.model.")
    tensors |= {mark: torch.zeros(0) for mark in marks}
    save_file({key: value.contiguous() for key, value in tensors.items()}, path)
    return path
