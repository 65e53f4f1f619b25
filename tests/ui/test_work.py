"""What takes long is done beside the window, can be stopped, and changes nothing that is not what it was."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desk import box
from zestdesk.document.checkpoint import checkpoint
from zestdesk.document.layout import Layout, LayoutState
from zestdesk.errors import UserError
from zestdesk.ui.work import Latest, Waiting, Work


class Bench:
    """A window with work to do, and a computation that takes as long as the test wants."""

    def __init__(self, window: QWidget) -> None:
        self.window, self.said, self.made = window, list[str](), list[object]()
        self.layout = Layout(LayoutState(layers=(box("a cat", id="a"), box("a dog", id="b"))), window)
        self.work = Work(self.layout, self.said.append, window)
        self.release, self.ended = Event(), Event()

    def lasting(self) -> str:
        try:
            while not self.release.wait(0.002):
                checkpoint()
        finally:
            self.ended.set()
        return "made"

    def begin(self, work=None) -> None:
        self.work.do("Grow", self.layout.state.layers[:1], work or self.lasting, self.made.append)

    @property
    def waiting(self) -> list[Waiting]:
        return [each for each in self.window.findChildren(Waiting) if each.isVisible()]


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    bench = Bench(window)
    yield bench
    bench.release.set()


def test_what_is_small_is_done_at_once(bench: Bench) -> None:
    bench.work.do("Grow", (), lambda: 7, bench.made.append, small=True)
    assert bench.made == [7]
    assert not bench.work.busy


def test_what_is_quick_is_done_at_once_as_well(bench: Bench) -> None:
    bench.release.set()
    bench.begin()
    assert bench.made == ["made"] or bench.work.busy  # another program may have had the processor
    QCoreApplication.processEvents()
    bench.ended.wait()


def test_one_who_waits_is_told_and_the_window_goes_on(bench: Bench, qtbot: QtBot) -> None:
    bench.begin()
    assert bench.work.busy
    assert not bench.waiting, "not every moment is worth a window"
    qtbot.waitUntil(lambda: bool(bench.waiting))
    shown = bench.waiting[0]
    assert shown.isModal()
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert bench.work.busy
    assert shown.findChild(QProgressBar).accessibleName() == "Grow"
    bench.release.set()
    qtbot.waitUntil(lambda: bench.made == ["made"])
    assert not bench.work.busy
    assert not bench.waiting
    assert bench.said == []


def test_cancel_stops_it_and_nothing_comes_of_it(bench: Bench, qtbot: QtBot) -> None:
    bench.begin()
    qtbot.waitUntil(lambda: bool(bench.waiting))
    bench.waiting[0].findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel).click()
    assert not bench.work.busy
    assert bench.ended.wait(5), "it goes on although nobody waits"
    QCoreApplication.processEvents()
    assert bench.made == []
    assert bench.said == ["“Grow” was stopped: nothing has changed."]


def test_what_was_changed_meanwhile_stays_as_it_is(bench: Bench, qtbot: QtBot) -> None:
    bench.begin()
    bench.layout.replace_layer(replace(bench.layout.state.layers[0], label="another cat"))
    bench.release.set()
    qtbot.waitUntil(lambda: not bench.work.busy)
    assert bench.made == []
    assert bench.said == ["Nothing came of “Grow”: the layers were changed meanwhile."]


@pytest.mark.parametrize("change", ["other layer", "prompt"])
def test_other_changes_meanwhile_are_no_hindrance(bench: Bench, qtbot: QtBot, change: str) -> None:
    bench.begin()
    if change == "prompt":
        bench.layout.set_prompt("a cat", "")
    else:
        bench.layout.remove("b")
    bench.release.set()
    qtbot.waitUntil(lambda: bench.made == ["made"])


def test_a_second_one_has_to_wait_its_turn(bench: Bench, qtbot: QtBot) -> None:
    bench.begin()
    bench.work.do("Soften", (), lambda: 8, bench.made.append)
    assert bench.said == ["One moment, please: “Grow” is not finished yet."]
    bench.release.set()
    qtbot.waitUntil(lambda: bench.made == ["made"])


def test_what_cannot_be_done_is_said(bench: Bench, qtbot: QtBot) -> None:
    def refused() -> None:
        raise UserError("That is too much.")

    bench.begin(refused)
    qtbot.waitUntil(lambda: bench.said == ["That is too much."])
    assert bench.made == []


def test_a_mistake_of_ours_is_not_hidden(bench: Bench, qtbot: QtBot) -> None:
    def mistaken() -> None:
        bench.release.wait()
        raise ZeroDivisionError

    bench.begin(mistaken)
    with qtbot.captureExceptions() as caught:
        bench.release.set()
        qtbot.waitUntil(lambda: not bench.work.busy)
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]


def test_a_window_that_is_gone_gets_nothing(bench: Bench, qtbot: QtBot) -> None:
    owner = QObject()
    work = Work(bench.layout, bench.said.append, owner)
    work.do("Grow", (), bench.lasting, bench.made.append)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    bench.release.set()
    assert bench.ended.wait(5)
    qtbot.wait(20)
    assert (bench.made, bench.said) == ([], [])


def test_of_many_previews_the_last_one_is_shown(bench: Bench, qtbot: QtBot) -> None:
    latest = Latest(bench.window)
    latest.ask(bench.lasting, bench.made.append)
    for number in range(5):
        latest.ask(lambda number=number: number, bench.made.append)
    qtbot.waitUntil(lambda: bench.made == [4])
    assert bench.ended.is_set(), "the first one was given up"
    latest.ask(bench.lasting, bench.made.append)
    latest.stop()
    latest.ask(lambda: "here", bench.made.append)
    qtbot.waitUntil(lambda: bench.made == [4, "here"])
