"""What helps the hand on the canvas: rulers, grid, guides, snapping. A person's choice, not a layout's."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QSettings, Signal

if TYPE_CHECKING:
    from zestdesk.ui.actions import Actions

__all__ = ["MAX_SPACING", "MAX_SUBDIVISIONS", "AidChoices", "Aids"]

MAX_SPACING: Final = 4096
"""Of the grid, in canvas pixels."""

MAX_SUBDIVISIONS: Final = 64

_GROUP: Final = "canvas"
_ACTIONS: Final = {
    "show_rulers": "rulers",
    "show_guides": "guides",
    "lock_guides": "guides_locked",
    "show_grid": "grid",
    "snapping": "snapping",
    "snap_grid": "snap_to_grid",
    "snap_guides": "snap_to_guides",
    "snap_canvas": "snap_to_canvas",
    "snap_layers": "snap_to_layers",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AidChoices:
    """All choices as one value.

    Attributes:
        rulers: whether rulers are shown.
        guides: whether guides are shown; hidden ones attract nothing.
        guides_locked: whether guides stay where they are.
        grid: whether the grid is shown; a hidden one attracts nothing.
        spacing: between the grid's main lines, in canvas pixels, 1 to :data:`MAX_SPACING`.
        subdivisions: into how many parts finer lines divide that, 1 to :data:`MAX_SUBDIVISIONS`.
        snapping: whether anything attracts at all.
        snap_to_grid: whether the grid does.
        snap_to_guides: whether guides do.
        snap_to_canvas: whether edges and centre of the canvas do.
        snap_to_layers: whether edges and centres of other layers do.
    """

    rulers: bool = True
    guides: bool = True
    guides_locked: bool = False
    grid: bool = False
    spacing: int = 64
    subdivisions: int = 4
    snapping: bool = True
    snap_to_grid: bool = True
    snap_to_guides: bool = True
    snap_to_canvas: bool = True
    snap_to_layers: bool = True

    @property
    def step(self) -> float:
        """Distance of the grid's finest lines, in canvas pixels."""
        return self.spacing / self.subdivisions


class Aids(QObject):
    """Holds the choices, remembers them, and keeps the View menu's switches in step.

    Signals:
        changed: ``now`` has other values.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = AidChoices()
        self._settings: QSettings | None = None

    @property
    def now(self) -> AidChoices:
        """The choices as they are."""
        return self._now

    def choose(self, **values: Any) -> None:  # noqa: ANN401 - the fields of AidChoices
        """Change some of the choices, by their names."""
        now = replace(self._now, **values)
        if now == self._now:
            return
        self._now = now
        if self._settings is not None:
            for name in values:
                self._settings.setValue(f"{_GROUP}/{name}", getattr(now, name))
        self.changed.emit()

    def remember_in(self, settings: QSettings) -> None:
        """Take the choices of the last time, and store every later one there. What makes no sense is passed over."""
        found: dict[str, bool | int] = {}
        default = AidChoices()
        for item in fields(AidChoices):
            name, first = item.name, getattr(default, item.name)
            if isinstance(first, bool):
                found[name] = bool(settings.value(f"{_GROUP}/{name}", first, type=bool))
                continue
            stored = str(settings.value(f"{_GROUP}/{name}", first))
            most = MAX_SPACING if name == "spacing" else MAX_SUBDIVISIONS
            if stored.isascii() and stored.isdigit() and 1 <= int(stored) <= most:
                found[name] = int(stored)
        self.choose(**found)
        self._settings = settings

    def connect_actions(self, actions: Actions) -> None:
        """Let the View menu's switches choose, and show what is chosen."""
        for action_name, name in _ACTIONS.items():
            action = actions.by_name[action_name]
            action.toggled.connect(lambda on, name=name: self.choose(**{name: on}))
        self.changed.connect(lambda: self._show_on(actions))
        self._show_on(actions)

    def _show_on(self, actions: Actions) -> None:
        for action_name, name in _ACTIONS.items():
            actions.by_name[action_name].setChecked(getattr(self._now, name))
        for action_name, name in _ACTIONS.items():
            if name.startswith("snap_to"):
                actions.by_name[action_name].setEnabled(self._now.snapping)
