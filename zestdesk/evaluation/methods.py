"""The methods that ``zestdesk evaluate`` compares: guidance as the program offers it, and rivals from the literature.

Free of torch: the command names the methods before anything heavy is loaded.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from zestdesk.guidance.request import CancelToken, GenerationRequest, GenerationResult
from zestdesk.options import GuidanceOptions

if TYPE_CHECKING:
    from zestdesk.evaluation.cases import Measurer
    from zestdesk.guidance.models import Model

__all__ = ["METHODS", "OURS", "Draw", "Method"]

Draw = Callable[[GenerationRequest, "Model", "Measurer", CancelToken | None], GenerationResult]
"""Makes the picture of a request: with which model, with the segmenter for those that may ask it, until cancelled.

Everything that decides the picture but the method itself is the request's: prompt, size, steps, scheduler, scale of the
classifier-free guidance, seed. Raises what :func:`zestdesk.guidance.sampler.generate` raises.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One way to make a picture follow its layout.

    Attributes:
        name: on the command line and in reports.
        title: in tables.
        paper: where it was published, empty where it was not.
        draw: makes the picture.
    """

    name: str
    title: str
    paper: str
    draw: Draw


_ZESTGUIDE: Final = "Couairon et al. 2023, arXiv 2306.13754"
_PWW: Final = "Balaji et al. 2022, arXiv 2211.01324, section 3.3"

_PAPER: Final = GuidanceOptions(maps="all")
"""ZestGuide as in its paper, which averages the maps of all layers."""

_PWW_STRENGTH: Final = 0.4
"""The strength w, as ``guidance.bias`` has it."""

OURS: Final = replace(_PAPER, pww=2 * _PWW_STRENGTH)
"""What is put up against the paper's: a stronger pull. New layouts begin without one, as in the plain method."""


def _through_sampler(options: GuidanceOptions, *, eta: float, tau: float = 0.5) -> Draw:
    """Return how the program's own sampler draws with these settings, whatever the request says of them."""

    def draw(
        request: GenerationRequest,
        model: "Model",
        segmenter: "Measurer",  # noqa: ARG001 - asked by others
        cancel: CancelToken | None = None,
    ) -> GenerationResult:
        from zestdesk.guidance.sampler import generate

        return generate(replace(request, eta=eta, tau=tau, options=options), model, cancel=cancel)

    return draw


def _by_rival(module: str, steering: str) -> Draw:
    """Return how a rival draws, whose class in ``baselines`` is loaded when it is asked for."""

    def draw(
        request: GenerationRequest,
        model: "Model",
        segmenter: "Measurer",  # noqa: ARG001 - asked by another
        cancel: CancelToken | None = None,
    ) -> GenerationResult:
        from zestdesk.evaluation.baselines.loop import walk

        kind = getattr(import_module(f"zestdesk.evaluation.baselines.{module}"), steering)
        return walk(request, model, kind, cancel)

    return draw


def _by_classifier(
    request: GenerationRequest, model: "Model", segmenter: "Measurer", cancel: CancelToken | None = None
) -> GenerationResult:
    """Draw with the segmenter's help."""
    from zestdesk.evaluation.baselines.classifier import ExternalClassifier
    from zestdesk.evaluation.baselines.loop import walk

    classes = [segmenter.class_id(segment.label) for segment in request.segments]
    return walk(request, model, lambda run: ExternalClassifier(run, segmenter.logits, classes), cancel)


_ALL: Final = (
    Method(name="none", title="No guidance", paper="", draw=_through_sampler(GuidanceOptions(), eta=0.0)),
    Method(
        name="pww",
        title="Paint-with-Words",
        paper=_PWW,
        draw=_through_sampler(GuidanceOptions(pww=_PWW_STRENGTH), eta=0.0),
    ),
    Method(
        name="multidiffusion",
        title="MultiDiffusion",
        paper="Bar-Tal et al. 2023, arXiv 2302.08113",
        draw=_by_rival("multidiffusion", "MultiDiffusion"),
    ),
    Method(
        name="densediffusion",
        title="DenseDiffusion",
        paper="Kim et al. 2023, arXiv 2308.12964",
        draw=_by_rival("densediffusion", "DenseDiffusion"),
    ),
    Method(
        name="layout-guidance",
        title="Layout-Guidance (boxes)",
        paper="Chen et al. 2024, arXiv 2304.03373",
        draw=_by_rival("layout_guidance", "LayoutGuidance"),
    ),
    Method(
        name="boxdiff",
        title="BoxDiff (boxes)",
        paper="Xie et al. 2023, arXiv 2307.10816",
        draw=_by_rival("boxdiff", "BoxDiff"),
    ),
    Method(
        name="classifier",
        title="External classifier",
        paper="Dhariwal and Nichol 2021, arXiv 2105.05233",
        draw=_by_classifier,
    ),
    Method(name="zestguide", title="ZestGuide", paper=_ZESTGUIDE, draw=_through_sampler(_PAPER, eta=1.0)),
    Method(
        name="zestguide+pww",
        title="ZestGuide + PwW",
        paper=_ZESTGUIDE,
        draw=_through_sampler(replace(_PAPER, pww=_PWW_STRENGTH), eta=1.0),
    ),
    Method(name="ours", title="ZestDesk", paper="", draw=_through_sampler(OURS, eta=1.0)),
)

METHODS: Final[Mapping[str, Method]] = MappingProxyType({method.name: method for method in _ALL})
"""All methods by their names, in the order of tables."""
