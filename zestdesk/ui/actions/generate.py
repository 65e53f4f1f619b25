"""Actions on runs."""

from zestdesk.ui.actions.entry import Entry, Menu, tr

__all__ = ["entries", "menu"]


def entries() -> tuple[Entry, ...]:
    """Return the actions of this menu."""
    return (
        Entry(
            "generate", tr("&Generate"), tr("Make a picture of this layout."), "sparkles", ("Ctrl+Return", "Ctrl+Enter")
        ),
        Entry(
            "generate_next",
            tr("Generate &next"),
            tr("Make a picture of this layout before those that wait."),
            "list-start",
            ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        ),
        Entry("cancel", tr("&Cancel"), tr("End the picture that is being made."), "circle-x", ("Shift+Esc",)),
        Entry("cancel_all", tr("Cancel &all"), tr("End the picture that is being made and forget those that wait.")),
        Entry(
            "restore", tr("&Restore layout and settings"), tr("Go back to the layout of the chosen run."), "rotate-ccw"
        ),
        Entry("reuse_seed", tr("Reuse &seed"), tr("Take the seed of the chosen run."), "sprout"),
        Entry(
            "use_as_start",
            tr("Use as starting &picture"),
            tr("Begin the next runs with the chosen picture in place of noise."),
            "image-play",
        ),
        Entry(
            "redraw_layers",
            tr("Redraw only the selected &layers"),
            tr("Keep the chosen picture in the next runs, but for the place of the selected layers."),
            "refresh-cw",
            needs="selection",
        ),
        Entry("clear_start", tr("Remove starting pict&ure"), tr("Begin the next runs with noise again."), "circle-x"),
        Entry("delete_run", tr("&Delete run"), tr("Take the chosen run out of the history."), "trash-2"),
    )


def menu() -> Menu:
    """Return what stands in this menu."""
    return (
        "generate",
        "generate_next",
        None,
        "cancel",
        "cancel_all",
        None,
        "restore",
        "reuse_seed",
        None,
        "use_as_start",
        "redraw_layers",
        "clear_start",
        None,
        "delete_run",
    )
