"""Drawing and measuring all layouts with all methods, going on where an earlier run stopped."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from zestdesk.errors import UserError
from zestdesk.evaluation.cases import Case, Data, Measurer
from zestdesk.evaluation.figures import Row
from zestdesk.evaluation.measure import Measures, TextImage, measure, note
from zestdesk.evaluation.methods import Method
from zestdesk.evaluation.work import Drawn, WorkFolder
from zestdesk.guidance.binding import compose
from zestdesk.guidance.request import GenerationRequest

if TYPE_CHECKING:
    from zestdesk.guidance.models import Model

__all__ = ["Outcome", "Watch", "draw_all", "reference_features"]


class Watch(Protocol):
    """Told how a run goes on."""

    def drawing(self, case: str, method: str) -> None:
        """Hear that a picture is about to be made."""

    def drawn(self) -> None:
        """Hear that it is made."""

    def spared(self, pictures: int) -> None:
        """Hear that so many pictures need not be made."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that was measured.

    Attributes:
        rows: by method, one row a case, case by case the same.
        settings: by method, what it drew with.
        real: of the real pictures, where there are any.
        left_out: (case, why) of layouts that the model cannot be asked for.
    """

    rows: dict[str, list[Row]]
    settings: dict[str, dict[str, Any]] = field(default_factory=dict)
    real: list[Row] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)


def draw_all(
    data: Data,
    methods: Sequence[Method],
    model: "Model",
    segmenter: Measurer,
    work: WorkFolder,
    text_image: TextImage | None,
    watch: Watch,
) -> Outcome:
    """Draw every layout with every method, layout by layout, and measure the pictures.

    Layouts that nobody can be asked for (no segment in the set, a prompt that is longer than the model reads) are left
    out for all methods alike.

    Raises:
        UserError: when no layout is left, or a method cannot draw one; what was drawn until then is kept.
    """
    outcome = Outcome({method.name: [] for method in methods})
    for case in _cases(data):
        why = _unfit(case, model)
        if why:
            outcome.left_out.append((case.name, why))
            watch.spared(len(methods))
            continue
        kept = note(case)
        for method in methods:
            drawn, measures = _draw(case, method, model, segmenter, work, text_image, watch)
            outcome.rows[method.name].append(Row(case=kept, measures=measures, seconds=drawn.seconds))
            outcome.settings[method.name] = drawn.settings
        if case.picture is not None:
            text = _composed(case.request)
            measures = measure(case, case.picture, text, segmenter, text_image)
            outcome.real.append(Row(case=kept, measures=measures, seconds=0.0))
    if not any(outcome.rows.values()):
        why = outcome.left_out[0][1] if outcome.left_out else "there are none"
        raise UserError(f"No layout can be drawn ({why}); choose another set or other data.", "--set")
    return outcome


def _cases(data: Data) -> Iterator[Case]:
    for index in range(len(data)):
        yield data.case(index)


def _composed(request: GenerationRequest) -> str:
    return compose(request.prompt, [segment.label for segment in request.segments]).text


def _unfit(case: Case, model: "Model") -> str:
    """Return why a layout cannot be asked for; empty when it can."""
    if not case.request.segments:
        return "no segment is large enough"
    try:
        model.text.bind(case.request.prompt, [segment.label for segment in case.request.segments])
    except UserError as error:
        return str(error)
    return ""


def _draw(
    case: Case,
    method: Method,
    model: "Model",
    segmenter: Measurer,
    work: WorkFolder,
    text_image: TextImage | None,
    watch: Watch,
) -> tuple[Drawn, Measures]:
    """Return a method's picture of a case, and its measures: kept from an earlier run, or made now and kept."""
    drawn = work.find(method, case.name, case.request)
    if drawn is not None and drawn.measures is not None:
        watch.spared(1)
        return drawn, drawn.measures
    if drawn is None:
        watch.drawing(case.name, method.title)
        try:
            result = method.draw(case.request, model, segmenter, None)
        except UserError as error:
            raise UserError(error.message, f"{method.name}, {case.name}: {error.place}".rstrip(": ")) from error
        drawn = Drawn(
            picture=result.picture,
            prompt=result.composed_prompt,
            seconds=result.seconds,
            settings=_settings(result.request),
        )
        watch.drawn()
    else:
        watch.spared(1)
    measures = measure(case, drawn.picture, drawn.prompt, segmenter, text_image)
    work.keep(method, case.name, case.request, replace(drawn, measures=measures))
    return drawn, measures


def _settings(request: GenerationRequest) -> dict[str, Any]:
    names = ("steps", "scheduler", "guidance_scale", "eta", "tau", "negative_prompt")
    return {name: getattr(request, name) for name in names} | asdict(request.options)


def reference_features(data: Data, segmenter: Measurer, work: WorkFolder) -> NDArray[np.float64] | None:
    """Return features of the real pictures to compare with, None when there are fewer than two."""
    kept = work.references(data.describe().get("references", {}))
    rows = kept.find()
    if rows is None:
        found = [segmenter.features(batch) for batch in data.references()]
        if sum(map(len, found)) < 2:
            return None
        rows = np.concatenate(found)
        kept.keep(rows)
    return rows
