import json

import pytest
from defusedxml import ElementTree
from hypothesis import given
from PySide6.QtCore import QMimeData, QRectF

from tests.document import strategies
from zestdesk.document.brush import blank_mask
from zestdesk.document.layers import BrushLayer, ShapeLayer, shape_path
from zestdesk.document.layout import LayoutState
from zestdesk.errors import UserError
from zestdesk.files import clips
from zestdesk.files.clips import LAYERS, pack_layers, unpack_layers

CANVAS = (40, 30)


def _text(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


def _own(text: bytes) -> QMimeData:
    data = QMimeData()
    data.setData(LAYERS, text)
    return data


def _layers(**values: object) -> bytes:
    return json.dumps({"zestdesk": 1, "canvas": list(CANVAS), "layers": [values]}).encode()


@given(strategies.states())
def test_layers_come_back_as_they_were(state: LayoutState) -> None:
    if state.layers:
        assert unpack_layers(pack_layers(state.layers, state.canvas), state.canvas) == state.layers


def test_prompt_and_settings_stay_at_home() -> None:
    packed = pack_layers([ShapeLayer(path=shape_path("rectangle", QRectF(0, 0, 4, 4)))], CANVAS)
    assert set(json.loads(packed.data(LAYERS).data())) == {"zestdesk", "canvas", "layers"}


def test_masks_are_cropped_or_extended_to_the_canvas() -> None:
    mask = blank_mask(CANVAS)
    mask.fill(255)
    (layer,) = unpack_layers(pack_layers([BrushLayer(mask=mask)], CANVAS), (60, 20))
    assert layer.mask.size().toTuple() == (60, 20)
    assert layer.mask.pixelColor(39, 19).value() == 255
    assert layer.mask.pixelColor(40, 0).value() == 0


def test_masks_that_would_fill_memory_are_refused_before_they_do() -> None:
    layers = [{"mask": ""}] * 100
    text = json.dumps({"zestdesk": 1, "canvas": [1, 1], "layers": layers}).encode()
    with pytest.raises(UserError, match="too large together"):
        unpack_layers(_own(text), (8192, 8192))
    masks = {layer.mask.cacheKey() for layer in unpack_layers(_own(text), (60, 20)) if isinstance(layer, BrushLayer)}
    assert len(masks) == 1


def test_other_programs_get_svg() -> None:
    shapes = [
        ShapeLayer(label="upper <&\x00> “ö”", colour="#ff0000", path=shape_path("ellipse", QRectF(0, 0, 4, 4))),
        ShapeLayer(label="lower", path=shape_path("rectangle", QRectF(1, 2, 3, 4))),
    ]
    packed = pack_layers(shapes, CANVAS)
    svg = ElementTree.fromstring(packed.data("image/svg+xml").data().decode())
    lower, upper = svg
    assert upper[0].text == "upper <&> “ö”"
    assert upper.get("fill") == "#ff0000"
    assert lower.get("d") == "M 1 2 L 4 2 L 4 6 L 1 6 L 1 2"
    assert packed.text().splitlines()[1] == lower.get("d")
    assert not pack_layers([BrushLayer(mask=blank_mask(CANVAS))], CANVAS).hasText()


@pytest.mark.parametrize("text", ["M 0 0 L 10 0 L 10 10 Z", "  m0,0 10,0 0,10z\n"])
def test_path_data_becomes_a_shape(text: str) -> None:
    (layer,) = unpack_layers(_text(text), CANVAS)
    assert isinstance(layer, ShapeLayer)
    assert layer.kind == "path"
    assert layer.path.boundingRect() == QRectF(0, 0, 10, 10)


def test_a_layouts_text_is_taken_too() -> None:
    (layer,) = unpack_layers(_text(_layers(label="a cat", rectangle=[1, 2, 3, 4]).decode()), CANVAS)
    assert layer.label == "a cat"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (QMimeData(), "no layers"),
        (_text("Hello, world"), "no layers"),
        (_text("Make it so"), "no layers"),
        (_text("M 0 0 L nonsense"), "SVG path data"),
        (_text("M 0 0 L 1e9 0"), "farther than"),
        (_text("M 0 0 L 10 0"), "encloses nothing"),
        (_text("{"), "not JSON"),
        (_own(b"\xff\xfe"), "JSON"),
        (_own(b'{"zestdesk": 99}'), "version 99"),
        (_own(b'{"zestdesk": 1}'), "no layers"),
        (_own(b'{"layers": ' + b"[" * 5000), "nests|JSON"),
        (_own(_layers(rectangle=[0, 0, -1, 4])), "above 0"),
        (_own(_layers(mask="secret.png")), "in the text itself"),
        (_own(_layers(mask="/etc/passwd")), "in the text itself"),
        (_own(_layers(mask="data:image/png;base64,AAAA")), "PNG|image|picture"),
        (_own(_layers(rectangle=[0, 0, 4, 4], spell="abracadabra")), "not known"),
    ],
)
def test_nonsense_is_refused(data: QMimeData, says: str) -> None:
    with pytest.raises(UserError, match=says):
        unpack_layers(data, CANVAS)


def test_what_is_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    shape = ShapeLayer(path=shape_path("rectangle", QRectF(0, 0, 4, 4)))
    packed = pack_layers([shape], CANVAS)
    monkeypatch.setattr(clips, "MAX_LAYOUT_BYTES", 50)
    with pytest.raises(UserError, match="too large"):
        unpack_layers(packed, CANVAS)
    with pytest.raises(UserError, match="too large"):
        pack_layers([shape], CANVAS)
