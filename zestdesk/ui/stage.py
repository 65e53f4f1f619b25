"""What is on show beneath and over the layers: the run that is being made, or one that is finished."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QObject, Signal

from zestdesk.document.layers import BrushLayer, Layer
from zestdesk.document.layout import LayoutState
from zestdesk.files.project import Run
from zestdesk.guidance.request import FloatMasks, Picture, StepEvent

__all__ = ["Stage"]

LayerIds = tuple[tuple[str, ...], ...]


class Stage(QObject):
    """Holds one picture with its attention maps and fits, and the step at which they are looked at.

    Attributes:
        picture: RGB, or None when there is none yet.
        masks: extracted masks at the current step, shape (segments, height, width), or None.
        layer_ids: per segment, the layers behind it.
        fits: per layer id, the fit at the current step.
        losses: per step so far; None where a step had none, or went by unseen.
        guided: per step so far, whether it was guided.
        step: the step that is looked at, from 1; 0 for none.
        total: steps of the run.
        run: the finished run on show, or None.
        live: whether a run that is still being made is on show.

    Signals:
        changed: any of the above.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state: LayoutState | None = None
        self.picture: Picture | None = None
        self.masks: FloatMasks | None = None
        self.layer_ids: LayerIds = ()
        self.fits: dict[str, float] = {}
        self.losses: tuple[float | None, ...] = ()
        self.guided: tuple[bool, ...] = ()
        self.step = self.total = 0
        self.run: Run | None = None
        self.live = False

    def start(self, state: LayoutState, total: int) -> None:
        """Make room for a run that begins; the last picture stays in sight until the first preview."""
        picture = self.picture
        self._reset(state)
        self.picture, self.total, self.live = picture, total, True
        self.changed.emit()

    def feed(self, event: StepEvent, layer_ids: Sequence[tuple[str, ...]]) -> None:
        """Show a step of the run that :meth:`start` announced."""
        self.layer_ids = tuple(layer_ids)
        self.masks, self.step, self.total = event.masks, event.step, event.total
        self.picture = self.picture if event.preview is None else event.preview
        self.fits = self._by_layer(event.fits)
        before = event.step - 1
        unseen = before - len(self.losses)  # steps that went by while another run was on show
        # A run that began again, to save memory, forgets what it had told.
        self.losses = (*self.losses[:before], *(None,) * unseen, event.loss)
        self.guided = (*self.guided[:before], *(False,) * unseen, event.guided)
        self.changed.emit()

    def show_run(self, run: Run) -> None:
        """Show a finished run, at its last step."""
        self._reset(run.state)
        result = run.result
        self.run, self.picture = run, result.picture
        self.layer_ids = tuple(segment.layer_ids for segment in result.request.segments)
        self.losses = tuple(record.loss for record in result.steps)
        self.guided = tuple(record.guided for record in result.steps)
        self.total = len(result.steps)
        self._look_at(self.total)
        self.changed.emit()

    def go_to(self, step: int) -> None:
        """Look at another step of the finished run on show; the picture stays, attention and fits are that step's."""
        if self.run is None:
            return
        step = min(max(step, 1), self.total)
        if step != self.step:
            self._look_at(step)
            self.changed.emit()

    def clear(self) -> None:
        """Show nothing."""
        self._reset(None)
        self.changed.emit()

    def fit_of(self, layer: Layer) -> tuple[float, bool] | None:
        """Return a layer's fit and whether it still holds: the layer is as it was when the run was made.

        None when the run knew no such layer.
        """
        fit = self.fits.get(layer.id)
        if fit is None:
            return None
        made_from = next((item for item in self._state.layers if item.id == layer.id), None) if self._state else None
        return fit, made_from is not None and _same_region(made_from, layer)

    def _reset(self, state: LayoutState | None) -> None:
        self._state = state
        self.picture = self.masks = self.run = None
        self.layer_ids, self.losses, self.guided = (), (), ()
        self.fits = {}
        self.step = self.total = 0
        self.live = False

    def _look_at(self, step: int) -> None:
        if self.run is None:
            return
        result = self.run.result
        self.step = step
        self.masks = None
        if len(result.masks) >= step > 0:
            self.masks = (result.masks[step - 1] / 255).astype(np.float32)
        is_last = step == self.total
        self.fits = self._by_layer(result.fits if is_last or not step else result.steps[step - 1].fits)

    def _by_layer(self, fits: Sequence[float]) -> dict[str, float]:
        return {layer: fit for layers, fit in zip(self.layer_ids, fits, strict=False) for layer in layers}


def _same_region(before: Layer, after: Layer) -> bool:
    """Return whether two states of a layer ask for the same thing in the same place."""
    if before is after:
        return True
    if before.label != after.label or type(before) is not type(after):
        return False
    if isinstance(before, BrushLayer) and isinstance(after, BrushLayer):
        return before.mask == after.mask
    return getattr(before, "path", None) == getattr(after, "path", None)
