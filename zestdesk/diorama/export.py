"""Writing the trained networks as a stock diffusers folder that any diffusers program can load."""

import copy
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import diffusers
import torch
from torch import nn

from zestdesk.diorama.captions import caption_words
from zestdesk.diorama.networks import make_scheduler
from zestdesk.diorama.train_unet import Networks
from zestdesk.diorama.vocabulary import Backdrop, Vocabulary, Weather, with_article

__all__ = ["export_model", "vocabulary_table"]

_SHARD = "14MB"


def vocabulary_table(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return what the editor offers and checks labels against: phrases by kind, each with its synonyms.

    ``words`` are those that captions have between the phrases.
    """
    colours = [colour.name for colour in vocabulary.colours]
    return {
        "objects": [
            {
                "phrases": [
                    thing.phrase,
                    *(with_article(f"{colour} {thing.noun}") for colour in colours if thing.natural_colour),
                ],
                "synonyms": list(thing.other_phrases),
            }
            for thing in vocabulary.objects
        ],
        "grounds": _named(vocabulary.grounds),
        "skies": _named(vocabulary.skies),
        "scenery": _named(vocabulary.scenery),
        "weather": _named(vocabulary.weather),
        "words": caption_words(vocabulary),
    }


def _named(rows: Sequence[Backdrop | Weather]) -> list[dict[str, Any]]:
    return [{"phrase": row.phrase, "synonyms": list(row.synonyms)} for row in rows]


def export_model(networks: Networks, vocabulary: Vocabulary, folder: Path) -> None:
    """Write weights (float16 safetensors in shards), configurations, tokenizer and vocabulary.

    Files of the folder that are not part of the model, such as its card and licence, are left alone. The parts are
    written beside the old ones first, so that an interrupted export leaves the old model whole.

    Args:
        networks: trained; they are copied, never changed.
        vocabulary: the words that they know.
        folder: made when missing.
    """
    unfinished = folder.with_name(folder.name + ".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    parts = {
        "vae": _half(networks.autoencoder),
        "text_encoder": _half(networks.text_encoder),
        "tokenizer": networks.tokenizer,
        "unet": _half(networks.unet),
        "scheduler": make_scheduler(),
    }
    for name, part in parts.items():
        sharded = {"max_shard_size": _SHARD} if isinstance(part, nn.Module) else {}
        part.save_pretrained(unfinished / name, **sharded)
    # transformers loads weights in the dtype that this names, diffusers in float32: the parts must agree.
    _edit(unfinished / "text_encoder" / "config.json", dtype="float32")
    index: dict[str, Any] = {"_class_name": "StableDiffusionPipeline", "_diffusers_version": diffusers.__version__}
    index |= {name: [type(part).__module__.split(".")[0], type(part).__name__] for name, part in parts.items()}
    index |= {"feature_extractor": [None, None], "safety_checker": [None, None], "requires_safety_checker": False}
    _write(unfinished / "model_index.json", index)
    _write(unfinished / "vocabulary.json", vocabulary_table(vocabulary))
    folder.mkdir(parents=True, exist_ok=True)
    for part in sorted(unfinished.iterdir()):
        target = folder / part.name
        if target.is_dir():
            shutil.rmtree(target)
        part.replace(target)
    unfinished.rmdir()


def _write(path: Path, table: dict[str, Any]) -> None:
    path.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _edit(path: Path, **values: str) -> None:
    _write(path, json.loads(path.read_text(encoding="utf-8")) | values)


def _half(module: Any) -> Any:  # noqa: ANN401 - diffusers and transformers are untyped
    """Return a float16 copy on the CPU."""
    return copy.deepcopy(module).to("cpu", torch.float16).eval()
