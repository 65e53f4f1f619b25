"""Groups: whatever is done and undone, their layers stay together and everything comes back exactly."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QPainterPath, QUndoStack

from tests.document.strategies import grouped_layers, reorder
from zestdesk.document.commands import AddLayer, ArrangeLayers, RemoveLayers
from zestdesk.document.group_commands import ChangeGroup, GroupLayers, Ungroup
from zestdesk.document.groups import (
    first_stray,
    fresh_copies,
    grouped,
    members,
    moved,
    sound_layers,
    stepped,
    taken,
    to_edge,
    whole_groups,
)
from zestdesk.document.layers import Group, Layer, ShapeLayer
from zestdesk.document.layout import (
    GroupsFolded,
    LayerChanged,
    Layout,
    LayoutState,
)

G, H = Group(name="animals", id="G"), Group(name="ground", id="H")


def rectangle(name: str, group: Group | None = None) -> ShapeLayer:
    path = QPainterPath()
    path.addRect(0, 0, 10, 10)
    return ShapeLayer(id=name, label=name, path=path, kind="rectangle", group=group)


def row(text: str) -> tuple[ShapeLayer, ...]:
    """Return layers as a text draws them: ``"a (bc) d"`` puts b and c into G, the next brackets are H."""
    layers, groups, group = [], iter((G, H)), None
    for sign in text.replace(" ", ""):
        if sign == "(":
            group = next(groups)
        elif sign == ")":
            group = None
        else:
            layers.append(rectangle(sign, group))
    return tuple(layers)


def drawn(layers: Sequence[Layer]) -> str:
    """Return what :func:`row` makes of them, whatever the groups' names."""
    text, group = "", ""
    for layer in layers:
        now = layer.group.id if layer.group else ""
        text += ")" * bool(group and now != group) + "(" * bool(now and now != group) + layer.id
        group = now
    return text + ")" * bool(group)


def test_the_drawing_is_faithful() -> None:
    assert drawn(row("a(bc)d(e)")) == "a(bc)d(e)"


# The rule


@pytest.mark.parametrize(
    ("layers", "stray"),
    [
        ((rectangle("a", G), rectangle("b"), rectangle("c", G)), 2),
        ((rectangle("a", G), rectangle("b", replace(G, locked=True))), 1),
        ((rectangle("a", G), rectangle("b", H), rectangle("c", G)), 2),
        (row("a(bc)(de)"), None),
    ],
)
def test_a_layout_takes_no_group_that_stands_apart(layers: tuple[Layer, ...], stray: int | None) -> None:
    assert first_stray(layers) == stray
    if stray is None:
        assert LayoutState(layers=layers).layers == layers
        return
    with pytest.raises(ValueError, match="group"):
        LayoutState(layers=layers)
    gathered = LayoutState(layers=sound_layers(layers)).layers
    assert {layer.id for layer in gathered} == {layer.id for layer in layers}


@given(grouped_layers())
def test_what_is_sound_stays_as_it_is(layers: tuple[Layer, ...]) -> None:
    assert sound_layers(layers) == layers


@given(grouped_layers(sound=False))
def test_anything_can_be_made_sound(layers: tuple[Layer, ...]) -> None:
    result = sound_layers(layers)
    assert first_stray(result) is None
    assert sorted(layer.id for layer in result) == sorted(layer.id for layer in layers)


@given(grouped_layers(sound=False))
def test_copies_are_sound_and_share_no_id(layers: tuple[Layer, ...]) -> None:
    copies = fresh_copies(layers)
    state = LayoutState(layers=(*copies, *sound_layers(layers)))  # refuses ids that are there twice
    assert len(state.layers) == 2 * len(layers)
    assert [layer.label for layer in copies] == [layer.label for layer in sound_layers(layers)]
    groups = {layer.group.id for layer in layers if layer.group}
    fresh = {layer.group.id for layer in copies if layer.group}
    assert len(groups) == len(fresh)
    assert not groups & fresh


def test_a_clipboard_takes_groups_only_as_a_whole() -> None:
    layers = row("a(bc)(de)")
    assert drawn(taken(layers, {"a", "b", "d", "e"})) == "ab(de)"
    assert whole_groups(layers, {"a", "b", "d", "e"}) == (H,)


# Moving


@pytest.mark.parametrize(
    ("before", "ids", "index", "into", "after"),
    [
        ("ab(cd)e", "a", 3, G, "b(cad)e"),
        ("ab(cd)e", "ae", 4, G, "b(cdae)"),
        ("ab(cd)e", "ae", 2, G, "b(aecd)"),
        ("ab(cd)e", "c", 5, None, "ab(d)ec"),
        ("ab(cd)e", "cd", 0, None, "(cd)abe"),
        ("ab(cd)e", "cde", 0, None, "(cd)eab"),
        ("ab(cd)e", "a", 3, None, "ba(cd)e"),
        ("(ab)(cd)", "ab", 4, H, "(cdab)"),
        ("(ab)(cd)", "ab", 4, None, "(cd)(ab)"),
        ("(ab)(cd)", "a", 0, None, "a(b)(cd)"),
        ("(ab)(cd)", "ab", 1, G, "(ab)(cd)"),
        ("abc", "b", 1, None, "abc"),
    ],
)
def test_drops(before: str, ids: str, index: int, into: Group | None, after: str) -> None:
    assert drawn(moved(row(before), ids, index, into)) == after


@pytest.mark.parametrize(
    ("before", "ids", "down", "after"),
    [
        ("ab(cd)e", "e", False, "ab(cde)"),
        ("ab(cd)e", "c", False, "abc(d)e"),
        ("ab(cd)e", "d", False, "ab(dc)e"),
        ("ab(cd)e", "d", True, "ab(c)de"),
        ("ab(cd)e", "b", True, "a(bcd)e"),
        ("ab(cd)e", "cd", False, "a(cd)be"),
        ("ab(cd)e", "cd", True, "abe(cd)"),
        ("(ab)(cd)", "cd", False, "(cd)(ab)"),
        ("(ab)(cd)", "ab", True, "(cd)(ab)"),
        ("(ab)(cd)", "ab", False, "(ab)(cd)"),
        ("(ab)(cd)", "bcd", False, "(ba)(cd)"),
        ("ab(c)", "c", False, "a(c)b"),
        ("abc", "ac", False, "acb"),
        ("abc", "ab", False, "abc"),
        ("abc", "bc", False, "bca"),
    ],
)
def test_steps_go_into_groups_and_out_of_them(before: str, ids: str, down: bool, after: str) -> None:
    assert drawn(stepped(row(before), ids, down=down)) == after


def test_steps_go_past_folded_groups() -> None:
    assert drawn(stepped(row("a(bc)d"), "d", down=False, folded="G")) == "ad(bc)"
    assert drawn(stepped(row("a(bc)d"), "a", down=True, folded="G")) == "(bc)ad"
    assert drawn(stepped(row("a(bc)d"), "b", down=True, folded="G")) == "a(cb)d"


@pytest.mark.parametrize(("ids", "bottom", "after"), [("ce", False, "ceab(d)"), ("acd", True, "bea(cd)")])
def test_to_the_edges(ids: str, bottom: bool, after: str) -> None:
    assert drawn(to_edge(row("ab(cd)e"), ids, bottom=bottom)) == after


@pytest.mark.parametrize(
    ("before", "ids", "after"),
    [
        ("abcd", "bd", "a(bd)c"),
        ("a(bcd)", "c", "a(c)(bd)"),
        ("a(bcd)", "cd", "a(b)(cd)"),
        ("a(bc)d", "bcd", "a(bcd)"),
        ("(ab)(cd)", "bc", "(a)(bc)(d)"),
    ],
)
def test_grouping_gathers_at_the_uppermost(before: str, ids: str, after: str) -> None:
    result = grouped(row(before), ids, Group(id="N"))
    assert drawn(result) == after
    assert {layer.id for layer in members(result, "N")} == set(ids)


@given(st.data(), grouped_layers())
def test_every_move_keeps_layers_orders_and_the_rule(data: st.DataObject, layers: tuple[Layer, ...]) -> None:
    ids = data.draw(st.sets(st.sampled_from([layer.id for layer in layers])) if layers else st.just(set()))
    groups = [layer.group for layer in layers if layer.group]
    ways = {
        "moved": lambda: moved(
            layers,
            ids,
            data.draw(st.integers(0, len(layers))),
            data.draw(st.sampled_from([None, *groups])),
        ),
        "stepped": lambda: stepped(
            layers, ids, down=data.draw(st.booleans()), folded=data.draw(st.sets(st.sampled_from("GHI")))
        ),
        "to_edge": lambda: to_edge(layers, ids, bottom=data.draw(st.booleans())),
    }
    if ids:
        ways["grouped"] = lambda: grouped(layers, ids, Group(id="N"))
    way = data.draw(st.sampled_from(sorted(ways)))
    result = ways[way]()
    assert first_stray(result) is None
    order = [layer.id for layer in layers]
    for chosen in (ids, set(order) - ids):
        if way != "grouped":
            assert [each.id for each in result if each.id in chosen] == [each for each in order if each in chosen]
    assert sorted(layer.id for layer in result) == sorted(order)
    assert [replace(layer, group=None) for layer in sorted(result, key=lambda each: each.id)] == [
        replace(layer, group=None) for layer in sorted(layers, key=lambda each: each.id)
    ]


# Commands


@pytest.fixture
def undo() -> QUndoStack:
    return QUndoStack()


def layout_of(text: str) -> Layout:
    return Layout(LayoutState(layers=row(text)))


def test_grouping_and_ungrouping_are_steps_with_names(undo: QUndoStack) -> None:
    layout = layout_of("abcd")
    undo.push(GroupLayers(layout, ["b", "d"], Group(name="animals")))
    assert drawn(layout.state.layers) == "a(bd)c"
    undo.push(Ungroup(layout, [layout.state.layers[1].group.id]))
    assert drawn(layout.state.layers) == "abdc"
    assert [undo.text(index) for index in range(undo.count())] == ["Group layers", "Ungroup “animals”"]
    undo.undo()
    undo.undo()
    assert layout.state.layers == row("abcd")


def test_a_group_changes_for_all_its_layers_at_once(undo: QUndoStack) -> None:
    layout = layout_of("a(bc)")
    heard: list[object] = []
    layout.changed.connect(heard.append)
    for name in ("b", "bi", "birds"):
        undo.push(ChangeGroup(layout, replace(G, name=name), "Rename group", "name"))
    assert undo.count() == 1
    assert [layer.group for layer in layout.state.layers] == [None, replace(G, name="birds"), replace(G, name="birds")]
    assert len(heard) == 6
    assert all(isinstance(change, LayerChanged) for change in heard)
    undo.undo()
    assert layout.state.layers == row("a(bc)")
    undo.push(ChangeGroup(layout, G, "Rename group"))
    assert not undo.canUndo()


def test_changing_or_undoing_a_group_that_is_not_there_is_a_defect() -> None:
    layout = layout_of("a(b)")
    with pytest.raises(KeyError):
        ChangeGroup(layout, Group(id="nobody"), "Rename group")
    with pytest.raises(KeyError):
        Ungroup(layout, ["nobody"])
    with pytest.raises(ValueError, match="every layer"):
        ArrangeLayers(layout, row("a"), "Reorder")
    with pytest.raises(ValueError, match="every layer"):
        layout.arrange([("a", None)])


@pytest.mark.parametrize(("index", "after"), [(0, "xa(bc)d"), (1, "ax(bc)d"), (2, "a(bxc)d"), (3, "a(bc)xd")])
def test_a_new_layer_joins_the_group_in_whose_midst_it_stands(undo: QUndoStack, index: int, after: str) -> None:
    layout = layout_of("a(bc)d")
    undo.push(AddLayer(layout, rectangle("x"), index))
    assert drawn(layout.state.layers) == after
    undo.undo()
    assert layout.state.layers == row("a(bc)d")


@pytest.mark.parametrize(("index", "after"), [(0, "xa(bc)d"), (1, "a(xbc)d"), (3, "a(bcx)d"), (4, "a(bc)dx")])
def test_a_new_layer_of_a_group_keeps_it_where_it_touches_it(undo: QUndoStack, index: int, after: str) -> None:
    layout = layout_of("a(bc)d")
    undo.push(AddLayer(layout, rectangle("x", replace(G, name="old")), index))
    assert drawn(layout.state.layers) == after


def test_a_group_without_layers_vanishes_and_comes_back(undo: QUndoStack) -> None:
    layout = layout_of("a(bc)")
    undo.push(RemoveLayers(layout, ["b", "c"]))
    assert [layer.group for layer in layout.state.layers] == [None]
    undo.undo()
    assert layout.state.layers == row("a(bc)")


def test_folding_is_no_edit() -> None:
    layout = layout_of("a(bc)")
    before = layout.state
    heard: list[object] = []
    layout.changed.connect(heard.append)
    layout.fold(["G"])
    layout.fold(["G"])
    assert layout.state.collapsed == {"G"}
    assert layout.state == before
    assert heard == [GroupsFolded()]


@given(st.data(), grouped_layers())
def test_any_commands_and_undos_keep_the_rule_and_restore_exactly(
    data: st.DataObject, layers: tuple[Layer, ...]
) -> None:
    layout, undo = Layout(LayoutState(layers=layers)), QUndoStack()
    first = layout.state
    layout.changed.connect(lambda _: layout.state.__post_init__())
    for _ in range(data.draw(st.integers(1, 8))):
        state = layout.state
        ids = data.draw(
            st.sets(st.sampled_from([each.id for each in state.layers])) if state.layers else st.just(set())
        )
        groups = sorted({each.group.id for each in state.layers if each.group})
        index = data.draw(st.integers(0, len(state.layers)))
        match data.draw(
            st.sampled_from(["group", "ungroup", "change", "add", "remove", "step", "one", "undo", "redo"])
        ):
            case "group" if ids:
                undo.push(GroupLayers(layout, ids, Group(name=data.draw(st.sampled_from(["", "x"])))))
            case "ungroup" if groups:
                undo.push(Ungroup(layout, [data.draw(st.sampled_from(groups))]))
            case "change" if groups:
                group = members(state.layers, data.draw(st.sampled_from(groups)))[0].group
                assert group is not None
                changed = replace(group, visible=not group.visible, name=data.draw(st.sampled_from("xy")))
                undo.push(ChangeGroup(layout, changed, "Change", data.draw(st.sampled_from(["", "name"]))))
            case "add":
                group = data.draw(st.sampled_from([None, G, *(each.group for each in state.layers)]))
                undo.push(AddLayer(layout, ShapeLayer(label="new", group=group), index))
            case "remove" if ids:
                undo.push(RemoveLayers(layout, sorted(ids)))
            case "step":
                way = data.draw(st.booleans())
                undo.push(ArrangeLayers(layout, stepped(state.layers, ids, down=way), "Reorder"))
            case "one" if ids and index < len(state.layers):
                undo.push(reorder(layout, min(ids), index))
            case "undo":
                undo.undo()
            case "redo":
                undo.redo()
    last, at = layout.state, undo.index()
    undo.setIndex(0)
    assert layout.state == first
    undo.setIndex(at)
    assert layout.state == last
