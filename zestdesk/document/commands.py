"""One small symmetric undo command per edit: ``redo`` applies it, ``undo`` restores exactly what was there.

A command remembers the values that it replaces when it is made: push it on the stack at once. A push that changes
nothing, and a merge that ends where it began, leave no entry in the history. ``bytes_held`` says what a command keeps
in memory, for :class:`~zestdesk.document.undo.UndoStack`; masks are kept packed.
"""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QUndoCommand

from zestdesk.document.layers import Layer
from zestdesk.document.layout import Layout, LayoutState
from zestdesk.document.packed import PackedLayer, PackedState, packed_change
from zestdesk.document.resizing import Anchor, fitting, resized
from zestdesk.document.settings import Settings

__all__ = [
    "AddLayer",
    "AddLayers",
    "ArrangeLayers",
    "ChangeLayers",
    "RemoveLayers",
    "ReplaceState",
    "ResizeCanvas",
    "SetPrompt",
    "SetSettings",
]

_NO_MERGE = -1
_CHANGE_LAYERS, _SET_PROMPT, _SET_SETTINGS = range(1, 4)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)


def named(text: str, label: str) -> str:
    """Return a step's name with the label or name of what it is about, shortened for a menu; for this room only."""
    label = " ".join(label.split())
    if not label:
        return text
    return _tr("{step} “{label}”").format(step=text, label=label if len(label) <= 30 else label[:29] + "…")


class AddLayer(QUndoCommand):
    """Put a new layer at ``index`` (0 is uppermost); between two layers of a group it joins them."""

    def __init__(self, layout: Layout, layer: Layer, index: int = 0) -> None:
        super().__init__(named(_tr("Add layer"), layer.label))
        if any(layer.id == other.id for other in layout.state.layers):
            raise ValueError("a layer with this id is there already")
        if not 0 <= index <= len(layout.state.layers):
            raise ValueError("the index lies outside the layers")
        self._layout, self._index = layout, index
        self._fresh: Layer | None = layer  # until it is in the layout: nothing has to be unpacked then
        self._layer = PackedLayer.of(layer)

    def redo(self) -> None:
        """Insert the layer."""
        layer, self._fresh = self._fresh or self._layer.unpack(), None
        self._layout.insert(self._index, layer)

    def undo(self) -> None:
        """Take it out."""
        self._layout.remove(self._layer.bare.id)

    def bytes_held(self) -> int:
        """Return what the step holds in memory."""
        return self._layer.bytes_held


class AddLayers(QUndoCommand):
    """Put several new layers in.

    Args:
        layout: where to.
        placed: at which index each shall stand when those before it are in.
        text: what the history calls it, already translated.
    """

    def __init__(self, layout: Layout, placed: Sequence[tuple[int, Layer]], text: str) -> None:
        super().__init__(text)
        if {layer.id for _, layer in placed} & {layer.id for layer in layout.state.layers}:
            raise ValueError("a layer with this id is there already")
        self._layout = layout
        self._fresh: Sequence[tuple[int, Layer]] = placed  # until they are in the layout
        self._placed = [(index, PackedLayer.of(layer)) for index, layer in placed]
        self.setObsolete(not placed)

    def redo(self) -> None:
        """Insert them."""
        fresh, self._fresh = self._fresh, ()
        self._layout.insert_all(fresh or [(index, layer.unpack()) for index, layer in self._placed])

    def undo(self) -> None:
        """Take them out."""
        self._layout.remove_all(layer.bare.id for _, layer in reversed(self._placed))

    def bytes_held(self) -> int:
        """Return what the step holds in memory."""
        return sum(layer.bytes_held for _, layer in self._placed)


class RemoveLayers(QUndoCommand):
    """Take layers out; KeyError for an id that is not there."""

    def __init__(self, layout: Layout, ids: Sequence[str]) -> None:
        state = layout.state
        self._layout = layout
        indices = sorted({state.index_of(each) for each in ids})
        self._removed = [(index, PackedLayer.of(state.layers[index])) for index in indices]
        one = len(self._removed) == 1
        super().__init__(named(_tr("Delete layer"), self._removed[0][1].bare.label) if one else _tr("Delete layers"))
        self.setObsolete(not self._removed)

    def redo(self) -> None:
        """Remove them."""
        self._layout.remove_all(layer.bare.id for _, layer in self._removed)

    def undo(self) -> None:
        """Put each back where it stood."""
        self._layout.insert_all((index, layer.unpack()) for index, layer in self._removed)

    def bytes_held(self) -> int:
        """Return what the step holds in memory."""
        return sum(layer.bytes_held for _, layer in self._removed)


class ArrangeLayers(QUndoCommand):
    """Put the layers into another order and into other groups; all at once, and one step.

    Args:
        layout: where the layers are.
        layers: all of them in the order and with the groups that they shall have, as the functions of
            :mod:`zestdesk.document.groups` return them; only that is taken from them.
        text: what the history calls it, already translated.
    """

    def __init__(self, layout: Layout, layers: Sequence[Layer], text: str) -> None:
        super().__init__(text)
        self._layout = layout
        self._before, self._after = (
            [(layer.id, layer.group) for layer in each] for each in (layout.state.layers, layers)
        )
        if {layer_id for layer_id, _ in self._before} != {layer_id for layer_id, _ in self._after}:
            raise ValueError("an order has every layer once")
        self.setObsolete(self._before == self._after)

    def redo(self) -> None:
        """Set the new order."""
        self._layout.arrange(self._after)

    def undo(self) -> None:
        """Set the old order."""
        self._layout.arrange(self._before)


class ChangeLayers(QUndoCommand):
    """Give layers new values; their ids stay.

    Args:
        layout: where the layers are.
        changes: the layers as they shall be; KeyError for an id that is not there.
        text: what the history calls it, already translated.
        merge_key: commands with the same key, not empty, on the same layers become one step (typing, sliders).
    """

    def __init__(self, layout: Layout, changes: Sequence[Layer], text: str, merge_key: str = "") -> None:
        super().__init__(text)
        self._layout, self.merge_key = layout, merge_key
        self._fresh: dict[str, Layer] | None = {layer.id: layer for layer in changes}  # until they are in the layout
        pairs = {layer.id: packed_change(layout.state.layer(layer.id), layer) for layer in self._fresh.values()}
        self.before = {layer_id: before for layer_id, (before, _) in pairs.items()}
        self.after = {layer_id: after for layer_id, (_, after) in pairs.items()}
        self.setObsolete(self.before == self.after)

    def redo(self) -> None:
        """Set the new values."""
        fresh, self._fresh = self._fresh, None
        if fresh is None:
            self._set(self.after)
        else:
            self._layout.replace_layers([fresh[layer_id] for layer_id in self._changed()])

    def undo(self) -> None:
        """Set the old values."""
        self._set(self.before)

    def id(self) -> int:
        """Return which commands may merge with this one."""
        return _CHANGE_LAYERS if self.merge_key else _NO_MERGE

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over the values of a later command of the same series."""
        if (
            not isinstance(other, ChangeLayers)
            or other.merge_key != self.merge_key
            or other.after.keys() != self.after.keys()
        ):
            return False
        for layer_id, after in other.after.items():
            # A mask that only one of the two changed is kept by that one alone.
            self.before[layer_id] = self.before[layer_id].with_mask_of(other.before[layer_id])
            self.after[layer_id] = after.with_mask_of(self.after[layer_id])
        self.setObsolete(self.before == self.after)
        return True

    def bytes_held(self) -> int:
        """Return what the step holds in memory."""
        return sum(layer.bytes_held for layer in (*self.before.values(), *self.after.values()))

    def _changed(self) -> list[str]:
        return [layer_id for layer_id, after in self.after.items() if after != self.before[layer_id]]

    def _set(self, new: dict[str, PackedLayer]) -> None:
        state = self._layout.state
        self._layout.replace_layers([new[each].unpack(state.layer(each)) for each in self._changed()])


class SetPrompt(QUndoCommand):
    """Set prompt and negative prompt; typing in one of them becomes one step."""

    def __init__(self, layout: Layout, prompt: str, negative_prompt: str) -> None:
        state = layout.state
        self._layout = layout
        self.before, self.after = (state.prompt, state.negative_prompt), (prompt, negative_prompt)
        super().__init__(_tr("Edit prompt") if prompt != state.prompt else _tr("Edit negative prompt"))
        self.setObsolete(self.before == self.after)

    def redo(self) -> None:
        """Set the new texts."""
        self._layout.set_prompt(*self.after)

    def undo(self) -> None:
        """Set the old texts."""
        self._layout.set_prompt(*self.before)

    def id(self) -> int:
        """Return which commands may merge with this one."""
        return _SET_PROMPT

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over later typing in the same field."""
        if not isinstance(other, SetPrompt) or other.touched() != self.touched():
            return False
        self.after = other.after
        self.setObsolete(self.before == self.after)
        return True

    def bytes_held(self) -> int:
        """Return what the step holds in memory."""
        return sum(4 * len(text) for text in (*self.before, *self.after))

    def touched(self) -> tuple[bool, bool]:
        """Return whether the prompt and whether the negative prompt differ."""
        return self.before[0] != self.after[0], self.before[1] != self.after[1]


class SetSettings(QUndoCommand):
    """Set how to generate; commands with the same ``merge_key``, not empty, become one step.

    Args:
        layout: whose settings they are.
        settings: as they shall be.
        merge_key: see above.
        text: what the history calls it, already translated, in place of the usual.
    """

    def __init__(self, layout: Layout, settings: Settings, merge_key: str = "", text: str = "") -> None:
        super().__init__(text or _tr("Change settings"))
        self._layout, self.merge_key = layout, merge_key
        self.before, self.after = layout.state.settings, settings
        self.setObsolete(self.before == self.after)

    def redo(self) -> None:
        """Set the new settings."""
        self._layout.set_settings(self.after)

    def undo(self) -> None:
        """Set the old settings."""
        self._layout.set_settings(self.before)

    def id(self) -> int:
        """Return which commands may merge with this one."""
        return _SET_SETTINGS if self.merge_key else _NO_MERGE

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over the settings of a later command of the same series."""
        if not isinstance(other, SetSettings) or other.merge_key != self.merge_key:
            return False
        self.after = other.after
        self.setObsolete(self.before == self.after)
        return True


class ResizeCanvas(QUndoCommand):
    """Give the canvas another size.

    Shapes and guides go along whole; brush masks are cropped or extended with nothing.

    Args:
        layout: whose canvas it is.
        canvas: (width, height).
        anchor: which point of the old canvas stays at the same point of the new one, see
            :data:`~zestdesk.document.resizing.Anchor`.
        scale: whether the contents are fitted into the new canvas.

    Raises:
        UserError: when the canvas has no area or is too large.
    """

    def __init__(
        self, layout: Layout, canvas: tuple[int, int], anchor: Anchor = (0, 0), *, scale: bool = False
    ) -> None:
        super().__init__(_tr("Scale canvas") if scale else _tr("Resize canvas"))
        state = layout.state
        LayoutState(canvas=canvas)  # raises
        self._layout, self._canvas = layout, canvas
        self._fit = fitting(state.canvas, canvas, anchor, scale=scale)
        self._before = PackedState(state)
        self.setObsolete(canvas == state.canvas)

    def redo(self) -> None:
        """Resize."""
        self._layout.set_canvas(self._canvas, *resized(self._layout.state, self._canvas, self._fit))

    def undo(self) -> None:
        """Restore size, masks with what was cropped, and places."""
        before = self._before.unpack()
        self._layout.set_canvas(before.canvas, before.layers, before.guides, before.start)

    def bytes_held(self) -> int:
        """Return what the step holds in memory."""
        return self._before.bytes_held


class ReplaceState(QUndoCommand):
    """Replace the whole layout, as when a run's is restored."""

    def __init__(self, layout: Layout, state: LayoutState, text: str) -> None:
        super().__init__(text)
        self._layout = layout
        self._fresh: LayoutState | None = state  # until it is in the layout
        self._before, self._after = PackedState(layout.state), PackedState(state)
        self.setObsolete(layout.state == state)

    def redo(self) -> None:
        """Set the new state."""
        state, self._fresh = self._fresh or self._after.unpack(), None
        self._layout.set_state(state)

    def undo(self) -> None:
        """Set the old state."""
        self._layout.set_state(self._before.unpack())

    def bytes_held(self) -> int:
        """Return what the step holds in memory."""
        return self._before.bytes_held + self._after.bytes_held
