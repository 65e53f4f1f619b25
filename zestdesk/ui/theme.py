"""Colours of the window, dark and light: one table of tokens, from which palette, style sheet and icons follow."""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from typing import Final, Protocol

import shiboken6
from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory

from zestdesk.resources import resource
from zestdesk.ui.style import style_sheet

__all__ = ["CHOICES", "DARK", "LIGHT", "Theme", "Tokens"]

CHOICES: Final = ("system", "light", "dark")
"""What a person may choose under View > Theme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The colours of one theme, as ``#rrggbb``.

    Text on its ground reaches WCAG 2.1 AA (4.5:1), outlines of controls and marks 3:1.

    Attributes:
        dark: whether this is a dark theme.
        window: ground of the window and its docks.
        panel: ground of lists and cards.
        field: ground of fields that take text.
        hover: ground beneath the pointer.
        line: hairlines between parts; decoration only.
        outline: outlines of controls.
        text: main text.
        muted: secondary text.
        disabled: text and icons that cannot be used now.
        accent: lemon; fills.
        accent_hover: likewise, beneath the pointer.
        on_accent: text on the accent.
        accent_text: the accent as text, marks and focus rings.
        selection: ground of selected rows.
        good: of a fit that is there.
        fair: of a fit that is partly there.
        poor: of a fit that is missing, and of errors.
        stage: around the artboard.
    """

    dark: bool
    window: str
    panel: str
    field: str
    hover: str
    line: str
    outline: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    selection: str
    good: str
    fair: str
    poor: str
    stage: str


DARK: Final = Tokens(
    dark=True,
    window="#222225",
    panel="#2a2a2e",
    field="#1a1a1d",
    hover="#36363b",
    line="#38383e",
    outline="#75757d",
    text="#edecea",
    muted="#a9a8a5",
    disabled="#76767c",
    accent="#f5cd47",
    accent_hover="#ffdd6b",
    on_accent="#2a2100",
    accent_text="#f5cd47",
    selection="#403b1e",
    good="#79cf76",
    fair="#e9b949",
    poor="#f39a91",
    stage="#18181a",
)

LIGHT: Final = Tokens(
    dark=False,
    window="#f3f2ee",
    panel="#fbfaf8",
    field="#ffffff",
    hover="#e7e5de",
    line="#dbd8cf",
    outline="#8b887e",
    text="#26251f",
    muted="#62605a",
    disabled="#8c897f",
    accent="#f6cb3c",
    accent_hover="#ffda5c",
    on_accent="#2a2100",
    accent_text="#7a5a00",
    selection="#fbedb8",
    good="#22702a",
    fair="#8a5a00",
    poor="#b3352b",
    stage="#dedcd5",
)


class HasIcon(Protocol):
    """Whatever shows an icon: an action, a button."""

    def setIcon(self, icon: QIcon, /) -> None:
        """Show an icon."""


_SIZES: Final = (16, 20, 24, 32, 40, 48)
"""Sides in pixels at which icons are drawn: 16, 20 and 24 at one and at two device pixels per pixel."""


class Theme(QObject):
    """Dresses the application, and dresses it again when the choice or the system's colour scheme changes.

    Signals:
        changed: everything has new colours.
    """

    changed = Signal()

    def __init__(self, choice: str = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice if choice in CHOICES else "system"
        self._bound: list[tuple[weakref.ref[QObject], str]] = []
        self._icons: dict[str, QIcon] = {}
        self._pixmaps: dict[tuple[str, int, int, str, float], QPixmap] = {}
        self._shapes: dict[tuple[str, int, int], QPixmap] = {}  # icons before they have a colour
        self._drawing: tuple[str, QSvgRenderer] | None = None  # the last one that was read
        self._application().setStyle(QStyleFactory.create("Fusion"))
        self._hints = self._application().styleHints()
        self.tokens = self._wanted()
        self._dress()
        self._hints.colorSchemeChanged.connect(self._follow)

    @property
    def choice(self) -> str:
        """One of :data:`CHOICES`."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Follow the system, or be light or dark whatever it says.

        Raises:
            ValueError: when there is no such choice.
        """
        if choice not in CHOICES:
            raise ValueError(choice)
        if choice == self._choice:
            return
        self._choice = choice
        self._follow()

    def icon(self, name: str) -> QIcon:
        """Return ``resources/icons/<name>.svg`` in this theme's colours; it does not follow later changes."""
        if name not in self._icons:
            self._icons[name] = self._drawn(name)
        return self._icons[name]

    def pixmap(self, name: str, size: QSize, colour: str, ratio: float = 1.0) -> QPixmap:
        """Return an icon in one colour at ``size`` device-independent pixels."""
        key = (name, size.width(), size.height(), colour, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._drawn_pixmap(name, size, colour, ratio)
        return self._pixmaps[key]

    def _drawn_pixmap(self, name: str, size: QSize, colour: str, ratio: float) -> QPixmap:
        picture = QPixmap(self._shape(name, size * ratio))
        painter = QPainter(picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(picture.rect(), QColor(colour))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        return picture

    def _shape(self, name: str, size: QSize) -> QPixmap:
        """Return an icon as it is drawn in its file, which is read once for all sizes that follow one another."""
        key = (name, size.width(), size.height())
        if key not in self._shapes:
            if self._drawing is None or self._drawing[0] != name:
                self._drawing = (name, QSvgRenderer(str(resource("icons", f"{name}.svg"))))
            shape = QPixmap(size)
            shape.fill(Qt.GlobalColor.transparent)
            painter = QPainter(shape)
            self._drawing[1].render(painter)
            painter.end()
            self._shapes[key] = shape
        return self._shapes[key]

    def dress_icon(self, target: HasIcon, name: str) -> None:
        """Give an action or a button an icon that follows the theme for as long as the target lives."""
        target.setIcon(self.icon(name))
        if isinstance(target, QObject):
            self._bound = [(ref, bound) for ref, bound in self._bound if ref() not in (None, target)]
            self._bound.append((weakref.ref(target), name))

    @staticmethod
    def _application() -> QApplication:
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            raise TypeError("a theme needs a QApplication")
        return application

    def _wanted(self) -> Tokens:
        if self._choice == "system":
            return DARK if self._hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._choice == "dark" else LIGHT

    def _follow(self) -> None:
        tokens = self._wanted()
        if tokens is self.tokens:
            return
        self.tokens = tokens
        self._icons.clear()
        self._pixmaps.clear()
        self._dress()
        for ref, name in self._bound:
            target = ref()
            if target is not None and shiboken6.isValid(target):
                target.setIcon(self.icon(name))  # type: ignore[attr-defined]  # HasIcon, checked when it was bound
        self.changed.emit()

    def _dress(self) -> None:
        application = self._application()
        application.setPalette(_palette(self.tokens))
        kind = "dark" if self.tokens.dark else "light"
        names = (f"combo-{kind}", f"close-{kind}", "tick")
        arrow, close, tick = (resource("icons", f"{name}.svg").as_posix() for name in names)
        application.setStyleSheet(style_sheet(self.tokens, arrow, close, tick))

    def _drawn(self, name: str) -> QIcon:
        icon, tokens = QIcon(), self.tokens
        looks = (
            (QIcon.Mode.Normal, QIcon.State.Off, tokens.text),
            (QIcon.Mode.Active, QIcon.State.Off, tokens.text),
            (QIcon.Mode.Normal, QIcon.State.On, tokens.accent_text),
            (QIcon.Mode.Active, QIcon.State.On, tokens.accent_text),
            (QIcon.Mode.Disabled, QIcon.State.Off, tokens.disabled),
            (QIcon.Mode.Disabled, QIcon.State.On, tokens.disabled),
        )
        for mode, state, colour in looks:
            for side in _SIZES:
                icon.addPixmap(self.pixmap(name, QSize(side, side), colour), mode, state)
        return icon


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    for name, colour in (
        (role.Window, tokens.window),
        (role.WindowText, tokens.text),
        (role.Base, tokens.field),
        (role.AlternateBase, tokens.panel),
        (role.Text, tokens.text),
        (role.Button, tokens.panel),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.poor),
        (role.ToolTipBase, tokens.panel),
        (role.ToolTipText, tokens.text),
        (role.PlaceholderText, tokens.muted),
        (role.Highlight, tokens.selection),
        (role.HighlightedText, tokens.text),
        (role.Accent, tokens.accent_text),
        (role.Link, tokens.accent_text),
        (role.LinkVisited, tokens.accent_text),
        (role.Light, tokens.hover),
        (role.Midlight, tokens.hover),
        (role.Mid, tokens.line),
        (role.Dark, tokens.line),
        (role.Shadow, "#000000"),
    ):
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText, role.PlaceholderText):
        palette.setColor(group.Disabled, name, QColor(tokens.disabled))
    return palette
