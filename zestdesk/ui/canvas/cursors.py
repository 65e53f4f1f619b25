"""Cursors that Qt does not have."""

from typing import Final

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QCursor, QGuiApplication, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from zestdesk.resources import resource

__all__ = ["turning_cursor"]

_SIDE: Final = 20
_ICON: Final = "rotate-cw"


def turning_cursor() -> QCursor:
    """Return a round arrow, seen over dark and light."""
    drawing = resource("icons", f"{_ICON}.svg").read_text(encoding="utf-8")
    application = QGuiApplication.instance()
    ratio = application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0
    picture = QPixmap(QSize(_SIDE, _SIDE) * ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    for colour, width in (("#ffffff", 6), ("#22252b", 2.5)):
        line = drawing.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{width}"')
        QSvgRenderer(QByteArray(line.encode())).render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return QCursor(picture)
