"""Captions of scenes, in varied wording and order."""

import numpy as np

from zestdesk.diorama.scenes import SceneBatch
from zestdesk.diorama.vocabulary import Backdrop, Vocabulary, with_article

__all__ = ["CaptionWriter", "every_phrase_caption"]

_OPENINGS = ("a picture of ", "a photo of ", "a toy world with ", "there is ")
_SYNONYM_SHARE = 0.1


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
        rng, words = self._rng, self._vocabulary
        things = [
            self._thing(int(thing), int(colour))
            for thing, colour in zip(scenes.thing[row], scenes.colour[row], strict=True)
            if thing >= 0
        ]
        rng.shuffle(things)
        horizon = float(scenes.horizon[row])
        ground = self._backdrop(words.grounds[int(scenes.ground[row])]) if horizon < 1 else None
        sky = self._backdrop(words.skies[int(scenes.sky[row])]) if horizon > 0 else None
        style = rng.uniform()
        if style < 0.06:
            return self._pick([*things, *(phrase for phrase in (ground, sky) if phrase)])
        # Some scenes keep a part to themselves, so that the model fills in what a prompt leaves out.
        ground = None if things and rng.uniform() < 0.15 else ground
        sky = None if (things or ground) and rng.uniform() < 0.15 else sky
        if style < 0.34:
            parts = [*things, *(phrase for phrase in (ground, sky) if phrase)]
            rng.shuffle(parts)
            return ", ".join(parts)
        if style < 0.46 and len(things) > 1:
            # As when the editor appends a label that the prompt lacks.
            cut = int(rng.integers(1, len(things)))
            return ", ".join([self._sentence(things[:cut], ground, sky), *things[cut:]])
        return self._sentence(things, ground, sky)

    def _sentence(self, things: list[str], ground: str | None, sky: str | None) -> str:
        rng = self._rng
        on = f"on {ground}" if ground else ""
        under = f"{self._pick(['under', 'under', 'under', 'in front of'])} {sky}" if sky else ""
        if not things:
            if ground and sky:
                return f"{ground} {under}"
            return ground or sky or ""
        listed = self._join(things)
        order = rng.uniform()
        if order < 0.12 and sky:
            return " ".join(part for part in (under + ",", listed, on) if part)
        if order < 0.2 and ground and sky:
            return f"{ground} {under} with {listed}"
        if order < 0.28 and ground:
            return " ".join(part for part in (on + ",", listed, under) if part)
        opening = self._pick(list(_OPENINGS)) if order > 0.9 else ""
        return opening + " ".join(part for part in (listed, on, under) if part)

    def _join(self, phrases: list[str]) -> str:
        if len(phrases) == 1:
            return phrases[0]
        if self._rng.uniform() < 0.25:
            return " and ".join(phrases)
        return f"{', '.join(phrases[:-1])} and {phrases[-1]}"

    def _thing(self, thing: int, colour: int) -> str:
        row = self._vocabulary.objects[thing]
        noun, article = row.noun, row.article
        if row.synonyms and self._rng.uniform() < _SYNONYM_SHARE:
            noun = self._pick(list(row.synonyms))
            article = with_article(noun).split()[0]
        if colour < 0:
            return f"{article} {noun}"
        return with_article(f"{self._vocabulary.colours[colour].name} {noun}")

    def _backdrop(self, row: Backdrop) -> str:
        if row.synonyms and self._rng.uniform() < _SYNONYM_SHARE:
            return self._pick(list(row.synonyms))
        return row.phrase

    def _pick(self, options: list[str]) -> str:
        return options[int(self._rng.integers(len(options)))]


def every_phrase_caption(vocabulary: Vocabulary) -> list[str]:
    """Return short captions that hold every word the writer can use, for training the tokenizer."""
    phrases = list(vocabulary.phrases())
    return [*phrases, *_OPENINGS, "on grass, a cat under a blue sky with a dog and a car in front of the house"]
