"""Layouts from a COCO-Stuff folder: label maps, captions, and real pictures where they are there. Free of torch."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from zestdesk.document.settings import Settings
from zestdesk.errors import UserError
from zestdesk.evaluation.cases import Case, Measurer, pick_segments
from zestdesk.files.atomic import read_bytes
from zestdesk.guidance.binding import compose, mentions
from zestdesk.guidance.checkpoints import Checkpoint
from zestdesk.guidance.request import GenerationRequest, Picture, Segment

__all__ = ["CocoLayouts", "class_phrase", "read_captions", "read_names"]

_PLACE: Final = "--coco"
_VOID: Final = 255
_LAST_THING: Final = 91
"""Class numbers up to this one are things, those above are stuff."""

_LARGEST_TABLE: Final = 1_000_000_000
_LARGEST_PICTURE: Final = 64 * 2**20
_MOST_PIXELS: Final = 64_000_000
_BATCH: Final = 8
_EXCEPTIONS: Final[Mapping[str, str]] = {
    "playingfield": "playing field",
    "solid-other": "solid object",
    "structural-other": "structure",
    "waterdrops": "water drops",
    "window-blind": "window blind",
}


def class_phrase(name: str) -> str:
    """Return what a prompt calls a class: ``"wall-brick"`` is a brick wall, ``"sky-other"`` a sky."""
    if name in _EXCEPTIONS:
        return _EXCEPTIONS[name]
    kind, dash, detail = name.partition("-")
    return kind if not dash or detail in {"other", "stuff"} else f"{detail} {kind}"


def read_names(path: Path) -> dict[int, str]:
    """Return the names of the classes by pixel value, which is the number in the list minus one.

    Args:
        path: ``labels.txt`` of COCO-Stuff: ``number: name`` on each line, 0 is unlabelled.

    Raises:
        UserError: when it is missing, or a line is no such line.
    """
    names: dict[int, str] = {}
    for number, line in enumerate(_text(path).splitlines(), 1):
        match = re.fullmatch(r"\s*(\d{1,3})\s*:\s*(\S.*?)\s*", line)
        if match is None or int(match[1]) > _VOID:
            if not line.strip():
                continue
            raise UserError("This is no “number: name”; take the labels.txt of COCO-Stuff.", f"{path.name}:{number}")
        if int(match[1]):
            names[int(match[1]) - 1] = match[2]
    if not names:
        raise UserError("The file names no classes; take the labels.txt of COCO-Stuff.", str(path))
    return names


def read_captions(path: Path) -> dict[str, str]:
    """Return one caption by picture: the one of the lowest id, where COCO has five.

    Args:
        path: COCO's ``captions_val2017.json``, or an object of captions by name.

    Raises:
        UserError: when it is missing or something else.
    """
    try:
        table = json.loads(_text(path))
        if "annotations" not in table:
            return {str(name): _caption(text) for name, text in table.items()}
        files = {row["id"]: Path(row["file_name"]).stem for row in table.get("images", ())}
        rows = sorted(table["annotations"], key=lambda row: -row["id"])
        return {files.get(row["image_id"], f"{row['image_id']:012}"): _caption(row["caption"]) for row in rows}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError("These are no captions; take COCO's captions file.", str(path)) from error


def _caption(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def _text(path: Path) -> str:
    try:
        return read_bytes(path, _LARGEST_TABLE).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("The file is no text in UTF-8.", str(path)) from error


class CocoLayouts:
    """Pictures of the folder as layouts: label maps are the segments, captions the prompts.

    Classes that the segmenter does not know are left out of the layouts, for nothing could measure them.
    """

    def __init__(
        self,
        folder: Path,
        checkpoint: Checkpoint,
        segmenter: Measurer,
        kind: str,
        count: int,
        seed: int,
        settings: Settings,
    ) -> None:
        """Look the folder over.

        Args:
            folder: ``labels/NAME.png`` (stuffthingmaps: the class minus one, 255 unlabelled), ``labels.txt``,
                ``captions.json`` and, where the real pictures are at hand, ``images/NAME.jpg`` or ``.png``.
            checkpoint: the model, whose native size the maps are cropped and scaled to.
            segmenter: that measures.
            kind: one of :data:`zestdesk.evaluation.cases.SCENE_SETS`.
            count: how many layouts, at most.
            seed: of the first; it also decides which pictures are taken.
            settings: how to sample.

        Raises:
            UserError: when something is missing, or the segmenter knows none of the classes.
        """
        if not (folder / "labels").is_dir():
            raise UserError(f"“{folder}” has no folder “labels” with label maps in it; see --help.", _PLACE)
        self._folder, self._size = folder, checkpoint.native_size
        self._names = read_names(folder / "labels.txt")
        self._captions = read_captions(folder / "captions.json")
        stems = sorted(path.stem for path in (folder / "labels").glob("*.png") if path.stem in self._captions)
        if not stems:
            raise UserError("No label map has a caption of its name; see --help.", str(folder / "captions.json"))
        np.random.default_rng(seed).shuffle(stems)
        self._stems = stems[:count]
        self._kind, self._seed, self._settings = kind, seed, settings
        self._numbers = {pixel: _class_of(segmenter, name) for pixel, name in self._names.items()}
        if all(number is None for number in self._numbers.values()):
            raise UserError(
                "The segmenter knows none of the folder's classes; choose one trained on COCO-Stuff.", "--segmenter"
            )

    def __len__(self) -> int:
        return len(self._stems)

    def describe(self) -> dict[str, Any]:
        """Return the set, its seed and size, and the classes that the segmenter cannot measure."""
        return {
            "data": "COCO-Stuff",
            "set": self._kind,
            "layouts": len(self._stems),
            "first_seed": self._seed,
            "size": list(self._size),
            "classes": sum(number is not None for number in self._numbers.values()),
            "unmeasured": [self._names[pixel] for pixel, number in self._numbers.items() if number is None],
            "references": self._stems,
        }

    def case(self, index: int) -> Case:
        """Return the layout of one picture."""
        stem, seed = self._stems[index], self._seed + index
        labels = self._labels(stem)
        pixels, areas = np.unique(labels, return_counts=True)
        known: dict[str, tuple[int, float]] = {}
        for pixel, area in zip(pixels.tolist(), areas.tolist(), strict=True):
            if self._numbers.get(pixel) is not None:
                # Of two classes that a prompt would call the same, words cannot ask for both.
                known.setdefault(class_phrase(self._names[pixel]), (pixel, area / labels.size))
        rows = list(known.items())
        picked = pick_segments([share for _, (_, share) in rows], self._kind, np.random.default_rng(seed))
        segments = tuple(
            Segment(label=rows[at][0], mask=(labels == rows[at][1][0]).astype(np.float32)) for at in picked
        )
        caption, settings = self._captions[stem], self._settings
        text = compose(caption, [segment.label for segment in segments]).text
        named = {self._numbers[pixel] for phrase, (pixel, _) in rows if mentions(text, phrase)}
        return Case(
            name=re.sub(r"[^\w.-]", "_", f"{self._kind}-{stem}"),
            request=GenerationRequest(
                prompt=caption,
                width=self._size[0],
                height=self._size[1],
                segments=segments,
                steps=settings.steps,
                scheduler=settings.scheduler,
                guidance_scale=settings.guidance_scale,
                seed=seed,
                model=settings.model,
            ),
            classes=tuple(self._numbers[rows[at][1][0]] or 0 for at in picked),
            things=tuple(rows[at][1][0] < _LAST_THING for at in picked),
            named=tuple(sorted(number for number in named if number is not None)),
            picture=self._picture(stem),
        )

    def _labels(self, stem: str) -> NDArray[np.uint8]:
        """Return the label map at the model's size, shape (height, width)."""
        path = self._folder / "labels" / f"{stem}.png"
        with _opened(path) as image:
            if image.mode not in {"L", "P"}:
                raise UserError(f"The label map is {image.mode}; grey or indexed PNGs belong here.", str(path))
            # The numbers themselves, not the colours that a palette gives them.
            plain = Image.fromarray(np.array(image, np.uint8))
        return np.array(_fitted(plain, self._size, Image.Resampling.NEAREST))

    def _picture(self, stem: str) -> Picture | None:
        """Return the real picture at the model's size, None where there is none."""
        for ending in (".jpg", ".jpeg", ".png"):
            path = self._folder / "images" / f"{stem}{ending}"
            if path.is_file():
                with _opened(path) as image:
                    return np.array(_fitted(image.convert("RGB"), self._size, Image.Resampling.LANCZOS))
        return None

    def references(self) -> Iterator[Picture]:
        """Return the real pictures of the layouts, as the paper compares with the pictures of its set."""
        batch: list[Picture] = []
        for stem in self._stems:
            picture = self._picture(stem)
            if picture is not None:
                batch.append(picture)
            if len(batch) == _BATCH:
                yield np.stack(batch)
                batch = []
        if batch:
            yield np.stack(batch)


def _class_of(segmenter: Measurer, name: str) -> int | None:
    try:
        return segmenter.class_id(name)
    except UserError:
        return None


def _opened(path: Path) -> Image.Image:
    """Return a picture of a sane size, loaded."""
    data = read_bytes(path, _LARGEST_PICTURE)
    try:
        image = Image.open(io.BytesIO(data), formats=["PNG", "JPEG"])
        sane = image.width * image.height <= _MOST_PIXELS
        if sane:
            image.load()
    except Exception as error:  # decoders meet hostile bytes with errors of every kind
        raise UserError("This picture cannot be read; get it again.", str(path)) from error
    if not sane:
        raise UserError(f"The picture has {image.width} x {image.height} pixels, which is too many.", str(path))
    return image


def _fitted(image: Image.Image, size: tuple[int, int], how: Image.Resampling) -> Image.Image:
    """Return the middle of a picture at a size: as much of it as the size's shape allows."""
    scale = min(image.width / size[0], image.height / size[1])
    width, height = size[0] * scale, size[1] * scale
    left, top = (image.width - width) / 2, (image.height - height) / 2
    return image.resize(size, how, box=(left, top, left + width, top + height))
