"""A fit score in plain words: was this layer ignored?"""

from typing import Final

from PySide6.QtCore import QCoreApplication

from zestdesk.ui.theme import Tokens

__all__ = ["fit_colour", "fit_figure", "fit_word"]

_IGNORED: Final = 0.2
_PARTLY: Final = 0.45
_WELL: Final = 0.7


def fit_word(fit: float) -> str:
    """Return how well the model's attention covers a layer, for an IoU in [0, 1]."""
    if fit < _IGNORED:
        return QCoreApplication.translate("fit", "ignored")
    if fit < _PARTLY:
        return QCoreApplication.translate("fit", "partly")
    if fit < _WELL:
        return QCoreApplication.translate("fit", "fits")
    return QCoreApplication.translate("fit", "fits well")


def fit_figure(fit: float) -> str:
    """Return an IoU as a percentage."""
    return QCoreApplication.translate("fit", "{percent} %").format(percent=round(100 * fit))


def fit_colour(fit: float, tokens: Tokens) -> str:
    """Return the colour that goes with :func:`fit_word`."""
    if fit < _IGNORED:
        return tokens.poor
    return tokens.fair if fit < _PARTLY else tokens.good
