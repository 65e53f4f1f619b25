"""What the layers panel says about a layer or a group in words: shown, spoken, and in tooltips."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from zestdesk.document.layers import Group, Layer, guides_throughout, is_locked, is_visible
from zestdesk.ui.fit import fit_figure, fit_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zestdesk.ui.preflight import Preflight
    from zestdesk.ui.stage import Stage

__all__ = ["LayerWords", "span_figure"]

_LONGEST: Final = 400  # characters of a label in a tooltip, or spoken
_SHORT: Final = 20  # characters that fit into a row at any width


def span_figure(layer: Layer) -> str:
    """Return in which part of the steps a layer guides, in short: ``"20–60 %"``."""
    return _tr("{start}–{end} %").format(start=round(100 * layer.start), end=round(100 * layer.end))


class LayerWords:
    """Words about layers, for the fits of a stage and what there is to say before a run."""

    def __init__(self, stage: Stage, preflight: Preflight) -> None:
        self._stage, self._preflight = stage, preflight

    def advice(self, item: Layer | Group) -> tuple[str, ...]:
        """Return the hints for a layer; there are none for groups."""
        return () if isinstance(item, Group) else self._preflight.of(item.id)

    def fit(self, item: Layer | Group) -> tuple[float, bool] | None:
        """Return the fit of a layer that is shown, and whether it still holds; None where none is known."""
        return None if isinstance(item, Group) or not is_visible(item) else self._stage.fit_of(item)

    @staticmethod
    def text(item: Layer | Group) -> str:
        """Return what the user wrote: a layer's label or a group's name."""
        return item.name if isinstance(item, Group) else item.label

    def title(self, item: Layer | Group) -> str:
        """Return the label or name on one line, or that there is none."""
        unnamed = _tr("Unnamed group") if isinstance(item, Group) else _tr("Unnamed layer")
        return " ".join(self.text(item).split()) or unnamed

    def spoken(self, item: Layer | Group, count: int) -> str:
        """Return what a screen reader says.

        Args:
            item: a row.
            count: of the layers in a group.
        """
        parts = [_cut(self.title(item))]
        if isinstance(item, Group):
            layers = _tr("1 layer") if count == 1 else _tr("{count} layers").format(count=count)
            parts += [_tr("group"), layers]
            visible, locked = item.visible, item.locked
        else:
            visible, locked = is_visible(item), is_locked(item)
        parts += [word for word, holds in ((_tr("hidden"), not visible), (_tr("locked"), locked)) if holds]
        if not isinstance(item, Group) and not guides_throughout(item):
            parts.append(_tr("guides in {span} of the steps").replace("{span}", span_figure(item)))
        if fit := self.fit(item):
            parts.append(f"{fit_word(fit[0])}, {fit_figure(fit[0])}")
        return ", ".join((*parts, *self.advice(item)))

    def tip(self, item: Layer | Group) -> str:
        """Return a tooltip: what may be cut in the row, how the fit is meant, and all hints."""
        lines = [_cut(self.text(item))] if len(self.text(item)) > _SHORT else []
        if not isinstance(item, Group) and not guides_throughout(item):
            lines.append(_tr("Guides in {span} of the steps only.").replace("{span}", span_figure(item)))
        if fit := self.fit(item):
            text = _tr("The model's attention overlaps this layer by {figure}: {word}.")
            lines.append(text.format(figure=fit_figure(fit[0]), word=fit_word(fit[0])))
            if not fit[1]:
                lines.append(_tr("Measured before the layer was changed; generate again to renew it."))
        return _plain([*lines, *self.advice(item)])


def _tr(text: str) -> str:
    return QCoreApplication.translate("LayerWords", text)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _plain(lines: Sequence[str]) -> str:
    """Return lines for a tooltip; what a label says is text, even where it looks like HTML."""
    return "<qt>" + "<br>".join(html.escape(line) for line in lines) + "</qt>" if lines else ""
