"""Edit the nodes of a shape: select, move, add and delete them, bend what is between them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from zestdesk.document.commands import ChangeLayers, RemoveLayers
from zestdesk.document.layers import ShapeLayer
from zestdesk.document.layout import CanvasResized, Change, LayerChanged, StateReplaced
from zestdesk.document.node_edits import delete_nodes, insert_node, make_corners, make_smooth, move_nodes
from zestdesk.document.nodes import Kind, Outline, Ref, alike, nodes_of, path_of
from zestdesk.ui.canvas.node_map import NodeHit, NodeMap
from zestdesk.ui.canvas.nodes_item import NodesItem
from zestdesk.ui.canvas.tools.base import NodeEdit, Pointer, Tool, ToolContext
from zestdesk.ui.canvas.tools.node_drags import BendDrag, HandleDrag, MoveDrag, NodeDrag, PullDrag
from zestdesk.ui.editable import may_edit, why_not

__all__ = ["NodeTool"]

_DRAG: Final = 3.0  # screen pixels: less is a click
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}
_DELETE: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_ADD: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class NodeTool(Tool):
    """Works on the uppermost selected shape; a press on another shape goes over to that one."""

    name = "node"

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self._item = NodesItem(lambda: context.scene.layers_visible)
        context.scene.addItem(self._item)
        self._active = False
        self._layer: ShapeLayer | None = None  # as the layout holds it
        self._outline: Outline = ()
        self._chosen: frozenset[Ref] = frozenset()
        self._series = 0  # of nudges that are one step: a new one begins when other nodes are chosen
        self._start: Pointer | None = None
        self._hit: NodeHit | None = None
        self._drag: NodeDrag | None = None
        self._dragged: Outline | None = None
        self._before: frozenset[Ref] = frozenset()  # chosen before the press
        self._boxes = False  # whether the press may become a box
        context.selection.changed.connect(self._retarget)

    @property
    def hint(self) -> str:  # noqa: D102
        barred = next((layer for layer in self.context.selection.layers if not may_edit(layer)), None)
        if self._active and self._layer is None and barred is not None:
            return why_not(barred)
        if self._active and self._layer is None:
            return self.tr("Click a shape to edit its nodes. A painted layer has none: Path > Outline of the mask.")
        return self.tr(
            "Drag nodes, handles or the line; Shift-click or a box selects several. Double-click the line to add a "
            "node, Del deletes, Alt-drag draws handles out of a node or moves one alone, Esc leaves."
        )

    @property
    def busy(self) -> bool:  # noqa: D102
        return self._start is not None

    # Which layer

    def activate(self) -> None:  # noqa: D102
        self._active = True
        self._retarget()

    def deactivate(self) -> None:  # noqa: D102
        super().deactivate()
        self._active = False
        self._load(None)

    def _retarget(self) -> None:
        if not self._active:
            return
        shapes = (layer for layer in self.context.selection.layers if isinstance(layer, ShapeLayer))
        layer = next(filter(may_edit, shapes), None)
        if layer != self._layer:
            self.abort()
            self._load(layer)

    def _load(self, layer: ShapeLayer | None) -> None:
        """Show the nodes of a layer as it is now; those that are chosen stay so while there are as many."""
        before, same = self._layer, False
        if layer is not None and before is not None and layer.id == before.id:
            same = layer.path == before.path
        if not same:
            counts = [len(subpath) for subpath in self._outline]
            self._outline = nodes_of(layer.path) if layer is not None else ()
            known = layer is not None and before is not None and layer.id == before.id
            if not known or counts != [len(subpath) for subpath in self._outline]:
                self._choose(())
        self._layer = layer
        self._show()
        if self._active and (layer is None) != (before is None):
            self.context.hinted.emit(self.hint)

    def layout_changed(self, change: Change) -> None:
        """Follow what others do to the shape, undo among them."""
        super().layout_changed(change)
        match change:
            case LayerChanged(_, after, _) if self._layer is not None and after.id == self._layer.id:
                self._load(after if isinstance(after, ShapeLayer) and may_edit(after) else None)
            case LayerChanged() | CanvasResized() | StateReplaced():
                self._retarget()

    def touches(self, layer_id: str) -> bool:  # noqa: D102
        return self._layer is not None and self._layer.id == layer_id

    # The pointer

    def press(self, pointer: Pointer) -> None:  # noqa: D102
        self._start, self._before = pointer, self._chosen
        hit = self._hit = self._hit_at(pointer)
        self._boxes = hit is None
        if hit is None:
            self._press_beside(pointer)
        elif hit.part == "segment" and pointer.modifiers & _ADD == _ADD:
            self._start = None
            self._add_node(hit)
        elif hit.part == "node" and pointer.shift:
            self._choose(self._chosen ^ {hit.ref})
        elif hit.part == "node" and hit.ref not in self._chosen:
            self._choose({hit.ref})
        elif hit.part == "segment":
            self._choose(self._ends(hit) | (self._chosen if pointer.shift else frozenset()))
        self._show()

    def _press_beside(self, pointer: Pointer) -> None:
        """Say why a locked layer has no nodes here; what else comes of the press is seen at the release."""
        scene = self.context.scene
        locked = scene.layer_at(pointer.pos, locked=True)
        if locked is not None and scene.layer_at(pointer.pos) is None:
            self.hint_why_not(locked)

    def _click_beside(self, pointer: Pointer) -> None:
        """Go over to another shape, or choose no node."""
        layer = self.context.scene.layer_at(pointer.pos)
        if layer is None or self.touches(layer.id):
            self._choose(())
            return
        self.context.selection.set([layer.id])
        if not isinstance(layer, ShapeLayer):
            self.context.hinted.emit(self.hint)

    def move(self, pointer: Pointer) -> None:  # noqa: D102
        if self._start is None:
            return
        way = pointer.screen - self._start.screen
        if self._drag is None and not self.context.scene.rubber_band.isVisible() and way.manhattanLength() < _DRAG:
            return
        if self._boxes:
            self._stretch_box(pointer)
            return
        if self._drag is None:
            self._drag = self._begin()
        if self._drag is not None and self._layer is not None:
            self._dragged = self._drag.outline(pointer)
            self.context.scene.preview([replace(self._layer, path=path_of(self._dragged), kind="path")])
            self._item.show_map(NodeMap(self._dragged, self._chosen), self.context.scene.zoom)
            self._say(pointer)

    def _begin(self) -> NodeDrag | None:
        start, hit = self._start, self._hit
        if start is None or hit is None:
            return None
        if hit.part == "handle":
            return HandleDrag(self._outline, start, hit)
        if hit.part == "segment":
            return BendDrag(self._outline, start, hit)
        if start.alt:
            return PullDrag(self._outline, start, hit)
        return MoveDrag(self._outline, start, hit, self._chosen | {hit.ref}, self._snapped)

    def _snapped(self, point: QPointF, along: tuple[int, int]) -> QPointF:
        return self.context.snapper.handle(point, (self._layer,) if self._layer is not None else (), along)

    def _say(self, pointer: Pointer) -> None:
        if isinstance(self._drag, MoveDrag) and self._hit is not None:
            place = self._item.map.anchor(self._hit.ref)
            self.context.scene.note.show_text(pointer.pos, f"{place.x():.0f}, {place.y():.0f}")

    def _stretch_box(self, pointer: Pointer) -> None:
        if self._start is not None:
            box = QRectF(self._start.pos, pointer.pos).normalized()
            self.context.scene.rubber_band.show_rect(box)
            self._choose(self._item.map.within(box) | (self._before if self._start.shift else frozenset()))
            self._show()

    def release(self, pointer: Pointer) -> None:  # noqa: D102
        self.move(pointer)
        drag, dragged, boxed = self._drag, self._dragged, self.context.scene.rubber_band.isVisible()
        beside, shift, hit = self._boxes and not boxed, pointer.shift, self._hit
        self._end()
        if drag is not None and dragged is not None:
            self._push(dragged, self._chosen, drag.text)
        elif beside and not shift:
            self._click_beside(pointer)
        elif hit is not None and hit.part == "node" and not shift:
            self._choose({hit.ref})
        self._show()

    def double_click(self, pointer: Pointer) -> None:
        """Add a node to the line, turn a node from corner to smooth and back, or leave beside the shape."""
        hit = self._hit_at(pointer)
        if hit is None:
            if self.context.scene.layer_at(pointer.pos) is None:
                self.context.tool_wanted.emit("select")
            else:
                self.press(pointer)
        elif hit.part == "segment":
            self._add_node(hit)
        elif hit.part == "node":
            self._toggle(hit.ref)

    def hover(self, pointer: Pointer | None) -> None:  # noqa: D102
        scene = self.context.scene
        hit = self._hit_at(pointer) if pointer is not None else None
        self._item.set_hot(hit, scene.zoom)
        layer = scene.layer_at(pointer.pos) if pointer is not None and hit is None else None
        scene.set_hovered(layer.id if isinstance(layer, ShapeLayer) else "")
        self.context.cursor_wanted.emit(Qt.CursorShape.PointingHandCursor if hit is not None else self.cursor)

    def _hit_at(self, pointer: Pointer) -> NodeHit | None:
        return self._item.map.hit(pointer.pos, self.context.scene.zoom) if self._layer is not None else None

    def _ends(self, hit: NodeHit) -> frozenset[Ref]:
        number, node = hit.ref
        return frozenset({hit.ref, (number, (node + 1) % len(self._outline[number]))})

    def abort(self) -> bool:  # noqa: D102
        was = self.busy
        self._end()
        if was:
            self._choose(self._before)
            self.context.scene.restore()
            self._show()
        return was

    def _end(self) -> None:
        self._start = self._hit = self._drag = self._dragged = None
        self._boxes = False
        self.context.scene.rubber_band.hide()
        self.context.scene.note.hide()

    # Keys

    def claims(self, event: QKeyEvent) -> bool:  # noqa: D102
        wanted = event.key() in _DELETE or event.matches(QKeySequence.StandardKey.SelectAll)
        return self._layer is not None and wanted

    def key_press(self, event: QKeyEvent) -> bool:  # noqa: D102
        key = Qt.Key(event.key())
        if self.busy:
            return False
        if key == Qt.Key.Key_Escape and self._chosen:
            self._choose(())
        elif key in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.context.tool_wanted.emit("select")
        elif self._layer is None:
            return False
        elif key in _ARROWS:
            self._nudge(key, 10.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0)
        elif key in _DELETE:
            self._delete()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._choose(self._item.map.refs())
        else:
            return False
        self._show()
        return True

    def walk(self, *, forward: bool) -> bool:
        """Choose the next node, or the one before; False past the last."""
        refs = list(self._item.map.refs())
        if self.busy or not refs:
            return False
        chosen = sorted(self._chosen)
        at = refs.index(chosen[-1 if forward else 0]) if chosen else (-1 if forward else len(refs))
        at += 1 if forward else -1
        if not 0 <= at < len(refs):
            return False
        self._choose({refs[at]})
        self._show()
        return True

    def _nudge(self, key: Qt.Key, step: float) -> None:
        if not self._chosen:
            self._hint_choose()
            return
        right, down = _ARROWS[key]
        moved = move_nodes(self._outline, self._chosen, (right * step, down * step))
        self._push(moved, self._chosen, self.tr("Nudge nodes"), f"nodes {self._series}")

    # Edits

    def edit_nodes(self, change: NodeEdit, text: str, idle: str, *, keep: bool = True) -> bool:  # noqa: D102
        if not self._chosen:
            return False
        if not self.busy:
            made = change(self._outline, self._chosen)
            if alike(made, self._outline):
                self.context.hinted.emit(idle)
            else:
                self._push(made, self._chosen if keep else frozenset(), text)
        return True

    def _add_node(self, hit: NodeHit) -> None:
        made, ref = insert_node(self._outline, *hit.ref, hit.t)
        self._push(made, frozenset({ref}), self.tr("Add node"))

    def _toggle(self, ref: Ref) -> None:
        is_corner = self._outline[ref[0]].kinds[ref[1]] == Kind.CORNER
        made = (make_smooth if is_corner else make_corners)(self._outline, [ref])
        self._push(made, frozenset({ref}), self.tr("Make smooth") if is_corner else self.tr("Make corner"))

    def _delete(self) -> None:
        if not self._chosen or self._layer is None:
            self._hint_choose()
            return
        left = delete_nodes(self._outline, self._chosen)
        if left:
            text = self.tr("Delete nodes") if len(self._chosen) > 1 else self.tr("Delete node")
            self._push(left, frozenset(), text)
            return
        self.context.undo.push(RemoveLayers(self.context.layout, [self._layer.id]))
        self.context.hinted.emit(self.tr("With its last nodes the layer is gone; undo brings it back."))

    def _hint_choose(self) -> None:
        self.context.hinted.emit(self.tr("Select nodes first: click one, or drag a box around several."))

    def _choose(self, refs: Iterable[Ref]) -> None:
        chosen = frozenset(refs)
        if chosen != self._chosen:
            self._chosen = chosen
            self._series += 1

    def _push(self, outline: Outline, chosen: frozenset[Ref], text: str, merge_key: str = "") -> None:
        """Make it so in one step; what changes no line (a kind alone) is this tool's own affair."""
        if self._layer is None:
            return
        path = path_of(outline)
        changes = path != self._layer.path
        self._outline = outline
        self._choose(chosen)
        if not changes:
            self.context.scene.restore()
            self._show()
            return
        # With the new values in place, the change that comes back is no news.
        self._layer = replace(self._layer, path=path, kind="path")
        self.context.undo.push(ChangeLayers(self.context.layout, [self._layer], text, merge_key))

    def _show(self) -> None:
        if self._layer is None:
            self._item.clear()
            return
        line = self._layer.path if self._layer.path.boundingRect().isEmpty() else None
        self._item.show_map(NodeMap(self._outline, self._chosen), self.context.scene.zoom, line)
