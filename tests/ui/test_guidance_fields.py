"""The options of the guidance in the panel: each can be set, what was changed is marked, and all can be reset."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.document.strategies import options
from tests.ui.desk import Desk, made, three_layers
from tests.ui.test_generate_panel import OTHER, shown
from zestdesk.document.settings import Settings
from zestdesk.files.project import Run
from zestdesk.options import CHOICES, GuidanceOptions
from zestdesk.ui.fields import Choice, SliderNumber
from zestdesk.ui.guidance_fields import Changes, GuidanceFields
from zestdesk.ui.option_words import option_words, told_options


def option_field(desk: Desk, name: str) -> Choice | SliderNumber:
    return desk.window.generate.pull if name == "pww" else desk.window.generate.options.fields[name]


def marks(desk: Desk) -> tuple[Changes, Changes]:
    more, advanced = desk.window.generate.findChildren(Changes)
    return more, advanced


def test_every_option_is_set_by_a_field_of_its_own(desk: Desk) -> None:
    desk.fill()
    for name in GuidanceOptions.names():
        field, value = option_field(desk, name), getattr(OTHER, name)
        if isinstance(field, Choice):
            field.picked.emit(value)
        else:
            field.number.setValue(100 * value if name == "cfg_until" else value)
        assert desk.state.settings == replace(Settings(), **{name: value})
        assert shown(desk) == desk.state.settings
        desk.document.undo.undo()
        assert desk.state.settings == shown(desk) == Settings()


def test_dragging_is_one_step(desk: Desk) -> None:
    desk.fill()
    for count, name in enumerate(("pww", "cfg_until", "refinements", "guide_every", "best_maps"), 1):
        slider = option_field(desk, name).slider  # type: ignore[union-attr]  # numbers have one
        for position in (3, 4, 5):
            slider.setValue(position)
        assert desk.document.undo.count() == count


def test_every_value_has_a_word_and_a_tip_of_its_own() -> None:
    words = option_words()
    assert set(words) == set(GuidanceOptions.names())
    for name, each in words.items():
        assert each.caption
        assert each.name
        assert each.tip.endswith(".")
        assert tuple(each.choices) == CHOICES.get(name, ())
        assert len({word for word, _ in each.choices.values()}) == len(each.choices)
        assert all(tip.endswith(".") for _, tip in each.choices.values())
    assert "Paint-with-Words" in words["pww"].tip


def test_names_and_tips_reach_those_who_hear_and_those_who_point(qtbot: QtBot) -> None:
    fields = GuidanceFields()
    qtbot.addWidget(fields)
    for name, field in fields.fields.items():
        assert field.accessibleName() == option_words()[name].name
        assert field.toolTip() == option_words()[name].tip
        if isinstance(field, Choice):
            assert all(field.itemData(row, Qt.ItemDataRole.ToolTipRole) for row in range(field.count()))


def test_what_was_changed_is_marked_while_it_is_folded_away(desk: Desk) -> None:
    desk.fill()
    more, advanced = marks(desk)
    assert more.isHidden()
    assert advanced.isHidden()
    option_field(desk, "pww").number.setValue(0.4)  # type: ignore[union-attr]  # it stands outside
    assert advanced.isHidden()
    option_field(desk, "loss").picked.emit("fourth")  # type: ignore[union-attr]  # a choice
    assert advanced.isVisible()
    assert advanced.count.text() == "1 changed"
    desk.window.generate.scheduler.picked.emit("euler")
    option_field(desk, "refinements").number.setValue(2)  # type: ignore[union-attr]  # a number
    assert advanced.count.text() == "2 changed"
    assert advanced.count.toolTip() == "Not at their defaults: Refinements, What is compared with the layers"
    assert more.count.text() == "1 changed"
    assert not desk.window.generate.advanced.opened


def test_reset_is_one_step_and_touches_its_own_part_only(desk: Desk) -> None:
    before = desk.fill(replace(three_layers(), settings=OTHER))
    more, advanced = marks(desk)
    advanced.button.click()
    assert desk.document.undo.count() == 1
    assert desk.document.undo.undoText() == "Reset settings"
    assert {name for name in Settings.names() if getattr(desk.state.settings, name) != getattr(OTHER, name)} == set(
        GuidanceOptions.names()
    ) - {"pww"}
    assert advanced.isHidden()
    assert more.isVisible()
    desk.document.undo.undo()
    assert desk.state == before
    more.button.click()
    assert desk.state.settings == replace(OTHER, guidance_scale=3.0, size=None, scheduler="ddim")


def focus_of(desk: Desk) -> QWidget | None:
    desk.window.activateWindow()
    QApplication.processEvents()
    return desk.window.focusWidget()


def test_every_setting_can_be_brought_up(desk: Desk) -> None:
    desk.fill()
    panel, seen = desk.window.generate, set()
    for name in Settings.names():
        for fold in (panel.fold, panel.advanced):
            fold.open(False)
        panel.show_setting(name)
        found = focus_of(desk)
        assert found is not None
        assert not found.visibleRegion().isEmpty(), name
        assert panel.isAncestorOf(found)
        seen.add(found.accessibleName())
    assert len(seen) == len(Settings.names())


def test_a_hint_about_a_setting_leads_to_it(desk: Desk) -> None:
    desk.fill(replace(three_layers(), settings=Settings(guide_every=30)))
    desk.window.preflight.look()
    bar = desk.window.generate.advice
    bar.chip.menu().aboutToShow.emit()
    (action,) = bar.chip.menu().actions()
    assert action.text().startswith("Settings: Only the first step is guided")
    action.trigger()
    assert desk.window.generate.advanced.opened
    assert focus_of(desk) is desk.window.generate.options.fields["guide_every"].number  # type: ignore[union-attr]


def test_the_history_tells_what_was_not_at_its_default(desk: Desk) -> None:
    state = desk.fill()
    result = made(state)
    request = replace(result.request, options=GuidanceOptions(pww=0.4, loss="fourth", cfg_until=0.75))
    now = datetime.now(UTC)
    desk.history.replace_all(
        Run(id=name, created=now, state=state, result=each)
        for name, each in (("plain", result), ("other", replace(result, request=request)))
    )
    model = desk.window.runs_panel.model
    other, plain = (model.index(row).data(Qt.ItemDataRole.ToolTipRole).split("\n") for row in (0, 1))
    assert [line for line in other if line not in plain] == [
        "Word pull: 0.4",
        "Prompt strength until: 75 %",
        "What is compared with the layers: Forgiving",
    ]


@given(options())
def test_any_options_can_be_told(values: dict[str, object]) -> None:
    default = Settings()
    told = told_options(GuidanceOptions(**values))
    assert len(told) == sum(value != getattr(default, name) for name, value in values.items())
