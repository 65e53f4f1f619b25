"""Actions on help."""

from zestdesk.ui.actions.entry import Entry, Menu, tr

__all__ = ["entries", "menu"]


def entries() -> tuple[Entry, ...]:
    """Return the actions of this menu."""
    return (Entry("about", tr("&About ZestDesk"), tr("Version and licences."), "info"),)


def menu() -> Menu:
    """Return what stands in this menu."""
    return ("shortcuts", "about")
