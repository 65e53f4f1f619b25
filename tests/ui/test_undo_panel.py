"""The undo history: its steps, where we are among them, and going there."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from tests.document.test_undo import Weight
from tests.ui.desk import Desk
from zestdesk.ui.undo_panel import UndoPanel


def rows(panel: UndoPanel, role: int = Qt.ItemDataRole.DisplayRole) -> list:
    return [panel.model.index(row).data(role) for row in range(panel.model.rowCount())]


def test_steps_are_listed_with_where_we_are(desk: Desk) -> None:
    desk.fill()
    panel, undo = desk.window.undo_panel, desk.document.undo
    assert rows(panel) == ["Beginning"]
    done: list[str] = []
    for name in ("one", "two", "three"):
        undo.push(Weight(done, name))
    undo.undo()
    assert rows(panel) == ["Beginning", "one", "two", "three"]
    spoken = rows(panel, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == ["Beginning", "one", "two, now", "three, taken back"]
    assert panel.list.currentIndex().row() == 2
    muted = QColor(desk.window.theme.tokens.muted)
    assert rows(panel, Qt.ItemDataRole.ForegroundRole) == [None, None, None, muted]


def test_choosing_a_step_goes_there(desk: Desk) -> None:
    state = desk.fill()
    window, panel = desk.window, desk.window.undo_panel
    window.selection.set([state.layers[0].id])
    window.actions_table.duplicate.trigger()
    window.actions_table.hide_layer.trigger()
    after = desk.state
    panel.list.setCurrentIndex(panel.model.index(0))
    assert desk.state == state
    panel.list.setCurrentIndex(panel.model.index(2))
    assert desk.state == after
    assert desk.document.undo.count() == 2
    window.actions_table.undo.trigger()
    assert panel.list.currentIndex().row() == 1


def test_another_document_has_another_history(desk: Desk) -> None:
    desk.document.undo.push(Weight([], "one"))
    desk.fill()
    assert rows(desk.window.undo_panel) == ["Beginning"]


def test_a_merged_step_shows_its_new_name(desk: Desk) -> None:
    done: list[str] = []
    undo = desk.document.undo
    undo.push(Weight(done, "one", merges=True))
    undo.push(Weight(done, "two", merges=True))
    assert len(rows(desk.window.undo_panel)) == undo.count() + 1
    assert rows(desk.window.undo_panel)[1] == undo.text(0)
