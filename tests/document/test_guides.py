"""Guides as values and their undo steps; that any mixture of edits undoes exactly is tested with all commands."""

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QUndoStack

from zestdesk.document.guide_commands import AddGuide, MoveGuide, RemoveGuides
from zestdesk.document.guides import MAX_GUIDE_POSITION, MAX_GUIDES, Guide, sorted_guides
from zestdesk.document.layers import ShapeLayer, shape_path
from zestdesk.document.layout import Layout, LayoutState
from zestdesk.errors import UserError

LEVEL, UPRIGHT = Guide("horizontal", 30), Guide("vertical", 12.5)


@pytest.fixture
def layout() -> Layout:
    return Layout(LayoutState(guides=(LEVEL, UPRIGHT)))


@pytest.fixture
def undo() -> QUndoStack:
    return QUndoStack()


@pytest.mark.parametrize("position", [math.nan, math.inf, MAX_GUIDE_POSITION * 1.01])
def test_a_guide_lies_somewhere(position: float) -> None:
    with pytest.raises(ValueError, match="cannot lie"):
        Guide("vertical", position)


def test_a_guide_runs_one_way_or_the_other() -> None:
    with pytest.raises(ValueError, match="slanted"):
        Guide("slanted", 3)  # type: ignore[arg-type]  # as a slip would


def test_a_layout_holds_each_guide_once_and_in_order() -> None:
    with pytest.raises(ValueError, match="guides"):
        LayoutState(guides=(UPRIGHT, LEVEL))
    with pytest.raises(ValueError, match="guides"):
        LayoutState(guides=(LEVEL, LEVEL))
    assert LayoutState(guides=sorted_guides([UPRIGHT, LEVEL, UPRIGHT])).guides == (LEVEL, UPRIGHT)


def test_guides_count_as_part_of_the_layout() -> None:
    assert LayoutState(guides=(LEVEL,)) != LayoutState()


def test_adding_is_a_step_and_adding_again_is_none(layout: Layout, undo: QUndoStack) -> None:
    added = Guide("vertical", 3)
    undo.push(AddGuide(layout, added))
    undo.push(AddGuide(layout, added))
    assert (undo.count(), undo.undoText()) == (1, "Add guide")
    assert layout.state.guides == (LEVEL, added, UPRIGHT)
    undo.undo()
    assert layout.state.guides == (LEVEL, UPRIGHT)


def test_a_full_layout_takes_no_more() -> None:
    layout = Layout(LayoutState(guides=sorted_guides(Guide("vertical", x) for x in range(MAX_GUIDES))))
    with pytest.raises(UserError, match=str(MAX_GUIDES)):
        AddGuide(layout, LEVEL)
    AddGuide(layout, Guide("vertical", 7))  # one that is there


def test_nudges_of_one_guide_become_one_step(layout: Layout, undo: QUndoStack) -> None:
    for position in (13, 14, 15):
        guide = layout.state.guides[-1]
        undo.push(MoveGuide(layout, guide, position, merge=True))
    assert undo.count() == 1
    assert layout.state.guides == (LEVEL, Guide("vertical", 15))
    undo.push(MoveGuide(layout, LEVEL, 31, merge=True))
    assert undo.count() == 2  # another guide
    undo.undo()
    undo.undo()
    assert layout.state.guides == (LEVEL, UPRIGHT)


def test_nudges_back_leave_no_step(layout: Layout, undo: QUndoStack) -> None:
    undo.push(MoveGuide(layout, LEVEL, 31, merge=True))
    undo.push(MoveGuide(layout, Guide("horizontal", 31), 30, merge=True))
    assert (undo.count(), layout.state.guides) == (0, (LEVEL, UPRIGHT))


def test_drags_stay_steps_of_their_own(layout: Layout, undo: QUndoStack) -> None:
    undo.push(MoveGuide(layout, LEVEL, 31))
    undo.push(MoveGuide(layout, Guide("horizontal", 31), 32))
    assert undo.count() == 2


def test_a_guide_that_is_moved_onto_another_becomes_one_with_it(layout: Layout, undo: QUndoStack) -> None:
    undo.push(AddGuide(layout, Guide("vertical", 20)))
    undo.push(MoveGuide(layout, UPRIGHT, 20))
    assert layout.state.guides == (LEVEL, Guide("vertical", 20))
    undo.undo()
    assert layout.state.guides == (LEVEL, UPRIGHT, Guide("vertical", 20))


def test_a_guide_that_is_not_there_cannot_be_moved(layout: Layout) -> None:
    with pytest.raises(KeyError):
        MoveGuide(layout, Guide("vertical", 99), 3)


def test_removing_one_or_all_is_a_step(layout: Layout, undo: QUndoStack) -> None:
    undo.push(RemoveGuides(layout, [LEVEL]))
    assert (undo.undoText(), layout.state.guides) == ("Remove guide", (UPRIGHT,))
    undo.undo()
    undo.push(RemoveGuides(layout, layout.state.guides))
    assert (undo.undoText(), layout.state.guides) == ("Remove guides", ())
    undo.push(RemoveGuides(layout, [LEVEL]))  # gone already
    assert undo.count() == 1


def test_layers_are_untouched_by_guides(layout: Layout, undo: QUndoStack) -> None:
    layer = ShapeLayer(path=shape_path("rectangle", QRectF(0, 0, 5, 5)))
    layout.set_state(replace(layout.state, layers=(layer,)))
    undo.push(MoveGuide(layout, LEVEL, 2))
    assert layout.state.layers[0] is layer
