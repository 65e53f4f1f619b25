"""Place, size and angle of the selection in numbers, on a slim card that floats over the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton

from zestdesk.document.transform import bounds_of
from zestdesk.ui.editable import may_edit
from zestdesk.ui.fields import Number, caption

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from zestdesk.document.layout import Layout
    from zestdesk.ui.arrange_commands import ArrangeCommands
    from zestdesk.ui.canvas.view import CanvasView
    from zestdesk.ui.selection import Selection
    from zestdesk.ui.theme import Theme

__all__ = ["TransformCard"]

_FARTHEST: Final = 1e6  # canvas pixels, as in files
_MARGIN: Final = 8  # between the card and the canvas's sides
_LOW: Final = 4  # between the card and the canvas's lower edge


class TransformCard(QFrame):
    """Seen while the select tool is in hand and something is selected; each number that is entered is one undo step.

    Attributes:
        left: of the selection's bounds, in canvas pixels; so are the next three.
        top: likewise.
        wide: likewise.
        tall: likewise.
        linked: whether width and height keep their proportion.
        angle: turns the selection by what is entered, and is 0 again.
        pivot: shows the point about which it turns; while that is shown, width and height scale about it too.
    """

    def __init__(
        self,
        canvas: CanvasView,
        layout: Layout,
        selection: Selection,
        arrange: ArrangeCommands,
        theme: Theme,
        show_pivot: QAction,
    ) -> None:
        super().__init__(canvas.parentWidget())
        self.setObjectName("card")
        self._canvas, self._layout, self._selection, self._arrange = canvas, layout, selection, arrange
        self._frame = QRectF()
        self._captions: list[QLabel] = []
        self.left = self._field(_FARTHEST, self.tr("X"), self.tr("Left edge of the selection, in canvas pixels."))
        self.top = self._field(_FARTHEST, self.tr("Y"), self.tr("Upper edge of the selection, in canvas pixels."))
        self.wide = self._field(_FARTHEST, self.tr("Width"), self.tr("Width of the selection, in canvas pixels."))
        self.tall = self._field(_FARTHEST, self.tr("Height"), self.tr("Height of the selection, in canvas pixels."))
        self.angle = self._field(
            360, self.tr("Rotate by"), self.tr("Turn the selection clockwise by this angle, about its pivot.")
        )
        self.angle.setSuffix("°")
        for side in (self.wide, self.tall):
            side.setMinimum(0.01)
        self.linked = QToolButton()
        self.linked.setCheckable(True)
        self.linked.setToolTip(self.tr("Keep the proportion of width and height"))
        self.linked.setAccessibleName(self.linked.toolTip())
        theme.dress_icon(self.linked, "link-2")
        self.pivot = QToolButton()
        self.pivot.setDefaultAction(show_pivot)
        self._lay_out()
        self.left.valueChanged.connect(lambda value: self._set(left=value))
        self.top.valueChanged.connect(lambda value: self._set(top=value))
        self.wide.valueChanged.connect(lambda value: self._set(wide=value))
        self.tall.valueChanged.connect(lambda value: self._set(tall=value))
        self.angle.valueChanged.connect(self._turn)
        selection.changed.connect(self._follow)
        layout.settled.connect(self._follow)
        canvas.tool_changed.connect(self._follow)
        canvas.viewport().installEventFilter(self)  # which rulers push aside
        self._follow()

    def _field(self, most: float, name: str, tip: str) -> _Measure:
        field = _Measure(-most, most, 1, 2)
        field.setFixedWidth(62)
        field.setAccessibleName(name)
        field.setToolTip(f"{name}\n{tip}")
        field.installEventFilter(self)
        return field

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 6, 2)
        row.setSpacing(6)
        for title, field in (
            (self.tr("X"), self.left),
            (self.tr("Y"), self.top),
            (self.tr("W", "width"), self.wide),
            ("", self.linked),
            (self.tr("H", "height"), self.tall),
            ("∠", self.angle),
        ):
            if title:
                self._captions.append(caption(title))
                row.addWidget(self._captions[-1])
            row.addWidget(field)
            if field is self.angle:
                row.addWidget(self.pivot)
            if title and field is not self.wide and field is not self.angle:
                row.addSpacing(4)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the canvas; let Esc leave a field for it."""
        kind = event.type()
        if kind in {QEvent.Type.Resize, QEvent.Type.Move} and not isinstance(watched, Number):
            self._place()
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._show()
            self._canvas.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        """Show what is selected now, where it is."""
        layers = self._selection.layers if self._canvas.tool == "select" else ()
        self._frame = bounds_of(filter(may_edit, layers))
        if self._frame.isNull():
            self.hide()
            return
        self._show()
        if self.isHidden():
            self.show()
            self._place()

    def _show(self) -> None:
        frame = self._frame
        for field, value in (
            (self.left, frame.left()),
            (self.top, frame.top()),
            (self.wide, frame.width()),
            (self.tall, frame.height()),
            (self.angle, 0.0),
        ):
            field.show_value(value)
        self.wide.setEnabled(frame.width() > 0)
        self.tall.setEnabled(frame.height() > 0)

    def _set(
        self,
        left: float | None = None,
        top: float | None = None,
        wide: float | None = None,
        tall: float | None = None,
    ) -> None:
        old = self._frame
        width, height = old.width() if wide is None else wide, old.height() if tall is None else tall
        if self.linked.isChecked() and old.width() > 0 and old.height() > 0:
            if wide is not None:
                height = old.height() * wide / old.width()
            elif tall is not None:
                width = old.width() * tall / old.height()
        x, y = old.left() if left is None else left, old.top() if top is None else top
        if self._selection.pivot.shown and (wide is not None or tall is not None):
            about = self._selection.pivot.at(old)  # stays where it is
            x = about.x() - (about.x() - old.left()) * (width / old.width() if old.width() else 1.0)
            y = about.y() - (about.y() - old.top()) * (height / old.height() if old.height() else 1.0)
        self._arrange.set_frame(QRectF(x, y, width, height))
        self._follow()  # also where it came out otherwise, as masks do on the pixel grid

    def _turn(self, angle: float) -> None:
        if angle:
            self._arrange.turn(angle)
        self._follow()

    def _place(self) -> None:
        if self.isHidden():
            return
        viewport = self._canvas.viewport()
        room = viewport.width() - 2 * _MARGIN
        for terse in (False, True):
            for each in self._captions:
                each.setVisible(not terse)
            layout = self.layout()
            if layout is not None:
                layout.activate()
            self.adjustSize()
            if self.width() <= room:
                break
        # At the lower edge, where the canvas's margin is; above the layers are their tags.
        left = max((viewport.width() - self.width()) // 2, _MARGIN)
        top = max(viewport.height() - self.height() - _LOW, 0)
        self.move(self._canvas.pos() + viewport.pos() + QPoint(left, top))
        self.raise_()


class _Measure(Number):
    """A number that shows no more decimals than it has."""

    def textFromValue(self, value: float) -> str:
        """Return the value without needless noughts."""
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text

    def show_value(self, value: float) -> None:
        """Show a value without a signal."""
        blocked = self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(blocked)
