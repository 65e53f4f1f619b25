"""Settings: each change is an undo step, and everything that is stored is shown."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk
from zestdesk.document.layout import LayoutState
from zestdesk.document.settings import Settings
from zestdesk.guidance.request import SCHEDULERS
from zestdesk.ui.fields import Choice

OTHER = Settings(
    model="/models/sd15", steps=17, scheduler="euler", guidance_scale=7.5, eta=2.35, tau=0.25, seed=2**62,
    size=(64, 96), loss="fourth", maps="finest", best_maps=20, resampling="logits", softmax="labels", schedule="cosine",
    gradient_norm="rms", pww=0.4, guide_every=3, cfg_until=0.75, refinements=5,
)  # fmt: skip
EXTREME = Settings(
    steps=1000, eta=100, guidance_scale=50, tau=1, best_maps=1000, pww=10.0, guide_every=100, cfg_until=0.0,
    refinements=20,
)  # fmt: skip


def shown(desk: Desk) -> Settings:
    """Return the settings as the fields show them."""
    panel = desk.window.generate
    custom = panel.size_choice.currentData() is not None
    options = {
        name: field.currentData() if isinstance(field, Choice) else round(field.value)
        for name, field in panel.options.fields.items()
    }
    return Settings(
        model=panel.model.currentData(),
        steps=round(panel.steps.value),
        scheduler=panel.scheduler.currentData(),
        guidance_scale=panel.cfg.value,
        eta=panel.eta.value,
        tau=panel.tau.value / 100,
        seed=int(panel.seed.text()),
        size=(panel.wide.value(), panel.high.value()) if custom else None,
        pww=panel.pull.value,
        **{**options, "cfg_until": options["cfg_until"] / 100},
    )


@pytest.mark.parametrize("wanted", [Settings(), OTHER, EXTREME])
def test_every_setting_is_shown_and_showing_changes_nothing(desk: Desk, wanted: Settings) -> None:
    desk.fill(LayoutState(settings=wanted))
    assert shown(desk) == wanted == desk.state.settings
    assert desk.document.undo.count() == 0


def test_changes_go_through_undo_and_come_back(desk: Desk) -> None:
    before = desk.fill()
    panel = desk.window.generate
    panel.steps.number.setValue(20)
    panel.eta.number.setValue(2.5)
    panel.tau.number.setValue(75)
    panel.cfg.number.setValue(4.5)
    panel.scheduler.picked.emit(SCHEDULERS[1])
    panel.size_choice.picked.emit("custom")
    panel.wide.setValue(64)
    panel.dice.click()
    panel.use_model("/models/sd15")
    changed = desk.state.settings
    assert (changed.steps, changed.eta, changed.tau, changed.guidance_scale) == (20, 2.5, 0.75, 4.5)
    assert (changed.scheduler, changed.size, changed.model) == (SCHEDULERS[1], (64, 256), "/models/sd15")
    assert shown(desk) == changed
    while desk.document.undo.canUndo():
        desk.document.undo.undo()
    assert desk.state == before
    assert shown(desk) == before.settings


def test_dragging_a_slider_is_one_step(desk: Desk) -> None:
    desk.fill()
    slider = desk.window.generate.eta.slider
    for position in range(21, 60):
        slider.setValue(position)
    assert desk.document.undo.count() == 1
    assert desk.state.settings.eta == pytest.approx(2.95)


def test_the_largest_seed_can_be_typed_and_no_larger_one(desk: Desk, qtbot: QtBot) -> None:
    seed = desk.window.generate.seed
    largest = str(2**63 - 1)
    seed.selectAll()
    qtbot.keyClicks(seed, largest)
    qtbot.keyClick(seed, Qt.Key.Key_Return)
    assert desk.state.settings.seed == 2**63 - 1
    for more in ("0", "9"):
        qtbot.keyClicks(seed, more)
    assert seed.text() == largest
    seed.selectAll()
    qtbot.keyClicks(seed, str(2**63))
    assert seed.text() == str(2**63)[:-1]
    seed.selectAll()
    seed.insert("٣")
    assert seed.text() != "٣"


def test_seed_is_typed_whole_or_not_at_all(desk: Desk, qtbot: QtBot) -> None:
    desk.fill()
    seed = desk.window.generate.seed
    seed.selectAll()
    qtbot.keyClicks(seed, "12x3")
    assert desk.state.settings.seed == 0
    qtbot.keyClick(seed, Qt.Key.Key_Return)
    assert desk.state.settings.seed == 123
    seed.clear()
    seed.editingFinished.emit()
    assert (desk.state.settings.seed, seed.text()) == (0, "0")


def test_unlocked_seed_is_new_for_every_run_and_leaves_the_layout_alone(desk: Desk) -> None:
    before = desk.fill()
    panel = desk.window.generate
    assert panel.run_settings() == before.settings
    panel.lock.click()
    assert not panel.seed.isEnabled()
    seeds = {panel.run_settings().seed for _ in range(5)}
    assert len(seeds) > 1
    assert desk.state == before
    assert replace(panel.run_settings(), seed=0) == replace(before.settings, seed=0)


def test_wheel_passes_fields_by_unless_they_have_the_focus(desk: Desk) -> None:
    desk.fill()
    panel = desk.window.generate
    panel.generate.setFocus()
    down = QPoint(0, -120)
    for field in (panel.steps.number, panel.steps.slider, panel.scheduler, panel.wide):
        event = QWheelEvent(
            QPointF(5, 5), QPointF(5, 5), QPoint(), down, Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(field, event)
    assert desk.document.undo.count() == 0


def test_undo_in_a_number_is_the_documents(desk: Desk, qtbot: QtBot) -> None:
    desk.fill()
    number = desk.window.generate.steps.number
    number.setFocus()
    number.setValue(30)
    qtbot.keyClick(number, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.state.settings.steps == 50
    assert number.value() == 50


def test_device_is_the_machines_and_not_the_documents(desk: Desk) -> None:
    before = desk.fill()
    desk.window.generate.device.picked.emit("cpu")
    assert desk.worker.device == "cpu"
    assert desk.settings.value("generate/device") == "cpu"
    assert desk.state == before


def test_choosing_a_folder_leaves_the_model_until_one_is_chosen(desk: Desk) -> None:
    desk.fill(LayoutState(settings=OTHER))
    panel = desk.window.generate
    panel.folder_wanted.disconnect()
    asked = []
    panel.folder_wanted.connect(lambda: asked.append(True))
    panel.model.picked.emit("folder")
    assert asked == [True]
    assert panel.model.currentData() == OTHER.model
    panel.use_model("  ")
    assert desk.state.settings.model == OTHER.model
