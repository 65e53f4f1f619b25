"""Networks of others that measure: a segmenter of transformers, and CLIP. Safetensors only, no code of theirs."""

import hashlib
import json
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional
from transformers import AutoConfig, AutoModelForSemanticSegmentation, CLIPModel, CLIPTokenizer
from transformers.utils import cached_file
from transformers.utils import logging as transformers_logging

from zestdesk.errors import UserError
from zestdesk.evaluation.coco import class_phrase
from zestdesk.guidance.checkpoints import check_numbers
from zestdesk.guidance.request import Picture

__all__ = ["ClipScore", "ForeignSegmenter"]

_BATCH: Final = 4
_LARGEST_SIDE: Final = 1024
_IMAGENET: Final = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
_CLIP: Final = ((0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711))


def _plain(name: str) -> str:
    """Return a class's name with case and dashes levelled."""
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


def _mark(model: torch.nn.Module) -> str:
    digest = hashlib.sha256()
    for name, value in model.state_dict().items():
        sample = value.flatten()[:256].float().cpu().numpy().tobytes()
        digest.update(name.encode() + str(tuple(value.shape)).encode() + sample)
    return digest.hexdigest()


def _load(kind: Any, name: str, place: str, **options: Any) -> Any:  # noqa: ANN401 - transformers is untyped
    """Load a network; UserError when it is not there, is no such network, or its weights are pickles or not finite."""
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    try:
        config = AutoConfig.from_pretrained(name, trust_remote_code=False, **options)
        check_numbers(config.to_dict(), Path(name) / "config.json")
        fits = kind is not CLIPModel or config.model_type == "clip"
        if fits:
            model, info = kind.from_pretrained(
                name, use_safetensors=True, trust_remote_code=False, output_loading_info=True, **options
            )
    except UserError:
        raise
    except Exception as error:  # the libraries raise errors of every kind
        raise UserError(
            f"“{name}” cannot be loaded; name a folder or a hub id with safetensors weights of such a model.", place
        ) from error
    if not fits:
        raise UserError(f"This is a model of the kind “{config.model_type}”; choose a CLIP.", place)
    if info["missing_keys"] or info["mismatched_keys"]:
        # The library would fill them with random numbers.
        raise UserError(f"“{name}” lacks weights that such a model has; choose one that was trained for this.", place)
    if not all(bool(torch.isfinite(item).all()) for item in model.parameters()):
        raise UserError("The weights hold numbers that are not finite; get the model again.", place)
    return model.eval().requires_grad_(requires_grad=False)


def _preprocessing(name: str, usual: tuple[tuple[float, ...], tuple[float, ...]]) -> dict[str, Any]:
    """Return mean, deviation and size that pictures are brought to, as the model's own file says."""
    found = cached_file(name, "preprocessor_config.json", _raise_exceptions_for_missing_entries=False)
    if found is None:
        return {"mean": usual[0], "std": usual[1], "size": None}
    try:
        table = json.loads(Path(found).read_text(encoding="utf-8"))
        mean = _three(table.get("image_mean", usual[0]), above=-np.inf)
        deviation = _three(table.get("image_std", usual[1]), above=0)
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise UserError("The file cannot be read as JSON; get the model again.", str(found)) from error
    return {"mean": mean, "std": deviation, "size": table.get("size")}


def _three(values: Any, above: float) -> tuple[float, ...]:  # noqa: ANN401 - any JSON
    """Return a number for each of red, green and blue; ValueError or TypeError for anything else."""
    numbers = tuple(map(float, values))
    if len(numbers) != 3 or not all(above < number < np.inf for number in numbers):
        raise ValueError("not three numbers")
    return numbers


def _sides(size: Any, height: int, width: int) -> tuple[int, int]:  # noqa: ANN401 - as the file has it
    """Return the (height, width) at which a network wants to see a picture; its own where nothing sane is said."""
    if isinstance(size, int):
        size = {"height": size, "width": size}
    table = size.items() if isinstance(size, dict) else ()
    sane = {name: value for name, value in table if type(value) is int and 0 < value <= _LARGEST_SIDE}
    if {"height", "width"} <= sane.keys():
        wanted = sane["height"], sane["width"]
    elif "shortest_edge" in sane:
        scale = sane["shortest_edge"] / min(height, width)
        wanted = round(height * scale), round(width * scale)
    else:
        return height, width
    return wanted if all(32 <= side <= _LARGEST_SIDE for side in wanted) else (height, width)


def _tensor(pictures: Picture, device: torch.device) -> torch.Tensor:
    """Return pictures as a tensor in [-1, 1], shape (B, 3, H, W)."""
    return torch.from_numpy(np.ascontiguousarray(pictures)).to(device).permute(0, 3, 1, 2).float() / 127.5 - 1


class ForeignSegmenter:
    """A semantic segmenter of transformers, such as SegFormer (Xie et al. 2021)."""

    def __init__(self, name: str, device: str | torch.device = "cpu") -> None:
        """Load it.

        Args:
            name: a folder, or an id of the hub; what is not on this machine yet is fetched.
            device: where it measures.

        Raises:
            UserError: when it cannot be loaded.
        """
        self._device = torch.device(device)
        self._model = _load(AutoModelForSemanticSegmentation, name, "--segmenter").to(self._device)
        self._input = _preprocessing(name, _IMAGENET)
        table = self._model.config.id2label
        self.names = tuple(str(table.get(number, number)) for number in range(len(table)))
        self._numbers = {_plain(class_phrase(label)): number for number, label in enumerate(self.names)}
        self._numbers |= {_plain(label): number for number, label in enumerate(self.names)}

    @cached_property
    def mark(self) -> str:
        """A text that differs for another network."""
        return _mark(self._model)

    def class_id(self, label: str) -> int:
        """Return the class of a name, or of what prompts call it, case and dashes aside; UserError for none."""
        number = self._numbers.get(_plain(label))
        if number is None:
            raise UserError(f"The segmenter has no class “{label}”; choose one that was trained on it.", "--segmenter")
        return number

    def _seen(self, pictures: torch.Tensor) -> torch.Tensor:
        """Return pictures in [-1, 1] as the network takes them."""
        sides = _sides(self._input["size"], *pictures.shape[-2:])
        mean, std = (torch.tensor(self._input[name], device=pictures.device)[:, None, None] for name in ("mean", "std"))
        scaled = functional.interpolate(pictures, size=sides, mode="bilinear", antialias=True, align_corners=False)
        return ((scaled + 1) / 2 - mean) / std

    def logits(self, pictures: torch.Tensor) -> torch.Tensor:
        """Return logits, shape (B, classes, H, W), with gradients, of pictures in [-1, 1], shape (B, 3, H, W)."""
        self._model.to(pictures.device)
        found = self._model(pixel_values=self._seen(pictures)).logits
        grown: torch.Tensor = functional.interpolate(
            found, size=pictures.shape[-2:], mode="bilinear", align_corners=False
        )
        return grown

    @torch.no_grad()
    def __call__(self, pictures: Picture) -> NDArray[np.int64]:
        """Return the class of every pixel, shape (B, H, W), of RGB pictures, shape (B, H, W, 3)."""
        rows = [
            self.logits(_tensor(pictures[start : start + _BATCH], self._device)).argmax(dim=1).cpu()
            for start in range(0, len(pictures), _BATCH)
        ]
        labels: NDArray[np.int64] = torch.cat(rows).numpy()
        return labels

    @torch.no_grad()
    def features(self, pictures: Picture) -> NDArray[np.float64]:
        """Return the encoder's last states averaged over each picture, shape (B, channels)."""
        rows = []
        for start in range(0, len(pictures), _BATCH):
            batch = self._seen(_tensor(pictures[start : start + _BATCH], self._device))
            self._model.to(self._device)
            states = self._model(pixel_values=batch, output_hidden_states=True).hidden_states[-1]
            rows.append(states.mean(dim=(-2, -1) if states.ndim == 4 else 1).cpu())
        found: NDArray[np.float64] = torch.cat(rows).double().numpy()
        return found


class ClipScore:
    """Cosine of the embeddings of a text and a picture (Radford et al. 2021; Hessel et al. 2021, unscaled)."""

    def __init__(self, folder: Path, device: str | torch.device = "cpu") -> None:
        """Load a CLIP model with its tokenizer.

        Raises:
            UserError: when it cannot be loaded.
        """
        self._device = torch.device(device)
        self._model = _load(CLIPModel, str(folder), "--clip", local_files_only=True).to(self._device)
        try:
            self._tokenizer = CLIPTokenizer.from_pretrained(str(folder), local_files_only=True)
        except Exception as error:
            raise UserError("The tokenizer cannot be loaded; get the model again.", "--clip") from error
        self._input = _preprocessing(str(folder), _CLIP)

    @cached_property
    def mark(self) -> str:
        """A text that differs for another network."""
        return _mark(self._model)

    @torch.no_grad()
    def __call__(self, text: str, picture: Picture) -> float:
        """Return the cosine, -1 to 1.

        Args:
            text: what the picture shall show; what is longer than the model reads is cut off.
            picture: RGB, shape (H, W, 3); the model sees the square in its middle.
        """
        side = int(self._model.config.vision_config.image_size)
        image = _tensor(picture[None], self._device)
        scale = side / min(image.shape[-2:])
        sides = [max(round(length * scale), side) for length in image.shape[-2:]]
        image = functional.interpolate(image, size=sides, mode="bicubic", antialias=True, align_corners=False)
        top, left = ((length - side) // 2 for length in sides)
        image = (image[..., top : top + side, left : left + side].clamp(-1, 1) + 1) / 2
        mean, std = (torch.tensor(self._input[name], device=self._device)[:, None, None] for name in ("mean", "std"))
        limit = int(self._model.config.text_config.max_position_embeddings)
        ids = self._tokenizer(text, truncation=True, max_length=limit, return_tensors="pt").to(self._device)
        found = self._model(
            input_ids=ids.input_ids, attention_mask=ids.attention_mask, pixel_values=(image - mean) / std
        )
        return float(functional.cosine_similarity(found.text_embeds, found.image_embeds))
