"""The window: canvas in the middle, panels around it, and the wires between them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QToolButton, QVBoxLayout, QWidget

from zestdesk.document.layout import CanvasResized
from zestdesk.resources import resource
from zestdesk.session.model_words import ModelWords
from zestdesk.ui.actions import Actions
from zestdesk.ui.attention_panel import SELECTED, AttentionPanel
from zestdesk.ui.brush_settings import BrushSettings
from zestdesk.ui.canvas.view import CanvasView
from zestdesk.ui.canvas_size import ask_canvas_size
from zestdesk.ui.dialogs import show_error
from zestdesk.ui.fields import HintLabel
from zestdesk.ui.file_commands import FileCommands, opens
from zestdesk.ui.generate_panel import GeneratePanel
from zestdesk.ui.history_panel import HistoryPanel
from zestdesk.ui.layer_commands import LayerCommands
from zestdesk.ui.layers_panel import LayersPanel
from zestdesk.ui.menus import fill_menus, make_dock, make_tool_bar
from zestdesk.ui.model_choice import ModelChoice
from zestdesk.ui.preflight import Preflight
from zestdesk.ui.progress import Progress
from zestdesk.ui.prompt_panel import PromptPanel
from zestdesk.ui.run_control import RunControl
from zestdesk.ui.selection import Selection
from zestdesk.ui.selection_commands import SelectionCommands
from zestdesk.ui.shell import Shell
from zestdesk.ui.stage import Stage
from zestdesk.ui.start_deeds import StartDeeds
from zestdesk.ui.theme import Theme
from zestdesk.ui.tool_options import ToolOptions
from zestdesk.ui.undo_panel import UndoPanel

if TYPE_CHECKING:
    from zestdesk.files.project import Run
    from zestdesk.session.history import History
    from zestdesk.session.queue import Queue
    from zestdesk.ui.document import Document

__all__ = ["MainWindow"]

_LAYOUT_VERSION: Final = 2
"""Of the docks; raise it when their arrangement changes, so that an old one is not restored."""


class MainWindow(QMainWindow):
    """Composes the panels; each of them knows the model, none knows another.

    Attributes:
        document: what is open.
        queue: jobs.
        history: runs.
        stage: what is on show over the canvas.
        selection: layers.
        theme: colours.
        files: the File menu's deeds.
        runs: the Generate menu's deeds.
        preflight: what stands between the layout and a run.
        models: where models come from.
        shell: palette, shortcuts, preferences, and the window's own deeds.

    Signals:
        closed: the user left; nothing is lost. The program may end.
    """

    closed = Signal()

    def __init__(
        self,
        document: Document,
        queue: Queue,
        history: History,
        theme: Theme | None = None,
        settings: QSettings | None = None,
    ) -> None:
        super().__init__()
        self.document, self.queue, self.history = document, queue, history
        self._settings = settings or QSettings("ZestDesk", "ZestDesk")
        self.theme = theme or Theme(str(self._settings.value("view/theme", "system")), self)
        self.stage, self.selection = Stage(self), Selection(document.layout, self)
        self.brush = BrushSettings(parent=self)
        self.brush.remember_in(self._settings)
        self.actions_table = Actions(self, document.undo, self.theme)
        self.files = FileCommands(self, document, self._settings, self.theme)
        self.preflight = Preflight(document.layout, document.undo, ModelWords(document.layout, self), self)
        self.runs = RunControl(document, queue, history, self.stage, self.preflight.require, self)
        self._commands = LayerCommands(document.layout, document.undo, self.selection, self)
        self._on_selection = SelectionCommands(document.layout, document.undo, self.selection, self)
        self._may_close = self._back_to_canvas = False
        self.setWindowIcon(QIcon(str(resource("icons", "zestdesk.svg"))))
        self.setAcceptDrops(True)
        self._make_panels()
        self._lay_out()
        self.shell = Shell(self, self._settings)
        self._connect_actions()
        self._connect_panels()
        self._restore()
        self._show_title()
        self._update_actions()
        self._show_stage()

    def sizeHint(self) -> QSize:
        """Return a size for the first start."""
        return QSize(1360, 860)

    # Composition

    def _make_panels(self) -> None:
        document, theme, actions = self.document, self.theme, self.actions_table
        layout, undo = document.layout, document.undo
        self.canvas = CanvasView(layout, undo, self.selection, self.brush)
        self.brush_options = ToolOptions(self.brush, theme)
        self.attention = AttentionPanel(layout, self.stage, actions, theme)
        self.layers = LayersPanel(
            layout, undo, self.selection, self.stage, self._commands, actions, theme, self.preflight
        )
        self.prompt = PromptPanel(layout, undo, self.selection, self.preflight, actions, theme)
        self.generate = GeneratePanel(layout, undo, self.preflight, actions, theme)
        self.runs_panel = HistoryPanel(self.history, self.queue, actions, theme)
        self.start = StartDeeds(layout, undo, self.selection, self._picture_run, self)
        self.undo_panel = UndoPanel(undo, theme)
        self.progress = Progress(self.queue, actions)

    def _lay_out(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.attention)
        self.brush_options.float_over(self.canvas)
        self._on_selection.float_over(self.canvas, self.theme, self.actions_table)
        self.setCentralWidget(centre)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, make_tool_bar(self, self.actions_table, self.theme))
        right, bottom = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
        self.setCorner(Qt.Corner.BottomRightCorner, right)
        docks = [
            make_dock(self, "layers", self.tr("Layers"), self.layers, right),
            make_dock(self, "prompt", self.tr("Prompt"), self.prompt, right),
            make_dock(self, "generate", self.tr("Generate"), self.generate, right),
            make_dock(self, "history", self.tr("Runs"), self.runs_panel, bottom),
            make_dock(self, "undo", self.tr("Undo history"), self.undo_panel, bottom),
        ]
        docks[-1].hide()
        self.share_room()
        fill_menus(self, self.actions_table, self.files, [dock.toggleViewAction() for dock in docks])
        self.hint = HintLabel()
        self.zoom = QToolButton()
        self.zoom.setToolTip(self.tr("Zoom; click to fit the canvas"))
        self.zoom.setAccessibleName(self.tr("Zoom"))
        self.zoom.setStyleSheet("padding: 2px 6px;")
        self.zoom.clicked.connect(self.actions_table.zoom_fit.trigger)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.hint, 1)
        bar.addPermanentWidget(self.progress)
        bar.addPermanentWidget(self.zoom)
        bar.setContentsMargins(8, 0, 4, 0)

    def share_room(self) -> None:
        """Give every panel the room that it has at first."""
        docks = [dock for name in ("layers", "prompt", "generate") if (dock := self.findChild(QDockWidget, name))]
        self.resizeDocks(docks, [270, 140, 330], Qt.Orientation.Vertical)
        self.resizeDocks(docks[:1], [320], Qt.Orientation.Horizontal)

    def _connect_actions(self) -> None:
        a, canvas = self.actions_table, self.canvas
        self.files.connect_actions(a)
        self._commands.connect_actions(a)
        self._on_selection.connect_actions(a)
        canvas.connect_actions(a)
        self.brush.connect_actions(a)
        self.shell.connect_actions(a)
        self.start.connect_actions(a)
        a.connect_deeds(
            {
                "export": self._export,
                "quit": self.close,
                "canvas_size": lambda: ask_canvas_size(self, self.document.layout, self.document.undo, self.theme),
                "add_brush_layer": self._add_brush_layer,
                "rename": self._rename,
                "generate": lambda: self._generate(front=False),
                "generate_next": lambda: self._generate(front=True),
                "cancel": self.queue.cancel,
                "cancel_all": self.queue.cancel_all,
                "restore": lambda: self._with_run(self.runs.restore),
                "reuse_seed": lambda: self._with_run(self.runs.reuse_seed),
                "delete_run": lambda: self._with_run(lambda run: self.history.remove(run.id)),
            }
        )

    def _connect_panels(self) -> None:
        canvas, attention = self.canvas, self.attention
        canvas.tool_changed.connect(self._tool_changed)
        canvas.hint_changed.connect(self.hint.show_text)
        self._commands.hinted.connect(self.hint.show_text)
        self._on_selection.hinted.connect(self.hint.show_text)
        self.start.hinted.connect(self.hint.show_text)
        canvas.zoom_changed.connect(lambda zoom: self.zoom.setText(self.tr("{zoom} %").format(zoom=round(100 * zoom))))
        canvas.label_wanted.connect(self._label_drawn)
        self.layers.delegate.ended.connect(self._label_done)
        attention.layers_opacity.connect(canvas.set_layers_opacity)
        attention.attention_opacity.connect(canvas.set_attention_opacity)
        attention.shown_changed.connect(self._show_attention)
        attention.live_wanted.connect(self.runs.follow)
        canvas.set_layers_opacity(attention.layers_slider.value() / 100)
        canvas.set_attention_opacity(attention.attention_slider.value() / 100)
        self.stage.changed.connect(self._show_stage)
        self.selection.changed.connect(self._selection_changed)
        self.document.layout.changed.connect(self._layout_changed)
        self.document.modified_changed.connect(self.setWindowModified)
        self.document.path_changed.connect(self._show_title)
        self.queue.changed.connect(self._update_actions)
        self.runs.failed.connect(lambda error: show_error(self, self.tr("The picture could not be made."), error))
        self.runs.refused.connect(self.generate.advice.refuse)
        self.runs.run_added.connect(self._mark_run)
        self.prompt.pointed.connect(canvas.point_at)
        self.prompt.hinted.connect(self.hint.show_text)
        self.generate.advice.layer_wanted.connect(lambda layer_id: self.selection.set([layer_id]))
        self.generate.advice.prompt_wanted.connect(self.prompt.prompt.setFocus)
        self.runs.following_changed.connect(self._update_actions)
        self.runs.following_changed.connect(lambda: self.runs_panel.live.mark(self.runs.watched))
        self.runs_panel.live.chosen.connect(self.runs.watch)
        self.runs_panel.chosen.connect(self.runs.show_run)
        self.runs_panel.restore_wanted.connect(self.runs.restore)
        self.models = ModelChoice(self, self.document, self.generate, self.files)
        self.closed.connect(self.models.downloads.close)
        self.generate.device_chosen.connect(self._device_chosen)
        self.generate.folded.connect(self._fit_generate)
        self.files.told.connect(lambda text: self.statusBar().showMessage(text, 4000))
        self.files.may_close.connect(self._close_now)
        self.hint.show_text(canvas.hint)

    def _restore(self) -> None:
        """Bring back how the window was left."""
        settings = self._settings
        self.canvas.aids.remember_in(settings)
        self.resize(self.sizeHint().boundedTo(self.screen().availableSize()))
        geometry, docks = settings.value("window/geometry"), settings.value("window/docks")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        if isinstance(docks, QByteArray):
            self.restoreState(docks, _LAYOUT_VERSION)
        self.generate.seeds.remember_in(settings)
        device = str(settings.value("generate/device", "auto"))
        self.generate.show_device(device)
        self.queue.worker.device = device if device in {"auto", "cpu", "cuda"} else "auto"

    def _remember(self) -> None:
        self.shell.set_canvas_only(False)
        settings = self._settings
        settings.setValue("window/geometry", self.saveGeometry())
        settings.setValue("window/docks", self.saveState(_LAYOUT_VERSION))

    # Deeds

    def _generate(self, *, front: bool) -> None:
        self.runs.submit(self.generate.run_settings().seed, front=front, pictures=self.generate.seeds.count)

    def _with_run(self, deed: object) -> None:
        run = self.runs_panel.current
        if run is not None and callable(deed):
            deed(run)

    def _picture_run(self) -> Run | None:
        """Return the run on show, else the one that is chosen."""
        return self.stage.run or self.runs_panel.current

    def _export(self) -> None:
        run = self.runs_panel.current or (self.history.runs[-1] if self.history.runs else None)
        if run is not None:
            self.files.export(run)

    def _add_brush_layer(self) -> None:
        layer_id = self._commands.add_brush()
        self.canvas.set_tool("brush")
        self._edit_label(layer_id)

    def _rename(self) -> None:
        self._show_layers()
        self.layers.rename()

    def _label_drawn(self, layer_id: str) -> None:
        """Edit the label of what was just drawn, and come back to the canvas afterwards."""
        self._edit_label(layer_id)
        self._back_to_canvas = self.layers.editing

    def _label_done(self) -> None:
        back, self._back_to_canvas = self._back_to_canvas, False
        focus = QApplication.focusWidget()
        if back and (focus is None or self.layers.isAncestorOf(focus)):  # not where somebody clicked meanwhile
            self.canvas.setFocus()

    def _edit_label(self, layer_id: str) -> None:
        self._show_layers()
        self.layers.edit_label(layer_id)

    def _show_layers(self) -> None:
        dock = self.findChild(QDockWidget, "layers")
        if isinstance(dock, QDockWidget):
            dock.show()
            dock.raise_()

    def _device_chosen(self, device: str) -> None:
        self.queue.worker.device = device
        self._settings.setValue("generate/device", device)

    def _fit_generate(self) -> None:
        """Give the generate panel the height that it has a use for now."""
        dock = self.findChild(QDockWidget, "generate")
        if isinstance(dock, QDockWidget) and not dock.isFloating():
            height = self.generate.sizeHint().height() + 32  # and the dock's title
            self.resizeDocks([dock], [height], Qt.Orientation.Vertical)

    # What is on show

    def _show_stage(self) -> None:
        self.canvas.show_picture(self.stage.picture)
        self._show_attention()
        self._mark_run()

    def _show_attention(self) -> None:
        shown = self.attention.shown
        only = (self.selection.ids[0] if self.selection.ids else None) if shown == SELECTED else shown
        self.canvas.show_attention(self.stage.masks, self.stage.layer_ids, only)

    def _mark_run(self) -> None:
        run = self.stage.run
        if (self.runs_panel.current.id if self.runs_panel.current else None) != (run.id if run else None):
            self.runs_panel.show_current(run.id if run else None)

    def _selection_changed(self) -> None:
        self._update_actions()
        if self.attention.shown == SELECTED:
            self._show_attention()

    def _tool_changed(self, name: str) -> None:
        for action in self.actions_table.tools.actions():
            action.setChecked(action.data() == name)
        self.brush_options.show_tool(name)

    def _layout_changed(self, change: object) -> None:
        if isinstance(change, CanvasResized):
            self._show_attention()
        self._update_actions()

    def _update_actions(self) -> None:
        a = self.actions_table
        a.enable_for(self.selection.layers, self.document.layout.state.layers)
        running = self.queue.running
        a.cancel.setEnabled(running is not None and not running.token.cancelled)
        a.cancel_all.setEnabled(bool(self.queue.jobs))
        self.attention.live.setVisible(running is not None and not self.runs.following)

    def _show_title(self) -> None:
        self.setWindowTitle(f"{self.document.title}[*] — ZestDesk")
        self.setWindowModified(self.document.modified)
        self.setWindowFilePath(str(self.document.path or ""))

    # Qt's own events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one project or layout."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile() and opens(Path(urls[0].toLocalFile())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open it."""
        event.acceptProposedAction()
        self.files.open(Path(event.mimeData().urls()[0].toLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes first, without holding up anything."""
        if self._may_close or not (self.document.modified or self.files.writing):
            self._remember()
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        self.files.close()

    def _close_now(self) -> None:
        self._may_close = True
        self.close()
