"""The ``fetch`` command: brings a model of the Hugging Face hub onto this machine."""

from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from zestdesk.errors import UserError
from zestdesk.guidance.hub import Hub

__all__ = ["fetch"]


def fetch(name: str, *, yes: bool = False, hub: Hub | None = None, console: Console | None = None) -> Path:
    """Look a model up, say how large it is, and fetch it once that is agreed to.

    Args:
        name: ``owner/name``.
        yes: whether it was agreed to beforehand.
        hub: where from; the user's own by default.
        console: where progress is shown; stderr by default.

    Returns:
        The model's folder.

    Raises:
        UserError: when the model cannot be used or fetched; what is here by then is kept.
    """
    console = console or Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    hub = hub or Hub()
    model = hub.look_up(name)
    if model.missing:
        console.print(f"{name}: {model.missing / 1e9:.2f} GB to fetch, of {model.size / 1e9:.2f} GB in all.")
        if not yes and not _agreed():
            raise UserError("Nothing was fetched; agree, or give --yes.", name)
    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(TextColumn(name), *columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(name, total=model.size, completed=model.size - model.missing)
        folder = hub.fetch(model, lambda done, _total: progress.update(task, completed=done))
    console.print(f"{name} is here, at revision {model.revision}.")
    return folder


def _agreed() -> bool:
    try:
        return typer.confirm("Fetch it?", err=True)
    except typer.Abort:
        return False
