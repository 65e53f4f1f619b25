"""A small layout with a group, drawn as brackets, and a hand on its rows in the layers panel."""

from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk, box
from zestdesk.document.layers import Group, Layer
from zestdesk.document.layout import LayoutState
from zestdesk.ui.layer_model import LayerModel, Role
from zestdesk.ui.layers_panel import LayersPanel

ANIMALS = Group(name="Animals", id="G")
NONE, CONTROL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def zoo() -> LayoutState:
    """Return a, (b, c), d on a small canvas."""
    places = {"a": (0, 0), "b": (40, 0), "c": (80, 0), "d": (0, 40)}
    groups = {"b": ANIMALS, "c": ANIMALS}
    layers = tuple(box(n, *at, 30, 30, id=n, group=groups.get(n)) for n, at in places.items())
    return LayoutState(canvas=(128, 128), layers=layers, prompt="a b c d")


def drawn(desk: Desk) -> str:
    """Return the layout as brackets: ``a(bc)d``."""
    return bracketed(desk.state.layers)


def bracketed(layers: tuple[Layer, ...]) -> str:
    text, group = "", ""
    for layer in layers:
        now = layer.group.id if layer.group else ""
        text += ")" * bool(group and now != group) + "(" * bool(now and now != group) + layer.label
        group = now
    return text + ")" * bool(group)


def rows(model: LayerModel) -> str:
    """Return the same from the model's rows."""
    text = ""
    for row in range(model.rowCount()):
        index = model.index(row)
        if isinstance(index.data(Role.ITEM), Group):
            text += "(" + "".join(model.index(at, 0, index).data() for at in range(model.rowCount(index))) + ")"
        else:
            text += index.data()
    return text


def index_of(panel: LayersPanel, name: str) -> QModelIndex:
    return panel.model.group_index(name) if name == "G" else panel.model.index_of(name)


def click(qtbot: QtBot, panel: LayersPanel, name: str, keys: Qt.KeyboardModifier = NONE, part: str = "label") -> None:
    index = index_of(panel, name)
    panel.list.scrollTo(index)
    place = panel.delegate.places(panel.list.visualRect(index), index)[part]
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, keys, place.center())


def drag(panel: LayersPanel, names: str, target: str, where: str) -> None:
    """Select rows and drop them above, below or on another row, with the events that a drag sends."""
    chosen = [index_of(panel, name) for name in names]
    data = panel.model.mimeData(chosen)
    rect = panel.list.visualRect(index_of(panel, target)) if target else panel.list.viewport().rect()
    height = {"above": rect.top() + 1, "below": rect.bottom() - 1, "on": rect.center().y()}[where]
    send_drop(panel, QPointF(rect.center().x(), height), data)


def send_drop(panel: LayersPanel, at: QPointF, data: QMimeData) -> bool:
    viewport, move = panel.list.viewport(), Qt.DropAction.MoveAction
    for kind in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(viewport, kind(at.toPoint(), move, data, Qt.MouseButton.LeftButton, NONE))
    drop = QDropEvent(at, move, data, Qt.MouseButton.LeftButton, NONE)
    drop.ignore()
    QApplication.sendEvent(viewport, drop)
    return drop.isAccepted()
