"""The canvas's colours, taken from the widget's palette so that they follow the theme."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

__all__ = ["CanvasColours", "ink_on"]


@dataclass(frozen=True, slots=True)
class CanvasColours:
    """Colours of everything that is not a layer.

    Attributes:
        pasteboard: around the artboard; neutral, so that it does not tint the picture.
        paper: the artboard where it shows no picture.
        edge: the line around the artboard.
        shadow: beneath the artboard, at its darkest.
        halo: behind outlines and tags over a picture, so that they can be told from any picture.
        dark: whether the theme is dark.
    """

    pasteboard: QColor
    paper: QColor
    edge: QColor
    shadow: QColor
    halo: QColor
    dark: bool

    @classmethod
    def of(cls, palette: QPalette) -> "CanvasColours":
        """Return the colours that go with a palette."""
        window = palette.color(QPalette.ColorRole.Window)
        if window.lightnessF() < 0.5:
            return cls(
                pasteboard=_grey(window.lightnessF() * 0.72),
                paper=_grey(min(window.lightnessF() * 1.15 + 0.05, 0.4)),
                edge=QColor(255, 255, 255, 26),
                shadow=QColor(0, 0, 0, 110),
                halo=QColor(0, 0, 0, 110),
                dark=True,
            )
        return cls(
            pasteboard=_grey(window.lightnessF() * 0.93),
            paper=QColor("#ffffff"),
            edge=QColor(0, 0, 0, 40),
            shadow=QColor(0, 0, 0, 46),
            halo=QColor(0, 0, 0, 80),
            dark=False,
        )


def _grey(lightness: float) -> QColor:
    """Return a neutral grey with a breath of blue, which looks cleaner beside warm pictures than a pure one."""
    return QColor.fromHslF(0.62, 0.04, min(max(lightness, 0.0), 1.0))


def ink_on(colour: QColor) -> QColor:
    """Return black or white, whichever is read more easily on ``colour`` (relative luminance of WCAG 2.1)."""
    luminance = sum(
        share * _linear(value)
        for share, value in zip((0.2126, 0.7152, 0.0722), (colour.redF(), colour.greenF(), colour.blueF()), strict=True)
    )
    # The contrast with black, (L + 0.05) / 0.05, is the greater one from L = 0.18 on.
    return QColor("#14161a") if luminance > 0.18 else QColor("#ffffff")


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
