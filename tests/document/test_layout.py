"""The layout holds one state and says once what changed; values refuse what cannot be."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainterPath

from zestdesk.document.layers import PALETTE, BrushLayer, ShapeLayer
from zestdesk.document.layout import (
    CanvasResized,
    LayerAdded,
    LayerRemoved,
    LayersArranged,
    Layout,
    LayoutState,
    PromptChanged,
    SettingsChanged,
    StateReplaced,
    detached,
)
from zestdesk.document.settings import Settings
from zestdesk.errors import UserError


def test_each_change_is_announced_once_with_the_new_state_in_place() -> None:
    layout = Layout()
    heard: list[tuple[object, LayoutState]] = []
    layout.changed.connect(lambda change: heard.append((change, layout.state)))
    first, second = ShapeLayer(label="a"), ShapeLayer(label="b")
    layout.insert(0, first)
    layout.insert(1, second)
    layout.arrange([(second.id, None), (first.id, None)])
    layout.remove(second.id)
    layout.set_prompt("a", "b")
    layout.set_settings(Settings(seed=1))
    layout.set_canvas((3, 4), (first,), ())
    layout.set_state(LayoutState())
    assert [change for change, _ in heard] == [
        LayerAdded(0, first),
        LayerAdded(1, second),
        LayersArranged(),
        LayerRemoved(0, second),
        PromptChanged(),
        SettingsChanged(),
        CanvasResized(),
        StateReplaced(),
    ]
    assert [state.layers for _, state in heard[:4]] == [(first,), (first, second), (second, first), (first,)]
    assert heard[-1][1] == LayoutState()


def test_layers_are_found_by_id() -> None:
    layer = ShapeLayer()
    state = LayoutState(layers=(ShapeLayer(), layer))
    assert state.index_of(layer.id) == 1
    assert state.layer(layer.id) is layer
    with pytest.raises(KeyError):
        state.layer("nobody")
    with pytest.raises(ValueError, match="id"):
        LayoutState(layers=(layer, layer))


@pytest.mark.parametrize("canvas", [(0, 5), (5, 0), (-1, 5), (8193, 5)])
def test_a_canvas_out_of_range_is_refused(canvas: tuple[int, int]) -> None:
    with pytest.raises(UserError, match=r"^canvas: .*8192"):
        LayoutState(canvas=canvas)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("model", " "),
        ("steps", 0),
        ("steps", 1001),
        ("steps", 1.5),
        ("steps", True),
        ("guidance_scale", -1),
        ("guidance_scale", float("nan")),
        ("eta", float("inf")),
        ("eta", 101),
        ("tau", 1.01),
        ("seed", -1),
        ("seed", 2**63),
        ("size", (0, 64)),
        ("size", (64, 8193)),
        ("loss", "fifth"),
        ("gradient_norm", ""),
        ("best_maps", -1),
        ("best_maps", 2.0),
        ("pww", 10.5),
        ("pww", float("nan")),
        ("guide_every", 0),
        ("guide_every", True),
        ("cfg_until", 1.1),
        ("refinements", 21),
    ],
)
def test_settings_out_of_range_are_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(UserError) as caught:
        replace(Settings(), **{name: value})
    assert caught.value.place == name


def test_settings_have_names_in_order() -> None:
    assert Settings.names()[0] == "model"
    assert len(Settings.names()) == 19


def test_new_layers_have_ids_of_their_own() -> None:
    assert ShapeLayer().id != ShapeLayer().id
    assert len(set(PALETTE)) == len(PALETTE)


@pytest.mark.parametrize("rule", list(Qt.FillRule))
def test_a_detached_layout_is_equal_and_shares_no_path(rule: Qt.FillRule) -> None:
    path = QPainterPath()
    path.addRect(0, 0, 5, 5)
    path.setFillRule(rule)
    brush = BrushLayer(mask=QImage(4, 4, QImage.Format.Format_Grayscale8))
    state = LayoutState(layers=(ShapeLayer(path=path), brush), prompt="a cat")
    copy = detached(state)
    assert copy == state
    assert copy.layers[1] is brush
    shape = copy.layers[0]
    assert isinstance(shape, ShapeLayer)
    assert shape.path is not path
    assert shape.path.fillRule() == rule
