"""The style sheet: what Fusion and a palette cannot say. Measures in device-independent pixels."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zestdesk.ui.theme import Tokens

__all__ = ["style_sheet"]

_SHEET: Final = Template("""
QToolTip { background: $panel; color: $text; border: 1px solid $outline; padding: 4px 6px; }
QMainWindow::separator { background: $window; width: 5px; height: 5px; }
QMainWindow::separator:hover { background: $accent; }
QMenuBar { background: $window; padding: 2px 4px; }
QMenuBar::item { padding: 4px 9px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 8px; border-radius: 4px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 6px; }
QMenu::indicator { left: 8px; }
QStatusBar { background: $window; color: $muted; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QDockWidget { color: $muted; font-weight: 600; titlebar-close-icon: url("$close"); titlebar-normal-icon: none; }
QDockWidget::close-button { border: none; padding: 0; icon-size: 14px; width: 18px; height: 18px;
  subcontrol-origin: padding; subcontrol-position: center right; right: 6px; }
QDockWidget::close-button:hover { background: $hover; border-radius: 4px; }
QDockWidget::float-button { width: 0; height: 0; border: none; }
QDockWidget::title { background: $window; padding: 7px 10px 5px 10px; text-align: left; }
QToolBar { background: $window; border: none; padding: 5px; spacing: 2px; }
QToolBar::separator { background: $line; height: 1px; width: 1px; margin: 5px 4px; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px; background: transparent; color: $text; }
QToolBar QToolButton { padding: 6px; }
QToolBar QToolButton#qt_toolbar_ext_button { padding: 0; }
QToolButton#chip { border: 1px solid $outline; border-radius: 13px; padding: 4px 9px; }
QToolButton#small { padding: 1px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $line; }
QToolButton:checked { background: $selection; }
QToolButton:focus, QToolButton#chip:focus { border-color: $accent_text; }
QToolButton:disabled { color: $disabled; }
QToolButton::menu-indicator { image: none; }
QPushButton { border: 1px solid $outline; border-radius: 6px; padding: 5px 14px; background: $panel; color: $text; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border-color: $accent_text; }
QPushButton:disabled { color: $disabled; border-color: $line; }
QPushButton[primary="true"], QDialog QPushButton:default {
  background: $accent; color: $on_accent; border: 1px solid $accent; }
QPushButton[primary="true"] { padding: 8px 14px; font-weight: 600; }
QPushButton[primary="true"]:hover, QDialog QPushButton:default:hover { background: $accent_hover; }
QPushButton[primary="true"]:focus { padding: 3px; outline: 2px solid $on_accent; outline-radius: 4px; }
QPushButton[primary="true"]:disabled { background: $hover; color: $disabled; border-color: $line; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox {
  background: $field; color: $text; border: 1px solid $outline; border-radius: 6px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QPlainTextEdit { placeholder-text-color: $muted; }
QLineEdit { padding: 4px 7px; }
QPlainTextEdit { padding: 3px 4px; }
QLineEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { border: 2px solid $accent_text; }
QLineEdit:focus { padding: 3px 6px; }
QPlainTextEdit:focus { padding: 2px 3px; }
QAbstractSpinBox:focus { padding: 2px 0; }
QComboBox:focus { padding: 2px 6px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
  color: $disabled; border-color: $line; }
QAbstractSpinBox { padding: 3px 1px; min-height: 20px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QAbstractSpinBox QLineEdit { border: none; padding: 0; background: transparent; }
QComboBox { padding: 3px 7px; min-height: 18px; }
QCheckBox { color: $text; spacing: 8px; padding: 3px 5px; border: 1px solid transparent; border-radius: 6px; }
QCheckBox:focus { border-color: $accent_text; }
QCheckBox::indicator { width: 15px; height: 15px; border: 1px solid $outline; border-radius: 4px; background: $field; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$tick"); }
QCheckBox::indicator:disabled { background: $line; border-color: $line; }
QCheckBox:disabled { color: $disabled; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url("$arrow"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $line; padding: 3px; outline: none;
  selection-background-color: $selection; selection-color: $text; }
QListView { background: $window; border: none; outline: none; }
QListView#phrases { background: $panel; border: 1px solid $outline;
  selection-background-color: $selection; selection-color: $text; }
QListView#phrases::item { padding: 4px 6px; }
QListView#phrases::item:selected { background: $selection; }
QTreeView#layers, QListView#runs, QListView#live {
    background: $panel; border: 1px solid $line; border-radius: 8px; padding: 3px;
}
QTreeView#layers:focus, QListView#runs:focus, QListView#live:focus { border-color: $accent_text; }
QListView#steps, QTreeView { background: $panel; border: 1px solid $line; border-radius: 8px; padding: 3px; }
QListView#steps:focus, QTreeView:focus { border-color: $accent_text; }
QListView#steps::item { padding: 4px 6px; border-radius: 4px; }
QTreeView::item { padding: 0 6px; border: none; }
QListView#steps::item:selected, QTreeView::item:selected { background: $selection; color: $text; }
QListView#steps::item:hover:!selected, QTreeView::item:hover:!selected { background: $hover; }
QTreeView { outline: none; alternate-background-color: $panel; }
QTreeView::branch { background: transparent; border-image: none; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: $panel; color: $muted; border: none; border-bottom: 1px solid $line;
  padding: 4px 6px; font-weight: 600; }
QFrame#palette { background: $window; border: 1px solid $outline; }
QListView#found { background: transparent; }
QTabBar::tab { background: $window; color: $muted; padding: 5px 12px; border: 1px solid transparent;
  border-radius: 6px; margin: 2px; }
QTabBar::tab:selected { background: $selection; color: $text; }
QTabBar::tab:hover:!selected { background: $hover; }
QTabBar::tab:focus { border-color: $accent_text; }
QScrollArea { background: $window; border: none; }
QScrollArea > QWidget > QWidget { background: $window; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $outline; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSlider { min-height: 18px; }
QSlider::groove:horizontal { height: 4px; background: $line; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::sub-page:horizontal:disabled { background: $line; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -5px 0; border-radius: 7px;
  background: $text; border: none; }
QSlider::handle:horizontal:hover { background: $accent_text; }
QSlider::handle:horizontal:focus { width: 6px; height: 6px; background: $window; border: 4px solid $accent_text; }
QSlider::handle:horizontal:disabled { background: $disabled; }
QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QMessageBox QLabel#qt_msgbox_label { font-weight: 600; }
QLabel[muted="true"] { color: $muted; }
QLabel[strong="true"] { font-weight: 600; }
QLabel[warning="true"] { color: $fair; }
QLabel[changed="true"] { color: $accent_text; }
QLabel[error="true"] { color: $poor; }
QFrame#bar { background: $panel; border-top: 1px solid $line; }
QFrame#card { background: $panel; border: 1px solid $line; border-radius: 8px; }
QFrame#popover { background: $panel; border: 1px solid $outline; }
""")


def style_sheet(tokens: Tokens, arrow: str, close: str, tick: str) -> str:
    """Return the application's style sheet.

    Args:
        tokens: the theme's colours.
        arrow: file with the arrow of drop-down boxes, in the theme's colour.
        close: file with the cross that closes a panel, likewise.
        tick: file with the mark in a check box, in the colour of text on the accent.
    """
    values = {name: getattr(tokens, name) for name in type(tokens).__dataclass_fields__}
    return _SHEET.substitute(values, arrow=arrow, close=close, tick=tick)
