"""The options of the guidance in words that a designer knows, with the paper's own in the tooltips."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from zestdesk.files.settings_json import changed_options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zestdesk.options import GuidanceOptions

__all__ = ["OptionWords", "option_words", "told_options"]

CONTEXT = "Options"


def _tr(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)


@dataclass(frozen=True, slots=True)
class OptionWords:
    """How one option is spoken of.

    Attributes:
        caption: beside its field, short.
        name: where it stands alone.
        tip: what it does, and when to use it.
        choices: word and tip of each value, where it is one of several.
    """

    caption: str
    name: str
    tip: str
    choices: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def option_words() -> dict[str, OptionWords]:
    """Return the words for every option, in the order in which they are offered."""
    return {**_steering(), **_speed(), **_reading()}


def _steering() -> dict[str, OptionWords]:
    return {
        "pww": OptionWords(
            _tr("Word pull"),
            _tr("Word pull"),
            _tr(
                "How hard every word is drawn into its layer: the model's attention is raised there "
                "(Paint-with-Words). 0 leaves it alone; 0.4 is a good start where layers are overlooked. Strong pulls "
                "cost picture quality."
            ),
        ),
        "schedule": OptionWords(
            _tr("Fades"),
            _tr("How the strength fades"),
            _tr("How the strength falls over the steps. Let it fade later where things drift away from their layers."),
            {
                "linear": (_tr("Evenly (paper)"), _tr("Falls along a straight line.")),
                "noise": (_tr("With the noise"), _tr("Stays strong as long as there is much noise, and drops then.")),
                "cosine": (_tr("Slowly at first"), _tr("Stays higher at first, and falls faster towards the end.")),
                "constant": (_tr("Not at all"), _tr("As strong in the last guided step as in the first.")),
            },
        ),
        "gradient_norm": OptionWords(
            _tr("Measured by"),
            _tr("What a pull is measured by"),
            _tr("What the strength is a multiple of. Try the average where guidance seems to be held back."),
            {
                "max": (_tr("Largest pull (paper)"), _tr("No spot of the picture moves by more than the strength.")),
                "rms": (_tr("Average pull"), _tr("One stray spot cannot hold back all others.")),
            },
        ),
        "refinements": OptionWords(
            _tr("Refine"),
            _tr("Refinements"),
            _tr(
                "At most so many further pulls within each of the first tenth of the steps, as long as the fit is poor."
                " For stubborn layouts; each takes about as long as another step."
            ),
        ),
    }


def _speed() -> dict[str, OptionWords]:
    return {
        "guide_every": OptionWords(
            _tr("Guide every"),
            _tr("Guide every so many steps"),
            _tr("Guide only every second, third or later step of the guided part: faster, and a little looser."),
        ),
        "cfg_until": OptionWords(
            _tr("Prompt until"),
            _tr("Prompt strength until"),
            _tr(
                "The share of the steps, from the first, in which the prompt strength counts. Late steps without it "
                "take half as long and change little; the negative prompt ends with it."
            ),
        ),
    }


def _reading() -> dict[str, OptionWords]:
    return {
        "loss": OptionWords(
            _tr("Compare"),
            _tr("What is compared with the layers"),
            _tr("What of the model's attention is to match the layers."),
            {
                "paper": (
                    _tr("Shape and strength (paper)"),
                    _tr("Cross-entropy of the attention, and of the attention divided by its maximum."),
                ),
                "raw": (
                    _tr("Strength only"),
                    _tr("Cross-entropy of the attention as it is: strong everywhere inside, nothing outside."),
                ),
                "normalised": (
                    _tr("Shape only"),
                    _tr("Cross-entropy of the attention divided by its maximum: the outline, however faint it is."),
                ),
                "balanced": (
                    _tr("Inside and outside alike"),
                    _tr("Inside weighs as much as outside, however small the layer: for small things."),
                ),
                "fourth": (
                    _tr("Forgiving"),
                    _tr("Fourth power with a dead zone: small misses are let be, large ones are pulled hard."),
                ),
                "fourth-normalised": (
                    _tr("Forgiving, shape only"),
                    _tr("Fourth power with a dead zone, of the attention divided by its maximum."),
                ),
            },
        ),
        "maps": OptionWords(
            _tr("Read from"),
            _tr("Which parts of the network are read"),
            _tr("From which parts of the network the attention is read."),
            {
                "family": (_tr("What suits the model"), _tr("The parts that serve this kind of model best.")),
                "all": (_tr("The whole network"), _tr("Everything in the network that attends to words.")),
                "finest": (_tr("The finest only"), _tr("The parts of the highest resolution: for small things.")),
                "down": (
                    _tr("The first half only"),
                    _tr("The down blocks: the fastest, for what comes after is spared."),
                ),
            },
        ),
        "best_maps": OptionWords(
            _tr("Best maps"),
            _tr("Best maps per label"),
            _tr(
                "Reads for every label only so many of the network's maps, those that tell it from the rest best; "
                "0 takes the mean of all. Try 20 where the attention looks blurred."
            ),
        ),
        "softmax": OptionWords(
            _tr("Competition"),
            _tr("Which words compete for attention"),
            _tr("Among which words the attention is shared out when it is read; the model itself always sees all."),
            {
                "all": (_tr("All tokens (paper)"), _tr("As in the model itself, begin, end and padding included.")),
                "prompt": (_tr("The prompt's words"), _tr("Only what the prompt says: the labels stand out more.")),
                "labels": (
                    _tr("Labels"),
                    _tr("The labels, and the rest of the prompt as one more: for things that are mixed up."),
                ),
            },
        ),
        "resampling": OptionWords(
            _tr("Scaled"),
            _tr("What is scaled to one size"),
            _tr("Maps of the attention have several sizes: what of them is brought to one."),
            {
                "probabilities": (_tr("Attention (paper)"), _tr("After the softmax.")),
                "logits": (_tr("Raw scores"), _tr("Before the softmax: crisper borders between labels.")),
            },
        ),
    }


def told_options(options: GuidanceOptions) -> list[str]:
    """Return what is not at its default, each as ``"Word pull: 0.4"``."""
    words, changed = option_words(), changed_options(options)
    return [f"{each.name}: {_told(each, name, changed[name])}" for name, each in words.items() if name in changed]


def _told(words: OptionWords, name: str, value: object) -> str:
    if words.choices:
        return words.choices[str(value)][0]
    if name == "cfg_until" and isinstance(value, float):
        return _tr("{share} %").format(share=f"{100 * value:.3g}")
    return f"{value:g}"
