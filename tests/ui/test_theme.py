"""Both themes can be read, are followed everywhere, and their icons exist."""

import re

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QToolButton

from tests.ui.desk import Desk
from zestdesk.resources import resource
from zestdesk.ui.actions import TABLES
from zestdesk.ui.fit import fit_colour, fit_figure, fit_word
from zestdesk.ui.theme import DARK, LIGHT, Theme, Tokens


def contrast(one: str, other: str) -> float:
    """Return WCAG 2.1's contrast ratio."""

    def luminance(colour: str) -> float:
        parts = [
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in QColor(colour).getRgbF()
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
def test_text_reaches_aa_on_every_ground(tokens: Tokens) -> None:
    grounds = (tokens.window, tokens.panel, tokens.field, tokens.hover, tokens.selection)
    for ground in grounds:
        for text in (tokens.text, tokens.muted, tokens.accent_text, tokens.good, tokens.fair, tokens.poor):
            assert contrast(text, ground) >= 4.5, (text, ground)
    for accent in (tokens.accent, tokens.accent_hover):
        assert contrast(tokens.on_accent, accent) >= 4.5
    for ground in (tokens.window, tokens.panel, tokens.field):
        assert contrast(tokens.outline, ground) >= 3


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
def test_states_are_told_apart(tokens: Tokens) -> None:
    for ground in (tokens.window, tokens.panel, tokens.field):
        # WCAG asks nothing of what is disabled; that it is there can be seen all the same, and that it is disabled.
        assert contrast(tokens.disabled, ground) >= 3, ground
        assert contrast(tokens.muted, ground) > 1.4 * contrast(tokens.disabled, ground)
        # A focus ring is a mark of the interface (WCAG 2.1, 1.4.11), on every ground it may stand on.
        assert contrast(tokens.accent_text, ground) >= 3
    for ground in (tokens.hover, tokens.selection):
        assert contrast(tokens.accent_text, ground) >= 3
        assert contrast(tokens.text, ground) >= 7
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert len({tokens.window, tokens.panel, tokens.hover, tokens.selection}) == 4


def test_choosing_recolours_palette_sheet_and_icons(qapp: QApplication, theme: Theme) -> None:
    button = QToolButton()
    theme.dress_icon(button, "eye")

    def colours() -> tuple[str, str]:
        image = button.icon().pixmap(QSize(24, 24)).toImage()
        strongest = max(
            (image.pixelColor(x, y) for x in range(24) for y in range(24)), key=lambda colour: colour.alpha()
        )
        return qapp.palette().color(QPalette.ColorRole.Window).name(), strongest.name()

    assert colours() == (DARK.window, DARK.text)
    changes = []
    theme.changed.connect(lambda: changes.append(theme.tokens))
    theme.choose("light")
    assert colours() == (LIGHT.window, LIGHT.text)
    assert LIGHT.panel in qapp.styleSheet()
    theme.choose("light")
    assert changes == [LIGHT]
    theme.choose("dark")
    with pytest.raises(ValueError, match="mauve"):
        theme.choose("mauve")


def test_system_scheme_is_followed_live(qapp: QApplication) -> None:
    theme = Theme("system")
    hints = qapp.styleHints()
    assert theme.tokens is LIGHT
    # What the platform says when the user switches the desktop; the offscreen platform has no such switch.
    seen = []
    theme.changed.connect(lambda: seen.append(theme.tokens))
    hints.setColorScheme(Qt.ColorScheme.Dark)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    wanted = DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
    assert theme.tokens is wanted
    hints.unsetColorScheme()
    theme.choose("dark")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens is DARK


def test_view_menu_switches_and_remembers(desk: Desk) -> None:
    light = next(action for action in desk.window.actions_table.themes.actions() if action.data() == "light")
    light.trigger()
    assert desk.window.theme.tokens is LIGHT
    assert desk.settings.value("view/theme") == "light"
    desk.window.theme.choose("dark")


def test_every_icon_is_drawn_and_names_its_licence() -> None:
    names = sorted(path.stem for path in resource("icons").glob("*.svg"))
    assert "zestdesk" in names
    assert not QIcon(str(resource("icons", "zestdesk.svg"))).pixmap(64, 64).isNull()
    used, dressed = set(), set()
    for path in resource("..", "zestdesk", "ui").resolve().rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        used.update(re.findall(r'"([a-z][a-z0-9-]+)"', text))
        dressed.update(re.findall(r'dress_icon\([^()"]*"([a-z0-9-]+)"', text))
    assert len(dressed) > 5
    assert dressed <= set(names)
    assert {entry.icon for table in TABLES for entry in table.entries()} - {""} <= set(names)
    unused = [name for name in names if name not in used and not re.match(r"(combo|close|zestdesk)", name)]
    assert unused == []
    licences = resource("LICENSES").read_text(encoding="utf-8")
    assert "ISC License" in licences


@pytest.mark.parametrize(("fit", "word"), [(0.0, "ignored"), (0.3, "partly"), (0.5, "fits"), (0.9, "fits well")])
def test_fit_in_plain_words(fit: float, word: str) -> None:
    assert fit_word(fit) == word
    assert fit_figure(0.834) == "83 %"
    assert fit_colour(fit, DARK) in {DARK.poor, DARK.fair, DARK.good}
