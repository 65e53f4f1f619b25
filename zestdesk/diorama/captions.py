"""Captions of scenes, in varied wording and order."""

from dataclasses import dataclass

import numpy as np

from zestdesk.diorama.scenes import SceneBatch
from zestdesk.diorama.vocabulary import Backdrop, Vocabulary, Weather, with_article

__all__ = ["CaptionWriter", "caption_words", "every_phrase_caption"]

_OPENINGS = ("a picture of ", "a photo of ", "a toy world with ", "there is ")
_BETWEEN = (
    "on grass, a cat under a blue sky with a dog and a car in front of the house",
    "with hills behind, in the distance, in the background, in rain",
)
"""Captions that hold, together with the openings, every word between phrases."""
_SYNONYM_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class _Stage:
    """Phrases for what is around the objects; empty where a scene, or its caption, has none."""

    ground: str
    sky: str
    scenery: str
    weather: str

    def named(self) -> list[str]:
        """Return those that are not empty."""
        return [phrase for phrase in (self.ground, self.sky, self.scenery, self.weather) if phrase]


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)


class CaptionWriter:
    """Writes captions; the same seed gives the same wording."""

    def __init__(self, vocabulary: Vocabulary, seed: int) -> None:
        """Take the words and a seed."""
        self._vocabulary = vocabulary
        self._rng = np.random.default_rng(seed)

    def write(self, scenes: SceneBatch) -> list[str]:
        """Return one caption for every scene, lowercase."""
        return [self.write_one(scenes, row) for row in range(len(scenes))]

    def write_one(self, scenes: SceneBatch, row: int) -> str:
        """Return a caption of one scene; another one at every call."""
        rng = self._rng
        things = [
            self._thing(int(thing), int(colour))
            for thing, colour in zip(scenes.thing[row], scenes.colour[row], strict=True)
            if thing >= 0
        ]
        rng.shuffle(things)
        stage = self._stage(scenes, row)
        style = rng.uniform()
        if style < 0.06:
            return self._pick([*things, *stage.named()])
        # Some scenes keep a part to themselves, so that the model fills in what a prompt leaves out.
        stage = self._reticent(stage, kept=not things)
        if style < 0.34:
            parts = [*things, *stage.named()]
            rng.shuffle(parts)
            return ", ".join(parts)
        if style < 0.46 and len(things) > 1:
            # As when the editor appends a label that the prompt lacks.
            cut = int(rng.integers(1, len(things)))
            return ", ".join([self._sentence(things[:cut], stage), *things[cut:]])
        return self._sentence(things, stage)

    def _stage(self, scenes: SceneBatch, row: int) -> "_Stage":
        """Return phrases for all but the objects."""
        words, horizon = self._vocabulary, float(scenes.horizon[row])
        scenery, weather = int(scenes.scenery[row]), int(scenes.weather[row])
        return _Stage(
            ground=self._named(words.grounds[int(scenes.ground[row])]) if horizon < 1 else "",
            sky=self._named(words.skies[int(scenes.sky[row])]) if horizon > 0 else "",
            scenery=self._named(words.scenery[scenery]) if scenery >= 0 else "",
            weather=self._named(words.weather[weather]) if weather >= 0 else "",
        )

    def _reticent(self, stage: "_Stage", *, kept: bool) -> "_Stage":
        """Leave out parts at random; with ``kept``, never ground and sky both."""
        tells = self._rng.uniform(size=4) > (0.15, 0.15, 0.12, 0.08)
        ground = stage.ground if tells[0] or kept else ""
        sky = stage.sky if tells[1] or (kept and not ground) else ""
        return _Stage(ground, sky, stage.scenery if tells[2] else "", stage.weather if tells[3] else "")

    def _sentence(self, things: list[str], stage: "_Stage") -> str:
        rng, ground, sky = self._rng, stage.ground, stage.sky
        on = f"on {ground}" if ground else ""
        under = f"{self._pick(['under', 'under', 'under', 'in front of'])} {sky}" if sky else ""
        before = self._before(stage.scenery) if stage.scenery else ""
        during = f"in {self._pick(['', 'the '])}{stage.weather}" if stage.weather else ""
        far = [before, under] if rng.uniform() < 0.6 else [under, before]
        if not things:
            first = ground or stage.scenery or sky or stage.weather
            rest = [
                phrase
                for phrase, name in ((before, stage.scenery), (under, sky), (during, stage.weather))
                if name != first
            ]
            return _spaced(first, *rest)
        listed = self._join(things)
        order = rng.uniform()
        if order < 0.12 and sky:
            return _spaced(f"{under},", listed, on, before, during)
        if order < 0.2 and ground and sky:
            return _spaced(ground, *far, during, "with", listed)
        if order < 0.28 and ground:
            return _spaced(f"{on},", listed, *far, during)
        if order < 0.36 and during:
            return _spaced(f"{during},", listed, on, *far)
        opening = self._pick(list(_OPENINGS)) if order > 0.9 else ""
        return opening + _spaced(listed, on, *far, during)

    def _before(self, scenery: str) -> str:
        way = self._rng.uniform()
        if way < 0.7:
            return f"in front of {scenery}"
        return f"with {scenery} {self._pick(['behind', 'in the distance', 'in the background'])}"

    def _join(self, phrases: list[str]) -> str:
        if len(phrases) == 1:
            return phrases[0]
        if self._rng.uniform() < 0.25:
            return " and ".join(phrases)
        return f"{', '.join(phrases[:-1])} and {phrases[-1]}"

    def _thing(self, thing: int, colour: int) -> str:
        row = self._vocabulary.objects[thing]
        if colour >= 0:
            noun = row.noun
            if row.synonyms and self._rng.uniform() < _SYNONYM_SHARE:
                noun = self._pick(list(row.synonyms))
            return with_article(f"{self._vocabulary.colours[colour].name} {noun}")
        if row.other_phrases and self._rng.uniform() < _SYNONYM_SHARE:
            return self._pick(list(row.other_phrases))
        return row.phrase

    def _named(self, row: Backdrop | Weather) -> str:
        if row.synonyms and self._rng.uniform() < _SYNONYM_SHARE:
            return self._pick(list(row.synonyms))
        return row.phrase

    def _pick(self, options: list[str]) -> str:
        return options[int(self._rng.integers(len(options)))]


def every_phrase_caption(vocabulary: Vocabulary) -> list[str]:
    """Return short captions that hold every word the writer can use, for training the tokenizer."""
    return [*vocabulary.phrases(), *vocabulary.weather_phrases(), *_OPENINGS, *_BETWEEN]


def caption_words(vocabulary: Vocabulary) -> list[str]:
    """Return the words that captions have between the world's phrases, in alphabetical order."""
    named = {word for phrase in (*vocabulary.phrases(), *vocabulary.weather_phrases()) for word in phrase.split()}
    told = {word for text in (*_OPENINGS, *_BETWEEN) for word in text.replace(",", " ").split()}
    return sorted(told - named)
