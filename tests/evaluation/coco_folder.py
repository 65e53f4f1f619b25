"""A COCO-Stuff folder with a handful of tiny pictures, and tiny real networks that measure them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from transformers import (
    CLIPConfig,
    CLIPModel,
    CLIPTextConfig,
    CLIPVisionConfig,
    SegformerConfig,
    SegformerForSemanticSegmentation,
)

from tests.tiny_model import tiny_tokenizer

__all__ = ["LABELS", "build_clip", "build_coco", "build_segmenter", "label_map"]

LABELS: Mapping[int, str] = {17: "cat", 18: "dog", 91: "hair brush", 124: "grass", 157: "sky-other", 171: "wall-brick"}
"""As in COCO-Stuff's own list; a pixel is one less."""


def label_map(seed: int, width: int = 48, height: int = 40) -> np.ndarray:
    """Return sky over grass, with a cat or a dog, and an unlabelled edge."""
    labels = np.full((height, width), 156)
    labels[height // 2 :] = 123
    labels[12:28, 12 + seed : 28 + seed] = 16 + seed % 2
    labels[:, :3] = 255
    return labels.astype(np.uint8)


def build_coco(folder: Path, count: int = 3, *, pictures: bool = True, indexed: bool = False) -> Path:
    """Write the folder and return it."""
    for name in ("labels", "images"):
        (folder / name).mkdir(parents=True)
    lines = ["0: unlabeled", *(f"{number}: {name}" for number, name in LABELS.items())]
    (folder / "labels.txt").write_text("\n".join(lines) + "\n")
    rows: dict[str, list[dict[str, object]]] = {"images": [], "annotations": []}
    for seed in range(count):
        labels = label_map(seed)
        image = Image.fromarray(labels)
        if indexed:
            image = Image.fromarray(labels, "L").convert("P")
            image.putdata(labels.ravel().tolist())
            image.putpalette([255 - value // 3 for value in range(768)])
        image.save(folder / "labels" / f"{seed:012}.png")
        if pictures:
            shades = np.random.default_rng(seed).integers(0, 255, (*labels.shape, 3)).astype(np.uint8)
            Image.fromarray(shades).save(folder / "images" / f"{seed:012}.jpg")
        rows["images"].append({"id": seed, "file_name": f"{seed:012}.jpg"})
        for place, text in ((9, "not this one"), (1, "a cat on grass. ")):
            rows["annotations"].append({"id": 10 * seed + place, "image_id": seed, "caption": text})
    (folder / "captions.json").write_text(json.dumps(rows))
    return folder


def build_segmenter(folder: Path, names: Sequence[str] = ("other", *LABELS.values()), seed: int = 0) -> Path:
    """Write a SegFormer with random weights and return its folder."""
    config = SegformerConfig(
        num_encoder_blocks=2,
        depths=[1, 1],
        sr_ratios=[2, 1],
        hidden_sizes=[8, 16],
        patch_sizes=[3, 3],
        strides=[2, 2],
        num_attention_heads=[1, 2],
        mlp_ratios=[2, 2],
        decoder_hidden_size=16,
        id2label=dict(enumerate(names)),
        label2id={name: number for number, name in enumerate(names)},
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        SegformerForSemanticSegmentation(config).save_pretrained(folder)
    return folder


def build_clip(folder: Path, seed: int = 0) -> Path:
    """Write a CLIP model with random weights and a tokenizer, and return the folder."""
    tokenizer = tiny_tokenizer(tokens=24)
    text = CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        intermediate_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        max_position_embeddings=24,
        eos_token_id=tokenizer.eos_token_id,
        bos_token_id=tokenizer.bos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    vision = CLIPVisionConfig(
        hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2, image_size=16, patch_size=8
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        CLIPModel(CLIPConfig(text_config=text, vision_config=vision, projection_dim=12)).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
