"""Equal labels have equal colours, others have others, and what is right already stays."""

from hypothesis import given
from hypothesis import strategies as st

from zestdesk.document.label_colours import coloured_by_label
from zestdesk.document.layers import PALETTE, Layer, ShapeLayer


def box(label: str, colour: str = PALETTE[0]) -> Layer:
    return ShapeLayer(label=label, colour=colour)


labels = st.one_of(st.sampled_from(["", "a cat", "A  Cat", "grass", "a red car", "👩‍🚀", "قطة"]), st.text(max_size=3))
colours = st.one_of(st.sampled_from(PALETTE), st.sampled_from(["#F2A93B", "#123456"]))
some_layers = st.lists(st.builds(box, labels, colours), max_size=30)


def key(layer: Layer) -> str:
    return " ".join(layer.label.casefold().split())


def after(layers: list[Layer]) -> list[Layer]:
    changed = {layer.id: layer for layer in coloured_by_label(layers)}
    return [changed.get(layer.id, layer) for layer in layers]


@given(some_layers)
def test_labels_and_colours_go_together(layers: list[Layer]) -> None:
    made = after(layers)
    pairs = {(key(layer), layer.colour.lower()) for layer in made if key(layer)}
    assert len({label for label, _ in pairs}) == len({colour for _, colour in pairs}) == len(pairs)
    assert [layer for layer in made if not key(layer)] == [layer for layer in layers if not key(layer)]
    assert coloured_by_label(made) == ()


@given(some_layers)
def test_nothing_but_the_colour_changes(layers: list[Layer]) -> None:
    for before, now in zip(layers, after(layers), strict=True):
        assert (before.id, before.label, before.weight) == (now.id, now.label, now.weight)


def test_the_uppermost_layers_colour_is_kept() -> None:
    layers = [box("a", colour=PALETTE[3]), box("b", colour=PALETTE[3]), box("A ", colour="#123456"), box("c")]
    assert [layer.colour for layer in after(layers)] == [PALETTE[3], PALETTE[1], PALETTE[3], PALETTE[0]]


def test_a_label_that_is_right_keeps_its_colour_although_one_above_lacks_one() -> None:
    layers = [box("a", colour=PALETTE[0]), box("b", colour=PALETTE[0]), box("c", colour=PALETTE[1])]
    assert [layer.colour for layer in after(layers)] == [PALETTE[0], PALETTE[2], PALETTE[1]]


def test_there_are_more_colours_than_the_palettes() -> None:
    made = after([box(str(number), colour=PALETTE[0]) for number in range(500)])
    assert len({layer.colour for layer in made}) == 500
    assert {layer.colour for layer in made[:12]} == set(PALETTE)
