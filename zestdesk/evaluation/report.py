"""What an evaluation says in the end: JSON for programs, tables for people."""

import platform
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from rich import box
from rich.table import Table

from zestdesk import __version__
from zestdesk.evaluation.figures import figures, frechet_floor, paired_difference, segment_scores
from zestdesk.evaluation.methods import Method
from zestdesk.evaluation.metrics import Counts
from zestdesk.evaluation.run import Outcome

__all__ = ["build_report", "markdown_table", "summary_line", "terminal_table"]

_LIBRARIES: Final = ("torch", "diffusers", "transformers", "numpy")
_REAL: Final = "Real pictures"
_PADDING: Final = 2
"""Characters between two columns."""


def build_report(
    outcome: Outcome,
    methods: Sequence[Method],
    names: Sequence[str],
    references: NDArray[np.float64] | None,
    settings: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the whole report in JSON's types; README.md describes it.

    Args:
        outcome: of the run.
        methods: in the order of the tables.
        names: of the segmenter's classes.
        references: features of real pictures.
        settings: of the command and its data.
    """
    first = methods[0].name
    return {
        "zestdesk_evaluation": 1,
        "versions": {"zestdesk": __version__, "python": platform.python_version()}
        | {name: version(name) for name in _LIBRARIES},
        "settings": dict(settings),
        "methods": [
            {
                "name": method.name,
                "title": method.title,
                "paper": method.paper,
                "settings": outcome.settings[method.name],
                **figures(outcome.rows[method.name], names, references),
                "against_first": _against(outcome, method.name, first, len(names)),
            }
            for method in methods
        ],
        "real": figures(outcome.real, names, references) | {"seconds": None} if outcome.real else None,
        "frechet": None
        if references is None
        else {
            "references": len(references),
            "channels": references.shape[1],
            "floor": frechet_floor(references, len(outcome.rows[first])),
        },
        "left_out": [{"case": case, "why": why} for case, why in outcome.left_out],
        "cases": _cases(outcome, methods),
    }


def _against(outcome: Outcome, name: str, first: str, classes: int) -> dict[str, Any]:
    def plain(counts: Counts) -> NDArray[np.float64]:
        return counts.union

    def canvas(counts: Counts) -> NDArray[np.float64]:
        return counts.canvas_union

    one, other = outcome.rows[name], outcome.rows[first]
    return {
        "miou": paired_difference(one, other, classes, plain),
        "miou_canvas": paired_difference(one, other, classes, canvas),
    }


def _cases(outcome: Outcome, methods: Sequence[Method]) -> list[dict[str, Any]]:
    columns = {method.name: outcome.rows[method.name] for method in methods}
    rows = []
    for index, row in enumerate(next(iter(columns.values()))):
        case = row.case
        rows.append(
            {
                "name": case.name,
                "seed": case.seed,
                "prompt": case.prompt,
                "segments": [{"label": item.label, "share": item.share} for item in case.segments],
                "ious": {
                    name: [score.iou for score in segment_scores(column[index])] for name, column in columns.items()
                },
                "seconds": {name: column[index].seconds for name, column in columns.items()},
            }
        )
    return rows


Cell = Callable[[Mapping[str, Any]], str]


def _number(value: float | None, digits: int = 3) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _interval(table: Mapping[str, Any]) -> str:
    low, high = table["miou_interval"]
    return f"{low:.2f}–{high:.2f}"


def _seconds(table: Mapping[str, Any]) -> str:
    return "–" if table["seconds"] is None else _number(table["seconds"]["median"], 1)


_COLUMNS: Final[Mapping[str, Cell]] = {
    "mIoU": lambda table: _number(table["miou"]),
    "95 % interval": _interval,
    "canvas": lambda table: _number(table["miou_canvas"]),
    "objects": lambda table: _number(table["things"]["iou"]),
    "< 5 %": lambda table: _number(table["sizes"]["small"]["iou"]),
    "5–15 %": lambda table: _number(table["sizes"]["medium"]["iou"]),
    "> 15 %": lambda table: _number(table["sizes"]["large"]["iou"]),
    "spill": lambda table: _number(table["everything"]["spill"]),
    "Fréchet": lambda table: _number(table["frechet"], 2),
    "named": lambda table: _number(table["named_found"]),
    "CLIP": lambda table: _number(table["text_image"]),
    "s": _seconds,
}


_DISPENSABLE: Final = ("Fréchet", "canvas", "5–15 %", "> 15 %", "95 % interval", "CLIP", "objects", "named", "spill")
"""Columns that go first where a terminal is too narrow; the report has them all."""


def _lines(report: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Return the head and the rows of the table; columns that nothing fills are left out."""
    tables = [(row["title"], row) for row in report["methods"]]
    if report["real"]:
        tables.append((_REAL, report["real"]))
    filled = {name: [cell(table) for _, table in tables] for name, cell in _COLUMNS.items()}
    shown = [name for name, cells in filled.items() if any(cell != "–" for cell in cells)]
    rows = [[title, *(filled[name][index] for name in shown)] for index, (title, _) in enumerate(tables)]
    return ["method", *shown], rows


def terminal_table(report: Mapping[str, Any], width: int | None = None) -> Table:
    """Return the table of a report for the terminal.

    Args:
        report: from :func:`build_report`.
        width: characters of a line, to which the table is fitted by leaving columns out; None shows all of them.
    """
    head, rows = _lines(report)
    widths = [max(len(line[column]) for line in (head, *rows)) + _PADDING for column in range(len(head))]
    for name in _DISPENSABLE:
        if width is None or sum(widths) <= width:
            break
        if name in head:
            column = head.index(name)
            del head[column], widths[column]
            for row in rows:
                del row[column]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column, name in enumerate(head):
        table.add_column(name, justify="right" if column else "left", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    return table


def summary_line(report: Mapping[str, Any]) -> str:
    """Return the line below the table: how much was measured, and what the Fréchet distance can at best be."""
    first = report["methods"][0]
    text = f"{first['segments']} segments in {first['pictures']} layouts"
    if report["left_out"]:
        text += f"; {len(report['left_out'])} layouts were left out"
    floor = report["frechet"] and report["frechet"]["floor"]
    if floor is not None:
        text += f"; {first['pictures']} real pictures have a Fréchet distance of {floor:.2f}"
    return text + "."


def markdown_table(report: Mapping[str, Any]) -> str:
    """Return the table of a report as Markdown."""
    head, rows = _lines(report)
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + f"\n\n{summary_line(report)}\n"
