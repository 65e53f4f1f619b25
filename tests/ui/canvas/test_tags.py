"""Tags: none lies on another, the selected come first, and while something is dragged the others keep still."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QApplication

from tests.ui.canvas.conftest import Desk, MakeDesk, painted, shape
from zestdesk.document.commands import ChangeLayers
from zestdesk.document.layers import Group


def pills(desk: Desk) -> dict[str, QRectF]:
    """Return the tags that are seen, in the view's pixels."""
    scene = desk.view.scene()
    shown = {layer.id: scene.tags[layer.id] for layer in desk.layers}
    return {
        name: tag.pill.translated(QPointF(desk.view.mapFromScene(tag.pos())))
        for name, tag in shown.items()
        if tag.isVisible()
    }


def meeting(desk: Desk) -> list[tuple[str, str]]:
    """Return the pairs of tags that lie on each other."""
    found = sorted(pills(desk).items())
    inner = QRectF.adjusted
    return [
        (one, other)
        for at, (one, first) in enumerate(found)
        for other, second in found[at + 1 :]
        if inner(first, 1, 1, -1, -1).intersects(inner(second, 1, 1, -1, -1))
    ]


def test_layers_at_one_corner_have_tags_beside_each_other(make_desk: MakeDesk) -> None:
    desk = make_desk(*(shape(name, 50, 100, 250, 150) for name in ("first", "second", "third")))
    assert set(pills(desk)) == {"first", "second", "third"}
    assert meeting(desk) == []


def test_in_a_crowd_the_selected_tag_is_shown(make_desk: MakeDesk) -> None:
    names = [f"layer number {at}" for at in range(12)]
    desk = make_desk(*(shape(name, 100 + at, 100 + at, 30, 30) for at, name in enumerate(names)))
    shown = pills(desk)
    assert 1 <= len(shown) < 12
    assert names[0] in shown
    hidden = next(name for name in names if name not in shown)
    desk.selection.set([hidden])
    assert hidden in pills(desk)
    assert meeting(desk) == []
    assert desk.view.scene().layer_at(QPointF(115, 115)) is not None


def test_a_wholly_covered_layer_gives_way(make_desk: MakeDesk) -> None:
    desk = make_desk(
        shape("cover", 60, 100, 120, 120), shape("beneath it", 70, 110, 40, 40), shape("aside", 100, 136, 250, 40)
    )
    desk.view.zoom_about(0.3, QPointF(200, 200))
    assert set(pills(desk)) == {"cover", "aside"}
    desk.selection.set(["beneath it"])
    assert "beneath it" in pills(desk)


def test_zooming_in_makes_room(make_desk: MakeDesk) -> None:
    desk = make_desk(
        shape("upper", 100, 100, 12, 12), shape("lower", 114, 100, 12, 12), shape("third", 128, 100, 12, 12)
    )
    few = len(pills(desk))
    desk.view.zoom_about(8, QPointF(desk.place(110, 105)))
    assert len(pills(desk)) == 3 > few
    assert meeting(desk) == []


def test_others_keep_still_while_a_layer_is_dragged_over_them(make_desk: MakeDesk) -> None:
    desk = make_desk(shape("moving", 20, 150, 80, 60), shape("still", 200, 150, 80, 60), shape("far", 200, 40, 80, 60))
    desk.selection.set(["moving"])
    before = pills(desk)
    desk.press(60, 180)
    for x in (100, 160, 240):
        desk.move(x, 180)
        during = pills(desk)
        assert during["far"] == before["far"]
        assert "still" not in during or during["still"] == before["still"]
        assert meeting(desk) == []
    assert "still" not in during
    desk.move(60, 230)
    assert pills(desk)["still"] == before["still"]
    desk.move(240, 130)
    desk.release(240, 130)
    assert set(pills(desk)) == {"moving", "still", "far"}
    assert meeting(desk) == []


def test_a_drag_that_is_given_up_brings_every_tag_back(make_desk: MakeDesk) -> None:
    desk = make_desk(shape("moving", 20, 150, 80, 60), shape("still", 200, 150, 80, 60))
    desk.selection.set(["moving"])
    before = pills(desk)
    desk.press(60, 180)
    desk.move(240, 180)
    desk.view.set_tool("pan")
    assert pills(desk) == before


def test_many_changes_at_once_hang_the_tags_once(make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    group = Group(id="G")
    desk = make_desk(*(shape(str(at), 30 * at, 100, 20, 20, group=group) for at in range(8)))
    QApplication.processEvents()
    tags, rounds = desk.view.scene().tags, []
    spread = tags._spread
    monkeypatch.setattr(tags, "_spread", lambda: rounds.append(1) or spread())
    hidden = [replace(layer, group=replace(group, visible=False)) for layer in desk.layers]
    desk.undo.push(ChangeLayers(desk.layout, hidden, "Hide"))
    assert pills(desk) == {}
    desk.undo.undo()
    assert len(pills(desk)) == 8
    assert len(rounds) == 2


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_tags_never_lie_on_each_other(make_desk: MakeDesk, data: st.DataObject) -> None:
    side, place = st.integers(1, 200), st.integers(-50, 350)
    layers = []
    for at in range(data.draw(st.integers(1, 9))):
        if data.draw(st.booleans()):
            kind = data.draw(st.sampled_from(["rectangle", "ellipse"]))
            layers.append(shape(f"{at}", *(data.draw(each) for each in (place, place, side, side)), kind=kind))
        else:
            layers.append(painted(f"{at}", (400, 300), *(data.draw(st.integers(0, 150)) for _ in range(4))))
    desk = make_desk(*layers)
    desk.selection.set(data.draw(st.sets(st.sampled_from([layer.id for layer in layers]))))
    desk.view.zoom_about(data.draw(st.sampled_from([0.3, 1, 2.5])), QPointF(200, 200))
    assert meeting(desk) == []
    assert pills(desk) or all(desk.view.scene().figure(layer.id).bounds.isEmpty() for layer in layers)
    desk.view.hide()
    desk.view.deleteLater()
