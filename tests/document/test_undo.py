"""The history is bounded by bytes, and what is left of it undoes exactly."""

import gc
import tracemalloc
import weakref
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QApplication

from tests.document.strategies import edit, states
from zestdesk.document.brush import StrokePatches, blank_mask, mask_pixels, patches_between, pixels_to_mask
from zestdesk.document.commands import (
    AddLayer,
    ChangeLayers,
    RemoveLayers,
    ReplaceState,
    ResizeCanvas,
    SetPrompt,
)
from zestdesk.document.layers import BrushLayer
from zestdesk.document.layout import Layout, LayoutState
from zestdesk.document.packed import PackedLayer, PackedPixels
from zestdesk.document.painting import PaintStroke
from zestdesk.document.undo import UndoStack


class Weight(QUndoCommand):
    """Appends its name to a list, takes it away again, and says that it holds so many bytes."""

    def __init__(self, done: list[str], name: str, held: int = 1000, merges: bool = False) -> None:
        super().__init__(name)
        self.done, self.name, self.held, self.merges = done, name, held, merges

    def redo(self) -> None:
        self.done.append(self.name)

    def undo(self) -> None:
        assert self.done.pop() == self.name

    def bytes_held(self) -> int:
        return self.held

    def id(self) -> int:
        return 7 if self.merges else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        assert isinstance(other, Weight)
        self.done.pop()
        self.held += other.held
        return True


def names(stack: QUndoStack) -> str:
    return "".join(stack.text(index) for index in range(stack.count()))


def push_all(stack: QUndoStack, done: list[str], letters: str, held: int) -> None:
    for letter in letters:
        stack.push(Weight(done, letter, held))


def test_the_oldest_steps_go_and_nothing_that_was_done_is_undone() -> None:
    done: list[str] = []
    stack = UndoStack(budget=10_000)
    push_all(stack, done, "abcdefgh", 3000)
    assert "".join(done) == "abcdefgh"
    assert stack.bytes_held <= 10_000
    assert names(stack) == "gh"
    while stack.canUndo():
        stack.undo()
    assert "".join(done) == "abcdef"
    while stack.canRedo():
        stack.redo()
    assert "".join(done) == "abcdefgh"


def test_steps_that_fit_all_stay() -> None:
    done: list[str] = []
    stack = UndoStack(budget=100_000)
    push_all(stack, done, "abcdefgh", 3000)
    assert names(stack) == "abcdefgh"


def test_the_newest_step_stays_whatever_it_holds() -> None:
    done: list[str] = []
    stack = UndoStack(budget=10_000)
    push_all(stack, done, "ab", 1000)
    stack.push(Weight(done, "c", 50_000))
    assert names(stack) == "c"
    stack.undo()
    assert "".join(done) == "ab"
    push_all(stack, done, "d", 1000)
    assert (names(stack), stack.bytes_held < 10_000) == ("d", True)


def test_a_step_that_grows_by_merging_counts_as_what_it_has_become() -> None:
    done: list[str] = []
    stack = UndoStack(budget=12_000)
    push_all(stack, done, "ab", 1000)
    for _ in range(6):
        stack.push(Weight(done, "m", 1500, merges=True))
    assert names(stack) == "bm" or names(stack) == "m"
    assert stack.bytes_held <= 12_000
    assert "".join(done) == "abm"


def test_a_macro_goes_as_a_whole() -> None:
    done: list[str] = []
    stack = UndoStack(budget=12_000)
    stack.beginMacro("M")
    push_all(stack, done, "abc", 3000)
    stack.beginMacro("within")
    push_all(stack, done, "d", 200)
    stack.endMacro()
    assert stack.count() == 1
    stack.endMacro()
    assert stack.bytes_held > 9000
    assert not stack.canRedo()
    push_all(stack, done, "ef", 1000)
    assert names(stack) == "ef"
    stack.setIndex(0)
    assert "".join(done) == "abcd"


def test_a_macro_that_is_left_undoes_at_once() -> None:
    done: list[str] = []
    stack = UndoStack(budget=8_000)
    push_all(stack, done, "abc", 1000)
    stack.beginMacro("M")
    push_all(stack, done, "de", 1000)
    stack.endMacro()
    assert names(stack).endswith("M")
    assert len(names(stack)) < 4
    stack.undo()
    assert "".join(done) == "abc"
    stack.redo()
    assert "".join(done) == "abcde"


def test_what_was_undone_counts_until_it_is_overwritten() -> None:
    done: list[str] = []
    stack = UndoStack(budget=100_000)
    push_all(stack, done, "abcd", 3000)
    full = stack.bytes_held
    stack.setIndex(1)
    assert stack.bytes_held == full
    push_all(stack, done, "x", 3000)
    assert stack.bytes_held == full // 2
    assert names(stack) == "ax"


def test_those_who_list_the_steps_hear_of_it_and_actions_stay_right(qapp: QApplication) -> None:
    done: list[str] = []
    stack = UndoStack(budget=10_000)
    owner = QObject()
    undo, redo = stack.createUndoAction(owner), stack.createRedoAction(owner)
    told: list[int] = []
    stack.indexChanged.connect(told.append)
    push_all(stack, done, "abcd", 3000)
    assert told[-1] == stack.index() == stack.count() == 2
    assert (undo.isEnabled(), redo.isEnabled()) == (True, False)
    assert undo.text() == "Undo d"


def test_a_smaller_budget_may_leave_nothing_to_undo_but_something_to_redo(qapp: QApplication) -> None:
    done: list[str] = []
    stack = UndoStack(budget=100_000)
    owner = QObject()
    undo, redo = stack.createUndoAction(owner), stack.createRedoAction(owner)
    push_all(stack, done, "abcd", 10_000)
    stack.setIndex(2)
    stack.budget = 25_000
    assert (stack.index(), stack.count()) == (0, 2)
    assert (undo.isEnabled(), redo.isEnabled()) == (False, True)
    assert undo.text() == "Undo"
    stack.redo()
    assert "".join(done) == "abc"
    assert undo.text() == "Undo c"


def test_clearing_forgets_all() -> None:
    done: list[str] = []
    stack = UndoStack(budget=10_000)
    push_all(stack, done, "ab", 3000)
    stack.clear()
    assert (stack.count(), stack.bytes_held) == (0, 0)
    push_all(stack, done, "c", 3000)
    assert names(stack) == "c"


def test_dropped_commands_are_let_go() -> None:
    done: list[str] = []
    stack = UndoStack(budget=10_000)
    command = Weight(done, "a", 3000)
    gone = weakref.ref(command)
    stack.push(command)
    del command
    assert gone() is not None
    push_all(stack, done, "bcdefg", 3000)
    gc.collect()
    assert gone() is None


@given(st.data(), states())
def test_any_edits_under_any_budget_undo_as_far_as_they_are_kept(data: st.DataObject, first: LayoutState) -> None:
    layout = Layout(first)
    stack, plain = UndoStack(budget=data.draw(st.integers(1, 40_000))), [first]
    for _ in range(data.draw(st.integers(1, 14))):
        step = data.draw(st.sampled_from(["edit", "edit", "edit", "edit", "undo", "redo"]))
        if step != "edit":
            stack.undo() if step == "undo" else stack.redo()
        elif (command := edit(data, layout)) is not None:
            stack.push(command)
        plain.append(layout.state)
    last, top = layout.state, stack.index()
    while stack.canUndo():
        stack.undo()
        assert layout.state in plain
    stack.setIndex(top)
    assert layout.state == last


def test_memory_stays_bounded_through_thousands_of_strokes() -> None:
    """Noise cannot be packed: 5,000 strokes of 1.6 KB would take 8 MB, and as much again for what is around them."""
    random = np.random.default_rng(3)
    layer = BrushLayer(mask=pixels_to_mask(random.integers(0, 256, (64, 64), np.uint8)))
    layout, budget = Layout(LayoutState(canvas=(64, 64), layers=(layer,))), 500_000
    stack = UndoStack(budget=budget)
    noise = random.integers(0, 256, (40, 1000), np.uint8)
    checks: dict[int, int] = {}
    for number in range(5000):
        if number == 3500:  # what is held by then is not traced, and goes; tracing is slow
            tracemalloc.start()
        start = number * 37 % 960
        patches = patches_between(_mask(layout), noise[:, start : start + 40], number % 24, number // 7 % 24)
        assert patches is not None
        stack.push(PaintStroke(layout, layer.id, patches, "Paint"))
        if number % 16 == 0:
            checks[number] = hash(mask_pixels(_mask(layout)).tobytes())
        assert stack.bytes_held <= budget
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert held < 2 * budget  # 1,500 strokes are 2.4 MB
    kept = stack.count()
    assert 100 < kept < 250
    for number in range(4999, 4999 - kept, -1):
        if number in checks:
            assert hash(mask_pixels(_mask(layout)).tobytes()) == checks[number]
        stack.undo()
    assert not stack.canUndo()


def _mask(layout: Layout):
    layer = layout.state.layers[0]
    assert isinstance(layer, BrushLayer)
    return layer.mask


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 2**32 - 1), st.sampled_from([1, 2, 256]))
def test_packed_pixels_are_exact(width: int, height: int, seed: int, levels: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, levels, (height, width)).astype(np.uint8)
    packed = PackedPixels(pixels)
    assert (packed.unpack() == pixels).all()
    assert packed.bytes_held <= pixels.nbytes
    assert packed == PackedPixels(pixels.copy())
    assert hash(packed) == hash(PackedPixels(pixels.copy()))
    assert packed != PackedPixels(pixels + np.uint8(1))
    assert packed != PackedPixels(pixels.T) or width == height == 1 or (width == height and (pixels == pixels.T).all())


@given(st.tuples(*[st.integers(0, 20)] * 4), st.integers(1, 3))
def test_of_packed_pixels_only_what_is_painted_is_kept(part: tuple[int, int, int, int], value: int) -> None:
    left, top, right, bottom = part
    pixels = np.zeros((90, 90), np.uint8)
    pixels[top : 90 - bottom, left : 90 - right] = value
    packed = PackedPixels(pixels)
    assert (packed.unpack() == pixels).all()
    for moved in (np.roll(pixels, 1, axis=0), np.roll(pixels, 1, axis=1), pixels.T):
        assert (packed == PackedPixels(moved)) == bool((moved == pixels).all())
    assert PackedPixels(np.zeros_like(pixels)).bytes_held == 0
    assert (PackedPixels(np.zeros_like(pixels)).unpack() == 0).all()


def test_masks_take_a_fraction_of_their_size() -> None:
    disc = np.hypot(*np.mgrid[-256:256, -256:256]) < 200
    layer = BrushLayer(mask=pixels_to_mask((255 * disc).astype(np.uint8)))
    packed = PackedLayer.of(layer)
    assert packed.bytes_held < 512 * 512 // 25
    assert packed.unpack() == layer
    assert PackedLayer.of(replace(layer, mask=blank_mask((0, 0)))).unpack().mask.isNull()


def test_every_command_on_masks_keeps_them_packed() -> None:
    canvas, size = (512, 512), 512 * 512
    layer = BrushLayer(mask=blank_mask(canvas))
    full = replace(layer, mask=pixels_to_mask(np.full((512, 512), 255, np.uint8)))
    layout = Layout(LayoutState(canvas=canvas, layers=(layer,)))
    stack = UndoStack()
    other = replace(full, id="other")
    for command in (
        AddLayer(layout, other, 0),
        ChangeLayers(layout, [full], "Fill"),
        ResizeCanvas(layout, (500, 500)),
        RemoveLayers(layout, [layer.id]),
        ReplaceState(layout, LayoutState(canvas=canvas, layers=(full,)), "Restore"),
    ):
        assert command.bytes_held() < size // 25, command
    patches = StrokePatches(QRect(0, 0, 512, 512), layer.mask, full.mask)
    assert PaintStroke(layout, layer.id, patches, "Paint").bytes_held() < size // 25
    stack.push(SetPrompt(layout, "x" * 10_000, ""))
    assert stack.bytes_held > 10_000


def test_a_change_beside_the_mask_keeps_no_mask() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (64, 64), np.uint8)
    layer = BrushLayer(mask=pixels_to_mask(noise), label="fog")
    layout = Layout(LayoutState(canvas=(64, 64), layers=(layer,)))
    stack = UndoStack()
    stack.push(ChangeLayers(layout, [replace(layer, label="mist")], "Rename"))
    assert stack.bytes_held < 4096
    patches = patches_between(layer.mask, np.zeros((64, 64), np.uint8))
    assert patches is not None
    stack.push(PaintStroke(layout, layer.id, patches, "Clear"))
    stack.undo()
    stack.undo()
    assert layout.state.layers == (layer,)
    stack.redo()
    assert layout.state.layers == (replace(layer, label="mist"),)


@pytest.mark.parametrize("first", ["mask", "label"])
def test_a_series_that_changes_masks_and_more_merges_exactly(first: str) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (2, 40, 40), np.uint8)
    layer = BrushLayer(mask=pixels_to_mask(noise[0]), label="fog")
    moved, named = {"mask": pixels_to_mask(noise[1])}, {"label": "mist"}
    layout = Layout(LayoutState(canvas=(40, 40), layers=(layer,)))
    stack = UndoStack()
    once = replace(layer, **(moved if first == "mask" else named))
    twice = replace(layer, **moved, **named)
    stack.push(ChangeLayers(layout, [once], "Change", "key"))
    stack.push(ChangeLayers(layout, [twice], "Change", "key"))
    assert stack.count() == 1
    stack.undo()
    assert layout.state.layers == (layer,)
    stack.redo()
    assert layout.state.layers == (twice,)
    stack.push(ChangeLayers(layout, [layer], "Change", "key"))
    assert stack.count() == 0
