"""A Stable Diffusion folder of the stock layout at toy size: real classes, random weights, made in a second."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from tokenizers import AddedToken, pre_tokenizers
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

__all__ = ["TINY_FACTOR", "TINY_SIDE", "build_tiny_model", "tiny_tokenizer", "tiny_unet"]

TINY_SIDE = 32
"""Native side of its pictures in pixels; the latents have half of it."""

TINY_FACTOR = 4
"""Sides of its pictures are multiples of this many pixels."""

_TOKENS = 40
_WORDS = ("a", "red", "blue", "green", "cat", "dog", "car", "kite", "sky", "grass", "tree", "mug", "on", "under", "and")
_BEGIN, _END, _WORD_END = "<|startoftext|>", "<|endoftext|>", "</w>"


def tiny_tokenizer(tokens: int = _TOKENS) -> CLIPTokenizer:
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
        for name, text in (("bos_token", _BEGIN), ("eos_token", _END), ("unk_token", _END), ("pad_token", _END))
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


def build_tiny_model(
    folder: Path, *, prediction: str = "epsilon", vocabulary: Mapping[str, Any] | None = None, seed: int = 0
) -> Path:
    """Write the model and return its folder.

    Args:
        folder: where; made if it is not there.
        prediction: the scheduler's ``prediction_type``.
        vocabulary: what ``vocabulary.json`` shall hold; without it there is no such file.
        seed: of the random weights.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        unet = tiny_unet()
        _sharpen(unet)
        vae = AutoencoderKL(
            down_block_types=("DownEncoderBlock2D",) * 2,
            up_block_types=("UpDecoderBlock2D",) * 2,
            block_out_channels=(8, 16),
            layers_per_block=1,
            latent_channels=4,
            norm_num_groups=8,
            mid_block_add_attention=False,
            sample_size=TINY_SIDE,
            scaling_factor=1.0,
        )
        tokenizer = tiny_tokenizer()
        encoder = CLIPTextModel(
            CLIPTextConfig(
                vocab_size=len(tokenizer),
                hidden_size=32,
                intermediate_size=64,
                num_hidden_layers=2,
                num_attention_heads=2,
                max_position_embeddings=_TOKENS,
                projection_dim=32,
                bos_token_id=tokenizer.bos_token_id,
                eos_token_id=tokenizer.eos_token_id,
                pad_token_id=tokenizer.pad_token_id,
            )
        )
    scheduler = DDIMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        prediction_type=prediction,
        steps_offset=1,
        clip_sample=False,
        set_alpha_to_one=False,
    )
    parts = {"unet": unet, "vae": vae, "text_encoder": encoder, "tokenizer": tokenizer, "scheduler": scheduler}
    index: dict[str, Any] = {"_class_name": "StableDiffusionPipeline", "_diffusers_version": "0.40.0"}
    for name, part in parts.items():
        part.save_pretrained(folder / name)
        library = "transformers" if name in {"text_encoder", "tokenizer"} else "diffusers"
        index[name] = [library, type(part).__name__]
    index |= {"feature_extractor": [None, None], "safety_checker": [None, None], "image_encoder": [None, None]}
    index["requires_safety_checker"] = False
    (folder / "model_index.json").write_text(json.dumps(index), encoding="utf-8")
    if vocabulary is not None:
        (folder / "vocabulary.json").write_text(json.dumps(dict(vocabulary)), encoding="utf-8")
    return folder
