"""Layouts from scenes of the toy world, with their exact label maps; small objects included."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

import numpy as np
import torch

from zestdesk.diorama.captions import CaptionWriter
from zestdesk.diorama.scenes import SceneBatch, SceneSampler
from zestdesk.diorama.vocabulary import Vocabulary, with_article
from zestdesk.diorama.world import Painter
from zestdesk.document.settings import Settings
from zestdesk.errors import UserError
from zestdesk.evaluation.cases import Case, Measurer, pick_segments
from zestdesk.guidance.binding import compose, mentions
from zestdesk.guidance.checkpoints import Checkpoint
from zestdesk.guidance.request import GenerationRequest, Picture, Segment
from zestdesk.guidance.vocabulary import ModelVocabulary

__all__ = ["REFERENCES", "SceneLayouts", "known_world", "with_small_objects"]

REFERENCES: Final = 512
"""How many real scenes the Fréchet distance compares with."""

_REFERENCE_SEED: Final = 61_000_000
_BATCH: Final = 64
_OBJECTS: Final = (0.3, 0.4, 0.25, 0.05)
"""How likely one, two, three and four objects are."""

_SHRUNK: Final = 0.4
"""Share of the objects that are made smaller than any that the model was trained on."""

_FACTORS: Final = (0.35, 0.7)
_FOOT: Final = 0.44
"""Where an object stands: so many of its sides below its centre, as the painter has it."""


def known_world(world: Vocabulary, words: ModelVocabulary, segmenter: Measurer) -> Vocabulary:
    """Return the part of the world that a model can draw and a segmenter can measure, without synonyms.

    The world's table may have grown since the model or the segmenter was trained.

    Raises:
        UserError: when nothing to speak of is left.
    """
    objects = {phrase for phrases in words.objects for phrase in phrases}
    shared = (set(words.phrases) - set(words.synonyms)) & set(segmenter.names)

    def coloured(colour: str, noun: str) -> bool:
        return with_article(f"{colour} {noun}") in objects

    things = [thing for thing in world.objects if thing.phrase in objects & shared]
    takers = [thing.noun for thing in things if thing.natural_colour and coloured(thing.natural_colour, thing.noun)]
    colours = tuple(row for row in world.colours if all(coloured(row.name, noun) for noun in takers))
    names = {row.name for row in colours}
    known = replace(
        world,
        colours=colours,
        grounds=tuple(replace(row, synonyms=()) for row in world.grounds if row.phrase in shared),
        skies=tuple(replace(row, synonyms=()) for row in world.skies if row.phrase in shared),
        scenery=tuple(replace(row, synonyms=()) for row in world.scenery if row.phrase in shared),
        weather=tuple(replace(row, synonyms=()) for row in world.weather if row.phrase in words.weather),
        objects=tuple(
            replace(
                thing,
                synonyms=(),
                plurals=(),
                natural_colour=thing.natural_colour if thing.noun in takers and thing.natural_colour in names else None,
            )
            for thing in things
        ),
    )
    # A scene takes up to four objects that differ.
    if len(known.objects) < len(_OBJECTS) or not known.grounds or not known.skies:
        raise UserError(
            "Model and segmenter share too few words of the toy world; evaluate the bundled model, or a COCO-Stuff "
            "folder with --coco.",
            "--model",
        )
    return known


def with_small_objects(scenes: SceneBatch, rng: np.random.Generator) -> SceneBatch:
    """Return the scenes with some of their objects shrunk; what stands goes on standing where it stood.

    The second of two equal objects is taken out: label maps tell classes apart, not the objects of one class.
    """
    shape = scenes.size.shape
    factor = np.where(rng.uniform(size=shape) < _SHRUNK, rng.uniform(*_FACTORS, size=shape), 1.0)
    size = (scenes.size * factor).astype(np.float32)
    centre = scenes.centre.copy()
    centre[..., 1] += _FOOT * (scenes.size - size)
    thing = scenes.thing.copy()
    for row in thing:
        for slot in range(1, len(row)):
            if row[slot] in row[:slot]:
                row[slot] = -1
    return replace(scenes, size=size, centre=centre, thing=thing, colour=np.where(thing < 0, -1, scenes.colour))


class SceneLayouts:
    """Scenes as layouts: their label maps are the segments, their captions the prompts."""

    def __init__(
        self,
        checkpoint: Checkpoint,
        words: ModelVocabulary,
        segmenter: Measurer,
        kind: str,
        count: int,
        seed: int,
        settings: Settings,
    ) -> None:
        """Take what decides the layouts.

        Args:
            checkpoint: the model, which decides their size.
            words: that it knows.
            segmenter: that measures.
            kind: one of :data:`zestdesk.evaluation.cases.SCENE_SETS`.
            count: how many.
            seed: of the first; the others follow it.
            settings: how to sample.

        Raises:
            UserError: when model and segmenter share too few words of the world.
        """
        self._world = known_world(Vocabulary.load(), words, segmenter)
        self._side = min(checkpoint.native_size)
        self._numbers = [segmenter.class_id(name) for name in self._world.class_names]
        self._kind, self._count, self._seed, self._settings = kind, count, seed, settings

    def __len__(self) -> int:
        return self._count

    def describe(self) -> dict[str, Any]:
        """Return the set, its seeds and sizes."""
        return {
            "data": "diorama scenes",
            "set": self._kind,
            "layouts": self._count,
            "first_seed": self._seed,
            "size": [self._side, self._side],
            "classes": len(self._world.class_names),
            "references": REFERENCES,
        }

    @cached_property
    def _painter(self) -> Painter:
        return Painter(self._world, self._side)

    def case(self, index: int) -> Case:
        """Return the layout of one scene."""
        seed = self._seed + index
        rng = np.random.default_rng(seed)
        count = 1 + int(rng.choice(len(_OBJECTS), p=_OBJECTS))
        sampler = SceneSampler(self._world, seed)
        scenes = with_small_objects(sampler.sample(1, self._side, self._side, objects=count), rng)
        caption = CaptionWriter(self._world, seed).write_one(scenes, 0)
        painting = self._painter.paint(scenes)
        labels = painting.labels[0].numpy()
        present, areas = np.unique(labels, return_counts=True)
        phrases = self._phrases(scenes)
        picked = [int(present[at]) for at in pick_segments((areas / labels.size).tolist(), self._kind, rng)]
        segments = tuple(
            Segment(label=phrases[number], mask=(labels == number).astype(np.float32)) for number in picked
        )
        text = compose(caption, [segment.label for segment in segments]).text
        settings = self._settings
        return Case(
            name=f"{self._kind}-{seed}",
            request=GenerationRequest(
                prompt=caption,
                width=self._side,
                height=self._side,
                segments=segments,
                steps=settings.steps,
                scheduler=settings.scheduler,
                guidance_scale=settings.guidance_scale,
                seed=seed,
                model=settings.model,
            ),
            classes=tuple(self._numbers[number] for number in picked),
            things=tuple(number >= self._world.first_object for number in picked),
            named=tuple(self._numbers[number] for number, phrase in phrases.items() if mentions(text, phrase)),
            picture=_pixels(painting.images)[0],
        )

    def _phrases(self, scenes: SceneBatch) -> dict[int, str]:
        """Return what the caption calls the classes of the first scene."""
        world = self._world
        backdrops = [int(scenes.ground[0]), world.first_sky + int(scenes.sky[0])]
        if scenes.scenery[0] >= 0:
            backdrops.append(world.first_scenery + int(scenes.scenery[0]))
        phrases = {number: world.class_names[number] for number in backdrops}
        for thing, colour in zip(scenes.thing[0].tolist(), scenes.colour[0].tolist(), strict=True):
            if thing >= 0:
                row = world.objects[thing]
                named = with_article(f"{world.colours[colour].name} {row.noun}") if colour >= 0 else row.phrase
                phrases[world.first_object + thing] = named
        return phrases

    def references(self) -> Iterator[Picture]:
        """Return real scenes that no layout was made of, drawn in the same way."""
        rng = np.random.default_rng(_REFERENCE_SEED)
        sampler = SceneSampler(self._world, _REFERENCE_SEED)
        for start in range(0, REFERENCES, _BATCH):
            many = min(_BATCH, REFERENCES - start)
            for objects in _split(many, rng):
                scenes = sampler.sample(objects[1], self._side, self._side, objects=objects[0])
                yield _pixels(self._painter.paint(with_small_objects(scenes, rng)).images)


def _split(many: int, rng: np.random.Generator) -> list[tuple[int, int]]:
    """Return (objects, scenes) for so many scenes, as likely as in a layout."""
    counts = rng.multinomial(many, _OBJECTS)
    return [(objects, int(count)) for objects, count in enumerate(counts, 1) if count]


def _pixels(images: torch.Tensor) -> Picture:
    """Return pictures in [-1, 1], shape (B, 3, H, W), as RGB bytes, shape (B, H, W, 3)."""
    pixels: Picture = ((images + 1) * 127.5).round().to(torch.uint8).permute(0, 2, 3, 1).cpu().numpy()
    return pixels
