"""The command palette: every deed of the window, found by a few letters of its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from zestdesk.ui.fields import HintLabel, clearable
from zestdesk.ui.fuzzy import Fields, Match, rank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtCore import QSettings

    from zestdesk.ui.theme import Theme

__all__ = ["Command", "CommandPalette"]

Index = QModelIndex | QPersistentModelIndex

_RECENT: Final = "palette/recent"
_MOST_RECENT: Final = 12
_ROW: Final = 30
_ROWS: Final = 10
_WIDTH: Final = 600
_MARGIN: Final = 8
_ICON: Final = 16
_COMMAND: Final = Qt.ItemDataRole.UserRole + 1
_MATCH: Final = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing that can be done.

    Attributes:
        key: under which it is remembered as used lately; empty for what comes and goes.
        title: what is found, and shown first.
        place: where else it stands, such as a menu.
        tip: one sentence on it.
        keys: its shortcut, as people read it.
        icon: shown before the title.
        checked: whether it is a switch that is on.
        enabled: whether it can be done now.
        why: what it waits for, where it cannot and that is known.
        run: does it.
    """

    title: str
    run: Callable[[], object]
    key: str = ""
    place: str = ""
    tip: str = ""
    keys: str = ""
    icon: QIcon | None = None
    checked: bool = False
    enabled: bool = True
    why: str = ""


class _Found(QAbstractListModel):
    """The commands that fit what is typed, the best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Command, Match]] = []

    def show_rows(self, rows: list[tuple[Command, Match]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default, never changed
        """Return how many commands fit."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return what a role says about a row."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        command, match = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return command.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (command.title, command.place, command.keys, command.why)))
        return {_COMMAND: command, _MATCH: match}.get(role)


class _Delegate(QStyledItemDelegate):
    """Draws icon, title with the letters that were found, place, and shortcut."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the size of a row."""
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        command, match, tokens = index.data(_COMMAND), index.data(_MATCH), self._theme.tokens
        state, row = option.state, QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selection if chosen else tokens.hover))
            painter.drawRoundedRect(row, 4, 4)
        room = row.adjusted(_MARGIN, 0, -_MARGIN, 0)
        self._picture(painter, room, command)
        room.setLeft(room.left() + _ICON + 10)
        painter.setPen(QColor(tokens.muted if command.enabled else tokens.disabled))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, command.keys)
        if command.keys:
            room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(command.keys) - 16)
        grey = tokens.muted if state & QStyle.StateFlag.State_Selected else tokens.disabled  # legible where one reads
        ink = tokens.text if command.enabled else grey
        room.setLeft(self._title(painter, room, command.title, match, (ink, option.font)) + 12)
        painter.setFont(option.font)
        painter.setPen(QColor(tokens.muted if command.enabled else tokens.disabled))
        place = painter.fontMetrics().elidedText(command.place, Qt.TextElideMode.ElideRight, max(room.width(), 0))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, place)
        painter.restore()

    def _picture(self, painter: QPainter, room: QRect, command: Command) -> None:
        box = QRect(room.left(), room.center().y() - _ICON // 2 + 1, _ICON, _ICON)
        mode = QIcon.Mode.Normal if command.enabled else QIcon.Mode.Disabled
        icon = self._theme.icon("check") if command.checked else command.icon
        if icon is not None:
            icon.paint(painter, box, Qt.AlignmentFlag.AlignCenter, mode)

    @staticmethod
    def _title(painter: QPainter, room: QRect, title: str, match: Match, look: tuple[str, QFont]) -> int:
        """Draw a title with the found letters in bold, and return where it ends."""
        ink, plain = look
        bold = QFont(plain)
        bold.setBold(True)
        title = QFontMetrics(bold).elidedText(title, Qt.TextElideMode.ElideRight, max(room.width(), 0))
        painter.setPen(QColor(ink))
        left, found, start = room.left(), set(match.letters), 0
        while start < len(title):
            end, marked = start, start in found
            while end < len(title) and (end in found) == marked:
                end += 1
            painter.setFont(bold if marked else plain)
            part = title[start:end]
            where = QRect(left, room.top(), room.right() - left + 1, room.height())
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, part)
            left += painter.fontMetrics().horizontalAdvance(part)
            start = end
        return left


class CommandPalette(QFrame):
    """A field and what it finds; over the window until something is chosen, or Esc.

    Attributes:
        edit: what is typed.
        list: what fits.
    """

    def __init__(
        self, window: QWidget, commands: Callable[[], Iterable[Command]], theme: Theme, settings: QSettings
    ) -> None:
        super().__init__(window, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._window, self._commands, self._settings = window, commands, settings
        self._all: Sequence[Command] = ()
        self.setObjectName("palette")
        self.setAccessibleName(self.tr("Command palette"))
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(self.tr("Type what you want to do…"))
        self.edit.setAccessibleName(self.tr("Command"))
        clearable(self.edit)
        self.edit.installEventFilter(self)
        self._model = _Found(self)
        self.list = QListView()
        self.list.setObjectName("found")
        self.list.setAccessibleName(self.tr("Commands that fit"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Delegate(theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.about = HintLabel()
        self.about.setProperty("muted", True)
        self.about.setContentsMargins(_MARGIN, 2, _MARGIN, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 6)
        column.setSpacing(6)
        for part in (self.edit, self.list, self.about):
            column.addWidget(part)
        self.edit.textChanged.connect(self._find)
        self.list.clicked.connect(self._run)
        self.list.selectionModel().currentChanged.connect(self._describe)
        theme.changed.connect(self.list.viewport().update)

    @property
    def found(self) -> tuple[Command, ...]:
        """What is listed now, the best first."""
        return tuple(self._model.index(row).data(_COMMAND) for row in range(self._model.rowCount()))

    @property
    def current(self) -> Command | None:
        """What Enter would do."""
        command = self.list.currentIndex().data(_COMMAND)
        return command if isinstance(command, Command) else None

    def open(self) -> None:
        """Show the palette over the window, with nothing typed."""
        self._all = tuple(self._commands())
        self.edit.clear()
        self._find()
        self._place()
        self.show()
        self.edit.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard as soon as there is a window to take it."""
        super().showEvent(event)
        self.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the list from the field; everything else is typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            page = max(self.list.viewport().height() // _ROW - 1, 1)
            steps = {
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Backtab: -1,
                Qt.Key.Key_Tab: 1,
                Qt.Key.Key_PageUp: -page,
                Qt.Key.Key_PageDown: page,
            }
            key = Qt.Key(event.key())
            if key in steps:
                self._step(steps[key], wrap=abs(steps[key]) == 1)
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._run(self.list.currentIndex())
                return True
            if key == Qt.Key.Key_Escape:
                self.hide()
                return True
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        window = self._window
        width = min(_WIDTH, max(window.width() - 40, 240))
        self.setFixedWidth(width)
        corner = QPoint((window.width() - width) // 2, max(window.height() // 9, 20))
        self.move(window.mapToGlobal(corner))

    def _fit(self) -> None:
        """Be as high as what was found, and no higher than the window has room for."""
        most = min(_ROWS, max((self._window.height() - 160) // _ROW, 3))
        self.list.setFixedHeight(min(max(self._model.rowCount(), 1), most) * _ROW)
        self.adjustSize()

    def _find(self) -> None:
        recent = self._recent()
        places = {command.key: number for number, command in enumerate(self._all) if command.key}
        lately = [places[key] for key in recent if key in places]
        choices = [Fields(command.title, (command.place, command.tip, command.keys)) for command in self._all]
        ranked = rank(self.edit.text(), choices, lately)
        self._model.show_rows([(self._all[number], match) for number, match in ranked])
        self.list.setCurrentIndex(self._model.index(0))
        self.list.scrollToTop()
        self._fit()
        self._describe()

    def _step(self, by: int, *, wrap: bool) -> None:
        count = self._model.rowCount()
        if count:
            row = self.list.currentIndex().row() + by
            self.list.setCurrentIndex(self._model.index(row % count if wrap else min(max(row, 0), count - 1)))

    def _describe(self, *_: object) -> None:
        command = self.current
        if command is None:
            text = self.tr("Nothing fits “{query}”. Fewer letters find more.").format(query=self.edit.text())
        elif command.enabled:
            text = command.tip or command.title
        else:
            text = command.why or self.tr("This cannot be used right now.")
        self.about.show_text(text)
        spoken = self.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
        self.edit.setAccessibleDescription(str(spoken or text))

    def _run(self, index: QModelIndex) -> None:
        command = index.data(_COMMAND)
        if not isinstance(command, Command) or not command.enabled:
            return
        if command.key:
            kept = [command.key, *(key for key in self._recent() if key != command.key)]
            self._settings.setValue(_RECENT, kept[:_MOST_RECENT])
        self.hide()
        command.run()

    def _recent(self) -> list[str]:
        stored = self._settings.value(_RECENT, [])
        if isinstance(stored, str):  # an INI file holds a list of one as a string
            return [stored]
        return [str(key) for key in stored] if isinstance(stored, list) else []
