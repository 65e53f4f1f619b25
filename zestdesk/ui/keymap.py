"""Which key does what: the tables' own shortcuts, what the user changed, and sets of keys from other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QKeySequence

from zestdesk.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtCore import QSettings

    from zestdesk.ui.actions import Actions

__all__ = ["OWN", "Keymap", "Preset", "presets"]

_STORED: Final = "shortcuts/changed"
_RESERVED: Final = frozenset({"Space", "Tab", "Shift+Tab", "Backtab", "Esc", "Left", "Right", "Up", "Down"})
"""Keys that the canvas, the lists and the dialogs need for themselves."""

OWN: Final = "zestdesk"
"""Id of the preset that is nothing but the tables' own shortcuts."""

Keys = tuple[str, ...]


class Preset(NamedTuple):
    """A set of shortcuts.

    Attributes:
        id: its file's name.
        title: for people.
        keys: shortcuts by the action's name, in Qt's portable notation; what it lacks keeps our own.
    """

    id: str
    title: str
    keys: Mapping[str, Keys]


def presets() -> tuple[Preset, ...]:
    """Return the sets that ship, our own first."""
    found = [Preset(OWN, "ZestDesk", {})]
    titles = {
        "krita": QCoreApplication.translate("Keymap", "Krita-like"),
        "inkscape": QCoreApplication.translate("Keymap", "Inkscape-like"),
    }
    for name, title in titles.items():
        keys = json.loads(resource("keymaps", f"{name}.json").read_text(encoding="utf-8"))
        found.append(Preset(name, title, {action: tuple(each) for action, each in keys.items()}))
    return tuple(found)


def normal(key: str) -> str:
    """Return a shortcut in Qt's portable notation; empty for what is none."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


class Keymap(QObject):
    """The shortcuts as they are now; differences from the tables are remembered.

    Signals:
        changed: some action has other shortcuts.
    """

    changed = Signal()

    def __init__(self, actions: Actions, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions, self._settings = actions, settings
        self._defaults: dict[str, Keys] = {
            name: tuple(normal(key.toString()) for key in action.shortcuts())
            for name, action in actions.by_name.items()
        }
        self._now = dict(self._defaults)
        self._apply(self._merged(self._stored()))

    def keys(self, name: str) -> Keys:
        """Return an action's shortcuts, the one that menus show first."""
        return self._now[name]

    def default(self, name: str) -> Keys:
        """Return the shortcuts that an action has of its own."""
        return self._defaults[name]

    def differs(self, name: str) -> bool:
        """Return whether an action's shortcuts are not its own ones."""
        return self._now[name] != self._defaults[name]

    @property
    def preset(self) -> str | None:
        """Id of the set that the shortcuts are now; None when the user made one of their own."""
        return next((each.id for each in presets() if self._merged(each.keys) == self._now), None)

    def objection(self, name: str, key: str) -> str:
        """Return why an action may not have a key, in a sentence; empty when it may."""
        if key in _RESERVED and key not in self._defaults[name]:
            shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            return self.tr("“{key}” is needed on the canvas and in lists; take another key.").format(key=shown)
        return ""

    def holders(self, name: str, keys: Iterable[str]) -> dict[str, str]:
        """Return which other action has each of these keys now, by key; keys that are free are left out."""
        wanted = set(keys)
        return {key: other for other, held in self._now.items() if other != name for key in held if key in wanted}

    def assign(self, name: str, keys: Iterable[str]) -> None:
        """Give an action these shortcuts; whoever had one of them loses it."""
        wanted = tuple(dict.fromkeys(filter(None, map(normal, keys))))
        now = {other: tuple(key for key in held if key not in wanted) for other, held in self._now.items()}
        now[name] = wanted
        self._take(now)

    def reset(self, name: str) -> None:
        """Give an action its own shortcuts; whoever had one of them loses it."""
        self.assign(name, self._defaults[name])

    def use_preset(self, preset: Preset) -> None:
        """Use a set of shortcuts; everything that was changed before is forgotten."""
        self._take(self._merged(preset.keys))

    def _take(self, now: Mapping[str, Keys]) -> None:
        self._apply(now)
        differences = {name: list(keys) for name, keys in self._now.items() if keys != self._defaults[name]}
        self._settings.setValue(_STORED, json.dumps(differences) if differences else "")
        self.changed.emit()

    def _apply(self, now: Mapping[str, Keys]) -> None:
        for name, keys in now.items():
            action = self._actions.by_name[name]
            if keys != self._now[name]:
                action.setShortcuts([QKeySequence(key) for key in keys])
                self._actions.describe(action)
        self._now = dict(now)

    def _merged(self, wanted: Mapping[str, Keys]) -> dict[str, Keys]:
        """Return the shortcuts of all actions where some differ; an action's own ones yield to those."""
        wanted = {name: keys for name, keys in wanted.items() if name in self._defaults}
        taken = {key for keys in wanted.values() for key in keys}
        return {
            name: wanted[name] if name in wanted else tuple(key for key in keys if key not in taken)
            for name, keys in self._defaults.items()
        }

    def _stored(self) -> dict[str, Keys]:
        """Return the remembered differences; what cannot be read, or would name a key twice, is left out."""
        try:
            stored = json.loads(str(self._settings.value(_STORED, "") or "{}"))
        except ValueError:
            return {}
        found: dict[str, Keys] = {}
        taken: set[str] = set()
        for name, keys in stored.items() if isinstance(stored, dict) else ():
            if name in self._defaults and isinstance(keys, list) and all(isinstance(key, str) for key in keys):
                found[name] = tuple(key for key in dict.fromkeys(map(normal, keys)) if key and key not in taken)
                taken.update(found[name])
        return found
