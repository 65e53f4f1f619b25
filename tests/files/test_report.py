"""The report is plain JSON with every figure in it."""

import json
from dataclasses import replace

import pytest

from zestdesk.files.report import report_dict
from zestdesk.guidance.request import GenerationResult
from zestdesk.options import GuidanceOptions


def test_the_report_holds_every_figure(result: GenerationResult) -> None:
    report = report_dict(result)
    assert json.loads(json.dumps(report, allow_nan=False)) == report
    assert report["composed_prompt"] == "a cat, Straße"
    assert [label["tokens"] for label in report["labels"]] == [[1, 2], [4]]
    assert [label["fit"] for label in report["labels"]] == [0.5, 0.75]
    assert report["labels"][0]["label"] == "a Cat!"
    assert report["labels"][0]["area"] == pytest.approx(0.5, abs=0.05)
    assert [step["loss"] for step in report["steps"]] == [1.5, None, None]
    assert [step["skipped"] for step in report["steps"]] == [None, "nan", None]
    assert [step["step"] for step in report["steps"]] == [1, 2, 3]
    assert report["steps"][2]["fits"] == [0.5, 0.75]
    assert report["seconds"] == {"total": 2.5, "per_guided_step": 1.0, "per_unguided_step": 0.25}
    assert report["device"] == "cpu"
    assert (report["revision"], report["savings"]) == ("0123abc", "the decoder in tiles")
    assert report["settings"]["scheduler"] == "dpm++"
    assert report["settings"]["size"] == [64, 40]


def test_the_report_names_every_option_and_every_span(result: GenerationResult) -> None:
    first, second = result.request.segments
    request = replace(
        result.request,
        segments=(replace(first, start=0.25, end=0.5), second),
        options=GuidanceOptions(maps="finest", refinements=3),
    )
    report = report_dict(replace(result, request=request))
    assert {name: report["settings"][name] for name in GuidanceOptions.names()} == {
        name: getattr(request.options, name) for name in GuidanceOptions.names()
    }
    assert [(label["start"], label["end"]) for label in report["labels"]] == [(0.25, 0.5), (0.0, 1.0)]


def test_a_mean_of_nothing_is_none(result: GenerationResult) -> None:
    seconds = report_dict(replace(result, steps=result.steps[:2]))["seconds"]
    assert seconds["per_unguided_step"] is None
