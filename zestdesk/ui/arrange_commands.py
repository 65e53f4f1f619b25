"""What the Arrange menu does to the selected layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from zestdesk.document.arrange import Edge, aligned, distributed, fitting, mirroring, quarter_turn, turning
from zestdesk.document.groups import whole_groups
from zestdesk.document.layers import Layer, is_visible
from zestdesk.document.transform import bounds_of, moved, transformed
from zestdesk.ui.selection_deeds import SelectionDeeds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTransform

    from zestdesk.ui.actions import Actions

__all__ = ["ArrangeCommands"]

Unit = tuple[Layer, ...]
"""What moves as one: a layer, or a group all of whose layers are selected."""


class ArrangeCommands(SelectionDeeds):
    """Moves, scales, turns and mirrors the selection as a whole; locked and hidden layers stay."""

    def connect_actions(self, actions: Actions) -> None:
        """Give the Arrange menu's actions their deeds."""
        actions.connect_deeds(
            {
                "flip_horizontal": lambda: self.flip(across=True),
                "flip_vertical": lambda: self.flip(across=False),
                "turn_right": lambda: self.turn_quarter(clockwise=True),
                "turn_left": lambda: self.turn_quarter(clockwise=False),
                "align_left": lambda: self.align("left", self.tr("Align left")),
                "align_centre": lambda: self.align("centre", self.tr("Align centres")),
                "align_right": lambda: self.align("right", self.tr("Align right")),
                "align_top": lambda: self.align("top", self.tr("Align top")),
                "align_middle": lambda: self.align("middle", self.tr("Align middles")),
                "align_bottom": lambda: self.align("bottom", self.tr("Align bottom")),
                "distribute_across": lambda: self.distribute(across=True),
                "distribute_down": lambda: self.distribute(across=False),
                "centre_on_canvas": self.centre,
            }
        )
        actions.show_pivot.toggled.connect(self._selection.pivot.show)

    def flip(self, *, across: bool) -> None:
        """Mirror the selection within its own bounds."""
        layers = self._free()
        frame = bounds_of(layers)
        text = self.tr("Flip horizontally") if across else self.tr("Flip vertically")
        self.transform(layers, mirroring(frame, across=across), text)

    def turn_quarter(self, *, clockwise: bool) -> None:
        """Turn the selection by 90 degrees about its pivot."""
        layers = self._free()
        bounds, pivot = bounds_of(layers), self._selection.pivot
        text = self.tr("Rotate right") if clockwise else self.tr("Rotate left")
        about = turning(pivot.at(bounds), 90 if clockwise else -90)
        self.transform(layers, about if pivot.moved else quarter_turn(bounds, clockwise=clockwise), text)

    def turn(self, angle: float) -> None:
        """Turn the selection by degrees, clockwise, about its pivot."""
        layers = self._free()
        about = self._selection.pivot.at(bounds_of(layers))
        self.transform(layers, turning(about, angle), self.tr("Rotate"))

    def set_frame(self, frame: QRectF) -> None:
        """Move and scale the selection until its bounds are ``frame``; a side that has no length keeps it."""
        layers = self._free()
        before = bounds_of(layers)
        if before.isNull() or frame == before:
            return
        if frame.size() == before.size():
            way = frame.topLeft() - before.topLeft()
            self._push([moved(layer, way.x(), way.y()) for layer in layers], self.tr("Move"))
            return
        self.transform(layers, fitting(before, frame), self.tr("Resize"))

    def align(self, edge: Edge, text: str) -> None:
        """Align layers and groups with the bounds of all, or the only one with the canvas.

        Locked layers stay, and so are what the others align with; hidden ones play no part.
        """
        units = self._units(self._free())
        chosen = tuple(filter(is_visible, self._selection.layers))
        alone = len(self._units(chosen)) < 2
        frame = self._canvas() if alone else bounds_of(chosen)
        self._move_units(units, aligned([bounds_of(unit) for unit in units], frame, edge), text)

    def distribute(self, *, across: bool) -> None:
        """Make the gaps between layers and groups equal."""
        free = self._free()
        units = self._units(free)
        if len(units) < 3:
            if len(free) == len(self._selection.layers):  # else why not was said
                self.hinted.emit(self.tr("Select three layers or groups to distribute them."))
            return
        text = self.tr("Distribute across") if across else self.tr("Distribute down")
        self._move_units(units, distributed([bounds_of(unit) for unit in units], across=across), text)

    def centre(self) -> None:
        """Move the selection as a whole to the middle of the canvas."""
        layers = self._free()
        way = self._canvas().center() - bounds_of(layers).center()
        self._move_units([layers], [way], self.tr("Centre on the canvas"))

    def transform(self, layers: Sequence[Layer], transform: QTransform, text: str) -> None:
        """Transform layers as one step; layers of which there is nothing stay as they are."""
        changed = [transformed(layer, transform) for layer in layers if not bounds_of([layer]).isNull()]
        self._push(changed, text)
        self._selection.pivot.carry(bounds_of(layers), bounds_of(changed), transform)

    def _canvas(self) -> QRectF:
        return QRectF(0, 0, *self._layout.state.canvas)

    def _units(self, layers: Sequence[Layer]) -> list[Unit]:
        """Return what moves as one, leaving out what has no place."""
        whole = {group.id for group in whole_groups(self._layout.state.layers, self._selection.ids)}
        units: dict[str, Unit] = {}
        for layer in layers:
            key = f"group {layer.group.id}" if layer.group and layer.group.id in whole else f"layer {layer.id}"
            units[key] = (*units.get(key, ()), layer)
        return [unit for unit in units.values() if not bounds_of(unit).isNull()]

    def _move_units(self, units: Sequence[Unit], ways: Sequence[QPointF], text: str) -> None:
        changed = [
            moved(layer, way.x(), way.y())
            for unit, way in zip(units, ways, strict=True)
            for layer in unit
            if way != QPointF()
        ]
        self._push(changed, text)
