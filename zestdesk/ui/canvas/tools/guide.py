"""Guides under the hand: pulled out of a ruler, dragged, nudged, typed, dragged back."""

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from zestdesk.document.guide_commands import AddGuide, MoveGuide, RemoveGuides
from zestdesk.document.guides import MAX_GUIDE_POSITION, Guide, Orientation
from zestdesk.document.layout import Change, GuidesChanged
from zestdesk.errors import UserError
from zestdesk.ui.actions import Actions
from zestdesk.ui.aid_dialogs import ask_guide_position
from zestdesk.ui.canvas.guide_lines import GuideLines
from zestdesk.ui.canvas.tools.base import Pointer, Tool, ToolContext
from zestdesk.ui.error_words import error_sentence

__all__ = ["GuideTool"]

_ARROWS: Final = {
    Qt.Key.Key_Left: ("vertical", -1),
    Qt.Key.Key_Right: ("vertical", 1),
    Qt.Key.Key_Up: ("horizontal", -1),
    Qt.Key.Key_Down: ("horizontal", 1),
}
_DRAG: Final = 3.0  # screen pixels: less is a click
_REMOVING: Final = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


class GuideTool(Tool):
    """Takes the presses that are meant for guides; it is never in hand itself.

    Attributes:
        lines: how guides are shown.
    """

    name = "guide"
    edits = False

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self.lines = GuideLines(context.scene, context.layout, context.aids)
        self._pulled: Orientation | None = None  # out of a ruler, and not yet pressed down
        self._busy = False
        self._lifted: Guide | None = None
        self._place: Guide | None = None  # where it would be dropped; None where it would be thrown away
        self._orientation: Orientation = "vertical"
        self._moved = False
        self._start = Pointer(QPointF(), QPointF())
        self._offset = 0.0  # of the guide from where it was grabbed
        self._selected: Guide | None = None
        self._hovered: Guide | None = None
        context.selection.changed.connect(self._selection_changed)
        context.layout.changed.connect(self._keep_selected)
        context.aids.changed.connect(self._aids_changed)

    @property
    def busy(self) -> bool:  # noqa: D102
        return self._busy

    @property
    def selected(self) -> Guide | None:
        """The guide that keys work on."""
        return self._selected

    def connect_actions(self, actions: Actions) -> None:
        """Give the actions on guides their deeds."""
        layout = self.context.layout
        actions.connect_deeds(
            {"clear_guides": lambda: self.context.undo.push(RemoveGuides(layout, layout.state.guides))}
        )
        layout.changed.connect(lambda: actions.clear_guides.setEnabled(bool(layout.state.guides)))
        actions.clear_guides.setEnabled(bool(layout.state.guides))

    # What is meant for a guide

    def pull(self, orientation: Orientation) -> bool:
        """Let the next press begin a new guide; return False after a hint where guides are locked."""
        if self.context.aids.now.guides_locked:
            self.context.hinted.emit(self.tr("Guides are locked: unlock them in the View menu to add one."))
            return False
        self.context.aids.choose(guides=True)
        self._pulled = orientation
        return True

    def takes(self, pointer: Pointer, tool: str) -> bool:
        """Return whether a press is for a guide and not for the tool in hand, by the tool's name."""
        if self._pulled is not None:
            return True
        guide = self._at(pointer, tool)
        if guide is None:
            self._select(None)
        return guide is not None

    def hovers(self, pointer: Pointer | None, tool: str) -> bool:
        """Stress the guide under the pointer; return whether there is one."""
        self._hovered = self._at(pointer, tool) if pointer is not None else None
        self._show_stress()
        if self._hovered is None:
            return False
        self.context.cursor_wanted.emit(_cursor(self._hovered.orientation))
        return True

    def _at(self, pointer: Pointer, tool: str) -> Guide | None:
        now, frame = self.context.aids.now, self.context.scene.frame
        if tool != "select" or not now.guides or now.guides_locked or not self.context.layout.state.guides:
            return None
        if frame.handle_at(pointer.pos) is not None:
            return None
        return self.lines.at(pointer.pos)

    # The drag

    def press(self, pointer: Pointer) -> None:  # noqa: D102
        pulled, self._pulled = self._pulled, None
        self._lifted = None if pulled else self.lines.at(pointer.pos)
        if pulled is None and self._lifted is None:
            return
        self._busy, self._moved, self._start = True, pulled is not None, pointer
        self._place = self._lifted
        self._orientation = pulled or (self._lifted.orientation if self._lifted else "vertical")
        self.context.cursor_wanted.emit(_cursor(self._orientation))
        self._offset = 0.0
        if self._lifted is not None:
            self._offset = self._lifted.position - self._across(pointer.pos)
            self.context.selection.clear()
            self._select(self._lifted)

    def move(self, pointer: Pointer) -> None:  # noqa: D102
        if not self._busy:
            return
        self._moved = self._moved or abs(self._across(pointer.screen - self._start.screen)) >= _DRAG
        if not self._moved:
            return
        self._place = self._guide_at(pointer) if self._is_inside(pointer) else None
        self.lines.drag(self._lifted, self._place)
        note = self.context.scene.note
        if self._place is not None:
            note.show_text(pointer.pos, f"{self._place.position:.6g}")
        elif self._lifted is not None:
            note.show_text(pointer.pos, self.tr("Let go to remove"))
        else:
            note.hide()

    def release(self, pointer: Pointer) -> None:  # noqa: D102
        if not self._busy:
            return
        self.move(pointer)
        lifted, place, moved = self._lifted, self._place, self._moved
        self._end()
        if not moved:
            return
        layout, undo = self.context.layout, self.context.undo
        try:
            if place is None and lifted is not None:
                undo.push(RemoveGuides(layout, [lifted]))
            elif place is not None and lifted is None:
                undo.push(AddGuide(layout, place))
            elif place is not None and lifted is not None:
                undo.push(MoveGuide(layout, lifted, place.position))
        except UserError as error:
            self.context.hinted.emit(error_sentence(error))
            return
        self._select(place)

    def double_click(self, pointer: Pointer) -> None:
        """Ask where the guide shall be."""
        guide = self.lines.at(pointer.pos)
        if self._pulled is not None or guide is None:
            self.press(pointer)
            return
        self._select(guide)
        view = self.context.scene.views()[0]
        ask_guide_position(view.window(), guide, lambda position: self._move_to(guide, position))

    def _move_to(self, guide: Guide, position: float) -> None:
        if guide in self.context.layout.state.guides:  # nobody removed it while the question stood
            self.context.undo.push(MoveGuide(self.context.layout, guide, position))
            self._select(Guide(guide.orientation, position))

    def abort(self) -> bool:  # noqa: D102
        was, self._pulled = self._busy, None
        self._end()
        return was

    def layout_changed(self, change: Change) -> None:  # noqa: D102
        super().layout_changed(change)
        if isinstance(change, GuidesChanged) and self._lifted not in (None, *self.context.layout.state.guides):
            self.abort()

    def _end(self) -> None:
        self._busy = False
        self._lifted = self._place = None
        self.lines.drag(None, None)
        self.context.scene.note.hide()

    def _guide_at(self, pointer: Pointer) -> Guide:
        """Return the guide as it would lie at the pointer: on what is near, else on a whole pixel."""
        along = (1, 0) if self._orientation == "vertical" else (0, 1)
        grabbed = pointer.pos + QPointF(self._offset, self._offset)
        position = self._across(self.context.snapper.handle(grabbed, (), along, guides=False))
        return Guide(self._orientation, min(max(position, -MAX_GUIDE_POSITION), MAX_GUIDE_POSITION))

    def _across(self, place: QPointF) -> float:
        return place.x() if self._orientation == "vertical" else place.y()

    def _is_inside(self, pointer: Pointer) -> bool:
        view = self.context.scene.views()[0]
        return view.viewport().rect().contains(pointer.screen.toPoint())

    # The selected guide

    def claims(self, event: QKeyEvent) -> bool:  # noqa: D102
        return self._selected is not None and Qt.Key(event.key()) in {*_REMOVING, *_ARROWS}

    def key_press(self, event: QKeyEvent) -> bool:  # noqa: D102
        guide, key = self._selected, Qt.Key(event.key())
        if guide is None or self._busy:
            return False
        if key in _REMOVING:
            self.context.undo.push(RemoveGuides(self.context.layout, [guide]))
        elif key == Qt.Key.Key_Escape:
            self._select(None)
        elif key in _ARROWS:
            self._nudge(guide, key, 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            return False
        return True

    def _nudge(self, guide: Guide, key: Qt.Key, step: int) -> None:
        orientation, sign = _ARROWS[key]
        if orientation != guide.orientation:
            return
        position = min(max(guide.position + sign * step, -MAX_GUIDE_POSITION), MAX_GUIDE_POSITION)
        self.context.undo.push(MoveGuide(self.context.layout, guide, position, merge=True))
        self._select(Guide(guide.orientation, position))

    def _select(self, guide: Guide | None) -> None:
        self._selected = guide
        self._show_stress()

    def _show_stress(self) -> None:
        self.lines.stress(self._selected, self._hovered)

    def _selection_changed(self) -> None:
        if self.context.selection.ids:
            self._select(None)

    def _keep_selected(self) -> None:
        guides = self.context.layout.state.guides
        if self._selected not in guides:
            self._select(None)
        if self._hovered not in guides:
            self._hovered = None

    def _aids_changed(self) -> None:
        now = self.context.aids.now
        if now.guides_locked or not now.guides:
            self._hovered = None
            self._select(None)


def _cursor(orientation: Orientation) -> Qt.CursorShape:
    return Qt.CursorShape.SplitHCursor if orientation == "vertical" else Qt.CursorShape.SplitVCursor
