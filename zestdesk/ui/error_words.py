"""What errors say, in the language of the window."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from zestdesk.errors import Sentence, UserError

__all__ = ["error_sentence", "error_text"]

_CONTEXT: Final = "UserError"
"""Under which packaging/translations.py lists the sentences."""


def error_sentence(error: UserError) -> str:
    """Return an error's sentence."""
    text = QCoreApplication.translate(_CONTEXT, error.template)
    return text.format(**{name: _said(value) for name, value in error.values.items()}) if error.values else text


def error_text(error: UserError) -> str:
    """Return an error's sentence, and before it the place where there is one."""
    return f"{error.place}: {error_sentence(error)}" if error.place else error_sentence(error)


def _said(value: object) -> object:
    if isinstance(value, UserError):
        return error_sentence(value)
    return QCoreApplication.translate(_CONTEXT, value) if isinstance(value, Sentence) else value
