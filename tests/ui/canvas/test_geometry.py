import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from zestdesk.ui.canvas.geometry import HANDLES, handle_point, resizing, spanned

coordinates = st.floats(-3000, 3000)
points = st.builds(QPointF, coordinates, coordinates)
sides = st.integers(1, 2000)
rects = st.builds(QRectF, st.integers(-500, 500), st.integers(-500, 500), sides, sides)
handles = st.sampled_from(HANDLES)


@given(points, points, st.booleans(), st.booleans())
def test_spanned_rectangles_lie_on_the_pixel_grid(start: QPointF, end: QPointF, equal: bool, centred: bool) -> None:
    rect = spanned(start, end, equal_sides=equal, centred=centred)
    assert all(value == int(value) for value in rect.getRect())
    assert rect.width() >= 0
    assert rect.height() >= 0
    if equal:
        assert rect.width() == rect.height()
    if centred:
        assert abs(rect.center().x() - start.x()) <= 0.5
        assert abs(rect.center().y() - start.y()) <= 0.5


@given(rects, handles, points)
def test_a_resized_side_goes_where_the_handle_goes(rect: QRectF, handle: tuple[int, int], to: QPointF) -> None:
    opposite = handle_point(rect, (-handle[0], -handle[1]))
    assume(all(abs(a - b) >= 1 for a, b in ((to.x(), opposite.x()), (to.y(), opposite.y()))))
    transform = resizing(rect, handle, to)
    new = transform.map(handle_point(rect, handle))
    if handle[0]:
        assert new.x() == pytest.approx(to.x())
    if handle[1]:
        assert new.y() == pytest.approx(to.y())
    kept = transform.map(opposite)
    assert (kept.x(), kept.y()) == pytest.approx((opposite.x(), opposite.y()))


@given(rects, handles, points, st.booleans(), st.booleans())
def test_resizing_never_flattens(
    rect: QRectF, handle: tuple[int, int], to: QPointF, aspect: bool, centred: bool
) -> None:
    new = resizing(rect, handle, to, keep_aspect=aspect, about=rect.center() if centred else None).mapRect(rect)
    assert new.width() >= 1 - 1e-6
    assert new.height() >= 1 - 1e-6
    if centred:
        assert (new.center().x(), new.center().y()) == pytest.approx((rect.center().x(), rect.center().y()), abs=1e-6)


@given(rects, handles, points)
def test_the_aspect_is_kept_until_a_side_is_one_pixel(rect: QRectF, handle: tuple[int, int], to: QPointF) -> None:
    new = resizing(rect, handle, to, keep_aspect=True).mapRect(rect)
    assume(min(new.width(), new.height()) > 1.01)
    assert new.width() / new.height() == pytest.approx(rect.width() / rect.height())


def test_a_line_without_width_can_be_resized() -> None:
    rect = QRectF(10, 10, 0, 50)
    new = resizing(rect, (1, 1), QPointF(40, 110)).mapRect(rect)
    assert (new.width(), new.height()) == (0, 100)
