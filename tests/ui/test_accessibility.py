"""For those who hear the screen or use the keyboard alone: every control has a name and a role, and shows its focus."""

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QFocusEvent, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDockWidget,
    QGraphicsView,
    QKeySequenceEdit,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QToolButton,
    QWidget,
)

from tests.ui.desk import Desk
from tests.ui.test_theme import contrast
from zestdesk.ui.fields import Choice, WholeNumber
from zestdesk.ui.theme import Theme

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QGraphicsView,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
)


def inner_part(widget: QWidget) -> bool:
    """Return whether a widget is a part that Qt makes inside a control, and speaks of as that control."""
    names = (widget.objectName(), widget.parent().objectName() if widget.parent() else "")
    if any(name.startswith("qt_") for name in names):
        return True
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractSpinBox | QComboBox) or type(parent).__name__ == "QComboBoxPrivateContainer":
            return True
        parent = parent.parentWidget()
    return type(widget).__name__ in {"QScrollBar", "QMenuBarExtension", "QToolBarExtension", "QHeaderView"}


def nameless(root: QWidget) -> list[str]:
    """Return what a screen reader would have no words for."""
    found = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, CONTROLS) or inner_part(widget):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface is not None, widget
        name = interface.text(QAccessible.Text.Name)
        role = interface.role()
        # Qt knows no role for a drawing, and gives that of keys to the line inside.
        plain = isinstance(widget, QGraphicsView | QKeySequenceEdit)
        if not name.strip() or (role in {QAccessible.Role.NoRole, QAccessible.Role.Client} and not plain):
            found.append(f"{type(widget).__name__} {widget.objectName()!r} in {type(widget.parent()).__name__}: {role}")
    return found


def test_every_control_of_the_window_has_a_name_and_a_role(desk: Desk) -> None:
    desk.fill()
    desk.add_runs(1)
    desk.window.runs.show_run(desk.history.runs[0])
    for dock in desk.window.findChildren(QDockWidget):
        dock.show()
    desk.window.generate.fold.open(True)
    desk.window.generate.advanced.open(True)
    desk.window.layers.steering.more.setChecked(True)
    desk.window.prompt.fold.open(True)
    desk.window.canvas.set_tool("brush")
    found = nameless(desk.window)
    assert not found, "\n".join(found)


def dialogs_of(desk: Desk) -> Iterator[str]:
    """Yield the name of every action that opens a dialog of ours at once."""
    for name, action in desk.window.actions_table.by_name.items():
        if action.text().endswith("…") or name in {"about", "shortcuts"}:
            yield name


def test_every_control_of_every_dialog_has_a_name_and_a_role(desk: Desk, loop: asyncio.AbstractEventLoop) -> None:
    desk.fill()
    desk.window.selection.set([desk.state.layers[0].id])
    skipped = {"command_palette", "rename"}  # no dialogs
    asks_files = {"open", "save_as", "export"}  # the system's own
    seen = set()
    for name in set(dialogs_of(desk)) - skipped - asks_files:
        action = desk.window.actions_table.by_name[name]
        if not action.isEnabled():
            continue

        async def trigger(action=action) -> None:
            action.trigger()
            await asyncio.sleep(0)

        loop.run_until_complete(trigger())
        for dialog in desk.window.findChildren(QDialog):
            if dialog.isVisible():
                assert dialog.windowTitle(), name
                assert nameless(dialog) == [], name
                seen.add(name)
                dialog.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert {"shortcuts", "preferences", "about", "canvas_size"} <= seen


def test_docks_and_menus_have_titles(desk: Desk) -> None:
    assert all(dock.windowTitle() for dock in desk.window.findChildren(QDockWidget))
    assert all(action.text() for action in desk.window.menuBar().actions())


def test_no_control_is_left_out_by_tab(desk: Desk) -> None:
    """What can be pressed can be reached: by Tab, or as a menu's action."""
    desk.fill()
    window = desk.window
    listed = {id(action) for action in window.actions_table.all}
    for button in window.findChildren(QAbstractButton):
        if inner_part(button) or not button.isVisible() or isinstance(button.parent(), QLineEdit | QDockWidget):
            continue
        in_menu = isinstance(button, QToolButton) and id(button.defaultAction()) in listed
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus or in_menu, button.accessibleName()


def drawn(widget: QWidget, *, focus: bool) -> QImage:
    kind = QEvent.Type.FocusIn if focus else QEvent.Type.FocusOut
    if focus:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
    else:
        widget.clearFocus()
    QApplication.sendEvent(widget, QFocusEvent(kind, Qt.FocusReason.TabFocusReason))
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def make(kind: str) -> QWidget:
    if kind == "button":
        return QPushButton("Press")
    if kind == "default":
        button = QPushButton("Press")
        button.setDefault(True)
        return button
    if kind == "primary":
        button = QPushButton("Press")
        button.setProperty("primary", True)
        return button
    if kind == "tool":
        button = QToolButton()
        button.setText("Tool")
        return button
    if kind == "checked tool":
        button = QToolButton()
        button.setText("Tool")
        button.setCheckable(True)
        button.setChecked(True)
        return button
    if kind == "list":
        rows = QListWidget()
        rows.setObjectName("steps")
        return rows
    if kind == "choice":
        choice = Choice()
        choice.addItem("One")
        return choice
    simple = {
        "line": QLineEdit,
        "text": QPlainTextEdit,
        "check": lambda: QCheckBox("Check"),
        "number": lambda: WholeNumber(0, 9),
        "slider": lambda: QSlider(Qt.Orientation.Horizontal),
    }
    return simple[kind]()


KINDS = (
    *("button", "default", "primary", "tool", "checked tool", "list"),
    *("choice", "line", "text", "check", "number", "slider"),
)


@pytest.mark.parametrize("choice", ["dark", "light"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_focus_is_seen(theme: Theme, choice: str, kind: str, qtbot) -> None:
    theme.choose(choice)
    dialog = QDialog()
    qtbot.addWidget(dialog)
    other, widget = QPushButton("Other", dialog), make(kind)
    widget.setParent(dialog)
    widget.setGeometry(10, 10, 160, max(widget.sizeHint().height(), 30))
    dialog.resize(QSize(300, 300))
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    other.setFocus()
    before = drawn(widget, focus=False)
    after = drawn(widget, focus=True)
    places = [(x, y) for x in range(before.width()) for y in range(before.height())]
    changed = [place for place in places if before.pixel(*place) != after.pixel(*place)]
    strong = [
        place for place in changed if contrast(before.pixelColor(*place).name(), after.pixelColor(*place).name()) >= 1.9
    ]
    assert len(strong) >= 20, (len(changed), len(strong))
    theme.choose("dark")
