"""Random layers, layouts and edits for Hypothesis; the rooms that build on the document use them too."""

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QUndoCommand

from zestdesk.document.brush import Stroke, StrokeStyle, pixels_to_mask
from zestdesk.document.commands import (
    AddLayer,
    ArrangeLayers,
    ChangeLayers,
    RemoveLayers,
    ReplaceState,
    ResizeCanvas,
    SetPrompt,
    SetSettings,
)
from zestdesk.document.groups import moved, sound_layers
from zestdesk.document.guide_commands import AddGuide, MoveGuide, RemoveGuides
from zestdesk.document.guides import MAX_GUIDE_POSITION, Guide, sorted_guides
from zestdesk.document.layers import PALETTE, BrushLayer, Group, Layer, ShapeLayer
from zestdesk.document.layout import Layout, LayoutState
from zestdesk.document.painting import PaintStroke
from zestdesk.document.settings import Settings
from zestdesk.document.start import StartPicture, picture_image
from zestdesk.document.start_commands import SetStart
from zestdesk.options import CHOICES, RANGES

Canvas = tuple[int, int]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
labels = st.one_of(st.sampled_from(["a cat", "a red car", "grass", "a blue sky", ""]), texts)
canvases = st.tuples(st.integers(1, 48), st.integers(1, 48))
coordinates = st.floats(-60, 120, width=32) | st.integers(-10, 60).map(float)


def reorder(layout: Layout, layer_id: str, after: int) -> ArrangeLayers:
    """Return the command that puts one layer at an index counted without it, out of its group."""
    before, layers = layout.state.index_of(layer_id), layout.state.layers
    return ArrangeLayers(layout, moved(layers, {layer_id}, after + (after > before), None), "Reorder layer")


@st.composite
def bounds(draw: st.DrawFn) -> QRectF:
    """A rectangle with an area, wholly or partly on the canvas or beside it."""
    side = st.floats(0.25, 90, width=32) | st.integers(1, 50).map(float)
    return QRectF(draw(coordinates), draw(coordinates), draw(side), draw(side))


@st.composite
def free_paths(draw: st.DrawFn, most: int = 8) -> QPainterPath:
    """Lines, curves and several subpaths, some closed."""
    path = QPainterPath()
    point = st.tuples(coordinates, coordinates)
    for _ in range(draw(st.integers(1, 2))):
        path.moveTo(*draw(point))
        for _ in range(draw(st.integers(1, most))):
            if draw(st.booleans()):
                path.lineTo(*draw(point))
            else:
                path.cubicTo(*draw(point), *draw(point), *draw(point))
        if draw(st.booleans()):
            path.closeSubpath()
    return path


def spans() -> st.SearchStrategy[tuple[float, float]]:
    """In which part of the steps a layer guides: (start, end)."""
    fraction = st.floats(0, 1)
    return st.just((0.0, 1.0)) | st.tuples(fraction, fraction).map(lambda ends: (min(ends), max(ends)))


def _common(draw: st.DrawFn) -> dict[str, object]:
    start, end = draw(spans())
    return {
        "label": draw(labels),
        "colour": draw(st.sampled_from(PALETTE)),
        "weight": draw(st.floats(0, 10)),
        "start": start,
        "end": end,
        "visible": draw(st.booleans()),
        "locked": draw(st.booleans()),
    }


@st.composite
def shape_layers(draw: st.DrawFn) -> ShapeLayer:
    """A rectangle, an ellipse or a free path."""
    kind = draw(st.sampled_from(["rectangle", "ellipse", "path"]))
    path = QPainterPath()
    if kind == "rectangle":
        path.addRect(draw(bounds()))
    elif kind == "ellipse":
        path.addEllipse(draw(bounds()))
    else:
        path = draw(free_paths())
    return ShapeLayer(path=path, kind=kind, **_common(draw))


@st.composite
def brush_layers(draw: st.DrawFn, canvas: Canvas) -> BrushLayer:
    """A mask of noise, of a few levels, or empty."""
    width, height = canvas
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    levels = draw(st.sampled_from([[0], [255], [0, 255], list(range(256))]))
    return BrushLayer(mask=pixels_to_mask(random.choice(levels, (height, width)).astype(np.uint8)), **_common(draw))


def layers(canvas: Canvas) -> st.SearchStrategy[ShapeLayer | BrushLayer]:
    """Any layer for this canvas."""
    return shape_layers() | brush_layers(canvas)


@st.composite
def groups(draw: st.DrawFn) -> list[Group | None]:
    """A few groups, and none."""
    return [None] + [
        Group(id=name, name=draw(texts), visible=draw(st.booleans()), locked=draw(st.booleans())) for name in "GHI"
    ]


@st.composite
def grouped_layers(draw: st.DrawFn, *, sound: bool = True) -> tuple[Layer, ...]:
    """Up to nine layers in up to three groups; ids are letters. Unsound ones need be neither together nor agreed."""
    choice = draw(groups())
    if not sound:
        choice += draw(groups())
    count = draw(st.integers(0, 9))
    found = tuple(ShapeLayer(id="abcdefghi"[at], label="x", group=draw(st.sampled_from(choice))) for at in range(count))
    return sound_layers(found) if sound else found


def guides() -> st.SearchStrategy[Guide]:
    """Any guide, on the canvas or beside it."""
    far = st.floats(-MAX_GUIDE_POSITION, MAX_GUIDE_POSITION)
    return st.builds(Guide, st.sampled_from(["horizontal", "vertical"]), coordinates | far)


@st.composite
def options(draw: st.DrawFn) -> dict[str, object]:
    """Any options of the guidance: all at their defaults, or each with some value."""
    if draw(st.booleans()):
        return {}
    return {
        **{name: draw(st.sampled_from(words)) for name, words in CHOICES.items()},
        **{
            name: draw(st.integers(low, high) if isinstance(low, int) else st.floats(low, high))
            for name, (low, high) in RANGES.items()
        },
    }


@st.composite
def settings(draw: st.DrawFn) -> Settings:
    """Any settings."""
    return Settings(
        model=draw(st.sampled_from(["diorama", "some/model", "/a/folder with blanks"])),
        steps=draw(st.integers(1, 1000)),
        scheduler=draw(st.sampled_from(["ddim", "euler", "dpm++"])),
        guidance_scale=draw(st.floats(0, 50)),
        eta=draw(st.floats(0, 100)),
        tau=draw(st.floats(0, 1)),
        seed=draw(st.integers(0, 2**63 - 1)),
        size=draw(st.none() | st.tuples(st.integers(1, 8192), st.integers(1, 8192))),
        **draw(options()),
    )


@st.composite
def starts(draw: st.DrawFn) -> StartPicture:
    """Any small picture to begin with; the layers need not be there."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    pixels = random.integers(0, 256, (draw(st.integers(1, 9)), draw(st.integers(1, 9)), 3), np.uint8)
    return StartPicture(
        image=picture_image(pixels),
        strength=draw(st.floats(0, 1, exclude_min=True)),
        layer_ids=tuple(draw(st.lists(st.sampled_from("abc"), unique=True))),
    )


@st.composite
def states(draw: st.DrawFn, most: int = 4) -> LayoutState:
    """Any layout on a small canvas."""
    canvas, choice = draw(canvases), draw(groups())
    found = [
        replace(layer, group=draw(st.sampled_from(choice))) for layer in draw(st.lists(layers(canvas), max_size=most))
    ]
    return LayoutState(
        canvas=canvas,
        layers=sound_layers(found),
        prompt=draw(texts),
        negative_prompt=draw(texts),
        settings=draw(settings()),
        guides=sorted_guides(draw(st.lists(guides(), max_size=3))),
        start=draw(st.none() | starts()),
    )


@st.composite
def strokes(draw: st.DrawFn, layer: BrushLayer) -> Stroke:
    """A finished stroke on a layer."""
    style = StrokeStyle(
        size=draw(st.floats(1, 30)),
        hardness=draw(st.floats(0, 1)),
        opacity=draw(st.floats(0, 1)),
        erase=draw(st.booleans()),
    )
    stroke = Stroke(layer.mask, style)
    for x, y, pressure in draw(st.lists(st.tuples(coordinates, coordinates, st.floats(0, 1)), min_size=1, max_size=5)):
        stroke.move_to(QPointF(x, y), pressure)
    stroke.finish()
    return stroke


def edit(data: st.DataObject, layout: Layout) -> QUndoCommand | None:
    """Draw one edit that the layout's present state allows."""
    state = layout.state
    makers = [
        lambda: AddLayer(layout, data.draw(layers(state.canvas)), data.draw(st.integers(0, len(state.layers)))),
        lambda: SetPrompt(layout, data.draw(texts), state.negative_prompt),
        lambda: SetPrompt(layout, state.prompt, data.draw(texts)),
        lambda: SetSettings(
            layout, replace(state.settings, seed=data.draw(st.integers(0, 3))), data.draw(st.sampled_from(["", "seed"]))
        ),
        lambda: ResizeCanvas(layout, data.draw(canvases)),
        lambda: ReplaceState(layout, data.draw(states(most=2)), "Restore"),
        lambda: AddGuide(layout, data.draw(guides())),
        lambda: SetStart(layout, data.draw(st.none() | starts()), merge=data.draw(st.booleans())),
    ]
    if state.guides:
        guide = st.sampled_from(state.guides)
        makers += [
            lambda: MoveGuide(layout, data.draw(guide), data.draw(coordinates), merge=data.draw(st.booleans())),
            lambda: RemoveGuides(layout, data.draw(st.lists(guide))),
        ]
    if state.layers:
        one = st.sampled_from(state.layers)
        makers += [
            lambda: RemoveLayers(
                layout, [layer.id for layer in data.draw(st.lists(one, min_size=1, unique_by=lambda each: each.id))]
            ),
            lambda: reorder(layout, data.draw(one).id, data.draw(st.integers(0, len(state.layers) - 1))),
            lambda: ChangeLayers(
                layout,
                [
                    replace(layer, label=data.draw(labels), weight=data.draw(st.floats(0, 10)))
                    for layer in data.draw(st.lists(one, min_size=1, unique_by=lambda each: each.id))
                ],
                "Change",
                data.draw(st.sampled_from(["", "label"])),
            ),
        ]
    brushes = [layer for layer in state.layers if isinstance(layer, BrushLayer)]
    if brushes:
        makers.append(lambda: _paint(data, layout, data.draw(st.sampled_from(brushes))))
    return data.draw(st.sampled_from(makers))()


def _paint(data: st.DataObject, layout: Layout, layer: BrushLayer) -> QUndoCommand | None:
    patches = data.draw(strokes(layer)).patches()
    return PaintStroke(layout, layer.id, patches, "Paint") if patches else None
