"""What cannot work is refused with the place; what hardly works is said."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from PySide6.QtGui import QPainterPath

from tests.document.strategies import states
from zestdesk.document.brush import blank_mask
from zestdesk.document.checks import advice, require_sound
from zestdesk.document.layers import BrushLayer, ShapeLayer
from zestdesk.document.layout import LayoutState
from zestdesk.document.settings import Settings
from zestdesk.document.start import StartPicture, picture_image
from zestdesk.errors import UserError
from zestdesk.session.requests import steps_taken


def box(label: str, *bounds: float) -> ShapeLayer:
    path = QPainterPath()
    path.addRect(*bounds)
    return ShapeLayer(label=label, path=path, kind="rectangle")


def ellipse(label: str, *bounds: float) -> ShapeLayer:
    path = QPainterPath()
    path.addEllipse(*bounds)
    return ShapeLayer(label=label, path=path, kind="ellipse")


def problem(*layers: ShapeLayer | BrushLayer, prompt: str = "") -> UserError:
    with pytest.raises(UserError) as caught:
        require_sound(LayoutState(canvas=(320, 160), layers=layers, prompt=prompt))
    return caught.value


def hints(*layers: ShapeLayer | BrushLayer, prompt: str = "") -> list[str]:
    return [hint.text for hint in advice(LayoutState(canvas=(320, 160), layers=layers, prompt=prompt))]


def test_a_prompt_alone_is_enough() -> None:
    require_sound(LayoutState(prompt="a cat"))
    require_sound(LayoutState(layers=(replace(box("", 0, 0, 1, 1), visible=False),), prompt="a cat"))


def test_labelled_layers_alone_are_enough() -> None:
    require_sound(LayoutState(layers=(box("a cat", 0, 0, 100, 100), box("a dog", 50, 0, 100, 100))))


def test_nothing_at_all_is_refused() -> None:
    assert problem(prompt=" \n").place == "prompt"
    assert problem(replace(box("", 0, 0, 9, 9), visible=False)).place == "prompt"


def test_a_layer_without_label_is_named() -> None:
    error = problem(box("a cat", 0, 0, 50, 50), box("  ", 60, 0, 50, 50), prompt="x")
    assert error.place == "layers[1].label"
    assert error.message.startswith("Layer 2 has no label")


@pytest.mark.parametrize(
    ("layer", "reason"),
    [
        (BrushLayer(label="fog", mask=blank_mask((320, 160))), "is empty; paint"),
        (BrushLayer(label="fog"), "is empty; paint"),
        (box("fog", 400, 0, 50, 50), "outside the canvas"),
        (box("fog", -60, 0, 50, 50), "outside the canvas"),
        (box("fog", 10, 10, 50, 0), "has no area"),
        (ShapeLayer(label="fog"), "has no area"),
    ],
)
def test_a_layer_without_area_is_named(layer: ShapeLayer | BrushLayer, reason: str) -> None:
    error = problem(box("a cat", 0, 0, 50, 50), layer)
    assert error.place == "layers[1]"
    assert error.message.startswith("Layer 2, “fog”,")
    assert reason in error.message


@pytest.mark.parametrize(
    "layers",
    [
        (box("a cat", 10, 10, 80, 80), box("a dog", 10, 10, 80, 80)),
        (box("a cat", 10.5, 10.5, 80, 80), box("a dog", 10.5, 10.5, 80, 80)),
        (ellipse("a cat", 10, 10, 81, 33), ellipse("a dog", 10, 10, 81, 33)),
        (ellipse("a cat", 10, 10, 81, 73), ellipse("a dog", 15, 15, 60, 60)),
        (box("a cat", 0, 0, 50.5, 99), box("a cow", 50.5, 0, 50, 99), box("a dog", 20, 20, 50, 50)),
    ],
)
def test_a_covered_layer_is_named(layers: tuple[ShapeLayer, ...]) -> None:
    error = problem(*layers)
    assert error.place == f"layers[{len(layers) - 1}]"
    assert "“a dog”, is wholly covered" in error.message


def test_a_strip_that_shows_is_enough() -> None:
    require_sound(LayoutState(layers=(box("a cat", 10, 10, 80, 80), box("a dog", 10, 10, 82, 80))))


def test_thin_and_faint_layers_are_not_covered() -> None:
    faint = blank_mask((320, 160))
    faint.fill(20)
    layers = (box("a wire", 10, 10.4, 200, 0.2), BrushLayer(label="haze", mask=faint))
    require_sound(LayoutState(canvas=(320, 160), layers=layers))


@given(states())
def test_any_layout_is_sound_or_refused_and_advice_never_fails(state: LayoutState) -> None:
    ids = {layer.id for layer in state.layers if layer.visible}
    assert {hint.layer_id for hint in advice(state) if not hint.setting} <= ids
    assert {hint.setting for hint in advice(state) if not hint.layer_id} <= set(Settings.names())
    try:
        require_sound(state)
    except UserError as error:
        assert error.place  # noqa: PT017 - any sound layout passes too


def test_no_advice_where_all_is_well() -> None:
    assert hints(box("a Red  car", 0, 0, 100, 100), prompt="one A red car, please") == []


def test_advice_about_labels() -> None:
    assert hints(box("", 0, 0, 100, 100)) == ["No label yet: write what shall appear here."]
    # Whether the prompt mentions a label is not for this room to know.
    assert hints(box("car", 0, 0, 100, 100), prompt="a carpet") == []


def test_advice_about_weight() -> None:
    (hint,) = hints(replace(box("car", 0, 0, 100, 100), weight=0.0))
    assert hint.startswith("Its weight is 0")
    assert hints(replace(box("car", 0, 0, 100, 100), weight=0.05)) == []


def test_advice_about_a_span_that_holds_no_guided_step() -> None:
    car = box("car", 0, 0, 100, 100)
    assert hints(replace(car, start=0.48)) == []  # of 50 steps the 25th is guided still
    (hint,) = hints(replace(car, start=0.5))
    assert hint.startswith("It begins to guide at 50 % of the steps, but the guided part ends at 50 %")
    (hint,) = hints(replace(car, start=0.301, end=0.305))
    assert hint.startswith("Its span, 30.1 % to 30.5 %, holds none of the 50 steps")
    assert len(hints(replace(car, start=0.3, end=0.3, weight=0.0))) == 1


def test_of_a_run_that_begins_with_a_picture_the_steps_taken_count() -> None:
    """Of 50 steps at strength 0.04 two are taken: that is what spans and the guided part are of, as for the sampler."""
    picture = StartPicture(image=picture_image(np.zeros((2, 2, 3), np.uint8)), strength=0.04)
    car = box("car", 0, 0, 100, 100)

    def heard(layer: ShapeLayer, **values: float) -> list[str]:
        settings = Settings(**values)  # type: ignore[arg-type]  # numbers
        state = LayoutState(canvas=(320, 160), layers=(layer,), prompt="x", settings=settings, start=picture)
        assert steps_taken(state) == 2
        return [hint.text for hint in advice(state)]

    assert heard(car) == heard(replace(car, start=0.0, end=0.1)) == []
    (hint,) = heard(replace(car, start=0.6, end=0.9), tau=1)
    assert "holds none of the 2 steps" in hint
    (hint,) = heard(car, tau=1, guide_every=2)
    assert "of the 2 guided ones, one in 2 is" in hint


def about_settings(*layers: ShapeLayer, negative_prompt: str = "", **values: float) -> list[tuple[str, str]]:
    settings = Settings(**values)  # type: ignore[arg-type]  # numbers
    state = LayoutState(
        canvas=(320, 160), layers=layers, prompt="x", negative_prompt=negative_prompt, settings=settings
    )
    return [(hint.setting, hint.text) for hint in advice(state) if not hint.layer_id]


def test_advice_about_settings_that_leave_nothing_to_guide() -> None:
    car = box("car", 0, 0, 100, 100)
    ((name, text),) = about_settings(car, eta=0)
    assert (name, text) == ("eta", "Strength and word pull are 0: the layers steer nothing.")
    ((name, _),) = about_settings(car, tau=0)
    assert name == "tau"
    assert about_settings(car, tau=0, pww=0.5) == about_settings(car, tau=0)  # which ends Paint-with-Words, too
    assert about_settings(car, eta=0, pww=0.5) == []
    assert about_settings(tau=0) == about_settings(replace(car, visible=False), tau=0) == []


def test_advice_about_guidance_that_comes_too_rarely() -> None:
    car = box("car", 0, 0, 100, 100)
    ((name, text),) = about_settings(car, steps=20, tau=0.25, guide_every=5)
    assert name == "guide_every"
    assert "of the 5 guided ones, one in 5 is" in text
    assert about_settings(car, steps=20, tau=0.25, guide_every=4) == []
    assert about_settings(car, steps=20, tau=0.05, guide_every=1) == []


def test_advice_about_a_negative_prompt_that_nobody_hears() -> None:
    assert [name for name, _ in about_settings(negative_prompt="rain", guidance_scale=1)] == ["guidance_scale"]
    assert [name for name, _ in about_settings(negative_prompt="rain", cfg_until=0)] == ["cfg_until"]
    assert about_settings(negative_prompt="rain") == about_settings(guidance_scale=1) == []


@pytest.mark.parametrize(
    "layers",
    [
        (box("", 0, 0, 50, 50),),
        (box("a cat", 400, 0, 50, 50),),
        (BrushLayer(label="fog"),),
        (box("a cat", 0, 0, 90, 90), box("a dog", 10, 10, 50, 50)),
    ],
)
def test_what_refuses_a_run_is_marked_before(layers: tuple[ShapeLayer | BrushLayer, ...]) -> None:
    state = LayoutState(canvas=(320, 160), layers=layers)
    assert any(hint.stops for hint in advice(state))
    with pytest.raises(UserError):
        require_sound(state)


def test_hints_alone_refuse_nothing() -> None:
    layers = (replace(box("a cat", 0, 0, 90, 90), weight=0.0), box("a dog", 0, 0, 100, 95), box("a fly", 200, 0, 5, 5))
    state = LayoutState(canvas=(320, 160), layers=layers)
    assert len(advice(state)) == 3
    assert not any(hint.stops for hint in advice(state))
    require_sound(state)


@pytest.mark.parametrize("bounds", [(0, 0, 15, 9), (0, 0, 300, 8), (0, 0, 18, 150)])
def test_advice_about_small_layers(bounds: tuple[float, float, float, float]) -> None:
    (hint,) = hints(box("car", *bounds), prompt="car")
    assert hint.startswith("Smaller than one attention cell")


def test_advice_about_covered_layers() -> None:
    upper = box("cat", 0, 0, 100, 100)
    assert hints(upper, box("car", 0, 0, 110, 110), prompt="cat car") == ["Mostly covered by the layers above."]
    assert hints(upper, box("car", 20, 20, 70, 70), prompt="cat car") == ["Wholly covered by the layers above."]
    assert hints(upper, box("car", 20, 20, 170, 70), prompt="cat car") == []
    assert hints(box("car", 500, 0, 10, 10), prompt="car") == ["Nothing of this layer is on the canvas."]
