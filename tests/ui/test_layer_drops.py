"""The layers panel's tree and what is dragged in it: rows follow the layout, and drops are single steps."""

from dataclasses import replace
from typing import Any

import pytest
import shiboken6
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QAbstractItemModelTester

from tests.document.strategies import edit, states
from tests.ui.desk import Desk
from tests.ui.zoo import ANIMALS, drag, drawn, rows, send_drop, zoo
from zestdesk.document.layout import Layout, LayoutState
from zestdesk.session.model_words import ModelWords
from zestdesk.ui.layer_model import LAYERS_MIME, LayerModel, Role
from zestdesk.ui.layers_panel import LayersPanel
from zestdesk.ui.preflight import Preflight
from zestdesk.ui.stage import Stage


@pytest.fixture
def panel(desk: Desk) -> LayersPanel:
    desk.fill(zoo())
    desk.window.resize(1200, 1500)  # so that there is empty ground below the rows
    return desk.window.layers


# The model


@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), states(most=6))
def test_rows_follow_whatever_is_done_and_undone(qtlog: Any, data: st.DataObject, first: LayoutState) -> None:
    layout, undo = Layout(first), QUndoStack()
    model = LayerModel(layout, undo, Stage(), Preflight(layout, undo, ModelWords(layout)))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for _ in range(data.draw(st.integers(1, 6))):
        ids = [layer.id for layer in layout.state.layers]
        match data.draw(st.sampled_from(["edit", "drop", "undo", "redo"])):
            case "edit" if (command := edit(data, layout)) is not None:
                undo.push(command)
            case "drop" if ids:
                mime = QMimeData()
                mime.setData(LAYERS_MIME, "\n".join(data.draw(st.sets(st.sampled_from(ids), min_size=1))).encode())
                parent = model.index(data.draw(st.integers(-1, model.rowCount() - 1)))
                row = data.draw(st.integers(-1, model.rowCount(parent)))
                model.dropMimeData(mime, Qt.DropAction.MoveAction, row, 0, parent)
            case "undo":
                undo.undo()
            case "redo":
                undo.redo()
        found = []
        for row in range(model.rowCount()):
            found += model.layers_at(model.index(row))
        assert tuple(found) == layout.state.layers
        for layer in layout.state.layers:
            index = model.index_of(layer.id)
            assert index.data(Role.ITEM) is layer
            assert (index.parent().data(Role.ITEM) if index.parent().isValid() else None) == layer.group
    shiboken6.delete(tester)  # before the model that it looks at
    assert [record.message for record in qtlog.records if "FAIL" in record.message] == []


def test_rows_say_what_they_are(panel: LayersPanel) -> None:
    group = panel.model.group_index("G")
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert group.data(spoken) == "Animals, group, 2 layers"
    panel._commands.change_group(replace(ANIMALS, visible=False, locked=True), "Hide")
    assert panel.model.group_index("G").data(spoken) == "Animals, group, 2 layers, hidden, locked"
    assert panel.model.index_of("b").data(spoken) == "b, hidden, locked"


# Dragging


@pytest.mark.parametrize(
    ("names", "target", "where", "after"),
    [
        ("a", "d", "below", "(bc)da"),
        ("d", "a", "above", "da(bc)"),
        ("a", "c", "above", "(bac)d"),
        ("a", "c", "below", "(bca)d"),
        ("ad", "b", "above", "(adbc)"),
        ("ad", "G", "on", "(adbc)"),
        ("b", "a", "above", "ba(c)d"),
        ("bc", "a", "above", "(bc)ad"),
        ("G", "d", "below", "ad(bc)"),
        ("Gd", "a", "above", "(bc)da"),
        ("c", "", "below", "a(b)dc"),
        ("c", "b", "above", "a(cb)d"),
    ],
)
def test_drops_move_rows_in_one_step(
    desk: Desk, panel: LayersPanel, names: str, target: str, where: str, after: str
) -> None:
    drag(panel, names, target, where)
    assert drawn(desk) == rows(panel.model) == after
    assert desk.document.undo.count() == 1
    desk.document.undo.undo()
    assert desk.state == zoo()
    assert rows(panel.model) == "a(bc)d"


def test_a_drop_that_moves_nothing_leaves_undo_and_redo_alone(desk: Desk, panel: LayersPanel) -> None:
    panel.model.setData(panel.model.index(0), "x")
    desk.document.undo.undo()
    drag(panel, "a", "a", "below")
    assert desk.document.undo.canRedo()


def test_foreign_drops_are_refused(desk: Desk, panel: LayersPanel) -> None:
    for kind, text in (
        ("text/plain", b"a"),
        (LAYERS_MIME, b"nobody"),
        (LAYERS_MIME, b"a\nnobody"),
        (LAYERS_MIME, b"\xff"),
    ):
        data = QMimeData()
        data.setData(kind, text)
        assert not send_drop(panel, QPointF(40, 10), data)
        assert not panel.model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert desk.state == zoo()
    assert not panel.model.setData(QModelIndex(), "x")


def test_dragged_rows_stay_selected(desk: Desk, panel: LayersPanel) -> None:
    desk.window.selection.set(["a", "d"])
    drag(panel, "ad", "G", "on")
    assert desk.window.selection.ids == ("a", "d")
    assert {index.data() for index in panel.list.selectedIndexes()} == {"a", "d"}
