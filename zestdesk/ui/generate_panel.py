"""How the picture is made: the big button, the few settings that matter, and the rest folded away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from zestdesk.document.commands import SetSettings
from zestdesk.document.settings import MAX_STEPS, Settings
from zestdesk.errors import UserError
from zestdesk.guidance.checkpoints import BUNDLED
from zestdesk.guidance.request import MAX_SIDE, SCHEDULER_NAMES
from zestdesk.ui.fields import Choice, Fold, SliderNumber, WholeNumber, caption, form, form_row
from zestdesk.ui.guidance_fields import Changes, GuidanceFields, word_pull
from zestdesk.ui.preflight_bar import PreflightBar
from zestdesk.ui.seed_fields import SeedFields, new_seed
from zestdesk.ui.start_card import StartCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QUndoStack

    from zestdesk.document.layout import Layout
    from zestdesk.ui.actions import Actions
    from zestdesk.ui.preflight import Preflight
    from zestdesk.ui.theme import Theme

__all__ = ["GeneratePanel"]

_SIDE_STEP: Final = 8
_CUSTOM: Final = "custom"
_FOLDER, _FILE, _HUB = "folder", "file", "hub"


class GeneratePanel(QWidget):
    """Every setting of the layout; each change is an undo step.

    Attributes:
        seeds: seed and number of pictures.
        start: the picture to begin with.
        advice: what is to be said before a run.
        fold: prompt strength, model and the like.
        advanced: the options of the guidance.

    Signals:
        folded: a part was opened or closed.
        folder_wanted: the user wants to choose a model folder.
        file_wanted: the user wants to choose a model that is a single file.
        hub_wanted: the user wants a model of the hub.
        device_chosen: (str) ``"auto"``, ``"cpu"`` or ``"cuda"``.
    """

    folded = Signal()
    folder_wanted = Signal()
    file_wanted = Signal()
    hub_wanted = Signal()
    device_chosen = Signal(str)

    def __init__(self, layout: Layout, undo: QUndoStack, preflight: Preflight, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self._document, self._undo, self._actions, self._theme = layout, undo, actions, theme
        self._offered: tuple[str, ...] = ()
        self.advice = PreflightBar(layout, preflight, theme, self)
        self.generate = QPushButton(" " + self.tr("Generate"))
        self.generate.setProperty("primary", True)
        self._show_key()
        self.generate.setMinimumHeight(38)
        self.generate.clicked.connect(actions.generate.trigger)
        self._make_fields()
        self._lay_out()
        self._connect()
        theme.changed.connect(self._tint)
        self._tint()
        layout.changed.connect(self._show)
        self._show()

    @property
    def seed_locked(self) -> bool:
        """Whether every run takes the seed that is shown."""
        return self.lock.isChecked()

    def run_settings(self) -> Settings:
        """Return the settings for the next run: those of the layout, with a fresh seed where it is not locked."""
        settings = self._document.state.settings
        return settings if self.seed_locked else replace(settings, seed=new_seed())

    def set_seed_locked(self, locked: bool) -> None:  # noqa: FBT001 - like a Qt setter
        """Set whether every run takes the seed that is shown."""
        self.lock.setChecked(locked)

    def show_device(self, device: str) -> None:
        """Show where pictures are made."""
        self.device.show_value(device)

    @property
    def model_name(self) -> str:
        """The model of the layout."""
        return self._document.state.settings.model

    def use_model(self, model: str) -> None:
        """Take a model: a name, a folder, a file, or a hub id."""
        self._set("model", model)

    def offer_model(self, model: str) -> None:
        """Let a model stand in the menu although no layout has it."""
        self._offered = tuple(dict.fromkeys((*self._offered, model)))
        self._show_model(self.model_name)

    def sizeHint(self) -> QSize:
        """Return a size that shows what is not folded away, and no more."""
        return QSize(310, self.generate.sizeHint().height() + self._inner.sizeHint().height() + 16)

    def _make_fields(self) -> None:
        self.seeds = SeedFields(self._theme, self)
        self.seed, self.dice, self.lock = self.seeds.seed, self.seeds.dice, self.seeds.lock
        self.start = StartCard(self._document, self._undo, self._actions, self._theme)
        self.steps = SliderNumber(1, MAX_STEPS, 1, 0, reach=100)
        self.steps.name(self.tr("Steps"), self.tr("Denoising steps: more are slower and finer; 50 is a good start."))
        self.eta = SliderNumber(0, 100, 0.05, 2, reach=4)
        self.eta.name(
            self.tr("Guidance strength"),
            self.tr("How hard the picture is pulled towards the layers (η). 0 ignores them, 1 is the paper's value."),
        )
        self.tau = SliderNumber(0, 100, 1, 0, suffix=" %")
        self.tau.name(
            self.tr("Guided part"),
            self.tr(
                "The share of the steps, from the first, that is guided (τ). Layout is settled early: 50 % is usual."
            ),
        )
        self.pull = word_pull()
        self.options = GuidanceFields()
        self.cfg = SliderNumber(0, 50, 0.1, 1, reach=15)
        self.cfg.name(
            self.tr("Prompt strength"), self.tr("Classifier-free guidance scale: how literally the prompt is taken.")
        )
        self.scheduler, self.model, self.device, self.size_choice = Choice(), Choice(), Choice(), Choice()
        for name, text in SCHEDULER_NAMES.items():
            self.scheduler.addItem(text, name)
        for value, text in (("auto", self.tr("Automatic")), ("cpu", self.tr("Processor")), ("cuda", self.tr("GPU"))):
            self.device.addItem(text, value)
        self.device.show_value("auto")
        for field, name, tip in (
            (self.scheduler, self.tr("Scheduler"), self.tr("How the steps go from noise to picture.")),
            (self.model, self.tr("Model"), self.tr("The one in the box, or a Stable Diffusion folder, file or id.")),
            (self.device, self.tr("Device"), self.tr("Where the picture is made. This is not saved with the project.")),
            (self.size_choice, self.tr("Picture size"), self.tr("Automatic fits the model and the canvas's shape.")),
        ):
            field.setAccessibleName(name)
            field.setToolTip(tip)
        self.wide, self.high = WholeNumber(_SIDE_STEP, MAX_SIDE), WholeNumber(_SIDE_STEP, MAX_SIDE)
        for side, name in ((self.wide, self.tr("Picture width")), (self.high, self.tr("Picture height"))):
            side.setSingleStep(_SIDE_STEP)
            side.setAccessibleName(name)
            side.setFixedWidth(62)

    def _lay_out(self) -> None:
        main = form()
        form_row(main, self.tr("Seed"), self.seeds.row())
        form_row(main, self.tr("Pictures"), self.seeds.pictures)
        form_row(main, self.tr("Steps"), self.steps)
        form_row(main, self.tr("Strength"), self.eta)
        form_row(main, self.tr("Guided part"), self.tau)
        form_row(main, self.tr("Word pull"), self.pull)
        self._sides = QWidget()
        sides = QHBoxLayout(self._sides)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(6)
        for part in (self.wide, QLabel("×"), self.high, caption(self.tr("pixels"))):
            sides.addWidget(part)
        sides.addStretch(1)
        more = QWidget()
        rest = form()
        more.setLayout(rest)
        form_row(rest, self.tr("Prompt"), self.cfg)
        form_row(rest, self.tr("Model"), self.model)
        form_row(rest, self.tr("Size"), self.size_choice)
        form_row(rest, "", self._sides)
        form_row(rest, self.tr("Scheduler"), self.scheduler)
        form_row(rest, self.tr("Device"), self.device)
        self._changes = (
            Changes(
                {
                    "guidance_scale": self.tr("Prompt strength"),
                    "size": self.tr("Picture size"),
                    "scheduler": self.tr("Scheduler"),
                },
                self._theme,
            ),
            Changes(self.options.titles(), self._theme),
        )
        self.fold = Fold(self.tr("More settings"), more, self._theme, self._changes[0])
        self.advanced = Fold(self.tr("Advanced guidance"), self.options, self._theme, self._changes[1])
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(8, 0, 8, 6)
        column.setSpacing(6)
        column.addWidget(self.start)
        column.addLayout(main)
        for fold in (self.fold, self.advanced):
            column.addWidget(fold)
            fold.toggled.connect(partial(self._folded, fold))
        column.addStretch(1)
        # Beyond its fields the panel has no use for height: the layers have.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._inner = inner
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        for row in self._top_rows():
            outer.addLayout(row)
        outer.addWidget(scroll, 1)

    def _top_rows(self) -> tuple[QHBoxLayout, QHBoxLayout]:
        """Return the button's row with the chip of hints, and the row of what is in the way."""
        top, said = QHBoxLayout(), QHBoxLayout()
        top.setContentsMargins(8, 4, 8, 0)
        top.addWidget(self.generate, 1)
        top.addWidget(self.advice.chip)
        said.setContentsMargins(10, 0, 8, 0)
        said.addWidget(self.advice.line)
        return top, said

    def _connect(self) -> None:
        self.seeds.edited.connect(lambda seed: self._set("seed", seed))
        self.seeds.pictures_changed.connect(self._name_button)
        self.steps.edited.connect(lambda value: self._set("steps", round(value)))
        self.eta.edited.connect(lambda value: self._set("eta", round(value, 3)))
        self.tau.edited.connect(lambda value: self._set("tau", round(value / 100, 4)))
        self.cfg.edited.connect(lambda value: self._set("guidance_scale", round(value, 3)))
        self.pull.edited.connect(lambda value: self._set("pww", round(value, 3)))
        self.options.edited.connect(self._set)
        for changes in self._changes:
            changes.reset_wanted.connect(partial(self._reset, changes.names))
        self.advice.setting_wanted.connect(self.show_setting)
        self._actions.generate.changed.connect(self._show_key)
        self.scheduler.picked.connect(lambda name: self._set("scheduler", name))
        self.model.picked.connect(self._pick_model)
        self.device.picked.connect(self.device_chosen.emit)
        self.size_choice.picked.connect(self._pick_size)
        for side in (self.wide, self.high):
            side.valueChanged.connect(self._sides_edited)

    def _folded(self, fold: Fold, opened: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.updateGeometry()
        self.folded.emit()
        if opened:  # once it is laid out, bring it up as far as there is room
            QTimer.singleShot(0, self, lambda: self._scroll.verticalScrollBar().setValue(fold.y()))

    def _show_key(self) -> None:
        self.generate.setToolTip(self._actions.generate.toolTip())

    def _set(self, name: str, value: Any) -> None:  # noqa: ANN401 - the type depends on the name
        settings = self._document.state.settings
        try:
            wanted = replace(settings, **{name: value})
        except UserError:  # beyond its range: the fields' own limits are as tight, so this is a folder without a name
            self._show()
            return
        if wanted != settings:
            self._undo.push(SetSettings(self._document, wanted, merge_key=name))

    def _reset(self, names: Sequence[str]) -> None:
        """Give settings their defaults; one undo step."""
        default = Settings()
        wanted = replace(self._document.state.settings, **{name: getattr(default, name) for name in names})
        self._undo.push(SetSettings(self._document, wanted, text=self.tr("Reset settings")))

    def show_setting(self, name: str) -> None:
        """Open the part with a setting, one of ``Settings.names()``, and put the keyboard there."""
        main = {"seed": self.seed, "steps": self.steps, "eta": self.eta, "tau": self.tau, "pww": self.pull}
        more = {
            "guidance_scale": self.cfg,
            "model": self.model,
            "size": self.size_choice,
            "scheduler": self.scheduler,
        }
        fields: dict[str, QWidget] = {**main, **more, **self.options.fields}
        if name not in main:
            (self.fold if name in more else self.advanced).open(True)
        fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(fields[name]))  # once it is laid out

    def _pick_model(self, value: object) -> None:
        wanted = {_FOLDER: self.folder_wanted, _FILE: self.file_wanted, _HUB: self.hub_wanted}.get(str(value))
        if wanted is None:
            self._set("model", value)
        else:
            self._show()
            wanted.emit()

    def _pick_size(self, value: object) -> None:
        if value == _CUSTOM:
            self._set("size", (self.wide.value(), self.high.value()))
        else:
            self._set("size", value)

    def _sides_edited(self) -> None:
        if self._document.state.settings.size is not None:
            self._set("size", (self.wide.value(), self.high.value()))

    def _name_button(self, count: int) -> None:
        text = self.tr("Generate") if count == 1 else self.tr("Generate {count} pictures").format(count=count)
        self.generate.setText(" " + text)

    def _show(self) -> None:
        settings = self._document.state.settings
        self.seed.show_value(settings.seed)
        self.steps.show_value(settings.steps)
        self.eta.show_value(settings.eta)
        self.tau.show_value(100 * settings.tau)
        self.cfg.show_value(settings.guidance_scale)
        self.pull.show_value(settings.pww)
        self.options.show_settings(settings)
        for changes in self._changes:
            changes.show_settings(settings)
        self.scheduler.show_value(settings.scheduler)
        self._show_model(settings.model)
        self._show_size(settings.size)

    def _show_model(self, model: str) -> None:
        self.model.clear()
        self.model.addItem(self.tr("Diorama (in the box)"), BUNDLED)
        for each in dict.fromkeys((model, *self._offered)):
            if each != BUNDLED:
                self.model.addItem(Path(each).name or each, each)
                self.model.setItemData(self.model.count() - 1, each, Qt.ItemDataRole.ToolTipRole)
        self.model.addItem(self.tr("Choose a folder…"), _FOLDER)
        self.model.addItem(self.tr("Choose a file…"), _FILE)
        self.model.addItem(self.tr("From the hub…"), _HUB)
        self.model.show_value(model)

    def _show_size(self, size: tuple[int, int] | None) -> None:
        if not self.size_choice.count():
            self.size_choice.addItem(self.tr("Automatic"), None)
            self.size_choice.addItem(self.tr("My own"), _CUSTOM)
        self.size_choice.setCurrentIndex(0 if size is None else 1)
        self._sides.setVisible(size is not None)
        for side, value in zip((self.wide, self.high), size or (256, 256), strict=True):
            blocked = side.blockSignals(True)
            side.setValue(value)
            side.blockSignals(blocked)

    def _tint(self) -> None:
        ratio = self.devicePixelRatioF()
        self.generate.setIcon(self._theme.pixmap("sparkles", QSize(18, 18), self._theme.tokens.on_accent, ratio))
        self.generate.setIconSize(QSize(18, 18))
