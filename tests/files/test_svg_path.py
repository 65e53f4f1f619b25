"""Path data comes back to the last bit, and what is no path data is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from tests.document.strategies import free_paths
from zestdesk.errors import UserError
from zestdesk.files.svg_path import check_path, crossings, parse_path_data, path_data


def points(path: QPainterPath) -> list[tuple[float, float]]:
    return [(path.elementAt(index).x, path.elementAt(index).y) for index in range(path.elementCount())]


@given(free_paths(most=20))
def test_paths_come_back_exactly(path: QPainterPath) -> None:
    again = parse_path_data(path_data(path), "path")
    assert again == path
    assert points(again) == points(path)
    assert path_data(again) == path_data(path)


def test_paths_with_standing_lines_and_without_anything_come_back() -> None:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(1, 1), QPointF(1, 1), QPointF(1, 1), QPointF(2, 5)]))
    path.setElementPositionAt(0, 1e-7, 0.1 + 0.2)
    assert points(parse_path_data(path_data(path), "")) == points(path)
    assert parse_path_data("", "") == QPainterPath()


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("M 0 300 L 512 300 L 512 512 L 0 512 Z", [(0, 300), (512, 300), (512, 512), (0, 512), (0, 300)]),
        ("M10,10h5v5h-5z", [(10, 10), (15, 10), (15, 15), (10, 15), (10, 10)]),
        ("m1-2.5l3\n\t4.5-.5-1", [(1, -2.5), (4, 2), (3.5, 1)]),
        ("M 007 1. L +1e1 .5", [(7, 1), (10, 0.5)]),
        ("M0 0L9 0 9 9ZL1 1", [(0, 0), (9, 0), (9, 9), (0, 0), (0, 0), (1, 1)]),
    ],
)
def test_path_data_is_read_as_svg_says(text: str, ends: list[tuple[float, float]]) -> None:
    assert points(parse_path_data(text, "path")) == ends


def test_arcs_and_curves_are_read() -> None:
    circle = parse_path_data("M 0 50 A 50 50 0 0 1 100 50 a50,50 0 01-100,0\nZ", "path")
    assert circle.boundingRect().getRect() == pytest.approx((0, 0, 100, 100), abs=0.2)
    wave = parse_path_data("M0 0Q10 0 10 10T20 20C1 2 3 4 5 6S7 8 9 10", "path")
    assert (wave.currentPosition().x(), wave.currentPosition().y()) == (9, 10)


@pytest.mark.parametrize(
    "text",
    [
        "x", "M", "M 1", "L 1 1", "M 0 0 L", "M 0 0 L 1", "M 0 0 L foo bar", "M 0 0 L 1 2 ; 3 4", "M 0 0 C 1 2 3 4",
        "1 2 3", "M 0 0 Z 1 1", "M 0 0 A 1 1 0 2 0 1 1", "M 0 0 A", "M nan 0", "M 0 inf", "M . 1", "M 1e 2", "ŁM 0 0",
    ],
)  # fmt: skip
def test_what_is_no_path_data_is_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"^layers\[3\]\.path: .*path data") as caught:
        parse_path_data(text, "layers[3].path")
    assert "M 0 0 L 100 0" in caught.value.message


@pytest.mark.parametrize(
    "text",
    ["M 1e308 1", "M 1e999 1", "M 0 0 l 999999 0 l 9 0", "M 0 0 L -1000001 0", "M 0 0 A 1e308 1e308 0 0 0 9e307 1"],
)
def test_numbers_out_of_all_proportion_are_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"^path: "):
        parse_path_data(text, "path")


@pytest.mark.parametrize(
    "text", ["M 0 0" + "L 1 1" * 60_000, "M 0 0" + " 1 1" * 900_000, "M 0 0" + "Q 1 2 3 4" * 20_000]
)
def test_too_many_nodes_are_refused(text: str) -> None:
    with pytest.raises(UserError, match="more than 50000 nodes"):
        parse_path_data(text, "path")


def test_an_outline_that_takes_too_long_to_fill_is_refused() -> None:
    path = parse_path_data("M 0 0" + " L 100 100 L 0 0" * 2500, "path")
    assert crossings(path, (100, 100)) == pytest.approx(5000 * 2**0.5 / 2)
    with pytest.raises(UserError, match=r"^layers\[0\]: .*simplify"):
        check_path(path, (100, 100), "layers[0]")
    check_path(path, (1000, 1000), "layers[0]")


@given(st.text("MLCZAQTSHVmlczaqtshv0123456789.-+e, \n", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        path = parse_path_data(text, "path")
    except UserError:
        return
    assert parse_path_data(path_data(path), "path") == path


def test_moves_that_lead_nowhere_are_counted_too() -> None:
    with pytest.raises(UserError, match="more than 50000 nodes"):
        parse_path_data("M 0 0 " * 160_000, "clipboard")
