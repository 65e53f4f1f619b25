"""A Stable Diffusion folder of the stock layout at toy size: real classes, random weights, made in a second."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from tokenizers import AddedToken, pre_tokenizers
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

__all__ = ["TINY_FACTOR", "TINY_SIDE", "build_tiny_model", "tiny_tokenizer", "tiny_unet"]

TINY_SIDE = 32
"""Native side of its pictures in pixels; the latents have half of it."""

TINY_FACTOR = 4
"""Sides of its pictures are multiples of this many pixels."""

_TOKENS = 40
_WORDS = ("a", "red", "blue", "green", "cat", "dog", "car", "kite", "sky", "grass", "tree", "mug", "on", "under", "and")
_BEGIN, _END, _WORD_END = "<|startoftext|>", "<|endoftext|>", "</w>"


def tiny_tokenizer(tokens: int = _TOKENS, filling: str = _END) -> CLIPTokenizer:
    """Return CLIP's byte-pair tokenizer with merges for a few words; all other text falls into single bytes."""
    merges = []
    for word in _WORDS:
        pieces = [*word[:-1], word[-1] + _WORD_END]
        left = pieces[0]
        for right in pieces[1:]:
            merges.append((left, right))
            left += right
    merges = list(dict.fromkeys(merges))
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    pieces = [*alphabet, *(letter + _WORD_END for letter in alphabet), *(left + right for left, right in merges)]
    table = {piece: number for number, piece in enumerate(dict.fromkeys([*pieces, _BEGIN, _END]))}
    special = {
        name: AddedToken(text, normalized=False, special=True)
        for name, text in (("bos_token", _BEGIN), ("eos_token", _END), ("unk_token", _END), ("pad_token", filling))
    }
    return CLIPTokenizer(vocab=table, merges=merges, model_max_length=tokens, **special)


def tiny_unet(**changes: Any) -> UNet2DConditionModel:
    """Return a UNet with random weights and cross-attention in its down, mid and up blocks."""
    config: dict[str, Any] = {
        "sample_size": TINY_SIDE // 2,
        "in_channels": 4,
        "out_channels": 4,
        "down_block_types": ("CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
        "block_out_channels": (16, 32),
        "layers_per_block": 1,
        "attention_head_dim": 2,
        "cross_attention_dim": 32,
        "norm_num_groups": 8,
    }
    return UNet2DConditionModel(**(config | changes)).eval()


def _sharpen(unet: UNet2DConditionModel) -> None:
    """Make the attention of random weights tell tokens apart, as a trained model's does."""
    for name, module in unet.named_modules():
        if name.endswith("attn2"):
            module.to_q.weight.data *= 4
            module.to_k.weight.data *= 4


_FOUR_LEVELS: dict[str, Any] = {
    "down_block_types": (*("CrossAttnDownBlock2D",) * 3, "DownBlock2D"),
    "up_block_types": ("UpBlock2D", *("CrossAttnUpBlock2D",) * 3),
    "block_out_channels": (8, 8, 16, 16),
}
_TINY_TIMES, _TINY_POOLED = 8, 24
_UNETS: dict[str, dict[str, Any]] = {
    "diorama": {},
    "sd1": {**_FOUR_LEVELS, "cross_attention_dim": 768},
    "sd2": {**_FOUR_LEVELS, "cross_attention_dim": 1024, "use_linear_projection": True},
    "sdxl": {
        "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        "block_out_channels": (8, 16, 16),
        "transformer_layers_per_block": [1, 1, 2],
        "use_linear_projection": True,
        "cross_attention_dim": 32 + _TINY_POOLED,
        "addition_embed_type": "text_time",
        "addition_time_embed_dim": _TINY_TIMES,
        "projection_class_embeddings_input_dim": 6 * _TINY_TIMES + _TINY_POOLED,
    },
}
"""What sets a family's network apart, at toy size."""

_WIDTHS = {"diorama": (32,), "sd1": (768,), "sd2": (1024,), "sdxl": (32, _TINY_POOLED)}
"""Hidden sizes of a family's text encoders."""


def _encoder(kind: type, tokenizer: CLIPTokenizer, width: int) -> Any:
    return kind(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=width,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=2,
            max_position_embeddings=_TOKENS,
            projection_dim=width,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


def _parts(family: str, prediction: str) -> dict[str, Any]:
    unet = tiny_unet(**_UNETS[family])
    _sharpen(unet)
    vae = AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2,
        block_out_channels=(8, 16),
        layers_per_block=1,
        latent_channels=4,
        norm_num_groups=8,
        mid_block_add_attention=family != "diorama",
        sample_size=TINY_SIDE,
        scaling_factor=1.0,
    )
    tokenizer, widths = tiny_tokenizer(), _WIDTHS[family]
    parts = {"unet": unet, "vae": vae, "text_encoder": _encoder(CLIPTextModel, tokenizer, widths[0])}
    parts["tokenizer"] = tokenizer
    if len(widths) > 1:
        parts["text_encoder_2"] = _encoder(CLIPTextModelWithProjection, tokenizer, widths[1])
        # The second one fills texts up with its first token, as the real one does.
        parts["tokenizer_2"] = tiny_tokenizer(filling="!")
    parts["scheduler"] = DDIMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        prediction_type=prediction,
        steps_offset=1,
        clip_sample=False,
        set_alpha_to_one=False,
    )
    return parts


def build_tiny_model(
    folder: Path,
    *,
    family: str = "diorama",
    prediction: str = "epsilon",
    vocabulary: Mapping[str, Any] | None = None,
    seed: int = 0,
) -> Path:
    """Write the model and return its folder.

    Args:
        folder: where; made if it is not there.
        family: of the network and its text encoders: ``"diorama"``, ``"sd1"``, ``"sd2"`` or ``"sdxl"``.
        prediction: the scheduler's ``prediction_type``.
        vocabulary: what ``vocabulary.json`` shall hold; without it there is no such file.
        seed: of the random weights.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        parts = _parts(family, prediction)
    kind = "StableDiffusionXLPipeline" if family == "sdxl" else "StableDiffusionPipeline"
    index: dict[str, Any] = {"_class_name": kind, "_diffusers_version": "0.40.0"}
    for name, part in parts.items():
        part.save_pretrained(folder / name)
        library = "transformers" if name.startswith(("text_encoder", "tokenizer")) else "diffusers"
        index[name] = [library, type(part).__name__]
    index |= {"feature_extractor": [None, None], "image_encoder": [None, None]}
    if family == "sdxl":
        index["force_zeros_for_empty_prompt"] = True
    else:
        index |= {"safety_checker": [None, None], "requires_safety_checker": False}
    (folder / "model_index.json").write_text(json.dumps(index), encoding="utf-8")
    if vocabulary is not None:
        (folder / "vocabulary.json").write_text(json.dumps(dict(vocabulary)), encoding="utf-8")
    return folder
