"""Every action of the window: text, icon, shortcuts, what it says in the status bar. One table, one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from zestdesk.ui.theme import CHOICES

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack
    from PySide6.QtWidgets import QWidget

    from zestdesk.ui.theme import Theme

__all__ = ["TOOLS", "Actions"]

TOOLS: Final = ("select", "rectangle", "ellipse", "brush", "eraser", "pan")
"""Names of the canvas's tools, as the view knows them, in the order of the tool bar."""


class _Entry(NamedTuple):
    """One action.

    Attributes:
        name: attribute of :class:`Actions`.
        text: in menus, with a mnemonic.
        tip: one sentence for the status bar and the tooltip.
        icon: name of the SVG, or empty.
        keys: shortcuts, the first one shown.
        checkable: whether it is a switch.
    """

    name: str
    text: str
    tip: str
    icon: str = ""
    keys: tuple[str, ...] = ()
    checkable: bool = False


_Q = QCoreApplication.translate


def _table() -> tuple[_Entry, ...]:
    def tr(text: str) -> str:
        return _Q("Actions", text)

    return (
        # File
        _Entry("new", tr("&New"), tr("Start an empty project."), "file-plus", ("Ctrl+N",)),
        _Entry("open", tr("&Open…"), tr("Open a project or a layout."), "folder-open", ("Ctrl+O",)),
        _Entry("save", tr("&Save"), tr("Save layout, settings and runs."), "save", ("Ctrl+S",)),
        _Entry("save_as", tr("Save &as…"), tr("Save under another name."), "save-all", ("Ctrl+Shift+S",)),
        _Entry(
            "export", tr("&Export picture…"), tr("Save the picture as PNG, its settings inside."),
            "image-down", ("Ctrl+E",),
        ),
        _Entry("quit", tr("&Quit"), tr("Leave ZestDesk."), "log-out", ("Ctrl+Q",)),
        # Edit
        _Entry("duplicate", tr("&Duplicate"), tr("Copy the selected layers."), "copy", ("Ctrl+D",)),
        _Entry("delete", tr("De&lete"), tr("Delete the selected layers."), "trash-2", ("Del", "Backspace")),
        _Entry("select_all", tr("Select &all"), tr("Select every layer."), "", ("Ctrl+A",)),
        _Entry("select_none", tr("Select &none"), tr("Select no layer."), "", ("Ctrl+Shift+A",)),
        _Entry("canvas_size", tr("&Canvas size…"), tr("Change the size of the canvas."), "ratio", ("Ctrl+Alt+C",)),
        # Layer
        _Entry("add_brush_layer", tr("New &brush layer"), tr("Add an empty layer to paint on."), "brush",
               ("Ctrl+Shift+N",)),
        _Entry("rename", tr("&Label…"), tr("Say what shall appear in the selected layer."), "pencil", ("F2",)),
        _Entry("raise_layer", tr("&Raise"), tr("Move the selected layers up by one."), "arrow-up", ("Ctrl+]",)),
        _Entry("lower_layer", tr("Lo&wer"), tr("Move the selected layers down by one."), "arrow-down", ("Ctrl+[",)),
        _Entry("raise_to_top", tr("To the &top"), tr("Move the selected layers above all others."),
               "chevrons-up", ("Ctrl+Shift+]", "Ctrl+}")),
        _Entry("lower_to_bottom", tr("To the b&ottom"), tr("Move the selected layers beneath all others."),
               "chevrons-down", ("Ctrl+Shift+[", "Ctrl+{")),
        _Entry("hide_layer", tr("&Hide or show"), tr("Hide the selected layers, or show them."), "eye-off",
               ("Ctrl+Shift+H",)),
        _Entry("lock_layer", tr("Loc&k or unlock"), tr("Protect the selected layers from changes on the canvas."),
               "lock", ("Ctrl+Shift+L",)),
        # View
        _Entry("zoom_in", tr("Zoom &in"), tr("Look closer."), "zoom-in", ("Ctrl++", "Ctrl+=")),
        _Entry("zoom_out", tr("Zoom &out"), tr("See more."), "zoom-out", ("Ctrl+-",)),
        _Entry("zoom_actual", tr("&Actual size"), tr("Show one canvas pixel as one pixel."), "scan", ("Shift+0",)),
        _Entry("zoom_fit", tr("&Fit the canvas"), tr("Show the whole canvas."), "maximize", ("Shift+1",)),
        _Entry("show_picture", tr("Show &picture"), tr("Show the picture beneath the layers."), "image", ("P",), True),
        _Entry("show_layers", tr("Show &layers"), tr("Show the layers over the picture."), "layers", ("L",), True),
        _Entry("show_attention", tr("Show &attention"), tr("Show where the model sees each label."), "flame", ("A",),
               True),
        # Generate
        _Entry("generate", tr("&Generate"), tr("Make a picture of this layout."), "sparkles",
               ("Ctrl+Return", "Ctrl+Enter")),
        _Entry("generate_next", tr("Generate &next"), tr("Make a picture of this layout before those that wait."),
               "list-start", ("Ctrl+Shift+Return", "Ctrl+Shift+Enter")),
        _Entry("cancel", tr("&Cancel"), tr("End the picture that is being made."), "circle-x", ("Shift+Esc",)),
        _Entry("cancel_all", tr("Cancel &all"), tr("End the picture that is being made and forget those that wait.")),
        _Entry("restore", tr("&Restore layout and settings"), tr("Go back to the layout of the chosen run."),
               "rotate-ccw"),
        _Entry("reuse_seed", tr("Reuse &seed"), tr("Take the seed of the chosen run."), "sprout"),
        _Entry("delete_run", tr("&Delete run"), tr("Take the chosen run out of the history."), "trash-2"),
        # Help
        _Entry("shortcuts", tr("&Keyboard shortcuts"), tr("List every shortcut."), "keyboard", ("F1",)),
        _Entry("about", tr("&About ZestDesk"), tr("Version and licences."), "info"),
        # Tools
        _Entry("tool_select", tr("&Select"), tr("Select, move and resize layers."), "mouse-pointer-2", ("V",), True),
        _Entry("tool_rectangle", tr("&Rectangle"), tr("Draw a rectangle layer."), "square", ("R",), True),
        _Entry("tool_ellipse", tr("&Ellipse"), tr("Draw an ellipse layer."), "circle", ("O",), True),
        _Entry("tool_brush", tr("&Brush"), tr("Paint on a brush layer."), "brush", ("B",), True),
        _Entry("tool_eraser", tr("Er&aser"), tr("Erase from a brush layer."), "eraser", ("E",), True),
        _Entry("tool_pan", tr("&Pan"), tr("Move the view. The space bar does so in any tool."), "hand", ("H",), True),
    )  # fmt: skip


class Actions(QObject):
    """The window's actions as attributes; whoever owns a deed connects to ``triggered`` or ``toggled``.

    Attributes:
        tools: exclusive group of the canvas's tools; each action's data is the tool's name.
        themes: exclusive group of the themes; each action's data is the choice.
        all: every action, in the order of the menus.
    """

    new: QAction
    open: QAction
    save: QAction
    save_as: QAction
    export: QAction
    quit: QAction
    duplicate: QAction
    delete: QAction
    select_all: QAction
    select_none: QAction
    canvas_size: QAction
    add_brush_layer: QAction
    rename: QAction
    raise_layer: QAction
    lower_layer: QAction
    raise_to_top: QAction
    lower_to_bottom: QAction
    hide_layer: QAction
    lock_layer: QAction
    zoom_in: QAction
    zoom_out: QAction
    zoom_actual: QAction
    zoom_fit: QAction
    show_picture: QAction
    show_layers: QAction
    show_attention: QAction
    generate: QAction
    generate_next: QAction
    cancel: QAction
    cancel_all: QAction
    restore: QAction
    reuse_seed: QAction
    delete_run: QAction
    shortcuts: QAction
    about: QAction
    tool_select: QAction
    tool_rectangle: QAction
    tool_ellipse: QAction
    tool_brush: QAction
    tool_eraser: QAction
    tool_pan: QAction

    def __init__(self, window: QWidget, undo: QUndoStack, theme: Theme) -> None:
        super().__init__(window)
        self.all: list[QAction] = []
        for entry in _table():
            action = QAction(entry.text, self)
            if entry.icon:
                theme.dress_icon(action, entry.icon)
            action.setShortcuts([QKeySequence(key) for key in entry.keys])
            action.setCheckable(entry.checkable)
            self._describe(action, entry.tip)
            setattr(self, entry.name, action)
            self.all.append(action)
        self.undo = self._of_stack(undo.createUndoAction(self, self.tr("&Undo")), "Ctrl+Z", "undo-2", theme)
        self.redo = self._of_stack(undo.createRedoAction(self, self.tr("&Redo")), "Ctrl+Shift+Z", "redo-2", theme)
        self.tools = QActionGroup(self)
        for tool in TOOLS:
            action = getattr(self, f"tool_{tool}")
            action.setData(tool)
            self.tools.addAction(action)
        self.tool_select.setChecked(True)
        self.themes = QActionGroup(self)
        titles = (self.tr("Like the &system"), self.tr("&Light"), self.tr("&Dark"))
        for choice, title in zip(CHOICES, titles, strict=True):
            action = self.themes.addAction(title)
            action.setCheckable(True)
            action.setData(choice)
            action.setChecked(choice == theme.choice)
            self._describe(action, self.tr("Choose the window's colours."))
        for action in (self.show_picture, self.show_layers, self.show_attention):
            action.setChecked(True)
        # On the window itself, so that shortcuts work although the menu bar may be a foreign one (macOS, Unity).
        window.addActions(self.all)

    @staticmethod
    def _describe(action: QAction, tip: str) -> None:
        action.setStatusTip(tip)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        title = action.text().replace("&", "").rstrip("…")
        action.setToolTip(f"{title} ({keys})\n{tip}" if keys else f"{title}\n{tip}")
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)

    def _of_stack(self, action: QAction, key: str, icon: str, theme: Theme) -> QAction:
        theme.dress_icon(action, icon)
        keys = [QKeySequence(key)]
        if icon == "redo-2":
            keys.append(QKeySequence("Ctrl+Y"))
        action.setShortcuts(keys)
        self.all.append(action)
        return action
