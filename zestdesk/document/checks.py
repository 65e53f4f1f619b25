"""What a look at the layout alone can tell before a run: what cannot work, and what will hardly work."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QRectF

from zestdesk.document.layers import Layer, ShapeLayer, is_visible
from zestdesk.document.layout import LayoutState
from zestdesk.document.masks import rasterise, remembered
from zestdesk.document.start import require_region
from zestdesk.errors import UserError

__all__ = ["Advice", "advice", "require_sound"]

CELLS: Final = 16
"""Attention cells along a side of the canvas, at the resolution where the maps tell objects apart best."""

_CHECK_SIDE: Final = 1024  # the longest side at which areas are looked at before a run
_ADVICE_SIDE: Final = 256  # likewise while the user is drawing
_LITTLE_LEFT: Final = 0.25
_ROUNDING: Final = 2 / 255


@dataclass(frozen=True, slots=True)
class Advice:
    """What is to be said about one layer, or about a setting.

    Attributes:
        layer_id: of the layer; empty for a setting.
        text: one sentence for the user, translated.
        stops: whether a run is refused for it, as far as a coarse look can tell; :func:`require_sound` decides.
        setting: which of ``Settings.names()`` it is about; empty for a layer.
    """

    layer_id: str
    text: str
    stops: bool = False
    setting: str = ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Checks", text)


def _look_size(canvas: tuple[int, int], longest: int) -> tuple[int, int]:
    """Return the canvas's size, brought down to ``longest`` where it is larger."""
    scale = min(1.0, longest / max(canvas))
    return max(1, round(canvas[0] * scale)), max(1, round(canvas[1] * scale))


def _people_name(index: int, layer: Layer) -> str:
    label = " ".join(layer.label.split())
    text = _tr("Layer {number}, “{label}”,") if label else _tr("Layer {number}")
    return text.format(number=index + 1, label=label)


def require_sound(state: LayoutState) -> None:
    """Make sure that a picture can be asked for; hidden layers do not matter.

    Raises:
        UserError: no layer and no prompt; a layer without a label, without an area on the canvas, or wholly covered.
            Its place names the layer from 0 (``layers[2].label``), its sentence counts from 1, as people do. Or only
            the place of layers that cannot be seen is to be redrawn.
    """
    require_region(state.start, state.layers)
    visible = [(index, layer) for index, layer in enumerate(state.layers) if is_visible(layer)]
    if not visible and not state.prompt.strip():
        raise UserError(
            _tr("There is nothing to make a picture of; write a prompt, or draw a layer and give it a label."), "prompt"
        )
    for index, layer in visible:
        if not layer.label.strip():
            raise UserError(
                _tr("Layer {number} has no label; write what shall appear there, or hide the layer.").format(
                    number=index + 1
                ),
                f"layers[{index}].label",
            )
    size = _look_size(state.canvas, _CHECK_SIDE)
    left = np.ones((size[1], size[0]), np.float32)
    above = np.zeros_like(left)
    for index, layer in visible:
        own = rasterise(layer, state.canvas, size)
        if not own.any():
            raise _no_area(state, index, layer)
        if _is_covered(own, above, left):
            raise UserError(
                _tr(
                    "{name} is wholly covered by the layers above it; move or shrink one of them, change their order, "
                    "or hide this one."
                ).format(name=_people_name(index, layer)),
                f"layers[{index}]",
            )
        left *= 1 - own
        above += own


def _is_covered(own: NDArray[np.float32], above: NDArray[np.float32], left: NDArray[np.float32]) -> bool:
    """Return whether nothing worth speaking of is left of a mask.

    Where two equal outlines lie on each other, their antialiased edges leave a faint rim, at most a quarter of a
    pixel deep: a layer counts as covered when it is nowhere stronger than the sum of what lies above.
    """
    return bool(((own * left) <= _LITTLE_LEFT + _ROUNDING).all() and (own <= np.minimum(above, 1) + _ROUNDING).all())


def _no_area(state: LayoutState, index: int, layer: Layer) -> UserError:
    name, place = _people_name(index, layer), f"layers[{index}]"
    if not isinstance(layer, ShapeLayer):
        empty = _tr("{name} is empty; paint where it shall appear, or hide the layer.")
        return UserError(empty.format(name=name), place)
    bounds = layer.path.boundingRect()
    if not bounds.isEmpty() and not bounds.intersects(QRectF(0, 0, *state.canvas)):
        outside = _tr("{name} lies outside the canvas; move it onto the canvas, or hide it.")
        return UserError(outside.format(name=name), place)
    thin = _tr("{name} has no area on the canvas; make it larger, or hide it.")
    return UserError(thin.format(name=name), place)


def advice(state: LayoutState) -> tuple[Advice, ...]:
    """Return what can be said of the visible layers by themselves, upper first, then of settings that undo each other.

    Quick enough to ask after every edit. What prompt and model have to do with them is not known here.
    """
    size = _look_size(state.canvas, _ADVICE_SIDE)
    cell = size[0] / CELLS, size[1] / CELLS
    left = np.ones((size[1], size[0]), np.float32)
    hints: list[Advice] = []
    for layer in state.layers:
        if not is_visible(layer):
            continue
        if not layer.label.strip():
            hints.append(Advice(layer.id, _tr("No label yet: write what shall appear here."), stops=True))
        own = remembered(layer, state.canvas, size)
        window = _bounds(own)
        hints.extend(_area_hints(layer, own[window], left[window], cell))
        hints.extend(_steering_hints(layer, state))
        left[window] *= 1 - own[window]
    hints.extend(_setting_hints(state))
    return tuple(hints)


def _steps(fraction: float, count: int) -> int:
    """Return how many steps, from the first, a fraction of all is: rounded up, but for what rounding errors add."""
    return math.ceil(fraction * count - 1e-9)


def _taken(state: LayoutState) -> int:
    """Return how many steps are taken, of which spans are parts: a run that begins with a picture takes the last."""
    steps = state.settings.steps
    return steps if state.start is None else max(1, _steps(state.start.strength, steps))


def _guided(state: LayoutState) -> int:
    """Return how many steps, from the first, the layers steer: by the gradient, by Paint-with-Words, or by both."""
    settings = state.settings
    return _steps(settings.tau, _taken(state)) if settings.eta or settings.pww else 0


def _percent(fraction: float) -> str:
    return f"{100 * fraction:.3g}"


def _steering_hints(layer: Layer, state: LayoutState) -> Iterator[Advice]:
    """Yield why a layer steers nothing, although others may."""
    taken = _taken(state)
    first, last = _steps(layer.start, taken), _steps(layer.end, taken)
    if layer.weight == 0:
        yield Advice(layer.id, _tr("Its weight is 0: the model is not steered by this layer."))
    elif first >= last:
        text = _tr("Its span, {start} % to {end} %, holds none of the {steps} steps: give it a longer one.")
        text = text.format(start=_percent(layer.start), end=_percent(layer.end), steps=taken)
        yield Advice(layer.id, text)
    elif 0 < _guided(state) <= first:
        text = _tr(
            "It begins to guide at {start} % of the steps, but the guided part ends at {end} %: "
            "the model is not steered by this layer."
        )
        yield Advice(layer.id, text.format(start=_percent(layer.start), end=_percent(state.settings.tau)))


def _setting_hints(state: LayoutState) -> Iterator[Advice]:
    """Yield what there is to say about settings that undo each other."""
    settings, layered = state.settings, any(map(is_visible, state.layers))
    guided = _guided(state)
    if layered and not (settings.eta or settings.pww):
        yield Advice("", _tr("Strength and word pull are 0: the layers steer nothing."), setting="eta")
    elif layered and not guided:
        yield Advice("", _tr("The guided part is 0 %: the layers steer nothing."), setting="tau")
    if layered and 1 < guided <= settings.guide_every and not settings.pww:
        text = _tr("Only the first step is guided: of the {count} guided ones, one in {every} is.")
        yield Advice("", text.format(count=guided, every=settings.guide_every), setting="guide_every")
    if state.negative_prompt.strip():
        if settings.guidance_scale <= 1:
            text = _tr("The negative prompt does nothing: it needs a prompt strength above 1.")
            yield Advice("", text, setting="guidance_scale")
        elif not settings.cfg_until:
            text = _tr("The negative prompt does nothing: prompt strength ends before the first step.")
            yield Advice("", text, setting="cfg_until")


def _bounds(mask: NDArray[np.float32]) -> tuple[slice, slice]:
    """Return the smallest window that holds all of a mask: most layers cover little of the canvas."""
    rows = np.flatnonzero(mask.any(axis=1))
    if not rows.size:
        return slice(0), slice(0)
    band = slice(int(rows[0]), int(rows[-1]) + 1)
    columns = np.flatnonzero(mask[band].any(axis=0))
    return band, slice(int(columns[0]), int(columns[-1]) + 1)


def _area_hints(
    layer: Layer, own: NDArray[np.float32], left: NDArray[np.float32], cell: tuple[float, float]
) -> list[Advice]:
    """Return what there is to say about a layer's mask, cut to its bounds like what the upper layers leave."""
    total = float(own.sum())
    if total == 0:
        return [Advice(layer.id, _tr("Nothing of this layer is on the canvas."), stops=True)]
    seen = float((own * left).sum())
    if seen < 0.01 * total:
        return [Advice(layer.id, _tr("Wholly covered by the layers above."), stops=True)]
    hints = []
    if seen < 0.25 * total:
        hints.append(Advice(layer.id, _tr("Mostly covered by the layers above.")))
    high, wide = own.shape
    if total < cell[0] * cell[1] or wide < cell[0] or high < cell[1]:
        text = _tr("Smaller than one attention cell (1/16 of the canvas): the model may not see it.")
        hints.append(Advice(layer.id, text))
    return hints
